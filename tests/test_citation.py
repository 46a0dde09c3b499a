"""The link that leads to a quote's own words."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import citation

URL = "https://example.org/a"
LONG = "The Taliban regularly consulted with Al-Qaida during the negotiations with the United States."


def ends(link: str | None) -> list[str]:
    """The words that *link* has the browser look for: all of them, or the first and the last."""
    assert link is not None
    return [unquote(end) for end in link.split(":~:text=")[1].split(",")]


# --- quotes and articles that a link cannot lead to


@pytest.mark.parametrize("url", [None, ""])
def test_an_article_without_an_address_has_no_link(url: str | None) -> None:
    assert citation.link(url, LONG) is None


@pytest.mark.parametrize("sentence", ["", " \n"])
def test_a_blank_quote_leads_to_the_article(sentence: str) -> None:
    assert citation.link(URL, sentence) == URL


def test_an_address_too_long_for_a_button_is_left_as_it_is() -> None:
    url = URL + "/long" * citation.LONGEST_LINK
    assert citation.link(url, LONG) == url


@pytest.mark.parametrize("url", ["not an address", "http://[oops", "mailto:somebody", "//", "#"])
def test_an_odd_address_does_no_harm(url: str) -> None:
    link = citation.link(url, "They met.")
    assert link is not None
    assert ends(link) == ["They met."]


def test_a_long_chinese_quote_has_its_fragment() -> None:
    sentence = (
        "据联合国报告称塔利班与基地组织的领导人在二零二零年多次会晤并且承诺继续保持历史联系，"
        "双方没有断绝关系的迹象，报告还提到了阿富汗其他地区的情况。"
    )
    assert ends(citation.link(URL, sentence))


def test_a_long_hindi_quote_has_its_fragment() -> None:
    sentence = (
        "तालिबान ने संयुक्त राज्य अमेरिका के साथ वार्ता के दौरान नियमित रूप से "
        "अलकायदा संगठन के प्रमुख नेताओं के साथ परामर्श किया"
    )
    assert ends(citation.link("https://example.org/world/asia/" + "report-on-the-talks" * 4, sentence))


def test_an_address_that_has_a_text_fragment_gets_this_one_instead() -> None:
    assert citation.link(f"{URL}#:~:text=old", "They met.") == f"{URL}#:~:text=They%20met."


# --- links


def test_a_short_quote_is_looked_for_whole() -> None:
    assert citation.link(URL, "They met.") == "https://example.org/a#:~:text=They%20met."


def test_a_long_quote_is_looked_for_by_its_ends() -> None:
    first, last = ends(citation.link(URL, LONG))
    assert (LONG.startswith(first), LONG.endswith(last)) == (True, True)


def test_line_breaks_and_runs_of_spaces_are_one_space_as_on_the_page() -> None:
    assert ends(citation.link(URL, " They\n  met. ")) == ["They met."]


@pytest.mark.parametrize(
    "sentence", ["a, b", "well-known", "Q & A", "100 %", "a#b", "Was? „Ja“", "联合国", "क्या"]
)
def test_what_means_something_in_a_link_is_escaped(sentence: str) -> None:
    directive = str(citation.link(URL, sentence)).split(":~:text=")[1]
    assert (unquote(directive), set(directive) & set(",-&# ?")) == (sentence, set())


def test_the_place_an_address_names_is_kept() -> None:
    assert str(citation.link(f"{URL}?q=1#part", "They met.")).startswith(f"{URL}?q=1#part:~:text=")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.text("abc/?&=", max_size=600))
def test_a_link_fits_a_button_unless_the_address_alone_does_not(sentence: str, path: str) -> None:
    link = citation.link(URL + path, sentence)
    assert link is not None
    assert link == URL + path or len(link) <= citation.LONGEST_LINK


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60).filter(str.strip))
def test_the_words_of_a_link_are_the_quotes_own(sentence: str) -> None:
    link = citation.link(URL, sentence)
    assert link is not None
    words = " ".join(sentence.split())
    found = ends(link) if ":~:" in link else [words]
    assert words.startswith(found[0])
    assert words.endswith(found[-1])
