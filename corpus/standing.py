"""A question and passages -> where its words stand in them: what reranking and the answering sentence read.

Each word of the question, and each form of its terms, is looked for among all words of all passages at once.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from corpus import answer_type, codes, who_said
from corpus.query_codes import QueryCodes
from corpus.word_forms import ITSELF, PREFIX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from corpus.article import Query, StoredPassage

    Bools: TypeAlias = NDArray[np.bool_]
    Floats: TypeAlias = NDArray[np.float64]
    Ints: TypeAlias = NDArray[np.intp]
    Relations: TypeAlias = NDArray[np.uint8]

_LAST_BITS = np.uint32((1 << 12) - 1)
"""Of a code: so many tell nearly all words from the forty or so that are looked for."""


class Standing:
    """Where the words of *query* stand in *passages*, of which there is one at least.

    Arrays are by term of the query, each once, and by passage or by line: a sentence, of all passages in
    their order.
    """

    def __init__(self, query: Query, passages: Sequence[StoredPassage]) -> None:
        self.query, self.passages = query, passages
        sought, lines = QueryCodes(query), _Lines(passages)
        self.terms = sought.terms
        """As they were first typed."""
        self.first: Ints = lines.first
        """The first line of each passage: `(n_passages,)`."""
        self.passage_of: Ints = lines.passage_of
        """The passage of each line: `(n_lines,)`."""
        self.n_words: Ints = lines.sizes[lines.words] - 1
        """Of each line: `(n_lines,)`."""
        self.n_terms: Ints = np.add.reduceat(lines.sizes[lines.terms], lines.titles)
        """Of each passage and its title, the end of a line counting as one: `(n_passages,)`."""

        number, place, line = lines.find(sought.codes)
        stands = np.zeros((len(sought.codes), len(lines.sizes)), np.bool_)
        stands[number, line] = True
        self.in_title: Bools = stands[:, lines.titles][sought.numbers]
        """Whose title holds each term: `(n_terms, n_passages)`."""
        forms = stands[sought.forms, lines.terms] * np.array(sought.relations, np.uint8)[:, np.newaxis]
        related = np.maximum.reduceat(forms, np.array(sought.first_forms, np.intp))
        begun = stands[sought.beginnings, lines.beginnings] * np.uint8(PREFIX)
        related[sought.begun] = np.maximum(related[sought.begun], begun)
        self.related: Relations = related[:, lines.bodies]
        """How closely what stands in each line is related to each term: `(n_terms, n_lines)`."""
        self.closest: Relations = np.maximum.reduceat(self.related, self.first, axis=1)
        """The same of each passage: `(n_terms, n_passages)`."""
        self.in_body: Bools = self.closest == ITSELF
        """Which passage holds each term itself: `(n_terms, n_passages)`."""
        typed = stands[sought.typed, lines.words]
        self.as_typed: Bools = np.logical_or.reduceat(typed, self.first, axis=1)
        """Where each term stands in the very form that was typed: `(n_terms, n_passages)`."""

        beside = np.flatnonzero(place[1:] == place[:-1] + 1)
        neighbours = number[beside], number[beside + 1], line[beside]
        self.pairs = sought.pair_rows
        """The rows of terms that stand side by side in the question."""
        n_pairs = _count(sought.pairs, neighbours, stands.shape)
        self.n_pairs: Ints = np.add.reduceat(n_pairs[:, lines.terms], lines.titles, axis=1)
        """How often each of `pairs` stands in each passage and its title: `(n_pairs, n_passages)`."""
        self.phrases = sought.phrase_rows
        """The rows of terms that stand beside a stop word in the question."""
        n_phrases = _count(sought.phrases, neighbours, stands.shape)
        self.phrased: Bools = n_phrases[:, lines.words] > 0
        """Where each of `phrases` stands as it was typed: `(n_phrases, n_lines)`."""

    @cached_property
    def kind(self) -> answer_type.Kind | None:
        """What the question asks for."""
        return answer_type.expected(self.query.question, self.query.language)

    @cached_property
    def own_words(self) -> frozenset[str]:
        """The question's own words, in plain form, which are no answer to it."""
        return frozenset(word.plain for word in self.query.words)

    @cached_property
    def speaker(self) -> frozenset[str]:
        """Whom the question asks the words of."""
        return who_said.speaker(self.query)

    @cached_property
    def speaks(self) -> Bools:
        """In which lines one of these speaks: `(n_lines,)`."""
        lines = (line for passage in self.passages for line in codes.split(passage.words))
        return np.array([who_said.speaks(self.speaker, line) for line in lines], np.bool_)

    @cached_property
    def facts(self) -> list[str]:
        """Of each line, parted by spaces."""
        return [line for passage in self.passages for line in passage.facts.split("\n")]

    def most(self, of_lines: Floats) -> Floats:
        """The most that a line of each passage has: `(n_lines,)` -> `(n_passages,)`."""
        most: Floats = np.maximum.reduceat(of_lines, self.first)
        return most

    def coverage(self) -> Floats:
        """The share of the question's idf mass that each passage or its title holds: `(n_passages,)`."""
        idf = np.array([term.idf for term in self.terms])
        held = self.in_body | self.in_title
        return weighed(idf, held) / (sum(idf.tolist()) or 1.0)

    @cached_property
    def place_of(self) -> dict[int, int]:
        """The number of each passage -> its place among them."""
        return {passage.number: place for place, passage in enumerate(self.passages)}

    def lines_of(self, number: int) -> slice:
        """The lines of the passage *number*."""
        place = self.place_of[number]
        first = int(self.first[place])
        return slice(first, first + self.passages[place].facts.count("\n") + 1)

    def sentences_with_terms(self, number: int) -> list[int]:
        """Which sentences of the passage *number*, from 0, hold a term itself."""
        return [at for at, holds in enumerate(self._lines_with_terms[self.lines_of(number)]) if holds]

    @cached_property
    def _lines_with_terms(self) -> list[bool]:
        found: list[bool] = (self.related == ITSELF).any(axis=0).tolist()
        return found

    def terms_in(self, number: int) -> frozenset[str]:
        """The terms of the question that the passage *number* or its title holds."""
        at = self.place_of[number]
        held = self.in_body[:, at] | self.in_title[:, at]
        return frozenset(self.terms[row].term for row in np.flatnonzero(held))


