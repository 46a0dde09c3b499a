"""Which passage answers best, which of its sentences, which words are marked, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import answer
from corpus.article import Article, Query, QueryTerm, RankedPassage, Sentence, Span, StoredPassage
from corpus.library import Library

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def query(question: str, *found: str, language: str = "en", **idf: float) -> Query:
    """A question with the terms *found*, each of idf 1 unless *idf* says otherwise."""
    terms = tuple(QueryTerm(term=term, word=term, idf=idf.get(term, 1.0), is_known=True) for term in found)
    return Query(question, language, terms)


def passage(number: int, *sentences: str, title: str = "") -> StoredPassage:
    """A passage whose sentences have the terms written in *sentences*."""
    return StoredPassage(
        number=number,
        article_id="a",
        position=number,
        title_terms=tuple(title.split()),
        sentences=tuple(Sentence(Span(i, i + 1), tuple(terms.split())) for i, terms in enumerate(sentences)),
    )


def text_of(*sentences: tuple[str, str]) -> tuple[str, list[Sentence]]:
    """A passage's text and sentences, from the words and the terms of each."""
    text, found = "", []
    for words, terms in sentences:
        found.append(Sentence(Span(len(text), len(text) + len(words)), tuple(terms.split())))
        text += words + " "
    return text, found


def numbers(ranked: Sequence[RankedPassage]) -> list[int]:
    return [one.passage.number for one in ranked]


def judged(confidence: float, number: int = 0) -> RankedPassage:
    return RankedPassage(passage(number, "a"), score=1.0, confidence=confidence, coverage=0.5)


TERMS = st.lists(st.sampled_from("abcdez"), max_size=6).map(" ".join)
PASSAGES = st.lists(st.lists(TERMS, min_size=1, max_size=3), max_size=6).map(
    lambda found: [passage(number, *sentences) for number, sentences in enumerate(found)]
)
QUERIES = st.lists(st.sampled_from("abcde"), min_size=1, max_size=5).map(lambda found: query("?", *found))


# --- the order


def test_without_candidates_nothing_is_ranked() -> None:
    assert answer.order(query("?", "a"), []) == []


def test_a_passage_that_holds_none_of_the_words_keeps_its_score() -> None:
    [ranked] = answer.order(query("?", "a"), [(passage(1, "z"), 0.5)])
    assert (ranked.score, ranked.coverage) == (0.5, 0)


def test_a_question_without_terms_is_covered_by_nothing() -> None:
    [ranked] = answer.order(query("?"), [(passage(1, "z"), 0.0)])
    assert (ranked.confidence, ranked.coverage) == (0, 0)


def test_the_higher_score_of_bm25_comes_first() -> None:
    alike = [(passage(1, "a"), 1.0), (passage(2, "a"), 2.0)]
    assert numbers(answer.order(query("?", "a"), alike)) == [2, 1]


def test_equals_stay_as_they_come() -> None:
    alike = [(passage(number, "a b"), 1.0) for number in (5, 3, 9, 1)]
    assert numbers(answer.order(query("?", "a", "b"), alike)) == [5, 3, 9, 1]


def test_words_in_one_sentence_are_worth_more_than_words_in_two() -> None:
    candidates = [(passage(1, "a x", "b x"), 1.0), (passage(2, "a x b", "x"), 1.0)]
    assert numbers(answer.order(query("?", "a", "b"), candidates)) == [2, 1]


def test_the_rarer_word_is_worth_more() -> None:
    candidates = [(passage(1, "a"), 1.0), (passage(2, "b"), 1.0)]
    assert numbers(answer.order(query("?", "a", "b", b=3.0), candidates)) == [2, 1]


def test_words_that_stand_side_by_side_as_in_the_question_are_worth_more() -> None:
    candidates = [(passage(1, "b x a"), 1.0), (passage(2, "a b x"), 1.0)]
    assert numbers(answer.order(query("?", "a", "b"), candidates)) == [2, 1]


def test_a_second_pair_is_worth_less_than_the_first() -> None:
    candidates = [(passage(n, " ".join(["a b x"] * n + ["a x b x"] * (2 - n))), 1.0) for n in range(3)]
    two, one, none = (ranked.score for ranked in answer.order(query("?", "a", "b"), candidates))
    assert 0 < two - one < one - none


