"""Long work for one person alone: a message that says how far it has come, and turns into its outcome."""

from __future__ import annotations

from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from bot.failures import DISCORD_FAILS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import discord
    from discord import ui

    from bot.app import ArticleBot


class Progress:
    """The one message, edited as often as there is something to say."""

    def __init__(self, interaction: discord.Interaction[ArticleBot]) -> None:
        self._interaction = interaction

    async def show(self, view: ui.LayoutView) -> None:
        """Sends *view*, or turns the message into it."""
        if self._interaction.response.is_done():
            await self._interaction.edit_original_response(view=view)
        else:
            await self._interaction.response.send_message(view=view, ephemeral=True)

    async def add(self, view: ui.LayoutView) -> None:
        """Sends *view* below it."""
        await self._interaction.followup.send(view=view, ephemeral=True)


@asynccontextmanager
async def progress(interaction: discord.Interaction[ArticleBot]) -> AsyncIterator[Progress]:
    """A message to follow the work by; when the work fails it goes, and what went wrong is said elsewhere."""
    try:
        yield Progress(interaction)
    except Exception:
        if interaction.response.is_done():
            with suppress(*DISCORD_FAILS):
                await interaction.delete_original_response()
        raise
