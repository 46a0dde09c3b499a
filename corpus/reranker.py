"""BM25's first passages -> the same, the one that answers best first.

A linear score over what was stored when the passages were added, so nothing is tokenised again. The
constants were fitted to half of the articles of five collections by conditional logistic regression,
a softmax over a question's candidates. docs/quality.md has what each gives on the other half.
"""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar

import numpy as np

from corpus import answer_type, pointing_back, terms, who_said, word_forms
from corpus.article import RankedPassage
from corpus.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from corpus.article import Query, StoredPassage

    Floats: TypeAlias = NDArray[np.float64]

V = TypeVar("V")


class Features(NamedTuple, Generic[V]):
    """What speaks for passages, each in units of idf mass; as a constant, what each is worth."""

    bm25: V
    context: V
    """The idf mass that the best sentence holds, words beside it and in the title counting in part."""
    phrased: V
    """The same, its words that stand beside the question's own stop word counting twice: “of France”."""
    brief: V
    """The same, less the longer the sentence is, as many words hold some by chance, and less the less
    likely it holds what is asked for: a time, a number, a name."""
    pairs: V
    """Of the question's neighbouring terms that are neighbours in the passage too."""
    surface: V
    """Of its words that stand in the passage in the very form they were typed."""
    body: V
    """Of its words that stand anywhere in the passage: against it, as one sentence should hold them."""
    article: V
    """The mean BM25 of the three best candidates of the same article."""
    unnamed: V
    """The heaviest name of the question that neither passage nor title holds: against it."""
    before: V
    """Of what it lacks, what the passage before it holds, when it opens with “they” or “the group”."""
    said: V
    """The most that a sentence holds in which speaks whom the question asks for: “what did Alam say”."""


