"""A large library from nothing: `python -m tests.bench.importing FOLDER LIBRARY [ARTICLES]`.

FOLDER holds `articles.jsonl` and `questions.jsonl`; LIBRARY is made, and kept for `servers`. Tells
how fast articles come in, how much memory that takes as it goes, and then what a question, an
opening and one more article cost.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.library import Library
from tests.bench.collection import PASSAGES_AN_ARTICLE, Collection, questions

if TYPE_CHECKING:
    from collections.abc import Sequence

ARTICLES = 50_000
N_REPORTS = 10


def memory_mb(kind: str = "RssAnon") -> float:
    """This process's memory, without the pages of mapped files, which the system takes back at need."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(kind):
            return int(line.split()[1]) / 1000
    return float("nan")


def cpu_s() -> float:
    """Of this process and its workers that have ended."""
    workers = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + workers.ru_utime + workers.ru_stime


def import_all(collection: Collection, folder: Path, n_articles: int) -> None:
    started, busy, own = time.perf_counter(), cpu_s(), time.process_time()
    with Library.open(folder) as library:
        for n, _ in enumerate(library.import_all(collection.articles(n_articles, seed=5)), 1):
            if n % max(1, n_articles // N_REPORTS) == 0:
                taken = time.perf_counter() - started
                rate = n * PASSAGES_AN_ARTICLE / taken
                print(f"| {n * PASSAGES_AN_ARTICLE:,} | {rate:,.0f} | {memory_mb():.0f} |", flush=True)
        imported = time.perf_counter() - started
    closed = time.perf_counter() - started
    for worker in multiprocessing.active_children():
        worker.join()
    n = n_articles * PASSAGES_AN_ARTICLE
    busy, own = (cpu_s() - busy) / n * 1e6, (time.process_time() - own) / n * 1e6
    n_cores = len(os.sched_getaffinity(0))
    rate, saved = n / imported, closed - imported
    print(f"\n{n:,} passages in {imported:.0f} s, {rate:,.0f} a second; saved {saved:.1f} s later.")
    print(f"A passage takes {busy:.0f} µs of CPU, of it {own:.0f} in the process that writes: ", end="")
    print(f"{n_cores / busy * 1e6:,.0f} a second when {n_cores} cores have nothing else to do.")


def quantiles(times_ms: Sequence[float]) -> str:
    return " / ".join(f"{value:.2f}" for value in np.quantile(times_ms, [0.5, 0.99]))


def use(collection: Collection, folder: Path, asked: Sequence[str]) -> None:
    opening = []
    for _ in range(5):
        before = time.perf_counter()
        library = Library.open(folder)
        with library._store.snapshot():
            library._index.catch_up()
        opening.append((time.perf_counter() - before) * 1000)
        library.close()
    size = sum(file.stat().st_size for file in (folder / "index").iterdir())
    with Library.open(folder) as library:
        for question in asked:
            library.ask(question)
        times = []
        for question in asked:
            before = time.process_time()
            library.ask(question)
            times.append((time.process_time() - before) * 1000)
        n_passages = library._index.ranker.corpus_size  # type: ignore[attr-defined]
        adding = []
        for article in collection.articles(40, seed=int(time.time())):
            added = library.add(article)
            before = time.process_time()
            with library._store.snapshot():
                library._index.catch_up()
            adding.append((time.process_time() - before) * 1000)
            library.remove([added.id])
    opened, adds = np.median(opening), np.median(adding)
    print(
        f"\n{n_passages:,} passages, {size / n_passages:.0f} bytes of index each; opened in {opened:.1f} ms."
    )
    print(f"A whole answer takes {quantiles(times)} ms of CPU (p50 / p99).")
    print(f"An article of 20 passages is searchable {adds:.2f} ms after its commit.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("library", type=Path)
    parser.add_argument("articles", type=int, nargs="?", default=ARTICLES)
    given = parser.parse_args()
    collection = Collection(given.folder)
    if not given.library.exists():
        print("| passages | a second | MB |\n|---|---|---|")
        import_all(collection, given.library, given.articles)
    use(collection, given.library, questions(given.folder, 1_000))


if __name__ == "__main__":
    main()
