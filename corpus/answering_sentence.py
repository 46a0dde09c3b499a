"""A passage that answers -> the sentence of it that does."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from corpus import answer_type, who_said, word_forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.article import Query, Span, StoredPassage


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


def find(query: Query, passage: StoredPassage) -> Span:
    """The sentence of *passage* that answers best; among equals the first."""
    scores = [
        sum(weight * value for weight, value in zip(WEIGHTS, found, strict=True))
        for found in features(query, passage)
    ]
    return passage.spans[scores.index(max(scores))]


def features(query: Query, passage: StoredPassage) -> list[Features]:
    """What speaks for each sentence of *passage*."""
    idf = {term.term: term.idf for term in query.terms}
    mass = sum(idf.values()) or 1.0
    forms = {term: word_forms.forms(term, query.language, LEVELS) for term in idf}
    held = [[_level(term, forms[term], line) for term in idf] for line in passage.terms]
    shares = [[level * idf[term] / mass for term, level in zip(idf, line, strict=True)] for line in held]
    nothing = [0.0] * len(idf)
    in_title = [idf[term] / mass if f" {term} " in passage.title else 0.0 for term in idf]
    holding = [max(1, sum(level >= WHOLE_FORM for level in of_term)) for of_term in zip(*held, strict=True)]
    phrases = {
        f" {first.plain} {second.plain} ": idf.get(first.term or second.term, 0.0) / mass
        for first, second in pairwise(query.words)
        if bool(first.term) != bool(second.term)
    }
    kind = answer_type.expected(query.question, query.language)
    own_words = frozenset(word.plain for word in query.words)
    speaker = who_said.speaker(query)
    return [
        Features(
            held=sum(here),
            alone=sum(share / n for share, n in zip(here, holding, strict=True)),
            brief=sum(here) / (1 + (words.count(" ") - 1) / LONG_SENTENCE),
            phrases=sum(worth for phrase, worth in phrases.items() if phrase in words),
            typed=answer_type.likelihood(kind, facts, own_words) if kind else 0.0,
            before=_more(shares[place - 1] if place else nothing, here),
            title=_more(in_title, here),
            first=1.0 if place == 0 else 0.0,
            said=1.0 if speaker and who_said.speaks(speaker, words) else 0.0,
        )
        for place, (here, words, facts) in enumerate(zip(shares, passage.words, passage.facts, strict=True))
    ]


def _level(term: str, forms: word_forms.Forms, line: str) -> float:
    """How much of *term* stands in *line*: all of it, or one of its other *forms*."""
    if f" {term} " in line:
        return 1.0
    return next((level for form, level in forms if form in line), 0.0)


def _more(there: Sequence[float], here: Sequence[float]) -> float:
    """How much more of the question stands *there* than *here*, term by term."""
    return sum(max(0.0, held - own) for held, own in zip(there, here, strict=True))
