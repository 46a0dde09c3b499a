"""An answer -> its card: the best passage whole, the others as their sentence, each with its citation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from bot.language import N_, _, ngettext
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
_OUTLET = 40
_MOST_OUTLETS = 3
_QUESTION = 300
_SOURCE = 60
Without: TypeAlias = Literal["dates", "sources", "both"]
_SEARCH: dict[Without, str] = {
    "dates": N_("Search all dates"),
    "sources": N_("Search all sources"),
    "both": N_("Search everything"),
}
_SINCE = {
    "24 hours": N_("since 24 hours"),
    "7 days": N_("since 7 days"),
    "30 days": N_("since 30 days"),
    "1 year": N_("since 1 year"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page of an answer: its quotes, the first of them number `first` from 1.

    `places` are the numbers of all, where they do not follow each other because passages were removed
    meanwhile. `back` is where the page before begins.
    """

    first: int
    quotes: Sequence[Quote]
    places: Sequence[int] = ()
    back: int = 1
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Wider:
    """A search without a filter that left nothing, and what it would find."""

    without: Without
    n_matches: int
    source: str | None
    period: str


def answer(shown: ShownAnswer, page: Page) -> ui.LayoutView:
    """The card of one page. A passage that does not fit any more is left to the next page."""
    return _fitting(shown, page)[1]


def page(shown: ShownAnswer, left: Sequence[Quote], first: int) -> ui.LayoutView:
    """The card of the page that begins with passage *first* from 1, or the next that is left.

    *left* are the passages of the answer that were not removed, one of them at *first* or behind. Back
    leads to one of the pages that are met from the beginning on, so that none is skipped.
    """
    places = [shown.numbers.index(one.number) + 1 for one in left]
    here = next(index for index, place in enumerate(places) if place >= first)
    back = start = 0
    while start < here:
        back = start
        start += _fitting(shown, _cut_out(left, places, start, 0))[0]
    return _fitting(shown, _cut_out(left, places, here, back))[1]


def _cut_out(left: Sequence[Quote], places: Sequence[int], start: int, back: int) -> Page:
    end = start + PER_PAGE
    is_last = end >= len(left)
    return Page(places[start], left[start:end], places[start:end], places[back], is_last=is_last)


def _fitting(shown: ShownAnswer, page: Page) -> tuple[int, ui.LayoutView]:
    """How many quotes of *page* fit on a card, and that card."""
    view = _answer(shown, page)
    n_quotes = len(page.quotes)
    while n_quotes > 1 and not card.fits(view):
        n_quotes -= 1
        view = _answer(
            shown,
            replace(page, quotes=page.quotes[:n_quotes], places=page.places[:n_quotes], is_last=False),
        )
    return n_quotes, view


def note(found: Answer, source: str | None, period: str | None) -> str:
    """What must be known before the first quote is read: a weak match, a spelling, a filter."""
    parts = [
        _("*{typed}* was read as *{word}*.").format(typed=escape(typed), word=escape(read_as))
        for typed, read_as in found.replaced_words
    ]
    if found.status == "weak":
        parts.append(_weak(found))
    narrowed = words.joined(
        title(source, _TITLE) if source else None,
        period,
        *(_("with “{phrase}”").format(phrase=escape(phrase)) for phrase in found.required_phrases),
        *(_("without *{word}*").format(word=escape(word)) for word in found.excluded_words),
    )
    if narrowed:
        parts.append(_("Only {filter}").format(filter=narrowed))
    return " ".join(parts)


def _weak(found: Answer) -> str:
    """Which words of the question were found, and which were not."""
    known = words.listed([f"*{escape(word)}*" for word in found.held_words])
    unknown = words.listed_or([f"*{escape(word)}*" for word in found.missed_words])
    if unknown:
        said = ngettext(
            "Weak match: only {known} was found, not {unknown}.",
            "Weak match: only {known} were found, not {unknown}.",
            len(found.held_words),
        )
    else:
        said = ngettext(
            "Weak match: only {known} was found.",
            "Weak match: only {known} were found.",
            len(found.held_words),
        )
    return said.format(known=known, unknown=unknown)


