"""A web page's tree -> the lines a reader sees, those of the site around the article too."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex
from lxml import etree

from corpus.reading.hidden import is_not_displayed
from corpus.reading.linked_data import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_LINES = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "button", "dd", "div", "dl", "dt",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "nav", "ol", "option", "p", "pre", "section", "table", "td", "th", "title", "tr", "ul",
})  # fmt: skip
_UNSEEN = frozenset(
    {"head", "script", "style", "template", "svg", "noscript", "iframe", "object", "datalist"}
)
_AUTHOR_PAGE = regex.compile(
    r"/(?:authors?|autore?s?|auteurs?|staff|profiles?|contributors?|journalists?|people)/", regex.IGNORECASE
)


class Line(NamedTuple):
    """One line. `author` is the text of a link in it that leads to an author's page."""

    text: str
    is_headline: bool = False
    author: str = ""


def lines(tree: HtmlElement) -> Iterator[Line]:
    """The lines of the page, in order, as they are read without its styles and scripts."""
    parts: list[str] = []
    is_headline, author = False, ""
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "start" and (element.tag in _UNSEEN or is_not_displayed(element)):
            walk.skip_subtree()
            continue
        if element.tag in _LINES:
            if text := plain(" ".join(parts)):
                yield Line(text, is_headline, author)
            parts, author = [], ""
            is_headline = event == "start" and element.tag == "h1"
        if event == "start":
            parts.append(element.text or "")
            if element.tag == "a" and not author and _leads_to_author(element):
                author = plain(" ".join(element.itertext()))
        else:
            parts.append(element.tail or "")
    if text := plain(" ".join(parts)):
        yield Line(text, is_headline, author)


def _leads_to_author(link: HtmlElement) -> bool:
    return "author" in (link.get("rel") or "") or _AUTHOR_PAGE.search(link.get("href") or "") is not None
