"""The index <-> its folder: a file for each segment, and one that says which segments are the index.

The last is written when all others are there, and takes its place at once: a process that is killed
leaves the index before it or the one after it. Segments never change, so what is there is not
written again. Whatever is missing, damaged, of another library or of a later version raises
`SnapshotDamaged`: the store is the truth, and the index is made anew from it.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from filelock import FileLock

from corpus.index.array_file import ArrayFile, ArrayWriter, SnapshotDamaged
from corpus.index.merging import merge
from corpus.index.part import Frozen, Part
from corpus.index.segment import Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from corpus.index.formula import Formula

FOLDER = "index"
_CURRENT = "current"
_LOCK = ".lock"
_SEGMENT = ".segment"
_ARRAYS = (
    "keys", "starts", "places", "frequencies", "codes", "passage_lengths", "passage_numbers", "word_sizes",
    "word_bytes",
)  # fmt: skip
_CHECKED_WHEN_OPENED = ("keys", "starts", "passage_lengths", "passage_numbers")
"""What every question reads anywhere; a 20th of the file. Postings are checked as they are read."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Up to where in the store's history an index goes."""

    library_id: str
    commit: str
    """The token of the last commit it has seen: a store without it has gone another way since."""
    last_passage: int
    last_removal: int


class SegmentSink:
    """Writes one segment of an index in *folder*, and gives it back mapped."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"{secrets.token_hex(8)}{_SEGMENT}"
        self._writer: ArrayWriter | None = None

    def begin(self, layout: Mapping[str, tuple[Any, int]]) -> None:
        self._writer = ArrayWriter(self._path, layout)

    def put(self, name: str, at: int, values: NDArray[Any]) -> None:
        if self._writer:
            self._writer.put(name, at, values)

    def finish(self, mean_length: float) -> Segment:
        if self._writer:
            self._writer.finish({"mean_length": mean_length})
        return _segment(self._path)

    def abandon(self) -> None:
        """Leaves nothing behind of a segment that is not finished."""
        if self._writer:
            self._writer.abandon()


def written(
    parts: Sequence[Frozen], formula: Formula, mean_length: float, folder: Path, step: Callable[[], None]
) -> Segment:
    """*parts* merged into one segment in *folder*. Raises `OSError` when it cannot be written."""
    sink = SegmentSink(folder)
    try:
        return merge(parts, formula, mean_length, sink, step)
    except BaseException:
        sink.abandon()
        raise


def save(folder: Path, parts: Sequence[Frozen], formula: Formula, marks: Marks) -> None:
    """Makes *parts*, segments that are in *folder*, the index as it will be opened; files of no use go."""
    segments = [part.source for part in parts]
    names = [segment.file.name for segment in segments if isinstance(segment, Segment) and segment.file]
    if len(names) < len(parts):
        raise ValueError("only segments in files can be saved")
    masks = {f"live_{index}": np.packbits(part.is_live) for index, part in enumerate(parts)}
    writer = ArrayWriter(folder / _CURRENT, {name: (np.uint8, len(mask)) for name, mask in masks.items()})
    try:
        for name, mask in masks.items():
            writer.put(name, 0, mask)
        writer.finish({"marks": asdict(marks), "formula": [formula.k1, formula.b], "segments": names})
    except BaseException:
        writer.abandon()
        raise
    for file in folder.iterdir():
        if file.name not in {*names, _CURRENT, _LOCK}:
            file.unlink(missing_ok=True)


def lock(folder: Path) -> FileLock:
    """What a process holds while it writes to the index in *folder*."""
    return FileLock(folder / _LOCK, timeout=0)


def is_in(folder: Path, part: Frozen) -> bool:
    """Whether *part* is a segment whose file another process would find in *folder*."""
    source = part.source
    return isinstance(source, Segment) and source.file is not None and (folder / source.file.name).exists()


def load(folder: Path, formula: Formula) -> tuple[list[Part], Marks]:
    """The parts of the index in *folder*, and up to where it goes. Raises `SnapshotDamaged`."""
    current = ArrayFile.open(folder / _CURRENT)
    while True:
        try:
            return _loaded(folder, formula, current)
        except SnapshotDamaged:
            # Another process may just have put other segments in the place of these.
            previous, current = current, ArrayFile.open(folder / _CURRENT)
            if current.facts == previous.facts:
                raise


def marks(folder: Path) -> Marks:
    """Up to where the index in *folder* goes, by its own word. Raises `SnapshotDamaged`."""
    try:
        return Marks(**ArrayFile.open(folder / _CURRENT).facts["marks"])
    except (KeyError, TypeError) as error:
        raise SnapshotDamaged(f"it does not say what it should: {error!r}") from error


def _loaded(folder: Path, formula: Formula, current: ArrayFile) -> tuple[list[Part], Marks]:
    try:
        facts = current.facts
        if facts["formula"] != [formula.k1, formula.b]:
            raise SnapshotDamaged("it was made for another k1 or b")
        marks = Marks(**facts["marks"])
        parts = []
        for index, name in enumerate(facts["segments"]):
            segment = _segment(folder / name)
            current.check(f"live_{index}")
            live = np.unpackbits(current.array(f"live_{index}"), count=segment.n_passages).astype(np.bool_)
            parts.append(Part(segment, live))
    except (KeyError, TypeError, ValueError) as error:
        raise SnapshotDamaged(f"it does not say what it should: {error!r}") from error
    return parts, marks


def discard(folder: Path) -> None:
    """Takes away what would be opened. Raises nothing: what cannot be taken away cannot be read either."""
    try:
        (folder / _CURRENT).unlink(missing_ok=True)
    except OSError:
        return


def _segment(path: Path) -> Segment:
    file = ArrayFile.open(path)
    for name in _CHECKED_WHEN_OPENED:
        file.check(name)
    try:
        return Segment(
            **{name: file.array(name) for name in _ARRAYS},
            mean_length=float(file.facts["mean_length"]),
            file=file,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SnapshotDamaged(f"{path.name} does not say what it should: {error!r}") from error
