"""Units of one article -> those chosen of them, within a budget of whole sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.summary.picking import pick
from corpus.summary.relatedness import Weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.summary.relatedness import Vector
    from corpus.summary.units import Unit


class Choice:
    """What has been chosen of the units at *places*, the candidates; `at` is a place among these."""

    def __init__(
        self, found: Sequence[Unit], places: Sequence[int], *, sentences: int, characters: int
    ) -> None:
        self.candidates = [found[place] for place in places]
        self.weights = Weights([unit.terms for unit in self.candidates])
        self.related = self.weights.between()
        self._at = {place: at for at, place in enumerate(places)}
        self._taken: list[int] = []
        self._sentences, self._characters = sentences, characters

    def take(self, at: int) -> None:
        unit = self.candidates[at]
        self._taken.append(at)
        self._sentences -= unit.n_sentences
        self._characters -= len_of(unit)

    def may_take(self, at: int) -> bool:
        """Whether the budget allows it, and what it leans on has been taken."""
        unit = self.candidates[at]
        if unit.n_sentences > self._sentences or len_of(unit) > self._characters:
            return False
        return not unit.leans or (unit.follows is not None and self._at.get(unit.follows) in self._taken)

    def fill(self, scores: Vector, trade_off: float) -> None:
        """Takes what scores best and says something else, until the budget is used up."""
        for at in pick(scores, self.related, self.may_take, trade_off=trade_off, taken=tuple(self._taken)):
            self.take(at)

    def take_one_of(self, section: range, scores: Vector, trade_off: float) -> None:
        """Takes the best of the candidates in *section*, unless one of them is taken already."""
        if any(at in section for at in self._taken):
            return
        best = pick(
            scores,
            self.related,
            lambda at: at in section and self.may_take(at),
            trade_off=trade_off,
            taken=tuple(self._taken),
        )
        if (at := next(best, None)) is not None:
            self.take(at)

    @property
    def taken(self) -> list[Unit]:
        """What was taken, in the article's order."""
        return [self.candidates[at] for at in sorted(self._taken)]


def len_of(unit: Unit) -> int:
    """In characters."""
    return unit.span.end - unit.span.start
