"""/settings: the panel, its switches and dialogs, who may use it, and deleting everything."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import discord
import pytest
from discord.ui import TextDisplay
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from bot import app
from bot.replies import card
from bot.replies import settings as replies
from bot.replies.card import Accent
from bot.server_settings import DEFAULT, ServerSettings
from bot.shelf import Shelf
from corpus.article import Article
from tests.conftest import GUILD_ID, OTHER_GUILD_ID, words_of
from tests.test_server_settings import every
from tests.world import (
    QUESTION,
    Server,
    Stock,
    accent,
    allow,
    also_after_a_restart,
    bot_of,
    controls,
    fill_in,
    forged,
    labels,
    let_pass,
    open_server,
    reports,
    restart,
    slow_down,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import simcord

STORM = Article(title="Harbour", text="The harbour was closed on Monday because of a storm.")


async def opened(server: Server, person: Any = None) -> Any:
    return (await (person or server.manager).slash(server.channel, "settings")).response


async def click(server: Server, message: Any, setting: str, person: Any = None) -> Any:
    """Clicks Change beside a setting, by its name in the code; or Delete…, called “wipe”."""
    [wanted] = [
        one["custom_id"]
        for one in controls(message)
        if one["custom_id"].startswith((f"a1:setting:{setting}:", f"a1:{setting}::"))
    ]
    return await (person or server.manager).click(message, custom_id=wanted)


async def change(server: Server, message: Any, setting: str, **values: Any) -> Any:
    return await fill_in(server.manager, await click(server, message, setting), **values)


async def set_of(server: Server) -> ServerSettings:
    return await bot_of(server.env).shelf.settings(server.guild.id)


def shown(
    settings: ServerSettings,
    content: replies.Content = "on",
    lacking: Mapping[int, Sequence[str]] = MappingProxyType({}),
) -> discord.ui.LayoutView:
    there = frozenset({*settings.answers_in, *settings.ask_channels})
    return replies.panel(replies.Panel(settings, 2**63 - 1, 1_204, content, there, lacking))


# --- the panel


@examples(max_examples=20, deadline=None)
@given(every, st.sampled_from(["off", "on", "refused"]))
def test_the_panel_is_within_discords_limits(settings: ServerSettings, content: replies.Content) -> None:
    view = shown(settings, content)
    assert card.fits(view)
    assert view.total_children_count <= 34


async def test_the_panel_shows_each_setting_with_its_value(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    result = await server.manager.slash(server.channel, "settings")

    assert result.ephemeral
    assert accent(result.response) == Accent.BOT
    assert words_of(result.response) == (
        "### Settings\n-# For the whole server\n"
        "**Answers in**\nAll channels\nChange\n"
        "**Ask channels**\nNone\n"
        "-# Needs the message content intent: the operator sets MESSAGE_CONTENT=1\nChange\n"
        "**Passages in an answer**\n3\nChange\n"
        "**Answer style**\nCards\nChange\n"
        "**Answers are kept**\n30 days\nChange\n"
        "**Feedback buttons**\nOn\nChange\n"
        "**Log channel**\nNone\nChange\n"
        "**Cooldown**\n5 questions in 20 seconds\n"
        "-# For each person; 10 articles a minute may be added\nChange\n"
        "**Language**\nAs Discord has it for this server\n"
        "-# What everybody sees; each person’s own replies are in their language\nChange\n"
        "**Delete everything**\n-# 1 article, all answers and these settings\nDelete…"
    )


@pytest.mark.parametrize("content", ["on", "refused"])
async def test_the_panel_says_whether_messages_can_be_read(
    simcord_env: simcord.Env, content: replies.Content
) -> None:
    server = open_server(simcord_env)
    bot_of(simcord_env).content = content

    text = words_of(await opened(server))

    assert ("-# Discord refused the message content intent" in text) == (content == "refused")
    assert ("-# Questions there are answered when I am confident" in text) == (content == "on")


async def test_channels_that_were_deleted_are_said_to_be(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, answers_in=(5,), log_channel=6)

    text = words_of(await opened(server))

    assert "**Answers in**\nAll channels\n-# The channels chosen before were deleted\n" in text
    assert "**Log channel**\nChannels that were deleted\n" in text


async def test_channels_chosen_in_which_the_bot_may_not_write_are_named(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    assert simcord_env.bot.user is not None
    silent = {simcord_env.bot.user: discord.PermissionOverwrite(send_messages=False)}
    locked = server.guild.create_text_channel("locked", overwrites=silent)
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, answers_in=(locked.id,))

    text = words_of(await opened(server))

    assert f"-# I can’t post in <#{locked.id}>: I need **Send Messages**" in text


# --- who may use it


async def test_settings_are_for_managers(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    command = next(one for one in bot_of(simcord_env).tree.get_commands() if one.name == "settings")
    assert isinstance(command, discord.app_commands.Command)
    assert command.default_permissions == discord.Permissions(manage_guild=True)
    assert command.guild_only
    assert server.guild.id == GUILD_ID


async def test_somebody_elses_panel_is_refused(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    message = await forged(server, f"a1:setting:style:{server.manager.id}")

    result = await server.bob.click(message, label="Forged")

    assert "Only the person who opened this can use it." in words_of(result.response)
    assert await set_of(server) == DEFAULT


async def test_whoever_an_admin_allows_the_command_may_change_but_not_delete(
    simcord_env: simcord.Env,
) -> None:
    server = open_server(simcord_env)
    await allow(server, "settings", server.bob)
    message = await opened(server, server.bob)

    await click(server, message, "style", server.bob)
    refused = await click(server, message, "wipe", server.bob)

    assert (await set_of(server)).style == "plain"
    assert "Manage Server" in words_of(refused.response)


# --- switches and dialogs


@also_after_a_restart
async def test_a_switch_flips_and_flips_back(
    simcord_env: simcord.Env, data_dir: Path, restarted: bool
) -> None:
    server = open_server(simcord_env)
    message = await opened(server)
    if restarted:
        await restart(simcord_env, data_dir)

    flipped = await click(server, message, "has_feedback")
    assert not (await set_of(server)).has_feedback
    assert "**Feedback buttons**\nOff" in words_of(flipped.response)
    await click(server, message, "has_feedback")
    assert (await set_of(server)).has_feedback


@also_after_a_restart
async def test_what_is_chosen_in_a_dialog_is_set_and_shown(
    simcord_env: simcord.Env, data_dir: Path, restarted: bool
) -> None:
    server = open_server(simcord_env)
    message = await opened(server)
    if restarted:
        await restart(simcord_env, data_dir)

    changed = await change(server, message, "passages", Passages=["5"])

    assert "**Passages in an answer**\n5" in words_of(changed.response)
    assert (await set_of(server)).passages == 5


async def test_how_long_answers_are_kept_is_chosen_among_three(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    message = await opened(server)

    changed = await change(server, message, "days_kept", Kept=["0"])

    assert "**Answers are kept**\nNot at all\n-# Nothing is stored of a question" in words_of(
        changed.response
    )
    assert (await set_of(server)).days_kept == 0


@pytest.mark.parametrize("setting", ["answers_in", "ask_channels"])
async def test_channels_are_chosen_and_taken_back(simcord_env: simcord.Env, setting: str) -> None:
    server = open_server(simcord_env)
    message = await opened(server)

    changed = await change(server, message, setting, Channels=[server.channel])
    assert f"<#{server.channel.id}>" in words_of(changed.response)
    assert getattr(await set_of(server), setting) == (server.channel.id,)
    await change(server, message, setting, Channels=[])
    assert getattr(await set_of(server), setting) == ()


async def test_a_log_channel_that_the_bot_may_not_write_in_is_refused(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    assert simcord_env.bot.user is not None
    silent = {simcord_env.bot.user: discord.PermissionOverwrite(send_messages=False)}
    locked = server.guild.create_text_channel("locked", overwrites=silent)
    message = await opened(server)

    result = await change(server, message, "log_channel", Channel=[locked])

    assert "I can’t post in #locked: I need **Send Messages**." in words_of(result.response)
    assert (await set_of(server)).log_channel is None


def test_the_panel_says_what_the_bot_lacks_by_now_in_channels_chosen_before() -> None:
    lacking = {1: ["Send Messages"], 2: ["View Channel", "Send Messages"]}
    panel = shown(replace(DEFAULT, ask_channels=(1, 2, 3)), lacking=lacking)
    said = "\n".join(item.content for item in panel.walk_children() if isinstance(item, TextDisplay))
    assert "I can’t post in <#1> <#2>: I need **Send Messages** and **View Channel**" in said


@pytest.mark.parametrize("typed", ["0", "-1", "many", "101", "2.5"])
async def test_a_cooldown_that_is_none_is_refused_with_what_may_be(
    simcord_env: simcord.Env, typed: str
) -> None:
    server = open_server(simcord_env)
    shown = await click(server, await opened(server), "cooldown")

    result = await fill_in(server.manager, shown, Questions=typed[:3])

    assert words_of(result.response) == "Questions: write a number from 1 to 100.\n-# Nothing was changed."
    assert await set_of(server) == DEFAULT


async def test_a_cooldown_is_set(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    changed = await change(server, await opened(server), "cooldown", Questions="1", Seconds="60")

    assert "**Cooldown**\n1 question in 60 seconds" in words_of(changed.response)
    assert (await set_of(server)).additions == 10


async def test_the_language_of_the_server_is_chosen_and_given_back(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    message = await opened(server)

    changed = await change(server, message, "language", Language=["fa"])
    assert "**Language**\nفارسی" in words_of(changed.response)
    assert (await set_of(server)).language == "fa"
    form = await click(server, message, "language")
    assert form.modal is not None
    [field] = [part["component"] for part in form.modal["components"]]
    await server.manager.submit_modal(form, {field["custom_id"]: ["discord"]})
    assert (await set_of(server)).language == ""


async def test_settings_of_one_server_are_not_those_of_another(simcord_env: simcord.Env) -> None:
    here, there = open_server(simcord_env), open_server(simcord_env, OTHER_GUILD_ID, "Coast Club")

    await click(here, await opened(here), "style")

    assert ((await set_of(here)).style, (await set_of(there)).style) == ("plain", "cards")


async def test_a_form_that_had_to_wait_for_a_slow_library_is_offered_anew(
    simcord_env: simcord.Env, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = open_server(simcord_env)
    message = await opened(server)

    async def later(*_: Any) -> ServerSettings:
        for _ in range(10):
            await asyncio.sleep(0)
        return DEFAULT

    with monkeypatch.context() as slow:
        slow_down(simcord_env, slow)
        slow.setattr(app, "_LANGUAGE_WITHIN_S", 0)
        slow.setattr(Shelf, "settings", later)
        result = await click(server, message, "passages")
    form = await server.manager.click(result.response, label="Change")

    assert "Now it is ready." in words_of(result.response)
    assert form.modal is not None


# --- the log channel


async def test_the_log_channel_is_told_what_is_set(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    told = server.guild.create_text_channel("log")
    message = await opened(server)
    await change(server, message, "log_channel", Channel=[told])

    await click(server, message, "style")

    said = [words_of(one) for one in told.history()]
    who = f"<@{server.manager.id}>"
    assert sorted(said) == [
        f"{who} set **Answer style** to Plain text.",
        f"{who} set **Log channel** to <#{told.id}>.",
    ]


async def test_the_log_channel_is_told_what_is_added_and_removed(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    told = server.guild.create_text_channel("log")
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, log_channel=told.id)
    dialog = await server.manager.slash(server.channel, "add")
    preview = await fill_in(server.manager, dialog, Text="The ferry waited for the fog.", Title="Fog")
    await server.manager.click(preview.response, label="Add")

    asks = await server.manager.slash(server.channel, "library remove", article="Fog")
    await server.manager.click(asks.response, label="Remove")

    who = f"<@{server.manager.id}>"
    assert sorted(words_of(one) for one in told.history()) == [
        f"{who} added **Fog**.",
        f"{who} removed **Fog**.",
    ]


async def test_feedback_is_told_in_the_log_channel_without_a_name(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    told = server.guild.create_text_channel("log")
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, log_channel=told.id)
    asked = await server.alice.slash(server.channel, "ask", question=QUESTION)
    form = await server.bob.click(asked.response, label="Not helpful")

    await fill_in(server.bob, form, Why=["outdated"], Comment="It is open again.")

    [said] = [words_of(one) for one in told.history()]
    assert said == "An answer was not helpful: **Out of date**\n> It is open again."


@pytest.mark.parametrize("status", [403, 404, 500])
async def test_a_log_channel_that_refuses_is_only_logged(
    simcord_env: simcord.Env, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    server = open_server(simcord_env)
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, log_channel=server.channel.id)
    message = await opened(server)
    simcord_env.inject_error("POST", "/channels/*/messages", status=status)

    result = await click(server, message, "style")

    assert "**Answer style**\nPlain text" in words_of(result.response)
    assert f"could not post in the log channel of guild {GUILD_ID}" in caplog.text


# --- deleting everything


async def test_another_name_deletes_nothing(simcord_env: simcord.Env, stock: Stock, data_dir: Path) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    result = await change(server, await opened(server), "wipe", **{"The server’s name": "Coast Club"})

    assert words_of(result.response) == (
        "Nothing was deleted. To delete everything, type the server’s name: **Harbour Club**"
    )
    assert (data_dir / "libraries" / str(GUILD_ID) / "library.db").exists()


@also_after_a_restart
async def test_the_servers_name_deletes_everything_of_this_server_alone(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    stock(GUILD_ID, *reports(2))
    stock(OTHER_GUILD_ID, STORM)
    server = open_server(simcord_env)
    other = open_server(simcord_env, OTHER_GUILD_ID, "Coast Club")
    message = await opened(server)
    await click(server, message, "style")
    if restarted:
        await restart(simcord_env, data_dir)

    result = await change(server, message, "wipe", **{"The server’s name": " harbour  CLUB"})

    assert words_of(result.response) == "Deleted 2 articles, all answers and the settings."
    assert not (data_dir / "libraries" / str(GUILD_ID)).exists()
    assert await set_of(server) == DEFAULT
    answer = await other.alice.slash(other.channel, "ask", question=QUESTION)
    assert not answer.ephemeral


async def test_after_everything_was_deleted_the_server_begins_anew(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await change(server, await opened(server), "wipe", **{"The server’s name": "Harbour Club"})

    asked = await server.alice.slash(server.channel, "ask", question=QUESTION)

    assert words_of(asked.response).startswith("This server has no articles yet.")


# --- in force


async def test_as_many_passages_are_shown_as_are_set(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(7))
    server = open_server(simcord_env)
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, passages=5)

    asked = await server.alice.slash(server.channel, "ask", question=QUESTION)
    assert "-# Passages 1–5 of 7" in words_of(asked.response)
    await server.alice.click(asked.response, label="Next")
    assert "-# Passages 6–7 of 7" in words_of(asked.response)


async def test_an_answer_that_is_not_kept_has_the_buttons_that_need_nothing(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(4, url="https://example.org"))
    server = open_server(simcord_env)
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, days_kept=0)

    asked = await server.alice.slash(server.channel, "ask", question=QUESTION)
    digest = await server.alice.slash(server.channel, "digest", topic="harbour", since="1 year")

    message = asked.response
    assert labels(message) == ["Source 1", "Source 2", "Source 3", "Delete"]
    assert "Longer" not in labels(digest.response)
    await server.alice.click(message, label="Delete")
    assert message.id not in {one.id for one in server.channel.history()}


async def test_an_answer_kept_for_7_days_has_expired_on_the_8th(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, days_kept=7)
    asked = await server.alice.slash(server.channel, "ask", question=QUESTION)
    let_pass(timedelta(days=7, minutes=1), monkeypatch)

    result = await server.alice.click(asked.response, label="Next")

    assert "This answer is no longer kept." in words_of(result.response)
