"""What was typed -> what is asked, the phrases that must stand in an answer, and the words that must not."""

from __future__ import annotations

from dataclasses import dataclass

import regex

_PHRASE = regex.compile(r"\"([^\"“”«»]+)\"|“([^\"“”]+)”|«([^«»]+)»|„([^„“”]+)[“”]")
_EXCLUDED = regex.compile(r"(?<!\S)-(?=\p{L})([\p{L}\p{M}\p{N}]+(?:[-‐‑'’][\p{L}\p{M}\p{N}]+)*)(?!\S)")
_WORD = regex.compile(r"[\p{L}\p{N}]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question without its operators."""

    question: str
    """What is searched: with the words of the phrases, without those excluded."""
    phrases: tuple[str, ...] = ()
    """Between quotation marks: each must stand in the passage, word for word."""
    excluded: tuple[str, ...] = ()
    """With a minus before it: no passage with such a word."""


def read(typed: str) -> Wanted:
    """The operators of *typed*; one that is malformed is text like any other.

    A minus counts only right before a word and behind a space, so that al-Qaeda, “- 5” and a dash are none.
    """
    phrases = [
        phrase.strip() for match in _PHRASE.finditer(typed) for phrase in match.groups() if phrase is not None
    ]
    outside = _PHRASE.sub(lambda match: " " * len(match[0]), typed)
    excluded = [(match[1], match.span()) for match in _EXCLUDED.finditer(outside)]
    question = typed
    for _, (start, end) in excluded:
        question = question[:start] + " " * (end - start) + question[end:]
    return Wanted(
        question=question,
        phrases=tuple(dict.fromkeys(phrase for phrase in phrases if _WORD.search(phrase))),
        excluded=tuple(dict.fromkeys(word for word, _ in excluded)),
    )
