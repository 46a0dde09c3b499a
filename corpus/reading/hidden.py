"""A web page's tree -> the same without what the page hides, so that no answer quotes what nobody was shown.

What its style sheets hide is not known, and trafilatura passes over `display: none` by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element
    from lxml.html import HtmlElement

_NOT_DISPLAYED = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", regex.IGNORECASE)
_MOST = 0.5
"""Of a page's text. Some bring most of it hidden, and show it by a script."""
_ASIDE = regex.compile(r"(?:left|top|text-indent)\s*:\s*-\d{4,}", regex.IGNORECASE)
"""Far outside the window. What is transparent or of no size may be shown by a script in a moment."""


def drop(tree: HtmlElement) -> None:
    """Takes what is hidden out of *tree*, unless that is most of it."""
    found = list(_hidden(tree))
    if sum(map(_n_written, found)) <= _MOST * _n_written(tree):
        for element in found:
            element.drop_tree()


def is_not_displayed(element: _Element) -> bool:
    """Whether *element* says of itself, by its attribute or its style, that it is not displayed."""
    style = element.get("style") or ""
    return element.get("hidden") is not None or _NOT_DISPLAYED.search(style) is not None


def _hidden(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that are hidden, without those within others."""
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        if element is not tree and _is_hidden(element):
            yield element
            walk.skip_subtree()


def _is_hidden(element: HtmlElement) -> bool:
    return (
        element.tag == "template"
        or element.get("hidden", "until-found").casefold() != "until-found"
        or _ASIDE.search(element.get("style") or "") is not None
    )


def _n_written(element: HtmlElement) -> int:
    """How many characters of *element* are no program's."""
    programs = sum(len(one.text or "") for one in element.iter("script", "style"))
    return sum(map(len, element.itertext())) - programs
