"""One article -> the few sentences that stand for it, word for word and in its order.

News says the most important first, and no lexical method beats the lead of a single article by
much. So a sentence counts by its place first, then by how much the sentences behind it say again
of what it says (as in PacSum, https://aclanthology.org/P19-1628, by BM25), by the words it shares
with the opening and the title, and by its length.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np

from corpus import terms
from corpus.article import KeyQuote
from corpus.summary import speakers, units
from corpus.summary.choice import Choice, len_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.article import Article, Passage, Span
    from corpus.summary.relatedness import Vector
    from corpus.summary.units import Unit

Length = Literal["short", "medium", "long"]
N_SENTENCES: dict[Length, int] = {"short": 3, "medium": 5, "long": 8}
MOST_CHARACTERS: dict[Length, int] = {"short": 900, "medium": 1_600, "long": 2_600}

POSITION, CENTRALITY, OPENING, TITLE = 1.0, 0.5, 0.3, 0.3
BACKWARD = 0.2
"""Of a link to a sentence before, beside 1 for one behind: what matters is said first and said again."""
FEWEST_WORDS, MOST_WORDS = 8, 45
ODD_LENGTH = 0.3
"""Off for fewer or more words than these."""
TRADE_OFF = 0.8

MOST_CANDIDATES = 400
"""Of an article with more sentences the first half of these, and as many spread over the others."""
FEWEST_WORDS_ON_QUESTION = 12
_MOST_SECTIONS = 5
_N_PARTS = 4
"""In how many parts an article without headings is covered."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What stands for an article; spans in characters of its text, in its order."""

    spans: tuple[Span, ...]
    n_sentences: int
    key_quote: KeyQuote | None = None
    is_whole: bool = False
    """There was nothing to leave out: these are all its sentences."""


def of(article: Article, passages: Sequence[Passage], length: Length) -> Chosen:
    """The units that stand for *article*, all of whose passages these are; none when it has none.

    They hold no more sentences than *length* says. One that opens with a pronoun or a connective
    is there only right behind the one before it.
    """
    found = units.of(article.text, passages, article.language)
    if sum(unit.n_sentences for unit in found) <= N_SENTENCES[length]:
        return _chosen(found, is_whole=True)
    places = _candidates(found)
    choice = _choice(found, places, length)
    scores = _scores(article, choice)
    quote = None
    if length != "short" and (spoken := _key_quote(article, choice, scores)):
        at, quote = spoken
        choice.take(at)
    if length == "long":
        for section in _sections(article, choice.candidates):
            choice.take_one_of(section, scores, TRADE_OFF)
    choice.fill(scores, TRADE_OFF)
    return _chosen(choice.taken or _first(found, length), quote)


def around(
    article: Article, passages: Sequence[Passage], length: Length, question: Sequence[str]
) -> Chosen | None:
    """The units of *article* that say most of a *question*, given as terms; None when none can be shown."""
    found = units.of(article.text, passages, article.language)
    wanted = frozenset(question)
    holding = [place for place in _candidates(found, wanted) if not wanted.isdisjoint(found[place].terms)]
    telling = [place for place in holding if found[place].n_words >= FEWEST_WORDS_ON_QUESTION]
    choice = _choice(found, telling or holding, length)
    choice.fill(choice.weights.answering(question), TRADE_OFF)
    return _chosen(choice.taken) if choice.taken else None


def _chosen(shown: Sequence[Unit], key_quote: KeyQuote | None = None, *, is_whole: bool = False) -> Chosen:
    n_sentences = sum(unit.n_sentences for unit in shown)
    return Chosen(tuple(unit.span for unit in shown), n_sentences, key_quote, is_whole)


def _choice(found: Sequence[Unit], places: Sequence[int], length: Length) -> Choice:
    return Choice(found, places, sentences=N_SENTENCES[length], characters=MOST_CHARACTERS[length])


def _candidates(found: Sequence[Unit], wanted: frozenset[str] = frozenset()) -> list[int]:
    """The places of the units that stand, bounded: the first, those with a term *wanted*, others spread."""
    places = [place for place, unit in enumerate(found) if unit.stands]
    if len(places) <= MOST_CANDIDATES:
        return places
    if wanted:
        places.sort(key=lambda place: (-len(wanted.intersection(found[place].terms)), place))
        return sorted(places[:MOST_CANDIDATES])
    half = MOST_CANDIDATES // 2
    opening = [place for place in places[half:] if found[place].follows is None] or places[half:]
    spread = np.linspace(0, len(opening) - 1, min(half, len(opening)), dtype=int)
    return [*places[:half], *(opening[at] for at in spread)]


def _scores(article: Article, choice: Choice) -> Vector:
    """How well each candidate stands for the article: `(n,)`."""
    n = len(choice.candidates)
    if not n:
        return np.zeros(0, np.float32)
    links = choice.related - np.eye(n, dtype=np.float32)
    central = np.triu(links, 1).sum(axis=1) + BACKWARD * np.tril(links, -1).sum(axis=1)
    n_words = np.array([unit.n_words for unit in choice.candidates])
    title = [term.term for term in terms.analyse(article.title, article.language)]
    scores: Vector = (
        POSITION / np.sqrt(1 + np.arange(n))
        + CENTRALITY * central / max(float(central.max()), 1e-9)
        + OPENING * choice.weights.shares(choice.candidates[0].terms)
        + TITLE * choice.weights.shares(title)
        - ODD_LENGTH * ((n_words < FEWEST_WORDS) | (n_words > MOST_WORDS))
    ).astype(np.float32)
    return scores


def _key_quote(article: Article, choice: Choice, scores: Vector) -> tuple[int, KeyQuote] | None:
    """The candidate that quotes best a speaker the article names, and who that is; the opening is none."""
    for at in np.argsort(-scores, kind="stable"):
        unit = choice.candidates[at]
        if at == 0 or unit.leans or not choice.may_take(int(at)):
            continue
        if speaker := speakers.of(article.text, unit.span, article.language):
            return int(at), KeyQuote(unit.span, speaker)
    return None


def _sections(article: Article, candidates: Sequence[Unit]) -> Iterator[range]:
    """The candidates of each part of the article, as its headings part them, or of like numbers."""
    starts = [unit.span.start for unit in candidates]
    cuts = sorted({0, len(starts), *(bisect_left(starts, heading.end) for heading in article.headings)})
    n_sections = len(cuts) - 1
    if n_sections < 2:
        cuts, n_sections = list(range(len(starts) + 1)), _N_PARTS
    bounds = np.linspace(0, len(cuts) - 1, min(n_sections, _MOST_SECTIONS, len(cuts) - 1) + 1, dtype=int)
    for first, last in pairwise(bounds):
        yield range(cuts[first], cuts[last])


def _first(found: Sequence[Unit], length: Length) -> list[Unit]:
    """The first units as they are, where none can stand alone; the very first whatever it is."""
    shown, n_sentences, n_characters = [found[0]], found[0].n_sentences, len_of(found[0])
    for unit in found[1:]:
        n_sentences, n_characters = n_sentences + unit.n_sentences, n_characters + len_of(unit)
        if n_sentences > N_SENTENCES[length] or n_characters > MOST_CHARACTERS[length]:
            break
        shown.append(unit)
    return shown
