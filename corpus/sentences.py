"""Text -> where its sentences end.

Wikimedia's sentencex knows the abbreviations of each language. It takes a quotation for one
sentence, however long, so it is shown the text without quotation marks, and the marks are
given back to the sentence they belong to.
"""

from __future__ import annotations

from itertools import pairwise

import regex
import sentencex

from corpus.article import Span

_QUOTE_MARK = regex.compile(r"""["“”„«»「」『』‹›]|(?<!\w)['‘’]|['‘’](?!\w)""")
_INVISIBLE = "\u2060"
"""Stands in for a quotation mark: one character, so offsets stay, and no end of a sentence."""

_OTHER_SPACE = regex.compile(r"[^\S\n]")
"""sentencex counts in bytes and breaks on spaces of several bytes, such as Chinese has."""

_CLOSES_LAST = regex.compile(r"""\s*(?:["”»」』›’')\]]+(?!\w)|\[(?:\d+|citation needed)\])+""")
"""What belongs to the sentence before it: closing marks, Wikipedia's footnotes."""
_GOES_ON = regex.compile(r"\s*[\p{Ll},;:–—]")
"""No sentence begins so: “What?” he asked."""
_LIST_ABBREVIATION = regex.compile(
    r"(?:^|[\s(])(?:M|Mm?es?|Mlles?|Drs?|[Pp]p?|[Aa]pprox|[Vv]ols?|[Nn]os?|[Cc]h|[Ff]igs?|[Cc]a|[Cc]f|[Ee]d|[Ee]ds|Hon|Rep|Sen|Gov|Ft|Mt|U\.S|U\.K|U\.N)\.\s*$"
)
"""Abbreviations that sentencex does not join with a capital or a number after them."""


def split(text: str, language: str | None) -> list[Span]:
    """The sentences of *text* in order, without the spaces around them; none for blank text.

    *language* is ISO 639-1; an unknown one is cut by punctuation alone.
    """
    cuts = [0]
    for end in _ends(text, language or "en"):
        if closing := _CLOSES_LAST.match(text, max(end, cuts[-1])):
            end = closing.end()
        if end > cuts[-1]:
            cuts.append(end)
    spans: list[Span] = []
    for start, end in pairwise(cuts):
        span = _trimmed(text, start, end)
        if span.start == span.end:
            continue
        if spans and _belongs_to(text, spans[-1], start):
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return spans


def _ends(text: str, language: str) -> list[int]:
    """Where sentencex sees pieces end, those within quotations too."""
    plain = _OTHER_SPACE.sub(" ", _QUOTE_MARK.sub(_INVISIBLE, text))
    try:
        return [piece["end_index"] for piece in sentencex.get_sentence_boundaries(language, plain)]
    except BaseException as error:
        # A panic of its Rust is no Exception, and would end the thread: better one long sentence.
        if type(error).__name__ != "PanicException":
            raise
        return [len(text)]


def _belongs_to(text: str, previous: Span, start: int) -> bool:
    """Whether what begins at *start* is still the *previous* sentence."""
    between = text[previous.end : start]
    if "\n" in between:
        return False
    return bool(_GOES_ON.match(text, start) or _LIST_ABBREVIATION.search(text, previous.start, previous.end))


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
