"""A word, a number or a sign -> the form in which all its writings are equal, before a stem is taken."""

from __future__ import annotations

import unicodedata
from functools import cache

import regex

HIDDEN = "\u00ad\u061c\u180e\u200b\u200d-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
"""What shows nothing inside a word, for a set in a pattern: where it may be parted, which way it runs."""
APOSTROPHES = "'‘’ʼʻʿ"
HYPHENS = "\\-‐‑–"
"""For a set in a pattern."""
SEPARATORS = ".,٫٬\u00a0\u2009\u202f"
"""Between the digits of one number."""

_HIDDEN = regex.compile(f"[{HIDDEN}\u200c]")
_APOSTROPHE = regex.compile(f"[{APOSTROPHES}]")
_SEPARATOR = regex.compile(f"[{SEPARATORS}]")
_ELISION = frozenset({"c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"})

_ARABIC_SCRIPT = regex.compile(r"\p{Arabic}")
_ARABIC_MARKS = regex.compile(r"[\p{Mn}ـ]+")
_ARABIC_FORMS = str.maketrans("أإآٱىیکۀە", "ااااييكهه")
_PERSIAN_FORMS = str.maketrans("أإٱىيكۀةەؤ", "اااییکهههو")
_HINDI_MARKS = str.maketrans({"\u093c": None, "\u0901": "\u0902"})
"""Nukta and chandrabindu, which writers put or leave out, as Lucene's HindiNormalizer has it."""
_HINDI_NASAL = regex.compile(r"[ङञणनम]्(?=[क-ह])")
"""Written as a dot as well: हिन्दी, हिंदी (R@1 .912 -> .917)."""
_ENGLISH_PLURAL = regex.compile(r"(?<=\p{L}\p{M}*[\p{L}--[क]]\p{M}*)्स$", regex.V1)
"""Of loan words, ह्यूगनॉट्स, but not where it is an x (.910 -> .912)."""
_HINDI_VOWELS = str.maketrans("ीूईऊ", "िुइउ")
"""Long and short, which are written for each other in names (.917 -> .918)."""
_STEM_FORMS = {"ar": _ARABIC_FORMS, "hi": _HINDI_VOWELS}

_FOLDED_FIRST = frozenset({"en", "es"})
"""Languages whose accents go before the stem: a foreign name's in English, the stress in Spanish.

R@1 .7933 -> .7944 and .9232 -> .9265; Spanish typed without accents .915 -> .927.
"""
_FOLDED_LAST = frozenset({"ca", "fr", "it", "pt"})
"""Those whose stemmer needs them, and which are typed without, as Lucene's light stemmers have it.

Elsewhere an accent makes another letter: folding loses in Vietnamese and Russian.
"""
_LATIN_ACCENTS = regex.compile(r"(?<=\p{Latin})\p{Mn}+")
_LATIN_FORMS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)

_DECIMAL_COMMA = {
    "bg", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "id", "it", "lt", "lv", "nl",
    "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi",
}  # fmt: skip
_SIGNS = {
    "%": {"en": "percent", "de": "prozent", "es": "ciento", "fr": "cent", "ru": "процент", "tr": "yüzde",
          "fa": "درصد", "hi": "प्रतिशत"},
    "$": {"en": "dollar", "de": "dollar", "es": "dólar", "fr": "dollar", "ru": "доллар", "tr": "dolar",
          "ar": "دولار", "fa": "دلار", "hi": "डॉलर"},
    "€": {"en": "euro", "de": "euro", "es": "euro", "fr": "euro", "ru": "евро", "tr": "avro",
          "ar": "يورو", "fa": "یورو", "hi": "यूरो"},
    "£": {"en": "pound", "de": "pfund", "es": "libra", "fr": "livre", "ru": "фунт", "tr": "sterlin",
          "ar": "جنيه", "fa": "پوند", "hi": "पाउंड"},
    "¥": {"en": "yen", "de": "yen", "es": "yen", "fr": "yen", "ru": "иена", "tr": "yen"},
    "₹": {"en": "rupee", "de": "rupie", "es": "rupia", "fr": "roupie", "ru": "рупия", "tr": "rupi",
          "hi": "रुपये"},
}  # fmt: skip
"""How a sign is said, so that “12 %” and “12 percent” are one."""


