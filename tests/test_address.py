"""Which links may be opened and which addresses dialled. What is refused here never leaves this computer."""

from __future__ import annotations

import ipaddress
import json
import os
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from yarl import URL

from corpus.errors import LinkRefused
from corpus.reading import address
from corpus.reading.address import Address, Allowed, check, follow, refusal

DATA = Path(os.environ.get("FOOTNOTE_DATA") or Path(__file__).parents[2] / "shared" / "data")
LIST = DATA / "hostile.jsonl"

HOSTILE = [
    # this computer, in every notation that some resolver understands
    "http://127.0.0.1:8080/", "http://127.255.255.254/", "http://127.0.1/", "http://0x7f.0.0.1/",
    "http://0x7f.1/", "http://0177.1/", "http://127.0.0.01/", "http://127.0.0.0x1/", "http://0/",
    "http://00/",
    "http://0x0/", "http://0.0.0.1/", "http://127.0.0.1./", "http://127.0.0.1../", "http://①②⑦.⓪.⓪.①/",
    "http://127．0．0．1/", "http://127｡0｡0｡1/", "http://１２７．０．０．１/", "http://0x７f.1/", "http://²130706433/",
    "http://𝟏𝟐𝟕.𝟎.𝟎.𝟏/", "http://[::1]/", "http://[::1]:8080/", "http://[0:0:0:0:0:0:0:1]/",
    "http://[0000::1]/", "http://[::1%25lo]/", "http://[::1%lo]/", "http://[::ffff:7f00:1]/",
    "http://[::ffff:0:127.0.0.1]/", "http://[0:0:0:0:0:ffff:127.0.0.1]/", "http://[::FFFF:127.0.0.1]/",
    "http://[::2]/", "http://[::7f00:1]/", "http://[::127.0.0.1]:80/", "http://[1::1]/", "http://[v1.a]/",
    "http://[]/",
    "http://[127.0.0.1]/", "http://[::1/", "http://::1]/", "http://[::1]x/", "http://[::1]:/",
    "http://[[::1]]/",
    "http://LOCALHOST/", "http://localhost./", "http://localhost:8000/", "http://LocalHost.LocalDomain/",
    "http://ｌｏｃａｌｈｏｓｔ/", "http://ⓛocalhost/", "http://loca\u00adlhost/", "http://a.localhost./",
    # networks of others' own
    "http://10.255.255.255/", "http://172.16.0.1/", "http://192.168.0.1/", "http://192.168.1/",
    "http://0xc0.0xa8.1/",
    "http://3232235777/", "http://[fc00::1]/", "http://[fdff::1]/", "http://[fe80::1]/", "http://[febf::1]/",
    "http://[::ffff:10.0.0.1]/", "http://[::ffff:c0a8:1]/", "http://[64:ff9b::10.0.0.1]/",
    "http://[64:ff9b::a00:1]/",
    "http://100.127.255.255/", "http://router/", "http://fritz/", "http://wiki.corp/", "http://nas.lan/",
    "http://db.internal/", "http://x.intranet/", "http://x.private/", "http://x.home/",
    "http://1.0.0.10.in-addr.arpa/",
    # the inside of clouds
    "http://169.254.169.254/", "http://169.254.169.254./", "http://[::ffff:169.254.169.254]/",
    "http://[::ffff:a9fe:a9fe]/", "http://[64:ff9b::169.254.169.254]/", "http://0xa9fea9fe/",
    "http://0xa9.254.43518/",
    "http://025177524776/", "http://169.254.43518/", "http://169.16689662/", "http://100.100.100.200/",
    "http://168.63.129.16/", "http://[fd20:ce::254]/", "http://169.254.170.2/v2/credentials",
    "http://METADATA.google.internal./", "http://metadata/", "http://[2002:7f00:1::]/",
    "http://[2002:a00:1::1]/",
    "http://[2001::1]/", "http://[2001:2::1]/", "http://[2001:20::1]/", "http://[2001:db8::1]/",
    "http://[3ffe::1]/",
    # reserved, multicast, nowhere
    "http://224.0.0.1/", "http://239.255.255.250/", "http://255.255.255.255/", "http://0xffffffff/",
    "http://198.19.255.255/", "http://203.0.113.9/", "http://192.0.0.1/", "http://[ff02::1]/",
    "http://[4000::1]/",
    "http://[2620:4f:8000::1]/", "http://[100::]/", "http://256.256.256.256/", "http://1.2.3/",
    "http://1.2.3.4.5/",
    "http://4294967296/", "http://0x/", "http://0x100000000/", "http://08.8.8.8/", "http://8.8.8.0x8/",
    "http://foo.0x1/",
    "http://foo.1/", "http://example.com.99/",
    # other protocols, and no protocol
    "ftp://example.com/", "ftps://example.com/", "dict://example.com:11211/", "ldap://example.com/",
    "ws://example.com/",
    "sftp://example.com/", "tftp://example.com/", "javascript:alert(1)",
    "javascript://example.com/%0aalert(1)",
    "vbscript:x", "about:blank", "blob:https://example.com/1", "view-source:http://example.com/",
    "FILE:///etc/passwd",
    "file://example.com/etc/passwd", "http+unix://%2Fvar%2Frun%2Fdocker.sock/info",
    "unix:/var/run/docker.sock",
    "//example.com/", "/etc/passwd", "http:/example.com/", "http:\\\\example.com", "https:///example.com/",
    "http://", "http:///", "http://?", "http://#", "http", "", " ", "example.com", "www.example.com",
    "hxxp://example.com/",
    "\thttp\t://example.com/", "ht\ntp://example.com/", "http://http://example.com/", "httpſ://example.com/",
    # credentials, and hosts that two parsers read in two ways
    "http://user@example.com/", "http://:@example.com/", "http://@example.com/",
    "http://example.com@127.0.0.1/",
    "http://example.com:80@127.0.0.1/", "http://127.0.0.1\\@example.com/", "http://example.com\\.evil.com/",
    "http://example.com\\/", "http://example.com%40127.0.0.1/", "http://ex%61mple.com/",
    "http://%31%32%37.0.0.1/",
    "http://127.0.0.1%09.example.com/", "http://example.com%23.evil.com/", "http://a,b.com/",
    "http://a b.com/",
    "http://a;b.com/", "http://exa<mple.com/", 'http://exa"mple.com/', "http://exa`mple.com/",
    "http://{host}/",
    "http://$(id).example.com/", "http://example.com|127.0.0.1/", "http://example.com^/",
    "http://example。com／@evil.com/",
    "http://example.com／127.0.0.1/", "http://example.com：80/", "http://example.com＃/", "http://example.com？/",
    "http://example.com＠127.0.0.1/", "http://example.com℀/", "http://a.com／／", "http://example.com:８０/",
    # ports
    "http://example.com:22/", "http://example.com:6379/", "http://example.com:5432/", "http://example.com:0/",
    "http://example.com:-80/", "http://example.com:+80/", "http://example.com:080808/",
    "http://example.com:80a/",
    "http://example.com: 80/", "http://example.com:/", "http://example.com:1/", "http://example.com:65535/",
    "http://example.com:99999/", "http://example.com:3128/", "http://example.com:9200/",
    "http://example.com:٨٠/",
    # characters that hide, turn or break
    "http://example.com/\x00", "http://example.com/\x1b[31m", "http://example.com/a b",
    "http://example.com/\u2028x",
    "http://exam\u200bple.com/", "http://exam\u200dple.com/", "http://exam\u2060ple.com/",
    "http://example.com\ufeff/",
    "http://exam\ufe0fple.com/", "http://exam\u034fple.com/", "http://exam\u3164ple.com/",
    "http://ex\u202eample.com/",
    "http://example.com/\u202egnp.exe", "http://example.com/\u2066x", "http://example.com/\ud800",
    "http://\ue000.com/",
    "http://example.com\r\n\r\nGET / HTTP/1.1", "http://example.com/\nHost: 127.0.0.1",
    "http://example.com\t/",
    "http://example.com/a\u00a0b", "http://example.com/\u3000x",
    # names that are none
    "http://.example.com/", "http://example.com../", "http://example-.com/", "http://ex_ample-/",
    "http://./", "http://../",
    "http://" + "a" * 64 + ".com/", "http://" + "a." * 130 + "com/", "http://xn--/", "http://xn--a.xn--/",
    "http://-/",
    "http://example.com/" + "a" * 2_100, "http://" + "é" * 400 + ".com/", "http://x.onion/", "http://x.i2p/",
    "http://x.test/", "http://x.invalid/", "http://x.example/", "http://x.alt/",
]  # fmt: skip

