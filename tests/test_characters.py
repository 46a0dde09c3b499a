"""Texts that can be read the fast way."""

from __future__ import annotations

import pytest

from corpus import duplicates, sentences, terms
from corpus.characters import is_latin

LATIN = [chr(number) for number in range(0x3000) if is_latin(chr(number))]


@pytest.mark.parametrize(
    "text", ["e\u0301", "Москва", "联合国", "a\u00a0b", "a\tb", "\ud800", "½\u2009", "😀", "ɐ"]
)
def test_a_text_with_anything_unusual_is_not_latin(text: str) -> None:
    assert not is_latin(f"Some words {text} and more.")


def test_an_article_in_a_european_language_is_latin() -> None:
    assert is_latin("“Łódź – Århus”, ça coûte 5 €…\n\nIt’s “½” off.")


@pytest.mark.parametrize("before", ["", "a", "’"])
def test_in_a_latin_text_the_fast_patterns_find_what_the_others_find(before: str) -> None:
    for character in LATIN:
        text = before + character
        pieces = [match[0] for match in duplicates._PIECE.finditer(text)]
        assert duplicates._LATIN_PIECE.findall(text) == pieces
        assert not terms._NO_SPACES.search(text)
        assert sentences._OTHER_SPACE.sub(" ", text) == text
