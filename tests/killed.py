"""Kills a process that works on a library at any moment, and looks at what it leaves.

`python -m tests.killed KIND ROUNDS FOLDER` forks a process a round that works, counts what it calls,
and kills itself at a call chosen by chance; another then opens the library and asks it. It says
nothing when every answer was right.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sys
import threading
import traceback
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import keeping_up, schema
from corpus.article import Article
from corpus.keeping_up import KeepingUp
from corpus.library import Library
from corpus.ranker import Ranker
from corpus.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

N_PARAGRAPHS = 4
WORDS = [
    "harbour",
    "whale",
    "glacier",
    "treaty",
    "orchard",
    "comet",
    "lantern",
    "viaduct",
    "saffron",
    "turbine",
]
_PART = re.compile(r"part(\d+)\.")
QUESTIONS = [f"{one} {two}" for one, two in zip(WORDS[::3], WORDS[3::3], strict=False)]
REFRESHED = "a1"
"""An article that the first round adds and none removes."""
ROUNDS_A_LIBRARY = 10
"""Then a new one is begun, as it takes longer to look at a large one."""


def article(number: int) -> Article:
    chance = random.Random(number)  # noqa: S311
    paragraphs = [" ".join(chance.choices(WORDS, k=12)) + f" part{number}." for _ in range(N_PARAGRAPHS)]
    return Article(
        id=f"a{number}", title="", text="\n\n".join(paragraphs), language="en", keeps_paragraphs=True
    )


def save(folder: Path, first: int) -> None:
    """Adds, removes, takes a new version, asks and closes, which saves."""
    with Library.open(folder) as library:
        for number in range(first, first + 3):
            library.add(article(number))
            library.ask(QUESTIONS[0])
        library.remove([f"a{first}"])
        library.refresh(REFRESHED, article(first))
        library.ask(QUESTIONS[1])


def merge(folder: Path, first: int) -> None:
    """Goes on asking while full tails are merged and saved."""
    keeping_up.Ranker = partial(Ranker, tail_size=3)  # type: ignore[misc, assignment]
    with Library.open(folder) as library:
        for number in range(first, first + 6):
            library.add(article(number))
            library.ask(QUESTIONS[2])


def import_(folder: Path, first: int) -> None:
    """Imports some articles, a few in a transaction, over some that are there."""
    with Library.open(folder) as library:
        for _ in library.import_all((article(number) for number in range(first, first + 9)), batch=2):
            pass


WORK: dict[str, Callable[[Path, int], None]] = {"save": save, "merge": merge, "import": import_}


def counted(work: Callable[[], None], dies_at: int | None) -> int:
    """How many calls *work* makes, on all its threads; it dies at the call *dies_at*."""
    calls = 0

    def count(*_: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    threading.setprofile(count)
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]
    return calls


def in_a_process(work: Callable[[], object]) -> int:
    """The status with which a process of its own ends that does *work*."""
    if (child := os.fork()) == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    return os.waitpid(child, 0)[1]


def look(folder: Path) -> None:
    """Every article is whole, and every answer is the one that an index without a past gives."""
    with Library.open(folder) as library:
        kept = [info.id for info in library.list()]
        for one in kept:
            text = library.get(one).text
            version = int(_PART.findall(text)[0])
            assert text == article(version).text
            assert version == int(one[1:]) or one == REFRESHED
        assert REFRESHED in kept
        found = [library.ask(question, top=10) for question in QUESTIONS]
        again = [library.ask(QUESTIONS[0], top=10)]
        assert library.check().problems == ()
    store = Store(schema.open_database(folder))
    with Library(folder, store, KeepingUp(store, None)) as library:
        expected = [library.ask(question, top=10) for question in QUESTIONS]
    for answers in (found, again):
        assert [(a.numbers, a.quotes) for a in answers] == [
            (a.numbers, a.quotes) for a in expected[: len(answers)]
        ]


def main(kind: str, rounds: int, folder: Path) -> None:
    keeping_up.WORTH_SAVING = 1
    chance = random.Random(f"{kind} {rounds}")  # noqa: S311
    work = WORK[kind]
    folder.mkdir(exist_ok=True)
    written = folder / "calls"
    if in_a_process(lambda: work(folder / "library", 0)):
        sys.exit("the work fails without being killed")

    def measure() -> None:
        shutil.copytree(folder / "library", folder / "copy")
        written.write_text(str(counted(lambda: work(folder / "copy", 100), None)))

    if in_a_process(measure):
        sys.exit("the work fails while it is counted")
    n_calls = int(written.read_text())
    for at in range(rounds):
        if at % ROUNDS_A_LIBRARY == 0:
            shutil.rmtree(folder / "library")
            if in_a_process(lambda: work(folder / "library", 0)):
                sys.exit("the work fails without being killed")
        dies_at = chance.randint(1, n_calls)
        first = 200 + 10 * at
        status = in_a_process(
            lambda first=first, dies_at=dies_at: counted(lambda: work(folder / "library", first), dies_at)
        )  # type: ignore[misc]
        if status not in {0, signal.SIGKILL} or in_a_process(lambda: look(folder / "library")):
            sys.exit(f"{kind}, killed at call {dies_at} of {n_calls}, ended with {status}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
