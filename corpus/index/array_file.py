"""Named arrays <-> one file, mapped when read, with a checksum for each 64 KiB of it.

A file is written beside its place, synced, and then takes it, so that it is there whole or not at
all. A library of a million passages is mapped in milliseconds, and its blocks are checked when they
are first needed: nothing that a bad disk has changed is ever believed.
"""

from __future__ import annotations

import json
import mmap
import os
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

FORMAT = 1
"""Raised whenever older files can no longer be read."""

_MAGIC = b"FootIdx\n"
_HEADER = 4096
_BLOCK = 1 << 16
_ALIGNMENT = 64
_PARTIAL = ".part"


class SnapshotDamaged(Exception):  # never shown to a person
    """A file of the index is not what was written, or not of this version; it is to be made anew."""


class ArrayWriter:
    """Writes one file. Raises `OSError` when the disk is full or may not be written to."""

    def __init__(self, path: Path, layout: Mapping[str, tuple[Any, int]]) -> None:
        """*layout*: each array's name, type and length."""
        self._path = path
        self._partial = path.with_name(path.name + _PARTIAL)
        self._layout: dict[str, tuple[int, str, int]] = {}
        end = _HEADER
        for name, (kind, length) in layout.items():
            dtype = np.dtype(kind).newbyteorder("<")
            self._layout[name] = (end, dtype.str, length)
            end = _aligned(end + dtype.itemsize * length)
        self._end = end
        self._file: BinaryIO = self._partial.open("w+b")
        self._file.truncate(end)

    def put(self, name: str, at: int, values: NDArray[Any]) -> None:
        """Writes *values* into the array *name* from its index *at*."""
        offset, kind, _ = self._layout[name]
        dtype = np.dtype(kind)
        self._file.seek(offset + at * dtype.itemsize)
        self._file.write(np.ascontiguousarray(values, dtype).data.cast("B"))

    def finish(self, facts: Mapping[str, Any]) -> None:
        """Puts the file into its place, with *facts* that JSON can hold."""
        sums = np.array(self._checksums(), "<u4").tobytes()
        described = {"format": FORMAT, "facts": facts, "arrays": self._layout, "end": self._end}
        text = json.dumps(described | {"sums": zlib.crc32(sums)}).encode()
        header = _MAGIC + len(text).to_bytes(4, "little") + zlib.crc32(text).to_bytes(4, "little") + text
        if len(header) > _HEADER:
            raise ValueError(f"{len(header)} bytes of header are too many")
        self._file.seek(self._end)
        self._file.write(sums)
        self._file.seek(0)
        self._file.write(header)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._partial.replace(self._path)
        sync_folder(self._path.parent)

    def abandon(self) -> None:
        """Leaves nothing behind."""
        self._file.close()
        self._partial.unlink(missing_ok=True)

    def _checksums(self) -> list[int]:
        self._file.flush()
        self._file.seek(_HEADER)
        return [
            zlib.crc32(self._file.read(min(_BLOCK, self._end - start)))
            for start in range(_HEADER, self._end, _BLOCK)
        ]


class ArrayFile:
    """One file as it was read: what is not checked must not be believed."""

    def __init__(
        self,
        name: str,
        facts: Mapping[str, Any],
        layout: Mapping[str, Any],
        mapped: NDArray[np.uint8],
        end: int,
    ) -> None:
        self.name = name
        self.facts = facts
        self._layout = layout
        self._spans = {
            name: (offset, np.dtype(kind).itemsize, length) for name, (offset, kind, length) in layout.items()
        }
        self._mapped = mapped
        self._end = end
        self._sums = mapped[end:].view("<u4")
        self._is_checked = bytearray(len(self._sums))

    @classmethod
    def open(cls, path: Path) -> Self:
        """Maps *path*. Raises `SnapshotDamaged` when it is not there or cannot be what was written."""
        try:
            with path.open("rb") as file:
                mapped = np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), np.uint8)
            head = mapped[:_HEADER].tobytes()
            length = int.from_bytes(head[8:12], "little")
            text = head[16 : 16 + length]
            if head[:8] != _MAGIC or int.from_bytes(head[12:16], "little") != zlib.crc32(text):
                raise SnapshotDamaged(f"{path.name} has no header")
            header = json.loads(text)
            if header["format"] != FORMAT:
                raise SnapshotDamaged(f"{path.name} has the format {header['format']}")
            end = header["end"]
            if (
                len(mapped) != end + 4 * -(-(end - _HEADER) // _BLOCK)
                or zlib.crc32(mapped[end:].data) != header["sums"]
            ):
                raise SnapshotDamaged(f"{path.name} has lost its end")
            return cls(path.name, header["facts"], header["arrays"], mapped, end)
        except (OSError, ValueError) as error:
            raise SnapshotDamaged(f"{path.name} cannot be read: {error}") from error

    def array(self, name: str) -> NDArray[Any]:
        """The array *name*, not checked."""
        offset, kind, length = self._layout[name]
        dtype = np.dtype(kind)
        return self._mapped[offset : offset + dtype.itemsize * length].view(dtype)

    def check(self, name: str, start: int = 0, end: int | None = None) -> None:
        """Raises `SnapshotDamaged` unless the array *name*, or this slice of it, is as it was written."""
        offset, size, length = self._spans[name]
        first = (offset + start * size - _HEADER) // _BLOCK
        last = -(-(offset + (length if end is None else end) * size - _HEADER) // _BLOCK)
        if self._is_checked.find(0, first, last) < 0:
            return
        for block in range(first, last):
            at = _HEADER + block * _BLOCK
            if zlib.crc32(self._mapped[at : min(at + _BLOCK, self._end)].data) != self._sums[block]:
                raise SnapshotDamaged(f"{self.name}: {name} is not what was written")
        self._is_checked[first:last] = b"\1" * (last - first)


def sync_folder(folder: Path) -> None:
    """Makes sure that what was renamed into *folder* is there after a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGNMENT) * _ALIGNMENT
