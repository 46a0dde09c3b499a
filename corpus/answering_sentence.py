"""A passage that answers -> the sentence of it that does."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from corpus import answer_type, word_forms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus.standing import Standing

    Floats: TypeAlias = NDArray[np.float64]


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
_LEVELS = np.array(LEVELS)
WHOLE_FORM = 0.6
"""From which level on another form of a word stands for the word."""
LONG_SENTENCE = 20
"""In words: such a sentence is brief by half."""


class Finder:
    """Finds in passages the sentence that answers a question best, by where its words stand in them."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing

    def __call__(self, number: int) -> int:
        """Which sentence of the passage *number*, from 0, answers best; among equals the first."""
        standing, lines = self._standing, self._standing.lines_of(number)
        scores = self._by_words[lines].tolist()
        scores[0] += WEIGHTS.first
        if standing.kind:
            for at, facts in enumerate(standing.facts[lines]):
                scores[at] += WEIGHTS.typed * answer_type.likelihood(standing.kind, facts, standing.own_words)
        if standing.speaker:
            scores = (np.array(scores) + WEIGHTS.said * standing.speaks[lines]).tolist()
        return int(scores.index(max(scores)))

    @cached_property
    def _by_words(self) -> Floats:
        """What the words of each line of all passages speak for it: `(n_lines,)`."""
        standing = self._standing
        idf = np.array([term.idf for term in standing.terms])
        shares = idf[:, np.newaxis] / (idf.sum() or 1.0)
        held = _LEVELS[standing.related] * shares
        stands = (_LEVELS >= WHOLE_FORM)[standing.related].astype(np.intp)
        n_holding = np.maximum(1, np.add.reduceat(stands, standing.first, axis=1))
        before = np.zeros(held.shape)
        before[:, 1:] = held[:, :-1]
        before[:, standing.first] = 0.0
        in_title = standing.in_title * shares
        by_term = (
            WEIGHTS.held * held
            + WEIGHTS.alone * held / n_holding[:, standing.passage_of]
            + WEIGHTS.before * np.maximum(0.0, before - held)
            + WEIGHTS.title * np.maximum(0.0, in_title[:, standing.passage_of] - held)
        )
        brief = held.sum(axis=0) / (1 + standing.n_words / LONG_SENTENCE)
        phrases = (shares[standing.phrases] * standing.phrased).sum(axis=0)
        found: Floats = by_term.sum(axis=0) + WEIGHTS.brief * brief + WEIGHTS.phrases * phrases
        return found
