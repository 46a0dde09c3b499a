"""The menus of a message that ask: what the articles say of it, and which of them it quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.asking import Narrowed, answer_interaction
from bot.message_text import question_of, text_of
from bot.replies import errors, sources
from bot.slow_reply import slow_reply
from bot.views.action import guild_id
from corpus.asking import LONGEST_QUESTION
from corpus.library import Library

if TYPE_CHECKING:
    from bot.app import ArticleBot


@app_commands.context_menu(name="Ask about this")
@app_commands.guild_only()
async def ask_about_this(interaction: discord.Interaction[ArticleBot], message: discord.Message) -> None:
    """Asks with the words of a message, as far as a question may be long."""
    await answer_interaction(interaction, Narrowed(question_of(message, LONGEST_QUESTION)))


@app_commands.context_menu(name="Find the source")
@app_commands.guild_only()
async def find_the_source(interaction: discord.Interaction[ArticleBot], message: discord.Message) -> None:
    """Shows the passages that hold the longest part of a message, word for word."""
    bot, text = interaction.client, text_of(message)
    async with slow_reply(interaction, is_private=False) as reply:
        await bot.slow_down(guild_id(interaction), interaction.user.id)
        found = await bot.shelf.run(guild_id(interaction), Library.sources, text)
        if found.sources:
            await reply.send(sources.sources(found, message.jump_url, owner=interaction.user.id))
            return
        reply.speak_alone()
        nothing = sources.no_source() if found.n_articles else errors.empty_library(bot.mentions)
        await reply.send(nothing, is_private=True)


async def setup(bot: ArticleBot) -> None:
    bot.tree.add_command(ask_about_this)
    bot.tree.add_command(find_the_source)
