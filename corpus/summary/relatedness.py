"""Sentences as terms -> how much each says of what another says, by BM25."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

Vector: TypeAlias = "NDArray[np.float32]"
"""`(n,)`, one for each sentence."""
Matrix: TypeAlias = "NDArray[np.float32]"
"""`(n, n)`."""

K1 = 0.9
B = 0.6
_TINY = 1e-9


class Weights:
    """The BM25 weight of every term in every sentence (Robertson & Zaragoza 2009), as postings by term.

    rank-bm25 computes the same one question at a time in Python, eighty times slower. A product of
    dense matrices would be mostly zeros, and numpy's wakes a thread a core for each.
    """

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        postings: dict[str, list[tuple[int, int]]] = {}
        for row, found in enumerate(sentences):
            for term, n in Counter(found).items():
                postings.setdefault(term, []).append((row, n))
        self._n = len(sentences)
        self._number = {term: number for number, term in enumerate(postings)}
        self._df = np.array([len(found) for found in postings.values()], np.int64)
        self._starts = np.concatenate(([0], np.cumsum(self._df)))
        self._idf = np.log(1 + (self._n - self._df + 0.5) / (self._df + 0.5))
        pairs = np.array([pair for found in postings.values() for pair in found], np.int64).reshape(-1, 2)
        self._rows, frequencies = pairs[:, 0], pairs[:, 1]
        lengths = np.array([len(found) for found in sentences])
        norms = K1 * (1 - B + B * lengths / max(1.0, lengths.sum() / max(1, self._n)))
        tf = frequencies * (K1 + 1) / (frequencies + norms[self._rows])
        self._scores = np.repeat(self._idf, self._df) * tf
        """Of each posting: what its term, asked for once, gives its sentence."""

    def between(self) -> Matrix:
        """How much the column's sentence says of what the row's says, 1 for all of it: `(n, n)`."""
        sizes = np.repeat(self._df, self._df)  # of each posting: how many its term has
        asking = np.repeat(np.arange(len(sizes)), sizes)  # each posting beside every one of its term
        first = np.cumsum(sizes) - sizes
        asked = np.repeat(np.repeat(self._starts[:-1], self._df), sizes)
        asked += np.arange(len(asking)) - np.repeat(first, sizes)
        cells = self._rows[asking] * self._n + self._rows[asked]
        summed = np.bincount(cells, self._scores[asked], minlength=self._n**2).reshape(self._n, self._n)
        related: Matrix = np.minimum(summed / np.maximum(summed.diagonal(), _TINY)[:, None], 1)
        return related.astype(np.float32)

    def answering(self, question: Iterable[str]) -> Vector:
        """What BM25 gives each sentence for the terms of a question, beside 1 for the best: `(n,)`."""
        places = self._postings_of(question)
        scores = np.bincount(self._rows[places], self._scores[places], minlength=self._n)
        return (scores / max(float(scores.max(initial=0)), _TINY)).astype(np.float32)

    def shares(self, wanted: Sequence[str]) -> Vector:
        """How much of the idf mass of the terms *wanted*, so far as any sentence holds them, each holds."""
        known = self._known(wanted)
        places = self._postings_of(wanted)
        held = np.bincount(self._rows[places], np.repeat(self._idf, self._df)[places], minlength=self._n)
        return (held / max(float(self._idf[known].sum()), _TINY)).astype(np.float32)

    def _known(self, wanted: Iterable[str]) -> list[int]:
        return [self._number[term] for term in dict.fromkeys(wanted) if term in self._number]

    def _postings_of(self, wanted: Iterable[str]) -> NDArray[np.int64]:
        known = self._known(wanted)
        ranges = [np.arange(self._starts[number], self._starts[number + 1]) for number in known]
        return np.concatenate([np.zeros(0, np.int64), *ranges])
