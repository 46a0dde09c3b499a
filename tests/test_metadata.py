"""What a web page says of itself: title, author, day, publisher, address, language."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from corpus.reading import metadata
from corpus.reading.markup import parse
from corpus.reading.metadata import PageFacts
from tests.pages_in_languages import LANGUAGES, Words, article, page

URL = "https://www.island.example/2021/ferry"
TITLE = LANGUAGES["en"].title
WORDS = LANGUAGES["en"]


def facts(
    head: str = "", body: str = "", *, title: str = "", lang: str = "en", url: str | None = URL
) -> PageFacts:
    return metadata.read(parse(page(body or article(WORDS), head=head, title=title, lang=lang), "x"), url)


def linked(**node: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **node})}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


# --- the title


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (linked(headline=TITLE), "something else"),
        (meta("og:title", f"{TITLE} | Island News"), ""),
        (meta("og:title", "Another title for a network"), f"{TITLE} - island.example"),
        ("", f"{TITLE} — Island News: the weather"),
        (linked(headline=TITLE.split(" to ")[0] + "…"), TITLE),
    ],
)
def test_the_headline_on_the_page_wins_when_a_title_for_machines_confirms_it(head: str, title: str) -> None:
    assert facts(head, title=title).title == TITLE


def test_a_headline_worded_anew_for_search_engines_is_known_again() -> None:
    assert facts(meta("og:title", "Ferry to the islands: storm stops all ships | 2021 guide")).title == TITLE


def test_the_small_words_of_a_headline_need_not_be_in_another_title() -> None:
    heading = "Everything you have to know about the storms that are in the islands this winter"
    body = article(WORDS).replace(f"<h1>{TITLE}</h1>", f"<h1>{heading}</h1>")
    assert facts(meta("og:title", "Winter storms, islands: what to know"), body).title == heading


def test_a_headline_that_nothing_confirms_is_the_sites_own() -> None:
    body = article(WORDS).replace(f"<h1>{TITLE}</h1>", "<h1>Island News</h1>")
    assert facts(meta("og:title", TITLE), body).title == TITLE


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Ferries in winter | Island News", "Ferries in winter"),
        ("Ferries in winter – island.example", "Ferries in winter"),
        ("Ferries in winter - Weather | Island News", "Ferries in winter - Weather"),
        ("Island News: Ferries in winter", "Ferries in winter"),
        ("Ferries | what they cost", "Ferries | what they cost"),
        ("Ferries &amp; islands | Island News", "Ferries & islands"),
        ("Ferries: a long goodbye", "Ferries: a long goodbye"),
    ],
)
def test_the_sites_name_alone_is_cut_from_a_title(written: str, expected: str) -> None:
    head = meta("og:site_name", "Island News")
    assert facts(head, "<p>text</p>", title=written).title == expected


# --- the author


@pytest.mark.parametrize(
    ("head", "author"),
    [
        (linked(author={"@type": "Person", "name": "Ada Marsh"}), "Ada Marsh"),
        (
            linked(author=[{"name": "Ada Marsh"}, {"name": "Bo Reed"}, {"name": "Ada Marsh"}]),
            "Ada Marsh, Bo Reed",
        ),
        (linked(author="By Ada Marsh"), "Ada Marsh"),
        (linked(author={"name": ["Ada Marsh", "Bo Reed"]}), "Ada Marsh, Bo Reed"),
        (linked(author="https://island.example/ada") + meta("author", "Ada Marsh"), "Ada Marsh"),
        (
            meta("article:author", "https://facebook.com/ada") + meta("author", "Ada Marsh, Staff Writer"),
            "Ada Marsh",
        ),
        (meta("twitter:label1", "Written by") + meta("twitter:data1", "Ada Marsh"), "Ada Marsh"),
        (meta("author", "ada@island.example"), None),
        (meta("author", "12345"), None),
        (meta("og:site_name", "Island News") + linked(author="Island News"), "Island News"),
    ],
)
def test_an_author_is_a_name_and_never_an_address(head: str, author: str | None) -> None:
    assert facts(head).author == author


def test_an_author_may_stand_elsewhere_in_the_linked_data() -> None:
    graph = {
        "@graph": [
            {
                "@type": ["Article"],
                "headline": TITLE,
                "author": {"@id": "#ada"},
                "datePublished": "2021-03-04",
            },
            {"@type": "Person", "@id": "#ada", "name": "Ada Marsh"},
            {"@type": "Organization", "name": "Island News"},
        ]
    }
    found = facts(f'<script type="application/ld+json">{json.dumps(graph)}</script>')
    assert (found.author, found.published) == ("Ada Marsh", date(2021, 3, 4))


@pytest.mark.parametrize(
    "line",
    [
        "<p class='meta'>By Ada Marsh</p>",
        "<div><span>By</span><span>Ada Marsh</span></div>",
        "<p>Written by <a href='/x'>Ada Marsh</a></p>",
        "<p><a href='/authors/ada'>Ada Marsh</a></p>",
        "<p><a rel='author' href='/x'>Ada Marsh</a></p>",
    ],
)
def test_a_byline_below_the_headline_is_read(line: str) -> None:
    assert facts("", article(WORDS).replace("</h1>", f"</h1>{line}")).author == "Ada Marsh"


def test_a_person_goes_before_the_site() -> None:
    head = meta("og:site_name", "Island News") + linked(author={"name": "Island News"})
    assert facts(head, article(WORDS).replace("</h1>", "</h1><p>By Ada Marsh</p>")).author == "Ada Marsh"


@pytest.mark.parametrize("said", ["Island News Ltd", "Island News Staff", "ada.marsh", "ada_m", "amarsh2"])
def test_a_person_goes_before_a_desk_of_the_site_and_a_login(said: str) -> None:
    head = meta("og:site_name", "Island News") + meta("author", said)
    assert facts(head, article(WORDS).replace("</h1>", "</h1><p>By Ada Marsh</p>")).author == "Ada Marsh"
    assert facts(head).author  # where nobody else is named


def test_of_several_bylines_the_sites_own_is_passed_over() -> None:
    lines = "<p>by Island News</p><p><a href='/authors/ada'>Ada Marsh</a>, Lunde University</p>"
    head = meta("og:site_name", "Island News")
    assert facts(head, article(WORDS).replace("</h1>", f"</h1>{lines}")).author == "Ada Marsh"


def test_a_title_in_a_menu_is_not_where_its_author_stands() -> None:
    body = article(WORDS).replace("</h1>", "</h1><p>Contributors: Ada Marsh</p>")
    menu = f"<nav><p>{TITLE}</p>{'<p>By Bo Reed Shoes</p>' * 3}{'<p>Home</p>' * 30}</nav>"
    assert facts("", menu + body).author == "Ada Marsh"


@pytest.mark.parametrize(
    ("menu", "lines", "author"),
    [
        ("", "<p>Ada Marsh</p><p>March 4, 2021</p>", "Ada Marsh"),
        ("", "<p>Ada Marsh</p><p>#Weather</p><p>Published on 4 March 2021</p>", "Ada Marsh"),
        ("", "<p>Ada Marsh</p>", None),
        ("", "<p>Storms And Ferries In Winter</p><p>March 4, 2021</p>", None),
        ("<nav><p>Island Weather</p></nav>", "<p>Weather Report</p><p>March 4, 2021</p>", None),
        ("", "<p>آخرین خبر</p><p>March 4, 2021</p>", None),
    ],
)
def test_who_stands_alone_above_the_day_wrote_it(menu: str, lines: str, author: str | None) -> None:
    assert facts("", menu + article(WORDS).replace("</h1>", f"</h1>{lines}")).author == author


@pytest.mark.parametrize(
    ("below", "author"),
    [
        ("<p>Written by Ada Marsh</p>", "Ada Marsh"),
        ("<p>Written by Ada Marsh</p><p>Written by Bo Reed</p>", None),
        ("<p>Written by hand</p>", None),
    ],
)
def test_who_signs_far_below_wrote_it_where_no_other_does(below: str, author: str | None) -> None:
    long = WORDS._replace(paragraphs=WORDS.paragraphs * 4)
    assert facts("", article(long, n_paragraphs=12) + below).author == author


def test_who_is_quoted_in_the_article_did_not_write_it() -> None:
    body = article(WORDS) + "<p>By Bo Reed</p>"
    assert facts(linked(author="Ada Marsh"), body).author == "Ada Marsh"


# --- the day


@pytest.mark.parametrize(
    ("head", "day"),
    [
        (linked(datePublished="2021-03-04T23:30:00-05:00"), date(2021, 3, 4)),
        (meta("article:published_time", "20210304"), date(2021, 3, 4)),
        (linked(dateModified="2022-01-01") + meta("article:published_time", "2021-03-04"), date(2021, 3, 4)),
        (meta("date", "4 March 2021"), date(2021, 3, 4)),
        (linked(datePublished="2021-13-45") + meta("date", "2021-03-04"), date(2021, 3, 4)),
        (meta("article:published_time", "9999-01-01"), None),
        (meta("date", "03/04/2021"), None),
        ("", None),
    ],
)
def test_the_day_is_the_one_of_publishing(head: str, day: date | None) -> None:
    assert facts(head).published == day


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("en", "Published March 4, 2021"), ("de", "4. März 2021"), ("fr", "Publié le 4 mars 2021"),
        ("es", "4 de marzo de 2021"),
        ("ru", "4 марта 2021 г."), ("tr", "4 Mart 2021"), ("zh", "2021年3月4日"), ("ja", "2021年3月4日"),
    ],
)  # fmt: skip
def test_a_day_below_the_headline_is_read(code: str, line: str) -> None:
    body = article(LANGUAGES[code]).replace("</h1>", f"</h1><p>{line}</p>")
    assert facts("", body, lang=code).published == date(2021, 3, 4)


def test_the_day_of_a_change_is_not_taken_for_that_of_publishing() -> None:
    lines = "<p>Updated June 1, 2022</p><p>March 4, 2021</p>"
    assert facts("", article(WORDS).replace("</h1>", f"</h1>{lines}")).published == date(2021, 3, 4)


# --- publisher, address, language


def test_the_publisher_is_what_the_site_calls_itself() -> None:
    head = meta("og:site_name", "Island News") + linked(publisher={"name": "Island Media Ltd"})
    assert facts(head).publisher == "Island News"
    assert facts(linked(publisher={"name": "Island Media Ltd"})).publisher == "Island Media Ltd"


def test_without_a_name_the_host_that_a_page_came_from_is_its_publisher() -> None:
    stranger = '<link rel="canonical" href="https://other.example/ferry">'
    assert facts(stranger).publisher == "island.example"
    assert facts(stranger, url=None).publisher == "other.example"


def test_a_canonical_address_of_a_stranger_is_not_believed() -> None:
    head = '<link rel="canonical" href="https://other.example/ferry">' + meta(
        "og:url", "https://island.example/f"
    )
    assert facts(head).url == "https://island.example/f"


@pytest.mark.parametrize(
    ("lang", "head", "expected"),
    [
        ("de-AT", meta("og:locale", "en_US"), "de"),
        ("", meta("og:locale", "fr_FR"), "fr"),
        ("xx", meta("og:locale", "zh-Hans"), "zh"),
        ("", "", ""),
    ],
)
def test_the_language_of_the_page_goes_before_that_for_networks(lang: str, head: str, expected: str) -> None:
    assert facts(head, lang=lang).language == expected


# --- broken linked data


@pytest.mark.parametrize(
    "script",
    [
        '<!-- {"@type": "NewsArticle", "author": "Ada Marsh"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "author": "Ada Marsh"}\n//]]>',
        '{"@type": "NewsArticle", "author": ["Ada Marsh",],};',
        '[{"@type": "WebSite"}, [{"@type": "Thing", "x": {"@type": "NewsArticle", "author": "Ada\nMarsh"}}]]',
    ],
)
def test_linked_data_is_read_as_people_write_it(script: str) -> None:
    assert facts(f'<script type="application/ld+json">{script}</script>').author == "Ada Marsh"


@pytest.mark.parametrize(
    "script", ["", "{", "[" * 9_000, "null", "7", '"NewsArticle"', '{"@type": {"a": 1}}', "[[[{}]]]"]
)
def test_what_is_no_linked_data_is_passed_over(script: str) -> None:
    found = facts(f'<script type="application/ld+json">{script}</script>', title=TITLE)
    assert (found.title, found.author) == (TITLE, None)


def test_what_is_cut_off_still_says_its_headline_and_day() -> None:
    headline = '{"@type":"NewsArticle","headline":"A cut headline that stands",'
    script = f'{headline}"datePublished":"2021-03-04","articleBody":"'
    found = facts(f'<script type="application/ld+json">{script}</script>', "<p>text</p>")
    assert (found.title, found.published) == ("A cut headline that stands", date(2021, 3, 4))


@pytest.mark.parametrize(
    ("value", "is_free"), [(False, False), ("False", False), (True, True), ("http://schema.org/False", False)]
)
def test_whether_a_page_says_that_it_is_free(value: object, is_free: bool) -> None:
    assert facts(linked(isAccessibleForFree=value)).is_free == is_free


def test_a_page_of_another_language_is_read_the_same() -> None:
    for code, words in LANGUAGES.items():
        found = _of(code, words)
        assert (found.title, found.language) == (words.title, code)


def _of(code: str, words: Words) -> PageFacts:
    return facts("", article(words), title=f"{words.title} | Island News", lang=code)
