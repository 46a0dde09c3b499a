"""Links that were typed, against a server that means ill: what is dialled, what it may cost, what is said."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket
import ssl
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
import trustme
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import fetch
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
from bot.fetch import Fetched, Fetcher, Limits
from bot.inflate import Inflated, Unpackable
from bot.settings import Settings
from corpus.article import Origin
from corpus.errors import LinkRefused
from corpus.reading.address import Allowed
from tests.hostile_server import (
    LOOPBACK,
    PAGE,
    Behaviour,
    HostileServer,
    Names,
    answer,
    bomb,
    endless,
    head,
    raw,
    redirect,
    serving,
    silence,
)

LIMITS = Limits(total_s=5.0, connect_s=5.0)
SMALL = Limits(total_s=5.0, body_bytes=100_000)
ABOVE_START_BYTES = 40 * 1024 * 1024
PRIVATE = [
    "127.0.0.2",
    "10.0.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.1",
    "::1",
    "fd00::1",
]


@pytest.fixture
async def server() -> AsyncIterator[HostileServer]:
    async with serving() as hostile:
        yield hostile


@pytest.fixture(autouse=True)
def dialled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[Any, ...]]]:
    """Every address that was dialled; a test in which one is not the server's own ends badly."""
    found: list[tuple[Any, ...]] = []
    connect = asyncio.selector_events.BaseSelectorEventLoop.sock_connect

    async def note(loop: Any, sock: Any, sockaddr: tuple[Any, ...]) -> None:
        found.append(sockaddr[:2])
        if sockaddr[0] != LOOPBACK:
            raise AssertionError(f"{sockaddr} was dialled")
        await connect(loop, sock, sockaddr)

    monkeypatch.setattr(asyncio.selector_events.BaseSelectorEventLoop, "sock_connect", note)
    yield found
    assert {ip for ip, _ in found} <= {LOOPBACK}


@asynccontextmanager
async def fetching(
    server: HostileServer, limits: Limits = LIMITS, resolver: Names | None = None, **options: Any
) -> AsyncIterator[Fetcher]:
    """A fetcher to which this one port of loopback is opened."""
    allowed = Allowed.parse(f"{LOOPBACK}:{server.port}")
    async with Fetcher("Footnote/test", allowed, limits=limits, resolver=resolver, **options) as fetcher:
        yield fetcher


async def fetched(server: HostileServer, behaviour: Behaviour, limits: Limits = LIMITS) -> Fetched:
    """What comes of a link at which *behaviour* is shown."""
    async with fetching(server, limits) as fetcher:
        found = await fetcher.fetch(server.at("/", behaviour))
    assert found is not None
    return found


async def refusal(server: HostileServer, behaviour: Behaviour, limits: Limits = LIMITS) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetched(server, behaviour, limits)
    assert caught.value.host == LOOPBACK
    return caught.value


# --- what is given back


async def test_a_page_is_given_back_byte_for_byte(server: HostileServer) -> None:
    assert (await fetched(server, answer(PAGE))).data == PAGE


async def test_where_it_was_found_and_what_its_server_calls_it_is_kept(server: HostileServer) -> None:
    link = server.at("/a", redirect("/b"))
    server.at("/b", answer(PAGE, 'ETag: W/"x1"', "Last-Modified: Thu, 02 Jul 2020 08:00:00 GMT"))
    async with fetching(server) as fetcher:
        found = await fetcher.fetch(link)
    assert found is not None
    assert found.origin == Origin(
        f"http://{LOOPBACK}:{server.port}/b", 'W/"x1"', "Thu, 02 Jul 2020 08:00:00 GMT"
    )


@pytest.mark.parametrize(
    ("header", "charset"),
    [
        ("Content-Type: text/html; charset=windows-1251", "windows-1251"),
        ('Content-Type: text/html;CHARSET="KOI8-R"; x=y', "KOI8-R"),
        ("Content-Type: text/html", None),
        ("Content-Type: ;;charset", None),
        ("X: y", None),
    ],
)
async def test_what_a_server_calls_the_encoding_is_handed_on(
    server: HostileServer, header: str, charset: str | None
) -> None:
    assert (await fetched(server, answer(PAGE, header))).charset == charset


