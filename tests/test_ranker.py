"""Scores that are BM25Okapi's but for the idf, whatever was added and removed before."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from corpus.ranker import K1, B, Ranker

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Passages = dict[int, list[str]]
"""Passages by number, in reading order."""


class Okapi(BM25Okapi):  # type: ignore[misc]
    """rank-bm25's own BM25Okapi, of which only the idf is replaced."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        for term, df in nd.items():
            self.idf[term] = math.log(1 + (self.corpus_size - df + 0.5) / (df + 0.5))


def by_the_paper(passages: Sequence[Sequence[str]], query: Sequence[str], k1: float, b: float) -> list[float]:
    """BM25 as Robertson & Zaragoza (2009) write it, with Lucene's idf, slowly."""
    avgdl = sum(map(len, passages)) / len(passages)
    scores = []
    for passage in passages:
        score = 0.0
        for term in query:
            tf, df = passage.count(term), sum(term in other for other in passages)
            idf = math.log(1 + (len(passages) - df + 0.5) / (df + 0.5))
            score += idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * len(passage) / avgdl))
        scores.append(score)
    return scores


PASSAGE = st.lists(st.sampled_from("abcde"), max_size=8)
QUERY = st.lists(st.sampled_from("abcdez"), max_size=5)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Ranker, Passages]:
    """A ranker after additions and removals in any order, and the passages that are left."""
    ranker, left, number = Ranker(), Passages(), 0
    for _ in range(draw(st.integers(0, 12))):
        if left and draw(st.integers(0, 2)) == 0:
            removed = draw(st.sets(st.sampled_from(list(left)), min_size=1, max_size=4))
            ranker.remove(removed)
            left = {kept: terms for kept, terms in left.items() if kept not in removed}
        else:
            number += draw(st.integers(1, 3))
            left[number] = draw(PASSAGE)
            ranker.add(number, left[number])
    assume(not left or any(left.values()))
    return ranker, left


def holding(passages: Passages, query: Iterable[str]) -> set[int]:
    return {number for number, terms in passages.items() if not set(terms).isdisjoint(query)}


# --- libraries that are hardly any


def test_an_empty_library_has_no_hits() -> None:
    assert Ranker().top(["a"], 3) == []


def test_an_empty_library_has_no_scores() -> None:
    assert Ranker().get_scores(["a"]).shape == (0,)


def test_a_library_that_was_emptied_has_no_hits() -> None:
    ranker = Ranker([["a"], ["b"]])
    ranker.remove([0, 1])
    assert ranker.top(["a", "b"], 3) == []


def test_a_library_of_one_scores_a_match_above_zero() -> None:
    assert [hit.score > 0 for hit in Ranker([["a", "b"]]).top(["a"], 3)] == [True]


def test_a_library_of_two_scores_a_match_above_zero_where_okapi_gives_zero() -> None:
    passages = [["a", "b"], ["c", "d"]]
    assert (BM25Okapi(passages).get_scores(["a"])[0], Ranker(passages).get_scores(["a"])[0] > 0) == (0, True)


def test_a_library_of_two_scores_a_term_in_both_above_zero() -> None:
    assert [hit.number for hit in Ranker([["a", "b"], ["a"]]).top(["a"], 3)] == [1, 0]


def test_a_library_of_empty_passages_has_no_hits() -> None:
    assert Ranker([[], []]).top(["a"], 3) == []


def test_a_library_left_with_empty_passages_has_no_hits() -> None:
    ranker = Ranker([["a"], []])
    ranker.remove([0])
    assert ranker.top(["a"], 3) == []


@pytest.mark.parametrize("query", [[], ["z"]])
def test_a_query_without_a_known_term_has_no_hits(query: list[str]) -> None:
    assert Ranker([["a"], ["b"]]).top(query, 3) == []


def test_a_passage_that_is_out_of_order_is_refused() -> None:
    ranker = Ranker([["a"], ["b"]])
    with pytest.raises(ValueError, match="1"):
        ranker.add(1, ["c"])


@pytest.mark.parametrize("numbers", [(3, 4), (2, 4), (5, 4), (5, 5)])
def test_many_passages_out_of_order_are_refused_and_none_comes_in(numbers: tuple[int, int]) -> None:
    ranker = Ranker()
    ranker.add(3, ["a"])
    with pytest.raises(ValueError, match="after 3"):
        ranker.add_all([(number, ["a", "b"]) for number in numbers])
    assert ([hit.number for hit in ranker.top(["a"], 9)], ranker.corpus_size) == ([3], 1)


