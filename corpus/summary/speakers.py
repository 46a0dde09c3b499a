"""A quotation in its sentence -> who says it, in the article's own words."""

from __future__ import annotations

from collections import deque
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import regex

from corpus import terms
from corpus.summary import quotations, units

if TYPE_CHECKING:
    from corpus.article import Span

FEWEST_WORDS_QUOTED = 6
_LONGEST_NAME = 80
_MOST_WORDS = 9

_MOST_BETWEEN = 40
"""Characters from a verb of speaking to the colon before what is quoted: “said of the rain on Monday:”."""

_NAME_END = regex.compile(
    r"""[,.;:!?()\[\]“”„«»「」"،؛。，、：](?!\p{L})|\s[–—-]\s
      |\s(?:who|when|as|after|during|while|in|on|at|to|from|last|this|that|earlier|later|told|about|but|because
           |before|by|with|and\ (?:added|said)|adding|today|yesterday|monday|tuesday|wednesday|thursday|friday
           |saturday|sunday|am|im|nach|gegenüber|dem|vor|en|el|al|lors|à|dans|mardi|lundi|после|на|в|во
           |للصحفيين|في|يوم|إن|أن)(?!\p{L})""",
    regex.IGNORECASE | regex.VERBOSE,
)
_CLAUSE = regex.compile(r"""[,;:“”„«»「」"،؛。，]\s*""")
_TRAILING = regex.compile(
    r"\s(?:also|then|later|today|yesterday|recently|has|have|had|repeatedly|further|now)$", regex.IGNORECASE
)
_NO_NAME = regex.compile(
    r"(?:but|and|or|which|who|that|as|when|after|while|although|because|if|i|we|you|there|not|also|have|has|had"
    r"|und|aber|ich|wir|mais|et|je|nous|on|pero|yo|nosotros|se|и|а|но|я|мы|кто|что|ve|ben|biz|أنا|نحن|من|و)\b",
    regex.IGNORECASE,
)


def of(text: str, span: Span, language: str) -> str | None:
    """Who says the quotation in *span*: words next to a verb of speaking, beside the marks.

    None when nothing of some words is quoted there, or no name is found: a pronoun is none.
    """
    quoted = [one for one in quotations.inside(text, span) if _is_enough(text[slice(*one)])]
    if not quoted or (verbs := _verbs(language)) is None:
        return None
    for one in quoted:
        name = _behind(text[one.end + 1 : span.end], verbs) or _ahead(text[span.start : one.start - 1], verbs)
        if name and _is_name(name, language):
            return name
    return None


def _is_enough(words: str) -> bool:
    return terms.n_words(words) >= FEWEST_WORDS_QUOTED


def _behind(words: str, verbs: regex.Pattern[str]) -> str | None:
    """The name in *words*, which follow a quotation: “…,” said the mayor, or: “…,” the mayor said."""
    verb = verbs.search(words, 0, _LONGEST_NAME)
    if verb is None:
        return None
    ahead = words[: verb.start()].strip(" ,\u00a0，、")
    return _trimmed(ahead) if ahead else _until_its_end(words[verb.end() :])


def _ahead(words: str, verbs: regex.Pattern[str]) -> str | None:
    """The name in *words*, which lead up to a quotation with a colon or a comma: the mayor said: “…”."""
    last = deque(verbs.finditer(words), maxlen=1)
    if not last or not words.rstrip().endswith((":", "：", ",", "，", "،", "は")):
        return None
    [verb] = last
    if len(words) - verb.end() > _MOST_BETWEEN:
        return None
    ahead = _CLAUSE.split(words[: verb.start()])[-1].strip()
    return _trimmed(ahead) if ahead else _until_its_end(words[verb.end() :])


def _until_its_end(words: str) -> str:
    end = _NAME_END.search(words)
    return _trimmed(words[: end.start()] if end else words)


def _trimmed(name: str) -> str:
    return str(_TRAILING.sub("", name.strip(" \u00a0'’‘\"”.,،")))


def _is_name(name: str, language: str) -> bool:
    return bool(
        len(name) <= _LONGEST_NAME
        and len(name.split()) <= _MOST_WORDS
        and regex.search(r"\p{L}{2}", name)
        and not _CLAUSE.search(name)
        and not units.leans(name, language)
        and not _NO_NAME.match(name)
    )


@cache
def _verbs(language: str) -> regex.Pattern[str] | None:
    """The verbs of speaking of *language*; None where no list is shipped."""
    lines = (resources.files("corpus.summary") / "speaking.txt").read_text(encoding="utf-8").splitlines()
    lists = dict(line.split(": ", 1) for line in lines if line and not line.startswith("#"))
    if language not in lists:
        return None
    verbs = sorted((verb.strip() for verb in lists[language].split(",")), key=len, reverse=True)
    word = "|".join(map(regex.escape, verbs))
    if language in {"zh", "ja", "th"}:
        return regex.compile(rf"(?:{word})")
    return regex.compile(
        rf"(?<![\p{{L}}\p{{M}}\p{{N}}])(?:{word})(?![\p{{L}}\p{{M}}\p{{N}}])", regex.IGNORECASE
    )
