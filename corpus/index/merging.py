"""Neighbouring parts of the index -> one segment, without the passages that are gone.

It goes through the terms a million postings at a time, so it needs little memory whatever it
merges, and can be told to stop between two steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from corpus.index.segment import Segment, without_gaps
from corpus.index.tail import Tail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from corpus.index.formula import Formula
    from corpus.index.part import Frozen

GROWTH = 3
"""A part is merged with those after it when it is not this many times as large as they are together."""
_MOST_DEAD = 4
"""A part with one passage in so many gone is written anew without them."""
_POSTINGS_AT_ONCE = 1 << 20


class Sink(Protocol):
    """Where a merge writes to: `put` for each piece of each array of the layout, then `finish`."""

    def begin(self, layout: Mapping[str, tuple[Any, int]]) -> None: ...
    def put(self, name: str, at: int, values: NDArray[Any]) -> None: ...
    def finish(self, mean_length: float) -> Segment: ...


class InMemory:
    """The sink that keeps the arrays."""

    def __init__(self) -> None:
        self._arrays: dict[str, NDArray[Any]] = {}

    def begin(self, layout: Mapping[str, tuple[Any, int]]) -> None:
        self._arrays = {name: np.empty(length, kind) for name, (kind, length) in layout.items()}

    def put(self, name: str, at: int, values: NDArray[Any]) -> None:
        self._arrays[name][at : at + len(values)] = values

    def finish(self, mean_length: float) -> Segment:
        return Segment(mean_length=mean_length, file=None, **self._arrays)


def run_to_merge(parts: Sequence[Frozen], growth: float = GROWTH) -> slice | None:
    """Which neighbouring parts should become one segment; None when they are well as they are."""
    live = [int(np.count_nonzero(part.is_live)) for part in parts]
    first, total = len(parts), 0
    while first and (
        first == len(parts) or live[first - 1] < growth * total or isinstance(parts[first - 1].source, Tail)
    ):
        first -= 1
        total += live[first]
    if first < len(parts) and (len(parts) - first > 1 or isinstance(parts[first].source, Tail)):
        return slice(first, len(parts))
    for index, part in enumerate(parts):
        if live[index] * _MOST_DEAD < part.source.n_passages * (_MOST_DEAD - 1):
            return slice(index, index + 1)
    return None


class _Input(NamedTuple):
    """One of the parts that are merged."""

    segment: Segment
    is_live: NDArray[np.bool_] | None
    """None when all passages are."""
    new_place: NDArray[np.int32] | None
    """Of each live passage; None when all are, and only `base` is added."""
    base: int
    rows: NDArray[np.int64]
    """Where its terms stand among all terms."""

    def taken(self, start: int, end: int) -> tuple[NDArray[np.int32], NDArray[Any], NDArray[np.bool_] | None]:
        """The new places and frequencies of its live postings from *start* to *end*; which these are."""
        places, frequencies, _ = self.segment.postings(start, end)
        if self.is_live is None or self.new_place is None:
            return places + np.int32(self.base), frequencies, None
        kept = self.is_live[places]
        return self.new_place[places[kept]], frequencies[kept], kept


def merge(
    parts: Sequence[Frozen],
    formula: Formula,
    mean_length: float,
    sink: Sink,
    step: Callable[[], None] = lambda: None,
) -> Segment:
    """The live passages of *parts* as one segment, its codes made with *mean_length*.

    *step* is called every few milliseconds, and stops the merge by raising. Raises
    `SnapshotDamaged` when a part comes from a file that is not what was written.
    """
    segments = [part.source if isinstance(part.source, Segment) else _settled(part.source) for part in parts]
    for segment in segments:
        if segment.file:
            segment.file.check("word_sizes")
            segment.file.check("word_bytes")
    keys = np.unique(np.concatenate([segment.keys for segment in segments]))
    inputs = list(_inputs(segments, parts, keys))
    counts = _counts(inputs, len(keys), step)
    is_held = counts > 0
    starts = _starts(counts)
    lengths = np.concatenate([part.source.lengths[part.is_live] for part in parts])
    numbers = without_gaps(np.concatenate([part.source.numbers[part.is_live] for part in parts]))
    word_at, sizes = _words(inputs, len(keys))
    word_starts = _starts(sizes[is_held])
    kind = np.result_type(*(segment.frequencies.dtype for segment in segments))
    sink.begin(
        {
            "keys": (np.uint64, int(is_held.sum())),
            "starts": (np.int64, int(is_held.sum()) + 1),
            "word_sizes": (np.uint32, int(is_held.sum())),
            "passage_lengths": (np.int32, len(lengths)),
            "passage_numbers": (np.int64, len(numbers)),
            "places": (np.int32, int(starts[-1])),
            "frequencies": (kind, int(starts[-1])),
            "codes": (np.uint8, int(starts[-1])),
            "word_bytes": (np.uint8, int(word_starts[-1])),
        }
    )
    sink.put("keys", 0, keys[is_held])
    sink.put("starts", 0, np.append(starts[:-1][is_held], starts[-1]))
    sink.put("word_sizes", 0, sizes[is_held])
    sink.put("passage_lengths", 0, lengths)
    sink.put("passage_numbers", 0, numbers)
    _put_words(sink, inputs, word_at, is_held, word_starts, step)
    for first, last in _chunks(starts):
        step()
        places = np.empty(starts[last] - starts[first], np.int32)
        frequencies = np.empty(len(places), kind)
        _gather(inputs, first, last, starts, places, frequencies)
        sink.put("places", int(starts[first]), places)
        sink.put("frequencies", int(starts[first]), frequencies)
        sink.put("codes", int(starts[first]), formula.codes(frequencies, lengths[places], mean_length))
    return sink.finish(mean_length)


def _settled(source: object) -> Segment:
    if not isinstance(source, Tail):
        raise TypeError(f"{source!r} cannot be merged")
    return source.settled()


def _inputs(
    segments: Sequence[Segment], parts: Sequence[Frozen], keys: NDArray[np.uint64]
) -> Iterator[_Input]:
    base = 0
    for segment, part in zip(segments, parts, strict=True):
        rows = keys.searchsorted(segment.keys)
        n_live = int(np.count_nonzero(part.is_live))
        if n_live == segment.n_passages:
            yield _Input(segment, None, None, base, rows)
        else:
            new_place = (np.cumsum(part.is_live) - 1 + base).astype(np.int32)
            yield _Input(segment, part.is_live, new_place, base, rows)
        base += n_live


def _counts(inputs: Sequence[_Input], n_terms: int, step: Callable[[], None]) -> NDArray[np.int64]:
    """How many live postings each term has over all inputs."""
    counts = np.zeros(n_terms, np.int64)
    for one in inputs:
        counts[one.rows] += _live_sizes(one, step)
    return counts


def _live_sizes(one: _Input, step: Callable[[], None]) -> NDArray[np.int64]:
    starts = one.segment.starts
    if one.is_live is None:
        return np.diff(starts)
    sizes = np.zeros(len(starts) - 1, np.int64)
    for first, last in _chunks(starts):
        step()
        places = one.segment.postings(int(starts[first]), int(starts[last])).places
        before = np.concatenate(([0], np.cumsum(one.is_live[places])))
        cuts = starts[first : last + 1] - starts[first]
        sizes[first:last] = before[cuts[1:]] - before[cuts[:-1]]
    return sizes


def _chunks(starts: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Runs of terms with about a million postings each; a term with more is alone."""
    first, n_terms = 0, len(starts) - 1
    while first < n_terms:
        last = int(starts.searchsorted(starts[first] + _POSTINGS_AT_ONCE, "right")) - 1
        last = min(max(last, first + 1), n_terms)
        yield first, last
        first = last


