"""A message that asks -> its answer in the same place, or what the bot would need there.

A place is a text channel, a thread, a post of a forum, or the chat of a voice channel.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord

from bot import language, permissions
from bot.errors import CannotPost
from bot.failures import DISCORD_FAILS, card_for_message
from bot.replies import plain

if TYPE_CHECKING:
    from bot.app import ArticleBot
    from bot.replies.plain import Sent

log = logging.getLogger(__name__)

_WRONG_REQUEST = 400


def missing(message: discord.Message) -> list[str]:
    """The permissions that the bot needs to answer *message* and lacks, as Discord shows them.

    None where that cannot be told, in a channel that Discord has not described.
    """
    may = _permissions(message)
    return [] if may is None else permissions.lacking(may, message.channel)


async def tell_missing(bot: ArticleBot, message: discord.Message, lacking: list[str]) -> None:
    """Tells whoever wrote *message*, in private, why there is no answer; in any case the log says so.

    A person is told once an hour for each channel: who goes on mentioning would make it a flood.
    """
    log.warning("cannot answer in channel %d: it lacks %s", message.channel.id, " and ".join(lacking))
    if not bot.refusals.is_news(message.author.id, message.channel.id):
        return
    language.address(is_private=True)
    error = CannotPost(str(getattr(message.channel, "name", message.channel.id)), lacking)
    try:
        await message.author.send(view=card_for_message(bot, error))
    except DISCORD_FAILS as refused:  # most often: takes no messages from people it does not know
        log.info("could not tell the one who asked: %s", refused)


async def reply(bot: ArticleBot, message: discord.Message, sent: Sent) -> None:
    """Sends *sent* as a reply to *message*; without the reference where Discord will not have that.

    A message that is gone, or one in a channel whose past the bot may not read, cannot be replied to.
    """
    may = _permissions(message)
    keeps_reference = may is None or may.read_message_history
    try:
        try:
            await _send(message, sent, keeps_reference=keeps_reference)
        except discord.HTTPException as refused:
            if not keeps_reference or refused.status != _WRONG_REQUEST:
                raise
            await _send(message, sent, keeps_reference=False)
    except DISCORD_FAILS as refused:
        log.warning("could not answer in channel %d: %s", message.channel.id, refused)
        if isinstance(refused, discord.Forbidden):
            await tell_missing(bot, message, missing(message) or [permissions.shown("send_messages")])


async def _send(message: discord.Message, sent: Sent, *, keeps_reference: bool) -> None:
    arguments = plain.arguments(sent)
    if keeps_reference:
        arguments["reference"] = message.to_reference(fail_if_not_exists=False)
    await message.channel.send(**arguments, mention_author=False)


def _permissions(message: discord.Message) -> discord.Permissions | None:
    """What the bot may do where *message* stands; None where that cannot be told."""
    channel, guild = message.channel, message.guild
    if guild is None or not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return None
    if isinstance(channel, discord.Thread) and channel.parent is None:
        return None
    return channel.permissions_for(guild.me)
