"""Merges and saves an index beside the library's thread, which goes on answering.

The thread hands over what never changes again (segments, full tails, copies of the masks) and takes
the outcome in when it next looks: no answer waits. One thread serves all libraries, as a merge wants
a whole core.
"""

from __future__ import annotations

import logging
import threading
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from filelock import Timeout

from corpus.index import snapshot
from corpus.index.array_file import SnapshotDamaged
from corpus.index.merging import GROWTH, InMemory, merge, run_to_merge
from corpus.index.part import Frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Executor
    from pathlib import Path

    from corpus.index.formula import Formula
    from corpus.index.segment import Segment
    from corpus.index.snapshot import Marks

log = logging.getLogger(__name__)


class Merged(NamedTuple):
    """Neighbouring parts as they were taken, and the segment that takes their place."""

    parts: Sequence[Frozen]
    segment: Segment


class Kept(Protocol):
    """The index that is looked after."""

    @property
    def formula(self) -> Formula: ...
    @property
    def avgdl(self) -> float: ...
    def frozen(self) -> list[Frozen]: ...
    def adopt(self, merged: Merged) -> None: ...


class _Stopped(Exception):  # never leaves this file
    """The library is being closed."""


@cache
def one_thread() -> Executor:
    """The thread that serves all libraries."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="upkeep")


class Upkeep:
    """Looks after one index. Belongs to the library's thread; without a *folder* nothing is saved."""

    def __init__(self, folder: Path | None, new_executor: Callable[[], Executor] = one_thread) -> None:
        self._folder = folder
        self._new_executor = new_executor
        self._work: Future[list[Merged]] | None = None
        self._stop = threading.Event()

    @property
    def is_busy(self) -> bool:
        return self._work is not None

    def begin(self, index: Kept, marks: Marks, growth: float = GROWTH) -> None:
        """Has what is settled in *index*, as *marks* describe it, merged and saved, unless it is busy."""
        if self._work is None:
            parts, formula, mean = index.frozen(), index.formula, max(index.avgdl, 1.0)
            self._work = self._new_executor().submit(self._run, parts, formula, mean, marks, growth)

    def take_in(self, index: Kept, *, waits: bool = False) -> None:
        """Lets *index* adopt what is done; with *waits* what is not done yet, too.

        Raises `SnapshotDamaged` when a file proved not to be what was written.
        """
        work = self._work
        if work is None or not (waits or work.done()):
            return
        self._work = None
        for merged in work.result():
            index.adopt(merged)

    def stop(self) -> None:
        """Comes back when nothing runs any more; what was not done is left."""
        work, self._work = self._work, None
        if work is None or work.cancel():
            return
        self._stop.set()
        try:
            work.result()
        except (SnapshotDamaged, CancelledError):
            log.info("an index was closed while it was looked after")
        self._stop.clear()

    def _step(self) -> None:
        if self._stop.is_set():
            raise _Stopped

    def _run(
        self, parts: list[Frozen], formula: Formula, mean_length: float, marks: Marks, growth: float
    ) -> list[Merged]:
        done: list[Merged] = []
        try:
            if self._folder is not None and self._is_saved(parts, formula, mean_length, marks, growth, done):
                return done
            while run := run_to_merge(parts, growth):
                _replace(parts, run, merge(parts[run], formula, mean_length, InMemory(), self._step), done)
        except _Stopped:
            pass
        return done

    def _is_saved(
        self,
        parts: list[Frozen],
        formula: Formula,
        mean_length: float,
        marks: Marks,
        growth: float,
        done: list[Merged],
    ) -> bool:
        """Merges into files and saves *parts*; no when the folder is busy or cannot be written to."""
        folder = self._folder
        if folder is None:
            return False
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with snapshot.lock(folder):
                while run := run_to_merge(parts, growth) or _not_in(folder, parts):
                    segment = snapshot.written(parts[run], formula, mean_length, folder, self._step)
                    _replace(parts, run, segment, done)
                snapshot.save(folder, parts, formula, marks)
        except Timeout:
            return False
        except OSError as error:
            log.warning("an index cannot be saved: %s", error.strerror or error)
            self._folder = None
            return False
        return True


def _not_in(folder: Path, parts: Sequence[Frozen]) -> slice | None:
    """A part that no file in *folder* holds, as when another process has cleaned up."""
    for index, part in enumerate(parts):
        if not snapshot.is_in(folder, part):
            return slice(index, index + 1)
    return None


def _replace(parts: list[Frozen], run: slice, segment: Segment, done: list[Merged]) -> None:
    """Puts *segment* in the place of the parts of *run*, and notes it among what is done."""
    done.append(Merged(parts[run], segment))
    parts[run] = [Frozen.whole(segment)] if segment.n_passages else []
