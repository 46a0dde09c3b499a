"""A line of text -> the date it names, as people write dates."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import regex

from corpus import clock, language
from corpus.article import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_YEAR = regex.compile(r"\p{Nd}{4}")
_BUDDHIST_ERA = 543
_SETTINGS = {
    "STRICT_PARSING": True,
    "REQUIRE_PARTS": ["day", "month", "year"],
    "PARSERS": ["absolute-time"],
    "PREFER_LOCALE_DATE_ORDER": False,
    "RETURN_AS_TIMEZONE_AWARE": False,
}
_LATEST = timedelta(days=2)
"""A page's own clock may be ahead of ours, but not by more."""


class DateFound(NamedTuple):
    """A date and the characters it stands on."""

    day: date
    span: Span


def find(line: str, text_language: str = language.UNKNOWN) -> DateFound | None:
    """The first whole date in *line*; None without one.

    A date that means two days, such as 03/04/2020, is not guessed, nor is one to come.
    """
    if not _YEAR.search(line):
        return None
    first = _search(line, "DMY", text_language)
    if first is None or first != _search(line, "MDY", text_language):
        return None
    return first


def _search(line: str, order: str, text_language: str) -> DateFound | None:
    from dateparser.search import search_dates  # a fifth of a second, which only reading needs

    found: Sequence[tuple[str, datetime]] = (
        search_dates(line, languages=_languages(text_language), settings={**_SETTINGS, "DATE_ORDER": order})
        or ()
    )
    for words, moment in found:
        if not _YEAR.search(words):
            continue
        day = _in_common_era(moment.date(), text_language)
        if day <= clock.now().date() + _LATEST:
            start = line.index(words)
            return DateFound(day, Span(start, start + len(_without_zone(words))))
    return None


def _languages(text_language: str) -> list[str]:
    from dateparser.data.languages_info import language_order

    return [code for code in dict.fromkeys((text_language, "en")) if code in language_order]


def _without_zone(words: str) -> str:
    """*words* without capitals behind the year: dateparser takes the TRT of TRT World for Turkey's time."""
    return str(regex.sub(r"(?<=\p{Nd}{4})[\s,]+\p{Lu}{2,5}$", "", words))


def _in_common_era(day: date, text_language: str) -> date:
    if text_language == "th" and day.year > clock.now().year + _BUDDHIST_ERA // 2:
        return day.replace(year=day.year - _BUDDHIST_ERA)
    return day
