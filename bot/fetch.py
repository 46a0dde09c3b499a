"""A link -> the bytes behind it, for both faces.

A link that somebody typed may lead anywhere, and so may every redirect and every answer of the DNS.
One policy (`corpus.reading.address`) judges the address of every hop, all answers of the resolver,
and the socket about to be dialled. Time, bytes, headers and redirects have limits; cookies, proxies
and credentials play no part.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from typing import TYPE_CHECKING, Self
from weakref import WeakValueDictionary

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.errors import (
    BadAnswer,
    FetchError,
    PageTooLarge,
    RedirectRefused,
    SiteBusy,
    SiteRefused,
    SiteTooSlow,
    SiteUnreachable,
)
from bot.inflate import ACCEPTED, Inflated, Unpackable
from corpus.article import Origin
from corpus.errors import LinkRefused
from corpus.reading import address

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from importlib.metadata import PackageMetadata
    from types import TracebackType

    from aiohttp import AddrInfoType, ClientResponse

    from bot.settings import Settings
    from corpus.reading.address import Address, Allowed

log = logging.getLogger(__name__)

_PACKAGE = "footnote-bot"
_REDIRECTS = {301, 302, 303, 307, 308}
_PAGES = {200, 203}
_NOT_MODIFIED = 304
_LINE_BYTES = 32_768
"""Of the first line and of each header; sites that guard their pages well send some of 10 KB."""
_MOST_HEADERS = 128
_LONGEST_VALIDATOR = 256
_ACCEPT = "text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one link may cost."""

    total_s: float = 25.0
    """From the first look-up to the last byte; waiting for one's turn is not counted."""
    connect_s: float = 10.0
    turn_s: float = 60.0
    body_bytes: int = 8 * 1024 * 1024
    """As it was sent, and unpacked."""
    redirects: int = 5
    at_once: int = 8


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a link led to: its bytes, whatever they are said to be, and where they were found."""

    data: bytes
    origin: Origin
    charset: str | None = None
    """What the server calls their encoding; it may be anything."""


class Fetcher:
    """Opens links, one at a time of each site. Belongs to the event loop that first fetches with it."""

    def __init__(
        self,
        user_agent: str,
        allowed: Allowed = address.NOTHING,
        *,
        limits: Limits | None = None,
        resolver: AbstractResolver | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """*allowed* opens an operator's own network; *resolver* and *tls* take the place of the system's."""
        self._user_agent = user_agent
        self._allowed = allowed
        self._limits = limits or Limits()
        self._resolver = resolver
        self._tls = tls
        self._session: aiohttp.ClientSession | None = None
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._places = asyncio.Semaphore(self._limits.at_once)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def fetch(self, link: str, known: Origin | None = None) -> Fetched | None:
        """What *link* leads to, after 5 redirects at most.

        None when *known* is where it was fetched before, and its server says that nothing changed.
        Raises `LinkRefused` for what may not be opened, else a `FetchError` that says what happened.
        """
        at = address.check(link, self._allowed)
        seen = {str(at)}
        left_s = self._limits.total_s
        while True:
            async with self._turn(at.host):
                loop = asyncio.get_running_loop()
                started = loop.time()
                answer = await self._ask(at, known, left_s)
                left_s -= loop.time() - started
            if not isinstance(answer, str):
                return answer
            at = self._next(at, answer, seen)

    def _next(self, at: Address, location: str, seen: set[str]) -> Address:
        """Where a redirect leads. Raises `RedirectRefused`; *seen* holds every hop."""
        try:
            found = address.follow(at, location, self._allowed)
        except LinkRefused as refused:
            raise RedirectRefused(at.host, f"to where nothing is opened: {refused.reason}") from refused
        if str(found) in seen:
            raise RedirectRefused(at.host, "in a circle")
        seen.add(str(found))
        if len(seen) > self._limits.redirects + 1:
            raise RedirectRefused(at.host, f"more than {self._limits.redirects} times")
        return found

    @asynccontextmanager
    async def _turn(self, host: str) -> AsyncIterator[None]:
        """Waits until no other link of *host* is being fetched, and not too many of others."""
        lock = self._turns.setdefault(host, asyncio.Lock())
        try:
            async with asyncio.timeout(self._limits.turn_s):
                await lock.acquire()
                try:
                    await self._places.acquire()
                except BaseException:
                    lock.release()
                    raise
        except TimeoutError:
            raise SiteBusy(host) from None
        try:
            yield
        finally:
            self._places.release()
            lock.release()

    async def _ask(self, at: Address, known: Origin | None, left_s: float) -> Fetched | str | None:
        """One request: what came, where a redirect leads, or None for what is unchanged."""
        try:
            async with (
                asyncio.timeout(left_s),
                self._opened().get(
                    URL(str(at), encoded=True), headers=_validators(known), allow_redirects=False
                ) as response,
            ):
                return await self._read(at, known, response)
        except aiohttp.ConnectionTimeoutError:  # it and the next are ClientErrors too
            raise SiteUnreachable(at.host, "it does not answer") from None
        except TimeoutError:
            raise SiteTooSlow(at.host, self._limits.total_s) from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _explained(at.host, error) from error

    async def _read(
        self, at: Address, known: Origin | None, response: ClientResponse
    ) -> Fetched | str | None:
        if response.status in _REDIRECTS:
            locations = response.headers.getall("Location", [])
            if len(locations) != 1:
                raise RedirectRefused(at.host, "to several places" if locations else "to nowhere")
            return locations[0]
        if response.status == _NOT_MODIFIED:
            if known is None or not _validators(known):
                raise BadAnswer(at.host, "it says that a page is unchanged which was never seen")
            return None
        if response.status not in _PAGES:
            raise SiteRefused(at.host, response.status)
        data = await self._body(at.host, response)
        log.info("fetched %d bytes", len(data))
        headers = response.headers
        return Fetched(
            data,
            Origin(str(at), _validator(headers.get("ETag")), _validator(headers.get("Last-Modified"))),
            response.charset or None,
        )

    async def _body(self, host: str, response: ClientResponse) -> bytes:
        """The body, unpacked while it comes in; at no time is more held than the limit and a piece."""
        limit = self._limits.body_bytes
        if response.content_length is not None and response.content_length > limit:
            raise PageTooLarge(host, limit)
        body, n_sent = bytearray(), 0
        try:
            unpacking = Inflated(response.headers.getall("Content-Encoding", []))
            async for chunk in response.content.iter_any():
                n_sent += len(chunk)
                for piece in unpacking.feed(chunk):
                    body += piece
                    if len(body) > limit:
                        raise PageTooLarge(host, limit)
                if n_sent > limit:
                    raise PageTooLarge(host, limit)
        except Unpackable as error:
            raise BadAnswer(host, str(error)) from None
        if not unpacking.is_whole:
            raise BadAnswer(host, "the page broke off")
        return bytes(body)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                resolver=_PublicResolver(self._resolver or aiohttp.ThreadedResolver(), self._allowed),
                socket_factory=self._socket,
                use_dns_cache=False,  # what was judged is dialled at once
                limit=0,
                force_close=True,
                ssl=self._tls or True,
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                trust_env=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,  # `Inflated` keeps to the limit, whatever a piece expands to
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._limits.connect_s),
                max_line_size=_LINE_BYTES,
                max_field_size=_LINE_BYTES,
                max_headers=_MOST_HEADERS,
                headers={"User-Agent": self._user_agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPTED},
            )
        return self._session

    def _socket(self, about_to_dial: AddrInfoType) -> socket.socket:
        """The last gate: aiohttp asks no resolver about an IP address, but whatever is dialled comes here."""
        family, kind, protocol, _, sockaddr = about_to_dial
        ip, port, *rest = sockaddr
        is_scoped = len(rest) > 1 and rest[1] != 0
        reason = (
            "into a link-local network" if is_scoped else address.refusal(str(ip), int(port), self._allowed)
        )
        if reason:
            raise _NotDialled(str(ip), reason)
        return socket.socket(family, kind, protocol)


class _NotDialled(OSError):
    """An address that may not be dialled. An OSError, as that is what resolvers and sockets raise."""

    def __init__(self, ip: str, reason: str) -> None:
        super().__init__(f"it leads {reason}")
        self.reason = reason
        log.warning("a link led to %s, which may not be dialled", ip)


class _PublicResolver(AbstractResolver):
    """Gives back what *inner* answers, when all of it may be dialled: one bad answer refuses the name."""

    def __init__(self, inner: AbstractResolver, allowed: Allowed) -> None:
        self._inner, self._allowed = inner, allowed

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        answers = await self._inner.resolve(host, port, family)
        for answer in answers:
            if reason := address.refusal(answer["host"], answer["port"], self._allowed):
                raise _NotDialled(answer["host"], reason)
        if not answers:
            raise OSError("no address")
        return answers

    async def close(self) -> None:
        await self._inner.close()


def as_set(settings: Settings) -> Fetcher:
    """What opens links as the operator has set: what it calls itself, and what of their network is open."""
    return Fetcher(user_agent(settings.contact, settings.homepage), settings.fetch_allow)


def user_agent(contact: str | None = None, homepage: str | None = None) -> str:
    """How the bot names itself: the project, its version and address, and whom to write to.

    The address is *homepage*, else what the installed package says of itself; none is made up.
    """
    try:
        installed = metadata(_PACKAGE)
    except PackageNotFoundError:
        named, home = "Footnote", homepage
    else:
        named, home = f"Footnote/{installed['Version']}", homepage or _home(installed)
    about = "; ".join([*([f"+{home}"] if home else []), *([contact] if contact else [])])
    return f"{named} ({about})" if about else named


def _home(installed: PackageMetadata) -> str | None:
    """The address of the project, as `[project.urls]` names it: its Homepage, else the first."""
    urls = [entry.partition(",") for entry in installed.get_all("Project-URL") or ()]
    named = [url.strip() for label, _, url in urls if label.strip().casefold() == "homepage"]
    return next(iter([*named, *(url.strip() for *_, url in urls)]), None)


def _explained(host: str, error: Exception) -> FetchError | LinkRefused:
    """What a person reads in place of *error*."""
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    match cause, error:
        case _NotDialled(), _:
            return LinkRefused(host, str(cause))
        case _, aiohttp.ClientConnectorDNSError():
            return SiteUnreachable(host, "there is no site of that name")
        case ssl.SSLCertVerificationError(), _:
            return SiteUnreachable(host, "its certificate does not prove that it is this site")
        case (ssl.SSLError(), _) | (_, aiohttp.ClientSSLError()):
            return SiteUnreachable(host, "no encrypted connection could be made")
        case ConnectionRefusedError(), _:
            return SiteUnreachable(host, "it refuses connections")
        case _, aiohttp.ServerDisconnectedError() | aiohttp.ClientPayloadError():
            return BadAnswer(host, "the page broke off")
        case _, aiohttp.ClientResponseError() | ValueError():
            return BadAnswer(host, "what it sent cannot be read")
    return SiteUnreachable(host, "the connection failed")


def _validators(known: Origin | None) -> dict[str, str]:
    """The headers that ask for a page only if it has changed."""
    named = (("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified)) if known else ()
    return {name: value for name, given in named if (value := _validator(given))}


def _validator(header: str | None) -> str | None:
    """What a server calls this version, when it can be sent back as it came."""
    is_sound = header and len(header) <= _LONGEST_VALIDATOR and header.isascii() and header.isprintable()
    return header if is_sound else None
