"""What the library says -> exactly the JSON that scripts rely on."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replies import as_json
from corpus.article import (
    Answer,
    Article,
    ArticleInfo,
    CheckReport,
    Digest,
    KeyQuote,
    Quote,
    Span,
    Statement,
    Summary,
)
from corpus.errors import BadRecord, NothingToRead, QuestionTooLong
from corpus.evaluate import Abstention, Retrieval
from corpus.reading import Reading

TEXT = "The ferry stops in March. It has run since 1911."
FERRY = Article(
    id="ferry",
    title="The last ferry",
    text=TEXT,
    url="https://post.example/ferry",
    publisher="Harbour Post",
    author="Ada Berg",
    published=date(2020, 7, 2),
    language="en",
    added=datetime(2026, 1, 1, tzinfo=UTC),
    n_words=10,
    headings=(Span(0, 9),),
)
FERRY_JSON = {
    "id": "ferry",
    "title": "The last ferry",
    "publisher": "Harbour Post",
    "author": "Ada Berg",
    "published": "2020-07-02",
    "url": "https://post.example/ferry",
    "language": "en",
}
QUOTE = Quote(
    article=FERRY,
    number=7,
    start=0,
    text=TEXT,
    position=3,
    sentences=(Span(0, 25), Span(26, 48)),
    answer=Span(0, 25),
    highlights=(Span(4, 9),),
    score=1.23456789,
    coverage=2 / 3,
    link="https://post.example/ferry#:~:text=The%20ferry",
)
ANSWER = Answer(
    question="When does the ferry stop?",
    status="found",
    confidence=1.9,
    quotes=(QUOTE,),
    numbers=(7, 8, 9),
    language="en",
    held_words=("ferry", "stop"),
    missed_words=("boat",),
    unknown_words=("boat", "quay"),
    took_ms=1.234,
    n_articles=12,
)


def test_an_answer_has_exactly_the_documented_keys() -> None:
    assert as_json.answer(ANSWER) == {
        "question": "When does the ferry stop?",
        "status": "found",
        "passages": [
            {
                "text": TEXT,
                "answer": [0, 25],
                "highlights": [[4, 9]],
                "score": 1.2346,
                "coverage": 0.6667,
                "position": 3,
                "link": "https://post.example/ferry#:~:text=The%20ferry",
                "article": FERRY_JSON,
                "also_in": [],
            }
        ],
        "matches": 3,
        "unknown_terms": ["boat", "quay"],
        "replaced_terms": {},
        "missing_phrases": [],
        "newest_first": False,
        "nearest": [],
        "took_ms": 1.234,
    }


def test_an_answer_of_nothing_has_the_same_keys() -> None:
    nothing = replace(ANSWER, status="nothing", quotes=(), numbers=(), unknown_words=())
    assert as_json.answer(nothing) == {
        "question": "When does the ferry stop?",
        "status": "nothing",
        "passages": [],
        "matches": 0,
        "unknown_terms": [],
        "replaced_terms": {},
        "missing_phrases": [],
        "newest_first": False,
        "nearest": [],
        "took_ms": 1.234,
    }


def test_a_question_that_was_refused_says_why() -> None:
    assert as_json.failed_question("ferry" * 100, QuestionTooLong(500, 300)) == {
        "question": "ferry" * 100,
        "error": "That question has 500 characters; the limit is 300.",
    }


def test_an_article_has_exactly_the_documented_keys() -> None:
    assert as_json.article(FERRY) == FERRY_JSON


def test_what_is_not_known_of_an_article_is_null() -> None:
    assert as_json.article(ArticleInfo(id="a", title="A", language="und")) == {
        "id": "a",
        "title": "A",
        "publisher": None,
        "author": None,
        "published": None,
        "url": None,
        "language": "und",
    }


def test_an_article_that_is_shown_has_its_text_and_headings_too() -> None:
    assert as_json.article_with_text(FERRY) == {**FERRY_JSON, "text": TEXT, "headings": [[0, 9]]}


def test_an_article_that_was_added_says_from_what_and_what_was_left_out() -> None:
    reading = Reading(FERRY, ("Home", "Share this"))
    assert as_json.added("notes/ferry.txt", FERRY, reading, 2) == {
        "input": "notes/ferry.txt",
        "article": FERRY_JSON,
        "paragraphs": 2,
        "words": 10,
        "left_out": ["Home", "Share this"],
        "looks_like": None,
    }


def test_an_input_that_was_not_added_has_an_error_in_place_of_the_article() -> None:
    assert as_json.failed_input("notes/ferry.txt", NothingToRead("ferry.txt")) == {
        "input": "notes/ferry.txt",
        "error": "ferry.txt holds no text.",
    }


def test_an_import_is_counted_by_what_became_of_the_articles() -> None:
    failures = [BadRecord("a.jsonl, line 2,", "is not JSON")]
    assert as_json.imported(Counter(added=2, skipped=1), failures, was_stopped=True) == {
        "added": 2,
        "replaced": 0,
        "skipped": 1,
        "failed": 1,
        "errors": ["a.jsonl, line 2, is not JSON."],
        "stopped": True,
    }


def test_a_summary_is_its_article_and_its_sentences_with_their_offsets() -> None:
    made = Summary(FERRY, (Span(0, 25), Span(26, 48)), 0.5)
    assert as_json.summary(made) == {
        "article": FERRY_JSON,
        "sentences": [
            {"text": "The ferry stops in March.", "start": 0, "end": 25},
            {"text": "It has run since 1911.", "start": 26, "end": 48},
        ],
        "took_ms": 0.5,
    }


def test_a_key_quote_is_a_sentence_with_its_speaker() -> None:
    made = Summary(FERRY, (Span(0, 25),), 0.5, KeyQuote(Span(0, 25), "the captain"))
    assert as_json.summary(made)["key_quote"] == {
        "text": "The ferry stops in March.",
        "start": 0,
        "end": 25,
        "speaker": "the captain",
    }


def test_a_digest_is_its_sentences_with_their_article_and_how_many_say_so() -> None:
    said = Statement(FERRY, Span(0, 25), "The ferry stops in March.", None, (FERRY, FERRY))
    made = Digest("ferry", date(2020, 7, 2), None, (said,), 2, has_more=False, took_ms=0.5)
    assert as_json.digest(made) == {
        "topic": "ferry",
        "since": "2020-07-02",
        "sentences": [
            {
                "text": "The ferry stops in March.",
                "start": 0,
                "end": 25,
                "link": None,
                "sources": 2,
                "article": FERRY_JSON,
                "also_in": [FERRY_JSON],
            }
        ],
        "articles": 2,
        "took_ms": 0.5,
    }


@pytest.mark.parametrize(
    ("problems", "mended", "is_ok"),
    [((), 0, True), (("One did not fit.",), 1, True), (("One did not fit.", "Two did not."), 1, False)],
    ids=["sound", "mended", "damaged"],
)
def test_a_library_is_ok_when_every_problem_is_mended(
    problems: tuple[str, ...], mended: int, is_ok: bool
) -> None:
    assert as_json.check(CheckReport(12, 120, problems, mended)) == {
        "ok": is_ok,
        "articles": 12,
        "passages": 120,
        "problems": list(problems),
        "mended": mended,
    }


def test_figures_have_four_digits() -> None:
    found = as_json.figures(Retrieval(3, 1 / 3, 2 / 3, 0.5, 1.0, 1.23456, 9.87654))
    assert (found["recall_at_1"], found["recall_at_3"], found["p99_ms"]) == (0.3333, 0.6667, 9.8765)


def test_a_figure_of_nothing_is_null_and_not_a_word_that_json_does_not_know() -> None:
    found = as_json.figures(Abstention(0, 1, float("nan"), 0.0, float("nan"), 1.0))
    assert (found["auroc"], found["present_found"], found["n_absent"]) == (None, None, 1)


# --- one line


def test_letters_stay_letters() -> None:
    assert as_json.line({"title": "Fähre 港"}) == '{"title": "Fähre 港"}'


_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.text(), _VALUES, max_size=5))
def test_a_shape_is_one_line_and_comes_back_from_it(shape: dict[str, Any]) -> None:
    line = as_json.line(shape)
    assert ("\n" in line, json.loads(line)) == (False, shape)
