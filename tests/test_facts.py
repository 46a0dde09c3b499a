"""What a sentence could answer, noted when it is stored."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import facts
from corpus.remembered import Remembered

PIECES = [
    "years", "A century", "two", "12", "$", "5 %", "percent", "per", "cents", "Gold", "grey", "because",
    "In order to", "ago", "led to", "since", "causing", "hours", "After", "dollars", "yen", "three",
    "so that", "as a result", "due", "to", "1997", "the 1990s", "2020年", "五百", "१९४७", "5km", "two-foot",
    "square miles", "ten-year", "an", "hour", "(red", "May", "Abdul Ghani", "J. R.", "“New", "York”",
    "in the", "İstanbul", "ſeconds", "K", "km", ",", ".", "-", "\u00a0", "\n", "  ",
]  # fmt: skip
SENTENCES = st.lists(st.sampled_from(PIECES), max_size=10).flatmap(
    lambda pieces: st.sampled_from([" ", ""]).map(lambda space: space.join(pieces))
)


def found_anywhere(sentence: str, language: str) -> tuple[str, ...]:
    """The same facts, found by every pattern in all of the sentence, and nothing remembered."""
    found: dict[str, None] = {}
    for kind in facts._ALL if language == "en" else facts._IN_ALL_LANGUAGES:
        has_number = any(fact.startswith("number:") for fact in found)
        if has_number or kind not in facts._NEEDS_NUMBER:
            for fact in facts._found(kind, facts._ALL[kind], sentence):
                found[fact] = None
                if kind == "name" and "_" in fact:
                    found["person" + fact.removeprefix("name")] = None
    return tuple(found)


def test_a_sentence_without_words_could_answer_nothing() -> None:
    assert facts.of("", "en") == facts.of(" 😀 …", "en") == ()


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80))
def test_a_fact_has_no_blank_inside_so_that_it_can_be_stored_in_a_line(text: str) -> None:
    assert all(fact.split() == [fact] for fact in facts.of(text, "en"))


@settings(max_examples=150, deadline=None)
@given(SENTENCES | st.text(max_size=60), st.sampled_from(["en", "de", "zh"]))
def test_no_fact_is_missed_because_a_piece_gave_no_hint(sentence: str, language: str) -> None:
    assert facts.of(sentence, language) == found_anywhere(sentence, language)


@pytest.mark.parametrize(
    "sentence",
    [
        "It was 5 per cent, or 5percent, of it.",
        "It grew by 61 per cent (six per cent) because of 20 miles and two square miles.",
        "As a result of 12 years it cost three million dollars, in order to end 5 pounds and $ 20 later.",
        "The McDonald Islands, George W. Bush and “New York” are near Berlin, in the Hague.",
        "Thanks to the two-foot fence (since May) an hour was lost, so that it led to a nine-day wait.",
    ],
)
def test_what_reaches_over_several_pieces_is_found_by_the_one_that_hints_at_it(sentence: str) -> None:
    assert facts.of(sentence, "en") == found_anywhere(sentence, "en")
    assert facts.of(sentence.replace(" ", "\u00a0"), "en") == facts.of(sentence, "en")


def test_what_is_remembered_of_pieces_is_forgotten_before_it_takes_much_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(facts, "_pieces", Remembered(facts._read, most=3))
    assert [facts.of(f"in {year}", "de") for year in range(1990, 2000)] == [
        (f"year:{year}", f"number:{year}") for year in range(1990, 2000)
    ]
    assert len(facts._pieces) <= 3
