"""The tables, as migrations that are only ever appended to, and the opening of the file that holds them."""

from __future__ import annotations

import errno
import os
import secrets
import sqlite3
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from filelock import FileLock
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from corpus import codes, names
from corpus.errors import NewerLibrary, NotALibrary

if TYPE_CHECKING:
    from pathlib import Path

FILE = "library.db"

_APPLICATION_ID = 0x466F6F74
"""“Foot”: SQLite's own mark for whose file this is."""
_BUSY_TIMEOUT_S = 10.0
_NOT_WRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS}

_ROWS_AT_ONCE = 1_000

migrations = Migrations("footnote")


@migrations()
def m001_articles_and_passages(db: Database) -> None:
    """Articles, their passages with the terms they are searched by, and what was removed."""
    for statement in (
        """
        CREATE TABLE facts (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE articles (
            id TEXT PRIMARY KEY,
            title TEXT NOT NULL,
            text TEXT NOT NULL,
            headings TEXT NOT NULL,             -- JSON [[start, end], …] in characters of text
            url TEXT,
            publisher TEXT,
            author TEXT,
            published TEXT,                     -- YYYY-MM-DD
            language TEXT NOT NULL,             -- ISO 639-1, or und
            keeps_paragraphs INTEGER NOT NULL,  -- 1: tiny paragraphs are not joined
            added TEXT NOT NULL,                -- UTC, ISO 8601
            n_words INTEGER NOT NULL,
            digest BLOB NOT NULL,               -- of text, to tell the same text again
            title_terms TEXT NOT NULL,          -- parted by spaces
            analysis INTEGER NOT NULL           -- version of the analysis its terms come from
        ) STRICT
        """,
        "CREATE INDEX articles_by_digest ON articles (digest)",
        """
        CREATE TABLE passages (
            number INTEGER PRIMARY KEY AUTOINCREMENT,  -- ascending in reading order, never used twice
            article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,  -- the paragraph's number in the article, from 0
            start INTEGER NOT NULL,     -- in characters of the article's text
            "end" INTEGER NOT NULL,
            sentences TEXT NOT NULL,    -- JSON [[start, end], …] in characters of the passage
            terms TEXT NOT NULL         -- a line a sentence, parted by spaces
        ) STRICT
        """,
        "CREATE INDEX passages_by_article ON passages (article)",
        """
        CREATE TABLE removals (
            change INTEGER PRIMARY KEY AUTOINCREMENT,
            first_passage INTEGER NOT NULL,
            last_passage INTEGER NOT NULL
        ) STRICT
        """,
    ):
        db.execute(statement)
    db.execute("INSERT INTO facts (name, value) VALUES ('library_id', ?)", [secrets.token_hex(16)])


@migrations()
def m002_where_it_came_from(db: Database) -> None:
    """Where an article was fetched, to ask there whether it has changed."""
    for column in (
        "fetched_from TEXT",  # the address after all redirects; NULL for a file or a text
        "etag TEXT",  # what its server calls this version
        "last_modified TEXT",  # and when it changed, in the server's own words
    ):
        db.execute(f"ALTER TABLE articles ADD COLUMN {column}")