async def test_a_page_that_is_unchanged_is_not_sent_again(server: HostileServer) -> None:
    link = server.at("/", answer(b"", status="304 Not Modified", length=None))
    async with fetching(server) as fetcher:
        assert await fetcher.fetch(link, Origin(link, '"x1"', "Thu, 02 Jul 2020 08:00:00 GMT")) is None
    assert 'If-None-Match: "x1"\r\n' in server.asked[0]
    assert "If-Modified-Since: Thu, 02 Jul 2020 08:00:00 GMT\r\n" in server.asked[0]


async def test_a_page_that_has_changed_comes_whole(server: HostileServer) -> None:
    link = server.at("/", answer(PAGE))
    async with fetching(server) as fetcher:
        found = await fetcher.fetch(link, Origin(link, '"x1"'))
    assert found is not None
    assert found.data == PAGE


async def test_unchanged_is_no_answer_to_who_never_saw_the_page(server: HostileServer) -> None:
    assert isinstance(await refusal(server, answer(b"", status="304 Not Modified", length=None)), BadAnswer)


@pytest.mark.parametrize("etag", ['"' + "x" * 300 + '"', '"\u00e9"', '"a\tb"'])
async def test_a_name_of_a_version_that_cannot_be_sent_back_is_dropped(
    server: HostileServer, etag: str
) -> None:
    assert (await fetched(server, answer(PAGE, f"ETag: {etag}"))).origin.etag is None


async def test_the_bot_says_who_it_is_and_nothing_else(server: HostileServer) -> None:
    await fetched(server, answer(PAGE, "Set-Cookie: a=b"))
    sent = {line.partition(":")[0] for line in server.asked[0].split("\r\n")[1:] if line}
    assert sent == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert "User-Agent: Footnote/test\r\n" in server.asked[0]


async def test_cookies_are_not_sent_back(server: HostileServer) -> None:
    # By name: to an address in numbers no client would send them back.
    cookie = answer(b"", "Location: /b", "Set-Cookie: a=b; Path=/", status="302 Found")
    link = server.at("/", cookie, "site.org")
    server.at("/b", answer(PAGE))
    async with fetching(server, resolver=Names(site_org=[[LOOPBACK]])) as fetcher:
        await fetcher.fetch(link)
    assert server.paths == ["/", "/b"]
    assert "cookie" not in server.asked[1].lower()


