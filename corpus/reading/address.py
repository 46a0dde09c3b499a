"""Which web addresses may be opened: a link as it was typed, and an IP address about to be dialled.

Pure: nothing is looked up here. A link is brought into the one form that is dialled, so that there
are no two readings of it; whoever dials judges every address that the name stands for as well.
"""

from __future__ import annotations

import ipaddress
import unicodedata
from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, urljoin

import idna
import regex

from corpus.errors import LinkRefused

PORTS = frozenset({80, 443, 8000, 8008, 8080, 8443})
LONGEST = 2_048
"""In characters, of a link."""

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LONGEST_HOST = 253

_THIS_COMPUTER = "to the computer that would open it"
_PRIVATE = "into a private network"
_LINK_LOCAL = "into a link-local network"
_MULTICAST = "to many computers at once"
_RESERVED = "to an address that is reserved"
_NO_ADDRESS = "to no address"

# The registries of IANA for special purposes are written out, so that a verdict does not depend on
# the tables of the interpreter. 168.63.129.16 is public in form, and the inside of a cloud.
_REFUSED_V4: tuple[tuple[str, str], ...] = (
    (_THIS_COMPUTER, "0.0.0.0/8 127.0.0.0/8"),
    (_PRIVATE, "10.0.0.0/8 100.64.0.0/10 172.16.0.0/12 192.168.0.0/16 168.63.129.16/32"),
    (_LINK_LOCAL, "169.254.0.0/16"),
    (_MULTICAST, "224.0.0.0/4 255.255.255.255/32"),
    (
        _RESERVED,
        "192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.175.48.0/24 "
        "198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4",
    ),
)
# Of IPv6 only 2000::/3 is given out to the public; the rest is named for the sentence alone.
_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_V6: tuple[tuple[str, str], ...] = (
    (_THIS_COMPUTER, "::/127"),
    (_PRIVATE, "fc00::/7 fec0::/10"),
    (_LINK_LOCAL, "fe80::/10"),
    (_MULTICAST, "ff00::/8"),
    (_RESERVED, "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3ffe::/16 3fff::/20"),
)
# An address of IPv4 in the clothes of IPv6: a socket's own, and the way to IPv4 in a network without it.
_HOLDS_V4 = tuple(ipaddress.IPv6Network(written) for written in ("::ffff:0:0/96", "64:ff9b::/96"))

_NOT_PUBLIC = (
    # RFC 6761, 6762 (with the names its appendix G warns of), 7686, 8375, 9476, and .internal
    "alt", "arpa", "corp", "example", "home", "i2p", "internal", "intranet", "invalid", "lan", "local",
    "localdomain", "localhost", "onion", "private", "test",
)  # fmt: skip

