"""“Ask about this” under a summary: one article alone is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from corpus.article import Article
from corpus.library import Library
from tests.conftest import GUILD_ID, OTHER_GUILD_ID, words_of
from tests.world import (
    QUESTION,
    Server,
    Stock,
    also_after_a_restart,
    bot_of,
    control,
    fill_in,
    forged,
    labels,
    open_server,
    reports,
    restart,
)

if TYPE_CHECKING:
    from pathlib import Path

    import simcord


@pytest.fixture
def server(simcord_env: simcord.Env, stock: Stock) -> Server:
    stock(GUILD_ID, *reports(3), Article(title="Oak", text="Ada Quill found the treasure under the old oak."))
    return open_server(simcord_env)


async def summary(server: Server, **options: Any) -> Any:
    return (await server.alice.slash(server.channel, "summary", article="Diary 2", **options)).response


async def ask(server: Server, shown: Any, question: str = QUESTION) -> Any:
    dialog = await server.bob.click(shown, label="Ask about this")
    return await fill_in(server.bob, dialog, Question=question)


async def test_an_article_that_was_removed_says_so(server: Server) -> None:
    shown = await summary(server)
    await bot_of(server.env).shelf.run(GUILD_ID, Library.remove, ["report-2"])

    result = await ask(server, shown)

    assert result.ephemeral
    assert words_of(result.response) == "This article was removed from the library."


async def test_an_article_of_another_server_is_not_asked(
    server: Server, simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(OTHER_GUILD_ID, Article(title="Fog", text="The ferry waits for the fog."))
    theirs = open_server(simcord_env, OTHER_GUILD_ID, "Pirate Club")
    message = await forged(theirs, control(await summary(server), "Ask about this")["custom_id"])
    dialog = await theirs.bob.click(message, label="Forged")

    result = await fill_in(theirs.bob, dialog, Question=QUESTION)

    assert words_of(result.response) == "This article was removed from the library."


@also_after_a_restart
async def test_the_article_alone_is_asked_and_named(server: Server, data_dir: Path, restarted: bool) -> None:
    shown = await summary(server)
    if restarted:
        await restart(server.env, data_dir)

    result = await ask(server, shown)

    said = words_of(result.response)
    assert not result.ephemeral
    assert "-# Only Diary 2" in said
    assert "on day 2" in said
    assert "on day 1" not in said


async def test_under_a_private_summary_the_answer_is_private(server: Server) -> None:
    dialog = await server.alice.click(await summary(server, private=True), label="Ask about this")

    result = await fill_in(server.alice, dialog, Question=QUESTION)

    assert result.ephemeral
    assert "Share to channel" in labels(result.response)


async def test_the_summary_of_a_passages_article_is_asked_too(server: Server) -> None:
    asked = await server.bob.slash(server.channel, "ask", question="who found the treasure")
    around = await server.bob.click(asked.response, label="More about this")
    shown = await server.bob.click(around.response, label="Summary")

    result = await ask(server, shown.response, "who is Ada Quill")

    assert result.ephemeral
    assert "-# Only Oak" in words_of(result.response)


@also_after_a_restart
async def test_what_only_other_articles_say_is_searched_there_at_a_click(
    server: Server, data_dir: Path, restarted: bool
) -> None:
    result = await ask(server, await summary(server), "who found the treasure")
    if restarted:
        await restart(server.env, data_dir)

    wider = await server.bob.click(result.response, label="Search all articles")

    assert "1 passage matches, none in *Diary 2*." in words_of(result.response)
    assert "Ada Quill" in words_of(wider.response)


async def test_a_follow_up_asks_the_same_article(server: Server) -> None:
    answer = await ask(server, await summary(server))
    dialog = await server.bob.click(answer.response, label="Follow up")

    result = await fill_in(server.bob, dialog, Question="was anybody hurt?")

    said = words_of(result.response)
    assert "Only Diary 2" in said
    assert "Diary 1" not in said
