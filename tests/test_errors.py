"""What can go wrong, said in a sentence, with its facts."""

from __future__ import annotations

import errno
import inspect
import re
import sqlite3
from pathlib import Path

import pytest

from corpus import errors
from corpus.errors import (
    AlreadyInLibrary,
    ArticleNotFound,
    BadRecord,
    CopyProtected,
    CorpusError,
    Damaged,
    DiskFull,
    Encrypted,
    GarbledText,
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryNotFound,
    LibraryNotWritable,
    LinkRefused,
    NewerLibrary,
    NoArticleThere,
    NoSearchableWords,
    NotALibrary,
    NothingToRead,
    NotText,
    OnlyPictures,
    QuestionError,
    QuestionTooLong,
    ReadingFailed,
    SameStoryThere,
    SourceNotFound,
    TooFewWords,
    TooLarge,
    TooManyMembers,
    TooManyPages,
    TooMuchMemory,
    TooSlow,
    UnknownEncoding,
    UnpacksTooLarge,
    UnreadableArticle,
    UnreadablePage,
    ZipBomb,
    reporting,
)

FOLDER = Path("/data/library")
EVERY_ERROR = [
    QuestionTooLong(5400, 300),
    NoSearchableWords(),
    TooFewWords(5),
    ArticleNotFound("whales", ["Whales (a)", "Wales (b)"]),
    SourceNotFound("Sea News", ["Air News", "Land News"]),
    AlreadyInLibrary("whales", "Songs of the whales"),
    SameStoryThere("whales", "Songs of the whales"),
    NothingToRead("note.txt"),
    NotText("photo.txt", "a picture"),
    UnknownEncoding("note.txt"),
    Damaged("book.pdf", "a PDF"),
    Encrypted("book.pdf", "a PDF"),
    CopyProtected("book.epub", "an EPUB"),
    OnlyPictures("scan.pdf", 12),
    GarbledText("book.pdf"),
    TooLarge("book.txt", 20_000_000, 10_000_000),
    TooManyPages("book.pdf", 7_000, 5_000),
    TooManyMembers("book.epub", 20_000, 10_000),
    UnpacksTooLarge("book.docx", 200_000_000),
    ZipBomb("book.docx", 2_000_000_000, 1_500_000),
    TooSlow("book.pdf", 60),
    TooMuchMemory("book.pdf", 1_000_000_000),
    ReadingFailed("book.pdf"),
    NoArticleThere("The page", "paywall"),
    UnreadablePage("The page", "is no web page that can be read."),
    BadRecord("articles.jsonl, line 7,", "is not JSON"),
    UnreadablePage("The page", "is built of nothing."),
    NoArticleThere("The page", "consent"),
    LinkRefused("http://10.0.0.1/", "it leads into a private network"),
    LibraryNotFound(FOLDER),
    NotALibrary(FOLDER, "it is a file, not a folder"),
    NewerLibrary(FOLDER, ["m002_stories"]),
    LibraryBusy(FOLDER),
    LibraryNotWritable(FOLDER),
    DiskFull(FOLDER),
    LibraryDamaged(FOLDER, "database disk image is malformed"),
]
FAMILIES = {CorpusError, QuestionError, UnreadableArticle, LibraryError}
each_error = pytest.mark.parametrize("error", EVERY_ERROR, ids=lambda error: type(error).__name__)


def test_every_class_of_error_is_looked_at_here() -> None:
    classes = {
        kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, CorpusError)
    }
    assert classes - FAMILIES == {type(error) for error in EVERY_ERROR}


@each_error
def test_an_error_is_a_sentence(error: CorpusError) -> None:
    assert re.fullmatch(r"\S.*[.?]", str(error))


@each_error
def test_an_error_names_no_command_of_either_face(error: CorpusError) -> None:
    assert not re.search(r"bot\.py|footnote|\s--?\w|(?<![\w/])/(?!data)\w", str(error))


@pytest.mark.parametrize("error", [error for error in EVERY_ERROR if isinstance(error, LibraryError)])
def test_an_error_about_the_library_knows_its_folder(error: LibraryError) -> None:
    assert error.folder == FOLDER


