"""Blocks of a pasted page -> which of them are the article.

Navigation, links to other stories and copyright stand around an article and are not prose. The
article is the contiguous run of blocks that scores highest as prose, whatever the site is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from corpus import terms
from corpus.reading import dates, wording
from corpus.reading.blocks import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FEWEST_WORDS_OF_PROSE = 12
_MOST_WORDS_COUNTED = 80
_MOST_WORDS_OF_CHROME = 12
_MOST_WORDS_OF_HEADING = 10
_FEWEST_WORDS_OF_SENTENCE = 4

_COST_OF_ITEM = -1
_COST_OF_HEADING = -2
_COST_OF_SHORT_SENTENCE = -3
_COST_OF_LINE = -6
_COST_OF_CHROME = -8


class Run(NamedTuple):
    """Blocks before the article, of the article, and after it."""

    head: list[Block]
    body: list[Block]
    tail: list[Block]


def find(blocks: Sequence[Block]) -> Run:
    """The run that is the article; all of *blocks* where none is prose, as in a list or a poem."""
    start, end = _best_run([_worth(block) for block in blocks])
    if start == end:
        return Run([], list(blocks), [])
    while start and _begins_article(blocks[start - 1]):
        start -= 1
    while end < len(blocks) and _ends_article(blocks[end]):
        end += 1
    return Run(list(blocks[:start]), list(blocks[start:end]), list(blocks[end:]))


def find_in_markdown(blocks: Sequence[Block]) -> Run:
    """All of a Markdown text but the title, byline and dateline it begins with."""
    n_head = 0
    for block in blocks:
        is_short = terms.n_words(block.text) <= _MOST_WORDS_OF_CHROME
        is_line = wording.BYLINE.match(block.text) or dates.looks_dated(block.text)
        if block.kind != "title" and not (is_short and is_line):
            break
        n_head += 1
    return Run(list(blocks[:n_head]), list(blocks[n_head:]), [])


def clean(body: Iterable[Block], title: str, *, guesses_headings: bool = True) -> list[Block]:
    """*body* without captions, lines of the site and a second title; lone short lines become headings."""
    blocks = [block for block in body if not _is_aside(block, title)]
    if guesses_headings and len(blocks) > 1 and all(block.kind == "text" for block in blocks):
        blocks = _with_headings(blocks)
    while len(blocks) > 1 and blocks[-1].kind != "text" and blocks[-2].kind == "text":
        blocks.pop()  # a heading above nothing
    if all(block.kind != "text" for block in blocks):
        return [Block("text", block.text) for block in blocks]
    return blocks


def _with_headings(blocks: Sequence[Block]) -> list[Block]:
    """Of lines that say nothing of their kind, those alone between others that read as prose are headings."""
    short = [_reads_as_heading(block.text) for block in blocks]
    is_prose_next = [*(not is_short for is_short in short[1:]), True]
    is_prose_before = [True, *(not is_short for is_short in short[:-1])]
    return [
        Block("heading", block.text) if is_short and before and after else block
        for block, is_short, before, after in zip(blocks, short, is_prose_before, is_prose_next, strict=True)
    ]


def _best_run(worths: Sequence[int]) -> tuple[int, int]:
    """Start and end of the run with the highest sum above 0, the first of equals; (0, 0) without one."""
    best, best_run = 0, (0, 0)
    total, start = 0, 0
    for place, worth in enumerate(worths):
        if total <= 0:
            total, start = 0, place
        total += worth
        if total > best:
            best, best_run = total, (start, place + 1)
    return best_run


def _worth(block: Block) -> int:
    n_words = terms.n_words(block.text)
    is_sentence = wording.SENTENCE_END.search(block.text) is not None
    if block.kind != "text" or wording.CAPTION.search(block.text):
        return _COST_OF_HEADING
    if n_words >= _FEWEST_WORDS_OF_PROSE and is_sentence:
        return min(n_words, _MOST_WORDS_COUNTED)
    if wording.CHROME.match(block.text):
        return _COST_OF_CHROME
    if wording.LIST_ITEM.match(block.text):
        return _COST_OF_ITEM
    return _COST_OF_SHORT_SENTENCE if is_sentence else _COST_OF_LINE


def _ends_article(block: Block) -> bool:
    """Whether a short last sentence behind the last long paragraph still belongs to it."""
    return (
        block.kind == "text"
        and terms.n_words(block.text) >= _FEWEST_WORDS_OF_SENTENCE
        and wording.SENTENCE_END.search(block.text) is not None
        and not wording.CHROME.match(block.text)
        and not wording.ADDRESS.search(block.text)
    )


def _begins_article(block: Block) -> bool:
    """Whether a short sentence before the first long paragraph is of the text, and no headline."""
    return (
        _ends_article(block)
        and wording.STATEMENT_END.search(block.text) is not None
        and not wording.CAPTION.search(block.text)
        and not wording.BYLINE.match(block.text)
        and not dates.looks_dated(block.text)
    )


def _is_aside(block: Block, title: str) -> bool:
    text = block.text
    if text == title or block.kind != "text":
        return text == title
    return wording.CAPTION.search(text) is not None or (
        wording.CHROME.match(text) is not None and terms.n_words(text) <= _MOST_WORDS_OF_CHROME
    )


def _reads_as_heading(text: str) -> bool:
    return terms.n_words(text) <= _MOST_WORDS_OF_HEADING and not text.rstrip().endswith(
        tuple('.!…,;:"”»)。！।')
    )