def test_a_stronger_bm25_outweighs_the_sentence() -> None:
    candidates = [(passage(1, "a b"), 1.0), (passage(2, "a", "b"), 9.0)]
    assert numbers(answer.order(query("?", "a", "b"), candidates)) == [2, 1]


@settings(max_examples=100, deadline=None)
@given(QUERIES, PASSAGES)
def test_every_candidate_is_ranked_once_and_best_first(asked: Query, found: list[StoredPassage]) -> None:
    ranked = answer.order(asked, [(one, 1.0) for one in found])
    assert sorted(numbers(ranked)) == [one.number for one in found]
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)


# --- coverage


@settings(max_examples=100, deadline=None)
@given(QUERIES, PASSAGES)
def test_coverage_is_a_share(asked: Query, found: list[StoredPassage]) -> None:
    assert all(0 <= one.coverage <= 1 + 1e-12 for one in answer.order(asked, [(p, 1.0) for p in found]))


def test_a_passage_with_every_word_covers_the_question() -> None:
    assert answer.order(query("?", "a", "b"), [(passage(1, "a", "b"), 1.0)])[0].coverage == 1


def test_the_words_of_the_title_are_covered() -> None:
    assert answer.order(query("?", "a", "b"), [(passage(1, "a", title="b"), 1.0)])[0].coverage == 1


def test_coverage_weighs_each_word_by_what_it_tells() -> None:
    ranked = answer.order(query("?", "a", "b", a=3.0), [(passage(1, "a"), 1.0)])
    assert ranked[0].coverage == pytest.approx(0.75)


def test_a_word_that_the_question_repeats_is_covered_once() -> None:
    assert answer.order(query("?", "a", "a", "b"), [(passage(1, "a"), 1.0)])[0].coverage == 0.5


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
    assert answer.status([judged(confidence), judged(0.0)]) == expected


def test_a_passage_with_all_the_words_is_found() -> None:
    assert answer.status(answer.order(query("?", "a", "b"), [(passage(1, "a b"), 2.0)])) == "found"


def test_a_passage_with_one_of_many_words_is_not_found() -> None:
    ranked = answer.order(query("?", *"abcdefgh"), [(passage(1, "a x x x"), 1.0)])
    assert answer.status(ranked) != "found"


def test_an_unknown_word_makes_the_answer_less_sure() -> None:
    candidates = [(passage(1, "a b"), 2.0)]
    [known] = answer.order(query("?", "a", "b"), candidates)
    [unknown] = answer.order(query("?", "a", "b", "unknown", unknown=5.0), candidates)
    assert unknown.confidence < known.confidence


def test_a_chinese_question_is_as_sure_as_one_in_words() -> None:
    pieces = [(passage(1, "联合 国报"), 1.0)]
    [in_pieces] = answer.order(query("?", "联合", "合国", "国报", "报告"), pieces)
    [in_words] = answer.order(query("?", "a", "b"), [(passage(1, "a x b"), 1.0)])
    assert in_pieces.confidence == pytest.approx(in_words.confidence)


