"""Text -> terms, the units that are counted and compared; one function for articles and questions.

A word becomes a term by NFKC, case folding, a spelling that newspapers share, and the Snowball
stem of its language (https://snowballstem.org). Scripts that write no spaces are cut into pairs
(Chinese, Japanese) or triples (Thai) of characters.
"""

from __future__ import annotations

import re
import threading
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import regex
import Stemmer

from corpus import codes, writing
from corpus.remembered import LONGEST, Remembered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

ANALYSIS_VERSION = 5
"""Raised whenever the same text would give other terms or sentences: articles are analysed anew then."""

_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}ー々ｰﾞﾟ"
_SOUTHEAST = r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_LETTER = rf"(?:[[\p{{L}}\p{{M}}\p{{N}}]--[{_UNSPACED}{_SOUTHEAST}]]|\p{{Nd}})"
_HIDDEN = rf"(?:[{writing.HIDDEN}]|(?<!\p{{Arabic}})\u200c)"
"""In Persian a joiner that shows nothing parts words."""
# A match begins where the last one ended, so none begins inside a word.
_PATTERN = rf"""
      (?P<pairs>[{_UNSPACED}]+(?:{_HIDDEN}+[{_UNSPACED}]+)*)
    | (?P<triples>[[{_SOUTHEAST}]--\p{{Nd}}]+)
    | (?P<dotted>(?:\p{{Lu}}\.)+(?:(?<=\.\w\.)|\p{{Lu}}(?!{_LETTER}))
        (?:[{writing.APOSTROPHES}]\p{{L}}+)?)
    | (?P<number>\p{{Nd}}++(?:[{writing.SEPARATORS}]\p{{Nd}}+)+(?=UNIT?(?!{_LETTER})))
    | (?P<scaled>\p{{Nd}}++(?=UNIT(?!{_LETTER})))
    | (?P<sign>[%٪$€£¥₹]|per[ ]cent(?!{_LETTER}))
    | (?P<code>[\p{{L}}\p{{M}}]{{1,9}}+[{writing.HYPHENS}]?\p{{Nd}}{{1,4}}+(?!{_LETTER}))
    NAMES
    | (?P<word>{_LETTER}+(?:{_HIDDEN}*[{writing.APOSTROPHES}]?{_HIDDEN}*{_LETTER}+)*)
""".replace("UNIT", "(?:bn|mn|tn|km|kg)")
_NAMES = {
    "en": rf"""
    | (?P<name>(?:us(?<=\bthe\s..)|who(?<=\bthe\s...))(?!{_LETTER})|us(?=-\p{{L}})|[ue]\.[kns]\b\.?)
    | (?P<joined>(?i:co|re|e|non)[{writing.HYPHENS}]\p{{L}}+(?!{_LETTER}))
    """
}
"""English: “the us”, “us-backed” and “u.s.” are a name in small letters too; “co-operate” is “cooperate”."""
_PART_OF_CODE = regex.compile(r"\p{Nd}+|[\p{L}\p{M}]+")
_DIGITS = regex.compile(r"\p{Nd}+")
_WRITTEN_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}'’\-]*")
_NO_SPACES = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
_PIECE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]{2}")
_CHARACTER = regex.compile(rf"[{_UNSPACED}][ﾞﾟ]?")
_HAN = regex.compile(r"\p{Han}")

_FEWEST_SHOUTED = 3
"""Words from which a text in capitals is shouted and not a name: “WHO”, “THE WHO”."""
_REMEMBERED = 10_000
"""Words whose terms an analyzer remembers: most of a question are among them."""
_PIECES_REMEMBERED = 1 << 16
"""What stood between spaces, 30 MB of a language at most: of 50 pieces in a text 49 are among them."""
_LANGUAGES_REMEMBERED = 8
"""Twice as many as are written in one place, for texts in capitals."""
_NO_PART = ',;:?!()"“”«»،؛؟'
"""Of no word, and with no say in what is one: a piece is the same without them."""
_SPACE_IN_NUMBER = re.compile("[\u00a0\u2009\u202f]")
_BETWEEN_SPACES = re.compile(r"\S+")
_AFTER_THE = re.compile(r"the\s(?:us|who)(?![a-z])")
"""Of the tokens only `sign`, `number` and `name` look at more than what stands between two spaces."""


