"""What the bot may do in a place -> what it lacks to write there, by the names Discord shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

if TYPE_CHECKING:
    from collections.abc import Iterable


def shown(name: str) -> str:
    """What Discord's English settings call a permission that discord.py calls *name*."""
    if name in ("read_messages", "view_channel"):
        return "View Channel"
    return name.replace("_", " ").title().replace("Guild", "Server").replace(" In ", " in ")


def all_shown(names: Iterable[str]) -> list[str]:
    return [shown(name) for name in names]


def sending_in(place: object) -> str:
    """The permission that writing in *place* takes, as discord.py calls it."""
    in_threads = isinstance(place, discord.Thread | discord.ForumChannel)
    return "send_messages_in_threads" if in_threads else "send_messages"


def lacking(may: discord.Permissions, place: object) -> list[str]:
    """What is not among *may*, and is needed to write in *place*; as Discord shows it."""
    return all_shown(name for name in ("view_channel", sending_in(place)) if not getattr(may, name))
