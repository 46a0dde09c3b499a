"""What is remembered of the pieces of texts: read once, and never more than there is room for."""

from __future__ import annotations

from corpus.remembered import LONGEST, Remembered


def test_the_longest_pieces_are_read_each_time_and_not_remembered() -> None:
    lengths = Remembered(len, most=3)
    assert lengths["x" * (LONGEST + 1)] == LONGEST + 1
    assert not lengths


def test_more_than_may_be_are_never_remembered() -> None:
    lengths = Remembered(len, most=3)
    for n in range(10):
        assert lengths["x" * n] == n
        assert len(lengths) <= 3


def test_a_piece_is_read_once() -> None:
    read: list[str] = []

    def length(piece: str) -> int:
        read.append(piece)
        return len(piece)

    lengths = Remembered(length, most=3)
    assert [lengths["two"], lengths["two"]] == [3, 3]
    assert read == ["two"]
