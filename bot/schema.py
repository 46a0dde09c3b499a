"""The tables of what belongs to Discord: a server's own, and those of no server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

server_migrations = Migrations("footnote-discord")
bot_migrations = Migrations("footnote-bot")


@server_migrations()
def m001_answers_and_drafts(db: Database) -> None:
    """What buttons come back to."""
    db.execute(
        """
        CREATE TABLE answers (
            id TEXT PRIMARY KEY,         -- ours and random, never Discord's
            asker INTEGER NOT NULL,      -- a user's id
            is_private INTEGER NOT NULL,
            question TEXT NOT NULL,
            language TEXT NOT NULL,
            source TEXT,
            since TEXT,                  -- YYYY-MM-DD
            status TEXT NOT NULL,
            passages TEXT NOT NULL,      -- JSON, their numbers, best first
            note TEXT NOT NULL,          -- what stands under the question
            n_articles INTEGER NOT NULL,
            took_ms REAL NOT NULL,
            expires TEXT NOT NULL        -- UTC, ISO 8601
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE drafts (
            id TEXT PRIMARY KEY,
            owner INTEGER NOT NULL,
            article TEXT NOT NULL,       -- JSON, as a record of import
            replaces TEXT,               -- the id of the article it is an edit of
            warning TEXT NOT NULL,
            expires TEXT NOT NULL
        ) STRICT
        """
    )


@server_migrations()
def m002_searches(db: Database) -> None:
    """What a list of articles was searched for, which does not fit into its buttons."""
    db.execute(
        """
        CREATE TABLE searches (
            id TEXT PRIMARY KEY,
            source TEXT NOT NULL,
            query TEXT NOT NULL,
            expires TEXT NOT NULL
        ) STRICT
        """
    )


@server_migrations()
def m003_digests(db: Database) -> None:
    """What the buttons under a digest come back to."""
    db.execute(
        """
        CREATE TABLE digests (
            id TEXT PRIMARY KEY,
            asker INTEGER NOT NULL,
            topic TEXT NOT NULL,         -- empty: what is new
            source TEXT,
            since TEXT,                  -- YYYY-MM-DD
            expires TEXT NOT NULL        -- UTC, ISO 8601
        ) STRICT
        """
    )


@server_migrations()
def m004_thin_drafts(db: Database) -> None:
    """Which drafts may be no article."""
    db.execute("ALTER TABLE drafts ADD COLUMN is_thin INTEGER NOT NULL DEFAULT 0")


@server_migrations()
def m005_settings(db: Database) -> None:
    """What managers have set, and when each question was asked, so that a shorter time holds for it too."""
    db.execute(
        """
        CREATE TABLE settings (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL          -- JSON
        ) STRICT, WITHOUT ROWID
        """
    )
    for table in ("answers", "digests"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN asked TEXT NOT NULL DEFAULT ''")
        before = "strftime('%Y-%m-%dT%H:%M:%f+00:00', expires, '-30 days')"
        db.execute(f"UPDATE {table} SET asked = {before}")  # noqa: S608  # two names of ours


@server_migrations()
def m006_feedback(db: Database) -> None:
    """What was not helpful about an answer, without who said so."""
    db.execute(
        """
        CREATE TABLE feedback (
            id INTEGER PRIMARY KEY,
            answer TEXT NOT NULL,        -- its id; the answer may be gone
            reason TEXT NOT NULL,
            comment TEXT NOT NULL,
            given TEXT NOT NULL,         -- UTC, ISO 8601
            expires TEXT NOT NULL
        ) STRICT
        """
    )


@server_migrations()
def m007_follow_ups_and_shared_answers(db: Database) -> None:
    """What an answer was searched together with and within, and whether it was shared with the channel."""
    for column in (
        "follows TEXT NOT NULL DEFAULT ''",  # ids of the answers and digests before it, parted by spaces
        "article TEXT",  # the id of the only article that was asked
        "is_shared INTEGER NOT NULL DEFAULT 0",  # a private answer that was, or its public copy
    ):
        db.execute(f"ALTER TABLE answers ADD COLUMN {column}")


@server_migrations()
def m008_drafts_of_new_versions(db: Database) -> None:
    """Which drafts are another version of an article that is there."""
    db.execute("ALTER TABLE drafts ADD COLUMN twin TEXT")


@server_migrations()
def m009_remarks(db: Database) -> None:
    """What stands under a question as facts, JSON; what was kept before is in the words of `note`."""
    db.execute("ALTER TABLE answers ADD COLUMN remarks TEXT")


@bot_migrations()
def m001_commands_and_departures(db: Database) -> None:
    """What belongs to no server."""
    db.execute("CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID")
    db.execute("CREATE TABLE departures (guild INTEGER PRIMARY KEY, left_at TEXT NOT NULL) STRICT")


@bot_migrations()
def m002_sweeps(db: Database) -> None:
    """Which server's folder was searched for what has expired, and when something there will."""
    db.execute(
        """
        CREATE TABLE sweeps (
            guild INTEGER PRIMARY KEY,
            swept_at TEXT NOT NULL,
            next TEXT                    -- NULL: nothing that could expire was left
        ) STRICT
        """
    )
