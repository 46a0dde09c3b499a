"""BM25's first passages -> the same, the one that answers best first.

A linear score over what was stored when the passages were added, so nothing is tokenised again. The
constants were fitted to half of the articles of five collections by conditional logistic regression,
a softmax over a question's candidates. docs/quality.md has what each gives on the other half.
"""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import pairwise
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from corpus import answer_type, pointing_back, terms, who_said, word_forms
from corpus.article import RankedPassage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus.article import Query, StoredPassage


class Features(NamedTuple):
    """What speaks for a passage, each in units of idf mass; as a constant, what each is worth."""

    bm25: float
    context: float
    """The idf mass that the best sentence holds, words beside it and in the title counting in part."""
    phrased: float
    """The same, its words that stand beside the question's own stop word counting twice: “of France”."""
    brief: float
    """The same, less the longer the sentence is, as many words hold some by chance, and less the less
    likely it holds what is asked for: a time, a number, a name."""
    pairs: float
    """Of the question's neighbouring terms that are neighbours in the passage too."""
    surface: float
    """Of its words that stand in the passage in the very form they were typed."""
    body: float
    """Of its words that stand anywhere in the passage: against it, as one sentence should hold them."""
    article: float
    """The mean BM25 of the three best candidates of the same article."""
    unnamed: float
    """The heaviest name of the question that neither passage nor title holds: against it."""
    before: float
    """Of what it lacks, what the passage before it holds, when it opens with “they” or “the group”."""
    said: float
    """The most that a sentence holds in which speaks whom the question asks for: “what did Alam say”."""


WEIGHTS = Features(
    bm25=1.0, context=1.50, phrased=0.50, brief=1.50, pairs=0.25, surface=0.65, body=-0.75, article=1.45,
    unnamed=-0.50, before=1.30, said=0.50,
)  # fmt: skip

