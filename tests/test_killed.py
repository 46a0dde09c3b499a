"""A process that works on a library is killed, at any call: it opens again, and every answer is right.

A few rounds of each kind run with the suite. `KILLED_ROUNDS=50 pytest tests/test_killed.py` runs more.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.process import PROJECT, WITHIN_S, command

ROUNDS = int(os.environ.get("KILLED_ROUNDS", "2"))


@pytest.mark.parametrize("kind", ["save", "merge", "import"])
def test_a_library_whose_process_was_killed_opens_and_answers_rightly(kind: str, tmp_path: Path) -> None:
    ended = subprocess.run(
        command("-m", "tests.killed", kind, str(ROUNDS), str(tmp_path)),
        cwd=PROJECT, capture_output=True, text=True, timeout=WITHIN_S + 4 * ROUNDS,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, "")
