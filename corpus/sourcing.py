"""A text that quotes something -> the passages that hold its longest runs of words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING

from corpus import citation, codes, language, overlap, terms
from corpus.article import Quote, Source, Sources, Span
from corpus.asking import up_to_date
from corpus.errors import TooFewWords

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.article import StoredPassage
    from corpus.overlap import Run
    from corpus.ports import ArticleStore, UpToDateRanker

LONGEST_TEXT = 4_000
"""In characters: what is read of a text."""
FEWEST_WORDS = 5
"""In a row: fewer are chance. A shorter text must stand there whole."""
FEWEST_SEARCHED = 3
"""A shorter text is said everywhere."""
WINDOW, STEP = 8, 4
"""Terms that are searched at once, and how many the next search is further on.

A run of eleven terms holds a whole window, and so its passage is among the first found, however many
other words the text has.
"""
N_CANDIDATES = 10
"""Passages that are read for each window."""
_MOST_WINDOWS = 100
"""A text of more, such as one of 4,000 Chinese characters, is searched by longer ones."""


@dataclass(slots=True)
class _Found:
    """A passage that holds a run of the text, and those with the very same words."""

    run: Run
    passage: StoredPassage
    language: str
    same: list[StoredPassage] = field(default_factory=list)


class Sourcing:
    """Finds where texts come from, in one library."""

    def __init__(self, store: ArticleStore, index: UpToDateRanker) -> None:
        self._store = store
        self._index = index

    def sources(self, text: str, *, top: int) -> Sources:
        """What `Library.sources` promises."""
        started = perf_counter()
        text = text[:LONGEST_TEXT]
        if terms.n_words(text) < FEWEST_SEARCHED:
            raise TooFewWords(FEWEST_SEARCHED)
        with self._store.snapshot():
            found = up_to_date(self._index, lambda: self._longest(text))
            sources = sorted(map(self._source, found), key=_rank)[:top]
        return Sources(
            sources=tuple(sources),
            n_articles=sum(self._index.n_articles.values()),
            took_ms=round((perf_counter() - started) * 1000, 3),
        )

    def _longest(self, text: str) -> list[_Found]:
        """The passages that hold a run of *text* which no longer run covers, each text once."""
        found: dict[bytes, _Found] = {}
        for code in language.candidates(text, list(self._index.n_articles)):
            words = [word for word in terms.words(text, code) if word.plain]
            runs = overlap.Runs([codes.of(word.plain) for word in words])
            least = min(FEWEST_WORDS, len(words))
            for passage in self._candidates([word.term for word in words if word.term]):
                run = runs.longest_in([code for line in codes.split(passage.words) for code in line])
                says_something = any(word.term for word in words[run.here : run.here + run.length])
                if run.length < least or not says_something:
                    continue
                known = found.setdefault(passage.words, _Found(run, passage, code))
                if passage.number not in (known.passage.number, *(one.number for one in known.same)):
                    known.same.append(passage)
        every = list(found.values())
        return [one for one in every if not any(_covers(other, one) for other in every)]

    def _candidates(self, searched: Sequence[str]) -> list[StoredPassage]:
        """The passages that hold most of each part of the text, in reading order."""
        numbers = {
            hit.number
            for window in _windows(searched)
            for hit in self._index.ranker.top(list(dict.fromkeys(window)), N_CANDIDATES)
        }
        return self._store.passages(sorted(numbers))

    def _source(self, found: _Found) -> Source:
        passage = found.passage
        [(article, start, text, sentences, _)] = self._store.quoted([passage.number])
        span = _span_of(found.run, text, sentences, article.language)
        elsewhere = {one.article_id: one.number for one in found.same if one.article_id != article.id}
        quote = Quote(
            article=article,
            number=passage.number,
            start=start,
            text=text,
            position=passage.position,
            sentences=sentences,
            answer=span,
            highlights=(),
            score=float(found.run.length),
            coverage=1.0,
            link=citation.link(article.url, text[slice(*span)]),
            also_in=tuple(one.article for one in self._store.quoted(list(elsewhere.values()))),
        )
        return Source(quote, terms.n_words(text[slice(*span)]))


def _windows(searched: Sequence[str]) -> Iterator[Sequence[str]]:
    step = max(STEP, -(-len(searched) // _MOST_WINDOWS))
    length = step * WINDOW // STEP
    for start in range(0, max(1, len(searched) - length + step), step):
        if window := searched[start : start + length]:
            yield window


def _covers(longer: _Found, shorter: _Found) -> bool:
    """Whether the words of one are a part of those of the other."""
    return (
        longer.run.length > shorter.run.length
        and longer.run.here <= shorter.run.here
        and shorter.run.here + shorter.run.length <= longer.run.here + longer.run.length
    )


def _span_of(run: Run, text: str, sentences: Sequence[Span], code: str) -> Span:
    """Where *run* stands in the *text* of a passage; its words are those that were stored of it."""
    places = [
        Span(sentence.start + word.start, sentence.start + word.end)
        for sentence in sentences
        for word in terms.words(text[slice(*sentence)], code)
        if word.plain
    ]
    held = places[run.there : run.there + run.length]
    return Span(min(place.start for place in held), max(place.end for place in held))


def _rank(source: Source) -> tuple[int, date, int]:
    """The longest first; of equal ones the oldest, as the others may have it from there."""
    return -source.n_words, source.quote.article.published or date.max, source.quote.number
