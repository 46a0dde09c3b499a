"""Names and descriptions of commands -> the same in each of Discord's languages, from the catalogues.

Discord keeps them and shows everyone theirs. An entry's context in a catalogue says what is named: a
`command`, an `option`, a `choice`, an entry of a message's `menu`, or a `description` of any of these.
"""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Where

from bot import language

_KINDS = {
    Where.command_name: "command",
    Where.group_name: "command",
    Where.parameter_name: "option",
    Where.choice_name: "choice",
    Where.command_description: "description",
    Where.group_description: "description",
    Where.parameter_description: "description",
}


class CommandTranslator(app_commands.Translator):
    """What discord.py asks when it tells Discord the commands."""

    def __init__(self, own_language: str = "") -> None:
        """*own_language* is what the operator has chosen for servers that have not."""
        super().__init__()
        codes = {
            locale: language.of_person(locale, own_language or language.ENGLISH) for locale in discord.Locale
        }
        self._codes = {locale: code for locale, code in codes.items() if code != language.ENGLISH}
        """The locales with a catalogue: few of some thirty, and each name and description is asked in all."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContext[Any, Any],
    ) -> str | None:
        """None where it stays as it is."""
        code = self._codes.get(locale)
        return code and language.command_words(code, kind_of(context), string.message)


def kind_of(context: app_commands.TranslationContext[Any, Any]) -> str:
    """What *context* names, as catalogues call it."""
    return "menu" if isinstance(context.data, app_commands.ContextMenu) else _KINDS[context.location]