async def test_proxies_of_the_environment_are_passed_by(
    server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://10.0.0.1:3128")
    assert (await fetched(server, answer(PAGE))).data == PAGE


async def test_the_path_is_sent_as_it_was_judged(server: HostileServer) -> None:
    server.at("/%C3%A9%2F..?q=%25&x[]=1", answer(PAGE))
    async with fetching(server) as fetcher:
        await fetcher.fetch(f"http://{LOOPBACK}:{server.port}/é%2F..?q=%&x[]=1#top")
    assert server.paths == ["/%C3%A9%2F..?q=%25&x[]=1"]


# --- what is dialled


@pytest.mark.parametrize(
    "link",
    ["http://127.0.0.1/", "http://[::1]:8080/", "http://2130706433/", "ftp://example.org/", "http://db/"],
)
async def test_a_link_inside_is_refused_before_anything_is_dialled(
    link: str, dialled: list[tuple[Any, ...]]
) -> None:
    async with Fetcher("Footnote/test") as fetcher:
        with pytest.raises(LinkRefused):
            await fetcher.fetch(link)
    assert dialled == []


async def test_no_allowance_is_made_unless_it_is_given(server: HostileServer) -> None:
    async with Fetcher("Footnote/test") as fetcher:
        with pytest.raises(LinkRefused):
            await fetcher.fetch(server.at("/", answer(PAGE)))
    assert server.asked == []


@pytest.mark.parametrize("ip", PRIVATE)
async def test_a_name_that_stands_for_a_private_address_is_refused(
    server: HostileServer, ip: str, dialled: list[tuple[Any, ...]]
) -> None:
    async with fetching(server, resolver=Names(site_org=[[ip]])) as fetcher:
        with pytest.raises(LinkRefused, match=r"site\.org"):
            await fetcher.fetch("http://site.org/")
    assert dialled == []


@pytest.mark.parametrize("ip", PRIVATE)
@pytest.mark.parametrize("is_first", [True, False])
async def test_one_private_address_among_the_answers_refuses_the_name(
    server: HostileServer, ip: str, is_first: bool, dialled: list[tuple[Any, ...]]
) -> None:
    answers = [ip, LOOPBACK] if is_first else [LOOPBACK, ip]
    async with fetching(server, resolver=Names(site_org=[answers])) as fetcher:
        with pytest.raises(LinkRefused):
            await fetcher.fetch(server.at("/", answer(PAGE), "site.org"))
    assert dialled == []


async def test_a_name_is_looked_up_once_and_dialled_as_it_was_judged(
    server: HostileServer, dialled: list[tuple[Any, ...]]
) -> None:
    names = Names(site_org=[[LOOPBACK], ["10.0.0.1"]])
    async with fetching(server, resolver=names) as fetcher:
        assert await fetcher.fetch(server.at("/", answer(PAGE), "site.org"))
    assert (names.asked, dialled) == (["site.org"], [(LOOPBACK, server.port)])


async def test_a_name_that_changes_its_answer_is_refused_at_the_next_hop(server: HostileServer) -> None:
    link = server.at("/", redirect("/b"), "site.org")
    server.at("/b", answer(PAGE))
    async with fetching(server, resolver=Names(site_org=[[LOOPBACK], ["10.0.0.1"]])) as fetcher:
        with pytest.raises(LinkRefused):
            await fetcher.fetch(link)
    assert server.paths == ["/"]


async def test_the_socket_is_the_last_gate_when_the_resolver_is_fooled(
    server: HostileServer, monkeypatch: pytest.MonkeyPatch, dialled: list[tuple[Any, ...]]
) -> None:
    names = Names(site_org=[["10.0.0.1"]])
    monkeypatch.setattr(
        fetch._PublicResolver, "resolve", lambda _, *asked, **named: names.resolve(*asked, **named)
    )
    async with fetching(server) as fetcher:
        with pytest.raises(LinkRefused, match="into a private network"):
            await fetcher.fetch("http://site.org/")
    assert dialled == []


async def test_the_socket_is_the_last_gate_when_every_answer_is_bad(
    server: HostileServer, monkeypatch: pytest.MonkeyPatch, dialled: list[tuple[Any, ...]]
) -> None:
    names = Names(site_org=[["10.0.0.1", "fe80::1", "127.0.0.2"]])
    monkeypatch.setattr(
        fetch._PublicResolver, "resolve", lambda _, *asked, **named: names.resolve(*asked, **named)
    )
    async with fetching(server) as fetcher:
        with pytest.raises((LinkRefused, SiteUnreachable)):
            await fetcher.fetch("http://site.org/")
    assert dialled == []


async def test_the_socket_is_not_made_for_an_address_that_is_tied_to_a_network_card() -> None:
    public, of_card = ("2606:4700::1111", 443, 0, 0), ("2606:4700::1111", 443, 0, 3)
    async with Fetcher("Footnote/test") as fetcher:
        fetcher._socket((socket.AF_INET6, socket.SOCK_STREAM, 0, "", public)).close()
        with pytest.raises(OSError, match="into a link-local network"):
            fetcher._socket((socket.AF_INET6, socket.SOCK_STREAM, 0, "", of_card))


async def test_a_site_that_never_takes_the_call_is_left(
    server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def wait(*_: object) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(asyncio.selector_events.BaseSelectorEventLoop, "sock_connect", wait)
    error = await refusal(server, answer(PAGE), Limits(total_s=5.0, connect_s=0.05))
    assert isinstance(error, SiteUnreachable)
    assert "it does not answer" in str(error)


async def test_a_refused_answer_does_not_tell_the_address_inside(server: HostileServer) -> None:
    async with fetching(server, resolver=Names(site_org=[["10.1.2.3"]])) as fetcher:
        with pytest.raises(LinkRefused) as caught:
            await fetcher.fetch("http://site.org/")
    assert "10.1.2.3" not in str(caught.value)


async def test_a_name_that_nobody_knows_is_said(server: HostileServer) -> None:
    async with fetching(server, resolver=Names()) as fetcher:
        with pytest.raises(
            SiteUnreachable, match=r"^site\.org cannot be reached: there is no site of that name\.$"
        ):
            await fetcher.fetch("http://site.org/")


async def test_a_name_without_an_address_is_said(server: HostileServer) -> None:
    async with fetching(server, resolver=Names(site_org=[[]])) as fetcher:
        with pytest.raises(SiteUnreachable):
            await fetcher.fetch("http://site.org/")


async def test_a_port_where_nobody_listens_is_said() -> None:
    async with serving() as closed:
        pass
    async with fetching(closed) as fetcher:
        with pytest.raises(SiteUnreachable, match="it refuses connections"):
            await fetcher.fetch(closed.at("/", answer(PAGE)))


# --- redirects


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/", "http://127.0.0.2/", "http://10.0.0.1/", "//10.0.0.1/", "http://[::1]/",
        "http://localhost/", "http://2130706433/", "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd", "ftp://example.org/", "http://ada:pw@example.org/", "\\\\10.0.0.1",
        "http://[::ffff:10.0.0.1]/", "gopher://x", "http://a b.org/",
        "http://db.internal/", "https://example.org:22/", "http://[::1", "http://\u202eexample.org/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("n_before", [0, 3])
async def test_a_redirect_inside_is_not_followed(
    server: HostileServer, location: str, n_before: int, dialled: list[tuple[Any, ...]]
) -> None:
    link = server.at("/0", redirect(location))
    for hop in range(n_before):
        server.at(f"/{hop + 1}", server.behaviours[f"/{hop}"])
        server.at(f"/{hop}", redirect(f"/{hop + 1}"))
    async with fetching(server) as fetcher:
        with pytest.raises(RedirectRefused, match="to where nothing is opened"):
            await fetcher.fetch(link)
    assert len(dialled) == n_before + 1


async def test_a_redirect_to_a_name_that_stands_for_a_private_address_is_not_followed(
    server: HostileServer, dialled: list[tuple[Any, ...]]
) -> None:
    async with fetching(server, resolver=Names(inside_org=[["10.0.0.1"]])) as fetcher:
        with pytest.raises(LinkRefused):
            await fetcher.fetch(server.at("/", redirect("http://inside.org/")))
    assert len(dialled) == 1


@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"]
)
async def test_five_redirects_are_followed(server: HostileServer, status: str) -> None:
    link = server.at("/0", redirect("1", status=status))
    for hop in range(1, 5):
        server.at(f"/{hop}", redirect(f"/{hop + 1}", status=status))
    server.at("/5", answer(PAGE))
    async with fetching(server) as fetcher:
        assert await fetcher.fetch(link)


async def test_a_sixth_redirect_is_not(server: HostileServer) -> None:
    link = server.at("/0", redirect("/1"))
    for hop in range(1, 9):
        server.at(f"/{hop}", redirect(f"/{hop + 1}"))
    async with fetching(server) as fetcher:
        with pytest.raises(RedirectRefused, match="redirects more than 5 times"):
            await fetcher.fetch(link)
    assert len(server.asked) == 6


@pytest.mark.parametrize("circle", [["/"], ["/b", "/"], ["/b", "/c", "/b#x"]])
async def test_a_circle_is_left_at_once(server: HostileServer, circle: list[str]) -> None:
    for path, location in zip(["/", "/b", "/c"], circle, strict=False):
        server.at(path, redirect(location))
    async with fetching(server) as fetcher:
        with pytest.raises(RedirectRefused, match="in a circle"):
            await fetcher.fetch(f"http://{LOOPBACK}:{server.port}/")
    assert len(server.asked) == len(circle)


@pytest.mark.parametrize(
    ("locations", "where"),
    [((), "to nowhere"), (("/a", "/b"), "to several places"), (("/a", "/a"), "to several places")],
)
async def test_a_redirect_leads_to_one_place(
    server: HostileServer, locations: tuple[str, ...], where: str
) -> None:
    error = await refusal(server, redirect(*locations))
    assert isinstance(error, RedirectRefused)
    assert error.reason == where


async def test_what_a_redirect_sends_along_is_not_read(server: HostileServer) -> None:
    link = server.at("/", endless(head("Location: /b", status="302 Found"), b"x" * 65_536))
    server.at("/b", answer(PAGE))
    async with fetching(server, SMALL) as fetcher:
        assert await fetcher.fetch(link)


# --- what it may cost


@pytest.fixture
def peak() -> Iterator[Callable[[], int]]:
    """How many bytes above the start this process held at the worst moment, those of its libraries too."""
    status = Path("/proc/self/status")

    def resident_bytes(name: str) -> int:
        lines = status.read_text().splitlines()
        return 1_024 * next(int(line.split()[1]) for line in lines if line.startswith(name))

    try:
        Path("/proc/self/clear_refs").write_text("5")  # the worst moment is counted from here
    except OSError:  # only Linux counts so: elsewhere what Python itself takes is counted
        tracemalloc.start()
        yield lambda: tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return
    start = resident_bytes("VmRSS")
    yield lambda: resident_bytes("VmHWM") - start


@pytest.mark.parametrize(
    ("encoding", "window"), [("gzip", 31), ("deflate", 15), ("deflate", -15), ("x-gzip", 31)]
)
@pytest.mark.parametrize("is_announced", [True, False])
async def test_a_bomb_of_200_mb_does_not_go_off(
    server: HostileServer, encoding: str, window: int, is_announced: bool, peak: Callable[[], int]
) -> None:
    body = b"".join(bomb(window))
    length = len(body) if is_announced else None
    assert isinstance(
        await refusal(server, answer(body, f"Content-Encoding: {encoding}", length=length)), PageTooLarge
    )
    assert peak() < ABOVE_START_BYTES


async def test_a_bomb_in_many_small_chunks_does_not_go_off(
    server: HostileServer, peak: Callable[[], int]
) -> None:
    chunks = [b"%x\r\n%b\r\n" % (len(piece), piece) for piece in bomb(31)]
    start = head("Content-Encoding: gzip", "Transfer-Encoding: chunked")
    assert isinstance(await refusal(server, raw(start, *chunks)), PageTooLarge)
    assert peak() < ABOVE_START_BYTES


@pytest.mark.parametrize(
    "headers",
    [[], ["Transfer-Encoding: chunked"], ["Content-Type: video/mp4"]],
    ids=["bare", "chunked", "film"],
)
async def test_an_endless_body_is_left(
    server: HostileServer, headers: list[str], peak: Callable[[], int]
) -> None:
    piece = (
        b"10000\r\n" + b"x" * 65_536 + b"\r\n" if "Transfer-Encoding: chunked" in headers else b"x" * 65_536
    )
    error = await refusal(server, endless(head(*headers), piece))
    assert str(error) == f"{LOOPBACK} sent more than 8.4 MB, which is the limit."
    assert peak() < ABOVE_START_BYTES


async def test_what_comes_behind_the_end_of_a_packed_body_is_counted_too(server: HostileServer) -> None:
    start = head("Content-Encoding: gzip") + gzip.compress(PAGE)
    assert isinstance(await refusal(server, endless(start, b"x" * 65_536), SMALL), PageTooLarge)


async def test_a_body_that_is_announced_too_large_is_not_waited_for(server: HostileServer) -> None:
    behaviour = raw(head(length=8 * 1024 * 1024 + 1), b"x", pause_s=30)
    assert isinstance(await refusal(server, behaviour), PageTooLarge)


async def test_a_body_at_the_limit_is_read(server: HostileServer) -> None:
    assert len((await fetched(server, answer(bytes(100_000)), SMALL)).data) == 100_000


@pytest.mark.parametrize("length", [-1, None])
async def test_a_body_above_the_limit_is_not(server: HostileServer, length: int | None) -> None:
    assert isinstance(await refusal(server, answer(bytes(100_001), length=length), SMALL), PageTooLarge)


@pytest.mark.parametrize(
    "behaviour",
    [
        silence(),
        endless(b"", b"H", pause_s=0.02),
        endless(b"HTTP/1.1 200 OK\r\n", b"X", pause_s=0.02),
        endless(head(length=5_000), b"x", pause_s=0.02),
        endless(head("Content-Encoding: gzip"), b"\x1f\x8b\x08\x00", pause_s=0.02),
        endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", pause_s=0.001),
    ],
    ids=["silence", "status drips", "headers drip", "body drips", "packed body drips", "endless hints"],
)
async def test_a_site_that_takes_for_ever_is_left(server: HostileServer, behaviour: Behaviour) -> None:
    error = await refusal(server, behaviour, Limits(total_s=0.3))
    assert isinstance(error, SiteTooSlow | BadAnswer)


async def test_redirects_share_the_time(server: HostileServer) -> None:
    link = server.at("/0", raw(b"", head("Location: /1", status="302 Found", length=0), pause_s=0.12))
    for hop in range(1, 6):
        server.at(
            f"/{hop}", raw(b"", head(f"Location: /{hop + 1}", status="302 Found", length=0), pause_s=0.12)
        )
    async with fetching(server, Limits(total_s=0.3)) as fetcher:
        with pytest.raises(SiteTooSlow, match=r"took more than 0\.3 seconds"):
            await fetcher.fetch(link)


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (raw(b"HTTP/1.1 200 OK\r\nX: ", *[b"y" * 65_536] * 200), BadAnswer),
        (endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 1_000), BadAnswer),
        (endless(b"HTTP/1.1 200 " + b"O" * 65_536, b"K" * 65_536), BadAnswer),
        (endless(head("Transfer-Encoding: chunked"), b"0" * 65_536), SiteTooSlow),
        (endless(head("Transfer-Encoding: chunked") + b"1;", b"x" * 65_536), SiteTooSlow),
        (endless(head("Transfer-Encoding: chunked") + b"0\r\n", b"X: y\r\n" * 1_000), BadAnswer),
    ],
    ids=["one header", "many headers", "status line", "chunk size", "chunk extension", "trailers"],
)
async def test_headers_without_end_are_not_collected(
    server: HostileServer, behaviour: Behaviour, error: type[FetchError], peak: Callable[[], int]
) -> None:
    limits = Limits(total_s=0.4 if error is SiteTooSlow else 30.0)
    assert isinstance(await refusal(server, behaviour, limits), error)
    assert peak() < ABOVE_START_BYTES


