"""Bytes of a web page -> its text, whatever encoding it declares."""

from __future__ import annotations

import codecs
import logging

import regex
from charset_normalizer import from_bytes

logging.getLogger("charset_normalizer").setLevel(logging.CRITICAL)  # it has opinions on every page

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_HEAD_BYTES = 4_096
_DECLARED = regex.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", regex.IGNORECASE)
_READ_AS = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
    "big5": "big5hkscs",
}  # fmt: skip
"""What browsers read as the larger encoding it is part of (https://encoding.spec.whatwg.org)."""
_NO_PAGES = {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf-7"}
"""Python's own codecs for other things than pages; some refuse to pass over what they cannot read."""
_MOST_WRONG = 0.005
"""The share of characters that may be unreadable: a page is cut within a character, or mixes two sources."""
_ACCENTS_IN_A_ROW = regex.compile(r"[\u0080-\u00ff]{4}")
_MOST_ACCENTS_IN_A_ROW = 4
"""No language of Western Europe writes so; Russian that is read as one of them does in every word."""
_SAMPLE_BYTES = 65_536
_NOT_ASCII_LINE = regex.compile(rb"[^<>]*[\x80-\xff][^<>]*")


def decode(data: bytes) -> str:
    """The text in *data*: by its byte order mark, as UTF-8, as it declares, as it looks.

    A declaration that does not fit is passed over. What cannot be read becomes “�”.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    declared = _declared(data)
    if declared and _fits(text := data.decode(declared, "replace")):
        return text
    return data.decode(_detected(data), "replace")


def _declared(data: bytes) -> str | None:
    """The encoding named in the head of a page, if there is one of that name."""
    match = _DECLARED.search(data, 0, _HEAD_BYTES)
    if not match:
        return None
    try:
        info = codecs.lookup(match[1].decode("ascii", "replace"))
    except LookupError:
        return None
    is_text = getattr(info, "_is_text_encoding", True) and info.name not in _NO_PAGES
    return _READ_AS.get(info.name, info.name) if is_text else None


def _fits(text: str) -> bool:
    return (
        text.count("\ufffd") <= _MOST_WRONG * len(text)
        and len(_ACCENTS_IN_A_ROW.findall(text)) <= _MOST_ACCENTS_IN_A_ROW
    )


def _detected(data: bytes) -> str:
    """The encoding that the words of a page look like, told without its markup, which is ASCII in all."""
    sample = bytearray()
    for match in _NOT_ASCII_LINE.finditer(data):
        sample += match[0][:_SAMPLE_BYTES]
        if len(sample) > _SAMPLE_BYTES:
            break
    best = from_bytes(bytes(sample[:_SAMPLE_BYTES])).best()
    return best.encoding if best else "utf-8"
