"""A message's text -> the links in it, as whoever wrote it meant them."""

from __future__ import annotations

import regex

_LINK = regex.compile(r"https?://(?=[\w\[])[^\s<>\"“”«»`|]+", regex.IGNORECASE)
_BEHIND = ".,;:!?'’*_~…。、，！？؟।"
_OPENING = {")": "(", "]": "[", "}": "{", "）": "（"}


def in_text(text: str) -> list[str]:
    """Every link in *text* once, in reading order.

    What Markdown and a sentence put around a link is not of it: asterisks, a full stop, a bracket
    that closes what was opened before the link.
    """
    found: list[str] = []
    position = 0
    while match := _LINK.search(text, position):
        link = _until_a_stray_bracket(match[0])
        position = match.start() + len(link)
        found.append(link.rstrip(_BEHIND))
    return list(dict.fromkeys(found))


def _until_a_stray_bracket(link: str) -> str:
    opened: list[str] = []
    for place, letter in enumerate(link):
        if letter in _OPENING.values():
            opened.append(letter)
        elif letter in _OPENING:
            if _OPENING[letter] not in opened:
                return link[:place]
            opened.remove(_OPENING[letter])
    return link
