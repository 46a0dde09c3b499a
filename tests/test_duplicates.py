"""What a text is known by, and how alike two texts are."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import duplicates
from corpus.duplicates import SAME_STORY, shingles
from tests.pages_in_languages import LANGUAGES

WORDS = ("harbour", "ferry", "storm", "mayor", "island", "wave", "night", "fish", "boat", "winter", "soup")


def story(seed: int, n_words: int = 400) -> str:
    """A text of *n_words* that no other seed makes."""
    chooser = random.Random(seed)  # noqa: S311
    return " ".join(f"{chooser.choice(WORDS)}{chooser.randrange(60)}" for _ in range(n_words))


def alike(one: str, other: str) -> float:
    kept, others = shingles(one), shingles(other)
    looked_up = duplicates.looked_up(kept)
    n_shared = len(np.intersect1d(looked_up, others))
    return duplicates.containment(n_shared, len(looked_up), len(kept), len(others))


def test_one_shingle_in_eight_is_kept() -> None:
    kept = shingles(story(1, 8_004))
    assert 850 < len(kept) < 1_150
    assert (kept % 8 == 0).all()
    assert (np.diff(kept) > 0).all()


def test_half_of_a_text_tells_the_same_story() -> None:
    whole = story(2)
    assert alike(whole[: len(whole) // 2], whole) == alike(whole, whole[: len(whole) // 2]) == 1.0


def test_an_edited_text_tells_the_same_story() -> None:
    chooser = random.Random(3)  # noqa: S311
    words = story(3).split()
    edited = " ".join(
        "edited" if chooser.random() < 0.08 else word for word in words if chooser.random() > 0.02
    )
    assert alike(edited, " ".join(words)) >= SAME_STORY


def test_two_texts_of_the_same_words_tell_two_stories() -> None:
    assert alike(story(4), story(5)) == 0.0


def test_a_quotation_makes_no_story() -> None:
    quoted = story(6, 30)
    assert alike(f"{story(7)} {quoted} {story(8)}", f"{story(9)} {quoted} {story(10)}") < SAME_STORY


def test_a_book_that_shares_one_phrase_with_a_note_does_not_tell_its_story() -> None:
    phrase = story(11, 12)
    assert alike(f"{story(12, 20_000)} {phrase}", f"{phrase} {story(13, 60)}") == 0.0


def test_a_text_longer_than_is_looked_up_is_still_known() -> None:
    book = story(14, 30_000)
    assert len(shingles(book)) > duplicates.MOST_LOOKED_UP
    assert alike(book, book) == pytest.approx(1.0, abs=0.01)
    assert alike(book, book[: len(book) * 2 // 3]) >= SAME_STORY


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_cut_text_is_known_in_every_language(code: str) -> None:
    text = "\n\n".join(LANGUAGES[code].paragraphs)
    cut = text[len(text) // 4 :]
    kept = shingles(cut)
    assert len(np.intersect1d(kept, shingles(text))) >= 0.8 * len(kept) > 0


@pytest.mark.parametrize("code", ["zh", "ja", "th"])
def test_a_text_without_spaces_is_cut_into_as_many_runs_as_it_has_words(code: str) -> None:
    text = "".join(LANGUAGES[code].paragraphs) * 1
    assert 4 < len(shingles(text)) < len(text) / 4


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_known(text: str) -> None:
    assert all(number % 8 == 0 for number in shingles(text))
    again = text.upper().casefold()
    assert shingles(text).tolist() == shingles(again).tolist() or again != text.casefold()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 600), st.integers(1, 600), st.integers(1, 5_000), st.integers(0, 5_000))
def test_containment_is_a_share(shared: int, looked_up: int, kept: int, other: int) -> None:
    assert 0.0 <= duplicates.containment(min(shared, looked_up), looked_up, kept, other) <= 1.0
