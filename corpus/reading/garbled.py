"""Whether a text is none: bytes read as letters, a key, something packed, a picture made of signs.

In what people write, letters follow letters of their own kind: capitals begin words, digits stand
apart, a word is of one script, and signs are few. What is no text changes at every other place.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

from corpus.reading.misread import is_misread

_SAMPLE = 2_000
"""In characters. Of a longer text its beginning, its middle and its end are looked at."""
_FEWEST = 10
"""Visible characters. Fewer may be anything."""
_MOST_DISORDER = 0.4
"""Of what is visible. Articles in six languages have 0.02 to 0.11 and no paragraph of theirs above 0.27,
programs 0.37 at most; letters at random, base64 and hexadecimal 0.44 to 0.63."""
_MOST_UNKNOWN = 0.03
"""The share of characters that no writing has."""
_LONG_WORD = regex.compile(
    r"[^\s\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]{60,}"
)
_MOST_IN_LONG_WORDS = 0.5
"""Of what is visible, and more than one or two addresses."""
_TWO_ADDRESSES = 200
_SIGN, _SPACE, _DIGIT, _UNKNOWN, _PART = "sign", "space", "digit", "unknown", "part"
_SHARED = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "KATAKANA-HIRAGANA": "CJK", "IDEOGRAPHIC": "CJK"}
"""Japanese is written in three scripts at once."""


def is_garbled(text: str) -> bool:
    """Whether *text*, or two thirds of it, looks like no text, or like another one that was misread."""
    if len(text) <= 3 * _SAMPLE:
        return _is_none(text) or is_misread(text)
    middle = (len(text) - _SAMPLE) // 2
    samples = (text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:])
    return sum(_is_none(sample) or is_misread(sample) for sample in samples) > 1


def _is_none(sample: str) -> bool:
    kinds = [_kind(character) for character in sample]
    n_visible = sum(kind is not _SPACE for kind in kinds)
    if n_visible < _FEWEST:
        return False
    n_odd = 0
    before = _SPACE
    for kind in kinds:
        if kind is _PART:
            continue
        n_odd += kind in {_SIGN, _UNKNOWN} or _jars(before, kind)
        before = kind
    in_long_words = sum(len(word) for word in _LONG_WORD.findall(sample))
    return (
        n_odd > _MOST_DISORDER * n_visible
        or kinds.count(_UNKNOWN) > _MOST_UNKNOWN * n_visible
        or in_long_words > max(_TWO_ADDRESSES, _MOST_IN_LONG_WORDS * n_visible)
    )


def _jars(before: str, kind: str) -> bool:
    """Whether a character of this *kind* hardly ever follows one *before* it in a word."""
    if before == kind or {before, kind} & {_SPACE, _SIGN, _UNKNOWN}:
        return False
    # A capital may be followed by small letters of its script, and by nothing else.
    return not (before[0] == "^" and kind == before[1:])


@lru_cache(maxsize=4_096)
def _kind(character: str) -> str:
    """What sort of character it is; of a letter its script, a capital's with a “^” before it."""
    category = unicodedata.category(character)
    if character.isspace():
        return _SPACE
    if category in {"Cn", "Co", "Cs", "Cc"}:
        return _UNKNOWN
    if category[0] == "M" or category in {"Cf", "Lm"}:
        return _PART
    if category[0] == "N":
        return _DIGIT
    if category[0] != "L":
        return _SIGN
    script = unicodedata.name(character, "LETTER").split(" ")[0]
    return ("^" if category in {"Lu", "Lt"} else "") + _SHARED.get(script, script)
