"""The index through any history: additions, removals, merges beside them, saving and opening again."""

from __future__ import annotations

import math
import random
from collections import Counter
from concurrent.futures import Executor, Future
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from corpus.index import snapshot
from corpus.index.formula import Formula
from corpus.index.search import MOST_TERMS
from corpus.index.snapshot import Marks
from corpus.index.upkeep import Upkeep
from corpus.ranker import K1, B, Ranker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MARKS = Marks("library", "commit", 0, 0)


class Okapi(BM25Okapi):  # type: ignore[misc]
    """rank-bm25's own BM25Okapi, of which only the idf is replaced."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        for term, df in nd.items():
            self.idf[term] = math.log(1 + (self.corpus_size - df + 0.5) / (df + 0.5))


class Later(Executor):
    """Runs what it is given when it is told to, as a thread that is slow would."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self._waiting.append((future, lambda: fn(*args, **kwargs)))
        return future

    def run(self) -> None:
        for future, call in self._waiting:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(call())
                except BaseException as error:
                    future.set_exception(error)
        self._waiting.clear()


class History:
    """An index that things happen to, and the passages that should be in it."""

    def __init__(self, folder: Path | None, tail_size: int) -> None:
        self.folder, self.tail_size = folder, tail_size
        self.ranker = Ranker(tail_size=tail_size)
        self.left: dict[int, list[str]] = {}
        self.thread = Later()
        self.upkeep = Upkeep(folder, lambda: self.thread)
        self._number = 0

    def add(self, terms: list[str], gap: int = 1) -> None:
        self._number += gap
        self.left[self._number] = terms
        self.ranker.add(self._number, terms)

    def add_all(self, passages: Sequence[list[str]]) -> None:
        """All at once, each after a gap."""
        numbers = range(self._number + 2, self._number + 2 + 2 * len(passages), 2)
        rows = list(zip(numbers, passages, strict=True))
        self.left.update(rows)
        self._number = max(numbers, default=self._number)
        self.ranker.add_all(rows)

    def remove(self, numbers: Sequence[int]) -> None:
        self.ranker.remove(numbers)
        for number in numbers:
            self.left.pop(number, None)

    def begin_merge(self) -> None:
        self.ranker.settle()
        self.upkeep.begin(self.ranker, MARKS)

    def end_merge(self) -> None:
        self.thread.run()
        self.upkeep.take_in(self.ranker)

    def reload(self) -> None:
        """Saves, and goes on with what a process that opens the folder finds."""
        self.end_merge()
        self.begin_merge()
        self.end_merge()
        if self.folder:
            parts, _ = snapshot.load(self.folder, Formula(K1, B))
            self.ranker = Ranker(parts=parts, tail_size=self.tail_size)

    def expected(self, query: Sequence[str]) -> dict[int, float]:
        """BM25 as Robertson & Zaragoza (2009) write it, with Lucene's idf, of each passage with a term."""
        n = len(self.left)
        avgdl = sum(map(len, self.left.values())) / n if n else 0.0
        counts = {number: Counter(terms) for number, terms in self.left.items()}
        df = {term: sum(term in count for count in counts.values()) for term in query}
        scores: dict[int, float] = {}
        for number, count in counts.items():
            for term in query:
                if tf := count[term]:
                    idf = math.log(1 + (n - df[term] + 0.5) / (df[term] + 0.5))
                    norm = K1 * (1 - B + B * len(self.left[number]) / avgdl)
                    scores[number] = scores.get(number, 0.0) + idf * tf * (K1 + 1) / (tf + norm)
        return scores

    def check(self, query: Sequence[str], k: int) -> None:
        """The best *k* are those of full scoring to the last bit, and the scores those of the paper."""
        scores = self.ranker.get_scores(query)
        every = dict(zip(self.left, scores.tolist(), strict=True))
        best = sorted(
            (number for number in every if every[number]), key=lambda number: (-every[number], number)
        )
        assert self.ranker.top(query, k) == [(number, every[number]) for number in best[:k]]
        assert {number: every[number] for number in best} == pytest.approx(self.expected(query), abs=1e-9)


PASSAGE = st.lists(st.sampled_from("abcdefgh"), max_size=6)
EVENT = st.one_of(
    st.tuples(st.just("add"), PASSAGE, st.sampled_from([1, 1, 3, 40])),
    st.tuples(st.just("add"), PASSAGE, st.just(1)),
    st.tuples(st.just("add all"), st.lists(PASSAGE, max_size=5), st.none()),
    st.tuples(st.just("remove"), st.integers(0, 30), st.integers(1, 6)),
    st.tuples(st.sampled_from(["begin", "end", "reload"]), st.none(), st.none()),
)


