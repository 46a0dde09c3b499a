"""Blocks and what is known of them -> the article, and the lines that are left out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus import language
from corpus.article import Article, Reading
from corpus.reading import masthead
from corpus.reading.blocks import join

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpus.reading import prose
    from corpus.reading.blocks import Block


def article(blocks: Sequence[Block], run: prose.Run, keys: Mapping[str, str], detected: str) -> Reading:
    """The article that *run* is of *blocks*, with what *keys* and the lines around it say."""
    said = masthead.from_keys(keys, detected)
    around = masthead.from_lines(run.head, run.tail, detected)
    title = said.title or first_title(blocks) or around.title or _heading_above(run.body) or ""
    shown = _below_title(run, title) or run.body or blocks
    text, headings = join(shown)
    code = language.code(keys.get("language") or keys.get("lang") or "")
    article = Article(
        title=title,
        text=text,
        headings=headings,
        url=said.url or around.url,
        publisher=said.publisher or around.publisher,
        author=said.author or around.author,
        published=said.published or around.published,
        language=code if language.is_known(code) else detected,
    )
    kept = {block.text for block in shown} | {title}
    return Reading(article, tuple(block.text for block in blocks if block.text not in kept))


def _below_title(run: prose.Run, title: str) -> list[Block]:
    """The body of *run* without the *title* above it; the same line further down is of the text."""
    places = [place for place, block in enumerate(run.body) if block.text == title]
    is_above = any(block.text == title for block in run.head)
    if not places or (is_above and places[0] > 0):
        return list(run.body)
    return [*run.body[: places[0]], *run.body[places[0] + 1 :]]


def first_title(blocks: Sequence[Block]) -> str | None:
    return next((block.text for block in blocks[:4] if block.kind == "title"), None)


def _heading_above(body: Sequence[Block]) -> str | None:
    """The first line of an article without any head, when it reads as a headline."""
    if (
        len(body) > 1
        and not body[0].text.rstrip().endswith((".", "!", "…", "。"))
        and len(body[0].text) < 200
    ):
        return body[0].text
    return None
