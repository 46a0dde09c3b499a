"""What a name is found by: the beginning of any of its words, however it is typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import names


def is_found(name: str, typed: str) -> bool:
    """Whether each word typed stands in *name* in one of the ways it may."""
    words = names.words(name)
    return all(
        any(all(any(word.startswith(part) for word in words) for part in way) for way in ways)
        for ways in names.wanted(typed)
    )


@pytest.mark.parametrize("typed", ["", "   ", "—", "“”?!"])
def test_where_no_word_is_typed_none_is_wanted(typed: str) -> None:
    assert names.wanted(typed) == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Harbour closed", "arbour"), ("Harbour closed", "harbour open"), ("港口关闭", "口港"), ("F-35", "35F")],
)
def test_what_is_typed_must_begin_a_word_of_the_name(name: str, typed: str) -> None:
    assert not is_found(name, typed)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Harbour closed by a storm", "storm HARB"),
        ("Erdoğan in İstanbul", "erdogan istanbul"),
        ("Café Łódź", "cafe lodz"),
        ("Cafe Lodz", "café łó"),
        ("Άνοιξη στην Αθήνα", "ανοι αθηνα"),
        ("Ёлка в Москве", "елка моск"),
        ("کتاب‌های علی", "كتاب علي"),
        ("السَّلَام", "السلام"),
        ("हिन्दी समाचार", "समा"),
        ("港口因风暴关闭", "风暴"),
        ("ハーバーが閉鎖", "閉鎖"),
        ("ท่าเรือปิด", "เรือ"),
        ("F-35 delivered", "f35"),
        ("F35 delivered", "F-35"),
        ("O’Brien’s law", "obrien"),
        ("L'homme de Paris", "homme"),
        ("U.S. troops", "us tr"),
        ("۱۴۰۲", "1402"),
        ("Straße", "STRASSE"),
    ],
)
def test_a_name_is_found_in_every_script_without_capitals_and_accents(name: str, typed: str) -> None:
    assert is_found(name, typed)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_every_name_is_found_by_itself(name: str) -> None:
    assert is_found(name, name)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_a_folded_name_stays_as_it_is_when_it_is_folded_again(name: str) -> None:
    assert names.folded(names.folded(name)) == names.folded(name)


def test_a_very_long_name_is_typed_at_no_more_cost_than_a_long_one() -> None:
    assert len(names.wanted("word " * 5_000)) == names.MOST_WANTED
