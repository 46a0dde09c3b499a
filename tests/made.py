"""Small files of every kind, written from their formats and not by the libraries that read them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# --- PDF


class Words(NamedTuple):
    """Words that begin at x, y, in points from the lower left corner of a page of 600 × 800."""

    text: str
    x: float = 60
    y: float = 700
    size: float = 10
    font: str = "F1"


LETTER_WIDTH = 0.6
"""Of their size: all letters of Courier, which these files are set in."""


def a_pdf(
    *pages: Sequence[Words],
    info: Mapping[str, str] | None = None,
    is_locked: bool = False,
    has_pictures: bool = False,
    turn: int = 0,
) -> bytes:
    """A PDF of these pages; *turn* is how far their pages are shown turned, in degrees."""
    objects: list[bytes] = [b"", b""]
    fonts = "<< /F1 3 0 R /F2 4 0 R >>"
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>")
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold /Encoding /WinAnsiEncoding >>")
    picture = b""
    if has_pictures:
        objects.append(
            b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
            b"/BitsPerComponent 8 /Length 1 >>\nstream\n\0\nendstream"
        )
        picture = b"q 500 0 0 700 50 50 cm /Im1 Do Q\n"
    kids = []
    for words in pages:
        content = picture + b"".join(_shown(one) for one in words)
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
        pictures = " /XObject << /Im1 5 0 R >>" if has_pictures else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Rotate {turn} "
            f"/Resources << /Font {fonts}{pictures} >> /Contents {len(objects)} 0 R >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    trailer = b"/Root 1 0 R"
    if info:
        entries = b" ".join(b"/%b %b" % (key.encode(), _string(value)) for key, value in info.items())
        objects.append(b"<< " + entries + b" >>")
        trailer += b" /Info %d 0 R" % len(objects)
    if is_locked:
        nobody = b"<" + b"ab" * 32 + b">"
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /P -4 /O %b /U %b >>" % (nobody, nobody))
        trailer += b" /Encrypt %d 0 R /ID [<00> <00>]" % len(objects)
    return _file(objects, trailer)


def lines(
    text: str, width: int = 60, x: float = 60, top: float = 700, size: float = 10, font: str = "F1"
) -> list[Words]:
    """Paragraphs broken at *width* letters, their first lines set in, as books have them."""
    found: list[Words] = []
    y = top
    for paragraph in text.split("\n\n"):
        indent, line = 2.0 * size, ""
        for word in paragraph.split(" "):
            room = width - (indent / (LETTER_WIDTH * size))
            if line and len(f"{line} {word}") > room:
                found.append(Words(line, x + indent, y, size, font))
                y, indent, line = y - 1.3 * size, 0.0, word
            else:
                line = f"{line} {word}".strip()
        found.append(Words(line, x + indent, y, size, font))
        y -= 1.3 * size
    return found


def _shown(words: Words) -> bytes:
    return b"BT /%b %g Tf %g %g Td %b Tj ET\n" % (
        words.font.encode(), words.size, words.x, words.y, _string(words.text),
    )  # fmt: skip


def _string(text: str) -> bytes:
    return b"<" + text.encode("cp1252", "replace").hex().encode() + b">"


def _file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    n_objects = len(objects) + 1
    data_end = b"trailer\n<< /Size %d %b >>\nstartxref\n%d\n%%%%EOF\n" % (n_objects, trailer, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % n_objects + table + data_end


# --- files of files


def a_zip(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def docx_parts(body: str, *, title: str = "", author: str = "", created: str = "") -> dict[str, str | bytes]:
    """The parts of a Word file whose text is *body*, in Word's own markup."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
        for name in ("Title", "heading 1", "heading 2", "caption", "toc 1")
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{_W}">{styles}</w:styles>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship '
        f'Id="r1" Type="{_RELATION}/styles" Target="styles.xml"/></Relationships>',
        "docProps/core.xml": f'<c:coreProperties xmlns:c="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        f"<t:created>{created}</t:created></c:coreProperties>",
    }


def a_docx(body: str, **said: str) -> bytes:
    return a_zip(docx_parts(body, **said))


def epub_parts(
    chapters: Mapping[str, str], said: str = "", spine: str | None = None
) -> dict[str, str | bytes]:
    """The parts of a book: *chapters* are bodies of pages by file name, *said* is of the metadata."""
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(chapters)
    )
    order = spine if spine is not None else "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    pages = {
        f"OEBPS/{name}": f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>'
        f"<body>{body}</body></html>"
        for name, body in chapters.items()
    }
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>',
        "OEBPS/content.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{said}</metadata>'
        f"<manifest>{items}</manifest><spine>{order}</spine></package>",
        **pages,
    }


def an_epub(chapters: Mapping[str, str], said: str = "", spine: str | None = None) -> bytes:
    return a_zip(epub_parts(chapters, said, spine))
