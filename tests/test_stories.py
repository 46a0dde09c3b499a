"""The article of a library that tells a story already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.article import Article, Origin
from corpus.errors import SameStoryThere
from corpus.library import Library
from tests.pages_in_languages import LANGUAGES
from tests.test_duplicates import story

ENGLISH = LANGUAGES["en"].paragraphs
TEXT = "\n\n".join([*ENGLISH, story(1, 120)])


def article(text: str = TEXT, **facts: object) -> Article:
    return replace(Article(text=text, title="Storm stops the ferry"), **facts)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        yield opened


def test_an_empty_library_tells_no_story(library: Library) -> None:
    assert library.same_story(article()) is None


def test_another_outlet_that_prints_the_story_cut_is_found(library: Library) -> None:
    stored = library.add(article(publisher="Island News", url="https://island.example/1"))
    cut = "\n\n".join(
        [ENGLISH[0], ENGLISH[1], "A line of the other paper's own stands here below the story."]
    )
    found = library.same_story(article(cut, publisher="Harbour Post", url="https://harbour.example/a"))
    assert found is not None
    assert found.article.id == stored.id
    assert found.containment >= 0.4
    assert not found.is_same_outlet


def test_a_newer_version_in_the_same_outlet_is_told_from_a_copy(library: Library) -> None:
    library.add(article(publisher="Island News"))
    newer = article(TEXT + "\n\nA last paragraph was added in the evening.", publisher="island news")
    found = library.same_story(newer)
    assert found is not None
    assert found.is_same_outlet


def test_of_two_outlets_its_own_is_meant(library: Library) -> None:
    library.add(article(publisher="Harbour Post", url="https://harbour.example/a"))
    own = library.add(article(TEXT + "\n\nMore.", publisher="Island News", url="https://island.example/1"))
    newer = article(TEXT + "\n\nEven more.", publisher="Island News", url="https://island.example/2")
    found = library.same_story(newer)
    assert found is not None
    assert (found.article.id, found.is_same_outlet) == (own.id, True)


@pytest.mark.parametrize(
    "url",
    [
        "https://island.example/2021/ferry",
        "http://www.island.example/2021/ferry/",
        "https://island.example/2021/ferry?utm_source=x&fbclid=1#top",
    ],
)
def test_an_address_is_known_however_it_is_written(library: Library, url: str) -> None:
    stored = library.add(article(url="https://island.example/2021/ferry"))
    found = library.same_story(article(story(2), url=url))
    assert found is not None
    assert (found.article.id, found.containment, found.is_same_outlet) == (stored.id, 1.0, True)


def test_where_it_was_fetched_is_an_address_too(library: Library) -> None:
    stored = library.add(article(url="https://island.example/1", origin=Origin("https://m.island.example/x")))
    found = library.same_story(article(story(2), url="https://m.island.example/x"))
    assert found is not None
    assert found.article.id == stored.id


def test_two_texts_that_came_from_nowhere_known_are_not_of_one_outlet(library: Library) -> None:
    library.add(article())
    found = library.same_story(article(TEXT + "\n\nMore."))
    assert found is not None
    assert not found.is_same_outlet


def test_another_version_of_the_same_outlet_is_refused_and_another_outlets_is_named(library: Library) -> None:
    stored = library.add(article(publisher="Island News", url="https://island.example/1"))
    with pytest.raises(SameStoryThere) as refused:
        library.refuse_same_story(article(TEXT + "\n\nMore.", publisher="Island News"))
    assert (refused.value.article_id, refused.value.can_refresh) == (stored.id, True)
    elsewhere = library.refuse_same_story(article(TEXT + "\n\nMore.", publisher="Harbour Post"))
    assert elsewhere is not None
    assert elsewhere.article.id == stored.id
    assert library.refuse_same_story(article(story(12))) is None


def test_another_story_of_the_same_outlet_is_another_story(library: Library) -> None:
    library.add(article(publisher="Island News", url="https://island.example/1"))
    assert (
        library.same_story(article(story(3), publisher="Island News", url="https://island.example/2")) is None
    )


def test_an_article_is_not_the_same_story_as_itself(library: Library) -> None:
    stored = library.add(article(url="https://island.example/1"))
    assert library.same_story(stored) is None


def test_what_was_removed_or_replaced_tells_no_story_any_more(library: Library) -> None:
    stored = library.add(article(url="https://island.example/1"))
    library.replace(replace(stored, text=story(4), url=None))
    assert library.same_story(article(url="https://island.example/1")) is None
    library.remove([stored.id])
    assert library.same_story(article(story(4))) is None


def test_a_changed_address_is_where_it_is_found(library: Library) -> None:
    stored = library.add(article(url="https://island.example/1"))
    library.change_details(replace(stored, url="https://island.example/2"))
    assert library.same_story(article(story(5), url="https://island.example/1")) is None
    assert library.same_story(article(story(5), url="https://island.example/2")) is not None


def test_what_every_page_of_a_site_says_makes_no_story(library: Library) -> None:
    about = story(6, 90)
    for number in range(60):
        library.add(article(f"{story(100 + number, 90)}\n\n{about}", publisher="Island News"))
    assert library.same_story(article(f"{story(7, 90)}\n\n{about}", publisher="Island News")) is None


def test_an_agencys_text_that_sixty_outlets_print_is_known(library: Library) -> None:
    for number in range(60):
        library.add(article(f"{TEXT}\n\nOutlet number {number}.", publisher=f"Outlet {number}"))
    assert library.same_story(article(TEXT, publisher="One more")) is not None


def test_articles_of_an_earlier_version_are_known_once_the_library_is_opened(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.add(article(url="https://island.example/1"))
        for table in ("traces", "shingles", "addresses"):
            library._store._db.execute(f"DELETE FROM {table}")  # type: ignore[attr-defined]  # noqa: S608
        library._store._db.conn.commit()  # type: ignore[attr-defined]
        assert library.same_story(article()) is None
    with Library.open(tmp_path) as library:
        assert library.same_story(article()) is not None
        assert library.same_story(article(story(8), url="https://island.example/1")) is not None
