"""What goes wrong is said to the person, and a reference leads to the log; nothing stays unhandled."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
import simcord
from simcord.http.client import FakeWebhookAdapter

from bot.replies.card import Accent
from bot.state import ServerState
from corpus.article import Article
from corpus.library import Library
from corpus.schema import FILE
from tests.conftest import GUILD_ID, words_of
from tests.world import (
    QUESTION,
    Server,
    Stock,
    accent,
    controls,
    fill_in,
    open_server,
    options,
    refused,
    reports,
    slow_down,
    unhandled,
)

if TYPE_CHECKING:
    from pathlib import Path

CALLBACK = ("POST", "/interactions/*/callback")
EDIT = ("PATCH", "/webhooks/*/messages/@original")
FOLLOWUP = ("POST", "/webhooks/*")
DELETION = ("DELETE", "/webhooks/*/messages/@original")
MESSAGE = ("POST", "/channels/*/messages")
TYPING = ("POST", "/channels/*/typing")

STATUSES = pytest.mark.parametrize("status", [403, 404, 429, 500])

TEXT = "The old lighthouse was painted white last week by the keeper and his two daughters."


def reference_in(message: Any) -> str:
    """The reference that the person is told."""
    found = re.search(r"operator reference `([2-9A-HJ-NP-Z]{5})`", words_of(message))
    assert found is not None
    return found[1]


def first_id(message: Any, label: str) -> str:
    """The custom_id of the first button with these words."""
    return next(str(one["custom_id"]) for one in controls(message) if one.get("label") == label)


def at_bot(server: Server, words: str) -> str:
    assert server.env.bot.user is not None
    return f"{server.env.bot.user.mention} {words}"


# What people do, each from a server with four articles to the result of the last step.


async def ask(server: Server) -> simcord.InteractionResult:
    return await server.alice.slash(server.channel, "ask", question=QUESTION)  # type: ignore[no-any-return]


async def read_articles(server: Server) -> simcord.InteractionResult:
    return await server.alice.slash(server.channel, "articles")  # type: ignore[no-any-return]


async def sum_up(server: Server) -> simcord.InteractionResult:
    return await server.alice.slash(server.channel, "summary", article="Diary 1")  # type: ignore[no-any-return]


async def ask_for_help(server: Server) -> simcord.InteractionResult:
    return await server.alice.slash(server.channel, "help")  # type: ignore[no-any-return]


async def open_the_form(server: Server) -> simcord.InteractionResult:
    return await server.manager.slash(server.channel, "add")  # type: ignore[no-any-return]


async def add_a_file(server: Server) -> simcord.InteractionResult:
    return await server.manager.slash(server.channel, "add", file=("a.txt", TEXT.encode()))  # type: ignore[no-any-return]


async def edit_an_article(server: Server) -> simcord.InteractionResult:
    return await server.manager.slash(server.channel, "library edit", article="Diary 1")  # type: ignore[no-any-return]


async def look_at_an_article(server: Server) -> simcord.InteractionResult:
    return await server.manager.slash(server.channel, "library info", article="Diary 1")  # type: ignore[no-any-return]


async def export(server: Server) -> simcord.InteractionResult:
    return await server.manager.slash(server.channel, "library export")  # type: ignore[no-any-return]


REFUSALS = pytest.mark.parametrize(
    ("command", "status"),
    [
        *((ask, status) for status in (403, 404, 429, 500)),
        (read_articles, 404),
        (sum_up, 500),
        (ask_for_help, 404),
        (open_the_form, 500),
        (add_a_file, 404),
        (edit_an_article, 500),
        (look_at_an_article, 404),
        (export, 500),
    ],
)
Command = Callable[[Server], Awaitable[simcord.InteractionResult]]


# --- Discord refuses


@refused
@REFUSALS
async def test_a_response_that_discord_refuses_once_is_answered_with_a_reference(
    simcord_env: simcord.Env, stock: Stock, caplog: pytest.LogCaptureFixture, command: Command, status: int
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    simcord_env.inject_error(*CALLBACK, status=status)

    result = await command(server)

    assert result.ephemeral
    assert f"reference {reference_in(result.response)}" in caplog.text
    assert unhandled(caplog) == []


@refused
@REFUSALS
async def test_where_discord_refuses_every_response_the_log_says_so(
    simcord_env: simcord.Env, stock: Stock, caplog: pytest.LogCaptureFixture, command: Command, status: int
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    simcord_env.inject_error(*CALLBACK, status=status, times=None)

    await command(server)

    assert f"could not report an error in guild {GUILD_ID}" in caplog.text
    assert unhandled(caplog) == []


@refused
@pytest.mark.parametrize(
    ("command", "status"),
    [
        *((ask, status) for status in (403, 404, 429, 500)),
        (read_articles, 404),
        (sum_up, 500),
        (add_a_file, 404),
        (look_at_an_article, 500),
    ],
)
async def test_an_edit_that_discord_refuses_ends_the_thinking_with_a_reference(
    simcord_env: simcord.Env,
    stock: Stock,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    command: Command,
    status: int,
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    slow_down(simcord_env, monkeypatch)
    simcord_env.inject_error(*EDIT, status=status)

    result = await command(server)

    assert f"reference {reference_in(result.response)}" in caplog.text
    assert unhandled(caplog) == []


@refused
@STATUSES
async def test_a_defer_that_discord_refuses_is_no_unhandled_error(
    simcord_env: simcord.Env,
    stock: Stock,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    slow_down(simcord_env, monkeypatch)
    simcord_env.inject_error(*CALLBACK, status=status)

    result = await ask(server)

    assert "closed__ on day 1" in words_of(result.response)
    assert unhandled(caplog) == []


@refused
@STATUSES
async def test_a_followup_that_discord_refuses_is_answered_with_a_reference(
    simcord_env: simcord.Env, stock: Stock, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    simcord_env.inject_error(*FOLLOWUP, status=status)

    result = await export(server)

    assert f"reference {reference_in(result.response)}" in caplog.text
    assert unhandled(caplog) == []


@STATUSES
async def test_a_page_that_discord_refuses_to_turn_is_answered_with_a_reference(
    simcord_env: simcord.Env, stock: Stock, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = (await ask(server)).response
    before = words_of(answer)
    simcord_env.inject_error(*CALLBACK, status=status)

    result = await server.alice.click(answer, label="Next")

    assert result.ephemeral
    assert f"reference {reference_in(result.response)}" in caplog.text
    assert words_of(answer) == before
    assert unhandled(caplog) == []


@pytest.mark.parametrize(
    ("label", "status"), [("Next", 403), ("Next", 500), ("Delete", 404), ("Show article", 429)]
)
async def test_where_discord_refuses_every_answer_to_a_click_the_log_says_so(
    simcord_env: simcord.Env, stock: Stock, caplog: pytest.LogCaptureFixture, label: str, status: int
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = (await ask(server)).response
    simcord_env.inject_error(*CALLBACK, status=status, times=None)

    await server.alice.click(answer, custom_id=first_id(answer, label))

    assert f"could not report an error in guild {GUILD_ID}" in caplog.text
    assert unhandled(caplog) == []


@STATUSES
async def test_a_deletion_that_discord_refuses_is_answered_with_a_reference(
    simcord_env: simcord.Env, stock: Stock, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = (await ask(server)).response
    simcord_env.inject_error(*DELETION, status=status)

    result = await server.alice.click(answer, label="Delete")

    [said] = result.followups
    assert said.ephemeral
    assert f"reference {reference_in(said)}" in caplog.text
    assert unhandled(caplog) == []


@refused
@STATUSES
async def test_a_form_whose_answer_discord_refuses_is_answered_with_a_reference(
    simcord_env: simcord.Env, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    server = open_server(simcord_env)
    dialog = await open_the_form(server)
    simcord_env.inject_error(*CALLBACK, status=status)

    result = await fill_in(server.manager, dialog, Text=TEXT)

    assert result.ephemeral
    assert f"reference {reference_in(result.response)}" in caplog.text
    assert unhandled(caplog) == []


@STATUSES
async def test_a_reply_to_a_mention_that_discord_refuses_is_only_logged(
    simcord_env: simcord.Env, stock: Stock, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    simcord_env.inject_error(*MESSAGE, status=status)

    await server.alice.send(server.channel, at_bot(server, QUESTION))

    assert f"could not answer in channel {server.channel.id}" in caplog.text
    assert unhandled(caplog) == []


@pytest.mark.parametrize("status", [403, 500])
async def test_a_mention_is_answered_though_discord_refuses_to_show_typing(
    simcord_env: simcord.Env, stock: Stock, status: int
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    simcord_env.inject_error(*TYPING, status=status)

    await server.alice.send(server.channel, at_bot(server, QUESTION))

    assert "closed__ on day 1" in words_of(server.channel.last_message)


# --- a bug of ours


class Bug(RuntimeError):
    """Nobody expects it."""


def broken(*_: Any, **__: Any) -> Any:
    raise Bug("the harbour is closed to the public")


@refused
async def test_a_bug_is_answered_with_a_reference_that_stands_in_the_log(
    simcord_env: simcord.Env, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = open_server(simcord_env)
    monkeypatch.setattr(Library, "ask", broken)

    result = await ask(server)

    assert result.ephemeral
    assert words_of(result.response) == (
        "**Something broke on my side.** Try again.\n"
        f"-# If it stays, tell the operator reference `{reference_in(result.response)}`."
    )
    assert accent(result.response) == Accent.FAILED
    assert f"reference {reference_in(result.response)}" in caplog.text


@refused
async def test_the_log_has_a_bugs_traceback_beside_its_reference(
    simcord_env: simcord.Env, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = open_server(simcord_env)
    monkeypatch.setattr(Library, "ask", broken)

    result = await ask(server)

    reference = reference_in(result.response)
    [record] = [one for one in caplog.records if reference in one.getMessage()]
    assert record.exc_info is not None
    assert record.exc_info[0] is Bug


@refused
async def test_two_bugs_have_two_references(
    simcord_env: simcord.Env, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = open_server(simcord_env)
    monkeypatch.setattr(Library, "ask", broken)

    first, second = await ask(server), await ask(server)

    assert reference_in(first.response) != reference_in(second.response)


@refused
async def test_a_bug_after_thinking_ends_the_thinking(
    simcord_env: simcord.Env, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    server = open_server(simcord_env)
    slow_down(simcord_env, monkeypatch)
    monkeypatch.setattr(Library, "ask", broken)

    result = await ask(server)

    assert f"reference {reference_in(result.response)}" in caplog.text


async def test_a_bug_after_a_mention_is_answered_with_a_reference(
    simcord_env: simcord.Env, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = open_server(simcord_env)
    monkeypatch.setattr(Library, "ask", broken)

    await server.alice.send(server.channel, at_bot(server, QUESTION))

    assert f"reference {reference_in(server.channel.last_message)}" in caplog.text
    assert unhandled(caplog) == []


@pytest.mark.parametrize("label", ["Next", "Delete"])
async def test_a_bug_behind_a_button_is_answered_with_a_reference(
    simcord_env: simcord.Env,
    stock: Stock,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    label: str,
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = (await ask(server)).response
    monkeypatch.setattr(ServerState, "answer", broken)

    result = await server.bob.click(answer, label=label)

    assert result.ephemeral
    assert f"reference {reference_in(result.response)}" in caplog.text
    assert unhandled(caplog) == []


async def test_a_bug_behind_a_menu_is_answered_with_a_reference(
    simcord_env: simcord.Env,
    stock: Stock,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = (await ask(server)).response
    monkeypatch.setattr(Library, "quote_again", broken)

    result = await server.bob.select(answer, [options(answer)[0]["value"]])

    assert f"reference {reference_in(result.response)}" in caplog.text
    assert unhandled(caplog) == []


@refused
async def test_a_bug_behind_a_form_is_answered_with_a_reference(
    simcord_env: simcord.Env, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = open_server(simcord_env)
    dialog = await open_the_form(server)
    monkeypatch.setattr(Library, "refuse_same_text", broken)

    result = await fill_in(server.manager, dialog, Text=TEXT)

    assert f"reference {reference_in(result.response)}" in caplog.text
    assert unhandled(caplog) == []


async def test_a_bug_while_typing_offers_nothing_and_is_handled(
    simcord_env: simcord.Env, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = open_server(simcord_env)
    monkeypatch.setattr(Library, "list", broken)

    choices = await server.alice.autocomplete(server.channel, "summary", "article", "x")

    assert choices == []
    assert unhandled(caplog) == []


# --- a library that cannot be used


def _is_a_file(folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("a file where the folder should be")


def _is_rubbish(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / FILE).write_bytes(b"rubbish" * 1000)


def _is_another_programs(folder: Path) -> None:
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / FILE)) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")
        db.commit()


def _is_damaged(folder: Path) -> None:
    with Library.open(folder) as library:
        for article in reports(20):
            library.add(article)
    data = bytearray((folder / FILE).read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    (folder / FILE).write_bytes(data)


UNUSABLE = pytest.mark.parametrize(
    "make", [_is_a_file, _is_rubbish, _is_another_programs, _is_damaged], ids=lambda make: make.__name__
)


@refused
@UNUSABLE
async def test_a_library_that_cannot_be_used_is_said_to_need_the_operator(
    simcord_env: simcord.Env, data_dir: Path, caplog: pytest.LogCaptureFixture, make: Callable[[Path], None]
) -> None:
    make(data_dir / "libraries" / str(GUILD_ID))
    server = open_server(simcord_env)

    result = await ask(server)

    assert result.ephemeral
    assert "operator" in words_of(result.response)
    assert unhandled(caplog) == []


@refused
@pytest.mark.parametrize("command", [read_articles, sum_up, add_a_file, edit_an_article, export])
async def test_no_command_fails_silently_on_a_library_that_cannot_be_used(
    simcord_env: simcord.Env, data_dir: Path, caplog: pytest.LogCaptureFixture, command: Command
) -> None:
    _is_damaged(data_dir / "libraries" / str(GUILD_ID))
    server = open_server(simcord_env)

    result = await command(server)

    assert "operator" in words_of(result.response)
    assert unhandled(caplog) == []


@refused
@UNUSABLE
async def test_nobody_is_told_where_on_the_operators_disk_a_library_is(
    simcord_env: simcord.Env, data_dir: Path, make: Callable[[Path], None]
) -> None:
    make(data_dir / "libraries" / str(GUILD_ID))
    server = open_server(simcord_env)

    result = await ask(server)

    assert str(data_dir) not in words_of(result.response).replace("\\", "")


@refused
@UNUSABLE
async def test_the_operator_finds_in_the_log_which_library_cannot_be_used(
    simcord_env: simcord.Env, data_dir: Path, caplog: pytest.LogCaptureFixture, make: Callable[[Path], None]
) -> None:
    make(data_dir / "libraries" / str(GUILD_ID))
    server = open_server(simcord_env)

    await ask(server)

    assert str(GUILD_ID) in caplog.text


@refused
async def test_a_discord_db_that_cannot_be_used_is_answered(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stock(GUILD_ID, *reports(4))
    (data_dir / "libraries" / str(GUILD_ID) / "discord.db").write_bytes(b"rubbish" * 1000)
    server = open_server(simcord_env)

    result = await ask(server)

    assert "operator" in words_of(result.response)
    assert unhandled(caplog) == []


async def test_typing_offers_nothing_where_the_library_cannot_be_used(
    simcord_env: simcord.Env, data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _is_a_file(data_dir / "libraries" / str(GUILD_ID))
    server = open_server(simcord_env)

    choices = await server.alice.autocomplete(server.channel, "summary", "article", "x")

    assert choices == []
    assert unhandled(caplog) == []


@refused
async def test_a_library_that_was_mended_is_used_again_without_a_restart(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path
) -> None:
    folder = data_dir / "libraries" / str(GUILD_ID)
    _is_a_file(folder)
    server = open_server(simcord_env)
    await ask(server)
    folder.unlink()
    stock(GUILD_ID, *reports(1))

    result = await ask(server)

    assert "closed__ on day 1" in words_of(result.response)


# --- nobody is pinged


async def test_nothing_the_bot_sends_can_ping(simcord_env: simcord.Env, stock: Stock) -> None:
    loud = Article(
        title="@everyone @here <@&1>",
        text="The harbour was closed, @everyone and <@1>, because of a storm. @here it was <@&1> dark.",
        publisher="@everyone",
        author="<@1>",
    )
    stock(GUILD_ID, loud, *reports(4))
    server = open_server(simcord_env)
    answer = (await ask(server)).response
    await server.alice.click(answer, label="Next")
    await server.bob.click(answer, label="Back")
    await server.bob.select(answer, [options(answer)[0]["value"]])
    await server.alice.slash(server.channel, "summary", article=loud.title)
    await server.alice.slash(server.channel, "articles")
    await server.alice.slash(server.channel, "ask", question="@everyone volcano")
    await server.manager.slash(server.channel, "library info", article=loud.title)
    await export(server)
    await add_a_file(server)
    await server.alice.send(server.channel, at_bot(server, f"{QUESTION} @everyone"))
    await server.alice.send(server.channel, at_bot(server, ""))

    sent = [_message_in(request) for request in simcord_env.http_requests]
    policies = [message["allowed_mentions"] for message in sent if message is not None]
    assert len(policies) >= 12
    assert [one for one in policies if one["parse"] or one.get("users") or one.get("replied_user")] == []


def _message_in(request: simcord.HttpLogEntry) -> dict[str, Any] | None:
    """The message that a request sends or edits."""
    body = request.json if isinstance(request.json, dict) else {}
    message: dict[str, Any] = body.get("data") or body
    return message if "components" in message or message.get("content") else None


# --- Discord falls silent


@refused
@pytest.mark.parametrize("n_silent", [1, 100])
@pytest.mark.parametrize("command", [ask, read_articles, open_the_form, add_a_file, export])
async def test_a_connection_that_ends_in_the_middle_of_an_answer_is_no_unhandled_error(
    simcord_env: simcord.Env,
    stock: Stock,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    command: Command,
    n_silent: int,
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    request, left = FakeWebhookAdapter.request, iter(range(n_silent))

    async def cut_off(adapter: FakeWebhookAdapter, *args: Any, **options: Any) -> Any:
        if next(left, None) is not None:
            raise aiohttp.ServerDisconnectedError
        return await request(adapter, *args, **options)

    monkeypatch.setattr(FakeWebhookAdapter, "request", cut_off)
    result = await command(server)

    is_told = n_silent == 1 and "operator reference" in words_of(result.response)
    assert is_told or f"could not report an error in guild {GUILD_ID}" in caplog.text
    assert unhandled(caplog) == []
