"""An error -> the sentence that says what happened, in the language that is spoken.

In English it is the error's own, `str(error)`, which the log and the terminal show. What an error tells
of its reasons in English is translated by what `reasons` lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import errors as ours
from bot.errors import MEANINGS
from bot.language import N_, _, ngettext, pgettext
from bot.replies import words
from bot.replies.reasons import KINDS, told
from corpus import errors as theirs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpus.article import PageState
    from corpus.errors import CorpusError, UnreadableArticle

_MOST_NAMED = 8
_NAMES = frozenset({N_("The text"), N_("The date"), N_("The address"), N_("The export")})
"""What stands for a file's name where there is no file."""
_NO_ARTICLE: Mapping[PageState, str] = {
    "blocked": N_("{name} shows robots no article, only a test or a refusal."),
    "javascript": N_("{name} is empty: its text appears only in a browser that runs its scripts."),
    "consent": N_("{name} shows no article, only a question about cookies."),
    "paywall": N_("{name} shows no article without a subscription."),
    "short": N_("{name} holds no text that could be an article."),
}


def sentence(error: CorpusError) -> str:
    """What happened; in English where nobody has said it in another language."""
    match error:
        case theirs.UnreadableArticle():
            said = _of_file(error, _(error.name) if error.name in _NAMES else error.name)
        case ours.FetchError():
            said = _of_site(error)
        case theirs.QuestionError() | theirs.SourceNotFound() | theirs.LinkRefused():
            said = _of_request(error)
        case _:
            said = _of_library(error)
    return said or str(error)


def _of_request(error: CorpusError) -> str | None:
    match error:
        case theirs.QuestionTooLong(length=length, limit=limit):
            return _("That question has {length} characters; the limit is {limit}.").format(
                length=words.number(length), limit=words.number(limit)
            )
        case theirs.NoSearchableWords():
            return _("That question has no searchable words. Name a topic, a person or a place.")
        case theirs.TooFewWords(fewest=fewest):
            return _("That has fewer than {n} words, too few to know a source by.").format(
                n=words.number(fewest)
            )
        case theirs.SourceNotFound(wanted=wanted, known=known):
            said = _("No article comes from “{source}”.").format(source=wanted)
            named = words.commas([*known[:_MOST_NAMED], *(["…"] if len(known) > _MOST_NAMED else [])])
            return f"{said} {_('The library has {sources}.').format(sources=named)}" if known else said
        case theirs.LinkRefused(reason=reason):
            return _("“{link}” is not opened: {reason}.").format(link=error.shown, reason=told(reason))
    return None


def _of_library(error: CorpusError) -> str | None:
    match error:
        case theirs.ArticleNotFound(wanted=wanted):
            return _("No article called “{title}”.").format(title=wanted)
        case theirs.SameStoryThere(title=title, article_id=ident):
            return _("Another version of this story is in the library: “{title}” ({id}).").format(
                title=title, id=ident
            )
        case theirs.AlreadyInLibrary(title=title, article_id=ident):
            return _("Already in the library: “{title}” ({id}).").format(title=title, id=ident)
        case ours.NothingToFetch(title=title):
            return _("“{title}” came without a link, so there is nothing to fetch again.").format(title=title)
        case ours.StaysAsItWas(title=title, host=host, shown=shown):
            return _("What {site} shows now looks like {something}. “{title}” stays as it was.").format(
                site=host, something=_(shown), title=title
            )
    return _(_PLAIN[type(error)]) if type(error) in _PLAIN else None


_PLAIN: Mapping[type[CorpusError], str] = {
    ours.AnswerExpired: N_("This answer is no longer kept."),
    ours.ButtonUnknown: N_("This button is of another version of me. Ask again, or use a command."),
    ours.DigestExpired: N_("This digest is no longer kept."),
    ours.FeedbackOff: N_("Feedback is switched off in this server."),
    ours.FormUnknown: N_("This form is of another version of me. Open it again."),
    ours.SearchExpired: N_("This list is older than a day."),
    ours.DraftExpired: N_("This preview is older than a day, or was already added or cancelled."),
    ours.NotYourPanel: N_("Only the person who opened this can use it."),
    ours.NotYourAnswer: N_("Only the person who asked, and moderators, can delete this answer."),
    ours.NeedsManageServer: N_("This needs the permission Manage Server."),
    ours.NotYoursToShare: N_("Only the person who asked in private can share the answer."),
    ours.MayNotPost: N_("You may not send messages in this channel, so it is not shared."),
    ours.ArticleGone: N_("This article was removed from the library."),
    ours.NothingGiven: N_("Nothing was given: choose a file, or paste a text."),
    ours.NoTextInMessage: N_("That message holds no words to ask about."),
    ours.NothingInMessage: N_("That message holds no link, no file and no text."),
}
"""Errors whose sentence names nothing."""


