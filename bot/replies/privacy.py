"""What is kept, in words: of the whole server, and of the person who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.language import _, ngettext
from bot.replies import card, words
from bot.replies.card import Accent

if TYPE_CHECKING:
    from discord import ui

    from bot.own_data import OwnData
    from bot.server_settings import ServerSettings


def privacy(settings: ServerSettings) -> ui.LayoutView:
    """What is stored in this server, and for how long."""
    return card.card(
        card.text(
            f"### {_('What is stored')}",
            _(
                "**Articles** that managers of this server add, until a manager removes them. They belong to "
                "this server alone: no other server can see them."
            ),
            _questions(settings.days_kept),
            _(
                "**Feedback** without a name, for as long. Private questions are in no statistics, and take "
                "no feedback."
            )
            if settings.has_feedback and settings.days_kept
            else None,
            _("**Previews** of articles not yet added, and searches in the list of articles, for a day."),
        ),
        card.gap(),
        card.text(
            card.aside(_messages(settings)),
            card.aside(_("If I am removed from the server, everything of it is deleted after 7 days.")),
        ),
        card.row(
            card.button(_("Download my data"), "mine"),
            card.button(_("Delete my data…"), "forget"),
        ),
        accent=Accent.BOT,
    )


def _questions(days: int) -> str:
    if not days:
        return _(
            "**Questions** are not stored: managers of this server chose so, and the buttons that would "
            "need them are missing under an answer."
        )
    kept = ngettext(
        "**Questions** asked here, with who asked, for at most {count} day, so that the buttons under an "
        "answer work. Deleting the answer deletes its question at once.",
        "**Questions** asked here, with who asked, for at most {count} days, so that the buttons under an "
        "answer work. Deleting the answer deletes its question at once.",
        days,
    )
    return kept.format(count=words.number(days))


def _messages(settings: ServerSettings) -> str:
    if settings.ask_channels:
        return _(
            "Messages are read only when they mention me, in the ask channels of this server, or when "
            "somebody uses one of my menus on them, and are not kept. Nothing leaves the computer that I run "
            "on."
        )
    return _(
        "Messages are read only when they mention me, or when somebody uses one of my menus on them, and are "
        "not kept. Nothing leaves the computer that I run on."
    )


def nothing_kept() -> ui.LayoutView:
    return card.card(
        card.text(
            _("Nothing of yours is stored in this server."),
            card.aside(_("Feedback is stored without a name.")),
        ),
        accent=Accent.BOT,
    )


def downloaded(found: OwnData) -> str:
    """What stands above the file."""
    return f"{_counted(found)}\n{card.aside(_('Feedback is stored without a name.'))}"


def confirm(found: OwnData) -> ui.LayoutView:
    return card.card(
        card.text(
            _("Delete what is stored of you in this server: {what}?").format(what=_counted(found)),
            card.aside(
                _("The buttons under these answers will no longer work. Feedback is stored without a name.")
            ),
        ),
        card.row(
            card.button(_("Delete"), "forgotten", style=discord.ButtonStyle.danger),
            card.button(_("Cancel"), "dismiss"),
        ),
        accent=Accent.FAILED,
    )


def deleted(gone: OwnData) -> ui.LayoutView:
    if gone.is_empty:
        return nothing_kept()
    return card.card(card.text(_("Deleted {what}.").format(what=_counted(gone))), accent=Accent.DONE)


def _counted(found: OwnData) -> str:
    """2 questions, 1 digest, 1 preview."""
    questions = ngettext("{count} question", "{count} questions", len(found.questions))
    digests = ngettext("{count} digest", "{count} digests", len(found.digests))
    previews = ngettext("{count} preview", "{count} previews", len(found.previews))
    kept = ((questions, found.questions), (digests, found.digests), (previews, found.previews))
    return words.commas([counted.format(count=words.number(len(rows))) for counted, rows in kept if rows])
