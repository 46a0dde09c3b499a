"""What happens to a server's library and settings, told in the channel that its managers chose for it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord

from bot import language
from bot.failures import DISCORD_FAILS
from bot.replies import card
from bot.replies.card import Accent

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.app import ArticleBot

log = logging.getLogger(__name__)


async def tell(bot: ArticleBot, guild_id: int, said: Callable[[], str]) -> None:
    """Posts what *said* gives back, which is called in the server's language; nothing without a channel.

    Whoever caused it has been answered before, and a channel that refuses is only logged.
    """
    channel_id = (await bot.shelf.settings(guild_id)).log_channel
    guild = bot.get_guild(guild_id)
    channel = guild.get_channel(channel_id) if guild and channel_id else None
    if not isinstance(channel, discord.abc.Messageable):
        return
    with language.addressing(is_private=False):
        view = card.card(card.text(said()), accent=Accent.BOT)
    try:
        await channel.send(view=view)
    except DISCORD_FAILS as refused:
        log.warning("could not post in the log channel of guild %d: %s", guild_id, refused)
