"""Imports that are worth other cores: the same library, whatever becomes of the workers."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
from contextlib import closing, suppress
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from corpus import keeping_up, noting, preparing, records
from corpus import library as front_door
from corpus.article import Article
from corpus.index import snapshot
from corpus.index.formula import Formula
from corpus.library import Library
from corpus.noting import Noting
from corpus.preparing import Workers, prepare
from corpus.ranker import K1, B
from tests.process import PROJECT, WITHIN_S, command, environment

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLES = [
    Article(
        id="" if number % 5 == 4 else f"a{number}",
        title="Harbour news" if number % 2 else "",
        text=f"Ship {number} left the harbour at dawn. It is gone.\n\nBoat {number % 3} followed it.",
        language="en" if number % 3 else "",
    )
    for number in range(24)
]


@pytest.fixture
def _much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every import is worth a worker process, from its second batch on."""
    monkeypatch.setattr(front_door, "WORTH_WORKERS", 0)
    monkeypatch.setattr(front_door, "n_cores", lambda: 2)
    monkeypatch.setattr(preparing, "n_cores", lambda: 1)
    monkeypatch.setattr(keeping_up, "TAIL_SIZE", 8)
    monkeypatch.setattr(keeping_up, "WORTH_A_SEGMENT", 4)


def rows(folder: Path) -> list[Any]:
    """Everything about the articles and passages but ids that are ours and times."""
    with closing(sqlite3.connect(folder / "library.db")) as db:
        return [
            db.execute(
                "SELECT title, text, language, n_words, title_terms FROM articles ORDER BY rowid"
            ).fetchall(),
            db.execute('SELECT number, position, start, "end", sentences, terms FROM passages').fetchall(),
            db.execute("SELECT trigram, length, word FROM trigrams JOIN spellings USING (word)").fetchall(),
            traces(db),
        ]


def traces(db: sqlite3.Connection) -> list[Any]:
    """What every article is known by: its kept shingles, and how many of them can be looked up."""
    return db.execute(
        """
        SELECT rowid, traces.shingles, (SELECT COUNT(*) FROM shingles WHERE article = id)
        FROM articles LEFT JOIN traces ON id = article ORDER BY rowid
        """
    ).fetchall()


def no_workers() -> bool:
    """Whether every worker process has ended, by what the system says of it.

    The pool waits for its processes too: whoever asks second is not told that one has ended.
    """
    return all(wait([process.sentinel], WITHIN_S) for process in multiprocessing.active_children())


