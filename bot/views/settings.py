"""The settings panel: its switches, the dialogs behind its other buttons, and deleting everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import ui

from bot import log_channel, permissions
from bot.errors import BadSetting, CannotPost, NameNotTyped, NotYourPanel
from bot.language import _, languages
from bot.replies import asked
from bot.replies import log as said
from bot.replies import settings as replies
from bot.server_settings import ADDITIONS, DAYS_KEPT, MOST_CHANNELS, PASSAGES, QUESTIONS, SECONDS
from bot.slow_reply import slow_edit, slow_reply
from bot.views.action import Action, guild_id, require_manager, template
from bot.views.form import Filled, Form
from corpus.library import Library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.settings import Setting
    from bot.server_settings import ServerSettings
    from bot.views.action import Click

_READABLE = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
]
"""Where people can ask."""
_POSTABLE = [discord.ChannelType.text, discord.ChannelType.news]
_DISCORDS = "discord"
"""In place of nothing, which no option may be called."""
_MOST_OPTIONS = 25
_TITLE = 45
_LABEL = 45
_LONGEST_NAME = 100
_NUMBERS: dict[str, range] = {"questions": QUESTIONS, "seconds": SECONDS, "additions": ADDITIONS}
"""The fields of the form for cooldowns, and what may be typed."""


class Change(Action, template=template("setting")):
    """Flips a switch, or opens the form of a setting; the argument is the id of who opened the panel."""

    async def act(self, click: Click) -> None:
        _require_opener(click, self.argument)
        setting = _setting(self.ident)
        shelf, guild = click.client.shelf, guild_id(click)
        if setting in ("style", "has_feedback"):
            async with slow_edit(click) as reply:
                now = await shelf.settings(guild)
                changes = (
                    {"has_feedback": not now.has_feedback}
                    if setting == "has_feedback"
                    else {"style": "cards" if now.style == "plain" else "plain"}
                )
                await shelf.change_settings(guild, **changes)
                await reply.edit(await panel_for(click))
            await _tell(click, setting)
            return
        async with slow_reply(click, is_private=True) as reply:
            form = SettingForm(setting, await shelf.settings(guild), click.user.id, click.guild)
            await reply.open(form, asked.form_is_ready(_("Change"), "setting", setting, click.user.id))


class Wipe(Action, template=template("wipe")):
    """Opens the form that asks for the server's name before it deletes everything."""

    async def act(self, click: Click) -> None:
        _require_opener(click, self.argument)
        require_manager(click)
        await click.response.send_modal(WipeForm(click.user.id, _server(click)))


class SettingForm(Form):
    """One setting, filled in as it is."""

    action = "set"

    def __init__(
        self, setting: Setting, settings: ServerSettings, opener: int, guild: discord.Guild | None
    ) -> None:
        super().__init__(setting, str(opener), title=replies.name_of(setting)[:_TITLE])
        for field in _fields(setting, settings, guild):
            self.add_item(field)

    @classmethod
    async def submitted(cls, interaction: Click, filled: Filled) -> None:
        """Raises `BadSetting` for a number that may not be, `CannotPost` and `NotYourPanel`."""
        _require_opener(interaction, filled.argument)
        setting = _setting(filled.ident)
        changes = _changes(setting, filled, interaction.guild)
        async with slow_edit(interaction) as reply:
            await interaction.client.shelf.change_settings(guild_id(interaction), **changes)
            await reply.edit(await panel_for(interaction))
        await _tell(interaction, setting)


