"""A passage that answers -> the sentence of it that does."""

from __future__ import annotations

from itertools import pairwise
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from corpus import answer_type, who_said, word_forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.article import Query, StoredPassage


class Features(NamedTuple):
    """What speaks for a sentence, as shares from 0 to 1; as a constant, what each is worth.

    Fitted to half of SQuAD's development articles: right in .897 of the other half's passages.
    """

    held: float
    """Of the question's idf mass, in this sentence."""
    alone: float
    """Of it, what few sentences of the passage hold: a term that n of them hold counts one n-th."""
    brief: float
    """Of it, less the longer the sentence is."""
    phrases: float
    """Of it, the words that stand beside the same stop word as in the question: “of France”."""
    typed: float
    """How likely it holds what is asked for."""
    before: float
    """Of the mass, what the sentence before holds more of."""
    title: float
    """Of the mass, what the title holds and the sentence does not."""
    first: float
    """1 for the passage's first sentence."""
    said: float
    """1 for a sentence in which speaks whom the question asks for."""


WEIGHTS = Features(
    held=1.0, alone=1.10, brief=0.50, phrases=0.25, typed=0.65, before=1.00, title=1.00, first=0.03, said=0.10
)
LEVELS = word_forms.Levels(inflection=0.9, derivation=0.6, synonym=0.3, prefix=0.3)
"""How much of a term a sentence holds by another form of it."""
WHOLE_FORM = 0.6
"""From which level on another form of a word stands for the word."""
LONG_SENTENCE = 20
"""In words: such a sentence is brief by half."""


class Finder:
    """Finds in passages the sentence that answers one question best."""

    def __init__(self, query: Query) -> None:
        idf = {term.term: term.idf for term in query.terms}
        self._mass = sum(idf.values()) or 1.0
        self._terms = [
            (f" {term} ", word_forms.forms(term, query.language, LEVELS), worth)
            for term, worth in idf.items()
        ]
        self._phrases = {
            f" {first.plain} {second.plain} ": idf.get(first.term or second.term, 0.0) / self._mass
            for first, second in pairwise(query.words)
            if bool(first.term) != bool(second.term)
        }
        self._kind = answer_type.expected(query.question, query.language)
        self._own_words = frozenset(word.plain for word in query.words)
        self._speaker = who_said.speaker(query)

    def __call__(self, passage: StoredPassage) -> int:
        """Which sentence of *passage*, from 0, answers best; among equals the first."""
        scores = [sum(map(mul, WEIGHTS, found)) for found in self.features(passage)]
        return scores.index(max(scores))

    def features(self, passage: StoredPassage) -> list[Features]:
        """What speaks for each sentence of *passage*."""
        lines = passage.terms
        held, alone, before, title = ([0.0] * len(lines) for _ in range(4))
        body = "\n".join(lines)
        for key, forms, worth in self._terms:
            in_title = worth / self._mass if key in passage.title else 0.0
            here = (key, 1.0), *forms
            standing = [(form, level) for form, level in here if form in body]
            if not standing:
                if in_title:
                    title = [share + in_title for share in title]
                continue
            levels = [_level(standing, line) for line in lines]
            n_holding = max(1, sum(level >= WHOLE_FORM for level in levels))
            last = 0.0
            for at, level in enumerate(levels):
                share = level * worth / self._mass
                held[at] += share
                alone[at] += share / n_holding
                before[at] += max(0.0, last - share)
                title[at] += max(0.0, in_title - share)
                last = share
        return [
            Features(
                held=held[at],
                alone=alone[at],
                brief=held[at] / (1 + (words.count(" ") - 1) / LONG_SENTENCE),
                phrases=sum(worth for phrase, worth in self._phrases.items() if phrase in words),
                typed=answer_type.likelihood(self._kind, facts, self._own_words) if self._kind else 0.0,
                before=before[at],
                title=title[at],
                first=1.0 if at == 0 else 0.0,
                said=1.0 if self._speaker and who_said.speaks(self._speaker, words) else 0.0,
            )
            for at, (_, words, facts) in enumerate(zip(lines, passage.words, passage.facts, strict=True))
        ]


def _level(forms: Sequence[tuple[str, float]], line: str) -> float:
    """How much of a term stands in *line* by one of its *forms*, the best first."""
    for form, level in forms:
        if form in line:
            return level
    return 0.0
