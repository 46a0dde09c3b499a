"""An index that keeps up with its store: across processes, from a snapshot, whatever became of it."""

from __future__ import annotations

import errno
import os
import random
import shutil
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

from corpus import keeping_up, schema, store
from corpus.article import Article
from corpus.errors import LibraryNotWritable
from corpus.index import array_file
from corpus.index.array_file import ArrayWriter
from corpus.keeping_up import KeepingUp
from corpus.library import Library
from corpus.ranker import Ranker
from corpus.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = [
    "harbour",
    "whale",
    "glacier",
    "treaty",
    "orchard",
    "comet",
    "lantern",
    "viaduct",
    "saffron",
    "turbine",
]
QUESTIONS = ("whale glacier", "orchard comet", "turbine")


def article(number: int) -> Article:
    chance = random.Random(number)  # noqa: S311
    text = "\n\n".join(" ".join(chance.choices(WORDS, k=9)) for _ in range(3))
    return Article(id=f"a{number}", title="News", text=text, language="en", keeps_paragraphs=True)


def answers(library: Library) -> list[Any]:
    return [library.ask(question, top=5).quotes for question in QUESTIONS]


def expected(folder: Path) -> list[Any]:
    """What an index without a past answers."""
    opened = Store(schema.open_database(folder))
    with Library(folder, opened, KeepingUp(opened, None)) as library:
        return answers(library)


@pytest.fixture(autouse=True)
def _everything_is_worth_saving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping_up, "WORTH_SAVING", 1)
    monkeypatch.setattr(os, "fsync", lambda _: None)  # nobody pulls the plug here


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with a snapshot, some of whose passages were removed."""
    with Library.open(tmp_path / "library") as library:
        for number in range(12):
            library.add(article(number))
        library.ask("whale")
        library.remove(["a3"])
        library.ask("whale")
    assert (tmp_path / "library" / "index" / "current").exists()
    return tmp_path / "library"


@pytest.fixture
def n_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the passages that are read from the store, as they are."""
    numbers: list[int] = []

    class Counting(Ranker):
        def add(self, number: int, terms: Any) -> None:
            numbers.append(number)
            super().add(number, terms)

    monkeypatch.setattr(keeping_up, "Ranker", Counting)
    return numbers


# --- files that are not what was written


def cut(folder: Path, *, which: int, length: int) -> None:
    path = files(folder)[which]
    path.write_bytes(path.read_bytes()[:length])


def flip(folder: Path, *, which: int, place: int) -> None:
    path = files(folder)[which]
    content = bytearray(path.read_bytes())
    content[place] ^= 0x55
    path.write_bytes(content)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "index").iterdir() if path.name != ".lock")


def after(folder: Path, change: Callable[[Path], object]) -> list[Any]:
    """The answers of the library in *folder* when *change* was done to a copy of it."""
    copy = folder.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    change(copy)
    with Library.open(copy) as library:
        return answers(library)


@pytest.mark.parametrize("which", [0, 1], ids=["a segment", "the list of segments"])
def test_a_file_cut_off_at_any_byte_changes_no_answer(folder: Path, which: int) -> None:
    right, size = expected(folder), files(folder)[which].stat().st_size
    for length in sorted({0, 1, 8, 15, 16, 17, 300, 4095, 4096, 4097, *range(0, size, 601), size - 1}):
        assert after(folder, partial(cut, which=which, length=length)) == right, length


@pytest.mark.parametrize("which", [0, 1], ids=["a segment", "the list of segments"])
def test_a_flipped_byte_changes_no_answer(folder: Path, which: int) -> None:
    right, size = expected(folder), files(folder)[which].stat().st_size
    chance = random.Random(5)  # noqa: S311
    for place in [0, 8, 12, 16, 40, size - 1, *(chance.randrange(4096, size) for _ in range(12))]:
        assert after(folder, partial(flip, which=which, place=place)) == right, place


