"""/ask and the mention: a question -> its answer."""

from __future__ import annotations

import contextlib
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.read import complete_source
from bot.failures import card_for_message
from bot.replies import about, answers, errors
from bot.slow_reply import slow_reply
from bot.state import ServerState
from bot.views import answer as views
from bot.views.action import guild_id
from corpus import clock
from corpus.asking import LONGEST_QUESTION  # noqa: TC001  # discord.py reads it at run time
from corpus.library import Library

if TYPE_CHECKING:
    from discord import ui

    from bot.app import ArticleBot
    from corpus.article import Answer, ArticleInfo

log = logging.getLogger(__name__)

Since = Literal["24 hours", "7 days", "30 days", "1 year"]
PERIODS: dict[str, timedelta] = {
    "24 hours": timedelta(days=1),
    "7 days": timedelta(days=7),
    "30 days": timedelta(days=30),
    "1 year": timedelta(days=365),
}
_N_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What came back for a question: its card, and whether it is of use to the one who asked alone."""

    view: ui.LayoutView
    is_private: bool


async def answer_interaction(
    interaction: discord.Interaction[ArticleBot],
    question: str,
    source: str | None = None,
    since: Since | None = None,
    *,
    is_private: bool = False,
) -> None:
    """Answers an interaction: in public when something was found, else for the asker alone."""
    async with slow_reply(interaction, is_private=is_private) as reply:
        asked = await _ask(
            interaction.client,
            guild_id(interaction),
            interaction.user.id,
            question,
            source,
            since,
            is_private,
        )
        await reply.send(asked.view, is_private=is_private or asked.is_private)


async def _ask(
    bot: ArticleBot,
    guild: int,
    asker: int,
    question: str,
    source: str | None = None,
    since: Since | None = None,
    is_private: bool = False,  # handed on as it is
) -> Asked:
    after = (clock.now() - PERIODS[since]).date() if since else None
    found = await bot.shelf.run(
        guild, Library.ask, question, top=answers.PER_PAGE, source=source, since=after
    )
    if not found.n_articles:
        return Asked(errors.empty_library(bot.mentions), is_private=True)
    if found.status == "nothing":
        nearest = await bot.shelf.run(guild, _nearest_titles, found)
        filtered_by = " · ".join(part for part in (source, f"last {since}" if since else None) if part)
        return Asked(answers.nothing(question, nearest, filtered_by, is_private=is_private), is_private=True)
    note = answers.note(found, source, f"last {since}" if since else None)
    shown = await bot.shelf.run_state(
        guild,
        ServerState.keep_answer,
        found,
        asker=asker,
        note=note,
        is_private=is_private,
        source=source,
        since=after,
    )
    return Asked(answers.answer(shown, answers.Page(1, found.quotes)), is_private=False)


def _nearest_titles(library: Library, found: Answer) -> list[ArticleInfo]:
    """The articles whose titles hold a word of the question, those that hold most of them first."""
    words = {word.casefold() for word in (*found.held_words, *found.missed_words)}
    held = [(sum(word in info.title.casefold() for word in words), info) for info in library.list()]
    best = sorted((pair for pair in held if pair[0]), key=lambda pair: -pair[0])
    return [info for _, info in best[:_N_NEAREST]]


class Ask(commands.Cog):
    """Questions, as a command and as a mention."""

    def __init__(self, bot: ArticleBot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.describe(
        question="What you want to know, in the article's own words if you can",
        source="Only articles of this publisher",
        since="Only articles of this time",
        private="Show the answer to you alone",
    )
    @app_commands.autocomplete(source=complete_source)
    async def ask(
        self,
        interaction: discord.Interaction[ArticleBot],
        question: app_commands.Range[str, 1, LONGEST_QUESTION],
        source: str | None = None,
        since: Since | None = None,
        private: bool = False,  # discord.py hands options over by name
    ) -> None:
        """Find the passages that answer a question."""
        await answer_interaction(interaction, question, source, since, is_private=private)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answers a message that mentions the bot by name."""
        me = self.bot.user
        if message.guild is None or message.author.bot or me is None:
            return
        is_named = any(user.id == me.id for user in message.mentions)
        own_role = message.guild.self_role
        if not is_named and (own_role is None or own_role not in message.role_mentions):
            return
        question = message.content.replace(f"<@{me.id}>", " ").replace(f"<@!{me.id}>", " ").strip()
        with contextlib.suppress(discord.HTTPException):
            await message.channel.typing()
        try:
            view = await self._view_for(message.guild.id, message.author.id, question if is_named else "")
            await message.channel.send(
                view=view, reference=message.to_reference(fail_if_not_exists=False), mention_author=False
            )
        except discord.HTTPException as refused:
            log.warning("could not answer in channel %d: %s", message.channel.id, refused)

    async def _view_for(self, guild: int, asker: int, question: str) -> ui.LayoutView:
        if not question:
            return about.mention_help(self.bot.mentions, self.bot.user.mention if self.bot.user else "me")
        try:
            return (await _ask(self.bot, guild, asker, question)).view
        except Exception as error:  # whatever it is: the one who asked must hear of it
            return card_for_message(self.bot, error)


async def setup(bot: ArticleBot) -> None:
    bot.add_dynamic_items(*views.ACTIONS)
    await bot.add_cog(Ask(bot))
