"""Where the words of a question stand in passages: by codes as if each had been looked for in the words."""

from __future__ import annotations

from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import codes
from corpus.article import Query, QueryTerm, QueryWord, StoredPassage
from corpus.standing import Standing
from corpus.word_forms import DERIVATION, INFLECTION, ITSELF, NONE, PREFIX

TERMS = ["win", "won", "death", "die", "negotiation", "negotiable", "cat", "category", "of"]
LINE = st.lists(st.sampled_from(TERMS), max_size=5)
BODIES = st.lists(st.tuples(LINE, st.lists(LINE, min_size=1, max_size=3)), min_size=1, max_size=4)
ASKED = st.lists(st.sampled_from([*TERMS, "", "unknown"]), max_size=6)
"""A question's words; of those of a stop word the term is empty."""


def asked(found: list[str]) -> Query:
    """A question in which “the” stands for each empty one of *found*."""
    terms = tuple(QueryTerm(term, term, term, 1.0, is_known=True) for term in found if term)
    return Query("?", "en", terms, tuple(QueryWord(term or "the", term) for term in found))


def stored(bodies: list[tuple[list[str], list[list[str]]]]) -> list[StoredPassage]:
    """Passages with these titles and lines of terms; “the” stands before each term among the words."""
    return [
        StoredPassage(
            number=number,
            article_id="a",
            position=number,
            terms=codes.of_terms([title, *lines]),
            words=codes.of_words(worded(lines)),
            facts="\n" * (len(lines) - 1),
        )
        for number, (title, lines) in enumerate(bodies)
    ]


def worded(lines: list[list[str]]) -> list[list[str]]:
    return [[word for term in line for word in ("the", term)] for line in lines]


def counted(pair: tuple[str, str], line: list[str]) -> int:
    return sum(found == pair for found in pairwise(line))


def distinct(found: list[str]) -> list[str]:
    return [term for term in dict.fromkeys(found) if term]


def test_lines_that_do_not_fit_each_other_are_refused() -> None:
    [passage] = stored([([], [["cat"], ["die"]])])
    with pytest.raises(ValueError, match="not as many lines"):
        Standing(asked(["cat"]), [passage._replace(facts="")])


@given(ASKED, BODIES)
def test_a_term_stands_itself_in_the_lines_and_titles_that_hold_it(
    found: list[str], bodies: list[tuple[list[str], list[list[str]]]]
) -> None:
    standing = Standing(asked(found), stored(bodies))
    lines = [line for _, body in bodies for line in body]
    assert [term.term for term in standing.terms] == distinct(found)
    assert (standing.related == ITSELF).tolist() == [
        [term in line for line in lines] for term in distinct(found)
    ]
    assert standing.in_title.tolist() == [[term in title for title, _ in bodies] for term in distinct(found)]
    assert standing.in_body.tolist() == [
        [any(term in line for line in body) for _, body in bodies] for term in distinct(found)
    ]
    assert standing.as_typed.tolist() == standing.in_body.tolist()


@given(ASKED, BODIES)
def test_each_line_and_passage_has_its_length(
    found: list[str], bodies: list[tuple[list[str], list[list[str]]]]
) -> None:
    standing = Standing(asked(found), stored(bodies))
    lines = [(place, line) for place, (_, body) in enumerate(bodies) for line in body]
    assert standing.passage_of.tolist() == [place for place, _ in lines]
    assert standing.n_words.tolist() == [2 * len(line) for _, line in lines]
    assert standing.n_terms.tolist() == [
        len(title) + 1 + sum(len(line) + 1 for line in body) for title, body in bodies
    ]


@given(ASKED, BODIES)
def test_neighbours_of_the_question_are_counted_where_they_are_neighbours(
    found: list[str], bodies: list[tuple[list[str], list[list[str]]]]
) -> None:
    standing, terms = Standing(asked(found), stored(bodies)), distinct(found)
    pairs = list(dict.fromkeys(pairwise([term for term in found if term])))
    assert [(terms[one], terms[other]) for one, other in standing.pairs] == pairs
    assert standing.n_pairs.tolist() == [
        [sum(counted(pair, line) for line in (title, *body)) for title, body in bodies] for pair in pairs
    ]


