"""Articles -> cards: the list, the preview before one is added, one article to read, what is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

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
ORDERS: dict[Order, str] = {"newest": "newest first", "oldest": "oldest first", "title": "by title"}


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
        return card.card(card.text("### Articles", "No article matches."), accent=Accent.BOT)
    narrowed = " · ".join(title(part, _TITLE) for part in only if part)
    note = card.aside(f"Only {narrowed}") if narrowed else None
    entries: list[card.Item] = [
        card.text(
            f"**{number}**  {link(info.title, info.url, _TITLE)}",
            card.aside(f"{words.byline(info)} · {words.count(info.n_words, 'word')}"),
        )
        for number, info in enumerate(found, first)
    ]
    last = first + len(found) - 1
    numbers = f"{first:,}–{last:,}" if first < last else f"{last:,}"
    shown = f"{numbers} of {total:,}" if total > 1 else "1 article"
    options = [
        (f"{number} · {info.title}", info.id, words.byline(info)) for number, info in enumerate(found, first)
    ]
    paging = card.row(
        card.button("Back", "list", key, max(1, first - PER_PAGE), is_off=first == 1),
        card.button("Next", "list", key, last + 1, is_off=last >= total),
    )
    return card.card(
        card.text("### Articles", card.aside(f"{shown} · {ORDERS[order]}"), note),
        card.gap(),
        *card.between(entries),
        card.rule(),
        paging if total > len(found) else None,
        card.menu("Summary of…", "summaryof", "", options),
        accent=Accent.BOT,
    )


def preview(draft: Draft) -> ui.LayoutView:
    """What was read, before anything is stored; the warning stands where the decision is made."""
    article = draft.article
    facts = [
        title(article.publisher, _TITLE) if article.publisher else "no publisher found",
        words.day(article.published) if article.published else "no date found",
        f"by {title(article.author, _TITLE)}" if article.author else "no author found",
    ]
    n_words = words.count(article.n_words, "word")
    heading = "Your changes · nothing is stored yet" if draft.replaces else "Preview · nothing is stored yet"
    return card.card(
        card.text(
            card.aside(heading),
            f"### {title(article.title, _TITLE) or 'No title found'}",
            " · ".join(facts),
            card.aside(f"{n_words} · {words.language(article.language)}"),
        ),
        card.gap(),
        card.text(quote(escape(opening(article)))),
        card.rule(),
        card.text(f"**Before you add it:** {draft.warning}") if draft.warning else None,
        card.gap() if draft.warning else None,
        _decision(draft),
        accent=Accent.LOOK_TWICE if draft.warning else Accent.BOT,
    )


def _decision(draft: Draft) -> ui.ActionRow[Any] | None:
    """The buttons of a preview; of what may be no article, the text itself is asked for first."""
    cancel = card.button("Cancel", "cancel", draft.id)
    if draft.is_thin:
        return card.row(
            card.button("Add anyway", "add", draft.id),
            card.button("Paste text", "paste", draft.id, style=discord.ButtonStyle.primary),
            cancel,
        )
    label = "Save" if draft.replaces else "Add"
    return card.row(
        card.button(label, "add", draft.id, style=discord.ButtonStyle.primary),
        card.button("Edit details", "edit", draft.id),
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
            f"Added **{title(article.title, _TITLE)}**{_stop(article.title)}",
            card.aside(f"{words.count(n_paragraphs, 'paragraph')}, {words.count(article.n_words, 'word')}"),
        ),
        accent=Accent.DONE,
    )


def changed(article: Article) -> ui.LayoutView:
    done = f"Saved **{title(article.title, _TITLE)}**{_stop(article.title)}"
    return card.card(card.text(done), accent=Accent.DONE)


def _stop(name: str) -> str:
    """The full stop behind a title, unless it ends with a mark of its own."""
    return (
        "" if len(name) <= _TITLE and name.rstrip().endswith((".", "!", "?", "…", "。", "！", "？")) else "."
    )


def form_is_ready(draft: Draft) -> ui.LayoutView:
    """In place of a form that Discord would not wait for."""
    return card.card(
        card.text("That took longer than Discord waits for a form. Now it is ready."),
        card.row(card.button("Edit details", "edit", draft.id, style=discord.ButtonStyle.primary)),
        accent=Accent.BOT,
    )


def cancelled() -> ui.LayoutView:
    return card.card(card.text("Cancelled. Nothing was stored."), accent=Accent.BOT)


def about(info: Article, n_paragraphs: int, *, can_manage: bool) -> ui.LayoutView:
    """All that is known of one article."""
    added_at = f"<t:{int(info.added.timestamp())}:R>" if info.added else "unknown"
    lines = [
        f"### {title(info.title, _TITLE)}",
        words.byline(info) + (f" · by {title(info.author, _TITLE)}" if info.author else ""),
        card.aside(
            f"{words.count(n_paragraphs, 'paragraph')}, {words.count(info.n_words, 'word')}"
            f" · {words.language(info.language)} · added {added_at}"
        ),
        card.aside(f"id `{info.id.replace('`', '')}`"),
    ]
    return card.card(
        card.beside(card.text(*lines), card.link_button("Source", info.url)),
        card.rule(),
        card.row(
            card.button("Whole article", "article", info.id, 0),
            card.button("Summary", "summary", info.id, "short"),
            card.button("Edit details", "change", info.id) if can_manage else None,
            card.button("Remove…", "remove", info.id, style=discord.ButtonStyle.danger)
            if can_manage
            else None,
        ),
        accent=Accent.BOT,
    )


def whole(article: Article, pages: Sequence[Span], page: int) -> ui.LayoutView:
    """One page of an article to read; *pages* are the spans of all."""
    start, end = pages[page]
    shown = f"Page {page + 1} of {len(pages)} · word for word" if len(pages) > 1 else "Word for word"
    paging = card.row(
        card.button("Back", "article", article.id, page - 1 if page else "start", is_off=page == 0),
        card.button("Next", "article", article.id, page + 1, is_off=page == len(pages) - 1),
    )
    return card.card(
        card.beside(
            card.text(f"### {title(article.title, _TITLE)}", card.aside(words.byline(article))),
            card.link_button("Source", article.url),
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
            f"Remove **{title(info.title, _TITLE)}** from the library?",
            card.aside(f"{words.byline(info)} · {words.count(info.n_words, 'word')} · this cannot be undone"),
        ),
        card.row(
            card.button("Remove", "removed", info.id, style=discord.ButtonStyle.danger),
            card.button("Cancel", "dismiss"),
        ),
        accent=Accent.FAILED,
    )


def removed(infos: Sequence[ArticleInfo]) -> ui.LayoutView:
    named = f"**{title(infos[0].title, _TITLE)}**" if len(infos) == 1 else words.count(len(infos), "article")
    stop = _stop(infos[0].title) if len(infos) == 1 else "."
    return card.card(card.text(f"Removed {named}{stop}"), accent=Accent.DONE)


def confirm_clearing(n_articles: int, server: str) -> ui.LayoutView:
    return card.card(
        card.text(
            f"Remove all {words.count(n_articles, 'article')} of **{title(server, _TITLE)}**?",
            card.aside("Export them first if you may need them again. This cannot be undone."),
        ),
        card.row(
            card.button("Remove all", "cleared", "", n_articles, style=discord.ButtonStyle.danger),
            card.button("Cancel", "dismiss"),
        ),
        accent=Accent.FAILED,
    )


def stats(
    n_articles: int, n_words: int, languages: Sequence[str], publishers: int, asked: Sequence[str]
) -> ui.LayoutView:
    """How large a library is; *asked* says what was asked of it."""
    names = [name for code in languages if (name := words.language_name(code))]
    spoken = ", ".join(names[:_MOST_LANGUAGES]) + (" and others" if len(names) > _MOST_LANGUAGES else "")
    lines = [
        "### Library",
        f"{words.count(n_articles, 'article')} · {words.count(n_words, 'word')}",
        f"{words.count(publishers, 'publisher')} · {spoken or 'no language yet'}",
        *asked,
    ]
    return card.card(card.text(*lines), accent=Accent.BOT)
