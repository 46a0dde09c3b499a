"""/articles and /summary: what is there, and one article in a few sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.replies.card import Accent
from bot.state import SEARCHES_KEPT
from corpus.article import Article
from corpus.library import Library
from tests.conftest import GUILD_ID, words_of
from tests.world import (
    Server,
    Stock,
    accent,
    also_after_a_restart,
    bot_of,
    control,
    forged,
    labels,
    let_pass,
    open_server,
    options,
    refused,
    reports,
    restart,
    slow_down,
)

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

LONG = Article(
    title="Ten sentences",
    text="\n\n".join(f"Sentence number {n} of this article stands for itself alone." for n in range(1, 11)),
)


async def articles(server: Server, **filters: str) -> Any:
    """What Alice is shown."""
    return (await server.alice.slash(server.channel, "articles", **filters)).response


async def summary(server: Server, article: str, **choices: Any) -> Any:
    return (await server.alice.slash(server.channel, "summary", article=article, **choices)).response


def titles(message: Any) -> list[str]:
    return [line.split("  ", 1)[1] for line in words_of(message).split("\n") if line.startswith("**")]


# --- /articles


async def test_the_list_of_an_empty_library_names_the_command_that_adds_articles(
    simcord_env: simcord.Env,
) -> None:
    server = open_server(simcord_env)

    shown = await articles(server)

    assert words_of(shown).startswith("This server has no articles yet.")


async def test_a_list_without_articles_says_so(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)

    shown = await articles(server, query="volcano")

    assert words_of(shown) == "### Articles\nNo article matches."


async def test_the_list_is_for_the_asker_alone(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)

    shown = await articles(server)

    assert shown.ephemeral


async def test_the_list_shows_each_article_with_where_it_comes_from(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(1, url="https://example.org"))
    server = open_server(simcord_env)

    shown = await articles(server)

    assert "**1**  [Diary 1](https://example.org/1)\n-# Harbour Gazette · 1 July 2020 · 70 words" in (
        words_of(shown)
    )


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", ["Ebb", "Flood", "Anchor"]),
        ("oldest", ["Anchor", "Flood", "Ebb"]),
        ("title", ["Anchor", "Ebb", "Flood"]),
    ],
)
async def test_the_list_is_sorted_as_asked(
    simcord_env: simcord.Env, stock: Stock, sort: str, expected: list[str]
) -> None:
    stock(
        GUILD_ID,
        Article(title="Flood", text="A flood came in the night.", published=date(2020, 2, 1)),
        Article(title="Anchor", text="An anchor was found at sea.", published=date(2020, 1, 1)),
        Article(title="Ebb", text="The ebb came in the morning.", published=date(2020, 3, 1)),
    )
    server = open_server(simcord_env)

    shown = await articles(server, sort=sort)

    assert titles(shown) == expected


async def test_a_query_narrows_the_list(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(3))
    server = open_server(simcord_env)

    shown = await articles(server, query="diary 2")

    assert titles(shown) == ["Diary 2"]


async def test_a_source_narrows_the_list(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(2), Article(title="Other", text="Something else.", publisher="Coast Herald"))
    server = open_server(simcord_env)

    shown = await articles(server, source="Coast Herald")

    assert titles(shown) == ["Other"]


async def test_a_source_with_a_bar_in_its_name_narrows_the_list(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(2), Article(title="Other", text="Something else.", publisher="News | North"))
    server = open_server(simcord_env)

    shown = await articles(server, source="News | North")

    assert titles(shown) == ["Other"]


async def test_sources_that_begin_alike_are_told_apart(simcord_env: simcord.Env, stock: Stock) -> None:
    name = "The Harbour Gazette and Coast Herald, "
    stock(
        GUILD_ID,
        Article(title="North", text="The north wind blew.", publisher=f"{name}North"),
        Article(title="South", text="The south wind blew.", publisher=f"{name}South"),
    )
    server = open_server(simcord_env)

    shown = await articles(server, source=f"{name}South")

    assert titles(shown) == ["South"]


@also_after_a_restart
async def test_a_long_search_is_remembered_on_its_next_page(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    name = "The Harbour Gazette and Coast Herald, "
    south = [replace(one, id=f"south-{one.id}") for one in reports(7, f"{name}South")]
    stock(GUILD_ID, *reports(7, f"{name}North"), *south)
    server = open_server(simcord_env)
    shown = await articles(server, source=f"{name}South", query=f"{name}South diary")
    if restarted:
        await restart(simcord_env, data_dir)

    await server.alice.click(shown, label="Next")

    assert [option["value"] for option in options(shown)] == ["south-report-1"]
    assert "-# 7 of 7 · newest first" in words_of(shown)


async def test_a_narrowed_list_says_to_what(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)

    shown = await articles(server, source="Harbour Gazette", query="diary")

    assert "-# Only Harbour Gazette · diary" in words_of(shown)


async def test_the_lists_source_is_completed(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(2), Article(title="Other", text="Something else.", publisher="Coast Herald"))
    server = open_server(simcord_env)

    choices = await server.alice.autocomplete(server.channel, "articles", "source", "coast")

    assert [choice["value"] for choice in choices] == ["Coast Herald"]


async def test_a_list_of_one_page_has_no_paging(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(6))
    server = open_server(simcord_env)

    shown = await articles(server)

    assert labels(shown) == []


@also_after_a_restart
async def test_the_list_turns_in_place(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    stock(GUILD_ID, *reports(8))
    server = open_server(simcord_env)
    shown = await articles(server)
    if restarted:
        await restart(simcord_env, data_dir)

    await server.alice.click(shown, label="Next")

    assert "-# 7–8 of 8 · newest first" in words_of(shown)
    assert titles(shown) == ["Diary 2", "Diary 1"]


@also_after_a_restart
async def test_back_returns_to_the_lists_page_before(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    stock(GUILD_ID, *reports(8))
    server = open_server(simcord_env)
    shown = await articles(server)
    before = words_of(shown)
    await server.alice.click(shown, label="Next")
    if restarted:
        await restart(simcord_env, data_dir)

    await server.alice.click(shown, label="Back")

    assert words_of(shown) == before


async def test_at_the_lists_ends_its_buttons_are_there_but_off(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(8))
    server = open_server(simcord_env)
    shown = await articles(server)
    first_page = (control(shown, "Back")["disabled"], control(shown, "Next")["disabled"])

    await server.alice.click(shown, label="Next")

    assert first_page == (True, False)
    assert (control(shown, "Back")["disabled"], control(shown, "Next")["disabled"]) == (False, True)


async def test_the_list_keeps_its_search_on_the_next_page(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(
        GUILD_ID, *reports(3), *(Article(title=f"Tide {n}", text=f"The tide was {n} high.") for n in range(9))
    )
    server = open_server(simcord_env)
    shown = await articles(server, query="tide", sort="title")

    await server.alice.click(shown, label="Next")

    assert titles(shown) == ["Tide 6", "Tide 7", "Tide 8"]


async def test_a_page_of_the_list_that_is_gone_shows_the_last(simcord_env: simcord.Env, stock: Stock) -> None:
    stored = stock(GUILD_ID, *reports(8))
    server = open_server(simcord_env)
    shown = await articles(server)
    removed = [one.id for one in stored[:4]]
    await bot_of(simcord_env).shelf.run(GUILD_ID, Library.remove, removed)

    await server.alice.click(shown, label="Next")

    assert "of 4 · newest first" in words_of(shown)


@pytest.mark.parametrize(
    "key", ["", ":::", "|", "newest|", "title|99999999", "a\nb|-1|", "'; DROP TABLE articles; --"]
)
async def test_a_forged_page_of_the_list_is_a_list(simcord_env: simcord.Env, stock: Stock, key: str) -> None:
    stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)
    said = {}
    for argument in ("", "x", "0", "-7", "9" * 30):
        message = await forged(server, f"a1:list:{key}:{argument}")
        said[argument] = words_of((await server.alice.click(message, label="Forged")).response)

    lists = ("### Articles", "This list is older than a day.")
    assert [words for words in said.items() if not words[1].startswith(lists)] == []


async def test_a_search_of_yesterday_says_so(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, *reports(7))
    server = open_server(simcord_env)
    shown = await articles(server, query="diary")
    let_pass(SEARCHES_KEPT + timedelta(seconds=1), monkeypatch)

    result = await server.alice.click(shown, label="Next")

    assert result.ephemeral
    assert words_of(result.response).startswith("This list is older than a day.")


@also_after_a_restart
async def test_an_article_chosen_in_the_list_is_summed_up_for_the_chooser(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)
    shown = await articles(server)
    if restarted:
        await restart(simcord_env, data_dir)

    result = await server.alice.select(shown, [options(shown)[1]["value"]])

    assert result.ephemeral
    assert words_of(result.response).startswith("### Diary 1")


async def test_an_article_chosen_after_it_was_removed_is_named(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    first, _ = stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)
    shown = await articles(server)
    await bot_of(simcord_env).shelf.run(GUILD_ID, Library.remove, [first.id])

    result = await server.alice.select(shown, [first.id])

    assert result.ephemeral
    assert words_of(result.response) == "This article was removed from the library."


# --- /summary: what is not there


@refused
async def test_the_summary_of_an_unknown_article_names_the_list(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "summary", article="volcano")

    assert result.ephemeral
    mention = bot_of(simcord_env).mentions["articles"]
    assert words_of(result.response) == f"No article called “volcano”.\n-# See what is there: {mention}."


@refused
async def test_a_title_that_several_articles_hold_is_answered_with_them(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)

    shown = await summary(server, "diary")

    assert "Did you mean: Diary 1 (" in words_of(shown)


@refused
async def test_a_title_of_6000_characters_is_answered(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "summary", article="volcano " * 750)

    assert "No article called “volcano" in words_of(result.response)


@refused
async def test_an_article_of_headings_alone_has_a_summary_that_says_so(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, Article(title="Menu", text="Starters", headings=((0, 8),), keeps_paragraphs=True))  # type: ignore[arg-type]
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "summary", article="Menu")

    assert "Something broke" not in words_of(result.response)


async def test_a_text_without_spaces_has_a_summary(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, Article(title="Endless", text="字" * 5_000, language="zh"))
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "summary", article="Endless")

    assert "字字字" in words_of(result.response)
    assert "Something broke" not in words_of(result.response)


async def test_long_sentences_full_of_marks_have_a_summary_within_its_budget(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    marks = "a [b] *c* " * 39
    text = "\n\n".join(f"Table number {number} of the harbour has {marks}in it." for number in range(9))
    stock(GUILD_ID, Article(title="Marks", text=text, language="en"))
    server = open_server(simcord_env)

    shown = await summary(server, "Marks", length="long")

    assert "6 sentences, word for word" in words_of(shown)


# --- /summary


async def test_a_summary_is_public(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, LONG)
    server = open_server(simcord_env)

    shown = await summary(server, "Ten sentences")

    assert not shown.ephemeral
    assert accent(shown) == Accent.ARTICLES


async def test_a_private_summary_is_for_the_asker_alone(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, LONG)
    server = open_server(simcord_env)

    shown = await summary(server, "Ten sentences", private=True)

    assert shown.ephemeral


async def test_a_private_summary_can_be_made_longer_and_stays_private(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, LONG)
    server = open_server(simcord_env)
    shown = await summary(server, "Ten sentences", private=True)

    await server.alice.click(shown, label="Longer")

    assert shown.ephemeral
    assert "-# 5 sentences" in words_of(shown)


async def test_a_summary_begins_with_a_bold_sentence_and_goes_on_in_points(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, LONG)
    server = open_server(simcord_env)

    shown = await summary(server, "Ten sentences")

    assert words_of(shown).split("\n")[2:6] == [
        "**Sentence number 1 of this article stands for itself alone.**",
        "- Sentence number 2 of this article stands for itself alone.",
        "- Sentence number 3 of this article stands for itself alone.",
        "-# 3 sentences, word for word, of 100 words",
    ]


@pytest.mark.parametrize(("length", "n_sentences"), [("short", 3), ("medium", 5), ("long", 8)])
async def test_a_summary_is_as_long_as_asked(
    simcord_env: simcord.Env, stock: Stock, length: str, n_sentences: int
) -> None:
    stock(GUILD_ID, LONG)
    server = open_server(simcord_env)

    shown = await summary(server, "Ten sentences", length=length)

    assert f"-# {n_sentences} sentences, word for word" in words_of(shown)


@pytest.mark.parametrize("by", ["id", "title", "part of the title", "address"])
async def test_an_article_is_named_by(simcord_env: simcord.Env, stock: Stock, by: str) -> None:
    [article, _] = stock(GUILD_ID, *reports(2, url="https://example.org"))
    server = open_server(simcord_env)
    wanted = {
        "id": article.id,
        "title": "DIARY 1",
        "part of the title": "ry 1",
        "address": "https://example.org/1",
    }

    shown = await summary(server, wanted[by])

    assert words_of(shown).startswith("### Diary 1")


async def test_a_slow_summary_says_thinking_first(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, LONG)
    server = open_server(simcord_env)
    slow_down(simcord_env, monkeypatch)

    shown = await summary(server, "Ten sentences")

    assert "**Sentence number 1" in words_of(shown)


@also_after_a_restart
@pytest.mark.parametrize("person", ["alice", "moderator"])
async def test_longer_and_shorter_change_the_message_of_the_asker(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool, person: str
) -> None:
    stock(GUILD_ID, LONG)
    server = open_server(simcord_env)
    shown = await summary(server, "Ten sentences")
    before = words_of(shown)
    if restarted:
        await restart(simcord_env, data_dir)

    await getattr(server, person).click(shown, label="Longer")
    longer = words_of(shown)
    await getattr(server, person).click(shown, label="Shorter")

    assert "-# 5 sentences" in longer
    assert words_of(shown) == before


@also_after_a_restart
async def test_somebody_else_gets_a_longer_copy_of_his_own(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    stock(GUILD_ID, LONG)
    server = open_server(simcord_env)
    shown = await summary(server, "Ten sentences")
    before = words_of(shown)
    if restarted:
        await restart(simcord_env, data_dir)

    result = await server.bob.click(shown, label="Longer")

    assert result.ephemeral
    assert "-# 5 sentences" in words_of(result.response)
    assert words_of(shown) == before


@pytest.mark.parametrize(("length", "off"), [("short", "Shorter"), ("long", "Longer")])
async def test_at_the_shortest_and_longest_a_button_is_off(
    simcord_env: simcord.Env, stock: Stock, length: str, off: str
) -> None:
    stock(GUILD_ID, LONG)
    server = open_server(simcord_env)

    shown = await summary(server, "Ten sentences", length=length)

    assert [one for one in ("Shorter", "Longer") if control(shown, one)["disabled"]] == [off]


@also_after_a_restart
@pytest.mark.parametrize("person", ["alice", "moderator"])
async def test_the_asker_and_moderators_delete_a_summary(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool, person: str
) -> None:
    stock(GUILD_ID, LONG)
    server = open_server(simcord_env)
    shown = await summary(server, "Ten sentences")
    if restarted:
        await restart(simcord_env, data_dir)

    await getattr(server, person).click(shown, label="Delete")

    assert server.channel.history() == []


async def test_the_asker_still_deletes_a_summary_a_moderator_made_longer(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, LONG)
    server = open_server(simcord_env)
    shown = await summary(server, "Ten sentences")
    await server.moderator.click(shown, label="Longer")

    await server.alice.click(shown, label="Delete")

    assert server.channel.history() == []


async def test_nobody_else_deletes_a_summary(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, LONG)
    server = open_server(simcord_env)
    shown = await summary(server, "Ten sentences")

    result = await server.bob.click(shown, label="Delete")

    assert result.ephemeral
    assert "can delete this answer" in words_of(result.response)
    assert shown.id in {one.id for one in server.channel.history()}


async def test_a_summary_of_an_article_removed_meanwhile_says_so(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    [only] = stock(GUILD_ID, LONG)
    server = open_server(simcord_env)
    shown = await summary(server, "Ten sentences")
    await bot_of(simcord_env).shelf.run(GUILD_ID, Library.remove, [only.id])

    result = await server.alice.click(shown, label="Longer")

    assert result.ephemeral
    assert words_of(result.response).startswith(("This article was removed", "No article called"))


async def test_a_summary_of_an_article_removed_meanwhile_does_not_speak_of_ids(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    [only] = stock(GUILD_ID, LONG)
    server = open_server(simcord_env)
    shown = await summary(server, "Ten sentences")
    await bot_of(simcord_env).shelf.run(GUILD_ID, Library.remove, [only.id])

    result = await server.alice.click(shown, label="Longer")

    assert words_of(result.response) == "This article was removed from the library."


@pytest.mark.parametrize("label", ["Longer", "Summary"])
async def test_a_button_of_a_removed_article_never_leads_to_another(
    simcord_env: simcord.Env, stock: Stock, label: str
) -> None:
    stock(
        GUILD_ID,
        Article(id="storm", title="First", text=LONG.text),
        Article(title="The storm of 1953", text="Quite another article about a storm."),
    )
    server = open_server(simcord_env)
    shown = {
        "Longer": await summary(server, "storm"),
        "Summary": (await server.manager.slash(server.channel, "library info", article="storm")).response,
    }
    await bot_of(simcord_env).shelf.run(GUILD_ID, Library.remove, ["storm"])

    result = await server.manager.click(shown[label], label=label)

    assert "Quite another article" not in words_of(result.response)


@pytest.mark.parametrize("action", ["longer", "shorter", "summary"])
async def test_a_forged_length_is_answered_with_a_summary(
    simcord_env: simcord.Env, stock: Stock, action: str
) -> None:
    [only] = stock(GUILD_ID, LONG)
    server = open_server(simcord_env)
    said = {}
    for argument in ("", "huge.1", "long", "long.x", "long." + "9" * 30, ".."):
        message = await forged(server, f"a1:{action}:{only.id}:{argument}")
        result = await server.bob.click(message, label="Forged")
        said[argument] = (result.ephemeral, words_of(result.response).startswith("### Ten sentences"))

    assert said == dict.fromkeys(said, (True, True))


# --- autocomplete


async def test_articles_are_offered_that_hold_what_was_typed(simcord_env: simcord.Env, stock: Stock) -> None:
    [_, second] = stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)

    choices = await server.alice.autocomplete(server.channel, "summary", "article", "DIARY 2")

    assert choices == [{"name": "Diary 2", "value": second.id}]


async def test_at_most_25_articles_are_offered(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(30))
    server = open_server(simcord_env)

    choices = await server.alice.autocomplete(server.channel, "summary", "article", "")

    assert len(choices) == 25


async def test_a_title_of_more_than_100_characters_is_offered_shortened(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, Article(title="A very long title " * 20, text="Some text."))
    server = open_server(simcord_env)

    [choice] = await server.alice.autocomplete(server.channel, "summary", "article", "long")

    assert len(choice["name"]) <= 100
    assert choice["name"].endswith("…")


async def test_articles_of_one_title_are_told_apart_by_publisher_and_day(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    for number, publisher in enumerate(("Harbour Gazette", "P" * 200), 1):
        one = Article(title="News " * 30, text=f"Text {number}.", publisher=publisher)
        stock(GUILD_ID, replace(one, published=date(2020, 7, number)))
    server = open_server(simcord_env)

    choices = await server.alice.autocomplete(server.channel, "summary", "article", "news")

    assert choices[1]["name"].endswith("… · Harbour Gazette · 1 July 2020")
    assert {len(choice["name"]) <= 100 for choice in choices} == {True}


async def test_a_choice_leads_to_its_article(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(3))
    server = open_server(simcord_env)
    [choice] = await server.alice.autocomplete(server.channel, "summary", "article", "diary 3")

    shown = await summary(server, choice["value"])

    assert words_of(shown).startswith("### Diary 3")


async def test_nothing_is_offered_where_nothing_matches(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(3))
    server = open_server(simcord_env)

    assert await server.alice.autocomplete(server.channel, "summary", "article", "volcano") == []
