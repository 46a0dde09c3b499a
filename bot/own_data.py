"""What a server's discord.db holds with one person's id: looked up for that person, and deleted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus import clock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.state import ServerState

_TABLES = {"answers": "asker", "digests": "asker", "drafts": "owner"}
"""Where a person's id stands, and in which column."""


@dataclass(frozen=True, slots=True)
class OwnData:
    """What is kept of a person, oldest first."""

    questions: Sequence[Mapping[str, Any]] = ()
    digests: Sequence[Mapping[str, Any]] = ()
    previews: Sequence[Mapping[str, Any]] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.questions or self.digests or self.previews)

    def as_file(self, server: str) -> bytes:
        """JSON that a person can read too."""
        content = {
            "server": server,
            "questions": self.questions,
            "digests": self.digests,
            "previews": self.previews,
            "feedback": "stored without a name, so nobody can tell which is yours",
        }
        return json.dumps(content, ensure_ascii=False, indent=2).encode()


def find(state: ServerState, user_id: int) -> OwnData:
    """What is kept of a person and has not expired."""
    now = clock.now().isoformat()
    questions = state.db.query(
        """
        SELECT asked, question, source AS only_source, since AS only_since,
            is_private AS private, is_shared AS shared,
            status AS found, expires AS kept_until
        FROM answers WHERE asker = ? AND expires > ? ORDER BY asked, id
        """,
        [user_id, now],
    )
    digests = state.db.query(
        """
        SELECT asked, topic, source AS only_source, since AS only_since, expires AS kept_until
        FROM digests WHERE asker = ? AND expires > ? ORDER BY asked, id
        """,
        [user_id, now],
    )
    previews = state.db.query(
        """
        SELECT article, expires AS kept_until FROM drafts WHERE owner = ? AND expires > ? ORDER BY expires, id
        """,
        [user_id, now],
    )
    return OwnData(
        [{**row, "private": bool(row["private"]), "shared": bool(row["shared"])} for row in questions],
        list(digests),
        [{**row, "article": json.loads(row["article"])} for row in previews],
    )


def delete(state: ServerState, user_id: int) -> OwnData:
    """Deletes what is kept of a person, and gives back what it was."""
    with state.db.atomic():
        found = find(state, user_id)
        for table, column in _TABLES.items():
            state.db.table(table).delete_where(f"{column} = ?", [user_id])
    return found
