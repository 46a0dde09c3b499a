"""An error -> the card that says what happened, and the next step in Discord's words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bot import errors as ours
from bot.language import _
from bot.permissions import all_shown
from bot.replies import card, reading, words
from bot.replies.card import Accent
from bot.replies.error_sentences import sentence
from bot.replies.markdown import escape, shortened, title
from bot.replies.reasons import permission
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
    from collections.abc import Mapping, Sequence
    from datetime import datetime

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
                card.text(_("This answer is no longer kept.")),
                card.row(card.button(_("Ask again"), "again", argument="private" if is_private else "")),
                accent=Accent.LOOK_TWICE,
            )
        case AlreadyInLibrary(can_refresh=True):
            return reading.already_there(error)
        case ours.DigestExpired():
            return _said(sentence(error), _("Make it anew with {digest}.").format(digest=command["digest"]))
        case ours.CannotPost(channel=channel, missing=missing):
            needed = words.listed([f"**{permission(name)}**" for name in missing])
            said = _("I can’t post in #{channel}: I need {permissions}.")
            return _said(
                said.format(channel=escape(channel), permissions=needed), _("Ask an admin for that.")
            )
        case ours.NotYourPanel():
            own = _("Open your own with {command}.").format(command=command[error.command])
            return _said(sentence(error), own)
        case ours.TooManyQuestions() | ours.TooManyArticles() | ours.TooMuchFeedback():
            return _said(_too_often(error))
        case ours.BadSetting():
            told = _("{name}: write a number from {first} to {last}.").format(
                name=error.name,
                first=words.number(error.allowed[0]),
                last=words.number(error.allowed[-1]),
            )
            return _said(told, _("Nothing was changed."))
        case ours.NameNotTyped():
            told = _("Nothing was deleted. To delete everything, type the server’s name: **{server}**")
            return _said(told.format(server=title(error.server, _TITLE)))
    return _said(escape(shortened(sentence(error), _SENTENCE)), _discord_hint(error, command))


def permission_missing(permissions: Sequence[str]) -> ui.LayoutView:
    """*permissions* are called as discord.py does."""
    names = words.commas([permission(name) for name in all_shown(permissions)])
    return _said(_("You need the permission **{names}** for this.").format(names=names))


def internal(reference: str) -> ui.LayoutView:
    """Something that is nobody's mistake but ours; *reference* leads to the line in the log."""
    return card.card(
        card.text(
            _("**Something broke on my side.** Try again."),
            card.aside(
                _("If it stays, tell the operator reference `{reference}`.").format(reference=reference)
            ),
        ),
        accent=Accent.FAILED,
    )


def library(error: LibraryError, reference: str) -> ui.LayoutView:
    """This server's library cannot be used. Where it lies on the operator's disk is not said here."""
    match error:
        case LibraryBusy():
            told = _("This server’s library is busy with another process. Try again in a moment.")
        case DiskFull():
            told = _("The operator’s disk is full. Nothing was lost.")
        case LibraryDamaged():
            told = _("This server’s library is damaged.")
        case NewerLibrary():
            told = _("This server’s library was written by a newer version of me.")
        case _:
            told = _("This server’s library cannot be opened.")
    hint = _("Only the operator can mend that: reference `{reference}`.").format(reference=reference)
    return card.card(
        card.text(told, card.aside(hint)),
        accent=Accent.FAILED,
    )


def empty_library(command: Mapping[str, str]) -> ui.LayoutView:
    return card.card(
        card.text(
            _("This server has no articles yet. A manager can add some with {add}.").format(
                add=command["add"]
            )
        ),
        accent=Accent.BOT,
    )


def _too_often(error: ours.TooManyQuestions | ours.TooManyArticles | ours.TooMuchFeedback) -> str:
    match error:
        case ours.TooManyQuestions():
            said = _("Too many questions. Try again {when}.")
        case ours.TooManyArticles():
            said = _("Too many articles at once. Try again {when}.")
        case _:
            said = _("Too much feedback at once. Try again {when}.")
    return said.format(when=_when(error.until))


def _when(moment: datetime) -> str:
    """A moment as Discord counts down to it; rounded up, so that it is not early."""
    return f"<t:{math.ceil(moment.timestamp())}:R>"


def _said(told: str, hint: str | None = None) -> ui.LayoutView:
    return card.card(card.text(told, card.aside(hint) if hint else None), accent=Accent.LOOK_TWICE)


def _discord_hint(error: CorpusError, command: Mapping[str, str]) -> str | None:
    match error:
        case ArticleNotFound(nearest=nearest) if nearest:
            titles = words.commas([title(name, _TITLE) for name in nearest])
            return _("Did you mean: {titles}?").format(titles=titles)
        case ArticleNotFound():
            return _("See what is there: {articles}.").format(articles=command["articles"])
        case AlreadyInLibrary():
            return _("To change what is known of it: {edit}.").format(edit=command["library edit"])
        case QuestionTooLong():
            return _("Ask in fewer words: a topic, a person or a place is enough.")
        case (
            ours.FetchError() | ours.NothingToFetch() | ours.StaysAsItWas() | LinkRefused() | NoArticleThere()
        ):
            return _link_hint(error, command)
        case UnreadableArticle():
            return _file_hint(error, command)
        case ours.SearchExpired():
            return _("See the articles as they are now: {articles}.").format(articles=command["articles"])
        case ours.DraftExpired():
            return _("Start again with {add}.").format(add=command["add"])
    return None


def _file_hint(error: UnreadableArticle, command: Mapping[str, str]) -> str | None:
    match error:
        case Encrypted() | CopyProtected():
            return _("Or paste its text into the form of {add}.").format(add=command["add"])
        case OnlyPictures() | GarbledText():
            return _(
                "Many scanners and programs can do that, such as OCRmyPDF, and then the file can be added."
            )
        case TooSlow() | TooMuchMemory() | ReadingFailed():
            return _("The other articles are untouched. Try the file saved anew, or in another format.")
    return None


def _link_hint(error: CorpusError, command: Mapping[str, str]) -> str | None:
    match error:
        case ours.SiteRefused(status=404 | 410):
            return _("Check the link.")
        case ours.SiteRefused(status=status) if status >= _IN_TROUBLE:
            return _("Try again later.")
        case ours.SiteUnreachable():
            return _("Check the link, or try again later.")
        case ours.SiteBusy():
            return None
        case ours.NothingToFetch() | ours.StaysAsItWas():
            return _("To put another version in its place, remove it and add that: {add}.").format(
                add=command["add"]
            )
    return _("Save the page and use `file`, or paste the text: {add}.").format(add=command["add"])
