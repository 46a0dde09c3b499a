"""Letters that are no text: known whatever they came from, and no text of people is taken for them."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable

import pytest

from corpus import reading, starter
from corpus.errors import UnreadableArticle
from corpus.reading.garbled import is_garbled
from tests.pages_in_languages import LANGUAGES

GARBAGE: dict[str, Callable[[random.Random, int], bytes]] = {
    "bytes": lambda chance, n: chance.randbytes(n),
    "printable": lambda chance, n: bytes(chance.choices(range(32, 127), k=n)),
    "letters of Windows": lambda chance, n: bytes(chance.choices([*range(32, 127), *range(160, 256)], k=n)),
    "half of UTF-16": lambda chance, n: b"\xff\xfe" + chance.randbytes(n * 2),
    "base64": lambda chance, n: base64.encodebytes(chance.randbytes(n)),
    "hexadecimal": lambda chance, n: chance.randbytes(n).hex().encode(),
    "any character": lambda chance, n: "".join(map(chr, chance.choices(range(32, 0xD800), k=n))).encode(),
    "no character": lambda chance, n: "".join(
        map(chr, chance.choices(range(0xE000, 0x110000), k=n))
    ).encode(),
    "one endless word": lambda chance, n: bytes(chance.choices(range(97, 123), k=n)),
    "a picture of signs": lambda chance, n: bytes(chance.choices(b"/\\|_-=+*. \n", k=n)),
}


@pytest.mark.parametrize("kind", GARBAGE)
@pytest.mark.parametrize("name", ["note.txt", "note.md", "page.html"])
def test_of_garbage_nothing_is_stored_without_a_doubt(kind: str, name: str) -> None:
    for seed in range(3):
        try:
            found = reading.read(GARBAGE[kind](random.Random(seed), 600 * (seed + 1)), name)  # noqa: S311
        except UnreadableArticle:
            continue
        assert (seed, found.state is not None) == (seed, True)


@pytest.mark.parametrize(
    "text",
    [
        *("\n".join(words.paragraphs) for words in LANGUAGES.values()),
        *(data.decode() for _, data in starter.files()),
        "ДОГОВОР № 12/2020. СТОРОНЫ: ООО «ПАРОМ», ИНН 7701234567.",
        "THE FERRY STOPS AT 9:45 (NOT 10:15).",
        "iPhone 15, F-35B, COVID-19, H5N1, 5G, MP3 und B2B: eDarling kauft eBay-Anteile von BMW-M3-Fahrern.",
        "def read(data: bytes, name: str = '') -> Reading:\n    return [line for line in data.split(b'\\n')]",
        "می‌خواهم به خانه‌ها بروم؛ نمی‌دانم کِی می‌رسم.",
        "Tel. 0049 30 123456, Fax 0049 30 123457, geöffnet Mo–Fr 9–17 Uhr",
        "日本のGDPは2020年に4.8%減り、F-35は105機になった。",
    ],
)
def test_what_people_write_is_a_text(text: str) -> None:
    assert not is_garbled(text)
    assert not is_garbled(text[:200])


def test_a_few_letters_may_be_anything() -> None:
    assert not is_garbled("a1B2c3D4")


def test_two_long_addresses_are_no_garbage() -> None:
    assert not is_garbled(f"See https://example.org/{'harbour-' * 8} and https://example.org/{'ferry/' * 10}")
