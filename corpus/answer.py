"""Ranked passages -> which answers best: their order, the answering sentence, the words to mark, how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus import terms
from corpus.article import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus.article import Query, RankedPassage, Status, StoredPassage

FOUND = 2.4
WEAK = 0.7
"""From which confidence on a passage is an answer, or a weak match.

Confidence is the reranker's score over the question's idf mass: about 5 for a passage that holds every
word once in one sentence. Half of the articles of six collections in six languages were left out and all
questions asked. At FOUND as many questions that can be answered are called weak as questions that
cannot are called found, on average over the collections; WEAK keeps 998 of 1,000 that can be answered. The
confidence alone tells the two apart with AUROC .99 on SQuAD, .97 to .99 elsewhere (docs/quality.md).
"""


def status(matches: Sequence[RankedPassage]) -> Status:
    """Whether the best of *matches* answers the question or may only have to do with it."""
    if not matches:
        return "nothing"
    return "found" if matches[0].confidence >= FOUND else "weak"


def matching(ranked: Iterable[RankedPassage]) -> list[RankedPassage]:
    """Those of *ranked* that are at least a weak match, in the same order."""
    return [judged for judged in ranked if judged.confidence >= WEAK]


def terms_of(passage: StoredPassage) -> frozenset[str]:
    """All terms of a passage and of its article's title."""
    return frozenset(passage.title.split()).union(*(line.split() for line in passage.terms))


def highlights(query: Query, text: str, language: str) -> tuple[Span, ...]:
    """Where words of the question stand in *text*, whole words in any inflection; neighbours in one run."""
    wanted = {term.term for term in query.terms}
    runs: list[Span] = []
    for found in terms.standing(wanted, text, language):
        word = _joined(text, Span(found.start, found.end))
        if runs and not text[runs[-1].end : word.start].strip():
            runs[-1] = Span(runs[-1].start, word.end)
        else:
            runs.append(word)
    return tuple(runs)


_NON_JOINER = "\u200c"


def _joined(text: str, part: Span) -> Span:
    """The whole word that *part* is of: in Persian a zero-width non-joiner stands inside one word."""
    start, end = part
    while start > 1 and text[start - 1] == _NON_JOINER and text[start - 2].isalpha():
        start -= 2
        while start and text[start - 1].isalpha():
            start -= 1
    while end + 1 < len(text) and text[end] == _NON_JOINER and text[end + 1].isalpha():
        end += 2
        while end < len(text) and text[end].isalpha():
            end += 1
    return Span(start, end)
