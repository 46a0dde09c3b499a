"""A web server on loopback that does what no web server should, and remembers what it was asked."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp.abc import AbstractResolver, ResolveResult

Send = Callable[[bytes], Awaitable[None]]
Behaviour = Callable[[Send], Awaitable[None]]

LOOPBACK = "127.0.0.1"
TLS_HELLO = b"\x16"
PAGE = b"<!doctype html><title>The harbour</title><p>The harbour was closed because of a storm.</p>"


def answer(
    body: bytes = PAGE, *headers: str, status: str = "200 OK", length: int | str | None = -1
) -> Behaviour:
    """One answer. *length* is announced in place of the body's own; None announces nothing."""

    async def send_all(send: Send) -> None:
        await send(head(*headers, status=status, length=len(body) if length == -1 else length))
        await send(body)

    return send_all


def head(*headers: str, status: str = "200 OK", length: int | str | None = None) -> bytes:
    announced = [] if length is None else [f"Content-Length: {length}"]
    return "\r\n".join([f"HTTP/1.1 {status}", "Connection: close", *announced, *headers, "", ""]).encode()


def redirect(*locations: str, status: str = "302 Found") -> Behaviour:
    return answer(b"", *(f"Location: {location}" for location in locations), status=status)


def raw(*pieces: bytes, pause_s: float = 0.0) -> Behaviour:
    """Exactly these bytes, one piece after another."""

    async def send_all(send: Send) -> None:
        for number, piece in enumerate(pieces):
            await asyncio.sleep(pause_s if number else 0)
            await send(piece)

    return send_all


def endless(start: bytes, piece: bytes, pause_s: float = 0.0) -> Behaviour:
    """*start*, and *piece* for as long as anybody listens."""

    async def send_on(send: Send) -> None:
        await send(start)
        while True:
            await send(piece)
            await asyncio.sleep(pause_s)

    return send_on


def silence() -> Behaviour:
    """Takes the question and never answers."""

    async def wait(_: Send) -> None:
        await asyncio.sleep(60)

    return wait


def bomb(window: int, n_megabytes: int = 200) -> Iterable[bytes]:
    """Zeros, packed: *window* 31 for gzip, 15 for zlib, -15 for bare deflate. Made without unpacking them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    first = packer.compress(bytes(1_048_576)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(1_048_576)) + packer.flush(zlib.Z_FULL_FLUSH)
    yield first
    for _ in range(n_megabytes - 1):
        yield again


@dataclass
class HostileServer:
    """Answers each path as `behaviours` says, whatever the method."""

    port: int
    scheme: str = "http"
    behaviours: dict[str, Behaviour] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """Every request that came, with its headers."""
    n_open: int = 0
    most_open: int = 0
    """How many requests were being answered at the same moment."""

    def at(self, path: str, behaviour: Behaviour, host: str = LOOPBACK) -> str:
        """The link at which *behaviour* is shown."""
        self.behaviours[path] = behaviour
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [request.split(" ")[1] for request in self.asked]

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def send(piece: bytes) -> None:
            writer.write(piece)
            await writer.drain()

        self.n_open += 1
        self.most_open = max(self.most_open, self.n_open)
        try:
            first = await reader.readexactly(1)
            if first == TLS_HELLO:  # encrypted, where nothing is
                await send(head(status="400 Bad Request"))
                return
            request = (first + await reader.readuntil(b"\r\n\r\n")).decode()
            self.asked.append(request)
            await self.behaviours[request.split(" ")[1]](send)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # whoever asked has enough of it
        finally:
            self.n_open -= 1
            writer.close()
            with contextlib.suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()


@asynccontextmanager
async def serving(tls: ssl.SSLContext | None = None) -> AsyncIterator[HostileServer]:
    """A hostile server at a free port of loopback, for as long as the block runs."""
    talking: set[asyncio.Task[None]] = set()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(hostile.talk(reader, writer))
        talking.add(task)
        task.add_done_callback(talking.discard)

    server = await asyncio.start_server(connected, LOOPBACK, 0, ssl=tls)
    hostile = HostileServer(server.sockets[0].getsockname()[1], "https" if tls else "http")
    try:
        yield hostile
    finally:
        server.close()
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)


class Names(AbstractResolver):
    """A name server of our own: each look-up of a name gets the next of its answers, the last for ever."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self._answers = {name.replace("_", "."): list(lists) for name, lists in answers.items()}
        self.asked: list[str] = []

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002  # aiohttp's signature
    ) -> list[ResolveResult]:
        self.asked.append(host)
        if host not in self._answers:
            raise OSError(socket.EAI_NONAME, "Name or service not known")
        known = self._answers[host]
        found = known.pop(0) if len(known) > 1 else known[0]
        return [
            ResolveResult(
                hostname=host,
                host=ip,
                port=port,
                family=socket.AF_INET6 if ":" in ip else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for ip in found
        ]

    async def close(self) -> None:
        pass
