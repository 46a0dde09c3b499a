"""Ranked passages -> which answers best: their order, the answering sentence, the words to mark, how sure."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from corpus import answer_type, terms
from corpus.article import RankedPassage, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus.article import Query, Sentence, Status, StoredPassage

SENTENCE_WEIGHT = 0.6
"""Of the idf mass that the best sentence holds. With the pairs, R@1 .793 -> .813 on SQuAD 1.1."""
PAIR_WEIGHT = 0.3
"""Of the neighbouring words of the question that stand side by side in the passage too."""
PAIR_K1 = 0.9
"""A pair's second occurrence says less than its first, as in BM25."""
TYPE_WEIGHT = 0.15
"""For a sentence that holds what is asked for, a number for “how many”, as a share of the idf mass."""

FOUND = 0.8
WEAK = 0.3
"""From which confidence on a passage is an answer, or a weak match.

Confidence is score over idf mass, about 1.9 for a passage that holds every word of the question once
in one sentence. On SQuAD with half the articles left out, it tells the questions that can be
answered from the others with AUROC .98; .8 calls 5 % of the former weak, and .3 refuses hardly any.
"""


_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]+(?:[.,]\p{N}+)*")


def order(query: Query, candidates: Iterable[tuple[StoredPassage, float]]) -> list[RankedPassage]:
    """The *candidates*, passages with their BM25 scores, best answer first; equals stay as they come."""
    judge = _Judge(query)
    return sorted((judge(passage, bm25) for passage, bm25 in candidates), key=lambda ranked: -ranked.score)


def status(ranked: Sequence[RankedPassage]) -> Status:
    """Whether the best of *ranked* answers the question, may have to do with it, or neither."""
    if not ranked or ranked[0].confidence < WEAK:
        return "nothing"
    return "found" if ranked[0].confidence >= FOUND else "weak"


def matching(ranked: Iterable[RankedPassage]) -> tuple[int, ...]:
    """The numbers of the passages that are at least a weak match, in the order of *ranked*."""
    return tuple(judged.passage.number for judged in ranked if judged.confidence >= WEAK)


def terms_of(passage: StoredPassage) -> frozenset[str]:
    """All terms of a passage and of its article's title."""
    return frozenset(passage.title_terms).union(*(sentence.terms for sentence in passage.sentences))


def answering_sentence(query: Query, text: str, sentences: Sequence[Sentence]) -> Span:
    """The one of a passage's *sentences* that answers best: by the words it shares and what it holds.

    *text* is the passage's. A question for a time, a number or a name looks for one that it does
    not hold itself. Among equals the first is taken.
    """
    idf = _idf(query)
    mass = sum(idf.values()) or 1.0
    expected = answer_type.expected(query.question, query.language)
    own_words = set(_WORD.findall(query.question.casefold()))

    def worth(sentence: Sentence) -> float:
        held = sum(idf.get(term, 0.0) for term in set(sentence.terms)) / mass
        candidates = expected.findall(text[slice(*sentence.span)]) if expected else ()
        if {candidate.casefold() for candidate in candidates} - own_words:
            held += TYPE_WEIGHT
        return held

    return max(sentences, key=worth).span


def highlights(query: Query, text: str, language: str) -> tuple[Span, ...]:
    """Where words of the question stand in *text*, whole words in any inflection; neighbours in one run."""
    wanted = {term.term for term in query.terms}
    runs: list[Span] = []
    for found in terms.analyse(text, language):
        if found.term not in wanted:
            continue
        if runs and not text[runs[-1].end : found.start].strip():
            runs[-1] = Span(runs[-1].start, found.end)
        else:
            runs.append(Span(found.start, found.end))
    return tuple(runs)


class _Judge:
    """Judges passages against one question, from the terms that were stored when they were added."""

    def __init__(self, query: Query) -> None:
        self._idf = _idf(query)
        self._all = sum(self._idf.values()) or 1.0
        # Every second piece of a text without spaces joins the end of one word to the next.
        self._mass = sum(idf / 2 if terms.is_piece(term) else idf for term, idf in self._idf.items()) or 1.0
        most = max(self._idf.values(), default=0.0)
        self._pairs = {
            pair: min(most, self._idf[pair[0]] + self._idf[pair[1]])
            for pair in pairwise(term.term for term in query.terms)
        }

    def __call__(self, passage: StoredPassage, bm25: float) -> RankedPassage:
        in_sentences = [self._held(sentence.terms) for sentence in passage.sentences]
        everything = [
            *passage.title_terms,
            *(term for sentence in passage.sentences for term in sentence.terms),
        ]
        score = bm25 + SENTENCE_WEIGHT * max(in_sentences) + PAIR_WEIGHT * self._adjacent(everything)
        return RankedPassage(
            passage=passage,
            score=score,
            confidence=score / self._mass,
            coverage=self._held(everything) / self._all,
        )

    def _held(self, found: Iterable[str]) -> float:
        """The idf mass of the question's terms among *found*."""
        there = set(found)
        return sum(idf for term, idf in self._idf.items() if term in there)

    def _adjacent(self, found: Sequence[str]) -> float:
        """The worth of the question's pairs that stand side by side in *found*."""
        there = Counter(filter(self._pairs.__contains__, pairwise(found)))
        return sum(self._pairs[pair] * n * (PAIR_K1 + 1) / (n + PAIR_K1) for pair, n in there.items())


def _idf(query: Query) -> dict[str, float]:
    return {term.term: term.idf for term in query.terms}
