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
_LINES_TO_NAME = 4
_MOST_WORDS_OF_NAME = 3
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
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
    """What stands beside a headline."""

    authors: tuple[str, ...] = ()
    """Each that may have written it, the likeliest first."""
    published: date | None = None


def find(lines: Sequence[Line], title: str, language: str) -> Byline:
    """Author and date near the line that is the *title*, or near the first headline of the page."""
    place = _headline(lines, title)
    near = [] if place is None else list(_near(lines, place))
    alone = () if place is None else _alone(lines, place, language)
    return Byline((*_authors(near), *alone, *_signed(lines)), _published(near, language))


def _headline(lines: Sequence[Line], title: str) -> int | None:
    """The place of the line that is the *title*, or of the page's first headline."""
    headlines = [place for place, line in enumerate(lines) if line.is_headline]
    titles = [place for place, line in enumerate(lines) if line.text == title]
    # The title may stand in a menu, or in the way that leads to the page, before it stands above the text.
    return next(iter([place for place in titles if place in headlines] or titles or headlines), None)


def _near(lines: Sequence[Line], place: int) -> Iterator[Line]:
    """A few lines above the headline and those below, up to where the article is under way."""
    n_paragraphs = 0
    for line in lines[max(0, place - _LINES_BEFORE) : place + _LINES_AFTER]:
        if terms.n_words(line.text) <= _MOST_WORDS_OF_LINE:
            yield line
        elif (n_paragraphs := n_paragraphs + 1) > _MOST_PARAGRAPHS:
            return


def _authors(near: Sequence[Line]) -> Iterator[str]:
    """Who is named with “by”, then who has a page of their own."""
    for place, line in enumerate(near):
        if byline := wording.BYLINE.match(line.text):
            yield byline[1].strip(" ,")
        elif (
            _BY_ALONE.fullmatch(line.text) and place + 1 < len(near) and _NAME.fullmatch(near[place + 1].text)
        ):
            yield near[place + 1].text
    yield from (line.author for line in near if _NAME.fullmatch(line.author))


def _alone(lines: Sequence[Line], place: int, language: str) -> Iterator[str]:
    """Who stands alone between the headline and the day; not a part of the site, which its menu names too."""
    below = lines[place + 1 :][:_LINES_TO_NAME]
    for number, line in enumerate(below):
        words = set(_WORD.findall(line.text.casefold()))
        if (
            _NAME.fullmatch(line.text)
            and line.text[0].isupper()  # where no letter is a capital, anything looks like a name
            and len(words) <= _MOST_WORDS_OF_NAME
            and _published(below[number + 1 :], language)
            and words.isdisjoint(
                _WORD.findall("\n".join(above.text for above in lines[: place + 1]).casefold())
            )
        ):
            yield line.text


def _signed(lines: Sequence[Line]) -> Iterator[str]:
    """Who wrote the page as its last lines may say, where nobody else is said to have written anything."""
    names = {byline[1].strip(" ,") for line in lines if (byline := wording.SIGNED.match(line.text))}
    if len(names) == 1:
        yield from names


def _published(near: Sequence[Line], language: str) -> date | None:
    """The first day named in a short line; that of a change only where no other is named."""
    dated = [line.text for line in near if _YEAR.search(line.text)][:_MOST_DATES_READ]
    for text in sorted(dated, key=lambda text: _CHANGED.search(text) is not None):
        found = dates.find(text, language)
        if found and terms.n_words(text) <= _MOST_WORDS_BESIDE_DATE + 4:
            return found.day
    return None