LEVELS = word_forms.Levels(inflection=0.95, derivation=0.75, synonym=0.4, prefix=0.45)
"""How much of a term a sentence holds by another form of it."""
NEIGHBOUR_LEVEL = 0.5
TITLE_LEVEL = 0.8
PASSAGE_LEVEL = 0.35
"""How much of a term a sentence holds when the one beside it, the title or any other sentence does."""
LEAST_LIKELY = 0.25
"""What a sentence counts that does not seem to hold what is asked for: facts are not told surely."""
WHOLE_FORM = 0.75
"""From which level on another form of a word stands for the word."""
ASKED_FOR = 0.4
"""What is left of the weight of words that say what is asked for: “in what year”, “what type of”."""
PIECE = 0.4
"""What a piece of a text without spaces counts of a word: every second joins the end of one word to the
next, and at .4 a Chinese answer is as often called found as others are."""
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
    is_name: bool


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
                # Any word may have a capital where a question begins.
                is_name=term.word[:1].isupper() and not query.question.startswith(term.word),
            )
            for term in {term.term: term for term in reversed(query.terms)}.values()
        ]
        self._all = sum(idf.values()) or 1.0
        self._mass = (
            sum(value * PIECE if terms.is_piece(term) else value for term, value in idf.items()) or 1.0
        )
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
        self._speaker = who_said.speaker(query)
        self._language = query.language
        self._of_article = _best_of_articles(candidates)
        self._by_number = {passage.number: passage for passage, _ in candidates}

    def __call__(self, passage: StoredPassage, bm25: float) -> RankedPassage:
        everything = "".join((passage.title, *passage.terms))
        found = self.features(passage, bm25)
        score = sum(map(mul, WEIGHTS, found))
        return RankedPassage(
            passage=passage,
            score=bm25 if self._is_plain else score,
            # Who speaks tells passages apart, not whether the question is answered at all.
            confidence=(score - WEIGHTS.said * found.said) / self._mass,
            coverage=math.fsum([term.idf for term in self._terms if term.key in everything]) / self._all,
        )

    def features(self, passage: StoredPassage, bm25: float) -> Features:
        """What speaks for *passage*, whose score by BM25 is *bm25*."""
        title, lines = passage.title, passage.terms
        body, words = "\n".join(lines), "\n".join(passage.words)
        held = [0.0] * len(lines)
        surface = in_body = unnamed = 0.0
        lacking: list[_Term] = []
        for term in self._terms:
            key, weight = term.key, term.weight
            if key in body:
                # Where the word itself stands, its other forms add next to nothing (R@1 within .0005).
                _hold(held, [1.0 if key in line else 0.0 for line in lines], weight, key in title)
                in_body += weight
                if term.surface in words:
                    surface += weight
                continue
            is_in_title = key in title
            forms = [form for form in term.forms if form[0] in body]
            if forms:
                levels = [_level(forms, line) for line in lines]
                _hold(held, levels, weight, is_in_title)
                if forms[0][1] >= WHOLE_FORM:
                    in_body += weight
                if term.is_name and not is_in_title:
                    unnamed = max(unnamed, weight * (1 - max(levels)))
            elif is_in_title:
                held = [mass + weight * TITLE_LEVEL for mass in held]
            else:
                lacking.append(term)
                if term.is_name and weight > unnamed:
                    unnamed = weight
        return Features(
            bm25,
            context=max(held, default=0.0),
            phrased=self._phrased(held, passage.words, words),
            brief=self._brief(held, passage),
            pairs=self._held_pairs(title + body),
            surface=surface,
            body=in_body,
            article=self._of_article[passage.article_id],
            unnamed=unnamed,
            before=self._held_before(passage, lacking) if lacking else 0.0,
            said=self._said(held, passage.words) if self._speaker else 0.0,
        )

    def _phrased(self, held: Sequence[float], lines: Sequence[str], words: str) -> float:
        """The most that a sentence holds together with the question's phrases in it."""
        phrases = [(phrase, worth) for phrase, worth in self._phrases.items() if phrase in words]
        if not phrases:
            return max(held, default=0.0)
        return max(
            mass + sum(worth for phrase, worth in phrases if phrase in line)
            for mass, line in zip(held, lines, strict=True)
        )

    def _brief(self, held: Sequence[float], passage: StoredPassage) -> float:
        """The most that a sentence holds for its length, times how likely it holds what is asked for."""
        best = 0.0
        for mass, words, facts in zip(held, passage.words, passage.facts, strict=True):
            if mass <= best:
                continue
            brief = mass / (1 + (words.count(" ") - 1) / LONG_SENTENCE)
            if self._kind and brief > best:
                likelihood = answer_type.likelihood(self._kind, facts, self._own_words)
                brief *= LEAST_LIKELY + (1 - LEAST_LIKELY) * likelihood
            if brief > best:
                best = brief
        return best

    def _said(self, held: Sequence[float], lines: Sequence[str]) -> float:
        """The most that a sentence holds in which the speaker who is asked for speaks."""
        return max(
            (mass for mass, line in zip(held, lines, strict=True) if who_said.speaks(self._speaker, line)),
            default=0.0,
        )

    def _held_before(self, passage: StoredPassage, lacking: Sequence[_Term]) -> float:
        """The weight of the terms *lacking* that the passage before holds, if it is a candidate too
        and *passage* points back to it.
        """
        before = self._by_number.get(passage.number - 1)
        if before is None or before.article_id != passage.article_id:
            return 0.0
        if not pointing_back.is_about_before("".join(passage.words[:1]), self._language):
            return 0.0
        return sum(term.weight for term in lacking if any(term.key in line for line in before.terms))

    def _held_pairs(self, line: str) -> float:
        worth = 0.0
        for pair, idf in self._pairs.items():
            if n := line.count(pair):
                norm = K1 * (1 - B + B * line.count(" ") / 2 / self._mean_length)
                worth += idf * n * (K1 + 1) / (n + norm)
        return worth


def _level(forms: Iterable[tuple[str, float]], line: str) -> float:
    """How much of a term *line* holds by other *forms* of it, the best first, 0 to 1."""
    for form, level in forms:
        if form in line:
            return level
    return 0.0


def _hold(held: list[float], levels: Sequence[float], weight: float, is_in_title: bool) -> None:
    """Adds to what each sentence has *held* a term of *weight*, by how much of it each holds.

    At least a share of what the sentences beside it, the title and the rest of the passage hold.
    """
    elsewhere = max(TITLE_LEVEL if is_in_title else 0.0, PASSAGE_LEVEL * max(levels))
    before = 0.0
    for at, (level, after) in enumerate(zip(levels, (*levels[1:], 0.0), strict=True)):
        held[at] += weight * max(level, elsewhere, NEIGHBOUR_LEVEL * before, NEIGHBOUR_LEVEL * after)
        before = level


def _best_of_articles(candidates: Iterable[tuple[StoredPassage, float]]) -> dict[str, float]:
    scores: dict[str, list[float]] = defaultdict(list)
    for passage, bm25 in candidates:
        scores[passage.article_id].append(bm25)
    return {
        article: sum(sorted(found, reverse=True)[:BEST_OF_ARTICLE]) / BEST_OF_ARTICLE
        for article, found in scores.items()
    }
