"""An answer to an interaction: given at once, or announced where the work takes long.

Discord gives up on an interaction after 3 s. An announcement fixes what the answer will be (a message
for all, a message for one, a change of the message clicked), so it is made late and not at once.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot import language
from bot.failures import IS_AWAITED_BY_ALL
from bot.replies import plain

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import discord
    from discord import ui

    from bot.app import ArticleBot
    from bot.replies.plain import Sent

DEFERRED_AFTER_S = 1.5


class Reply:
    """Gives the answer to one interaction, in one of the ways below."""

    def __init__(
        self, interaction: discord.Interaction[ArticleBot], *, is_private: bool, is_edit: bool = False
    ) -> None:
        self._interaction = interaction
        self._is_private = is_private
        self._is_edit = is_edit
        self._is_thinking = False
        """Whether a “thinking …” of ours waits for its answer."""
        self._turn = asyncio.Lock()

    async def send(self, view: Sent, *, is_private: bool | None = None) -> None:
        """Sends *view*; *is_private* where only the answer tells, and only while nothing was sent."""
        async with self._turn:
            private = self._is_private if is_private is None else is_private
            if not self._interaction.response.is_done():
                await self._interaction.response.send_message(**plain.arguments(view), ephemeral=private)
            elif self._is_thinking:
                await self._interaction.edit_original_response(**plain.arguments(view))
                self._is_thinking = False
                self._interaction.extras[IS_AWAITED_BY_ALL] = False
            else:
                await self._interaction.followup.send(**plain.arguments(view), ephemeral=private)

    async def edit(self, view: Sent) -> None:
        """Turns the message clicked into *view*."""
        async with self._turn:
            if self._interaction.response.is_done():
                await self._interaction.edit_original_response(**plain.arguments(view))
            else:
                await self._interaction.response.edit_message(**plain.arguments(view))

    async def show(self, view: Sent, *, in_place: bool) -> None:
        """Turns the message clicked into *view*, or sends it to the one who clicked alone.

        A message that is for this person alone is turned in any case.
        """
        if in_place or is_for_one(self._interaction):
            await self.edit(view)
        else:
            await self.send(view, is_private=True)

    def speak(self, *, in_place: bool) -> None:
        """From here on whoever reads what `show` shows is spoken to."""
        language.address(is_private=not in_place or is_for_one(self._interaction))

    def speak_alone(self) -> None:
        """From here on the one who called is spoken to; everybody, once “thinking …” stands in public."""
        is_announced = self._is_thinking or self._turn.locked()
        language.address(is_private=self._is_private or not is_announced)

    async def open(self, form: ui.Modal, otherwise: ui.LayoutView) -> None:
        """Opens *form*; once “thinking …” was said Discord takes none, and *otherwise* offers it anew."""
        async with self._turn:
            if self._interaction.response.is_done():
                await self._interaction.edit_original_response(view=otherwise)
            else:
                await self._interaction.response.send_modal(form)

    async def delete(self) -> None:
        """Deletes the message clicked."""
        await self.announce()
        await self._interaction.delete_original_response()

    async def announce(self) -> None:
        """Says that the answer will come, unless something was said already."""
        async with self._turn:
            if self._interaction.response.is_done():
                return
            if self._is_edit:
                await self._interaction.response.defer()
            else:
                await self._interaction.response.defer(ephemeral=self._is_private, thinking=True)
                self._is_thinking = True
                self._interaction.extras[IS_AWAITED_BY_ALL] = not self._is_private

    async def settled(self) -> None:
        """Returns when no request of ours is on its way."""
        async with self._turn:
            pass


def is_for_one(interaction: discord.Interaction[ArticleBot]) -> bool:
    """Whether the message clicked is for this person alone."""
    return interaction.message is not None and interaction.message.flags.ephemeral


@asynccontextmanager
async def slow_reply(
    interaction: discord.Interaction[ArticleBot], *, is_private: bool
) -> AsyncIterator[Reply]:
    """A reply in a message or form of its own, that says “thinking …” when it is not given soon."""
    language.address(is_private=is_private)
    async with _announced_later(Reply(interaction, is_private=is_private)) as reply:
        yield reply


@asynccontextmanager
async def slow_edit(interaction: discord.Interaction[ArticleBot]) -> AsyncIterator[Reply]:
    """A reply that changes the message clicked; what it sends in place of that is for one alone."""
    language.address(is_private=is_for_one(interaction))
    async with _announced_later(Reply(interaction, is_private=True, is_edit=True)) as reply:
        yield reply


@asynccontextmanager
async def _announced_later(reply: Reply) -> AsyncIterator[Reply]:
    async def announce_later() -> None:
        await asyncio.sleep(DEFERRED_AFTER_S)
        await reply.announce()

    timer = asyncio.create_task(announce_later())
    try:
        yield reply
    finally:
        # A request that is cut off may have reached Discord, and then nothing else can be the response.
        await reply.settled()
        timer.cancel()
        await asyncio.gather(timer, return_exceptions=True)
