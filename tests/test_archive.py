"""How much may be in a file, of files too: limits lowered so that small files pass them."""

from __future__ import annotations

import pytest

from corpus import reading
from corpus.errors import TooLarge, TooManyMembers, UnpacksTooLarge, UnreadableArticle, ZipBomb
from corpus.reading import archive, pdf
from tests.made import a_pdf, a_zip, docx_parts, epub_parts, lines, paragraph

FERRY = "The ferry between Lunde and Varnes stops in March, the harbour board said on Tuesday."
PARTS: dict[str, dict[str, str | bytes]] = {
    "report.docx": docx_parts(paragraph(FERRY)),
    "book.epub": epub_parts({"one.xhtml": f"<p>{FERRY}</p>"}),
}
TEXT_IN = {"report.docx": "word/document.xml", "book.epub": "OEBPS/one.xhtml"}
WHOLE = {
    "report.pdf": a_pdf(lines(FERRY)),
    **{name: a_zip(parts) for name, parts in PARTS.items()},
}
of_files = pytest.mark.parametrize("name", PARTS)
of_every_kind = pytest.mark.parametrize("name", WHOLE)


def unpacked_bytes(parts: dict[str, str | bytes]) -> int:
    return sum(len(part) for part in parts.values())


def refused(data: bytes, name: str, error: type[UnreadableArticle], words: str) -> None:
    with pytest.raises(error, match=words):
        reading.read(data, name)


@of_files
def test_many_honest_parts_are_counted_together(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = {f"pictures/{number}.png": bytes(range(256)) * 4 for number in range(50)}
    parts = PARTS[name] | pictures
    monkeypatch.setattr(archive, "MOST_UNPACKED_BYTES", unpacked_bytes(parts))
    assert FERRY in reading.read(a_zip(parts), name).article.text
    refused(
        a_zip(parts | {"one.more": b"x"}), name, UnpacksTooLarge, "unpacks to more than 0.1 MB, the limit"
    )


@of_files
def test_parts_are_counted(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", len(PARTS[name]))
    assert FERRY in reading.read(a_zip(PARTS[name]), name).article.text
    n_parts = len(PARTS[name]) + 1
    refused(
        a_zip(PARTS[name] | {"one.more": b""}), name, TooManyMembers, f"is made of {n_parts} files; the limit"
    )


@of_files
def test_a_part_named_twice_counts_twice(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A directory may name what lies at one place many times, and so promise more than the file holds."""
    data = a_zip(PARTS[name] | {"abcd.bin": b"x" * 900, "dcba.bin": b"x" * 900}).replace(
        b"dcba.bin", b"abcd.bin"
    )
    monkeypatch.setattr(archive, "MOST_UNPACKED_BYTES", unpacked_bytes(PARTS[name]) + 900)
    refused(data, name, UnpacksTooLarge, "unpacks to more than")


@of_files
def test_one_part_of_text_may_not_be_endless(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MARKUP_BYTES", 1_000)
    parts = PARTS[name] | {TEXT_IN[name]: str(PARTS[name][TEXT_IN[name]]) + " " * 1_001}
    refused(a_zip(parts), name, UnpacksTooLarge, "unpacks to more than")


@of_files
def test_what_is_shrunk_further_than_text_can_be_is_an_attack(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "RATIO_COUNTS_FROM_BYTES", 10_000)
    for part in (TEXT_IN[name], "pictures/large.png"):
        bomb = a_zip(PARTS[name] | {part: b" " * 100_000})
        refused(bomb, name, ZipBomb, r"bytes that unpack to 0\.1 MB: only an attack does")
    assert FERRY in reading.read(a_zip(PARTS[name] | {"a.png": b" " * 10_000}), name).article.text


@of_every_kind
def test_a_file_larger_than_any_is_refused_before_it_is_looked_into(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    size_bytes = len(WHOLE[name])
    monkeypatch.setattr(reading, "LARGEST_FILE_BYTES", size_bytes)
    assert FERRY in reading.read(WHOLE[name], name).article.text.replace("\n", " ")
    refused(WHOLE[name] + b" ", name, TooLarge, "is larger than 0.0 MB, the limit")


@of_every_kind
def test_a_text_longer_than_any_is_refused_whatever_it_comes_in(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_CHARACTERS", len(FERRY))
    assert FERRY in reading.read(WHOLE[name], name).article.text.replace("\n", " ")
    monkeypatch.setattr(reading, "MOST_CHARACTERS", len(FERRY) - 1)
    refused(WHOLE[name], name, UnpacksTooLarge, "unpacks to more than")


def test_a_pdf_is_left_at_the_page_where_its_text_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_CHARACTERS", 3 * len(FERRY))
    read_page, n_read = pdf.read_page, 0

    def counted(page: object) -> object:
        nonlocal n_read
        n_read += 1
        return read_page(page)

    monkeypatch.setattr(pdf, "read_page", counted)
    refused(a_pdf(*[lines(FERRY)] * 9), "report.pdf", UnpacksTooLarge, "unpacks to more than")
    assert n_read == 4
