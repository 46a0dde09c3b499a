"""The library's file: how it is made, brought up to date, recognised and refused."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from sqlite_utils.migrations import Migrations

from corpus import passages, schema
from corpus.article import Article
from corpus.errors import LibraryBusy, LibraryError, NewerLibrary, NotALibrary, reporting
from corpus.library import Library
from corpus.schema import FILE, open_database

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

PROJECT = Path(__file__).parents[1]
WHALES = "Whales sing in the deep sea, and their songs carry for many miles under water."


def released(*later: Callable[[Database], None], transactional: bool = True) -> Migrations:
    """All migrations as they were released, and the *later* ones of a version to come."""
    known = Migrations("footnote")
    for name in sorted(name for name in vars(schema) if re.match(r"m\d{3}_", name)):
        known()(vars(schema)[name])
    for step in later:
        known(transactional=transactional)(step)
    return known


def a_library(folder: Path) -> None:
    """A library of one article, whales, closed again."""
    with Library.open(folder) as library:
        library.add(Article(id="whales", title="Whales", text=WHALES, language="en"))


def values(folder: Path, sql: str) -> list[object]:
    """The first column of *sql*, read from the file as any SQLite tool would."""
    with closing(sqlite3.connect(folder / FILE)) as connection:
        return [row[0] for row in connection.execute(sql)]


def change(folder: Path, sql: str) -> None:
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute(sql)


# --- what is refused


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a note")
    with pytest.raises(NotALibrary, match="it is a file, not a folder"):
        Library.open(tmp_path / "library")


def test_a_folder_inside_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note").write_text("a note")
    with pytest.raises(NotALibrary):
        Library.open(tmp_path / "note" / "library")


def test_a_folder_in_place_of_the_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(LibraryError):
        Library.open(tmp_path)


@pytest.mark.parametrize("content", [b"No database.\n" * 100, b"\0" * 5000, b"SQLite format 3\0" * 400])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(NotALibrary):
        Library.open(tmp_path)


def test_a_file_that_is_no_database_stays_as_it_was(tmp_path: Path) -> None:
    content = b"This is no database.\n" * 100
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(NotALibrary):
        Library.open(tmp_path)
    assert (tmp_path / FILE).read_bytes() == content


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    change(tmp_path, "CREATE TABLE bookmarks (address TEXT)")
    with pytest.raises(NotALibrary, match="belongs to another program"):
        Library.open(tmp_path)


def test_the_database_of_another_program_stays_as_it_was_byte_for_byte(tmp_path: Path) -> None:
    change(tmp_path, "CREATE TABLE bookmarks (address TEXT)")
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(NotALibrary):
        Library.open(tmp_path)
    assert (tmp_path / FILE).read_bytes() == before


def test_a_table_called_articles_does_not_make_a_library(tmp_path: Path) -> None:
    change(tmp_path, "CREATE TABLE articles (id TEXT PRIMARY KEY, title TEXT, text TEXT)")
    with pytest.raises(NotALibrary):
        Library.open(tmp_path)


@pytest.mark.parametrize("content", ["PRAGMA application_id = 77", "CREATE VIEW today AS SELECT date()"])
def test_the_database_of_another_program_is_refused_without_tables_too(tmp_path: Path, content: str) -> None:
    change(tmp_path, content)
    with pytest.raises(NotALibrary):
        Library.open(tmp_path).close()


def test_a_name_that_is_too_long_for_a_folder_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LibraryError):
        Library.open(tmp_path / ("x" * 300))


def from_a_newer_version(folder: Path) -> None:
    a_library(folder)
    change(
        folder,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('footnote', 'm999_stories', '2031-01-01')",
    )


def test_a_library_of_a_newer_version_is_refused_and_what_it_knows_is_named(tmp_path: Path) -> None:
    from_a_newer_version(tmp_path)
    with pytest.raises(NewerLibrary, match="m999_stories") as caught:
        Library.open(tmp_path)
    assert caught.value.unknown == ("m999_stories",)


def test_a_library_of_a_newer_version_stays_as_it_was_byte_for_byte(tmp_path: Path) -> None:
    from_a_newer_version(tmp_path)
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(NewerLibrary):
        Library.open(tmp_path)
    assert (tmp_path / FILE).read_bytes() == before


def test_what_another_set_of_migrations_applied_is_none_of_our_business(tmp_path: Path) -> None:
    a_library(tmp_path)
    change(
        tmp_path,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('somebody_else', 'm999_stories', '2031-01-01')",
    )
    with Library.open(tmp_path) as library:
        assert library.get("whales").text == WHALES


def test_opening_while_another_process_brings_the_library_up_to_date_says_it_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "_BUSY_TIMEOUT_S", 0.01)
    with FileLock(tmp_path / ".migration.lock"), pytest.raises(LibraryBusy):
        Library.open(tmp_path)


# --- a new file


def test_a_new_library_writes_ahead(tmp_path: Path) -> None:
    with closing(open_database(tmp_path)) as db:
        assert db.journal_mode == "wal"


def test_a_new_library_has_only_strict_tables(tmp_path: Path) -> None:
    a_library(tmp_path)
    lenient = values(
        tmp_path,
        "SELECT name FROM pragma_table_list"
        " WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    assert lenient == ["_sqlite_migrations"]  # which is sqlite-utils' own


def test_a_value_of_the_wrong_type_is_refused(tmp_path: Path) -> None:
    a_library(tmp_path)
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT"):
        change(tmp_path, "UPDATE passages SET position = 'first'")


def test_a_new_library_enforces_foreign_keys(tmp_path: Path) -> None:
    with closing(open_database(tmp_path)) as db, pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        db.execute(
            'INSERT INTO passages (article, position, start, "end", sentences, terms)'
            " VALUES ('nobody', 0, 0, 1, '[]', '')"
        )


def test_a_new_library_bears_our_application_id(tmp_path: Path) -> None:
    a_library(tmp_path)
    assert values(tmp_path, "PRAGMA application_id") == [int.from_bytes(b"Foot", "big")]


def test_every_new_library_has_an_id_of_its_own(tmp_path: Path) -> None:
    sql = "SELECT value FROM facts WHERE name = 'library_id'"
    a_library(tmp_path / "one")
    a_library(tmp_path / "two")
    assert values(tmp_path / "one", sql) != values(tmp_path / "two", sql)


def test_an_empty_file_becomes_a_library(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    with Library.open(tmp_path) as library:
        assert library.list() == ()


def test_the_folders_above_a_new_library_are_made(tmp_path: Path) -> None:
    a_library(tmp_path / "data" / "of" / "ours")
    assert (tmp_path / "data" / "of" / "ours" / FILE).is_file()


def test_opening_a_library_again_keeps_its_articles(tmp_path: Path) -> None:
    a_library(tmp_path)
    with Library.open(tmp_path) as library:
        assert [info.id for info in library.list()] == ["whales"]


# --- migrations


def shorten(db: Database) -> None:
    db.table("articles").transform(rename={"author": "writer"})


def test_transforming_a_table_keeps_the_rows_that_refer_to_it(tmp_path: Path) -> None:
    a_library(tmp_path)
    open_database(tmp_path, released(shorten, transactional=False)).close()
    assert values(tmp_path, "SELECT article FROM passages") == ["whales"]


def test_after_transforming_a_table_its_rows_still_take_their_children_with_them(tmp_path: Path) -> None:
    a_library(tmp_path)
    with closing(open_database(tmp_path, released(shorten, transactional=False))) as db:
        db.execute("DELETE FROM articles WHERE id = 'whales'")
        assert db.table("passages").count == 0


def test_after_transforming_a_table_foreign_keys_hold(tmp_path: Path) -> None:
    a_library(tmp_path)
    with (
        closing(open_database(tmp_path, released(shorten, transactional=False))) as db,
        pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"),
    ):
        db.execute("UPDATE passages SET article = 'nobody'")


def first_version(folder: Path) -> None:
    """A library as the first version left it, with one article and its passage."""
    known = Migrations("footnote")
    known()(schema.m001_articles_and_passages)
    open_database(folder, known).close()
    change(
        folder,
        "INSERT INTO articles (id, title, text, headings, language, keeps_paragraphs, added, n_words, digest,"  # noqa: S608
        f" title_terms, analysis) VALUES ('whales', 'Whales', '{WHALES}', '[]', 'en', 0,"
        " '2020-07-02T08:00:00+00:00', 15, x'00', 'whale', 0)",
    )


def test_an_article_of_the_first_version_came_from_nowhere_that_is_known(tmp_path: Path) -> None:
    first_version(tmp_path)
    with Library.open(tmp_path) as library:
        assert library.get("whales").origin is None


def test_a_library_of_the_first_version_answers(tmp_path: Path) -> None:
    first_version(tmp_path)
    with Library.open(tmp_path) as library:
        assert library.ask("whales sing").status == "found"


def test_an_article_of_the_first_version_is_known_by_its_words(tmp_path: Path) -> None:
    first_version(tmp_path)
    told = " ".join(f"Whale {number} sang a song of its own that day." for number in range(20))
    change(tmp_path, f"UPDATE articles SET text = '{told}'")  # noqa: S608
    with Library.open(tmp_path) as library:
        found = library.same_story(Article(text=f"{told} And one more."))
    assert found is not None
    assert found.article.id == "whales"


def test_stories_are_told_again_by_a_library_whose_shingles_were_hashed_otherwise(tmp_path: Path) -> None:
    told = " ".join(f"Whale {number} sang a song of its own that day." for number in range(20))
    with Library.open(tmp_path) as library:
        library.add(Article(id="whales", text=told))
    change(tmp_path, "UPDATE shingles SET shingle = shingle + 8")
    change(tmp_path, "DELETE FROM _sqlite_migrations WHERE name LIKE 'm009%'")
    with Library.open(tmp_path) as library:
        found = library.same_story(Article(text=f"{told} And one more."))
    assert found is not None
    assert found.article.id == "whales"


def test_what_another_tool_left_of_an_article_is_in_nobodys_way(tmp_path: Path) -> None:
    a_library(tmp_path)
    with Library.open(tmp_path) as library:
        library.add(Article(id="sea", title="The sea", text="Seals bark.", language="en"))
    change(tmp_path, "DELETE FROM articles WHERE id = 'sea'")
    for column in ("term_codes", "word_codes"):
        change(tmp_path, f"ALTER TABLE passages DROP COLUMN {column}")
    change(tmp_path, "ALTER TABLE passages ADD COLUMN words TEXT NOT NULL DEFAULT ''")
    change(tmp_path, "DELETE FROM _sqlite_migrations WHERE name LIKE 'm010%'")
    with Library.open(tmp_path) as library:
        assert [info.id for info in library.list()] == ["whales"]
        assert {quote.article.id for quote in library.ask("whales or seals").quotes} <= {"whales"}


def test_words_of_an_earlier_version_become_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "_ROWS_AT_ONCE", 2)
    article = Article(
        id="sea", title="The sea", language="en", keeps_paragraphs=True,
        text="The whale sings. Seals bark.\n\nGulls cry.\n\nThe\n\n😀\n\nIt is calm.",
    )  # fmt: skip
    with Library.open(tmp_path) as library:
        library.add(article)
    coded = "SELECT hex(term_codes) || '/' || hex(word_codes) FROM passages ORDER BY number"
    now = values(tmp_path, coded)
    assert len(set(now)) == 5
    change(tmp_path, "ALTER TABLE passages ADD COLUMN words TEXT NOT NULL DEFAULT ''")
    for passage in passages.split(article):
        words = "\n".join(" ".join(sentence.words) for sentence in passage.sentences)
        change(tmp_path, f"UPDATE passages SET words = '{words}' WHERE position = {passage.position}")  # noqa: S608
    for column in ("term_codes", "word_codes"):
        change(tmp_path, f"ALTER TABLE passages DROP COLUMN {column}")
    change(tmp_path, "DELETE FROM _sqlite_migrations WHERE name LIKE 'm010%'")
    open_database(tmp_path).close()
    assert values(tmp_path, coded) == now


def test_words_that_an_import_was_cut_off_before_noting_are_noted_at_the_next_opening(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.add(Article(id="whales", title="Whales", text=WHALES))
    for table in ("traces", "shingles", "spellings", "trigrams"):
        change(tmp_path, f"DELETE FROM {table}")  # noqa: S608
    with Library.open(tmp_path) as library:
        found = library.ask("whalse").quotes
    assert [quote.article.id for quote in found] == ["whales"]


def test_a_migration_runs_once(tmp_path: Path) -> None:
    ran: list[str] = []

    def count(_db: Database) -> None:
        ran.append("count")

    known = released(count)
    for _ in range(3):
        open_database(tmp_path, known).close()
    assert ran == ["count"]


def adds_a_table_and_fails(db: Database) -> None:
    db.execute("CREATE TABLE half (n INTEGER) STRICT")
    db.execute("DELETE FROM articles")
    raise RuntimeError("the migration stops here")


def test_a_failing_migration_leaves_no_table(tmp_path: Path) -> None:
    a_library(tmp_path)
    with pytest.raises(RuntimeError, match="stops here"):
        open_database(tmp_path, released(adds_a_table_and_fails))
    assert "half" not in values(tmp_path, "SELECT name FROM sqlite_master")


def test_a_failing_migration_takes_no_article(tmp_path: Path) -> None:
    a_library(tmp_path)
    with pytest.raises(RuntimeError, match="stops here"):
        open_database(tmp_path, released(adds_a_table_and_fails))
    with Library.open(tmp_path) as library:
        assert library.ask("whales sing").status == "found"


def test_a_failing_migration_is_tried_again(tmp_path: Path) -> None:
    a_library(tmp_path)
    for _ in range(2):
        with pytest.raises(RuntimeError, match="stops here"):
            open_database(tmp_path, released(adds_a_table_and_fails))


def leaves_orphans(db: Database) -> None:
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("DELETE FROM articles")
    db.execute("PRAGMA foreign_keys = ON")


def test_a_migration_that_leaves_rows_referring_to_nothing_is_refused(tmp_path: Path) -> None:
    a_library(tmp_path)
    with pytest.raises(sqlite3.IntegrityError, match="refer to rows that are not there"):
        open_database(tmp_path, released(leaves_orphans, transactional=False))


def test_a_library_with_rows_referring_to_nothing_is_refused_the_next_time_too(tmp_path: Path) -> None:
    a_library(tmp_path)
    known = released(leaves_orphans, transactional=False)
    with pytest.raises(sqlite3.IntegrityError):
        open_database(tmp_path, known)
    with pytest.raises(sqlite3.IntegrityError):
        open_database(tmp_path, known).close()


# --- processes that meet or die

OPENS_AND_ADDS = """
import sys
from pathlib import Path
from corpus.article import Article
from corpus.library import Library