@pytest.mark.parametrize("name", ["*.segment", "current", "*"])
def test_files_that_are_gone_change_no_answer(folder: Path, name: str) -> None:
    right = expected(folder)
    assert after(folder, lambda copy: [path.unlink() for path in (copy / "index").glob(name)]) == right


def test_a_damaged_snapshot_is_replaced_by_a_sound_one(folder: Path, n_read: list[int]) -> None:
    flip(folder, which=0, place=4100)
    with Library.open(folder) as library:
        answers(library)
    n_read.clear()
    with Library.open(folder) as library:
        found = answers(library)
    assert n_read == []
    assert found == expected(folder)


def test_postings_that_a_disk_changes_while_the_library_is_open_are_not_believed(folder: Path) -> None:
    right = expected(folder)
    with Library.open(folder) as library:
        with library._store.snapshot():
            library._index.catch_up()
        [part] = library._index.ranker.frozen()  # type: ignore[attr-defined]
        [segment] = [path for path in files(folder) if path.suffix == ".segment"]
        offset = part.source.file._spans["codes"][0]
        with segment.open("r+b") as file:
            file.seek(offset)
            file.write(bytes(byte ^ 255 for byte in part.source.codes.tobytes()))
        part.source.file._is_checked[:] = bytes(len(part.source.file._is_checked))
        assert answers(library) == right


def test_the_snapshot_of_another_library_changes_no_answer(folder: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "other") as other:
        for number in range(50, 70):
            other.add(article(number))
        answers(other)
    right = expected(folder)

    def swap(copy: Path) -> None:
        shutil.rmtree(copy / "index")
        shutil.copytree(tmp_path / "other" / "index", copy / "index")

    assert after(folder, swap) == right


def test_the_snapshot_of_a_later_version_is_made_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = expected(folder)
    monkeypatch.setattr(array_file, "FORMAT", array_file.FORMAT + 1)
    with Library.open(folder) as library:
        library.add(article(90))
        answers(library)
        library.remove(["a90"])
        answers(library)
    monkeypatch.undo()
    assert after(folder, lambda _: None) == right


def test_a_database_put_back_from_a_backup_is_not_answered_from_a_later_snapshot(folder: Path) -> None:
    """Its new passages take the numbers of those that the snapshot knows."""
    backup = folder.with_name("backup.db")
    with closing(sqlite3.connect(folder / "library.db")) as db, closing(sqlite3.connect(backup)) as copy:
        db.backup(copy)
    with Library.open(folder) as library:
        library.add(article(100))
        answers(library)
    for name in ("library.db-wal", "library.db-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copy(backup, folder / "library.db")
    with Library.open(folder) as library:
        library.add(article(200))
        assert answers(library) == expected(folder)


# --- folders that cannot be written to


def test_a_file_in_place_of_the_folder_changes_no_answer(folder: Path) -> None:
    right = expected(folder)

    def block(copy: Path) -> None:
        shutil.rmtree(copy / "index")
        (copy / "index").write_text("in the way")

    assert after(folder, block) == right


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_an_index_that_cannot_be_saved_changes_no_answer(
    folder: Path, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, "refused")

    monkeypatch.setattr(ArrayWriter, "put", refuse)
    with Library.open(folder) as library:
        library.add(article(90))
        found = answers(library)
    assert found == expected(folder)
    assert [path.name for path in files(folder) if path.name.endswith(".part")] == []


# --- only what is new is read


def test_an_opened_library_reads_no_passage_that_its_snapshot_holds(folder: Path, n_read: list[int]) -> None:
    with Library.open(folder) as library:
        answers(library)
    assert n_read == []


def test_what_came_after_the_snapshot_is_read_and_found(
    folder: Path, n_read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping_up, "WORTH_SAVING", 1_000)
    with Library.open(folder) as library:
        library.remove(["a5"])
        library.add(article(90))
        answers(library)
    n_read.clear()
    with Library.open(folder) as library:
        found = answers(library)
    assert n_read == [37, 38, 39]
    assert found == expected(folder)


def test_what_another_process_writes_is_seen_by_the_next_question_and_costs_what_was_written(
    folder: Path, n_read: list[int]
) -> None:
    with Library.open(folder) as here, Library.open(folder) as there:
        answers(here)
        there.add(article(90))
        there.remove(["a1"])
        n_read.clear()
        found = answers(here)
    assert n_read == [37, 38, 39]
    assert found == expected(folder)


def test_a_change_of_details_elsewhere_reads_no_passage(folder: Path, n_read: list[int]) -> None:
    with Library.open(folder) as here, Library.open(folder) as there:
        answers(here)
        there.change_details(article(4))
        n_read.clear()
        answers(here)
    assert n_read == []


def test_far_behind_the_snapshot_of_another_process_is_opened(
    folder: Path, n_read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping_up, "FAR_BEHIND", 5)
    with Library.open(folder) as here:
        answers(here)
        with Library.open(folder) as there:
            for number in range(90, 94):
                there.add(article(number))
            answers(there)
        n_read.clear()
        found = answers(here)
        assert n_read == []
    assert found == expected(folder)


def test_removals_are_not_kept_for_ever(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "HISTORY_KEPT", 3)
    with Library.open(folder) as library:
        for number in range(4, 12):
            library.remove([f"a{number}"])
        kept = list(library._store.removals_since(0))
    assert len(kept) == 3


def test_an_index_that_is_behind_what_is_remembered_is_made_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "HISTORY_KEPT", 1)
    with Library.open(folder) as here:
        answers(here)
        with Library.open(folder) as there:
            there.remove(["a7"])
            there.remove(["a8"])
            there.remove(["a9"])
        assert answers(here) == expected(folder)