def test_a_refused_passage_leaves_the_scores_as_they_were() -> None:
    ranker = Ranker([["a"], ["b"]])
    with pytest.raises(ValueError, match="0"):
        ranker.add(0, ["a", "a"])
    assert ranker.get_scores(["a"]).tolist() == Ranker([["a"], ["b"]]).get_scores(["a"]).tolist()


@pytest.mark.parametrize("unknown", [[7], [-1], [0, 0]])
def test_removing_what_is_not_there_or_twice_is_passed_over(unknown: list[int]) -> None:
    ranker = Ranker([["a"], ["b"], ["a", "b"]])
    ranker.remove([0])
    ranker.remove(unknown)
    assert ranker.get_scores(["a"]).tolist() == Ranker([["b"], ["a", "b"]]).get_scores(["a"]).tolist()


# --- scores


@settings(max_examples=120, deadline=None)
@given(histories(), QUERY)
def test_scores_are_those_of_okapi_with_its_idf_replaced(
    history: tuple[Ranker, Passages], query: list[str]
) -> None:
    ranker, left = history
    expected = Okapi(list(left.values()), k1=K1, b=B).get_scores(query) if left else []
    assert ranker.get_scores(query) == pytest.approx(expected, rel=0, abs=1e-9)


@settings(max_examples=50, deadline=None)
@given(histories(), QUERY)
def test_scores_are_those_of_the_paper(history: tuple[Ranker, Passages], query: list[str]) -> None:
    ranker, left = history
    expected = by_the_paper(list(left.values()), query, K1, B) if left else []
    assert ranker.get_scores(query) == pytest.approx(expected, rel=0, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.lists(PASSAGE.filter(bool), min_size=1, max_size=8), QUERY, st.floats(0.1, 3), st.floats(0, 1))
def test_scores_follow_k1_and_b(passages: list[list[str]], query: list[str], k1: float, b: float) -> None:
    expected = Okapi(passages, k1=k1, b=b).get_scores(query)
    assert Ranker(passages, k1, b).get_scores(query) == pytest.approx(expected, rel=0, abs=1e-9)


