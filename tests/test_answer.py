"""How sure an answer is, and which words are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources import starter_articles
from corpus import answer
from corpus.article import Article, Query, QueryTerm, RankedPassage, Span
from corpus.library import Library
from tests.passages_of_terms import passage, query, reranked

if TYPE_CHECKING:
    from pathlib import Path


def judged(confidence: float, number: int = 0) -> RankedPassage:
    return RankedPassage(passage(number, "a"), score=1.0, confidence=confidence, coverage=0.5)


# --- how sure


def test_without_passages_the_answer_is_nothing() -> None:
    assert answer.status([]) == "nothing"


@pytest.mark.parametrize(
    ("confidence", "expected"),
    [
        (0.0, "nothing"),
        (answer.WEAK - 1e-6, "nothing"),
        (answer.WEAK, "weak"),
        (answer.FOUND - 1e-6, "weak"),
        (answer.FOUND, "found"),
        (5.0, "found"),
    ],
)
def test_the_best_passage_says_how_sure_the_answer_is(confidence: float, expected: str) -> None:
    assert answer.status(answer.matching([judged(confidence), judged(0.0)])) == expected


def test_a_passage_with_all_the_words_is_found() -> None:
    assert (
        answer.status(answer.matching(reranked(query("?", "a", "b"), [(passage(1, "a b"), 2.0)]))) == "found"
    )


def test_a_passage_with_one_of_many_words_is_not_found() -> None:
    ranked = reranked(query("?", *"abcdefgh"), [(passage(1, "a x x x"), 1.0)])
    assert answer.status(answer.matching(ranked)) != "found"


def test_an_unknown_word_makes_the_answer_less_sure() -> None:
    candidates = [(passage(1, "a b"), 2.0)]
    [known] = reranked(query("?", "a", "b"), candidates)
    [unknown] = reranked(query("?", "a", "b", "unknown", unknown=5.0), candidates)
    assert unknown.confidence < known.confidence


def test_a_chinese_question_is_about_as_sure_as_one_in_words() -> None:
    pieces = [(passage(1, "联合 国报"), 1.0)]
    [in_pieces] = reranked(query("?", "联合", "合国", "国报", "报告"), pieces)
    [in_words] = reranked(query("?", "a", "b"), [(passage(1, "a x b"), 1.0)])
    assert 1 <= in_pieces.confidence / in_words.confidence <= 1.3


def test_typing_a_word_again_makes_the_answer_no_surer(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.add(Article(title="Suez", text="The canal at Suez joins the two seas.", language="en"))
        once, often = (library.ask(f"{'Suez ' * n}blockchain consensus").confidence for n in (1, 9))
    assert often == pytest.approx(once)


def asked(question: str, language: str = "en", **about: Any) -> Query:
    """A question whose last word is known only as *about* says."""
    *known, last = question.rstrip("?").split()
    terms = [QueryTerm(word.lower(), word, word.lower(), 2.0, is_known=True) for word in known]
    unknown = QueryTerm(last.lower(), last, last.lower(), 5.0, **{"is_known": False, **about})
    return Query(question=question, language=language, terms=(*terms, unknown))


@pytest.mark.parametrize(
    "question",
    [
        asked("how long is the canal of Erie", is_known=True),
        asked("how long is the canal of Sueez", read_as="suez"),
        asked("how long is the canal roughly"),
        asked("HOW LONG IS THE CANAL ROUGHLY?"),
        asked("Roughly?"),
        asked("Wie lang ist der Kanal der Reederei", "de"),
    ],
    ids=lambda query: query.question,
)
def test_a_question_names_nothing_unknown(question: Query) -> None:
    assert not answer.names_the_unknown(question)


def test_what_is_said_of_another_is_a_weak_match_for_a_name_that_no_article_knows(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        list(library.import_all(starter_articles()))
        erie, suez = (library.ask(f"How long is the {name} canal?") for name in ("Erie", "Suez"))
    assert (erie.status, suez.status) == ("weak", "found")
    assert "Erie" in erie.missed_words


def test_the_matches_are_the_passages_that_are_at_least_weak_in_their_order() -> None:
    ranked = [judged(2.0, 7), judged(answer.WEAK, 3), judged(answer.WEAK - 1e-6, 4), judged(0.0, 1)]
    assert [match.passage.number for match in answer.matching(ranked)] == [7, 3]


# --- the words to mark


def marked(asked: Query, text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in answer.highlights(asked, text, language, [Span(0, len(text))])]


@pytest.mark.parametrize("text", ["", "Nothing of it.", "😀", "Sayings and unreported."])
def test_nothing_is_marked_where_no_word_of_the_question_stands(text: str) -> None:
    assert marked(query("?", "un", "report"), text) == []


def test_a_word_is_marked_whole_in_any_inflection() -> None:
    asked = query("?", "report", "negoti")
    assert marked(asked, "Reported: negotiations, a report.") == ["Reported", "negotiations", "report"]


def test_neighbours_are_marked_in_one_run() -> None:
    assert marked(query("?", "un", "report"), "The UN reports, and the report of the UN.") == [
        "UN reports",
        "report",
        "UN",
    ]


def test_a_stop_word_between_two_words_parts_the_run() -> None:
    assert marked(query("?", "un", "report"), "UN and report") == ["UN", "report"]


def test_a_name_written_otherwise_is_marked_as_it_stands() -> None:
    assert marked(query("?", "qaeda", "us"), "The U.S. met Al-Qaida’s men.") == ["U.S.", "Qaida’s"]


def test_a_persian_word_of_two_parts_is_marked_whole() -> None:
    asked = query("?", "گذرند", "کتاب", language="fa")
    text = "از پل می\u200cگذرند و کتاب\u200cها را می\u200cبرند."
    assert marked(asked, text, "fa") == ["می\u200cگذرند", "کتاب\u200cها"]


def test_a_question_of_one_chinese_character_is_marked_where_it_stands() -> None:
    text = "宪法规定了法律。"
    spans = answer.highlights(query("法", "法", language="zh"), text, "zh", [Span(0, len(text))])
    assert [text[slice(*span)] for span in spans] == ["法", "法"]


def test_overlapping_pieces_of_chinese_are_marked_as_one_run() -> None:
    assert marked(query("?", "联合", "合国", language="zh"), "据联合国的报告", "zh") == ["联合国"]


def test_marks_stand_in_each_sentence_that_holds_a_word(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.add(Article(title="x", text="A canal was dug. It is long. It begins at Suez.", language="en"))
        [quote] = library.ask("Suez canal").quotes
    assert [quote.text[slice(*span)] for span in quote.highlights] == ["canal", "Suez"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["UN", "report", "and", "联合国", "😀", ".", "\n", " ", "’s"]), max_size=20))
def test_marks_stand_in_the_text_in_reading_order_and_apart(words: list[str]) -> None:
    text = "".join(words)
    end = 0
    for span in answer.highlights(query("?", "un", "report", "联合"), text, "en", [Span(0, len(text))]):
        assert end <= span.start < span.end <= len(text)
        end = span.end
