"""A question -> what its answer must hold, and how likely the facts of a sentence are it.

What a question asks for is told by its own words (who, when, how many …), in the languages that have them
here; a question without one of them may be answered by anything.
"""

from __future__ import annotations

import re
from typing import Literal

import regex

Kind = Literal[
    "time", "year", "number", "percent", "money", "duration", "measure", "person", "place", "reason", "colour"
]

_ANSWERED_BY: dict[Kind, dict[str, float]] = {
    "time": {"year": 1.0, "date": 1.0, "about": 0.5},
    "year": {"year": 1.0, "date": 0.3},
    "number": {"number": 1.0},
    "percent": {"percent": 1.0, "number": 0.4},
    "money": {"money": 1.0, "number": 0.4},
    "duration": {"duration": 1.0, "number": 0.4},
    "measure": {"measure": 1.0, "number": 0.5},
    "person": {"person": 1.0, "name": 0.5},
    "place": {"place": 1.0, "name": 0.5},
    "reason": {"reason": 1.0, "cause": 0.5},
    "colour": {"colour": 1.0},
}
"""How likely a sentence that holds such a fact answers a question of that kind; the likeliest first."""
_SOUGHT = {
    kind: [(f" {wanted}:", likely) for wanted, likely in answers.items()]
    for kind, answers in _ANSWERED_BY.items()
}
"""As they stand in a line of facts."""

_ASKS: dict[str, dict[Kind, str]] = {
    "en": {
        "year": r"(?:what|which)\s+years?",
        "time": r"when|(?:what|which)\s+(?:date|day|month|decade|century)",
        "percent": r"(?:what|which)\s+(?:percent(?:age)?|share|proportion|fraction)",
        "money": r"how\s+much\s+(?:money|did\s.+\s(?:cost|pay|spend)|does\s.+\scost|was\s.+\s(?:paid|worth))"
        r"|(?:what|which)\s+(?:price|sum|cost)",
        "duration": r"how\s+(?:long|old)",
        "measure": r"how\s+(?:far|tall|high|large|big|fast|deep|wide|heavy)",
        "number": r"how\s+(?:many|much|often)|(?:what|which)\s+number",
        "person": r"who|whom|whose|(?:what|which)\s+(?:person|president|minister|leader|king|queen)",
        "place": r"where|(?:what|which)\s+(?:city|country|state|town|province|company|village)",
        "reason": r"why|for\s+what\s+reason",
        "colour": r"(?:what|which)\s+colou?rs?",
    },
    "de": {
        "time": r"wann|welche[smn]?\s+jahr",
        "number": r"wie\s*(?:viele?[nr]?|lange|alt|hoch|groß|weit|oft)",
        "person": r"wer|wem|wen",
        "place": r"wo",
    },
    "es": {
        "time": r"cuándo|qué\s+año",
        "number": r"cuánt[oa]s?",
        "person": r"quién(?:es)?",
        "place": r"dónde",
    },
    "fr": {
        "time": r"quand|quelle\s+(?:année|date)",
        "number": r"combien",
        "person": r"qui",
        "place": r"où",
    },
    "ru": {"time": r"когда|каком\s+году", "number": r"сколько", "person": r"кто|кого", "place": r"где"},
    "tr": {
        "time": r"ne\s+zaman|hangi\s+yıl",
        "number": r"kaç|ne\s+kadar",
        "person": r"kim",
        "place": r"nerede",
    },
    "ar": {"time": r"متى|أي\s+(?:عام|سنة)", "number": r"كم"},
    "fa": {"time": r"چه\s+(?:زمانی|سالی)|کدام\s+سال", "number": r"چند|چقدر"},
    "hi": {"time": r"कब|किस\s+(?:वर्ष|साल)", "number": r"कितन[ाीे]"},
}
_ASKS_UNSPACED: dict[str, dict[Kind, str]] = {
    "zh": {"time": r"何时|什么时候|哪一?年", "number": r"多少|几"},
    "ja": {"time": r"いつ|何年", "number": r"いくつ|いくら|何[人個回本歳]"},
    "th": {"time": r"เมื่อ(?:ไหร่|ใด)|ปี(?:ใด|ไหน)", "number": r"กี่|เท่า(?:ไร|ไหร่|ใด)"},
}
"""Where no space parts words, a question's word stands beside any other."""

_QUESTIONS = {
    code: regex.compile(
        "|".join(
            rf"(?<![\p{{L}}\p{{M}}])(?P<{kind}>{words})(?![\p{{L}}\p{{M}}])"
            if code in _ASKS
            else rf"(?P<{kind}>{words})"
            for kind, words in kinds.items()
        ),
        regex.IGNORECASE,
    )
    for code, kinds in (_ASKS | _ASKS_UNSPACED).items()
}

_ASKS_FOR_ANYTHING = re.compile(r"\b(?:what|which|how|why)\b", re.IGNORECASE)


def expected(question: str, language: str | None = None) -> Kind | None:
    """What *question* asks for; None when it may be anything.

    *language* is the question's, ISO 639-1; without it the words of all languages are looked for.
    WHO in capitals is a name, unless all of the question is in capitals. In English the first word
    that asks decides: “what happened when …” asks for no time.
    """
    patterns = [pattern for code, pattern in _QUESTIONS.items() if language in {None, code}]
    for match in (found for pattern in patterns for found in pattern.finditer(question)):
        if match[0].isupper() and not question.isupper():
            continue
        if language == "en" and _ASKS_FOR_ANYTHING.search(question, 0, match.start()):
            return None
        kind: Kind = match.lastgroup  # type: ignore[assignment]  # the groups are named after the kinds
        return kind
    return None


def likelihood(kind: Kind, facts: str, own_words: frozenset[str]) -> float:
    """How likely a sentence with these *facts*, parted by spaces, answers a question of *kind*, 0 to 1.

    What stands in the question itself, *own_words* in plain form, is no answer to it.
    """
    facts = f" {facts}"
    for start, likely in _SOUGHT[kind]:
        at = facts.find(start)
        while at >= 0:
            at += len(start)
            if not own_words.issuperset(facts[at:].partition(" ")[0].split("_")):
                return likely
            at = facts.find(start, at)
    return 0.0
