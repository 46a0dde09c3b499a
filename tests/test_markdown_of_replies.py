"""Article text -> Discord's Markdown: whatever the text tries, a reader sees and copies the text itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.replies.markdown import escape, label, link, marked, quote, title
from corpus.article import Span
from tests import hostile
from tests.discord_markdown import lines, quoted, see

HOSTILE = [*hostile.MARKUP, *hostile.LETTERS]


# --- escape


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_line_is_shown_as_it_is(text: str) -> None:
    assert see(escape(text)).text == text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_line_becomes_no_mention_link_or_style(text: str) -> None:
    seen = see(escape(text))
    assert (seen.things, seen.links, seen.marks) == ([], [], [])


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("indent", ["", "  ", "first line\n", "first line\n "])
def test_no_line_becomes_a_heading_list_or_quote(indent: str, text: str) -> None:
    assert {(line.kind, line.is_quoted) for line in lines(escape(indent + text))} == {("", False)}


@settings(max_examples=80, deadline=None)
@given(hostile.texts)
def test_escaped_text_is_seen_as_it_was(text: str) -> None:
    assert "\n".join(line.seen.text for line in lines(escape(text))) == text


@settings(max_examples=80, deadline=None)
@given(hostile.texts)
def test_escaped_text_holds_nothing_but_text(text: str) -> None:
    found = lines(escape(text))
    assert [(line.kind, line.seen.things, line.seen.links, line.seen.marks) for line in found] == [
        ("", [], [], [])
    ] * len(found)


def test_escaping_hides_nothing_between_the_characters() -> None:
    assert escape("plain words, nothing else: 5 & 6") == "plain words, nothing else: 5 & 6"


def test_an_emoji_name_stays_words() -> None:
    assert escape("press :smile: to go on") == "press \\:smile\\: to go on"


# --- marked


def spans_in(text: str) -> st.SearchStrategy[tuple[Span | None, list[Span]]]:
    """A bold span and underlined words in it, as an answer has them: no space at their ends, none overlap."""
    words = _words(text)
    if not words:
        return st.just((None, []))
    places = st.tuples(st.integers(0, len(words) - 1), st.integers(0, len(words) - 1)).map(sorted)
    bold = places.map(lambda pair: Span(words[pair[0]].start, words[pair[1]].end))
    underlined = st.lists(st.sampled_from(words), unique=True, max_size=3).map(sorted)
    return st.tuples(st.none() | bold, underlined)


def _words(text: str) -> list[Span]:
    found: list[Span] = []
    start = None
    for place, character in enumerate(f"{text} "):
        if character.isspace() or not character.isalnum():
            if start is not None:
                found.append(Span(start, place))
            start = None
        elif start is None:
            start = place
    return found


TEXT_AND_SPANS = hostile.passages.flatmap(lambda text: st.tuples(st.just(text), spans_in(text)))


@settings(max_examples=80, deadline=None)
@given(TEXT_AND_SPANS)
def test_marked_text_is_seen_as_it_was(given_text: tuple[str, tuple[Span | None, list[Span]]]) -> None:
    text, (bold, underlined) = given_text
    seen = [line.seen.text for line in lines(marked(text, bold, underlined))]
    assert "\n".join(seen) == text


@settings(max_examples=80, deadline=None)
@given(TEXT_AND_SPANS)
def test_exactly_the_marked_words_are_marked(
    given_text: tuple[str, tuple[Span | None, list[Span]]],
) -> None:
    text, (bold, underlined) = given_text
    found = [mark for line in lines(marked(text, bold, underlined)) for mark in line.seen.marks]
    wanted = [line for line in text[slice(*bold)].split("\n") if line] if bold else []
    assert [words for style, words in found if style == "bold"] == wanted
    assert sorted(words for style, words in found if style == "underline") == sorted(
        text[slice(*span)] for span in underlined
    )


def test_bold_is_closed_at_a_lines_end_and_opened_again() -> None:
    assert marked("One two\nthree four", Span(4, 13)) == "One **two**\n**three** four"


def test_only_a_lines_own_start_is_escaped_as_one() -> None:
    assert marked("One - two\n- three", None, [Span(0, 3)]) == "__One__ - two\n\\- three"


def test_the_reader_of_these_tests_sees_markup_where_there_is_some() -> None:
    seen = see("**a __b__** [c](https://d.example) @everyone <@&1> `e`")
    assert seen.marks == [("bold", "a b"), ("underline", "b")]
    assert seen.links == [("c", "https://d.example")]
    assert seen.things == ["everyone @everyone", "role <@&1>", "code `e`"]


def test_the_reader_of_these_tests_sees_blocks_where_there_are_some() -> None:
    kinds = [(line.kind, line.is_quoted) for line in lines("# a\n> - b\n-# c\n> > d\n1. e\n```\nf")]
    assert kinds == [
        ("heading", False),
        ("list", True),
        ("subtext", False),
        ("quote", True),
        ("list", False),
        ("fence", False),
        ("", False),
    ]


# --- quote, title, label, link


@settings(max_examples=50, deadline=None)
@given(hostile.texts)
def test_a_quoted_article_is_seen_behind_one_bar(text: str) -> None:
    found = lines(quote(escape(text)))
    assert all(line.is_quoted and not line.kind for line in found)


@settings(max_examples=50, deadline=None)
@given(hostile.texts)
def test_what_is_copied_from_a_quote_is_the_text(text: str) -> None:
    assert quoted(quote(escape(text))) == text


@settings(max_examples=50, deadline=None)
@given(hostile.names)
def test_a_title_is_one_line_of_plain_text(name: str) -> None:
    [line] = lines(f"### {title(name, 100)}")
    assert (line.seen.things, line.seen.links, line.seen.marks) == ([], [], [])


@settings(max_examples=50, deadline=None)
@given(hostile.names, st.integers(10, 100))
def test_a_title_shows_no_more_characters_than_it_may(name: str, limit: int) -> None:
    assert len(see(title(name, limit)).text) <= limit


def test_a_title_that_is_cut_ends_in_an_ellipsis() -> None:
    assert title("The harbour was closed on Monday", 12) == "The harbour…"


def test_a_title_keeps_what_its_brackets_hold() -> None:
    assert see(title("Harbour [updated] `now`", 100)).text == "Harbour (updated) 'now'"


@settings(max_examples=50, deadline=None)
@given(hostile.names, st.integers(1, 100))
def test_a_label_keeps_its_limit_and_its_line(name: str, limit: int) -> None:
    cut = label(name, limit)
    assert len(cut) <= limit
    assert "\n" not in cut


@settings(max_examples=50, deadline=None)
@given(hostile.names.filter(lambda name: name.strip() != ""))
def test_a_link_has_one_target_whatever_its_words_are(name: str) -> None:
    seen = see(link(name, "https://news.example/1", 100))
    assert [url for _, url in seen.links] == ["https://news.example/1"]


@pytest.mark.parametrize("url", [None, "", "https://news.example/a b", "https://news.example/a_(b)", "<x>"])
def test_an_address_that_would_break_a_link_gives_words_alone(url: str | None) -> None:
    assert link("Harbour", url, 100) == "Harbour"


@pytest.mark.parametrize("url", ["javascript:alert", "news.example/1", "file:///etc/passwd", "https://a\tb"])
def test_an_address_that_discord_would_not_open_gives_words_alone(url: str) -> None:
    assert link("Harbour", url, 100) == "Harbour"
