"""What a page looks like when it does not look like an article."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest

from corpus.article import PageState
from corpus.errors import NoArticleThere
from corpus.reading.page import read_page
from tests.pages_in_languages import LANGUAGES, Words, article, page

DATA = Path(os.environ.get("FOOTNOTE_DATA") or Path(__file__).parents[2] / "shared" / "data") / "pages"
URL = "https://news.example/2021/ferry"
in_each_language = pytest.mark.parametrize(
    ("code", "words"), [pytest.param(code, words, id=code) for code, words in LANGUAGES.items()]
)


def state_of(data: bytes) -> PageState | None:
    """What the page is taken for, whether any text was found on it or not."""
    try:
        return read_page(data, URL).state
    except NoArticleThere as nothing:
        return nothing.state


@in_each_language
def test_an_article_is_taken_for_one(code: str, words: Words) -> None:
    twice = words._replace(paragraphs=words.paragraphs * 2)
    assert state_of(page(article(twice, n_paragraphs=6), title=words.title, lang=code)) is None


@in_each_language
def test_a_test_for_robots_is_no_article(code: str, words: Words) -> None:
    body = f"<h1>news.example</h1><p>{words.blocked}</p><div id='challenge'></div><script>c()</script>"
    assert state_of(page(body, title="news.example", lang=code)) == "blocked"


@in_each_language
def test_a_page_without_its_scripts_is_no_article(code: str, words: Words) -> None:
    body = f"<noscript>{words.javascript}</noscript><div id='root'></div><script src='/main.js'></script>"
    assert state_of(page(body, title="News", lang=code)) == "javascript"


@in_each_language
def test_a_question_about_cookies_is_no_article(code: str, words: Words) -> None:
    question, button = words.consent
    body = f"<div class='cmp'><p>{question}</p><p>{question} {question}</p><button>{button}</button></div>"
    assert state_of(page(body, title="News", lang=code)) == "consent"


@in_each_language
def test_an_opening_before_a_paywall_is_no_article(code: str, words: Words) -> None:
    body = article(words, n_paragraphs=2, below=f"<p>{words.paywall}</p>")
    assert state_of(page(body, title=words.title, lang=code)) == "paywall"


@in_each_language
def test_a_paywall_outside_the_article_counts_where_little_could_be_read(code: str, words: Words) -> None:
    body = article(words, n_paragraphs=1) + f"<div class='offer'><p>{words.paywall}</p></div>"
    assert state_of(page(body, title=words.title, lang=code)) == "paywall"


def test_a_text_longer_than_an_opening_is_an_article_whatever_it_says_of_subscribers() -> None:
    words = LANGUAGES["en"]
    long = words._replace(paragraphs=words.paragraphs * 4)
    data = page(article(long, n_paragraphs=10, below=f"<p>{words.paywall}</p>"), title=words.title)
    found = read_page(data, URL)
    assert (300 < found.article.n_words <= 350, found.state) == (True, None)


@in_each_language
def test_an_opening_alone_is_too_short(code: str, words: Words) -> None:
    assert state_of(page(article(words, n_paragraphs=1), title=words.title, lang=code)) == "short"


@in_each_language
def test_a_whole_article_with_a_cookie_bar_and_an_offer_is_an_article(code: str, words: Words) -> None:
    question, button = words.consent
    long = words._replace(paragraphs=words.paragraphs * 5)
    noscript = f"<noscript>{words.javascript}</noscript>"
    bar = f"{noscript}<div class='cookie-bar'><p>{question}</p><button>{button}</button></div>"
    body = f"{article(long, n_paragraphs=15)}<aside><p>{words.paywall}</p></aside>{bar}"
    assert state_of(page(body, title=words.title, lang=code)) is None


def test_words_are_counted_as_the_article_counts_them() -> None:
    line = (
        "北の島へ向かう大きな船は嵐のため月曜日に出航しなかった二百人を超える乗客が港の広い家で夜を明かした"
    )
    body = f"<article><h1>嵐</h1>{f'<p>{line}。</p>' * 4}</article>"
    found = read_page(page(body, title="嵐", lang="ja"), URL)
    assert (found.article.n_words, found.state) == (98, "short")  # 100 where each half of a word is one


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Just a moment...", "Checking your browser before accessing news.example. Ray ID: 7f3k2"),
        ("403 Forbidden", "Forbidden. You don't have permission to access this resource."),
        (
            "Attention Required! | Cloudflare",
            "Sorry, you have been blocked. You are unable to access news.example.",
        ),
        ("Access Denied", "You don't have permission to access “http://news.example/” on this server."),
        ("news.example", "Our systems have detected unusual traffic from your computer network."),
        ("Pardon Our Interruption", "As you were browsing, something made us think you were a bot."),
        ("429 Too Many Requests", "Too many requests. Wait and try again."),
        ("Security Check", "Press & Hold to confirm you are a human (and not a bot)."),
    ],
)
def test_the_usual_refusals_are_known(title: str, text: str) -> None:
    assert state_of(page(f"<h1>{title}</h1><p>{text}</p>", title=title)) == "blocked"


def test_a_captcha_without_a_word_is_a_refusal() -> None:
    captcha = "<div class='g'></div><script src='https://js.captcha-delivery.example/captcha.js'></script>"
    assert state_of(page(captcha, title="news.example")) == "blocked"


def test_a_hull_that_scripts_fill_needs_them_even_without_saying_so() -> None:
    assert state_of(page("<div id='__next'></div><script src='a.js'></script>", title="News")) == "javascript"


def test_that_a_page_is_not_free_says_nothing_alone() -> None:
    words = LANGUAGES["en"]
    locked = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    twice = words._replace(paragraphs=words.paragraphs * 2)
    assert state_of(page(article(twice, n_paragraphs=6), title=words.title, head=locked)) is None
    opening = page(article(words, n_paragraphs=1), title=words.title, head=locked)
    assert state_of(opening) == "paywall"


@pytest.mark.parametrize("topic", ["blocked", "consent", "paywall", "javascript"])
def test_an_article_about_robots_cookies_or_subscriptions_is_one(topic: str) -> None:
    words = LANGUAGES["en"]
    said = words.consent[0] if topic == "consent" else getattr(words, topic)
    about = tuple(
        f"{paragraph} “{said}” is what such pages say, a reader wrote." for paragraph in words.paragraphs
    )
    long = words._replace(paragraphs=about * 3)
    assert state_of(page(article(long, n_paragraphs=9), title=f"Why sites ask: {said}")) is None


@pytest.mark.skipif(not DATA.exists(), reason="the pages that people have marked are not there")
def test_of_good_pages_one_in_twenty_at_most_is_doubted() -> None:
    gold = [json.loads(line) for line in (DATA / "gold.jsonl").read_bytes().split(b"\n") if line][::3]
    states = [state_of(gzip.decompress((DATA / one["file"]).read_bytes())) for one in gold]
    assert sum(state is not None for state in states) <= len(gold) / 20
