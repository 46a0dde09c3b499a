"""What was not helpful: kept without who said so, and counted, beside the questions that found nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, get_args

from corpus import clock

if TYPE_CHECKING:
    from bot.state import ServerState

Reason = Literal["irrelevant", "outdated", "source", "missing"]
REASONS: tuple[Reason, ...] = get_args(Reason)
LONGEST_COMMENT = 500
_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Tally:
    """What a server's public questions came to, as far as they are kept."""

    n_answers: int
    n_unanswered: int
    unanswered: tuple[tuple[str, int], ...]
    """The questions that found nothing, most asked first, and how often each was asked; the first few."""
    reasons: dict[str, int]
    """How many answers were called not helpful, for each reason that was given."""
    comments: tuple[str, ...]
    """The last few, newest first."""


def keep(state: ServerState, answer_id: str, reason: str, comment: str) -> bool:
    """Keeps why an answer was not helpful; False where it is private or no longer kept."""
    now = clock.now()
    n_public = state.db.table("answers").count_where(
        "id = ? AND is_private = 0 AND expires > ?", [answer_id, now.isoformat()]
    )
    if not n_public:
        return False
    state.db.table("feedback").insert(
        {
            "answer": answer_id,
            "reason": reason,
            "comment": comment[:LONGEST_COMMENT],
            "given": now.isoformat(),
            "expires": (now + timedelta(days=state.settings().days_kept)).isoformat(),
        }
    )
    return True


def tally(state: ServerState) -> Tally:
    """What is known of the server's public questions."""
    now = clock.now().isoformat()
    # A question that a filter left nothing of is not without an answer.
    nothing = (
        "is_private = 0 AND status = 'nothing' AND source IS NULL AND since IS NULL AND article IS NULL"
        " AND expires > ?"
    )
    unanswered = state.db.query(
        f"""
        SELECT max(question) AS question, count(*) AS n FROM answers WHERE {nothing}
        GROUP BY lower(trim(question, ' ?!.')) ORDER BY n DESC, max(asked) DESC LIMIT ?
        """,  # noqa: S608  # a condition of ours
        [now, _MOST_SHOWN],
    )
    reasons = state.db.query(
        """
        SELECT reason, count(DISTINCT answer) AS n FROM feedback WHERE expires > ?
        GROUP BY reason ORDER BY reason
        """,
        [now],
    )
    comments = state.db.query(
        "SELECT comment FROM feedback WHERE comment <> '' AND expires > ? ORDER BY id DESC LIMIT ?",
        [now, _MOST_SHOWN],
    )
    return Tally(
        n_answers=state.n_answers(),
        n_unanswered=state.db.table("answers").count_where(nothing, [now]),
        unanswered=tuple((row["question"], row["n"]) for row in unanswered),
        reasons={row["reason"]: row["n"] for row in reasons},
        comments=tuple(row["comment"] for row in comments),
    )
