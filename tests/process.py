"""Runs Footnote as its own process, as a person would: what it says, and with which code it ends."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PROJECT = Path(__file__).resolve().parents[1]
WITHIN_S = 60
"""How long a process may take on a busy computer."""


class Ended(NamedTuple):
    code: int
    out: str
    err: str


def environment(data_dir: Path, **variables: str) -> dict[str, str]:
    """This process's environment, without a token and with a folder of its own.

    DISCORD_TOKEN is empty and not absent: else a developer's own `.env` would fill it in.
    """
    own = {"DATA_DIR": str(data_dir), "DISCORD_TOKEN": "", "BROWSER": "true", "PYTHONUNBUFFERED": "1"}
    return {**os.environ, **own, **variables}


def footnote(*arguments: str, env: Mapping[str, str]) -> Ended:
    """`python bot.py` with *arguments*, run to its end."""
    return python("bot.py", *arguments, env=env)


def python(*arguments: str, env: Mapping[str, str]) -> Ended:
    done = subprocess.run(
        command(*arguments), cwd=PROJECT, env=env, capture_output=True, encoding="utf-8", timeout=WITHIN_S
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@contextmanager
def running(script: str) -> Iterator[subprocess.Popen[str]]:
    """A process that runs *script*, its output in a pipe. It is killed at the end, or when it takes too long.

    Ctrl-C ends it as at a terminal, also where whoever runs the tests ignores it, as a job in the background.
    """
    begin = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    process = subprocess.Popen(
        command("-c", begin + script),
        cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
    )  # fmt: skip
    too_long = threading.Timer(WITHIN_S, process.kill)
    too_long.start()
    try:
        yield process
    finally:
        too_long.cancel()
        process.kill()
        process.communicate()


def command(*arguments: str) -> Sequence[str]:
    return [sys.executable, *arguments]
