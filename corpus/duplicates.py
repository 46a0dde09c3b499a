"""Is this story here already: what a text is known by, and how alike two texts are.

A text is known by its shingles (Broder 1997, https://doi.org/10.1109/SEQUEN.1997.666900): every run
of five words, hashed, of which one in eight is kept. The same runs are kept of every text, so that
two texts can be compared by what was kept of them.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from typing import TYPE_CHECKING

import regex

from corpus.characters import is_latin

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

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
_LATIN_PIECE = re.compile(r"[^\W_]+")
"""The same in a Latin text."""
_SHARE_OF_WORD = {"pair": 3, "triple": 2, None: 6}
"""In sixths: where no space parts the words, two characters count as one, of the longer scripts three."""


def shingles(text: str) -> frozenset[int]:
    """The kept shingles of *text*, as signed numbers of 64 bits; none of fewer than five words."""
    runs = map("\0".join, _runs(_folded(text)))
    hashed = [blake2b(run.encode("utf-8", "replace"), digest_size=8).digest() for run in runs]
    return frozenset([int.from_bytes(one, "big", signed=True) for one in hashed if one[-1] % _KEPT_OF == 0])


def looked_up(kept: Collection[int]) -> list[int]:
    """Those of the shingles *kept* that are searched for, ascending."""
    return sorted(kept)[:MOST_LOOKED_UP]


def containment(n_shared: int, n_looked_up: int, n_kept: float, n_other: int) -> float:
    """How much of the shorter of two texts stands in the other, 0 to 1.

    Of one text *n_looked_up* of *n_kept* shingles were searched for and *n_shared* of these found
    in the other, which has *n_other*. 0 where too little is shared to say.
    """
    shorter = min(n_kept, n_other)
    if n_shared < _FEWEST_SHARED or shorter < _FEWEST_SHINGLES:
        return 0.0
    return min(1.0, n_shared * n_kept / (n_looked_up * shorter))


def _runs(folded: str) -> Iterator[Sequence[str]]:
    """Every run of pieces of a *folded* text that make five words together."""
    if is_latin(folded):
        words = _LATIN_PIECE.findall(folded)
        yield from zip(*(words[first:] for first in range(_WORDS)), strict=False)
        return
    pieces = [(match[0], _SHARE_OF_WORD[match.lastgroup]) for match in _PIECE.finditer(folded)]
    end, share = 0, 0
    for start, (_, own_share) in enumerate(pieces):
        while share < _WORDS * 6 and end < len(pieces):
            share += pieces[end][1]
            end += 1
        if share < _WORDS * 6:
            return
        yield [piece for piece, _ in pieces[start:end]]
        share -= own_share


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold()
