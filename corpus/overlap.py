"""A text's words -> the longest run of them, in their order, that stands in another text.

A suffix automaton of the words (Blumer et al. 1985, https://doi.org/10.1016/0304-3975(85)90157-4) knows
every run of them at once: a passage is read word by word, and at each word the longest run that ends there
is known. Its cost is the length of both texts, however often their words repeat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence


class Run(NamedTuple):
    """Words that stand in both texts, by their places, from 0."""

    length: int
    here: int
    """Where it begins in the text that was searched for."""
    there: int
    """Where it begins in the other."""


class Runs:
    """All runs of the words of one text, which are anything that can be told apart."""

    def __init__(self, words: Sequence[Hashable]) -> None:
        self._next: list[dict[Hashable, int]] = [{}]
        self._link, self._length, self._end = [-1], [0], [-1]
        last = 0
        for place, word in enumerate(words):
            last = self._append(last, word, place)

    def longest_in(self, words: Sequence[Hashable]) -> Run:
        """The longest run that stands in *words*, of equally long ones the first; one of length 0 if none."""
        best = Run(0, 0, 0)
        state = length = 0
        for place, word in enumerate(words):
            while state and word not in self._next[state]:
                state = self._link[state]
                length = self._length[state]
            if word in self._next[state]:
                state = self._next[state][word]
                length += 1
            if length > best.length:
                best = Run(length, self._end[state] - length + 1, place - length + 1)
        return best

    def _append(self, last: int, word: Hashable, place: int) -> int:
        """Takes in the *word* that comes next; gives back the state of all words so far."""
        new = self._state({}, self._length[last] + 1, place)
        state = last
        while state != -1 and word not in self._next[state]:
            self._next[state][word] = new
            state = self._link[state]
        if state == -1:
            self._link[new] = 0
            return new
        found = self._next[state][word]
        if self._length[found] == self._length[state] + 1:
            self._link[new] = found
            return new
        clone = self._state(dict(self._next[found]), self._length[state] + 1, self._end[found])
        self._link[clone] = self._link[found]
        while state != -1 and self._next[state].get(word) == found:
            self._next[state][word] = clone
            state = self._link[state]
        self._link[found] = self._link[new] = clone
        return new

    def _state(self, following: dict[Hashable, int], length: int, end: int) -> int:
        self._next.append(following)
        self._link.append(-1)
        self._length.append(length)
        self._end.append(end)
        return len(self._next) - 1
