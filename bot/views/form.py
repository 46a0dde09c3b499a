"""A dialog that is answered by what its custom_id says, whenever it was opened.

discord.py answers a dialog only in the process that opened it, and keeps each one that nobody submits.
So ours are stopped before they are sent, and what comes back is read from the interaction itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import discord
from discord import ui
from discord.utils import MISSING

from bot import custom_id, journal
from bot.errors import FormUnknown
from bot.failures import hear, report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.app import ArticleBot

_ACTION_ROW = 1
_LABEL = 18


@dataclass(frozen=True, slots=True)
class Filled:
    """What a person put into a form: texts and what was chosen by the custom_id of their field, and files.

    `ident` and `argument` are those the form was made with.
    """

    ident: str
    argument: str
    texts: Mapping[str, str]
    files: tuple[discord.Attachment, ...]
    chosen: Mapping[str, tuple[str, ...]]
    """What was chosen in menus: values of options, or ids of channels."""


class Form(ui.Modal):
    """Base of all: a subclass names its action, and does in `submitted` what was asked for."""

    action: ClassVar[str]

    def __init__(self, ident: str = "", argument: str = "", *, title: str = MISSING) -> None:
        """*title* is in the language of who opens it; a subclass may have one for all in its `class` line."""
        super().__init__(title=title, custom_id=custom_id.make(self.action, ident, argument))
        self.stop()

    @classmethod
    async def submitted(cls, interaction: discord.Interaction[ArticleBot], filled: Filled) -> None:
        """Answers the form."""
        raise NotImplementedError


async def answer(interaction: discord.Interaction[ArticleBot], forms: Iterable[type[Form]]) -> None:
    """Answers the one of *forms* that was submitted; whatever happens, the person hears of it."""
    await hear(interaction)
    data: Mapping[str, Any] = interaction.data or {}
    ident = str(data.get("custom_id"))
    with journal.noted(f"form {custom_id.action_of(ident)}", interaction.guild_id, interaction.channel_id):
        for form in forms:
            if match := re.fullmatch(custom_id.template(form.action), ident):
                try:
                    await form.submitted(interaction, _filled(interaction, data, match))
                except Exception as error:  # whatever it is: the person must hear of it
                    await report(interaction, error)
                return
        await report(interaction, FormUnknown())


def _filled(
    interaction: discord.Interaction[ArticleBot], data: Mapping[str, Any], match: re.Match[str]
) -> Filled:
    resolved = data.get("resolved", {}).get("attachments", {})
    texts, files, chosen = {}, [], {}
    for field in _fields(data["components"]):
        if "value" in field:
            texts[field["custom_id"]] = field["value"]
        if "values" in field:
            chosen[field["custom_id"]] = tuple(str(value) for value in field["values"])
        files += [resolved[ident] for ident in field.get("values", ()) if ident in resolved]
    state = interaction._state  # noqa: SLF001  # what discord.py itself makes an attachment with
    attachments = tuple(discord.Attachment(data=one, state=state) for one in files)
    return Filled(match["ident"], match["argument"], texts, attachments, chosen)


def _fields(components: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    for component in components:
        if component["type"] == _ACTION_ROW:
            yield from component["components"]
        elif component["type"] == _LABEL:
            yield component["component"]
