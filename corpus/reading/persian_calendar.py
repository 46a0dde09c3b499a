"""A line of text -> the date it names in the solar calendar of Iran and Afghanistan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from persiantools.jdatetime import MONTH_NAMES_FA, JalaliDate

from corpus.article import Span

if TYPE_CHECKING:
    from datetime import date

_YEARS = range(1250, 1500)
"""Of newspapers that are dated so: 1871 to 2121. No page is as old as these years are in the West."""
_IRANIAN = {str(name): number for number, name in enumerate(MONTH_NAMES_FA) if name}
_AFGHAN = "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت"
_MONTHS = _IRANIAN | {name: number for number, name in enumerate(_AFGHAN.split(), 1)}
_AS_IN_ARABIC = str.maketrans("ىي", "یی")
"""Many keyboards have the Arabic letter: تير for تیر."""
_IN_WORDS = regex.compile(
    rf"\b(?<day>\p{{Nd}}{{1,2}})\s+(?<month>{'|'.join(_MONTHS)})(?:\s?ماه)?\s*[،,]?\s+(?:سال\s+)?(?<year>\p{{Nd}}{{4}})\b"
)
"""12 تیر 1399, ۱۲ تیرماه سال ۱۳۹۹."""
_IN_FIGURES = regex.compile(
    r"(?<![\p{Nd}/.-])(?<year>\p{Nd}{4})(?<sign>[/.-])(?<month>\p{Nd}{1,2})\g<sign>(?<day>\p{Nd}{1,2})(?![\p{Nd}/.-]\p{Nd}|\p{Nd})"
)
"""1399/04/12: the year stands first, and so its parts are never mistaken for each other."""


def find(line: str) -> tuple[date, Span] | None:
    """The first whole date of this calendar in *line*, as the West counts, and where it stands."""
    plain = line.translate(_AS_IN_ARABIC)
    in_line = (*_IN_WORDS.finditer(plain), *_IN_FIGURES.finditer(plain))
    for match in sorted(in_line, key=lambda match: match.start()):
        month = _MONTHS.get(match["month"]) or int(match["month"])
        if day := day_of(int(match["year"]), month, int(match["day"])):
            return day, Span(*match.span())
    return None


def day_of(year: int, month: int, day: int) -> date | None:
    """The day as the West counts; None where this calendar has no such day, or *year* is not of it."""
    if year not in _YEARS:
        return None
    try:
        found = JalaliDate(year, month, day)  # type: ignore[no-untyped-call]
    except ValueError:
        return None
    western: date = found.to_gregorian()
    return western
