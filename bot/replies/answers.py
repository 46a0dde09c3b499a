"""An answer -> its card: the best passage whole, the others as their sentence, each with its citation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.language import Sentence, _, ngettext
from bot.replies import card, citation, passage, plain, remarks, words
from bot.replies.card import Accent
from bot.replies.markdown import link, quote, title
from bot.server_settings import DEFAULT
from corpus.article import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from bot.replies.plain import Plain, Sent
    from bot.server_settings import ServerSettings, Style
    from bot.state import ShownAnswer
    from corpus.article import Article, ArticleInfo, Quote

CONTEXT = 3
"""Paragraphs shown at once in “More about…”."""
_TITLE = 100
_QUESTION = 300
_SHORT = 100


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
    """A search without a filter that left nothing: what it would find, and what its button says."""

    button: str
    what: str
    n_matches: int
    kept: str
    left_nothing: str


def answer(shown: ShownAnswer, page: Page, settings: ServerSettings = DEFAULT) -> Sent:
    """One page, as *settings* want it. A passage that does not fit any more is left to the next page."""
    return _fitting(shown, page, settings)[1]


def page(shown: ShownAnswer, left: Sequence[Quote], first: int, settings: ServerSettings = DEFAULT) -> Sent:
    """The page that begins with passage *first* from 1, or the next that is left.

    *left* are the passages of the answer that were not removed, one of them at *first* or behind. Back
    leads to one of the pages that are met from the beginning on, so that none is skipped.
    """
    places = [shown.numbers.index(one.number) + 1 for one in left]
    here = next(index for index, place in enumerate(places) if place >= first)
    back = start = 0
    n = settings.passages
    while start < here:
        back = start
        start += _fitting(shown, _cut_out(left, places, start, 0, n), settings)[0]
    return _fitting(shown, _cut_out(left, places, here, back, n), settings)[1]


def _cut_out(left: Sequence[Quote], places: Sequence[int], start: int, back: int, n: int) -> Page:
    end = start + n
    is_last = end >= len(left)
    return Page(places[start], left[start:end], places[start:end], places[back], is_last=is_last)


def _fitting(shown: ShownAnswer, page: Page, settings: ServerSettings) -> tuple[int, Sent]:
    """How many quotes of *page* fit into a message, and that message."""
    n_quotes = len(page.quotes)
    while True:
        part = page
        if n_quotes < len(page.quotes):
            part = replace(page, quotes=page.quotes[:n_quotes], places=page.places[:n_quotes], is_last=False)
        sent: Sent
        if settings.style == "plain":
            sent = _plain(shown, part, settings)
            fits = plain.fits(sent)
            if not fits and n_quotes == 1:
                sent = _plain(shown, part, settings, is_short=True)
        else:
            sent = _answer(shown, part, settings)
            fits = card.fits(sent)
        if fits or n_quotes == 1:
            return n_quotes, sent
        n_quotes -= 1


def nothing(
    question: str,
    nearest: Sequence[ArticleInfo],
    filtered_by: str,
    *,
    is_private: bool = False,
    style: Style = "cards",
) -> Sent:
    """No passage matches; *filtered_by* names what narrowed the search."""
    if filtered_by:
        hint = _("Try fewer or other words, or ask without the filter *{filter}*.").format(
            filter=title(filtered_by, _TITLE)
        )
    else:
        hint = _("Try fewer or other words.")
    said = _("No passage matches **{question}**.").format(question=title(question, _QUESTION))
    again = card.row(_ask_again(is_private=is_private))
    if style == "plain":
        sent = plain.message([[said, hint], _nearest(nearest)], [again])
        return sent if plain.fits(sent) else plain.message([[said, hint]], [again])
    titles: list[card.Item] = [
        card.text(link(info.title, info.url, _TITLE), card.aside(words.byline(info))) for info in nearest
    ]
    return card.card(
        card.text(said, hint),
        *([card.gap(), card.text(card.aside(_("Nearest titles"))), *card.between(titles)] if titles else []),
        card.gap(),
        again,
        accent=Accent.BOT,
    )


def _nearest(infos: Sequence[ArticleInfo]) -> list[str]:
    """The lines of a text that name the nearest titles, each with its address."""
    lines = [
        f"{title(info.title, _TITLE)}\n{card.aside(words.joined(words.byline(info), address))}"
        for info in infos
        for address in [f"<{info.url}>" if citation.source(None, info.url) else None]
    ]
    return [card.aside(_("Nearest titles")), *lines] if lines else []


def filtered_out(
    question: str,
    answer_id: str,
    period: str,
    wider: Sequence[Wider],
    *,
    is_private: bool,
    style: Style = "cards",
) -> Sent:
    """Passages match, but none within the filter: how many would, and a button that searches there.

    *answer_id* is empty where nothing is kept that a button could come back to.
    """
    privacy = "private" if is_private else ""
    heading, said = f"### {title(question, _QUESTION)}", [_what_matches(one) for one in wider]
    buttons = card.row(
        *(
            card.button(one.button, "wider", answer_id, f"{one.what}.{period}.{privacy}")
            for one in wider
            if answer_id
        ),
        _ask_again(is_private=is_private),
    )
    if style == "plain":
        return plain.message([[heading, *said]], [buttons])
    return card.card(card.text(heading), card.text(*said), buttons, accent=Accent.BOT)


def _what_matches(one: Wider) -> str:
    """How many passages match in the wider search, and which filter left nothing of them."""
    if one.kept:
        said = ngettext(
            "{n} passage {kept} matches, none {filter}.",
            "{n} passages {kept} match, none {filter}.",
            one.n_matches,
        )
    else:
        said = ngettext(
            "{n} passage matches, none {filter}.", "{n} passages match, none {filter}.", one.n_matches
        )
    return said.format(n=words.number(one.n_matches), kept=one.kept, filter=one.left_nothing)


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
        texts.append(passage.cut(article.text[slice(*span)], part, ()))
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


def _answer(shown: ShownAnswer, page: Page, settings: ServerSettings) -> ui.LayoutView:
    is_sure = shown.status == "found"
    is_alone = len(shown.numbers) == 1
    best, *others = page.quotes
    places = _places(page)
    notes = [card.aside(Sentence(line)) for line in (_shared_by(shown), _note(shown)) if line]
    items: list[card.Item | None] = [
        card.text(f"### {title(shown.question, _QUESTION)}", *notes),
        card.gap() if notes else None,
        card.text(quote(passage.whole(best, is_sure=is_sure))),
        citation.below(best, None if is_alone else page.first, ()),
        card.rule(),
    ]
    for index, one in enumerate(others, 1):
        items += [
            card.text(quote(passage.sentence(one))),
            citation.below(one, places[index], page.quotes[:index]),
            card.rule() if one is others[-1] else card.gap(),
        ]
    items.append(card.text(card.aside(_footer(shown, places))))
    items += _controls(shown, page, settings)
    return card.card(*items, accent=Accent.ARTICLES if is_sure else Accent.LOOK_TWICE)


def _plain(shown: ShownAnswer, page: Page, settings: ServerSettings, *, is_short: bool = False) -> Plain:
    """The same as text: what has no address to show gets its button among the others.

    *is_short* leaves room for one passage in any case: without its title, the address on a button.
    """
    is_sure = shown.status == "found"
    is_alone = len(shown.numbers) == 1
    places = _places(page)
    note = _note(shown)
    note = note if not is_short or len(note) <= _SHORT else ""
    head = [
        f"### {title(shown.question, _SHORT if is_short else _QUESTION)}",
        card.aside(_shared_by(shown)) if _shared_by(shown) else "",
        card.aside(Sentence(note)) if note else "",
    ]
    blocks = []
    buttons = []
    for index, one in enumerate(page.quotes):
        number = None if is_alone else places[index]
        text = passage.sentence(one) if index else passage.whole(one, is_sure=is_sure)
        source = citation.source(number, one.article.url)
        cited = citation.lines(one, number, page.quotes[:index])
        cited = cited[:1] if is_short else cited
        if source and not is_short:
            cited.append(f"<{one.article.url}>")
        else:
            buttons.append(source or citation.opens(one, number))
        blocks.append([*(head if not index else ()), quote(text), card.aside(words.joined(*cited))])
    blocks.append([card.aside(_footer(shown, places))])
    return plain.message(blocks, [*_controls(shown, page, settings), card.row(*buttons)])


def _places(page: Page) -> Sequence[int]:
    return page.places or range(page.first, page.first + len(page.quotes))


def _controls(shown: ShownAnswer, page: Page, settings: ServerSettings) -> list[ui.ActionRow[Any] | None]:
    """The buttons of a page, and the menu; where nothing is kept only those that need nothing."""
    if not shown.id:
        is_public = not shown.is_private
        return [card.row(card.button(_("Delete"), "discard", "", shown.asker))] if is_public else []
    places = _places(page)
    is_first, is_last = page.first <= page.back, page.is_last or places[-1] >= len(shown.numbers)
    is_alone = len(shown.numbers) == 1
    has_pages = not (is_first and is_last)
    # Private questions appear in no statistics, and feedback is one.
    asks_back = settings.has_feedback and not shown.is_private
    row = card.row(
        card.button(_("More about this"), "around", shown.id, page.quotes[0].number) if is_alone else None,
        card.button(_("Back"), "page", shown.id, page.back, is_off=is_first) if has_pages else None,
        card.button(_("Next"), "page", shown.id, places[-1] + 1, is_off=is_last) if has_pages else None,
        card.button(_("Follow up"), "follow", shown.id),
        card.button(_("Not helpful"), "unhelpful", shown.id) if asks_back else None,
        _share(shown, page.first) if shown.is_private else None,
        card.button(_("Delete"), "delete", shown.id, shown.asker),
    )
    if is_alone:
        return [row]
    options = [
        (f"{words.number(number)} · {one.article.title}", f"{one.number}", _place(one))
        for number, one in zip(places, page.quotes, strict=True)
    ]
    return [row, card.menu(_("More about…"), "more", shown.id, options)]


def _share(shown: ShownAnswer, first: int) -> ui.Button[Any]:
    """Shares from the page that is shown, once."""
    label = _("Shared") if shown.is_shared else _("Share to channel")
    return card.button(label, "share", shown.id, first, is_off=shown.is_shared)


def _note(shown: ShownAnswer) -> str:
    """What must be known before the first quote is read."""
    return remarks.line(shown.remarks) if shown.remarks else shown.note


def _shared_by(shown: ShownAnswer) -> str:
    """Who shared it; everywhere else Discord itself says above who asked."""
    if not shown.is_shared or shown.is_private:
        return ""
    return _("Shared by {person}").format(person=f"<@{shown.asker}>")


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