async def test_long_headers_of_a_well_guarded_site_are_read(server: HostileServer) -> None:
    assert await fetched(server, answer(PAGE, "Content-Security-Policy: " + "x" * 20_000))


async def test_a_site_is_asked_for_one_page_at_a_time(server: HostileServer) -> None:
    links = [server.at(f"/{n}", raw(head(length=2), b"x", b"y", pause_s=0.01)) for n in range(4)]
    async with fetching(server) as fetcher:
        await asyncio.gather(*map(fetcher.fetch, links))
    assert (server.most_open, len(server.asked)) == (1, 4)


async def test_different_sites_are_asked_at_the_same_time(server: HostileServer) -> None:
    names = Names(a_org=[[LOOPBACK]], b_org=[[LOOPBACK]])
    links = [server.at("/", raw(head(length=1), b"", b"x", pause_s=0.1), host) for host in ("a.org", "b.org")]
    async with fetching(server, resolver=names) as fetcher:
        await asyncio.gather(*map(fetcher.fetch, links))
    assert server.most_open == 2


async def test_whoever_waits_too_long_for_a_turn_is_told(server: HostileServer) -> None:
    link = server.at("/", silence())
    async with fetching(server, Limits(total_s=0.3, turn_s=0.05)) as fetcher:
        outcomes = await asyncio.gather(fetcher.fetch(link), fetcher.fetch(link), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [SiteTooSlow, SiteBusy]


async def test_a_turn_comes_round_after_a_failure(server: HostileServer) -> None:
    link = server.at("/", raw(b"nonsense\r\n\r\n"))
    async with fetching(server, Limits(turn_s=0.5, at_once=1)) as fetcher:
        for _ in range(3):
            with pytest.raises(BadAnswer):
                await fetcher.fetch(link)


async def test_a_fetch_that_is_given_up_frees_its_turn(server: HostileServer) -> None:
    server.at("/", silence())
    async with fetching(server, Limits(turn_s=0.5, at_once=1)) as fetcher:
        given_up = asyncio.create_task(fetcher.fetch(f"http://{LOOPBACK}:{server.port}/"))
        await asyncio.sleep(0.02)
        given_up.cancel()
        await asyncio.gather(given_up, return_exceptions=True)
        assert await fetcher.fetch(server.at("/b", answer(PAGE)))


# --- answers that are none


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("403 Forbidden", "answered 403 (refuses bots)."),
        ("404 Not Found", "answered 404 (has no such page)."),
        ("429 Too Many Requests", "answered 429 (was asked too often)."),
        ("451 Unavailable", "answered 451 (may not show this page here)."),
        ("503 Service Unavailable", "answered 503 (has trouble of its own)."),
        ("418 I'm a teapot", "answered 418."),
        ("204 No Content", "answered 204."),
        ("206 Partial Content", "answered 206."),
        ("300 Multiple Choices", "answered 300."),
        ("999 Denied", "answered 999."),
    ],
)
async def test_an_answer_that_is_no_page_is_said(server: HostileServer, status: str, sentence: str) -> None:
    error = await refusal(server, answer(b"", status=status))
    assert isinstance(error, SiteRefused)
    assert str(error) == f"{LOOPBACK} {sentence}"


