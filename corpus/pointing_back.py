"""What opens with “they” or “the group” -> what names whom: the sentence or the passage before."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from corpus import codes, writing
from corpus.article import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_ARTICLES = {"en": frozenset({codes.of("the")})}
"""“The group”: with these a passage may go on about what is named, but a sentence stands alone."""
_LONGEST = 300
"""In characters: a longer sentence is not marked besides the one that answers."""


def is_about_before(words: bytes, language: str) -> bool:
    """Whether a passage of *words*, as it is stored, may go on about the one before it."""
    opens_with = codes.opening(words)
    return opens_with in _pronouns(language) or opens_with in _ARTICLES.get(language, ())


def with_named(words: bytes, sentences: Sequence[Span], marked: Span, language: str) -> Span:
    """*marked*, which begins one of the *sentences*, with the one before it when it opens with a pronoun.

    “He signed it in 2020.” is an answer only to who knows who. So it is with every twelfth answer on SQuAD,
    and the sentence before holds what was asked for in one answer of 140 that would miss it otherwise.
    *words* are the passage's, as it is stored.
    """
    at = next(place for place, sentence in enumerate(sentences) if sentence.start == marked.start)
    if not at or codes.opening(words, at) not in _pronouns(language):
        return marked
    before = sentences[at - 1]
    return marked if before.end - before.start > _LONGEST else Span(before.start, marked.end)


@cache
def _pronouns(language: str) -> frozenset[int]:
    """The codes of those that stand for what was named before; none where no list is shipped."""
    text = (resources.files("corpus") / "forms" / "pointing_back.txt").read_text(encoding="utf-8")
    found = next((line for line in text.splitlines() if line.startswith(f"{language} ")), "")
    return frozenset(codes.of(writing.plain(word, language)) for word in found.split()[1:])
