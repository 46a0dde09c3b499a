"""/privacy: what is stored, and a person's own part of it, downloaded and deleted for that person alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from corpus.article import Article
from tests.conftest import GUILD_ID, OTHER_GUILD_ID, words_of
from tests.world import (
    QUESTION,
    Server,
    Stock,
    also_after_a_restart,
    bot_of,
    fill_in,
    labels,
    open_server,
    restart,
)

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

STORM = Article(title="Harbour", text="The harbour was closed on Monday because of a storm.")


async def opened(server: Server, person: Any) -> Any:
    return (await person.slash(server.channel, "privacy")).response


async def ask(server: Server, person: Any, question: str = QUESTION, **options: Any) -> Any:
    return (await person.slash(server.channel, "ask", question=question, **options)).response


async def downloaded(server: Server, person: Any) -> dict[str, Any]:
    result = await person.click(await opened(server, person), label="Download my data")
    assert result.ephemeral
    [file] = result.response.attachments
    assert file.filename == "my-data.json"
    content: dict[str, Any] = json.loads(await file.read())
    return content


async def delete(server: Server, person: Any) -> str:
    asks = await person.click(await opened(server, person), label="Delete my data…")
    assert asks.ephemeral
    return words_of((await person.click(asks.response, label="Delete")).response)


async def test_who_asked_nothing_is_told_so(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    message = await opened(server, server.bob)

    for button in ("Download my data", "Delete my data…"):
        result = await server.bob.click(message, label=button)
        assert words_of(result.response).startswith("Nothing of yours is stored in this server.")


async def test_a_download_holds_what_this_person_asked_here_and_nothing_else(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    stock(OTHER_GUILD_ID, STORM)
    server, other = open_server(simcord_env), open_server(simcord_env, OTHER_GUILD_ID, "Coast Club")
    await ask(server, server.alice)
    await ask(server, server.alice, "glaciers", private=True)
    await ask(server, server.alice, "volcanoes")
    await ask(server, server.bob, "who closed the harbour")
    await ask(other, other.alice, "harbour storm")

    content = await downloaded(server, server.alice)

    asked = [(one["question"], one["private"]) for one in content["questions"]]
    assert asked == [(QUESTION, False), ("volcanoes", False)]  # what finds nothing in private is not kept
    assert (content["server"], content["digests"], content["previews"]) == ("Harbour Club", [], [])


async def test_a_download_holds_digests_and_previews_too(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await server.manager.slash(server.channel, "digest", topic="harbour storm")
    dialog = await server.manager.slash(server.channel, "add")
    await fill_in(server.manager, dialog, Text="The ferry waited for the fog.", Title="Fog")

    content = await downloaded(server, server.manager)

    assert [one["topic"] for one in content["digests"]] == ["harbour storm"]
    assert [one["article"]["title"] for one in content["previews"]] == ["Fog"]
    assert await delete(server, server.manager) == "Deleted 1 digest, 1 preview."
    message = await opened(server, server.manager)
    again = await server.manager.click(message, label="Download my data")
    assert words_of(again.response).startswith("Nothing of yours is stored in this server.")


@also_after_a_restart
async def test_deleting_says_what_goes_and_leaves_what_others_asked(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    mine = await ask(server, server.alice)
    await ask(server, server.alice, "volcanoes")
    theirs = await ask(server, server.bob)
    asks = await server.alice.click(await opened(server, server.alice), label="Delete my data…")
    assert "Delete what is stored of you in this server: 2 questions?" in words_of(asks.response)
    if restarted:
        await restart(simcord_env, data_dir)

    result = await server.alice.click(asks.response, label="Delete")

    assert words_of(result.response) == "Deleted 2 questions."
    gone = await server.alice.click(mine, label="More about this")
    assert "This answer is no longer kept." in words_of(gone.response)
    there = await server.bob.click(theirs, label="More about this")
    assert "-# Paragraph 1 of 1" in words_of(there.response)


async def test_deleting_here_leaves_what_was_asked_in_another_server(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    for guild in (GUILD_ID, OTHER_GUILD_ID):
        stock(guild, STORM)
    server, other = open_server(simcord_env), open_server(simcord_env, OTHER_GUILD_ID, "Coast Club")
    await ask(server, server.alice)
    await ask(other, other.alice)

    await delete(server, server.alice)

    assert len((await downloaded(other, other.alice))["questions"]) == 1


async def test_data_that_went_meanwhile_is_nothing_to_delete(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await ask(server, server.alice)
    asks = await server.alice.click(await opened(server, server.alice), label="Delete my data…")
    await delete(server, server.alice)

    result = await server.alice.click(asks.response, label="Delete")

    assert words_of(result.response).startswith("Nothing of yours is stored in this server.")


async def test_feedback_of_a_person_cannot_be_told_and_says_so(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await ask(server, server.alice)

    content = await downloaded(server, server.alice)

    assert content["feedback"] == "stored without a name, so nobody can tell which is yours"


@pytest.mark.parametrize(
    ("days", "words"),
    [(30, "for at most 30 days"), (7, "for at most 7 days"), (0, "**Questions** are not stored")],
)
async def test_privacy_says_how_long_questions_are_kept_here(
    simcord_env: simcord.Env, days: int, words: str
) -> None:
    server = open_server(simcord_env)
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, days_kept=days)

    message = await opened(server, server.alice)

    assert words in words_of(message)
    assert labels(message) == ["Download my data", "Delete my data…"]


async def test_privacy_says_where_messages_are_read(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, ask_channels=(server.channel.id,))

    assert "in the ask channels of this server" in words_of(await opened(server, server.alice))