@migrations()
def m003_shingles(db: Database) -> None:
    """What texts are known by, to tell the same story again; filled when the library is opened."""
    for statement in (
        """
        CREATE TABLE traces (
            article TEXT PRIMARY KEY,
            shingles BLOB NOT NULL  -- 8 bytes each: its rows below, to find them again
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE shingles (
            shingle INTEGER NOT NULL,  -- of five words, hashed
            article TEXT NOT NULL,
            PRIMARY KEY (shingle, article)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE addresses (
            address TEXT NOT NULL,  -- without what two addresses of one page may differ in
            article TEXT NOT NULL,
            PRIMARY KEY (address, article)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX addresses_by_article ON addresses (article)",
    ):
        db.execute(statement)


@migrations()
def m004_words_and_facts(db: Database) -> None:
    """What the reranker looks at beside the terms, filled when articles are analysed anew."""
    db.execute("ALTER TABLE passages ADD COLUMN words TEXT NOT NULL DEFAULT ''")  # a line a sentence
    db.execute("ALTER TABLE passages ADD COLUMN facts TEXT NOT NULL DEFAULT ''")  # the same


@migrations()
def m005_spellings(db: Database) -> None:
    """The words of all articles, to find the one that a mistyped word means. None is ever taken out."""
    db.execute("CREATE TABLE spellings (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")
    db.execute(
        """
        CREATE TABLE trigrams (
            trigram TEXT NOT NULL,    -- with a space for the beginning and the end of the word
            length INTEGER NOT NULL,  -- of the word
            word TEXT NOT NULL,
            PRIMARY KEY (trigram, length, word)
        ) STRICT, WITHOUT ROWID
        """
    )


@migrations()
def m006_commits_and_counts(db: Database) -> None:
    """What an index needs to keep up with the store, or to see that it cannot."""
    for statement in (
        """
        CREATE TABLE commits (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            token TEXT NOT NULL  -- random: a file that was put back from a backup goes on with others
        ) STRICT
        """,
        "INSERT INTO commits (token) VALUES (lower(hex(randomblob(8))))",
        """
        CREATE TABLE languages (
            language TEXT PRIMARY KEY,
            n_articles INTEGER NOT NULL  -- so that nobody need count them
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX articles_by_analysis ON articles (analysis)",
        """
        INSERT INTO languages (language, n_articles)
        SELECT language, COUNT(*) FROM articles GROUP BY language
        """,
    ):
        db.execute(statement)


@migrations()
def m007_catalogue(db: Database) -> None:
    """What articles are called, apart from their texts: to list, to find and to filter them quickly."""
    for statement in (
        """
        CREATE TABLE catalogue (
            place INTEGER PRIMARY KEY,   -- ascending by day: its ordinal << 32, and a number
            article TEXT NOT NULL UNIQUE REFERENCES articles (id) ON DELETE CASCADE,
            title_key TEXT NOT NULL,     -- folded, to sort by
            title_words TEXT NOT NULL,   -- folded, parted by spaces
            other_words TEXT NOT NULL,   -- of the id, the publisher and the author
            publisher TEXT,
            n_words INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE INDEX catalogue_by_title ON catalogue (title_key, place)",
        "CREATE INDEX catalogue_by_publisher ON catalogue (publisher, place)",
        # The words are folded already, and the tokenizer has only to part them.
        """
        CREATE VIRTUAL TABLE catalogue_words USING fts5 (
            title_words, other_words, content='catalogue', content_rowid='place',
            tokenize='ascii', detail=column, prefix='1 2'
        )
        """,
        """
        CREATE TRIGGER catalogue_enters AFTER INSERT ON catalogue BEGIN
            INSERT INTO catalogue_words (rowid, title_words, other_words)
            VALUES (new.place, new.title_words, new.other_words);
        END
        """,
        """
        CREATE TRIGGER catalogue_strikes AFTER DELETE ON catalogue BEGIN
            INSERT INTO catalogue_words (catalogue_words, rowid, title_words, other_words)
            VALUES ('delete', old.place, old.title_words, old.other_words);
        END
        """,
    ):
        db.execute(statement)
    rows = db.query(
        "SELECT id, title, publisher, author, published, added, n_words FROM articles ORDER BY rowid"
    )
    n_of_day: Counter[int] = Counter()
    for row in list(rows):
        day = _ordinal(row["published"] or row["added"])
        others = f"{row['id']} {row['publisher'] or ''} {row['author'] or ''}"
        db.execute(
            """
            INSERT INTO catalogue (place, article, title_key, title_words, other_words, publisher, n_words)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                (day << 32) + n_of_day[day],
                row["id"],
                names.folded(row["title"]),
                " ".join(names.words(row["title"])),
                " ".join(names.words(others)),
                row["publisher"],
                row["n_words"],
            ],
        )
        n_of_day[day] += 1


@migrations()
def m008_titles_beside_ids(db: Database) -> None:
    """The terms of a title, to be read without the text that stands before them in the article's row."""
    db.execute("CREATE INDEX articles_with_title_terms ON articles (id, title_terms)")


@migrations()
def m009_shingles_of_words_hashed_once(db: Database) -> None:
    """Shingles are hashed otherwise; those of the articles there are made anew when the library is opened."""
    db.execute("DELETE FROM shingles")
    db.execute("DELETE FROM traces")


@migrations()
def m010_codes(db: Database) -> None:
    """The words and terms of passages as numbers, which the reranker compares; none needs the words then."""
    for table in ("passages", "catalogue"):  # what another tool left of an article that it deleted
        db.execute(f"DELETE FROM {table} WHERE article NOT IN (SELECT id FROM articles)")  # noqa: S608
    for name in ("term_codes", "word_codes"):
        db.execute(f"ALTER TABLE passages ADD COLUMN {name} BLOB NOT NULL DEFAULT x''")
    last = 0
    while rows := db.execute(
        """
        SELECT number, title_terms || char(10) || terms, words FROM passages JOIN articles ON id = article
        WHERE number > ? ORDER BY number LIMIT ?
        """,
        [last, _ROWS_AT_ONCE],
    ).fetchall():
        last = rows[-1][0]
        db.conn.executemany(
            "UPDATE passages SET term_codes = ?, word_codes = ? WHERE number = ?",
            [
                (codes.of_terms(_lines(terms)), codes.of_words(_lines(words)), number)
                for number, terms, words in rows
            ],
        )
    db.execute("ALTER TABLE passages DROP COLUMN words")


