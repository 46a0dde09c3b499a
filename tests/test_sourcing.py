"""Where a text comes from: the passage that holds most of its words in a row, exactly."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import sourcing
from corpus.article import Article, Source
from corpus.errors import TooFewWords
from corpus.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

STORM = (
    "The harbour was closed on Monday because of a storm, the mayor said. “We will open it again on Friday,” "
    "she added, “unless the wall of the old pier gives way.”"
)
FERRY = (
    "The ferry waits for the fog to lift.\n\nCaptain Lund has seen worse, and says so to whoever asks him."
)
CHINESE = "港口因暴风雨于星期一关闭。市长说星期五将重新开放。渔民们留在家里修补渔网。"
LEDGER = Article(
    id="ledger", title="Storm", text=STORM, publisher="Northern Ledger", published=date(2020, 7, 3)
)
GAZETTE = Article(
    id="gazette",
    title="Harbour",
    text=f"Reporters were told this: {STORM}",
    publisher="Harbour Gazette",
    published=date(2020, 7, 2),
    url="https://example.org/storm",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(Path(tmp_path_factory.mktemp("library"))) as opened:
        opened.add(LEDGER)
        opened.add(GAZETTE)
        opened.add(Article(id="ferry", title="Ferry", text=FERRY))
        opened.add(Article(id="chinese", title="港口", text=CHINESE))
        yield opened


def said(source: Source) -> str:
    return source.quote.text[slice(*source.quote.answer)]


def first(library: Library, text: str) -> Source:
    return library.sources(text).sources[0]


# --- nothing, and next to nothing


@pytest.mark.parametrize("text", ["", "🦜 🦜 🦜 🦜", "storm", "the storm", "...", "\x00"])
def test_a_text_of_next_to_no_words_is_refused(library: Library, text: str) -> None:
    with pytest.raises(TooFewWords):
        library.sources(text)


@pytest.mark.parametrize(
    "text",
    [
        "Volcanoes of Iceland erupt more often than people think they do.",
        "The mayor thinks that a storm is coming, the harbour may be closed on Tuesday.",
        "at the end of the day it is what it is",
        "word " * 2_000,
    ],
)
def test_what_no_article_says_in_these_words_has_no_source(library: Library, text: str) -> None:
    assert library.sources(text).sources == ()


def test_an_empty_library_has_no_source(tmp_path: Path) -> None:
    with Library.open(tmp_path) as empty:
        found = empty.sources(STORM)
    assert (found.sources, found.n_articles) == ((), 0)


def test_four_words_of_a_longer_text_are_chance(library: Library) -> None:
    assert library.sources("I waits for the fog while everybody else goes home early").sources == ()


# --- found


def test_the_words_that_stand_there_are_told_and_counted(library: Library) -> None:
    found = first(library, "did he really say “waits for the fog to lift” or what was that?")
    assert (said(found), found.n_words) == ("waits for the fog to lift", 6)


@pytest.mark.parametrize(
    "text",
    [
        "CAPTAIN LUND HAS SEEN WORSE AND SAYS SO",
        "> captain lund has seen worse – and says so",
        "“Captain Lund has seen worse,\nand says so”",
    ],
)
def test_case_and_what_stands_between_words_does_not_count(library: Library, text: str) -> None:
    assert said(first(library, text)) == "Captain Lund has seen worse, and says so"


def test_a_run_goes_on_over_the_end_of_a_sentence(library: Library) -> None:
    found = first(library, "the mayor said. We will open it again")
    assert said(found) == "the mayor said. “We will open it again"


def test_a_short_text_must_stand_there_whole(library: Library) -> None:
    assert said(first(library, "Lund has seen worse")) == "Lund has seen worse"
    assert library.sources("Lund has worse").sources == ()


def test_the_longest_overlap_comes_first(library: Library) -> None:
    text = "wall of the old pier gives way and Captain Lund has seen worse, and says so to whoever"
    found = library.sources(text).sources
    assert [source.quote.article.id for source in found] == ["ferry", "gazette", "ledger"]
    assert [source.n_words for source in found] == [10, 7, 7]


def test_of_equal_ones_the_oldest_comes_first(library: Library) -> None:
    found = library.sources("closed on Monday because of a storm").sources
    assert [source.quote.article.id for source in found] == ["gazette", "ledger"]


def test_a_shorter_part_of_the_same_words_is_no_source_of_its_own(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.add(LEDGER)
        library.add(Article(id="short", text="It was closed on Monday because of a flood, they say."))
        found = library.sources("The harbour was closed on Monday because of a storm").sources
    assert [source.quote.article.id for source in found] == ["ledger"]


def test_the_same_passage_of_another_outlet_is_told_once(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        for name in ("Northern Ledger", "Coast Herald"):
            library.add(Article(id=name, title=name, text=STORM, publisher=name))
        [found] = library.sources("closed on Monday because of a storm").sources
    assert [info.id for info in found.quote.also_in] == ["Coast Herald"]


def test_words_of_a_text_without_spaces_are_found(library: Library) -> None:
    assert said(first(library, "有人说：市长说星期五将重新开放。是真的吗")) == "市长说星期五将重新开放"


def test_the_link_leads_to_the_words(library: Library) -> None:
    found = first(library, "Reporters were told this: The harbour was closed on Monday")
    assert found.quote.link is not None
    assert found.quote.link.startswith("https://example.org/storm#:~:text=Reporters%20were%20told")


def test_only_so_many_are_told(library: Library) -> None:
    assert len(library.sources("closed on Monday because of a storm", top=1).sources) == 1


WORDS_OF_STORM = STORM.split()


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, len(WORDS_OF_STORM) - 6),
    st.integers(6, 30),
    st.lists(st.sampled_from(["parrot", "anchor", "yesterday", "whoever", "perhaps"]), max_size=40),
    st.integers(0, 40),
)
def test_a_quotation_is_found_wherever_it_stands(
    library: Library, start: int, length: int, around: list[str], place: int
) -> None:
    quoted = WORDS_OF_STORM[start : start + length]
    text = " ".join([*around[:place], *quoted, *around[place:]])
    found = first(library, text)
    assert found.quote.article.id in {"ledger", "gazette"}
    assert " ".join(quoted).strip("“”,.").split()[1:-1] == said(found).split()[1:-1]


@pytest.mark.parametrize("n", [0, 1, 7, 8, 9, 13, 400, 401, 4_000])
def test_every_term_of_a_text_is_searched_in_a_hundred_windows_at_most(n: int) -> None:
    terms = [str(number) for number in range(n)]
    windows = list(sourcing._windows(terms))
    assert sorted({term for window in windows for term in window}) == sorted(terms)
    assert len(windows) <= 100


def test_words_in_the_middle_of_a_text_that_goes_on_and_on_are_found(library: Library) -> None:
    around = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏" * 60
    assert said(first(library, f"{around}市长说星期五将重新开放{around}")) == "市长说星期五将重新开放"


def test_no_more_of_a_text_is_read_than_a_message_holds(library: Library) -> None:
    assert library.sources("parrot " * sourcing.LONGEST_TEXT + STORM).sources == ()
