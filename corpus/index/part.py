"""A segment or a tail, and which of its passages are still in the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus.index.postings import Postings, Source

_FEW_DEAD = 16
"""Below one dead passage in so many postings, the dead are looked up among the postings."""


class Frozen(NamedTuple):
    """A part at one moment, for another thread: its source never changes again, the mask is a copy."""

    source: Source
    is_live: NDArray[np.bool_]

    @classmethod
    def whole(cls, source: Source) -> Frozen:
        """*source* with all its passages."""
        return cls(source, np.ones(source.n_passages, np.bool_))


class Part:
    """A part of the index. Belongs to the ranker's thread, as its source may not."""

    def __init__(self, source: Source, is_live: NDArray[np.bool_] | None = None) -> None:
        self.source = source
        self._is_live = is_live
        self.n_dead = 0 if is_live is None else int(np.count_nonzero(~is_live))
        self._dead: NDArray[np.int32] | None = None

    @property
    def n_passages(self) -> int:
        return self.source.n_passages

    @property
    def is_live(self) -> NDArray[np.bool_]:
        """`(n_passages,)`: whether each passage is still there."""
        n = self.n_passages
        if self._is_live is None or len(self._is_live) < n:  # a tail has grown
            grown = np.ones(n, np.bool_)
            if self._is_live is not None:
                grown[: len(self._is_live)] = self._is_live
            self._is_live = grown
        return self._is_live

    @property
    def dead(self) -> NDArray[np.int32]:
        """The places of removed passages, ascending."""
        if self._dead is None:
            self._dead = np.flatnonzero(~self.is_live).astype(np.int32)
        return self._dead

    def remove(self, numbers: NDArray[np.int64]) -> tuple[int, int]:
        """Marks those of *numbers* that are here as gone; how many there were, and their length in all."""
        places = self.source.places_of(numbers)
        places = places[self.is_live[places]]
        if not len(places):
            return 0, 0
        self.is_live[places] = False
        self.n_dead += len(places)
        self._dead = None
        return len(places), int(self.source.lengths[places].sum())

    def n_dead_among(self, postings: Postings) -> int:
        """How many of *postings* are of passages that are gone."""
        if not self.n_dead:
            return 0
        places = postings.places
        if len(self.dead) * _FEW_DEAD < len(places):
            at = places.searchsorted(self.dead)
            at[at == len(places)] = 0
            return int(np.count_nonzero(places[at] == self.dead))
        return len(places) - int(np.count_nonzero(self.is_live[places]))

    def frozen(self) -> Frozen:
        return Frozen(self.source, self.is_live.copy())
