"""What a reader makes of a file: blocks in reading order, and the article they join into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from corpus.article import Span
from corpus.reading.decode import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal["title", "heading", "text"]


class Block(NamedTuple):
    """One paragraph or heading."""

    kind: Kind
    text: str


def tidied(blocks: Iterable[Block]) -> list[Block]:
    """*blocks* with their texts as they are stored, those that hold nothing left out."""
    tidy_blocks = (Block(block.kind, tidy(block.text).strip()) for block in blocks)
    return [block for block in tidy_blocks if block.text]


def join(blocks: Iterable[Block]) -> tuple[str, tuple[Span, ...]]:
    """The article's text, its paragraphs parted by an empty line, and where its headings stand in it."""
    parts: list[str] = []
    headings: list[Span] = []
    start = 0
    for block in blocks:
        parts.append(block.text)
        if block.kind != "text":
            headings.append(Span(start, start + len(block.text)))
        start += len(block.text) + 2
    return "\n\n".join(parts), tuple(headings)
