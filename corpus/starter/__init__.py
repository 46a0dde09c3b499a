"""The articles that ship with Footnote, written for it."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def files() -> Iterator[tuple[str, bytes]]:
    """The name and content of each starter article, in order of name."""
    for path in sorted(resources.files(__name__).iterdir(), key=lambda path: path.name):
        if path.name.endswith(".md"):
            yield path.name, path.read_bytes()
