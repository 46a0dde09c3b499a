"""Text -> where its sentences end.

Wikimedia's sentencex knows the abbreviations of each language. It takes a quotation for one
sentence, however long, so it is shown the text without quotation marks, and the marks are
given back to the sentence they belong to.
"""

from __future__ import annotations

import re
from heapq import merge
from itertools import pairwise
from typing import TYPE_CHECKING

import regex
import sentencex

from corpus import terms
from corpus.article import Span
from corpus.characters import is_latin

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTE_MARK = regex.compile(r"""["“”„«»「」『』‹›]|(?<!\w)['‘’]|['‘’](?!\w)""")
_HAS_QUOTE_MARK = re.compile("[\"'“”„«»「」『』‹›‘’]")
_INVISIBLE = "\u2060"
"""Stands in for a quotation mark: one character, so offsets stay, and no end of a sentence."""

_BLANKS_OF_LINE = regex.compile(r"(?<=\n)[^\S\n]+(?=\n)")
"""sentencex takes only a line without blanks for an empty one."""
_OTHER_SPACE = regex.compile(r"[^\S\n]|\p{Cs}")
"""sentencex counts in bytes and breaks on spaces of several bytes, such as Chinese has."""

_CLOSES_LAST = regex.compile(
    r"""[”」』》）]+|[^\S\n]{0,2}(?:["”»」』›’')\]]+(?!\w)|\[(?:\d+|citation needed)\])+"""
)
"""What belongs to the sentence before it: closing marks, Wikipedia's footnotes.

Where no space is written, a letter may follow a mark that can only close.
"""
_CLOSES_LAST_IN_GERMAN = regex.compile(r"""[“«‘"'’)\]]+(?!\w)""")
"""„…“ and »…«, whose closing marks open a quotation elsewhere."""
_GOES_ON = regex.compile(r"[^\S\n]*(?:(?!\p{Georgian})\p{Ll}|[,;:–—])")
"""No sentence begins so: “What?” he asked. Georgian has no capitals, and Unicode calls its letters small."""
_LIST_ABBREVIATION = regex.compile(
    r"(?<![^\s(])(?:M|Ms|Mm?es?|Mlles?|Drs?|[Pp]p?|[Aa]pprox|[Vv]ols?|[Cc]h|[Ff]igs?|[Cc]a|[Cc]f|[Ee]d|[Ee]ds"
    r"|Hon|Rep|Sen|Gov|Ft|Mt)\.$"
)
"""Abbreviations that sentencex does not join with a capital or a number after them."""
_INITIALS = regex.compile(r"(?<![^\s(])(?:\p{Lu}\.){2,3}$")
"""U.S., U.N.: a name may follow (“the U.S. Army”), or a sentence that begins with a word such as “The”."""
_INITIALS_BEFORE_CAPITAL = regex.compile(r"(?<![^\s(])(?:\p{Lu}\.){2,3}(?=[^\S\n]+[\"“‘'«„]?\p{Lu})")
_FIRST_WORD = regex.compile(r"[^\S\n]*[\"“‘'«„]?(\p{Lu}(?:\p{Ll}+|(?=\s)))")
_NUMBER_ABBREVIATION = regex.compile(r"(?<![^\s(])[Nn]os?\.$")
_CLOCK = regex.compile(r"\d[^\S\n]?[AaPp]\.[Mm]\.$")
"""A time of day, which its day or its zone may follow: “at 5 p.m. Sunday”."""
_DAY_OR_ZONE = regex.compile(
    r"[^\S\n]*\(?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June"
    r"|July|Aug(?:ust|\.)|Sept(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.)"
    r"|Eastern|Central|Mountain|Pacific|Greenwich|[ECMP][SD]?T|GMT|UTC|BST|CES?T)(?!\p{L})"
)
_LONGEST_ABBREVIATION = 10
_MOST_AT_ONCE = 4_000
"""Characters shown to sentencex at once."""


def split(text: str, language: str | None) -> list[Span]:
    """The sentences of *text* in order, without the spaces around them; none for blank text.

    *language* is ISO 639-1; an unknown one is cut by punctuation alone.
    """
    cuts = [0]
    for end in _ends(text, language or "en"):
        place = max(end, cuts[-1])
        if not text[place : place + 1].isalnum():
            closing = language == "de" and _CLOSES_LAST_IN_GERMAN.match(text, place)
            if closing := closing or _CLOSES_LAST.match(text, place):
                end = closing.end()
        if end > cuts[-1]:
            cuts.append(end)
    spans: list[Span] = []
    for start, end in pairwise(cuts):
        span = _trimmed(text, start, end)
        if span.start == span.end:
            continue
        if spans and _belongs_to(text, spans[-1], start, language or "en"):
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return spans


def _ends(text: str, language: str) -> Iterator[int]:
    """Where pieces end that may be sentences, ascending: those within quotations too, and after initials."""
    plain = _QUOTE_MARK.sub(_INVISIBLE, text) if _HAS_QUOTE_MARK.search(text) else text
    if not is_latin(text):
        plain = _OTHER_SPACE.sub(" ", plain)
    if "\n " in plain:
        plain = _BLANKS_OF_LINE.sub(lambda blanks: "\n" * len(blanks[0]), plain)
    initials = [match.end() for match in _INITIALS_BEFORE_CAPITAL.finditer(text)]
    found = _ends_by_sentencex(plain, language)
    return merge(found, initials) if initials else found


def _ends_by_sentencex(plain: str, language: str) -> Iterator[int]:
    """Where sentencex sees sentences end in *plain*, which it is shown a part at a time.

    It takes quadratic time where letters are of several bytes. A part begins where a sentence does,
    and its last piece, which may have been cut off, is looked at again at the head of the next.
    """
    start = 0
    while start < len(plain):
        part = plain[start : start + _MOST_AT_ONCE]
        found = _ends_of_part(part, language)
        is_last = start + len(part) == len(plain)
        if not is_last:
            del found[-1:]
        yield from (start + end for end in found)
        start += found[-1] if found and not is_last else len(part)


def _ends_of_part(part: str, language: str) -> list[int]:
    """Where sentencex sees sentences end in *part*, last of all at its own end."""
    try:
        return [piece["end_index"] for piece in sentencex.get_sentence_boundaries(language, part)]
    except BaseException as error:
        # A panic of its Rust is no Exception, and would end the thread: better one long sentence.
        if type(error).__name__ != "PanicException":
            raise
        return [len(part)]


def _belongs_to(text: str, previous: Span, start: int, language: str) -> bool:
    """Whether what begins at *start* is still the *previous* sentence."""
    between = text[previous.end : start]
    if "\n" in between:
        return False
    if _GOES_ON.match(text, start):
        return True
    # Only the last word: to search all of a sentence that grows would take quadratic time.
    last = text[max(previous.start, previous.end - _LONGEST_ABBREVIATION) : previous.end]
    if _NUMBER_ABBREVIATION.search(last):
        return text[start : start + 4].strip()[:1].isdigit()
    if _CLOCK.search(last) and _DAY_OR_ZONE.match(text, start):
        return True
    if _INITIALS.search(last):
        first = _FIRST_WORD.match(text, start)
        return first is None or first[1].lower() not in terms.stop_words(language)
    return _LIST_ABBREVIATION.search(last) is not None


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
