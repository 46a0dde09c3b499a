"""One article -> the few sentences that stand for it, word for word.

News says the most important first, and no lexical method beats the lead of a single article by
much. So this is the lead, well formed: no heading, no half quotation, and no sentence that leans
on one that is not shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import regex

from corpus.article import Passage, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Length = Literal["short", "medium", "long"]
N_SENTENCES: dict[Length, int] = {"short": 3, "medium": 5, "long": 8}

_FEWEST_WORDS = 5
_LEANS_BACK = regex.compile(
    r"""["“„«‘'(\[]*(he|she|it|they|this|that|these|those|his|her|its|their|but|however|moreover|also|and|
    instead|meanwhile|therefore|so|yet|then|still|nevertheless|furthermore|besides)\b""",
    regex.IGNORECASE | regex.VERBOSE,
)
_MARK = regex.compile(r"""(?<!\d)"|[“”„«»「」]""")  # 5" is a length
_CLOSES = {"“": "”", "„": "“", "«": "»", "「": "」", '"': '"', "»": "«"}


def lead(text: str, passages: Sequence[Passage], length: Length) -> tuple[Span, ...]:
    """The first sentences of an article that stand well on their own, in its order.

    *passages* are the article's. A sentence that opens with a pronoun or a connective is shown
    only right behind the one before it. Fewer than asked for when the article has no more; none
    when it has no passages.
    """
    shown: list[Span] = []
    for span, follows in _units(text, passages):
        if len(shown) == N_SENTENCES[length]:
            break
        words = text[slice(*span)]
        is_next = follows is not None and bool(shown) and shown[-1] == follows
        if len(words.split()) < _FEWEST_WORDS and " " in words:
            continue
        if _leans_back(words) and not is_next:
            continue
        shown.append(span)
    return tuple(shown) or tuple(span for span, _ in _units(text, passages))[:1]


def _units(text: str, passages: Sequence[Passage]) -> Iterator[tuple[Span, Span | None]]:
    """Each unit that can be shown, and the unit before it in the same paragraph.

    A unit is a sentence, or the sentences of one quotation.
    """
    position = -1
    for passage in passages:
        if passage.position != position:
            position, previous = passage.position, None
        for span in _whole_quotations(text, passage):
            yield span, previous
            previous = span


def _whole_quotations(text: str, passage: Passage) -> Iterator[Span]:
    """The sentences of *passage*, those joined that stand in one quotation; one never closed joins none."""
    spans = [
        Span(passage.span.start + sentence.span.start, passage.span.start + sentence.span.end)
        for sentence in passage.sentences
    ]
    at = 0
    while at < len(spans):
        last = _end_of_quotation(text, spans, at)
        yield Span(spans[at].start, spans[last].end)
        at = last + 1


def _end_of_quotation(text: str, spans: Sequence[Span], first: int) -> int:
    """The sentence in which the quotations end that begin in *first*; itself when they never end."""
    expected: list[str] = []
    for place in range(first, len(spans)):
        for mark in _MARK.findall(text, *spans[place]):
            if expected and mark == expected[-1]:
                expected.pop()
            elif mark in _CLOSES:
                expected.append(_CLOSES[mark])
        if not expected:
            return place
    return first


def _leans_back(words: str) -> bool:
    """Whether a sentence opens with a pronoun or a connective; IT in capitals is a trade."""
    match = _LEANS_BACK.match(words)
    return match is not None and not (match[1].isupper() and len(match[1]) > 1)
