"""A PDF -> the article in it, by Chrome's own reader."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from contextlib import closing
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
import pypdfium2.raw as c
import regex

from corpus import language
from corpus.errors import (
    Damaged,
    Encrypted,
    GarbledText,
    NothingToRead,
    OnlyPictures,
    TooManyPages,
    UnpacksTooLarge,
)
from corpus.reading import assemble, layout, masthead, properties, prose
from corpus.reading.blocks import Block, tidied
from corpus.reading.kind import PDF
from corpus.reading.layout import HYPHEN, Line, Page
from corpus.reading.limits import MOST_CHARACTERS, MOST_PAGES

if TYPE_CHECKING:
    from corpus.article import Reading

_GAP = 1.1
"""Of a letter's height: more than this between two letters parts columns, and not words."""
_HYPHENS = {"\x02", "\ufffe"}
"""What stands for a hyphen at the end of a line."""
_BOLD = 600
_SKEW = 0.2
"""In radians: what is turned further than this is no line of the text, such as a stamp along the edge."""
_MEASURED = 40
_FEW_LETTERS = 25
"""On a page, on average, beside pictures: a scan with a stamp on it."""
_MOST_GARBLED = 0.25
_GARBLED = regex.compile(r"[\p{Co}\p{Cn}\p{Cc}\ufffd--[\n\t]]", regex.VERSION1)
_LETTER = regex.compile(r"[\p{L}\p{Nd}]")
_PAGES_LOOKED_AT = 20


def read_pdf(data: bytes, name: str) -> Reading:
    """The article in a PDF. Raises `UnreadableArticle`.

    The title is the largest text of the first page, or what the file says of itself when that is
    no junk and the page does not contradict it. The date is one that the first lines name, else
    the day the file was made.
    """
    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in {c.FPDF_ERR_PASSWORD, c.FPDF_ERR_SECURITY}:
            raise Encrypted(name, PDF) from error
        raise Damaged(name, PDF) from error
    with closing(file):
        pages = _pages(file, name)
        said = {key: file.get_metadata_value(key) for key in ("Title", "Author", "CreationDate")}
        _refuse_pictures(file, pages, name)
    found = layout.read(pages)
    keys, blocks = masthead.key_lines(_titled(tidied(found.blocks), said["Title"]))
    if not blocks:
        raise NothingToRead(name)
    if author := properties.author(said["Author"]):
        keys.setdefault("author", author)
    if title := assemble.first_title(blocks):
        keys.setdefault("title", title)
    detected = language.detect("\n".join(block.text for block in blocks))
    read = assemble.article(blocks, prose.find_in_markdown(blocks), keys, detected)
    published = read.article.published or properties.day(said["CreationDate"])
    return replace(
        read, article=replace(read.article, published=published), left_out=(*read.left_out, *found.repeated)
    )


def _pages(file: Any, name: str) -> list[Page]:
    n_pages = len(file)
    if n_pages > MOST_PAGES:
        raise TooManyPages(name, n_pages, MOST_PAGES)
    if not n_pages:
        raise Damaged(name, PDF)
    pages: list[Page] = []
    n_characters = n_broken = 0
    for number in range(n_pages):
        try:
            with closing(file[number]) as page, closing(page.get_textpage()) as text:
                pages.append(_page(page, text))
        except pdfium.PdfiumError:  # the other pages are worth reading
            n_broken += 1
            continue
        n_characters += sum(len(line.text) for line in pages[-1].lines)
        if n_characters > MOST_CHARACTERS:
            raise UnpacksTooLarge(name, MOST_CHARACTERS)
    if n_broken == n_pages:
        raise Damaged(name, PDF)
    return pages


def _refuse_pictures(file: Any, pages: list[Page], name: str) -> None:
    """Raises what is wrong with a file whose pages hold no text worth the name."""
    text = "".join(line.text for page in pages for line in page.lines)
    if len(_GARBLED.findall(text)) > _MOST_GARBLED * len(text):
        raise GarbledText(name)
    n_letters = len(_LETTER.findall(text))
    looked_at = min(len(pages), _PAGES_LOOKED_AT)
    if n_letters >= _FEW_LETTERS * len(pages) or (n_letters and not _has_pictures(file, looked_at)):
        return
    if _has_pictures(file, looked_at):
        raise OnlyPictures(name, len(pages))
    raise NothingToRead(name)


