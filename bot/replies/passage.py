"""One passage -> Discord's Markdown: whole or its answering sentence, marked, cut where it is too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.markdown import ELLIPSIS, escape, marked, quote
from corpus.article import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.article import Quote

MOST_CHARACTERS = 900
"""Of one passage, after escaping."""
_MOST_MARKS = 3


def whole(one: Quote, *, is_sure: bool) -> str:
    """The passage, its answering sentence bold; when the match is weak only the found words are marked."""
    start, end = one.answer
    if not is_sure:
        return _window(one, None, _runs(one, one.highlights))
    inside = [span for span in one.highlights if start <= span.start and span.end <= end]
    is_all = one.text[:start].strip() == "" and one.text[end:].strip() == ""
    return _window(one, None if is_all else one.answer, _runs(one, inside))


def sentence(one: Quote) -> str:
    """The answering sentence alone, the question's words underlined."""
    start, end = one.answer
    inside = [
        Span(span.start - start, span.end - start)
        for span in _runs(one, one.highlights)
        if start <= span.start and span.end <= end
    ]
    return cut(one.text[start:end], None, inside)


def around(one: Quote) -> str:
    """The sentences alone in which the answering words stand, these bold unless they are all."""
    at, until = _around(one)
    start, end = one.sentences[at].start, one.sentences[until].end
    if start < one.answer.start and _length(one, at, until) > MOST_CHARACTERS - 20:
        return _from_answer(one)
    bold = Span(one.answer.start - start, one.answer.end - start)
    return cut(one.text[start:end], bold if bold != (0, end - start) else None, ())


def _from_answer(one: Quote) -> str:
    """What begins with the answering words, where the sentence they stand in is too long to be shown."""
    text = one.text[one.answer.start :]
    return cut(text, Span(0, one.answer.end - one.answer.start), (), before=True)


def _runs(one: Quote, spans: Sequence[Span]) -> list[Span]:
    """At most three of *spans*, each of the words they hold once."""
    first_of: dict[str, Span] = {}
    for span in spans:
        first_of.setdefault(one.text[slice(*span)].casefold(), span)
    return list(first_of.values())[:_MOST_MARKS]


def _window(one: Quote, bold: Span | None, underlined: Sequence[Span]) -> str:
    """As many whole sentences around the answering one as a passage may have characters."""
    if len(quote(marked(one.text, bold, underlined))) <= MOST_CHARACTERS:
        return marked(one.text, bold, underlined)
    at, until = _around(one)
    if _length(one, at, until) > MOST_CHARACTERS - 20:
        if one.sentences[at].start < one.answer.start:
            return _from_answer(one)
        until = at
    first, last = at, until
    while True:
        wider = [(first, last + 1), (first - 1, last)]
        fitting = [
            (low, high)
            for low, high in wider
            if low >= 0 and high < len(one.sentences) and _length(one, low, high) <= MOST_CHARACTERS - 20
        ]
        if not fitting:
            break
        first, last = fitting[0]
    start, end = one.sentences[first].start, one.sentences[last].end
    part = one.text[start:end]
    inside = [Span(s.start - start, s.end - start) for s in underlined if start <= s.start and s.end <= end]
    bold_part = None
    if bold is not None and bold != (start, end):
        bold_part = Span(max(0, bold.start - start), min(bold.end, end) - start)
    return cut(part, bold_part, inside, before=start > 0, after=end < len(one.text))


def _around(one: Quote) -> tuple[int, int]:
    """The numbers of the sentences in which the answering words begin and end."""
    at = max((i for i, span in enumerate(one.sentences) if span.start <= one.answer.start), default=0)
    until = next((i for i, span in enumerate(one.sentences) if one.answer.end <= span.end), at)
    return at, max(at, until)


def _length(one: Quote, first: int, last: int) -> int:
    return len(quote(escape(one.text[one.sentences[first].start : one.sentences[last].end])))


def cut(
    text: str, bold: Span | None, underlined: Sequence[Span], *, before: bool = False, after: bool = False
) -> str:
    """*text* with its marks, cut at a word when it is too long; an ellipsis says where text is left out."""
    full = marked(text, bold, underlined)
    limit = MOST_CHARACTERS - 2 * len(ELLIPSIS)
    end = len(text)
    while (length := len(quote(full))) > limit:
        end = min(end - 1, int(end * limit / length))
        space = text.rfind(" ", end // 2, end)
        end = space if space > 0 else end
        kept = [Span(span.start, min(span.end, end)) for span in underlined if span.start < end]
        full = marked(
            text[:end], Span(bold.start, min(bold.end, end)) if bold and bold.start < end else None, kept
        )
        after = True
    return f"{ELLIPSIS if before else ''}{full}{ELLIPSIS if after else ''}"
