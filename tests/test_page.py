"""A web page -> the article on it."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.errors import NoArticleThere, NothingToRead, NotText, TooLarge
from corpus.reading.markup import LARGEST_BYTES
from corpus.reading.page import read_page

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
