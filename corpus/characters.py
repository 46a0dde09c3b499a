"""Text from outside -> text that can be stored, shown and copied."""

from __future__ import annotations

import regex

_PAGE_BREAK = regex.compile(r"[\f\v]+")
_CONTROL = regex.compile(r"[\p{Cc}--[\n\t]]", regex.VERSION1)
_NOT_STORABLE = regex.compile(r"[\0\p{Cs}]")


def clean(text: str) -> str:
    """*text* without control characters, which a terminal would obey; a page break becomes a line's end."""
    return storable(_CONTROL.sub("", _PAGE_BREAK.sub("\n", text)))


def storable(text: str) -> str:
    """*text*, of the same length, with “�” for a NUL, where SQLite would end it, and for half a character."""
    return str(_NOT_STORABLE.sub("\ufffd", text))
