"""Word files -> articles: what a reader sees of them, and what is refused."""

from __future__ import annotations

import re
import tracemalloc
from contextlib import suppress
from datetime import date

import pytest

from corpus import reading
from corpus.errors import (
    Damaged,
    Encrypted,
    NothingToRead,
    NotText,
    UnpacksTooLarge,
    ZipBomb,
)
from tests.made import a_docx, a_zip, docx_parts, paragraph

FERRY = "The ferry between Lunde and Varnes stops in March, the harbour board said on Tuesday."
BRIDGE = "Forty thousand people crossed the sound last year, most of them on foot."
BODY = paragraph("The last ferry", "Title") + paragraph(FERRY) + paragraph(BRIDGE)


def read(data: bytes) -> reading.Reading:
    return reading.read(data, "report.docx")


def test_a_word_file_is_its_paragraphs_under_its_title() -> None:
    article = read(a_docx(BODY, author="Ada Quill", created="2021-05-03T10:00:00Z")).article
    assert (article.title, article.text) == ("The last ferry", f"{FERRY}\n\n{BRIDGE}")
    assert (article.author, article.published, article.language) == ("Ada Quill", date(2021, 5, 3), "en")


def test_headings_are_headings() -> None:
    article = read(a_docx(BODY + paragraph("What comes", "heading1") + paragraph(FERRY + " More."))).article
    assert [article.text[start:end] for start, end in article.headings] == ["What comes"]


def test_the_title_that_is_seen_comes_before_the_one_that_is_kept() -> None:
    assert read(a_docx(BODY, title="Form 12 for reports")).article.title == "The last ferry"


def test_without_a_title_to_be_seen_the_one_that_is_kept_counts() -> None:
    article = read(a_docx(paragraph(FERRY) + paragraph(BRIDGE), title="Farewell to a ferry")).article
    assert (article.title, article.text) == ("Farewell to a ferry", f"{FERRY}\n\n{BRIDGE}")


def test_what_the_first_lines_say_is_read() -> None:
    head = paragraph("The last ferry", "Title") + paragraph("By Zoe Brink") + paragraph("2 July 2020")
    article = read(a_docx(head + paragraph(FERRY), author="Administrator", created="2024-01-01")).article
    assert (article.author, article.published, article.text) == ("Zoe Brink", date(2020, 7, 2), FERRY)


def test_rows_of_a_table_are_lines() -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Year", "Passengers"))
    article = read(a_docx(f"{BODY}<w:tbl><w:tr>{cells}</w:tr></w:tbl>")).article
    assert article.text.endswith("\n\nYear · Passengers")


def test_captions_and_contents_are_left_out() -> None:
    around = paragraph("Figure 1: a ferry", "caption") + paragraph("1 The ferry … 3", "toc1")
    assert read(a_docx(BODY + around)).article.text == f"{FERRY}\n\n{BRIDGE}"


def test_a_word_file_without_words_holds_nothing_to_read() -> None:
    with pytest.raises(NothingToRead):
        read(a_docx(paragraph("  ")))


# --- hostile files


ENTITIES = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'


def changed(part: str, content: str | bytes | None) -> bytes:
    """A Word file with another *part*, or without it."""
    parts = docx_parts(BODY)
    if content is None:
        del parts[part]
    else:
        parts[part] = content
    return a_zip(parts)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml"])
def test_a_part_that_defines_entities_is_refused(part: str, encoding: str) -> None:
    content = f"{ENTITIES}{docx_parts(BODY)[part]!s}".encode(encoding)
    with pytest.raises(Damaged):
        read(changed(part, content))


def test_entities_beside_the_text_are_not_read() -> None:
    core = '<!DOCTYPE x [<!ENTITY who SYSTEM "file:///etc/passwd">]><x><creator>&who;</creator></x>'
    assert read(changed("docProps/core.xml", core)).article.author is None


@pytest.mark.parametrize("part", ["docProps/core.xml", "word/styles.xml", "word/_rels/document.xml.rels"])
def test_a_part_that_is_missing_beside_the_text_does_no_harm(part: str) -> None:
    assert FERRY in read(changed(part, None)).article.text


@pytest.mark.parametrize("part", ["[Content_Types].xml", "_rels/.rels", "word/document.xml"])
def test_a_part_that_leads_to_the_text_may_be_missing_without_a_crash(part: str) -> None:
    with suppress(Damaged, NotText):
        assert FERRY in read(changed(part, None)).article.text


@pytest.mark.parametrize("content", [b"", b"<w:document", b"\0\1\2", b"<a>" * 5000, b"<x/>"])
def test_a_document_that_is_no_document_is_damaged_or_empty(content: bytes) -> None:
    with pytest.raises((Damaged, NothingToRead)):
        read(changed("word/document.xml", content))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(ZipBomb) as caught:
        read(changed("word/document.xml", b"<w:document>" + b" " * 3_000_000))
    assert caught.value.size_bytes > 1000 * 250 > caught.value.packed_bytes


def promising(data: bytes, part: str, size_bytes: int) -> bytes:
    """A ZIP file whose directory, and the header of the part itself, say that it unpacks to *size_bytes*."""
    forged = bytearray(data)
    for sign, name_at, size_at in ((b"PK\x01\x02", 46, 24), (b"PK\x03\x04", 30, 22)):
        [entry] = [
            place.start()
            for place in re.finditer(re.escape(sign), data)
            if data[place.start() + name_at :].startswith(part.encode())
        ]
        forged[entry + size_at : entry + size_at + 4] = size_bytes.to_bytes(4, "little")
    return bytes(forged)


def test_a_directory_that_promises_two_gigabytes_is_refused() -> None:
    data = changed("word/media/picture.bin", b"x" * 100)
    with pytest.raises(UnpacksTooLarge, match=r"unpacks to more than 200\.0 MB"):
        read(promising(data, "word/media/picture.bin", 2_000_000_000))


def test_a_part_that_unpacks_to_more_than_it_promised_is_no_bomb_either() -> None:
    data = changed("word/document.xml", b"<w:document>" + b" " * 20_000_000)
    tracemalloc.start()
    with pytest.raises(Damaged):
        read(promising(data, "word/document.xml", 100))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


def test_parts_with_a_password_are_said_to_be_locked() -> None:
    data = bytearray(a_docx(BODY))
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    with pytest.raises(Encrypted):
        read(bytes(data))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_word_file_cut_short_is_damaged(share: float) -> None:
    data = a_docx(BODY)
    with pytest.raises((Damaged, NotText)):
        read(data[: int(share * len(data))])
