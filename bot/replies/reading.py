"""What is being read, and what it looks like when it does not look like an article -> cards and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies import card
from bot.replies.card import Accent
from bot.replies.markdown import escape, shortened, title
from bot.replies.states import doubt

if TYPE_CHECKING:
    from discord import ui

    from corpus.article import ArticleInfo, PageState, SameStory
    from corpus.errors import AlreadyInLibrary

_NAME = 80
_TITLE = 100


def warning(state: PageState, n_words: int) -> str:
    """What should be known before a page in this *state* is stored, and the next step."""
    next_step = "look at the file again" if state == "garbled" else "add the saved page"
    return f"{doubt(state, n_words)} If so, paste its text, or {next_step}."


def same_story(there: SameStory) -> str:
    """What should be known of an article whose story is told already."""
    shown = f"**{title(there.article.title, _TITLE)}**"
    if there.is_same_outlet:
        return f"another version of it is here already, {shown}; that one can be refreshed instead."
    outlet = title(there.article.publisher, _NAME) if there.article.publisher else "another outlet"
    return f"{outlet} tells the same story, {shown}; an answer shows what both say once."


def under_way(name: str, number: int = 1, total: int = 1) -> ui.LayoutView:
    """The line that is edited while long work runs."""
    shown = escape(shortened(name, _NAME))
    line = f"Reading **{shown}** …" if total == 1 else f"Reading {number} of {total}: **{shown}** …"
    return card.card(card.text(line), accent=Accent.BOT)


def finished(n_read: int, n_given: int, n_left: int) -> ui.LayoutView:
    """What the line becomes: the previews stand below it."""
    told = f"Read {n_read} of {n_given}." if n_read < n_given else f"Read all {n_given}."
    below = "Each has its own preview below; nothing is stored yet." if n_read else "Nothing was stored."
    left = f"{n_left} more were left out: add them from another message." if n_left else ""
    return card.card(
        card.text(told, card.aside(below), card.aside(left) if left else None),
        accent=Accent.DONE if n_read == n_given else Accent.LOOK_TWICE,
    )


def unchanged(info: ArticleInfo, host: str) -> ui.LayoutView:
    return card.card(
        card.text(
            f"**{title(info.title, _TITLE)}** is still as {escape(host)} shows it.",
            card.aside("Nothing was changed."),
        ),
        accent=Accent.BOT,
    )


def refreshed(info: ArticleInfo, n_words_before: int) -> ui.LayoutView:
    return card.card(
        card.text(
            f"Fetched **{title(info.title, _TITLE)}** anew.",
            card.aside(
                f"{n_words_before:,} words before, {info.n_words:,} now"
                " · what was known of it stays as it was"
            ),
        ),
        accent=Accent.DONE,
    )


def already_there(found: AlreadyInLibrary) -> ui.LayoutView:
    since = f" (added <t:{int(found.added.timestamp())}:R>)" if found.added else ""
    return card.card(
        card.text(f"Already in the library: **{title(found.title, _TITLE)}**{since}."),
        card.row(
            card.button("Refresh", "refresh", found.article_id),
            card.button("Edit details", "change", found.article_id),
            card.button("Cancel", "dismiss"),
        ),
        accent=Accent.LOOK_TWICE,
    )
