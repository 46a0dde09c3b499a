"""Bytes -> an article: what is refused, what an invented site leaves behind, what a file says of itself."""

from __future__ import annotations

import textwrap
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import NothingToRead, NotText, TooLarge, UnreadableArticle
from corpus.reading import Reading, read
from corpus.reading.limits import LARGEST_BYTES

if TYPE_CHECKING:
    from corpus.article import Article

HEADLINE = "Last ferry across the sound to stop in March"
FIRST = "The old ferry between Lunde and Varnes will stop on the last day of March, the board said."
SECOND = "It has crossed the sound since 1911 and carried about forty thousand people last year."
THIRD = "“We have no crew left who can hold the licence,” said Ingrid Moe, who chairs the board."
PAGE = f"""Skip to content
The Varnes Courier
Home
News
Sport

{HEADLINE}

14 February 2019 Varnes Courier

By Ada Berg

{FIRST}

(Photo: Harbour board)

{SECOND}

No crew

{THIRD}

The ferry at its berth in Lunde. (Tom Berg / Reuters)

It is a sad day.

Related
Storm closes the bridge
Share this
© 2019 Varnes Courier. All rights reserved.
"""


def reading(text: str, name: str = "ferry.txt") -> Reading:
    return read(text.encode(), name)


def article(text: str, name: str = "ferry.txt") -> Article:
    return reading(text, name).article


def paragraphs(text: str, name: str = "ferry.txt") -> list[str]:
    return article(text, name).text.split("\n\n")


# --- what is refused


@pytest.mark.parametrize("text", ["", " \n\n\t\n", "\ufeff"], ids=["empty", "blank", "mark"])
def test_a_blank_file_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(NothingToRead, match=r"^ferry\.txt holds no text\.$"):
        reading(text)


@pytest.mark.parametrize(("data", "kind"), [(b"\x89PNG\r\n", "a picture"), (bytes(9), "a binary file")])
def test_a_file_that_is_no_text_is_refused_by_its_kind(data: bytes, kind: str) -> None:
    with pytest.raises(NotText, match=f"ferry.txt is {kind}"):
        read(data, "ferry.txt")


def test_a_file_above_the_limit_is_refused() -> None:
    with pytest.raises(TooLarge):
        read(b"a" * (LARGEST_BYTES + 1), "ferry.txt")


@pytest.mark.parametrize(
    "text", ["Title: The ferry\nAuthor: Ada Berg\n", "---\ntitle: The ferry\n---\n![](a.png)"]
)
def test_a_file_that_says_of_itself_what_it_is_and_no_more_is_refused(text: str) -> None:
    with pytest.raises(NothingToRead):
        reading(text)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_an_article_or_refused(data: bytes) -> None:
    with suppress(UnreadableArticle):
        assert read(data, "ferry.txt").article.text.strip()


_PIECE = st.sampled_from(
    [
        *[
            "---",
            "+++",
            "title: The ferry",
            "title: [",
            "date: 2020-07-02",
            "lang: de",
            "Title: The ferry",
            "Date:",
        ],
        *[
            "# The ferry",
            "- a list",
            "> quoted",
            "```",
            "| a | b |",
            "|---|---|",
            "![](a.png)",
            "<div>",
            "***",
        ],
        *[
            FIRST,
            SECOND,
            "2 July 2020 Harbour Post",
            "By Ada Berg",
            "Source: Harbour Post",
            "(AFP)",
            "",
            " ",
            "\x1b[",
        ],
    ]
)


@settings(deadline=None)
@given(st.lists(_PIECE | st.text(max_size=20), max_size=20), st.sampled_from(["ferry.txt", "ferry.md"]))
def test_any_text_is_an_article_or_refused(pieces: list[str], name: str) -> None:
    with suppress(UnreadableArticle):
        found = read("\n".join(pieces).encode("utf-8", "surrogatepass"), name).article
        assert all(0 <= start < end <= len(found.text) for start, end in found.headings)


# --- a page as a browser saves it


def test_the_article_is_what_is_left_of_a_page() -> None:
    assert paragraphs(PAGE) == [FIRST, SECOND, "No crew", THIRD, "It is a sad day."]


