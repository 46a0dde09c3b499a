"""A query -> the codes of what is looked for in passages: its terms, their other forms, its words."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from corpus import codes, word_forms

if TYPE_CHECKING:
    from corpus.article import Query, QueryTerm


class QueryCodes:
    """The codes of *query*, each once, and by their numbers, their places among them, what is looked for."""

    def __init__(self, query: Query) -> None:
        first: dict[str, QueryTerm] = {}
        for term in query.terms:
            first.setdefault(term.term, term)
        self.terms = list(first.values())
        """Each once, as it was first typed."""
        self._number_of: dict[int, int] = {}
        self.numbers = [self._number(codes.of(word)) for word in first]
        """Of the terms; of two words with one code the same."""
        self.forms: list[int] = []
        """All forms of the terms, each term itself before its other ones."""
        self.first_forms: list[int] = []
        """Where those of each term begin."""
        self.relations: list[int] = []
        """How each of `forms` is related to its term."""
        self.begun: list[int] = []
        """The rows of the terms that are compared by their first letters."""
        self.beginnings: list[int] = []
        """These letters."""
        for row, word in enumerate(first):
            self.first_forms.append(len(self.forms))
            self.forms.append(self.numbers[row])
            self.relations.append(word_forms.ITSELF)
            for form, relation in word_forms.forms(word, query.language):
                self.forms.append(self._number(form))
                self.relations.append(relation)
            if beginning := word_forms.beginning(word):
                self.begun.append(row)
                self.beginnings.append(self._number(codes.of(beginning)))
        self.typed = [self._number(codes.of(term.plain)) for term in self.terms]
        """The terms as they were typed."""
        row_of = {word: row for row, word in enumerate(first)}
        self.pair_rows = list(dict.fromkeys(pairwise([row_of[term.term] for term in query.terms])))
        """The rows of the terms that stand side by side in the question."""
        self.pairs = [(self.numbers[one], self.numbers[other]) for one, other in self.pair_rows]
        """The same by number."""
        phrases = {
            (self._number(codes.of(one.plain)), self._number(codes.of(other.plain))): row_of[held]
            for one, other in pairwise(query.words)
            if bool(one.term) != bool(other.term) and (held := one.term or other.term) in row_of
        }
        self.phrases = list(phrases)
        """A word and a stop word that stand side by side in the question, as they were typed."""
        self.phrase_rows = list(phrases.values())
        """The rows of the terms of these."""
        self.codes = list(self._number_of)

    def _number(self, code: int) -> int:
        return self._number_of.setdefault(code, len(self._number_of))
