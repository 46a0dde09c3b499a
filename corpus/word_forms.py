"""A term -> other terms that say the same or nearly so, in the languages that have a table of them.

The table of English is made from WordNet (https://wordnet.princeton.edu) by tests/bench/word_forms.py.
Two longer words with the same first letters are told to belong together without one: report, reporter.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from corpus import codes

NONE, SYNONYM, PREFIX, DERIVATION, INFLECTION, ITSELF = range(6)
"""How one term is related to another, the closer the higher; numpy compares plain numbers much faster."""


class Levels(NamedTuple):
    """How much of a term each relation stands for, 0 to 1, in their order."""

    none: float = 0.0
    synonym: float = 0.0
    prefix: float = 0.0
    derivation: float = 0.0
    inflection: float = 0.0
    itself: float = 1.0


_COLUMNS = (INFLECTION, DERIVATION, SYNONYM)


@lru_cache(maxsize=4096)
def forms(term: str, language: str) -> tuple[tuple[int, int], ...]:
    """The codes of the other forms of *term*, and how each is related; none for a word without an entry."""
    found = {
        codes.of(form): relation
        for group, relation in zip(_table(language).get(term, ()), _COLUMNS, strict=False)
        for form in group
    }
    return tuple(found.items())


def beginning(term: str) -> str:
    """The first letters of *term*, by which it is compared; none of what is no word, or a shorter one."""
    return term[: codes.PREFIX_LENGTH] if len(term) >= codes.PREFIX_LENGTH and term.isalpha() else ""


@cache
def _table(language: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Term -> its inflections, derivations and synonyms."""
    path = resources.files("corpus") / "forms" / f"{language}.txt"
    table: dict[str, tuple[list[str], list[str], list[str]]] = {}
    if not path.is_file():
        return {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        term, *groups = line.split("\t")
        for place, group in enumerate(groups):
            for other in group.split():
                table.setdefault(term, ([], [], []))[place].append(other)
                table.setdefault(other, ([], [], []))[place].append(term)
    # The collector of garbage passes tuples by, and would look at 20,000 lists again and again.
    return {term: tuple(map(tuple, groups)) for term, groups in table.items()}
