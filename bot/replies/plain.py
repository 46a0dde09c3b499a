"""A message without cards, for people who switched those off: text, and the buttons below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from discord import ui

from bot.language import directed

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_CHARACTERS = 2_000
"""Discord refuses more."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Text and buttons, as Discord sends them without Components V2."""

    content: str
    view: ui.View


Sent: TypeAlias = "ui.LayoutView | Plain"


def message(blocks: Sequence[Sequence[str]], rows: Sequence[ui.ActionRow[Any] | None]) -> Plain:
    """*blocks* of lines with an empty line between them, empty ones of both left out, and *rows* of buttons.

    The view is stopped: its buttons are answered by the `DynamicItem`s that know their custom_id.
    """
    view = ui.View(timeout=None)
    for number, row in enumerate(row for row in rows if row is not None):
        for item in row.children:
            item.row = number
            view.add_item(item)
    view.stop()
    texts = ["\n".join(directed(line) for line in block if line) for block in blocks]
    return Plain("\n\n".join(text for text in texts if text), view)


def fits(sent: Plain) -> bool:
    """Whether Discord takes *sent*."""
    return len(sent.content) <= MOST_CHARACTERS


def arguments(sent: Sent) -> dict[str, Any]:
    """*sent* as discord.py's methods take it that send and edit messages."""
    return {"content": sent.content, "view": sent.view} if isinstance(sent, Plain) else {"view": sent}
