"""The postings of a question's terms -> the best passages, exact, with few of them scored.

Each posting carries a code, the most it can be worth in 1/255. The codes times the terms' weights
are summed for all passages at once in 16 bits, so that no passage's sum is below its score times
`unit`. Passages are scored exactly from the highest sum down, until the k-th best score is above
what the highest sum left can be worth. At a million passages that is about 25 of them.

Why the sums are bounds: with S = (257 - n) / (R Σ weight), a term of weight w has its codes in a
part times q = ⌊w S r⌋ + 1, where r is the part's drift (see `formula`) and R the greatest. Its worth
there is at most w (k1 + 1) r code / 255, and times unit = 255 S / (k1 + 1) at most q code. Why they
fit: q <= w S R + 1, so Σ 255 q <= 255 (257 - n + n) = 65,535. Why stopping is right: a passage that
is not scored has a sum below `cut` <= k-th best score × unit, so its score is below the k-th best:
it is neither among the best nor tied with them. At cut 1 all passages with a term were scored, as
no code is 0. The first cut is a guess: it decides how fast, never what is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from corpus.index.formula import Formula
    from corpus.index.part import Part
    from corpus.index.postings import Postings

MOST_TERMS = 128
"""A question with more distinct terms has all passages scored that hold one: the sums would be too coarse."""

_GUESS = 0.97
"""Of the k-th best block's highest sum: hardly ever too much, and then a second pass mends it."""
_PADDING = 1024
_AT_ONCE = 1 << 16
_ABOVE_ROUNDING = 1 + 1e-9


class WeightedTerm(NamedTuple):
    """A term of the question: what it weighs, and its postings in the parts (by index) that hold it."""

    weight: float
    found: tuple[tuple[int, Postings], ...]


class Best(NamedTuple):
    """Places over all parts, best first, and their scores."""

    places: NDArray[np.int64]
    scores: NDArray[np.float64]


NOTHING = Best(np.zeros(0, np.int64), np.zeros(0))


