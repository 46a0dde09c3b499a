"""The longest run of words that two texts share, against a search of all runs."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.overlap import Run, Runs

WORDS = st.lists(st.sampled_from("abc"), max_size=14)


def longest(here: list[str], there: list[str]) -> int:
    """The length of the longest run in both, by trying all of them."""
    every = {tuple(here[start:end]) for start in range(len(here)) for end in range(start + 1, len(here) + 1)}
    shared = [
        end - start
        for start in range(len(there))
        for end in range(start + 1, len(there) + 1)
        if tuple(there[start:end]) in every
    ]
    return max(shared, default=0)


@settings(max_examples=150)
@given(WORDS, WORDS)
def test_it_is_as_long_as_the_longest_of_all_runs(here: list[str], there: list[str]) -> None:
    assert Runs(here).longest_in(there).length == longest(here, there)


@settings(max_examples=150)
@given(WORDS, WORDS)
def test_the_same_words_stand_at_both_places(here: list[str], there: list[str]) -> None:
    run = Runs(here).longest_in(there)
    assert here[run.here : run.here + run.length] == there[run.there : run.there + run.length]


@pytest.mark.parametrize(("here", "there"), [("", ""), ("a b", ""), ("", "a b"), ("a b", "c d")])
def test_texts_that_share_nothing_have_no_run(here: str, there: str) -> None:
    assert Runs(here.split()).longest_in(there.split()) == Run(0, 0, 0)


def test_of_equally_long_runs_the_first_is_told() -> None:
    assert Runs(["a", "b", "x", "c", "d"]).longest_in(["c", "d", "y", "a", "b"]) == Run(2, 3, 0)


def test_words_that_repeat_without_end_cost_no_more_than_others() -> None:
    started = process_time()
    runs = Runs(["the"] * 2_000)
    for _ in range(20):
        assert runs.longest_in(["the"] * 1_000).length == 1_000
    assert process_time() - started < 1.0
