"""Lines side by side, in which a word is looked for once."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.lines import Lines

WRITTEN = st.lists(st.lists(st.sampled_from(["a", "b", "ab", "aa"]), max_size=4), max_size=5).map(
    lambda lines: [f" {' '.join(words)} " for words in lines]
)
LOOKED_FOR = st.sampled_from([" a ", " b ", " a a ", " a b ", " a"])


def test_among_no_lines_nothing_stands() -> None:
    assert Lines([]).holding(" a ") == []


def test_words_at_the_end_of_a_line_and_the_beginning_of_the_next_are_no_phrase() -> None:
    assert Lines([" x a ", " b x "]).holding(" a b ") == []


@settings(max_examples=60, deadline=None)
@given(WRITTEN, LOOKED_FOR)
def test_a_word_stands_in_the_lines_that_have_it_as_often_as_they_do(lines: list[str], word: str) -> None:
    side = Lines(lines)
    assert side.holding(word) == [at for at, line in enumerate(lines) if word in line]
    assert [side.count(word, at) for at in range(len(lines))] == [line.count(word) for line in lines]
    assert [side.holds(word, at) for at in range(len(lines))] == [word in line for line in lines]


@settings(max_examples=40, deadline=None)
@given(WRITTEN.filter(bool), LOOKED_FOR, st.data())
def test_a_group_of_lines_holds_what_one_of_them_does(
    lines: list[str], word: str, data: st.DataObject
) -> None:
    first = [0, *sorted(data.draw(st.sets(st.integers(1, len(lines) - 1))))] if len(lines) > 1 else [0]
    groups = [lines[start:end] for start, end in zip(first, [*first[1:], len(lines)], strict=True)]
    grouped = Lines(lines).grouped(first)
    assert grouped.holding(word) == [
        at for at, group in enumerate(groups) if any(word in line for line in group)
    ]
