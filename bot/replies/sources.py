"""Where a text comes from -> its card: each passage with the words that stand there exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language import _, ngettext
from bot.replies import card, citation, passage, words
from bot.replies.card import Accent
from bot.replies.markdown import quote
from corpus.sourcing import FEWEST_WORDS

if TYPE_CHECKING:
    from discord import ui

    from corpus.article import Source, Sources


def sources(found: Sources, message_url: str, *, owner: int) -> ui.LayoutView:
    """The passages, the words they share with the message bold; *owner* may delete the card."""
    for n_sources in range(len(found.sources), 0, -1):
        view = _sources(found, n_sources, message_url, owner)
        if card.fits(view):
            break
    return view


def no_source() -> ui.LayoutView:
    """No passage holds enough of the message."""
    return card.card(
        card.text(
            _("No article has {n} words of that message in a row.").format(n=words.number(FEWEST_WORDS)),
            _("If it is in other words there, **Ask about this** may find it."),
        ),
        accent=Accent.BOT,
    )


def _sources(found: Sources, n_sources: int, message_url: str, owner: int) -> ui.LayoutView:
    shown = found.sources[:n_sources]
    is_alone = n_sources == 1
    items: list[card.Item] = []
    for number, one in enumerate(shown, 1):
        above = [other.quote for other in shown[: number - 1]]
        text = passage.around(one.quote) if above else passage.whole(one.quote, is_sure=True)
        items += [
            card.text(quote(text)),
            citation.below(one.quote, None if is_alone else number, above, _how_much(one)),
            card.rule() if number in {1, n_sources} else card.gap(),
        ]
    searched = ngettext(
        "{n} article searched in {ms} ms", "{n} articles searched in {ms} ms", found.n_articles
    ).format(n=words.number(found.n_articles), ms=words.number(max(1, round(found.took_ms))))
    exact = _("{passages}, word for word").format(passages=words.passages(n_sources))
    return card.card(
        card.text(
            f"### {_('Find the source')}",
            card.aside(_("Of [this message]({address})").format(address=message_url)),
        ),
        card.gap(),
        *items,
        card.text(card.aside(words.joined(exact, searched))),
        card.row(card.button(_("Delete"), "discard", "", owner)),
        accent=Accent.ARTICLES,
    )


def _how_much(one: Source) -> str:
    """How many words match exactly."""
    return ngettext(
        "{n} word in a row matches exactly", "{n} words in a row match exactly", one.n_words
    ).format(n=words.number(one.n_words))
