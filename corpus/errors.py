"""What can go wrong, with the facts as attributes.

`str()` is a plain English sentence for the log and the terminal. It names no command of either
face: each face adds the next step in its own words.
"""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import Timeout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from corpus.article import PageState


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1_000_000:.1f} MB"


_MOST_NAMED = 8
_LONGEST_SHOWN = 100


def _shown(link: str) -> str:
    """*link* as a sentence may hold it: not too long, and nothing in it that hides or turns letters."""
    visible = "".join(character if character.isprintable() else "\ufffd" for character in link)
    return visible if len(visible) <= _LONGEST_SHOWN else f"{visible[: _LONGEST_SHOWN - 1]}…"


class CorpusError(Exception):
    """Something a person can mend."""


class QuestionError(CorpusError):
    """The question cannot be asked as it stands."""


class QuestionTooLong(QuestionError):
    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"That question has {length:,} characters; the limit is {limit}.")
        self.length, self.limit = length, limit


class NoSearchableWords(QuestionError):
    def __init__(self) -> None:
        super().__init__("That question has no searchable words. Name a topic, a person or a place.")


class TooFewWords(QuestionError):
    """A text of so few words that they are said everywhere."""

    def __init__(self, fewest: int) -> None:
        super().__init__(f"That has fewer than {fewest} words, too few to know a source by.")
        self.fewest = fewest


