"""A question for what somebody says -> who that is, and in which sentences they speak.

“What did Alam say about the talks?” is answered where Alam stands beside a word like “said”, not where
others tell of Alam and of talks. In English alone: the other languages' collections ask no such questions.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import regex

from corpus import codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.article import Query

_NEAR = 4
"""In words: so near to the name stands the word that says it speaks."""
_WHAT = frozenset({"what", "which"})
_AUXILIARY = r"(?:did|does|do|has|have|had)"
_ENDS_NAME = rf"(?:{_AUXILIARY}|is|are|was|were|what|which|who|how|when|where|why)\b"
_ACCORDING = regex.compile(rf"\baccording to (?P<who>(?:(?!{_ENDS_NAME})\S+ ){{1,5}})")


def speaker(query: Query) -> frozenset[str]:
    """The names, in plain form, of whom *query* asks the words of; none where it asks for nobody's."""
    plain = [word.plain for word in query.words]
    if query.language != "en":
        return frozenset()
    asked = " ".join(plain) + " "
    found = _ACCORDING.search(asked) or (None if _WHAT.isdisjoint(plain) else _did_say().search(asked))
    names = found["who"].split() if found else ()
    return frozenset(word.plain for word in query.words if word.term).intersection(names)


def speaks(names: frozenset[str], line: Sequence[int]) -> bool:
    """Whether one of *names*, in plain form, speaks in the sentence whose words have the codes of *line*."""
    speaking, named = _saying(), {codes.of(name) for name in names}
    if speaking.isdisjoint(line) or named.isdisjoint(line):
        return False
    saying = [place for place, code in enumerate(line) if code in speaking]
    naming = [place for place, code in enumerate(line) if code in named]
    return any(abs(place - name) <= _NEAR for place in saying for name in naming)


@cache
def _saying() -> frozenset[int]:
    """The codes of the words by which somebody speaks."""
    return frozenset(codes.of(word) for word in _listed("asked") | _listed("answered"))


@cache
def _did_say() -> regex.Pattern[str]:
    return regex.compile(
        rf"\b{_AUXILIARY} (?P<who>(?:\S+ ){{1,6}}?)(?:{'|'.join(sorted(_listed('asked')))})\b"
    )


@cache
def _listed(name: str) -> frozenset[str]:
    """The words, in plain form, by which a question asks what is said; or others by which a text says it."""
    text = (resources.files("corpus") / "forms" / "saying.txt").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith(f"{name}: "))
    return frozenset(line.split()[1:])