def test_a_short_line_within_the_article_is_a_heading() -> None:
    found = article(PAGE)
    assert [found.text[slice(*span)] for span in found.headings] == ["No crew"]


def test_the_title_is_the_headline_and_not_the_site() -> None:
    assert article(PAGE).title == HEADLINE


def test_the_dateline_gives_the_day_and_the_publisher() -> None:
    found = article(PAGE)
    assert (found.published, found.publisher) == (date(2019, 2, 14), "Varnes Courier")


def test_a_named_source_beats_the_dateline() -> None:
    assert article(f"{PAGE}\nSource: Sound Times\n").publisher == "Sound Times"


def test_the_byline_gives_the_author() -> None:
    assert article(PAGE).author == "Ada Berg"


def test_the_language_is_told_from_the_text() -> None:
    assert article(PAGE).language == "en"


def test_a_date_to_come_is_no_publication_date() -> None:
    assert article(PAGE.replace("2019", "2999")).published is None


@pytest.mark.parametrize(("written", "day"), [("03/04/2020", None), ("13/04/2020", date(2020, 4, 13))])
def test_a_date_in_figures_is_read_only_when_it_means_one_day(written: str, day: date | None) -> None:
    assert article(PAGE.replace("14 February 2019", written)).published == day


def test_a_date_that_is_not_guessed_does_not_cost_the_title() -> None:
    assert article(PAGE.replace("14 February 2019", "03/04/2020")).title == HEADLINE


def test_a_date_with_no_break_spaces_does_not_stop_the_reading() -> None:
    assert article(PAGE.replace("14 February 2019", "14\u00a0February\u00a02019")).published == date(
        2019, 2, 14
    )


def test_what_is_left_out_is_named_in_its_order() -> None:
    assert reading(PAGE).left_out == (
        "Skip to content",
        "The Varnes Courier",
        "Home",
        "News",
        "Sport",
        "14 February 2019 Varnes Courier",
        "By Ada Berg",
        "(Photo: Harbour board)",
        "The ferry at its berth in Lunde. (Tom Berg / Reuters)",
        "Related",
        "Storm closes the bridge",
        "Share this",
        "© 2019 Varnes Courier. All rights reserved.",
    )


_SENTENCE = st.builds(
    lambda n_words, word: f"Lunde {' '.join([word] * n_words)}.",
    st.integers(11, 40),
    st.sampled_from(["harbour", "ferry", "sound", "1911", "Fähre"]),
)
_LINE = st.sampled_from(
    ["Home", "News", "Sport", HEADLINE, "The Varnes Courier", "Related", "Share this", "© Varnes Courier"]
)


@settings(deadline=None)
@given(st.lists(_LINE, max_size=6), st.lists(_SENTENCE, min_size=1, max_size=5), st.lists(_LINE, max_size=6))
def test_no_paragraph_of_prose_is_lost_from_a_page(
    above: list[str], prose: list[str], below: list[str]
) -> None:
    assert paragraphs("\n\n".join([*above, *prose, *below])) == prose


@settings(deadline=None)
@given(
    st.lists(
        _LINE
        | _SENTENCE
        | st.sampled_from(["A sad day.", "the quay", "Why?", "One of three, or four of them", "- eggs"]),
        min_size=1,
    )
)
def test_every_line_is_in_the_article_or_named_as_left_out(texts: list[str]) -> None:
    found = reading("\n\n".join(texts))
    kept = {*found.article.text.split("\n\n"), found.article.title, *found.left_out}
    assert set(texts) <= kept


# --- what a file says of itself


FRONT_MATTER = f"""---
title: The last ferry
author: [Ada Berg, Tom Moe]
publisher: Harbour Post
date: 2020-07-02
url: https://post.example/ferry
language: de
---

{FIRST}
"""


def test_a_front_matter_says_what_the_article_is() -> None:
    found = article(FRONT_MATTER)
    assert (found.title, found.author, found.publisher, found.published, found.url, found.language) == (
        "The last ferry",
        "Ada Berg, Tom Moe",
        "Harbour Post",
        date(2020, 7, 2),
        "https://post.example/ferry",
        "de",
    )