@pytest.mark.parametrize(
    ("error", "facts"),
    [
        (QuestionTooLong(5400, 300), {"length": 5400, "limit": 300}),
        (ArticleNotFound("w", ["Whales (a)"]), {"wanted": "w", "nearest": ("Whales (a)",)}),
        (SourceNotFound("w", ["Air News"]), {"wanted": "w", "known": ("Air News",)}),
        (AlreadyInLibrary("a", "Whales"), {"article_id": "a", "title": "Whales"}),
        (NotText("photo", "a picture"), {"name": "photo", "kind": "a picture"}),
        (TooLarge("book", 20, 10), {"name": "book", "size_bytes": 20, "limit_bytes": 10}),
        (BadRecord("line 7", "is not JSON"), {"name": "line 7", "reason": "is not JSON"}),
        (LinkRefused("ftp://a.org", "no"), {"link": "ftp://a.org", "reason": "no"}),
        (NewerLibrary(FOLDER, ["m002"]), {"folder": FOLDER, "unknown": ("m002",)}),
        (LibraryDamaged(FOLDER, "bad page"), {"folder": FOLDER, "detail": "bad page"}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_carries_its_facts(error: CorpusError, facts: dict[str, object]) -> None:
    assert {name: getattr(error, name) for name in facts} == facts


def test_a_question_that_is_too_long_says_both_lengths() -> None:
    assert str(QuestionTooLong(5400, 300)) == "That question has 5,400 characters; the limit is 300."


def test_an_unknown_source_in_a_library_without_sources_names_none() -> None:
    assert str(SourceNotFound("Sea News", [])) == "No article comes from “Sea News”."


def test_sizes_are_said_in_megabytes() -> None:
    assert str(TooLarge("book.txt", 20_000_000, 10_000_000)) == "book.txt is 20.0 MB; the limit is 10.0 MB."


def test_a_refused_link_is_shown_without_what_hides_or_turns_letters() -> None:
    said = str(LinkRefused("http://example.org\u202e/\x1b[31m", "its host is no name"))
    assert said == "“http://example.org\ufffd/\ufffd[31m” is not opened: its host is no name."


def test_a_long_link_is_cut_where_it_is_named() -> None:
    assert len(str(LinkRefused("https://example.org/" + "a" * 2_000, "it is too long"))) < 150


def test_what_was_not_read_to_its_end_has_no_size() -> None:
    assert (
        str(TooLarge("standard input", None, 10_000_000))
        == "standard input is larger than 10.0 MB, the limit."
    )


def test_a_size_that_reads_like_the_limit_is_not_said() -> None:
    assert str(TooLarge("book.txt", 10_000_001, 10_000_000)) == "book.txt is larger than 10.0 MB, the limit."


def test_one_page_is_no_pages() -> None:
    assert str(OnlyPictures("scan.pdf", 1)).startswith("scan.pdf holds 1 page of pictures and no text")


@pytest.mark.parametrize("error", [error for error in EVERY_ERROR if isinstance(error, UnreadableArticle)])
def test_an_error_about_a_file_can_be_made_again_from_its_facts(error: UnreadableArticle) -> None:
    facts = {name: getattr(error, name) for name in inspect.signature(type(error)).parameters}
    assert str(type(error)(**facts)) == str(error)


# --- what SQLite and the file system raise


def sqlite_error(code: int) -> sqlite3.OperationalError:
    """An error as Python's module raises it for SQLite's *code*."""
    error = sqlite3.OperationalError("SQLite's own words")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (sqlite_error(sqlite3.SQLITE_FULL), DiskFull),
        (sqlite_error(sqlite3.SQLITE_BUSY), LibraryBusy),
        (sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT), LibraryBusy),
        (sqlite_error(sqlite3.SQLITE_LOCKED), LibraryBusy),
        (sqlite_error(sqlite3.SQLITE_READONLY), LibraryNotWritable),
        (sqlite_error(sqlite3.SQLITE_READONLY_DIRECTORY), LibraryNotWritable),
        (sqlite_error(sqlite3.SQLITE_CANTOPEN), LibraryNotWritable),
        (sqlite_error(sqlite3.SQLITE_PERM), LibraryNotWritable),
        (sqlite_error(sqlite3.SQLITE_NOTADB), NotALibrary),
        (sqlite_error(sqlite3.SQLITE_CORRUPT), LibraryDamaged),
        (sqlite_error(sqlite3.SQLITE_CORRUPT_INDEX), LibraryDamaged),
        (sqlite_error(sqlite3.SQLITE_IOERR_READ), LibraryDamaged),
        (FileExistsError(errno.EEXIST, "File exists"), NotALibrary),
        (NotADirectoryError(errno.ENOTDIR, "Not a directory"), NotALibrary),
        (OSError(errno.ENOSPC, "No space left on device"), DiskFull),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), DiskFull),
        (PermissionError(errno.EACCES, "Permission denied"), LibraryNotWritable),
        (OSError(errno.EROFS, "Read-only file system"), LibraryNotWritable),
    ],
    ids=lambda value: getattr(value, "sqlite_errorcode", None) or getattr(value, "errno", None),
)
def test_what_a_person_can_mend_is_said_in_an_error_of_ours(
    raised: Exception, said: type[LibraryError]
) -> None:
    with pytest.raises(said), reporting(FOLDER):
        raise raised


@pytest.mark.parametrize("code", [sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_WRITE])
def test_no_room_for_the_shared_memory_beside_the_file_means_a_full_disk(code: int) -> None:
    with pytest.raises(DiskFull), reporting(FOLDER):
        raise sqlite_error(code)


def test_the_error_keeps_its_cause() -> None:
    cause = sqlite_error(sqlite3.SQLITE_FULL)
    with pytest.raises(DiskFull) as caught, reporting(FOLDER):
        raise cause
    assert caught.value.__cause__ is cause


@pytest.mark.parametrize(
    "bug",
    [
        sqlite_error(sqlite3.SQLITE_ERROR),
        sqlite3.ProgrammingError("Cannot operate on a closed database."),
        OSError(errno.ENOENT, "No such file"),
        ZeroDivisionError("a mistake of ours"),
    ],
    ids=repr,
)
def test_a_bug_stays_a_bug(bug: Exception) -> None:
    with pytest.raises(type(bug)) as caught, reporting(FOLDER):
        raise bug
    assert caught.value is bug


def test_an_error_of_ours_passes_through() -> None:
    ours = ArticleNotFound("whales")
    with pytest.raises(ArticleNotFound) as caught, reporting(FOLDER):
        raise ours
    assert caught.value is ours


def test_nothing_is_said_when_nothing_goes_wrong() -> None:
    with reporting(FOLDER):
        done = "done"
    assert done == "done"
