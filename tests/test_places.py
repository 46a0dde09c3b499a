"""The bot answers where people are: threads, posts, chats of voice channels; where it may not, it says so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
import pytest
import simcord

from corpus.library import Library
from tests.conftest import GUILD_ID, words_of
from tests.world import (
    QUESTION,
    Server,
    Stock,
    controls,
    fill_in,
    let_pass,
    open_server,
    options,
    reports,
    unhandled,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

MESSAGE = ("POST", "/channels/*/messages")


def at_bot(server: Server, words: str = QUESTION) -> str:
    assert server.env.bot.user is not None
    return f"{server.env.bot.user.mention} {words}"


def replies(channel: Any) -> list[discord.Message]:
    """The bot's own messages in a channel."""
    return [message for message in channel.history() if message.author.bot and message.components]


async def a_thread(server: Server) -> Any:
    channel = server.env.bot.get_channel(server.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.create_thread(name="Storms", type=discord.ChannelType.public_thread)
    return server.channel.threads[-1]


async def a_post(server: Server) -> Any:
    forum = server.guild.create_forum_channel("questions")
    channel = server.env.bot.get_channel(forum.id)
    assert isinstance(channel, discord.ForumChannel)
    await channel.create_thread(name="Storms", content="What about storms?")
    return forum.threads[-1]


async def a_voice_channel(server: Server) -> Any:
    return server.guild.create_voice_channel("Lounge")


async def a_stage(server: Server) -> Any:
    return server.guild.create_stage_channel("Hall")


EVERYWHERE = pytest.mark.parametrize(
    "place", [a_thread, a_post, a_voice_channel, a_stage], ids=lambda place: place.__name__
)


# --- where the bot may not


def closed(server: Server, **denied: bool) -> Any:
    """A channel in which the bot is denied something."""
    assert server.env.bot.user is not None
    return server.guild.create_text_channel(
        "quiet", overwrites={server.env.bot.user: discord.PermissionOverwrite(**denied)}
    )


async def test_where_the_bot_may_not_send_it_tells_who_asked_in_private(
    simcord_env: simcord.Env, stock: Stock, caplog: pytest.LogCaptureFixture
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    channel = closed(server, send_messages=False)

    await server.alice.send(channel, at_bot(server))

    [told] = replies(server.alice.user.dm_channel)
    assert "I can’t post in #quiet: I need **Send Messages**." in words_of(told)
    assert f"cannot answer in channel {channel.id}: it lacks Send Messages" in caplog.text
    assert (replies(channel), unhandled(caplog)) == ([], [])


async def test_who_mentions_it_again_and_again_is_told_once_an_hour(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    channel = closed(server, send_messages=False)

    for _ in range(3):
        await server.alice.send(channel, at_bot(server))
    await server.bob.send(channel, at_bot(server))
    told = [len(replies(person.user.dm_channel)) for person in (server.alice, server.bob)]
    let_pass(timedelta(hours=1), monkeypatch)
    await server.alice.send(channel, at_bot(server))

    assert told == [1, 1]
    assert len(replies(server.alice.user.dm_channel)) == 2


async def test_in_a_thread_the_permission_for_threads_is_named(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    channel = closed(server, send_messages_in_threads=False)
    made = server.env.bot.get_channel(channel.id)
    assert isinstance(made, discord.TextChannel)
    await made.create_thread(name="Storms", type=discord.ChannelType.public_thread)

    await server.alice.send(channel.threads[-1], at_bot(server))

    [told] = replies(server.alice.user.dm_channel)
    assert "I can’t post in #Storms: I need **Send Messages in Threads**." in words_of(told)


async def test_who_takes_no_private_messages_is_told_nothing_and_the_log_says_so(
    simcord_env: simcord.Env, stock: Stock, caplog: pytest.LogCaptureFixture
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    simcord_env.inject_error(*MESSAGE, status=403, code=50007, times=None)
    channel = closed(server, send_messages=False)

    await server.alice.send(channel, at_bot(server))

    assert f"cannot answer in channel {channel.id}" in caplog.text
    assert unhandled(caplog) == []


async def test_where_discord_refuses_what_seemed_allowed_who_asked_is_told(
    simcord_env: simcord.Env, stock: Stock, caplog: pytest.LogCaptureFixture
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    simcord_env.inject_error("POST", f"/channels/{server.channel.id}/messages", status=403, code=50013)

    await server.alice.send(server.channel, at_bot(server))

    [told] = replies(server.alice.user.dm_channel)
    assert "I can’t post in #general" in words_of(told)
    assert unhandled(caplog) == []


async def test_a_slash_command_is_answered_where_the_bot_itself_may_not_send(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    channel = closed(server, send_messages=False)

    result = await server.alice.slash(channel, "ask", question=QUESTION)

    assert "closed__ on day 1" in words_of(result.response)


async def test_in_a_channel_that_the_bot_cannot_see_commands_answer_and_sharing_says_what_it_needs(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    channel = closed(server, view_channel=False)

    answer = (await server.alice.slash(channel, "ask", question=QUESTION, private=True)).response
    result = await server.alice.click(answer, label="Share to channel")

    assert "closed__ on day 1" in words_of(answer)
    assert words_of(result.response).startswith("I can’t post in #quiet: I need **View Channel**.")


async def test_where_the_bot_may_not_read_the_past_it_answers_without_a_reference(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    channel = closed(server, read_message_history=False)

    await server.alice.send(channel, at_bot(server))

    [answer] = replies(channel)
    assert answer.reference is None


# --- a message that is no longer what it was


async def test_a_question_that_is_edited_is_not_answered_again(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    asked = await server.alice.send(server.channel, at_bot(server))

    await server.alice.edit(asked, at_bot(server, "why did fishermen stay at home"))

    assert len(replies(server.channel)) == 1


async def test_a_message_that_only_becomes_a_question_by_an_edit_is_not_answered(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    said = await server.alice.send(server.channel, "hello everybody")

    await server.alice.edit(said, at_bot(server))

    assert replies(server.channel) == []


async def test_a_question_that_is_deleted_meanwhile_is_answered_without_a_reference(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    ask = Library.ask

    def delete_and_ask(library: Library, *args: Any, **options: Any) -> Any:
        backend = simcord_env.backend
        backend.delete_message(server.channel.id, max(backend.messages[server.channel.id]))
        return ask(library, *args, **options)

    monkeypatch.setattr(Library, "ask", delete_and_ask)
    await server.alice.send(server.channel, at_bot(server))

    [answer] = replies(server.channel)
    assert "closed__ on day 1" in words_of(answer)
    sent = simcord_env.http_requests[-1].json
    assert sent is not None
    # Discord leaves the reference out then; the simulated one keeps it.
    assert sent["message_reference"]["fail_if_not_exists"] is False
    assert unhandled(caplog) == []


async def test_a_reference_that_discord_refuses_is_left_out(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    simcord_env.inject_error(*MESSAGE, status=400, code=50035, message="Unknown message")

    await server.alice.send(server.channel, at_bot(server))

    [answer] = replies(server.channel)
    assert answer.reference is None


# --- threads, posts, voice


@EVERYWHERE
async def test_a_mention_is_answered_in_its_own_place(
    simcord_env: simcord.Env, stock: Stock, place: Callable[[Server], Awaitable[Any]]
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    channel = await place(server)

    asked = await server.alice.send(channel, at_bot(server))

    answer = replies(channel)[-1]
    assert "closed__ on day 1" in words_of(answer)
    assert answer.reference is not None
    assert answer.reference.message_id == asked.id
    assert replies(server.channel) == []


@EVERYWHERE
async def test_commands_buttons_menus_and_forms_work_in_every_place(
    simcord_env: simcord.Env, stock: Stock, place: Callable[[Server], Awaitable[Any]]
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    channel = await place(server)

    answer = (await server.alice.slash(channel, "ask", question=QUESTION)).response
    await server.alice.click(answer, label="Next")
    more = await server.bob.select(answer, [options(answer)[0]["value"]])
    listed = await server.alice.slash(channel, "articles")
    dialog = await server.manager.slash(channel, "add")
    preview = await fill_in(server.manager, dialog, Text="The old lighthouse was painted white last week.")
    await server.alice.click(answer, label="Delete")

    assert "Diary" in words_of(more.response)
    assert "Diary 4" in words_of(listed.response)
    assert "lighthouse" in words_of(preview.response)
    assert answer.id not in {message.id for message in channel.history()}


async def test_adding_in_a_thread_of_a_hidden_channel_warns(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    everyone = server.guild.default_role
    hidden = server.guild.create_text_channel(
        "board",
        overwrites={
            everyone: discord.PermissionOverwrite(view_channel=False),
            server.manager: discord.PermissionOverwrite(view_channel=True),
            server.env.bot.user: discord.PermissionOverwrite(view_channel=True),
        },
    )
    made = server.env.bot.get_channel(hidden.id)
    assert isinstance(made, discord.TextChannel)
    await made.create_thread(name="Minutes", type=discord.ChannelType.public_thread)

    preview = await server.manager.slash(hidden.threads[-1], "add", file=("a.txt", b"The keeper left. " * 9))

    assert "not everyone can see this channel" in words_of(preview.response)


# --- two people


async def test_two_people_paging_one_answer_do_not_disturb_each_other(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(8))
    server = open_server(simcord_env)
    shared = (await server.alice.slash(server.channel, "ask", question=QUESTION)).response
    first = words_of(shared)

    copy = (await server.bob.click(shared, label="Next")).response
    second = words_of(copy)
    assert words_of(shared) == first
    await server.alice.click(shared, label="Next")
    await server.alice.click(shared, label="Next")
    assert words_of(copy) == second
    third = words_of(shared)
    await server.bob.click(copy, label="Back")

    assert len({first, second, third}) == 3
    assert words_of(shared) == third


# --- no answer at all


def fall_silent(env: simcord.Env, monkeypatch: pytest.MonkeyPatch, error: Exception, part: str) -> None:
    """From now on the connection ends in the middle of each request to an address with *part*."""
    request = env.bot.http.request

    async def broken(route: Any, **options: Any) -> Any:
        if part in route.url:
            raise error
        return await request(route, **options)

    monkeypatch.setattr(env.bot.http, "request", broken)


SILENCES = pytest.mark.parametrize(
    "error", [aiohttp.ServerDisconnectedError(), TimeoutError(), ConnectionResetError()], ids=repr
)


@SILENCES
@pytest.mark.parametrize("part", ["/messages", "/typing"])
async def test_a_mention_during_which_discord_falls_silent_is_no_unhandled_error(
    simcord_env: simcord.Env,
    stock: Stock,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    part: str,
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    fall_silent(simcord_env, monkeypatch, error, part)

    await server.alice.send(server.channel, at_bot(server))

    assert unhandled(caplog) == []
    is_answered = len(replies(server.channel)) == 1
    assert is_answered or f"could not answer in channel {server.channel.id}" in caplog.text


async def test_an_old_answer_in_a_thread_still_turns_its_pages(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    channel = await a_thread(server)
    await server.alice.send(channel, at_bot(server))
    answer = replies(channel)[-1]
    let_pass(timedelta(days=20), monkeypatch)

    await server.alice.click(answer, label="Next")

    assert "Passage 4 of 4" in words_of(replies(channel)[-1])
    assert [one for one in controls(answer) if one.get("label") == "Next"]