def test_typing_a_word_again_makes_the_answer_no_surer(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.add(Article(title="Suez", text="The canal at Suez joins the two seas.", language="en"))
        once, often = (library.ask(f"{'Suez ' * n}blockchain consensus").confidence for n in (1, 9))
    assert often == pytest.approx(once)


def test_the_matches_are_the_passages_that_are_at_least_weak_in_their_order() -> None:
    ranked = [judged(2.0, 7), judged(answer.WEAK, 3), judged(answer.WEAK - 1e-6, 4), judged(0.0, 1)]
    assert answer.matching(ranked) == (7, 3)


def test_the_terms_of_a_passage_are_those_of_its_title_and_all_its_sentences() -> None:
    assert answer.terms_of(passage(1, "a b", "b c", title="t")) == {"a", "b", "c", "t"}


# --- the answering sentence


def chosen(asked: Query, *sentences: tuple[str, str]) -> str:
    text, found = text_of(*sentences)
    return text[slice(*answer.answering_sentence(asked, text, found))]


def test_the_only_sentence_answers() -> None:
    assert chosen(query("?", "a"), ("Nothing of it.", "x")) == "Nothing of it."


def test_the_sentence_with_the_most_of_the_question_answers() -> None:
    sentences = [("It met.", "met"), ("The Taliban met.", "taliban met"), ("Taliban.", "taliban")]
    assert chosen(query("?", "taliban", "met"), *sentences) == "The Taliban met."


def test_the_first_of_equal_sentences_answers() -> None:
    assert (
        chosen(query("?", "met"), ("They left.", "left"), ("One met.", "met"), ("Two met.", "met"))
        == "One met."
    )


def test_a_repeated_word_makes_no_sentence_better() -> None:
    assert chosen(query("?", "met"), ("They met.", "met"), ("Met, met, met.", "met met met")) == "They met."


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("When was the deal signed?", "The deal was signed in 2020."),
        ("How many signed the deal?", "The deal was signed by 12 men."),
        ("Who signed the deal?", "The deal was signed by Baradar."),
    ],
)
def test_of_sentences_with_the_same_words_the_one_with_what_is_asked_for_answers(
    question: str, right: str
) -> None:
    sentences = [("The deal was signed again.", "sign deal"), (right, "sign deal")]
    assert chosen(query(question, "sign", "deal"), *sentences) == right


def test_a_year_of_the_question_itself_is_no_answer_to_when() -> None:
    asked = query("When did the war of 2001 end?", "war", "end")
    sentences = [("The war of 2001 did not end.", "war end"), ("The war did end in 2021.", "war end")]
    assert chosen(asked, *sentences) == "The war did end in 2021."


def test_a_number_of_the_question_itself_is_no_answer_to_how_many() -> None:
    asked = query("How many of the 19 men died?", "men", "die")
    sentences = [("The men who died were of the 19.", "men die"), ("Of the men 7 died.", "men die")]
    assert chosen(asked, *sentences) == "Of the men 7 died."


def test_a_name_of_the_question_itself_is_no_answer_to_who_in_small_letters_either() -> None:
    asked = query("who is mullah omar", "mullah", "omar")
    sentences = [
        ("They found Mullah Omar.", "mullah omar"),
        ("Of Mullah Omar, see Haibatullah.", "mullah omar"),
    ]
    assert chosen(asked, *sentences) == "Of Mullah Omar, see Haibatullah."


def test_a_number_of_the_question_is_no_answer_whatever_mark_stands_behind_it() -> None:
    asked = query("Of the 19, how many men died?", "men", "die")
    sentences = [("Men died, of the 19 there.", "men die"), ("Of the men 7 died.", "men die")]
    assert chosen(asked, *sentences) == "Of the men 7 died."


@pytest.mark.parametrize("first", ["“We left.”", "Background"])
def test_the_capital_that_begins_a_sentence_is_no_name_whatever_stands_before_it(first: str) -> None:
    sentences = [(first, ""), ("The army stayed.", "army"), ("An army came, Omar’s.", "army")]
    assert chosen(query("Who led an army?", "army"), *sentences) == "An army came, Omar’s."


def test_more_of_the_question_outweighs_what_is_asked_for() -> None:
    asked = query("When was the peace deal signed?", "peace", "deal", "sign")
    sentences = [("It was 2020.", "deal"), ("The peace deal was signed.", "peace deal sign")]
    assert chosen(asked, *sentences) == "The peace deal was signed."


# --- the words to mark


def marked(asked: Query, text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in answer.highlights(asked, text, language)]


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


def test_overlapping_pieces_of_chinese_are_marked_as_one_run() -> None:
    assert marked(query("?", "联合", "合国", language="zh"), "据联合国的报告", "zh") == ["联合国"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["UN", "report", "and", "联合国", "😀", ".", "\n", " ", "’s"]), max_size=20))
def test_marks_stand_in_the_text_in_reading_order_and_apart(words: list[str]) -> None:
    text = "".join(words)
    end = 0
    for span in answer.highlights(query("?", "un", "report", "联合"), text, "en"):
        assert end <= span.start < span.end <= len(text)
        end = span.end
