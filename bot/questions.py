"""A message -> whether it reads as a question, in any script and the words of twelve languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import regex

from bot.courtesy import is_courtesy
from corpus.asking import LONGEST_QUESTION

_FILE = Path(__file__).with_name("question_words.txt")
_SPACE = "·"
"""Stands for a space inside an entry of the file."""
_NOT_SAID = regex.compile(
    r"```.*?```|`[^`\n]*`|https?://\S+|<(?:@[!&]?|#|a?:\w+:|/[^:>]+:|t:)[^>\s]*>|^>.*$",
    flags=regex.DOTALL | regex.MULTILINE,
)
"""Code, addresses, mentions, emoji and what somebody else said."""
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’‑-][\p{L}\p{M}\p{N}]+)*")
# After a letter or number, and at the end of a sentence: Latin ? and its kin, fullwidth, Arabic, Armenian,
# Greek, Ethiopic, Vai, Bamum, reversed, and ?! in one.
_MARK = regex.compile(r"[\p{L}\p{M}\p{N}][\"'”’»）)*_~\]\s]*[?？؟՞;፧꘏꛷⸮⁇⁈⁉‽]+[!！\"'”’»）)*_~\]]*(?:\s|$)")
_STATED = regex.compile(r"[.!。！।؛:…]\W*$")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")


@dataclass(frozen=True, slots=True)
class _Words:
    start: frozenset[str]
    end: frozenset[str]
    inside: frozenset[str]


def reads_as_question(text: str) -> bool:
    """Whether somebody asks something: a question mark, or else a question word where one would stand.

    What is too long to be asked, or is only polite, is none.
    """
    if len(text) > LONGEST_QUESTION:
        return False
    said = _NOT_SAID.sub(lambda match: " x " if match[0].startswith("`") else " ", text).strip()
    words = _WORD.findall(said.casefold())
    if not words:
        return False
    if _MARK.search(said):
        return True
    # A sentence that ends like a statement is one: “When it rained, we went home.”
    return not _STATED.search(said) and not is_courtesy(said) and _has_question_word(said, words)


def _has_question_word(said: str, words: list[str]) -> bool:
    known = _question_words()
    if _UNSPACED.search(said):
        letters = "".join(words)
        is_unspaced = [word for word in known.inside if _UNSPACED.match(word)]
        return any(word in letters for word in is_unspaced) or letters.endswith(tuple(known.end))
    if len(words) == 1:
        return False
    first = {words[0], " ".join(words[:2])}
    return not known.start.isdisjoint(first) or not known.inside.isdisjoint(words) or words[-1] in known.end


@cache
def _question_words() -> _Words:
    found: dict[str, set[str]] = {"start": set(), "end": set(), "inside": set()}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            place, *words = line.split()
            found[place].update(word.replace(_SPACE, " ").casefold() for word in words)
    return _Words(*(frozenset(found[place]) for place in ("start", "end", "inside")))
