"""Lines side by side -> which of them hold a word: it is looked for once, in all of them together."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Lines:
    """Lines, each with a space before and behind every word, or runs of such lines as one.

    What is looked for begins with a space and never reaches from one line into another.
    """

    __slots__ = ("_starts", "_text")

    def __init__(self, lines: Sequence[str]) -> None:
        self._text = "\n".join(lines)
        self._starts = list(accumulate([len(line) + 1 for line in lines], initial=0))

    def grouped(self, first: Iterable[int]) -> Lines:
        """The same text in longer pieces: each goes from one of the lines *first* to the next of them."""
        groups = Lines.__new__(Lines)
        groups._text = self._text  # noqa: SLF001
        groups._starts = [*(self._starts[line] for line in first), self._starts[-1]]  # noqa: SLF001
        return groups

    def holding(self, word: str) -> list[int]:
        """The lines, by index and ascending, in which *word* stands."""
        text, starts = self._text, self._starts
        found: list[int] = []
        at = text.find(word)
        while at >= 0:
            behind = bisect_right(starts, at)
            found.append(behind - 1)
            at = text.find(word, starts[behind])
        return found

    def holds(self, word: str, line: int) -> bool:
        """Whether *word* stands in *line*."""
        return self._text.find(word, self._starts[line], self._starts[line + 1]) >= 0

    def count(self, word: str, line: int) -> int:
        """How often *word* stands in *line*."""
        return self._text.count(word, self._starts[line], self._starts[line + 1])
