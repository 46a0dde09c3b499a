"""A name as somebody wrote it -> the words it is found by: every word of it, from the word's beginning.

Capitals, accents and the letters that Arabic and Persian share make no difference. Scripts that write no
spaces are found from every character on.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import regex

from corpus import writing

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}ー々\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{N}}]--[{_UNSPACED}]]"
_JOINERS = f"{writing.HYPHENS}{writing.APOSTROPHES}."
_WORD = regex.compile(rf"[{_UNSPACED}]+|{_LETTER}+(?:[{_JOINERS}]{_LETTER}+)*", regex.V1)
_RUN = regex.compile(rf"[{_UNSPACED}]", regex.V1)
_JOINER = regex.compile(f"[{_JOINERS}]")
_HIDDEN = regex.compile(f"[{writing.HIDDEN}]")
_ACCENT = regex.compile(r"(?<=[\p{Latin}\p{Greek}\p{Cyrillic}\p{Arabic}\p{Hebrew}])\p{Mn}+")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
    | dict(zip("ىيكۀةؤأإٱ", "ییکههوااا", strict=True))
    | {"ـ": "", "\u200c": " "}
)

LONGEST_WORD = 40
"""In characters; what is longer is found by its beginning."""
LONGEST_RUN = 8
"""Characters that are kept from each place of a script without spaces."""
MOST_WANTED = 12
"""Words of what somebody typed that are looked at."""


def folded(name: str) -> str:
    """*name* in the form in which all writings of it are equal: to sort by and to compare."""
    bare = _ACCENT.sub("", unicodedata.normalize("NFKD", _HIDDEN.sub("", name)).casefold())
    return " ".join(writing.digits(unicodedata.normalize("NFC", bare)).translate(_LETTERS).split())


def words(name: str) -> list[str]:
    """What *name* is found by, each once: its words, and a joined word (F-35, O’Brien) in parts and whole."""
    return list(dict.fromkeys(_words(folded(name))))


def _words(name: str) -> Iterator[str]:
    for word in _WORD.findall(name):
        if _RUN.match(word):
            yield from (word[at : at + LONGEST_RUN] for at in range(len(word)))
        else:
            parts = _parts(word)
            yield from parts
            yield "".join(parts)[:LONGEST_WORD]


def wanted(typed: str) -> list[list[list[str]]]:
    """The words of *typed*, each in the ways it may stand in a name: beginnings of words, all needed."""
    found: list[list[list[str]]] = []
    for word in _WORD.findall(folded(typed))[:MOST_WANTED]:
        if _RUN.match(word):
            found.append([[word[at : at + LONGEST_RUN] for at in range(0, len(word), LONGEST_RUN)]])
        else:
            parts = _parts(word)
            whole = "".join(parts)[:LONGEST_WORD]
            found.append([[whole]] if len(parts) == 1 else [[whole], parts])
    return found


def _parts(word: str) -> list[str]:
    return [part[:LONGEST_WORD] for part in _JOINER.split(word)]
