"""Who answers goes first: what is written in bulk pauses between two steps while a question is in work.

Threads of one process share the interpreter and the cores. An import that takes a step whenever it
can makes every answer beside it wait: for the interpreter, and a time slice of a core at a time.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_WORK = 1 / 4
"""The share of the time that is worked while questions are always in work: nothing waits for ever."""
LONGEST_PAUSE_S = 0.1


class Questions:
    """The questions in work, whichever library is asked. May be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._n = 0
        self._are_none = threading.Event()
        self._are_none.set()

    @property
    def are_none(self) -> bool:
        return self._are_none.is_set()

    @contextmanager
    def one_in_work(self) -> Iterator[None]:
        """Inside, who writes in bulk gives way."""
        with self._lock:
            self._n += 1
            self._are_none.clear()
        try:
            yield
        finally:
            with self._lock:
                self._n -= 1
                if not self._n:
                    self._are_none.set()

    def wait(self, longest_s: float) -> None:
        """Comes back when none is in work any more, or after *longest_s*."""
        self._are_none.wait(longest_s)


HERE = Questions()
"""Those of this process."""


class GivingWay:
    """One thread's bulk of writing, which pauses for the *questions*."""

    def __init__(self, questions: Questions = HERE, worked_s: Callable[[], float] = time.thread_time) -> None:
        """*worked_s* tells how long this thread has had a core: while it waits it is in nobody's way."""
        self._questions = questions
        self._worked_s = worked_s
        self._before = worked_s()

    def step(self) -> None:
        """Between two steps of a few milliseconds: pauses for as long as the one before is worth."""
        worked = self._worked_s() - self._before
        if not self._questions.are_none:
            self._questions.wait(min(worked * (1 / MOST_WORK - 1), LONGEST_PAUSE_S))
        self._before = self._worked_s()