HARMLESS = {
    "https://example.org": "https://example.org/",
    "HTTPS://EXAMPLE.ORG/Page": "https://example.org/Page",
    "https://example.org./a": "https://example.org/a",
    "http://example.org:80/a": "http://example.org/a",
    "https://example.org:443/": "https://example.org/",
    "http://example.org:443/": "http://example.org:443/",
    "https://example.org:8000/": "https://example.org:8000/",
    "https://example.org?q=1": "https://example.org/?q=1",
    "https://example.org/?": "https://example.org/",
    "https://example.org#top": "https://example.org/",
    "https://example.org/a#b?c": "https://example.org/a",
    " <https://example.org/a> ": "https://example.org/a",
    "https://bücher.de/": "https://xn--bcher-kva.de/",
    "https://BÜCHER.de/": "https://xn--bcher-kva.de/",
    "https://xn--bcher-kva.de/": "https://xn--bcher-kva.de/",
    "https://пример.рф/новости": "https://xn--e1afmkfd.xn--p1ai/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8",
    "https://☃.net/": "https://xn--n3h.net/",
    "https://fa.wikipedia.org/wiki/می\u200cخواهم": "https://fa.wikipedia.org/wiki/"
    "%D9%85%DB%8C%E2%80%8C%D8%AE%D9%88%D8%A7%D9%87%D9%85",
    "https://ｅｘａｍｐｌｅ.org/": "https://example.org/",
    "https://９.９.９.９/": "https://9.9.9.9/",
    "http://[::ffff:8.8.8.8]/": "http://8.8.8.8/",
    "http://[2A00:1450:4001:0:0:0:0:200E]:8080/x": "http://[2a00:1450:4001::200e]:8080/x",
    "https://example.org/100%": "https://example.org/100%25",
    "https://example.org/a%2Fb%zz": "https://example.org/a%2Fb%25zz",
    "https://example.org/a|b?c=[1]&d={2}": "https://example.org/a%7Cb?c=[1]&d=%7B2%7D",
    "https://example.org/x@127.0.0.1/": "https://example.org/x@127.0.0.1/",
    "https://example.org/?next=http://169.254.169.254/": "https://example.org/?next=http://169.254.169.254/",
    "https://127.0.0.1.example.org/": "https://127.0.0.1.example.org/",
    "https://10.example.org/": "https://10.example.org/",
    "https://localhost.example.org/": "https://localhost.example.org/",
    "https://internal.com/": "https://internal.com/",
    "http://11.0.0.1/": "http://11.0.0.1/",
    "http://172.32.0.1/": "http://172.32.0.1/",
    "http://192.169.0.1/": "http://192.169.0.1/",
    "http://223.255.255.255/": "http://223.255.255.255/",
}

