"""Bytes -> the kind of file they are, by what they hold; a name alone decides nothing."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Literal

import regex

from corpus.errors import Encrypted, NothingToRead, NotText
from corpus.reading import archive

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["text", "page", "pdf", "docx", "epub"]

PDF, WORD, EPUB, ZIP = "a PDF", "a Word file", "an EPUB", "a ZIP file"
"""What to call them."""

_HEAD = 65_536
_PDF = regex.compile(rb"\s*+%PDF-\d")
_LATE_PDF = regex.compile(rb"%PDF-\d\.\d")
_PDF_BEGINS_WITHIN = 1_024
"""Bytes of something else that may stand before a PDF, as its readers have it."""

_SIGNATURES = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"II*\0": "a picture",
    b"MM\0*": "a picture",
    b"OggS\0": "a sound or film",
    b"\x1aE\xdf\xa3": "a film",
    b"\x1f\x8b": "a compressed file",
    b"\xfd7zXZ\0": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"Rar!\x1a": "a compressed file",
    b"\x28\xb5\x2f\xfd": "a compressed file",
    b"\x7fELF": "a program",
    b"\xcf\xfa\xed\xfe": "a program",
    b"\xca\xfe\xba\xbe": "a program",
    b"SQLite format 3\0": "a database",
    b"{\\rtf1": "a Rich Text file",
    b"%!PS-Adobe": "a PostScript file",
}
_WORDS = {
    b"RIFF": "a picture, sound or film",
    b"ID3": "a sound",
    b"GIF87a": "a picture",
    b"GIF89a": "a picture",
    b"BM": "a picture",
    b"MThd": "a sound",
    b"fLaC": "a sound",
    b"BZh": "a compressed file",
    b"MZ": "a program",
}
"""Letters that a text may begin with too: they count where control characters follow."""
_FOLLOWS = 64
_CONTROLS = regex.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_FILM = regex.compile(rb"\0\0\0[\x08-\x40]ftyp")
_KINDLE = b"BOOKMOBI"

_BOMS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_PROLOGUE = (
    # Possessive throughout: nothing is tried twice, however many comments come first.
    r"[\s\ufeff]*+(?P<xml><\?xml[^>]*+>\s*+)?+(?:<!--(?>.*?-->)\s*+)*+"
)
_PAGE = regex.compile(rf"{_PROLOGUE}<(?:!doctype\s+html|html|head|body)\b", regex.IGNORECASE | regex.DOTALL)
_PIECE_OF_PAGE = regex.compile(
    rf"{_PROLOGUE}<(?:title|meta|link|style|script|article|main|section|div|header|h[1-6]|p|table|ul|ol)\b",
    regex.IGNORECASE | regex.DOTALL,
)
_PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
_XML = regex.compile(
    r"""[\s\ufeff]*+<(?:\?xml\s|[a-z][\w.:-]*+
        (?:\s++(?!xmlns|version\b)[\w.:-]++\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'))*+
        \s++(?:xmlns(?::[\w.-]++)?|version)\s*+=)""",
    regex.IGNORECASE | regex.VERBOSE,
)
"""It says so, or its first element names a version or where its names are from, as a feed or drawing does."""
_WEB_ARCHIVE = regex.compile(r"^content-type:\s*multipart/related\b", regex.IGNORECASE | regex.MULTILINE)


def kind_of(data: bytes, name: str) -> Kind:
    """What kind of file *data* is, as far as its bytes tell.

    Raises `NotText` with what it is when it is something else, `Encrypted` for a locked Office
    file, `NothingToRead` for an empty one. *name* is the file's, for the error; its ending decides
    only whether a piece of HTML without a head is meant as a page or as Markdown.
    """
    if not data.strip():
        raise NothingToRead(name)
    if _is_pdf(data):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data, name)
    if other := _other_kind(data):
        raise NotText(name, other)
    if data.startswith(_OLE):
        if _ENCRYPTED_OFFICE in data:
            raise Encrypted(name, "an Office file")
        raise NotText(name, "an old Word or Excel file")
    return _kind_of_text(_head(data), name)


def _is_pdf(data: bytes) -> bool:
    return _PDF.match(data.removeprefix(codecs.BOM_UTF8), 0, _HEAD) is not None or (
        _LATE_PDF.search(data, 0, _PDF_BEGINS_WITHIN) is not None and b"startxref" in data[-_HEAD:]
    )


def _kind_of_zip(data: bytes, name: str) -> Kind:
    names = archive.names(data)
    match names:
        case _ if "word/document.xml" in names or "word/document2.xml" in names:
            return "docx"
        case _ if "META-INF/container.xml" in names:
            return "epub"
        case _ if "xl/workbook.xml" in names:
            raise NotText(name, "an Excel file")
        case _ if "ppt/presentation.xml" in names:
            raise NotText(name, "a PowerPoint file")
        case _ if "content.xml" in names and "META-INF/manifest.xml" in names:
            raise NotText(name, "an OpenDocument file")
    # Without a directory at its end, as when only its beginning was saved.
    if b"word/" in data[:_HEAD]:
        return "docx"
    if b"application/epub+zip" in data[:_HEAD]:
        return "epub"
    raise NotText(name, ZIP)


def _other_kind(data: bytes) -> str | None:
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            return kind
    for word, kind in _WORDS.items():
        if data.startswith(word) and _CONTROLS.search(data, len(word), _FOLLOWS):
            return kind
    if _FILM.match(data):
        return "a sound or film"
    return "a Kindle book" if data[60:68] == _KINDLE else None


def _kind_of_text(head: str, name: str) -> Kind:
    if _PAGE.match(head):
        return "page"
    if name.lower().endswith(_PAGE_SUFFIXES) and _PIECE_OF_PAGE.match(head):
        return "page"
    if _XML.match(head):
        raise NotText(name, "an XML file")
    if _WEB_ARCHIVE.search(head[:2_000]):
        raise NotText(name, "a web archive")
    return "text"


def _head(data: bytes) -> str:
    """The first characters of a text, right as far as ASCII goes."""
    encoding = next(_encodings(data), "latin-1")
    return data[:_HEAD].decode(encoding, "ignore")


def _encodings(data: bytes) -> Iterator[str]:
    for mark, encoding in _BOMS.items():
        if data.startswith(mark):
            yield encoding
    if data[1:2] == b"\0":
        yield "utf-16-le"
    if data[:1] == b"\0":
        yield "utf-16-be"
