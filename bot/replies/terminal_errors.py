"""An error -> the sentence that says what happened, and the next step in the terminal's words."""

from __future__ import annotations

from bot import errors as ours
from corpus.characters import clean
from corpus.errors import (
    AlreadyInLibrary,
    ArticleNotFound,
    CorpusError,
    GarbledText,
    LibraryDamaged,
    LibraryNotFound,
    LibraryNotWritable,
    LinkRefused,
    NoArticleThere,
    NotALibrary,
    OnlyPictures,
    QuestionTooLong,
    ReadingFailed,
    SameStoryThere,
    TooMuchMemory,
    TooSlow,
    UnreadableArticle,
)

_IN_TROUBLE = 500
"""From this status on a site says that it is its own fault."""


def for_terminal(error: CorpusError) -> str:
    """What is printed to standard error."""
    hint = _terminal_hint(error)
    said = clean(str(error))  # it may name a file, and a file may have any name
    return f"{said}\n{hint}" if hint else said


def _terminal_hint(error: CorpusError) -> str | None:
    match error:
        case LibraryNotFound():
            return (
                "Add your own articles with “python bot.py add FILE”, or load those that come with Footnote: "
                "“python bot.py import --starter”."
            )
        case NotALibrary() | LibraryNotWritable():
            return "Name another folder: “python bot.py --library FOLDER …”."
        case LibraryDamaged():
            return "See what can be saved: “python bot.py check”."
        case ArticleNotFound(nearest=nearest) if nearest:
            return f"Did you mean: {', '.join(nearest)}?"
        case ArticleNotFound():
            return "See what is there: “python bot.py articles”."
        case AlreadyInLibrary():
            return _twin_hint(error)
        case ours.FetchError() | LinkRefused() | NoArticleThere():
            return _link_hint(error)
        case UnreadableArticle() | ours.LooksLikeNoArticle():
            return _file_hint(error)
        case QuestionTooLong():
            return "Ask in fewer words: a topic, a person or a place is enough."
    return None


def _twin_hint(error: AlreadyInLibrary) -> str:
    if isinstance(error, SameStoryThere):
        return (
            f"It is shown by “python bot.py show {error.article_id}”. To put this one in its place, remove "
            f"it first: “python bot.py remove {error.article_id}”; with --anyway both are stored."
        )
    return f"To put a new version in its place, remove it first: “python bot.py remove {error.article_id}”."


def _file_hint(error: CorpusError) -> str | None:
    match error:
        case ours.LooksLikeNoArticle(is_text=False):
            return "Look whether it is the right file, or store it as it is with --anyway."
        case ours.LooksLikeNoArticle():
            return "Save the page from a browser and add the file, or store it as it is with --anyway."
        case OnlyPictures() | GarbledText():
            return "OCRmyPDF is one program for that: “ocrmypdf scan.pdf text.pdf”."
        case TooSlow() | TooMuchMemory() | ReadingFailed():
            return "The other files are untouched. Try it saved anew, or in another format."
    return None


def _link_hint(error: CorpusError) -> str | None:
    match error:
        case ours.SiteRefused(status=404 | 410):
            return "Check the link."
        case ours.SiteRefused(status=status) if status >= _IN_TROUBLE:
            return "Try again later."
        case ours.SiteUnreachable():
            return "Check the link, or try again later."
        case ours.SiteBusy():
            return None
        case LinkRefused(reason=reason) if not reason.startswith("it leads"):
            return None
        case LinkRefused():
            return "Of your own network, links may lead to what FETCH_ALLOW names."
    return "Open the page in a browser, save it, and add the file."