def large_history(seed: int) -> tuple[Ranker, Passages]:
    """Some thousand passages, most of them removed again in batches, and more added behind them."""
    chance = random.Random(seed)  # noqa: S311

    def passage() -> list[str]:
        return [f"t{int(chance.paretovariate(0.5)) % 300}" for _ in range(chance.randint(0, 30))]

    ranker, left = Ranker(), Passages()
    for first in (0, 4_000):
        for number in range(first, first + 3_000):
            left[number] = passage()
            ranker.add(number, left[number])
        gone = chance.sample(list(left), len(left) * 3 // 4)
        for start in range(0, len(gone), 100):
            ranker.remove(gone[start : start + 100])
        for number in gone:
            del left[number]
    for number in range(9_000, 9_100):
        left[number] = passage()
        ranker.add(number, left[number])
    return ranker, left


@pytest.mark.parametrize("seed", [1, 2])
def test_scores_stay_okapis_when_thousands_of_passages_have_come_and_gone(seed: int) -> None:
    ranker, left = large_history(seed)
    query = ["t1", "t2", "t7", "t123", "t1", "unknown"]
    expected = Okapi(list(left.values()), k1=K1, b=B).get_scores(query)
    assert ranker.get_scores(query) == pytest.approx(expected, rel=0, abs=1e-9)


def test_hits_keep_their_numbers_when_thousands_of_passages_have_come_and_gone() -> None:
    ranker, left = large_history(3)
    assert {hit.number for hit in ranker.top(["t2", "t9"], 10_000)} == holding(left, ["t2", "t9"])


def test_a_library_of_thousands_can_be_emptied_and_filled_again() -> None:
    ranker = Ranker([["a"]] * 3_000)
    ranker.remove(range(3_000))
    ranker.add(3_000, ["a", "b"])
    assert ranker.get_scores(["a"]).tolist() == Ranker([["a", "b"]]).get_scores(["a"]).tolist()


@settings(max_examples=30, deadline=None)
@given(histories())
def test_the_mean_length_is_okapis(history: tuple[Ranker, Passages]) -> None:
    ranker, left = history
    assert ranker.avgdl == pytest.approx(Okapi(list(left.values())).avgdl if left else 0)


@settings(max_examples=30, deadline=None)
@given(histories())
def test_the_lengths_are_okapis_in_reading_order(history: tuple[Ranker, Passages]) -> None:
    ranker, left = history
    assert ranker.doc_len.tolist() == [len(terms) for terms in left.values()]


def test_scores_of_chosen_passages_are_those_of_all() -> None:
    ranker = Ranker([["a"], ["b"], ["a", "b"], ["a", "a"]])
    assert ranker.get_batch_scores(["a"], [3, 0]) == [ranker.get_scores(["a"])[i] for i in (3, 0)]


def test_what_okapi_inherits_works_too() -> None:
    assert Ranker([["a"], ["b"], ["b", "a"]]).get_top_n(["b"], ["x", "y", "z"], n=2) == ["y", "z"]


# --- what tells passages apart


@settings(max_examples=30, deadline=None)
@given(histories(), st.sampled_from("abcdez"))
def test_document_frequency_counts_the_passages_that_hold_a_term(
    history: tuple[Ranker, Passages], term: str
) -> None:
    ranker, left = history
    assert ranker.document_frequency(term) == len(holding(left, term))


@settings(max_examples=30, deadline=None)
@given(histories(), st.sampled_from("abcde"))
def test_no_term_tells_more_than_an_unknown_one_and_each_tells_something(
    history: tuple[Ranker, Passages], term: str
) -> None:
    ranker, _ = history
    assert 0 < ranker.idf_of(term) <= ranker.idf_of("unknown")


# --- hits


@settings(max_examples=50, deadline=None)
@given(histories(), QUERY)
def test_the_hits_are_exactly_the_passages_that_hold_a_query_term(
    history: tuple[Ranker, Passages], query: list[str]
) -> None:
    ranker, left = history
    assert {hit.number for hit in ranker.top(query, 100)} == holding(left, query)


@settings(max_examples=50, deadline=None)
@given(histories(), QUERY, st.integers(0, 5))
def test_the_hits_are_the_best_k_and_ties_keep_reading_order(
    history: tuple[Ranker, Passages], query: list[str], k: int
) -> None:
    ranker, left = history
    scores = dict(zip(left, ranker.get_scores(query).tolist(), strict=True))
    best = sorted((number for number in left if scores[number]), key=lambda number: (-scores[number], number))
    assert ranker.top(query, k) == [(number, scores[number]) for number in best[:k]]


def test_equal_passages_are_cut_off_in_reading_order() -> None:
    assert [hit.number for hit in Ranker([["b"], *[["a"]] * 50]).top(["a"], 3)] == [1, 2, 3]


def test_a_removed_passage_is_never_found() -> None:
    ranker = Ranker([["a"], ["a", "b"], ["b"]])
    ranker.remove([1])
    assert [hit.number for hit in ranker.top(["a", "b"], 9)] == [0, 2]


def test_a_passage_that_comes_later_is_found_at_once() -> None:
    ranker = Ranker([["a"]])
    ranker.top(["b"], 3)
    ranker.add(1, ["b"])
    assert [hit.number for hit in ranker.top(["b"], 3)] == [1]


def test_a_term_that_stands_twice_in_the_query_counts_twice() -> None:
    ranker = Ranker([["a"], ["b"], ["c"]])
    assert ranker.get_scores(["a", "a"])[0] == pytest.approx(2 * ranker.get_scores(["a"])[0])


@settings(max_examples=50, deadline=None)
@given(histories(), QUERY, st.sets(st.integers(0, 40)))
def test_among_some_passages_only_these_are_found_with_the_scores_they_have_among_all(
    history: tuple[Ranker, Passages], query: list[str], chosen: set[int]
) -> None:
    ranker, _ = history
    among = np.array(sorted(chosen), np.int64)
    assert ranker.top(query, 100, among) == [hit for hit in ranker.top(query, 100) if hit.number in chosen]


def test_among_some_passages_the_best_k_are_taken_of_these() -> None:
    ranker = Ranker([["a", "a"], ["a", "b"], ["a", "b", "c"]])
    assert [hit.number for hit in ranker.top(["a"], 1, np.array([1, 2], np.int64))] == [1]
