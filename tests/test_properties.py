"""What a file says of itself -> what a person may have meant."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import clock
from corpus.reading import properties


@pytest.mark.parametrize(
    "written",
    [
        None, "", "  ", "-", "Microsoft Word - ferry.doc", "Microsoft Word - The ferry", "untitled",
        "Untitled-1", "Document1", "Dokument 2", "ferry_final_v3.indd", "ferry.pdf", "The ferry.docx",
        "C:\\Users\\ada\\ferry", "LR_2020", "https://post.example/ferry", "PowerPoint Presentation",
        "Sans titre", "12345",
    ],
)  # fmt: skip
def test_a_title_that_a_program_made_up_is_none(written: str | None) -> None:
    assert properties.title(written) is None


@pytest.mark.parametrize(
    "written", ["The last ferry", "Ferry", "Report on 9/11", "港の渡し船", "Паром", "U.S. ferries", "Form 12"]
)
def test_a_title_that_a_person_wrote_is_kept(written: str) -> None:
    assert properties.title(written) == written


@pytest.mark.parametrize(
    "written",
    [None, "", "Administrator", "user", "User1", "jdoe12", "ada", "ada@post.example", "POST\\ada", "Owner"],
)
def test_the_owner_of_a_computer_is_no_author(written: str | None) -> None:
    assert properties.author(written) is None


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ("Ada Quill", "Ada Quill"),
        ("Ada Quill;Bo Rand", "Ada Quill, Bo Rand"),
        ("Voltaire", "Voltaire"),
        ("鲁迅", "鲁迅"),
    ],
)
def test_an_author_who_is_a_person_is_kept(written: str, author: str) -> None:
    assert properties.author(written) == author


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("D:20210503101500+02'00'", date(2021, 5, 3)),
        ("20210503", date(2021, 5, 3)),
        ("2021-05-03T10:15:00Z", date(2021, 5, 3)),
        ("2021-05-03", date(2021, 5, 3)),
        ("D:20211303", None),
        ("D:19000101", None),
        ("1970-01-01T00:00:00Z", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_a_day_is_read_as_files_write_it(written: str | None, day: date | None) -> None:
    assert properties.day(written) == day


def test_a_day_to_come_is_no_day() -> None:
    assert properties.day((clock.now().date() + timedelta(days=9)).isoformat()) is None


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=80))
def test_anything_may_be_written_there(written: str) -> None:
    for read in (properties.title, properties.author):
        found = read(written)
        assert found is None or found.strip() == found
    properties.day(written)
