"""/articles and /summary: what is there, and one article in a few sentences."""

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.replies.markdown import label
from bot.replies.words import day
from bot.slow_reply import slow_reply
from bot.views import article as views
from bot.views import sharing, within
from bot.views.action import guild_id
from corpus.library import Library

if TYPE_CHECKING:
    from bot.app import ArticleBot
    from corpus.article import ArticleInfo
    from corpus.summary import Length

log = logging.getLogger(__name__)

_MOST_CHOICES = 25
_CHOICE, _FACTS = 100, 50
_BETWEEN = " · "
_LONGEST_TYPED = 200
"""Characters that are looked at: a title is no longer."""


async def complete_article(
    interaction: discord.Interaction[ArticleBot], current: str
) -> list[app_commands.Choice[str]]:
    """The articles that somebody may mean who has typed so much, the likeliest first."""
    try:
        found = await interaction.client.shelf.run(
            guild_id(interaction), Library.suggest, current[:_LONGEST_TYPED], _MOST_CHOICES
        )
    except Exception:
        log.exception("no choices of articles in guild %s", interaction.guild_id)
        return []
    titles = Counter(info.title for info in found)
    return [
        app_commands.Choice(name=_called(info, is_alone=titles[info.title] == 1), value=info.id)
        for info in found
    ]


def _called(info: ArticleInfo, *, is_alone: bool) -> str:
    """How an article is offered; one that is not alone with its title says whose and of when it is."""
    facts = [info.publisher, day(info.published) if info.published else None] if not is_alone else []
    known = label(" · ".join(fact for fact in facts if fact), _FACTS)
    title = label(info.title or info.id, _CHOICE - len(known) - len(_BETWEEN) if known else _CHOICE)
    return f"{title}{_BETWEEN}{known}" if known else title


async def complete_source(
    interaction: discord.Interaction[ArticleBot], current: str
) -> list[app_commands.Choice[str]]:
    """The publishers whose name holds what was typed."""
    try:
        known = await interaction.client.shelf.run(guild_id(interaction), Library.publishers)
    except Exception:
        log.exception("no choices of sources in guild %s", interaction.guild_id)
        return []
    matching = [name for name in known if current.casefold() in name.casefold()]
    return [
        app_commands.Choice(name=label(name, _CHOICE), value=name[:_CHOICE])
        for name in matching[:_MOST_CHOICES]
    ]


class Read(commands.Cog):
    """Reading without asking."""

    def __init__(self, bot: ArticleBot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.describe(
        query="Words of the title, publisher or author", source="Only this publisher", sort="In which order"
    )
    @app_commands.autocomplete(source=complete_source)
    async def articles(
        self,
        interaction: discord.Interaction[ArticleBot],
        query: str = "",
        source: str = "",
        sort: Literal["newest", "oldest", "title"] = "newest",
    ) -> None:
        """List this server's articles."""
        async with slow_reply(interaction, is_private=True) as reply:
            await reply.send(await views.list_of(interaction, sort, source, query))

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.describe(
        article="Its title, or a part of it",
        length="3, 5 or 8 sentences",
        private="Show the summary to you alone",
    )
    @app_commands.autocomplete(article=complete_article)
    async def summary(
        self,
        interaction: discord.Interaction[ArticleBot],
        article: str,
        length: Literal["short", "medium", "long"] = "short",
        private: bool = False,  # discord.py hands options over by name
    ) -> None:
        """Show the few sentences that stand for an article."""
        chosen: Length = length
        async with slow_reply(interaction, is_private=private) as reply:
            found = await self.bot.shelf.run(guild_id(interaction), Library.find, article, by_text=True)
            await reply.send(await views.summary_of(interaction, found.id, chosen, is_private=private))


async def setup(bot: ArticleBot) -> None:
    bot.add_dynamic_items(*views.ACTIONS, *within.ACTIONS, *sharing.ACTIONS)
    bot.add_forms(*within.FORMS)
    await bot.add_cog(Read(bot))
