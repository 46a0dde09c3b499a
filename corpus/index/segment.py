"""Postings that have settled: read-only arrays, in memory or mapped from a file."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.index.postings import Postings, places_among

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from corpus.index.array_file import ArrayFile

_WORDS_AT_ONCE = 4096


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Segment:
    """The postings of some passages, sorted by the terms' keys. Nothing in it ever changes."""

    keys: NDArray[np.uint64]
    """`(n_terms,)`, ascending."""
    starts: NDArray[np.int64]
    """`(n_terms + 1,)`: where each term's postings begin and the last one's end."""
    places: NDArray[np.int32]
    """`(n_postings,)`, ascending within a term; so are the next two."""
    frequencies: NDArray[Any]
    codes: NDArray[np.uint8]
    passage_lengths: NDArray[np.int32]
    """`(n_passages,)`, in terms."""
    passage_numbers: NDArray[np.int64]
    """`(n_passages,)`, ascending."""
    word_bytes: NDArray[np.uint8]
    """The terms themselves in UTF-8, one behind the other, by key."""
    word_starts: NDArray[np.int64]
    """`(n_terms + 1,)`."""
    mean_length: float
    file: ArrayFile | None = None
    """What the arrays are mapped from, which must be checked before postings are believed."""

    @property
    def n_passages(self) -> int:
        return len(self.passage_lengths)

    @property
    def n_postings(self) -> int:
        return len(self.places)

    @property
    def lengths(self) -> NDArray[np.int32]:
        return self.passage_lengths

    @property
    def numbers(self) -> NDArray[np.int64]:
        return self.passage_numbers

    def places_of(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The places of those of *numbers* (ascending) that are here."""
        return places_among(self.passage_numbers, numbers)

    def find(self, terms: Sequence[str], keys: NDArray[np.uint64]) -> list[Postings | None]:  # noqa: ARG002
        """The postings of each of *keys*, None for one that no passage here holds.

        Raises `SnapshotDamaged` when they come from a file and are not what was written.
        """
        if not len(self.keys):
            return [None] * len(keys)
        at = self.keys.searchsorted(keys)
        at[at == len(self.keys)] = 0
        is_here = (self.keys[at] == keys).tolist()
        spans = zip(is_here, self.starts[at].tolist(), self.starts[at + 1].tolist(), strict=True)
        return [self.postings(start, end) if here else None for here, start, end in spans]

    def postings(self, start: int, end: int) -> Postings:
        """The postings *start* to *end*, checked."""
        if self.file:
            for name in ("places", "frequencies", "codes"):
                self.file.check(name, start, end)
        return Postings(self.places[start:end], self.frequencies[start:end], self.codes[start:end])

    def words(self) -> Iterator[str]:
        """Every term, in the order of the keys."""
        if self.file:
            self.file.check("word_bytes")
        for first in range(0, len(self.keys), _WORDS_AT_ONCE):
            starts = self.word_starts[first : first + _WORDS_AT_ONCE + 1].tolist()
            text = self.word_bytes[starts[0] : starts[-1]].tobytes()
            for start, end in pairwise(starts):
                yield text[start - starts[0] : end - starts[0]].decode("utf-8", "surrogatepass")


def narrowest(values: NDArray[Any]) -> type[np.unsignedinteger[Any]]:
    """The narrowest unsigned type that holds all *values*."""
    most = int(values.max(initial=0))
    return np.uint8 if most < 1 << 8 else np.uint16 if most < 1 << 16 else np.uint32
