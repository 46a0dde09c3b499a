"""Texts that can be read the fast way."""

from __future__ import annotations

import pytest

from corpus import sentences
from corpus.characters import is_latin

LATIN = [chr(number) for number in range(0x3000) if is_latin(chr(number))]


@pytest.mark.parametrize(
    "text", ["e\u0301", "Москва", "联合国", "a\u00a0b", "a\tb", "\ud800", "½\u2009", "😀", "ɐ"]
)
def test_a_text_with_anything_unusual_is_not_latin(text: str) -> None:
    assert not is_latin(f"Some words {text} and more.")


def test_an_article_in_a_european_language_is_latin() -> None:
    assert is_latin("“Łódź – Århus”, ça coûte 5 €…\n\nIt’s “½” off.")


def test_a_latin_text_has_no_space_but_the_plain_one() -> None:
    text = "".join(LATIN)
    assert sentences._OTHER_SPACE.sub(" ", text) == text
