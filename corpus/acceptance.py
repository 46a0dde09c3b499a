"""What a question's operators ask of a passage -> whether it may answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus import terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from corpus.article import StoredPassage
    from corpus.wanted import Wanted


def of(wanted: Wanted, language: str) -> Callable[[StoredPassage], bool]:
    """Whether a passage holds each phrase, word for word in any case of letters, and no excluded word.

    A phrase ends with its sentence; an excluded word is excluded in any inflection.
    """
    phrases = [_line(word.plain for word in terms.words(phrase, language)) for phrase in wanted.phrases]
    excluded = {word.term or word.plain for text in wanted.excluded for word in terms.words(text, language)}

    def accepts(passage: StoredPassage) -> bool:
        return all(any(phrase in line for line in passage.words) for phrase in phrases) and not any(
            f" {word} " in line for word in excluded for line in (*passage.terms, *passage.words)
        )

    return accepts


def _line(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "
