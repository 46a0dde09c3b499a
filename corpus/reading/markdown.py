"""Markdown -> its metadata and its blocks, without the marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import regex
from markdown_it import MarkdownIt

from corpus.reading.blocks import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_FRONT_MATTER = regex.compile(r"\A\s*(?:---|\+\+\+)[ \t]*\n")
_SIGNS = regex.compile(r"^#{1,6} \S|\]\(https?://|^(?:```|~~~)", regex.MULTILINE)
_HEADING_KINDS: dict[str, Kind] = {"h1": "title"}


def is_markdown(text: str) -> bool:
    """Whether *text* has what only Markdown has: headings with #, links in brackets, fences."""
    return _SIGNS.search(text) is not None


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The metadata at the head of *text*, keys in small letters, and the rest of it."""
    if not _FRONT_MATTER.match(text):
        return {}, text
    import frontmatter  # with its YAML and TOML parsers, which few files need

    try:
        post = frontmatter.loads(text.lstrip())
    except Exception:  # whichever parser refuses it: then it is text
        return {}, text
    if not post.metadata:
        return {}, text
    return {str(key).lower(): _as_text(value) for key, value in post.metadata.items()}, post.content


def blocks(text: str) -> list[Block]:
    """The headings, paragraphs, list items, table rows and code of *text*, in order; pictures left out."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    return [block for block in _blocks(tokens) if block.text]


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    kind: Kind = "text"
    row: list[str] | None = None
    for token in tokens:
        match token.type:
            case "heading_open":
                kind = _HEADING_KINDS.get(token.tag, "heading")
            case "heading_close":
                kind = "text"
            case "tr_open":
                row = []
            case "tr_close":
                yield Block("text", " · ".join(cell for cell in row or () if cell))
                row = None
            case "inline" if row is not None:
                row.append(_words(token))
            case "inline":
                yield Block(kind, _words(token))
            case "fence" | "code_block":
                yield Block("text", regex.sub(r"\n\s*\n", "\n", token.content.strip()))


def _words(token: Token) -> str:
    """What a reader sees of an inline token, in one line."""
    parts: list[str] = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
    return " ".join("".join(parts).split(" ")).strip()


def _as_text(value: Any) -> str:  # YAML gives whatever its author wrote
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return "" if value is None else str(value)