WEIGHTS: Features[float] = Features(
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
    if not candidates:
        return []
    question, side = _Question(query), _SideBySide(candidates)
    standing = _Standing(question, side)
    found = _features(question, side, standing)
    scores = _in_all(WEIGHTS, np.array(found))
    # Who speaks tells passages apart, not whether the question is answered at all.
    confidence: Floats = (scores - WEIGHTS.said * found.said) / question.mass
    covered = standing.coverage(question.idf, len(candidates))
    ranked = [
        RankedPassage(
            passage=passage,
            score=bm25 if question.is_plain else score,
            confidence=sure,
            coverage=mass / question.all_idf,
        )
        for (passage, bm25), score, sure, mass in zip(
            candidates, scores.tolist(), confidence.tolist(), covered, strict=True
        )
    ]
    return sorted(ranked, key=lambda one: -one.score)


class _Term(NamedTuple):
    """A term of the question as it is looked for in a line."""

    key: str
    surface: str
    forms: word_forms.Forms
    weight: float
    is_name: bool


class _Question:
    """A question as its candidates are judged against it."""

    def __init__(self, query: Query) -> None:
        idf = {term.term: term.idf for term in query.terms}
        asked_for = terms.asked_for(query.language)
        weight = {
            term.term: term.idf * (ASKED_FOR if term.plain in asked_for else 1.0) for term in query.terms
        }
        first = {term.term: term for term in reversed(query.terms)}
        pieces = {term for term in idf if terms.is_piece(term)}
        self.is_plain = bool(pieces)
        self.terms = [
            _Term(
                key=f" {term.term} ",
                surface=f" {term.plain} ",
                forms=word_forms.forms(term.term, query.language, LEVELS),
                weight=weight[term.term],
                # Any word may have a capital where a question begins.
                is_name=term.word[:1].isupper() and not query.question.startswith(term.word),
            )
            for term in first.values()
        ]
        self.idf = [term.idf for term in first.values()]
        self.all_idf = sum(idf.values()) or 1.0
        self.mass = sum(value * PIECE if term in pieces else value for term, value in idf.items()) or 1.0
        self.pairs = {
            (first, second): min(query.most_idf, weight[first] + weight[second])
            for first, second in pairwise(term.term for term in query.terms)
        }
        self.row_of = {term: row for row, term in enumerate(first)}
        self.phrases = {
            f" {first.plain} {second.plain} ": weight.get(first.term or second.term, 0.0)
            for first, second in pairwise(query.words)
            if bool(first.term) != bool(second.term)
        }
        self.mean_length = query.mean_length
        self.kind = answer_type.expected(query.question, query.language)
        self.own_words = frozenset(word.plain for word in query.words)
        self.speaker = who_said.speaker(query)
        self.language = query.language


class _SideBySide:
    """The candidates' lines, one a sentence, in one row."""

    def __init__(self, candidates: Sequence[tuple[StoredPassage, float]]) -> None:
        self.passages = [passage for passage, _ in candidates]
        self.bm25 = np.array([score for _, score in candidates])
        self.titles = Lines([passage.title for passage in self.passages])
        n_lines = [len(passage.terms) for passage in self.passages]
        self.first = list(accumulate(n_lines[:-1], initial=0))
        """The first line of each passage."""
        self.passage_of = np.repeat(np.arange(len(n_lines)), n_lines)
        """Of each line: `(n_lines,)`."""
        self.terms = Lines([line for passage in self.passages for line in passage.terms])
        words = [line for passage in self.passages for line in passage.words]
        self.words = Lines(words)
        self.n_words = np.array([line.count(" ") - 1 for line in words])
        self.facts = [line for passage in self.passages for line in passage.facts]
        self.bodies, self.texts = self.terms.grouped(self.first), self.words.grouped(self.first)
        """The same, a passage as one line."""

    def most(self, of_lines: Floats) -> Floats:
        """The most that a line of each passage has: `(…, n_lines)` -> `(…, n_passages)`."""
        most: Floats = np.maximum.reduceat(of_lines, self.first, axis=-1)
        return most


class _Standing:
    """Where the terms of a question stand in its candidates."""

    def __init__(self, question: _Question, side: _SideBySide) -> None:
        passage_of, n_lines = side.passage_of.tolist(), len(side.facts)
        self.in_body: list[set[int]] = []
        """The passages, by index, that hold each term itself."""
        self.in_title = [side.titles.holding(term.key) for term in question.terms]
        """Those whose title does."""
        held: dict[int, float] = {}
        for row, term in enumerate(question.terms):
            first, lines = row * n_lines, side.terms.holding(term.key)
            itself = {passage_of[line] for line in lines}
            if len(itself) < len(side.passages):
                for form, level in reversed(term.forms):
                    for line in side.terms.holding(form):
                        # Where the word itself stands, its forms add next to nothing (R@1 within .0005).
                        if passage_of[line] not in itself:
                            held[first + line] = level
            for line in lines:
                held[first + line] = 1.0
            self.in_body.append(itself)
        self.levels: Floats = np.zeros((len(question.terms), n_lines))
        """How much of each term each line holds by the best of its forms: `(n_terms, n_lines)`."""
        self.levels.put(list(held), list(held.values()))
        self.most: Floats = side.most(self.levels)
        """`(n_terms, n_passages)`."""
        self.is_in_title = np.zeros(self.most.shape, np.bool_)
        for row, titles in enumerate(self.in_title):
            if titles:
                self.is_in_title[row, titles] = True

    def coverage(self, idf: Sequence[float], n_passages: int) -> list[float]:
        """The idf mass of the terms that each passage or its title holds."""
        held: list[list[float]] = [[] for _ in range(n_passages)]
        for worth, body, titles in zip(idf, self.in_body, self.in_title, strict=True):
            for at in body.union(titles):
                held[at].append(worth)
        return list(map(math.fsum, held))


def _features(question: _Question, side: _SideBySide, standing: _Standing) -> Features[Floats]:
    """What speaks for each of the candidates, `(n_passages,)`."""
    weights = [term.weight for term in question.terms]
    held = _held(weights, side, standing)
    nothing = np.zeros(len(side.passages))
    unnamed, surface = nothing, [0.0] * len(side.passages)
    for row, (term, weight) in enumerate(zip(question.terms, weights, strict=True)):
        for at in standing.in_body[row]:
            if side.texts.holds(term.surface, at):
                surface[at] += weight
        if term.is_name:
            lacking = weight * (1 - standing.most[row]) * ~standing.is_in_title[row]
            unnamed = np.maximum(unnamed, lacking)
    of_article = _best_of_articles(zip(side.passages, side.bm25.tolist(), strict=True))
    return Features(
        side.bm25,
        context=side.most(held),
        phrased=side.most(held + _phrases(question, side)),
        brief=_brief(question, side, held),
        pairs=_pairs(question, side, standing),
        surface=np.array(surface),
        body=_in_all(weights, standing.most >= WHOLE_FORM),
        article=np.array([of_article[passage.article_id] for passage in side.passages]),
        unnamed=unnamed,
        before=_held_before(question, side, standing),
        said=side.most(held * _speaks(question, side)) if question.speaker else nothing,
    )


def _in_all(weights: Sequence[float], rows: NDArray[Any]) -> Floats:
    """The sum of *rows*, each times its weight, added in their order: in another the last bit may differ."""
    if not len(rows):
        return np.zeros(rows.shape[1])
    weighted = np.array(weights)[:, np.newaxis] * rows
    total: Floats = np.add.accumulate(weighted)[-1]
    return total


def _held(weights: Sequence[float], side: _SideBySide, standing: _Standing) -> Floats:
    """The weight of the terms that each line holds: `(n_lines,)`.

    Of a term at least a share of what the lines beside it, the title and the rest of the passage hold.
    """
    levels = standing.levels
    elsewhere = np.maximum(TITLE_LEVEL * standing.is_in_title, PASSAGE_LEVEL * standing.most)
    shares = np.maximum(levels, elsewhere[:, side.passage_of])
    beside = NEIGHBOUR_LEVEL * levels
    are_neighbours = side.passage_of[1:] == side.passage_of[:-1]
    np.maximum(shares[:, 1:], beside[:, :-1] * are_neighbours, out=shares[:, 1:])
    np.maximum(shares[:, :-1], beside[:, 1:] * are_neighbours, out=shares[:, :-1])
    return _in_all(weights, shares)


def _phrases(question: _Question, side: _SideBySide) -> Floats:
    """What the question's phrases in each line are worth: `(n_lines,)`."""
    worth = np.zeros(len(side.facts))
    for phrase, weight in question.phrases.items():
        worth[side.words.holding(phrase)] += weight
    return worth


def _brief(question: _Question, side: _SideBySide, held: Floats) -> Floats:
    """The most that a line holds for its length, times how likely it holds what is asked for."""
    brief: Floats = held / (1 + side.n_words / LONG_SENTENCE)
    if not question.kind:
        return side.most(brief)
    best = [0.0] * len(side.passages)
    for at, mass, facts in zip(side.passage_of.tolist(), brief.tolist(), side.facts, strict=True):
        if mass > best[at]:
            likelihood = answer_type.likelihood(question.kind, facts, question.own_words)
            best[at] = max(best[at], mass * (LEAST_LIKELY + (1 - LEAST_LIKELY) * likelihood))
    return np.array(best)


def _speaks(question: _Question, side: _SideBySide) -> NDArray[np.bool_]:
    """In which lines the speaker who is asked for speaks."""
    lines = (line for passage in side.passages for line in passage.words)
    return np.array([who_said.speaks(question.speaker, line) for line in lines], np.bool_)


def _held_before(question: _Question, side: _SideBySide, standing: _Standing) -> Floats:
    """The weight of the terms that a passage lacks and the passage before it holds.

    That one must be a candidate too, and the passage point back to it.
    """
    place_of = {passage.number: at for at, passage in enumerate(side.passages)}
    held = [0.0] * len(side.passages)
    for at, passage in enumerate(side.passages):
        before = place_of.get(passage.number - 1)
        if before is None or side.passages[before].article_id != passage.article_id:
            continue
        if pointing_back.is_about_before("".join(passage.words[:1]), question.language):
            held[at] = sum(
                term.weight
                for row, term in enumerate(question.terms)
                if before in standing.in_body[row]
                and not standing.most[row, at]
                and at not in standing.in_title[row]
            )
    return np.array(held)


def _pairs(question: _Question, side: _SideBySide, standing: _Standing) -> Floats:
    """What the question's neighbouring terms that are neighbours in the passage too are worth."""
    worth = [0.0] * len(side.passages)
    norms: dict[int, float] = {}
    for (first, second), idf in question.pairs.items():
        pair, one, other = f" {first} {second} ", question.row_of[first], question.row_of[second]
        in_title = set(standing.in_title[one]).intersection(standing.in_title[other])
        counts = {at: side.titles.count(pair, at) for at in in_title}
        for at in standing.in_body[one] & standing.in_body[other]:
            counts[at] = counts.get(at, 0) + side.bodies.count(pair, at)
        for at, n in counts.items():
            if n:
                if at not in norms:
                    n_spaces = side.titles.count(" ", at) + side.bodies.count(" ", at)
                    norms[at] = K1 * (1 - B + B * n_spaces / 2 / question.mean_length)
                worth[at] += idf * n * (K1 + 1) / (n + norms[at])
    return np.array(worth)


def _best_of_articles(candidates: Iterable[tuple[StoredPassage, float]]) -> dict[str, float]:
    scores: dict[str, list[float]] = defaultdict(list)
    for passage, bm25 in candidates:
        scores[passage.article_id].append(bm25)
    return {
        article: sum(sorted(found, reverse=True)[:BEST_OF_ARTICLE]) / BEST_OF_ARTICLE
        for article, found in scores.items()
    }
