"""Passages of many articles -> the sentences that stand for them, and how many articles say each.

What several articles say matters more than what one says: a sentence counts by how much other
articles say of what it says, by its place in its article, the less the less others say of anything
in it, and by the words of the topic it holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import regex

from corpus import terms
from corpus.article import Passage, Span
from corpus.summary import units
from corpus.summary.picking import pick
from corpus.summary.relatedness import Weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from corpus.article import ArticleInfo, TopicPassage
    from corpus.summary.relatedness import Matrix, Vector
    from corpus.summary.units import Unit

POSITION, SUPPORT, TOPIC = 1.0, 0.6, 0.6
FADING = 0.25
"""The power of the place by which position fades: slower than in one article, as the others lead too."""
FEWEST_WORDS, MOST_WORDS = 8, 45
ODD_LENGTH = 0.3
TRADE_OFF = 0.7

SAME = 0.5
"""From how much two sentences of different articles say of each other on they are one statement."""
STORY = 0.2
"""From how much two articles' openings say of each other on they tell one story."""
MOST_PASSAGES = 200
"""The first of those found are read: a digest says what matters most."""
MOST_PIECES = 300
MOST_CHARACTERS = 500
"""Of one statement: a digest is read at a glance."""

_NUMBER = regex.compile(r"\p{N}+(?:[.,]\p{N}+)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A unit of one of several articles."""

    article: ArticleInfo
    span: Span
    """In characters of the article's text."""
    text: str
    place: int
    """About how many sentences of the article stand before it."""
    unit: Unit


@dataclass(frozen=True, slots=True)
class Said:
    """A piece to be shown, and the articles that say nearly the same, its own first."""

    piece: Piece
    articles: tuple[ArticleInfo, ...]


def on_topic(
    found: Sequence[TopicPassage],
    topic: Mapping[str, float],
    *,
    statements: int,
    words: int | None = None,
) -> list[Said]:
    """The *statements* that say most of what *found* says, in at most so many *words*, as they were picked.

    *found* is best first. *topic* gives the idf of each of its terms. Near-identical sentences of
    several articles are one statement.
    """
    pieces = _best(_pieces(found[:MOST_PASSAGES]), topic)
    if not pieces:
        return []
    weights = Weights([piece.unit.terms for piece in pieces])
    related = weights.between()
    articles = _articles(pieces)
    is_other = articles[:, None] != articles[None, :]
    same = _same(pieces, related, is_other)
    chosen: list[int] = []

    def may_take(at: int) -> bool:
        used = sum(pieces[one].unit.n_words for one in chosen)
        fits = words is None or used + pieces[at].unit.n_words <= words
        return len(chosen) < statements and fits and not same[at, chosen].any()

    scores = _worth(pieces, topic, _support(related, is_other), articles)
    for at in pick(scores.astype(np.float32), related, may_take, trade_off=TRADE_OFF):
        chosen.append(at)  # noqa: PERF402  # `may_take` looks at what was chosen before
    return [_said(at, pieces, same) for at in chosen]


def stories(openings: Iterable[TopicPassage]) -> list[Said]:
    """One sentence for each story that *openings*, the first passages of articles, tell; most reported first.

    An article without a sentence that can be shown alone is told by another of its story, or not at all.
    """
    of_article: dict[str, list[TopicPassage]] = {}
    for passage in openings:
        of_article.setdefault(passage.article.id, []).append(passage)
    told = [said for cluster in _clusters(list(of_article.values())) if (said := _told(cluster))]
    return most_reported_first(told)


def most_reported_first(said: Iterable[Said]) -> list[Said]:
    """Those that most articles say first, and equals newest first."""
    return sorted(said, key=lambda one: (-len(one.articles), _age(one)))


def newest_first(said: Iterable[Said]) -> list[Said]:
    """By the day of the article quoted, and equals most reported first."""
    return sorted(said, key=lambda one: (_age(one), -len(one.articles)))


def _pieces(found: Sequence[TopicPassage]) -> list[Piece]:
    """The units of *found* that can be shown anywhere: they stand, and lean on nothing.

    A passage without a sentence's end is a heading or the site around an article, unless all are so.
    """
    for needs_end in (True, False):
        if pieces := [piece for passage in found for piece in _of_passage(passage, needs_end=needs_end)]:
            return pieces
    return []


def _of_passage(passage: TopicPassage, *, needs_end: bool) -> Iterator[Piece]:
    alone = Passage(0, Span(0, len(passage.text)), passage.sentences)
    found = units.of(passage.text, [alone], passage.article.language, needs_end=needs_end)
    for number, unit in enumerate(found):
        start, end = unit.span
        if unit.stands and not unit.leans and end - start <= MOST_CHARACTERS:
            span = Span(passage.start + start, passage.start + end)
            yield Piece(passage.article, span, passage.text[start:end], passage.position + number, unit)


def _best(pieces: Sequence[Piece], topic: Mapping[str, float]) -> list[Piece]:
    """Those that score best without a look at the others, as many as are compared; in their order."""
    scores = _scores(pieces, topic)
    return [pieces[at] for at in sorted(np.argsort(-scores, kind="stable")[:MOST_PIECES])]


def _worth(
    pieces: Sequence[Piece], topic: Mapping[str, float], support: Vector, articles: NDArray[np.int64]
) -> NDArray[np.float64]:
    """By support and by place, topic and length: `(n,)`."""
    return _scores(pieces, topic, _relevance(support, articles)) + SUPPORT * support


def _scores(
    pieces: Sequence[Piece], topic: Mapping[str, float], relevance: Vector | float = 1.0
) -> NDArray[np.float64]:
    """By place, topic and length: `(n,)`. The place counts by the *relevance* of its article."""
    mass = sum(topic.values()) or 1.0
    n_words = np.array([piece.unit.n_words for piece in pieces])
    held = [sum(topic.get(term, 0.0) for term in set(piece.unit.terms)) / mass for piece in pieces]
    places = np.array([piece.place for piece in pieces])
    odd = (n_words < FEWEST_WORDS) | (n_words > MOST_WORDS)
    scores: NDArray[np.float64] = (
        POSITION * relevance / (1 + places) ** FADING + TOPIC * np.array(held) - ODD_LENGTH * odd
    )
    return scores


def _support(related: Matrix, is_other: NDArray[np.bool_]) -> Vector:
    """How much the other articles say of what each says, beside 1 for the most said: `(n,)`."""
    support: Vector = np.where(is_other, related, 0).sum(axis=1)
    return support / max(float(support.max(initial=0)), 1e-9)


def _relevance(support: Vector, articles: NDArray[np.int64]) -> Vector:
    """How much the others say of what they say most of in each piece's article, 1 for the most: `(n,)`.

    The opening of an article on something else, or of the site around it, leads nothing the others
    tell. Where no article says anything of another, all are as relevant.
    """
    if not support.any():
        return np.ones_like(support)
    most = np.zeros(len(support), support.dtype)
    np.maximum.at(most, articles, support)
    return most[articles]


def _articles(pieces: Sequence[Piece]) -> NDArray[np.int64]:
    """The number of each piece's article, from 0: `(n,)`."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(piece.article.id, len(known)) for piece in pieces], np.int64)


def _same(pieces: Sequence[Piece], related: Matrix, is_other: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which pieces of different articles say nearly the same: `(n, n)`; never with other numbers."""
    same: NDArray[np.bool_] = is_other & ((related + related.T) / 2 >= SAME)
    numbers = [frozenset(_NUMBER.findall(piece.text)) for piece in pieces]
    for one, other in np.argwhere(same).tolist():
        same[one, other] = numbers[one] <= numbers[other] or numbers[other] <= numbers[one]
    return same


def _said(at: int, pieces: Sequence[Piece], same: NDArray[np.bool_]) -> Said:
    told_by = {pieces[at].article.id: pieces[at].article}
    for other in map(int, np.flatnonzero(same[at])):
        told_by.setdefault(pieces[other].article.id, pieces[other].article)
    return Said(pieces[at], tuple(told_by.values()))


def _clusters(articles: Sequence[Sequence[TopicPassage]]) -> list[list[Sequence[TopicPassage]]]:
    """The articles, each as its opening, by the story they tell: with the one it is nearest to, or alone."""
    weights = Weights([_opening_terms(opening) for opening in articles])
    related = weights.between()
    likeness = (related + related.T) / 2
    clusters: list[list[int]] = []
    sums = np.zeros((len(articles), len(articles)))  # of an article's likeness to those in a cluster
    for at in range(len(articles)):
        sizes = [len(cluster) for cluster in clusters]
        means = sums[at, : len(clusters)] / sizes
        nearest = int(np.argmax(means)) if clusters else 0
        if not clusters or means[nearest] < STORY:
            nearest = len(clusters)
            clusters.append([])
        clusters[nearest].append(at)
        sums[:, nearest] += likeness[:, at]
    return [[articles[at] for at in cluster] for cluster in clusters]


def _opening_terms(opening: Sequence[TopicPassage]) -> list[str]:
    info = opening[0].article
    title = [term.term for term in terms.analyse(info.title, info.language)]
    return title + [term for passage in opening for one in passage.sentences for term in one.terms]


def _told(cluster: Sequence[Sequence[TopicPassage]]) -> Said | None:
    """The sentence that tells a cluster's story best; None when none of its openings has one."""
    pieces = _pieces([passage for opening in cluster for passage in opening])
    if not pieces:
        return None
    related = Weights([piece.unit.terms for piece in pieces]).between()
    articles = _articles(pieces)
    support = _support(related, articles[:, None] != articles[None, :])
    best = pieces[int(np.argmax(_worth(pieces, {}, support, articles)))]
    others = (opening[0].article for opening in cluster if opening[0].article.id != best.article.id)
    return Said(best, (best.article, *others))


def _age(said: Said) -> int:
    """Less for what is newer: to sort by."""
    info = said.piece.article
    day = info.published or (info.added.date() if info.added else None)
    return -day.toordinal() if day else 0
