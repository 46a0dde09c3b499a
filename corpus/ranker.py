"""Terms -> ranked passages: BM25, exact, over postings that grow and shrink."""

from __future__ import annotations

import math
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from rank_bm25 import BM25Okapi

from corpus.article import Hit
from corpus.index import bulk
from corpus.index.formula import Formula
from corpus.index.part import Part
from corpus.index.postings import key_of
from corpus.index.search import NOTHING, Searched, WeightedTerm, room_for
from corpus.index.segment import Segment
from corpus.index.tail import TAIL_SIZE, Tail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from corpus.index.part import Frozen
    from corpus.index.postings import Postings
    from corpus.index.upkeep import Merged

K1 = 0.9
B = 0.6
"""Paragraphs are short and alike in length: less of both than rank-bm25's 1.5 and .75 (R@1 .779 -> .792)."""

_MOST_LEARNED = 100_000
"""New terms that are remembered for `vocabulary`; whoever asks more rarely is told all of them."""
_MOST_LOOKED_UP = 1_000


class _Found:
    """What the index holds of one term: how many live passages, and its postings by part."""

    __slots__ = ("df", "postings")

    def __init__(self, df: int, postings: tuple[tuple[int, Postings], ...]) -> None:
        self.df, self.postings = df, postings


class Ranker(BM25Okapi):  # type: ignore[misc]
    """BM25 (Robertson & Zaragoza 2009, https://doi.org/10.1561/1500000019) by BM25Okapi's formula.

    Only the idf differs: Okapi's is zero or negative for a term in half the passages or more, so
    in a library of two a perfect match scores 0. This one, Lucene's, stays above zero.

    A passage has a *number*, given by the caller and ascending, and a *place*, its index over all
    parts of the index. Parts that are full never change, so that another thread may merge them
    while questions are asked; the ranker itself belongs to one thread.
    """

    def __init__(
        self,
        corpus: Iterable[Sequence[str]] = (),
        k1: float = K1,
        b: float = B,
        *,
        parts: Sequence[Part] = (),
        tail_size: int = TAIL_SIZE,
    ) -> None:
        """*parts* are those of a snapshot. A tail of *tail_size* passages is full."""
        # BM25Okapi's own set-up divides by the number of passages and copies every term.
        self.k1, self.b, self.tokenizer = k1, b, None
        self.formula = Formula(k1, b)
        self._tail_size = tail_size
        self._parts = list(parts)
        self.corpus_size = sum(part.n_passages - part.n_dead for part in parts)
        self._total_length = sum(int(part.source.lengths[part.is_live].sum()) for part in parts)
        self._last_number = max((part.source.last_number for part in parts if part.n_passages), default=-1)
        self._tail: Tail | None = None
        self._sums = np.zeros(0, np.uint16)
        self._searched: Searched | None = None
        self._found: dict[str, _Found] = {}
        self._learned: list[str] = []
        self._n_forgotten = 0
        self._n_at_start = 1 if parts else 0
        for number, terms in enumerate(corpus):
            self.add(number, terms)

    # --- what it holds

    @property
    def avgdl(self) -> float:
        """The mean length of a passage, in terms; 0 for an empty library."""
        return self._total_length / self.corpus_size if self.corpus_size else 0.0

    @property
    def doc_len(self) -> NDArray[np.int64]:
        """The length of each passage in terms, in reading order: `(n_passages,)`."""
        live = [part.source.lengths[part.is_live] for part in self._parts]
        return np.concatenate([np.zeros(0, np.int64), *live])

    def document_frequency(self, term: str) -> int:
        """How many passages hold *term*."""
        return self.document_frequencies([term])[0]

    def document_frequencies(self, terms: Sequence[str]) -> list[int]:
        """How many passages hold each of *terms*; for all at once it costs little more than for one."""
        return [found.df for found in self._look_up(terms)]

    def idf_of(self, term: str) -> float:
        """How much *term* tells passages apart, above 0; a term that no passage holds has the most."""
        return self._idf(self.document_frequency(term))

    def vocabulary(self, since: int = 0) -> tuple[Iterator[str], int]:
        """The terms that came after the point *since*, and the point to name next time.

        From 0 these are all. It costs what has come, not the library, when it is asked now and
        then. A term may be told again, and one whose passages were removed since may be among
        them: its `document_frequency` is 0.
        """
        point = self._n_at_start + self._n_forgotten + len(self._learned)
        first = since - self._n_at_start - self._n_forgotten
        if since and first >= 0:
            return iter(self._learned[first:]), point
        # Taken now: a part that a merge replaces later is still whole.
        return chain.from_iterable([part.source.words() for part in self._parts]), point

    # --- what comes and goes

    def add(self, number: int, terms: Sequence[str]) -> None:
        """Takes in the passage *number*. Raises `ValueError` unless it is above all numbers before it."""
        if number <= self._last_number:
            raise ValueError(f"passage {number} comes after {self._last_number}")
        self._last_number = number
        self.corpus_size += 1
        self._total_length += len(terms)
        if self._tail is None:
            # A mean below one term says nothing, and codes must not be divided by it.
            self._tail = Tail(self.formula, max(self.avgdl, 1.0), self._tail_size)
            self._parts.append(Part(self._tail))
        self._learned += self._tail.add(number, terms)
        if self._tail.is_full:
            self.settle()
        self._changed()

    def add_all(
        self, passages: Sequence[tuple[int, Sequence[str]]], step: Callable[[], None] = lambda: None
    ) -> None:
        """Takes in many *passages* at once, each a number and its terms; raises as `add` does.

        *step* is called every few milliseconds.
        """
        if not passages:
            return
        numbers = np.fromiter((number for number, _ in passages), np.int64, len(passages))
        if numbers[0] <= self._last_number or (np.diff(numbers) <= 0).any():
            raise ValueError(f"passages come after {self._last_number}, in ascending order")
        self.settle()
        self._last_number = int(numbers[-1])
        self.corpus_size += len(passages)
        self._total_length += sum(len(terms) for _, terms in passages)
        self._parts.append(Part(bulk.segment(passages, self.formula, max(self.avgdl, 1.0), step)))
        self._changed()

    def settle(self) -> None:
        """Lets no more passages into the tail, so that all that is there can be merged and saved."""
        self._tail = None
        if len(self._learned) > _MOST_LEARNED:
            self._n_forgotten += len(self._learned)
            self._learned = []

    def remove(self, numbers: Iterable[int]) -> None:
        """Forgets the passages *numbers*; those it does not know are passed over."""
        gone = np.unique(np.fromiter(numbers, np.int64))
        for part in self._parts:
            n_passages, length = part.remove(gone)
            self.corpus_size -= n_passages
            self._total_length -= length
        self._changed()

    # --- what other threads merge

    @property
    def n_unmerged(self) -> int:
        """How many full tails have not been merged yet, and segments of no more passages."""
        sources = [part.source for part in self._parts if part.n_passages <= self._tail_size]
        n_small = sum(not isinstance(source, Segment) or source.file is None for source in sources)
        return n_small - (self._tail is not None)

    @property
    def last_settled(self) -> int:
        """The highest number outside the tail that still grows; -1 when there is none."""
        settled = self._parts[: len(self._parts) - (self._tail is not None)]
        return settled[-1].source.last_number if settled else -1

    def frozen(self) -> list[Frozen]:
        """Every part but the tail that still grows, as it is now."""
        growing = self._tail is not None
        return [part.frozen() for part in self._parts[: len(self._parts) - growing]]

    def adopt(self, merged: Merged) -> None:
        """Puts a merged segment into the place of the parts it was made of.

        What was removed from these meanwhile is removed from it too.
        """
        sources = [part.source for part in self._parts]
        first = sources.index(merged.parts[0].source)
        replaced = self._parts[first : first + len(merged.parts)]
        is_live = [now.is_live[was.is_live] for now, was in zip(replaced, merged.parts, strict=True)]
        part = Part(merged.segment, np.concatenate(is_live))
        self._parts[first : first + len(merged.parts)] = [part] if part.n_passages else []
        self._changed()

    # --- questions

    def get_scores(self, query: Sequence[str]) -> NDArray[np.float64]:
        """The score of each passage in reading order: `(n_passages,)`, 0 where it holds no term of *query*.

        A term that stands twice in *query* counts twice, as in BM25Okapi.
        """
        is_live = np.concatenate([np.zeros(0, np.bool_), *(part.is_live for part in self._parts)])
        scores: NDArray[np.float64] = self._view().scores(self._weighted(query, None))[is_live]
        return scores

    def get_batch_scores(self, query: Sequence[str], doc_ids: Sequence[int]) -> list[float]:
        """The scores of the passages at *doc_ids*, indices into `get_scores`."""
        return [float(score) for score in self.get_scores(query)[list(doc_ids)]]

    def top(
        self,
        query: Sequence[str],
        k: int,
        among: NDArray[np.int64] | None = None,
        weights: Sequence[float] | None = None,
    ) -> list[Hit]:
        """The *k* best passages holding at least one query term, best first.

        Ties keep reading order, so the same question always gets the same answer. With *among*,
        an ascending array of numbers, only those passages are ranked, by the same scores. With
        *weights*, one above 0 for each term of *query*, a term counts so many times. Raises
        `SnapshotDamaged` when the index comes from a file that is not what was written.
        """
        terms = self._weighted(query, weights)
        if not terms or k < 1:
            return []
        view = self._view()
        chosen = None if among is None else view.places_of(among)
        self._sums = room_for(view.n_places, self._sums)
        found = NOTHING if chosen is not None and not len(chosen) else view.best(terms, k, chosen, self._sums)
        numbers = view.numbers_at(found.places).tolist()
        return [Hit(number, score) for number, score in zip(numbers, found.scores.tolist(), strict=True)]

    def _idf(self, df: int) -> float:
        return math.log(1 + (self.corpus_size - df + 0.5) / (df + 0.5))

    def _view(self) -> Searched:
        if self._searched is None:
            self._searched = Searched(self._parts, self.formula, self.avgdl)
        return self._searched

    def _changed(self) -> None:
        self._searched = None
        self._found.clear()

    def _weighted(self, query: Sequence[str], weights: Sequence[float] | None) -> list[WeightedTerm]:
        """The distinct terms of *query* that some passage holds, in the order they first stand in it."""
        total: dict[str, float] = {}
        for term, weight in zip(query, weights or [1.0] * len(query), strict=True):
            if not weight > 0:
                raise ValueError(f"a weight of {weight} is not above 0")
            total[term] = total.get(term, 0.0) + weight
        found = self._look_up(list(total))
        return [
            WeightedTerm(weight * self._idf(one.df), one.postings)
            for weight, one in zip(total.values(), found, strict=True)
            if one.df
        ]

    def _look_up(self, terms: Sequence[str]) -> list[_Found]:
        """What the index holds of each of *terms*; remembered until something changes."""
        unknown = [term for term in terms if term not in self._found]
        if unknown:
            if len(self._found) > _MOST_LOOKED_UP:
                self._found.clear()
                unknown = list(terms)
            keys = np.array([key_of(term) for term in unknown], np.uint64)
            by_part = [part.source.find(unknown, keys) for part in self._parts]
            for index, term in enumerate(unknown):
                postings = tuple(
                    (where, here) for where, found in enumerate(by_part) if (here := found[index]) is not None
                )
                df = sum(len(here.places) - self._parts[where].n_dead_among(here) for where, here in postings)
                self._found[term] = _Found(df, postings)
        return [self._found[term] for term in terms]
