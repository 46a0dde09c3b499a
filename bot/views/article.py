"""The buttons that show an article: whole, its summary, a page of the list; and those that remove it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot import log_channel
from bot.language import _
from bot.replies import articles, card, errors, summaries
from bot.replies import log as said
from bot.replies.card import Accent
from bot.slow_reply import is_for_one, slow_edit, slow_reply
from bot.state import ServerState
from bot.views.action import Action, gone_if_removed, guild_id, may_manage_messages, require_manager, template
from corpus.library import Library

if TYPE_CHECKING:
    from collections.abc import Mapping

    from discord import ui

    from bot.views.action import Click
    from corpus.article import Article, Order, Summary
    from corpus.summary import Length


class WholeArticle(Action, template=template("article")):
    """An article to read, page by page, for the one who clicked: from the page with character “c…” on."""

    async def act(self, click: Click) -> None:
        if self._turns():
            page = _small_number(self.argument)
            async with slow_edit(click) as reply:
                await reply.edit(await _whole_article(click, self.ident, page=page))
        else:
            start = _small_number(self.argument.removeprefix("c").partition(".")[0])
            async with slow_reply(click, is_private=True) as reply:
                await reply.send(await _whole_article(click, self.ident, start=start))

    def _turns(self) -> bool:
        """Whether the button stands under a page of the article, and not under something else."""
        return self.argument == "start" or (self.argument.isdecimal() and self.argument != "0")


class OpenSummary(Action, template=template("summary")):
    """The summary of an article, for the one who clicked."""

    async def act(self, click: Click) -> None:
        async with slow_reply(click, is_private=True) as reply:
            length = length_called(self.argument)
            await reply.send(await summary_of(click, self.ident, length, is_private=True))


class SummaryOf(Action, template=template("summaryof")):
    """The menu under a list: the summary of the chosen article, for the chooser."""

    async def act(self, click: Click) -> None:
        async with slow_reply(click, is_private=True) as reply:
            await reply.send(await summary_of(click, self.chosen, "short", is_private=True))


class _OtherLength(Action, template=r"(?!)"):
    """Shorter and Longer: for who asked for it and moderators on the message itself.

    The argument is “length.owner”, and “length.owner.s” where the owner shared it.
    """

    async def act(self, click: Click) -> None:
        length, owner, shared = (*self.argument.split("."), "", "")[:3]
        is_own = owner == str(click.user.id) or may_manage_messages(click)
        is_kept = is_own and click.message is not None and not is_for_one(click)
        async with slow_edit(click) as reply:
            reply.speak(in_place=is_own)
            view = await summary_of(
                click,
                self.ident,
                length_called(length),
                is_private=not is_kept,
                is_shared=is_kept and shared == "s",
                owner=int(owner) if owner.isdecimal() and len(owner) < 20 else 0,
            )
            await reply.show(view, in_place=is_own)


class Shorter(_OtherLength, template=template("shorter")):
    pass


class Longer(_OtherLength, template=template("longer")):
    pass


class TurnList(Action, template=template("list")):
    """Back and Next of the list of articles."""

    async def act(self, click: Click) -> None:
        first = int(self.argument) if self.argument.isdecimal() and len(self.argument) < 10 else 1
        async with slow_edit(click) as reply:
            await reply.edit(await _page_of_list(click, self.ident, first))


class Remove(Action, template=template("remove")):
    """Asks before it removes."""

    async def act(self, click: Click) -> None:
        require_manager(click)
        async with slow_reply(click, is_private=True) as reply:
            await reply.send(articles.confirm_removal(await _article(click, self.ident)))


class Removed(Action, template=template("removed")):
    async def act(self, click: Click) -> None:
        require_manager(click)
        async with slow_edit(click) as reply:
            with gone_if_removed():
                removed = await click.client.shelf.run(guild_id(click), Library.remove, [self.ident])
            await reply.edit(articles.removed(removed))
        who = click.user.mention
        await log_channel.tell(click.client, guild_id(click), lambda: said.removed(who, removed[0]))


class Cleared(Action, template=template("cleared")):
    """Removes all articles; the argument is how many there were when it was asked."""

    async def act(self, click: Click) -> None:
        require_manager(click)
        async with slow_edit(click) as reply:
            n_articles = await click.client.shelf.run(guild_id(click), Library.n_articles)
            if str(n_articles) != self.argument:
                server = click.guild.name if click.guild else _("this server")
                await reply.edit(articles.confirm_clearing(n_articles, server))
                return
            infos = await click.client.shelf.run(guild_id(click), Library.list)
            gone = await click.client.shelf.run(guild_id(click), Library.remove, [info.id for info in infos])
            await reply.edit(articles.removed(gone))
        who = click.user.mention
        await log_channel.tell(click.client, guild_id(click), lambda: said.cleared(who, len(gone)))


class Dismiss(Action, template=template("dismiss")):
    async def act(self, click: Click) -> None:
        async with slow_edit(click) as reply:
            said = _("Cancelled. Nothing was changed.")
            await reply.edit(card.card(card.text(said), accent=Accent.BOT))


ACTIONS = (WholeArticle, OpenSummary, SummaryOf, Shorter, Longer, TurnList, Remove, Removed, Cleared, Dismiss)


@dataclass(frozen=True, slots=True)
class Search:
    """What a list of articles shows; `id` is what its buttons know it by, nothing where it shows all."""

    order: str = "newest"
    source: str = ""
    query: str = ""
    id: str = ""

    @property
    def key(self) -> str:
        return f"{self.order}|{self.id}"


async def list_of(interaction: Click, order: str, source: str, query: str) -> ui.LayoutView:
    """The first page of the articles of *source* that hold *query*."""
    search = Search(order, source, query)
    if source or query:
        kept = await interaction.client.shelf.run_state(
            guild_id(interaction), ServerState.keep_search, source, query
        )
        search = replace(search, id=kept)
    return await _list_card(interaction, search, 1)


async def _page_of_list(click: Click, key: str, first: int) -> ui.LayoutView:
    """The page of a list that begins with article *first* from 1. Raises `SearchExpired`."""
    order, _bar, search_id = key.partition("|")
    search = Search(order)
    if search_id:
        source, query = await click.client.shelf.run_state(guild_id(click), ServerState.search, search_id)
        search = Search(order, source, query, search_id)
    return await _list_card(click, search, first)


async def _list_card(interaction: Click, search: Search, first: int) -> ui.LayoutView:
    bot = interaction.client
    return await bot.shelf.run(guild_id(interaction), list_card, search, first, bot.mentions)


def list_card(library: Library, search: Search, first: int, command: Mapping[str, str]) -> ui.LayoutView:
    """The page of the list that begins with article *first* from 1, on the library's thread."""
    if not library.n_articles():
        return errors.empty_library(command)
    order: Order = next((known for known in articles.ORDERS if known == search.order), "newest")
    found = library.page(search.query, source=search.source, order=order, first=first, most=articles.PER_PAGE)
    narrowed = (search.source, search.query)
    return articles.listing(found.infos, found.first, found.total, order, search.key, narrowed)


