"""Many servers, and a large one beside a small one: `python -m tests.bench.servers FOLDER [LIBRARY]`.

FOLDER holds `articles.jsonl` and `questions.jsonl`; LIBRARY is a large one that `importing` made.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from bot.running import share_the_interpreter
from bot.shelf import Shelf
from corpus.library import Library
from tests.bench.collection import Collection, questions
from tests.bench.importing import memory_mb, quantiles

if TYPE_CHECKING:
    from collections.abc import Sequence

N_TEMPLATES = 20
LARGE, SMALL, IMPORTING = 1, 2, 3


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


async def measured(shelf: Shelf, asked: Sequence[str], what: str) -> None:
    done = asyncio.Event()
    watching = asyncio.create_task(lag(done))
    times = await times_of(shelf, asked)
    done.set()
    late = await watching
    print(f"| {what} | {quantiles(times)} | {np.quantile(late, 0.99):.1f} | {max(late):.1f} |", flush=True)


async def beside(collection: Collection, asked: Sequence[str], large: Path, folder: Path) -> None:
    """A small server's answers alone, beside a large library that is asked all the time, and an import."""
    (folder / "data").mkdir()
    (folder / "data" / str(LARGE)).symlink_to(large.resolve())
    small_library(collection, folder / "data" / str(SMALL), 1)
    shelf = Shelf(folder / "data")
    for guild_id in (LARGE, SMALL):
        await shelf.run(guild_id, Library.ask, asked[0])
    print(
        "\n| beside | another server's answer ms, p50 / p99 | loop's lag ms, p99 | most |\n|---|---|---|---|"
    )
    await measured(shelf, asked, "nothing")

    async def ask_on() -> None:
        while True:
            for question in asked:
                await shelf.run(LARGE, Library.ask, question)

    asking = asyncio.create_task(ask_on())
    await measured(shelf, asked, "a large library that is asked")

    def import_on(library: Library) -> None:
        for _ in library.import_all(collection.articles(1_500, seed=8)):
            pass

    importing = asyncio.create_task(shelf.run(IMPORTING, import_on))
    await asyncio.sleep(3)  # workers start
    await measured(shelf, asked, "the same, and an import in this process")
    print("\n(the import went on all the while)" if not importing.done() else "\n(the import ended before)")
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    await importing
    await shelf.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("library", type=Path, nargs="?")
    parser.add_argument("-n", type=int, default=10_000)
    given = parser.parse_args()
    collection, asked = Collection(given.folder), questions(given.folder, 300)
    share_the_interpreter()  # and the collector need not look at what a bot would not have
    if given.n:
        with TemporaryDirectory() as folder:
            asyncio.run(in_turn(collection, asked, given.n, Path(folder)))
    if given.library:
        with TemporaryDirectory() as folder:
            asyncio.run(beside(collection, asked, given.library, Path(folder)))


if __name__ == "__main__":
    main()