def weighed(weights: Floats, rows: NDArray[Any]) -> Floats:
    """The sum of *rows*, each times its weight, added in their order: in another the last bit may differ."""
    if not len(rows):
        return np.zeros(rows.shape[1])
    total: Floats = np.add.accumulate(weights[:, np.newaxis] * rows)[-1]
    return total


class _Lines:
    """The lines of *passages* side by side: all of terms, then all of beginnings, then all of words."""

    def __init__(self, passages: Sequence[StoredPassage]) -> None:
        n_of = np.array([passage.facts.count("\n") + 1 for passage in passages])
        numbers = np.arange(len(n_of))
        self.first: Ints = n_of.cumsum() - n_of
        """The first line of each passage: `(n_passages,)`."""
        self.passage_of: Ints = numbers.repeat(n_of)
        """Of each line: `(n_lines,)`."""
        n_lines = len(self.passage_of)
        n_titled = n_lines + len(n_of)
        # Among terms and beginnings the title is a line of its own, before those of its passage.
        self.terms, self.beginnings = slice(n_titled), slice(n_titled, 2 * n_titled)
        self.words = slice(2 * n_titled, 2 * n_titled + n_lines)
        self.titles: Ints = self.first + numbers
        """Where the titles are among these: `(n_passages,)`."""
        self.bodies: Ints = np.arange(1, n_lines + 1) + self.passage_of
        """Where all other lines are: `(n_lines,)`."""

        terms = codes.read(b"".join([one.terms for one in passages])).reshape(-1, 2)
        words = codes.read(b"".join([one.words for one in passages]))
        self._codes = np.concatenate((terms[:, 0], terms[:, 1], words))
        opens = self._codes == codes.BREAK
        self._line_of = opens.cumsum(dtype=np.int32)
        """Of each code, from 1."""
        starts = np.append(opens.nonzero()[0], len(opens))
        self.sizes: Ints = starts[1:] - starts[:-1]
        """How many codes each line has, its break among them."""
        if len(self.sizes) != 2 * n_titled + n_lines:
            raise ValueError("a passage's terms, words and facts have not as many lines as each other")

    def find(self, sought: Sequence[int]) -> tuple[Ints, Ints, Ints]:
        """Where the codes *sought* stand: the number of each, its place in the row, and its line."""
        order = sorted(range(len(sought)), key=sought.__getitem__)
        ascending = np.array([*sorted(sought), codes.BREAK], np.uint32)
        seems = np.zeros(_LAST_BITS + 1, np.bool_)
        seems[ascending[:-1] & _LAST_BITS] = True
        place = seems[self._codes & _LAST_BITS].nonzero()[0]
        seen = self._codes[place]
        at = np.searchsorted(ascending[:-1], seen)
        stands = ascending[at] == seen
        place = place[stands]
        return np.array(order, np.intp)[at[stands]], place, self._line_of[place] - 1


def _count(
    pairs: Sequence[tuple[int, int]], neighbours: tuple[Ints, Ints, Ints], shape: tuple[int, int]
) -> Ints:
    """How often each of *pairs* stands in each line: `(n_pairs, n_lines)`.

    *neighbours* are the numbers of what stands side by side, and the lines where it does; of so many
    numbers and lines as *shape* says.
    """
    n_numbers, n_lines = shape
    pair_of = np.full((n_numbers, n_numbers), -1)
    for index, pair in enumerate(pairs):
        pair_of[pair] = index
    one, other, line = neighbours
    found = pair_of[one, other]
    stands = found >= 0
    counts = np.bincount(found[stands] * n_lines + line[stands], minlength=len(pairs) * n_lines)
    return counts.reshape(-1, n_lines)