REFUSED_ANSWERS = [
    "0.0.0.0",  # noqa: S104
    "127.0.0.1", "127.1.2.3", "10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0",
    "192.168.255.255", "100.64.0.0", "100.127.255.255", "169.254.169.254", "192.0.0.170", "192.88.99.1",
    "192.31.196.1",
    "192.52.193.1", "192.175.48.1", "198.18.0.0", "198.19.255.255", "203.0.113.1", "224.0.0.1",
    "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::2", "fe80::1", "fe80::1%eth0", "2a00:1450:4001::200e%eth0",
    "fc00::1", "fd12::1",
    "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:192.168.0.1", "::ffff:100.64.0.1", "::ffff:0.0.0.0",
    "64:ff9b::127.0.0.1", "64:ff9b::192.168.0.1", "64:ff9b:1::1", "2001::1", "2001:0:7f00:1::",
    "2001:1::1", "2001:1ff::",
    "2001:db8::1", "2002::1", "2002:c0a8:1::1", "2620:4f:8000::1", "3ffe::1", "3fff::1", "3fff:fff::1",
    "5f00::1",
    "100::1", "1fff::1", "4000::1", "e000::1", "::ffff:0:8.8.8.8", "::8.8.8.8", "", "localhost",
    "example.org", "1", "127.1",
    "0177.0.0.1", "010.8.8.8", "0x7f.0.0.1", "8.8.8.8 ", "8.8.8.8\n", "８.8.8.8", "8.8.8.8/32", "[::1]",
    "8.8.8.8%eth0",
]  # fmt: skip
PUBLIC_ANSWERS = [
    "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
    "128.0.0.0", "169.253.255.255",
    "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0", "223.255.255.255", "168.63.129.15", "168.63.129.17", "2001:200::1",
    "2001:4860:4860::8888", "2606:4700::1",
    "2a00:1450:4001::200e", "2003::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8",
]  # fmt: skip
OF_THE_LIST = (
    [json.loads(line) for line in LIST.read_text(encoding="utf-8").splitlines()] if LIST.exists() else []
)


