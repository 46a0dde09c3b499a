"""The one address of an article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.reading.canonical import canonical, key, site

URL = "https://news.example.co.uk/2021/ferry?id=7"


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("https://news.example.co.uk/ferry", "https://news.example.co.uk/ferry"),
        ("https://www.example.co.uk/ferry", "https://www.example.co.uk/ferry"),
        ("/ferry?utm_source=feed&id=7", "https://news.example.co.uk/ferry?id=7"),
        ("//news.example.co.uk/ferry#comments", "https://news.example.co.uk/ferry"),
        ("http://news.example.co.uk/ferry", "https://news.example.co.uk/ferry"),
        ("https://other.co.uk/ferry", URL),
        ("https://evil.example.org/ferry", URL),
        ("https://co.uk/ferry", URL),
        ("https://news.example.co.uk/", URL),
        ("javascript:alert(1)", URL),
        ("https://user:pw@news.example.co.uk/ferry", URL),
        ("https://[::1", URL),
        ("https://news.example.co.uk:99999/ferry", URL),
        ("", URL),
    ],
)
def test_a_page_claims_an_address_on_its_own_domain_alone(claim: str, expected: str) -> None:
    assert canonical(URL, [claim]) == expected


def test_of_several_claims_the_first_that_can_be_true_counts() -> None:
    claims = ["https://other.example/x", "https://news.example.co.uk/a", "https://news.example.co.uk/b"]
    assert canonical(URL, claims) == "https://news.example.co.uk/a"


def test_neighbours_under_a_shared_suffix_are_strangers() -> None:
    assert (
        canonical("https://ada.github.io/post", ["https://bob.github.io/post"])
        == "https://ada.github.io/post"
    )


def test_addresses_in_numbers_are_of_one_site_only_when_they_are_equal() -> None:
    assert canonical("http://10.0.0.1/a", ["http://10.0.0.2/a"]) == "http://10.0.0.1/a"
    assert canonical("http://10.0.0.1/a", ["http://10.0.0.1/b"]) == "http://10.0.0.1/b"


def test_a_saved_page_has_no_address_but_its_claim() -> None:
    assert canonical(None, ["/ferry", "https://news.example/ferry?fbclid=1"]) == "https://news.example/ferry"
    assert canonical(None, []) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("HTTPS://News.Example/Ferry?utm_medium=a&UTM_source=b", "https://news.example/Ferry"),
        ("https://news.example/f?id=1&fbclid=x&gclid=y&msclkid=z", "https://news.example/f?id=1"),
        ("https://news.example/f?q=a%20b&x=", "https://news.example/f?q=a%20b&x="),
        ("https://news.example:443/f#part", "https://news.example/f"),
        ("http://news.example:8080/f", "http://news.example:8080/f"),
        ("https://news.example/#!/story/7", "https://news.example/#!/story/7"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example/a b\t“c”", "https://news.example/a%20b%09“c”"),
        ("mailto:ada@news.example", None),
    ],
)
def test_what_counts_visitors_is_taken_off(written: str, expected: str | None) -> None:
    assert canonical(written, []) == expected


def test_one_page_has_one_key() -> None:
    ways = ["https://www.news.example/f/", "http://news.example/f", "https://news.example/f?utm_id=1#top"]
    assert {key(way) for way in ways} == {"news.example/f"}
    assert key("https://news.example/f?id=1") != key("https://news.example/f?id=2")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("news.example.co.uk", "example.co.uk"),
        ("a.b.example.com", "example.com"),
        ("ada.github.io", "ada.github.io"),
        ("localhost", "localhost"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("a..b", "a..b"),
        ("", ""),
    ],
)
def test_a_site_is_its_registrable_domain(host: str, expected: str) -> None:
    assert site(host) == expected


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_address_breaks_it(url: str, claim: str) -> None:
    found = canonical(f"https://news.example/{url}", [claim, f"http://{claim}", f"//{claim}"])
    assert found is not None
    assert found.startswith(("https://", "http://"))
    assert canonical(found, []) == found
