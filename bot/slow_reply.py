"""An answer to an interaction: sent at once, or after a “thinking …” where the work takes long."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import discord
    from discord import ui

    from bot.app import ArticleBot

DEFERRED_AFTER_S = 1.5
"""Discord gives up on an interaction after 3 s. Not at once, as a defer fixes public or private."""


class Reply:
    """Sends the one answer."""

    def __init__(self, interaction: discord.Interaction[ArticleBot], *, is_private: bool) -> None:
        self._interaction = interaction
        self._is_private = is_private
        self._turn = asyncio.Lock()

    async def send(self, view: ui.LayoutView, *, is_private: bool | None = None) -> None:
        """Sends *view*; *is_private* where only the answer tells, and only while nothing was sent."""
        async with self._turn:
            private = self._is_private if is_private is None else is_private
            if self._interaction.response.is_done():
                await self._interaction.edit_original_response(view=view)
            else:
                await self._interaction.response.send_message(view=view, ephemeral=private)

    async def defer(self) -> None:
        async with self._turn:
            if not self._interaction.response.is_done():
                await self._interaction.response.defer(ephemeral=self._is_private, thinking=True)


@asynccontextmanager
async def slow_reply(
    interaction: discord.Interaction[ArticleBot], *, is_private: bool
) -> AsyncIterator[Reply]:
    """A reply that defers by itself when it is not sent soon."""
    reply = Reply(interaction, is_private=is_private)

    async def defer_later() -> None:
        await asyncio.sleep(DEFERRED_AFTER_S)
        await reply.defer()

    timer = asyncio.create_task(defer_later())
    try:
        yield reply
    finally:
        timer.cancel()
        await asyncio.gather(timer, return_exceptions=True)
