"""Letters that are no text: known whatever they came from, and no text of people is taken for them."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable

import pytest

from corpus import reading, starter
from corpus.errors import UnreadableArticle
from corpus.reading.garbled import is_garbled
from tests.made import a_docx, a_pdf, an_epub, lines, paragraph
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


FILES: dict[str, Callable[[str], bytes]] = {
    "report.pdf": lambda text: a_pdf(lines(text)),
    "report.docx": lambda text: a_docx(paragraph(text)),
    "book.epub": lambda text: an_epub({"one.xhtml": f"<p>{text}</p>"}),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("kind", ["letters for others", "accents for letters", "no text"])
def test_a_file_whose_letters_stand_for_others_is_doubted(name: str, kind: str) -> None:
    german, russian = ("\n\n".join(LANGUAGES[code].paragraphs) for code in ("de", "ru"))
    text = {
        "letters for others": "".join(chr(ord(one) + 3) if one.islower() else one for one in german),
        "accents for letters": russian.encode("cp1251").decode("cp1252"),
        "no text": base64.b64encode(random.Random(1).randbytes(600)).decode(),  # noqa: S311
    }[kind]
    assert reading.read(FILES[name](text), name).state == "garbled"
    assert reading.read(FILES[name](german), name).state is None


def test_two_thirds_of_garbage_are_doubted_and_one_is_not() -> None:
    prose = "".join("\n".join(words.paragraphs) for words in (LANGUAGES["en"], LANGUAGES["de"])) * 4
    garbage = base64.encodebytes(random.Random(1).randbytes(6_000)).decode()  # noqa: S311
    assert is_garbled(prose[:3_000] + garbage)
    assert is_garbled(garbage + prose[:3_000])
    assert not is_garbled(prose + garbage[:2_500])


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