class Term(NamedTuple):
    """A term and the characters it stands on in the text."""

    term: str
    start: int
    end: int


class Word(NamedTuple):
    """A word in plain form, without its stem taken; `term` is empty for a stop word.

    A single character of Chinese that pairs hold too has no `plain`: it is searched, and is no word.
    """

    plain: str
    term: str
    start: int
    end: int


class Indexed(NamedTuple):
    """What a text of an article is found by, in reading order."""

    terms: tuple[str, ...]
    words: tuple[str, ...]
    """In plain form, stop words among them."""
    term_codes: bytes
    word_codes: bytes


_Piece: TypeAlias = tuple[str, str, bytes, bytes]
"""The same of what stands between two spaces, terms and words parted by spaces. No class: the collector of
garbage passes plain tuples by."""


class Analyzer:
    """Turns text of one language into terms; for one thread at a time, as PyStemmer's stemmers are."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._stop_words = stop_words(language)
        self._token = _token(language)
        stemmer = _STEMMERS.get(language)
        self._stem = Stemmer.Stemmer(stemmer).stemWord if stemmer else None
        self._word = lru_cache(_REMEMBERED)(self._read)

    def words(
        self, text: str, *, with_characters: bool = False, shouts: bool | None = None
    ) -> Iterator[Word]:
        """The words of *text* in reading order, stop words among them; none where no word stands.

        *with_characters* gives single Chinese characters too, those of a run behind its pairs. *shouts*
        says whether the text stands among others in capitals; without it the text itself does.
        """
        return self._tokens(text, _shouts(text) if shouts is None else shouts, with_characters)

    def indexed(self, text: str) -> Indexed:
        """The words of *text* and their terms, single Chinese characters among them.

        Where no word can reach over a space, what stands between two is read once and remembered:
        that is twenty times as fast.
        """
        shouts = _shouts(text)
        if _reaches_over_space(text, self.language):
            return self.indexed_whole(text, shouts)
        found = list(map(_pieces(self.language, shouts).__getitem__, text.split()))
        if not found:
            return Indexed((), (), b"", b"")
        terms, words, term_codes, word_codes = zip(*found, strict=True)
        return Indexed(
            tuple(" ".join(terms).split()),
            tuple(" ".join(words).split()),
            b"".join(term_codes),
            b"".join(word_codes),
        )

    def indexed_whole(self, text: str, shouts: bool) -> Indexed:
        """The same of any text, and nothing remembered; *shouts* where all around it is in capitals too."""
        found = list(self._tokens(text, shouts, with_characters=True))
        terms = tuple(word.term for word in found if word.term)
        words = tuple(word.plain for word in found if word.plain)
        return Indexed(terms, words, codes.terms(terms), codes.words(words))

    def piece(self, text: str, shouts: bool) -> _Piece:
        """What a *text* without spaces is found by."""
        if text.isascii() and text.isalpha():  # nothing but a word, as seven of ten are
            plain, term = self._word(text, not shouts)
            return term, plain, codes.terms(term.split()), codes.words(plain.split())
        terms, words, term_codes, word_codes = self.indexed_whole(text, shouts)
        return " ".join(terms), " ".join(words), term_codes, word_codes

    def _tokens(self, text: str, shouts: bool, with_characters: bool) -> Iterator[Word]:
        for match in self._token.finditer(text):
            kind, start, end = match.lastgroup, match.start(), match.end()
            match kind:
                case "word":
                    plain, term = self._word(match[0], not shouts)
                    if plain:
                        yield Word(plain, term, start, end)
                case "pairs":
                    yield from _pairs(text, start, end, with_characters=with_characters)
                case "triples":
                    yield from _triples(text, start, end)
                case "number":
                    yield from self._number(match[0], start)
                case "code":
                    yield from self._code(match[0], start, not shouts)
                case "sign":
                    if said := writing.sign(match[0], self.language):
                        yield Word(said, self._stemmed(said), start, end)
                case _:
                    plain = self._name(match[0])
                    yield Word(plain, self._stemmed(plain), start, end)

    def _read(self, word: str, keeps_capitals: bool) -> tuple[str, str]:
        """The plain form and the term of *word*, the latter empty for a stop word."""
        word = writing.without_affixes(word, self.language)
        plain = writing.plain(word, self.language)
        # US, UN, WHO and IT are names in capitals and stop words in small letters.
        is_name = keeps_capitals and len(word) > 1 and word.isupper()
        return plain, "" if plain in self._stop_words and not is_name else self._stemmed(plain)

    def _name(self, written: str) -> str:
        """What is no stop word in plain form: U.S., “the us”, co-operate."""
        joined = regex.sub(f"[.{writing.HYPHENS}]", "", written)
        return writing.plain(writing.without_affixes(joined, self.language), self.language)

    def _number(self, written: str, start: int) -> Iterator[Word]:
        if one := writing.number(written, self.language):
            yield Word(one, one, start, start + len(written))
            return
        for part in _DIGITS.finditer(written):
            plain = writing.digits(part[0])
            yield Word(plain, plain, start + part.start(), start + part.end())

    def _code(self, written: str, start: int, keeps_capitals: bool) -> Iterator[Word]:
        """F-35 and F35: each part and the whole, all standing on the whole."""
        parts = [self._word(part, keeps_capitals) for part in _PART_OF_CODE.findall(written)]
        whole = "".join(plain for plain, _ in parts)
        for plain, term in (*parts, (whole, whole)):
            if plain:
                yield Word(plain, term, start, start + len(written))

    def _stemmed(self, plain: str) -> str:
        plain = spellings().get(plain, plain)
        return writing.stemmed(self._stem(plain) if self._stem else plain, self.language)


@cache
def _token(language: str) -> regex.Pattern[str]:
    """What a term is made of, in *language*."""
    return regex.compile(_PATTERN.replace("NAMES", _NAMES.get(language, "")), regex.VERBOSE | regex.V1)


_analyzers = threading.local()


def analyzer(language: str) -> Analyzer:
    """This thread's analyzer for *language*."""
    known: dict[str, Analyzer] = _analyzers.__dict__
    if language not in known:
        known[language] = Analyzer(language)
    return known[language]


