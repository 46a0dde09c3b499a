"""Article -> passages: its paragraphs, long ones cut at sentence ends and tiny ones joined."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import regex

from corpus import facts, sentences, terms
from corpus.article import Article, Passage, Sentence, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_SENTENCES = 8
"""A longer paragraph is cut: BM25 finds a sentence less well the more stands around it."""
MOST_CHARACTERS = 4_000
"""A paragraph without sentence ends is cut at a space, or in the middle of a word if need be."""
FEWEST_WORDS = 8
"""A shorter paragraph says too little alone."""
WINDOW = 2_000
"""Characters read at one place of a text that is too long to be read whole."""

_TITLE_LENGTH = 80

_EMPTY_LINE = regex.compile(r"\n\s*\n")


def split(article: Article) -> list[Passage]:
    """The passages of *article* in reading order; none when its text is blank.

    Each is an exact slice of the text and together they hold all of it but headings and the
    space between paragraphs.
    """
    return [passage for position, span in _joined(article) for passage in _parts(article, position, span)]


def spread(article: Article, most_characters: int) -> list[Passage]:
    """Passages to be read and not searched: of a longer text half so many characters, and parts of the rest.

    They hold whole sentences, with their terms alone, in reading order; none where no sentence ends.
    """
    numbered = paragraphs(article)
    starts = [span.start for _, span in numbered]
    found: list[Passage] = []
    for window in _windows(len(article.text), most_characters):
        for position, paragraph in numbered[max(0, bisect_left(starts, window.start) - 1) :]:
            if paragraph.start >= window.end:
                break
            part = Span(max(paragraph.start, window.start), min(paragraph.end, window.end))
            if part.start < part.end:
                found += _whole_sentences(article, position, paragraph, part)
    return found


def _windows(length: int, most: int) -> Iterator[Span]:
    """Parts of *length* characters, *most* of them together: one of half so many, others evenly behind it."""
    if length <= most:
        yield Span(0, length)
        return
    half = most // 2
    n_windows = max(1, half // WINDOW)
    yield Span(0, min(length, half))
    for number in range(n_windows):
        start = half + number * (length - half) // n_windows
        yield Span(start, min(length, start + WINDOW))


def _whole_sentences(article: Article, position: int, paragraph: Span, part: Span) -> Iterator[Passage]:
    """The sentences of *paragraph* that *part* of it holds whole, as one passage."""
    text = article.text[slice(*part)]
    whole = sentences.split(text, article.language)
    whole = whole[1 if part.start > paragraph.start else 0 : -1 if part.end < paragraph.end else None]
    found = [piece for sentence in whole for piece in _cut(text, sentence)]
    if found:
        first = found[0].start
        yield Passage(
            position=position,
            span=Span(part.start + first, part.start + found[-1].end),
            sentences=tuple(
                Sentence(Span(start - first, end - first), _terms(text[start:end], article.language))
                for start, end in found
            ),
        )


def _terms(text: str, language: str) -> tuple[str, ...]:
    return terms.indexed(text, language).terms


def paragraphs(article: Article) -> list[tuple[int, Span]]:
    """Every paragraph with its number from 0, headings left out and not counted."""
    text, headings = article.text, set(article.headings)
    cuts = [(match.start(), match.end()) for match in _EMPTY_LINE.finditer(text)]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    spans = [_trimmed(text, start, end) for start, end in zip(starts, ends, strict=True)]
    return list(enumerate(span for span in spans if span.start < span.end and span not in headings))


def _trimmed(text: str, start: int, end: int) -> Span:
    """Without the space around it; an empty span where there is nothing else."""
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    return Span(start + left, start + max(left, len(part.rstrip())))


def opening(text: str) -> str:
    """The first words of *text*, for an article that has no title."""
    line = text.strip().split("\n", 1)[0]
    if len(line) <= _TITLE_LENGTH:
        return line.rstrip()
    cut = line.rfind(" ", _TITLE_LENGTH // 2, _TITLE_LENGTH)
    return line[: cut if cut > 0 else _TITLE_LENGTH].rstrip() + "…"


def _joined(article: Article) -> Iterator[tuple[int, Span]]:
    """The paragraphs, a tiny one joined with its neighbour under the number of the first of them."""
    numbered = paragraphs(article)
    if article.keeps_paragraphs:
        yield from numbered
        return
    headings = sorted(heading.start for heading in article.headings)
    pending: tuple[int, Span] | None = None
    for position, span in numbered:
        if pending is None:
            pending = position, span
        elif _are_neighbours(headings, pending[1], span) and (
            _is_tiny(article.text, span) or _is_tiny(article.text, pending[1])
        ):
            pending = pending[0], Span(pending[1].start, span.end)
        else:
            yield pending
            pending = position, span
    if pending:
        yield pending


def _is_tiny(text: str, span: Span) -> bool:
    return terms.n_words(text[slice(*span)]) < FEWEST_WORDS


def _are_neighbours(headings: Sequence[int], first: Span, second: Span) -> bool:
    """Whether none of *headings*, which begin there in ascending order, stands between the two."""
    return bisect_left(headings, first.end) == bisect_left(headings, second.start)


def _parts(article: Article, position: int, span: Span) -> Iterator[Passage]:
    """The paragraph at *span* as one passage, or as several of like length when it is long."""
    text = article.text[slice(*span)]
    found = [piece for sentence in sentences.split(text, article.language) for piece in _cut(text, sentence)]
    n_parts = max(-(-len(found) // MOST_SENTENCES), -(-len(text) // MOST_CHARACTERS), 1)
    for group in _groups(found, len(text) / n_parts, MOST_SENTENCES):
        start, end = group[0].start, group[-1].end
        yield Passage(
            position=position,
            span=Span(span.start + start, span.start + end),
            sentences=tuple(_analysed(text, sentence, start, article.language) for sentence in group),
        )


def _groups(spans: Iterable[Span], aim: float, most: int) -> Iterator[list[Span]]:
    """Runs of neighbouring *spans*, each about *aim* characters and at most *most* spans long."""
    group: list[Span] = []
    for span in spans:
        if group and (len(group) >= most or span.end - group[0].start > aim * 1.25):
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def _cut(text: str, sentence: Span) -> Iterator[Span]:
    """*sentence*, in pieces when it is longer than a passage may be."""
    start, end = sentence
    while end - start > MOST_CHARACTERS:
        space = text.rfind(" ", start + 1, start + MOST_CHARACTERS)
        cut = space if space > start else start + MOST_CHARACTERS
        if (piece := _trimmed(text, start, cut)).start < piece.end:
            yield piece
        start = cut
    if (piece := _trimmed(text, start, end)).start < piece.end:
        yield piece


def _analysed(text: str, span: Span, offset: int, language: str | None) -> Sentence:
    shown = text[slice(*span)]
    found = terms.indexed(shown, language)
    return Sentence(
        span=Span(span.start - offset, span.end - offset),
        terms=found.terms,
        words=found.words,
        facts=facts.of(shown, language),
        term_codes=found.term_codes,
        word_codes=found.word_codes,
    )
