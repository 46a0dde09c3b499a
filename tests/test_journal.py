"""The log has a line for all that people do, with ids and durations, and never a word of theirs."""

from __future__ import annotations

import asyncio
import io
import logging
import re
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
import simcord

from bot import custom_id, journal, reader
from corpus import reading
from corpus.article import Article
from corpus.library import Library
from tests.conftest import GUILD_ID, words_of
from tests.world import (
    QUESTION,
    Server,
    Stock,
    controls,
    fill_in,
    forged,
    open_server,
    refused,
    reports,
)

if TYPE_CHECKING:
    from pathlib import Path

LINE = re.compile(r"reference=([2-9A-HJ-NP-Z]{5}) guild=(\d+) channel=(\d+) what=(.+) outcome=(\w+) ms=(\d+)")
TEXT = "The old lighthouse was painted white last week by the keeper and his two daughters."


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the log of the running bot would hold."""
    stream = io.StringIO()
    handler = journal.handler(logging.INFO)
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def lines(written: io.StringIO) -> list[tuple[str, ...]]:
    """What is told of each event: reference, guild, channel, what, outcome, ms."""
    return [tuple(found) for found in LINE.findall(written.getvalue())]


def told(written: io.StringIO) -> list[tuple[str, str]]:
    """What was done, and how it ended."""
    return [(what, outcome) for _, _, _, what, outcome, _ in lines(written)]


def at_bot(server: Server, words: str) -> str:
    assert server.env.bot.user is not None
    return f"{server.env.bot.user.mention} {words}"


class Bug(RuntimeError):
    """Nobody expects it."""


SAID = "the zeppelin landed at the quay"
"""In a name, as a traceback shows our own lines of code."""


def broken(*_: Any, **__: Any) -> Any:
    raise Bug(SAID)


# --- never a word


@refused
async def test_no_question_title_text_name_or_link_ever_stands_in_the_log(
    simcord_env: simcord.Env, stock: Stock, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env, name="Zanzibar Sailing Club")
    answer = (await server.alice.slash(server.channel, "ask", question=f"{QUESTION} quixotic")).response
    await server.alice.click(answer, label="Next")
    await server.bob.click(answer, label="Delete")
    for command, options in {
        "ask": {"question": "the of quixotic"},
        "summary": {"article": "Quixotic diary"},
        "digest": {"topic": "quixotic"},
        "articles": {"query": "quixotic"},
    }.items():
        await server.alice.slash(server.channel, command, **options)
    await server.alice.autocomplete(server.channel, "summary", "article", "quixotic")
    await server.alice.send(server.channel, at_bot(server, f"{QUESTION} quixotic"))
    preview = await server.manager.slash(server.channel, "add", file=("quixotic.txt", TEXT.encode()))
    await server.manager.click(preview.response, label="Add")
    dialog = await server.manager.slash(server.channel, "add")
    await fill_in(server.manager, dialog, Link="https://quixotic.example/x", Text=TEXT)
    monkeypatch.setattr(Library, "ask", broken)
    monkeypatch.setattr(Library, "suggest", broken)
    await server.alice.slash(server.channel, "ask", question="quixotic quay")
    await server.alice.send(server.channel, at_bot(server, "quixotic quay"))
    await server.alice.autocomplete(server.channel, "summary", "article", "quixotic")

    log = written.getvalue().casefold()
    assert len(lines(written)) >= 11
    said = "quixotic harbour closed diary zeppelin lighthouse zanzibar alice gazette"
    assert [word for word in said.split() if word in log] == []


def test_what_sqlite_quotes_of_a_damaged_text_is_not_written() -> None:
    error = sqlite3.OperationalError("Could not decode to UTF-8 column 'title' with text 'Whales sing'")
    assert said_of(error) == "sqlite3.OperationalError: Could not decode to UTF-8 column 'title'"


def test_a_library_whose_text_is_damaged_is_reported_without_its_text(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.add(Article(id="x", title="Whales", text="Whales sing.", language="en"))
        library._store._db.execute("UPDATE articles SET title = CAST(x'5768616cff' AS TEXT)")  # type: ignore[attr-defined]
        with pytest.raises(Exception, match="Could not decode") as caught:
            library.list()
    assert "Whal" not in str(caught.value)


def test_what_a_reader_broke_over_is_told_without_what_it_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "read", broken)
    told = reader._read(reader.Order(b"x", "a.txt", None), reader.Limits(1, 1, 1)).decode()
    assert ("tests.test_journal.Bug" in told, "zeppelin" in told) == (True, False)


def said_of(error: BaseException) -> str:
    """What the log says of an error."""
    return journal.Discreet().formatException((type(error), error, None)).splitlines()[-1]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (KeyError("quixotic"), "builtins.KeyError"),
        (ValueError("Invalid isoformat string: 'quixotic'"), "builtins.ValueError"),
        (OSError(28, "No space left", "x.db"), "builtins.OSError: [Errno 28] No space left: 'x.db'"),
    ],
)
def test_of_an_error_only_what_quotes_nobody_is_written(error: Exception, said: str) -> None:
    assert said_of(error) == said


def test_what_an_error_came_from_is_told_too() -> None:
    error = Bug("quixotic")
    error.__cause__ = KeyError("quixotic")
    shown = journal.Discreet().formatException((Bug, error, None))
    assert shown == "builtins.KeyError\nthen\ntests.test_journal.Bug"


# --- a line for each


@refused
async def test_each_event_has_a_line_with_its_outcome(
    simcord_env: simcord.Env, stock: Stock, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = (await server.alice.slash(server.channel, "ask", question=QUESTION)).response
    await server.alice.click(answer, label="Next")
    await server.bob.click(answer, label="Delete")
    await server.bob.click(await forged(server, "a1:nonsense:x:y"), label="Forged")
    await server.alice.send(server.channel, at_bot(server, QUESTION))
    await server.alice.slash(server.channel, "summary", article="Nothing of this name")
    monkeypatch.setattr(Library, "ask", broken)
    await server.alice.slash(server.channel, "ask", question=QUESTION)

    assert told(written) == [
        ("/ask", "answered"),
        ("button page", "answered"),
        ("button delete", "declined"),
        ("button unknown", "declined"),
        ("mention", "answered"),
        ("/summary", "declined"),
        ("/ask", "failed"),
    ]
    assert {(guild, channel) for _, guild, channel, *_ in lines(written)} == {
        (str(GUILD_ID), str(server.channel.id))
    }


@refused
async def test_the_reference_a_person_is_told_stands_before_each_line_of_the_event(
    simcord_env: simcord.Env, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = open_server(simcord_env)
    monkeypatch.setattr(Library, "ask", broken)

    shown = (await server.alice.slash(server.channel, "ask", question=QUESTION)).response

    [line] = lines(written)
    assert f"`{line[0]}`" in words_of(shown)
    assert re.search(rf"ERROR {line[0]} bot\.failures: reference {line[0]}\n", written.getvalue())


async def test_two_events_have_two_references(
    simcord_env: simcord.Env, stock: Stock, written: io.StringIO
) -> None:
    stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)
    for _ in range(2):
        await server.alice.slash(server.channel, "ask", question=QUESTION)
    assert len({line[0] for line in lines(written)}) == 2


async def test_a_form_has_a_line(simcord_env: simcord.Env, written: io.StringIO) -> None:
    server = open_server(simcord_env)
    dialog = await server.manager.slash(server.channel, "add")
    await fill_in(server.manager, dialog, Text=TEXT)
    assert told(written) == [("/add", "answered"), ("form pasted", "answered")]


async def test_every_button_of_an_answer_has_a_name_in_the_log(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = (await server.alice.slash(server.channel, "ask", question=QUESTION)).response
    ids = [one["custom_id"] for one in controls(answer) if "custom_id" in one]
    assert "unknown" not in {custom_id.action_of(one) for one in ids}


async def test_what_is_cut_off_when_the_bot_stops_was_not_answered(written: io.StringIO) -> None:
    has_begun = asyncio.Event()

    async def answer() -> None:
        with journal.noted("/ask", 1, 2):
            has_begun.set()
            await asyncio.Event().wait()

    answering = asyncio.create_task(answer())
    await has_begun.wait()
    answering.cancel()
    await asyncio.wait([answering])

    assert [line[4] for line in lines(written)] == ["failed"]
