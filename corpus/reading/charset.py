"""What a text's encoding is called -> the codec it is read by, and whether that was the right one."""

from __future__ import annotations

import codecs

import regex

_NAME = regex.compile(r"(?:x-)?([\w.:-]{2,40})", regex.ASCII | regex.IGNORECASE)
_READ_AS = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
    "big5": "big5hkscs",
}  # fmt: skip
"""What browsers read as the larger encoding it is part of (https://encoding.spec.whatwg.org)."""
_NOT_READ = {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf-7"}
"""Python's own codecs for other things than texts; some refuse to pass over what they cannot read."""
_ESCAPE = b"\x1b"
_ZERO = b"\0"
_LEAST_ZEROS = 0.05
_MOST_WRONG = 0.005
"""The share of characters that may be unreadable: a page is cut within a character, or mixes two sources."""
_ACCENTS_IN_A_ROW = regex.compile(r"[\u0080-\u00ff]{4}")
_MOST_ACCENTS_IN_A_ROW = 4
"""No language of Western Europe writes so; Russian that is read as one of them does in every word."""


def codec(name: str) -> str | None:
    """The codec of the encoding *name*, as browsers understand it; None where there is none."""
    match = _NAME.fullmatch(name.strip(" \t\n\r\f\"'"))
    if not match:
        return None
    try:
        info = codecs.lookup(match[1])
    except LookupError:
        return None
    is_text = getattr(info, "_is_text_encoding", True) and info.name not in _NOT_READ
    return _READ_AS.get(info.name, info.name) if is_text else None


def hides_in_ascii(codec: str, data: bytes) -> bool:
    """Whether *data*, all of it ASCII, may be something else in *codec*: with escapes, or zeros between."""
    if not data.isascii():
        return False
    if codec.startswith("iso2022"):
        return _ESCAPE in data
    return codec.startswith(("utf-16", "utf-32")) and data.count(_ZERO) > _LEAST_ZEROS * len(data)


def fits(text: str) -> bool:
    """Whether *text* looks as if it had been read in its own encoding."""
    return (
        text.count("\ufffd") <= _MOST_WRONG * len(text)
        and len(_ACCENTS_IN_A_ROW.findall(text)) <= _MOST_ACCENTS_IN_A_ROW
    )
