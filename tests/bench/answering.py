"""What reranking and a whole answer cost, beside another version of this program if one is at hand.

`python -m tests.bench.answering FOLDER LIBRARY [--beside CHECKOUT ITS_LIBRARY]` asks LIBRARY, which is made
of the articles of FOLDER if it is not there, 800 questions of FOLDER. CHECKOUT is a folder with the other
version's code, and ITS_LIBRARY one that it can open: the same, copied before this version opened it, as an
answer says when its articles were added. Both are asked each question in turn, each in a process of its own,
so that a busy machine slows both, and how many of their answers differ in anything but the time they took is
printed too.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from corpus.asking import Asking
from corpus.errors import QuestionError
from corpus.library import Library

N_QUESTIONS = 800
ROOT = Path(__file__).parent.parent.parent


class Asked(NamedTuple):
    """One question's answer, what it took of CPU, and what of that its reranking did."""

    answer: str
    whole_ms: float
    reranking_ms: float


def serve(library: Path) -> None:
    """Answers a question a line of standard input; runs with any version's `corpus` that is imported."""
    judged, taken = Asking._judged, [0.0]

    def timed(*given: Any) -> Any:
        before = time.thread_time()
        found = judged(*given)
        taken[0] += time.thread_time() - before
        return found

    Asking._judged = timed  # type: ignore[method-assign]
    with Library.open(library) as opened:
        for line in sys.stdin:
            taken[0], before = 0.0, time.thread_time()
            try:
                answer = repr(replace(opened.ask(json.loads(line)), took_ms=0.0))
            except QuestionError as error:
                answer = repr(error)
            whole = time.thread_time() - before
            print(json.dumps(Asked(answer, whole * 1000, taken[0] * 1000)), flush=True)


class Version:
    """A version of the program in a process of its own."""

    def __init__(self, checkout: Path, library: Path, stack: ExitStack) -> None:
        command = [sys.executable, __file__, "--serve", str(library)]
        environment = {**os.environ, "PYTHONPATH": str(checkout)}
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
        )
        self._process = stack.enter_context(process)

    def ask(self, question: str) -> Asked:
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(question), file=self._process.stdin, flush=True)
        return Asked(*json.loads(self._process.stdout.readline()))


def compare(questions: list[str], compared: list[tuple[Path, Path]]) -> None:
    """Every question twice, and the second time counts."""
    with ExitStack() as stack:
        versions = [Version(checkout, library, stack) for checkout, library in compared]
        for question in questions:
            for version in versions:
                version.ask(question)
        asked = [[version.ask(question) for version in versions] for question in questions]
    print("| CPU ms | p50 | p90 | p99 | share of the other's p50 |\n|---|---|---|---|---|")
    for name, times in (
        ("reranking", [[one.reranking_ms for one in answers] for answers in asked]),
        ("a whole answer", [[one.whole_ms for one in answers] for answers in asked]),
    ):
        p50, p90, p99 = np.quantile(np.array(times), [0.5, 0.9, 0.99], axis=0).tolist()
        for place, version in enumerate(("", ", the other version")[: len(compared)]):
            share = f"{p50[place] / p50[-1]:.2f}"
            print(f"| {name}{version} | {p50[place]:.2f} | {p90[place]:.2f} | {p99[place]:.2f} | {share} |")
    n_other = sum(len({one.answer for one in answers}) > 1 for answers in asked)
    print(f"\n{len(questions)} questions, {n_other} answered otherwise.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("library", type=Path)
    parser.add_argument("--beside", type=Path, nargs=2, help="a folder with another version, and its library")
    given = parser.parse_args()
    from tests.bench.collection import questions

    if not given.library.exists():
        from corpus import records

        with (
            (given.folder / "articles.jsonl").open(encoding="utf-8") as lines,
            Library.open(given.library) as library,
        ):
            for _ in library.import_all([records.read(line, given.folder.name) for line in lines]):
                pass
    beside = [given.beside] if given.beside else []
    compare(questions(given.folder, N_QUESTIONS), [(ROOT, given.library), *beside])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(Path(sys.argv[2]))
    else:
        main()