class ArticleNotFound(CorpusError):
    def __init__(self, wanted: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(f"No article called “{wanted}”.")
        self.wanted, self.nearest = wanted, tuple(nearest)


class SourceNotFound(CorpusError):
    def __init__(self, wanted: str, known: Sequence[str]) -> None:
        more = ", …" if len(known) > _MOST_NAMED else ""
        named = f" The library has {', '.join(known[:_MOST_NAMED])}{more}." if known else ""
        super().__init__(f"No article comes from “{wanted}”.{named}")
        self.wanted, self.known = wanted, tuple(known)


class AlreadyInLibrary(CorpusError):
    """`can_refresh` when its address is known, so that it can be fetched again."""

    def __init__(
        self, article_id: str, title: str, *, added: datetime | None = None, can_refresh: bool = False
    ) -> None:
        super().__init__(f"Already in the library: “{title}” ({article_id}).")
        self.article_id, self.title = article_id, title
        self.added, self.can_refresh = added, can_refresh


class SameStoryThere(AlreadyInLibrary):
    """Nearly the same text is there, from the same outlet."""

    def __init__(
        self, article_id: str, title: str, *, added: datetime | None = None, can_refresh: bool = False
    ) -> None:
        super().__init__(article_id, title, added=added, can_refresh=can_refresh)
        self.args = (f"Another version of this story is in the library: “{title}” ({article_id}).",)


class UnreadableArticle(CorpusError):
    """This input does not become an article. `name` is the file's name or what stands for it."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(f"{name} {sentence}")
        self.name, self.sentence = name, sentence


class NothingToRead(UnreadableArticle):
    def __init__(self, name: str) -> None:
        super().__init__(name, "holds no text.")


class NotText(UnreadableArticle):
    def __init__(self, name: str, kind: str) -> None:
        super().__init__(
            name, f"is {kind}, not a text. Plain text, Markdown, HTML, PDF, Word and EPUB files can be read."
        )
        self.kind = kind


class UnknownEncoding(UnreadableArticle):
    def __init__(self, name: str) -> None:
        super().__init__(name, "is in an encoding that could not be recognised. Save it as UTF-8.")


class Damaged(UnreadableArticle):
    """`kind` is what the file claims to be, “a PDF”."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(name, f"is {kind} that is damaged or incomplete.")
        self.kind = kind


class Encrypted(UnreadableArticle):
    def __init__(self, name: str, kind: str) -> None:
        super().__init__(name, f"is {kind} that is locked with a password. Save it without one.")
        self.kind = kind


class CopyProtected(UnreadableArticle):
    def __init__(self, name: str, kind: str) -> None:
        super().__init__(name, f"is {kind} that its seller protects against copying (DRM).")
        self.kind = kind


class OnlyPictures(UnreadableArticle):
    """A PDF without a text layer."""

    def __init__(self, name: str, n_pages: int) -> None:
        pages = "1 page" if n_pages == 1 else f"{n_pages:,} pages"
        super().__init__(
            name,
            f"holds {pages} of pictures and no text, as a scan does. Have its text recognised (OCR) first.",
        )
        self.n_pages = n_pages


class GarbledText(UnreadableArticle):
    """A PDF whose fonts do not say which letters they draw."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name, "holds letters that only an eye can tell. Have its text recognised (OCR) first."
        )


class TooLarge(UnreadableArticle):
    """`size_bytes` is None where it was not read to its end."""

    def __init__(self, name: str, size_bytes: int | None, limit_bytes: int) -> None:
        size, limit = _megabytes(size_bytes or 0), _megabytes(limit_bytes)
        is_told = size_bytes is not None and size != limit
        super().__init__(
            name, f"is {size}; the limit is {limit}." if is_told else f"is larger than {limit}, the limit."
        )
        self.size_bytes, self.limit_bytes = size_bytes, limit_bytes


class TooManyPages(UnreadableArticle):
    def __init__(self, name: str, n_pages: int, limit: int) -> None:
        super().__init__(name, f"has {n_pages:,} pages; the limit is {limit:,}.")
        self.n_pages, self.limit = n_pages, limit


class TooManyMembers(UnreadableArticle):
    """A file of files, such as Word's and EPUB's."""

    def __init__(self, name: str, n_members: int, limit: int) -> None:
        super().__init__(name, f"is made of {n_members:,} files; the limit is {limit:,}.")
        self.n_members, self.limit = n_members, limit


class UnpacksTooLarge(UnreadableArticle):
    def __init__(self, name: str, limit_bytes: int) -> None:
        super().__init__(name, f"unpacks to more than {_megabytes(limit_bytes)}, the limit.")
        self.limit_bytes = limit_bytes


class ZipBomb(UnreadableArticle):
    def __init__(self, name: str, size_bytes: int, packed_bytes: int) -> None:
        super().__init__(
            name,
            f"holds {packed_bytes:,} bytes that unpack to {_megabytes(size_bytes)}: only an attack does.",
        )
        self.size_bytes, self.packed_bytes = size_bytes, packed_bytes


class TooSlow(UnreadableArticle):
    def __init__(self, name: str, limit_s: float) -> None:
        super().__init__(name, f"was given up after {limit_s:.0f} seconds of reading.")
        self.limit_s = limit_s


class TooMuchMemory(UnreadableArticle):
    def __init__(self, name: str, limit_bytes: int) -> None:
        super().__init__(name, f"needs more than {_megabytes(limit_bytes)} of memory to be read, the limit.")
        self.limit_bytes = limit_bytes


class ReadingFailed(UnreadableArticle):
    """The reader broke over this file, and nobody knows yet why."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "could not be read: the reader broke over it.")


class UnreadablePage(UnreadableArticle):
    """A web page that is built so that it cannot be read."""


class NoArticleThere(UnreadableArticle):
    """A web page without any text of an article; `state` says what seems to stand there instead."""

    def __init__(self, name: str, state: PageState) -> None:
        super().__init__(name, _NO_ARTICLE[state])
        self.state = state


_NO_ARTICLE: dict[PageState, str] = {
    "blocked": "shows robots no article, only a test or a refusal.",
    "javascript": "is empty: its text appears only in a browser that runs its scripts.",
    "consent": "shows no article, only a question about cookies.",
    "paywall": "shows no article without a subscription.",
    "short": "holds no text that could be an article.",
}


class BadRecord(UnreadableArticle):
    """A JSON record that is no article, or no judged question; `reason` completes “it …”."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, f"{reason}.")
        self.reason = reason


class LinkRefused(CorpusError):
    """A link that may not be opened; `reason` completes “because …”, `shown` is fit for a sentence."""

    def __init__(self, link: str, reason: str) -> None:
        self.link, self.shown, self.reason = link, _shown(link), reason
        super().__init__(f"“{self.shown}” is not opened: {reason}.")


class LibraryError(CorpusError):
    """The library itself cannot be used; `folder` says which."""

    def __init__(self, folder: Path, sentence: str) -> None:
        super().__init__(sentence)
        self.folder = folder


class LibraryNotFound(LibraryError):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder, f"There is no library in {folder} yet.")


class NotALibrary(LibraryError):
    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(folder, f"{folder} is not a library: {reason}.")


class NewerLibrary(LibraryError):
    def __init__(self, folder: Path, unknown: Sequence[str]) -> None:
        super().__init__(
            folder,
            f"A newer version of this program wrote the library in {folder} "
            f"(it knows {', '.join(unknown)}). Update the program to open it.",
        )
        self.unknown = tuple(unknown)


class LibraryBusy(LibraryError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            folder, f"Another process is writing to the library in {folder}. Try again in a moment."
        )


class LibraryNotWritable(LibraryError):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder, f"No permission to write to the library in {folder}.")


class DiskFull(LibraryError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            folder, f"The disk that holds {folder} is full. Nothing was lost; free some space and try again."
        )


class LibraryDamaged(LibraryError):
    def __init__(self, folder: Path, detail: str) -> None:
        super().__init__(
            folder, f"The library in {folder} is damaged ({detail}). Restore library.db from a backup."
        )
        self.detail = detail


@contextmanager
def reporting(folder: Path) -> Iterator[None]:
    """Says in a `LibraryError` what SQLite and the file system raise about the library in *folder*."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        if meaning := _meaning(folder, error):
            raise meaning from error
        raise


def _meaning(folder: Path, error: sqlite3.Error | OSError) -> LibraryError | None:
    """The error a person can act on; None for what is a bug of ours."""
    match error:
        case Timeout():
            return LibraryBusy(folder)
        case FileExistsError() | NotADirectoryError():
            return NotALibrary(folder, "it is a file, not a folder")
        case IsADirectoryError():
            return NotALibrary(folder, "a folder stands where a file should")
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            return DiskFull(folder)
        case OSError(errno=errno.EACCES | errno.EPERM | errno.EROFS):
            return LibraryNotWritable(folder)
        case OSError(errno=errno.ENAMETOOLONG):
            return NotALibrary(folder, "its name is too long")
        case sqlite3.Error():
            return _meaning_of_sqlite(folder, error)
    return None


def _meaning_of_sqlite(folder: Path, error: sqlite3.Error) -> LibraryError | None:
    extended = getattr(error, "sqlite_errorcode", 0)  # an error of Python's own module has none
    if extended in {sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}:
        return DiskFull(folder)
    match extended & 0xFF:  # the lowest byte is the primary code
        case sqlite3.SQLITE_FULL:
            return DiskFull(folder)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LibraryBusy(folder)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return LibraryNotWritable(folder)
        case sqlite3.SQLITE_NOTADB:
            return NotALibrary(folder, "its database file is something else")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CONSTRAINT:
            return LibraryDamaged(folder, str(error))
    # A text that is not UTF-8 is Python's own complaint, which goes on to quote the text.
    complaint, _, _ = str(error).partition(" with text ")
    return LibraryDamaged(folder, complaint) if "Could not decode" in complaint else None