class Searched:
    """The parts of an index as one question sees them, their passages in one row."""

    def __init__(self, parts: Sequence[Part], formula: Formula, mean_length: float) -> None:
        self._parts = parts
        self._formula = formula
        self._mean_length = mean_length
        self._bases = np.cumsum([0, *(part.n_passages for part in parts)]).tolist()
        self.n_places: int = self._bases[-1]

    def places_of(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The places, ascending, of the passages *numbers*, which ascend; unknown ones are left out."""
        here = [
            base + part.source.places_of(numbers)
            for base, part in zip(self._bases, self._parts, strict=False)
        ]
        return np.concatenate(here) if here else numbers[:0]

    def numbers_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers of the passages at *places*."""
        if len(self._parts) == 1:
            return self._parts[0].source.numbers_at(places)
        numbers = np.zeros(len(places), np.int64)
        which = np.searchsorted(self._bases, places, "right") - 1
        for index in np.unique(which).tolist():
            is_here = which == index
            local = places[is_here] - self._bases[index]
            numbers[is_here] = self._parts[index].source.numbers_at(local)
        return numbers

    def scores(self, terms: Sequence[WeightedTerm]) -> NDArray[np.float64]:
        """The score of every place, 0 where no term stands or the passage is gone: `(n_places,)`."""
        scores = np.zeros(self.n_places)
        if not terms:
            return scores
        norms = [self._formula.norms(part.source.lengths, self._mean_length) for part in self._parts]
        for term in terms:
            for where, (places, frequencies, _) in term.found:
                worth = self._worth(frequencies.astype(np.float64), norms[where][places])
                scores[self._bases[where] : self._bases[where + 1]][places] += term.weight * worth
        for base, part in zip(self._bases, self._parts, strict=False):
            scores[base : base + part.n_passages][part.dead] = 0.0
        return scores

    def best_by_scoring_all(
        self, terms: Sequence[WeightedTerm], k: int, chosen: NDArray[np.int64] | None
    ) -> Best:
        """The *k* best places, of those *chosen* if any are, with every posting read and scored."""
        scores = self.scores(terms)
        places = np.flatnonzero(scores) if chosen is None else chosen[scores[chosen] > 0]
        return _first(places, scores[places], k)

    def best(
        self,
        terms: Sequence[WeightedTerm],
        k: int,
        chosen: NDArray[np.int64] | None,
        sums: NDArray[np.uint16],
    ) -> Best:
        """The *k* best places holding a term, of those *chosen* (ascending) if any are; ties by place.

        *sums* is scratch space as `room_for` gives it, all zero before and after.
        """
        if len(terms) > MOST_TERMS:
            return self.best_by_scoring_all(terms, k, chosen)
        try:
            unit = self._sum_up(terms, sums)
            return self._narrowed(terms, k, chosen, sums[: _padded(self.n_places)], unit)
        finally:
            sums[: self.n_places].fill(0)

    def _sum_up(self, terms: Sequence[WeightedTerm], sums: NDArray[np.uint16]) -> float:
        """Fills *sums* with the upper bounds, and gives back what a score of 1 is in them."""
        mean = self._mean_length * _ABOVE_ROUNDING
        drifts = [max(1.0, mean / part.source.mean_length) for part in self._parts]
        most = max(drifts[where] for term in terms for where, _ in term.found)
        scale = (257 - len(terms)) / (most * sum(term.weight for term in terms))
        for term in terms:
            for where, (places, _, codes) in term.found:
                factor = np.uint16(int(term.weight * scale * drifts[where]) + 1)
                _add(sums[self._bases[where] : self._bases[where + 1]], places, codes, factor)
        for base, part in zip(self._bases, self._parts, strict=False):
            if part.n_dead:
                sums[base : base + part.n_passages][part.dead] = 0
        return 255 * scale / (self._formula.k1 + 1)

    def _narrowed(
        self,
        terms: Sequence[WeightedTerm],
        k: int,
        chosen: NDArray[np.int64] | None,
        sums: NDArray[np.uint16],
        unit: float,
    ) -> Best:
        if chosen is not None:
            gathered = np.zeros(_padded(len(chosen)), np.uint16)
            gathered[: len(chosen)] = sums[chosen]
            sums = gathered
        size = 64 if len(sums) < 1 << 16 else 256 if len(sums) < 1 << 18 else 1024
        blocks = sums.reshape(-1, size)
        highest = blocks.max(1)
        cut = 1
        if len(highest) > k:
            cut = max(1, int(np.partition(highest, -k)[-k] * _GUESS))
        while True:
            rows = (highest >= cut).nonzero()[0]
            at = (blocks[rows] >= cut).reshape(-1).nonzero()[0]  # numpy is slow at it in two dimensions
            places = rows[at // size] * size + at % size
            if chosen is not None:
                places = chosen[places]
            scores = self._exact(terms, places)
            kth = float(np.partition(scores, -k)[-k]) if len(scores) >= k else 0.0
            lowest = max(1, int(kth * unit / _ABOVE_ROUNDING))
            if lowest >= cut:
                return _first(places, scores, k)
            cut = lowest

    def _exact(self, terms: Sequence[WeightedTerm], places: NDArray[np.int64]) -> NDArray[np.float64]:
        """The scores of *places*, which ascend, to the last bit those that `scores` gives."""
        found = np.zeros((len(terms), len(places)))
        lengths = np.zeros(len(places), np.int32)
        cuts = places.searchsorted(self._bases).tolist()
        local = {}
        for index, part in enumerate(self._parts):
            first, last = cuts[index], cuts[index + 1]
            if first < last:
                here = (places[first:last] - self._bases[index]).astype(np.int32)
                lengths[first:last] = part.source.lengths[here]
                local[index] = slice(first, last), here
        for row, term in zip(found, terms, strict=True):
            for where, (at, frequencies, _) in term.found:
                if where in local:
                    span, here = local[where]
                    nearest = at.searchsorted(here)
                    is_there = at.take(nearest, mode="clip") == here
                    row[span] = frequencies.take(nearest, mode="clip") * is_there
        worth = self._worth(found, self._formula.norms(lengths, self._mean_length))
        scores = np.zeros(len(places))
        for term, one in zip(terms, worth, strict=True):
            scores += term.weight * one
        return scores

    def _worth(self, frequencies: NDArray[np.float64], norms: NDArray[np.float64]) -> NDArray[np.float64]:
        worth: NDArray[np.float64] = frequencies * (self._formula.k1 + 1) / (frequencies + norms)
        return worth


def _add(
    sums: NDArray[np.uint16], places: NDArray[np.int32], codes: NDArray[np.uint8], factor: np.uint16
) -> None:
    """Adds *codes* times *factor* to *sums* at *places*, a piece that fits into caches at a time."""
    for start in range(0, len(places), _AT_ONCE):
        end = start + _AT_ONCE
        # np.add.at is fast only with its own type of index, and values of the type that they are added to.
        index = places[start:end].astype(np.intp)
        np.add.at(sums, index, np.multiply(codes[start:end], factor, dtype=np.uint16))


def room_for(n_places: int, room: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """*room* if it is enough for the sums of *n_places*, else more, all zero."""
    if len(room) >= n_places:
        return room
    return np.zeros(_padded(n_places * 9 // 8), np.uint16)


def _padded(n: int) -> int:
    return -(-n // _PADDING) * _PADDING


def _first(places: NDArray[np.int64], scores: NDArray[np.float64], k: int) -> Best:
    """The *k* best of *places*, which ascend, ties in their order."""
    if len(places) > k:
        kth = np.partition(scores, -k)[-k]
        kept = scores >= kth
        places, scores = places[kept], scores[kept]
    order = np.lexsort((places, -scores))[:k]
    return Best(places[order], scores[order])