def test_two_processes_that_save_in_turn_leave_a_snapshot_that_opens(folder: Path, n_read: list[int]) -> None:
    with Library.open(folder) as here:
        answers(here)
        with Library.open(folder) as there:
            there.add(article(90))
            answers(there)
        here.add(article(91))
        answers(here)
    n_read.clear()
    with Library.open(folder) as library:
        found = answers(library)
    assert n_read == []
    assert found == expected(folder)


def test_files_that_no_snapshot_names_are_taken_away(folder: Path) -> None:
    (folder / "index" / "0123.segment.part").write_bytes(b"left by a process that was killed")
    with Library.open(folder) as library:
        library.add(article(90))
        answers(library)
    assert {path.suffix for path in files(folder)} == {"", ".segment"}


def test_a_mended_library_forgets_its_snapshot(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "library.db")) as db, db:
        db.execute("DELETE FROM articles WHERE id = 'a2'")  # other tools do not enforce foreign keys
    with Library.open(folder) as library:
        library.check()
        assert answers(library) == expected(folder)
    assert after(folder, lambda _: None) == expected(folder)


def test_a_small_library_is_not_worth_a_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping_up, "WORTH_SAVING", 256)
    with Library.open(tmp_path) as library:
        library.add(article(1))
        answers(library)
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES])
def test_a_library_in_a_folder_that_may_not_be_written_to_can_be_asked(
    folder: Path, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = expected(folder)

    def refuse(lock: FileLock, **_: object) -> None:
        raise OSError(code, "refused", lock.lock_file)

    monkeypatch.setattr(FileLock, "acquire", refuse)
    monkeypatch.setattr(FileLock, "__enter__", refuse)
    with Library.open(folder) as library:
        assert answers(library) == right
        with pytest.raises(LibraryNotWritable):
            library.add(article(90))


def test_a_library_that_is_not_up_to_date_is_refused_where_it_cannot_be_brought_up_to_date(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(folder / "library.db")) as db, db:
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm006_commits_and_counts'")

    def refuse(lock: FileLock, **_: object) -> None:
        raise PermissionError(errno.EACCES, "refused", lock.lock_file)

    monkeypatch.setattr(FileLock, "__enter__", refuse)
    with pytest.raises(LibraryNotWritable):
        Library.open(folder)
