"""Sharing a private answer with the channel: who may, where, what it says, and that nothing pings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot import own_data
from bot.state import ServerState
from corpus import clock
from corpus.library import Library
from tests.conftest import GUILD_ID, OTHER_GUILD_ID, words_of
from tests.world import (
    ANSWERS_KEPT,
    QUESTION,
    Server,
    Stock,
    also_after_a_restart,
    bot_of,
    control,
    forged,
    labels,
    let_pass,
    open_server,
    reports,
    restart,
    unhandled,
)

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

SHARE = "Share to channel"


@pytest.fixture
def server(simcord_env: simcord.Env, stock: Stock) -> Server:
    stock(GUILD_ID, *reports(5, url="https://example.org"))
    return open_server(simcord_env)


async def ask(server: Server, channel: Any = None, person: str = "alice") -> Any:
    asked = await getattr(server, person).slash(
        channel or server.channel, "ask", question=QUESTION, private=True
    )
    return asked.response


def shared(server: Server) -> list[Any]:
    return [one for one in server.channel.history() if "Shared by" in words_of(one)]


# --- who may not, and where


async def test_who_may_not_write_in_the_channel_shares_nothing_there(server: Server) -> None:
    silent = {server.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    channel = server.guild.create_text_channel("news", overwrites=silent)
    answer = await ask(server, channel)

    result = await server.alice.click(answer, label=SHARE)

    assert result.ephemeral
    assert words_of(result.response) == "You may not send messages in this channel, so it is not shared."
    assert channel.history() == []


async def test_where_the_bot_may_not_write_it_says_what_it_needs(server: Server) -> None:
    assert server.env.bot.user is not None
    silent = {server.env.bot.user: discord.PermissionOverwrite(send_messages=False)}
    channel = server.guild.create_text_channel("quiet_corner", overwrites=silent)
    answer = await ask(server, channel)

    result = await server.alice.click(answer, label=SHARE)

    assert words_of(result.response).startswith(r"I can’t post in #quiet\_corner: I need **Send Messages**.")


async def test_somebody_elses_private_answer_cannot_be_shared(server: Server) -> None:
    message = await forged(server, control(await ask(server), SHARE)["custom_id"])

    result = await server.bob.click(message, label="Forged")

    assert words_of(result.response) == "Only the person who asked in private can share the answer."
    assert shared(server) == []


async def test_a_public_answer_cannot_be_shared_again(server: Server) -> None:
    asked = await server.alice.slash(server.channel, "ask", question=QUESTION)
    answer_id = control(asked.response, "Follow up")["custom_id"].split(":")[2]
    message = await forged(server, f"a1:share:{answer_id}:1")

    await server.alice.click(message, label="Forged")

    assert SHARE not in labels(asked.response)
    assert shared(server) == []


async def test_an_answer_of_another_server_cannot_be_shared(
    server: Server, simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(OTHER_GUILD_ID, *reports(1))
    theirs = open_server(simcord_env, OTHER_GUILD_ID, "Pirate Club")
    message = await forged(theirs, control(await ask(server), SHARE)["custom_id"])

    result = await theirs.alice.click(message, label="Forged")

    assert words_of(result.response).startswith("This answer is no longer kept.")


async def test_an_expired_answer_is_asked_again_instead(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = await ask(server)
    let_pass(ANSWERS_KEPT + timedelta(seconds=1), monkeypatch)

    result = await server.alice.click(answer, label=SHARE)

    assert labels(result.response) == ["Ask again"]


async def test_what_was_removed_meanwhile_is_not_shared(server: Server) -> None:
    answer = await ask(server)
    gone = [f"report-{number}" for number in range(1, 6)]
    await bot_of(server.env).shelf.run(GUILD_ID, Library.remove, gone)

    result = await server.alice.click(answer, label=SHARE)

    assert words_of(result.response) == "This article was removed from the library."
    assert await bot_of(server.env).shelf.run_state(GUILD_ID, ServerState.n_answers) == 0


@pytest.mark.parametrize("status", [403, 404])
async def test_what_discord_refused_can_be_shared_again(
    server: Server, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    answer = await ask(server)
    server.env.inject_error("POST", "/channels/*/messages", status=status)
    refused = await server.alice.click(answer, label=SHARE)

    await server.alice.click(answer, label=SHARE)

    assert "reference" in words_of(refused.response)
    assert len(shared(server)) == 1
    assert unhandled(caplog) == []


# --- sharing


@also_after_a_restart
async def test_a_shared_answer_stands_in_the_channel_and_says_who_shared_it(
    server: Server, data_dir: Path, restarted: bool
) -> None:
    answer = await ask(server)
    if restarted:
        await restart(server.env, data_dir)

    await server.alice.click(answer, label=SHARE)

    [copy] = shared(server)
    shown = words_of(copy).split("\n")
    assert shown[:2] == [f"### {QUESTION}", f"-# Shared by {server.alice.mention}"]
    assert labels(copy)[-5:] == ["Back", "Next", "Follow up", "Not helpful", "Delete"]


async def test_an_answer_in_plain_text_is_shared_as_one(server: Server) -> None:
    await bot_of(server.env).shelf.change_settings(GUILD_ID, style="plain")

    await server.alice.click(await ask(server), label=SHARE)

    said = server.channel.last_message.content.split("\n")
    assert said[:2] == [f"### {QUESTION}", f"-# Shared by {server.alice.mention}"]


async def test_a_shared_answer_pings_nobody(server: Server) -> None:
    await server.alice.click(await ask(server), label=SHARE)

    [sent] = [one for one in server.env.http_requests if one.path.endswith("/messages")]
    assert sent.json["allowed_mentions"] == {"parse": []}


async def test_the_page_that_is_seen_is_the_one_that_is_shared(server: Server) -> None:
    answer = await ask(server)
    await server.alice.click(answer, label="Next")

    await server.alice.click(answer, label=SHARE)

    [copy] = shared(server)
    assert "-# Passages 4–5 of 5" in words_of(copy)
    assert "-# Passages 4–5 of 5" in words_of(answer)


async def test_an_answer_is_shared_once(server: Server) -> None:
    answer = await ask(server)
    await server.alice.click(answer, label=SHARE)
    again = await forged(server, control(answer, "Shared")["custom_id"])

    await server.alice.click(again, label="Forged")
    await server.alice.click(answer, label="Next")

    assert control(answer, "Shared")["disabled"]
    assert len(shared(server)) == 1


@also_after_a_restart
async def test_a_shared_answer_is_turned_by_who_shared_it(
    server: Server, data_dir: Path, restarted: bool
) -> None:
    await server.alice.click(await ask(server), label=SHARE)
    if restarted:
        await restart(server.env, data_dir)
    [copy] = shared(server)

    await server.alice.click(copy, label="Next")

    [copy] = shared(server)
    assert "-# Passages 4–5 of 5" in words_of(copy)


async def test_somebody_else_turns_a_copy_of_his_own(server: Server) -> None:
    await server.alice.click(await ask(server), label=SHARE)
    [copy] = shared(server)
    before = words_of(copy)

    result = await server.bob.click(copy, label="Next")

    assert result.ephemeral
    assert words_of(copy) == before


async def test_deleting_the_shared_answer_leaves_the_private_one(server: Server) -> None:
    answer = await ask(server)
    await server.alice.click(answer, label=SHARE)

    await server.alice.click(shared(server)[0], label="Delete")
    await server.alice.click(answer, label="Next")

    assert shared(server) == []
    assert "-# Passages 4–5 of 5" in words_of(answer)


async def test_a_private_question_is_counted_only_once_it_is_shared(server: Server) -> None:
    answer = await ask(server)
    shelf = bot_of(server.env).shelf
    before = await shelf.run_state(GUILD_ID, ServerState.n_answers)

    await server.alice.click(answer, label=SHARE)

    assert (before, await shelf.run_state(GUILD_ID, ServerState.n_answers)) == (0, 1)


async def test_in_a_thread_the_permission_for_threads_counts(server: Server) -> None:
    silent = {server.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    channel = server.guild.create_text_channel("news", overwrites=silent)
    known = server.env.bot.get_channel(channel.id)
    assert isinstance(known, discord.TextChannel)
    await known.create_thread(name="storm", type=discord.ChannelType.public_thread)
    [thread] = channel.threads
    answer = await ask(server, thread)

    await server.alice.click(answer, label=SHARE)

    assert "Shared by" in words_of(thread.last_message)


# --- summaries and digests

READ = pytest.mark.parametrize("command", ["summary", "digest"])


async def read(server: Server, command: str, channel: Any = None) -> Any:
    """Alice's summary or digest, in private."""
    wanted = {"article": "Diary 2"} if command == "summary" else {"topic": "harbour", "since": "1 year"}
    result = await server.alice.slash(channel or server.channel, command, private=True, **wanted)
    return result.response


