"""A button or menu that is answered by what its custom_id says, whenever it was sent."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui

from bot import custom_id, journal
from bot.errors import ArticleGone, ButtonUnknown, NeedsManageServer
from bot.failures import hear, report
from corpus.errors import ArticleNotFound

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from bot.app import ArticleBot

    Click = discord.Interaction[ArticleBot]


class Action(ui.DynamicItem[ui.Item[Any]], template=r"(?!)"):
    """Base of all: a subclass names its action in its template and says in `act` what it does.

    discord.py only logs what the callback of a dynamic item raises, and drops a failed check without
    a word. So `callback` is ours, checks are made inside `act`, and what they raise is reported.
    """

    def __init__(self, item: ui.Item[Any], ident: str, argument: str) -> None:
        super().__init__(item)
        self.ident = ident
        self.argument = argument

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003  # discord.py's signature
        item: ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        return cls(item, match["ident"], match["argument"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await hear(interaction)
        with journal.noted(_called(interaction), interaction.guild_id, interaction.channel_id):
            try:
                await self.act(interaction)
            except Exception as error:  # whatever it is: the person must hear of it
                await report(interaction, error)

    async def act(self, click: Click) -> None:
        """Answers the click."""
        raise NotImplementedError

    @property
    def chosen(self) -> str:
        """The option chosen in a menu."""
        values: list[str] = getattr(self.item, "values", [])
        return values[0] if values else ""


def _called(click: discord.Interaction[Any]) -> str:
    """What the button clicked is called in the log."""
    data: Mapping[str, Any] = click.data or {}
    return f"button {custom_id.action_of(str(data.get('custom_id')))}"


class UnknownButton(ui.DynamicItem[ui.Item[Any]], template=custom_id.TEMPLATE_OF_UNKNOWN):
    """A button that a message of another version has, or somebody made up."""

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],  # noqa: ARG003  # discord.py's signature
        item: ui.Item[Any],
        match: re.Match[str],  # noqa: ARG003
        /,
    ) -> Self:
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await hear(interaction)
        with journal.noted(_called(interaction), interaction.guild_id, interaction.channel_id):
            await report(interaction, ButtonUnknown())


def guild_id(click: Click) -> int:
    """The guild of *click*. Every command is of a guild alone, and so is every message of ours."""
    if click.guild_id is None:
        raise NeedsManageServer
    return click.guild_id


@contextmanager
def gone_if_removed() -> Iterator[None]:
    """Raises `ArticleGone` for `ArticleNotFound`: who presses a button has not typed what it is called."""
    try:
        yield
    except ArticleNotFound:
        raise ArticleGone from None


def may_manage_messages(click: Click) -> bool:
    return click.permissions.manage_messages


def require_manager(click: Click) -> None:
    """Raises `NeedsManageServer`. A slash command's permission is Discord's to check; a button's is ours."""
    if not click.permissions.manage_guild:
        raise NeedsManageServer


def template(action: str) -> str:
    return custom_id.template(action)
