"""Words <-> the numbers that stand for them in what is reranked, and lines of words as bytes of such numbers.

Thousands of numbers are compared at once, where words would have to be looked for one by one. A number is
the word's CRC-32 (ISO 3309): words of equally many bytes that differ in one letter never share one, and of
other pairs one in four thousand million does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

PREFIX_LENGTH = 5
"""In letters: two longer words that begin with the same ones are taken to belong together."""
BREAK: Final = 0
"""Stands before each line, and is no word's."""

WORD_BYTES, TERM_BYTES = 4, 8
"""A term is written as its own number and that of its first letters."""
_CODE = np.dtype("<u4")


def of(word: str) -> int:
    """The code of a word or a term."""
    return crc32(word.encode("utf-8", "surrogatepass")) or 1


def _word(word: str) -> bytes:
    return of(word).to_bytes(WORD_BYTES, "little")


def _term(term: str) -> bytes:
    return _word(term) + _word(term[:PREFIX_LENGTH])


def of_words(lines: Iterable[Iterable[str]]) -> bytes:
    """Lines of words, `WORD_BYTES` a word."""
    return joined(map(words, lines), WORD_BYTES)


def of_terms(lines: Iterable[Iterable[str]]) -> bytes:
    """Lines of terms, `TERM_BYTES` a term."""
    return joined(map(terms, lines), TERM_BYTES)


def joined(lines: Iterable[bytes], size_bytes: int) -> bytes:
    """*lines* of codes of *size_bytes* each, a break before each line."""
    before = bytes(size_bytes)
    return b"".join([before + line for line in lines])


def words(run: Iterable[str]) -> bytes:
    """Words that stand side by side in a line."""
    return b"".join(map(_word, run))


def terms(run: Iterable[str]) -> bytes:
    """Terms that stand side by side in a line."""
    return b"".join(map(_term, run))


def are_lines(packed: bytes, size_bytes: int) -> bool:
    """Whether *packed* can be lines of codes of *size_bytes* each."""
    return len(packed) % size_bytes == 0 and packed.startswith(bytes(size_bytes))


def stands(run: bytes, packed: bytes, size_bytes: int) -> bool:
    """Whether *run* stands in one of the lines *packed*, whose codes have *size_bytes* each."""
    return _find(packed, run, 0, size_bytes) >= 0


def without_first(packed: bytes, size_bytes: int) -> bytes:
    """All of the lines *packed* but the first."""
    at = _find(packed, bytes(size_bytes), size_bytes, size_bytes)
    return packed[at:] if at >= 0 else b""


def split(packed: bytes) -> list[list[int]]:
    """The codes of each of the lines of words *packed*."""
    found: list[list[int]] = []
    for code in read(packed).tolist():
        if code == BREAK:
            found.append([])
        else:
            found[-1].append(code)
    return found


def opening(packed: bytes, line: int = 0) -> int:
    """The first code of the given one of the lines of words *packed*; `BREAK` where it is empty."""
    start = 0
    for _ in range(line):
        start = _find(packed, bytes(WORD_BYTES), start + WORD_BYTES, WORD_BYTES)
    return int.from_bytes(packed[start + WORD_BYTES : start + 2 * WORD_BYTES], "little")


def read(packed: bytes) -> NDArray[np.uint32]:
    """The numbers in *packed*, breaks among them: `(n_words,)`, or `(2 * n_terms,)`."""
    return np.frombuffer(packed, _CODE)


def _find(packed: bytes, sought: bytes, start: int, size_bytes: int) -> int:
    """Where *sought* begins in *packed*, as a whole code; -1 where it does not stand."""
    at = packed.find(sought, start)
    while at >= 0 and at % size_bytes:
        at = packed.find(sought, at + 1)
    return at
