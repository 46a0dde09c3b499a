"""Links in a message, as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import links

LINK = "https://news.example.org/2020/07/the-harbour?a=b&c=[1]#top"
WIKI = "https://en.wikipedia.org/wiki/Harbour_(film)"


@pytest.mark.parametrize(
    "text",
    [
        "{}", "  {}\n", "<{}>", "see {}", "see {}.", "see {}, and", "({})", "(see {}).", "[{}]", "“{}”",
        '"{}"', "«{}»", "**{}**", "*{}*", "__{}__", "~~{}~~", "||{}||", "`{}`", "[The harbour]({})",
        "[The harbour](<{}>)", '[The harbour]({} "A title")', "**[The harbour]({})**", "{}!!!", "{}…",
        "{}?", "link:{}", "看{}。", "> {}", "- {}\n- two", "{}\t", "{} {}", "{}\n<{}>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("link", [LINK, WIKI])
def test_a_link_is_found_without_what_stands_around_it(text: str, link: str) -> None:
    assert links.in_text(text.replace("{}", link)) == [link]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no link",
        "example.org",
        "ftp://example.org",
        "http://",
        "https://...",
        "https:///",
        "<https://>",
        "[x](y)",
    ],
)
def test_what_is_no_link_is_passed_over(text: str) -> None:
    assert links.in_text(text) == []


def test_links_come_once_each_in_reading_order() -> None:
    text = f"{WIKI} and {LINK}, then {WIKI} again and HTTP://EXAMPLE.ORG/"
    assert links.in_text(text) == [WIKI, LINK, "HTTP://EXAMPLE.ORG/"]


def test_a_label_that_is_a_link_counts_beside_the_link() -> None:
    assert links.in_text(f"[{LINK}]({WIKI})") == [LINK, WIKI]


@settings(max_examples=50)
@given(st.text(alphabet='htps:/.()[]<>*_ \n"a1', max_size=80))
def test_what_is_found_stands_in_the_text(text: str) -> None:
    for link in links.in_text(text):
        assert link in text
        assert not any(letter.isspace() for letter in link)
