"""What belongs to no server: which commands Discord knows, which servers were left, which were swept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from bot.schema import bot_migrations
from corpus import clock
from corpus.errors import reporting
from corpus.schema import open_database

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlite_utils import Database

LEFT_SERVERS_KEPT = timedelta(days=7)
SWEPT_AT_LEAST_EVERY = timedelta(days=1)
"""A server where something was written meanwhile: nothing there expires sooner."""
_FILE = "bot.db"


class BotState:
    """The bot's own notes. Belongs to the thread that opened it."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @classmethod
    def open(cls, folder: Path) -> Self:
        with reporting(folder):
            return cls(open_database(folder, bot_migrations, _FILE))

    def close(self) -> None:
        self._db.close()

    def fact(self, name: str) -> str | None:
        rows = self._db.query("SELECT value FROM facts WHERE name = ?", [name])
        return next((row["value"] for row in rows), None)

    def set_fact(self, name: str, value: str) -> None:
        self._db.table("facts").upsert({"name": name, "value": value}, pk="name")

    def note_departure(self, guild_id: int) -> None:
        self._db.table("departures").insert(
            {"guild": guild_id, "left_at": clock.now().isoformat()}, replace=True
        )

    def note_return(self, guild_id: int) -> None:
        self._db.table("departures").delete_where("guild = ?", [guild_id])

    def note_absence(self, guild_id: int) -> None:
        """Like `note_departure`, for a server that was not there: the first time counts."""
        self._db.table("departures").insert(
            {"guild": guild_id, "left_at": clock.now().isoformat()}, ignore=True
        )

    def departed(self) -> Sequence[int]:
        """The servers left whose folder is still kept."""
        rows = self._db.query("SELECT guild FROM departures ORDER BY guild")
        return [row["guild"] for row in rows]

    def is_sweep_due(self, guild_id: int, last_written: datetime) -> bool:
        """Whether something may have expired in a server's folder that was written to last then."""
        rows = self._db.query("SELECT swept_at, next FROM sweeps WHERE guild = ?", [guild_id])
        now = clock.now()
        for row in rows:
            swept_at = datetime.fromisoformat(row["swept_at"])
            if row["next"] and datetime.fromisoformat(row["next"]) <= now:
                return True
            return last_written > swept_at and swept_at + SWEPT_AT_LEAST_EVERY <= now
        return True

    def note_sweep(self, guild_id: int, next_expiry: datetime | None) -> None:
        row = {"guild": guild_id, "swept_at": clock.now().isoformat()}
        self._db.table("sweeps").upsert(
            row | {"next": next_expiry.isoformat() if next_expiry else None}, pk="guild"
        )

    def forget(self, guild_id: int) -> None:
        """Forgets a server whose folder is deleted."""
        self._db.table("departures").delete_where("guild = ?", [guild_id])
        self._db.table("sweeps").delete_where("guild = ?", [guild_id])

    def long_gone(self) -> Sequence[int]:
        """The servers left so long ago that their folder goes."""
        limit = (clock.now() - LEFT_SERVERS_KEPT).isoformat()
        rows = self._db.query("SELECT guild FROM departures WHERE left_at <= ? ORDER BY guild", [limit])
        return [row["guild"] for row in rows]
