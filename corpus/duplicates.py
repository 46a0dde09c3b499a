"""Is this story here already: what a text is known by, and how alike two texts are.

A text is known by its shingles (Broder 1997, https://doi.org/10.1109/SEQUEN.1997.666900): every run
of five words, hashed, of which one in eight is kept. The same runs are kept of every text, so that
two texts can be compared by what was kept of them.

Each word is hashed once, and a run is the sum of its words' hashes times 1, B, B² … modulo 2^64 (Karp and
Rabin 1987, https://doi.org/10.1147/rd.312.0249), mixed so that all of its bits tell (Steele et al. 2014,
https://doi.org/10.1145/2660193.2660195): numpy does that for all runs of a text at once.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import regex

from corpus.remembered import Remembered

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAME_STORY = 0.4
"""From which containment on two texts tell one story."""
MOST_LOOKED_UP = 512
"""Shingles of a text that are looked up; of a longer text the smallest stand for all."""

_WORDS = 5
_KEPT_OF = 8
_FEWEST_SHARED = 4
"""Fewer shared shingles are a quotation, or chance."""
_FEWEST_SHINGLES = 5
"""About forty words: a shorter text tells no story of its own."""

_PIECE = regex.compile(
    r"""(?P<pair>[\p{Han}\p{Hiragana}\p{Katakana}])|(?P<triple>[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])
    |(?:(?![\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])[\p{L}\p{N}\p{M}])+""",
    regex.VERBOSE,
)
_SHARE_OF_WORD = {"pair": 3, "triple": 2, None: 6}
"""In sixths: where no space parts the words, two characters count as one, of the longer scripts three."""
_BASE = 0x9E3779B97F4A7C15
_BASE_INVERSE = pow(_BASE, -1, 1 << 64)

_REMEMBERED = 1 << 16
"""What stood between spaces, 16 MB at most: of 50 in a text 49 are among them."""


def _read(written: str) -> tuple[int, ...]:
    """For each piece of what stands between spaces a hash, and its share of a word, in turn."""
    found = [
        number
        for match in _PIECE.finditer(_folded(written))
        for number in (_hashed(match[0]), _SHARE_OF_WORD[match.lastgroup])
    ]
    return tuple(found)


_pieces = Remembered(_read, _REMEMBERED)


@lru_cache(_REMEMBERED)
def _hashed(piece: str) -> int:
    """64 bits that stand for *piece*."""
    return int.from_bytes(blake2b(piece.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def shingles(text: str) -> NDArray[np.int64]:
    """The kept shingles of *text*, each once and ascending; none of fewer than five words."""
    found = np.fromiter(chain.from_iterable(map(_pieces.__getitem__, text.split())), np.uint64)
    hashes, shares = found[::2], found[1::2]
    n_pieces = len(hashes)
    words = _sums(shares)
    ends = words.searchsorted(words + np.uint64(_WORDS * _SHARE_OF_WORD[None]))
    ends = ends[ends <= n_pieces]
    # A run's sum is the difference of two sums from the beginning, moved to where the run begins.
    sums = _sums(hashes * _powers(_BASE, n_pieces))
    runs = (sums[ends] - sums[: len(ends)]) * _powers(_BASE_INVERSE, len(ends))
    mixed = _mixed(runs)
    return np.unique(mixed[mixed % np.uint64(_KEPT_OF) == 0].view(np.int64))


def looked_up(kept: NDArray[np.int64]) -> list[int]:
    """Those of the shingles *kept* (ascending) that are searched for, ascending."""
    found: list[int] = kept[:MOST_LOOKED_UP].tolist()
    return found


def containment(n_shared: int, n_looked_up: int, n_kept: float, n_other: int) -> float:
    """How much of the shorter of two texts stands in the other, 0 to 1.

    Of one text *n_looked_up* of *n_kept* shingles were searched for and *n_shared* of these found
    in the other, which has *n_other*. 0 where too little is shared to say.
    """
    shorter = min(n_kept, n_other)
    if n_shared < _FEWEST_SHARED or shorter < _FEWEST_SHINGLES:
        return 0.0
    return min(1.0, n_shared * n_kept / (n_looked_up * shorter))


def _sums(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """What all before each of *numbers* are together, and at the end all of them: `(n + 1,)`."""
    sums = np.zeros(len(numbers) + 1, np.uint64)
    np.cumsum(numbers, out=sums[1:])
    return sums


def _powers(base: int, n: int) -> NDArray[np.uint64]:
    """1, *base*, its square … modulo 2^64: `(n,)`."""
    powers = np.full(n, base, np.uint64)
    powers[:1] = 1
    return np.multiply.accumulate(powers)


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """*numbers*, of which each bit changes about half of those that come back."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold()
