"""A sentence -> what it could answer: times, numbers, names.

They are noted when it is stored, so that no question needs to read it again.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from corpus.remembered import Remembered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_DAYS_AND_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
)
_NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|twice"
    "|(?:dozen|hundred|thousand|million|billion)s?"
    "|zwei|drei|vier|fünf|dos|tres|cuatro|cinco|deux|trois|quatre|cinq"
)
_NUMBER = rf"(?:\d+(?:[.,]\d+)*|[一二三四五六七八九十百千万亿两]+|\b(?:{_NUMBER_WORDS})\b)"
_CAPITAL = r"\p{Lu}[\p{L}\p{M}]+"
_INSIDE = r"(?<=[\p{L}\p{N},;:’'”\"»)–—-]\s*[“\"‘«(]?)"
"""Not at the start of a sentence, where every word has a capital."""


_IN_ALL_LANGUAGES: dict[str, regex.Pattern[str]] = {
    "year": regex.compile(r"\b(?:1\d|20)\d\d(?:s|年)?\b|\d{1,4}年|[०-९۰-۹٠-٩]{4}"),
    "number": regex.compile(_NUMBER, regex.IGNORECASE),
    "name": regex.compile(rf"{_INSIDE}{_CAPITAL}(?:(?:\s\p{{Lu}}\.)*\s{_CAPITAL})*"),
}
_DURATIONS = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies))"
_MEASURES = (
    r"(?:k?m|cm|mm|kg|km/h|mph|ft|metres?|meters?|kilomet(?:re|er)s?|miles?|feet|foot|inch(?:es)?|acres?"
    r"|hectares?|tons?|tonnes?|degrees?)"
)
_ABOUT = "ago|after|before|during"
_COLOURS = (
    "red|blue|green|yellow|orange|purple|violet|pink|brown|black|white|gr[ae]y|gold(?:en)?|silver|crimson"
)
_IN_ENGLISH: dict[str, re.Pattern[str] | regex.Pattern[str]] = {
    "date": re.compile(rf"\b(?:{_DAYS_AND_MONTHS}|century|decade)\b"),
    "about": re.compile(rf"\b(?:{_ABOUT})\b", re.IGNORECASE),
    "percent": re.compile(rf"({_NUMBER})\s?(?:%|percent|per\scent)", re.IGNORECASE),
    "money": re.compile(
        rf"([$€£¥]\s?\d+)|({_NUMBER})\s(?:\w+\s)?(?:dollars?|euros?|pounds?|yen)\b", re.IGNORECASE
    ),
    "duration": re.compile(rf"((?:{_NUMBER}|\ban?)[\s-](?:\w+\s)?{_DURATIONS})\b", re.IGNORECASE),
    "measure": re.compile(rf"({_NUMBER})[\s-]?(?:square\s|cubic\s)?{_MEASURES}\b", re.IGNORECASE),
    "reason": re.compile(
        r"\b(?:because|due\sto|in\sorder\sto|so\sthat|as\sa\sresult|owing\sto|thanks\sto|reasons?)\b",
        re.IGNORECASE,
    ),
    "cause": re.compile(r"\b(?:since|therefore|thus|caused?|causing|led\sto)\b", re.IGNORECASE),
    "colour": re.compile(rf"\b(?:{_COLOURS})\b", re.IGNORECASE),
    "place": regex.compile(rf"\b(?:in|at|near|from|to|of|on|outside|around|across)\s(?:the\s)?({_CAPITAL})"),
}
_ALL = _IN_ALL_LANGUAGES | _IN_ENGLISH
_NEEDS_NUMBER = {"percent", "money", "measure"}

_ANYWHERE = frozenset({"name", "place"})
"""Kinds that most sentences hold."""
_WITHIN_PIECES = ("year", "number", "date", "about", "colour")
"""Kinds whose patterns hold no space: what they find stands between two."""
_PART_IN_PIECE: dict[str, re.Pattern[str]] = {
    "percent": re.compile(r"%|percent|^cent", re.IGNORECASE),
    "money": re.compile(r"[$€£¥]|^(?:dollar|euro|pound|yen)", re.IGNORECASE),
    "duration": re.compile(rf"(?:^|-){_DURATIONS}\b", re.IGNORECASE),
    "measure": re.compile(rf"(?<![a-z]){_MEASURES}\b", re.IGNORECASE),
    "reason": re.compile(
        r"\b(?:because|reasons?)\b|\b(?:due|order|so|owing|thanks)$|^result\b", re.IGNORECASE
    ),
    "cause": re.compile(r"\b(?:since|therefore|thus|caused?|causing)\b|\bled$", re.IGNORECASE),
}
"""What some piece between spaces holds wherever the kind's own pattern finds something; few sentences do."""
_TELLING_WORD = re.compile(
    rf"(?:{_NUMBER_WORDS}|{_DAYS_AND_MONTHS.lower()}|{_ABOUT}|{_COLOURS}|{_DURATIONS}|{_MEASURES}"
    r"|(?:percent|cent|dollar|euro|pound|yen).*|because|reasons?|due|order|so|owing|thanks|result"
    r"|since|therefore|thus|caused?|causing|led)\Z"
)
"""A word of plain letters, all small, that is a fact or gives a hint of one; other words are soon passed."""
_AROUND = ',;.:()“”"!?'
"""Of no fact, and with no say in what is one: a piece holds the same without them at its ends."""
_REACH = 2
"""Pieces before and behind a part that a fact of its kind reaches at most."""
_PIECES_REMEMBERED = 1 << 15

