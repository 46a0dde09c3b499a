"""Files that may be hostile -> what is read from them, in other processes that may die of it."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, Protocol, Self, cast

from bot.reader import STAYS, Broken, Limits, Order, understood, write_order
from corpus.errors import ReadingFailed, TooMuchMemory, TooSlow

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from types import TracebackType

    from corpus.article import Reading

log = logging.getLogger(__name__)

LIMITS = Limits(wall_s=150, cpu_s=100, memory_bytes=2_000_000_000)
"""A PDF of 5,000 full pages takes half the time; a book's document in Word, half the memory."""
MOST_PROCESSES = 2
"""One that is busy with a hostile file leaves the other for everyone else."""
_GRACE_S = 15.0
"""How much later than the process itself we end it: it may be stopped, or not come to life at all."""
_LONGEST_ANSWER_BYTES = 200_000_000
_TOO_LATE = {-signal.SIGALRM, -signal.SIGXCPU}
_BY_THE_SYSTEM = -signal.SIGKILL
"""Linux ends whoever needs most when memory runs out."""


class Reader(Protocol):
    """What reads a file, wherever it does so."""

    def warm_up(self) -> None: ...

    def read(self, data: bytes, name: str, url: str | None = None, charset: str | None = None) -> Reading: ...

    def close(self) -> None: ...


def waiting_threads() -> Executor:
    """What waits for the processes, where the caller cannot: a thread for each, or one would wait in vain."""
    return ThreadPoolExecutor(max_workers=MOST_PROCESSES, thread_name_prefix="reader")


class Workers:
    """A few processes that read files, started when they are needed. May be used from any thread."""

    def __init__(
        self, *, most: int = MOST_PROCESSES, limits: Limits = LIMITS, keeps_warm: bool = False
    ) -> None:
        """With *keeps_warm* a new process loads its libraries before it is asked for anything."""
        self._limits = limits
        self._keeps_warm = keeps_warm
        self._places = threading.BoundedSemaphore(most)
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def warm_up(self) -> None:
        """Starts a process, so that the first file finds one; returns at once."""
        with self._lock:
            if not self._all and not self._is_closed:
                self._idle.append(self._start())

    def read(self, data: bytes, name: str, url: str | None = None, charset: str | None = None) -> Reading:
        """What is read from *data*, the content of the file *name* or of the page at *url*.

        *charset* is what its server calls the encoding.

        Waits for a process that is free. Raises `UnreadableArticle`: `TooSlow`, `TooMuchMemory` and
        `ReadingFailed` where the file took the process with it.
        """
        with self._places:
            worker = self._take()
            try:
                line = worker.ask(Order(data, name, url, charset))
            except BaseException:
                self._drop(worker)
                raise
            if line.startswith(STAYS):
                self._give_back(worker)
            else:
                self._drop(worker)
        try:
            return understood(line[1:], name)
        except Broken as error:
            log.error("a reader broke over %d bytes: %s", len(data), error.trace)  # noqa: TRY400  # its own trace
            raise ReadingFailed(name) from error

    def close(self) -> None:
        """Ends all processes, those that are reading too."""
        with self._lock:
            self._is_closed = True
            workers = list(self._all)
            self._idle.clear()
        for worker in workers:
            self._drop(worker)

    def _take(self) -> _Worker:
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.is_alive:
                    return worker
                self._all.discard(worker)
                worker.end()
            return self._start()

    def _start(self) -> _Worker:
        worker = _Worker(self._limits, is_warm=self._keeps_warm)
        self._all.add(worker)
        return worker

    def _give_back(self, worker: _Worker) -> None:
        with self._lock:
            if not self._is_closed:
                self._idle.append(worker)
                return
        self._drop(worker)

    def _drop(self, worker: _Worker) -> None:
        with self._lock:
            self._all.discard(worker)
        worker.end()


class _Worker:
    """One process, asked for one file at a time."""

    def __init__(self, limits: Limits, *, is_warm: bool) -> None:
        self._limits = limits
        self._is_ended = False
        self._process = subprocess.Popen(  # noqa: S603  # our own module, in our own interpreter
            [
                sys.executable,
                "-P",
                "-m",
                "bot.reader",
                *(str(limit) for limit in limits),
                *(["warm"] if is_warm else []),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Nothing of ours, least of all the token; and one thread for numpy, each of which takes room.
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OPENBLAS_NUM_THREADS": "1"},
            process_group=0,  # Ctrl-C is for us: we end it
        )
        self._stdin = cast("BinaryIO", self._process.stdin)
        self._stdout = cast("BinaryIO", self._process.stdout)

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, order: Order) -> bytes:
        """The line it answers. Raises `UnreadableArticle` where it ends without an answer."""
        overdue = threading.Event()
        timer = threading.Timer(self._limits.wall_s + _GRACE_S, self._end_overdue, [overdue])
        timer.daemon = True
        timer.start()
        line = b""
        try:
            with suppress(BrokenPipeError):  # it says why by how it ended
                write_order(self._stdin, order)
                line = self._stdout.readline(_LONGEST_ANSWER_BYTES)
        except ValueError:  # it was ended from another thread, which closes both streams
            if not self._is_ended:
                raise
        finally:
            timer.cancel()
        if line.endswith(b"\n"):
            return line
        code = self._exit_code()
        log.warning("a reader ended with %s over %d bytes", code, len(order.data))
        if overdue.is_set() or code in _TOO_LATE:
            raise TooSlow(order.name, self._limits.wall_s)
        if code == _BY_THE_SYSTEM and not self._is_ended:
            raise TooMuchMemory(order.name, self._limits.memory_bytes)
        raise ReadingFailed(order.name)

    def end(self) -> None:
        """Ends the process, whatever it is doing."""
        self._is_ended = True
        self._process.kill()
        self._process.wait()
        for stream in (self._stdin, self._stdout):
            with suppress(BrokenPipeError):  # over what it was being told when it ended
                stream.close()

    def _exit_code(self) -> int | None:
        """How it ended; None where it only fell silent."""
        try:
            return self._process.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            return None

    def _end_overdue(self, overdue: threading.Event) -> None:
        overdue.set()
        self._process.kill()
