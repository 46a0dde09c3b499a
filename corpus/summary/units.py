"""An article's passages -> its units, the pieces that can be shown: a sentence, or those of one quotation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import chain
from typing import TYPE_CHECKING

import regex

from corpus import terms
from corpus.article import Sentence, Span
from corpus.summary import quotations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus.article import Passage

FEWEST_WORDS = 5
"""Shorter sentences say nothing by themselves."""

_MARKS = r"""[\p{Pi}\p{Pf}\p{Ps}„"'‘\-–—•*·\s]*"""
_END = regex.compile(r"""[.!?…。！？｡।॥؟۔።։](?:[\p{Pf}\p{Pi}\p{Pe}"'’“*]|\[\d+\]|\s)*$""")
_LAST_CHARACTERS = 24
_NO_FULL_STOP = frozenset({"th", "lo", "km", "my"})
"""Languages that write none."""
_SITE_SPEAKS = (
    "getty images", "file photo", "all rights reserved", "javascript", "cookie policy", "our newsletter",
    "sign up for", "sign up to", "subscribe to", "subscribe now", "click here", "log in to", "scroll down",
    "read more", "photo by", "image copyright", "privacy policy", "terms of use", "terms of service",
    "follow us on", "follow us @", "follow him on", "follow her on", "story continues", "contributed to this",
    "reporting by", "editing by", "share this", "this article was", "this article has", "this story was",
    "this story has", "this post was", "this post has", "alle rechte vorbehalten", "tous droits réservés",
    "derechos reservados", "все права защищены", "tüm hakları saklıdır", "جميع الحقوق محفوظة", "版权所有",
    "無断転載", "http://", "https://", "www.", "©", "|",
)  # fmt: skip
_LABEL = regex.compile(
    r"(?:(?:photo|image|picture|caption|credit|video|watch|related|see also|source|foto|bild|imagen|фото|图片"
    r"|写真)\s*[:：]|file\b.{0,12}[-–—]|by \p{Lu}\S+ \p{Lu}\S+\W*$)",
    regex.IGNORECASE,
)
_CREDIT = regex.compile(
    r"\((?:[^()]*/[^()]*|[^()]*\b(?:photo|ap|reuters|afp)\b[^()]*)\)\W*$", regex.IGNORECASE
)
_LONGEST_CREDIT = 120
_ADDRESS = regex.compile(r"[\w.]+@\w+\.\w")
_BRACKETS = {")": "(", "]": "[", "）": "（"}
_BRACKET = regex.compile(r"[()\[\]（）]")
_IN_BRACKETS = regex.compile(r"\s*[(（\[]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of an article that is shown whole or not at all."""

    span: Span
    """In characters of the article's text."""
    terms: tuple[str, ...]
    n_sentences: int
    follows: int | None
    """The place among the units of the one before it in the same paragraph; None for a paragraph's first."""
    n_words: int
    is_unbroken: bool
    """It holds no half of a quotation."""
    stands: bool
    """It is a whole sentence of the article's own, no caption, byline or boilerplate, no half quotation."""
    leans: bool
    """It opens with a pronoun or a connective, so it can only be shown right behind the one it follows."""


def of(text: str, passages: Iterable[Passage], language: str, *, needs_end: bool = False) -> list[Unit]:
    """The units of an article in its order. Together they hold every sentence of *passages* once.

    A paragraph is a hard boundary: no unit reaches over its end. Where no sentence ends with a
    mark at all, as in a list, a missing mark does not count against any, unless each *needs_end*.
    """
    paragraphs = list(_paragraphs(text, passages))
    found: list[Unit] = []
    for place, sentences in enumerate(paragraphs):
        behind = paragraphs[place + 1][0].span.start if place + 1 < len(paragraphs) else None
        goes_on = behind is not None and quotations.opens_at(text, behind)
        found += _of_paragraph(text, sentences, language, len(found), goes_on=goes_on)
    if not needs_end and not any(unit.stands for unit in found):
        return [_without_end(text, unit, language) for unit in found]
    return found


def leans(words: str, language: str) -> bool:
    """Whether a sentence opens with what points back; a word in capitals is a name: IT, US."""
    pattern = _leaning(language)
    match = pattern.match(words) if pattern else None
    return match is not None and not (match[1].isupper() and len(match[1]) > 1)


def _stands(words: str, language: str, *, needs_end: bool = True) -> bool:
    """Whether *words* are a sentence of an article's own, from its beginning to its end."""
    if words.isupper() or _is_boilerplate(words) or not _are_paired(words):
        return False
    return not needs_end or language in _NO_FULL_STOP or _END.search(words[-_LAST_CHARACTERS:]) is not None


def _without_end(text: str, unit: Unit, language: str) -> Unit:
    """*unit*, of a text in which no sentence ends."""
    is_enough = unit.is_unbroken and unit.n_words >= FEWEST_WORDS
    words = text[slice(*unit.span)]
    return replace(unit, stands=is_enough and _stands(words, language, needs_end=False))


def _is_boilerplate(words: str) -> bool:
    """Whether a caption, a byline or the site around an article speaks."""
    plain = words.casefold()
    return (
        any(phrase in plain for phrase in _SITE_SPEAKS)
        or _LABEL.match(words) is not None
        or (")" in words and _CREDIT.search(words[-_LONGEST_CREDIT:]) is not None)
        or ("@" in words and _ADDRESS.search(words) is not None)
    )


def _paragraphs(text: str, passages: Iterable[Passage]) -> Iterator[list[Sentence]]:
    """The sentences of each paragraph, in characters of *text*; a passage may hold several tiny ones."""
    paragraph: list[Sentence] = []
    position = -1
    for passage in passages:
        for sentence in passage.sentences:
            start, end = sentence.span
            at = Span(passage.span.start + start, passage.span.start + end)
            between = text[paragraph[-1].span.end : at.start] if paragraph else ""
            is_apart = passage.position != position or between.strip() or between.count("\n") > 1
            if paragraph and is_apart:
                yield paragraph
                paragraph = []
            paragraph.append(Sentence(at, sentence.terms))
            position = passage.position
    if paragraph:
        yield paragraph


def _of_paragraph(
    text: str, sentences: Sequence[Sentence], language: str, n_before: int, *, goes_on: bool
) -> Iterator[Unit]:
    spans = [sentence.span for sentence in sentences]
    joined = quotations.joined(text, spans, goes_on=goes_on)
    for number, (first, stop, is_unbroken) in enumerate(joined):
        span = Span(spans[first].start, spans[stop - 1].end)
        words = text[slice(*span)]
        yield Unit(
            span=span,
            terms=tuple(chain.from_iterable(sentence.terms for sentence in sentences[first:stop])),
            n_sentences=stop - first,
            follows=n_before + number - 1 if number else None,
            n_words=(n_words := terms.n_words(words)),
            is_unbroken=is_unbroken,
            stands=is_unbroken and n_words >= FEWEST_WORDS and _stands(words, language),
            leans=leans(words, language),
        )


def _are_paired(words: str) -> bool:
    """Whether each bracket of *words* opens or closes with another."""
    is_open: list[str] = []
    for bracket in _BRACKET.findall(words):
        if bracket not in _BRACKETS:
            is_open.append(bracket)
        elif not is_open or is_open.pop() != _BRACKETS[bracket]:
            return False
    return not is_open


@cache
def _leaning(language: str) -> regex.Pattern[str] | None:
    """The pattern of *language*'s openings that lean; None where no list is shipped."""
    lines = (resources.files("corpus.summary") / "leaning.txt").read_text(encoding="utf-8").splitlines()
    lists = dict(line.split(": ", 1) for line in lines if line and not line.startswith("#"))
    if language not in lists:
        return None
    openings = sorted((one.strip() for one in lists[language].split(",")), key=len, reverse=True)
    written = [
        regex.escape(one[:-1]) if one.endswith("*") else rf"{regex.escape(one)}(?![\p{{L}}\p{{M}}\p{{N}}])"
        for one in openings
    ]
    return regex.compile(rf"{_MARKS}({'|'.join(written)})", regex.IGNORECASE)
