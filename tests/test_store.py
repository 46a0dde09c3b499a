"""Rows <-> dataclasses: what is written together, what is read back, what is noted."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import codes, passages
from corpus.article import Article, ArticleInfo, Origin, Passage, PassageRow, Sentence, Span
from corpus.packing import packed
from corpus.schema import FILE, open_database
from corpus.store import Store, digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXT = "Whales sing in the deep sea for many hours.\n\nSeals bark on the cold grey rocks all day long."
same_store = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(open_database(tmp_path))) as opened:
        yield opened


def emptied(store: Store) -> None:
    """Makes *store* ready for the next example of a property."""
    with store.transaction():
        for info in list(store.infos()):
            store.delete(info.id)


def article(article_id: str = "sea", text: str = TEXT, **facts: object) -> Article:
    known: dict[str, object] = {"title": "The sea", "language": "en", "added": NOW} | facts
    return Article(id=article_id, text=text, **known)  # type: ignore[arg-type]


def insert(store: Store, *articles: Article, analysis: int = 1) -> None:
    with store.transaction():
        for one in articles:
            store.insert(one, ["sea"], rows(one), analysis)


def rows(one: Article) -> list[PassageRow]:
    return [packed(passage, ["sea"]) for passage in passages.split(one)]


def numbers(store: Store) -> list[int]:
    return store.numbers_among(publishers=None, since=None)


# --- writing


def stops_after_one(found: list[PassageRow]) -> Iterator[PassageRow]:
    yield found[0]
    raise RuntimeError("no more passages")


def inserts_and_fails(store: Store) -> None:
    with store.transaction():
        store.insert(article(), ["sea"], rows(article()), 1)
        raise RuntimeError("after the last passage")


def removes_and_is_interrupted(store: Store) -> None:
    with store.transaction():
        store.delete("sea")
        raise KeyboardInterrupt


def test_a_write_that_fails_between_two_passages_leaves_no_article(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction():
        store.insert(article(), ["sea"], stops_after_one(rows(article())), 1)
    assert store.get("sea") is None


def test_a_write_that_fails_after_the_passages_leaves_none_of_them(store: Store) -> None:
    with pytest.raises(RuntimeError):
        inserts_and_fails(store)
    assert list(store.terms_since(0)) == []


def test_a_removal_that_fails_keeps_the_article_and_its_passages(store: Store) -> None:
    insert(store, article())
    before = store.get("sea"), store.passages_of("sea")
    with pytest.raises(KeyboardInterrupt):
        removes_and_is_interrupted(store)
    assert (store.get("sea"), store.passages_of("sea")) == before


def test_a_removal_that_fails_is_not_noted(store: Store) -> None:
    insert(store, article())
    with pytest.raises(KeyboardInterrupt):
        removes_and_is_interrupted(store)
    assert list(store.removals_since(0)) == []


def test_an_id_that_is_taken_is_refused(store: Store) -> None:
    insert(store, article())
    with pytest.raises(sqlite3.IntegrityError):
        insert(store, article())


def test_writing_goes_on_after_a_write_that_failed(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction():
        raise RuntimeError
    insert(store, article())
    assert store.get("sea") == article()


def test_nobody_else_sees_an_article_before_it_is_committed(store: Store, tmp_path: Path) -> None:
    with closing(Store(open_database(tmp_path))) as other, store.transaction():
        store.insert(article(), [], [], 1)
        assert other.get("sea") is None


def test_details_are_changed_and_the_passages_keep_their_numbers(store: Store) -> None:
    insert(store, article())
    with store.transaction():
        store.update_details(article(publisher="Sea News", published=date(2020, 7, 2)))
    assert (store.get("sea"), numbers(store)) == (
        article(publisher="Sea News", published=date(2020, 7, 2)),
        [1, 2],
    )


def test_removing_an_article_removes_its_passages(store: Store) -> None:
    insert(store, article(), article("land", "Foxes bark at night."))
    with store.transaction():
        store.delete("sea")
    assert [n for n, _ in store.terms_since(0)] == [3]


def test_a_removal_notes_which_passages_went(store: Store) -> None:
    insert(store, article(), article("land", "Foxes bark at night."))
    with store.transaction():
        store.delete("sea")
    assert [gone for _, gone in store.removals_since(0)] == [range(1, 3)]


def test_removing_an_article_without_passages_notes_nothing(store: Store) -> None:
    insert(store, article(text="The sea", headings=(Span(0, 7),)))
    with store.transaction():
        store.delete("sea")
    assert list(store.removals_since(0)) == []


def test_only_removals_after_the_one_named_are_told(store: Store) -> None:
    insert(store, article(), article("land", "Foxes bark at night."))
    for name in ("sea", "land"):
        with store.transaction():
            store.delete(name)
    [(first, _), second] = store.removals_since(0)
    assert list(store.removals_since(first)) == [second]


def test_the_number_of_a_removed_passage_is_never_used_again(store: Store) -> None:
    insert(store, article())
    with store.transaction():
        store.delete("sea")
    insert(store, article())
    assert numbers(store) == [3, 4]


@same_store
@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12))
def test_no_two_passages_ever_bear_the_same_number(store: Store, names: list[str]) -> None:
    emptied(store)
    ever: list[int] = []
    for name in names:  # an article that is there goes, one that is not comes
        if store.get(name):
            with store.transaction():
                store.delete(name)
        else:
            before = set(numbers(store))
            insert(store, article(name))
            ever += [number for number in numbers(store) if number not in before]
    assert ever == sorted(set(ever))


# --- reading articles


def test_an_unknown_id_gives_none(store: Store) -> None:
    assert store.get("sea") is None


@same_store
@given(
    st.builds(
        Article,
        id=st.text(LETTERS, min_size=1),
        title=st.text(LETTERS),
        text=st.text(LETTERS),
        url=st.none() | st.text(LETTERS),
        publisher=st.none() | st.text(LETTERS),
        author=st.none() | st.text(LETTERS),
        published=st.none() | st.dates(),
        language=st.sampled_from(["en", "de", "und"]),
        added=st.datetimes(timezones=st.just(UTC)),
        n_words=st.integers(0, 10**9),
        headings=st.lists(st.builds(Span, st.integers(0, 99), st.integers(0, 99))).map(tuple),
        keeps_paragraphs=st.booleans(),
        origin=st.none()
        | st.builds(Origin, st.text(LETTERS), st.none() | st.text(LETTERS), st.none() | st.text(LETTERS)),
    )
)
def test_an_article_is_read_back_as_it_was_written(store: Store, written: Article) -> None:
    emptied(store)
    insert(store, written)
    assert store.get(written.id) == written


def test_articles_come_in_the_order_they_were_added(store: Store) -> None:
    insert(store, article("z"), article("a"), article("m"))
    assert [one.id for one in store.articles()] == ["z", "a", "m"]


def test_what_is_known_of_an_article_comes_without_its_text(store: Store) -> None:
    insert(store, article(publisher="Sea News", published=date(2020, 7, 2)))
    assert list(store.infos()) == [
        ArticleInfo(
            id="sea",
            title="The sea",
            publisher="Sea News",
            published=date(2020, 7, 2),
            language="en",
            added=NOW,
        )
    ]


def test_the_same_text_is_found_by_its_words(store: Store) -> None:
    insert(store, article("first"), article("second"))
    assert store.id_of_text(TEXT) == "first"


def test_another_text_with_the_same_digest_is_not_the_same_text(store: Store, tmp_path: Path) -> None:
    insert(store, article())
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("UPDATE articles SET digest = ?", [digest("Another text.")])
    assert store.id_of_text("Another text.") is None


def test_languages_are_counted_the_most_frequent_first(store: Store) -> None:
    insert(store, article("a", language="de"), article("b"), article("c"))
    assert list(store.languages().items()) == [("en", 2), ("de", 1)]


def test_publishers_are_named_once_and_in_order(store: Store) -> None:
    insert(
        store,
        article("a", publisher="Sea News"),
        article("b"),
        article("c", publisher="Air News"),
        article("d", publisher="Sea News"),
    )
    assert store.catalogue.publishers() == ["Air News", "Sea News"]


def test_articles_of_another_analysis_are_named(store: Store) -> None:
    insert(store, article("old"), analysis=1)
    insert(store, article("new"), analysis=2)
    assert store.analysed_otherwise(2) == ["old"]


# --- reading passages


@same_store
@given(st.text(LETTERS | st.sampled_from("\n .!?aé中😀"), max_size=300))
def test_the_text_of_a_passage_is_an_exact_slice_of_its_article(store: Store, text: str) -> None:
    emptied(store)
    written = article(text=text)
    insert(store, written)
    assert [one[1:] for one in store.quoted(numbers(store))] == [
        (
            passage.span.start,
            text[slice(*passage.span)],
            tuple(one.span for one in passage.sentences),
            "\n".join(" ".join(one.terms) for one in passage.sentences),
        )
        for passage in passages.split(written)
    ]


def test_the_passages_of_an_article_are_read_back_as_they_were_written(store: Store) -> None:
    insert(store, article())
    assert [(found.position, found.span) for found in store.passages_of("sea")] == [
        (written.position, written.span) for written in passages.split(article())
    ]
    assert [[one[:2] for one in found.sentences] for found in store.passages_of("sea")] == [
        [one[:2] for one in written.sentences] for written in passages.split(article())
    ]


def test_a_sentence_without_terms_is_read_back_too(store: Store) -> None:
    silent = Passage(0, Span(0, 20), (Sentence(Span(0, 5), ()), Sentence(Span(6, 20), ("whale",))))
    with store.transaction():
        store.insert(article(), [], [packed(silent, [])], 1)
    assert store.passages_of("sea") == [silent]


def test_passages_come_in_the_order_they_are_asked_for(store: Store) -> None:
    insert(store, article())
    assert [passage.number for passage in store.passages([2, 1])] == [2, 1]


def test_a_passage_that_is_gone_is_left_out(store: Store) -> None:
    insert(store, article())
    assert [passage.number for passage in store.passages([7, 1])] == [1]


def test_no_passages_are_asked_for_and_none_come(store: Store) -> None:
    assert store.passages([]) == []


def test_a_passage_brings_the_codes_of_its_title_its_terms_and_its_words(store: Store) -> None:
    insert(store, article(text="The seals bark. Gulls cry."))
    [passage] = store.passages([1])
    titled = [["sea"], ["seal", "bark"], ["gull", "cri"]]
    assert passage.terms == codes.of_terms(titled)
    assert passage.words == codes.of_words([["the", "seals", "bark"], ["gulls", "cry"]])


def test_terms_of_a_passage_begin_with_those_of_its_title(store: Store) -> None:
    insert(store, article(text="Seals bark."))
    assert list(store.terms_since(0)) == [(1, ["sea", "seal", "bark"])]


def test_only_passages_after_the_one_named_are_told(store: Store) -> None:
    insert(store, article())
    assert [number for number, _ in store.terms_since(1)] == [2]


def three_sources(store: Store) -> None:
    """Passages 1 (Air News, 2020), 2 (Sea News, 2024), 3 (Sea News, without a date, added 2026)."""
    insert(
        store,
        article("a", "Gulls.", publisher="Air News", published=date(2020, 7, 2)),
        article("b", "Seals.", publisher="Sea News", published=date(2024, 7, 2)),
        article("c", "Crabs.", publisher="Sea News"),
    )


def test_passages_can_be_narrowed_to_a_publisher(store: Store) -> None:
    three_sources(store)
    assert store.numbers_among(publishers=["Sea News"], since=None) == [2, 3]


def test_the_day_itself_counts_as_since(store: Store) -> None:
    three_sources(store)
    assert store.numbers_among(publishers=["Sea News", "Air News"], since=date(2024, 7, 2)) == [2, 3]


def test_an_article_without_a_date_counts_from_the_day_it_was_added(store: Store) -> None:
    three_sources(store)
    assert store.numbers_among(publishers=None, since=NOW.date()) == [3]


def test_both_filters_hold_together(store: Store) -> None:
    three_sources(store)
    assert store.numbers_among(publishers=["Air News"], since=date(2021, 1, 1)) == []


# --- what has changed


def test_the_data_version_changes_when_another_connection_has_committed(store: Store, tmp_path: Path) -> None:
    before = store.data_version()
    with closing(Store(open_database(tmp_path))) as other:
        insert(other, article())
    assert store.data_version() != before


def test_the_data_version_stays_while_nobody_writes(store: Store, tmp_path: Path) -> None:
    before = store.data_version()
    with closing(Store(open_database(tmp_path))) as other:
        list(other.infos())
    assert store.data_version() == before


def test_a_snapshot_does_not_see_what_is_committed_meanwhile(store: Store, tmp_path: Path) -> None:
    with closing(Store(open_database(tmp_path))) as other, store.snapshot():
        store.languages()
        insert(other, article())
        assert store.get("sea") is None


def test_after_a_snapshot_the_present_is_seen(store: Store, tmp_path: Path) -> None:
    with closing(Store(open_database(tmp_path))) as other, store.snapshot():
        store.languages()
        insert(other, article())
    assert store.get("sea") == article()


def test_a_snapshot_that_is_left_by_an_error_ends(store: Store) -> None:
    with pytest.raises(RuntimeError), store.snapshot():
        raise RuntimeError
    insert(store, article())
    assert store.get("sea") == article()


# --- is everything sound


def test_a_sound_library_has_no_damage(store: Store) -> None:
    insert(store, article())
    assert store.damage() == []


def changed_by_another_tool(folder: Path, statement: str) -> None:
    """Which does not enforce foreign keys."""
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute(statement)


def test_what_was_written_is_held(store: Store) -> None:
    insert(store, article())
    assert store.holds(article(), ["sea"], rows(article()))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE passages SET position = 7 WHERE number = 1",
        "UPDATE passages SET terms = CAST(x'ff80' AS TEXT) WHERE number = 1",
        "UPDATE passages SET sentences = 'tampered' WHERE number = 1",
        "DELETE FROM passages WHERE number = 1",
        "UPDATE articles SET title_terms = 'land'",
        "UPDATE articles SET title_terms = CAST(x'ff80' AS TEXT)",
    ],
)
def test_what_was_tampered_with_is_not_held(store: Store, tmp_path: Path, statement: str) -> None:
    insert(store, article())
    changed_by_another_tool(tmp_path, statement)
    assert not store.holds(article(), ["sea"], rows(article()))


@pytest.mark.parametrize(
    "statement", ["UPDATE articles SET digest = x'00'", "UPDATE articles SET digest = zeroblob(16)"]
)
def test_a_text_that_does_not_fit_its_digest_is_not_as_added(
    store: Store, tmp_path: Path, statement: str
) -> None:
    insert(store, article())
    assert store.is_as_added(article())
    changed_by_another_tool(tmp_path, statement)
    assert not store.is_as_added(article())


def test_an_article_that_is_not_there_is_not_as_added(store: Store) -> None:
    assert not store.is_as_added(article())


def test_passages_of_no_article_are_removed_and_counted(store: Store, tmp_path: Path) -> None:
    insert(store, article(), article("land", "Foxes bark at night."))
    changed_by_another_tool(tmp_path, "DELETE FROM articles WHERE id = 'sea'")
    with store.transaction():
        n_strays = store.remove_strays()
    assert (n_strays, numbers(store)) == (2, [3])


def test_passages_of_no_article_are_left_out_of_what_is_read(store: Store, tmp_path: Path) -> None:
    insert(store, article(), article("land", "Foxes bark at night."))
    changed_by_another_tool(tmp_path, "DELETE FROM articles WHERE id = 'sea'")
    assert [passage.article_id for passage in store.passages([1, 2, 3])] == ["land"]


def test_passages_of_articles_are_no_strays(store: Store) -> None:
    insert(store, article())
    with store.transaction():
        n_strays = store.remove_strays()
    assert (n_strays, numbers(store)) == (0, [1, 2])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE articles SET headings = 'tampered'",
        "UPDATE articles SET published = 'last week'",
        "UPDATE articles SET added = 'last week'",
    ],
)
def test_a_value_that_cannot_be_read_is_reported_as_damage(
    store: Store, tmp_path: Path, statement: str
) -> None:
    insert(store, article())
    changed_by_another_tool(tmp_path, statement)
    with pytest.raises(sqlite3.DatabaseError) as caught:
        store.get("sea")
    assert caught.value.sqlite_errorcode == sqlite3.SQLITE_CORRUPT


def test_an_index_that_lacks_a_row_is_damage(store: Store, tmp_path: Path) -> None:
    insert(store, article())
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_schema SET sql = 'CREATE INDEX passages_by_article ON passages (terms)'"
            " WHERE name = 'passages_by_article'"
        )
    with closing(Store(open_database(tmp_path))) as reopened:
        assert any("passages_by_article" in problem for problem in reopened.damage())


def test_headings_are_kept_as_json_that_any_tool_reads(store: Store, tmp_path: Path) -> None:
    insert(store, article(headings=(Span(0, 3),)))
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        [[headings]] = connection.execute("SELECT headings FROM articles").fetchall()
    assert json.loads(headings) == [[0, 3]]


@pytest.mark.parametrize("column", ["term_codes", "word_codes"])
@pytest.mark.parametrize("value", ["x''", "x'00'", "x'0100000000000000'", "x'000000000000000001'"])
def test_codes_that_cannot_be_read_are_reported_as_damage(
    store: Store, tmp_path: Path, column: str, value: str
) -> None:
    insert(store, article())
    changed_by_another_tool(tmp_path, f"UPDATE passages SET {column} = {value}")  # noqa: S608
    with pytest.raises(sqlite3.DatabaseError) as caught:
        store.passages([1])
    assert caught.value.sqlite_errorcode == sqlite3.SQLITE_CORRUPT
