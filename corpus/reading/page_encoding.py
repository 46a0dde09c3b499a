"""Bytes of a web page -> its text, whatever encoding it declares."""

from __future__ import annotations

import codecs
import logging

import regex
from charset_normalizer import from_bytes

from corpus.reading.charset import codec, fits, hides_in_ascii

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
_SAMPLE_BYTES = 65_536
_NOT_ASCII_LINE = regex.compile(rb"[^<>]*[\x80-\xff][^<>]*")


def decode(data: bytes, charset: str | None = None) -> str:
    """The text in *data*, which its server said to be in *charset*.

    By its byte order mark, as UTF-8, as the server says, as the page says itself, as it looks, in that
    order: what was said and does not fit is passed over. What cannot be read becomes “�”.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    named = filter(None, (codec(charset or ""), _declared(data)))
    try:
        utf_8 = data.decode()
    except UnicodeDecodeError:
        utf_8 = None
    for name in named:
        # Nothing else looks like UTF-8, but for what hides in ASCII.
        if utf_8 is None or hides_in_ascii(name, data):
            text = data.decode(name, "replace")
            if fits(text):
                return text
    return data.decode(_detected(data), "replace") if utf_8 is None else utf_8


def _declared(data: bytes) -> str | None:
    """The codec of the encoding that is named in the head of a page, which can be read as ASCII."""
    match = _DECLARED.search(data, 0, _HEAD_BYTES)
    name = codec(match[1].decode("ascii", "replace")) if match else None
    return None if name and name.startswith(("utf-16", "utf-32")) else name


def _detected(data: bytes) -> str:
    """The encoding that the words of a page look like, told without its markup, which is ASCII in all."""
    sample = bytearray()
    for match in _NOT_ASCII_LINE.finditer(data):
        sample += match[0][:_SAMPLE_BYTES]
        if len(sample) > _SAMPLE_BYTES:
            break
    best = from_bytes(bytes(sample[:_SAMPLE_BYTES])).best()
    return best.encoding if best else "utf-8"