def refused(link: str, allowed: Allowed = address.NOTHING) -> str:
    """The reason for which *link* is refused."""
    with pytest.raises(LinkRefused) as caught:
        check(link, allowed)
    return caught.value.reason


# --- links


@pytest.mark.parametrize("link", HOSTILE)
def test_a_hostile_link_is_refused(link: str) -> None:
    assert refused(link)


@pytest.mark.parametrize(("link", "sent"), HARMLESS.items())
def test_a_harmless_link_is_brought_into_the_form_that_is_sent(link: str, sent: str) -> None:
    assert str(check(link)) == sent


@pytest.mark.skipif(not LIST.exists(), reason="the list of hostile links is not there")
def test_the_list_of_hostile_links_and_addresses_is_judged_rightly() -> None:
    def is_refused(kind: str, value: str) -> bool:
        if kind.startswith("answer"):
            return refusal(value) is not None
        try:
            check(value)
        except LinkRefused:
            return True
        return False

    wrong = [
        one for one in OF_THE_LIST if is_refused(one["kind"], one["value"]) == one["kind"].endswith("_ok")
    ]
    assert (len(OF_THE_LIST), wrong) == (108, [])


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("ftp://example.org/", "only http:// and https:// are opened"),
        ("example.org", "a link looks like https://example.org/page"),
        ("http:example.org", "a link looks like https://example.org/page"),
        ("https://ada:pw@example.org/", "it holds a user name or a password"),
        ("https://example.org:22/", "it leads to port 22, which is none of the web’s"),
        ("http://127.0.0.1/", "it leads to the computer that would open it"),
        ("http://[fd00::1]/", "it leads into a private network"),
        ("http://169.254.169.254/", "it leads into a link-local network"),
        ("http://240.0.0.1/", "it leads to an address that is reserved"),
        ("http://224.0.0.1/", "it leads to many computers at once"),
        ("http://wiki.corp/", "it leads into a private network"),
        ("http://2130706433/", "its host is a number"),
        ("http://a..b.org/", "its host is no name"),
        ("https://example.org/a\nb", "it holds a space, a backslash or a character that cannot be seen"),
        ("https://example.org/" + "a" * 2_048, "it is longer than 2,048 characters"),
    ],
)
def test_a_refusal_says_why(link: str, reason: str) -> None:
    assert refused(link) == reason


