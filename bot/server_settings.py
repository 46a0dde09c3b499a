"""What a server's managers have set: rows of discord.db <-> `ServerSettings`, checked on the way in."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal

from bot import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Style = Literal["cards", "plain"]
STYLES: tuple[Style, ...] = ("cards", "plain")
PASSAGES = range(1, 6)
"""How many passages an answer may show at once."""
DAYS_KEPT = (30, 7, 0)
MOST_CHANNELS = 25
"""Discord's menus hold no more."""
QUESTIONS = range(1, 101)
SECONDS = range(1, 3_601)
ADDITIONS = range(1, 101)


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """How the bot behaves in one server. Channels are ids, as Discord gave them."""

    answers_in: tuple[int, ...] = ()
    """Where mentions are answered; empty: everywhere."""
    ask_channels: tuple[int, ...] = ()
    """Where every question is answered, mention or not."""
    passages: int = 3
    style: Style = "cards"
    days_kept: int = 30
    """How long questions and answers are kept; 0: they are never stored."""
    has_feedback: bool = True
    log_channel: int | None = None
    language: str = ""
    """The code of what is spoken to all; nothing: the language that Discord has for the server."""
    questions: int = 5
    """How many a person may ask in `seconds`."""
    seconds: int = 20
    additions: int = 10
    """How many articles a server may add in a minute."""

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]]) -> ServerSettings:
        """The settings in *rows* of name and JSON value; what is missing or of no use is as at first."""
        known = {field.name for field in fields(cls)}
        given: dict[str, Any] = {}
        for row in rows:
            value = json.loads(row["value"])
            if row["name"] in known and _is_of_use(row["name"], value):
                given[row["name"]] = tuple(value) if isinstance(value, list) else value
        return cls(**given)

    def rows(self) -> list[dict[str, str]]:
        """One row a setting."""
        return [
            {"name": field.name, "value": json.dumps(getattr(self, field.name))} for field in fields(self)
        ]


DEFAULT = ServerSettings()


def _is_of_use(name: str, value: Any) -> bool:
    match name:
        case "answers_in" | "ask_channels":
            return isinstance(value, list) and all(isinstance(one, int) for one in value)
        case "log_channel":
            return value is None or isinstance(value, int)
        case "style":
            return value in STYLES
        case "language":
            return value == "" or value in language.languages()
        case "has_feedback":
            return isinstance(value, bool)
    allowed = {
        "passages": PASSAGES,
        "days_kept": DAYS_KEPT,
        "questions": QUESTIONS,
        "seconds": SECONDS,
        "additions": ADDITIONS,
    }
    return isinstance(value, int) and value in allowed[name]
