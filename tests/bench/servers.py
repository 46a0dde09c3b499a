"""Many servers, and a large one beside a small one: `python -m tests.bench.servers FOLDER [LIBRARY]`.

FOLDER holds `articles.jsonl` and `questions.jsonl`; LIBRARY is a large one that `importing` made.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import signal
import sqlite3
import sys
import threading
import time
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from bot.running import share_the_interpreter
from bot.shelf import Shelf
from corpus import records, schema
from corpus.library import Library
from tests.bench.collection import PASSAGES_AN_ARTICLE, Collection, questions
from tests.bench.importing import memory_mb, quantiles

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from corpus.article import Article

N_TEMPLATES = 20
LARGE, SMALL, IMPORTING = 1, 2, 3
N_IMPORTED = 6_000
"""Articles: more than come in while a row is measured."""
SLEEPER = """
import select, sys, time
most = 0.0
while True:
    before = time.perf_counter()
    if select.select([sys.stdin], [], [], 0.005)[0]:
        print(most)
        break
    most = max(most, (time.perf_counter() - before - 0.005) * 1000)
"""
AT_FULL_PACE = 200
"""Articles that are in when an import's workers have long been started."""


def small_library(collection: Collection, folder: Path, seed: int) -> None:
    with Library.open(folder) as library:
        for _ in library.import_all(collection.articles(3, seed=seed)):
            pass
        library.ask("what happened")


async def in_turn(collection: Collection, asked: Sequence[str], n: int, folder: Path) -> None:
    """*n* servers ask one question each, in turn, so that each library has to be opened."""
    for number in range(N_TEMPLATES):
        small_library(collection, folder / f"template{number}", number)
    for number in range(n):
        shutil.copytree(folder / f"template{number % N_TEMPLATES}", folder / "data" / str(number))
    shelf = Shelf(folder / "data")
    times, busy = [], []
    for number in range(n):
        before, before_busy = time.perf_counter(), time.process_time()
        await shelf.run(number, Library.ask, asked[number % len(asked)])
        times.append((time.perf_counter() - before) * 1000)
        busy.append((time.process_time() - before_busy) * 1000)
    print(f"{n:,} libraries in turn: a cold answer takes {quantiles(times)} ms (p50 / p99), ", end="")
    print(f"{quantiles(busy)} of CPU; {memory_mb('VmHWM'):.0f} MB at most.", flush=True)
    await shelf.close()


async def lag(until: asyncio.Event) -> list[float]:
    """How much later than asked for the loop comes back, in milliseconds."""
    late = []
    while not until.is_set():
        before = time.perf_counter()
        await asyncio.sleep(0.005)
        late.append((time.perf_counter() - before - 0.005) * 1000)
    return late


async def times_of(shelf: Shelf, asked: Sequence[str]) -> list[float]:
    times = []
    for question in asked:
        before = time.perf_counter()
        await shelf.run(SMALL, Library.ask, question)
        times.append((time.perf_counter() - before) * 1000)
        await asyncio.sleep(0.02)
    return times


async def bare_lag() -> Callable[[], Awaitable[float]]:
    """Starts a process that only sleeps, and tells how late it came back at most: so late is the machine."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SLEEPER, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )

    async def most() -> float:
        out, _ = await process.communicate(b"enough")
        return float(out)

    return most


async def measured(shelf: Shelf, asked: Sequence[str], what: str, imported: Callable[[], int]) -> None:
    """One row: a small server's answers and the loop's lag, and what comes in meanwhile."""
    bare = await bare_lag()
    done = asyncio.Event()
    watching = asyncio.create_task(lag(done))
    before, n_before = time.perf_counter(), imported()
    times = await times_of(shelf, asked)
    rate = (imported() - n_before) * PASSAGES_AN_ARTICLE / (time.perf_counter() - before)
    done.set()
    late = await watching
    bare_most = await bare()
    came_in = f"{rate:,.0f}" if imported is not nothing else ""
    print(
        f"| {what} | {quantiles(times)} | {np.quantile(late, 0.99):.1f} | {max(late):.1f} | "
        f"{bare_most:.1f} | {came_in} |",
        flush=True,
    )


def nothing() -> int:
    return 0


@asynccontextmanager
async def large_asked(shelf: Shelf, asked: Sequence[str]) -> AsyncIterator[None]:
    """The large library is asked without pause."""

    async def ask_on() -> None:
        while True:
            for question in asked:
                await shelf.run(LARGE, Library.ask, question)

    asking = asyncio.create_task(ask_on())
    yield
    if asking.done():
        asking.result()
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)


@asynccontextmanager
async def import_here(shelf: Shelf, articles: Path) -> AsyncIterator[Callable[[], int]]:
    """Another library's thread imports *articles*; tells how many are in."""
    n, stop = 0, threading.Event()

    def import_on(library: Library) -> None:
        nonlocal n
        with closing(library.import_all(map(_article, articles.open(encoding="utf-8")))) as importing:
            for _ in importing:
                n += 1
                if stop.is_set():
                    return
        raise RuntimeError("the import ended before what was measured beside it")

    importing = asyncio.create_task(shelf.run(IMPORTING, import_on))
    while n < AT_FULL_PACE and not importing.done():
        await asyncio.sleep(0.1)
    yield lambda: n
    stop.set()
    await importing
    await shelf.delete(IMPORTING)