def _of_site(error: ours.FetchError) -> str | None:
    site = error.host
    match error:
        case ours.SiteRefused(status=status):
            meaning = MEANINGS.get(status) or MEANINGS.get(status // 100)
            if meaning is None:
                return _("{site} answered {status}.").format(site=site, status=status)
            return _("{site} answered {status} ({meaning}).").format(
                site=site, status=status, meaning=_(meaning)
            )
        case ours.SiteUnreachable(reason=reason):
            return _("{site} cannot be reached: {reason}.").format(site=site, reason=told(reason))
        case ours.SiteTooSlow(limit_s=limit_s):
            n_seconds = round(limit_s)
            return ngettext(
                "{site} took more than {n} second.", "{site} took more than {n} seconds.", n_seconds
            ).format(site=site, n=words.number(n_seconds))
        case ours.SiteBusy():
            return _("{site} is still busy with other links. Try again in a minute.").format(site=site)
        case ours.PageTooLarge(limit_bytes=limit_bytes):
            return _("{site} sent more than {size}, which is the limit.").format(
                site=site, size=words.megabytes(limit_bytes)
            )
        case ours.RedirectRefused(reason=reason):
            return _("{site} redirects {where}.").format(site=site, where=told(reason))
        case ours.BadAnswer(reason=reason):
            return _("{site} did not answer as a web site does: {reason}.").format(
                site=site, reason=told(reason)
            )
    return None


_OF_FILE: Mapping[type[CorpusError], str] = {
    theirs.NothingToRead: N_("{name} holds no text."),
    theirs.NotText: N_(
        "{name} is {kind}, not a text. Plain text, Markdown, HTML, PDF, Word and EPUB files can be read."
    ),
    theirs.UnknownEncoding: N_("{name} is in an encoding that could not be recognised. Save it as UTF-8."),
    theirs.Damaged: N_("{name} is {kind} that is damaged or incomplete."),
    theirs.Encrypted: N_("{name} is {kind} that is locked with a password. Save it without one."),
    theirs.CopyProtected: N_("{name} is {kind} that its seller protects against copying (DRM)."),
    theirs.GarbledText: N_(
        "{name} holds letters that only an eye can tell. Have its text recognised (OCR) first."
    ),
    theirs.ReadingFailed: N_("{name} could not be read: the reader broke over it."),
    theirs.UnreadablePage: N_("{name} is built so that it cannot be read."),
    ours.NotADay: N_("{name} “{written}” cannot be read; write it like 2020-07-02."),
    ours.NotAnAddress: N_("{name} “{written}” is no web address; it looks like https://example.org/page."),
}
"""What is wrong with a file, where it is told by no number."""


def _of_file(error: UnreadableArticle, name: str) -> str | None:
    if type(error) in _OF_FILE:
        kind, written = getattr(error, "kind", ""), getattr(error, "written", "")
        return _(_OF_FILE[type(error)]).format(name=name, kind=_kind(kind), written=written)
    match error:
        case theirs.NoArticleThere(state=state):
            return _(_NO_ARTICLE[state]).format(name=name)
        case theirs.OnlyPictures(n_pages=n_pages):
            return ngettext(
                "{name} holds {n} page of pictures and no text, as a scan does. Have its text recognised "
                "(OCR) first.",
                "{name} holds {n} pages of pictures and no text, as a scan does. Have its text recognised "
                "(OCR) first.",
                n_pages,
            ).format(name=name, n=words.number(n_pages))
        case theirs.TooSlow(limit_s=limit_s):
            n_seconds = round(limit_s)
            return ngettext(
                "{name} was given up after {n} second of reading.",
                "{name} was given up after {n} seconds of reading.",
                n_seconds,
            ).format(name=name, n=words.number(n_seconds))
    return _of_large_file(error, name)


def _of_large_file(error: UnreadableArticle, name: str) -> str | None:
    match error:
        case theirs.TooLarge(size_bytes=size_bytes, limit_bytes=limit_bytes):
            size, limit = words.megabytes(size_bytes or 0), words.megabytes(limit_bytes)
            if size_bytes is None or size == limit:
                return _("{name} is larger than {limit}, the limit.").format(name=name, limit=limit)
            return _("{name} is {size}; the limit is {limit}.").format(name=name, size=size, limit=limit)
        case theirs.TooManyPages(n_pages=n_pages, limit=limit):
            return _("{name} has {n} pages; the limit is {limit}.").format(
                name=name, n=words.number(n_pages), limit=words.number(limit)
            )
        case theirs.TooManyMembers(n_members=n_members, limit=limit):
            return _("{name} is made of {n} files; the limit is {limit}.").format(
                name=name, n=words.number(n_members), limit=words.number(limit)
            )
        case theirs.UnpacksTooLarge(limit_bytes=limit_bytes):
            return _("{name} unpacks to more than {limit}, the limit.").format(
                name=name, limit=words.megabytes(limit_bytes)
            )
        case theirs.ZipBomb(size_bytes=size_bytes, packed_bytes=packed_bytes):
            return _("{name} holds {n} bytes that unpack to {size}: only an attack does.").format(
                name=name, n=words.number(packed_bytes), size=words.megabytes(size_bytes)
            )
        case theirs.TooMuchMemory(limit_bytes=limit_bytes):
            return _("{name} needs more than {limit} of memory to be read, the limit.").format(
                name=name, limit=words.megabytes(limit_bytes)
            )
    return None


def _kind(english: str) -> str:
    """What a file is, as the object of a sentence: “a PDF”."""
    return pgettext("kind of file", english) if english in KINDS else english
