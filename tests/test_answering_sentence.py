"""Which sentence of a passage answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus import answering_sentence
from corpus.standing import Standing
from tests.passages_of_terms import passage, query, worded

if TYPE_CHECKING:
    from corpus.article import Query


# --- the answering sentence


def chosen(asked: Query, *sentences: tuple[str, str]) -> str:
    stored = worded(*sentences)
    words, _ = sentences[answering_sentence.Finder(Standing(asked, [stored]))(stored.number)]
    return words


def test_the_only_sentence_answers() -> None:
    assert chosen(query("?", "a"), ("Nothing of it.", "x")) == "Nothing of it."


def test_the_sentence_with_the_most_of_the_question_answers() -> None:
    sentences = [("It met.", "met"), ("The Taliban met.", "taliban met"), ("Taliban.", "taliban")]
    assert chosen(query("?", "taliban", "met"), *sentences) == "The Taliban met."


def test_the_first_of_equal_sentences_answers() -> None:
    assert (
        chosen(query("?", "met"), ("They left.", "left"), ("One met.", "met"), ("Two met.", "met"))
        == "One met."
    )


def test_the_first_sentence_answers_though_it_is_a_little_longer() -> None:
    assert chosen(query("?", "met"), ("They met.", "met x"), ("Met.", "met")) == "They met."


def test_of_two_sentences_that_hold_as_much_the_one_behind_the_other_answers() -> None:
    sentences = [("Omar came.", "omar"), ("They met.", "met")]
    assert chosen(query("?", "omar", "met"), *sentences) == "They met."


def test_a_word_that_few_sentences_hold_tells_more() -> None:
    sentences = [("A met.", "met"), ("So.", "x"), ("Omar.", "omar"), ("So.", "x"), ("B met.", "met")]
    assert chosen(query("?", "met", "omar"), *sentences) == "Omar."


def test_the_word_that_the_title_has_not_answers() -> None:
    stored = passage(1, "omar", "met", title="met")
    assert answering_sentence.Finder(Standing(query("?", "omar", "met"), [stored]))(1) == 0


TERMS = st.lists(st.sampled_from("abcx"), max_size=3).map(" ".join)
PASSAGES = st.lists(st.tuples(TERMS, st.lists(TERMS, min_size=1, max_size=4)), min_size=1, max_size=4)


@example(["a", "b", "c"], [("", ["a b c"]), ("", ["x", "x", "a"])])
@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=3), PASSAGES)
def test_the_same_sentence_of_a_passage_answers_whatever_stands_in_others(
    found: list[str], bodies: list[tuple[str, list[str]]]
) -> None:
    asked = query("?", *found)
    together = [passage(number, *body, title=title) for number, (title, body) in enumerate(bodies)]
    finder = answering_sentence.Finder(Standing(asked, together))
    alone = [answering_sentence.Finder(Standing(asked, [one]))(one.number) for one in together]
    assert [finder(one.number) for one in together] == alone


def test_a_repeated_word_makes_no_sentence_better() -> None:
    assert chosen(query("?", "met"), ("They met.", "met"), ("Met, met, met.", "met met met")) == "They met."


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("When was the deal signed?", "The deal was signed in 2020."),
        ("How many signed the deal?", "The deal was signed by 12 men."),
        ("Who signed the deal?", "The deal was signed by Baradar."),
    ],
)
def test_of_sentences_with_the_same_words_the_one_with_what_is_asked_for_answers(
    question: str, right: str
) -> None:
    sentences = [("The deal was signed again.", "sign deal"), (right, "sign deal")]
    assert chosen(query(question, "sign", "deal"), *sentences) == right


def test_a_year_of_the_question_itself_is_no_answer_to_when() -> None:
    asked = query("When did the war of 2001 end?", "war", "end")
    sentences = [("The war of 2001 did not end.", "war end"), ("The war did end in 2021.", "war end")]
    assert chosen(asked, *sentences) == "The war did end in 2021."


def test_a_number_of_the_question_itself_is_no_answer_to_how_many() -> None:
    asked = query("How many of the 19 men died?", "men", "die")
    sentences = [("The men who died were of the 19.", "men die"), ("Of the men 7 died.", "men die")]
    assert chosen(asked, *sentences) == "Of the men 7 died."


def test_a_name_of_the_question_itself_is_no_answer_to_who_in_small_letters_either() -> None:
    asked = query("who is mullah omar", "mullah", "omar")
    sentences = [
        ("They found Mullah Omar.", "mullah omar"),
        ("Of Mullah Omar, see Haibatullah.", "mullah omar"),
    ]
    assert chosen(asked, *sentences) == "Of Mullah Omar, see Haibatullah."


def test_a_number_of_the_question_is_no_answer_whatever_mark_stands_behind_it() -> None:
    asked = query("Of the 19, how many men died?", "men", "die")
    sentences = [("Men died, of the 19 there.", "men die"), ("Of the men 7 died.", "men die")]
    assert chosen(asked, *sentences) == "Of the men 7 died."


@pytest.mark.parametrize("first", ["“We left.”", "Background"])
def test_the_capital_that_begins_a_sentence_is_no_name_whatever_stands_before_it(first: str) -> None:
    sentences = [(first, ""), ("The army stayed.", "army"), ("An army came, Omar’s.", "army")]
    assert chosen(query("Who led an army?", "army"), *sentences) == "An army came, Omar’s."


def test_more_of_the_question_outweighs_what_is_asked_for() -> None:
    asked = query("When was the peace deal signed?", "peace", "deal", "sign")
    sentences = [("It was 2020.", "deal"), ("The peace deal was signed.", "peace deal sign")]
    assert chosen(asked, *sentences) == "The peace deal was signed."
