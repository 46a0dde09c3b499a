"""Text -> terms, the units that are counted and compared; one function for articles and questions.

A word becomes a term by NFKC, case folding, a spelling that newspapers share, and the Snowball
stem of its language (https://snowballstem.org). Scripts that write no spaces are cut into pairs
(Chinese, Japanese) or triples (Thai) of characters.
"""

from __future__ import annotations

import threading
import unicodedata
from functools import cache
from importlib import resources
from typing import NamedTuple

import regex
import Stemmer

ANALYSIS_VERSION = 2
"""Raised whenever the same text would give other terms: libraries then analyse their articles anew."""

_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

_TOKEN = regex.compile(
    r"""
      (?P<pairs>[\p{Han}\p{Hiragana}\p{Katakana}ー々]+)
    | (?P<triples>(?:(?!\p{Nd})[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])+)
    | (?P<dotted>(?<![\p{L}\p{N}])(?:\p{Lu}\.){2,}(?:\p{Lu}(?![\p{L}\p{N}]))?(?:['’]\p{L}+)?)
    | (?P<number>\p{N}{1,3}(?:[,٬]\p{N}{3})+(?![\p{L}\p{N}]))
    | (?P<word>
        (?:\p{Nd}|(?![\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])[\p{L}\p{N}\p{M}])+
        (?:['’ʼ\u200d](?:(?![\p{Han}\p{Thai}])[\p{L}\p{M}])+)*)
    """,
    regex.VERBOSE,
)
_WRITTEN_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}'’\-]*")
_NO_SPACES = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
_PIECE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]{2}")
_APOSTROPHE = regex.compile("['’ʼ]")
_ELISION = frozenset({"c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"})
_ARABIC_MARKS = regex.compile(r"[\p{Mn}ـ]+")
_ARABIC_FORMS = str.maketrans("أإآٱىیکۀە", "ااااييكهه")
_PERSIAN_FORMS = str.maketrans("أإٱىيكۀةەؤ", "اااییکهههو")
_HINDI_FORMS = str.maketrans({"\u093c": None, "\u0901": "\u0902"})
"""Nukta and chandrabindu, which writers put or leave out (as Lucene's HindiNormalizer has it)."""
_ARABIC_SCRIPT = regex.compile(r"\p{Arabic}")


_FEWEST_SHOUTED = 3
"""Words from which a text in capitals is shouted and not a name: “WHO”, “THE WHO”."""


class Term(NamedTuple):
    """A term and the characters it stands on in the text."""

    term: str
    start: int
    end: int


class Word(NamedTuple):
    """A word in plain form, without its stem taken; `term` is empty for a stop word."""

    plain: str
    term: str
    start: int
    end: int


class Analyzer:
    """Turns text of one language into terms; for one thread at a time, as PyStemmer's stemmers are."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._stop_words = stop_words(language)
        stemmer = _STEMMERS.get(language)
        self._stem = Stemmer.Stemmer(stemmer).stemWord if stemmer else None

    def words(self, text: str) -> list[Word]:
        """The words of *text* in reading order, stop words among them; none where no word stands."""
        found: list[Word] = []
        shouts = text.isupper() and len(text.split()) >= _FEWEST_SHOUTED
        for match in _TOKEN.finditer(text):
            kind, start, end = match.lastgroup, match.start(), match.end()
            if kind == "pairs":
                found += _grams(text, start, end, 2)
            elif kind == "triples":
                found += _grams(text, start, end, 3)
            else:
                plain, term = self._word(match[0], kind, shouts=shouts)
                if plain:
                    found.append(Word(plain, term, start, end))
        return found

    def _word(self, word: str, kind: str | None, *, shouts: bool) -> tuple[str, str]:
        """The plain form and the term of *word*."""
        if kind == "number":
            plain = _plain(word.replace(",", "").replace("٬", ""))
            return plain, plain
        if kind == "dotted":
            word = word.replace(".", "")
        if _APOSTROPHE.search(word):
            word = _without_affixes(word, self.language)
        plain = _plain(word, self.language)
        # US, UN, WHO and IT are names in capitals and stop words in small letters.
        if kind != "dotted" and plain in self._stop_words and (shouts or len(word) < 2 or not word.isupper()):
            return plain, ""
        return plain, self._stemmed(plain)

    def _stemmed(self, plain: str) -> str:
        plain = spellings().get(plain, plain)
        stem = self._stem(plain) if self._stem else plain
        return stem.translate(_ARABIC_FORMS) if self.language == "ar" else stem


_analyzers = threading.local()


def analyzer(language: str) -> Analyzer:
    """This thread's analyzer for *language*."""
    known: dict[str, Analyzer] = _analyzers.__dict__
    if language not in known:
        known[language] = Analyzer(language)
    return known[language]


