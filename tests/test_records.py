"""Articles <-> JSON lines: what import reads is what export writes."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import records
from corpus.article import Article, Origin, Span
from corpus.errors import BadRecord, NothingToRead, UnreadableArticle

WHERE = "articles.jsonl, line 7,"
TEXT = "Whales sing.\n\nSeals bark."


def read(**record: Any) -> Article:
    return records.read(json.dumps({"text": TEXT} | record), WHERE)


# --- bad records


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "is not JSON"),
        ("Whales sing.", "is not JSON"),
        ('{"text": "Whales', "is not JSON"),
        ('{"text": ' + "9" * 5000 + "}", "is not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("[]", "is not a JSON object"),
        ("null", "is not a JSON object"),
        ('"Whales sing."', "is not a JSON object"),
        ('{"text": ["Whales sing.", "Seals bark."]}', "“text” that is not a text"),
        ('{"text": "Whales", "title": 7}', "“title” that is not a text"),
        ('{"text": "Whales", "id": 7}', "“id” that is not a text"),
        ('{"text": "Whales", "url": {}}', "“url” that is not a text"),
        ('{"text": "Whales", "publisher": true}', "“publisher” that is not a text"),
        ('{"text": "Whales", "author": ["A", "B"]}', "“author” that is not a text"),
        ('{"text": "Whales", "language": 1}', "“language” that is not a text"),
        ('{"text": "Whales", "published": "last week"}', "the date “last week”"),
        ('{"text": "Whales", "published": "2020-13-01"}', "the date “2020-13-01”"),
        ('{"text": "Whales", "published": ["2020-07-02"]}', "the date"),
        ('{"text": "Whales", "added": "last week"}', "added at “last week”"),
        ('{"text": "Whales", "added": 7}', "added at “7”"),
        ('{"text": "Whales", "added": "0001-01-01T00:00:00+14:00"}', "added at"),
        ('{"text": "Whales", "headings": 7}', "not pairs of numbers"),
        ('{"text": "Whales", "headings": [7]}', "not pairs of numbers"),
        ('{"text": "Whales", "headings": [[1, 2, 3]]}', "not pairs of numbers"),
        ('{"text": "Whales", "headings": [["a", "b"]]}', "not pairs of numbers"),
        ('{"text": "Whales", "headings": [[0, 7]]}', "outside its text"),
        ('{"text": "Whales", "headings": [[-1, 3]]}', "outside its text"),
        ('{"text": "Whales", "headings": [[3, 3]]}', "outside its text"),
        ('{"text": "Whales", "headings": [[1e999, 2]]}', "not pairs of numbers"),
    ],
    ids=lambda value: value[:50],
)
def test_a_bad_record_says_what_is_wrong_with_it(line: str, reason: str) -> None:
    with pytest.raises(BadRecord, match=reason):
        records.read(line, WHERE)


def test_a_bad_record_says_where_it_stands() -> None:
    with pytest.raises(BadRecord, match=r"^articles\.jsonl, line 7, is not a JSON object\.$"):
        records.read("[]", WHERE)


def test_an_id_that_a_button_cannot_remember_is_refused() -> None:
    with pytest.raises(BadRecord, match="“id” of more than"):
        read(id="x" * (records.LONGEST_ID + 1))


@pytest.mark.parametrize("text", [None, "", "  \n\n\t ", "\0\x07\x1b"])
def test_a_record_without_text_is_refused(text: str | None) -> None:
    with pytest.raises(NothingToRead, match=r"line 7, holds no text\."):
        read(text=text)


def test_a_record_that_lacks_its_text_is_refused() -> None:
    with pytest.raises(NothingToRead):
        records.read('{"title": "Whales"}', WHERE)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
known_keys = st.sampled_from(
    ["id", "title", "text", "url", "publisher", "author", "published", "language", "headings", "more"]
)


@given(st.dictionaries(known_keys, json_values) | json_values)
def test_any_json_becomes_an_article_or_an_error_of_ours(value: object) -> None:
    with suppress(UnreadableArticle):
        assert records.read(json.dumps(value), WHERE).text.strip()


@given(st.text())
def test_any_line_that_is_no_json_object_is_an_error_of_ours(line: str) -> None:
    with pytest.raises(UnreadableArticle):
        records.read(f"[{line}", WHERE)


# --- what is read


def test_only_the_text_is_needed() -> None:
    assert read() == Article(text=TEXT, keeps_paragraphs=True)


def test_every_key_is_read() -> None:
    found = read(
        id="whales",
        title="Songs",
        url="https://sea.example/songs",
        publisher="Sea News",
        author="A. Gull",
        published="2020-07-02",
        language="en",
        headings=[[0, 12]],
    )
    assert found == Article(
        id="whales",
        title="Songs",
        text=TEXT,
        url="https://sea.example/songs",
        publisher="Sea News",
        author="A. Gull",
        published=date(2020, 7, 2),
        language="en",
        headings=(Span(0, 12),),
        keeps_paragraphs=True,
    )


def test_keys_that_are_not_known_are_passed_over() -> None:
    assert read(colour="blue", score=[1, 2]) == Article(text=TEXT, keeps_paragraphs=True)


@pytest.mark.parametrize("key", ["id", "title", "url", "publisher", "author", "published", "language"])
@pytest.mark.parametrize("empty", [None, ""])
def test_an_empty_value_is_as_good_as_none(key: str, empty: str | None) -> None:
    assert read(**{key: empty}) == Article(text=TEXT, keeps_paragraphs=True)


def test_empty_headings_are_as_good_as_none() -> None:
    assert read(headings=None) == Article(text=TEXT, keeps_paragraphs=True)


def test_spaces_around_an_id_are_no_part_of_it() -> None:
    assert read(id=" whales ").id == "whales"


def test_a_language_is_read_in_small_letters() -> None:
    assert read(language="EN").language == "en"


@pytest.mark.parametrize("code", ["en-US", "en_GB"])
def test_the_region_of_a_language_is_left_out(code: str) -> None:
    assert read(language=code).language == "en"


@pytest.mark.parametrize(
    "written", ["2020-07-02", "2020-07-02T23:59:59", "2020-07-02T23:59:59Z", " 2020-07-02 "]
)
def test_a_date_may_have_a_time(written: str) -> None:
    assert read(published=written).published == date(2020, 7, 2)


@pytest.mark.parametrize("name", ["English", "the Queen's", "日本語"])
def test_a_language_that_is_no_code_is_left_to_be_detected(name: str) -> None:
    assert read(language=name).language == ""


def test_characters_that_a_terminal_obeys_are_left_out_of_the_text() -> None:
    assert read(text="Whales\x1b[31m sing\0.").text == "Whales[31m sing."


def test_half_a_character_in_a_title_is_replaced() -> None:
    assert read(title="Wh\ud83dales").title == "Wh\ufffdales"


@pytest.mark.parametrize("key", ["id", "language"])
def test_half_a_character_anywhere_leaves_an_article_that_can_be_stored(key: str) -> None:
    str(getattr(read(**{key: "e\ud83dn"}), key)).encode()


def test_characters_that_a_terminal_obeys_are_left_out_of_an_id() -> None:
    assert read(id="wh\x1bal\0es").id == "whales"


# --- there and back

characters = st.characters(exclude_categories=["Cc", "Cs"])
words = st.text(characters, max_size=30).map(str.strip)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Any article an import gives, its headings spans of its text."""
    paragraphs = draw(st.lists(words.filter(bool), min_size=1, max_size=5))
    text = "\n\n".join(paragraphs)
    starts = [len("\n\n".join(paragraphs[:n])) + 2 * bool(n) for n in range(len(paragraphs))]
    spans = [Span(start, start + len(words)) for start, words in zip(starts, paragraphs, strict=True)]
    return Article(
        id=draw(words),
        title=draw(words),
        text=text,
        headings=tuple(span for span in spans if draw(st.booleans())),
        url=f"https://example.org/{draw(words)}" if draw(st.booleans()) else None,
        publisher=draw(words) or None,
        author=draw(words) or None,
        published=draw(st.none() | st.dates()),
        added=draw(st.none() | st.datetimes(timezones=st.just(UTC))),
        language=draw(st.sampled_from(["", "en", "de", "und"])),
        keeps_paragraphs=draw(st.booleans()),
        origin=Origin(f"https://example.org/{draw(words)}", draw(words) or None)
        if draw(st.booleans())
        else None,
    )


