"""A click that is to post in its channel -> that channel, when the person and the bot may write there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.errors import CannotPost, MayNotPost

if TYPE_CHECKING:
    from discord.abc import MessageableChannel

    from bot.views.action import Click


def channel_to_post_in(click: Click) -> MessageableChannel:
    """The channel of *click*. Raises `MayNotPost` for the person, and `CannotPost` for the bot."""
    channel = click.channel
    sending = "send_messages_in_threads" if isinstance(channel, discord.Thread) else "send_messages"
    if not getattr(click.permissions, sending):
        raise MayNotPost
    missing = [name for name in ("view_channel", sending) if not getattr(click.app_permissions, name)]
    if missing or not isinstance(channel, discord.abc.Messageable):
        name = str(getattr(channel, "name", None) or "this channel")
        raise CannotPost(name, [one.replace("_", " ").title() for one in missing or [sending]])
    return channel
