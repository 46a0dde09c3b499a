"""The buttons that show an article: whole, its summary, a page of the list; and those that remove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import ArticleGone
from bot.replies import articles, card, summaries
from bot.replies.card import Accent
from bot.views.action import Action, guild_id, may_manage_messages, require_manager, show, template
from corpus.errors import ArticleNotFound
from corpus.library import Library

if TYPE_CHECKING:
    from discord import ui

    from bot.views.action import Click
    from corpus.article import Article, Summary
    from corpus.summary import Length


class WholeArticle(Action, template=template("article")):
    """An article to read, page by page, for the one who clicked."""

    async def act(self, click: Click) -> None:
        page = int(self.argument) if self.argument.isdecimal() else 0
        try:
            view = await click.client.shelf.run(guild_id(click), _whole, self.ident, page)
        except ArticleNotFound:
            raise ArticleGone from None
        await show(click, view, in_place=False) if self._opens() else await show(click, view, in_place=True)

    def _opens(self) -> bool:
        """Whether the button stands under something else and opens the article."""
        return getattr(self.item, "label", "") not in {"Back", "Next"}


class OpenSummary(Action, template=template("summary")):
    """The summary of an article, for the one who clicked."""

    async def act(self, click: Click) -> None:
        view = await summary_of(click, self.ident, length_called(self.argument), shows_delete=False)
        await click.response.send_message(view=view, ephemeral=True)


class SummaryOf(Action, template=template("summaryof")):
    """The menu under a list: the summary of the chosen article, for the chooser."""

    async def act(self, click: Click) -> None:
        view = await summary_of(click, self.chosen, "short", shows_delete=False)
        await click.response.send_message(view=view, ephemeral=True)


class _OtherLength(Action, template=r"(?!)"):
    """Shorter and Longer: for who asked for it and moderators on the message itself."""

    async def act(self, click: Click) -> None:
        length, _, owner = self.argument.partition(".")
        is_own = owner == str(click.user.id) or may_manage_messages(click)
        is_kept = is_own and click.message is not None and not click.message.flags.ephemeral
        view = await summary_of(
            click,
            self.ident,
            length_called(length),
            shows_delete=is_kept,
            owner=int(owner) if owner.isdecimal() else 0,
        )
        await show(click, view, in_place=is_own)


class Shorter(_OtherLength, template=template("shorter")):
    pass


class Longer(_OtherLength, template=template("longer")):
    pass


class TurnList(Action, template=template("list")):
    """Back and Next of the list of articles."""

    async def act(self, click: Click) -> None:
        first = int(self.argument) if self.argument.isdecimal() else 1
        view = await click.client.shelf.run(guild_id(click), list_card, self.ident, first)
        await show(click, view, in_place=True)


class Remove(Action, template=template("remove")):
    """Asks before it removes."""

    async def act(self, click: Click) -> None:
        require_manager(click)
        article = await _article(click, self.ident)
        await click.response.send_message(view=articles.confirm_removal(article), ephemeral=True)


class Removed(Action, template=template("removed")):
    async def act(self, click: Click) -> None:
        require_manager(click)
        try:
            removed = await click.client.shelf.run(guild_id(click), Library.remove, [self.ident])
        except ArticleNotFound:
            raise ArticleGone from None
        await show(click, articles.removed(removed), in_place=True)


class Cleared(Action, template=template("cleared")):
    """Removes all articles; the argument is how many there were when it was asked."""

    async def act(self, click: Click) -> None:
        require_manager(click)
        infos = await click.client.shelf.run(guild_id(click), Library.list)
        if str(len(infos)) != self.argument:
            server = click.guild.name if click.guild else "this server"
            await show(click, articles.confirm_clearing(len(infos), server), in_place=True)
            return
        removed = await click.client.shelf.run(guild_id(click), Library.remove, [info.id for info in infos])
        await show(click, articles.removed(removed), in_place=True)


class Dismiss(Action, template=template("dismiss")):
    async def act(self, click: Click) -> None:
        view = card.card(card.text("Cancelled. Nothing was changed."), accent=Accent.BOT)
        await show(click, view, in_place=True)


ACTIONS = (WholeArticle, OpenSummary, SummaryOf, Shorter, Longer, TurnList, Remove, Removed, Cleared, Dismiss)


def list_key(order: str, source: str, query: str) -> str:
    """What the buttons of a list remember of its search."""
    source, query = source[:_LONGEST_WORDS], query[:_LONGEST_WORDS]
    return f"{order}|{len(source)}|{source}{query}"


_LONGEST_WORDS = 36


def list_card(library: Library, key: str, first: int) -> ui.LayoutView:
    """The page of the list that begins with article *first* from 1, on the library's thread."""
    order, _, rest = key.partition("|")
    length, _, words = rest.partition("|")
    n_source = int(length) if length.isdecimal() else 0
    source, query = words[:n_source], words[n_source:]
    found = [info for info in library.list(query) if source.casefold() in (info.publisher or "").casefold()]
    if order == "oldest":
        found.reverse()
    elif order == "title":
        found.sort(key=lambda info: info.title.casefold())
    else:
        order = "newest"
    first = max(1, min(first, len(found)))
    shown = found[first - 1 : first - 1 + articles.PER_PAGE]
    return articles.listing(shown, first, len(found), order, key)


async def summary_of(
    click: Click, article_id: str, length: Length, *, shows_delete: bool = True, owner: int | None = None
) -> ui.LayoutView:
    """The summary of the article with this id. Raises `ArticleGone`."""
    try:
        made = await click.client.shelf.run(guild_id(click), _summarised, article_id, length)
    except ArticleNotFound:
        raise ArticleGone from None
    return summaries.summary(made, length, owner=owner or click.user.id, shows_delete=shows_delete)


def _whole(library: Library, article_id: str, page: int) -> ui.LayoutView:
    article = library.get(article_id)
    pages = articles.pages_of(article)
    return articles.whole(article, pages, min(page, len(pages) - 1))


def _summarised(library: Library, article_id: str, length: Length) -> Summary:
    return library.summary(article_id, length)


async def _article(click: Click, article_id: str) -> Article:
    """The article within the click's own guild. Raises `ArticleGone`."""
    try:
        return await click.client.shelf.run(guild_id(click), Library.get, article_id)
    except ArticleNotFound:
        raise ArticleGone from None


def length_called(argument: str) -> Length:
    """The length that a custom_id names, which comes from outside; “short” for anything else."""
    for length in summaries.LENGTHS:
        if argument == length:
            return length
    return "short"
