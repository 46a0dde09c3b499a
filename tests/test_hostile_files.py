"""Files bent at random through the one door: a reading, or an error that is one of ours, and in time.

FOOTNOTE_FUZZ_EXAMPLES=20000 runs longer than the suite has time for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.reader import Limits
from bot.workers import Workers
from corpus import reading
from corpus.errors import TooSlow, UnreadableArticle
from tests.made import Words, a_pdf, a_zip, docx_parts, epub_parts, lines, paragraph

FERRY = "The ferry between Lunde and Varnes stops in March, the harbour board said on Tuesday."
DOCX = docx_parts(paragraph("The last ferry", "Title") + paragraph(FERRY), title="Ferry", author="Ada Quill")
EPUB = epub_parts({"one.xhtml": f"<h1>The last ferry</h1><p>{FERRY}</p>"}, "<dc:title>Ferry</dc:title>")
PAGE = (
    "<!doctype html><html lang=en><head><title>The last ferry</title>"
    '<meta property="article:published_time" content="2021-05-03"></head>'
    f"<body><article><h1>The last ferry</h1><p>{FERRY}</p><p>{FERRY}</p></article></body></html>"
)
PDF = a_pdf([Words("The last ferry", 60, 740, 20), *lines(FERRY)], info={"Title": "Ferry"})
WHOLE = {
    "note.txt": f"The last ferry\n\n3 May 2021\n\n{FERRY}".encode(),
    "note.md": f"---\ntitle: Ferry\n---\n# The last ferry\n\n{FERRY}".encode(),
    "page.html": PAGE.encode(),
    "report.docx": a_zip(DOCX),
    "book.epub": a_zip(EPUB),
}
N_EXAMPLES = int(os.environ.get("FOOTNOTE_FUZZ_EXAMPLES", "20"))
LIMITS = Limits(wall_s=20, cpu_s=10, memory_bytes=1_500_000_000)

bounded = settings(
    max_examples=N_EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def bent(draw: st.DrawFn, data: bytes) -> bytes:
    """*data* with a few bytes changed, dropped, doubled or cut off."""
    found = bytearray(data)
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, max(0, len(found) - 1)))
        match draw(st.integers(0, 4)):
            case 0:
                found[place : place + 1] = draw(st.binary(min_size=1, max_size=4))
            case 1:
                del found[place : place + draw(st.integers(1, 60))]
            case 2:
                found[place:place] = found[place : place + draw(st.integers(1, 200))] * 3
            case 3:
                del found[place:]
            case 4:
                digits = draw(st.sampled_from([b"0", b"-1", b"4294967295", b"99999999999", b"1e309"]))
                found[place : place + len(digits)] = digits
    return bytes(found)


@st.composite
def bent_inside(draw: st.DrawFn, parts: dict[str, str | bytes]) -> bytes:
    """A ZIP file that is whole, one of its parts bent: what a bent ZIP file hardly ever lets through."""
    name = draw(st.sampled_from(sorted(parts)))
    part = parts[name]
    whole = part.encode() if isinstance(part, str) else part
    return a_zip(parts | {name: draw(bent(whole))})


def read(data: bytes, name: str) -> None:
    """Reads, or is refused in a sentence."""
    with suppress(UnreadableArticle):
        article = reading.read(data, name).article
        assert article.text.strip()
        assert all(0 <= start < end <= len(article.text) for start, end in article.headings)


@pytest.mark.parametrize("name", WHOLE)
def test_a_bent_file_is_read_or_refused(name: str) -> None:
    @bounded
    @given(bent(WHOLE[name]))
    def check(data: bytes) -> None:
        read(data, name)

    check()


@pytest.mark.parametrize(("name", "parts"), [("report.docx", DOCX), ("book.epub", EPUB)])
def test_a_file_with_a_bent_part_is_read_or_refused(name: str, parts: dict[str, str | bytes]) -> None:
    @bounded
    @given(bent_inside(parts))
    def check(data: bytes) -> None:
        read(data, name)

    check()


@pytest.fixture(scope="module")
def pool() -> Iterator[Workers]:
    with Workers(most=1, limits=LIMITS) as made:
        yield made


def read_elsewhere(pool: Workers, data: bytes, name: str) -> None:
    """The same in another process; what hangs there is a failure of ours."""
    try:
        assert pool.read(data, name).article.text.strip()
    except TooSlow:
        raise AssertionError("it hangs") from None
    except UnreadableArticle:
        pass


def test_a_bent_pdf_costs_one_error_at_most(pool: Workers) -> None:
    @bounded
    @given(bent(PDF))
    def check(data: bytes) -> None:
        read_elsewhere(pool, data, "report.pdf")

    check()


def test_any_bytes_of_any_kind_cost_one_error_at_most(pool: Workers) -> None:
    beginnings = [b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"", b"\xff\xfe", b"---\n", *WHOLE.values()]

    @bounded
    @given(st.sampled_from(beginnings), st.binary(max_size=400), st.sampled_from(sorted(WHOLE)))
    def check(beginning: bytes, rest: bytes, name: str) -> None:
        read_elsewhere(pool, beginning[:200] + rest, name)

    check()


def test_a_pdf_of_a_million_objects_is_read_or_refused(pool: Workers) -> None:
    objects = b"".join(b"%d 0 obj\nnull\nendobj\n" % number for number in range(10, 1_000_000))
    read_elsewhere(
        pool, PDF[: PDF.rindex(b"xref\n0")] + objects + b"trailer << /Root 1 0 R >>\n%%EOF", "a.pdf"
    )