def test_an_address_knows_what_it_is_made_of() -> None:
    assert check("https://Example.org:8443/a?b") == Address("https", "example.org", 8443, "/a?b")


@settings(max_examples=50)
@given(
    st.text(max_size=60)
    | st.text(alphabet="htps:/@[]%.#?\\019afx-_ é。１\u200d\u00ad", max_size=40).map("http://".__add__)
)
def test_any_text_is_an_address_or_refused(link: str) -> None:
    try:
        found = check(link)
    except LinkRefused:
        return
    assert str(check(str(found))) == str(found)


_hosts = st.one_of(
    st.from_regex(r"\A[a-z0-9_-]{1,8}(\.[a-z0-9-]{1,8}){1,2}\Z"),
    st.text(alphabet="éßя例ｅ１。.aZ", min_size=1, max_size=12).map(lambda name: f"{name}.org"),
    st.ip_addresses(v=4).map(str),
    st.ip_addresses(v=6).map(lambda ip: f"[{ip}]"),
)
_paths = st.text(alphabet="/a%2fé&=;@:?#[]|{}^~", max_size=20).map("/".__add__)


@settings(max_examples=50)
@example("example.org", "", "/?")
@given(_hosts, st.sampled_from(["", ":80", ":8443"]), _paths)
def test_what_is_judged_is_what_is_dialled(host: str, port: str, path: str) -> None:
    """The client reads an address as the policy does: host, port and target."""
    try:
        found = check(f"http://{host}{port}{path}")
    except LinkRefused:
        return
    sent = URL(str(found), encoded=True)
    assert (sent.scheme, sent.raw_host, sent.port, sent.raw_path_qs) == (
        found.scheme, found.host, found.port, found.target,
    )  # fmt: skip


# --- addresses


@pytest.mark.parametrize("ip", REFUSED_ANSWERS)
def test_an_address_that_is_not_public_is_refused(ip: str) -> None:
    assert refusal(ip)


@pytest.mark.parametrize("ip", PUBLIC_ANSWERS)
def test_a_public_address_may_be_dialled(ip: str) -> None:
    assert refusal(ip) is None


@settings(max_examples=50)
@given(st.ip_addresses())
def test_nothing_that_python_calls_private_may_be_dialled(
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    inner = getattr(ip, "ipv4_mapped", None) or ip
    if (
        inner.is_private
        or inner.is_multicast
        or inner.is_reserved
        or inner.is_loopback
        or inner.is_link_local
    ):
        is_nat64 = ip in ipaddress.ip_network("64:ff9b::/96") if ip.version == 6 else False
        assert is_nat64 or refusal(str(ip))


@settings(max_examples=30)
@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_in_the_clothes_of_ipv6(ip: ipaddress.IPv4Address) -> None:
    assert refusal(f"::ffff:{ip}") == refusal(f"64:ff9b::{ip}") == refusal(str(ip))


@settings(max_examples=30)
@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="169.254.0.0/16"))
def test_no_notation_opens_a_private_address(ip: ipaddress.IPv4Address) -> None:
    number = int(ip)
    octal = ".".join(f"0{octet:o}" for octet in ip.packed)
    for host in (str(ip), str(number), hex(number), f"0{number:o}", octal, f"[::ffff:{ip}]", f"{ip}."):
        assert refused(f"http://{host}/")


def test_a_public_address_at_another_port_is_refused() -> None:
    assert refusal("8.8.8.8", 22) == "to port 22, which is none of the web’s"


# --- redirects