def test_many_articles_become_what_one_by_one_they_would(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with Library.open(tmp_path / "one") as library:
        library.add(ARTICLES[7])
        alone = [outcome.change for outcome in library.import_all(ARTICLES, batch=3)]
    request.getfixturevalue("_much")
    with Library.open(tmp_path / "many") as library:
        library.add(ARTICLES[7])
        together = [outcome.change for outcome in library.import_all(ARTICLES, batch=3)]
        found = library.ask("which boat followed the ship").status
        last = library._store.last_passage()
    assert snapshot.load(tmp_path / "many" / "index", Formula(K1, B))[1].last_passage == last
    assert together == alone
    assert rows(tmp_path / "many") == rows(tmp_path / "one")
    assert (found, no_workers()) == ("found", True)


@pytest.mark.usefixtures("_much")
def test_an_import_goes_on_when_the_system_ends_its_workers(tmp_path: Path) -> None:
    def killing() -> Iterator[Article]:
        for number, article in enumerate(ARTICLES):
            if number == 12:
                for process in multiprocessing.active_children():
                    os.kill(process.pid or 0, signal.SIGKILL)
            yield article

    with Library.open(tmp_path) as library:
        changes = [outcome.change for outcome in library.import_all(killing(), batch=2)]
    assert changes == ["added"] * len(ARTICLES)


@pytest.mark.usefixtures("_much")
def test_what_was_read_before_an_import_failed_is_in(tmp_path: Path) -> None:
    def failing() -> Iterator[Article]:
        yield from ARTICLES[:9]
        raise RuntimeError("the file is broken")

    with Library.open(tmp_path) as library:
        with pytest.raises(RuntimeError, match="broken"):
            list(library.import_all(failing(), batch=2))
        assert len(library.list()) == 8
    assert no_workers()


@pytest.mark.usefixtures("_much")
def test_an_import_that_nobody_reads_on_ends_its_workers(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        importing = library.import_all(ARTICLES, batch=2)
        told = [next(importing).article_id for _ in range(6)]
        importing.close()  # type: ignore[attr-defined]
        assert {info.id for info in library.list()} == set(told)
    assert no_workers()


def test_where_no_process_can_be_started_articles_are_prepared_all_the_same() -> None:
    workers = Workers(2)
    workers.close()
    [(group, prepare_one)] = workers.prepared([ARTICLES[:2]], lambda _: False)
    for ours, here in zip(map(prepare_one, group), map(prepare, ARTICLES[:2]), strict=True):
        assert (*ours[:-1], ours.shingles.tolist()) == (*here[:-1], here.shingles.tolist())


def test_ctrl_c_in_an_import_with_workers_is_told_in_a_sentence(tmp_path: Path) -> None:
    """The terminal sends it to the workers too: none of them may complain."""
    text = f"{'harbour' * 40} " * 100  # many characters and few words: they take no time
    lines = records.write(Article(id=f"a{number}", text=text, language="en") for number in range(120))
    process = subprocess.Popen(
        command("bot.py", "--library", str(tmp_path / "library"), "import", "-"),
        cwd=PROJECT, env=environment(tmp_path), start_new_session=True, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    # Far more than a pipe holds: once it is written, the first million characters were worth workers.
    process.stdin.write("".join(f"{line}\n" for line in lines))
    process.stdin.flush()
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=WITHIN_S)
    assert (process.returncode, err, out.startswith("Stopped: ")) == (1, "", True)
    with Library.open(tmp_path / "library") as library:
        assert (len(library.list()) > 0, library.check().problems) == (True, ())


# --- what many articles are known by


@pytest.mark.usefixtures("_much")
def test_an_import_that_stops_has_noted_what_its_articles_are_known_by(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        importing = library.import_all(ARTICLES, batch=4)
        for _ in range(9):
            next(importing)
        importing.close()  # type: ignore[attr-defined]
    with closing(sqlite3.connect(tmp_path / "library.db")) as db:
        noted = traces(db)
    assert len(noted) >= 9
    assert all(len(kept) == 8 * n for _, kept, n in noted)


@pytest.mark.usefixtures("_much")
def test_what_a_killed_import_did_not_note_is_noted_at_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path / "whole") as library:
        list(library.import_all(ARTICLES, batch=4))
    with monkeypatch.context() as patch:
        patch.setattr(Noting, "write_rest", lambda _: None)
        with Library.open(tmp_path / "killed") as library:
            list(library.import_all(ARTICLES, batch=4))
    with closing(sqlite3.connect(tmp_path / "killed" / "library.db")) as db:
        assert any(kept is None for _, kept, _ in traces(db))
    Library.open(tmp_path / "killed").close()
    assert rows(tmp_path / "killed") == rows(tmp_path / "whole")


def test_words_that_were_noted_in_vain_are_noted_with_the_next_article(tmp_path: Path) -> None:
    with Library.open(tmp_path / "again") as library:
        with suppress(OSError), library._store.transaction():
            library._insert(ARTICLES[0])
            raise OSError("the disk is full")
        library.add(ARTICLES[0])
    with Library.open(tmp_path / "whole") as library:
        library.add(ARTICLES[0])
    assert rows(tmp_path / "again") == rows(tmp_path / "whole")


def test_shingles_are_written_before_they_take_much_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noting, "_MOST_WAITING", 2)
    with Library.open(tmp_path) as library:
        library._noting.expect_many()
        list(library.import_all(ARTICLES, batch=4))
        assert library._noting._n_waiting <= 2 + 8


def test_a_word_of_an_import_is_noted_once_and_the_room_for_that_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noting, "_MOST_KNOWN", 3)
    with Library.open(tmp_path / "bounded") as library:
        library._noting.expect_many()
        list(library.import_all(ARTICLES, batch=2))
        assert len(library._noting._known) <= 3 + 30
        with library._store.transaction():
            library._noting.write_rest()
    with Library.open(tmp_path / "whole") as library:
        list(library.import_all(ARTICLES))
    assert rows(tmp_path / "bounded") == rows(tmp_path / "whole")
