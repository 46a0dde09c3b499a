"""A body as it was sent, packed or not -> its bytes, a small piece at a time, however far it expands."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ACCEPTED = "gzip, deflate"
"""What a request asks for: all that can be unpacked here with the standard library, in bounded memory."""

_PIECE_BYTES = 65_536
_MOST_PARTS = 100
"""Files of gzip may follow one another, and a body of nothing but their heads would take long."""
_NONE = {"", "identity"}
_GZIP = {"gzip", "x-gzip"}
_GZIP_MAGIC = b"\x1f\x8b"
_WITH_GZIP_HEADER, _WITH_ZLIB_HEADER, _WITHOUT_HEADER = 31, 15, -15


class Unpackable(Exception):
    """The body is packed in a way that was not asked for, or is damaged; the sentence completes “it is …”."""


class Inflated:
    """Unpacks what `feed` is given; `is_whole` tells at the end whether something is missing."""

    def __init__(self, encodings: Iterable[str]) -> None:
        """*encodings* are the Content-Encoding headers. Raises `Unpackable` for more than one, or another."""
        named = [name.strip().lower() for header in encodings for name in header.split(",")]
        packed = [name for name in named if name not in _NONE]
        if len(packed) > 1:
            raise Unpackable("it is packed several times over")
        self._kind = packed[0] if packed else None
        if self._kind not in {None, "deflate", *_GZIP}:
            raise Unpackable("it is packed in a way that was not asked for")
        self._stream: zlib._Decompress | None = None
        self._head = b""
        self._n_parts = 1

    @property
    def is_whole(self) -> bool:
        """Whether the end of what was packed has been reached."""
        return self._kind is None or (self._stream is not None and self._stream.eof)

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """The bytes that *chunk* continues with, in pieces of 64 KiB at most. Raises `Unpackable`."""
        if self._kind is None:
            yield from (chunk[start : start + _PIECE_BYTES] for start in range(0, len(chunk), _PIECE_BYTES))
            return
        if self._stream is None:
            chunk = self._head + chunk
            if len(chunk) < 2:  # a header has two bytes, and may come one by one
                self._head = chunk
                return
            self._stream = zlib.decompressobj(self._window(chunk))
        try:
            yield from self._unpacked(chunk)
        except zlib.error:
            raise Unpackable("it is damaged") from None

    def _unpacked(self, waiting: bytes) -> Iterator[bytes]:
        while self._stream is not None and waiting:
            if self._stream.eof:
                if self._kind not in _GZIP or not waiting.startswith(_GZIP_MAGIC):
                    return  # what stands behind the end is no part of it, and browsers drop it too
                self._n_parts += 1
                if self._n_parts > _MOST_PARTS:
                    raise Unpackable("it is packed in too many parts")
                self._stream = zlib.decompressobj(_WITH_GZIP_HEADER)
            yield self._stream.decompress(waiting, _PIECE_BYTES)
            waiting = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail

    def _window(self, head: bytes) -> int:
        if self._kind in _GZIP:
            return _WITH_GZIP_HEADER
        # “deflate” means zlib's format, but some servers send the bare stream (RFC 9110, 8.4.1.2).
        is_zlib = head[0] & 0x0F == 8 and int.from_bytes(head[:2]) % 31 == 0
        return _WITH_ZLIB_HEADER if is_zlib else _WITHOUT_HEADER
