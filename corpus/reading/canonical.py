"""Addresses -> the one address of an article, without what only counts its visitors."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import regex

if TYPE_CHECKING:
    from collections.abc import Iterable
    from urllib.parse import SplitResult

    from publicsuffixlist import PublicSuffixList

_COUNTS_VISITORS = regex.compile(
    r"""utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid
    |mkt_tok|_hsenc|_hsmi|_ga|_gl|cmpid|ocid|smid""",
    regex.VERBOSE | regex.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LONGEST = 2_000
_UNSAFE = regex.compile(r"""[\s"<>\\^`{|}\p{Cc}\p{Cs}]""")


def canonical(url: str | None, claims: Iterable[str]) -> str | None:
    """The address of the page at *url*: the first of its own *claims* that can be true, else *url* itself.

    A page may only claim an address on the registrable domain it came from, and no site's front
    page. Where it came from nowhere, as a saved file does, its claim is all there is. None
    without any address.
    """
    own = _parsed(url) if url else None
    for claim in claims:
        claimed = _parsed(claim, url)
        if claimed and (own is None or _may_claim(own, claimed)):
            if own and own.hostname == claimed.hostname and own.scheme == "https":
                claimed = claimed._replace(scheme="https")
            return _written(claimed)
    return _written(own) if own else None


def key(url: str) -> str:
    """What two addresses of one page have in common: neither scheme, “www.” nor a slash at the end."""
    parsed = _parsed(url)
    if not parsed:
        return url
    address = _written(parsed).split("://", 1)[1].removeprefix("www.")
    path, mark, query = address.partition("?")
    return f"{path.rstrip('/')}{mark}{query}"


def site(host: str) -> str:
    """The registrable domain of *host* (example.co.uk of news.example.co.uk); the host itself without one."""
    try:
        ascii_host = host.strip(".").encode("idna").decode()
    except UnicodeError:
        return host
    return _suffixes().privatesuffix(ascii_host) or ascii_host


@cache
def _suffixes() -> PublicSuffixList:
    """The list that comes with the library, read once (a twentieth of a second); nothing is fetched."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


def _parsed(url: str, base: str | None = None) -> SplitResult | None:
    """The parts of a web address, on the page at *base*; None for none, or one with a password or no host."""
    if len(url) > _LONGEST:
        return None
    try:
        parsed = urlsplit(_UNSAFE.sub(_quoted, urljoin(base, url.strip()) if base else url.strip()))
        _ = parsed.port  # out of range, it raises only when it is looked at
    except ValueError:
        return None
    is_plain = parsed.scheme in _DEFAULT_PORTS and parsed.hostname and not parsed.username
    return parsed if is_plain else None


def _quoted(match: regex.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


def _may_claim(own: SplitResult, claimed: SplitResult) -> bool:
    is_front_page = claimed.path in {"", "/"} and not claimed.query
    is_deeper = own.path not in {"", "/"} or bool(own.query)
    return site(own.hostname or "") == site(claimed.hostname or "") and not (is_front_page and is_deeper)


def _written(parsed: SplitResult) -> str:
    host = parsed.hostname or ""
    host = f"[{host}]" if ":" in host else host
    port = f":{parsed.port}" if parsed.port and parsed.port != _DEFAULT_PORTS[parsed.scheme] else ""
    # Parted by hand: parsing and writing a query anew would change how others of its letters are written.
    kept = [
        part
        for part in parsed.query.split("&")
        if part and not _COUNTS_VISITORS.fullmatch(part.split("=", 1)[0])
    ]
    fragment = parsed.fragment if parsed.fragment.startswith("!") else ""
    return parsed._replace(
        netloc=f"{host}{port}", path=parsed.path or "/", query="&".join(kept), fragment=fragment
    ).geturl()
