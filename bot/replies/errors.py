"""An error -> the card that says what happened, and the next step in Discord's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import errors as ours
from bot.language import _
from bot.replies import card, reading, words
from bot.replies.card import Accent
from bot.replies.markdown import escape, shortened, title
from corpus.errors import (
    AlreadyInLibrary,
    ArticleNotFound,
    CopyProtected,
    CorpusError,
    DiskFull,
    Encrypted,
    GarbledText,
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LinkRefused,
    NewerLibrary,
    NoArticleThere,
    OnlyPictures,
    QuestionTooLong,
    ReadingFailed,
    TooMuchMemory,
    TooSlow,
    UnreadableArticle,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from discord import ui

_TITLE = 100
_IN_TROUBLE = 500
"""From this status on a site says that it is its own fault."""
_QUESTION = 300
_SENTENCE = 700
"""In characters. An error names what was typed, and that may be long."""


def for_discord(error: CorpusError, command: Mapping[str, str]) -> ui.LayoutView:
    """What the person who caused it reads; *command* maps a command's name to its clickable mention."""
    match error:
        case ours.AnswerExpired(question=question, is_private=is_private):
            return card.card(
                card.text(f"### {title(question, _QUESTION)}") if question else None,
                card.text("This answer is no longer kept. They are kept for 30 days."),
                card.row(card.button("Ask again", "again", argument="private" if is_private else "")),
                accent=Accent.LOOK_TWICE,
            )
        case AlreadyInLibrary(can_refresh=True):
            return reading.already_there(error)
        case ours.DigestExpired():
            return _said(str(error), f"Make it anew with {command['digest']}.")
        case ours.CannotPost(channel=channel, missing=missing):
            needed = words.listed([f"**{name}**" for name in missing])
            sentence = _("I can’t post in #{channel}: I need {permissions}.")
            said = sentence.format(channel=escape(channel), permissions=needed)
            return _said(said, _("Ask an admin for that."))
        case ours.NotYourPanel():
            return _said(
                "Only the person who opened this can use it.", f"Open your own with {command['add']}."
            )
    return _said(escape(shortened(str(error), _SENTENCE)), _discord_hint(error, command))


def permission_missing(names: str) -> ui.LayoutView:
    return _said(f"You need the permission **{names}** for this.")


def internal(reference: str) -> ui.LayoutView:
    """Something that is nobody's mistake but ours; *reference* leads to the line in the log."""
    return card.card(
        card.text(
            "**Something broke on my side.** Try again.",
            card.aside(f"If it stays, tell the operator reference `{reference}`."),
        ),
        accent=Accent.FAILED,
    )


def library(error: LibraryError, reference: str) -> ui.LayoutView:
    """This server's library cannot be used. Where it lies on the operator's disk is not said here."""
    match error:
        case LibraryBusy():
            sentence = "This server’s library is busy with another process. Try again in a moment."
        case DiskFull():
            sentence = "The operator’s disk is full. Nothing was lost."
        case LibraryDamaged():
            sentence = "This server’s library is damaged."
        case NewerLibrary():
            sentence = "This server’s library was written by a newer version of me."
        case _:
            sentence = "This server’s library cannot be opened."
    return card.card(
        card.text(sentence, card.aside(f"Only the operator can mend that: reference `{reference}`.")),
        accent=Accent.FAILED,
    )


def empty_library(command: Mapping[str, str]) -> ui.LayoutView:
    return card.card(
        card.text(f"This server has no articles yet. A manager can add some with {command['add']}."),
        accent=Accent.BOT,
    )


def _said(sentence: str, hint: str | None = None) -> ui.LayoutView:
    return card.card(card.text(sentence, card.aside(hint) if hint else None), accent=Accent.LOOK_TWICE)


def _discord_hint(error: CorpusError, command: Mapping[str, str]) -> str | None:
    match error:
        case ArticleNotFound(nearest=nearest) if nearest:
            return f"Did you mean: {', '.join(title(name, _TITLE) for name in nearest)}?"
        case ArticleNotFound():
            return f"See what is there: {command['articles']}."
        case AlreadyInLibrary():
            return f"To change what is known of it: {command['library edit']}."
        case QuestionTooLong():
            return "Ask in fewer words: a topic, a person or a place is enough."
        case (
            ours.FetchError() | ours.NothingToFetch() | ours.StaysAsItWas() | LinkRefused() | NoArticleThere()
        ):
            return _link_hint(error, command)
        case UnreadableArticle():
            return _file_hint(error, command)
        case ours.SearchExpired():
            return f"See the articles as they are now: {command['articles']}."
        case ours.DraftExpired():
            return f"Start again with {command['add']}."
    return None


def _file_hint(error: UnreadableArticle, command: Mapping[str, str]) -> str | None:
    match error:
        case Encrypted() | CopyProtected():
            return f"Or paste its text into the form of {command['add']}."
        case OnlyPictures() | GarbledText():
            return "Many scanners and programs can do that, such as OCRmyPDF, and then the file can be added."
        case TooSlow() | TooMuchMemory() | ReadingFailed():
            return "The other articles are untouched. Try the file saved anew, or in another format."
    return None


def _link_hint(error: CorpusError, command: Mapping[str, str]) -> str | None:
    match error:
        case ours.SiteRefused(status=404 | 410):
            return "Check the link."
        case ours.SiteRefused(status=status) if status >= _IN_TROUBLE:
            return "Try again later."
        case ours.SiteUnreachable():
            return "Check the link, or try again later."
        case ours.SiteBusy():
            return None
        case ours.NothingToFetch() | ours.StaysAsItWas():
            return f"To put another version in its place, remove it and add that: {command['add']}."
    return f"Save the page and use `file`, or paste the text: {command['add']}."
