"""Clean HTML, such as Word files and books are made of -> blocks, in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from lxml import etree

from corpus.reading.blocks import Block, Kind
from corpus.reading.hidden import is_not_displayed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_HEADINGS: dict[str, Kind] = {
    "h1": "title", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
}  # fmt: skip
_ENDS_LINE = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "li", "main", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "ul", *_HEADINGS,
}  # fmt: skip
_HIDDEN = {
    "head", "script", "style", "template", "nav", "svg", "math", "object", "iframe", "audio", "video",
    "button", "select", "textarea", "rt", "rp",
}  # fmt: skip
_CELLS = {"td", "th"}
_SPACE = regex.compile(r"[ \t\n\r\f]+")
_NOTE_MARK = regex.compile(r"[\s\[\](){}]*(?:\d{1,3}|[*†‡§¶↑↩︎^a-z])[\s\[\](){}]*")
"""What leads to a footnote, or back from one."""


def blocks(root: _Element) -> list[Block]:
    """The paragraphs, headings, list items and table rows under *root*, without marks of footnotes."""
    reader = _Reader()
    hidden: _Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        is_tag = isinstance(element.tag, str)
        if event == "start" and hidden is None:
            if not is_tag or _is_hidden(element):
                hidden = element
                continue
            reader.start(_name(element))
            reader.add(element.text)
        elif event == "end":
            if hidden is None:
                reader.end(_name(element))
            elif hidden is element:
                hidden = None
            if hidden is None and element is not root:
                reader.add(element.tail)
        elif event in {"comment", "pi"} and hidden is None:
            reader.add(element.tail)
    reader.end_line()
    return reader.blocks


def _is_hidden(element: _Element) -> bool:
    is_whole = _name(element) in {"html", "body"}  # a chapter that hides all of itself shows it by a script
    if _name(element) in _HIDDEN or (not is_whole and is_not_displayed(element)):
        return True
    is_mark = _name(element) == "a" and "#" in (element.get("href") or "")
    return is_mark and _NOTE_MARK.fullmatch("".join(_texts(element))) is not None


def _texts(element: _Element) -> Iterator[str]:
    for text in element.itertext():
        yield str(text)


def _name(element: _Element) -> str:
    """The tag without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


class _Reader:
    """Gathers what is read in one line until an element ends it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._line: list[str] = []
        self._row: list[str] = []
        self._kinds: list[Kind] = []
        self._rows = 0
        self._breaks = 0

    def start(self, name: str) -> None:
        if name == "br":
            self._breaks += 1
            self.add("\n")
            if self._breaks > 1:  # an empty line: what looks like a paragraph is one
                self.end_line()
            return
        if name in _ENDS_LINE or name == "tr":
            self.end_line()
        if name in _HEADINGS:
            self._kinds.append(_HEADINGS[name])
        if name == "tr":
            self._append(" · ".join(self._row))  # of a row around this one
            self._rows += 1
            self._row = []

    def end(self, name: str) -> None:
        if name in _CELLS and self._rows:
            self.end_line()
        elif name == "tr":
            self.end_line()
            self._rows -= 1
            self._append(" · ".join(self._row))
            self._row = []
        elif name in _ENDS_LINE:
            self.end_line()
        if name in _HEADINGS and self._kinds:
            self._kinds.pop()

    def add(self, text: str | None) -> None:
        if text:
            if text.strip():
                self._breaks = 0
            self._line.append(text)

    def end_line(self) -> None:
        line = _SPACE.sub(" ", "".join(self._line)).strip()
        self._line, self._breaks = [], 0
        if line and self._rows:
            self._row.append(line)
        else:
            self._append(line)

    def _append(self, line: str) -> None:
        if line:
            self.blocks.append(Block(self._kinds[-1] if self._kinds else "text", line))
