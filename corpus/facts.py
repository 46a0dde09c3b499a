"""A sentence -> what it could answer: times, numbers, names.

They are noted when it is stored, so that no question needs to read it again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
)
_NUMBER = (
    r"(?:\d+(?:[.,]\d+)*|[一二三四五六七八九十百千万亿两]+"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|twice"
    r"|(?:dozen|hundred|thousand|million|billion)s?"
    r"|zwei|drei|vier|fünf|dos|tres|cuatro|cinco|deux|trois|quatre|cinq)\b)"
)
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
_IN_ENGLISH: dict[str, re.Pattern[str] | regex.Pattern[str]] = {
    "date": re.compile(rf"\b(?:{_MONTH}|century|decade)\b"),
    "about": re.compile(r"\b(?:ago|after|before|during)\b", re.IGNORECASE),
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
    "colour": re.compile(
        r"\b(?:red|blue|green|yellow|orange|purple|violet|pink|brown|black|white|gr[ae]y"
        r"|gold(?:en)?|silver|crimson)\b",
        re.IGNORECASE,
    ),
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
_PIECES_REMEMBERED = 1 << 15


class _Piece(NamedTuple):
    """What is known of a text without spaces, whatever stands around it."""

    facts: Mapping[str, list[str]]
    """By kind, of those within pieces."""
    kinds: frozenset[str]
    """Of these facts, and those of which a part may stand in it."""


class _Pieces(dict[str, "_Piece | None"]):
    """Piece -> what is known of it, None for most; read when first asked for."""

    def __missing__(self, piece: str) -> _Piece | None:
        facts = {kind: found for kind in _WITHIN_PIECES if (found := _found(kind, piece))}
        kinds = {kind for kind, part in _PART_IN_PIECE.items() if part.search(piece)}.union(facts)
        if len(self) >= _PIECES_REMEMBERED:
            self.clear()
        self[piece] = known = _Piece(facts, frozenset(kinds)) if kinds else None
        return known


_pieces = _Pieces()
"""For all threads, as each of its steps is one for the interpreter too."""


def of(sentence: str, language: str | None) -> tuple[str, ...]:
    """What *sentence* could answer, each once: “year:2020”, “person:abdul_ghani_baradar”.

    Without blanks inside, in small letters; in languages other than English years, numbers and names.
    """
    known = list(filter(None, map(_pieces.__getitem__, sentence.split())))
    kinds = _ANYWHERE.union(*[piece.kinds for piece in known])
    has_number = "number" in kinds
    found: dict[str, None] = {}
    for kind in _ALL if language == "en" else _IN_ALL_LANGUAGES:
        if kind not in kinds or (kind in _NEEDS_NUMBER and not has_number):
            continue
        if kind in _WITHIN_PIECES:
            for piece in known:
                found.update(dict.fromkeys(piece.facts.get(kind, ())))
        elif kind == "name":
            for name in _found(kind, sentence):
                found[name] = None
                if "_" in name:
                    found["person" + name.removeprefix("name")] = None
        else:
            found.update(dict.fromkeys(_found(kind, sentence)))
    return tuple(found)


def _found(kind: str, text: str) -> list[str]:
    """Every fact of *kind* in *text*, in order."""
    return [
        f"{kind}:{'_'.join(said[said.lastindex or 0].casefold().split())}"
        for said in _ALL[kind].finditer(text)
    ]
