"""Other terms that say the same or nearly so."""

from __future__ import annotations

import pytest

from corpus import codes
from corpus.word_forms import DERIVATION, INFLECTION, SYNONYM, beginning, forms


def test_a_short_word_without_an_entry_has_none() -> None:
    assert forms("zzz", "en") == ()
    assert beginning("zzz") == ""


def test_a_language_without_a_table_has_the_first_letters_alone() -> None:
    assert forms("gewonnen", "de") == ()
    assert beginning("gewonnen") == "gewon"


@pytest.mark.parametrize("term", ["20202020", "covid19x"])
def test_what_is_no_word_is_not_compared_by_its_first_letters(term: str) -> None:
    assert beginning(term) == ""


@pytest.mark.parametrize(
    ("term", "other", "relation"),
    [
        ("won", "win", INFLECTION),
        ("win", "won", INFLECTION),
        ("death", "die", DERIVATION),
        ("film", "movi", SYNONYM),
    ],
)
def test_a_form_is_told_with_how_it_is_related_to_its_word(term: str, other: str, relation: int) -> None:
    assert (codes.of(other), relation) in forms(term, "en")
