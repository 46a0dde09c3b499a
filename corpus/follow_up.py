"""A question and the one before it -> one query: what was asked before counts half.

A follow-up is searched alone first. It is searched together with what it follows where that found nothing
sure, or where it leans on it: “how old is he” finds somebody's age in any library. docs/quality.md has
how often the right paragraph comes first either way.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from corpus import answer_type, codes, terms

if TYPE_CHECKING:
    from corpus.article import Query, StoredPassage

WEIGHT = 0.5
"""How much a term of the earlier question counts."""
FEW_TERMS = 3
"""A question of so many, or fewer, may have left out what the one before it named."""
_UNSPACED = ("zh", "ja", "th")
"""Languages whose words no space parts."""


def leans(question: str, language: str) -> bool:
    """Whether *question* points back with a pronoun, opens as one that goes on, or names next to nothing."""
    n_terms = len({term.term for term in terms.analyse(question, language)})
    return n_terms <= FEW_TERMS or _points_back(question, language)


def asks(question: str, language: str) -> bool:
    """Whether *question*, which has no word that can be searched, asks for something: “when?”, “and he?”."""
    return answer_type.expected(question, language) is not None or _points_back(question, language)


def _points_back(question: str, language: str) -> bool:
    pointing, openings = _pointing(language)
    if language in _UNSPACED:
        return any(word in question for word in pointing) or question.strip().startswith(openings)
    said = [word.plain for word in terms.words(question, language) if word.plain]
    return not pointing.isdisjoint(said) or f"{' '.join(said)} ".startswith(openings)


def together(query: Query, earlier: Query) -> Query:
    """*query*, followed by the terms of *earlier* that it does not hold, which count less."""
    own = {term.term for term in query.terms}
    added = tuple(replace(term, idf=WEIGHT * term.idf) for term in earlier.terms if term.term not in own)
    return replace(query, terms=(*query.terms, *added), words=(*query.words, *earlier.words))


def holds_any(query: Query, passage: StoredPassage) -> bool:
    """Whether *passage* or its title holds a term of *query*; of a query without any, every passage does."""
    sought = [codes.terms([term.term]) for term in query.terms]
    return not sought or any(codes.stands(term, passage.terms, codes.TERM_BYTES) for term in sought)


@cache
def _pointing(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of *language* that point back, and what a question that goes on opens with.

    In plain form, an opening with the space behind it; none where no list is shipped.
    """
    lines = (resources.files("corpus") / "forms" / "pointing.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        code, _, listed = line.partition(":")
        if code == language:
            pointing, openings = ([one.strip() for one in part.split(",")] for part in listed.split("|"))
            if language in _UNSPACED:
                return frozenset(pointing), tuple(openings)
            return (
                frozenset(_plain(word, language) for word in pointing),
                tuple(f"{_plain(opening, language)} " for opening in openings),
            )
    return frozenset(), ()


def _plain(phrase: str, language: str) -> str:
    return " ".join(word.plain for word in terms.words(phrase, language))
