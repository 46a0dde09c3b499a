"""A zipped file from outside -> the parts in it, none of which can unpack to more than it may."""

from __future__ import annotations

import io
import lzma
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote

from corpus.errors import Damaged, Encrypted, TooManyMembers, UnpacksTooLarge, ZipBomb
from corpus.reading.limits import (
    MOST_MARKUP_BYTES,
    MOST_MEMBERS,
    MOST_RATIO,
    MOST_UNPACKED_BYTES,
    RATIO_COUNTS_FROM_BYTES,
)

if TYPE_CHECKING:
    from types import TracebackType

_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""What Word and EPUB files may use, and what Python's module can unpack bit by bit."""
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError,
    OverflowError, NotImplementedError, IndexError,
)  # fmt: skip
"""What Python's module raises over bytes that are no whole ZIP file, or packed in a way it does not know."""


def names(data: bytes) -> frozenset[str]:
    """The names in the directory of a ZIP file; none where it has no directory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            return frozenset(opened.namelist())
    except _UNREADABLE:
        return frozenset()


class Archive:
    """The parts of a ZIP file by name. Nothing is written, and no name is taken for a path outside it."""

    def __init__(self, data: bytes, name: str, kind: str) -> None:
        """*name* and *kind* are for the errors.

        Raises `Damaged`, `Encrypted`, `TooManyMembers`, `UnpacksTooLarge` or `ZipBomb`.
        """
        self._name, self._kind = name, kind
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _UNREADABLE as error:
            raise Damaged(name, kind) from error
        self._infos = {info.filename: info for info in self._zip.infolist()}
        try:
            self._refuse_bombs()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, part: str) -> bool:
        return part in self._infos

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts, in the order of the file's directory."""
        return tuple(self._infos)

    def read(self, part: str) -> bytes:
        """What is in *part*, never more than its directory promises. Raises `Damaged`, or KeyError."""
        info = self._infos[part]
        if info.file_size > MOST_MARKUP_BYTES:
            raise UnpacksTooLarge(self._name, MOST_MARKUP_BYTES)
        if info.compress_type not in _METHODS:
            raise Damaged(self._name, self._kind)
        try:
            with self._zip.open(info) as opened:
                # With a number it stops there; without one it first unpacks all, whatever was promised.
                return opened.read(info.file_size + 1)
        except _UNREADABLE as error:
            raise Damaged(self._name, self._kind) from error

    def find(self, reference: str, beside: str = "") -> str | None:
        """The part that *reference* in the part *beside* means; None where there is none.

        However a path climbs, it ends at a part of this file or nowhere.
        """
        path = unquote(reference.split("#")[0].split("?")[0])
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(beside), path)).lstrip("/")
        return whole if whole in self._infos else None

    def _refuse_bombs(self) -> None:
        """Judged by what the directory promises: `read` takes no more than that."""
        infos = self._zip.infolist()
        if len(infos) > MOST_MEMBERS:
            raise TooManyMembers(self._name, len(infos), MOST_MEMBERS)
        if sum(info.file_size for info in infos) > MOST_UNPACKED_BYTES:
            raise UnpacksTooLarge(self._name, MOST_UNPACKED_BYTES)
        for info in infos:
            if info.file_size > max(RATIO_COUNTS_FROM_BYTES, MOST_RATIO * info.compress_size):
                raise ZipBomb(self._name, info.file_size, info.compress_size)
            if info.flag_bits & _ENCRYPTED:
                raise Encrypted(self._name, self._kind)
