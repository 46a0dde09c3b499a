"""A passage -> the row it is stored as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus import codes
from corpus.article import PassageRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.article import Passage


def packed(passage: Passage, title_terms: Sequence[str]) -> PassageRow:
    """The row of *passage*, of an article whose title has these terms."""
    sentences = passage.sentences
    terms = [title_terms, *[sentence.terms for sentence in sentences]]
    spans = ",".join([f"[{sentence.span.start},{sentence.span.end}]" for sentence in sentences])
    return PassageRow(
        passage.position,
        passage.span.start,
        passage.span.end,
        f"[{spans}]",
        "\n".join([" ".join(sentence.terms) for sentence in sentences]),
        "\n".join([" ".join(sentence.facts) for sentence in sentences]),
        codes.of_terms(terms),
        codes.of_words([sentence.words for sentence in sentences]),
    )
