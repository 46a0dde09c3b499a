"""Which known word a mistyped one means."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from corpus import spelling
from corpus.article import Article
from corpus.library import Library

WORDS = st.text("abcdefgh", min_size=1, max_size=12)
TEXT = (
    "Zabihullah Mujahid spoke for the Taliban in Doha. "
    "The Pentagon published its report about al-Qaeda and the negotiations in Afghanistan."
)


@pytest.fixture
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    with Library.open(tmp_path_factory.mktemp("library")) as opened:
        opened.add(Article(title="Talks", text=TEXT, language="en"))
        yield opened


@pytest.mark.parametrize("word", ["", "cat", "2020", "covid19", "9/11", "al-qaeda"])
def test_short_words_and_what_is_no_word_are_not_corrected(word: str) -> None:
    assert not spelling.is_correctable(word)


@pytest.mark.parametrize(
    ("typed", "known"),
    [("mujahed", "mujahid"), ("pentagn", "pentagon"), ("talibn", "taliban"), ("repotr", "report")],
)
def test_one_edit_or_swap_is_mended(typed: str, known: str) -> None:
    assert spelling.nearest(typed, [known, "unrelated"]) == [known]


def test_a_long_word_may_have_two_errors_and_a_short_one_may_not() -> None:
    assert spelling.nearest("afganistn", ["afghanistan"]) == ["afghanistan"]
    assert spelling.nearest("tlbn", ["taliban"]) == []


def test_a_word_with_another_first_letter_is_another_word() -> None:
    assert spelling.nearest("bread", ["read"]) == []


@settings(max_examples=50)
@given(WORDS, st.lists(WORDS, max_size=6))
def test_the_nearest_come_first_and_are_among_the_candidates(word: str, others: list[str]) -> None:
    near = spelling.nearest(word, others)
    assert set(near) <= set(others)
    distances = [OSA.distance(word, other) for other in near]
    assert distances == sorted(distances)
    assert word not in others or near[0] == word


@settings(max_examples=50)
@given(WORDS)
def test_a_word_has_a_run_for_its_beginning_and_its_end(word: str) -> None:
    runs = spelling.trigrams(word)
    assert any(run.startswith(" ") for run in runs)
    assert any(run.endswith(" ") for run in runs)


@pytest.mark.parametrize(
    ("question", "replaced"),
    [
        ("who is Zabihulah", ("Zabihulah", "Zabihullah")),
        ("what did the pentagn say", ("pentagn", "pentagon")),
        ("negotations", ("negotations", "negotiations")),
    ],
)
def test_the_answer_names_the_replacement(library: Library, question: str, replaced: tuple[str, str]) -> None:
    found = library.ask(question)
    assert found.replaced_words == (replaced,)
    assert found.quotes


@pytest.mark.parametrize("question", ["who is Mujahed", "al quaeda", "al-Qaida", "Al Qaeda"])
def test_another_spelling_of_a_name_is_the_name_itself(library: Library, question: str) -> None:
    found = library.ask(question)
    assert (found.status, found.unknown_words) == ("found", ())


def test_a_known_word_is_never_replaced(library: Library) -> None:
    assert library.ask("report on talks in Doha").replaced_words == ()


def test_a_word_far_from_all_others_stays_unknown(library: Library) -> None:
    found = library.ask("the Taliban and bananas")
    assert (found.replaced_words, found.unknown_words) == ((), ("bananas",))


def test_the_words_of_a_removed_article_are_not_offered(library: Library) -> None:
    stored = library.add(Article(title="Food", text="A basket of bananas stood there.", language="en"))
    assert library.ask("bananes in Doha").replaced_words == (("bananes", "bananas"),)
    library.remove([stored.id])
    assert library.ask("bananes in Doha").replaced_words == ()
