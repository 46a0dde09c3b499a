"""Markdown -> its metadata and its blocks, without the marks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.reading.blocks import Block
from corpus.reading.markdown import blocks, front_matter, is_markdown

# --- a front matter that is none


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The ferry stops.",
        "---\nThe ferry stops.",
        "---\n\nThe ferry stops.\n\n---\n\nThe bridge opens.",
        "---\n- the ferry\n- the bridge\n---\nThey stop.",
        "---\ntitle: [The ferry\n---\nIt stops.",
        "---\ntitle: !!python/object/apply:os.getcwd []\n---\nThe ferry stops.",
        "The ferry stops.\n---\ntitle: The ferry\n---\n",
    ],
    ids=["empty", "prose", "one line", "two rules", "a list", "no YAML", "code", "at the end"],
)
def test_a_text_without_a_front_matter_is_given_back_whole(text: str) -> None:
    assert front_matter(text) == ({}, text)


# --- a front matter


def test_the_keys_are_in_small_letters_and_the_rest_is_the_text() -> None:
    found = front_matter("---\nTitle: The ferry\nAuthor: Ada Berg\n---\n\nIt stops.\n")
    assert found == ({"title": "The ferry", "author": "Ada Berg"}, "It stops.")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2020-07-02", "2020-07-02"),
        ("12", "12"),
        ("[Ada Berg, Tom Moe]", "Ada Berg, Tom Moe"),
        ("", ""),
        ('"The ferry: the end"', "The ferry: the end"),
    ],
    ids=["a date", "a number", "a list", "nothing", "in quotes"],
)
def test_a_value_is_a_text_whatever_yaml_makes_of_it(written: str, value: str) -> None:
    metadata, _ = front_matter(f"---\nkey: {written}\n---\nThe ferry stops.")
    assert metadata == {"key": value}


def test_empty_lines_may_stand_above_it() -> None:
    assert front_matter("\n\n---\ntitle: The ferry\n---\nIt stops.") == ({"title": "The ferry"}, "It stops.")


def test_a_front_matter_in_toml_is_read() -> None:
    found = front_matter('+++\ntitle = "The ferry"\ndate = 2020-07-02\n+++\nIt stops.')
    assert found == ({"title": "The ferry", "date": "2020-07-02"}, "It stops.")


def test_a_colon_within_a_title_does_not_lose_the_front_matter() -> None:
    metadata, _ = front_matter("---\ntitle: The ferry: the end\ndate: 2020-07-02\n---\nIt stops.")
    assert metadata == {"title": "The ferry: the end", "date": "2020-07-02"}


def test_norwegian_is_not_false() -> None:
    metadata, _ = front_matter("---\nlang: no\n---\nFerjen slutter.")
    assert metadata == {"lang": "no"}


def test_a_value_nested_without_end_is_no_error_of_ours() -> None:
    deep = "[" * 3000 + "]" * 3000
    assert front_matter(f"---\nkey: {deep}\n---\nThe ferry stops.")[1].endswith("The ferry stops.")


def test_a_value_made_of_aliases_is_not_written_out() -> None:
    steps = "\n".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]" for n in range(1, 6))
    metadata, _ = front_matter(f"---\nk0: &k0 [x, x, x, x, x, x, x, x, x]\n{steps}\n---\nThe ferry stops.")
    assert sum(map(len, metadata.values())) < 10_000


# --- what only Markdown has


@pytest.mark.parametrize(
    "text",
    [
        "# The ferry",
        "The ferry\n## It stops\n",
        "See [the board](https://board.example/).",
        "```\nx = 1\n```",
    ],
)
def test_a_text_with_marks_is_markdown(text: str) -> None:
    assert is_markdown(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The ferry stops.",
        "We are #1 here.",
        "#ferry",
        "1 # 2",
        "- a list\n- of two",
        "*** stars ***",
        "# ",
    ],
)
def test_a_text_that_might_be_anything_is_not_markdown(text: str) -> None:
    assert not is_markdown(text)


# --- blocks


@pytest.mark.parametrize(
    "text", ["", "\n\n", "***", "![the ferry](ferry.png)", "[![](badge.svg)](https://ci.example)"]
)
def test_a_text_without_words_has_no_blocks(text: str) -> None:
    assert blocks(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# The ferry", "title"),
        ("The ferry\n===", "title"),
        ("## The ferry", "heading"),
        ("###### The ferry", "heading"),
    ],
)
def test_a_heading_of_the_first_level_is_a_title(text: str, kind: str) -> None:
    assert [(block.kind, block.text) for block in blocks(text)] == [(kind, "The ferry")]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("The *old* ferry", "The old ferry"),
        ("The **old** __ferry__", "The old ferry"),
        ("The `old` ferry", "The old ferry"),
        ("The [old ferry](https://ferry.example/a?b=c)", "The old ferry"),
        ("The [old ferry][1]\n\n[1]: https://ferry.example", "The old ferry"),
        ("The old <b>ferry</b>", "The old ferry"),
        ("The old\nferry", "The old ferry"),
        ("The old  \nferry", "The old ferry"),
        ("The old\\\nferry", "The old ferry"),
        (r"The \*old\* ferry", "The *old* ferry"),
        ("The old ferry &amp; the bridge", "The old ferry & the bridge"),
        ("H<sub>2</sub>O", "H2O"),
    ],
)
def test_a_paragraph_is_what_its_reader_sees(written: str, read: str) -> None:
    assert blocks(written) == [Block("text", read)]


def test_a_picture_leaves_nothing_behind() -> None:
    assert blocks("The ferry. ![at its berth](ferry.png)") == [Block("text", "The ferry.")]


@pytest.mark.parametrize("tag", ["<br>", "<br/>", "<br />"])
def test_words_on_either_side_of_a_forced_line_end_stay_apart(tag: str) -> None:
    assert blocks(f"the ferry{tag}the bridge") == [Block("text", "the ferry the bridge")]


def test_the_words_of_a_block_of_html_are_kept() -> None:
    assert [block.text for block in blocks("<div>The ferry stops.</div>\n\nThe bridge opens.")] == [
        "The ferry stops.",
        "The bridge opens.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- ferry\n- bridge",
        "* ferry\n\n* bridge",
        "1. ferry\n2. bridge",
        "- ferry\n  - bridge",
        "> ferry\n\n> bridge",
    ],
)
def test_each_item_of_a_list_is_a_block(text: str) -> None:
    assert blocks(text) == [Block("text", "ferry"), Block("text", "bridge")]


def test_each_row_of_a_table_is_a_block_with_its_empty_cells_left_out() -> None:
    rows = [block.text for block in blocks("| boat | year |\n|---|---|\n| *ferry* | 1911 |\n| bridge | |\n")]
    assert rows == ["boat · year", "ferry · 1911", "bridge"]


def test_code_is_one_block_with_its_lines_and_without_empty_ones() -> None:
    assert blocks("```python\nferry = 1\n\n\nbridge = 2\n```") == [Block("text", "ferry = 1\nbridge = 2")]


@pytest.mark.parametrize("space", ["\u00a0", "\u200c", "  "])
def test_a_space_that_means_something_is_kept(space: str) -> None:
    assert blocks(f"the{space}ferry") == [Block("text", f"the{space}ferry")]


_WORDS = st.lists(st.sampled_from(["ferry", "über", "sound", "x", "港"]), min_size=1, max_size=8).map(
    " ".join
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["", "# ", "### ", "- ", "> "]), _WORDS), max_size=8))
def test_no_word_of_a_text_is_lost(parts: list[tuple[str, str]]) -> None:
    found = blocks("\n\n".join(f"{mark}{words}" for mark, words in parts))
    assert [block.text for block in found] == [words for _, words in parts]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_block_is_blank_whatever_the_text(text: str) -> None:
    assert all(block.text for block in blocks(text))
