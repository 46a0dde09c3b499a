"""The bot tidies by itself: what belongs to servers it left, and what has expired."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import housekeeping
from bot import state as states
from bot.bot_state import BotState
from bot.state import ServerState
from corpus import clock
from corpus.article import Article

FOG = Article(title="Fog", text="Fog.")


@dataclass
class Shelf:
    """Remembers whose folder was to be deleted."""

    deleted: list[int] = field(default_factory=list)
    stuck: int | None = None
    """Whose folder cannot be deleted."""

    async def delete(self, guild_id: int) -> None:
        if guild_id == self.stuck:
            raise PermissionError(13, "Permission denied")
        self.deleted.append(guild_id)


@dataclass
class Bot:
    """As much of a bot as housekeeping asks for: the guilds that Discord named, and its own shards."""

    guilds: set[int] = field(default_factory=set)
    shards: tuple[int, ...] = (0,)
    shard_count: int = 1
    application_id: int = 1
    shelf: Shelf = field(default_factory=Shelf)
    opened: list[Path] = field(default_factory=list)

    def get_guild(self, guild_id: int) -> Any:
        return object() if guild_id in self.guilds else None

    async def aside(self, call: Callable[..., Any], *args: Any) -> Any:
        if call is states.sweep:
            self.opened += args
        return call(*args)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[BotState]:
    opened = BotState.open(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def libraries(tmp_path: Path) -> Path:
    return tmp_path / "libraries"


After = Callable[..., None]
"""Moves the clock to some time after the test has begun: `after(hours=3)`."""


@pytest.fixture(autouse=True)
def after(monkeypatch: pytest.MonkeyPatch) -> After:
    began = datetime.now(UTC)  # the clock by which files are written

    def move(**time: float) -> None:
        monkeypatch.setattr(clock, "now", lambda: began + timedelta(**time))

    move()
    return move


def server(libraries: Path, guild_id: int) -> Path:
    folder = libraries / str(guild_id)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def draft_in(folder: Path) -> None:
    with closing(ServerState.open(folder)) as opened:
        opened.keep_draft(FOG, owner=1)


def n_drafts(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "discord.db")) as db:
        return int(db.execute("SELECT count(*) FROM drafts").fetchone()[0])


async def notes(bot: Bot, state: BotState, libraries: Path) -> list[int]:
    """The servers that are noted as left."""
    await housekeeping.note_absences(bot, state, libraries)  # type: ignore[arg-type]
    return list(state.departed())


async def deletes(bot: Bot, state: BotState) -> list[int]:
    await housekeeping.delete_left(bot, state)  # type: ignore[arg-type]
    return bot.shelf.deleted


async def sweeps(state: BotState, libraries: Path) -> list[str]:
    """Whose folders are opened."""
    bot = Bot()
    await housekeeping.sweep(bot, state, libraries)  # type: ignore[arg-type]
    return [folder.name for folder in bot.opened]


# --- servers that were left


async def test_only_a_server_that_discord_does_not_name_is_noted(state: BotState, libraries: Path) -> None:
    for guild_id in (5, 6):
        server(libraries, guild_id)
    assert await notes(Bot(guilds={5}), state, libraries) == [6]


@pytest.mark.parametrize(("own", "noted"), [((0,), [0 << 22]), ((1, 2), [1 << 22, 2 << 22]), ((), [])])
async def test_only_servers_of_own_shards_are_compared(
    state: BotState, libraries: Path, own: tuple[int, ...], noted: list[int]
) -> None:
    for shard in range(3):
        server(libraries, shard << 22)
    assert await notes(Bot(shards=own, shard_count=3), state, libraries) == noted


async def test_what_is_no_servers_folder_is_left_alone(state: BotState, libraries: Path) -> None:
    (libraries / "notes").mkdir(parents=True)
    assert await notes(Bot(), state, libraries) == []


async def test_without_any_folder_nothing_is_noted(state: BotState, libraries: Path) -> None:
    assert await notes(Bot(), state, libraries) == []


async def test_the_days_count_from_the_first_absence(state: BotState, libraries: Path, after: After) -> None:
    server(libraries, 5)
    for days in (0, 3, 6):
        after(days=days)
        await notes(Bot(), state, libraries)
    after(days=7)
    assert await deletes(Bot(), state) == [5]


async def test_a_server_that_is_back_is_no_longer_noted(
    state: BotState, libraries: Path, after: After
) -> None:
    server(libraries, 5)
    await notes(Bot(), state, libraries)
    await deletes(Bot(guilds={5}), state)
    after(days=8)
    assert await deletes(Bot(), state) == []


async def test_another_application_on_the_same_data_deletes_nobodys_articles(
    state: BotState, libraries: Path
) -> None:
    server(libraries, 5)
    await notes(Bot(guilds={5}), state, libraries)
    assert await notes(Bot(application_id=2), state, libraries) == []


async def test_a_folder_that_cannot_be_deleted_is_tried_again_and_keeps_no_other(
    state: BotState, libraries: Path, after: After, caplog: pytest.LogCaptureFixture
) -> None:
    for guild_id in (5, 6):
        server(libraries, guild_id)
    await notes(Bot(), state, libraries)
    after(days=7)

    assert await deletes(Bot(shelf=Shelf(stuck=5)), state) == [6]
    assert "could not delete what is kept for guild 5" in caplog.text
    assert await deletes(Bot(), state) == [5]


async def test_a_server_that_was_absent_once_and_is_back_is_never_deleted(
    state: BotState, libraries: Path, after: After
) -> None:
    server(libraries, 5)
    await notes(Bot(), state, libraries)
    for days in (1, 6, 7, 30):
        after(days=days)
        back = Bot(guilds={5})  # unavailable or not: Discord names it
        await notes(back, state, libraries)
        assert await deletes(back, state) == []


# --- what has expired


async def test_what_has_expired_is_forgotten(state: BotState, libraries: Path, after: After) -> None:
    folder = server(libraries, 5)
    draft_in(folder)
    after(days=1, seconds=1)
    await sweeps(state, libraries)
    assert n_drafts(folder) == 0


async def test_what_has_not_expired_is_kept(state: BotState, libraries: Path) -> None:
    folder = server(libraries, 5)
    draft_in(folder)
    await sweeps(state, libraries)
    assert n_drafts(folder) == 1


async def test_a_server_is_opened_again_only_when_something_there_expires(
    state: BotState, libraries: Path, after: After
) -> None:
    draft_in(server(libraries, 5))
    opened = []
    for hours in (0, 6, 12, 18, 24, 30, 1_000):
        after(hours=hours, seconds=1)
        opened.append(await sweeps(state, libraries))
    assert opened == [["5"], [], [], [], ["5"], [], []]


async def test_what_was_written_after_the_last_sweep_is_found(
    state: BotState, libraries: Path, after: After
) -> None:
    folder = server(libraries, 5)
    with closing(ServerState.open(folder)):
        pass
    after(hours=-1)
    await sweeps(state, libraries)
    after()
    draft_in(folder)

    after(hours=24, seconds=1)
    await sweeps(state, libraries)

    assert n_drafts(folder) == 0


async def test_a_server_where_nobody_asked_is_not_opened(state: BotState, libraries: Path) -> None:
    server(libraries, 5)
    assert await sweeps(state, libraries) == []
    assert not (libraries / "5" / "discord.db").exists()


async def test_a_damaged_server_does_not_keep_the_others_from_being_swept(
    state: BotState, libraries: Path, after: After, caplog: pytest.LogCaptureFixture
) -> None:
    (server(libraries, 4) / "discord.db").write_bytes(b"rubbish" * 1_000)
    folder = server(libraries, 5)
    draft_in(folder)
    after(days=2)

    await sweeps(state, libraries)

    assert n_drafts(folder) == 0
    assert "could not sweep what has expired in guild 4" in caplog.text
