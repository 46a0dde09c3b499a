"""Many rows -> a table: all of them, in few statements."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import many_rows

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.execute("CREATE TABLE ships (name TEXT NOT NULL, crew INTEGER)")
        yield opened


def inserted(db: sqlite3.Connection, rows: list[tuple[str, int]]) -> list[tuple[str, int]]:
    db.execute("DELETE FROM ships")
    many_rows.insert(db, "INSERT INTO ships (name, crew)", iter(rows))
    return db.execute("SELECT name, crew FROM ships ORDER BY rowid").fetchall()


def test_a_row_that_is_refused_is_told_of(db: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"ships\.name"):
        many_rows.insert(db, "INSERT INTO ships (name, crew)", [("Ada", 1), (None, 2)])


@given(st.integers(0, 400))
@settings(max_examples=12, deadline=None)
def test_every_row_comes_in_in_its_order(db: sqlite3.Connection, n: int) -> None:
    rows = [(f"ship {number}", number) for number in range(n)]
    assert inserted(db, rows) == rows


def test_a_row_may_have_many_columns() -> None:
    names = [f"c{number}" for number in range(300)]
    with closing(sqlite3.connect(":memory:")) as wide:
        wide.execute(f"CREATE TABLE wide ({', '.join(names)})")
        many_rows.insert(wide, "INSERT INTO wide", [range(300)] * 7)
        assert wide.execute("SELECT COUNT(*), SUM(c299) FROM wide").fetchall() == [(7, 7 * 299)]


def test_few_different_statements_are_prepared_and_a_step_follows_each(db: sqlite3.Connection) -> None:
    said: list[str] = []
    n_steps = 0

    def step() -> None:
        nonlocal n_steps
        n_steps += 1

    db.set_trace_callback(said.append)
    for n in range(1, 260):
        many_rows.insert(db, "INSERT INTO ships (name, crew)", [("Ada", 1)] * n, step)
    db.set_trace_callback(None)
    inserts = [statement for statement in said if statement.startswith("INSERT")]
    assert (len(set(inserts)), n_steps) == (8, len(inserts))
