"""New passages -> postings in memory, one passage at a time, until they settle into a segment."""

from __future__ import annotations

from collections import Counter, deque
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.index.postings import Postings, key_of, places_among
from corpus.index.segment import Segment, narrowest, without_gaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from corpus.index.formula import Formula

TAIL_SIZE = 4096
"""In passages. A tail of so many costs a question a tenth of a millisecond, and 7 MB."""

_PLACE_SHIFT, _FREQUENCY_SHIFT, _MOST_FREQUENT = 32, 8, (1 << 24) - 1
_POSTING = np.dtype("<i8")


class _Postings(dict[str, bytearray]):
    """Term -> its postings, none at first.

    Bytes, as the collector of garbage looks at each array of numbers, and small libraries have thousands.
    """

    def __init__(self) -> None:
        super().__init__()
        self.new: list[str] = []
        """The terms that came since this was last emptied."""

    def __missing__(self, term: str) -> bytearray:
        self.new.append(term)
        self[term] = none = bytearray()
        return none


_append = bytearray.__iadd__
_nowhere: deque[bytearray] = deque(maxlen=0)


class Tail:
    """Up to *size* passages. One posting is one number: place, frequency (24 bits) and code (8)."""

    def __init__(self, formula: Formula, mean_length: float, size: int = TAIL_SIZE) -> None:
        self.formula = formula
        self.mean_length = mean_length
        self.n_passages = 0
        self._lengths = np.zeros(size, np.int32)
        self._numbers = np.zeros(size, np.int64)
        self._postings = _Postings()

    @property
    def is_full(self) -> bool:
        return self.n_passages == len(self._numbers)

    @property
    def lengths(self) -> NDArray[np.int32]:
        return self._lengths[: self.n_passages]

    @property
    def numbers(self) -> NDArray[np.int64]:
        return self._numbers[: self.n_passages]

    @property
    def last_number(self) -> int:
        return int(self._numbers[self.n_passages - 1])

    def numbers_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers of the passages at *places*."""
        return self._numbers[places]

    def add(self, number: int, terms: Sequence[str]) -> list[str]:
        """Takes in a passage whose number is above all before it; gives back the terms new to this tail."""
        place, length = self.n_passages, len(terms)
        counted, postings = Counter(terms), self._postings
        once = terms
        if len(counted) < length:
            once = [term for term, frequency in counted.items() if frequency == 1]
            for term, frequency in counted.items():
                if frequency > 1:
                    postings[term] += self._posting(place, min(frequency, _MOST_FREQUENT), length)
        # Most stand there once: no step of the interpreter for each.
        posting = self._posting(place, 1, length)
        _nowhere.extend(map(_append, map(postings.__getitem__, once), repeat(posting)))
        self._numbers[place], self._lengths[place] = number, length
        self.n_passages += 1
        new, postings.new = postings.new, []
        return new

    def _posting(self, place: int, frequency: int, length: int) -> bytes:
        code = self.formula.code(frequency, length, self.mean_length)
        packed = place << _PLACE_SHIFT | frequency << _FREQUENCY_SHIFT | code
        return packed.to_bytes(_POSTING.itemsize, "little")

    def places_of(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The places of those of *numbers* (ascending) that are here."""
        return places_among(self.numbers, numbers)

    def find(self, terms: Sequence[str], keys: NDArray[np.uint64]) -> list[Postings | None]:  # noqa: ARG002
        """The postings of each of *terms*, None for one that no passage here holds."""
        return [_unpacked(bytes(found)) if (found := self._postings.get(term)) else None for term in terms]

    def words(self) -> Iterator[str]:
        """Every term, in the order they came."""
        yield from self._postings

    def settled(self) -> Segment:
        """The same passages and postings as a segment in memory."""
        terms = list(self._postings)
        keys = np.fromiter(map(key_of.__wrapped__, terms), np.uint64, len(terms))
        order = keys.argsort()
        postings = [self._postings[terms[index]] for index in order.tolist()]
        words = [terms[index].encode("utf-8", "surrogatepass") for index in order.tolist()]
        unpacked = _unpacked(b"".join(postings))
        return Segment(
            keys=keys[order],
            starts=_ends(map(len, postings), len(postings)) // _POSTING.itemsize,
            places=unpacked.places,
            frequencies=unpacked.frequencies.astype(narrowest(unpacked.frequencies)),
            codes=unpacked.codes,
            passage_lengths=self.lengths.copy(),
            passage_numbers=without_gaps(self.numbers.copy()),
            word_bytes=np.frombuffer(b"".join(words), np.uint8),
            word_sizes=np.fromiter(map(len, words), np.uint32, len(words)),
            mean_length=self.mean_length,
        )


def _unpacked(packed: bytes) -> Postings:
    postings = np.frombuffer(packed, _POSTING)
    frequencies: NDArray[Any] = (postings >> _FREQUENCY_SHIFT & _MOST_FREQUENT).astype(np.uint32)
    return Postings((postings >> _PLACE_SHIFT).astype(np.int32), frequencies, postings.astype(np.uint8))


def _ends(sizes: Iterator[int], n: int) -> NDArray[np.int64]:
    """Where each of *n* neighbours begins, and where the last one ends."""
    ends = np.zeros(n + 1, np.int64)
    np.cumsum(np.fromiter(sizes, np.int64, n), out=ends[1:])
    return ends
