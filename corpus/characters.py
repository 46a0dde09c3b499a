"""Text from outside -> text that can be stored, shown and copied."""

from __future__ import annotations

import regex

_NO_TEXT = regex.compile(r"[\p{Cc}--[\n\t]]", regex.VERSION1)


def clean(text: str) -> str:
    """*text* without control characters, which a terminal would obey, and with “?” for half a character.

    SQLite would end a text at a NUL, and could not store half of a surrogate pair.
    """
    return _NO_TEXT.sub("", text).encode("utf-8", "replace").decode("utf-8")
