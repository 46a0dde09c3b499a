"""Where something was fetched -> what to call it, and what its article keeps of that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from corpus.reading.canonical import canonical

if TYPE_CHECKING:
    from corpus.article import Article, Origin

_LONGEST_NAME = 80


def host_of(link: str) -> str:
    """The site that *link* leads to, as far as it can be told; else the link."""
    try:
        return urlsplit(link).hostname or link
    except ValueError:
        return link


def name_of(origin: Origin) -> str:
    """What to call what was fetched: its site, and the end of its path, by which a file is known."""
    host, end = host_of(origin.link), unquote(urlsplit(origin.link).path).rsplit("/", 1)[-1]
    return f"{host}/{end[-_LONGEST_NAME:]}" if end and end.isprintable() else host


def fetched_from(origin: Origin, article: Article) -> Article:
    """*article*, which came from *origin*. The address that it claims counts on its own site alone."""
    return replace(article, url=canonical(origin.link, [article.url] if article.url else []), origin=origin)