print("ready", flush=True)
sys.stdin.readline()
with Library.open(Path(sys.argv[1])) as library:
    library.add(Article(id=sys.argv[2], text=f"The article that {sys.argv[2]} wrote.", language="en"))
"""


def python(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_processes_that_open_a_new_library_at_once_both_write_to_it(tmp_path: Path) -> None:
    for number in range(3):
        folder = tmp_path / str(number)
        processes = [python(OPENS_AND_ADDS, folder, name) for name in ("one", "two")]
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        complaints = [process.communicate()[1] for process in processes]
        assert complaints == ["", ""]
        with Library.open(folder, create=False) as library:
            assert sorted(info.id for info in library.list()) == ["one", "two"]


DIES_WITH_A_NEW_FILE = """
import os, sqlite3, sys
from pathlib import Path
folder = Path(sys.argv[1])
folder.mkdir()
sqlite3.connect(folder / "library.db")
os._exit(9)
"""
DIES_BEFORE_THE_FIRST_MIGRATION = """
import os, sys
from pathlib import Path
from sqlite_utils.migrations import Migrations
from corpus.schema import open_database

class Deadly(Migrations):
    def pending(self, db):
        if db.memory:
            return super().pending(db)
        os._exit(9)

open_database(Path(sys.argv[1]), Deadly("footnote"))
"""
DIES_IN_THE_FIRST_MIGRATION = """
import os, sys
from pathlib import Path
from sqlite_utils.migrations import Migrations
from corpus.schema import m001_articles_and_passages, open_database

