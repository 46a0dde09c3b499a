"""Asking in Discord: the command, the mention, what is public and what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.replies.card import Accent
from bot.state import ServerState
from corpus import clock
from corpus.article import Article
from tests.conftest import GUILD_ID, words_of
from tests.world import (
    QUESTION,
    Server,
    Stock,
    accent,
    also_after_a_restart,
    bot_of,
    control,
    fill_in,
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

STORM = Article(title="Harbour", text="The harbour was closed on Monday because of a storm.")
MARKET = Article(title="Market", text="The market sold apples and pears. Some of them were green.")


def at_bot(env: simcord.Env, words: str) -> str:
    assert env.bot.user is not None
    return f"{env.bot.user.mention} {words}"


# --- what cannot be answered


@refused
async def test_a_question_of_stop_words_only_is_told_to_name_a_topic(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question="what is it about")

    assert result.response is not None
    assert result.ephemeral
    assert words_of(result.response) == (
        "That question has no searchable words. Name a topic, a person or a place."
    )


@refused
async def test_a_question_of_emoji_only_is_told_to_name_a_topic(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question="🦜⚓🌊")

    assert result.ephemeral
    assert "no searchable words" in words_of(result.response)


async def test_an_empty_library_names_the_command_that_adds_articles(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION)

    assert result.ephemeral
    assert words_of(result.response) == (
        f"This server has no articles yet. A manager can add some with {bot_of(simcord_env).mentions['add']}."
    )


async def test_what_is_not_found_is_said_to_the_asker_alone(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question="volcanoes of Iceland")

    assert result.ephemeral
    assert words_of(result.response).startswith(
        "No passage matches **volcanoes of Iceland**.\nTry fewer or other words."
    )


async def test_what_is_not_found_can_be_asked_again(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question="volcanoes of Iceland")

    assert labels(result.response) == ["Ask again"]


async def test_what_is_not_found_names_the_titles_that_come_near(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(
        GUILD_ID,
        Article(
            title="Iceland at a glance", text="An island in the north.", url="https://example.org/iceland"
        ),
        Article(title="Weather", text="It rained."),
    )
    server = open_server(simcord_env)

    result = await server.alice.slash(
        server.channel, "ask", question="volcanoes eruption lava ash crater Iceland"
    )

    text = words_of(result.response)
    assert "-# Nearest titles\n[Iceland at a glance](https://example.org/iceland)" in text
    assert "Weather" not in text


async def test_nothing_found_stays_public_where_the_search_was_slow(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    slow_down(simcord_env, monkeypatch)

    result = await server.alice.slash(server.channel, "ask", question="volcanoes of Iceland")

    assert not result.ephemeral
    assert "No passage matches" in words_of(result.response)


@refused
async def test_a_source_that_is_not_there_is_answered_with_those_that_are(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(1, "Harbour Gazette"))
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION, source="The Moon")

    assert result.ephemeral
    assert words_of(result.response) == ("No article comes from “The Moon”. The library has Harbour Gazette.")


@refused
async def test_a_source_that_is_not_there_is_answered_in_a_library_of_many_publishers(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(
        GUILD_ID,
        *(
            Article(
                title=f"Report {number}", text=f"Report {number} of the harbour.", publisher=f"{number}" * 20
            )
            for number in range(100, 200)
        ),
    )
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION, source="The Moon")

    assert "No article comes from “The Moon”" in words_of(result.response)


async def test_a_filter_without_which_nothing_would_match_either_is_named(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(1, "Harbour Gazette"))
    server = open_server(simcord_env)

    result = await server.alice.slash(
        server.channel, "ask", question="volcanoes of Iceland", source="Harbour Gazette", since="7 days"
    )

    assert result.ephemeral
    assert "*Harbour Gazette · last 7 days*" in words_of(result.response)


TODAY = replace(STORM, id="today", publisher="Coast Herald", published=clock.now().date())


@pytest.mark.parametrize(
    ("filters", "said", "buttons"),
    [
        ({"since": "7 days"}, ["4 passages match, none since 7 days."], ["Search all dates"]),
        (
            {"source": "Coast Herald"},
            ["4 passages match, none from *Coast Herald*."],
            ["Search all sources"],
        ),
        (
            {"source": "Harbour Gazette", "since": "1 year"},
            ["4 passages from *Harbour Gazette* match, none since 1 year."],
            ["Search all dates"],
        ),
        (
            {"source": "Coast Herald", "since": "1 year"},
            ["4 passages match, none from *Coast Herald* since 1 year."],
            ["Search everything"],
        ),
    ],
)
async def test_a_filter_that_leaves_nothing_says_what_matches_without_it(
    simcord_env: simcord.Env, stock: Stock, filters: Any, said: list[str], buttons: list[str]
) -> None:
    stock(GUILD_ID, *reports(4), replace(MARKET, publisher="Coast Herald"))
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION, **filters)

    assert result.ephemeral
    assert words_of(result.response).split("\n") == [f"### {QUESTION}", *said, *buttons, "Ask again"]


async def test_two_filters_of_which_each_leaves_nothing_are_told_apart(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(1), TODAY)
    server = open_server(simcord_env)

    result = await server.alice.slash(
        server.channel, "ask", question=QUESTION, source="Harbour Gazette", since="7 days"
    )

    assert words_of(result.response).split("\n")[1:3] == [
        "1 passage from *Harbour Gazette* matches, none since 7 days.",
        "1 passage since 7 days matches, none from *Harbour Gazette*.",
    ]


@also_after_a_restart
@pytest.mark.parametrize(
    ("label", "note", "text"),
    [
        ("Search all dates", "-# Only Harbour Gazette", "on day 1"),
        ("Search all sources", "-# Only last 7 days", "on Monday"),
    ],
)
async def test_the_wider_search_keeps_the_other_filter(
    simcord_env: simcord.Env,
    stock: Stock,
    data_dir: Path,
    label: str,
    note: str,
    text: str,
    restarted: bool,
) -> None:
    stock(GUILD_ID, *reports(1), TODAY)
    server = open_server(simcord_env)
    nothing = await server.alice.slash(
        server.channel, "ask", question=QUESTION, source="Harbour Gazette", since="7 days"
    )
    if restarted:
        await restart(simcord_env, data_dir)

    result = await server.alice.click(nothing.response, label=label)

    shown = words_of(result.response).split("\n")
    assert not result.ephemeral
    assert note in shown
    assert text in shown[2]


async def test_a_private_question_is_searched_wider_in_private(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    nothing = await server.alice.slash(server.channel, "ask", question=QUESTION, since="7 days", private=True)

    result = await server.alice.click(nothing.response, label="Search all dates")

    assert result.ephemeral
    assert "-# 1 passage, word for word" in words_of(result.response)


async def test_a_wider_search_after_30_days_can_be_asked_again(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    nothing = await server.alice.slash(server.channel, "ask", question=QUESTION, since="7 days")
    let_pass(timedelta(days=31), monkeypatch)

    result = await server.alice.click(nothing.response, label="Search all dates")

    assert words_of(result.response).startswith(f"### {QUESTION}\nThis answer is no longer kept.")


@pytest.mark.parametrize("argument", ["", "dates", "sources.7 days", "x.y.z", "dates.7 days.private.more"])
async def test_a_forged_wider_search_is_answered(
    simcord_env: simcord.Env, stock: Stock, argument: str
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    nothing = await server.alice.slash(server.channel, "ask", question=QUESTION, since="7 days")
    ident = control(nothing.response, "Search all dates")["custom_id"].split(":")[2]
    message = await forged(server, f"a1:wider:{ident}:{argument}")

    result = await server.bob.click(message, label="Forged")

    assert result.acknowledged
    assert words_of(result.response).startswith(f"### {QUESTION}")


async def test_a_question_that_a_filter_left_nothing_of_is_no_answer_in_the_statistics(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)

    await server.alice.slash(server.channel, "ask", question=QUESTION, since="7 days")

    assert await bot_of(simcord_env).shelf.run_state(GUILD_ID, ServerState.n_answers) == 0


# --- an answer


async def test_an_answer_is_public_and_shows_the_passage(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question="when was the harbour closed")

    assert not result.ephemeral
    assert result.response is not None
    assert "The __harbour__ was __closed__ on Monday" in words_of(result.response)


async def test_an_answer_opens_with_the_question_and_then_the_quote(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION)

    assert words_of(result.response).split("\n")[:2] == [
        f"### {QUESTION}",
        "> **The __harbour__ was __closed__ on day 1 because of a storm.** Nobody was hurt that night.",
    ]


async def test_a_private_answer_is_for_the_asker_alone(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION, private=True)

    assert result.ephemeral
    assert "closed__ on Monday" in words_of(result.response)


async def test_a_slow_search_says_thinking_and_ends_in_the_answer(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    slow_down(simcord_env, monkeypatch)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION)

    [deferred] = [one for one in simcord_env.http_requests if one.path.endswith("/callback")]
    assert deferred.json["type"] == discord.InteractionResponseType.deferred_channel_message.value
    assert "closed__ on Monday" in words_of(result.response)


async def test_a_slow_private_search_stays_private(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    slow_down(simcord_env, monkeypatch)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION, private=True)

    assert result.ephemeral


async def test_a_question_of_300_characters_is_answered(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question="harbour " * 37 + "shut")

    assert "closed on Monday" in words_of(result.response)


async def test_a_question_is_shown_as_it_was_typed(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question="**harbour** closed <@1> # _x_")

    assert words_of(result.response).startswith(r"### \*\*harbour\*\* closed \<\@1> # \_x\_")


async def test_an_article_with_an_address_has_its_sentence_as_link(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(1, url="https://example.org/report"))
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION)

    assert control(result.response, "Source")["url"] == (
        "https://example.org/report/1#:~:text=The%20harbour%20was%20closed%20on,because%20of%20a%20storm."
    )


async def test_an_article_without_an_address_can_be_shown(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION)

    assert "Show article" in labels(result.response)


async def test_sources_are_numbered_as_their_passages(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(2, url="https://example.org/report"))
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION)

    text = words_of(result.response)
    assert "-# **1  Harbour Gazette** · 1 July 2020\n-# Diary 1\nSource 1" in text
    assert "-# **2  Harbour Gazette** · 2 July 2020\n-# Diary 2\nSource 2" in text


async def test_the_same_passage_in_several_outlets_is_shown_once_and_names_the_others(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    told = "The harbour was closed on Monday because of a storm that came from the north at night."
    outlets = ["Harbour Gazette", "Coast Herald", "Northern Ledger", "Island News", "Air News"]
    stock(
        GUILD_ID,
        *(
            Article(
                title=f"Storm {n}",
                text=f"{told}\n\nOutlet {n} was there.",
                publisher=name,
                keeps_paragraphs=True,
            )
            for n, name in enumerate(outlets)
        ),
    )
    server = open_server(simcord_env)

    answer = (await server.alice.slash(server.channel, "ask", question=QUESTION)).response

    text = words_of(answer)
    assert text.count("because of a storm") == 1
    assert "-# **Harbour Gazette** · also in Coast Herald, Northern Ledger, Island News, 1 more\n" in text
    assert "-# 1 passage, word for word" in text


async def test_a_single_passage_has_no_number_and_a_button_for_more(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION)

    assert labels(result.response) == [
        "Show article",
        "More about this",
        "Follow up",
        "Not helpful",
        "Delete",
    ]


async def test_where_all_passages_fit_one_page_there_is_no_paging(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(3))
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION)

    assert labels(result.response) == [*["Show article"] * 3, "Follow up", "Not helpful", "Delete"]


async def test_where_passages_do_not_fit_one_page_back_is_there_but_off(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION)

    assert control(result.response, "Back")["disabled"]
    assert not control(result.response, "Next")["disabled"]


async def test_the_menu_offers_each_passage_with_its_place(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION)

    shown = [(option["label"], option["description"]) for option in options(result.response)]
    assert shown == [
        ("1 · Diary 1", "Harbour Gazette · paragraph 3"),
        ("2 · Diary 2", "Harbour Gazette · paragraph 3"),
    ]


async def test_the_footer_counts_passages_and_articles(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION)

    assert "-# Passages 1–3 of 4, word for word · 4 articles searched in" in words_of(result.response)


async def test_a_sure_answer_is_blue(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION)

    assert accent(result.response) == Accent.ARTICLES


async def test_a_weak_match_says_what_was_found_and_what_was_not(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM, MARKET)
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question="glaciers in a storm")

    assert "-# Weak match: only *storm* was found, not *glaciers*" in words_of(result.response)


async def test_a_weak_match_is_amber_and_has_nothing_bold(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM, MARKET)
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question="glaciers in a storm")

    [quote, *_] = [line for line in words_of(result.response).split("\n") if line.startswith("> ")]
    assert accent(result.response) == Accent.LOOK_TWICE
    assert "**" not in quote


# --- filters


async def test_a_source_narrows_the_answer_and_is_named(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(2, "Harbour Gazette"), Article(**_fields(STORM, publisher="Coast Herald")))
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION, source="Coast Herald")

    text = words_of(result.response)
    assert "-# Only Coast Herald" in text
    assert "Harbour Gazette" not in text


async def test_since_leaves_older_articles_out_and_is_named(simcord_env: simcord.Env, stock: Stock) -> None:
    yesterday = (clock.now() - timedelta(days=1)).date()
    stock(
        GUILD_ID,
        Article(**_fields(STORM, title="Old storm", published=date(2020, 7, 2))),
        Article(title="New storm", text="The harbour was closed again by a new storm.", published=yesterday),
    )
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION, since="7 days")

    text = words_of(result.response)
    assert "-# Only last 7 days" in text
    assert "New storm" in text
    assert "Old storm" not in text


def _fields(article: Article, **changes: Any) -> dict[str, Any]:
    return {"title": article.title, "text": article.text, **changes}


# --- autocomplete


async def test_sources_are_offered_that_hold_what_was_typed(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(1, "Harbour Gazette"), Article(**_fields(STORM, publisher="Coast Herald")))
    server = open_server(simcord_env)

    choices = await server.alice.autocomplete(server.channel, "ask", "source", "hERA")

    assert choices == [{"name": "Coast Herald", "value": "Coast Herald"}]


async def test_at_most_25_sources_are_offered(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(
        GUILD_ID,
        *(
            Article(title=f"{number}", text=f"Report number {number}.", publisher=f"Paper {number}")
            for number in range(30)
        ),
    )
    server = open_server(simcord_env)

    choices = await server.alice.autocomplete(server.channel, "ask", "source", "")

    assert len(choices) == 25


async def test_a_source_of_more_than_100_characters_can_be_chosen(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(1, "The Harbour Gazette and " + "Coast " * 30))
    server = open_server(simcord_env)
    [choice] = await server.alice.autocomplete(server.channel, "ask", "source", "harbour")

    result = await server.alice.slash(server.channel, "ask", question=QUESTION, source=choice["value"])

    assert max(len(choice["name"]), len(choice["value"])) <= 100
    assert "closed__ on day 1" in words_of(result.response)


# --- asking again


async def test_ask_again_fills_the_question_in_and_answers(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    nothing = await server.alice.slash(server.channel, "ask", question="volcanoes of Iceland")
    dialog = await server.alice.click(nothing.response, label="Ask again")

    answer = await fill_in(server.alice, dialog, Question="when was the harbour closed")

    assert dialog.modal is not None
    assert dialog.modal["components"][0]["components"][0]["value"] == "volcanoes of Iceland"
    assert "closed__ on Monday" in words_of(answer.response)


async def test_ask_again_fills_the_question_in_as_it_was_typed(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    question = "volcano_id * lava || ash ~ #1"
    nothing = await server.alice.slash(server.channel, "ask", question=question)

    dialog = await server.alice.click(nothing.response, label="Ask again")

    assert dialog.modal is not None
    assert dialog.modal["components"][0]["components"][0]["value"] == question


@refused
async def test_ask_again_says_what_cannot_be_answered(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    nothing = await server.alice.slash(server.channel, "ask", question="volcanoes of Iceland")
    dialog = await server.alice.click(nothing.response, label="Ask again")

    answer = await fill_in(server.alice, dialog, Question="what is it")

    assert answer.ephemeral
    assert "no searchable words" in words_of(answer.response)


async def test_a_private_question_that_is_asked_again_stays_private(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    nothing = await server.alice.slash(server.channel, "ask", question="volcanoes of Iceland", private=True)
    dialog = await server.alice.click(nothing.response, label="Ask again")

    answer = await fill_in(server.alice, dialog, Question="when was the harbour closed")

    assert answer.ephemeral


async def test_a_public_question_that_is_asked_again_is_answered_in_public(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    nothing = await server.alice.slash(server.channel, "ask", question="volcanoes of Iceland")
    dialog = await server.alice.click(nothing.response, label="Ask again")

    answer = await fill_in(server.alice, dialog, Question="when was the harbour closed")

    assert not answer.ephemeral


# --- the mention


async def test_a_mention_is_seen_to_be_worked_on(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    await server.alice.send(server.channel, at_bot(simcord_env, "when was the harbour closed"))

    sent = [one.path.rpartition("/")[2] for one in simcord_env.http_requests if "/channels/" in one.path]
    assert sent == ["typing", "messages"]


async def test_a_mention_in_a_thread_is_answered_there(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    parent = simcord_env.bot.get_channel(server.channel.id)
    assert isinstance(parent, discord.TextChannel)
    await parent.create_thread(name="storms", type=discord.ChannelType.public_thread)
    [thread] = server.channel.threads

    await server.alice.send(thread, at_bot(simcord_env, "when was the harbour closed"))

    assert "closed__ on Monday" in words_of(thread.last_message)


async def test_a_mention_is_answered_by_a_public_reply(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    asked = await server.alice.send(server.channel, at_bot(simcord_env, "when was the harbour closed"))

    answer = server.channel.last_message
    assert not answer.flags.ephemeral
    assert answer.reference.message_id == asked.id
    assert words_of(answer).startswith("### when was the harbour closed\n> The __harbour__ was __closed__")


async def test_a_mention_in_the_middle_is_left_out_of_the_question(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    await server.alice.send(server.channel, f"hey {at_bot(simcord_env, 'harbour closed?')}")

    heading, *_ = words_of(server.channel.last_message).split("\n")
    assert heading.split() == ["###", "hey", "harbour", "closed?"]


async def test_a_mention_of_others_is_read_as_their_names(simcord_env: simcord.Env, stock: Stock) -> None:
    """Else the numbers of their ids would be searched, and be shown as words that were not found."""
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    where = f"{server.bob.mention} <#{server.channel.id}> <:wave:123456789012345678>"

    await server.alice.send(server.channel, at_bot(simcord_env, f"{where} harbour closed"))

    text = words_of(server.channel.last_message)
    assert text.startswith(r"### \@bob harbour closed")
    assert "Weak match" not in text


async def test_a_mention_pings_nobody(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    await server.alice.send(
        server.channel, at_bot(simcord_env, f"harbour closed {server.bob.mention} @everyone")
    )

    [sent] = [
        one for one in simcord_env.http_requests if one.path == f"/channels/{server.channel.id}/messages"
    ]
    assert sent.json["allowed_mentions"] == {"parse": [], "replied_user": False}


async def test_a_mention_without_words_is_told_how_to_ask(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    await server.alice.send(server.channel, at_bot(simcord_env, "  "))

    assert words_of(server.channel.last_message).startswith("Ask me something: ")


async def test_a_mention_of_the_bots_own_role_is_told_how_to_ask(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    await simcord_env.settle()
    assert simcord_env.bot.user is not None
    guild = simcord_env.bot.get_guild(GUILD_ID)
    assert guild is not None
    role = next(role for role in guild.roles if role.managed)
    # SimCord leaves out which bot a role belongs to.
    role.tags = discord.RoleTags({"bot_id": str(simcord_env.bot.user.id)})

    await server.alice.send(server.channel, f"{role.mention} when was the harbour closed")

    assert words_of(server.channel.last_message).startswith("Ask me something: ")


async def test_a_mention_that_finds_nothing_says_so(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    await server.alice.send(server.channel, at_bot(simcord_env, "volcanoes of Iceland"))

    assert "No passage matches **volcanoes of Iceland**" in words_of(server.channel.last_message)


async def test_a_mention_of_more_than_300_characters_is_refused_with_the_limit(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    await server.alice.send(server.channel, at_bot(simcord_env, "harbour " * 38))

    assert words_of(server.channel.last_message).startswith(
        "That question has 303 characters; the limit is 300."
    )


async def test_a_mention_of_emoji_only_is_told_to_name_a_topic(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    await server.alice.send(server.channel, at_bot(simcord_env, "🦜⚓"))

    assert "no searchable words" in words_of(server.channel.last_message)


async def reply(server: Server, to: Any, words: str) -> None:
    """Alice replies to a message, which mentions its author."""
    await server.alice.send(server.channel, words, reply_to=to)


@pytest.mark.parametrize(
    "words", ["thanks!", "Thank you, that helps a lot 👍", "danke dir", "👍", "what?", ""]
)
async def test_a_reply_that_asks_nothing_gets_no_lecture(
    simcord_env: simcord.Env, stock: Stock, words: str
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await server.alice.send(server.channel, at_bot(simcord_env, QUESTION))
    n_messages = len(server.channel.history())

    await reply(server, server.channel.last_message, words or "\u2060")

    assert len(server.channel.history()) == n_messages + 1


async def test_a_reply_that_asks_is_answered(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM, MARKET)
    server = open_server(simcord_env)
    await server.alice.send(server.channel, at_bot(simcord_env, QUESTION))

    await reply(server, server.channel.last_message, "thanks, and what did the market sell?")

    assert "apples and pears" in words_of(server.channel.last_message)


async def test_a_reply_that_finds_nothing_says_so(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await server.alice.send(server.channel, at_bot(simcord_env, QUESTION))

    await reply(server, server.channel.last_message, "volcanoes of Iceland")

    assert "No passage matches" in words_of(server.channel.last_message)


async def test_thanks_by_name_get_no_lecture_either(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    await server.alice.send(server.channel, at_bot(simcord_env, "thank you!"))

    assert len(server.channel.history()) == 1


async def test_a_message_that_does_not_mention_the_bot_gets_no_answer(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    await server.alice.send(server.channel, f"when was the harbour closed, {server.bob.mention} @everyone")

    assert len(server.channel.history()) == 1


async def test_a_mention_by_another_bot_gets_no_answer(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    robot = server.guild.add_member(simcord_env.create_user("robot", bot=True))

    await robot.send(server.channel, at_bot(simcord_env, "when was the harbour closed"))

    assert len(server.channel.history()) == 1


async def test_a_mention_by_a_webhook_gets_no_answer(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    webhook = server.guild.create_webhook(server.channel)

    await webhook.send(at_bot(simcord_env, "when was the harbour closed"))

    assert len(server.channel.history()) == 1


async def test_a_message_to_the_bot_alone_gets_no_answer(simcord_env: simcord.Env) -> None:
    carol = simcord_env.create_user("carol")

    await carol.send_dm(at_bot(simcord_env, "when was the harbour closed"))

    assert len(carol.dm_channel.history()) == 1


async def test_a_mention_of_a_library_that_cannot_be_opened_is_told_so(
    simcord_env: simcord.Env, data_dir: Path
) -> None:
    (data_dir / "libraries").mkdir(parents=True, exist_ok=True)
    (data_dir / "libraries" / str(GUILD_ID)).write_text("not a folder")
    server = open_server(simcord_env)

    await server.alice.send(server.channel, at_bot(simcord_env, "when was the harbour closed"))

    assert "Only the operator can mend that" in words_of(server.channel.last_message)
