"""What people do with the bot -> a line in the log for each: ids and durations, and never their words."""

from __future__ import annotations

import asyncio
import logging
import secrets
import traceback
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakSet

from corpus.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

log = logging.getLogger(__name__)

_REFERENCE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_TELLS_NO_TEXT = ("discord", "aiohttp", "sqlite3")
"""Modules whose exceptions speak of the network, of files and of Discord, and quote nobody."""

Outcome = Literal["answered", "declined", "failed"]
"""*declined*: the person was told what to do instead; *failed*: something is the operator's to mend."""


def new_reference() -> str:
    """What leads from the card a person saw to the lines in the log."""
    return "".join(secrets.choice(_REFERENCE_LETTERS) for _ in range(5))


@dataclass(slots=True)
class Event:
    """A command, a click, a form or a message that is being answered."""

    what: str
    """/ask, button page, form pasted, mention: never what was written there."""
    guild_id: int | None
    channel_id: int | None
    reference: str = field(default_factory=new_reference)
    outcome: Outcome = "answered"
    started: float = field(default_factory=perf_counter)


_event: ContextVar[Event | None] = ContextVar("event", default=None)
"""Each event has a task, and so a context, of its own; threads get a copy of it with their work."""
_tasks: WeakSet[asyncio.Task[Any]] = WeakSet()
"""The tasks in which an event has begun."""


def begin(what: str, guild_id: int | None, channel_id: int | None) -> None:
    """From here on the task is about this event, and so are its lines in the log."""
    _event.set(Event(what, guild_id, channel_id))
    if task := asyncio.current_task():
        _tasks.add(task)


def under_way() -> set[asyncio.Task[Any]]:
    """The other tasks of this event loop in which an event has begun that has not come to its end."""
    loop, own = asyncio.get_running_loop(), asyncio.current_task()
    return {task for task in _tasks if task is not own and not task.done() and task.get_loop() is loop}


def end() -> None:
    """Writes the event's line."""
    event = _event.get()
    if event is None:
        return
    task = asyncio.current_task()
    if task and task.cancelling():  # the bot stops, and the one who asked waits in vain
        came_to("failed")
    log.info(
        "reference=%s guild=%s channel=%s what=%s outcome=%s ms=%d",
        event.reference,
        event.guild_id,
        event.channel_id,
        event.what,
        event.outcome,
        (perf_counter() - event.started) * 1000,
    )
    _event.set(None)
    if task:
        _tasks.discard(task)


@contextmanager
def noted(what: str, guild_id: int | None, channel_id: int | None) -> Iterator[None]:
    """An event that begins and ends here."""
    begin(what, guild_id, channel_id)
    try:
        yield
    finally:
        end()


def came_to(outcome: Outcome) -> None:
    """Notes how the event ends, where it is not answered; what has failed has failed."""
    event = _event.get()
    if event is not None and event.outcome != "failed":
        event.outcome = outcome


def reference() -> str:
    """The reference of the event that is being answered; a new one outside of any."""
    event = _event.get()
    return event.reference if event else new_reference()


def handler(level: int) -> logging.Handler:
    """What writes the log to standard error, each line with the reference of the event it belongs to."""
    made = logging.StreamHandler()
    made.setLevel(level)
    made.addFilter(_with_reference)
    made.setFormatter(Discreet("%(asctime)s %(levelname)s %(reference)s %(name)s: %(message)s"))
    return made


def _with_reference(record: logging.LogRecord) -> bool:
    event = _event.get()
    record.reference = event.reference if event else "-----"
    return True


class Discreet(logging.Formatter):
    """Writes where an exception was raised and of which kind it is, without what it may quote."""

    def format(self, record: logging.LogRecord) -> str:
        own = copy(record)
        own.exc_text = None  # another handler may have written the exception down in its own way
        return super().format(own)

    def formatException(  # noqa: N802  # logging's own name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return where_raised(ei[1])


def where_raised(error: BaseException | None) -> str:
    """Where *error* and what it came from were raised, and of which kind they are; not what they quote."""
    parts: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        raised = "".join(traceback.format_tb(error.__traceback__))
        parts.insert(0, f"{raised}{_said_discreetly(error)}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\nthen\n".join(parts)


def _said_discreetly(error: BaseException) -> str:
    kind = type(error)
    is_discreet = isinstance(error, OSError | LibraryError) or kind.__module__.startswith(_TELLS_NO_TEXT)
    said, _, _ = str(error).partition(" with text ")  # where SQLite begins to quote
    return f"{kind.__module__}.{kind.__qualname__}" + (f": {said}" if is_discreet and said else "")
