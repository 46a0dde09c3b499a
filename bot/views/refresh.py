"""An article fetched again: only if it has changed, and only if what is there now is an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import log_channel
from bot.errors import NothingToFetch, StaysAsItWas
from bot.intake import read_fetched
from bot.origin import host_of
from bot.progress import progress
from bot.replies import log as said
from bot.replies import reading
from bot.replies.states import LOOKS_LIKE
from bot.views.action import Action, gone_if_removed, guild_id, require_manager, template
from corpus.article import Origin
from corpus.errors import NoArticleThere
from corpus.library import Library

if TYPE_CHECKING:
    from discord import ui

    from bot.app import ArticleBot
    from bot.views.action import Click
    from corpus.article import Article

_LEAST_LEFT = 0.5
"""Of the words an article had: with fewer left, its page is likely to show only a part of it now."""


class Refresh(Action, template=template("refresh")):
    """Fetches an article again that somebody was about to add."""

    async def act(self, click: Click) -> None:
        require_manager(click)
        await click.response.defer(ephemeral=True, thinking=True)
        with gone_if_removed():
            article = await click.client.shelf.run(guild_id(click), Library.get, self.ident)
        await refresh(click, article)


ACTIONS = (Refresh,)


async def refresh(interaction: Click, article: Article) -> None:
    """Fetches *article* again and puts the new version in its place, under its id.

    Raises `NothingToFetch` for what came without a link, and `StaysAsItWas` for what is no article now.
    """
    known = article.origin or (Origin(article.url) if article.url else None)
    if known is None:
        raise NothingToFetch(article.title)
    async with progress(interaction) as told:
        await told.show(reading.under_way(host_of(known.link)))
        who = interaction.user.mention
        await told.show(await _refreshed(interaction.client, guild_id(interaction), article, known, who))


async def _refreshed(bot: ArticleBot, guild: int, article: Article, known: Origin, who: str) -> ui.LayoutView:
    host = host_of(known.link)
    fetched = await bot.fetch(known.link, known)
    if fetched is None:
        return reading.unchanged(article, host)
    try:
        found = await read_fetched(bot, fetched)
    except NoArticleThere as nothing:
        raise StaysAsItWas(article.title, host, LOOKS_LIKE[nothing.state]) from nothing
    state = found.state
    if state is None and found.article.n_words < _LEAST_LEFT * article.n_words:
        state = "paywall"
    if state is not None:
        raise StaysAsItWas(article.title, host, LOOKS_LIKE[state])
    with gone_if_removed():
        outcome = await bot.shelf.run(guild, Library.refresh, article.id, found.article)
    if outcome.change == "skipped":
        return reading.unchanged(article, host)
    stored = await bot.shelf.run(guild, Library.get, article.id)
    view = reading.refreshed(stored, article.n_words)
    await log_channel.tell(bot, guild, lambda: said.refreshed(who, stored))
    return view