known = Migrations("footnote")

@known(name="m001_articles_and_passages")
def half(db):
    m001_articles_and_passages(db)
    os._exit(9)

open_database(Path(sys.argv[1]), known)
"""
DIES_IN_A_LATER_MIGRATION = """
import os, sys
from pathlib import Path
from sqlite_utils.migrations import Migrations
from corpus import schema
from corpus.schema import open_database

known = Migrations("footnote")
for name in sorted(name for name in vars(schema) if name[:2] == "m0"):
    known()(vars(schema)[name])

@known()
def m900_half(db):
    db.execute("CREATE TABLE half (n INTEGER) STRICT")
    db.execute("DELETE FROM articles")
    os._exit(9)

open_database(Path(sys.argv[1]), known)
"""


def run_to_its_death(script: str, folder: Path) -> None:
    process = python(script, folder)
    _, complaint = process.communicate()
    assert (process.returncode, complaint) == (9, "")


@pytest.mark.parametrize(
    "script",
    [DIES_WITH_A_NEW_FILE, DIES_BEFORE_THE_FIRST_MIGRATION, DIES_IN_THE_FIRST_MIGRATION],
    ids=["with a new file", "before the first migration", "in the first migration"],
)
def test_a_library_whose_making_was_cut_off_opens(tmp_path: Path, script: str) -> None:
    run_to_its_death(script, tmp_path / "library")
    a_library(tmp_path / "library")
    with Library.open(tmp_path / "library") as library:
        assert library.ask("whales sing").status == "found"


def test_a_migration_that_was_cut_off_took_nothing(tmp_path: Path) -> None:
    a_library(tmp_path)
    run_to_its_death(DIES_IN_A_LATER_MIGRATION, tmp_path)
    with Library.open(tmp_path) as library:
        assert library.ask("whales sing").status == "found"


def test_a_migration_that_was_cut_off_runs_at_the_next_opening(tmp_path: Path) -> None:
    def m900_half(db: Database) -> None:
        db.execute("CREATE TABLE half (n INTEGER) STRICT")

    a_library(tmp_path)
    run_to_its_death(DIES_IN_A_LATER_MIGRATION, tmp_path)
    with closing(open_database(tmp_path, released(m900_half))) as db:
        assert db.table("half").count == 0


def test_a_damaged_list_of_tables_is_said_in_a_sentence(tmp_path: Path) -> None:
    a_library(tmp_path)
    content = bytearray((tmp_path / FILE).read_bytes())
    content[100:4096] = b"\xff" * (4096 - 100)  # the first page, behind the file's head
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(LibraryError), reporting(tmp_path):
        open_database(tmp_path)
