"""Bytes of a web page -> its text, whatever encoding it declares."""

from __future__ import annotations

import pytest

from corpus.reading.charset import codec
from corpus.reading.page_encoding import decode
from tests.pages_in_languages import LANGUAGES


def page(code: str, encoding: str, declared: str) -> tuple[bytes, str]:
    """A page in *encoding* that declares another or the same, and a paragraph of it."""
    paragraph = LANGUAGES[code].paragraphs[0]
    inner = "".join(f"<p>{one}</p>" for one in LANGUAGES[code].paragraphs * 2)
    meta = f'<meta http-equiv="content-type" content="text/html; charset={declared}">'
    text = f"<html><head>{meta}</head><body>{inner}"
    return text.encode(encoding, "xmlcharrefreplace"), paragraph


@pytest.mark.parametrize(
    ("code", "encoding"),
    [
        ("en", "ascii"), ("de", "iso-8859-1"), ("fr", "windows-1252"), ("es", "iso-8859-15"),
        ("tr", "iso-8859-9"), ("ru", "windows-1251"), ("ru", "koi8-r"), ("ar", "windows-1256"), ("zh", "gbk"),
        ("zh", "gb2312"),
        ("ja", "shift_jis"), ("ja", "euc-jp"), ("th", "tis-620"), ("hi", "utf-8"), ("fa", "utf-8"),
    ],
)  # fmt: skip
def test_a_page_is_read_in_the_encoding_it_declares(code: str, encoding: str) -> None:
    data, paragraph = page(code, encoding, encoding)
    assert paragraph in decode(data)


@pytest.mark.parametrize(
    ("code", "encoding", "declared"),
    [
        ("ru", "utf-8", "windows-1251"), ("zh", "utf-8", "gb2312"), ("en", "utf-8", "no-such-encoding"),
        ("ru", "windows-1251", "iso-8859-1"), ("ja", "shift_jis", "utf-8"), ("zh", "gb18030", "iso-8859-1"),
        ("th", "utf-8", "rot13"), ("ar", "utf-16", "utf-8"), ("hi", "utf-16-le", "utf-8"),
        ("ja", "utf-16-be", ""),
    ],
)  # fmt: skip
def test_a_declaration_that_does_not_fit_is_passed_over(code: str, encoding: str, declared: str) -> None:
    data, paragraph = page(code, encoding, declared)
    assert paragraph in decode(data)


def test_a_page_cut_within_a_character_is_still_what_it_declares() -> None:
    data, paragraph = page("ru", "utf-8", "utf-8")
    cut = data[: len(data) - 1]
    assert paragraph in decode(cut)


# --- what its server says


@pytest.mark.parametrize(
    ("code", "encoding", "declared", "said"),
    [
        ("ru", "koi8-r", "", "KOI8-R"), ("ru", "koi8-r", "windows-1251", "koi8-r"),
        ("zh", "big5", "gb2312", "big5"), ("ja", "iso-2022-jp", "", "iso-2022-jp"),
        ("ja", "euc-jp", "", "x-euc-jp"),
        ("ru", "utf-16-le", "", "utf-16le"), ("tr", "iso-8859-9", "iso-8859-1", '"iso-8859-9"'),
    ],
)  # fmt: skip
def test_what_a_server_says_of_a_page_comes_before_what_the_page_says(
    code: str, encoding: str, declared: str, said: str
) -> None:
    data, _ = page(code, encoding, declared)
    # Without a piece of markup at the very beginning, which would tell by itself.
    text = f"\n{data.decode(encoding)}"
    assert decode(text.encode(encoding), said) == text


@pytest.mark.parametrize("declared", ["iso-2022-jp", "utf-16"])
def test_a_page_in_ascii_is_what_it_is_whatever_it_declares(declared: str) -> None:
    data, paragraph = page("en", "ascii", declared)
    assert paragraph in decode(data)


@pytest.mark.parametrize(
    ("code", "encoding", "said"),
    [
        ("ru", "utf-8", "windows-1251"), ("fr", "utf-8", "iso-8859-1"), ("en", "ascii", "utf-16"),
        ("ru", "windows-1251", "iso-8859-1"), ("ru", "windows-1251", "utf-8"), ("ja", "shift_jis", "no-such"),
        ("hi", "utf-8", "rot13"), ("de", "iso-8859-1", "\0"), ("de", "iso-8859-1", "x" * 5_000),
        ("fa", "utf-8", ""),
    ],
)  # fmt: skip
def test_a_server_that_is_plainly_wrong_is_passed_over(code: str, encoding: str, said: str) -> None:
    data, paragraph = page(code, encoding, encoding)
    assert paragraph in decode(data, said)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("latin1", "cp1252"), ("X-SJIS", "cp932"), ("'utf8'", "utf-8"), ("gb2312", "gb18030"),
        ("utf-7", None),
        ("base64", None), ("../os", None), ("", None), ("\ud800", None),
    ],
)  # fmt: skip
def test_an_encoding_is_called_what_browsers_call_it(name: str, known: str | None) -> None:
    assert codec(name) == known