@lru_cache(_LANGUAGES_REMEMBERED)
def _pieces(language: str, shouts: bool) -> Remembered[_Piece]:
    """Piece without spaces -> what it is found by."""

    def read(piece: str) -> _Piece:
        bare = piece.strip(_NO_PART)
        return pieces[bare] if bare != piece else analyzer(language).piece(piece, shouts)

    pieces = Remembered(read, _PIECES_REMEMBERED)
    return pieces


def words(text: str, language: str | None) -> list[Word]:
    """The words of *text*; without a known *language* (ISO 639-1) no stems and no stop words."""
    known = language or "und"
    if _reaches_over_space(text, known):
        return list(analyzer(known).words(text))
    shouts = _shouts(text)
    return [
        Word(word.plain, word.term, piece.start() + word.start, piece.start() + word.end)
        for piece in _BETWEEN_SPACES.finditer(text)
        for word in _words_of(piece[0], known, shouts)
    ]


def indexed(text: str, language: str | None) -> Indexed:
    """What *text* of an article is found by: its `words`, and single characters.

    A question in Chinese or Japanese is searched by its pairs, but may be of one character.
    """
    return analyzer(language or "und").indexed(text)


def _reaches_over_space(text: str, language: str) -> bool:
    """Whether a word of *text* may be another because of what stands behind a space."""
    return (
        "per cent" in text
        or (not text.isascii() and _SPACE_IN_NUMBER.search(text) is not None)
        or (language == "en" and _AFTER_THE.search(text) is not None)
    )


def _shouts(text: str) -> bool:
    return text.isupper() and len(text.split()) >= _FEWEST_SHOUTED


def analyse(text: str, language: str | None) -> list[Term]:
    """The terms of *text* in reading order, without its stop words."""
    return [Term(word.term, word.start, word.end) for word in words(text, language) if word.term]


def standing(wanted: AbstractSet[str], text: str, language: str | None) -> list[Term]:
    """Those of the terms of *text* that are *wanted*, as `analyse` gives them.

    Only the pieces between spaces that hold one are read, where that can be told by a piece alone.
    """
    known = language or "und"
    if _reaches_over_space(text, known):
        return [term for term in analyse(text, language) if term.term in wanted]
    shouts = _shouts(text)
    pieces = _pieces(known, shouts)
    places = []
    for piece in set(text.split()):
        held = pieces[piece][0]
        if held in wanted or (" " in held and not wanted.isdisjoint(held.split())):
            places += [(start, piece) for start in _starts(piece, text)]
    return [
        Term(word.term, start + word.start, start + word.end)
        for start, piece in sorted(places)
        for word in _words_of(piece, known, shouts)
        if word.term in wanted
    ]