def words(text: str, language: str | None) -> list[Word]:
    """The words of *text*; without a known *language* (ISO 639-1) no stems and no stop words."""
    return analyzer(language or "und").words(text)


def analyse(text: str, language: str | None) -> list[Term]:
    """The terms of *text* in reading order, without its stop words."""
    return [Term(word.term, word.start, word.end) for word in words(text, language) if word.term]


def n_words(text: str) -> int:
    """How many words *text* has; two characters count as one where words are not parted by spaces."""
    unspaced = len(_NO_SPACES.findall(text))
    return len(_WRITTEN_WORD.findall(_NO_SPACES.sub(" ", text))) + (unspaced + 1) // 2


def is_piece(term: str) -> bool:
    """Whether *term* was cut from a text without spaces, and may be no word."""
    return _PIECE.match(term) is not None


@cache
def stop_words(language: str) -> frozenset[str]:
    """The words of *language* that say nothing about a topic; none where no list is shipped."""
    path = resources.files("corpus") / "stopwords" / f"{language}.txt"
    if not path.is_file():
        return frozenset()
    words = path.read_text(encoding="utf-8").split()
    return frozenset(part for word in words for part in _plain(word, language).split("\u200c"))


@cache
def asked_for(language: str) -> frozenset[str]:
    """The words of *language* that say what is asked for, in plain form; none where no list is shipped."""
    if language != "en":
        return frozenset()
    lines = (resources.files("corpus") / "forms" / "asked_for.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def spellings() -> dict[str, str]:
    """Spelling of a name -> the spelling that stands for all of them."""
    lines = (resources.files("corpus") / "spellings.txt").read_text(encoding="utf-8").splitlines()
    names = [line.split() for line in lines if line and not line.startswith("#")]
    return {variant: name for name, *variants in names for variant in variants}


def _without_affixes(word: str, language: str) -> str:
    """*word* without what an apostrophe joins to it: Russia’s, l’homme, Ankara’da. O’Brien becomes OBrien."""
    head, *tail = _APOSTROPHE.split(word)
    if language == "tr":
        return head
    if tail and head.casefold() in _ELISION and len(tail[-1]) > 1:
        head, tail = tail[0], tail[1:]
    if tail and tail[-1].casefold() in {"s", "t", "re", "ll", "ve", "d", "m"}:
        tail.pop()
    return head + "".join(tail)


@cache
def _digits(character: str) -> str:
    return str(unicodedata.digit(character, character))


def _plain(word: str, language: str = "") -> str:
    """*word* in the form in which two writings of it are equal, before its stem is taken."""
    if language == "tr":
        word = word.replace("İ", "i").replace("I", "ı")
    if word.isascii():
        return word.lower()
    # NFKC writes some signs out in several words, and terms are stored with spaces between them.
    word = unicodedata.normalize("NFKC", word).replace("\u200d", "").replace(" ", "")
    if _ARABIC_SCRIPT.search(word):
        word = _ARABIC_MARKS.sub("", word)
        # The Arabic stemmer needs the letters as they are written; Persian has no stemmer.
        word = (
            word.translate(_PERSIAN_FORMS) if language == "fa" else word.replace("ی", "ي").replace("ک", "ك")
        )
    elif language == "hi":
        word = word.translate(_HINDI_FORMS)
    if not word.isalpha():
        word = "".join(_digits(character) if character.isdigit() else character for character in word)
    return word.casefold()


def _grams(text: str, start: int, end: int, n: int) -> list[Word]:
    """Overlapping runs of *n* characters of ``text[start:end]``; the whole of it when it is shorter."""
    last = max(start + 1, end - n + 1)
    pieces = [(_plain(text[i : min(i + n, end)]), i, min(i + n, end)) for i in range(start, last)]
    return [Word(piece, piece, start, end) for piece, start, end in pieces]
