"""A line of text -> the date it names, as people write dates."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import regex

from corpus import clock, language
from corpus.article import Span
from corpus.reading import persian_calendar

if TYPE_CHECKING:
    from collections.abc import Sequence

_YEAR = regex.compile(r"\p{Nd}{4}")
_BUDDHIST_YEAR = regex.compile(r"\b2[45]\d\d\b")
_BUDDHIST_ERA = 543
_PERSIAN = frozenset({"fa", language.UNKNOWN})
_DOTTED = regex.compile(r"\p{Nd}{1,2}\.\s?\p{Nd}{1,2}\.\s?\p{Nd}{4}")
"""02.07.2020: but in English, who writes a date with full stops writes the day first."""
_FIGURES = regex.compile(r"\b\p{Nd}{1,2}[./-]\s?\p{Nd}{1,2}[./-]\s?\p{Nd}{2,4}\b")
_DAY_AND_YEAR = regex.compile(r"\b\p{Nd}{1,2}\.?\s+\p{L}{3,}\.?,?\s+\p{Nd}{4}\b")
_MOST_OF_DATELINE = 60
_MOST_CHARACTERS = 300
"""A longer line is no dateline, and dateparser would take long over it."""
_SETTINGS = {
    "STRICT_PARSING": True,
    "REQUIRE_PARTS": ["day", "month", "year"],
    "PARSERS": ["absolute-time"],
    "PREFER_LOCALE_DATE_ORDER": False,
    "RETURN_AS_TIMEZONE_AWARE": False,
}
_FIRST = date(1600, 1, 1)
"""Before there were newspapers: a smaller year is one of another calendar, most often the lunar one."""
_LATEST = timedelta(days=2)
"""A page's own clock may be ahead of ours, but not by more."""


class DateFound(NamedTuple):
    """A date and the characters it stands on."""

    day: date
    span: Span


def find(line: str, text_language: str = language.UNKNOWN) -> DateFound | None:
    """The first whole date in *line*; None without one.

    A date that means two days, such as 03/04/2020, is not guessed, nor is one to come. Of other
    calendars the Thai year and the Persian one are known.
    """
    if len(line) > _MOST_CHARACTERS or not _YEAR.search(line):
        return None
    if text_language in _PERSIAN and (found := persian_calendar.find(line)) and _may_be(found[0]):
        return DateFound(*found)
    first = _search(line, "DMY", text_language)
    if first is None or (text_language != "en" and _DOTTED.search(line, *first.span)):
        return first
    return first if first == _search(line, "MDY", text_language) else None


def looks_dated(line: str) -> bool:
    """Whether a short *line* is about a date, even one that cannot be told."""
    return len(line) <= _MOST_OF_DATELINE and bool(_FIGURES.search(line) or _DAY_AND_YEAR.search(line))


def _search(line: str, order: str, text_language: str) -> DateFound | None:
    from dateparser.search import search_dates  # a fifth of a second, which only reading needs

    plain = _plain(line, text_language)
    settings = {**_SETTINGS, "DATE_ORDER": order}
    try:
        found: Sequence[tuple[str, datetime]] = (
            search_dates(plain, languages=_languages(text_language), settings=settings) or ()
        )
    except (ValueError, OverflowError):  # a 29 February that never was is dateparser's own mistake
        return None
    for words, moment in found:
        span = _span_of(_without_zone(words), plain)
        if span and _YEAR.search(words) and _may_be(moment.date()):
            return DateFound(moment.date(), span)
    return None


def _may_be(day: date) -> bool:
    return _FIRST <= day <= clock.now().date() + _LATEST


def _plain(line: str, text_language: str) -> str:
    """*line*, character for character, in the form that dateparser reads."""
    line = regex.sub(r"\s", " ", line)
    line = regex.sub(r"(?<=\p{L})\.(?=\s*\p{Nd})", " ", line)  # 2 Jul. 2020
    line = regex.sub(r"\b1er\b", "1  ", line)  # 1er janvier
    if text_language == "th":
        line = _BUDDHIST_YEAR.sub(lambda year: str(int(year[0]) - _BUDDHIST_ERA), line)
    return str(line)


def _span_of(words: str, line: str) -> Span | None:
    """Where *words* stand in *line*, whatever space lies between them."""
    pattern = r"\s+".join(regex.escape(word) for word in words.split())
    match = regex.search(pattern, line) if pattern else None
    return Span(*match.span()) if match else None


def _languages(text_language: str) -> list[str]:
    from dateparser.data.languages_info import language_order

    return [code for code in dict.fromkeys((text_language, "en")) if code in language_order]


def _without_zone(words: str) -> str:
    """*words* without capitals behind the year: dateparser takes the TRT of TRT World for Turkey's time."""
    return str(regex.sub(r"(?<=\p{Nd}{4})[\s,]+\p{Lu}{2,5}$", "", words))
