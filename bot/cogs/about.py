"""/help, /privacy, the welcome on joining and the farewell on leaving."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot import language
from bot.failures import DISCORD_FAILS
from bot.replies import about
from bot.replies.privacy import privacy as privacy_card
from bot.slow_reply import slow_reply
from bot.views import privacy as privacy_views
from bot.views.action import UnknownButton, guild_id

if TYPE_CHECKING:
    from bot.app import ArticleBot

log = logging.getLogger(__name__)


class About(commands.Cog):
    """What the bot says of itself."""

    def __init__(self, bot: ArticleBot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.guild_only()
    async def help(self, interaction: discord.Interaction[ArticleBot]) -> None:
        """Show what I can do."""
        view = about.help_card(self.bot.mentions, self._own_mention())
        await interaction.response.send_message(view=view, ephemeral=True)

    @app_commands.command()
    @app_commands.guild_only()
    async def privacy(self, interaction: discord.Interaction[ArticleBot]) -> None:
        """Show what is stored, and for how long."""
        async with slow_reply(interaction, is_private=True) as reply:
            await reply.send(privacy_card(await self.bot.shelf.settings(guild_id(interaction))))

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Says hello once, where it may; nowhere to write: nothing."""
        if self.bot.state:
            self.bot.state.note_return(guild.id)
        channel = _channel_to_greet_in(guild)
        if channel is None:
            return
        locale = guild.preferred_locale
        language.hear(None, locale, await self.bot.language_of(guild.id))
        try:
            await channel.send(view=about.welcome(self.bot.mentions, self._own_mention()))
        except DISCORD_FAILS as refused:
            log.warning("no welcome in guild %d: %s", guild.id, refused)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Starts the days of grace. discord.py does not call this when a guild is only unavailable."""
        if self.bot.state:
            self.bot.state.note_departure(guild.id)
        log.info("left guild %d", guild.id)

    def _own_mention(self) -> str:
        return self.bot.user.mention if self.bot.user else "me"


def _channel_to_greet_in(guild: discord.Guild) -> discord.TextChannel | None:
    """The system channel, else the first one the bot may write in."""
    first = [guild.system_channel] if guild.system_channel else []
    for channel in (*first, *guild.text_channels):
        may = channel.permissions_for(guild.me)
        if may.view_channel and may.send_messages:
            return channel
    return None


async def setup(bot: ArticleBot) -> None:
    bot.add_dynamic_items(UnknownButton, *privacy_views.ACTIONS)
    await bot.add_cog(About(bot))
