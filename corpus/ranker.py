"""Terms -> ranked passages: BM25, exact, over postings that grow and shrink."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from rank_bm25 import BM25Okapi

from corpus.article import Hit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

K1 = 0.9
B = 0.6
"""Paragraphs are short and alike in length: less of both than rank-bm25's 1.5 and .75 (R@1 .779 -> .792)."""

_FIRST_CAPACITY = 1024

T = TypeVar("T", bound=np.generic)


class _Postings:
    """Where one term stands: places of passages, ascending, and its frequency in each."""

    __slots__ = ("frequencies", "places")

    def __init__(self) -> None:
        self.places = array("i")
        self.frequencies = array("i")


class Ranker(BM25Okapi):  # type: ignore[misc]
    """BM25 (Robertson & Zaragoza 2009, https://doi.org/10.1561/1500000019) by BM25Okapi's formula.

    Only the idf differs: Okapi's is zero or negative for a term in half the passages or more, so
    in a library of two a perfect match scores 0. This one, Lucene's, stays above zero.

    A passage has a *number*, given by the caller and ascending, and inside a *place*, its index
    in the arrays. A removed passage keeps its place until half of them are empty.
    """

    def __init__(self, corpus: Iterable[Sequence[str]] = (), k1: float = K1, b: float = B) -> None:
        # BM25Okapi's own set-up divides by the number of passages and copies every term.
        self.k1, self.b, self.tokenizer = k1, b, None
        self._clear()
        for number, terms in enumerate(corpus):
            self.add(number, terms)

    def _clear(self) -> None:
        self.corpus_size = 0
        self._postings: dict[str, _Postings] = {}
        self._n_places = 0
        self._total_length = 0
        self._numbers = np.zeros(_FIRST_CAPACITY, np.int64)
        self._lengths = np.zeros(_FIRST_CAPACITY, np.int64)
        self._is_live = np.zeros(_FIRST_CAPACITY, np.bool_)

    @property
    def avgdl(self) -> float:
        """The mean length of a passage, in terms; 0 for an empty library."""
        return self._total_length / self.corpus_size if self.corpus_size else 0.0

    @property
    def doc_len(self) -> NDArray[np.int64]:
        """The length of each passage in terms, in reading order: `(n_passages,)`."""
        return self._lengths[: self._n_places][self._live]

    @property
    def _live(self) -> NDArray[np.bool_]:
        return self._is_live[: self._n_places]

    def add(self, number: int, terms: Sequence[str]) -> None:
        """Takes in the passage *number*. Raises `ValueError` unless it is above all numbers before it."""
        place = self._n_places
        if place and number <= self._numbers[place - 1]:
            raise ValueError(f"passage {number} comes after {self._numbers[place - 1]}")
        if place == len(self._numbers):
            self._numbers = _resized(self._numbers, 2 * place)
            self._lengths = _resized(self._lengths, 2 * place)
            self._is_live = _resized(self._is_live, 2 * place)
        self._numbers[place], self._lengths[place], self._is_live[place] = number, len(terms), True
        for term, frequency in Counter(terms).items():
            postings = self._postings.get(term)
            if postings is None:
                postings = self._postings[term] = _Postings()
            postings.places.append(place)
            postings.frequencies.append(frequency)
        self._n_places += 1
        self.corpus_size += 1
        self._total_length += len(terms)

    def remove(self, numbers: Iterable[int]) -> None:
        """Forgets the passages *numbers*; those it does not know are passed over."""
        for number in numbers:
            place = int(np.searchsorted(self._numbers[: self._n_places], number))
            if place < self._n_places and self._numbers[place] == number and self._is_live[place]:
                self._is_live[place] = False
                self.corpus_size -= 1
                self._total_length -= int(self._lengths[place])
        if self._n_places > _FIRST_CAPACITY and self.corpus_size < self._n_places / 2:
            self._close_gaps()

    def document_frequency(self, term: str) -> int:
        """How many passages hold *term*."""
        postings = self._postings.get(term)
        if postings is None:
            return 0
        return int(np.count_nonzero(self._is_live[np.frombuffer(postings.places, np.int32)]))

    def idf_of(self, term: str) -> float:
        """How much *term* tells passages apart, above 0; a term that no passage holds has the most."""
        df = self.document_frequency(term)
        return math.log(1 + (self.corpus_size - df + 0.5) / (df + 0.5))

    def get_scores(self, query: Sequence[str]) -> NDArray[np.float64]:
        """The score of each passage in reading order: `(n_passages,)`, 0 where it holds no term of *query*.

        A term that stands twice in *query* counts twice, as in BM25Okapi.
        """
        return self._scores(query)[self._live]

    def get_batch_scores(self, query: Sequence[str], doc_ids: Sequence[int]) -> list[float]:
        """The scores of the passages at *doc_ids*, indices into `get_scores`."""
        return [float(score) for score in self.get_scores(query)[list(doc_ids)]]

    def top(self, query: Sequence[str], k: int, among: NDArray[np.int64] | None = None) -> list[Hit]:
        """The *k* best passages holding at least one query term, best first.

        Ties keep reading order, so the same question always gets the same answer. With *among*,
        an ascending array of numbers, only those passages are ranked, by the same scores.
        """
        scores = self._scores(query)
        numbers = self._numbers[: self._n_places]
        if among is not None:
            scores[~np.isin(numbers, among, assume_unique=True)] = 0.0
        places = np.flatnonzero(scores)
        if len(places) > k:
            kth = np.partition(scores[places], -k)[-k]
            places = places[scores[places] >= kth]
        best = places[np.lexsort((places, -scores[places]))][:k]
        return [Hit(int(numbers[place]), float(scores[place])) for place in best]

    def _scores(self, query: Sequence[str]) -> NDArray[np.float64]:
        """Scores by place, 0 for a removed passage."""
        scores = np.zeros(self._n_places)
        if not self._total_length:
            return scores
        for term in query:
            postings = self._postings.get(term)
            if postings is None:
                continue
            places = np.frombuffer(postings.places, np.int32)
            frequencies = np.frombuffer(postings.frequencies, np.int32).astype(np.float64)
            norms = self.k1 * (1 - self.b + self.b * self._lengths[places] / self.avgdl)
            scores[places] += self.idf_of(term) * (frequencies * (self.k1 + 1) / (frequencies + norms))
        scores[~self._live] = 0.0
        return scores

    def _close_gaps(self) -> None:
        """Gives the live passages new places without gaps, so that memory follows the library's size."""
        live = self._live.copy()
        numbers, lengths = self._numbers[: len(live)][live], self._lengths[: len(live)][live]
        new_place = np.cumsum(live) - 1
        capacity = max(_FIRST_CAPACITY, 2 * len(numbers))
        postings: dict[str, _Postings] = {}
        for term, old in self._postings.items():
            places = np.frombuffer(old.places, np.int32)
            kept = live[places]
            if kept.any():
                new = postings[term] = _Postings()
                new.places.frombytes(new_place[places[kept]].astype(np.int32).tobytes())
                new.frequencies.frombytes(np.frombuffer(old.frequencies, np.int32)[kept].tobytes())
        self._postings, self._n_places = postings, len(numbers)
        self._numbers = _resized(numbers, capacity)
        self._lengths = _resized(lengths, capacity)
        self._is_live = _resized(np.ones(len(numbers), np.bool_), capacity)


def _resized(values: NDArray[T], capacity: int) -> NDArray[T]:
    """*values* with zeros behind them, *capacity* long."""
    return np.concatenate((values, np.zeros(capacity - len(values), values.dtype)))
