"""A term's postings in one part of the index, and what finds them: the term's key."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray


class Postings(NamedTuple):
    """Where a term stands in one part of the index; three arrays of one length."""

    places: NDArray[np.int32]
    """Of passages within the part, ascending."""
    frequencies: NDArray[Any]
    """In each of them: unsigned, as wide as the part needs."""
    codes: NDArray[np.uint8]
    """The most it can be worth there; see `formula`."""


class Source(Protocol):
    """What holds the postings of some passages that follow one another: a segment, or a tail."""

    @property
    def mean_length(self) -> float:
        """With which the codes were made."""

    @property
    def n_passages(self) -> int: ...
    @property
    def lengths(self) -> NDArray[np.int32]: ...
    @property
    def numbers(self) -> NDArray[np.int64]: ...
    @property
    def last_number(self) -> int: ...
    def numbers_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]: ...
    def places_of(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]: ...
    def find(self, terms: Sequence[str], keys: NDArray[np.uint64]) -> list[Postings | None]: ...
    def words(self) -> Iterator[str]: ...


@lru_cache(1 << 14)
def key_of(term: str) -> int:
    """64 bits that stand for *term*: two of a million terms share theirs once in forty million libraries."""
    return int.from_bytes(blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def places_among(numbers: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """The indices in *numbers* of those *wanted* that are there; both ascend."""
    if not len(numbers):
        return wanted[:0]
    wanted = wanted[wanted.searchsorted(numbers[0]) : wanted.searchsorted(numbers[-1], "right")]
    at = numbers.searchsorted(wanted)
    is_there: NDArray[np.bool_] = numbers[at] == wanted
    return at[is_there]