_PLAIN = re.compile("[ -~À-ɏ‘’“”–—…€£]*")
"""A sentence in which `re`, several times as fast, finds names as `regex` does by Unicode's properties."""
_UPPER = "A-Z" + "".join(chr(code) for code in range(0xC0, 0x250) if unicodedata.category(chr(code)) == "Lu")
_LETTERS = "A-Za-zÀ-ÖØ-öø-ɏ"
_PLAIN_CAPITAL = f"[{_UPPER}][{_LETTERS}]+"
# `re` looks for a first character quickly, so each looks back from the capital that it begins with.
_PLAIN_INSIDE = "|".join(
    rf"(?<=[0-9{_LETTERS},;:’'”\")–—-]{between}.)" for between in ("", " ", '[“"‘(]', ' [“"‘(]')
)
_PLAIN_BEFORE_PLACE = "|".join(
    rf"(?<=\b(?:{'|'.join(alike)}) {the}.)"
    for alike in (("in", "at", "to", "of", "on"), ("near", "from"), ("around", "across"), ("outside",))
    for the in ("", "the ")
)
_IN_PLAIN: dict[str, re.Pattern[str]] = {
    "name": re.compile(
        rf"[{_UPPER}](?:{_PLAIN_INSIDE})[{_LETTERS}]+(?:(?: [{_UPPER}]\.)* {_PLAIN_CAPITAL})*"
    ),
    "place": re.compile(f"[{_UPPER}](?:{_PLAIN_BEFORE_PLACE})[{_LETTERS}]+"),
}
_ALL_IN_PLAIN = {kind: _IN_PLAIN.get(kind, pattern) for kind, pattern in _ALL.items()}


class _Piece(NamedTuple):
    """What is known of a text without spaces, whatever stands around it."""

    facts: Mapping[str, list[str]]
    """By kind, of those within pieces."""
    kinds: frozenset[str]
    """Of these facts, and those of which a part may stand in it."""


def _read(written: str) -> _Piece | None:
    """What is known of what stands between spaces; None for most."""
    piece = written.strip(_AROUND)
    if piece.isascii() and piece.isalpha() and not _TELLING_WORD.match(piece.lower()):
        return None
    facts = {kind: found for kind in _WITHIN_PIECES if (found := _found(kind, _ALL[kind], piece))}
    kinds = {kind for kind, part in _PART_IN_PIECE.items() if part.search(piece)}.union(facts)
    return _Piece(facts, frozenset(kinds)) if kinds else None


_pieces = Remembered(_read, _PIECES_REMEMBERED)


def of(sentence: str, language: str | None) -> tuple[str, ...]:
    """What *sentence* could answer, each once: “year:2020”, “person:abdul_ghani_baradar”.

    Without blanks inside, in small letters; in languages other than English years, numbers and names.
    """
    pieces = sentence.split()
    known = list(map(_pieces.__getitem__, pieces))
    telling = list(filter(None, known))
    kinds = _ANYWHERE.union(*[piece.kinds for piece in telling])
    is_plain = "  " not in sentence and _PLAIN.fullmatch(sentence) is not None
    patterns = _ALL_IN_PLAIN if is_plain else _ALL
    found: dict[str, None] = {}
    for kind in _in_order(kinds, language == "en"):
        if kind in _WITHIN_PIECES:
            for piece in telling:
                found.update(dict.fromkeys(piece.facts.get(kind, ())))
        elif kind == "name":
            for name in _found(kind, patterns[kind], sentence):
                found[name] = None
                if "_" in name:
                    found["person" + name.removeprefix("name")] = None
        else:
            read = _around(kind, pieces, known) if is_plain and kind in _PART_IN_PIECE else sentence
            found.update(dict.fromkeys(_found(kind, patterns[kind], read)))
    return tuple(found)


def _around(kind: str, pieces: Sequence[str], known: Sequence[_Piece | None]) -> str:
    """The pieces that hint at *kind* and their neighbours; a sign where others stood that no fact holds."""
    parts: list[str] = []
    end = 0
    for at, piece in enumerate(known):
        if piece is not None and kind in piece.kinds:
            start = max(end, at - _REACH)
            if start > end:
                parts.append("|")
            parts += pieces[start : at + _REACH + 1]
            end = at + _REACH + 1
    return " ".join(parts)


@lru_cache(1 << 12)
def _in_order(kinds: frozenset[str], is_english: bool) -> tuple[str, ...]:
    """Those of *kinds* that are looked for, as they are told."""
    known = _ALL if is_english else _IN_ALL_LANGUAGES
    return tuple(kind for kind in known if kind in kinds and ("number" in kinds or kind not in _NEEDS_NUMBER))


def _found(kind: str, pattern: re.Pattern[str] | regex.Pattern[str], text: str) -> list[str]:
    """Every fact of *kind* in *text*, in order."""
    return [
        f"{kind}:{'_'.join(said[said.lastindex or 0].casefold().split())}" for said in pattern.finditer(text)
    ]