def _words_of(piece: str, language: str, shouts: bool) -> tuple[Word, ...]:
    return (
        _words_of_short(piece, language, shouts) if len(piece) <= LONGEST else _read(piece, language, shouts)
    )


def _read(piece: str, language: str, shouts: bool) -> tuple[Word, ...]:
    return tuple(analyzer(language).words(piece, shouts=shouts))


_words_of_short = lru_cache(_REMEMBERED)(_read)


def _starts(piece: str, text: str) -> Iterator[int]:
    """Where *piece* stands in *text* between two spaces."""
    at = text.find(piece)
    while at >= 0:
        end = at + len(piece)
        if text[at - 1 : at].strip() == "" == text[end : end + 1].strip():
            yield at
        at = text.find(piece, end)


def n_words(text: str) -> int:
    """How many words *text* has; two characters count as one where words are not parted by spaces."""
    return (sum(map(_half_words.__getitem__, text.split())) + 1) // 2


def _n_half_words(piece: str) -> int:
    """Two for each word of a piece without spaces, and one for a character that no space parts."""
    n_unspaced = len(_NO_SPACES.findall(piece))
    spaced = _NO_SPACES.sub(" ", piece) if n_unspaced else piece
    return 2 * len(_WRITTEN_WORD.findall(spaced)) + n_unspaced


_half_words = Remembered(_n_half_words, _PIECES_REMEMBERED)


def is_piece(term: str) -> bool:
    """Whether *term* was cut from a text without spaces, and may be no word."""
    return _PIECE.match(term) is not None


def is_character(term: str) -> bool:
    """Whether *term* is a single Chinese character."""
    return len(term) == 1 and _HAN.match(term) is not None


@cache
def stop_words(language: str) -> frozenset[str]:
    """The words of *language* that say nothing about a topic; none where no list is shipped."""
    path = resources.files("corpus") / "stopwords" / f"{language}.txt"
    if not path.is_file():
        return frozenset()
    words = path.read_text(encoding="utf-8").split()
    return frozenset(part for word in words for part in writing.plain(word, language).split("\u200c"))


@cache
def asked_for(language: str) -> frozenset[str]:
    """The words of *language* that say what is asked for, in plain form; none where no list is shipped."""
    lines = (resources.files("corpus") / "forms" / "asked_for.txt").read_text(encoding="utf-8").splitlines()
    found = next((line for line in lines if line.startswith(f"{language} ")), "")
    return frozenset(writing.plain(word, language) for word in found.split()[1:])


@cache
def spellings() -> dict[str, str]:
    """Spelling of a name -> the spelling that stands for all of them."""
    lines = (resources.files("corpus") / "spellings.txt").read_text(encoding="utf-8").splitlines()
    names = [line.split() for line in lines if line and not line.startswith("#")]
    return {variant: name for name, *variants in names for variant in variants}


def _pairs(text: str, start: int, end: int, *, with_characters: bool) -> Iterator[Word]:
    """Overlapping pairs of ``text[start:end]``, or the single character that it is."""
    # A half-width kana and its mark are one character.
    spans = [match.span() for match in _CHARACTER.finditer(text, start, end)]
    for (first, _), (_, last) in pairwise(spans) if len(spans) > 1 else [(spans[0], spans[0])]:
        piece = writing.plain(text[first:last])
        yield Word(piece, piece, first, last)
    if with_characters and len(spans) > 1:
        for first, last in spans:
            if _HAN.match(text, first):
                yield Word("", writing.plain(text[first:last]), first, last)


def _triples(text: str, start: int, end: int) -> Iterator[Word]:
    """Overlapping triples of ``text[start:end]``; the whole of it when it is shorter."""
    for first in range(start, max(start + 1, end - 2)):
        last = min(first + 3, end)
        piece = writing.plain(text[first:last])
        yield Word(piece, piece, first, last)
