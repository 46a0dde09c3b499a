"""Bytes -> the kind of file they are: told by what they hold, and by nothing they are called."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import Encrypted, NothingToRead, NotText, UnreadableArticle
from corpus.reading.kind import kind_of
from tests.process import PROJECT, WITHIN_S

EVERY_NAME = [
    "ferry.txt",
    "ferry.pdf",
    "ferry.docx",
    "ferry.html",
    "ferry",
    "ferry.png",
    "https://post.example/",
]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def a_zip(*names: str) -> bytes:
    """A zipped folder, which is what Word and EPUB files are."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return content.getvalue()


@pytest.mark.parametrize("name", EVERY_NAME)
@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"The ferry stops in March.", "text"),
        (b"# The ferry\n\nIt stops in March.", "text"),
        (b'<a href="https://ferry.example/?version=2">The ferry</a> stops.', "text"),
        (b"\xef\xbb\xbfThe ferry stops.", "text"),
        ("The ferry stops.".encode("utf-16"), "text"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "pdf"),
        (b"\xef\xbb\xbf\n%PDF-1.4\n", "pdf"),
        (b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj\nstartxref\n9\n%%EOF", "pdf"),
        (a_zip("[Content_Types].xml", "word/document.xml"), "docx"),
        (a_zip("mimetype", "META-INF/container.xml"), "epub"),
        (b"<!DOCTYPE html><html><body>The ferry stops.</body></html>", "page"),
        (b"\n\n  <HTML lang=en><body>The ferry stops.", "page"),
        (b'<?xml version="1.0"?>\n<!-- saved -->\n<html>The ferry stops.', "page"),
        ("<!DOCTYPE html><html>".encode("utf-8-sig"), "page"),
        ("<!DOCTYPE html><html>".encode("utf-16"), "page"),
        ("<!DOCTYPE html><html>".encode("utf-16-be"), "page"),
    ],
)
def test_a_file_is_what_it_holds_whatever_it_is_called(data: bytes, kind: str, name: str) -> None:
    assert kind_of(data, name) == kind


@pytest.mark.parametrize("name", EVERY_NAME)
@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (a_zip("holiday.jpg"), "a ZIP file"),
        (b"PK\x03\x04" + bytes(200), "a ZIP file"),
        (a_zip("[Content_Types].xml", "xl/workbook.xml"), "an Excel file"),
        (a_zip("[Content_Types].xml", "ppt/presentation.xml"), "a PowerPoint file"),
        (a_zip("mimetype", "content.xml", "META-INF/manifest.xml"), "an OpenDocument file"),
        (OLE + bytes(40), "an old Word or Excel file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "a picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture"),
        (b"GIF89a\x01\x00\x01\x00", "a picture"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "a picture, sound or film"),
        (b"ID3\x04\x00\x00\x00\x00\x00\x23TSSE", "a sound"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(40), "a sound or film"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "a compressed file"),
        (b"\x7fELF\x02\x01\x01\x00", "a program"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "a program"),
        (b"SQLite format 3\x00\x10\x00", "a database"),
        (b"{\\rtf1\\ansi The ferry stops.}", "a Rich Text file"),
        (bytes(60) + b"BOOKMOBI" + bytes(40), "a Kindle book"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "an XML file"),
        (b'<rss version="2.0"><channel/></rss>', "an XML file"),
        (b"\n<svg xmlns='http://www.w3.org/2000/svg'><text>The ferry</text></svg>", "an XML file"),
        (b'<svg width="1" viewBox=\'0 0 9 9\' xmlns="http://www.w3.org/2000/svg"/>', "an XML file"),
        (b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "an XML file"),
        (b"From: <Saved by a browser>\nContent-Type: multipart/related;\n\n", "a web archive"),
    ],
)
def test_a_file_of_another_kind_is_refused_by_its_kind(data: bytes, kind: str, name: str) -> None:
    with pytest.raises(NotText) as caught:
        kind_of(data, name)
    assert (caught.value.kind, caught.value.name) == (kind, name)


@pytest.mark.parametrize(
    "text",
    [
        "RIFF is an old format for sounds, and WAVE a part of it.",
        "RIFF or WAVE: what is a sound file?",
        "ID3 tags say who sings.",
        "GIF89a was the second version of the format.",
        "BMW builds cars, and MZ built motorcycles.",
        "MZ built motorcycles.",
        "BZh is how it begins.",
        "SQLite format 3 is what a database begins with.",
        "PK is a rapper.",
        "%PDF begins a PDF file, and %PDF-1.7 says which.",
        "<3 means love.",
        "An <html> element holds a page.",
    ],
)
def test_a_text_that_begins_like_another_kind_of_file_is_a_text(text: str) -> None:
    assert kind_of(text.encode(), "formats.txt") == "text"


@pytest.mark.parametrize(
    ("name", "kind"), [("README.md", "text"), ("page.html", "page"), ("PAGE.HTM", "page")]
)
def test_a_piece_of_html_without_a_head_is_a_page_only_where_it_is_called_one(name: str, kind: str) -> None:
    assert kind_of(b"<!-- saved -->\n<h1 align=center>The ferry</h1>\n\nIt stops.", name) == kind


def test_an_office_file_behind_a_password_is_said_to_be_so() -> None:
    with pytest.raises(Encrypted, match="locked with a password"):
        kind_of(OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500), "report.docx")


@pytest.mark.parametrize("part", ["word/document.xml", "META-INF/container.xml"])
def test_a_book_or_document_cut_short_is_still_known_as_one(part: str) -> None:
    whole = a_zip("mimetype", part) + b"application/epub+zip" * (part[0] == "M")
    assert kind_of(whole[: len(whole) // 3] + whole[-20:] * (part[0] == "M"), "x") in {"docx", "epub"}


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n"])
def test_an_empty_file_holds_nothing_to_read(data: bytes) -> None:
    with pytest.raises(NothingToRead, match=r"^ferry\.pdf holds no text\.$"):
        kind_of(data, "ferry.pdf")


def test_many_comments_without_a_page_behind_them_are_soon_looked_through() -> None:
    script = "from corpus.reading.kind import kind_of; kind_of(b'<!-- a -->' * 6000 + b'The ferry.', 'a.md')"
    subprocess.run([sys.executable, "-c", script], cwd=PROJECT, timeout=WITHIN_S, check=True)


@settings(deadline=None, max_examples=50)
@given(st.binary(max_size=300), st.sampled_from(EVERY_NAME))
def test_any_bytes_are_of_some_kind_or_refused(data: bytes, name: str) -> None:
    with suppress(UnreadableArticle):
        assert kind_of(data, name) in {"text", "page", "pdf", "docx", "epub"}


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1).filter(str.strip))
def test_what_is_made_of_letters_and_marks_is_a_text_or_says_in_its_first_characters_that_it_is_more(
    text: str,
) -> None:
    assert text.lstrip()[0] in "<%{" or kind_of(text.encode(), "note.txt") == "text"
