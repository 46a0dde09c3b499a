"""A web page and what was read of it -> what it looks like when it does not look like an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus import terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from corpus.article import PageState
    from corpus.reading.metadata import PageFacts

_FEW_WORDS = 60


def judge(tree: HtmlElement, facts: PageFacts, paragraphs: Sequence[str]) -> PageState | None:
    """What the page *tree*, read as *paragraphs*, looks like; None for an article."""
    n_words = sum(map(terms.n_words, paragraphs))
    if not n_words and next(tree.iter("script"), None) is not None:
        return "javascript"
    if n_words < _FEW_WORDS:
        return "short" if facts.is_free else "paywall"
    return None