def happen(history: History, event: tuple[str, Any, Any]) -> None:
    match event:
        case "add", terms, times:
            history.add(terms * times)
        case "add all", passages, _:
            history.add_all(passages)
        case "remove", first, n:
            history.remove(list(history.left)[first : first + n])
        case "begin", _, _:
            history.begin_merge()
        case "end", _, _:
            history.end_merge()
        case "reload", _, _:
            history.reload()


@settings(max_examples=50, deadline=None)
@given(
    st.lists(EVENT, max_size=40),
    st.lists(st.sampled_from("abcdefghz"), min_size=1, max_size=5),
    st.integers(1, 6),
)
def test_through_any_history_the_best_are_those_of_the_paper(
    events: list[tuple[str, Any, Any]], query: list[str], k: int
) -> None:
    with TemporaryDirectory() as folder:
        history = History(Path(folder), tail_size=4)
        for event in events:
            happen(history, event)
            if event[0] in {"end", "reload"}:
                history.check(query, k)
        history.check(query, k)


def drifting(chance: random.Random, at: float) -> list[str]:
    """A passage of Zipfian words, short at the ends of a history and long in its middle."""
    length = 1 + int(chance.expovariate(1) * (4 + 300 * math.sin(math.pi * at) ** 8))
    return [f"t{int(chance.paretovariate(0.4)) % 900}" for _ in range(length)]


@pytest.mark.parametrize("seed", range(4))
def test_while_the_mean_length_drifts_many_fold_the_best_stay_exact(seed: int, tmp_path: Path) -> None:
    """A bound made with one mean and read with another failed here, and in no benchmark."""
    chance = random.Random(seed)  # noqa: S311
    history = History(tmp_path, tail_size=64)
    for at in range(1_200):
        history.add(drifting(chance, at / 1_200), chance.randint(1, 3))
        if chance.random() < 0.02:
            history.remove(chance.sample(list(history.left), min(len(history.left), 40)))
        if chance.random() < 0.01:
            happen(history, (chance.choice(["begin", "end", "reload"]), None, None))
        if at % 150 == 149:
            history.check([*drifting(chance, 0.05)[:8], f"t{chance.randint(1, 899)}"], chance.randint(1, 20))


def test_after_a_long_history_scores_are_those_of_rank_bm25(tmp_path: Path) -> None:
    chance = random.Random(9)  # noqa: S311
    history = History(tmp_path, tail_size=32)
    for at in range(400):
        history.add(drifting(chance, at / 400))
    history.remove(list(history.left)[::3])
    history.reload()
    query = ["t1", "t5", "t5", "t300", "unknown"]
    expected = Okapi(list(history.left.values()), k1=K1, b=B).get_scores(query)
    assert history.ranker.get_scores(query) == pytest.approx(expected, abs=1e-9)


# --- beside a merge


def filled(folder: Path | None = None, n: int = 40) -> History:
    history = History(folder, tail_size=8)
    for at in range(n):
        history.add(["sea", *["salt"] * (at % 5), f"t{at}"])
    return history


def test_a_question_beside_a_merge_is_answered_from_what_is_merged() -> None:
    history = filled()
    history.begin_merge()
    history.check(["salt", "t3"], 5)


def test_what_comes_while_a_merge_runs_is_found_before_and_after_it_ends() -> None:
    history = filled()
    history.begin_merge()
    history.add(["salt", "new"])
    history.check(["salt", "new"], 5)
    history.end_merge()
    history.check(["salt", "new"], 5)


def test_what_is_removed_while_a_merge_runs_stays_removed_when_it_ends() -> None:
    history = filled()
    history.remove([2, 3])
    history.begin_merge()
    history.remove([1, 7, 39])
    history.end_merge()
    history.check(["sea", "salt"], 50)


def test_a_merge_writes_what_was_removed_before_it_away() -> None:
    history = filled()
    history.remove(list(range(1, 31)))
    history.begin_merge()
    history.end_merge()
    [part] = history.ranker.frozen()
    assert part.source.n_passages == 10


def test_a_library_that_was_emptied_takes_no_room() -> None:
    history = filled()
    history.remove(list(history.left))
    history.begin_merge()
    history.end_merge()
    assert history.ranker.frozen() == []


def test_merged_parts_are_few() -> None:
    history = History(None, tail_size=4)
    for at in range(400):
        history.add(["sea", f"t{at}"])
        history.upkeep.begin(history.ranker, MARKS)
        history.end_merge()
    assert len(history.ranker.frozen()) <= 6


def test_a_thread_that_merges_beside_questions_changes_no_answer(tmp_path: Path) -> None:
    """With the real thread: whenever it ends, every answer is right, and in the end all is merged."""
    history = filled(n=0)
    upkeep = Upkeep(tmp_path)
    for at in range(300):
        history.add(["sea", *["salt"] * (at % 7), f"t{at % 50}"])
        upkeep.take_in(history.ranker)
        upkeep.begin(history.ranker, MARKS)
        if at % 10 == 0:
            history.check(["salt", f"t{at % 50}"], 5)
    upkeep.take_in(history.ranker, waits=True)
    upkeep.stop()
    history.check(["salt", "t7"], 20)
    assert history.ranker.n_unmerged < 300 // 8


