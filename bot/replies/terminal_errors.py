"""An error -> the sentence that says what happened, and the next step in the terminal's words."""

from __future__ import annotations

from corpus.characters import clean
from corpus.errors import (
    AlreadyInLibrary,
    ArticleNotFound,
    CorpusError,
    GarbledText,
    LibraryDamaged,
    LibraryNotFound,
    LibraryNotWritable,
    NotALibrary,
    OnlyPictures,
    QuestionTooLong,
    ReadingFailed,
    TooMuchMemory,
    TooSlow,
)


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
        case AlreadyInLibrary(article_id=article_id):
            return f"To put a new version in its place, remove it first: “python bot.py remove {article_id}”."
        case OnlyPictures() | GarbledText():
            return "OCRmyPDF is one program for that: “ocrmypdf scan.pdf text.pdf”."
        case TooSlow() | TooMuchMemory() | ReadingFailed():
            return "The other files are untouched. Try it saved anew, or in another format."
        case QuestionTooLong():
            return "Ask in fewer words: a topic, a person or a place is enough."
    return None
