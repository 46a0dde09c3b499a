"""Lines on pages -> paragraphs: what the eye does with gaps, indents and columns."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.reading import layout
from corpus.reading.layout import HYPHEN, Line, Page

WIDE = "Forty thousand people crossed the sound last year, most of them on foot"


def line(
    text: str, y: float, left: float = 60, *, right: float = 400, size: float = 10, bold: bool = False
) -> Line:
    return Line(text, left, y, right, y + size, bold)


def read(*lines: Line) -> list[str]:
    return [block.text for block in layout.read([Page(0, 800, lines)]).blocks]


def test_no_pages_hold_nothing() -> None:
    assert layout.read([]) == ([], ())


def test_lines_that_are_full_are_one_paragraph() -> None:
    assert read(*(line(WIDE, 700 - 13 * row) for row in range(3))) == [" ".join([WIDE] * 3)]


@pytest.mark.parametrize(
    "second",
    [
        line("It stops.", 670, right=100),
        line("It stops.", 687, left=75, right=100),
        line("• It stops.", 687, right=100),
        line("It stops.", 687, size=14, right=100),
    ],
    ids=["a gap", "an indent", "a list's sign", "larger letters"],
)
def test_a_paragraph_begins_where_the_eye_sees_one(second: Line) -> None:
    first = [line(WIDE, 726), line(WIDE, 713), line(WIDE, 700)]
    assert len(read(*first, second)) == 2


def test_a_paragraph_ends_where_the_next_word_would_have_fitted() -> None:
    rows = [line(WIDE, 726), line("on foot.", 713, right=100), line(WIDE, 700), line(WIDE, 687)]
    assert read(*rows) == [f"{WIDE} on foot.", f"{WIDE} {WIDE}"]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        (f"light{HYPHEN}", "house", "lighthouse"),
        ("light-", "house", "lighthouse"),
        ("Anglo-", "Saxon", "Anglo-Saxon"),
        ("2019-", "2020", "2019-2020"),
        ("渡し船を廃止", "すると発表", "渡し船を廃止すると発表"),
        ("one", "two", "one two"),
    ],
)
def test_two_lines_are_joined_as_their_language_writes(first: str, second: str, joined: str) -> None:
    assert read(line(first, 700), line(second, 687)) == [joined]


FULL = "کشتی میان لونده و وارنس در ماه مارس می‌ایستد و شورای بندر روز سه‌شنبه گفت"


def test_lines_that_run_to_the_left_end_and_begin_at_the_other_side() -> None:
    rows = [
        line(FULL, 726),
        line(FULL, 713),
        line("که پل باز است.", 700, left=340),
        line(FULL, 687, right=380),
    ]
    assert read(*rows) == [f"{FULL} {FULL} که پل باز است.", FULL]


def test_of_columns_that_run_to_the_left_the_right_one_is_read_first() -> None:
    left = [line(f"{FULL} {row}", 700 - 13 * row, 60, right=280) for row in range(6)]
    right = [line(FULL, 700 - 13 * row, 300, right=520) for row in range(6)]
    assert read(*left, *right)[0].startswith(" ".join([FULL] * 6))


def test_a_table_is_no_columns() -> None:
    rows = [
        line(text, 700 - 13 * row, left, right=left + 40)
        for row in range(8)
        for left, text in ((60, "Year"), (300, "9"))
    ]
    assert read(*rows)[0].startswith("Year 9")


def test_a_heading_across_both_columns_parts_them() -> None:
    def columns(top: float) -> list[Line]:
        return [
            line(f"{side} column, row {row} of the story", top - 13 * row, left, right=left + 200)
            for row in range(5)
            for side, left in (("Left", 60), ("Right", 300))
        ]

    found = read(*columns(700), line("A line across the page", 600, right=500, size=16), *columns(570))
    joined = " ".join(found)
    assert (
        joined.index("Left column, row 4")
        < joined.index("Right column, row 0")
        < joined.index("A line across")
    )


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.builds(
            lambda word, x, y, width, size: Line(word, x, y, x + width, y + size),
            st.sampled_from(["harbour", "ferry,", "It", "board."]),
            st.floats(0, 500),
            st.floats(200, 600),
            st.floats(1, 100),
            st.floats(4, 30),
        ),
        max_size=25,
    )
)
def test_every_word_is_read_once_wherever_it_stands(lines: list[Line]) -> None:
    words = " ".join(read(*lines)).split()
    assert sorted(words) == sorted(one.text for one in lines)