@given(articles())
def test_an_article_that_is_written_is_read_as_it_was(article: Article) -> None:
    [line] = records.write([article])
    assert records.read(line, WHERE) == article


@given(st.lists(articles(), max_size=3))
def test_an_article_takes_exactly_one_line(several: list[Article]) -> None:
    assert [line.count("\n") for line in records.write(several)] == [0] * len(several)


def test_what_is_not_known_is_left_out() -> None:
    [line] = records.write([Article(id="whales", text=TEXT, keeps_paragraphs=True)])
    assert json.loads(line) == {"id": "whales", "text": TEXT}


def test_letters_of_all_scripts_are_written_as_they_are() -> None:
    [line] = records.write([Article(text="Wale singen schön. 鲸鱼唱歌。")])
    assert "schön. 鲸鱼唱歌。" in line


def test_how_paragraphs_are_cut_survives_export_and_import() -> None:
    stored = Article(id="whales", title="Songs", text=TEXT, language="en", added=datetime.now(UTC), n_words=4)
    [line] = records.write([stored])
    assert records.read(line, WHERE) == replace(stored, n_words=0)


@pytest.mark.parametrize(
    "written",
    ["2020-07-02T12:00:00+00:00", "2020-07-02T14:00+02:00", "2020-07-02T12:00Z", "2020-07-02T12:00"],
)
def test_when_an_article_was_added_is_read_in_utc(written: str) -> None:
    assert read(added=written).added == datetime(2020, 7, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("value", [None, True, 0, "no"])
def test_paragraphs_are_kept_unless_it_says_plainly_that_they_are_not(value: object) -> None:
    assert read(keeps_paragraphs=value).keeps_paragraphs


@pytest.mark.parametrize(
    "origin",
    ["https://example.org/", ["https://example.org/"], 7, {"etag": "x"}, {"link": None}, {"link": "ftp://x"}],
)
def test_an_origin_without_a_link_is_refused(origin: object) -> None:
    with pytest.raises(BadRecord, match="has an “origin” without a link"):
        read(origin=origin)


def test_of_an_origin_only_texts_are_taken() -> None:
    origin = {"link": "https://example.org/", "etag": 7, "last_modified": " Thu ", "colour": "blue"}
    assert read(origin=origin).origin == Origin("https://example.org/", None, "Thu")
