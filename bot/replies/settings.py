"""A server's settings -> the panel: one row a setting, each with its value and a button to change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import discord

from bot.language import _, ngettext
from bot.replies import card, words
from bot.replies.card import Accent
from bot.replies.reasons import permission

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from discord import ui

    from bot.server_settings import ServerSettings

Setting = Literal[
    "answers_in",
    "ask_channels",
    "passages",
    "style",
    "days_kept",
    "has_feedback",
    "log_channel",
    "cooldown",
    "language",
]  # fmt: skip
SETTINGS: tuple[Setting, ...] = get_args(Setting)
"""The rows of the panel, in their order."""
Content = Literal["off", "on", "refused"]
"""Whether Discord hands over the text of messages that do not mention the bot."""


@dataclass(frozen=True, slots=True)
class Panel:
    """All that the panel shows."""

    settings: ServerSettings
    opener: int
    """The id of the person who may use it."""
    n_articles: int
    content: Content
    there: frozenset[int]
    """The ids of the channels that are there."""
    lacking: Mapping[int, Sequence[str]]
    """What the bot lacks to write in those where it lacks something, as Discord shows it."""


def panel(shown: Panel) -> ui.LayoutView:
    rows: list[card.Item] = [_row(name, shown) for name in SETTINGS]
    n_articles = ngettext("{count} article", "{count} articles", shown.n_articles)
    all_of_it = _("{articles}, all answers and these settings").format(
        articles=n_articles.format(count=words.number(shown.n_articles))
    )
    return card.card(
        card.text(f"### {_('Settings')}", card.aside(_("For the whole server"))),
        card.rule(),
        *rows,
        card.rule(),
        card.beside(
            card.text(f"**{_('Delete everything')}**", card.aside(all_of_it)),
            card.button(_("Delete…"), "wipe", "", shown.opener, style=discord.ButtonStyle.danger),
        ),
        accent=Accent.BOT,
    )


def name_of(setting: Setting) -> str:
    """What a setting is called."""
    match setting:
        case "answers_in":
            return _("Answers in")
        case "ask_channels":
            return _("Ask channels")
        case "passages":
            return _("Passages in an answer")
        case "style":
            return _("Answer style")
        case "days_kept":
            return _("Answers are kept")
        case "has_feedback":
            return _("Feedback buttons")
        case "log_channel":
            return _("Log channel")
        case "language":
            return _("Language")
    return _("Cooldown")


def value_of(setting: Setting, settings: ServerSettings, there: frozenset[int]) -> str:
    """What a setting is; of channels those that are *there*."""
    match setting:
        case "answers_in":
            is_chosen = not there.isdisjoint(settings.answers_in)
            return _channels(settings.answers_in, there) if is_chosen else _("All channels")
        case "ask_channels":
            return _channels(settings.ask_channels, there) if settings.ask_channels else _("None")
        case "passages":
            return words.number(settings.passages)
        case "style":
            return _("Plain text") if settings.style == "plain" else _("Cards")
        case "days_kept":
            return days(settings.days_kept)
        case "has_feedback":
            return _("On") if settings.has_feedback else _("Off")
        case "log_channel":
            return _channels([settings.log_channel], there) if settings.log_channel else _("None")
        case "language":
            return language_name(settings.language)
    questions = ngettext("{count} question", "{count} questions", settings.questions)
    seconds = ngettext("{count} second", "{count} seconds", settings.seconds)
    return _("{questions} in {seconds}").format(
        questions=questions.format(count=words.number(settings.questions)),
        seconds=seconds.format(count=words.number(settings.seconds)),
    )


def days(n: int) -> str:
    return ngettext("{count} day", "{count} days", n).format(count=words.number(n)) if n else _("Not at all")


def language_name(code: str) -> str:
    """What a language is called by those who speak it; nothing is Discord's choice."""
    if not code:
        return _("As Discord has it for this server")
    from babel import Locale  # a tenth of a second, for this panel only

    return Locale.parse(code).display_name or code


def wiped(n_articles: int) -> ui.LayoutView:
    """Everything was deleted."""
    gone = ngettext(
        "Deleted {count} article, all answers and the settings.",
        "Deleted {count} articles, all answers and the settings.",
        n_articles,
    )
    return card.card(card.text(gone.format(count=words.number(n_articles))), accent=Accent.DONE)


def _row(setting: Setting, shown: Panel) -> card.Item:
    note = _note(setting, shown)
    return card.beside(
        card.text(
            f"**{name_of(setting)}**",
            value_of(setting, shown.settings, shown.there),
            card.aside(note) if note else None,
        ),
        card.button(_("Change"), "setting", setting, shown.opener),
    )


def _note(setting: Setting, shown: Panel) -> str:
    """What should be known of a setting's value; empty when nothing."""
    settings = shown.settings
    if setting == "answers_in" and settings.answers_in:
        if shown.there.isdisjoint(settings.answers_in):
            return _("The channels chosen before were deleted")
        return _unwritable(settings.answers_in, shown)
    if setting == "ask_channels":
        if shown.content == "off":
            return _("Needs the message content intent: the operator sets MESSAGE_CONTENT=1")
        if shown.content == "refused":
            return _("Discord refused the message content intent: the operator allows it in its portal")
        return _unwritable(settings.ask_channels, shown) or _(
            "Questions there are answered when I am confident"
        )
    if setting == "log_channel" and settings.log_channel:
        return _unwritable([settings.log_channel], shown)
    if setting == "days_kept" and not settings.days_kept:
        return _("Nothing is stored of a question; answers have fewer buttons")
    if setting == "language":
        return _("What everybody sees; each person’s own replies are in their language")
    if setting == "cooldown":
        added = ngettext(
            "For each person; {count} article a minute may be added",
            "For each person; {count} articles a minute may be added",
            settings.additions,
        )
        return added.format(count=words.number(settings.additions))
    return ""


def _unwritable(channels: Sequence[int], shown: Panel) -> str:
    """What is missing to write in *channels*; empty when nothing."""
    refusing = [one for one in channels if one in shown.there and one in shown.lacking]
    if not refusing:
        return ""
    needed = dict.fromkeys(name for channel in refusing for name in shown.lacking[channel])
    return _("I can’t post in {channels}: I need {permissions}").format(
        channels=_channels(refusing, shown.there),
        permissions=words.listed([f"**{permission(name)}**" for name in needed]),
    )


def _channels(ids: Sequence[int | None], there: frozenset[int]) -> str:
    """Mentions of those that are *there*: the others were deleted."""
    return " ".join(f"<#{one}>" for one in ids if one in there) or _("Channels that were deleted")
