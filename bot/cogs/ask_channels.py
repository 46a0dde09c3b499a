"""Ask channels: every message there that reads as a question -> its answer, where there is a sure one."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from discord.ext import commands

from bot import journal, language, places
from bot.asking import Narrowed, ask_if_sure
from bot.cogs.ask import is_for_bot, places_of
from bot.message_text import named
from bot.questions import reads_as_question
from corpus.errors import CorpusError, LibraryError

if TYPE_CHECKING:
    import discord

    from bot.app import ArticleBot

log = logging.getLogger(__name__)


class AskChannels(commands.Cog):
    """Nobody there spoke to the bot, so whatever keeps it from answering is left unsaid."""

    def __init__(self, bot: ArticleBot) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Needs the message content intent: without it the text is empty, which asks nothing."""
        if message.guild is None or message.author.bot or is_for_bot(self.bot, message):
            return
        if not reads_as_question(message.content):
            return
        try:
            settings = await self.bot.shelf.settings(message.guild.id)
        except LibraryError as error:
            log.warning("no settings of guild %d: %s", message.guild.id, error)
            return
        if places_of(message).isdisjoint(settings.ask_channels):
            return
        if lacking := places.missing(message):
            log.warning("ask channel %d: it lacks %s", message.channel.id, " and ".join(lacking))
            return
        locale = message.guild.preferred_locale
        language.hear(locale, locale, await self.bot.language_of(message.guild.id))
        language.address(is_private=False)
        with journal.noted("ask channel", message.guild.id, message.channel.id):
            await self._answer(message, message.guild.id)

    async def _answer(self, message: discord.Message, guild: int) -> None:
        try:
            question = Narrowed(named(message.content, message))
            sent = await ask_if_sure(self.bot, guild, message.author.id, question)
        except CorpusError as error:
            log.info("no answer in ask channel %d: %s", message.channel.id, type(error).__name__)
            sent = None
        if sent is None:
            journal.came_to("declined")
        else:
            await places.reply(self.bot, message, sent)


async def setup(bot: ArticleBot) -> None:
    await bot.add_cog(AskChannels(bot))
