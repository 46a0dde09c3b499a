"""Articles are listed and found by what they are called, by indexes that read no text."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import catalogue
from corpus.article import Article, Order, Sought
from corpus.errors import AlreadyInLibrary, ArticleNotFound
from corpus.library import Library
from corpus.schema import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path) as opened:
        yield opened


def add(library: Library, *titles: str, **facts: Any) -> list[Article]:
    """An article for each of *titles*, a day apart; the first is the oldest."""
    return [
        library.add(
            Article(
                title=title,
                text=f"Text {number} of a diary.",
                **({"id": f"id-{number}", "published": date(2020, 1, number + 1)} | facts),
            )
        )
        for number, title in enumerate(titles)
    ]


def titles(found: Any) -> list[str]:
    return [info.title for info in found]


def plan(library: Library, sought: Sought, order: Order) -> str:
    """How SQLite looks for what is *sought*, a line a step."""
    where, values = catalogue._where(sought)
    statement = catalogue.listing(where, sought, order)
    db = library._store._db  # type: ignore[attr-defined]
    return "\n".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {statement}", [*values, 6, 90_000]))


same_library = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


# --- nothing and damage


def test_in_an_empty_library_nothing_is_suggested_listed_or_counted(library: Library) -> None:
    assert (library.suggest("har"), library.page().total, library.figures().n_words) == ((), 0, 0)


def test_a_row_that_another_program_took_out_of_the_catalogue_is_mended(
    library: Library, tmp_path: Path
) -> None:
    add(library, "Harbour closed", "Storm")
    with closing(sqlite3.connect(tmp_path / FILE)) as other, other:
        other.execute("DELETE FROM catalogue WHERE title_key = 'storm'")
    assert library.check().mended == 1
    assert titles(library.list("storm")) == ["Storm"]


def test_words_that_another_program_took_out_of_their_index_are_mended(
    library: Library, tmp_path: Path
) -> None:
    add(library, "Harbour closed")
    with closing(sqlite3.connect(tmp_path / FILE)) as other, other:
        other.execute("INSERT INTO catalogue_words (catalogue_words) VALUES ('delete-all')")
    library.check()
    assert titles(library.list("harb")) == ["Harbour closed"]


@pytest.mark.parametrize("typed", ['"', "x*", "a AND (", "title_words:x", "NEAR(", "-", "''", "%", "\0"])
def test_what_looks_like_a_query_language_is_only_words(library: Library, typed: str) -> None:
    add(library, "Harbour closed")
    library.suggest(typed)
    library.page(typed, source=typed)
    with pytest.raises(ArticleNotFound):
        library.find(typed)


@same_library
@given(
    st.one_of(st.text(max_size=40), st.sampled_from(["http://[", "https://a:b@[::1]:x/", "://", "http://"]))
)
def test_whatever_is_typed_is_answered(library: Library, typed: str) -> None:
    library.suggest(typed)
    library.page(typed, source=typed, order="title", first=10**18)
    library.with_words_of([typed], 3)
    with suppress(ArticleNotFound):
        library.find(typed, by_text=True)


def test_thousands_of_publishers_may_be_meant_by_one_word(library: Library) -> None:
    add(library, "Harbour closed", publisher="Gazette 7")
    many = tuple(f"Gazette {number}" for number in range(40_000))
    assert library._store.catalogue.count(Sought(publishers=many)) == 1
    assert len(library._store.numbers_among(publishers=many, since=None)) == 1


# --- the catalogue goes along with the articles


def test_a_changed_title_is_found_and_the_old_one_is_not(library: Library) -> None:
    [stored] = add(library, "Harbour closed", publisher="Gazette")
    library.change_details(replace(stored, title="Storm at sea", publisher="Post"))
    found = [titles(library.list(words)) for words in ("storm", "harbour", "gazette", "post")]
    assert found == [["Storm at sea"], [], [], ["Storm at sea"]]


def test_a_changed_day_moves_an_article_in_the_list(library: Library) -> None:
    first, _ = add(library, "A", "B")
    library.change_details(replace(first, published=date(2021, 1, 1)))
    assert titles(library.list()) == ["A", "B"]


def test_what_was_removed_is_neither_listed_nor_counted(library: Library) -> None:
    add(library, "A", "B", publisher="Gazette")
    library.remove(["id-0", "id-1"])
    assert (library.page("a").total, library.publishers(), library.figures()[:3]) == (0, (), (0, 0, 0))


STEPS = st.lists(
    st.tuples(
        st.integers(0, 4), st.sampled_from(["add", "remove", "rename", "move"]), st.text("abé 港", max_size=6)
    ),
    max_size=12,
)


@same_library
@given(STEPS)
def test_the_catalogue_holds_what_the_articles_are_called_whatever_was_done(
    library: Library, steps: list[tuple[int, str, str]]
) -> None:
    for number, step, title in steps:
        article = Article(id=str(number), title=title or "x", text=f"Text {number}.", publisher=title or None)
        with suppress(AlreadyInLibrary, ArticleNotFound):
            match step:
                case "add":
                    library.add(article)
                case "remove":
                    library.remove([article.id])
                case "rename":
                    library.change_details(replace(library.get(article.id), title=title or "x"))
                case _:
                    day = date(2020, 1, 1 + len(title))
                    library.change_details(replace(library.get(article.id), published=day))
    assert library.check().problems == ()
    assert sorted(info.id for info in library.list()) == sorted(one.id for one in library.export())
    library.remove([info.id for info in library.list()])


# --- suggestions


def test_the_newest_come_first(library: Library) -> None:
    add(library, "Diary one", "Diary two", "Diary three")
    assert titles(library.suggest("dia")) == ["Diary three", "Diary two", "Diary one"]


def test_an_id_and_a_title_in_full_come_before_others_that_hold_their_words(library: Library) -> None:
    add(library, "Storm", "Storm in June", "Letters about id-0")
    assert titles(library.suggest("storm"))[0] == titles(library.suggest("id-0"))[0] == "Storm"


def test_what_no_title_holds_is_looked_for_in_the_texts(library: Library) -> None:
    library.add(
        Article(title="News of Monday", text="A volcano erupted near the fishing village.", language="en")
    )
    assert titles(library.suggest("volcano erupted")) == ["News of Monday"]


def test_a_part_inside_a_word_is_found_where_no_word_begins_so(library: Library) -> None:
    add(library, "Harbour closed", "Arbour day")
    assert (titles(library.suggest("arbour")), titles(library.suggest("losed"))) == (
        ["Arbour day"],
        ["Harbour closed"],
    )


def test_no_more_is_suggested_than_asked_for(library: Library) -> None:
    add(library, *["Diary"] * 9)
    assert len(library.suggest("diary", 4)) == len(library.suggest("", 4)) == 4


# --- what somebody typed without choosing


def test_what_no_article_is_called_is_found_by_what_it_says_when_that_is_wanted(library: Library) -> None:
    add(library, "Diary one", "Diary two")
    library.add(Article(title="Monday", text="A volcano erupted near the fishing village.", language="en"))
    assert library.find("the volcano that erupted", by_text=True).title == "Monday"
    with pytest.raises(ArticleNotFound):
        library.find("the volcano that erupted")


@pytest.mark.parametrize("typed", ["", "the of", "glaciers melted slowly", "x" * 400])
def test_what_no_article_surely_says_is_not_found(library: Library, typed: str) -> None:
    library.add(Article(title="Monday", text="A volcano erupted near the fishing village.", language="en"))
    with pytest.raises(ArticleNotFound):
        library.find(typed, by_text=True)


# --- pages


@pytest.mark.parametrize(
    ("order", "shown"), [("newest", ["C", "b", "Á"]), ("oldest", ["Á", "b", "C"]), ("title", ["Á", "b", "C"])]
)
def test_a_page_stands_in_its_order(library: Library, order: Order, shown: list[str]) -> None:
    add(library, "Á", "b", "C")
    assert titles(library.page(order=order).infos) == shown


def test_articles_of_one_day_are_listed_by_when_they_came_in(library: Library) -> None:
    add(library, "A", "B", "C", published=date(2020, 7, 2))
    assert titles(library.list()) == ["C", "B", "A"]


def test_an_article_without_a_date_is_of_the_day_it_was_added(library: Library) -> None:
    add(library, "A", "C")
    add(library, "B", id="b", published=None, added=datetime(2020, 1, 1, 23, tzinfo=UTC))
    assert titles(library.list()) == ["C", "B", "A"]


def test_pages_go_on_where_the_last_one_ended(library: Library) -> None:
    add(library, *"ABCDEFG")
    shown = [title for first in (1, 4, 7) for title in titles(library.page(first=first, most=3).infos)]
    assert shown == list("GFEDCBA")


def test_a_page_counts_what_words_and_publisher_leave(library: Library) -> None:
    for number, publisher in enumerate(("Sea News", "SEA Post", "Air News")):
        add(library, "Harbour closed", publisher=publisher, id=f"one-{number}", published=None)
    page = library.page("harbour", source="sea", most=1)
    assert (len(page.infos), page.total) == (1, 2)


def test_a_publisher_that_does_not_exist_leaves_nothing(library: Library) -> None:
    add(library, "Harbour closed", publisher="Sea News")
    assert library.page(source="moon").total == 0


# --- how it is looked for


@pytest.mark.parametrize(
    ("sought", "order", "index"),
    [
        (Sought(), "newest", "SCAN catalogue"),
        (Sought(), "title", "USING INDEX catalogue_by_title"),
        (Sought('"har"*'), "newest", "SEARCH catalogue USING INTEGER PRIMARY KEY (rowid=?)"),
        (Sought('"har"*'), "oldest", "SCAN catalogue_words VIRTUAL TABLE INDEX"),
        (Sought(pieces=("osed",)), "newest", "USING COVERING INDEX catalogue_by_title"),
        (Sought(publishers=("A",)), "newest", "USING INDEX catalogue_by_publisher (publisher=?)"),
    ],
)
def test_a_list_is_read_in_its_order_and_never_sorted(
    library: Library, sought: Sought, order: Order, index: str
) -> None:
    steps = plan(library, sought, order)
    assert index in steps
    assert "TEMP B-TREE" not in steps


def test_a_publishers_articles_are_filtered_without_reading_other_articles(library: Library) -> None:
    db = library._store._db  # type: ignore[attr-defined]
    seen: list[str] = []
    db.conn.set_trace_callback(seen.append)
    library._store.numbers_among(publishers=["A"], since=date(2020, 1, 1))
    db.conn.set_trace_callback(None)
    [statement] = [one for one in seen if "SELECT number" in one]
    steps = "\n".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {statement}"))
    assert "catalogue_by_publisher (publisher=? AND place>?)" in steps
    assert "passages_by_article" in steps
