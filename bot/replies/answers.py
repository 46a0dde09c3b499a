"""An answer -> its card: the best passage whole, the others as their sentence, each with its citation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.replies import card, words
from bot.replies.card import Accent
from bot.replies.markdown import ELLIPSIS, escape, link, marked, quote, title
from corpus.article import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from bot.state import ShownAnswer
    from corpus.article import Answer, Article, ArticleInfo, Quote

PER_PAGE = 3
CONTEXT = 3
"""Paragraphs shown at once in “More about…”."""
MOST_CHARACTERS_OF_PASSAGE = 900
"""Of one passage, after escaping."""
_MOST_MARKS = 3
_TITLE = 100
_QUESTION = 300


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page of an answer: its quotes, the first of them number `first` from 1."""

    first: int
    quotes: Sequence[Quote]


def answer(shown: ShownAnswer, page: Page, *, can_page: bool = True) -> ui.LayoutView:
    """The card of one page. A passage that does not fit any more is left to the next page."""
    for n_quotes in range(len(page.quotes), 0, -1):
        view = _answer(shown, Page(page.first, page.quotes[:n_quotes]), can_page=can_page)
        if card.fits(view):
            break
    return view


def note(found: Answer, source: str | None, period: str | None) -> str:
    """What must be known before the first quote is read: a weak match, a filter."""
    parts = []
    if found.status == "weak":
        known = words.listed([f"*{escape(word)}*" for word in found.held_words])
        unknown = words.listed([f"*{escape(word)}*" for word in found.missed_words], "or")
        was = "was" if len(found.held_words) == 1 else "were"
        parts.append(f"Weak match: only {known} {was} found" + (f", not {unknown}." if unknown else "."))
    narrowed = " · ".join(part for part in (title(source, _TITLE) if source else "", period or "") if part)
    if narrowed:
        parts.append(f"Only {narrowed}")
    return " ".join(parts)


def nothing(
    question: str, nearest: Sequence[ArticleInfo], filtered_by: str, *, is_private: bool = False
) -> ui.LayoutView:
    """No passage matches; *filtered_by* names what narrowed the search."""
    without = f", or ask without the filter *{title(filtered_by, _TITLE)}*" if filtered_by else ""
    titles: list[card.Item] = [
        card.text(link(info.title, info.url, _TITLE), card.aside(words.byline(info))) for info in nearest
    ]
    return card.card(
        card.text(
            f"No passage matches **{title(question, _QUESTION)}**.", f"Try fewer or other words{without}."
        ),
        *([card.gap(), card.text(card.aside("Nearest titles")), *card.between(titles)] if titles else []),
        card.gap(),
        card.row(card.button("Ask again", "again", argument="private" if is_private else "")),
        accent=Accent.BOT,
    )


def context(
    shown: ShownAnswer, one: Quote, article: Article, paragraphs: Sequence[Span], first: int
) -> ui.LayoutView:
    """Three paragraphs of the article of *one* from number *first* on, its answering sentence bold."""
    window = range(first, min(first + CONTEXT, len(paragraphs)))
    bold = Span(one.start + one.answer.start, one.start + one.answer.end)
    texts = []
    for number in window:
        span = paragraphs[number]
        is_inside = span.start <= bold.start and bold.end <= span.end and bold != span
        part = Span(bold.start - span.start, bold.end - span.start) if is_inside else None
        texts.append(_cut(article.text[slice(*span)], part, ()))
    last = window.stop - 1
    numbers = f"Paragraph {first + 1}" if first == last else f"Paragraphs {first + 1}–{last + 1}"
    return card.card(
        card.beside(
            card.text(f"### {title(article.title, _TITLE)}", card.aside(words.byline(article))),
            card.link_button("Source", one.link),
        ),
        card.text(quote("\n\n".join(texts))),
        card.rule(),
        card.text(card.aside(f"{numbers} of {len(paragraphs)} · word for word")),
        card.row(
            card.button("Earlier", "earlier", shown.id, f"{one.number}.{first}", is_off=first == 0),
            card.button(
                "Later", "later", shown.id, f"{one.number}.{first}", is_off=last == len(paragraphs) - 1
            ),
            card.button("Whole article", "article", article.id, 0),
            card.button("Summary", "focus", shown.id, f"{one.number}.short"),
        ),
        accent=Accent.ARTICLES,
    )


def _answer(shown: ShownAnswer, page: Page, *, can_page: bool) -> ui.LayoutView:
    is_sure = shown.status == "found"
    is_alone = len(shown.numbers) == 1
    best, *others = page.quotes
    items: list[card.Item | None] = [
        card.text(f"### {title(shown.question, _QUESTION)}", card.aside(shown.note) if shown.note else None),
        card.gap() if shown.note else None,
        card.text(quote(_whole(best, is_sure=is_sure))),
        _citation(best, None if is_alone else page.first, ()),
        card.rule(),
    ]
    for place, one in enumerate(others, 1):
        items += [
            card.text(quote(_sentence(one))),
            _citation(one, page.first + place, page.quotes[:place]),
            card.rule() if one is others[-1] else card.gap(),
        ]
    items.append(card.text(card.aside(_footer(shown, page))))
    last = page.first + len(others)
    paging = [
        card.button("Back", "page", shown.id, max(1, page.first - PER_PAGE), is_off=page.first == 1),
        card.button("Next", "page", shown.id, last + 1, is_off=last >= len(shown.numbers)),
    ]
    if is_alone:
        more = card.button("More about this", "around", shown.id, best.number)
        items.append(card.row(more, card.button("Delete", "delete", shown.id)))
    else:
        has_pages = can_page and len(shown.numbers) > len(page.quotes)
        items.append(card.row(*(paging if has_pages else ()), card.button("Delete", "delete", shown.id)))
        options = [
            (f"{number} · {one.article.title}", f"{one.number}", _place(one))
            for number, one in enumerate(page.quotes, page.first)
        ]
        items.append(card.menu("More about…", "more", shown.id, options))
    return card.card(*items, accent=Accent.ARTICLES if is_sure else Accent.LOOK_TWICE)


