"""The menus of a message that ask: with its words, and for where they come from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot import message_text
from bot.errors import NoTextInMessage
from corpus.article import Article
from tests.conftest import GUILD_ID, OTHER_GUILD_ID, words_of
from tests.world import (
    QUESTION,
    Server,
    Stock,
    bot_of,
    control,
    labels,
    open_server,
    refused,
    reports,
    restart,
    slow_down,
)

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

ASK, FIND = "Ask about this", "Find the source"
STORM = Article(
    id="storm",
    title="Storm",
    text="The harbour was closed on Monday because of a storm. Nobody was hurt, the mayor said.",
    publisher="Harbour Gazette",
    published=date(2020, 7, 2),
    url="https://example.org/storm",
)
QUOTED = "did you see this? “closed on Monday because of a storm” lol"


@pytest.fixture
def server(simcord_env: simcord.Env, stock: Stock) -> Server:
    stock(GUILD_ID, STORM, *reports(2))
    return open_server(simcord_env)


async def use(server: Server, menu: str, content: str = "", **options: Any) -> Any:
    """Bob uses the menu of a message of Alice's."""
    message = await server.alice.send(server.channel, content, **options)
    return await server.bob.context_menu(server.channel, menu, message)


# --- nothing to ask with


@refused
@pytest.mark.parametrize("menu", [ASK, FIND])
@pytest.mark.parametrize(
    "content", ["https://example.org/x", "<:storm:123456789012345678> <@1>", "🌊🌊", "```\n```"]
)
async def test_a_message_without_words_says_so(server: Server, menu: str, content: str) -> None:
    result = await use(server, menu, content)

    assert result.ephemeral
    assert words_of(result.response) == "That message holds no words to ask about."


@refused
async def test_a_message_of_one_word_has_no_source(server: Server) -> None:
    result = await use(server, FIND, "storm")

    assert result.ephemeral
    assert words_of(result.response) == "That has fewer than 3 words, too few to know a source by."


@pytest.mark.parametrize("menu", [ASK, FIND])
async def test_an_empty_library_says_so(simcord_env: simcord.Env, menu: str) -> None:
    server = open_server(simcord_env)

    result = await use(server, menu, "why was the harbour closed")

    assert result.ephemeral
    assert words_of(result.response).startswith("This server has no articles yet.")


async def test_words_that_no_article_has_in_a_row_have_no_source(server: Server) -> None:
    result = await use(server, FIND, "The mayor thinks that a storm is coming and closes the harbour")

    assert result.ephemeral
    assert words_of(result.response).startswith("No article has 5 words of that message in a row.")


