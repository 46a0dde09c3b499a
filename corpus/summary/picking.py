"""Scores and how alike things are -> the few that say the most without saying it twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from corpus.summary.relatedness import Matrix, Vector

ALIKE = 0.7
"""What says so much of one that is shown, or the other way round, is not shown."""


def pick(
    scores: Vector,
    related: Matrix,
    may_take: Callable[[int], bool],
    *,
    trade_off: float,
    taken: Iterable[int] = (),
) -> Iterator[int]:
    """Places by maximal marginal relevance (Carbonell & Goldstein 1998), until none may be taken.

    *trade_off* is the share of the score; the rest is that of likeness to what was *taken* before.
    *may_take* is asked anew before each pick. Among equals the first is picked.
    """
    likeness = np.maximum(related, related.T)
    nearest = np.zeros(len(scores), np.float32)
    is_free = np.ones(len(scores), np.bool_)
    for place in taken:
        is_free[place] = False
        nearest = np.maximum(nearest, likeness[place])
    while True:
        worth = trade_off * scores - (1 - trade_off) * nearest
        free = (is_free & (nearest < ALIKE))[order := np.argsort(-worth, kind="stable")]
        best = next((at for at in order[free].tolist() if may_take(at)), None)
        if best is None:
            return
        yield best
        is_free[best] = False
        nearest = np.maximum(nearest, likeness[best])
