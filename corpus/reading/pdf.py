"""A PDF -> the article in it, by Chrome's own reader."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
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
from corpus.reading.limits import MOST_CHARACTERS, MOST_PAGES
from corpus.reading.pdf_page import read_page

if TYPE_CHECKING:
    from corpus.article import Reading
    from corpus.reading.layout import Page

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
            with closing(file[number]) as page:
                pages.append(read_page(page))
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
