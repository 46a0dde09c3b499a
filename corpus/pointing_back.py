"""What opens with “they” or “the group” -> what names whom: the sentence or the passage before."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from corpus import writing
from corpus.article import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_ARTICLES = {"en": frozenset({"the"})}
"""“The group”: with these a passage may go on about what is named, but a sentence stands alone."""
_LONGEST = 300
"""In characters: a longer sentence is not marked besides the one that answers."""


def is_about_before(words: str, language: str) -> bool:
    """Whether a passage whose first line is *words*, in plain form, may go on about the one before it."""
    first = _first(words)
    return first in _pronouns(language) or first in _ARTICLES.get(language, ())


def with_named(lines: Sequence[str], sentences: Sequence[Span], marked: Span, language: str) -> Span:
    """*marked*, which begins one of the *sentences*, with the one before it when it opens with a pronoun.

    “He signed it in 2020.” is an answer only to who knows who. *lines* are the sentences' words in plain
    form. So it is with every twelfth answer on SQuAD, and the sentence before holds what was asked
    for in one answer of 140 that would miss it otherwise.
    """
    at = next(place for place, sentence in enumerate(sentences) if sentence.start == marked.start)
    if not at or _first(lines[at]) not in _pronouns(language):
        return marked
    before = sentences[at - 1]
    return marked if before.end - before.start > _LONGEST else Span(before.start, marked.end)


def _first(words: str) -> str:
    return words.split(maxsplit=1)[0] if words.strip() else ""


@cache
def _pronouns(language: str) -> frozenset[str]:
    """Those that stand for what was named before, in plain form; none where no list is shipped."""
    text = (resources.files("corpus") / "forms" / "pointing_back.txt").read_text(encoding="utf-8")
    found = next((line for line in text.splitlines() if line.startswith(f"{language} ")), "")
    return frozenset(writing.plain(word, language) for word in found.split()[1:])