class WipeForm(Form):
    """Deletes everything that is kept of a server when its name is typed."""

    action = "wiped"

    def __init__(self, opener: int, server: str) -> None:
        super().__init__("", str(opener), title=_("Delete everything")[:_TITLE])
        field: ui.TextInput[WipeForm] = ui.TextInput(
            custom_id="name", placeholder=server[:_LONGEST_NAME], max_length=_LONGEST_NAME
        )
        self.add_item(
            ui.Label(
                text=_("The server’s name")[:_LABEL],
                description=_("Articles, answers and settings go. This cannot be undone."),
                component=field,
            )
        )

    @classmethod
    async def submitted(cls, interaction: Click, filled: Filled) -> None:
        """Raises `NameNotTyped` when something else than the server's name was typed."""
        _require_opener(interaction, filled.argument)
        require_manager(interaction)
        bot, guild, server = interaction.client, guild_id(interaction), _server(interaction)
        if _as_typed(filled.texts.get("name", "")) != _as_typed(server[:_LONGEST_NAME]):
            raise NameNotTyped(server)
        async with slow_edit(interaction) as reply:
            n_articles = await bot.shelf.run(guild, Library.n_articles)
            who = interaction.user.mention
            # Before: which channel is told is deleted too.
            await log_channel.tell(bot, guild, lambda: said.wiped(who, server))
            await bot.shelf.delete(guild)
            await reply.edit(replies.wiped(n_articles))


ACTIONS = (Change, Wipe)
FORMS = (SettingForm, WipeForm)


async def panel_for(interaction: Click) -> ui.LayoutView:
    """The panel as things are now, for the person of *interaction* to use."""
    bot, guild = interaction.client, interaction.guild
    settings = await bot.shelf.settings(guild_id(interaction))
    channels = guild.channels if guild else ()
    return replies.panel(
        replies.Panel(
            settings,
            opener=interaction.user.id,
            n_articles=await bot.shelf.run(guild_id(interaction), Library.n_articles),
            content=bot.content,
            there=frozenset(channel.id for channel in channels),
            lacking={channel.id: lacks for channel in channels if (lacks := _lacking(channel))},
        )
    )


async def _tell(click: Click, setting: Setting) -> None:
    settings = await click.client.shelf.settings(guild_id(click))
    there = frozenset(channel.id for channel in click.guild.channels) if click.guild else frozenset()
    who = click.user.mention
    await log_channel.tell(
        click.client,
        guild_id(click),
        lambda: said.setting(who, replies.name_of(setting), replies.value_of(setting, settings, there)),
    )


def _fields(setting: Setting, settings: ServerSettings, guild: discord.Guild | None) -> list[ui.Label[Form]]:
    """The inputs of a setting's form, filled in as it is."""
    match setting:
        case "answers_in":
            small = _("Where mentions are answered; leave it empty for all channels")
            return [_label(_("Channels"), small, _channel_menu(settings.answers_in, guild))]
        case "ask_channels":
            small = _("Where questions are answered without a mention")
            return [_label(_("Channels"), small, _channel_menu(settings.ask_channels, guild))]
        case "log_channel":
            chosen = (settings.log_channel,) if settings.log_channel else ()
            small = _("Where I tell what managers change; leave it empty for none")
            return [_label(_("Channel"), small, _channel_menu(chosen, guild, types=_POSTABLE, most=1))]
        case "passages":
            options = [
                discord.SelectOption(label=str(n), value=str(n), default=n == settings.passages)
                for n in PASSAGES
            ]
            return [_label(_("Passages"), _("More follow on the next page"), _menu(options))]
        case "days_kept":
            options = [
                discord.SelectOption(label=replies.days(n), value=str(n), default=n == settings.days_kept)
                for n in DAYS_KEPT
            ]
            small = _("Also questions and feedback; what is older is deleted at once")
            return [_label(_("Kept"), small, _menu(options))]
        case "language":
            options = [
                discord.SelectOption(
                    label=replies.language_name(code),
                    value=code or _DISCORDS,
                    default=code == settings.language,
                )
                for code in ("", *languages())[:_MOST_OPTIONS]
            ]
            return [_label(_("Language"), _("What is spoken to everybody"), _menu(options))]
    return [
        _label(_("Questions"), _("How many a person may ask"), _number("questions", settings.questions)),
        _label(_("Seconds"), _("In how long"), _number("seconds", settings.seconds)),
        _label(
            _("Articles a minute"),
            _("How many the whole server may add"),
            _number("additions", settings.additions),
        ),
    ]


