"""A web page and what was read of it -> what it looks like when it does not look like an article."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import regex

from corpus import terms
from corpus.reading import state_wording as wording
from corpus.reading import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from corpus.article import PageState
    from corpus.reading.metadata import PageFacts

# In words; two characters count as one where words are not parted by spaces.
_FEW_WORDS = 100
_MOST_OF_REFUSAL = 150
_MOST_OF_REFUSED_PAGE = 200
"""With everything that stands around the refusal."""
_MOST_OF_CONSENT = 350
_MOST_OF_OPENING = 300
"""Before a paywall. A longer text is an article, whatever it says about subscribers."""

_SHARE_ABOUT_CONSENT = 0.6
_LAST_PARAGRAPHS = 4
_MOST_LINES = 1_000
_LONGEST_LINE = 1_000
"""In characters: what a page says of itself, it says in few."""
_CAPTCHA = regex.compile(
    r"captcha|challenges\.cloudflare|challenge-platform|perimeterx|px-cloud|datadome|funcaptcha",
    regex.IGNORECASE,
)
_MOUNTED = {"root", "app", "__next", "__nuxt", "react-root", "main-app", "svelte"}
"""Where scripts put a page that is made in the browser."""


def judge(tree: HtmlElement, facts: PageFacts, paragraphs: Sequence[str]) -> PageState | None:
    """What the page *tree*, read as *paragraphs*, looks like; None for an article.

    Only a page with few words can be anything else: an article about robots, cookies or
    subscriptions has more to say than the page it writes about.
    """
    n_words = terms.n_words("\n".join(paragraphs))  # of all at once, as the article counts: halves add up
    if n_words > _MOST_OF_CONSENT:
        return None
    paragraphs = [paragraph[:_LONGEST_LINE] for paragraph in paragraphs]
    text = "\n".join(paragraphs)
    lines = [line.text[:_LONGEST_LINE] for line in islice(visible.lines(tree), _MOST_LINES)]
    page = "\n".join([facts.title, *lines])
    if _is_refusal(tree, facts.title, text, page):
        return "blocked"
    if _is_about_consent(paragraphs, n_words, page):
        return "consent"
    if n_words < _FEW_WORDS and _needs_scripts(tree, page):
        return "javascript"
    if _is_opening(facts, paragraphs, n_words, page):
        return "paywall"
    return "short" if n_words < _FEW_WORDS else None


def _is_refusal(tree: HtmlElement, title: str, text: str, page: str) -> bool:
    n_words, n_on_page = terms.n_words(text), terms.n_words(page)
    if n_words <= _MOST_OF_REFUSAL and wording.BLOCKED.search(f"{title}\n{text}"):
        return True
    if n_on_page > _MOST_OF_REFUSED_PAGE:
        return False
    return wording.BLOCKED.search(page) is not None or (n_words < _FEW_WORDS // 2 and _has_captcha(tree))


def _has_captcha(tree: HtmlElement) -> bool:
    sources = (
        element.get("src") or element.get("id") or "" for element in tree.iter("iframe", "script", "div")
    )
    return any(_CAPTCHA.search(source) for source in sources)


def _is_about_consent(paragraphs: Sequence[str], n_words: int, page: str) -> bool:
    """Whether most of what was read is about cookies; of a page without an article, of what stands on it."""
    asked = paragraphs if n_words else page.split("\n")
    n_asked = sum(terms.n_words(line) for line in asked)
    n_about = sum(terms.n_words(line) for line in asked if wording.CONSENT.search(line))
    return (
        n_about > 0 and n_about >= _SHARE_ABOUT_CONSENT * n_asked and wording.CHOICE.search(page) is not None
    )


def _needs_scripts(tree: HtmlElement, page: str) -> bool:
    """Whether the page says so, or is a hull that scripts fill."""
    unseen = " ".join("".join(element.itertext()) for element in tree.iter("noscript"))
    if wording.JAVASCRIPT.search(f"{page}\n{unseen[:_LONGEST_LINE]}"):
        return True
    has_scripts = next(tree.iter("script"), None) is not None
    is_hull = any(
        (element.get("id") or "").lower() in _MOUNTED for element in tree.iter("div", "main", "section")
    )
    return has_scripts and (
        terms.n_words(page) < _FEW_WORDS // 3 or (is_hull and terms.n_words(page) < _FEW_WORDS)
    )


def _is_opening(facts: PageFacts, paragraphs: Sequence[str], n_words: int, page: str) -> bool:
    """Whether a text stops where a subscription is asked for."""
    if n_words > _MOST_OF_OPENING:
        return False
    if wording.PAYWALL.search("\n".join(paragraphs[-_LAST_PARAGRAPHS:])):
        return True
    # The page around it asks too, and that of every free article: there it takes more.
    says_so = wording.PAYWALL.search(page) is not None
    if n_words < _FEW_WORDS:
        return says_so or not facts.is_free
    is_cut = "".join(paragraphs).rstrip().endswith(("…", "..."))
    return says_so and (is_cut or not facts.is_free)