def _gather(
    inputs: Sequence[_Input],
    first: int,
    last: int,
    starts: NDArray[np.int64],
    places: NDArray[np.int32],
    frequencies: NDArray[Any],
) -> None:
    """Fills in the postings of the terms *first* to *last*; inputs in order, so places ascend in a term."""
    free = starts[first:last] - starts[first]
    for one in inputs:
        low, high = one.rows.searchsorted((first, last)).tolist()
        if low == high:
            continue
        begin, end = int(one.segment.starts[low]), int(one.segment.starts[high])
        new_places, found, kept = one.taken(begin, end)
        cuts = one.segment.starts[low : high + 1] - begin
        if kept is not None:
            cuts = np.concatenate(([0], np.cumsum(kept)))[cuts]
        sizes = np.diff(cuts)
        rows = one.rows[low:high] - first
        target = np.repeat(free[rows] - cuts[:-1], sizes)
        target += np.arange(len(new_places))
        places[target] = new_places
        frequencies[target] = found
        free[rows] += sizes


def _words(inputs: Sequence[_Input], n_terms: int) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Which input each term's word is taken from, and its size in bytes."""
    source = np.full(n_terms, -1, np.int32)
    sizes = np.zeros(n_terms, np.int64)
    for index, one in enumerate(inputs):
        is_first = source[one.rows] < 0
        source[one.rows[is_first]] = index
        sizes[one.rows[is_first]] = one.segment.word_sizes[is_first]
    return source, sizes


def _put_words(
    sink: Sink,
    inputs: Sequence[_Input],
    source: NDArray[np.int32],
    is_held: NDArray[np.bool_],
    word_starts: NDArray[np.int64],
    step: Callable[[], None],
) -> None:
    new_row = np.cumsum(is_held) - 1
    words = np.empty(int(word_starts[-1]), np.uint8)
    for index, one in enumerate(inputs):
        from_starts = _starts(one.segment.word_sizes)
        taken = np.flatnonzero((source[one.rows] == index) & is_held[one.rows])
        for low in range(0, len(taken), _POSTINGS_AT_ONCE // 8):
            step()
            some = taken[low : low + _POSTINGS_AT_ONCE // 8]
            begins = from_starts[some]
            sizes = from_starts[some + 1] - begins
            before = np.cumsum(sizes) - sizes
            run = np.arange(int(sizes.sum()))
            to = np.repeat(word_starts[new_row[one.rows[some]]] - before, sizes) + run
            words[to] = one.segment.word_bytes[np.repeat(begins - before, sizes) + run]
    sink.put("word_bytes", 0, words)


def _starts(sizes: NDArray[Any]) -> NDArray[np.int64]:
    starts = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts
