"""The process that reads files: asked on standard input, answering on standard output, within limits.

A hostile file may crash it, fill its memory or never end. Then it is this process that ends, and
nothing else. It may write no file, and it never outlives whoever started it.
"""

from __future__ import annotations

import inspect
import json
import os
import re
import resource
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from bot.journal import where_raised
from corpus import errors, language, reading, records
from corpus.article import PageState, Reading
from corpus.errors import BadRecord, ReadingFailed, TooMuchMemory, UnreadableArticle

if TYPE_CHECKING:
    from typing import BinaryIO

WORN_OUT_BYTES = 400_000_000
"""A process that has once needed this much memory keeps it, so another takes its place."""
STAYS, LEAVES = b"+", b"-"
"""How an answer begins: whether its process will take another order."""


class Limits(NamedTuple):
    """What reading one file may cost."""

    wall_s: float
    """From the file's arrival to the answer, whatever the process waits for."""
    cpu_s: int
    memory_bytes: int
    """Of address space, that of the interpreter and its libraries included."""


class Broken(ReadingFailed):
    """The reader broke; `trace` is where, for the log."""

    def __init__(self, name: str, trace: str = "") -> None:
        super().__init__(name)
        self.trace = trace


class Order(NamedTuple):
    """A file to read."""

    data: bytes
    name: str
    url: str | None = None
    charset: str | None = None
    """What its server calls the encoding."""


# --- what is said between the processes: JSON, so that no answer can be more than data


def write_order(stream: BinaryIO, order: Order) -> None:
    head = {"name": order.name, "url": order.url, "charset": order.charset, "n_bytes": len(order.data)}
    stream.write(json.dumps(head).encode() + b"\n")
    stream.write(order.data)
    stream.flush()


def read_order(stream: BinaryIO) -> Order | None:
    """The next order; None at the end of the stream."""
    line = stream.readline()
    if not line:
        return None
    head = json.loads(line)
    data = stream.read(head["n_bytes"])
    is_whole = len(data) == head["n_bytes"]
    return Order(data, head["name"], head["url"], head["charset"]) if is_whole else None


def answer(found: Reading) -> bytes:
    record = json.loads(next(records.write([found.article])))
    told = {"article": record, "left_out": found.left_out, "state": found.state}
    return json.dumps(told).encode() + b"\n"


def refusal(error: UnreadableArticle) -> bytes:
    facts = {name: getattr(error, name) for name in inspect.signature(type(error)).parameters}
    return json.dumps({"error": type(error).__name__, "facts": facts}).encode() + b"\n"


def understood(line: bytes, name: str) -> Reading:
    """What an answer says. Raises the `UnreadableArticle` it stands for; `Broken` for one that is none."""
    try:
        told: dict[str, Any] = json.loads(line)
        refused = _KINDS[told["error"]](**told["facts"]) if "error" in told else None
        if refused is None:
            return Reading(
                records.read(json.dumps(told["article"]), name),
                left_out=tuple(map(str, told["left_out"])),
                state=told["state"] if told["state"] in get_args(PageState) else None,
            )
    except (ValueError, KeyError, TypeError, RecursionError, BadRecord) as error:
        raise Broken(name, f"no answer: {type(error).__name__}") from error
    raise refused


_KINDS: dict[str, type[UnreadableArticle]] = {
    name: kind
    for name, kind in [*vars(errors).items(), ("Broken", Broken)]
    if isinstance(kind, type) and issubclass(kind, UnreadableArticle) and kind is not UnreadableArticle
}


# --- the process


def main(arguments: list[str]) -> None:
    """Reads files until standard input ends. Arguments: the three limits, and “warm” to be quick at once."""
    limits = Limits(float(arguments[0]), int(arguments[1]), int(arguments[2]))
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this process decides when it ends
    language.detect("The model of languages writes a file when it is loaded.")
    _confine(limits)
    if "warm" in arguments:
        _warm_up()
    orders: SimpleQueue[Order] = SimpleQueue()
    threading.Thread(target=_take, args=(sys.stdin.buffer, orders), daemon=True).start()
    while True:
        order = orders.get()
        with _Watch(limits):
            line = _read(order, limits)
        is_worn = _peak_bytes() > WORN_OUT_BYTES
        out.write((LEAVES if is_worn else STAYS) + line)
        out.flush()
        if is_worn:
            os._exit(0)  # a thread still listens, which the usual end would wait for


def _read(order: Order, limits: Limits) -> bytes:
    try:
        return answer(reading.read(*order))
    except UnreadableArticle as error:
        return refusal(error)
    except MemoryError:
        return refusal(TooMuchMemory(order.name, limits.memory_bytes))
    except Exception as error:  # a reader's bug costs this file only; whoever asked writes it down
        return refusal(Broken(order.name, where_raised(error)))


def _take(stream: BinaryIO, orders: SimpleQueue[Order]) -> None:
    """Hands on each order; where no more can come, the process ends, whatever it is busy with."""
    while order := read_order(stream):
        orders.put(order)
    os._exit(0)


def _confine(limits: Limits) -> None:
    """No memory above the limit, no file written, no picture of the memory left behind after a crash."""
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),  # macOS has the name of it and no more
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


class _Watch:
    """Ends the process by a signal, which no code in C can delay, when time is up."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def __enter__(self) -> None:
        used_s = int(time.process_time()) + 1
        with suppress(ValueError, OSError):
            _, hard = resource.getrlimit(resource.RLIMIT_CPU)
            resource.setrlimit(resource.RLIMIT_CPU, (used_s + self._limits.cpu_s, hard))
        signal.setitimer(signal.ITIMER_REAL, self._limits.wall_s)

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _peak_bytes() -> int:
    """The most memory this process has needed at once.

    Linux counts in `ru_maxrss` what the process that started this one had needed by then.
    """
    with suppress(OSError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        if peak := re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE):
            return int(peak[1]) * 1024
    peak_anywhere = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak_anywhere if sys.platform == "darwin" else peak_anywhere * 1024


def _warm_up() -> None:
    """Loads what most files need, so that the first one does not wait for it."""
    for sample in (
        b"Title\n\n2 July 2020\n\nThe harbour was closed because of a storm.",
        b"<html><p>The harbour.",
    ):
        with suppress(UnreadableArticle):
            reading.read(sample, "warm-up")


if __name__ == "__main__":
    main(sys.argv[1:])
