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
"""`(n, n)`, or `(n, n_terms)`."""

K1 = 0.9
B = 0.6
_TINY = 1e-9


class Weights:
    """The BM25 weight of every term in every sentence: `as_text` and `as_question`, `(n, n_terms)`.

    A row of `as_question` times a row of `as_text` is what BM25 gives the one for the other
    (Robertson & Zaragoza 2009). rank-bm25 computes the same one question at a time in Python,
    eighty times slower.
    """

    def __init__(self, sentences: Sequence[Sequence[str]]) -> None:
        self._column: dict[str, int] = {}
        rows, columns, counts = [], [], []
        for row, found in enumerate(sentences):
            for term, n in Counter(found).items():
                rows.append(row)
                columns.append(self._column.setdefault(term, len(self._column)))
                counts.append(n)
        frequencies = np.zeros((len(sentences), len(self._column)), np.float32)
        frequencies[rows, columns] = counts
        df = np.count_nonzero(frequencies, axis=0)
        self.idf: Vector = np.log(1 + (len(sentences) - df + 0.5) / (df + 0.5)).astype(np.float32)
        lengths = frequencies.sum(axis=1, keepdims=True)
        norms = K1 * (1 - B + B * lengths / max(1.0, lengths.sum() / max(1, len(sentences))))
        self.as_text: Matrix = frequencies * np.float32(K1 + 1) / (frequencies + norms + np.float32(_TINY))
        self.as_question: Matrix = (frequencies > 0) * self.idf

    def between(self) -> Matrix:
        """How much the column's sentence says of what the row's says, 1 for all of it: `(n, n)`."""
        scores = self.as_question @ self.as_text.T
        related: Matrix = np.minimum(scores / np.maximum(scores.diagonal(), _TINY)[:, None], 1)
        return related

    def answering(self, question: Iterable[str]) -> Vector:
        """What BM25 gives each sentence for the terms of a question, beside 1 for the best: `(n,)`."""
        known = self._known(question)
        scores: Vector = self.as_text[:, known] @ self.idf[known]
        return scores / max(float(scores.max(initial=0)), _TINY)

    def shares(self, wanted: Iterable[str]) -> Vector:
        """How much of the idf mass of the terms *wanted*, so far as any sentence holds them, each holds."""
        known = self._known(wanted)
        held: Vector = self.as_question[:, known].sum(axis=1)
        return held / max(float(self.idf[known].sum()), _TINY)

    def _known(self, wanted: Iterable[str]) -> list[int]:
        return [self._column[term] for term in dict.fromkeys(wanted) if term in self._column]
