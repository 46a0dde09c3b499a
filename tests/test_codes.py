"""Words as numbers, and lines of them as bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import codes
from corpus.codes import TERM_BYTES, WORD_BYTES

WORDS = st.sampled_from(["a", "b", "ab", "taliban", "taliba", "联合", "\ud800"])
LINES = st.lists(st.lists(WORDS, max_size=4), max_size=4)


def side_by_side(sought: list[str], found: list[list[str]]) -> bool:
    return any(line[start : start + len(sought)] == sought for line in found for start in range(len(line)))


@pytest.mark.parametrize("packed", [b"", b"\0\0\0", b"\0\0\0\0\1", b"\1\0\0\0", b"\0\0\0\0\0"])
def test_what_no_lines_became_is_told(packed: bytes) -> None:
    assert not codes.are_lines(packed, WORD_BYTES)


@given(LINES.filter(bool))
def test_lines_are_known_as_lines(found: list[list[str]]) -> None:
    assert codes.are_lines(codes.of_words(found), WORD_BYTES)
    assert codes.are_lines(codes.of_terms(found), TERM_BYTES)


@given(st.text(max_size=8))
def test_no_word_has_the_code_of_a_break(word: str) -> None:
    assert 0 < codes.of(word) < 1 << 32


def test_a_code_is_the_checksum_that_the_standard_gives() -> None:
    assert codes.of("123456789") == 0xCBF43926


@given(LINES)
def test_lines_are_split_into_the_codes_of_their_words(found: list[list[str]]) -> None:
    assert codes.split(codes.of_words(found)) == [[codes.of(word) for word in line] for line in found]


@given(LINES)
def test_a_term_is_followed_by_the_code_of_its_first_five_letters(found: list[list[str]]) -> None:
    numbers = codes.read(codes.of_terms(found)).reshape(-1, 2).tolist()
    assert [pair for pair in numbers if any(pair)] == [
        [codes.of(term), codes.of(term[:5])] for line in found for term in line
    ]


@given(LINES, st.lists(WORDS, min_size=1, max_size=3))
def test_words_stand_where_they_are_side_by_side_in_one_line(
    found: list[list[str]], sought: list[str]
) -> None:
    in_words = codes.stands(codes.words(sought), codes.of_words(found), WORD_BYTES)
    in_terms = codes.stands(codes.terms(sought), codes.of_terms(found), TERM_BYTES)
    assert in_words == in_terms == side_by_side(sought, found)


def test_nothing_stands_across_two_codes() -> None:
    both = codes.words(["a", "b"])
    assert not codes.stands(both[2:6], both, WORD_BYTES)


@given(LINES.filter(bool))
def test_without_the_first_line_all_others_are_left(found: list[list[str]]) -> None:
    assert codes.without_first(codes.of_terms(found), TERM_BYTES) == codes.of_terms(found[1:])


@given(LINES.filter(bool), st.data())
def test_a_line_opens_with_its_first_word(found: list[list[str]], data: st.DataObject) -> None:
    line = data.draw(st.integers(0, len(found) - 1))
    opening = codes.of(found[line][0]) if found[line] else codes.BREAK
    assert codes.opening(codes.of_words(found), line) == opening
