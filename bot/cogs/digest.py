"""/digest: what several articles say on a topic, or what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking import PERIODS, Since
from bot.cogs.read import complete_source
from bot.replies import errors, summaries
from bot.slow_reply import slow_reply
from bot.state import ServerState
from bot.views import digest as views
from bot.views.action import guild_id
from corpus import clock
from corpus.asking import LONGEST_QUESTION  # noqa: TC001  # discord.py reads it at run time
from corpus.library import Library

if TYPE_CHECKING:
    from bot.app import ArticleBot


class Digests(commands.Cog):
    """Many articles in a few sentences."""

    def __init__(self, bot: ArticleBot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.describe(
        topic="A topic, a person or a place; without one, what is new",
        since="Only articles of this time; 7 days unless you choose",
        source="Only articles of this publisher",
        private="Show the digest to you alone",
    )
    @app_commands.autocomplete(source=complete_source)
    async def digest(
        self,
        interaction: discord.Interaction[ArticleBot],
        topic: app_commands.Range[str, 0, LONGEST_QUESTION] = "",
        since: Since = "7 days",
        source: str | None = None,
        private: bool = False,  # discord.py hands options over by name
    ) -> None:
        """Show what several articles say on a topic, or what is new."""
        guild, topic = guild_id(interaction), topic.strip()
        after = (clock.now() - PERIODS[since]).date()
        async with slow_reply(interaction, is_private=private) as reply:
            await self.bot.slow_down(guild, interaction.user.id)
            made = await self.bot.shelf.run(guild, Library.digest, topic, since=after, source=source)
            if not made.statements:
                is_empty = not await self.bot.shelf.run(guild, Library.n_articles)
                reply.speak_alone()
                nothing = summaries.nothing_new(topic, after, source)
                view = errors.empty_library(self.bot.mentions) if is_empty else nothing
                await reply.send(view, is_private=True)
                return
            shown = await self.bot.shelf.run_state(
                guild,
                ServerState.keep_digest,
                asker=interaction.user.id,
                topic=topic,
                source=source,
                since=after,
            )
            await reply.send(summaries.digest(made, shown, "short", is_private=private))


async def setup(bot: ArticleBot) -> None:
    bot.add_dynamic_items(*views.ACTIONS)
    bot.add_forms(*views.FORMS)
    await bot.add_cog(Digests(bot))
