"""Text -> where its quotations open and close."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from corpus.article import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST = 12
"""In sentences: a quotation that is still open then was never closed, or is too long to be shown."""

_MARK = regex.compile(r"""["“”„«»‹›「」『』'‘’]""")
_CLOSED_BY = {
    '"': '"', "“": "”", "„": "“”", "”": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", "「": "」", "『": "』",
    "'": "'", "‘": "’",
}  # fmt: skip
"""A mark that opens -> those that may close it: „…“ and »…« are German, ”…” is Swedish."""
_ONLY_CLOSES = frozenset("」』")
_OPENING = regex.compile(r"""["“„«»‹›「『‘]|'(?=\p{L})""")
_APOSTROPHE_FIRST = regex.compile(r"'(?:\d0s|em|tis|twas|til|cause|n)\b", regex.IGNORECASE)
"""What begins with an apostrophe in English, and opens no quotation."""
_END = frozenset(".,!?…;")


def opens_at(text: str, start: int) -> bool:
    """Whether a quotation opens at *start*."""
    return _OPENING.match(text, start) is not None


def joined(text: str, sentences: Sequence[Span], *, goes_on: bool) -> Iterator[tuple[int, int, bool]]:
    """The *sentences* of a paragraph by quotations: first, one after the last, and are they unbroken.

    Sentences that one quotation holds together are one. What holds a mark that closes or opens
    nothing is broken. *goes_on* says that the next paragraph opens with a mark: newspapers close a
    quotation of several paragraphs at its very end, so all behind the open mark is quoted.
    """
    at = 0
    while at < len(sentences):
        stop, is_unbroken = _end_of(text, sentences, at)
        if stop is None:
            is_continued = goes_on or opens_at(text, sentences[0].start)
            stop = len(sentences) if is_continued else at + 1
        yield at, stop, is_unbroken
        at = stop


def inside(text: str, span: Span) -> tuple[Span, ...]:
    """The outermost quotations in *span* without their marks, in order; one never closed is none."""
    found: list[Span] = []
    expected: list[str] = []
    start = span.start
    for match in _MARK.finditer(text, *span):
        was_open = bool(expected)
        _follow(text, span, match.start(), expected)
        if expected and not was_open:
            start = match.end()
        elif was_open and not expected:
            found.append(Span(start, match.start()))
    return tuple(found)


def _end_of(text: str, sentences: Sequence[Span], first: int) -> tuple[int | None, bool]:
    """One after the sentence in which all quotations have ended, or None, and whether none is a half."""
    expected: list[str] = []
    is_whole = True
    for place in range(first, min(len(sentences), first + LONGEST)):
        span = sentences[place]
        for match in _MARK.finditer(text, *span):
            is_whole &= _follow(text, span, match.start(), expected)
        if not expected:
            return place + 1, is_whole
    return None, False


def _follow(text: str, span: Span, at: int, expected: list[str]) -> bool:
    """Takes in the mark at *at*; *expected* are those that close what is open. False for a stray mark."""
    mark = text[at]
    before = text[at - 1] if at > span.start else " "
    after = text[at + 1] if at + 1 < span.end else " "
    if mark in "'’" and after.isalnum() and before.isalnum():
        return True  # an apostrophe
    if expected and mark in expected[-1] and not (mark in "'’" and after.isalnum()):
        expected.pop()
        return True
    if mark == '"' and before.isdigit():
        return True  # 5" is a length
    if mark == "’" or (mark == "'" and not (after.isalnum() or after in '"“')):
        return before not in _END
    if mark == "'" and _APOSTROPHE_FIRST.match(text, at):
        return True
    if mark in _ONLY_CLOSES or (mark == "”" and not after.isalnum()):
        return False
    expected.append(_CLOSED_BY[mark])
    return True
