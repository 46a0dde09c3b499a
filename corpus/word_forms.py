"""A term -> other terms that say the same or nearly so, in the languages that have a table of them.

The table of English is made from WordNet (https://wordnet.princeton.edu) by tests/bench/word_forms.py.
Two longer words with the same first letters are told to belong together without one: report, reporter.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple, TypeAlias

PREFIX_LENGTH = 5

Forms: TypeAlias = "tuple[tuple[str, float], ...]"
"""What a line of terms is searched for, “ won ” or, for the beginning of a word, “ repor”, and how
much of the term it stands for, 0 to 1; the highest first."""


class Levels(NamedTuple):
    """How much of a term each kind of relation stands for, 0 to 1."""

    inflection: float
    derivation: float
    synonym: float
    prefix: float


@lru_cache(maxsize=4096)
def forms(term: str, language: str, levels: Levels) -> Forms:
    """The other forms of *term*; none for a short word without an entry."""
    found = {
        f" {form} ": level
        for group, level in zip(_table(language).get(term, ()), levels[:3], strict=False)
        for form in group
    }
    if len(term) >= PREFIX_LENGTH and term.isalpha():
        found[f" {term[:PREFIX_LENGTH]}"] = levels.prefix
    return tuple(sorted(found.items(), key=lambda item: -item[1]))


@cache
def _table(language: str) -> dict[str, tuple[list[str], list[str], list[str]]]:
    """Term -> its inflections, derivations and synonyms."""
    path = resources.files("corpus") / "forms" / f"{language}.txt"
    table: dict[str, tuple[list[str], list[str], list[str]]] = {}
    if not path.is_file():
        return table
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        term, *groups = line.split("\t")
        for place, group in enumerate(groups):
            for other in group.split():
                table.setdefault(term, ([], [], []))[place].append(other)
                table.setdefault(other, ([], [], []))[place].append(term)
    return table