@pytest.fixture
def in_july(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reports are of the last days."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2020, 7, 7, tzinfo=UTC))


@READ
@pytest.mark.usefixtures("in_july")
async def test_what_one_may_not_post_in_a_channel_is_not_shared_there(server: Server, command: str) -> None:
    silent = {server.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    channel = server.guild.create_text_channel("news", overwrites=silent)
    shown = await read(server, command, channel)

    result = await server.alice.click(shown, label=SHARE)

    assert words_of(result.response) == "You may not send messages in this channel, so it is not shared."
    assert channel.history() == []


@pytest.mark.usefixtures("in_july")
async def test_a_digest_that_discord_refused_is_not_kept_as_shared(server: Server) -> None:
    shown = await read(server, "digest")
    server.env.inject_error("POST", "/channels/*/messages", status=403)

    result = await server.alice.click(shown, label=SHARE)

    mine = await bot_of(server.env).shelf.run_state(GUILD_ID, own_data.find, server.alice.id)
    assert "reference" in words_of(result.response)
    assert len(mine.digests) == 1


@pytest.mark.usefixtures("in_july")
async def test_a_digest_of_which_nothing_is_left_is_not_shared(server: Server) -> None:
    shown = await read(server, "digest")
    await bot_of(server.env).shelf.run(GUILD_ID, Library.remove, [f"report-{n}" for n in range(1, 6)])

    result = await server.alice.click(shown, label=SHARE)

    assert words_of(result.response) == "This article was removed from the library."
    assert shared(server) == []


@also_after_a_restart
@READ
@pytest.mark.usefixtures("in_july")
async def test_a_private_summary_or_digest_is_shared_and_turned_by_who_shared_it(
    server: Server, data_dir: Path, command: str, restarted: bool
) -> None:
    shown = await read(server, command)
    if restarted:
        await restart(server.env, data_dir)

    await server.alice.click(shown, label=SHARE)
    [copy] = shared(server)
    short = words_of(copy)
    theirs = await server.bob.click(copy, label="Longer")
    await server.alice.click(copy, label="Longer")
    [copy] = shared(server)

    assert control(shown, "Shared")["disabled"]
    assert f"-# Shared by {server.alice.mention}\n" in short
    assert len(words_of(copy)) > len(short)
    assert theirs.ephemeral
    assert "Shared by" not in words_of(theirs.response)
    await server.alice.click(copy, label="Delete")
    assert shared(server) == []