def test_a_front_matter_is_no_part_of_the_article() -> None:
    assert article(FRONT_MATTER).text == FIRST


def test_behind_a_front_matter_all_is_the_article() -> None:
    lines = ["Home", "eggs", FIRST, "Share this", "One more"]
    assert paragraphs(FRONT_MATTER.replace(FIRST, "\n\n".join(lines))) == lines


def test_a_front_matter_in_toml_says_what_the_article_is() -> None:
    found = article(f'+++\ntitle = "The last ferry"\npublisher = "Harbour Post"\n+++\n\n{FIRST}\n')
    assert (found.title, found.publisher) == ("The last ferry", "Harbour Post")


def test_a_front_matter_that_cannot_be_read_does_not_give_strokes_as_the_title() -> None:
    assert article(f"---\ntitle: [Ferry\n---\n\n{FIRST}\n").title != "---"


KEYS = f"""Title: The last ferry
Author: Ada Berg
Publisher: Harbour Post
Published: 2 July 2020
URL: https://post.example/ferry
Language: de

{FIRST}

{SECOND} {THIRD}

{THIRD} {SECOND}
"""


def test_leading_lines_with_keys_say_what_the_article_is() -> None:
    found = article(KEYS)
    assert (found.title, found.author, found.publisher, found.published, found.url, found.language) == (
        "The last ferry",
        "Ada Berg",
        "Harbour Post",
        date(2020, 7, 2),
        "https://post.example/ferry",
        "de",
    )


def test_leading_lines_with_keys_are_no_part_of_the_article() -> None:
    assert paragraphs(KEYS)[0] == FIRST


def test_leading_lines_with_keys_are_read_above_a_single_paragraph() -> None:
    keys, _, _ = KEYS.partition("\n\n")
    assert article(f"{keys}\n\n{FIRST}\n").title == "The last ferry"


def test_what_a_file_says_of_itself_beats_what_its_lines_say() -> None:
    assert article(f"Title: The last ferry\n{PAGE}").title == "The last ferry"


@pytest.mark.parametrize(
    "text",
    [
        f"Language: Spanish\n\n{FIRST}",
        f"Lang: unknown\n\n{FIRST}",
        f"Lang: qx\n\n{FIRST}",
    ],
    ids=["a name", "a word", "a code of nothing"],
)
def test_a_language_that_is_no_code_leaves_it_to_the_text(text: str) -> None:
    assert article(text).language == "en"


def test_a_language_with_a_region_is_the_language() -> None:
    assert article(f"Language: de-CH\n\n{FIRST}").language == "de"


# --- Markdown


def test_markdown_is_told_by_its_name() -> None:
    assert article(f"*{FIRST}*", "ferry.MD").text == FIRST


def test_markdown_is_told_by_its_marks() -> None:
    assert article(f"# The last ferry\n\n*{FIRST}*").text == FIRST


def test_stars_in_a_plain_text_are_stars() -> None:
    assert article(f"*{FIRST}*").text == f"*{FIRST}*"


def test_the_heading_of_the_first_level_is_the_title_and_not_of_the_text() -> None:
    found = article(f"# The last ferry\n\n{FIRST}\n")
    assert (found.title, found.text) == ("The last ferry", FIRST)


def test_headings_are_marked_where_they_stand() -> None:
    found = article(f"# The last ferry\n\n{FIRST}\n\n## No crew\n\n{SECOND}\n")
    assert [found.text[slice(*span)] for span in found.headings] == ["No crew"]


def test_a_list_does_not_cut_a_markdown_article() -> None:
    items = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
    listed = "\n".join(f"- {item}" for item in items)
    assert paragraphs(f"# The last ferry\n\n{FIRST}\n\n{listed}\n\n{SECOND}", "ferry.md") == [
        FIRST,
        *items,
        SECOND,
    ]


@pytest.mark.parametrize(("written", "last"), [("- Monday\n", "Monday"), ("| a | b |\n|---|---|\n", "a · b")])
def test_a_markdown_article_keeps_its_last_list_or_table(written: str, last: str) -> None:
    assert paragraphs(f"# The last ferry\n\n{FIRST}\n\n{written}", "ferry.md") == [FIRST, last]


