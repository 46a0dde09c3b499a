"""What is being read, and what it looks like when it does not look like an article -> cards and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language import _, ngettext
from bot.replies import card, words
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
    if state == "garbled":
        next_step = _("If so, paste its text, or look at the file again.")
    else:
        next_step = _("If so, paste its text, or add the saved page.")
    return f"{doubt(state, n_words)} {next_step}"


def same_story(there: SameStory) -> str:
    """What should be known of an article whose story is told already."""
    shown = f"**{title(there.article.title, _TITLE)}**"
    if there.is_same_outlet:
        added = there.article.added
        return _(
            "another version of it is here already: {title}{when}. **Refresh** puts this one in its place."
        ).format(title=shown, when=f" (<t:{int(added.timestamp())}:R>)" if added else "")
    if not there.article.publisher:
        return _("another outlet tells the same story, {title}; an answer shows what both say once.").format(
            title=shown
        )
    return _("{outlet} tells the same story, {title}; an answer shows what both say once.").format(
        outlet=title(there.article.publisher, _NAME), title=shown
    )


def under_way(name: str, number: int = 1, total: int = 1) -> ui.LayoutView:
    """The line that is edited while long work runs."""
    shown = escape(shortened(name, _NAME))
    if total == 1:
        line = _("Reading **{name}** …").format(name=shown)
    else:
        line = _("Reading {number} of {total}: **{name}** …").format(
            number=words.number(number), total=words.number(total), name=shown
        )
    return card.card(card.text(line), accent=Accent.BOT)


def finished(n_read: int, n_given: int, n_left: int) -> ui.LayoutView:
    """What the line becomes: the previews stand below it."""
    given = words.number(n_given)
    if n_read < n_given:
        told = _("Read {n} of {total}.").format(n=words.number(n_read), total=given)
    else:
        told = _("Read all {total}.").format(total=given)
    below = (
        _("Each has its own preview below; nothing is stored yet.") if n_read else _("Nothing was stored.")
    )
    left = ngettext(
        "{n} more was left out: add it from another message.",
        "{n} more were left out: add them from another message.",
        n_left,
    ).format(n=words.number(n_left))
    return card.card(
        card.text(told, card.aside(below), card.aside(left) if n_left else None),
        accent=Accent.DONE if n_read == n_given else Accent.LOOK_TWICE,
    )


def unchanged(info: ArticleInfo, host: str) -> ui.LayoutView:
    return card.card(
        card.text(
            _("**{title}** is still as {site} shows it.").format(
                title=title(info.title, _TITLE), site=escape(host)
            ),
            card.aside(_("Nothing was changed.")),
        ),
        accent=Accent.BOT,
    )


def refreshed(info: ArticleInfo, n_words_before: int) -> ui.LayoutView:
    return card.card(
        card.text(
            _("Fetched **{title}** anew.").format(title=title(info.title, _TITLE)),
            card.aside(_what_changed(info, n_words_before)),
        ),
        accent=Accent.DONE,
    )


def renewed(info: ArticleInfo, n_words_before: int) -> ui.LayoutView:
    return card.card(
        card.text(
            _("The new version of **{title}** is in its place.").format(title=title(info.title, _TITLE)),
            card.aside(_what_changed(info, n_words_before)),
        ),
        accent=Accent.DONE,
    )


def _what_changed(info: ArticleInfo, n_words_before: int) -> str:
    return _("{before} words before, {now} now · what was known of it stays as it was").format(
        before=words.number(n_words_before), now=words.number(info.n_words)
    )


def already_there(found: AlreadyInLibrary) -> ui.LayoutView:
    named = title(found.title, _TITLE)
    if found.added:
        line = _("Already in the library: **{title}** (added {when}).").format(
            title=named, when=f"<t:{int(found.added.timestamp())}:R>"
        )
    else:
        line = _("Already in the library: **{title}**.").format(title=named)
    return card.card(
        card.text(line),
        card.row(
            card.button(_("Refresh"), "refresh", found.article_id),
            card.button(_("Edit details"), "change", found.article_id),
            card.button(_("Cancel"), "dismiss"),
        ),
        accent=Accent.LOOK_TWICE,
    )
