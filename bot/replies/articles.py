"""Articles -> cards: the list, the preview before one is added, one article to read, what is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.language import N_, Sentence, _, ngettext, pgettext
from bot.replies import card, words
from bot.replies.card import Accent
from bot.replies.markdown import ELLIPSIS, escape, link, marked, quote, title
from corpus.article import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from bot.state import Draft
    from corpus.article import Article, ArticleInfo, Order

PER_PAGE = 6
PER_PAGE_OF_ARTICLE = 2_800
"""Characters of an article on one page, after escaping."""
_TITLE = 100
_OPENING = 300
_MOST_LANGUAGES = 8
_FOR_HEADINGS = 200
"""Characters of a page on top, for the marks that make headings bold."""
_ALL = Span(0, 10**9)
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？")
ORDERS: dict[Order, str] = {
    "newest": N_("newest first"),
    "oldest": N_("oldest first"),
    "title": N_("by title"),
}


def listing(
    found: Sequence[ArticleInfo],
    first: int,
    total: int,
    order: Order,
    key: str,
    only: tuple[str, str] = ("", ""),
) -> ui.LayoutView:
    """One page of the list; *key* is what its buttons remember of the search, *only* its source and words."""
    if not found:
        return card.card(card.text(_("### Articles"), _("No article matches.")), accent=Accent.BOT)
    narrowed = words.joined(*(title(part, _TITLE) for part in only if part))
    note = card.aside(_("Only {filter}").format(filter=narrowed)) if narrowed else None
    entries: list[card.Item] = [
        card.text(
            f"**{words.number(number)}**  {link(info.title, info.url, _TITLE)}",
            card.aside(words.joined(words.byline(info), words.n_words(info.n_words))),
        )
        for number, info in enumerate(found, first)
    ]
    last = first + len(found) - 1
    numbers = words.span(first, last)
    if total > 1:
        shown = _("{numbers} of {total}").format(numbers=numbers, total=words.number(total))
    else:
        shown = words.articles(1)
    options = [
        (f"{words.number(number)} · {info.title}", info.id, words.byline(info))
        for number, info in enumerate(found, first)
    ]
    paging = card.row(
        card.button(_("Back"), "list", key, max(1, first - PER_PAGE), is_off=first == 1),
        card.button(_("Next"), "list", key, last + 1, is_off=last >= total),
    )
    return card.card(
        card.text(_("### Articles"), card.aside(words.joined(shown, _(ORDERS[order]))), note),
        card.gap(),
        *card.between(entries),
        card.rule(),
        paging if total > len(found) else None,
        card.menu(_("Summary of…"), "summaryof", "", options),
        accent=Accent.BOT,
    )


def preview(draft: Draft) -> ui.LayoutView:
    """What was read, before anything is stored; the warning stands where the decision is made."""
    article = draft.article
    facts = [
        title(article.publisher, _TITLE) if article.publisher else _("no publisher found"),
        words.day(article.published) if article.published else _("no date found"),
        words.by(article.author) if article.author else _("no author found"),
    ]
    if draft.replaces:
        heading = _("Your changes · nothing is stored yet")
    else:
        heading = _("Preview · nothing is stored yet")
    return card.card(
        card.text(
            card.aside(heading),
            f"### {title(article.title, _TITLE) or _('No title found')}",
            words.joined(*facts),
            card.aside(words.joined(words.n_words(article.n_words), words.language(article.language))),
        ),
        card.gap(),
        card.text(quote(escape(opening(article)))),
        card.rule(),
        card.text(Sentence(f"{_('**Before you add it:**')} {draft.warning}")) if draft.warning else None,
        card.gap() if draft.warning else None,
        _decision(draft),
        accent=Accent.LOOK_TWICE if draft.warning else Accent.BOT,
    )


def _decision(draft: Draft) -> ui.ActionRow[Any] | None:
    """The buttons of a preview; of what may be no article, the text itself is asked for first."""
    cancel = card.button(_("Cancel"), "cancel", draft.id)
    if draft.is_thin:
        return card.row(
            card.button(_("Add anyway"), "add", draft.id),
            card.button(_("Paste text"), "paste", draft.id, style=discord.ButtonStyle.primary),
            cancel,
        )
    if draft.twin:  # whose own details stay: what would be edited here would be lost
        return card.row(
            card.button(_("Refresh"), "renew", draft.id, style=discord.ButtonStyle.primary),
            card.button(_("Add as another"), "add", draft.id),
            cancel,
        )
    label = _("Save") if draft.replaces else pgettext("button", "Add")
    return card.row(
        card.button(label, "add", draft.id, style=discord.ButtonStyle.primary),
        card.button(_("Edit details"), "edit", draft.id),
        cancel,
    )


def opening(article: Article) -> str:
    """The first characters of the text, headings left out, cut at a sentence or a word."""
    start = next((end for begin, end in article.headings[:1] if begin == 0), 0)
    text = article.text[start:].lstrip()
    if len(text) <= _OPENING:
        return text
    cut = max(text.rfind(mark, _OPENING // 2, _OPENING) + 1 for mark in (". ", "! ", "? ", "。", ".\n"))
    if cut > 0:
        return text[:cut]
    space = text.rfind(" ", _OPENING // 2, _OPENING)
    return text[: space if space > 0 else _OPENING] + ELLIPSIS


def added(article: Article, n_paragraphs: int) -> ui.LayoutView:
    return card.card(
        card.text(
            _ended(_("Added **{title}**."), article.title),
            card.aside(_length(n_paragraphs, article.n_words)),
        ),
        accent=Accent.DONE,
    )


def changed(article: Article) -> ui.LayoutView:
    return card.card(card.text(_ended(_("Saved **{title}**."), article.title)), accent=Accent.DONE)


def _ended(sentence: Sentence, name: str) -> str:
    """*sentence* about a title, without its full stop where the title at its end brings a mark of its own."""
    ends = len(name) <= _TITLE and name.rstrip().endswith(_SENTENCE_ENDS)
    if ends and sentence.endswith("{title}**."):
        sentence = Sentence(sentence[:-1])
    return sentence.format(title=title(name, _TITLE))


def _length(n_paragraphs: int, n_words: int) -> str:
    return words.commas([words.paragraphs(n_paragraphs), words.n_words(n_words)])


def cancelled() -> ui.LayoutView:
    return card.card(card.text(_("Cancelled. Nothing was stored.")), accent=Accent.BOT)


def about(info: Article, n_paragraphs: int, *, can_manage: bool) -> ui.LayoutView:
    """All that is known of one article."""
    added_at = f"<t:{int(info.added.timestamp())}:R>" if info.added else _("unknown")
    lines = [
        f"### {title(info.title, _TITLE)}",
        words.joined(words.byline(info), words.by(info.author) if info.author else None),
        card.aside(
            words.joined(
                _length(n_paragraphs, info.n_words),
                words.language(info.language),
                _("added {when}").format(when=added_at),
            )
        ),
        card.aside(_("id `{id}`").format(id=info.id.replace("`", ""))),
    ]
    return card.card(
        card.beside(card.text(*lines), card.link_button(_("Source"), info.url)),
        card.rule(),
        card.row(
            card.button(_("Whole article"), "article", info.id, 0),
            card.button(_("Summary"), "summary", info.id, "short"),
            card.button(_("Edit details"), "change", info.id) if can_manage else None,
            card.button(_("Remove…"), "remove", info.id, style=discord.ButtonStyle.danger)
            if can_manage
            else None,
        ),
        accent=Accent.BOT,
    )


def whole(article: Article, pages: Sequence[Span], page: int) -> ui.LayoutView:
    """One page of an article to read; *pages* are the spans of all."""
    start, end = pages[page]
    if len(pages) > 1:
        shown = _("Page {n} of {total} · word for word").format(
            n=words.number(page + 1), total=words.number(len(pages))
        )
    else:
        shown = _("Word for word")
    paging = card.row(
        card.button(_("Back"), "article", article.id, page - 1 if page > 1 else "start", is_off=page == 0),
        card.button(_("Next"), "article", article.id, page + 1, is_off=page == len(pages) - 1),
    )
    return card.card(
        card.beside(
            card.text(f"### {title(article.title, _TITLE)}", card.aside(words.byline(article))),
            card.link_button(_("Source"), article.url),
        ),
        card.text(quote(_with_headings(article, Span(start, end)))),
        card.rule(),
        card.text(card.aside(shown)),
        paging if len(pages) > 1 else None,
        accent=Accent.ARTICLES,
    )


def _with_headings(article: Article, page: Span) -> str:
    """The text of a page, its headings bold unless there are too many to fit."""
    parts, start = [], page.start
    for heading in article.headings:
        if page.start <= heading.start and heading.end <= page.end and start <= heading.start:
            parts += [
                escape(article.text[start : heading.start]),
                marked(article.text[slice(*heading)], _ALL),
            ]
            start = heading.end
    shown = "".join([*parts, escape(article.text[start : page.end])])
    fits = len(quote(shown)) <= PER_PAGE_OF_ARTICLE + _FOR_HEADINGS
    return shown if fits else escape(article.text[slice(*page)])


def pages_of(article: Article) -> list[Span]:
    """The article's text in pages of whole paragraphs; a paragraph that is too long is cut at a word.

    No page ends with a heading.
    """
    spans: list[Span] = []
    start, text = 0, article.text
    headings = {end: begin for begin, end in article.headings}
    while start < len(text):
        end = _page_end(text, start)
        while end < len(text) and (before := text[start : headings.get(end, start)].rstrip()):
            end = start + len(before)
        spans.append(Span(start, end))
        start = end
        while start < len(text) and text[start].isspace():
            start += 1
    return spans or [Span(0, 0)]


def _page_end(text: str, start: int) -> int:
    end = min(len(text), start + PER_PAGE_OF_ARTICLE)
    while len(quote(escape(text[start:end]))) > PER_PAGE_OF_ARTICLE:
        end -= max(1, (end - start) // 8)
    if end == len(text):
        return end
    for mark in ("\n\n", "\n", " "):
        cut = text.rfind(mark, start + 1, end)
        if cut > start + (end - start) // 3:
            return cut
    return end


def confirm_removal(info: ArticleInfo) -> ui.LayoutView:
    return card.card(
        card.text(
            _("Remove **{title}** from the library?").format(title=title(info.title, _TITLE)),
            card.aside(
                words.joined(words.byline(info), words.n_words(info.n_words), _("this cannot be undone"))
            ),
        ),
        card.row(
            card.button(_("Remove"), "removed", info.id, style=discord.ButtonStyle.danger),
            card.button(_("Cancel"), "dismiss"),
        ),
        accent=Accent.FAILED,
    )


def removed(infos: Sequence[ArticleInfo]) -> ui.LayoutView:
    if len(infos) == 1:
        done = _ended(_("Removed **{title}**."), infos[0].title)
    else:
        done = ngettext("Removed {n} article.", "Removed {n} articles.", len(infos)).format(
            n=words.number(len(infos))
        )
    return card.card(card.text(done), accent=Accent.DONE)


def confirm_clearing(n_articles: int, server: str) -> ui.LayoutView:
    return card.card(
        card.text(
            ngettext(
                "Remove all {n} article of **{server}**?",
                "Remove all {n} articles of **{server}**?",
                n_articles,
            ).format(n=words.number(n_articles), server=title(server, _TITLE)),
            card.aside(_("Export them first if you may need them again. This cannot be undone.")),
        ),
        card.row(
            card.button(_("Remove all"), "cleared", "", n_articles, style=discord.ButtonStyle.danger),
            card.button(_("Cancel"), "dismiss"),
        ),
        accent=Accent.FAILED,
    )


def stats(
    n_articles: int, n_words: int, languages: Sequence[str], publishers: int, asked: Sequence[str]
) -> ui.LayoutView:
    """How large a library is; *asked* says what was asked of it."""
    names = [name for code in languages if (name := words.language_name(code))]
    spoken = words.commas(names[:_MOST_LANGUAGES])
    if len(names) > _MOST_LANGUAGES:
        spoken = _("{languages} and others").format(languages=spoken)
    n_publishers = ngettext("{n} publisher", "{n} publishers", publishers).format(n=words.number(publishers))
    lines = [
        _("### Library"),
        words.joined(words.articles(n_articles), words.n_words(n_words)),
        words.joined(n_publishers, spoken or _("no language yet")),
        *asked,
    ]
    return card.card(card.text(*lines), accent=Accent.BOT)
