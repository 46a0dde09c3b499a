"""The lines around an article -> its title, date, publisher, author and address. The papers are invented."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.reading.blocks import Block
from corpus.reading.masthead import Facts, from_keys, from_lines, key_lines

SECOND_OF_JULY = date(2020, 7, 2)
HEADLINE = "Last ferry across the sound to stop in March"


def lines(*texts: str) -> list[Block]:
    return [Block("text", text) for text in texts]


def above(*texts: str) -> Facts:
    """What the lines above an article say."""
    return from_lines(lines(*texts), [], "en")


def below(*texts: str) -> Facts:
    """What the lines below an article say."""
    return from_lines([], lines(*texts), "en")


# --- leading lines of Key: value


@pytest.mark.parametrize(
    "first",
    ["The ferry stops.", "Note: the ferry stops.", "https://ferry.example", "Titles: one, two", "12:30"],
)
def test_a_line_that_is_no_known_key_ends_them(first: str) -> None:
    blocks = lines(first, "Title: The ferry")
    assert key_lines(blocks) == ({}, blocks)


def test_the_keys_are_in_small_letters_and_what_follows_is_given_back() -> None:
    found, rest = key_lines(lines("TITLE: The ferry", "Author:  Ada Berg ", "It stops.", "Date: 2 July 2020"))
    assert found == {"title": "The ferry", "author": "Ada Berg"}
    assert rest == lines("It stops.", "Date: 2 July 2020")


def test_of_a_key_written_twice_the_first_counts() -> None:
    assert key_lines(lines("Title: The ferry", "Title: The bridge"))[0] == {"title": "The ferry"}


def test_a_file_of_keys_alone_has_no_blocks_left() -> None:
    assert key_lines(lines("Title: The ferry", "Author: Ada Berg"))[1] == []


# --- what the keys say


def test_no_keys_say_nothing() -> None:
    assert from_keys({}, "en") == Facts()


@pytest.mark.parametrize("key", ["title", "headline"])
def test_a_title_has_two_names(key: str) -> None:
    assert from_keys({key: "The ferry"}, "en").title == "The ferry"


@pytest.mark.parametrize("key", ["author", "authors", "by", "byline"])
def test_an_author_has_four_names(key: str) -> None:
    assert from_keys({key: "Ada Berg"}, "en").author == "Ada Berg"


@pytest.mark.parametrize("key", ["publisher", "source", "site"])
def test_a_publisher_has_three_names(key: str) -> None:
    assert from_keys({key: "Harbour Post"}, "en").publisher == "Harbour Post"


@pytest.mark.parametrize(
    "key", ["date", "published", "publish_date", "published date", "published_at", "pubdate"]
)
def test_a_date_has_many_names(key: str) -> None:
    assert from_keys({key: "2 July 2020"}, "en").published == SECOND_OF_JULY


def test_a_date_that_means_two_days_is_not_guessed_from_a_key() -> None:
    assert from_keys({"date": "03/04/2020"}, "en").published is None


@pytest.mark.parametrize("address", ["ferry", "ftp://post.example/ferry", "javascript:alert(1)", "/ferry"])
def test_an_address_that_is_no_web_address_is_passed_over(address: str) -> None:
    assert from_keys({"url": address}, "en").url is None


def test_an_empty_value_leaves_the_word_to_the_next_name() -> None:
    assert from_keys({"title": "", "headline": "The ferry"}, "en").title == "The ferry"


# --- no fact where none is


def test_no_lines_say_nothing() -> None:
    assert from_lines([], [], "en") == Facts()


def test_without_a_publisher_there_is_none() -> None:
    assert Facts().publisher is None


@pytest.mark.parametrize("line", ["03/04/2020 Harbour Post", "July 2020", "Harbour Post 2 July 2999"])
def test_a_line_without_a_date_to_rely_on_gives_no_date(line: str) -> None:
    assert above(HEADLINE, line).published is None


def test_a_headline_that_names_a_date_is_no_dateline() -> None:
    headline = "How the harbour of Lunde burned down on 2 July 2020 and rose again"
    found = above(headline)
    assert (found.title, found.published) == (headline, None)


@pytest.mark.parametrize("line", ["03/04/2020 Harbour Post", "Harbour Post 2 July 2999"])
def test_a_dateline_whose_date_is_not_guessed_is_no_headline(line: str) -> None:
    assert above(HEADLINE, line).title == HEADLINE


@pytest.mark.parametrize(
    "line",
    [
        "Share this",
        "Read more: Storm closes the bridge",
        "(Tom Berg / Reuters)",
        "https://post.example/ferry",
    ],
)
def test_a_line_of_the_site_is_no_headline(line: str) -> None:
    assert above(line).title is None


# --- the title


def test_the_headline_is_the_last_line_of_its_length_above_the_article() -> None:
    assert above("The Varnes Courier", "Home", "News", HEADLINE, "Sport").title == HEADLINE


def test_a_line_marked_as_the_title_beats_a_longer_one() -> None:
    found = from_lines([Block("title", "The ferry"), *lines(HEADLINE)], [], "en")
    assert found.title == "The ferry"


def test_a_headline_beats_the_sentence_under_it() -> None:
    assert above(HEADLINE, "Nobody has applied for the work on board.").title == HEADLINE


# --- the date and what stands beside it


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("2 July 2020 Harbour Post", "Harbour Post"),
        ("Harbour Post, 2 July 2020", "Harbour Post"),
        ("Harbour Post | 2 July 2020 | 10:30 GMT", "Harbour Post"),
        ("Harbour Post · Published on Thursday 2 July 2020", "Harbour Post"),
        ("(Harbour Post) – Updated: 2 July 2020 at 5:04 pm", "Harbour Post"),
        ("02 Jul 2020 TRT World", "TRT World"),
        ("2 July 2020", None),
        ("Published on 2 July 2020", None),
        ("2 July 2020 | in short", None),
    ],
)
def test_the_rest_of_the_dateline_is_the_publisher(line: str, publisher: str | None) -> None:
    found = above(HEADLINE, line)
    assert (found.published, found.publisher) == (SECOND_OF_JULY, publisher)


def test_the_first_date_above_the_article_counts() -> None:
    assert above("2 July 2020 Harbour Post", "Updated 5 July 2020").published == SECOND_OF_JULY


def test_a_date_below_the_article_counts_where_none_is_above() -> None:
    assert below("Published 2 July 2020").published == SECOND_OF_JULY


def test_a_date_above_the_article_beats_one_below() -> None:
    found = from_lines(lines("2 July 2020"), lines("Published 5 July 2020"), "en")
    assert found.published == SECOND_OF_JULY


@pytest.mark.parametrize(
    ("language", "line", "publisher"),
    [
        ("de", "2. Juli 2020 Hafenblatt", "Hafenblatt"),
        ("es", "2 de julio de 2020 | El Faro", "El Faro"),
        ("fr", "2 juillet 2020 – Le Phare", "Le Phare"),
        ("ru", "2 июля 2020 | Маяк", "Маяк"),
        ("tr", "2 Temmuz 2020 | Liman", "Liman"),
        ("ar", "2 يوليو 2020 جريدة الميناء", "جريدة الميناء"),
        ("hi", "2 जुलाई 2020 बंदरगाह समाचार", "बंदरगाह समाचार"),
        ("zh", "2020年7月2日 港口报", "港口报"),
        ("ja", "2020年7月2日 港新聞", "港新聞"),
        pytest.param(
            "th",
            "2 กรกฎาคม 2563 ข่าวท่าเรือ",
            "ข่าวท่าเรือ",
            marks=pytest.mark.xfail(
                strict=True, reason="two Thai letters count as a word, and six words as no name"
            ),
        ),
    ],
)
def test_a_dateline_is_read_in_the_article_s_language(language: str, line: str, publisher: str) -> None:
    found = from_lines(lines(line), [], language)
    assert (found.published, found.publisher) == (SECOND_OF_JULY, publisher)


# --- the author


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ada Berg", "Ada Berg"),
        ("Written by Ada Berg and Tom Moe", "Ada Berg and Tom Moe"),
        ("Von Ada van Berg", "Ada van Berg"),
        ("By Ada von der Berg", "Ada von der Berg"),
        ("By Ada Berg, Harbour Correspondent", "Ada Berg, Harbour Correspondent"),
        ("Автор: Ада Берг", "Ада Берг"),
        ("BY ADA BERG | 4 min read", "ADA BERG"),
    ],
)
def test_a_byline_names_the_author(line: str, author: str) -> None:
    assert above(HEADLINE, line).author == author


@pytest.mark.parametrize("line", ["By the sea in winter", "By 2030 all will be gone", "Bye bye ferry"])
def test_a_line_about_something_else_is_no_byline(line: str) -> None:
    assert above(HEADLINE, line).author is None


def test_a_byline_beside_the_date_names_the_author_and_not_the_publisher() -> None:
    found = above(HEADLINE, "By Ada Berg | 2 July 2020 | Harbour Post")
    assert (found.author, found.publisher) == ("Ada Berg", "Harbour Post")


# --- Source: X, and the address


@pytest.mark.parametrize(
    "line",
    [
        "Source: Sound Times",
        "Via: Sound Times",
        "Quelle: Sound Times",
        "Fuente: Sound Times",
        "来源：Sound Times",
    ],
)
def test_a_named_source_is_the_publisher(line: str) -> None:
    assert below(line).publisher == "Sound Times"


def test_a_named_source_beats_the_name_beside_the_date() -> None:
    found = from_lines(lines(HEADLINE, "2 July 2020 Harbour Post"), lines("Source: Sound Times"), "en")
    assert found.publisher == "Sound Times"


def test_a_named_source_beats_a_site_that_names_itself_twice() -> None:
    tail = lines("Source: Sound Times", "More from Harbour Post")
    assert from_lines(lines(HEADLINE, "2 July 2020 Harbour Post"), tail, "en").publisher == "Sound Times"


def test_a_site_that_offers_more_of_itself_is_the_publisher() -> None:
    assert below("More from Harbour Post").publisher == "Harbour Post"


def test_a_source_that_is_an_address_is_the_address_and_no_publisher() -> None:
    found = below("Source: https://post.example/ferry")
    assert (found.url, found.publisher) == ("https://post.example/ferry", None)


@pytest.mark.parametrize("end", [".", ",", ";", ")", ">"])
def test_the_mark_behind_an_address_is_not_of_it(end: str) -> None:
    assert below(f"Original: https://post.example/ferry?a=1{end}").url == "https://post.example/ferry?a=1"


def test_an_address_in_a_long_sentence_is_not_the_article_s() -> None:
    line = (
        f"See https://post.example/other, {'a page on which all that was said before is said once more ' * 2}"
    )
    assert below(line).url is None
