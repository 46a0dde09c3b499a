"""Whether a text was read in another encoding, or by another table of letters, than it was written in.

It is made of letters in words all the same: “РџР°СЂРѕРј” or “Ïàðîì” for “Паром”, and “7KH IHUU\\” for
“The ferry” where a PDF does not say which letters its font draws.
"""

from __future__ import annotations

import unicodedata

import regex

_READ_AS = (
    "cp1252", "latin-1", "cp1250", "cp1251", "cp1256", "cp437", "mac_roman", "gb18030",
)  # fmt: skip
"""What UTF-8 is taken for where a computer expects its own country's encoding."""
_FEWEST = 8
"""Letters, or words, that are wrong: fewer are quoted, or one name."""
_LEAST_SHARE = 0.005
"""Of all characters: German has twice as many umlauts, and English as many curly quotes."""
_NOT_ASCII = regex.compile(r"[^\p{ASCII}\s]+")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]{2,}")
_ACCENTS = regex.compile(r"[\u00c0-\u00ff]{4,}")
"""No language of Western Europe writes so; Russian or Arabic that is read as one does in every word."""
_INSIDE_OUT = regex.compile(r"(?=\p{Cyrillic})\p{Ll}\p{Lu}{2,}")
"""A capitalised word, and no mRNA, where one encoding of Russian has the capitals of the other small."""
_FEWEST_INSIDE_OUT = 4
_MOST_WITH_ACCENTS = 0.3
"""Of all words."""
_CAPITALISED = regex.compile(r"\p{Lu}\p{Ll}{2,}")
_VOWELS = frozenset("aeiouyıøæœ")
_FEWEST_LETTERS = 120
_LEAST_VOWELS = 0.25
"""Of Latin letters. English and German, which have few, have 0.37; letters that stand for others 0.22 at
most in most languages."""


def is_misread(text: str) -> bool:
    """Whether *text*, or much of it, seems to be another one."""
    return _was_utf8(text) or _has_odd_words(text) or _lacks_vowels(text)


def _was_utf8(text: str) -> bool:
    """Whether the letters above ASCII, written back as they were read, are letters of UTF-8."""
    odd = " ".join(_NOT_ASCII.findall(text))
    for codec in _READ_AS:
        again = odd.encode(codec, "replace").decode("utf-8", "replace")
        n_wrong = again.count("\ufffd") + again.count("?")
        n_right = sum(not character.isascii() for character in again) - again.count("\ufffd")
        if n_right >= max(_FEWEST, _LEAST_SHARE * len(text)) and n_right > 2 * n_wrong:
            return True
    return False


def _has_odd_words(text: str) -> bool:
    words = _WORD.findall(text)
    n_with_accents = sum(_ACCENTS.search(word) is not None for word in words)
    n_inside_out = sum(_INSIDE_OUT.fullmatch(word) is not None for word in words)
    n_capitalised = sum(_CAPITALISED.fullmatch(word) is not None for word in words)
    return n_with_accents >= max(_FEWEST, _MOST_WITH_ACCENTS * len(words)) or (
        n_inside_out >= max(_FEWEST_INSIDE_OUT, n_capitalised + 1)
    )


def _lacks_vowels(text: str) -> bool:
    """Whether it is in Latin letters and hardly any of them a vowel."""
    letters = [letter for letter in unicodedata.normalize("NFD", text.casefold()) if letter.isalpha()]
    latin = [letter for letter in letters if letter.isascii() or letter in _VOWELS]
    if len(latin) < max(_FEWEST_LETTERS, len(letters) / 2):
        return False
    return sum(letter in _VOWELS for letter in latin) < _LEAST_VOWELS * len(latin)
