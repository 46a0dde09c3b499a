"""The few parts that every card is made of."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, TypeAlias

import discord
from discord import ui

from bot import custom_id
from bot.language import Sentence, directed
from bot.replies.markdown import label
from corpus.citation import has_host

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_CHARACTERS = 3_800
"""Of all text in a message. Discord refuses 4,000, and discord.py does not count."""
MOST_COMPONENTS = 40
_BUTTON_LABEL = 80
_OPTION_LABEL = 100
_MOST_OPTIONS = 25
_LONGEST_LINK = 512

Item: TypeAlias = "ui.Item[Any]"


class Accent(IntEnum):
    """What the bar at a card's side says; its words always say it too."""

    ARTICLES = 0x5B8DEF
    LOOK_TWICE = 0xE0A030
    FAILED = 0xD5484D
    DONE = 0x3BA55D
    BOT = 0x80848E


def card(*items: Item | None, accent: Accent) -> ui.LayoutView:
    """*items* in one container, those that are None left out.

    The view is stopped: its buttons are answered by the `DynamicItem`s that know their custom_id.
    A live view would stand before these until the next restart, and do nothing.
    """
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*(item for item in items if item is not None), accent_color=int(accent)))
    view.stop()
    return view


def text(*lines: str | None) -> ui.TextDisplay[Any]:
    """*lines* one below the other, those that are empty or None left out."""
    return ui.TextDisplay("\n".join(directed(line) for line in lines if line))


def aside(line: str) -> str:
    """Footnote's own voice, beside an article's."""
    return Sentence(f"-# {line}") if isinstance(line, Sentence) else f"-# {line}"


def rule() -> ui.Separator[Any]:
    """A line: between the best passage and the rest, and above the controls."""
    return ui.Separator(spacing=discord.SeparatorSpacing.small)


def gap() -> ui.Separator[Any]:
    """Air without a line: between equals."""
    return ui.Separator(visible=False, spacing=discord.SeparatorSpacing.small)


def between(items: Iterable[Item]) -> list[Item]:
    """*items* with air between them."""
    return [part for item in items for part in (gap(), item)][1:]


def beside(content: ui.TextDisplay[Any], accessory: ui.Button[Any] | None) -> Item:
    """*content* with a button at its right, or alone."""
    return ui.Section(content, accessory=accessory) if accessory else content


def button(
    words: str,
    action: str,
    ident: str = "",
    argument: str | int = "",
    *,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    is_off: bool = False,
) -> ui.Button[Any]:
    """A button that the view called *action* answers."""
    return ui.Button(
        label=label(directed(words), _BUTTON_LABEL),
        custom_id=custom_id.make(action, ident, argument),
        style=style,
        disabled=is_off,
    )


def link_button(words: str, url: str | None) -> ui.Button[Any] | None:
    """A button that opens *url*; None where Discord would refuse the address."""
    if not url or len(url) > _LONGEST_LINK or not has_host(url):
        return None
    return ui.Button(label=directed(words), url=url)


def row(*buttons: ui.Button[Any] | None) -> ui.ActionRow[Any] | None:
    """*buttons* side by side, those that are None left out; None without any."""
    there = [one for one in buttons if one is not None]
    return ui.ActionRow(*there) if there else None


def menu(
    placeholder: str, action: str, ident: str, options: Sequence[tuple[str, str, str]]
) -> ui.ActionRow[Any]:
    """A select of *options*: label, value, and what stands small below the label."""
    choices = [
        discord.SelectOption(
            label=label(directed(words), _OPTION_LABEL),
            value=value,
            description=label(directed(small), _OPTION_LABEL) or None,
        )
        for words, value, small in options[:_MOST_OPTIONS]
    ]
    return ui.ActionRow(
        ui.Select(placeholder=directed(placeholder), custom_id=custom_id.make(action, ident), options=choices)
    )


def fits(view: ui.LayoutView) -> bool:
    """Whether Discord takes *view*."""
    return view.content_length() <= MOST_CHARACTERS and view.total_children_count <= MOST_COMPONENTS
