"""Many new passages at once -> a segment, without a step of the interpreter for each term.

One by one they would go into a tail, term by term, and become a segment only when it is full: that
takes four times as long.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.index.postings import key_of
from corpus.index.segment import Segment, narrowest, without_gaps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from corpus.index.formula import Formula

_PLACE_BITS = 32
_PASSAGES_AT_ONCE = 256
"""Their terms are counted without a moment for any other thread: a few milliseconds."""


class _Terms(dict[str, int]):
    """Term -> its number, in the order they come."""

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number


def segment(
    passages: Sequence[tuple[int, Sequence[str]]],
    formula: Formula,
    mean_length: float,
    step: Callable[[], None] = lambda: None,
) -> Segment:
    """The segment of *passages*, each a number and its terms, by ascending number; in memory.

    *step* is called between two steps of some milliseconds.
    """
    lengths = np.fromiter((len(terms) for _, terms in passages), np.int32, len(passages))
    numbers = np.fromiter((number for number, _ in passages), np.int64, len(passages))
    known = _Terms()
    standing = []
    for at in _starts(len(passages)):
        standing.append(_numbered(passages[at : at + _PASSAGES_AT_ONCE], known))
        step()
    words = list(known)
    keys = np.fromiter(map(key_of.__wrapped__, words), np.uint64, len(words))
    step()
    order = keys.argsort()
    row_of = np.empty(len(words), np.int64)
    row_of[order] = np.arange(len(words))
    # Each time a term stands somewhere is one number, its row and the place: sorted, they are the postings.
    every = row_of[np.concatenate(standing)] << _PLACE_BITS
    every |= np.repeat(np.arange(len(passages)), lengths)
    step()
    postings, frequencies = np.unique(every, return_counts=True)
    step()
    places = (postings & ((1 << _PLACE_BITS) - 1)).astype(np.int32)
    encoded = [words[index].encode("utf-8", "surrogatepass") for index in order.tolist()]
    return Segment(
        keys=keys[order],
        starts=postings.searchsorted(np.arange(len(words) + 1) << _PLACE_BITS),
        places=places,
        frequencies=frequencies.astype(narrowest(frequencies)),
        codes=formula.codes(frequencies, lengths[places], mean_length),
        passage_lengths=lengths,
        passage_numbers=without_gaps(numbers),
        word_bytes=np.frombuffer(b"".join(encoded), np.uint8),
        word_sizes=np.fromiter(map(len, encoded), np.uint32, len(encoded)),
        mean_length=mean_length,
    )


def _starts(n_passages: int) -> range:
    return range(0, max(1, n_passages), _PASSAGES_AT_ONCE)


def _numbered(passages: Sequence[tuple[int, Sequence[str]]], known: _Terms) -> NDArray[Any]:
    """The numbers of all terms of *passages*, one behind the other."""
    return np.fromiter(map(known.__getitem__, chain.from_iterable(terms for _, terms in passages)), np.int64)
