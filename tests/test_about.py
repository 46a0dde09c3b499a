"""What the bot says of itself, its welcome on joining, and what stays when it is removed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import discord
import pytest
from simcord.backend import serializers

from bot.replies.card import Accent
from corpus.article import Article
from tests.conftest import GUILD_ID, OTHER_GUILD_ID, words_of
from tests.world import QUESTION, Server, Stock, accent, bot_of, let_pass, open_server, restart, unhandled

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

STORM = Article(title="Storm", text="The harbour was closed on Monday because of a storm.")
SIX_HOURS_S = 6 * 60 * 60


async def leave(server: Server, *, is_outage: bool = False) -> None:
    """Discord says that the bot is no longer in the guild, or cannot reach it."""
    event = {"id": str(server.guild.id)} | ({"unavailable": True} if is_outage else {})
    await server.env.settle()
    server.env.backend.emit("GUILD_DELETE", event)
    await server.env.settle()


async def join(server: Server, *, is_outage_over: bool = False) -> None:
    """Discord says that the bot is in the guild, with the channels it has by now."""
    await server.env.settle()
    guild = server.env.backend.get_guild(server.guild.id)
    event = dict(serializers.guild_create_payload(server.env.backend, guild))
    del event["unavailable"]  # where it is false, the guild was there before
    server.env.backend.emit("GUILD_CREATE", event | ({"unavailable": False} if is_outage_over else {}))
    await server.env.settle()


async def join_anew(server: Server) -> None:
    await leave(server)
    await join(server)


def said_in(channel: Any) -> list[str]:
    return [words_of(message) for message in channel.history()]


def folder(data_dir: Path, guild_id: int = GUILD_ID) -> Path:
    return data_dir / "libraries" / str(guild_id)


# --- help and privacy


async def test_help_is_for_the_asker_alone(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "help")

    assert result.ephemeral
    assert accent(result.response) == Accent.BOT


async def test_help_names_every_command_so_that_it_can_be_clicked(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    bot = bot_of(simcord_env)
    ids = {command.name: command.id for command in await bot.tree.fetch_commands()}
    leaves = [
        command.qualified_name
        for command in bot.tree.walk_commands()
        if isinstance(command, discord.app_commands.Command) and command.name != "help"
    ]

    result = await server.alice.slash(server.channel, "help")

    text = words_of(result.response)
    assert [name for name in leaves if f"</{name}:{ids[name.split()[0]]}>" not in text] == []


async def test_help_after_a_restart_still_names_commands_by_their_id(
    simcord_env: simcord.Env, data_dir: Path
) -> None:
    server = open_server(simcord_env)
    before = words_of((await server.alice.slash(server.channel, "help")).response)
    await restart(simcord_env, data_dir)

    result = await server.alice.slash(server.channel, "help")

    assert words_of(result.response) == before


async def test_privacy_says_what_is_stored_and_for_how_long(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "privacy")

    text = words_of(result.response)
    assert result.ephemeral
    assert [words for words in ("Articles", "Questions", "30 days", "7 days") if words not in text] == []


# --- the welcome


async def test_on_joining_the_bot_says_hello_in_the_system_channel(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    system = server.guild.create_text_channel("welcome")
    simcord_env.backend.get_guild(GUILD_ID).system_channel_id = system.id

    await join_anew(server)

    assert said_in(server.channel) == []
    [hello] = said_in(system)
    assert hello.startswith("### Hello, I am Footnote")


async def test_without_a_system_channel_hello_is_said_in_the_first_it_may_write_in(
    simcord_env: simcord.Env,
) -> None:
    server = open_server(simcord_env)
    assert simcord_env.bot.user is not None
    silent = {simcord_env.bot.user: discord.PermissionOverwrite(send_messages=False)}
    simcord_env.backend.edit_channel(server.channel.id, {"overwrites": _overwrites(server, silent)})
    second = server.guild.create_text_channel("second")
    third = server.guild.create_text_channel("third")

    await join_anew(server)

    assert [len(said_in(channel)) for channel in (server.channel, second, third)] == [0, 1, 0]


async def test_where_it_may_write_nowhere_the_bot_joins_in_silence(
    simcord_env: simcord.Env, caplog: pytest.LogCaptureFixture
) -> None:
    server = open_server(simcord_env)
    _forbid_writing(server)

    await join_anew(server)

    assert said_in(server.channel) == []
    assert unhandled(caplog) == []


async def test_the_welcome_names_the_first_three_commands(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    await join_anew(server)

    [hello] = said_in(server.channel)
    mentions = bot_of(simcord_env).mentions
    steps = [mentions[name] for name in ("add", "ask", "help", "privacy")]
    assert [mention for mention in steps if mention not in hello] == []


@pytest.mark.parametrize("status", [403, 404, 429, 500])
async def test_a_welcome_that_discord_refuses_is_only_logged(
    simcord_env: simcord.Env, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    server = open_server(simcord_env)
    simcord_env.inject_error("POST", "/channels/*/messages", status=status)

    await join_anew(server)

    assert f"no welcome in guild {GUILD_ID}" in caplog.text
    assert unhandled(caplog) == []


async def test_an_outage_that_ends_is_not_welcomed(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    await leave(server, is_outage=True)

    await join(server, is_outage_over=True)

    assert said_in(server.channel) == []


async def test_a_restart_is_not_welcomed(simcord_env: simcord.Env, data_dir: Path) -> None:
    server = open_server(simcord_env)

    await restart(simcord_env, data_dir)

    assert said_in(server.channel) == []


# --- the farewell


async def test_seven_days_after_it_was_removed_everything_of_a_server_is_deleted(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await server.alice.slash(server.channel, "ask", question=QUESTION)
    await leave(server)

    let_pass(timedelta(days=7, minutes=1), monkeypatch)
    await simcord_env.advance_time(SIX_HOURS_S + 1)

    assert not folder(data_dir).exists()


async def test_before_seven_days_are_over_nothing_is_deleted(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await leave(server)

    let_pass(timedelta(days=7) - timedelta(minutes=1), monkeypatch)
    await simcord_env.advance_time(SIX_HOURS_S + 1)

    assert (folder(data_dir) / "library.db").exists()


async def test_a_server_is_deleted_by_a_bot_that_was_started_again_meanwhile(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await simcord_env.settle()
    simcord_env.backend.remove_guild(server.guild.id)
    await simcord_env.settle()
    await restart(simcord_env, data_dir)

    let_pass(timedelta(days=8), monkeypatch)
    await simcord_env.advance_time(SIX_HOURS_S + 1)

    assert not folder(data_dir).exists()


async def test_an_outage_deletes_nothing(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await leave(server, is_outage=True)

    let_pass(timedelta(days=30), monkeypatch)
    await simcord_env.advance_time(SIX_HOURS_S + 1)

    assert (folder(data_dir) / "library.db").exists()


async def test_a_server_it_came_back_to_keeps_its_articles(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await join_anew(server)
    state = bot_of(simcord_env).state
    assert state is not None
    assert list(state.departed()) == []  # at once: removed while the bot is off, the days would go on

    let_pass(timedelta(days=8), monkeypatch)
    await simcord_env.advance_time(SIX_HOURS_S + 1)

    assert (folder(data_dir) / "library.db").exists()


async def test_a_server_it_came_back_to_while_the_bot_was_off_keeps_its_articles(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await leave(server)
    await restart(simcord_env, data_dir)
    assert bot_of(simcord_env).get_guild(GUILD_ID) is not None

    let_pass(timedelta(days=8), monkeypatch)
    await simcord_env.advance_time(SIX_HOURS_S + 1)

    assert (folder(data_dir) / "library.db").exists()


async def test_a_server_that_removed_the_bot_while_it_was_off_is_deleted_too(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(OTHER_GUILD_ID, STORM)
    open_server(simcord_env)
    await restart(simcord_env, data_dir)

    let_pass(timedelta(days=8), monkeypatch)
    await restart(simcord_env, data_dir)
    await simcord_env.advance_time(SIX_HOURS_S + 1)

    assert not folder(data_dir, OTHER_GUILD_ID).exists()


async def test_deleting_one_server_leaves_the_others(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, STORM)
    stock(OTHER_GUILD_ID, STORM)
    left = open_server(simcord_env)
    open_server(simcord_env, OTHER_GUILD_ID, "Coast Club")
    await leave(left)

    let_pass(timedelta(days=8), monkeypatch)
    await simcord_env.advance_time(SIX_HOURS_S + 1)

    assert (folder(data_dir, OTHER_GUILD_ID) / "library.db").exists()


async def test_questions_older_than_30_days_are_deleted_where_nobody_asks_any_more(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await server.alice.slash(server.channel, "ask", question=QUESTION)

    let_pass(timedelta(days=31), monkeypatch)
    await simcord_env.advance_time(SIX_HOURS_S + 1)

    with closing(sqlite3.connect(folder(data_dir) / "discord.db")) as db:
        assert db.execute("SELECT count(*) FROM answers").fetchone() == (0,)


def _forbid_writing(server: Server) -> None:
    user = server.env.bot.user
    assert user is not None
    silent = {user: discord.PermissionOverwrite(send_messages=False)}
    server.env.backend.edit_channel(server.channel.id, {"overwrites": _overwrites(server, silent)})


def _overwrites(server: Server, wanted: dict[Any, discord.PermissionOverwrite]) -> Any:
    """As the simulated server keeps them."""
    model = server.guild.create_text_channel("pattern", overwrites=wanted)
    stored = server.env.backend.get_channel(model.id).overwrites
    server.env.backend.delete_channel(model.id)
    return stored