@pytest.mark.parametrize(
    "behaviour",
    [
        raw(b""),
        raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20),
        raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"),
        raw(b"<html>no headers at all</html>\r\n\r\n"),
        raw(b"HTTP/1.1 abc OK\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\nhello"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\nhello"),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nhello"),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"),
        raw(b"HTTP/1.1 200 OK\r\nNo colon\r\n\r\nhello"),
        answer(PAGE, length=len(PAGE) + 1),
        answer(PAGE, length=5_000),
        answer(gzip.compress(PAGE)[:-12], "Content-Encoding: gzip"),
        answer(gzip.compress(PAGE)[:5], "Content-Encoding: gzip"),
        answer(b"", "Content-Encoding: gzip"),
        answer(PAGE, "Content-Encoding: gzip"),
        answer(PAGE, "Content-Encoding: deflate"),
        answer(gzip.compress(gzip.compress(PAGE)), "Content-Encoding: gzip, gzip"),
        answer(gzip.compress(gzip.compress(PAGE)), "Content-Encoding: gzip", "Content-Encoding: gzip"),
        answer(PAGE, "Content-Encoding: br"),
        answer(PAGE, "Content-Encoding: zstd"),
        answer(PAGE, "Content-Encoding: x-secret"),
        answer(gzip.compress(b"") * 200 + gzip.compress(PAGE), "Content-Encoding: gzip"),
    ],
)
async def test_nonsense_is_refused_in_a_sentence(server: HostileServer, behaviour: Behaviour) -> None:
    error = await refusal(server, behaviour)
    assert isinstance(error, BadAnswer)
    assert str(error).startswith(f"{LOOPBACK} did not answer as a web site does: ")


