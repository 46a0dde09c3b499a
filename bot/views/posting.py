"""A click that is to post in its channel -> that channel, when the person and the bot may write there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot import permissions
from bot.errors import CannotPost, MayNotPost

if TYPE_CHECKING:
    from discord.abc import MessageableChannel

    from bot.views.action import Click


def channel_to_post_in(click: Click) -> MessageableChannel:
    """The channel of *click*. Raises `MayNotPost` for the person, and `CannotPost` for the bot."""
    channel = click.channel
    sending = permissions.sending_in(channel)
    if not getattr(click.permissions, sending):
        raise MayNotPost
    lacking = permissions.lacking(click.app_permissions, channel)
    if lacking or not isinstance(channel, discord.abc.Messageable):
        name = str(getattr(channel, "name", None) or "this channel")
        raise CannotPost(name, lacking or [permissions.shown(sending)])
    return channel