def _lines(written: str) -> list[list[str]]:
    return [line.split() for line in written.split("\n")]


def _ordinal(written: str) -> int:
    """The number of the day that begins *written*; 1 for what is no day, of which reading complains."""
    try:
        return date.fromisoformat(written[:10]).toordinal()
    except ValueError:
        return 1


def open_database(folder: Path, known: Migrations = migrations, file: str = FILE) -> Database:
    """The database *file* in *folder*, made or brought up to date by the migrations *known*.

    Only one process at a time does so: two that opened a new library at once would both create
    its tables. Where nothing may be written, a library that is up to date can be read. Raises
    `NotALibrary` when the file is something else, and `NewerLibrary` when it has been through
    migrations that this version does not know.
    """
    try:
        return _opened_to_write(folder, known, file)
    except OSError as error:
        if error.errno in _NOT_WRITABLE and (folder / file).is_file():
            return _opened_to_read(folder, known, file, error)
        raise


def open_to_look(folder: Path, known: Migrations = migrations, file: str = FILE) -> tuple[Database, int]:
    """The database to be read only, as it is, and how many migrations it still lacks.

    What is still in the write-ahead log is read where SQLite can; without a log nobody writes, and
    the file can be read as it is. An empty log may be filled at any moment where somebody may write.
    Raises `NotALibrary` and `NewerLibrary`.
    """
    log = folder / f"{file}-wal"
    is_in_use = log.exists() and (log.stat().st_size > 0 or os.access(folder, os.W_OK))
    how = "mode=ro" if is_in_use else "mode=ro&immutable=1"
    connection = sqlite3.connect(f"{(folder / file).resolve().as_uri()}?{how}", uri=True)
    try:
        db = Database(connection, recursive_triggers=False)
        _identify(db, folder, known)
        return db, len(known.pending(db))
    except BaseException:
        connection.close()
        raise


def _opened_to_read(folder: Path, known: Migrations, file: str, refusal: OSError) -> Database:
    """The database in a folder that may not be written to. Raises *refusal* when it is not up to date."""
    db, n_pending = open_to_look(folder, known, file)
    if n_pending:
        db.close()
        raise refusal
    return db


def _opened_to_write(folder: Path, known: Migrations, file: str) -> Database:
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".migration.lock", timeout=_BUSY_TIMEOUT_S):
        connection = sqlite3.connect(folder / file, timeout=_BUSY_TIMEOUT_S)
        try:
            db = Database(connection, recursive_triggers=False)
            _identify(db, folder, known)
            db.enable_wal()
            db.execute("PRAGMA foreign_keys = ON")
            _migrate(db, known)
        except BaseException:
            connection.close()
            raise
    return db


def _identify(db: Database, folder: Path, known: Migrations) -> None:
    """Makes sure the file is ours, and not from a later version; marks a new one as ours."""
    [[application_id]] = db.execute("PRAGMA application_id").fetchall()
    [[n_objects]] = db.execute("SELECT COUNT(*) FROM sqlite_master").fetchall()
    if application_id == 0 and not n_objects:
        db.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    elif application_id != _APPLICATION_ID:
        raise NotALibrary(folder, "its database belongs to another program")
    elif unknown := sorted({migration.name for migration in known.applied(db)} - _names(known)):
        raise NewerLibrary(folder, unknown)


def _names(known: Migrations) -> set[str]:
    """The names of all migrations in *known*: those pending on a database that has seen none."""
    unseen = Database(memory=True)
    try:
        return {migration.name for migration in known.pending(unseen)}
    finally:
        unseen.close()


def _migrate(db: Database, known: Migrations) -> None:
    """Applies what is pending, each migration in a transaction of its own.

    Only `transform()` of a table that others refer to with ON DELETE CASCADE cannot run inside
    one. Such a migration is registered with ``transactional=False``, must bear being run again,
    and may leave no row behind that refers to nothing.
    """
    pending = known.pending(db)
    if not pending:
        return
    known.apply(db)
    if broken := db.execute("PRAGMA foreign_key_check").fetchall():
        # Not to be taken for sound at the next opening.
        for migration in pending:
            if not migration.transactional:
                db.table(known.migrations_table).delete_where(
                    "migration_set = ? AND name = ?", [known.name, migration.name]
                )
        raise sqlite3.IntegrityError(f"{len(broken)} rows refer to rows that are not there")
