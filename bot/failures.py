"""The one way an error reaches the person who caused it, wherever in Discord it was raised."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import aiohttp
import discord
from discord import app_commands

from bot import journal, language
from bot.replies import errors
from corpus.errors import CorpusError, LibraryError

if TYPE_CHECKING:
    from discord import ui

    from bot.app import ArticleBot

log = logging.getLogger(__name__)

DISCORD_FAILS = (discord.HTTPException, aiohttp.ClientError, OSError)
"""What a request to Discord may end with: a refusal, or no answer at all."""

IS_AWAITED_BY_ALL = "is_awaited_by_all"
"""In an interaction's extras, once “thinking …” stands in public: Discord shows what comes next there."""


async def hear(interaction: discord.Interaction[ArticleBot]) -> None:
    """Notes which languages the person and the server speak; the person is spoken to first."""
    guild = interaction.guild
    server = guild.preferred_locale if guild else interaction.guild_locale
    chosen = await interaction.client.language_of(interaction.guild_id)
    language.hear(interaction.locale, server, chosen)


async def report(interaction: discord.Interaction[ArticleBot], error: BaseException) -> None:
    """Tells the person what happened and what to do: for their eyes only, or where all wait for an answer."""
    language.address(is_private=not interaction.extras.get(IS_AWAITED_BY_ALL))
    view = _card(interaction.client, error)
    try:
        if interaction.response.is_done():
            await interaction.followup.send(view=view, ephemeral=True)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)
    except DISCORD_FAILS as refused:
        log.warning("could not report an error in guild %s: %s", interaction.guild_id, refused)


def card_for_message(bot: ArticleBot, error: BaseException) -> ui.LayoutView:
    """The same, for a question that came as a message and is answered in the channel."""
    return _card(bot, error)


def _card(bot: ArticleBot, error: BaseException) -> ui.LayoutView:
    cause = _cause(error)
    if isinstance(cause, LibraryError):
        reference = journal.reference()
        journal.came_to("failed")
        log.error("reference %s: %s", reference, cause)
        return errors.library(cause, reference)
    if isinstance(cause, CorpusError):
        journal.came_to("declined")
        return errors.for_discord(cause, bot.mentions)
    if isinstance(cause, app_commands.MissingPermissions):
        journal.came_to("declined")
        return errors.permission_missing(cause.missing_permissions)
    reference = journal.reference()
    journal.came_to("failed")
    log.error("reference %s", reference, exc_info=cause)
    return errors.internal(reference)


def _cause(error: BaseException) -> BaseException:
    """What was raised, without what discord.py wraps around it."""
    while (
        isinstance(error, app_commands.CommandInvokeError | app_commands.TransformerError) and error.__cause__
    ):
        error = error.__cause__
    return error


class Tree(app_commands.CommandTree["ArticleBot"]):
    """The command tree that listens to who calls, and reports what its commands raise."""

    async def interaction_check(self, interaction: discord.Interaction[ArticleBot], /) -> bool:
        """Called before every command and autocompletion, in the task they run in."""
        await hear(interaction)
        command = interaction.command
        if command is not None and interaction.type is discord.InteractionType.application_command:
            kind = "menu " if isinstance(command, app_commands.ContextMenu) else "/"
            journal.begin(f"{kind}{command.qualified_name}", interaction.guild_id, interaction.channel_id)
        return True

    async def on_error(
        self, interaction: discord.Interaction[ArticleBot], error: app_commands.AppCommandError
    ) -> None:
        await report(interaction, error)
        journal.end()
