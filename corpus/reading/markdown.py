"""Markdown -> its metadata and its blocks, without the marks."""

from __future__ import annotations

import tomllib
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import regex
import yaml
from markdown_it import MarkdownIt

from corpus.reading.blocks import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_FRONT_MATTER = regex.compile(
    r"\A\s*(?P<fence>---|\+\+\+)[ \t]*\n(?P<body>.*?)(?:^|\n)(?P=fence)[ \t]*(?:\n|\Z)",
    regex.DOTALL | regex.MULTILINE,
)
_PLAIN_LINE = regex.compile(r"""^([A-Za-z_-]+)[ \t]*[:=][ \t]*+(?![\[{&*!|>])(.*?)[ \t]*$""", regex.MULTILINE)
_BREAK = regex.compile(r"<br\s*/?>", regex.IGNORECASE)
_SIGNS = regex.compile(r"^#{1,6} \S|\]\(https?://|^(?:```|~~~)", regex.MULTILINE)
_HEADING_KINDS: dict[str, Kind] = {"h1": "title"}


def is_markdown(text: str) -> bool:
    """Whether *text* has what only Markdown has: headings with #, links in brackets, fences."""
    return _SIGNS.search(text) is not None


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The metadata at the head of *text*, keys in small letters, and the rest of it.

    YAML between ---, TOML between +++. Only texts, and lists of them, are taken: not what is
    nested. Where the parser gives up, each line that reads `key: value` counts.
    """
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    try:
        parsed = tomllib.loads(match["body"]) if match["fence"] == "+++" else yaml.load(match["body"], _Texts)  # noqa: S506
    except (tomllib.TOMLDecodeError, yaml.YAMLError, RecursionError):
        parsed = dict(_PLAIN_LINE.findall(match["body"]))
    if not isinstance(parsed, dict) or not parsed:
        return {}, text
    read = {str(key).lower(): _as_text(value) for key, value in parsed.items()}
    flat = {key: value for key, value in read.items() if value is not None}
    return (flat, text[match.end() :].strip()) if flat else ({}, text)


class _Texts(yaml.SafeLoader):
    """YAML with every plain value a text: no Norwegian “no” is False, and no date is read here."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  # as PyYAML has it


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
            case "html_block":
                yield Block("text", _words_of_html(token.content))
            case "fence" | "code_block":
                yield Block("text", regex.sub(r"\n\s*\n", "\n", token.content.strip()))


def _words(token: Token) -> str:
    """What a reader sees of an inline token, in one line."""
    parts: list[str] = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"} or _BREAK.match(child.content):
            parts.append(" ")
    return " ".join("".join(parts).split(" ")).strip()


def _as_text(value: object) -> str | None:
    """A text, or a list of texts in one line; None for what is nested deeper."""
    if isinstance(value, str | int | float | date):
        return str(value).strip()
    if isinstance(value, list) and all(isinstance(item, str | int | float | date) for item in value):
        return ", ".join(str(item) for item in value)
    return None


class _Words(HTMLParser):
    """The words of a piece of HTML in Markdown, without scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self._hidden += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def _words_of_html(html: str) -> str:
    parser = _Words()
    parser.feed(html)
    parser.close()
    return " ".join("".join(parser.parts).split())
