"""Which of BM25's first passages answers best."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import codes
from tests.passages_of_terms import passage, query, reranked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.article import Query, RankedPassage, StoredPassage


def numbers(ranked: Sequence[RankedPassage]) -> list[int]:
    return [one.passage.number for one in ranked]


TERMS = st.lists(st.sampled_from("abcdez"), max_size=6).map(" ".join)
PASSAGES = st.lists(st.lists(TERMS, min_size=1, max_size=3), min_size=1, max_size=6).map(
    lambda found: [passage(number, *sentences) for number, sentences in enumerate(found)]
)
QUERIES = st.lists(st.sampled_from("abcde"), min_size=1, max_size=5).map(lambda found: query("?", *found))


# --- the order


def test_nothing_but_bm25_speaks_for_a_passage_that_holds_none_of_the_words() -> None:
    none, some = reranked(query("?", "a"), [(passage(1, "z"), 0.5), (passage(2, "z"), 0.0)])
    assert (none.passage.number, none.coverage) == (1, 0)
    assert some.score < none.score < 1


def test_a_question_without_terms_is_covered_by_nothing() -> None:
    [ranked] = reranked(query("?"), [(passage(1, "z"), 0.0)])
    assert (ranked.confidence, ranked.coverage) == (0, 0)


def test_the_higher_score_of_bm25_comes_first() -> None:
    alike = [(passage(1, "a"), 1.0), (passage(2, "a"), 2.0)]
    assert numbers(reranked(query("?", "a"), alike)) == [2, 1]


def test_equals_stay_as_they_come() -> None:
    alike = [(passage(number, "a b"), 1.0) for number in (5, 3, 9, 1)]
    assert numbers(reranked(query("?", "a", "b"), alike)) == [5, 3, 9, 1]


def test_words_in_one_sentence_are_worth_more_than_words_in_two() -> None:
    candidates = [(passage(1, "a x", "b x"), 1.0), (passage(2, "a x b", "x"), 1.0)]
    assert numbers(reranked(query("?", "a", "b"), candidates)) == [2, 1]


def test_the_rarer_word_is_worth_more() -> None:
    candidates = [(passage(1, "a"), 1.0), (passage(2, "b"), 1.0)]
    assert numbers(reranked(query("?", "a", "b", b=3.0), candidates)) == [2, 1]


def test_words_that_stand_side_by_side_as_in_the_question_are_worth_more() -> None:
    candidates = [(passage(1, "b x a"), 1.0), (passage(2, "a b x"), 1.0)]
    assert numbers(reranked(query("?", "a", "b"), candidates)) == [2, 1]


def test_a_second_pair_is_worth_less_than_the_first() -> None:
    candidates = [(passage(n, " ".join(["a b x"] * n + ["a x b x"] * (2 - n))), 1.0) for n in range(3)]
    two, one, none = (ranked.score for ranked in reranked(query("?", "a", "b"), candidates))
    assert 0 < two - one < one - none


def test_a_stronger_bm25_outweighs_the_sentence() -> None:
    candidates = [(passage(1, "a b"), 1.0), (passage(2, "a", "b"), 9.0)]
    assert numbers(reranked(query("?", "a", "b"), candidates)) == [2, 1]


@settings(max_examples=100, deadline=None)
@given(QUERIES, PASSAGES)
def test_every_candidate_is_ranked_once_and_best_first(asked: Query, found: list[StoredPassage]) -> None:
    ranked = reranked(asked, [(one, 1.0) for one in found])
    assert sorted(numbers(ranked)) == [one.number for one in found]
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)


@settings(max_examples=60, deadline=None)
@given(QUERIES, PASSAGES)
def test_a_passage_is_judged_alike_alone_and_among_those_of_other_articles(
    asked: Query, found: list[StoredPassage]
) -> None:
    apart = [one._replace(number=2 * one.number, article_id=f"{one.number}") for one in found]
    together = {one.passage.number: one for one in reranked(asked, [(one, 1.0) for one in apart])}
    for one in apart:
        assert reranked(asked, [(one, 1.0)]) == [together[one.number]]


# --- coverage


@settings(max_examples=100, deadline=None)
@given(QUERIES, PASSAGES)
def test_coverage_is_a_share(asked: Query, found: list[StoredPassage]) -> None:
    assert all(0 <= one.coverage <= 1 + 1e-12 for one in reranked(asked, [(p, 1.0) for p in found]))


def test_a_passage_with_every_word_covers_the_question() -> None:
    assert reranked(query("?", "a", "b"), [(passage(1, "a", "b"), 1.0)])[0].coverage == 1


def test_the_words_of_the_title_are_covered() -> None:
    assert reranked(query("?", "a", "b"), [(passage(1, "a", title="b"), 1.0)])[0].coverage == 1


def test_coverage_weighs_each_word_by_what_it_tells() -> None:
    ranked = reranked(query("?", "a", "b", a=3.0), [(passage(1, "a"), 1.0)])
    assert ranked[0].coverage == pytest.approx(0.75)


def test_a_word_that_the_question_repeats_is_covered_once() -> None:
    assert reranked(query("?", "a", "a", "b"), [(passage(1, "a"), 1.0)])[0].coverage == 0.5


# --- what else speaks for a passage


def best(asked: Query, *passages: StoredPassage) -> int:
    return reranked(asked, [(one, 1.0) for one in passages])[0].passage.number


def test_another_form_of_a_word_is_worth_more_than_none() -> None:
    assert best(query("?", "win"), passage(1, "lose"), passage(2, "won")) == 2


def test_the_word_itself_is_worth_more_than_another_form() -> None:
    assert best(query("?", "win"), passage(1, "won"), passage(2, "win")) == 2


def test_a_word_with_the_same_first_letters_is_worth_more_than_none() -> None:
    assert best(query("?", "negotiation"), passage(1, "nothing"), passage(2, "negotiable")) == 2


def test_a_short_word_has_no_relatives_by_its_letters() -> None:
    held = reranked(query("?", "cat"), [(passage(1, "category"), 0.0)])
    assert held[0].score == 0


def test_a_word_in_the_sentence_beside_is_worth_more_than_far_away() -> None:
    far, near = passage(1, "a", "x", "b"), passage(2, "a", "b", "x")
    assert best(query("?", "a", "b"), far, near) == 2


def test_an_article_with_more_that_matches_is_preferred() -> None:
    asked = query("?", "a")
    candidates = [(passage(1, "a", article="x"), 1.0), (passage(2, "a", article="y"), 1.0)]
    also = [(passage(3, "z", article="y"), 1.0)]
    assert numbers(reranked(asked, [*candidates, *also]))[0] == 2


def test_of_two_sentences_with_the_same_words_the_shorter_is_preferred() -> None:
    assert best(query("?", "a"), passage(1, "a " + "x " * 30), passage(2, "a x x")) == 2


def test_pieces_of_a_text_without_spaces_stay_in_the_order_of_bm25() -> None:
    asked = query("?", "联合", "合国", language="zh")
    candidates = [(passage(1, "联合"), 2.0), (passage(2, "联合 合国"), 1.0)]
    assert numbers(reranked(asked, candidates)) == [1, 2]


# --- what the passage before has named


def test_a_passage_that_points_back_has_what_the_one_before_names() -> None:
    asked = query("?", "omar", "left")
    named = passage(1, "omar came")
    assert best(asked, named, passage(2, "they left"), passage(9, "she left")) == 2


def test_a_passage_that_names_another_has_nothing_of_the_one_before() -> None:
    asked = query("?", "omar", "left")
    scores = {
        one.passage.number: one.score
        for one in reranked(
            asked,
            [(p, 1.0) for p in (passage(1, "omar came"), passage(2, "ali left"), passage(9, "ali left"))],
        )
    }
    assert scores[2] == scores[9]


def test_a_passage_has_nothing_of_another_article() -> None:
    asked = query("?", "omar", "left")
    ranked = reranked(
        asked, [(passage(1, "omar came", article="x"), 1.0), (passage(2, "they left", article="y"), 1.0)]
    )
    alone = reranked(asked, [(passage(2, "they left", article="y"), 1.0)])
    assert next(one.score for one in ranked if one.passage.number == 2) == alone[0].score


def test_a_passage_that_lacks_a_name_of_the_question_is_worth_less() -> None:
    lacking = passage(1, "a a")
    named = reranked(query("when Omar a", "Omar", "a"), [(lacking, 1.0)])[0]
    small = reranked(query("when omar a", "omar", "a"), [(lacking, 1.0)])[0]
    assert named.score < small.score


def test_a_capital_where_the_question_begins_makes_no_name() -> None:
    lacking = [(passage(1, "a a"), 1.0)]
    [first], [small] = (reranked(query(f"{omar} a", omar, "a"), lacking) for omar in ("Omar", "omar"))
    assert first.score == small.score


def test_a_name_that_stands_in_the_title_is_not_lacking() -> None:
    titled = [(passage(1, "a a", title="Omar omar"), 1.0)]
    [named], [small] = (reranked(query(f"when {omar} a", omar, "a"), titled) for omar in ("Omar", "omar"))
    assert named.score == small.score


def test_a_stop_word_that_is_written_as_a_name_of_the_question_is_not_that_name() -> None:
    written = [passage(1, "a")._replace(words=codes.of_words([[word]])) for word in ("us", "it")]
    [us], [it] = (reranked(query("?", "us", "a"), [(one, 1.0)]) for one in written)
    assert us.score == it.score


@pytest.mark.parametrize("numbers_by_bm25", [(1, 2), (2, 1)])
def test_what_the_passage_before_names_counts_wherever_that_one_comes(
    numbers_by_bm25: tuple[int, int],
) -> None:
    asked, found = query("?", "omar", "left"), {1: passage(1, "omar came"), 2: passage(2, "they left")}
    scores = score_of(asked, *(found[number] for number in numbers_by_bm25))
    assert scores[2] > score_of(asked, found[2], passage(9, "omar came"))[2]


def test_what_the_title_names_is_not_named_by_the_passage_before_too() -> None:
    asked, titled = query("?", "omar", "left"), passage(2, "they left", title="omar")
    before, other = passage(1, "omar came"), passage(9, "omar came")
    assert score_of(asked, before, titled)[2] == score_of(asked, other, titled)[2]


def score_of(asked: Query, *passages: StoredPassage) -> dict[int, float]:
    return {one.passage.number: one.score for one in reranked(asked, [(found, 1.0) for found in passages])}


def test_words_of_the_sentences_on_both_sides_count_in_part() -> None:
    asked = query("?", "a", "b", "c")
    apart, beside = passage(1, "a", "b", "x x x x x", "c"), passage(2, "x x x x x", "a", "b", "c")
    assert score_of(asked, apart, beside)[2] > score_of(asked, apart, beside)[1]