@given(ASKED, BODIES)
def test_a_word_beside_a_stop_word_stands_in_the_lines_that_hold_both_side_by_side(
    found: list[str], bodies: list[tuple[list[str], list[list[str]]]]
) -> None:
    standing, terms = Standing(asked(found), stored(bodies)), distinct(found)
    said = [word or "the" for word in found]
    phrases = dict.fromkeys(pair for pair in pairwise(said) if ("the" in pair) and pair != ("the", "the"))
    assert [terms[row] for row in standing.phrases] == [
        one if other == "the" else other for one, other in phrases
    ]
    lines = worded([line for _, body in bodies for line in body])
    assert standing.phrased.tolist() == [[counted(pair, line) > 0 for line in lines] for pair in phrases]


def test_longer_words_are_neighbours_by_all_their_letters() -> None:
    lines = [["negotiation", "category"], ["negotiable", "category"]]
    standing = Standing(asked(["negotiation", "category"]), stored([([], lines)]))
    assert standing.n_pairs.tolist() == [[1]]


def test_a_term_stands_as_typed_where_the_very_word_does() -> None:
    query = Query("?", "en", (QueryTerm("win", "wins", "wins", 1.0, is_known=True),), ())
    bodies = [Standing(query, [held_as(word)]).as_typed.tolist() for word in ("wins", "winning", "win")]
    assert bodies == [[[True]], [[False]], [[False]]]


def held_as(*words: str) -> StoredPassage:
    """A passage of the one term “win”, written as *words*."""
    [passage] = stored([([], [["win"]])])
    return passage._replace(words=codes.of_words([words]))


@given(ASKED, BODIES)
def test_the_terms_of_a_passage_are_those_that_it_or_its_title_holds(
    found: list[str], bodies: list[tuple[list[str], list[list[str]]]]
) -> None:
    standing = Standing(asked(found), stored(bodies))
    assert [standing.terms_in(number) for number in range(len(bodies))] == [
        set(distinct(found)).intersection([*title, *chain(*body)]) for title, body in bodies
    ]


@given(ASKED, BODIES)
def test_sentences_with_terms_are_those_that_hold_one_itself(
    found: list[str], bodies: list[tuple[list[str], list[list[str]]]]
) -> None:
    standing = Standing(asked(found), stored(bodies))
    assert [standing.sentences_with_terms(number) for number in range(len(bodies))] == [
        [at for at, line in enumerate(body) if not set(distinct(found)).isdisjoint(line)]
        for _, body in bodies
    ]


def test_a_word_beside_a_stop_word_stands_where_both_are_written_as_they_were_typed() -> None:
    terms = (QueryTerm("win", "wins", "wins", 1.0, is_known=True),)
    query = Query("?", "en", terms, (QueryWord("of", ""), QueryWord("wins", "win")))
    assert Standing(query, [held_as("of", "wins")]).phrased.tolist() == [[True]]
    assert Standing(query, [held_as("of", "win")]).phrased.tolist() == [[False]]


def test_a_term_that_is_asked_for_twice_is_taken_as_it_was_first_typed() -> None:
    terms = tuple(QueryTerm("win", typed, typed, 1.0, is_known=True) for typed in ("wins", "winning"))
    standing = Standing(Query("?", "en", terms, ()), [held_as("winning")])
    assert [term.word for term in standing.terms] == ["wins"]
    assert standing.as_typed.tolist() == [[False]]


def test_words_whose_codes_are_alike_at_the_end_are_told_apart() -> None:
    assert codes.of("agent") % 4096 == codes.of("amend") % 4096
    standing = Standing(asked(["amend"]), stored([([], [["agent"]])]))
    assert standing.related.tolist() == [[NONE]]


def test_two_words_that_share_a_code_are_taken_for_each_other() -> None:
    assert codes.of("plumless") == codes.of("buckeroo")
    standing = Standing(
        asked(["plumless", "cat", "buckeroo", "die"]), stored([(["die"], [["cat", "buckeroo"], ["die"]])])
    )
    assert standing.related.tolist() == [[ITSELF, NONE], [ITSELF, NONE], [ITSELF, NONE], [NONE, ITSELF]]
    assert standing.in_title.tolist() == [[False], [False], [False], [True]]


def related(term: str, held: str) -> int:
    [[found]] = Standing(asked([term]), stored([([], [[held]])])).related.tolist()
    return int(found)


def test_another_form_of_a_term_stands_for_it_by_how_they_are_related() -> None:
    assert related("cat", "category") == NONE
    assert related("negotiation", "negotiable") == PREFIX
    assert related("die", "death") == DERIVATION
    assert related("win", "won") == INFLECTION
    assert related("win", "win") == ITSELF
