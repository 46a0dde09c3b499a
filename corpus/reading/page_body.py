"""A web page -> the blocks of its article: paragraphs, headings, list items, rows of tables, code."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import regex

from corpus import terms
from corpus.characters import clean
from corpus.reading.blocks import Block
from corpus.reading.wording import SENTENCE_END

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element
    from lxml.html import HtmlElement

    from corpus.reading.blocks import Kind

_BLOCKS = frozenset({"p", "head", "list", "item", "table", "row", "cell", "quote", "div", "body", "main"})
"""What stands on lines of its own in trafilatura's tree; all else is a part of a line."""
_BREAK = "\x1e"
"""A line's end that the page asks for; its own line ends are no more than spaces."""
_SPACE = regex.compile(r"[^\S\x1e]+")
_EMPTY_LINE = regex.compile(
    r"\s*\x1e\s*\x1e[\s\x1e]*"
    r"|(?<=[.!?…:;。！？؟।]['\"”’»」』)\]]*)\s*\x1e\s*(?!\p{Ll})"
    r"|\s*\x1e\s*(?=['\"“„«(]?[\p{Lu}\p{Nd}•–—-])"
)
"""Two line ends, or one where a sentence or a capital begins: pages part their paragraphs by either."""
_LINE_END = regex.compile(r"\s*\x1e\s*")
_LEAST_IN_COLUMN = 0.9
_FEWEST_IN_COLUMN = 3
"""Paragraphs: one that is long may stand in a table of facts."""
_MOST_TABLES_DEEP = 6
_FEWEST_WORDS_OF_SENTENCE = 8
"""Fewer are a line of the site, “All rights reserved.”"""
_INVISIBLE = regex.compile(r"[\u00ad\u200b\u2060\ufeff]")
MOST_WORDS_OF_HEADING = 30
"""Headings are not searched; more words than that are a paragraph that only looks like one."""


def blocks(tree: HtmlElement, url: str | None) -> list[Block]:
    """The article in *tree*, in reading order; empty where none is found."""
    from trafilatura import bare_extraction  # half a second, which only reading needs

    found = bare_extraction(tree, url=url, include_comments=False)
    body: Element | None = getattr(found, "body", None)
    return [] if body is None else list(_walk(_column_of_text(body)))


def _column_of_text(body: Element) -> Element:
    """The innermost cell of a table that nearly all sentences stand in, else *body*.

    Pages of old are laid out in tables: the other cells are menus, links and the site's name.
    """
    if next(_cells(body), None) is None:
        return body
    n_characters = sum(_sentences(body))
    found, inside = body, _cells(body)
    for _ in range(_MOST_TABLES_DEEP):
        columns = (
            cell
            for cell in inside
            if len(written := _sentences(cell)) >= _FEWEST_IN_COLUMN
            and sum(written) >= _LEAST_IN_COLUMN * n_characters
        )
        column = next(columns, None)
        if column is None:
            break
        found, inside = column, _cells(column)
    return found


def _cells(element: Element) -> Iterator[Element]:
    """The cells in *element*, without those within others."""
    for child in element:
        if child.tag == "cell":
            yield child
        else:
            yield from _cells(child)


def _sentences(element: Element) -> list[int]:
    """How long, in characters, each paragraph in *element* is that is written in sentences."""
    return [
        len(block.text)
        for block in _walk(element)
        if SENTENCE_END.search(block.text) and terms.n_words(block.text) >= _FEWEST_WORDS_OF_SENTENCE
    ]


def _walk(element: Element) -> Iterator[Block]:
    """The blocks in *element*. Those within others follow one another."""
    kind: Kind = "heading" if element.tag == "head" else "text"
    # What was preformatted comes as a quotation, its lines as they were.
    line_end = _BREAK if element.tag == "quote" else " "
    line = [(element.text or "").strip("\n").replace("\n", line_end)]
    for child in element:
        if _is_block(child):
            yield from _paragraphs(line, kind)
            yield from _block(child)
            line = []
        else:
            line.append(_inline(child))
        line.append((child.tail or "").replace("\n", line_end))
    yield from _paragraphs(line, kind)


def _is_block(element: Element) -> bool:
    if element.tag == "code":
        return "\n" in _all_text(element).strip()
    return element.tag in _BLOCKS


def _block(element: Element) -> Iterator[Block]:
    match element.tag:
        case "code":
            yield from _code(element)
        case "row":
            yield from _row(element)
        case _:
            yield from _walk(element)


def _code(element: Element) -> Iterator[Block]:
    """Its lines as they are, without the empty ones, which would part it into paragraphs."""
    lines = [line.rstrip() for line in clean(_all_text(element)).split("\n")]
    if text := "\n".join(line for line in lines if line):
        yield Block("text", _composed(text))


def _row(element: Element) -> Iterator[Block]:
    """The cells of a row in one line; a row that lays out a page gives what stands in its cells."""
    cells = [list(_walk(cell)) for cell in element]
    filled = [cell for cell in cells if cell]
    if len(filled) == 1 or any(len(cell) > 1 for cell in filled):
        for cell in filled:
            yield from cell
    elif filled:
        yield Block("text", " · ".join(cell[0].text.replace("\n", " ") for cell in filled))


def _all_text(element: Element) -> str:
    return "".join(map(str, element.itertext()))


def _inline(element: Element) -> str:
    if element.tag == "lb":
        return _BREAK
    inner = "".join(_inline(child) + (child.tail or "") for child in element)
    return f"{element.text or ''}{inner}"


def _paragraphs(line: Iterable[str], kind: Kind) -> Iterator[Block]:
    """The text of *line*: one block, or several where it is broken twice in a row."""
    text = _INVISIBLE.sub("", "".join(line))
    for part in _EMPTY_LINE.split(_SPACE.sub(" ", text)):
        words = _composed(clean(_LINE_END.sub("\n", part)).strip())
        if words:
            is_heading = kind == "heading" and terms.n_words(words) <= MOST_WORDS_OF_HEADING
            yield Block(
                "heading" if is_heading else "text", words.replace("\n", " ") if is_heading else words
            )


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
