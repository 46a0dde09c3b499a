"""What stands between spaces -> what was read in it, remembered, as most of a text stood in others before."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

V = TypeVar("V")

LONGEST = 40
"""In characters: what is longer comes from a text without spaces, and hardly comes again."""


class Remembered(dict[str, V]):
    """What *read* tells of each piece; all is forgotten before more than *most* are remembered.

    A dictionary, as its own look-up is several times as fast as a call. All threads may share one:
    each of its steps is one for the interpreter too.
    """

    def __init__(self, read: Callable[[str], V], most: int) -> None:
        super().__init__()
        self._read, self._most = read, most

    def __missing__(self, piece: str) -> V:
        found = self._read(piece)
        if len(piece) <= LONGEST:
            if len(self) >= self._most:
                self.clear()
            self[piece] = found
        return found
