"""What managers have set: kept per server, checked when read, and in force for what is kept already."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from bot.errors import AnswerExpired, DigestExpired
from bot.server_settings import DEFAULT, ServerSettings
from bot.shelf import Shelf
from bot.state import ServerState
from corpus import clock
from corpus.article import Answer
from tests.conftest import Inline
from tests.world import let_pass

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANSWER = Answer("why was it closed", "found", 0.5, (), (3, 1), "en", ("closed",), (), (), 12.3, 1_204)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerState]:
    with closing(ServerState.open(tmp_path)) as opened:
        yield opened


def keep(server: ServerState) -> str:
    return server.keep_answer(ANSWER, asker=1, note="", is_private=False, source=None, since=None).id


def keep_digest(server: ServerState) -> str:
    return server.keep_digest(asker=1, topic="harbour", source=None, since=None).id


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("passages", 6),
        ("passages", "3"),
        ("style", "shouting"),
        ("days_kept", 31),
        ("answers_in", ["x"]),
        ("log_channel", "x"),
        ("has_feedback", 1),
        ("unheard_of", 1),
    ],
)
def test_a_value_of_no_use_is_as_at_first(name: str, value: Any) -> None:
    assert ServerSettings.from_rows([{"name": name, "value": json.dumps(value)}]) == DEFAULT


channels = st.lists(st.integers(1, 2**63 - 1), max_size=25).map(tuple)
every = st.builds(
    ServerSettings,
    answers_in=channels,
    ask_channels=channels,
    passages=st.integers(1, 5),
    style=st.sampled_from(["cards", "plain"]),
    days_kept=st.sampled_from([0, 7, 30]),
    has_feedback=st.booleans(),
    log_channel=st.none() | st.integers(1, 2**63 - 1),
    questions=st.integers(1, 100),
    seconds=st.integers(1, 3_600),
    additions=st.integers(1, 100),
    language=st.sampled_from(["", "en", "fa"]),
)


@examples(max_examples=30, deadline=None)
@given(every)
def test_settings_come_back_as_they_were_stored(settings: ServerSettings) -> None:
    assert ServerSettings.from_rows(settings.rows()) == settings


def test_settings_come_back_after_a_restart(tmp_path: Path) -> None:
    with closing(ServerState.open(tmp_path)) as before:
        before.change_settings(passages=5, answers_in=(1, 2))
    with closing(ServerState.open(tmp_path)) as after:
        assert after.settings() == ServerSettings(passages=5, answers_in=(1, 2))


def test_where_answers_are_not_kept_nothing_is_stored(server: ServerState) -> None:
    server.change_settings(days_kept=0)
    assert (keep(server), keep_digest(server)) == ("", "")
    assert [server.db.table(name).count for name in ("answers", "digests")] == [0, 0]


def test_a_shorter_time_holds_for_what_is_kept_already(
    server: ServerState, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, old_digest = keep(server), keep_digest(server)
    let_pass(timedelta(days=8), monkeypatch)
    new = keep(server)

    server.change_settings(days_kept=7)

    with pytest.raises(AnswerExpired):
        server.answer(old)
    with pytest.raises(DigestExpired):
        server.digest(old_digest)
    assert server.answer(new).id == new


def test_a_longer_time_does_not_hold_for_what_was_asked_before(
    server: ServerState, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.change_settings(days_kept=7)
    kept = keep(server)
    server.change_settings(days_kept=30)
    let_pass(timedelta(days=7, minutes=1), monkeypatch)

    with pytest.raises(AnswerExpired):
        server.answer(kept)


def test_nothing_is_left_when_answers_are_no_longer_kept(server: ServerState) -> None:
    keep(server)
    keep_digest(server)
    server.change_settings(days_kept=0)
    assert [server.db.table(name).count for name in ("answers", "digests")] == [0, 0]


def test_an_answer_kept_by_an_older_version_was_asked_30_days_before_it_expires(tmp_path: Path) -> None:
    with closing(ServerState.open(tmp_path)) as server:
        kept = keep(server)
        for table in ("answers", "digests"):
            server.db.execute(f"ALTER TABLE {table} DROP COLUMN asked")
        server.db.execute("DROP TABLE settings")
        server.db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm005_settings'")
        server.db.conn.commit()
    with closing(ServerState.open(tmp_path)) as newer:
        newer.change_settings(days_kept=7)
        [row] = newer.db.query("SELECT expires FROM answers WHERE id = ?", [kept])
    assert row["expires"][:16] == (clock.now() + timedelta(days=7)).isoformat()[:16]


async def test_to_read_settings_makes_no_folder(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, new_executor=Inline)
    assert await shelf.settings(5) == DEFAULT
    await shelf.close()
    assert list(tmp_path.iterdir()) == []


async def test_a_change_is_in_force_at_once_and_after_everything_was_deleted_no_more(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, new_executor=Inline)
    assert (await shelf.settings(5)).passages == 3
    await shelf.change_settings(5, passages=1)
    assert (await shelf.settings(5)).passages == 1
    await shelf.delete(5)
    assert await shelf.settings(5) == DEFAULT
    await shelf.close()
