"""Bytes -> articles, whatever kind of file they are.

The input may be hostile. Here it is read in the caller's own process: where that must outlive the
file, another process is asked to read it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.article import Reading
from corpus.errors import TooLarge, UnpacksTooLarge
from corpus.reading.garbled import is_garbled
from corpus.reading.kind import kind_of
from corpus.reading.limits import LARGEST_BYTES, LARGEST_FILE_BYTES, MOST_CHARACTERS

if TYPE_CHECKING:
    from corpus.reading.kind import Kind

__all__ = ["LARGEST_BYTES", "LARGEST_FILE_BYTES", "Reading", "read"]

_LARGEST: dict[Kind, int] = {
    "text": LARGEST_BYTES,
    "page": LARGEST_BYTES,
    "pdf": LARGEST_FILE_BYTES,
    "docx": LARGEST_FILE_BYTES,
    "epub": LARGEST_FILE_BYTES,
}


def read(data: bytes, name: str, url: str | None = None, charset: str | None = None) -> Reading:
    """The article in *data*, the content of the file *name* or of the page at *url*.

    What kind of file it is, is told by its bytes; what its server called the encoding, *charset*, is
    believed of a text and a page unless it is plainly wrong. Raises `UnreadableArticle`.
    """
    if len(data) > LARGEST_FILE_BYTES:
        raise TooLarge(name, len(data), LARGEST_FILE_BYTES)
    kind = kind_of(data, name)
    if len(data) > _LARGEST[kind]:
        raise TooLarge(name, len(data), _LARGEST[kind])
    read = _read(kind, data, name, url, charset)
    if len(read.article.text) > MOST_CHARACTERS:
        raise UnpacksTooLarge(name, MOST_CHARACTERS)
    return replace(read, state="garbled") if read.state is None and is_garbled(read.article.text) else read


def _read(kind: Kind, data: bytes, name: str, url: str | None, charset: str | None) -> Reading:
    # Each reader's libraries are loaded when the first of its files comes.
    match kind:
        case "text":
            from corpus.reading import plain

            return plain.read(data, name, charset)
        case "page":
            from corpus.reading.page import read_page

            return read_page(data, url, name=name, charset=charset)
        case "pdf":
            from corpus.reading.pdf import read_pdf

            return read_pdf(data, name)
        case "docx":
            from corpus.reading.docx import read_docx

            return read_docx(data, name)
        case "epub":
            from corpus.reading.epub import read_epub

            return read_epub(data, name)
