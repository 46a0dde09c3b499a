"""/ask and the mention: a question -> its answer."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot import journal, language, places
from bot.asking import Narrowed, Since, answer_interaction, ask, following
from bot.cogs.read import complete_source
from bot.courtesy import is_courtesy
from bot.errors import AnswerExpired, TooManyQuestions
from bot.failures import DISCORD_FAILS, card_for_message
from bot.message_text import named
from bot.replies import about
from bot.state import Question, ServerState
from bot.views import answer as views
from bot.views import feedback
from corpus.asking import LONGEST_QUESTION  # noqa: TC001  # discord.py reads it at run time
from corpus.errors import LibraryError, NoSearchableWords

if TYPE_CHECKING:
    from bot.app import ArticleBot
    from bot.replies.plain import Sent


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
        narrowed = Narrowed(question, source, since or "")
        await answer_interaction(interaction, narrowed, is_private=private)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answers a message that mentions the bot by name, or replies to it and asks something."""
        me = self.bot.user
        if message.guild is None or message.author.bot or me is None or not is_for_bot(self.bot, message):
            return
        is_named = me in message.mentions
        question = message.content.replace(f"<@{me.id}>", " ").replace(f"<@!{me.id}>", " ").strip()
        # A reply mentions whom it replies to, wanted or not: most are remarks.
        is_remark = is_named and message.reference is not None and question == message.content.strip()
        question = named(question, message)
        if is_courtesy(question) or (is_remark and not question):
            return
        if not await self._answers_in(message.guild, places_of(message)):
            return
        locale = message.guild.preferred_locale
        language.hear(None, locale, await self.bot.language_of(message.guild.id))
        with journal.noted("mention", message.guild.id, message.channel.id):
            await self._reply(message, question if is_named else "", is_remark=is_remark)

    async def _reply(self, message: discord.Message, question: str, *, is_remark: bool) -> None:
        """Answers *message* where it stands; where the bot may not, tells whoever asked."""
        if lacking := places.missing(message):
            await places.tell_missing(self.bot, message, lacking)
            return
        with contextlib.suppress(*DISCORD_FAILS):
            await message.channel.typing()
        sent = await self._answer(message, question, is_remark=is_remark)
        if sent is not None:
            await places.reply(self.bot, message, sent)

    async def _answers_in(self, guild: discord.Guild, places: set[int]) -> bool:
        """Whether managers want mentions answered in one of *places*: where all they chose are gone, in any.

        A library that cannot be opened wants it too: whoever asks is to hear of that.
        """
        try:
            settings = await self.bot.shelf.settings(guild.id)
        except LibraryError:
            return True
        chosen = [one for one in settings.answers_in if guild.get_channel(one)]
        return not chosen or not places.isdisjoint((*chosen, *settings.ask_channels))

    async def _answer_replied_to(self, message: discord.Message) -> Question | None:
        """What was asked in the answer of ours that *message* replies to, if it does.

        When that is no longer kept, the answer's own heading still tells the question.
        """
        replied_to = message.reference.resolved if message.reference else None
        if not isinstance(replied_to, discord.Message) or replied_to.author != self.bot.user:
            return None
        answer_id = views.answer_in(replied_to)
        if not answer_id or message.guild is None:
            return None
        try:
            return await self.bot.shelf.run_state(message.guild.id, ServerState.question, answer_id)
        except AnswerExpired:
            return Question(views.question_in(replied_to), None, None)

    async def _answer(self, message: discord.Message, question: str, *, is_remark: bool) -> Sent | None:
        """What is said to *question*; None to a remark without anything to search for."""
        if not question:
            return about.mention_help(self.bot.mentions, self.bot.user.mention if self.bot.user else "me")
        guild, asker = message.guild.id if message.guild else 0, message.author.id
        try:
            before = await self._answer_replied_to(message)
            narrowed = (
                following(before, question, is_own=before.asker == asker) if before else Narrowed(question)
            )
            return (await ask(self.bot, guild, asker, narrowed)).view
        except NoSearchableWords as error:
            return None if is_remark else card_for_message(self.bot, error)
        except TooManyQuestions as error:  # said once: who goes on asking would make it a flood
            return card_for_message(self.bot, error) if error.is_first else None
        except Exception as error:  # whatever it is: the one who asked must hear of it
            return card_for_message(self.bot, error)


def is_for_bot(bot: ArticleBot, message: discord.Message) -> bool:
    """Whether *message* mentions the bot, or the role that is the bot's own."""
    own_role = message.guild.self_role if message.guild else None
    return bot.user in message.mentions or (own_role is not None and own_role in message.role_mentions)


def places_of(message: discord.Message) -> set[int]:
    """The ids of the channel of *message*, and of the channel or forum that a thread is in."""
    parent = getattr(message.channel, "parent_id", None)
    return {message.channel.id, parent} if parent else {message.channel.id}


async def setup(bot: ArticleBot) -> None:
    bot.add_dynamic_items(*views.ACTIONS, *feedback.ACTIONS)
    bot.add_forms(*views.FORMS, *feedback.FORMS)
    await bot.add_cog(Ask(bot))