def test_a_merge_that_is_told_to_stop_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    history = filled(tmp_path)
    history.begin_merge()
    history.upkeep.stop()
    history.thread.run()
    history.check(["salt", "t3"], 5)
    assert list(tmp_path.iterdir()) == []


# --- questions that are unlike others


def test_a_question_of_more_terms_than_sums_can_hold_is_answered_exactly() -> None:
    history = filled()
    query = [f"t{at}" for at in range(40)] + [f"none{at}" for at in range(10)]
    many = History(None, tail_size=16)
    for at in range(300):
        many.add([f"t{at}", f"t{at + 1}"])
    many.check([f"t{at}" for at in range(MOST_TERMS + 20)], 10)
    history.check(query, 10)


def test_weights_count_as_repetitions_do() -> None:
    ranker = filled().ranker
    weighted = ranker.top(["salt", "t3"], 9, weights=[2.0, 1.0])
    assert weighted == ranker.top(["salt", "salt", "t3"], 9)


def test_half_a_weight_is_half_a_score() -> None:
    ranker = filled().ranker
    [whole], [half] = ranker.top(["t3"], 9), ranker.top(["t3"], 9, weights=[0.5])
    assert half.score == pytest.approx(whole.score / 2)


@pytest.mark.parametrize("weight", [0.0, -1.0, math.nan])
def test_a_weight_that_is_not_above_zero_is_refused(weight: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        filled().ranker.top(["salt"], 3, weights=[weight])


@pytest.mark.parametrize("among", [[], [3], [1, 2, 39], list(range(0, 100, 7))], ids=len)
def test_among_some_passages_of_many_parts_only_these_are_found(among: list[int]) -> None:
    history = filled()
    history.remove([7])
    every = history.ranker.top(["salt", "sea"], 100)
    chosen = history.ranker.top(["salt", "sea"], 100, np.array(among, np.int64))
    assert chosen == [hit for hit in every if hit.number in among]


def test_a_term_a_thousand_times_in_a_passage_counts_so_often() -> None:
    history = filled()
    for times in (255, 256, 1_000, 70_000):
        history.add(["salt"] * times)
    history.reload()
    history.check(["salt"], 50)


# --- the words it knows


def words(ranker: Ranker) -> set[str]:
    return set(ranker.vocabulary()[0])


def test_the_vocabulary_holds_every_term_wherever_it_is() -> None:
    history = filled()
    history.begin_merge()
    history.end_merge()
    history.add(["new", "Straße", "北京", "\ud800"])
    assert words(history.ranker) == {term for terms in history.left.values() for term in terms}


def test_a_merged_vocabulary_holds_every_term_that_is_left() -> None:
    history = filled()
    history.remove([5])
    history.begin_merge()
    history.end_merge()
    assert words(history.ranker) == {term for terms in history.left.values() for term in terms}


def test_only_what_came_since_is_told_again() -> None:
    history = filled()
    _, point = history.ranker.vocabulary()
    history.add(["sea", "new"])
    assert "new" in set(history.ranker.vocabulary(point)[0]) <= {"sea", "new"}


def test_nothing_is_told_when_nothing_came() -> None:
    ranker = filled().ranker
    _, point = ranker.vocabulary()
    assert list(ranker.vocabulary(point)[0]) == []


def test_a_vocabulary_that_is_read_slowly_is_not_disturbed_by_what_comes() -> None:
    history = filled()
    reading, _ = history.ranker.vocabulary()
    first = next(reading)
    history.begin_merge()
    history.end_merge()
    history.add(["new"])
    assert {first, *reading} >= {f"t{at}" for at in range(40)}


# --- bounds


@settings(max_examples=50, deadline=None)
@given(
    st.integers(1, 300),
    st.integers(1, 3_000),
    st.floats(1, 1e4),
    st.floats(1, 1e4),
    st.floats(0.01, 3),
    st.floats(0, 1),
)
def test_a_code_times_the_drift_is_never_below_what_it_bounds(
    frequency: int, length: int, then: float, now: float, k1: float, b: float
) -> None:
    formula = Formula(k1, b)
    exact = frequency / (frequency + formula.norms(np.array([length], np.int32), now)[0])
    drift = max(1.0, now / then)
    [code] = formula.codes(np.array([frequency], np.uint16), np.array([length], np.int32), then).tolist()
    assert min(code, formula.code(frequency, length, then)) >= 1
    assert min(code, formula.code(frequency, length, then)) * drift >= 255 * exact * (1 - 1e-12)