def nothing(
    question: str, nearest: Sequence[ArticleInfo], filtered_by: str, *, is_private: bool = False
) -> ui.LayoutView:
    """No passage matches; *filtered_by* names what narrowed the search."""
    if filtered_by:
        hint = _("Try fewer or other words, or ask without the filter *{filter}*.").format(
            filter=title(filtered_by, _TITLE)
        )
    else:
        hint = _("Try fewer or other words.")
    titles: list[card.Item] = [
        card.text(link(info.title, info.url, _TITLE), card.aside(words.byline(info))) for info in nearest
    ]
    return card.card(
        card.text(_("No passage matches **{question}**.").format(question=title(question, _QUESTION)), hint),
        *([card.gap(), card.text(card.aside(_("Nearest titles"))), *card.between(titles)] if titles else []),
        card.gap(),
        card.row(_ask_again(is_private=is_private)),
        accent=Accent.BOT,
    )


def filtered_out(
    question: str, answer_id: str, period: str, wider: Sequence[Wider], *, is_private: bool
) -> ui.LayoutView:
    """Passages match, but none within the filter: how many would, and a button that searches there."""
    privacy = "private" if is_private else ""
    return card.card(
        card.text(f"### {title(question, _QUESTION)}"),
        card.text(*(_what_matches(one) for one in wider)),
        card.row(
            *(
                card.button(_(_SEARCH[one.without]), "wider", answer_id, f"{one.without}.{period}.{privacy}")
                for one in wider
            ),
            _ask_again(is_private=is_private),
        ),
        accent=Accent.BOT,
    )


def _what_matches(one: Wider) -> str:
    """How many passages match in the wider search, and which filter left nothing of them."""
    match one.without:
        case "dates" if one.source:
            said = ngettext(
                "{n} passage from *{source}* matches, none {since}.",
                "{n} passages from *{source}* match, none {since}.",
                one.n_matches,
            )
        case "dates":
            said = ngettext(
                "{n} passage matches, none {since}.", "{n} passages match, none {since}.", one.n_matches
            )
        case "sources" if one.period:
            said = ngettext(
                "{n} passage {since} matches, none from *{source}*.",
                "{n} passages {since} match, none from *{source}*.",
                one.n_matches,
            )
        case "sources":
            said = ngettext(
                "{n} passage matches, none from *{source}*.",
                "{n} passages match, none from *{source}*.",
                one.n_matches,
            )
        case _:
            said = ngettext(
                "{n} passage matches, none from *{source}* {since}.",
                "{n} passages match, none from *{source}* {since}.",
                one.n_matches,
            )
    since = _(_SINCE[one.period]) if one.period in _SINCE else ""
    return said.format(n=words.number(one.n_matches), source=title(one.source or "", _SOURCE), since=since)


def _ask_again(*, is_private: bool) -> ui.Button[Any]:
    return card.button(_("Ask again"), "again", argument="private" if is_private else "")


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
    shown_of = ngettext(
        "Paragraph {numbers} of {total} · word for word",
        "Paragraphs {numbers} of {total} · word for word",
        last - first + 1,
    ).format(numbers=words.span(first + 1, last + 1), total=words.number(len(paragraphs)))
    return card.card(
        card.beside(
            card.text(f"### {title(article.title, _TITLE)}", card.aside(words.byline(article))),
            card.link_button(_("Source"), one.link),
        ),
        card.text(quote("\n\n".join(texts))),
        card.rule(),
        card.text(card.aside(shown_of)),
        card.row(
            card.button(_("Earlier"), "earlier", shown.id, f"{one.number}.{first}", is_off=first == 0),
            card.button(
                _("Later"), "later", shown.id, f"{one.number}.{first}", is_off=last == len(paragraphs) - 1
            ),
            card.button(_("Whole article"), "article", article.id, 0),
            card.button(_("Summary"), "focus", shown.id, f"{one.number}.short"),
        ),
        accent=Accent.ARTICLES,
    )


