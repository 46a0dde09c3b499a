"""The lines above and below an article -> its title, date, publisher, author and address."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from corpus import terms
from corpus.reading import dates, wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from corpus.reading.blocks import Block

_NEAR_HEAD, _NEAR_TAIL = 14, 14
_MOST_WORDS_BESIDE_DATE = 8
_MOST_WORDS_OF_NAME = 5
_MOST_WORDS_OF_HEADLINE = 25
_FEWEST_WORDS_OF_HEADLINE = 4
_MOST_WORDS_AROUND_ADDRESS = 16

_KEYS = {
    "title": ("title", "headline"),
    "author": ("author", "authors", "by", "byline"),
    "publisher": ("publisher", "source", "site"),
    "url": ("url", "link", "canonical"),
    "published": (
        "date", "published", "publish_date", "published_date", "publish date", "published date",
        "published_at", "published at", "published on", "pubdate",
    ),
    "language": ("language", "lang"),
}  # fmt: skip


@dataclass
class Facts:
    """What could be told of an article; None where nothing could."""

    title: str | None = None
    author: str | None = None
    url: str | None = None
    published: date | None = None
    publishers: Counter[str] = field(default_factory=Counter)
    """Each name that may be the publisher's, by how much speaks for it."""

    @property
    def publisher(self) -> str | None:
        return max(self.publishers, key=self.publishers.__getitem__, default=None)


def key_lines(blocks: Sequence[Block]) -> tuple[dict[str, str], list[Block]]:
    """The leading `Key: value` lines, keys in small letters, and the other blocks."""
    found: dict[str, str] = {}
    for place, block in enumerate(blocks):
        match = wording.KEY_VALUE.match(block.text)
        if not match:
            return found, list(blocks[place:])
        found.setdefault(match[1].lower(), match[2].strip())
    return found, []


def from_keys(keys: Mapping[str, str], language: str) -> Facts:
    """What front matter or `Key: value` lines say."""

    def value(name: str) -> str | None:
        return next((keys[key] for key in _KEYS[name] if keys.get(key)), None)

    written = value("published")
    found = dates.find(written, language) if written else None
    facts = Facts(title=value("title"), author=value("author"), published=found.day if found else None)
    if (address := value("url")) and wording.ADDRESS.match(address):
        facts.url = address
    if name := value("publisher"):
        facts.publishers[name] = 100
    return facts


def from_lines(head: Sequence[Block], tail: Sequence[Block], language: str) -> Facts:
    """What the lines around the article say: the first date above it, the publisher beside that."""
    facts = Facts()
    headlines: list[tuple[bool, bool, bool, int, str]] = []
    for place, block in enumerate(head[-_NEAR_HEAD:]):
        line = block.text
        if block.kind == "title":
            headlines.append((True, True, True, place, line))
        elif (found := dates.find(line, language)) and _is_dateline(line, found):
            facts.published = facts.published or found.day
            _read_dateline(f"{line[: found.span.start]} | {line[found.span.end :]}", facts)
        elif byline := wording.BYLINE.match(line):
            facts.author = facts.author or byline[1].strip(" ,")
        elif _may_be_headline(line) and not dates.looks_dated(line):
            n_words = terms.n_words(line)
            is_long = _FEWEST_WORDS_OF_HEADLINE <= n_words <= _MOST_WORDS_OF_HEADLINE
            headlines.append((False, is_long, not line.endswith("."), place, line))
    if headlines:
        facts.title = max(headlines)[-1]
    _read_notes([*tail[:_NEAR_TAIL], *head], facts)
    if facts.published is None:
        days = (
            dates.find(block.text, language)
            for block in tail[:6]
            if terms.n_words(block.text) <= _MOST_WORDS_AROUND_ADDRESS
        )
        facts.published = next((found.day for found in days if found), None)
    return facts


def _is_dateline(line: str, found: dates.DateFound) -> bool:
    """Whether *line* is about its date, and no headline that names one."""
    rest = line[: found.span.start] + line[found.span.end :]
    return terms.n_words(rest) <= _MOST_WORDS_BESIDE_DATE


def _read_dateline(line: str, facts: Facts) -> None:
    """The author and the publisher from what stands beside the date."""
    for part in regex.split(r"[|•·,;–—]|\s-\s", wording.AROUND_DATE.sub(" ", line)):
        name = part.strip(" :-–—|.()")
        if byline := wording.BYLINE.match(name):
            facts.author = facts.author or byline[1].strip(" ,")
        elif (
            1 <= terms.n_words(name) <= _MOST_WORDS_OF_NAME
            and not name[0].islower()
            and regex.search(r"\p{L}", name)
        ):
            facts.publishers[name] += 2


def _may_be_headline(line: str) -> bool:
    has_letters = regex.search(r"\p{L}", line) is not None
    return has_letters and not (
        wording.CAPTION.search(line) or wording.CHROME.match(line) or wording.ADDRESS.fullmatch(line)
    )


def _read_notes(blocks: Iterable[Block], facts: Facts) -> None:
    """`Source: X`, `More from X` and the address of the original."""
    for block in blocks:
        if (source := wording.SOURCE.match(block.text)) and not wording.ADDRESS.search(source[1]):
            facts.publishers[source[1].strip(" .")] += 5
        if more := wording.MORE_FROM.match(block.text):
            facts.publishers[more[1].strip(" .:")] += 1
        address = wording.ADDRESS.search(block.text)
        if address and not facts.url and terms.n_words(block.text) < _MOST_WORDS_AROUND_ADDRESS:
            facts.url = address[0].rstrip(".,;")
