"""/settings: how the bot behaves in this server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.slow_reply import slow_reply
from bot.views import settings as views

if TYPE_CHECKING:
    from bot.app import ArticleBot


class ChangeSettings(commands.Cog):
    """The panel, for managers."""

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    async def settings(self, interaction: discord.Interaction[ArticleBot]) -> None:
        """Choose where and how I answer, and what is kept."""
        async with slow_reply(interaction, is_private=True) as reply:
            await reply.send(await views.panel_for(interaction))


async def setup(bot: ArticleBot) -> None:
    bot.add_dynamic_items(*views.ACTIONS)
    bot.add_forms(*views.FORMS)
    await bot.add_cog(ChangeSettings())
