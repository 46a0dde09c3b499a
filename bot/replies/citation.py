"""Where a quote comes from -> what stands under it, and the button that opens it there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.language import _, ngettext
from bot.replies import card, words
from bot.replies.markdown import title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from corpus.article import ArticleInfo, Quote

_TITLE = 100
_OUTLET = 40
_MOST_OUTLETS = 3


def below(one: Quote, number: int | None, above: Sequence[Quote], fact: str = "") -> card.Item:
    """What stands under a quote, like a footnote; the button opens the passage.

    *fact* is what else is to be said of it.
    """
    said = [card.aside(line) for line in (*lines(one, number, above), fact) if line]
    return card.beside(card.text(*said), source(number, one.link) or opens(one, None))


def lines(one: Quote, number: int | None, above: Sequence[Quote]) -> list[str]:
    """Publisher, day and title; the same article as one *above* only by its publisher."""
    info = one.article
    publisher = title(info.publisher, _TITLE) if info.publisher else _("No publisher")
    name = f"**{words.number(number)}  {publisher}**" if number else f"**{publisher}**"
    if any(other.article.id == info.id for other in above):
        return [words.joined(name, _("same article"))]
    date = words.day(info.published) if info.published else None
    also = _("also in {outlets}").format(outlets=_outlets(one.also_in)) if one.also_in else None
    return [words.joined(name, date, also), title(info.title, _TITLE)]


def opens(one: Quote, number: int | None) -> ui.Button[Any]:
    """Shows an article that has no address. Two passages of one article need two custom_ids: Discord
    refuses the same one twice."""
    label = _("Show article {n}").format(n=words.number(number)) if number else _("Show article")
    return card.button(label, "article", one.article.id, f"c{one.start}.{one.number}")


def source(number: int | None, link: str | None) -> ui.Button[Any] | None:
    """Opens *link*; None without one."""
    return card.link_button(_("Source {n}").format(n=words.number(number)) if number else _("Source"), link)


def _outlets(others: Sequence[ArticleInfo]) -> str:
    """Where else a passage stands, a few names at most."""
    names = list(dict.fromkeys(title(info.publisher or info.title, _OUTLET) for info in others))
    n_more = len(names) - _MOST_OUTLETS
    more = ngettext("{n} more", "{n} more", n_more).format(n=words.number(n_more))
    return words.commas([*names[:_MOST_OUTLETS], *([more] if n_more > 0 else [])])