def _footer(shown: ShownAnswer, page: Page) -> str:
    total, last = len(shown.numbers), page.first + len(page.quotes) - 1
    if total == 1:
        passages = "1 passage"
    elif page.first == last:
        passages = f"Passage {last} of {total}"
    else:
        passages = f"Passages {page.first}–{last} of {total}"
    articles = words.count(shown.n_articles, "article")
    return f"{passages}, word for word · {articles} searched in {max(1, round(shown.took_ms))} ms"


def _place(one: Quote) -> str:
    publisher = f"{one.article.publisher} · " if one.article.publisher else ""
    return f"{publisher}paragraph {one.position + 1}"


def _citation(one: Quote, number: int | None, above: Sequence[Quote]) -> card.Item:
    """What stands under a quote, like a footnote; the button opens the passage."""
    info = one.article
    publisher = title(info.publisher, _TITLE) if info.publisher else "No publisher"
    name = f"{number}  {publisher}" if number else publisher
    if any(other.article.id == info.id for other in above):
        lines = [card.aside(f"**{name}** · same article")]
    else:
        date = f" · {words.day(info.published)}" if info.published else ""
        lines = [card.aside(f"**{name}**{date}"), card.aside(title(info.title, _TITLE))]
    source = card.link_button(f"Source {number}" if number else "Source", one.link)
    # Two passages of one article need two custom_ids: Discord refuses the same one twice.
    opens = source or card.button("Show article", "article", info.id, f"n{one.number}")
    return card.beside(card.text(*lines), opens)


def _whole(one: Quote, *, is_sure: bool) -> str:
    """The passage, its answering sentence bold; when the match is weak only the found words are marked."""
    start, end = one.answer
    if not is_sure:
        return _window(one, None, _runs(one, one.highlights))
    inside = [span for span in one.highlights if start <= span.start and span.end <= end]
    is_all = one.text[:start].strip() == "" and one.text[end:].strip() == ""
    return _window(one, None if is_all else one.answer, _runs(one, inside))


def _sentence(one: Quote) -> str:
    """The answering sentence alone, the question's words underlined."""
    start, end = one.answer
    inside = [
        Span(span.start - start, span.end - start)
        for span in _runs(one, one.highlights)
        if start <= span.start and span.end <= end
    ]
    return _cut(one.text[start:end], None, inside)


def _runs(one: Quote, spans: Sequence[Span]) -> list[Span]:
    """At most three of *spans*, each of the words they hold once."""
    first_of: dict[str, Span] = {}
    for span in spans:
        first_of.setdefault(one.text[slice(*span)].casefold(), span)
    return list(first_of.values())[:_MOST_MARKS]


def _window(one: Quote, bold: Span | None, underlined: Sequence[Span]) -> str:
    """As many whole sentences around the answering one as a passage may have characters."""
    if len(quote(marked(one.text, bold, underlined))) <= MOST_CHARACTERS_OF_PASSAGE:
        return marked(one.text, bold, underlined)
    at = one.sentences.index(one.answer) if one.answer in one.sentences else 0
    first = last = at
    while True:
        wider = [(first, last + 1), (first - 1, last)]
        fitting = [
            (low, high)
            for low, high in wider
            if low >= 0
            and high < len(one.sentences)
            and _length(one, low, high) <= MOST_CHARACTERS_OF_PASSAGE - 20
        ]
        if not fitting:
            break
        first, last = fitting[0]
    start, end = one.sentences[first].start, one.sentences[last].end
    part = one.text[start:end]
    inside = [Span(s.start - start, s.end - start) for s in underlined if start <= s.start and s.end <= end]
    is_part = bold is not None and (first, last) != (at, at)
    bold_part = Span(one.answer.start - start, one.answer.end - start) if is_part else None
    return _cut(part, bold_part, inside, before=start > 0, after=end < len(one.text))


def _length(one: Quote, first: int, last: int) -> int:
    return len(quote(escape(one.text[one.sentences[first].start : one.sentences[last].end])))


def _cut(
    text: str, bold: Span | None, underlined: Sequence[Span], *, before: bool = False, after: bool = False
) -> str:
    """*text* with its marks, cut at a word when it is too long; an ellipsis says where text is left out."""
    full = marked(text, bold, underlined)
    limit = MOST_CHARACTERS_OF_PASSAGE - 2 * len(ELLIPSIS)
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