async def test_the_articles_of_another_server_are_no_source(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    stock(OTHER_GUILD_ID, Article(title="Fog", text="The ferry waits for the fog."))
    theirs = open_server(simcord_env, OTHER_GUILD_ID, "Pirate Club")

    result = await use(theirs, FIND, QUOTED)

    assert "storm" not in words_of(result.response)


# --- asking about a message


async def test_the_words_of_a_message_are_asked_for_all_to_see(server: Server) -> None:
    result = await use(server, ASK, f"**{QUESTION}** https://example.org/x")

    assert not result.ephemeral
    assert words_of(result.response).startswith(f"### {QUESTION}\n> ")
    assert "Follow up" in labels(result.response)


async def test_what_is_not_found_is_said_to_the_one_who_asked_alone(server: Server) -> None:
    result = await use(server, ASK, "volcanoes of Iceland")

    assert result.ephemeral
    assert words_of(result.response).startswith("No passage matches **volcanoes of Iceland**.")


async def test_a_long_message_is_cut_after_a_sentence(server: Server) -> None:
    text = "Why was the harbour closed on Monday? " + "It was such a windy day here. " * 20

    result = await use(server, ASK, text)

    heading, *_ = words_of(result.response).split("\n")
    assert heading.endswith("It was such a windy day here.")
    assert 250 < len(heading) <= 304


async def test_a_forwarded_message_is_asked_by_its_own_words(server: Server) -> None:
    message = await server.alice.send(server.channel, QUESTION)
    known = await bot_of(server.env).get_channel(server.channel.id).fetch_message(message.id)  # type: ignore[union-attr]

    assert message_text.text_of(known) == QUESTION


# --- where a message comes from


async def test_the_words_that_stand_in_an_article_are_shown_and_counted(server: Server) -> None:
    result = await use(server, FIND, QUOTED)

    said = words_of(result.response).split("\n")
    assert not result.ephemeral
    assert said[0] == "### Find the source"
    assert said[2:6] == [
        "> The harbour was **closed on Monday because of a storm**. Nobody was hurt, the mayor said.",
        "-# **Harbour Gazette** · 2 July 2020",
        "-# Storm",
        "-# 7 words in a row match exactly",
    ]


async def test_the_source_leads_to_the_words_in_the_article(server: Server) -> None:
    result = await use(server, FIND, QUOTED)

    assert control(result.response, "Source")["url"].startswith("https://example.org/storm#:~:text=closed")


async def test_a_source_without_an_address_is_shown(server: Server, data_dir: Path) -> None:
    result = await use(server, FIND, "Fishermen of crew 2 stayed at home and repaired their nets")
    await restart(server.env, data_dir)

    shown = await server.bob.click(result.response, label="Show article")

    assert "### Diary 2" in words_of(shown.response)


async def test_several_sources_are_numbered_the_longest_first(server: Server) -> None:
    text = "Nobody was hurt that night, the market would open later than usual this week, said mayor 1."

    result = await use(server, FIND, text)

    said = words_of(result.response)
    assert said.index("8 words in a row") < said.index("5 words in a row")
    assert said.count("8 words in a row") == 2
    assert "-# **1  Harbour Gazette**" in said


async def test_a_slow_search_is_announced(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    slow_down(server.env, monkeypatch)

    result = await use(server, FIND, QUOTED)

    assert "7 words in a row" in words_of(result.response)


@pytest.mark.parametrize(("person", "is_deleted"), [("bob", True), ("moderator", True), ("alice", False)])
async def test_who_asked_and_moderators_delete_it(server: Server, person: str, is_deleted: bool) -> None:
    result = await use(server, FIND, QUOTED)

    shown = result.response.id

    await getattr(server, person).click(result.response, label="Delete")

    assert (shown not in {one.id for one in server.channel.history()}) is is_deleted


# --- the text of a message


class _Message:
    """What is read of a message."""

    def __init__(self, content: str = "", embeds: Any = (), forwarded: Any = ()) -> None:
        self.content, self.embeds, self.message_snapshots = content, embeds, forwarded


def text_of(content: str = "", **parts: Any) -> str:
    return message_text.text_of(_Message(content, **parts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<@123> what of <#456>?", "what of  ?"),
        ("see [the report](https://example.org/x)", "see the report"),
        ("> # The **harbour** was `closed`", "The harbour was closed"),
        ("a storm <t:1593648000:R> https://example.org/storm?x=1", "a storm"),
        ("snake_case * 2 - 1", "snake_case * 2 - 1"),
    ],
)
def test_what_is_no_word_of_the_message_is_left_out(content: str, text: str) -> None:
    assert text_of(content) == text


def test_a_bare_link_is_read_by_its_preview() -> None:
    preview = discord.Embed(title="Harbour closed", description="A storm came.")
    assert text_of("https://example.org/storm", embeds=[preview]) == "Harbour closed\nA storm came."


def test_a_forwarded_message_is_read() -> None:
    assert text_of(forwarded=[_Message("The harbour was closed.")]) == "The harbour was closed."


def test_a_message_of_nothing_is_refused() -> None:
    with pytest.raises(NoTextInMessage):
        text_of("***", embeds=[discord.Embed()])


@pytest.mark.parametrize("text", ["x" * 400, "word " * 100, "港" * 400])
def test_a_question_of_one_endless_sentence_is_cut_all_the_same(text: str) -> None:
    question = message_text.question_of(_Message(text), 300)  # type: ignore[arg-type]
    assert 290 < len(question) <= 300
    assert text.startswith(question)