_LINK = regex.compile(r"(?i:(https?)://)([^/?#]+)([^?#]*)(?:\?([^#]*))?(?:#.*)?", regex.ASCII)
_SCHEME = regex.compile(r"(?i)([a-z][a-z0-9+.-]*):", regex.ASCII)
_AUTHORITY = regex.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(?::([0-9]{1,5}))?", regex.ASCII)
_LABEL = regex.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", regex.ASCII)
_NUMBER = regex.compile(r"0x[0-9a-f]*|[0-9]+", regex.ASCII)
_ALLOWANCE = regex.compile(
    r"(?P<host>[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:]*(?:/\d+)?)|(?:\[(?P<host>[^\]]*)\]|(?P<host>[^:]+))(?::(?P<port>\d{1,5}))?",
    regex.ASCII,
)
_STRAY_PERCENT = regex.compile(r"%(?![0-9A-Fa-f]{2})", regex.ASCII)
_INVISIBLE = regex.compile(r"\p{Default_Ignorable_Code_Point}")
_JOINERS = "\u200c\u200d"
"""Persian and Hindi words are written with them; in a path they are sent in percent signs."""
_ODD = {"Cc", "Cf", "Cs", "Co", "Zs", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class Address:
    """A web address that may be looked up, in the form in which it is sent."""

    scheme: str
    host: str
    """A name in ASCII and small letters without a dot at its end, or an IP address without brackets."""
    port: int
    target: str
    """The path and the query, percent-encoded."""

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.target}"


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an operator opens of a network of their own, with the port where it is none of the usual."""

    networks: tuple[tuple[IPNetwork, int | None], ...] = ()
    names: tuple[tuple[str, int | None], ...] = ()
    """A name stands for the names below it too. Its addresses are allowed by their network alone."""

    @classmethod
    def parse(cls, written: str) -> Self:
        """Reads `10.20.0.0/16, [fd00::/8]:8081, wiki.corp`. Raises `ValueError` with what it cannot read."""
        networks, names = [], []
        for part in written.replace(",", " ").split():
            host, port = _host_and_own_port(part)
            try:
                networks.append((ipaddress.ip_network(host, strict=False), port))
            except ValueError:
                if not _is_name(host) or _NUMBER.fullmatch(host.split(".")[-1]):
                    raise ValueError(part) from None
                names.append((host, port))
        return cls(tuple(networks), tuple(names))

    def has_port(self, port: int) -> bool:
        return any(port == own for _, own in (*self.networks, *self.names))

    def has_name(self, host: str, port: int) -> bool:
        return any(_is_below(host, name) and _is_open(port, own) for name, own in self.names)

    def has_ip(self, ip: IPAddress, port: int) -> bool:
        return any(ip in network and _is_open(port, own) for network, own in self.networks)


NOTHING = Allowed()


def bare(link: str) -> str:
    """*link* without spaces around it, and without the angle brackets that keep a preview from showing."""
    link = link.strip()
    return link[1:-1] if link.startswith("<") and link.endswith(">") else link


def check(link: str, allowed: Allowed = NOTHING) -> Address:
    """The address that *link* stands for. Raises `LinkRefused` unless it may be looked up."""
    link = bare(link)
    if len(link) > LONGEST:
        raise LinkRefused(link, f"it is longer than {LONGEST:,} characters")
    if _has_odd_characters(link):
        raise LinkRefused(link, "it holds a space, a backslash or a character that cannot be seen")
    matched = _LINK.fullmatch(link)
    if matched is None:
        other = _SCHEME.match(link)
        if other and other[1].lower() not in _DEFAULT_PORTS:
            raise LinkRefused(link, "only http:// and https:// are opened")
        raise LinkRefused(link, "a link looks like https://example.org/page")
    scheme = matched[1].lower()
    host, port = _host_and_port(link, scheme, matched[2], allowed)
    target = _encoded(matched[3], "") or "/"
    if matched[4]:  # the client sends no empty query either
        target += "?" + _encoded(matched[4], "?[]")
    return Address(scheme, host, port, target)


def follow(address: Address, location: str, allowed: Allowed = NOTHING) -> Address:
    """Where a redirect from *address* to *location* leads. Raises `LinkRefused`, for https to http too."""
    location = location.strip(" \t").replace(" ", "%20")
    if _has_odd_characters(location):
        raise LinkRefused(location, "it holds a backslash or a character that cannot be seen")
    try:
        joined = urljoin(str(address), location)
    except ValueError:
        raise LinkRefused(location, "it is no address") from None
    found = check(joined, allowed)
    if address.scheme == "https" and found.scheme == "http":
        raise LinkRefused(str(found), "it is no longer encrypted")
    return found


def refusal(ip: str, port: int = 443, allowed: Allowed = NOTHING) -> str | None:
    """Why *ip* may not be dialled at *port*, to follow “it leads”; None when it may."""
    try:
        parsed = ipaddress.ip_address(ip)
    except ValueError:
        return _NO_ADDRESS
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.scope_id is not None:
        return _LINK_LOCAL
    if allowed.has_ip(parsed, port):
        return None
    return _refusal(parsed) if port in PORTS else _refused_port(port)


def _refusal(ip: IPAddress) -> str | None:
    if isinstance(ip, ipaddress.IPv4Address):
        return _phrase(ip, _NETWORKS_V4)
    if any(ip in network for network in _HOLDS_V4):
        return _refusal(ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF))
    return _phrase(ip, _NETWORKS_V6) or (None if ip in _PUBLIC_V6 else _RESERVED)


def _phrase(ip: IPAddress, networks: tuple[tuple[str, IPNetwork], ...]) -> str | None:
    return next((phrase for phrase, network in networks if ip in network), None)


def _networks(table: tuple[tuple[str, str], ...]) -> tuple[tuple[str, IPNetwork], ...]:
    return tuple(
        (phrase, ipaddress.ip_network(network)) for phrase, written in table for network in written.split()
    )


_NETWORKS_V4, _NETWORKS_V6 = _networks(_REFUSED_V4), _networks(_REFUSED_V6)


def _host_and_port(link: str, scheme: str, authority: str, allowed: Allowed) -> tuple[str, int]:
    if "@" in authority:
        raise LinkRefused(link, "it holds a user name or a password")
    matched = _AUTHORITY.fullmatch(authority)
    if matched is None or "%" in authority:
        raise LinkRefused(link, "its host is no name")
    port = int(matched[2]) if matched[2] else _DEFAULT_PORTS[scheme]
    if port not in PORTS and not allowed.has_port(port):
        raise LinkRefused(link, f"it leads {_refused_port(port)}")
    host = _host(link, matched[1])
    try:
        ipaddress.ip_address(host)
    except ValueError:
        _refuse_inner_name(link, host, port, allowed)
        return host, port
    if reason := refusal(host, port, allowed):
        raise LinkRefused(link, f"it leads {reason}")
    return host, port


def _host_and_own_port(written: str) -> tuple[str, int | None]:
    """A host or network of an allowance, and its port. Raises `ValueError`."""
    matched = _ALLOWANCE.fullmatch(written)
    if matched is None:
        raise ValueError(written)
    if not matched["port"]:
        return matched["host"].lower(), None
    port = int(matched["port"])
    if not 0 < port < 65_536:
        raise ValueError(written)
    return matched["host"].lower(), port


def _refused_port(port: int) -> str:
    return f"to port {port}, which is none of the web’s"


def _host(link: str, written: str) -> str:
    """The host in the form in which it is looked up or dialled."""
    if written.startswith("["):
        try:
            ip = ipaddress.IPv6Address(written[1:-1])
        except ValueError:
            raise LinkRefused(link, "its host is no address") from None
        return str(ip.ipv4_mapped or ip)
    host = _in_ascii(link, written).removesuffix(".")
    if _NUMBER.fullmatch(host.split(".")[-1]):
        # As browsers read it (WHATWG), this is an IPv4 address, in one of many forms. One is enough.
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError:
            raise LinkRefused(link, "its host is a number") from None
    if not _is_name(host):
        raise LinkRefused(link, "its host is no name")
    return host


def _in_ascii(link: str, written: str) -> str:
    if written.isascii():
        return written.lower()
    if len(written) > _LONGEST_HOST or _INVISIBLE.search(written):
        raise LinkRefused(link, "its host is no name")
    try:
        try:
            return idna.encode(written, uts46=True).decode()
        except UnicodeError:  # what IDNA 2008 no longer knows, and browsers still open: ☃.net
            return written.encode("idna").decode().lower()
    except UnicodeError:
        raise LinkRefused(link, "its host is no name") from None


def _refuse_inner_name(link: str, host: str, port: int, allowed: Allowed) -> None:
    if allowed.has_name(host, port):
        return
    if "." not in host or any(_is_below(host, name) for name in _NOT_PUBLIC):
        raise LinkRefused(link, f"it leads {_PRIVATE}")


def _is_name(host: str) -> bool:
    return len(host) <= _LONGEST_HOST and all(_LABEL.fullmatch(label) for label in host.split("."))


def _is_below(host: str, name: str) -> bool:
    return host == name or host.endswith(f".{name}")


def _is_open(port: int, own: int | None) -> bool:
    return port in PORTS if own is None else port == own


def _has_odd_characters(link: str) -> bool:
    return any(
        character == "\\" or (unicodedata.category(character) in _ODD and character not in _JOINERS)
        for character in link
    )


def _encoded(part: str, safe: str) -> str:
    """*part* of an address as it is sent: what is encoded already stays as it is."""
    return quote(_STRAY_PERCENT.sub("%25", part), safe=f"/%:@!$&'()*+,;=~{safe}")
