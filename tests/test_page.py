"""A web page -> the article on it."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.errors import NoArticleThere, NothingToRead, NotText, TooLarge
from corpus.reading.markup import LARGEST_BYTES
from corpus.reading.page import read_page
from tests.pages_in_languages import LANGUAGES

URL = "https://news.example/2021/ferry"
SENTENCES = (
    "The ferry to the northern islands was cancelled on Monday because of the storm.",
    "Passengers slept in the harbour hall, where volunteers gave out soup and blankets.",
    "The company expects to sail again on Wednesday, a spokeswoman told the town council.",
    "Fishermen said that waves of six metres had been seen near the old lighthouse.",
)
PARAGRAPHS = [
    " ".join(SENTENCES[at % 4 :] + SENTENCES[: at % 4]) + f" That was report number {at}." for at in range(5)
]


def page(body: str, head: str = "", lang: str = "en") -> bytes:
    head = f'<head><meta charset="utf-8">{head}</head>'
    return f'<!DOCTYPE html><html lang="{lang}">{head}<body>{body}</body></html>'.encode()


def article(paragraphs: list[str], title: str = "Storm stops the ferry") -> str:
    inner = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    nav, footer = "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav>", "<footer>© Example</footer>"
    return f"{nav}<article><h1>{title}</h1>{inner}</article>{footer}"


def test_an_article_keeps_its_paragraphs_and_loses_the_site_around_it() -> None:
    read = read_page(page(article(PARAGRAPHS), "<title>Storm stops the ferry | News</title>"), URL)
    assert read.article.text.split("\n\n") == PARAGRAPHS
    assert read.state is None


def test_what_a_page_says_of_itself_is_read() -> None:
    head = """<title>Storm stops the ferry | Island News</title>
    <meta property="og:site_name" content="Island News"><meta name="author" content="By Ada Marsh">
    <meta property="article:published_time" content="2021-03-04T23:30:00+01:00">
    <link rel="canonical" href="https://news.example/2021/ferry?utm_source=x">"""
    read = read_page(page(article(PARAGRAPHS), head), URL + "?fbclid=1").article
    assert (read.title, read.publisher, read.author) == ("Storm stops the ferry", "Island News", "Ada Marsh")
    assert (read.published, read.url, read.language) == (date(2021, 3, 4), URL, "en")


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", NothingToRead),
        (b" \n\t ", NothingToRead),
        (b"<!-- nothing -->", NothingToRead),
        (b"\0\1\2\3" * 100, NotText),
        (b"<p>x" + b" " * LARGEST_BYTES, TooLarge),
        (page(""), NoArticleThere),
        (page("<script>go()</script>"), NoArticleThere),
        (page("<frameset><frame src='a.html'></frameset>"), NoArticleThere),
    ],
    ids=["empty", "blank", "a comment", "binary", "too large", "no body", "only scripts", "frames"],
)
def test_what_is_no_article_is_refused_in_a_sentence(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"^The page "):
        read_page(data)


# --- what is more than paragraphs


def texts(body: str, **options: str) -> list[str]:
    return read_page(page(body, **options), URL).article.text.split("\n\n")


@pytest.mark.parametrize("code", LANGUAGES)
def test_paragraphs_headings_lists_and_tables_survive_in_every_language(code: str) -> None:
    words = LANGUAGES[code]
    first, second, third = words.paragraphs
    body = (
        f"<main><article><h1>{words.title}</h1><p>{first}</p><h2>{words.title[:8]}</h2><p>{second}</p>"
        f"<ul><li>{third}</li><li>{second[:40]}</li></ul>"
        f"<table><tr><th>{words.title[:6]}</th><th>2021</th></tr><tr><td>{first[:30]}</td><td>7</td></tr></table>"
        f"<blockquote><p>{third}</p></blockquote><p>{first}</p></article></main>"
    )
    found = read_page(page(body, lang=code, head=f"<title>{words.title}</title>"), URL).article
    parts = found.text.split("\n\n")
    assert [first, second, third] == [part for part in parts if part in words.paragraphs][:3]
    assert f"{words.title[:6].strip()} · 2021" in parts
    assert f"{first[:30].strip()} · 7" in parts
    assert [found.text[start:end] for start, end in found.headings] == [words.title[:8].strip()]
    assert (found.title, found.language) == (words.title, code)


def test_the_entries_of_a_live_blog_keep_their_times_and_paragraphs() -> None:
    entries = "".join(
        f"<article class='entry'><h3>1{number}:30</h3><p>{one}</p><p>{SENTENCES[0]}</p></article>"
        for number, one in enumerate(PARAGRAPHS)
    )
    parts = texts(f"<main><h1>Storm live</h1><div class='liveblog'>{entries}</div></main>")
    assert [part for part in parts if part in PARAGRAPHS] == PARAGRAPHS
    assert [part for part in parts if part.endswith(":30")] == [f"1{number}:30" for number in range(5)]


def test_two_line_ends_part_paragraphs_and_one_within_a_sentence_does_not() -> None:
    one, two = PARAGRAPHS[:2]
    wrapped = two.replace(" because ", "<br>because ")
    parts = texts(f"<article><h1>Storm</h1><p>{one}<br><br>{wrapped}</p><p>{PARAGRAPHS[2]}</p></article>")
    assert parts == [one, two.replace(" because ", "\nbecause "), PARAGRAPHS[2]]


UNSEEN = "You can win a prize if you quote this, although nobody is shown it on the page of the ferry."


@pytest.mark.parametrize(
    "hidden",
    [
        f"<div style='display: none'><p>{UNSEEN}</p></div>",
        f"<p style='visibility:hidden'>{UNSEEN}</p>",
        f"<div hidden><p>{UNSEEN}</p></div>",
        f"<p hidden='hidden'>{UNSEEN}</p>",
        f"<div style='position: absolute; left: -9999px'><p>{UNSEEN}</p></div>",
        f"<template><p>{UNSEEN}</p></template>",
        f"<noscript><p>{UNSEEN}</p></noscript>",
        f"<div aria-hidden='true'><p>{UNSEEN}</p></div>",
        f"<dialog><p>{UNSEEN}</p></dialog>",
        f"<!-- <p>{UNSEEN}</p> -->",
    ],
)
def test_what_nobody_is_shown_is_not_quoted(hidden: str) -> None:
    shown = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert texts(f"<article><h1>Storm</h1>{shown}{hidden}<p>{SENTENCES[1]}</p></article>") == [
        *PARAGRAPHS, SENTENCES[1],
    ]  # fmt: skip


def test_a_text_that_a_script_will_show_is_read() -> None:
    script = f"<script>{'show(1);' * 900}</script>"
    assert texts(f"<div hidden id='S:0'>{article(PARAGRAPHS)}</div>{script}") == PARAGRAPHS
    assert texts(f"<div hidden='until-found'><p>{SENTENCES[2]}</p></div>{article(PARAGRAPHS)}")


def test_a_page_that_is_hidden_whole_is_read_or_refused() -> None:
    with pytest.raises(NoArticleThere):
        read_page(b"<html hidden><body hidden><template></template></body></html>")


@pytest.mark.parametrize(
    "around",
    [
        "<table><tr><td><a href='/'>Home</a></td><td>{}</td></tr></table>",
        "<table><tr><td colspan=2>Island News</td></tr><tr><td>Home<br>Sport<br>Weather</td><td>{}</td>"
        "<td><b>Related</b><br>Old ferry sold</td></tr><tr><td>© 2001</td></tr></table>",
        "<table><tr><td><table><tr><td>Home</td><td>Sport</td></tr></table></td></tr>"
        "<tr><td><table><tr><td>Archive</td><td>{}</td></tr></table></td></tr></table>",
    ],
)
def test_of_a_page_laid_out_in_tables_the_text_is_read_and_no_menu(around: str) -> None:
    cell = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert texts(around.format(cell)) == PARAGRAPHS
    assert texts(around.format("<br><br>".join(PARAGRAPHS))) == PARAGRAPHS


def test_a_table_of_facts_with_a_long_one_is_no_layout() -> None:
    rows = "".join(f"<tr><th>Pier {n} of the harbour</th><td>room for {n} boats</td></tr>" for n in range(9))
    table = f"<table>{rows}<tr><th>History</th><td>{' '.join(PARAGRAPHS)}</td></tr></table>"
    assert "Pier 3 of the harbour · room for 3 boats" in texts(
        f"<article><h1>Piers</h1><p>{SENTENCES[0]}</p>{table}</article>"
    )


def test_an_article_in_the_cells_of_several_rows_is_whole() -> None:
    rows = "".join(f"<tr><td>{paragraph}</td></tr>" for paragraph in PARAGRAPHS)
    assert texts(f"<table>{rows}</table>") == PARAGRAPHS


def test_code_keeps_its_lines_in_one_paragraph() -> None:
    code = "<pre><code>def sail():\n\n    return 'no'</code></pre>"
    parts = texts(f"<article><p>{PARAGRAPHS[0]}</p>{code}<p>{PARAGRAPHS[1]}</p></article>")
    assert "def sail():\n    return 'no'" in parts


def test_a_paragraph_that_looks_like_a_heading_can_be_searched() -> None:
    found = read_page(page(f"<article><h2>{PARAGRAPHS[0]}</h2><p>{PARAGRAPHS[1]}</p></article>"), URL).article
    assert found.headings == ()
    assert PARAGRAPHS[0] in found.text


def test_the_language_of_the_text_goes_before_that_of_the_sites_template() -> None:
    body = article([*LANGUAGES["tr"].paragraphs], LANGUAGES["tr"].title)
    assert read_page(page(body, lang="en"), URL).article.language == "tr"


def test_a_saved_page_has_the_address_it_claims() -> None:
    head = "<link rel='canonical' href='https://news.example/ferry'>"
    assert read_page(page(article(PARAGRAPHS), head)).article.url == "https://news.example/ferry"


def test_a_page_is_called_in_an_error_what_it_is_called() -> None:
    with pytest.raises(NoArticleThere, match=r"^saved\.html "):
        read_page(page(""), name="saved.html")