def _has_pictures(file: Any, n_pages: int) -> bool:
    """Whether half of the first *n_pages* hold one."""
    n_found = 0
    for number in range(n_pages):
        try:
            with closing(file[number]) as page:
                n_found += any(True for _ in page.get_objects(filter=[c.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        except pdfium.PdfiumError:
            continue
    return n_found * 2 >= n_pages > 0


def _page(page: Any, text: Any) -> Page:
    left, bottom, right, top = page.get_bbox()
    turns = _quarter_turns(text)
    corners = [_turned((left, bottom, right, top), turns)]
    lines = _Lines(text, turns, corners[0]).read()
    return Page(corners[0][1], corners[0][3], lines)


def _quarter_turns(text: Any) -> int:
    """How far the text of a page is turned, in quarters against the clock."""
    n_characters = c.FPDFText_CountChars(text)
    step = max(1, n_characters // _MEASURED)
    angles = Counter(
        round(c.FPDFText_GetCharAngle(text, index) / (math.pi / 2)) % 4
        for index in range(0, n_characters, step)
    )
    return angles.most_common(1)[0][0] if angles else 0


def _turned(box: tuple[float, float, float, float], turns: int) -> tuple[float, float, float, float]:
    """*box* as it stands when the text is upright."""
    left, bottom, right, top = box
    for _ in range(turns):
        left, bottom, right, top = bottom, -right, top, -left
    return left, bottom, right, top


class _Lines:
    """Gathers the letters of a page into lines, in the order of the file."""

    def __init__(self, text: Any, turns: int, edges: tuple[float, float, float, float]) -> None:
        self._text, self._turns, self._edges = text, turns, edges
        self._found: list[Line] = []
        self._letters: list[str] = []
        self._boxes: list[tuple[float, float, float, float]] = []
        self._indices: list[int] = []

    def read(self) -> list[Line]:
        rect = c.FS_RECTF()
        reference = ctypes.byref(rect)
        for index in range(c.FPDFText_CountChars(self._text)):
            code = c.FPDFText_GetUnicode(self._text, index)
            letter = chr(code) if code < 0x110000 else "\ufffd"
            if letter in "\r\n\0":
                self._end_line()
            elif letter in _HYPHENS:
                self._letters.append(HYPHEN)
            elif letter.isspace():
                self._letters.append(" ")
            elif c.FPDFText_GetLooseCharBox(self._text, index, reference):
                box = _turned((rect.left, rect.bottom, rect.right, rect.top), self._turns)
                self._add(letter, box, index)
        self._end_line()
        return self._found

    def _add(self, letter: str, box: tuple[float, float, float, float], index: int) -> None:
        left, bottom, right, top = box
        if right < self._edges[0] or left > self._edges[2] or top < self._edges[1] or bottom > self._edges[3]:
            return  # outside the page, where nobody sees it
        if self._boxes:
            last = self._boxes[-1]
            height = max(top - bottom, last[3] - last[1])
            gap = max(left - last[2], last[0] - right)
            overlap = min(top, last[3]) - max(bottom, last[1])
            if gap > _GAP * height or overlap < 0.3 * min(top - bottom, last[3] - last[1]):
                self._end_line()
        self._letters.append(letter)
        self._boxes.append(box)
        self._indices.append(index)

    def _end_line(self) -> None:
        text = "".join(self._letters).strip()
        if text and self._boxes and self._is_upright():
            lefts, bottoms, rights, tops = zip(*self._boxes, strict=True)
            self._found.append(
                Line(text, min(lefts), median(bottoms), max(rights), median(tops), self._is_bold())
            )
        self._letters, self._boxes, self._indices = [], [], []

    def _is_upright(self) -> bool:
        angle = c.FPDFText_GetCharAngle(self._text, self._indices[0]) - self._turns * math.pi / 2
        return abs(math.remainder(angle, 2 * math.pi)) < _SKEW

    def _is_bold(self) -> bool:
        return all(self._is_letter_bold(index) for index in {self._indices[0], self._indices[-1]})

    def _is_letter_bold(self, index: int) -> bool:
        if c.FPDFText_GetFontWeight(self._text, index) >= _BOLD:
            return True
        name = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        c.FPDFText_GetFontInfo(self._text, index, name, 128, ctypes.byref(flags))
        return b"bold" in name.value.lower() or b"black" in name.value.lower()


# --- the title


def _titled(blocks: list[Block], written: str) -> list[Block]:
    """*blocks* with the title that is to be believed as the first of them."""
    said = properties.title(written)
    place = next((place for place, block in enumerate(blocks) if block.kind == "title"), None)
    shown = blocks[place].text if place is not None else None
    rest = [
        block if block.kind != "title" else Block("heading", block.text)
        for number, block in enumerate(blocks)
        if number != place
    ]
    if said and shown and _folded(said) in _folded(shown):
        said = shown
    is_said_there = said and _folded(said) in _folded(" ".join(block.text for block in blocks[:12]))
    title = (said if is_said_there else None) or shown or said
    if title is None:
        return blocks
    if shown and title != shown and _folded(shown) not in _folded(title):
        rest.insert(place or 0, Block("heading", shown))
    rest = [block for block in rest if block.kind == "text" or _folded(block.text) != _folded(title)]
    return [Block("title", title), *rest]


def _folded(text: str) -> str:
    return "".join(_LETTER.findall(text.casefold()))