async def summary_of(
    click: Click,
    article_id: str,
    length: Length,
    *,
    is_private: bool = False,
    is_shared: bool = False,
    owner: int | None = None,
) -> ui.LayoutView:
    """The summary of the article with this id, by default of whoever clicks. Raises `ArticleGone`."""
    with gone_if_removed():
        made = await click.client.shelf.run(guild_id(click), _summarised, article_id, length)
    return summaries.summary(
        made, length, owner=owner or click.user.id, is_private=is_private, is_shared=is_shared
    )


async def _whole_article(
    click: Click, article_id: str, *, page: int | None = None, start: int = 0
) -> ui.LayoutView:
    """A page of an article, the last one where there are fewer; by default that with character *start*.

    Raises `ArticleGone`.
    """
    with gone_if_removed():
        return await click.client.shelf.run(guild_id(click), _whole, article_id, page, start)


def _whole(library: Library, article_id: str, page: int | None, start: int) -> ui.LayoutView:
    article = library.get(article_id)
    pages = articles.pages_of(article)
    if page is None:
        page = next((number for number, span in enumerate(pages) if start < span.end), 0)
    return articles.whole(article, pages, min(page, len(pages) - 1))


def _small_number(argument: str) -> int:
    """A number from a custom_id, which comes from outside; 0 for anything else."""
    return int(argument) if argument.isdecimal() and len(argument) < 10 else 0


def _summarised(library: Library, article_id: str, length: Length) -> Summary:
    return library.summary(article_id, length)


async def _article(click: Click, article_id: str) -> Article:
    """The article within the click's own guild. Raises `ArticleGone`."""
    with gone_if_removed():
        return await click.client.shelf.run(guild_id(click), Library.get, article_id)


def length_called(argument: str) -> Length:
    """The length that a custom_id names, which comes from outside; “short” for anything else."""
    for length in summaries.LENGTHS:
        if argument == length:
            return length
    return "short"