def test_the_items_of_a_list_are_no_headings() -> None:
    assert (
        article(f"# The last ferry\n\n{FIRST}\n\n- Monday\n- Tuesday\n\n{SECOND}", "ferry.md").headings == ()
    )


def test_in_markdown_only_what_is_marked_as_a_heading_is_one() -> None:
    assert article(f"# The last ferry\n\n{FIRST}\n\n> Since 1911\n\n{SECOND}").headings == ()


# --- lines broken at a fixed width


MAIL = "\n\n".join("\n".join(textwrap.wrap(f"{text} {text}", 60)) for text in (FIRST, SECOND, THIRD))


def test_lines_broken_at_a_fixed_width_are_joined() -> None:
    assert paragraphs(MAIL) == [f"{text} {text}" for text in (FIRST, SECOND, THIRD)]


def test_a_word_parted_at_the_end_of_a_line_is_joined() -> None:
    parted = MAIL.replace("board said", "board de-\ncided and said", 1)
    assert "decided" in article(parted).text


def test_lines_that_are_paragraphs_are_not_joined() -> None:
    assert paragraphs(f"{FIRST}\n{SECOND}\n{THIRD}\n") == [FIRST, SECOND, THIRD]


def test_a_list_among_broken_lines_keeps_its_items() -> None:
    found = paragraphs(f"{MAIL}\n\nThe board asks for:\n- a summer crew\n- a new engine\n\n{MAIL}")
    assert "- a new engine" in found


@pytest.mark.parametrize("space", ["\u00a0", "\u200c"])
def test_a_space_that_means_something_is_kept(space: str) -> None:
    sentence = FIRST.replace("old ferry", f"old{space}ferry")
    assert article(f"{sentence}\n{SECOND}").text.startswith(sentence)


# --- texts that are no articles


def test_one_sentence_is_an_article_without_a_title() -> None:
    found = reading("The ferry stops.")
    assert (found.article.title, found.article.text, found.left_out) == ("", "The ferry stops.", ())


def test_one_paragraph_is_an_article_without_a_title() -> None:
    assert (article(FIRST).title, article(FIRST).text) == ("", FIRST)


def test_a_poem_keeps_all_its_words() -> None:
    poem = "The tide came in\nand took the boat\nand left the rope.\n\nThe tide went out,\nand there it lay."
    found = article(poem)
    assert f"{found.title} {found.text}".split() == poem.split()


def test_a_poem_keeps_its_lines() -> None:
    first = ["The tide came in", "and took the boat", "and left the rope", "without a note."]
    second = ["The tide went out", "and nothing more", "than salt and rope", "lay on the shore."]
    found = article("\n".join([*first, "", *second]))
    assert [found.title, *found.text.split("\n\n")] == [*first, *second]


@pytest.mark.parametrize(
    "text", ["- eggs\n- milk\n- bread\n", "eggs\nmilk\nbread\n"], ids=["marked", "plain"]
)
def test_a_list_keeps_its_last_line(text: str) -> None:
    assert "bread" in article(text).text


def test_headings_alone_are_an_article() -> None:
    assert (
        article("# The ferry\n\n## The crew\n\n## The engine\n", "ferry.md").text == "The crew\n\nThe engine"
    )


def test_a_single_heading_is_an_article() -> None:
    assert article("# The ferry\n", "ferry.md").text == "The ferry"


def test_a_text_in_one_line_of_a_megabyte_is_an_article() -> None:
    line = f"{FIRST} " * 11_000
    assert article(line).text == line.strip()


def test_a_line_like_the_title_further_down_is_of_the_text() -> None:
    refrain = "The ferry is late"
    first = (
        "The harbour master said that 300 passengers spent the night in the school. Tea was brought to all."
    )
    second = "He said it again in the morning, when the fog had gone and the ship came in with its lights on."
    found = read(f"{refrain}\n\n{first}\n\n{refrain}\n\n{second}".encode(), "ferry.txt").article
    assert (found.title, found.text) == (refrain, f"{first}\n\n{refrain}\n\n{second}")
