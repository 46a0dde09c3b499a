"""A text that was read as another: known by its letters, and no text of people is taken for it."""

from __future__ import annotations

import pytest

from corpus.reading.misread import is_misread
from tests.pages_in_languages import LANGUAGES

TEXTS = {code: "\n".join(words.paragraphs) for code, words in LANGUAGES.items()}


@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "cp1251", "cp1256", "cp437", "mac_roman", "gb18030"])
def test_utf8_that_was_read_as_something_else_is_known_in_every_language(codec: str) -> None:
    read = {
        code: text.encode().decode(codec, "replace") for code, text in TEXTS.items() if not text.isascii()
    }
    n_known = sum(map(is_misread, read.values()))
    # In some encodings a few scripts become signs that have no letter, which `garbled` knows.
    assert n_known >= len(read) - 1


@pytest.mark.parametrize(
    ("code", "written", "read_as"),
    [
        ("ru", "cp1251", "cp1252"),
        ("ru", "koi8-r", "cp1251"),
        ("ru", "cp1251", "koi8-r"),
        ("ar", "cp1256", "cp1252"),
    ],
)
def test_a_code_page_that_was_read_as_another_is_known(code: str, written: str, read_as: str) -> None:
    assert is_misread(TEXTS[code].encode(written, "replace").decode(read_as, "replace"))


@pytest.mark.parametrize("code", ["en", "de", "es", "fr"])
@pytest.mark.parametrize("shift", [-29, 3])
def test_letters_that_a_font_draws_as_others_are_known(code: str, shift: int) -> None:
    drawn = "".join(chr(ord(one) + shift) if "A" <= one <= "z" else one for one in TEXTS[code])
    assert is_misread(drawn)


@pytest.mark.parametrize(
    "text",
    [
        *TEXTS.values(),
        "Le « pâté » naïf coûte 3 € à l’été ; où ça ? Là-bas, chez Noël, à l’œuvre.",
        "Æblegrød på fløde, rødgrød, smørrebrød og øl på en ø i å'en; Þórður ætlaði að æða út í dæluna.",
        "Zażółć gęślą jaźń, chrząszcz brzmi w trzcinie w Szczebrzeszynie.",
        "Příliš žluťoučký kůň úpěl ďábelské ódy, a včera při měsíčku zpíval.",
        "IBM, NVDA, MSFT, TSLA, BRK.B, JPM, XOM, WMT, HSBC, BHP.",
        "Cells copy DNA into mRNA, and mRNA into proteins: mRNA that ends there is no mRNA for a vaccine.",
        "On such a page it’s written “itâ€™s”, and “Ã©” for é.",
    ],
)
def test_what_people_write_was_read_rightly(text: str) -> None:
    assert not is_misread(text)
