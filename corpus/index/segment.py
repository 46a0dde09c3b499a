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
    """`(n_passages,)`, ascending; only the first when they follow one another without a gap."""
    word_bytes: NDArray[np.uint8]
    """The terms themselves in UTF-8, one behind the other, by key."""
    word_sizes: NDArray[np.uint32]
    """`(n_terms,)`, in bytes."""
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
        return self.numbers_at(np.arange(self.n_passages))

    @property
    def last_number(self) -> int:
        return int(self.numbers_at(np.array([self.n_passages - 1]))[0])

    @property
    def _is_without_gaps(self) -> bool:
        return len(self.passage_numbers) < self.n_passages

    def numbers_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers of the passages at *places*."""
        return places + self.passage_numbers[0] if self._is_without_gaps else self.passage_numbers[places]

    def places_of(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The places of those of *numbers* (ascending) that are here."""
        if not self._is_without_gaps:
            return places_among(self.passage_numbers, numbers)
        first = self.passage_numbers[0]
        low, high = numbers.searchsorted((first, first + self.n_passages))
        places: NDArray[np.int64] = numbers[low:high] - first
        return places

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
            self.file.check("word_sizes")
            self.file.check("word_bytes")
        begin = 0
        for first in range(0, len(self.keys), _WORDS_AT_ONCE):
            ends = np.cumsum(self.word_sizes[first : first + _WORDS_AT_ONCE], dtype=np.int64).tolist()
            text = self.word_bytes[begin : begin + ends[-1]].tobytes()
            for start, end in pairwise([0, *ends]):
                yield text[start:end].decode("utf-8", "surrogatepass")
            begin += ends[-1]


def without_gaps(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """*numbers* as a segment keeps them: ascending, and only the first of a run without a gap."""
    if len(numbers) > 1 and int(numbers[-1]) - int(numbers[0]) + 1 == len(numbers):
        return numbers[:1]
    return numbers


def narrowest(values: NDArray[Any]) -> type[np.unsignedinteger[Any]]:
    """The narrowest unsigned type that holds all *values*."""
    most = int(values.max(initial=0))
    return np.uint8 if most < 1 << 8 else np.uint16 if most < 1 << 16 else np.uint32
