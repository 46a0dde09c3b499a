"""Who asks for the latest gets the newest first; who names a month gets what appeared then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from corpus import newness, terms
from corpus.article import Article
from corpus.library import Library
from tests.passages_of_terms import passage, query

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from corpus.article import Answer

FERRY = {
    "f1": (date(2019, 3, 4), "The harbour ferry was repaired after the storm and sails again on Monday."),
    "f2": (date(2020, 7, 2), "The harbour ferry lost its licence on Thursday, the port authority said."),
    "f3": (date(2021, 5, 9), "The harbour ferry is to be replaced by a bridge, the council decided."),
}
OTHERS = {
    "b1": (date(2022, 1, 1), "Bees dance to tell each other where the flowers are."),
    "b2": (date(2022, 2, 2), "The harbour was painted blue by children of the school."),
    "b3": (date(2022, 3, 3), "A whale was seen near the northern cape by two fishermen."),
}


def article(name: str, day: date | None, text: str, language: str = "en") -> Article:
    return Article(id=name, title=f"Report {name}", text=text, published=day, language=language)


@pytest.fixture
def news(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path) as library:
        for name, (day, text) in (FERRY | OTHERS).items():
            library.add(article(name, day, text))
        yield library


def order(found: Answer) -> list[str]:
    return [quote.article.id for quote in found.quotes]


# --- the words that ask for it


@pytest.mark.parametrize(
    ("question", "language", "left"),
    [
        ("what is the latest on the ferry", "en", ["ferri"]),
        ("What's the most recent ferry news?", "en", ["ferri", "news"]),
        ("LATEST FERRY NEWS NOW", "en", ["ferri", "news"]),
        ("who found the last whale", "en", ["found", "last", "whale"]),
        ("¿Cuáles son las últimas noticias del puerto?", "es", ["puert"]),
        ("¿Quién fue el último rey?", "es", ["ultim", "rey"]),
        ("", "en", []),
        ("latest", "xx", ["latest"]),
    ],
)
def test_only_the_words_that_ask_for_the_newest_are_left_out(
    question: str, language: str, left: list[str]
) -> None:
    words = terms.words(question, language)
    asking = newness.asked_by(question, words, language)
    stayed = [word.term for place, word in enumerate(words) if word.term and place not in asking]
    assert stayed == left


def test_where_no_space_parts_words_the_word_is_found_inside() -> None:
    question = "港口的最新消息"
    words = terms.words(question, "zh")
    asking = newness.asked_by(question, words, "zh")
    assert [word.plain for place, word in enumerate(words) if place not in asking] == ["港口", "口的", "消息"]


# --- the order


def test_the_latest_on_a_topic_comes_newest_first(news: Library) -> None:
    found = news.ask("what is the latest on the harbour ferry")
    assert order(found) == ["f3", "f2", "f1"]
    assert found.is_newest_first
    assert "latest" not in found.missed_words


def test_a_newer_article_about_something_else_does_not_come_first(news: Library) -> None:
    assert order(news.ask("the latest about the harbour ferry", top=10))[:3] == ["f3", "f2", "f1"]


def test_without_such_a_word_the_best_comes_first(news: Library) -> None:
    found = news.ask("when was the harbour ferry repaired after the storm")
    assert order(found)[0] == "f1"
    assert not found.is_newest_first


def test_the_word_alone_is_searched_as_any_other(news: Library) -> None:
    assert news.ask("latest").status == "nothing"


def test_the_second_passage_of_the_newest_comes_behind_the_first_of_others(news: Library) -> None:
    text = "The harbour ferry burns.\n\nThe harbour ferry was towed to the harbour."
    news.add(article("f4", date(2023, 1, 1), text))
    assert order(news.ask("latest on the harbour ferry", top=10))[:4] == ["f4", "f3", "f2", "f1"]


def test_what_has_no_date_counts_from_the_day_it_was_added(news: Library) -> None:
    news.add(article("f5", None, "The harbour ferry has a new captain."))
    assert order(news.ask("latest on the harbour ferry"))[0] == "f5"


def test_the_newest_is_found_among_many_that_match_better(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        for n in range(40):
            text = f"The harbour ferry {n}. The harbour ferry sails from the harbour, ferry {n}."
            library.add(article(f"old{n}", date(2010, 1, 1), text))
        library.add(article("new", date(2020, 1, 1), "Yesterday morning the ferry left the harbour. " * 3))
        assert order(library.ask("latest harbour ferry"))[0] == "new"


# --- a month that is asked for


def test_a_month_that_is_asked_for_is_that_of_the_article(news: Library) -> None:
    assert order(news.ask("what happened to the ferry in July 2020"))[0] == "f2"


def test_a_month_alone_finds_what_appeared_then(news: Library) -> None:
    assert order(news.ask("March 2019"))[0] == "f1"


def test_a_date_that_is_corrected_counts_as_corrected(news: Library) -> None:
    stored = news.get("f2")
    news.change_details(
        Article(id="f2", title=stored.title, text=stored.text, published=date(2018, 12, 1), language="en")
    )
    assert order(news.ask("December 2018"))[0] == "f2"
    assert order(news.ask("latest on the harbour ferry"))[-1] == "f2"


@pytest.mark.parametrize(("code", "month"), [("de", "Juli 2020"), ("ru", "июля 2020"), ("und", "2020")])
def test_a_month_is_known_by_its_name_in_the_articles_language(tmp_path: Path, code: str, month: str) -> None:
    with Library.open(tmp_path) as library:
        library.add(article("a", date(2020, 7, 2), "xyz abc.", code))
        assert order(library.ask(month)) == ["a"]


def test_the_newest_is_looked_for_among_passages_that_hold_most_with_their_title() -> None:
    found = query("?", "ferri", "sank")
    asked = replace(found, terms=tuple(replace(term, plain=f"{term.term}es") for term in found.terms))
    candidates = [
        (passage(1, "ferri", title="sank", article="old"), 2.0),
        (passage(2, "ferri", article="new"), 1.0),
    ]
    newest = newness.of_newest(asked, candidates, {"old": 1, "new": 2})
    assert [one.article_id for one, _ in newest] == ["old"]
