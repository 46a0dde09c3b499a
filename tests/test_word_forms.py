"""Other terms that say the same or nearly so."""

from __future__ import annotations

import pytest

from corpus.word_forms import Levels, forms

LEVELS = Levels(inflection=0.9, derivation=0.7, synonym=0.4, prefix=0.5)


def test_a_short_word_without_an_entry_has_none() -> None:
    assert forms("zzz", "en", LEVELS) == ()


def test_a_language_without_a_table_has_the_first_letters_alone() -> None:
    assert forms("gewonnen", "de", LEVELS) == ((" gewon", 0.5),)


@pytest.mark.parametrize("term", ["20202020", "covid19x"])
def test_what_is_no_word_is_not_compared_by_its_first_letters(term: str) -> None:
    assert forms(term, "en", LEVELS) == ()


@pytest.mark.parametrize(
    ("term", "other", "level"),
    [("won", "win", 0.9), ("win", "won", 0.9), ("death", "die", 0.7), ("film", "movi", 0.4)],
)
def test_a_form_stands_for_its_word_by_how_they_are_related(term: str, other: str, level: float) -> None:
    assert (f" {other} ", level) in forms(term, "en", LEVELS)


def test_the_closest_come_first() -> None:
    levels = [level for _, level in forms("death", "en", LEVELS)]
    assert levels == sorted(levels, reverse=True)
