"""A question -> what its answer must hold: a time, a number, a name.

By the question's own words (who, when, how many …), in the languages that have them here; a
question without one of them may be answered by anything.
"""

from __future__ import annotations

import regex

_TIME = r"""
    when | (?:what|which)\s+(?:year|date|day|month|decade|century)
  | wann | welche[smn]?\s+jahr | cuándo | qué\s+año | quand | quelle\s+(?:année|date)
  | когда | каком\s+году | ne\s+zaman | hangi\s+yıl
  | متى | أي\s+(?:عام|سنة) | چه\s+(?:زمانی|سالی) | کدام\s+سال | कब | किस\s+(?:वर्ष|साल)
"""
_NUMBER = r"""
    how\s+(?:many|much|long|old|far|tall|high|large|big|fast|often)
  | (?:what|which)\s+(?:number|percent(?:age)?)
  | wie\s*(?:viele?[nr]?|lange|alt|hoch|groß|weit|oft) | cuánt[oa]s? | combien | сколько | kaç | ne\s+kadar
  | كم | چند | چقدر | कितन[ाीे]
"""
_NAME = r"""
    who | whom | whose | where | (?:what|which)\s+(?:city|country|person|president|company)
  | wer | wem | wen | wo | quién(?:es)? | dónde | qui | où | кто | кого | где | kim | nerede
"""
_TIME_UNSPACED = r"何时|什么时候|哪一?年|いつ|何年|เมื่อ(?:ไหร่|ใด)|ปี(?:ใด|ไหน)"
_NUMBER_UNSPACED = r"多少|几|いくつ|いくら|何[人個回本歳]|กี่|เท่า(?:ไร|ไหร่|ใด)"
"""Where no space parts words, a question's word stands beside any other."""

_QUESTION = regex.compile(
    rf"""
      (?<![\p{{L}}\p{{M}}])(?:(?P<time>{_TIME})|(?P<number>{_NUMBER})|(?P<name>{_NAME}))(?![\p{{L}}\p{{M}}])
    | (?P<time>{_TIME_UNSPACED}) | (?P<number>{_NUMBER_UNSPACED})
    """,
    regex.IGNORECASE | regex.VERBOSE,
)
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
          \p{Nd}[\p{Nd}.,]* | [一二三四五六七八九十百千万亿两]+
        | \b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|twice
              |(?:dozen|hundred|thousand|million|billion)s?
              |zwei|drei|vier|fünf|dos|tres|cuatro|cinco|deux|trois|quatre|cinq)\b
        """,
        regex.IGNORECASE | regex.VERBOSE,
    ),
    # A capital inside a sentence; at its start every word has one.
    "name": regex.compile(r"(?<=[\p{L}\p{N},;:’'”\"»)–—-]\s*[“\"‘«(]?)\p{Lu}[\p{L}\p{M}]+"),
}


def expected(question: str) -> regex.Pattern[str] | None:
    """What a sentence that answers *question* matches somewhere; None when it may be anything."""
    match = _QUESTION.search(question)
    return _EXPECTED[str(match.lastgroup)] if match else None
