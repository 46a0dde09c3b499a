"""BM25's first passages -> the same, the one that answers best first.

A linear score over what was stored when the passages were added, so nothing is tokenised again. The
constants were fitted to half of the articles of five collections by conditional logistic regression,
a softmax over a question's candidates. docs/quality.md has what each gives on the other half.
"""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeAlias, TypeVar

import numpy as np

from corpus import answer_type, pointing_back, terms, word_forms
from corpus.article import RankedPassage
from corpus.standing import weighed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from corpus.article import StoredPassage
    from corpus.standing import Standing

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

_WEIGHTS = np.array(WEIGHTS)

LEVELS = word_forms.Levels(inflection=0.95, derivation=0.75, synonym=0.4, prefix=0.45)
"""How much of a term a sentence holds by another form of it."""
_LEVELS = np.array(LEVELS)
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


def order(standing: Standing, bm25: Sequence[float]) -> list[RankedPassage]:
    """The passages of *standing*, *bm25* the score of each, best answer first; equals stay as they come.

    Pieces of a text without spaces are no words: for them BM25's own order is the best known.
    """
    question = _Question(standing)
    found = _features(question, standing, np.array(bm25))
    scores = weighed(_WEIGHTS, np.array(found))
    # Who speaks tells passages apart, not whether the question is answered at all.
    confidence: Floats = (scores - WEIGHTS.said * found.said) / question.mass
    judged = (
        bm25 if question.is_plain else scores.tolist(),
        confidence.tolist(),
        standing.coverage().tolist(),
    )
    ranked = [
        RankedPassage(passage, *found) for passage, *found in zip(standing.passages, *judged, strict=True)
    ]
    return sorted(ranked, key=attrgetter("score"), reverse=True)


class _Question:
    """A question as passages are judged against it."""

    def __init__(self, standing: Standing) -> None:
        query, found = standing.query, standing.terms
        asked_for = terms.asked_for(query.language)
        self.weights = np.array(
            [term.idf * (ASKED_FOR if term.plain in asked_for else 1.0) for term in found]
        )
        """Of each term: `(n_terms,)`."""
        are_pieces = [terms.is_piece(term.term) for term in found]
        self.is_plain = any(are_pieces)
        self.mass = (
            sum(
                term.idf * PIECE if is_piece else term.idf
                for term, is_piece in zip(found, are_pieces, strict=True)
            )
            or 1.0
        )
        self.names = [
            row
            for row, term in enumerate(found)
            # Any word may have a capital where a question begins.
            if term.word[:1].isupper() and not query.question.startswith(term.word)
        ]
        """The rows of those that name something."""


def _features(question: _Question, standing: Standing, bm25: Floats) -> Features[Floats]:
    """What speaks for each of the passages, `(n_passages,)`."""
    levels, most = _LEVELS[standing.related], _LEVELS[standing.closest]
    held = _held(question, standing, levels, most)
    nothing = np.zeros(len(standing.passages))
    return Features(
        bm25,
        context=standing.most(held),
        phrased=standing.most(held + _phrases(question, standing)),
        brief=_brief(standing, held),
        pairs=_pairs(question, standing),
        surface=weighed(question.weights, standing.as_typed & standing.in_body),
        body=weighed(question.weights, most >= WHOLE_FORM),
        article=_best_of_articles(standing.passages, bm25),
        unnamed=_unnamed(question, standing, most),
        before=_held_before(question, standing),
        said=standing.most(held * standing.speaks) if standing.speaker else nothing,
    )


def _held(question: _Question, standing: Standing, levels: Floats, most: Floats) -> Floats:
    """The weight of the terms that each line holds: `(n_lines,)`.

    Of a term at least a share of what the lines beside it, the title and the rest of the passage hold.
    *levels* are how much of each term each line holds, *most* each passage.
    """
    elsewhere = np.maximum(TITLE_LEVEL * standing.in_title, PASSAGE_LEVEL * most)
    shares = np.maximum(levels, elsewhere[:, standing.passage_of])
    beside = NEIGHBOUR_LEVEL * levels
    are_neighbours = standing.passage_of[1:] == standing.passage_of[:-1]
    np.maximum(shares[:, 1:], beside[:, :-1] * are_neighbours, out=shares[:, 1:])
    np.maximum(shares[:, :-1], beside[:, 1:] * are_neighbours, out=shares[:, :-1])
    return weighed(question.weights, shares)


def _phrases(question: _Question, standing: Standing) -> Floats:
    """What the question's phrases in each line are worth: `(n_lines,)`."""
    return weighed(question.weights[standing.phrases], standing.phrased)


def _brief(standing: Standing, held: Floats) -> Floats:
    """The most that a line holds for its length, times how likely it holds what is asked for."""
    brief: Floats = held / (1 + standing.n_words / LONG_SENTENCE)
    if not standing.kind:
        return standing.most(brief)
    best = [0.0] * len(standing.passages)
    for at, mass, facts in zip(standing.passage_of.tolist(), brief.tolist(), standing.facts, strict=True):
        if mass > best[at]:
            likelihood = answer_type.likelihood(standing.kind, facts, standing.own_words)
            best[at] = max(best[at], mass * (LEAST_LIKELY + (1 - LEAST_LIKELY) * likelihood))
    return np.array(best)


def _unnamed(question: _Question, standing: Standing, most: Floats) -> Floats:
    """The weight of the heaviest name that each passage and its title lack."""
    lacking = np.zeros(len(standing.passages))
    for row in question.names:
        lacked = question.weights[row] * (1 - most[row]) * ~standing.in_title[row]
        np.maximum(lacking, lacked, out=lacking)
    return lacking


def _held_before(question: _Question, standing: Standing) -> Floats:
    """The weight of the terms that a passage lacks and the passage before it holds.

    That one must be among them too, and the passage point back to it.
    """
    held = np.zeros(len(standing.passages))
    place_of, language = standing.place_of, standing.query.language
    for before, at in [(place_of[n - 1], at) for n, at in place_of.items() if n - 1 in place_of]:
        earlier, passage = standing.passages[before], standing.passages[at]
        if earlier.article_id == passage.article_id and pointing_back.is_about_before(
            passage.words, language
        ):
            has = standing.closest[:, at].astype(np.bool_) | standing.in_title[:, at]
            held[at] = question.weights[standing.in_body[:, before] & ~has].sum()
    return held


def _pairs(question: _Question, standing: Standing) -> Floats:
    """What the question's neighbouring terms that are neighbours in the passage too are worth."""
    query, n = standing.query, standing.n_pairs
    norms = K1 * (1 - B) + K1 * B / 2 / query.mean_length * standing.n_terms
    weights = question.weights.tolist()
    worth = [min(query.most_idf, weights[first] + weights[second]) for first, second in standing.pairs]
    return weighed(np.array(worth), n * (K1 + 1) / (n + norms))


def _best_of_articles(passages: Sequence[StoredPassage], bm25: Floats) -> Floats:
    """Of the article of each of *passages* the mean of the best scores, `(n_passages,)`."""
    scores: dict[str, list[float]] = defaultdict(list)
    for passage, score in zip(passages, bm25.tolist(), strict=True):
        scores[passage.article_id].append(score)
    best = {
        article: sum(sorted(found, reverse=True)[:BEST_OF_ARTICLE]) / BEST_OF_ARTICLE
        for article, found in scores.items()
    }
    return np.array([best[passage.article_id] for passage in passages])