def plain(word: str, language: str = "") -> str:
    """*word* in the form in which two writings of it are equal, before its stem is taken."""
    if language == "tr":
        word = word.replace("İ", "i").replace("I", "ı")
    if word.isascii():
        return word.lower()
    # NFKC writes some signs out in several words, and terms are stored with spaces between them.
    word = unicodedata.normalize("NFKC", _HIDDEN.sub("", word)).replace(" ", "")
    if _ARABIC_SCRIPT.search(word):
        word = _ARABIC_MARKS.sub("", word)
        # The Arabic stemmer needs the letters as they are written; Persian has no stemmer.
        word = (
            word.translate(_PERSIAN_FORMS) if language == "fa" else word.replace("ی", "ي").replace("ک", "ك")
        )
    elif language == "hi":
        word = _HINDI_NASAL.sub("ं", _ENGLISH_PLURAL.sub("", word.translate(_HINDI_MARKS)))
    if not word.isalpha():
        word = digits(word)
    word = word.casefold()
    return without_accents(word) if language in _FOLDED_FIRST else word


def stemmed(stem: str, language: str) -> str:
    """What is left to make equal in a *stem* of *language*."""
    if language in _STEM_FORMS:
        return stem.translate(_STEM_FORMS[language])
    return without_accents(stem) if language in _FOLDED_LAST else stem


def without_accents(word: str) -> str:
    """*word* with plain Latin letters: Erdogan for Erdoğan. Other scripts keep their marks."""
    if word.isascii():
        return word
    bare = _LATIN_ACCENTS.sub("", unicodedata.normalize("NFD", word))
    return unicodedata.normalize("NFC", bare).translate(_LATIN_FORMS)


def without_affixes(word: str, language: str) -> str:
    """*word* without what an apostrophe joins to it: Russia’s, l’homme, Ankara’da. O’Brien becomes OBrien."""
    if not _APOSTROPHE.search(word):
        return word
    head, *tail = _APOSTROPHE.split(word)
    if language == "tr":
        return head
    if head.casefold() in _ELISION and len(tail[-1]) > 1:
        head, tail = tail[0], tail[1:]
    if tail and tail[-1].casefold() in {"s", "t", "re", "ll", "ve", "d", "m"}:
        tail.pop()
    return head + "".join(tail)


def number(written: str, language: str) -> str | None:
    """One number as digits and a point: 1204 for “1,204” (German “1.204”), 3.5 for “3.5” (“3,5”).

    None for several numbers, such as a date or an address.
    """
    whole, *parts = _SEPARATOR.split(written)
    marks = _SEPARATOR.findall(written)
    has_decimal_comma = language in _DECIMAL_COMMA
    fraction = ""
    # “1,204” may be meant as in English wherever a comma marks decimals.
    is_whole = has_decimal_comma and _are_groups(whole, parts)
    if marks[-1] in {"٫", "," if has_decimal_comma else "."} and not is_whole:
        fraction = "." + parts.pop()
        marks.pop()
    if parts and not (len(set(marks)) == 1 and _are_groups(whole, parts)):
        return None
    return digits(whole + "".join(parts) + fraction)


def _are_groups(whole: str, parts: list[str]) -> bool:
    """Whether digits are grouped as in 1,204,000 or, in India, 12,04,000."""
    *middle, last = map(len, parts)
    return len(whole) <= 3 and digits(whole) != "0" and last == 3 and set(middle) in ({2}, {3}, set())


def sign(written: str, language: str) -> str | None:
    """The word that is said for a sign, or for “per cent”; None where no word is known."""
    mark = "%" if written not in _SIGNS else written
    return _SIGNS[mark].get(language)


def digits(text: str) -> str:
    """*text* with the digits of any script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(_digit(character) if character.isdigit() else character for character in text)


@cache
def _digit(character: str) -> str:
    return str(unicodedata.digit(character, character))