def _answer(shown: ShownAnswer, page: Page) -> ui.LayoutView:
    is_sure = shown.status == "found"
    is_alone = len(shown.numbers) == 1
    best, *others = page.quotes
    places = page.places or range(page.first, page.first + len(page.quotes))
    items: list[card.Item | None] = [
        card.text(f"### {title(shown.question, _QUESTION)}", card.aside(shown.note) if shown.note else None),
        card.gap() if shown.note else None,
        card.text(quote(_whole(best, is_sure=is_sure))),
        _citation(best, None if is_alone else page.first, ()),
        card.rule(),
    ]
    for index, one in enumerate(others, 1):
        items += [
            card.text(quote(_sentence(one))),
            _citation(one, places[index], page.quotes[:index]),
            card.rule() if one is others[-1] else card.gap(),
        ]
    items.append(card.text(card.aside(_footer(shown, places))))
    is_first, is_last = page.first <= page.back, page.is_last or places[-1] >= len(shown.numbers)
    paging = [
        card.button(_("Back"), "page", shown.id, page.back, is_off=is_first),
        card.button(_("Next"), "page", shown.id, places[-1] + 1, is_off=is_last),
    ]
    if is_alone:
        more = card.button(_("More about this"), "around", shown.id, best.number)
        items.append(card.row(more, card.button(_("Delete"), "delete", shown.id)))
    else:
        has_pages = not (is_first and is_last)
        items.append(card.row(*(paging if has_pages else ()), card.button(_("Delete"), "delete", shown.id)))
        options = [
            (f"{words.number(number)} · {one.article.title}", f"{one.number}", _place(one))
            for number, one in zip(places, page.quotes, strict=True)
        ]
        items.append(card.menu(_("More about…"), "more", shown.id, options))
    return card.card(*items, accent=Accent.ARTICLES if is_sure else Accent.LOOK_TWICE)


def _footer(shown: ShownAnswer, places: Sequence[int]) -> str:
    total, first, last = len(shown.numbers), places[0], places[-1]
    if total == 1:
        passages = _("{passages}, word for word").format(passages=words.passages(1))
    else:
        is_run = last - first == len(places) - 1
        numbers = words.span(first, last) if is_run else words.listed([words.number(one) for one in places])
        passages = ngettext(
            "Passage {numbers} of {total}, word for word",
            "Passages {numbers} of {total}, word for word",
            len(places),
        ).format(numbers=numbers, total=words.number(total))
    searched = ngettext(
        "{n} article searched in {ms} ms", "{n} articles searched in {ms} ms", shown.n_articles
    ).format(n=words.number(shown.n_articles), ms=words.number(max(1, round(shown.took_ms))))
    return words.joined(passages, searched)


def _place(one: Quote) -> str:
    place = _("paragraph {n}").format(n=words.number(one.position + 1))
    return words.joined(one.article.publisher, place)


def _citation(one: Quote, number: int | None, above: Sequence[Quote]) -> card.Item:
    """What stands under a quote, like a footnote; the button opens the passage."""
    info = one.article
    publisher = title(info.publisher, _TITLE) if info.publisher else _("No publisher")
    name = f"**{words.number(number)}  {publisher}**" if number else f"**{publisher}**"
    if any(other.article.id == info.id for other in above):
        lines = [card.aside(words.joined(name, _("same article")))]
    else:
        date = words.day(info.published) if info.published else None
        also = _("also in {outlets}").format(outlets=_outlets(one.also_in)) if one.also_in else None
        lines = [card.aside(words.joined(name, date, also)), card.aside(title(info.title, _TITLE))]
    label = _("Source {n}").format(n=words.number(number)) if number else _("Source")
    source = card.link_button(label, one.link)
    # Two passages of one article need two custom_ids: Discord refuses the same one twice.
    opens = source or card.button(_("Show article"), "article", info.id, f"n{one.number}")
    return card.beside(card.text(*lines), opens)


def _outlets(others: Sequence[ArticleInfo]) -> str:
    """Where else a passage stands, a few names at most."""
    names = list(dict.fromkeys(title(info.publisher or info.title, _OUTLET) for info in others))
    n_more = len(names) - _MOST_OUTLETS
    more = ngettext("{n} more", "{n} more", n_more).format(n=words.number(n_more))
    return words.commas([*names[:_MOST_OUTLETS], *([more] if n_more > 0 else [])])


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
    at = next((i for i, span in enumerate(one.sentences) if span.start == one.answer.start), 0)
    until = next((i for i, span in enumerate(one.sentences) if span.end == one.answer.end), at)
    if _length(one, at, until) > MOST_CHARACTERS_OF_PASSAGE - 20:
        until = at
    first, last = at, until
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
    is_part = bold is not None and (first, last) != (at, until)
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
