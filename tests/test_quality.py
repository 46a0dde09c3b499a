"""The table that compares engines: its figures, and that each engine finds what is plainly there."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from corpus.evaluate import JudgedQuestion
from tests.bench import quality

ARTICLES = {
    "whales": "Humpback whales sing in the warm sea near Hawaii.\n\nTheir calves are born there in winter.",
    "canal": "The canal was opened in 1869 by the Khedive.\n\nA container ship blocked it for six days.",
}
QUESTIONS = [
    ("Where do humpback whales sing?", "whales", 0),
    ("When was the canal opened?", "canal", 0),
    ("Which ship blocked it?", "canal", 1),
    ("?", "canal", 0),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A collection of two articles; its last question cannot be answered."""
    (tmp_path / "articles.jsonl").write_text(
        "\n".join(json.dumps({"id": name, "title": name, "text": text}) for name, text in ARTICLES.items())
    )
    (tmp_path / "questions.jsonl").write_text(
        "\n".join(
            json.dumps({"question": question, "article": article, "paragraph": paragraph})
            for question, article, paragraph in QUESTIONS
        )
    )
    return tmp_path


@pytest.mark.parametrize("name", quality.ENGINES)
def test_every_engine_finds_what_is_plainly_there(folder: Path, name: str) -> None:
    if name in {"bm25s", "tantivy"}:
        pytest.importorskip(name, reason="the extra `bench` is not installed")
    collection = quality.read(folder)
    with quality.ENGINES[name](collection) as search:
        assert list(quality.ranks(search, collection.questions)) == [1, 1, 1, 0]


def test_the_paragraphs_are_those_that_questions_refer_to(folder: Path) -> None:
    collection = quality.read(folder)
    assert collection.places == [("whales", 0), ("whales", 1), ("canal", 0), ("canal", 1)]
    assert collection.texts[3] == "canal\nA container ship blocked it for six days."


def test_a_rank_counts_in_each_measure_as_it_should() -> None:
    counted = quality.measures(np.array([1, 2, 4, 0]))
    assert {name: list(values) for name, values in counted.items()} == {
        "R@1": [1, 0, 0, 0],
        "R@3": [1, 1, 0, 0],
        "MRR@10": [1, 0.5, 0.25, 0],
    }


def test_a_paragraph_that_is_not_among_the_first_has_no_rank() -> None:
    judged = JudgedQuestion("?", "canal", 1, ())
    assert list(quality.ranks(lambda _: [("canal", 0), ("whales", 1)], [judged])) == [0]


def test_an_interval_holds_its_mean_and_is_the_same_each_time() -> None:
    values = np.array([1.0, 0.0, 1.0, 1.0] * 10)
    articles = [f"a{number % 7}" for number in range(40)]
    found = quality.estimate(values, articles)
    assert found == quality.estimate(values, articles)
    assert found.low < found.mean == 0.75 < found.high


def test_questions_of_one_article_count_as_one_that_is_drawn() -> None:
    """Where all ten questions of an article stand or fall together, they say no more than one."""
    together = np.repeat([1.0, 0.0] * 5, 10)
    by_article = quality.estimate(together, [f"a{number // 10}" for number in range(100)])
    by_question = quality.estimate(together, [f"q{number}" for number in range(100)])
    assert by_article.high - by_article.low > 2 * (by_question.high - by_question.low)


def test_an_estimate_is_shown_as_its_mean_and_its_interval() -> None:
    assert quality.shown(quality.Estimate(0.8312, 0.82, -0.0049)) == ".831 [.820, -.005]"
