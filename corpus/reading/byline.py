"""The lines around a web page's headline -> who wrote it, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex

from corpus import terms
from corpus.reading import dates, wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from corpus.reading.visible import Line

_LINES_BEFORE, _LINES_AFTER = 4, 16
_MOST_WORDS_OF_LINE = 25
"""A longer one is a paragraph."""
_MOST_PARAGRAPHS = 3
_MOST_WORDS_BESIDE_DATE = 8
_MOST_DATES_READ = 4
_NAME = regex.compile(r"(?:[\p{Lu}\p{Lo}][\p{L}\p{M}.'’-]*(?:\s+|$)){2,5}")
_YEAR = regex.compile(r"\p{Nd}{4}")
_CHANGED = regex.compile(
    r"updat|modifi|review|aktualisiert|actualizad|mis à jour|güncel|обновл|تحديث|روزرسانی|更新|अपडेट|อัปเดต",
    regex.IGNORECASE,
)
_BY_ALONE = regex.compile(
    r"(?:written\s+|words\s+|text\s+|posted\s+|article\s+)?by\s*:?$|authors?\s*:?$|von$|par$|por$",
    regex.IGNORECASE,
)


class Byline(NamedTuple):
    """What stands beside a headline; None for what does not."""

    author: str | None = None
    published: date | None = None


def find(lines: Sequence[Line], title: str, language: str) -> Byline:
    """Author and date near the line that is the *title*, or near the first headline of the page."""
    near = list(_near_headline(lines, title))
    return Byline(_author(near), _published(near, language))


def _near_headline(lines: Sequence[Line], title: str) -> Iterator[Line]:
    """A few lines above the headline and those below, up to where the article is under way."""
    places = [place for place, line in enumerate(lines) if line.text == title] or [
        place for place, line in enumerate(lines) if line.is_headline
    ]
    if not places:
        return
    n_paragraphs = 0
    for line in lines[max(0, places[0] - _LINES_BEFORE) : places[0] + _LINES_AFTER]:
        if terms.n_words(line.text) <= _MOST_WORDS_OF_LINE:
            yield line
        elif (n_paragraphs := n_paragraphs + 1) > _MOST_PARAGRAPHS:
            return


def _author(near: Sequence[Line]) -> str | None:
    for place, line in enumerate(near):
        if byline := wording.BYLINE.match(line.text):
            return byline[1].strip(" ,")
        if _BY_ALONE.fullmatch(line.text) and place + 1 < len(near) and _NAME.fullmatch(near[place + 1].text):
            return near[place + 1].text
    return next((line.author for line in near if _NAME.fullmatch(line.author)), None)


def _published(near: Sequence[Line], language: str) -> date | None:
    """The first day named in a short line; that of a change only where no other is named."""
    dated = [line.text for line in near if _YEAR.search(line.text)][:_MOST_DATES_READ]
    for text in sorted(dated, key=lambda text: _CHANGED.search(text) is not None):
        found = dates.find(text, language)
        if found and terms.n_words(text) <= _MOST_WORDS_BESIDE_DATE + 4:
            return found.day
    return None
