"""The index beside others: `python -m tests.bench.index FOLDER [SIZE…]`, with the extra `bench`.

FOLDER holds `articles.jsonl` and `questions.jsonl`. Everything is asked in one run, on the same
terms, and what is told is the processor's time, as machines are shared; ratios come first.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from corpus import terms
from corpus.index import snapshot
from corpus.index.formula import Formula
from corpus.index.snapshot import Marks
from corpus.index.tail import TAIL_SIZE
from corpus.index.upkeep import Upkeep
from corpus.ranker import K1, B, Ranker
from tests.bench.collection import PASSAGES_AN_ARTICLE, Collection, questions
from tests.bench.peers import engines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

K = 20
N_QUESTIONS = 1_000
N_SLOW = 50
"""Questions for an engine that takes long."""
MARKS = Marks("library", "commit", 0, 0)


class Row(NamedTuple):
    """One engine at one size. Times in milliseconds of CPU a question."""

    name: str
    p50: float
    p99: float
    bytes_a_passage: float
    build_s: float


def timed(top: Callable[[Sequence[str], int], object], asked: Sequence[Sequence[str]]) -> tuple[float, float]:
    """The median and the 99th percentile of three rounds, after one that warms up."""
    started = time.process_time()
    for question in asked[:N_SLOW]:
        top(question, K)
    is_slow = time.process_time() - started > N_SLOW * 0.01
    chosen = asked[:: len(asked) // N_SLOW] if is_slow else asked
    if not is_slow:
        for question in asked:
            top(question, K)
    rounds = []
    for _ in range(1 if is_slow else 3):
        times = []
        for question in chosen:
            before = time.process_time_ns()
            top(question, K)
            times.append((time.process_time_ns() - before) / 1e6)
        rounds.append(np.quantile(times, [0.5, 0.99]))
    p50, p99 = np.median(rounds, 0).tolist()
    return p50, p99


def built(passages: Sequence[Sequence[str]], folder: Path) -> Ranker:
    """Our index as a library leaves it: filled, merged and saved beside it, opened again."""
    ranker, upkeep = Ranker(), Upkeep(folder)
    for first in range(0, len(passages), TAIL_SIZE):
        ranker.add_all(list(enumerate(passages[first : first + TAIL_SIZE], first)))
        if ranker.n_unmerged:
            upkeep.take_in(ranker, waits=ranker.n_unmerged > 16)
            upkeep.begin(ranker, MARKS)
    for growth in (3, 1e9):
        upkeep.take_in(ranker, waits=True)
        ranker.settle()
        upkeep.begin(ranker, MARKS, growth)
    upkeep.take_in(ranker, waits=True)
    return opened(folder)


def opened(folder: Path) -> Ranker:
    return Ranker(parts=snapshot.load(folder, Formula(K1, B))[0])


def ours(
    passages: Sequence[Sequence[str]], asked: Sequence[Sequence[str]], folder: Path
) -> tuple[Ranker, Row]:
    started = time.process_time()
    ranker = built(passages, folder)
    build_s = time.process_time() - started
    size = sum(file.stat().st_size for file in folder.iterdir())

    def top(question: Sequence[str], k: int) -> object:
        ranker._found.clear()  # what is remembered of a term would not be for the first who asks
        return ranker.top(question, k)

    p50, p99 = timed(top, asked)
    return ranker, Row("Footnote", p50, p99, size / len(passages), build_s)


def n_inexact(ranker: Ranker, asked: Sequence[Sequence[str]]) -> int:
    """How many questions get other hits, or one bit of another score, than when every passage is scored."""
    wrong = 0
    for question in asked:
        every = ranker._view().best_by_scoring_all(ranker._weighted(question, None), K, None)
        found = ranker.top(question, K)
        wrong += [hit.score for hit in found] != every.scores.tolist()
        wrong += [hit.number for hit in found] != ranker._view().numbers_at(every.places).tolist()
    return wrong


def median_ms(call: Callable[[], object], times: int, *, is_wall: bool = False) -> float:
    clock = time.perf_counter if is_wall else time.process_time
    taken = []
    for _ in range(times):
        before = clock()
        call()
        taken.append((clock() - before) * 1000)
    return float(np.median(taken))


def changes(ranker: Ranker, folder: Path, fresh: list[list[str]], asked: Sequence[Sequence[str]]) -> str:
    """What opening, adding and removing cost, and questions beside a full tail and many removals."""
    opening = median_ms(lambda: opened(folder), 7, is_wall=True)
    number, given = ranker._last_number, iter(fresh)

    def add_article() -> None:
        nonlocal number
        for _ in range(PASSAGES_AN_ARTICLE):
            number += 1
            ranker.add(number, next(given))
        ranker.top(asked[0], K)

    adding = median_ms(add_article, 60)
    removing = median_ms(lambda: ranker.remove(range(number - 19, number + 1)), 1)
    while ranker._tail and ranker._tail.n_passages < 2_000:
        number += 1
        ranker.add(number, next(given))
    ranker.remove(range(0, number, number // 2_000))
    p50, p99 = timed(ranker.top, asked)
    return (
        f"opened in {opening:.1f} ms; an article of 20 passages added and found in {adding:.2f} ms, removed "
        f"in {removing:.2f} ms; with 2,000 passages in the tail and 2,000 removed {p50:.3f} / {p99:.3f} ms"
    )


def compare(collection: Collection, asked: Sequence[Sequence[str]], n: int, folder: Path) -> None:
    passages = list(collection.passages(n))
    length = sum(map(len, passages)) / n
    ranker, own = ours(passages, asked, folder / "index")
    rows = [own]
    n_terms = len(set(ranker.vocabulary()[0]))
    print(f"\n## {n:,} passages of {length:.0f} terms, {n_terms:,} distinct\n")
    print("| engine | p50 ms | p99 ms | our share p50 | p99 | bytes a passage | built in s |")
    print("|---|---|---|---|---|---|---|", flush=True)
    for engine in engines(n):
        started = time.process_time()
        engine.build(passages, folder)
        build_s = time.process_time() - started
        rows.append(Row(engine.name, *timed(engine.top, asked), engine.size_bytes() / n, build_s))
        del engine
        gc.collect()
    for row in rows:
        share = f"{own.p50 / row.p50:.4f} | {own.p99 / row.p99:.4f}"
        size = f"{row.bytes_a_passage:.0f} | {row.build_s:.0f}"
        print(f"| {row.name} | {row.p50:.3f} | {row.p99:.3f} | {share} | {size} |", flush=True)
    del passages
    print(f"\nInexact: {n_inexact(ranker, asked)} of {len(asked)} questions.", flush=True)
    print(changes(ranker, folder / "index", list(collection.passages(4_000, seed=2)), asked), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds articles.jsonl and questions.jsonl")
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    given = parser.parse_args()
    collection = Collection(given.folder)
    asked = [
        list(dict.fromkeys(term.term for term in terms.analyse(question, "en")))
        for question in questions(given.folder, N_QUESTIONS)
    ]
    asked = [question for question in asked if question]
    print(f"Python {sys.version.split()[0]}, numpy {np.__version__}, {len(asked)} questions, top {K}")
    for n in given.sizes:
        with TemporaryDirectory() as folder:
            compare(collection, asked, n, Path(folder))


if __name__ == "__main__":
    main()
