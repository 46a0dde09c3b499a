"""A message -> whether it only thanks, agrees or greets, and so asks nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import regex

_FILE = Path(__file__).with_name("courtesies.txt")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}]+)*")


def is_courtesy(text: str) -> bool:
    """Whether all words of *text* are courtesies, and there is one; a question mark always asks."""
    words = _WORD.findall(text.casefold().replace("’", "'"))
    return bool(words) and not regex.search(r"[?？؟]", text) and _courtesies().issuperset(words)


@cache
def _courtesies() -> frozenset[str]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(word.casefold() for line in lines if not line.startswith("#") for word in line.split())