async def test_a_body_that_is_longer_than_announced_is_refused_and_not_cut(server: HostileServer) -> None:
    behaviour = raw(head(length=len(PAGE)) + PAGE + b"<p>The rest.")
    assert isinstance(await refusal(server, behaviour), BadAnswer)


async def test_a_switch_to_another_protocol_is_refused(server: HostileServer) -> None:
    assert isinstance(
        await refusal(server, raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")),
        SiteRefused | BadAnswer,
    )


@pytest.mark.parametrize(
    "behaviour",
    [
        answer(PAGE, "Content-Type: image/png"),
        answer(PAGE, "Content-Type: "),
        answer(PAGE, "Content-Type: text/html; charset=no-such"),
        answer(PAGE, "Content-Type: text/html", "Content-Type: application/pdf"),
        answer(PAGE, length=None),
        answer(gzip.compress(PAGE), "Content-Encoding: GZIP"),
        answer(gzip.compress(PAGE), "Content-Encoding: identity, gzip"),
        answer(gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:]) + b"rest", "Content-Encoding: x-gzip"),
        answer(zlib.compress(PAGE), "Content-Encoding: deflate"),
        answer(zlib.compress(PAGE)[2:-4], "Content-Encoding: deflate"),
        raw(head("Content-Encoding: gzip"), *(bytes([byte]) for byte in gzip.compress(PAGE))),
        raw(b"HTTP/1.0 200\r\n\r\n" + PAGE),
    ],
)
async def test_a_page_is_judged_by_its_bytes_and_not_by_what_is_said_of_it(
    server: HostileServer, behaviour: Behaviour
) -> None:
    assert (await fetched(server, behaviour)).data == PAGE