def _label(text: str, small: str, component: ui.Item[Any]) -> ui.Label[Form]:
    return ui.Label(text=text[:_LABEL], description=small, component=component)


def _channel_menu(
    chosen: Sequence[int],
    guild: discord.Guild | None,
    *,
    types: Sequence[discord.ChannelType] = _READABLE,
    most: int = MOST_CHANNELS,
) -> ui.ChannelSelect[Form]:
    """A menu of channels; those of *chosen* that are there are chosen, as Discord refuses others."""
    there = [one for one in chosen if guild and guild.get_channel(one)]
    return ui.ChannelSelect(
        custom_id="value",
        channel_types=list(types),
        min_values=0,
        max_values=most,
        required=False,
        default_values=[
            discord.SelectDefaultValue(id=one, type=discord.SelectDefaultValueType.channel) for one in there
        ],
    )


def _menu(options: list[discord.SelectOption]) -> ui.Select[Form]:
    return ui.Select(custom_id="value", options=options)


def _number(name: str, value: int) -> ui.TextInput[Form]:
    return ui.TextInput(custom_id=name, default=str(value), max_length=len(str(_NUMBERS[name].stop - 1)))


def _changes(setting: Setting, filled: Filled, guild: discord.Guild | None) -> dict[str, Any]:
    """What was filled in, by the names in `ServerSettings`."""
    chosen = filled.chosen.get("value", ())
    match setting:
        case "answers_in" | "ask_channels":
            channels = _chosen(chosen, guild, needs_post=setting == "ask_channels")
            return {setting: tuple(one.id for one in channels)}
        case "log_channel":
            return {setting: next((one.id for one in _chosen(chosen, guild, needs_post=True)), None)}
        case "passages" | "days_kept":
            allowed = PASSAGES if setting == "passages" else DAYS_KEPT
            return {setting: next((n for n in allowed if str(n) in chosen), allowed[0])}
        case "language":
            return {setting: next((code for code in languages() if code in chosen), "")}
    return {
        name: _typed(filled.texts.get(name, ""), allowed, label)
        for (name, allowed), label in zip(
            _NUMBERS.items(), (_("Questions"), _("Seconds"), _("Articles a minute")), strict=True
        )
    }


def _chosen(
    ids: Sequence[str], guild: discord.Guild | None, *, needs_post: bool
) -> Sequence[discord.abc.GuildChannel]:
    """The channels of *guild* with these ids. Raises `CannotPost` for the first that refuses the bot."""
    found = [guild.get_channel(int(one)) for one in ids if one.isdecimal()] if guild else []
    channels = [one for one in found if one is not None]
    for channel in channels:
        if needs_post and (lacks := _lacking(channel)):
            raise CannotPost(channel.name, lacks)
    return channels


def _typed(text: str, allowed: range, name: str) -> int:
    """The number that was typed. Raises `BadSetting`."""
    typed = text.strip()
    if not typed.isdecimal() or int(typed) not in allowed:
        raise BadSetting(name, allowed)
    return int(typed)


def _lacking(channel: discord.abc.GuildChannel) -> list[str]:
    return permissions.lacking(channel.permissions_for(channel.guild.me), channel)


def _setting(name: str) -> Setting:
    """The setting that a custom_id names, which comes from outside; the cooldown for anything else."""
    return next((one for one in replies.SETTINGS if one == name), "cooldown")


def _require_opener(click: Click, opener: str) -> None:
    """Raises `NotYourPanel`. Who may open a panel is Discord's to say, where admins allow `/settings`."""
    if opener != str(click.user.id):
        raise NotYourPanel("settings")


def _server(click: Click) -> str:
    return click.guild.name if click.guild else ""


def _as_typed(name: str) -> str:
    return " ".join(name.split()).casefold()
