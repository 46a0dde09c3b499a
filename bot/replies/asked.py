"""What stands in place of a dialog that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.language import _
from bot.replies import card
from bot.replies.card import Accent

if TYPE_CHECKING:
    from discord import ui


def form_is_ready(words: str, action: str, ident: str, argument: str | int = "") -> ui.LayoutView:
    """In place of a form that Discord would not wait for: a button that opens it, called *words*."""
    return card.card(
        card.text(_("That took longer than Discord waits for a form. Now it is ready.")),
        card.row(card.button(words, action, ident, argument, style=discord.ButtonStyle.primary)),
        accent=Accent.BOT,
    )