# --- encrypted


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def server_side(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


async def test_a_site_that_proves_who_it_is_is_read(authority: trustme.CA) -> None:
    async with serving(server_side(authority, "site.org")) as server:
        names, link = Names(site_org=[[LOOPBACK]]), server.at("/", answer(PAGE), "site.org")
        async with fetching(server, resolver=names, tls=trusting(authority)) as fetcher:
            assert await fetcher.fetch(link)


async def test_a_site_that_proves_to_be_another_is_refused(authority: trustme.CA) -> None:
    async with serving(server_side(authority, "other.org")) as server:
        names, link = Names(site_org=[[LOOPBACK]]), server.at("/", answer(PAGE), "site.org")
        async with fetching(server, resolver=names, tls=trusting(authority)) as fetcher:
            with pytest.raises(SiteUnreachable, match="its certificate does not prove that it is this site"):
                await fetcher.fetch(link)
    assert server.asked == []


async def test_a_certificate_of_nobody_is_refused(authority: trustme.CA) -> None:
    async with serving(server_side(authority, LOOPBACK)) as server, fetching(server) as fetcher:
        with pytest.raises(SiteUnreachable, match="certificate"):
            await fetcher.fetch(server.at("/", answer(PAGE)))


async def test_a_site_that_does_not_encrypt_is_no_encrypted_site(server: HostileServer) -> None:
    async with fetching(server) as fetcher:
        with pytest.raises(SiteUnreachable, match="no encrypted connection could be made"):
            await fetcher.fetch(server.at("/", answer(PAGE)).replace("http:", "https:"))


async def test_a_redirect_from_https_to_http_is_not_followed(
    authority: trustme.CA, server: HostileServer
) -> None:
    open_link = server.at("/", answer(PAGE))
    async with serving(server_side(authority, LOOPBACK)) as encrypted:
        allowed = Allowed.parse(f"{LOOPBACK}:{encrypted.port} {LOOPBACK}:{server.port}")
        async with Fetcher("Footnote/test", allowed, tls=trusting(authority)) as fetcher:
            with pytest.raises(RedirectRefused, match="it is no longer encrypted"):
                await fetcher.fetch(encrypted.at("/", redirect(open_link)))
    assert server.asked == []


# --- unpacking


@settings(max_examples=30)
@given(
    st.binary(max_size=3_000),
    st.sampled_from([("gzip", 31), ("deflate", 15), ("deflate", -15), ("identity", 0)]),
    st.integers(1, 100),
)
def test_what_was_packed_comes_out_however_it_is_cut(data: bytes, kind: tuple[str, int], step: int) -> None:
    encoding, window = kind
    packer = zlib.compressobj(wbits=window) if window else None
    packed = packer.compress(data) + packer.flush() if packer else data
    unpacking = Inflated([encoding])
    pieces = [
        piece
        for start in range(0, len(packed), step)
        for piece in unpacking.feed(packed[start : start + step])
    ]
    assert b"".join(pieces) == data
    assert unpacking.is_whole
    assert all(len(piece) <= 65_536 for piece in pieces)


@settings(max_examples=30)
@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate"]))
def test_garbage_comes_out_in_small_pieces_or_is_refused(garbage: bytes, encoding: str) -> None:
    with contextlib.suppress(Unpackable):
        assert all(len(piece) <= 65_536 for piece in Inflated([encoding]).feed(garbage))


# --- how the bot names itself


def test_the_bot_names_itself_and_whom_to_write_to() -> None:
    said = fetch.user_agent("ops@example.org")
    assert said.startswith("Footnote")
    assert "ops@example.org" in said


def test_without_a_contact_it_names_itself_alone() -> None:
    assert "None" not in fetch.user_agent()


@pytest.mark.parametrize(
    ("urls", "homepage", "named"),
    [
        ([], None, "Footnote/2.0 (ops@example.org)"),
        ([], "https://bot.example/", "Footnote/2.0 (+https://bot.example/; ops@example.org)"),
        (
            ["Issues, https://footnote.example/issues", "Homepage, https://footnote.example"],
            None,
            "Footnote/2.0 (+https://footnote.example; ops@example.org)",
        ),
        (
            ["Homepage, https://a.example"],
            "https://bot.example/",
            "Footnote/2.0 (+https://bot.example/; ops@example.org)",
        ),
    ],
    ids=["none", "set", "the package's", "both"],
)
def test_the_address_is_the_operators_else_the_packages_and_never_made_up(
    monkeypatch: pytest.MonkeyPatch, urls: list[str], homepage: str | None, named: str
) -> None:
    installed = Message()
    installed["Version"] = "2.0"
    for url in urls:
        installed["Project-URL"] = url
    monkeypatch.setattr(fetch, "metadata", lambda _: installed)
    assert fetch.user_agent("ops@example.org", homepage) == named


def test_what_the_operator_has_set_is_what_opens_links() -> None:
    env = {"CONTACT": "ops@example.org", "HOMEPAGE": "https://bot.example/", "FETCH_ALLOW": "wiki.corp"}
    set_ = Settings.from_env(env)
    fetcher = fetch.as_set(set_)
    assert fetcher._user_agent.endswith("(+https://bot.example/; ops@example.org)")
    assert fetcher._allowed == set_.fetch_allow
