"""A passage -> the row it is stored as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.article import PassageRow

if TYPE_CHECKING:
    from corpus.article import Passage


def packed(passage: Passage) -> PassageRow:
    sentences = passage.sentences
    spans = ",".join([f"[{sentence.span.start},{sentence.span.end}]" for sentence in sentences])
    return PassageRow(
        passage.position,
        passage.span.start,
        passage.span.end,
        f"[{spans}]",
        "\n".join([" ".join(sentence.terms) for sentence in sentences]),
        "\n".join([" ".join(sentence.words) for sentence in sentences]),
        "\n".join([" ".join(sentence.facts) for sentence in sentences]),
    )
