"""A question -> what its answer must hold: a time, a number, a name.

By the question's own words (who, when, how many …), in the languages that have them here; a
question without one of them may be answered by anything.
"""

from __future__ import annotations

import regex

_ASKS = {
    "en": {
        "time": r"when|(?:what|which)\s+(?:year|date|day|month|decade|century)",
        "number": r"how\s+(?:many|much|long|old|far|tall|high|large|big|fast|often)"
        r"|(?:what|which)\s+(?:number|percent(?:age)?)",
        "name": r"who|whom|whose|where|(?:what|which)\s+(?:city|country|person|president|company)",
    },
    "de": {
        "time": r"wann|welche[smn]?\s+jahr",
        "number": r"wie\s*(?:viele?[nr]?|lange|alt|hoch|groß|weit|oft)",
        "name": r"wer|wem|wen|wo",
    },
    "es": {"time": r"cuándo|qué\s+año", "number": r"cuánt[oa]s?", "name": r"quién(?:es)?|dónde"},
    "fr": {"time": r"quand|quelle\s+(?:année|date)", "number": r"combien", "name": r"qui|où"},
    "ru": {"time": r"когда|каком\s+году", "number": r"сколько", "name": r"кто|кого|где"},
    "tr": {"time": r"ne\s+zaman|hangi\s+yıl", "number": r"kaç|ne\s+kadar", "name": r"kim|nerede"},
    "ar": {"time": r"متى|أي\s+(?:عام|سنة)", "number": r"كم"},
    "fa": {"time": r"چه\s+(?:زمانی|سالی)|کدام\s+سال", "number": r"چند|چقدر"},
    "hi": {"time": r"कब|किस\s+(?:वर्ष|साल)", "number": r"कितन[ाीे]"},
}
_ASKS_UNSPACED = {
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
_EXPECTED = {
    "time": regex.compile(
        r"""
          \b(?:1\d|20)\d\d(?:s|年)?\b | \d{1,4}年 | [०-९۰-۹٠-٩]{4} | \b(?:century|decade)\b
        | \b(?:January|February|March|April|May|June|July|August|September|October|November|December
              |(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b
        """,
        regex.VERBOSE,
    ),
    "number": regex.compile(
        r"""
          \p{Nd}+(?:[.,]\p{Nd}+)* | [一二三四五六七八九十百千万亿两]+
        | \b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|twice
              |(?:dozen|hundred|thousand|million|billion)s?
              |zwei|drei|vier|fünf|dos|tres|cuatro|cinco|deux|trois|quatre|cinq)\b
        """,
        regex.IGNORECASE | regex.VERBOSE,
    ),
    # A capital inside a sentence; at its start every word has one.
    "name": regex.compile(r"(?<=[\p{L}\p{N},;:’'”\"»)–—-]\s*[“\"‘«(]?)\p{Lu}[\p{L}\p{M}]+"),
}


def expected(question: str, language: str | None = None) -> regex.Pattern[str] | None:
    """What a sentence that answers *question* matches somewhere; None when it may be anything.

    *language* is the question's, ISO 639-1; without it the words of all languages are looked for.
    WHO in capitals is a name, unless all of the question is in capitals.
    """
    patterns = [pattern for code, pattern in _QUESTIONS.items() if language in {None, code}]
    for match in (found for pattern in patterns for found in pattern.finditer(question)):
        if not match[0].isupper() or question.isupper():
            return _EXPECTED[str(match.lastgroup)]
    return None
