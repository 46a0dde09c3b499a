"""BM25's term-frequency part: what it is divided by, and what it can be at most, in one byte.

With g(f, L, a) = f / (f + k1 (1 - b) + k1 b L / a), a passage of length L scores (k1 + 1) idf g for
a term that stands f times in it while the mean length is a. A code is g rounded up to 1/255.

The mean length drifts as passages come and go, and codes are not made anew. They need not be: for
a = r a', r >= 1, the divisor shrinks at most r times, as f >= f / r, so g(f, L, a) <= r g(f, L, a');
for a < a' it grows, and g falls. Old codes times max(1, a / a') are still bounds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

_MORE_THAN_FLOAT32_LOSES = 1 + 1e-6


@dataclass(frozen=True, slots=True)
class Formula:
    """BM25 with its two constants."""

    k1: float
    b: float

    def norms(self, lengths: NDArray[np.int32], mean_length: float) -> NDArray[np.float64]:
        """What is added to a term's frequency below the line, by BM25Okapi's own steps."""
        return (self.k1 * (1 - self.b + self.b * lengths / mean_length)).astype(np.float64, copy=False)

    def codes(
        self, frequencies: NDArray[Any], lengths: NDArray[np.int32], mean_length: float
    ) -> NDArray[np.uint8]:
        """The term-frequency part of each posting over k1 + 1, rounded up to 1/255: 1 to 255."""
        found = frequencies.astype(np.float32)
        below = found + np.float32(self.k1 * (1 - self.b))
        below += np.float32(self.k1 * self.b / mean_length) * lengths.astype(np.float32)
        found /= below
        found *= np.float32(255 * _MORE_THAN_FLOAT32_LOSES)
        return np.minimum(np.ceil(found), 255).astype(np.uint8)

    def code(self, frequency: int, length: int, mean_length: float) -> int:
        """The same for one posting."""
        below = frequency + self.k1 * (1 - self.b) + self.k1 * self.b / mean_length * length
        return min(255, math.ceil(frequency / below * 255 * _MORE_THAN_FLOAT32_LOSES))