@asynccontextmanager
async def import_elsewhere(folder: Path, articles: Path) -> AsyncIterator[Callable[[], int]]:
    """`python bot.py import`, with its own workers; tells how many are in."""
    library = folder / "elsewhere"
    database = f"{(library / schema.FILE).as_uri()}?mode=ro"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "bot.py", "--library", str(library), "import", str(articles),
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip

    def imported() -> int:
        with suppress(sqlite3.OperationalError), closing(sqlite3.connect(database, uri=True)) as db:
            return int(db.execute("SELECT COUNT(*) FROM articles").fetchone()[0])
        return 0  # it is not there yet

    while process.returncode is None and imported() < AT_FULL_PACE:
        await asyncio.sleep(0.1)
    yield imported
    if process.returncode is not None:
        raise RuntimeError("the import ended before what was measured beside it")
    process.send_signal(signal.SIGINT)
    await process.wait()
    shutil.rmtree(library)


async def beside(collection: Collection, asked: Sequence[str], large: Path, folder: Path) -> None:
    """A small server's answers alone, beside a large library that is asked all the time, and an import."""
    articles = folder / "articles.jsonl"
    with articles.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in records.write(collection.articles(N_IMPORTED, seed=8)))
    (folder / "data").mkdir()
    (folder / "data" / str(LARGE)).symlink_to(large.resolve())
    small_library(collection, folder / "data" / str(SMALL), 1)
    shelf = Shelf(folder / "data")
    for guild_id in (LARGE, SMALL):
        for question in asked:
            await shelf.run(guild_id, Library.ask, question)
    print("\n| beside | another server's answer ms, p50 / p99 | loop's lag ms, p99 | most |", end="")
    print(" a bare process's, most | imported a second |\n|---|---|---|---|---|---|")
    await measured(shelf, asked, "nothing", nothing)
    async with import_elsewhere(folder, articles) as imported:
        await measured(shelf, asked, "an import in another process", imported)
    async with import_here(shelf, articles) as imported:
        await measured(shelf, asked, "an import in this process", imported)
    async with large_asked(shelf, asked):
        await measured(shelf, asked, "a large library that is asked", nothing)
        async with import_elsewhere(folder, articles) as imported:
            await measured(shelf, asked, "the same, and an import in another process", imported)
        async with import_here(shelf, articles) as imported:
            await measured(shelf, asked, "the same, and an import in this process", imported)
    await shelf.close()


def _article(line: str) -> Article:
    return records.read(line, "article")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("library", type=Path, nargs="?")
    parser.add_argument("-n", type=int, default=10_000, help="libraries in turn")
    parser.add_argument("-q", type=int, default=300, help="questions of each row")
    given = parser.parse_args()
    collection, asked = Collection(given.folder), questions(given.folder, given.q)
    share_the_interpreter()  # and the collector need not look at what a bot would not have
    if given.n:
        with TemporaryDirectory() as folder:
            asyncio.run(in_turn(collection, asked, given.n, Path(folder)))
    if given.library:
        with TemporaryDirectory() as folder:
            asyncio.run(beside(collection, asked, given.library, Path(folder)))


if __name__ == "__main__":
    main()
