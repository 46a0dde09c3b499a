"""A page of a PDF -> its lines of text and where they stand."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from contextlib import closing
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2.raw as c

from corpus.reading.layout import HYPHEN, Line, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

_GAP = 1.1
"""Of a letter's height: more than this between two letters parts columns, and not words."""
_LEAST_OVERLAP = 0.3
_HYPHENS = {0x02, 0xFFFE}
"""What stands for a hyphen at the end of a line."""
_BREAKS = {0x00, 0x0A, 0x0D}
_NO_LETTERS = {0x85, 0xA0, 0x2028, 0x2029, 0x3000, *range(0x2000, 0x200B), *range(0x21), *_HYPHENS}
_BOLD = 600
_SKEW = 0.2
"""In radians: what is turned further than this is no line of the text, such as a stamp along the edge."""
_MEASURED = 40


class _Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def with_(self, other: _Box) -> _Box:
        return _Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def is_on_line_of(self, other: _Box) -> bool:
        overlap = min(self.top, other.top) - max(self.bottom, other.bottom)
        return overlap >= _LEAST_OVERLAP * min(self.height, other.height)

    def gap_to(self, other: _Box) -> float:
        """What lies between, whichever stands first; less than nothing where they overlap."""
        return max(self.left - other.right, other.left - self.right)


def read_page(page: Any) -> Page:
    """The lines of *page*, upright, in the order of the file. Raises `PdfiumError`."""
    with closing(page.get_textpage()) as text:
        turns = _quarter_turns(text.raw)
        edges = _turned(_Box(*page.get_bbox()), turns)
        return Page(edges.bottom, edges.top, _Lines(text.raw, turns, edges).read())


def _quarter_turns(text: Any) -> int:
    """How far the text of a page is turned, in quarters against the clock."""
    n_characters = c.FPDFText_CountChars(text)
    step = max(1, n_characters // _MEASURED)
    angles = Counter(
        round(c.FPDFText_GetCharAngle(text, index) / (math.pi / 2)) % 4
        for index in range(0, n_characters, step)
    )
    return angles.most_common(1)[0][0] if angles else 0


def _turned(box: _Box, turns: int) -> _Box:
    """*box* as it stands when the text is upright."""
    left, bottom, right, top = box
    for _ in range(turns):
        left, bottom, right, top = bottom, -right, top, -left
    return _Box(left, bottom, right, top)


class _Lines:
    """Gathers the words of a page into lines. Of most words only the first and last letter are measured."""

    def __init__(self, text: Any, turns: int, edges: _Box) -> None:
        self._text, self._turns, self._edges = text, turns, edges
        self._found: list[Line] = []
        self._parts: list[str] = []
        self._boxes: list[_Box] = []
        self._indices: list[int] = []
        self._rect = c.FS_RECTF()

    def read(self) -> list[Line]:
        get, text = c.FPDFText_GetUnicode, self._text
        codes = [get(text, index) for index in range(c.FPDFText_CountChars(text))]
        index = 0
        while index < len(codes):
            code = codes[index]
            if code in _BREAKS:
                self._end_line()
            elif code in _HYPHENS:
                self._parts.append(HYPHEN)
            elif code in _NO_LETTERS:
                self._parts.append(" ")
            else:
                end = index + 1
                while end < len(codes) and codes[end] not in _NO_LETTERS:
                    end += 1
                for start, stop, box in self._pieces(index, end):
                    letters = (chr(code) if code < 0x110000 else "\ufffd" for code in codes[start:stop])
                    self._add("".join(letters), box, start, stop)
                index = end
                continue
            index += 1
        self._end_line()
        return self._found

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int, _Box]]:
        """A word with its box; or, where its ends do not stand on one line, letter by letter."""
        first, last = self._box(start), self._box(end - 1)
        if first and last and last.is_on_line_of(first):
            yield start, end, first.with_(last)
            return
        for index in range(start, end):
            if box := self._box(index):
                yield index, index + 1, box

    def _box(self, index: int) -> _Box | None:
        rect = self._rect
        if not c.FPDFText_GetLooseCharBox(self._text, index, rect):
            return None
        return _turned(_Box(rect.left, rect.bottom, rect.right, rect.top), self._turns)

    def _add(self, letters: str, box: _Box, start: int, stop: int) -> None:
        edges = self._edges
        if (
            box.right < edges.left
            or box.left > edges.right
            or box.top < edges.bottom
            or box.bottom > edges.top
        ):
            return  # outside the page, where nobody sees it
        if self._boxes:
            last = self._boxes[-1]
            if box.gap_to(last) > _GAP * max(box.height, last.height) or not box.is_on_line_of(last):
                self._end_line()
        self._parts.append(letters)
        self._boxes.append(box)
        self._indices += (start, stop - 1)

    def _end_line(self) -> None:
        text = "".join(self._parts).strip()
        if text and self._boxes and self._is_upright():
            self._found.append(
                Line(
                    text,
                    min(box.left for box in self._boxes),
                    median(box.bottom for box in self._boxes),
                    max(box.right for box in self._boxes),
                    median(box.top for box in self._boxes),
                    self._is_bold(),
                )
            )
        self._parts, self._boxes, self._indices = [], [], []

    def _is_upright(self) -> bool:
        angle = c.FPDFText_GetCharAngle(self._text, self._indices[0]) - self._turns * math.pi / 2
        return abs(math.remainder(angle, 2 * math.pi)) < _SKEW

    def _is_bold(self) -> bool:
        return all(self._is_letter_bold(index) for index in (self._indices[0], self._indices[-1]))

    def _is_letter_bold(self, index: int) -> bool:
        if c.FPDFText_GetFontWeight(self._text, index) >= _BOLD:
            return True
        name = ctypes.create_string_buffer(128)
        c.FPDFText_GetFontInfo(self._text, index, name, 128, None)
        return b"bold" in name.value.lower() or b"black" in name.value.lower()
