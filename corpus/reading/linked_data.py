"""The JSON-LD in a web page -> its nodes, and the one that is the article (https://schema.org/Article)."""

from __future__ import annotations

import html
import json
from collections import deque
from typing import TYPE_CHECKING, Any, TypeAlias

import regex

from corpus.characters import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

Node: TypeAlias = dict[str, Any]

_MOST_NODES = 5_000
_MOST_NAMES = 30
_ARTICLE = regex.compile(r"(?:Article|Posting|Report|Recipe|HowTo|Review|Guide)$")
_FACTS = ("headline", "author", "datePublished")
_WRAPPING = ("//", "<!--", "<![CDATA[", "-->", "]]>", ";")
_LONGEST = 5_000
"""Characters of a title or a name that are looked at."""
_TRAILING_COMMA = regex.compile(r",\s*+(?=[}\]])")
_RAW = regex.compile(r'"(headline|datePublished)"\s*+:\s*+"((?:[^"\\]|\\.){1,500}+)"')
_MARKUP = regex.compile(r"<[^<>]*>")
_SPACE = regex.compile(r"\s+")


def nodes(tree: HtmlElement) -> list[Node]:
    """Every object in the page's JSON-LD, outer ones first. What is no JSON gives its headline and date."""
    found: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            found += _objects(_parsed(script.text or ""), _MOST_NODES - len(found))
    return found


def article(found: Sequence[Node]) -> Node:
    """The one of the nodes *found* that tells most of an article; an empty one without any."""
    articles = [node for node in found if _is_article(node)] or [
        node for node in found if node.get("headline") and node.get("author")
    ]
    return max(articles, key=lambda node: sum(bool(node.get(fact)) for fact in _FACTS), default={})


def names(value: Any, found: Sequence[Node]) -> list[str]:
    """The names in *value*: texts, objects with a name, or with the @id of one of the nodes *found*."""
    named: list[str] = []
    waiting = deque([value])
    while waiting and len(named) < _MOST_NAMES:
        one = waiting.popleft()
        if isinstance(one, list):
            waiting.extend(one[:_MOST_NAMES])
        elif isinstance(one, str):
            named.append(plain(one))
        elif isinstance(one, dict):
            own = one.get("name") or next(
                (node["name"] for node in found if node.get("@id") == one.get("@id") and node.get("name")),
                None,
            )
            waiting.extend([own] if isinstance(own, str | list) else [])
    return named


def name(value: Any, found: Sequence[Node]) -> str | None:
    """The first of the `names` in *value*."""
    return next(iter(names(value, found)), None)


def plain(value: Any) -> str:
    """*value* in one line without markup; empty for what is no text."""
    if not isinstance(value, str):
        return ""
    return str(_SPACE.sub(" ", clean(_MARKUP.sub("", html.unescape(value[:_LONGEST])))).strip())


def _is_article(node: Node) -> bool:
    kinds = node.get("@type")
    named = any(
        isinstance(kind, str) and _ARTICLE.search(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )
    # Customers review products, and say no more of the page than their own names.
    return named and (kinds != "Review" or bool(node.get("headline")))


def _parsed(text: str) -> Any:
    for attempt in (text, _TRAILING_COMMA.sub("", _unwrapped(text))):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    raw = dict(reversed(_RAW.findall(text)))  # the first of each
    return {"@type": "Article", **raw} if raw else None


def _unwrapped(text: str) -> str:
    """*text* without the comment marks that hid it from browsers of old."""
    for _ in _WRAPPING:
        text = text.strip()
        for mark in _WRAPPING:
            text = text.removeprefix(mark).removesuffix(mark)
    return text


def _objects(parsed: Any, most: int) -> Iterator[Node]:
    """The objects in *parsed*, *most* of them at most, breadth first: the page's own stand outside."""
    waiting = deque([parsed])
    while waiting and most > 0:
        one = waiting.popleft()
        if isinstance(one, dict):
            most -= 1
            yield one
            waiting.extend(value for value in one.values() if isinstance(value, dict | list))
        elif isinstance(one, list):
            waiting.extend(value for value in one[:_MOST_NODES] if isinstance(value, dict | list))
