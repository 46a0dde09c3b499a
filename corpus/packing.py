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
    spans = ",".join([f"[{sentence.span.start},{sentence.span.end}]" for sentence in sentences])
    return PassageRow(
        passage.position,
        passage.span.start,
        passage.span.end,
        f"[{spans}]",
        "\n".join([" ".join(sentence.terms) for sentence in sentences]),
        "\n".join([" ".join(sentence.facts) for sentence in sentences]),
        codes.joined([codes.terms(title_terms), *[one.term_codes for one in sentences]], codes.TERM_BYTES),
        codes.joined([one.word_codes for one in sentences], codes.WORD_BYTES),
    )
