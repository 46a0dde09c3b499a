"""HTML of documents and books -> blocks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.reading import elements, trees
from corpus.reading.blocks import Block


def blocks(html: str) -> list[Block]:
    root = trees.parse_page(f"<html><body>{html}</body></html>".encode())
    assert root is not None
    return elements.blocks(root)


def texts(html: str) -> list[str]:
    return [block.text for block in blocks(html)]


@pytest.mark.parametrize(
    ("html", "read"),
    [
        ("<p>One <b>bold</b> <i>word</i>.</p>", ["One bold word."]),
        ("<p>One</p>two<p>three</p>four", ["One", "two", "three", "four"]),
        ("<ul><li>One</li><li>Two<ul><li>Three</li></ul></li></ul>", ["One", "Two", "Three"]),
        ("<div>One<div>Two</div>Three</div>", ["One", "Two", "Three"]),
        ("<p>One\n   two\tthree</p>", ["One two three"]),
        ("<p>A line<br/>and another</p>", ["A line and another"]),
        ("<p>A paragraph<br/><br/>and another</p>", ["A paragraph", "and another"]),
        ("<table><tr><th>Year</th><td><p>1</p><p>2</p></td></tr></table>So", ["Year · 1 · 2", "So"]),
        ("<table><tr><td></td></tr></table>So", ["So"]),
        ("<p>One<!-- a comment --> two<?x y?> three</p>", ["One two three"]),
        ("<p>One<script>1</script> two<style>p</style></p><nav>Contents</nav>", ["One two"]),
        ("<p hidden>One</p><p>two</p>", ["two"]),
        ("<body style='display:none'><p>All of it</p></body>", ["All of it"]),
        ("<p style='display: none'>One</p><p style='color: red'>two</p>", ["two"]),
        ("<p>漢<ruby>字<rt>かんじ</rt></ruby>。</p>", ["漢字。"]),
        ("", []),
        ("<p>  </p><p/>", []),
    ],
)  # fmt: skip
def test_a_block_is_what_stands_on_lines_of_its_own(html: str, read: list[str]) -> None:
    assert texts(html) == read


def test_headings_are_told_from_titles() -> None:
    kinds = [block.kind for block in blocks("<h1>One</h1><h2>Two</h2><p>three</p><h6>Four</h6>")]
    assert kinds == ["title", "heading", "text", "heading"]


@pytest.mark.parametrize(
    ("html", "read"),
    [
        ('It stops.<sup><a href="#footnote-1">[1]</a></sup> So', "It stops. So"),
        ('<a href="notes.xhtml#n3">*</a>It stops.', "It stops."),
        ('The board said. <a href="#footnote-ref-1">↑</a>', "The board said."),
        ('See <a href="#two">chapter two</a>.', "See chapter two."),
        ('In <a href="https://post.example/1990">1990</a>.', "In 1990."),
    ],
)
def test_marks_of_footnotes_are_no_words(html: str, read: str) -> None:
    assert texts(f"<p>{html}</p>") == [read]


def test_a_nest_without_end_is_no_recursion() -> None:
    assert texts("<p>One</p>" + "<b>" * 5_000 + "two")[0] == "One"


@settings(deadline=None, max_examples=50)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<br>", "<tr>", "</tr>", "<td>", "<h1>", "</h1>", "word", " ", "<!--x-->"]
        )
    )
)
def test_every_word_of_any_markup_is_read_once(pieces: list[str]) -> None:
    assert "".join(texts("".join(pieces))).count("word") == pieces.count("word")
