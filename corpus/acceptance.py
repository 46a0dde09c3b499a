"""What a question's operators ask of a passage -> whether it may answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus import codes, terms

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from corpus.article import StoredPassage
    from corpus.terms import Word
    from corpus.wanted import Wanted


def of(wanted: Wanted, language: str) -> Callable[[StoredPassage], bool]:
    """Whether a passage holds each phrase, word for word in any case of letters, and no excluded word.

    A phrase ends with its sentence; an excluded word is excluded in any inflection, and as a whole: -F35
    leaves what holds 35, and a word of several characters what holds some of them.
    """
    phrases = [codes.words(word.plain for word in terms.words(phrase, language)) for phrase in wanted.phrases]
    excluded = [_whole(terms.words(text, language)) for text in wanted.excluded]
    excluded_words, excluded_terms = list(map(codes.words, excluded)), list(map(codes.terms, excluded))

    if not phrases and not excluded:
        return lambda _: True

    def accepts(passage: StoredPassage) -> bool:
        found = codes.without_first(passage.terms, codes.TERM_BYTES)
        return all(codes.stands(phrase, passage.words, codes.WORD_BYTES) for phrase in phrases) and not (
            any(codes.stands(word, passage.words, codes.WORD_BYTES) for word in excluded_words)
            or any(codes.stands(term, found, codes.TERM_BYTES) for term in excluded_terms)
        )

    return accepts


def _whole(found: Sequence[Word]) -> list[str]:
    """What stands for one typed word, of which *found* is what is searched: side by side in a line."""
    if len(found) == 1:
        return [found[0].term or found[0].plain]
    is_code = len({(word.start, word.end) for word in found}) == 1
    return [word.plain for word in (found[-1:] if is_code else found)]
