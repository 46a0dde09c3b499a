"""BM25's first passages -> the same, the one that answers best first.

A linear score over what was stored when the passages were added, so nothing is tokenised again. Eight of
the constants were fitted to half of SQuAD's development articles by conditional logistic regression, a
softmax over a question's candidates; `likely` and `brief` were chosen on the other half, with the first eight
held fixed. docs/quality.md has what each gives, here and in other languages.
"""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from corpus import answer_type, terms, word_forms
from corpus.article import RankedPassage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus.article import Query, StoredPassage


class Features(NamedTuple):
    """What speaks for a passage, each in units of idf mass; as a constant, what each is worth."""

    bm25: float
    context: float
    """The idf mass that the best sentence holds, words beside it and in the title counting in part."""
    pairs: float
    """Of the question's neighbouring terms that are neighbours in the passage too."""
    phrases: float
    """Of its words that stand beside the same stop word: “of France”."""
    typed: float
    """The context of the best sentence that may hold a time, a number or a name, as is asked for."""
    surface: float
    """Of its words that stand in the passage in the very form they were typed."""
    article: float
    """The mean BM25 of the three best candidates of the same article."""
    title: float
    """Of its terms in the title."""
    likely: float
    """The context of the sentence that most likely holds what is asked for, times that likelihood."""
    brief: float
    """The context of the best sentence, less the longer that is: many words hold some by chance."""


WEIGHTS = Features(
    bm25=1.0, context=1.99, pairs=0.58, phrases=0.67, typed=0.20, surface=0.63, article=0.96, title=1.23,
    likely=0.80, brief=0.50,
)  # fmt: skip

LEVELS = word_forms.Levels(inflection=0.95, derivation=0.75, synonym=0.4, prefix=0.45)
"""How much of a term a sentence holds by another form of it."""
NEIGHBOUR_LEVEL = 0.5
TITLE_LEVEL = 0.8
PASSAGE_LEVEL = 0.35
"""How much of a term a sentence holds when the one beside it, the title or any other sentence does."""
ASKED_FOR = 0.4
"""What is left of the weight of words that say what is asked for: “in what year”, “what type of”."""
BEST_OF_ARTICLE = 3
LONG_SENTENCE = 20
"""In words: such a sentence is brief by half."""
K1, B = 0.9, 0.6
"""A pair is weighed in the passage as BM25 weighs a term."""


def order(query: Query, candidates: Sequence[tuple[StoredPassage, float]]) -> list[RankedPassage]:
    """The *candidates*, passages with their BM25 scores, best answer first; equals stay as they come.

    Pieces of a text without spaces are no words: for them BM25's own order is the best known.
    """
    judge = _Judge(query, candidates)
    return sorted((judge(passage, bm25) for passage, bm25 in candidates), key=lambda ranked: -ranked.score)


class _Term(NamedTuple):
    """A term of the question as it is looked for in a line."""

    key: str
    surface: str
    forms: word_forms.Forms
    weight: float
    idf: float


class _Judge:
    """Judges passages against one question."""

    def __init__(self, query: Query, candidates: Iterable[tuple[StoredPassage, float]]) -> None:
        idf = {term.term: term.idf for term in query.terms}
        asked_for = terms.asked_for(query.language)
        weight = {
            term.term: term.idf * (ASKED_FOR if term.plain in asked_for else 1.0) for term in query.terms
        }
        self._is_plain = any(terms.is_piece(term) for term in idf)
        self._terms = [
            _Term(
                key=f" {term.term} ",
                surface=f" {term.plain} ",
                forms=word_forms.forms(term.term, query.language, LEVELS),
                weight=weight[term.term],
                idf=term.idf,
            )
            for term in {term.term: term for term in reversed(query.terms)}.values()
        ]
        self._all = sum(idf.values()) or 1.0
        # Every second piece of a text without spaces joins the end of one word to the next.
        self._mass = sum(value / 2 if terms.is_piece(term) else value for term, value in idf.items()) or 1.0
        self._pairs = {
            f" {first} {second} ": min(query.most_idf, weight[first] + weight[second])
            for first, second in pairwise(term.term for term in query.terms)
        }
        self._phrases = {
            f" {first.plain} {second.plain} ": weight.get(first.term or second.term, 0.0)
            for first, second in pairwise(query.words)
            if bool(first.term) != bool(second.term)
        }
        self._mean_length = query.mean_length
        self._kind = answer_type.expected(query.question, query.language)
        self._own_words = frozenset(word.plain for word in query.words)
        self._of_article = _best_of_articles(candidates)

    def __call__(self, passage: StoredPassage, bm25: float) -> RankedPassage:
        everything = passage.title + "".join(passage.terms)
        found = self.features(passage, bm25)
        score = sum(weight * value for weight, value in zip(WEIGHTS, found, strict=True))
        return RankedPassage(
            passage=passage,
            score=bm25 if self._is_plain else score,
            confidence=score / self._mass,
            coverage=math.fsum(term.idf for term in self._terms if term.key in everything) / self._all,
        )

    def features(self, passage: StoredPassage, bm25: float) -> Features:
        """What speaks for *passage*, whose score by BM25 is *bm25*."""
        body, words = "\n".join(passage.terms), "\n".join(passage.words)
        held = [0.0] * len(passage.terms)
        title = surface = 0.0
        for term in self._terms:
            is_in_title, is_in_body = term.key in passage.title, term.key in body
            if is_in_title:
                title += term.weight
            if is_in_body and term.surface in words:
                surface += term.weight
            # Where the word itself stands, its other forms add next to nothing (R@1 within .0005).
            forms = () if is_in_body else tuple(form for form in term.forms if form[0] in body)
            if is_in_body or forms:
                levels = [_level(term.key, forms, line) for line in passage.terms]
                softened = _softened(levels, TITLE_LEVEL if is_in_title else 0.0)
                held = [mass + term.weight * level for mass, level in zip(held, softened, strict=True)]
            elif is_in_title:
                held = [mass + term.weight * TITLE_LEVEL for mass in held]
        context = max(held, default=0.0)
        typed, likely = self._answers(passage, held) if self._kind else (context, context)
        n_words = passage.words[held.index(context)].count(" ") - 1 if held else 0
        return Features(
            bm25=bm25,
            context=context,
            pairs=self._held_pairs(passage.title + body),
            phrases=sum(worth for phrase, worth in self._phrases.items() if phrase in words),
            typed=typed,
            surface=surface,
            article=self._of_article[passage.article_id],
            title=title,
            likely=likely,
            brief=context / (1 + n_words / LONG_SENTENCE),
        )

    def _held_pairs(self, line: str) -> float:
        worth = 0.0
        for pair, idf in self._pairs.items():
            if n := line.count(pair):
                norm = K1 * (1 - B + B * line.count(" ") / 2 / self._mean_length)
                worth += idf * n * (K1 + 1) / (n + norm)
        return worth

    def _answers(self, passage: StoredPassage, held: Sequence[float]) -> tuple[float, float]:
        """The most that a sentence holds which may answer, and the most times how likely it does."""
        typed = likely = 0.0
        for mass, facts in zip(held, passage.facts, strict=True):
            if mass > likely and self._kind:
                likelihood = answer_type.likelihood(self._kind, facts, self._own_words)
                if likelihood:
                    typed = max(typed, mass)
                    likely = max(likely, mass * likelihood)
        return typed, likely


def _level(key: str, forms: word_forms.Forms, line: str) -> float:
    """How much of a term *line* holds, 0 to 1."""
    if key in line:
        return 1.0
    for form, level in forms:
        if form in line:
            return level
    return 0.0


def _softened(levels: Sequence[float], least: float) -> list[float]:
    """*levels*, each at least *least* and its share of what stands beside it and elsewhere in the passage."""
    if least > NEIGHBOUR_LEVEL:
        return [max(level, least) for level in levels]
    least = max(least, PASSAGE_LEVEL * max(levels))
    return [
        max(level, least, NEIGHBOUR_LEVEL * max(before, after))
        for before, level, after in zip((0.0, *levels[:-1]), levels, (*levels[1:], 0.0), strict=True)
    ]


def _best_of_articles(candidates: Iterable[tuple[StoredPassage, float]]) -> dict[str, float]:
    scores: dict[str, list[float]] = defaultdict(list)
    for passage, bm25 in candidates:
        scores[passage.article_id].append(bm25)
    return {
        article: sum(sorted(found, reverse=True)[:BEST_OF_ARTICLE]) / BEST_OF_ARTICLE
        for article, found in scores.items()
    }