@pytest.mark.parametrize(
    ("location", "found"),
    [
        ("/b", "https://example.org/b"),
        ("b", "https://example.org/a/b"),
        ("?c", "https://example.org/a/x?c"),
        ("../b c", "https://example.org/b%20c"),
        ("//other.org/b", "https://other.org/b"),
        ("https://other.org:8443/#x", "https://other.org:8443/"),
        ("/é", "https://example.org/%C3%A9"),
        ("", "https://example.org/a/x"),
    ],
)
def test_a_redirect_is_followed_from_where_it_was_met(location: str, found: str) -> None:
    assert str(follow(check("https://example.org/a/x"), location)) == found


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/", "//127.0.0.1/", "//[::1]/", "http://[::1", "https://10.0.0.1/", "//localhost",
        "//2130706433",
        "file:///etc/passwd", "gopher://example.org/", "javascript:1", "data:,x", "http:", "https://a@b.org/",
        "\\\\127.0.0.1\\x", "/\\127.0.0.1", "/a\r\nX: 1", "https://example.org:22/", "/\ud800",
        "//169.254.169.254/latest", "\x00", "https://１２７.0.0.1/",
    ],
)  # fmt: skip
def test_a_redirect_to_what_may_not_be_opened_is_refused(location: str) -> None:
    with pytest.raises(LinkRefused):
        follow(check("https://example.org/a"), location)


def test_a_redirect_never_gives_up_encryption() -> None:
    with pytest.raises(LinkRefused, match="it is no longer encrypted"):
        follow(check("https://example.org/"), "http://example.org/a")


def test_a_redirect_may_take_up_encryption() -> None:
    assert follow(check("http://example.org/"), "https://example.org/").scheme == "https"


# --- what an operator allows


def test_without_a_word_nothing_is_allowed() -> None:
    assert Allowed.parse(" , ") == address.NOTHING


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("10.20.0.0/16", "http://10.20.3.4/"),
        ("10.20.3.4", "http://10.20.3.4:8080/"),
        ("10.20.3.4:81", "http://10.20.3.4:81/"),
        ("fd00::/8", "http://[fd12::1]/"),
        ("[fd00::/8]:81", "http://[fd12::1]:81/"),
        ("[fd12::1]", "http://[fd12::1]/"),
        ("wiki", "http://wiki/"),
        ("cafe:81", "http://cafe:81/"),
        ("corp", "https://wiki.corp/"),
        ("Wiki.Corp:81", "http://wiki.corp:81/"),
        ("10.0.0.0/8, wiki.corp", "http://wiki.corp/"),
    ],
)
def test_an_operator_may_allow_an_intranet(written: str, link: str) -> None:
    assert refused(link)
    assert str(check(link, Allowed.parse(written)))


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("10.20.0.0/16", "http://10.21.0.1/"),
        ("10.20.0.0/16", "http://10.20.0.1:22/"),
        ("10.20.3.4:81", "http://10.20.3.4/"),
        ("10.20.3.4:81", "http://10.20.3.5:81/"),
        ("wiki.corp", "http://other.corp/"),
        ("wiki.corp", "http://evilwiki.corp/"),
        ("wiki.corp:81", "http://wiki.corp/"),
        ("wiki.corp", "http://127.0.0.1/"),
        ("10.0.0.0/8", "http://wiki.corp/"),
    ],
)
def test_what_an_operator_allows_opens_nothing_else(written: str, link: str) -> None:
    assert refused(link, Allowed.parse(written))


def test_a_name_that_is_allowed_does_not_allow_its_addresses() -> None:
    assert refusal("10.0.0.1", 80, Allowed.parse("wiki.corp"))


def test_a_port_that_is_allowed_for_one_address_stays_shut_at_every_other() -> None:
    allowed = Allowed.parse("10.0.0.1:6379")
    assert refusal("10.0.0.1", 6379, allowed) is None
    assert refusal("8.8.8.8", 6379, allowed)


@pytest.mark.parametrize(
    "written",
    [
        "*",
        "10.0.0.0/33",
        "wiki corp/",
        "10.0.0.1:0",
        "10.0.0.1:65536",
        "10.0.0.1:x",
        "[fd00::1",
        "a..b",
        "10.0",
    ],
)
def test_an_allowance_that_cannot_be_read_is_named(written: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        Allowed.parse(f"10.0.0.0/8, {written}")
