"""What the answer to a question must hold: a time, a number, a name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import answer_type, facts

A_TIME, A_NUMBER, A_NAME = "It was in 1997.", "There were seven.", "We met Omar."


def likelihood(question: str, text: str, *own_words: str) -> float:
    """How likely *text* answers *question*, by what is noted of it when it is stored."""
    expected = answer_type.expected(question)
    found = " ".join(facts.of(text, "en"))
    return answer_type.likelihood(expected, found, frozenset(own_words)) if expected else 0.0


def asks_for(question: str) -> list[str]:
    """Those of the three sentences that hold what *question* asks for."""
    return [text for text in (A_TIME, A_NUMBER, A_NAME) if likelihood(question, text)]


# --- questions that ask for nothing of the kind


@pytest.mark.parametrize(
    "question",
    [
        "",
        "😀",
        "taliban talks",
        "What did the report say?",
        "the whole story",
        "Tell me whenever it ends",
        "somewhat manyfold",
        "Warum kam er?",
        "联合国报告说了什么",
    ],
)
def test_a_question_without_a_word_for_it_may_be_answered_by_anything(question: str) -> None:
    assert answer_type.expected(question) is None


@pytest.mark.parametrize("question", ["What did the WHO say?", "What did Kim Jong Un say?"])
def test_a_name_that_is_spelled_like_a_question_word_asks_for_nothing(question: str) -> None:
    assert answer_type.expected(question, "en") is None


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(), max_size=60))
def test_whatever_is_asked_an_empty_sentence_does_not_hold_it(question: str) -> None:
    assert likelihood(question, "") == 0


# --- questions that do


@pytest.mark.parametrize(
    "question",
    [
        "When did it end?",
        "WHEN DID IT END",
        "In what year was it?",
        "which century saw it",
        "Wann war das?",
        "In welchem Jahr war das?",
        "¿Cuándo fue?",
        "¿En qué año fue?",
        "Quand est-il venu ?",
        "Когда это было?",
        "Ne zaman oldu?",
        "متى حدث ذلك؟",
        "در چه سالی بود؟",
        "यह कब हुआ?",
        "战争何时结束",
        "戦争はいつ終わった",
        "สงครามจบเมื่อใด",
    ],
)
def test_a_question_for_a_time_expects_one(question: str) -> None:
    assert A_TIME in asks_for(question)
    assert A_NAME not in asks_for(question)


@pytest.mark.parametrize(
    "question",
    [
        "How many died?",
        "how much is it",
        "How old is he?",
        "Wie viele starben?",
        "¿Cuántos murieron?",
        "Combien sont morts ?",
        "Сколько погибло?",
        "Kaç kişi öldü?",
        "كم عدد القتلى؟",
        "چند نفر کشته شدند؟",
        "कितने लोग मरे?",
        "死了多少人",
        "何人が死んだ",
        "มีคนตายกี่คน",
    ],
)
def test_a_question_for_a_number_expects_one(question: str) -> None:
    assert A_NUMBER in asks_for(question)
    assert A_NAME not in asks_for(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who won?",
        "Where is it?",
        "which city fell",
        "Wer war das?",
        "¿Quién fue?",
        "Qui est venu ?",
        "Кто это был?",
        "Kim geldi?",
    ],
)
def test_a_question_for_a_name_expects_one(question: str) -> None:
    assert asks_for(question) == [A_NAME]


def test_the_first_question_word_counts() -> None:
    assert A_TIME in asks_for("When did he say who won?")


# --- what holds it


@pytest.mark.parametrize(
    "text", ["in 1997", "the 1990s", "on Monday", "last July", "2020年", "سال ۱۳۹۹", "a decade ago"]
)
def test_a_date_is_a_time(text: str) -> None:
    assert likelihood("When?", text) > 0


@pytest.mark.parametrize("text", ["it may end", "march on", "12 men", "room 19971"])
def test_what_only_looks_like_a_date_is_no_time(text: str) -> None:
    assert likelihood("When?", text) == 0


@pytest.mark.parametrize(
    "text", ["7 men", "1,200", "3.5 million", "a dozen", "Seven", "三百人", "١٢", "zwei"]
)
def test_digits_and_words_for_them_are_numbers(text: str) -> None:
    assert likelihood("How many?", text) > 0


@pytest.mark.parametrize("text", ["many men", "someone", "often"])
def test_a_word_that_holds_a_number_word_is_no_number(text: str) -> None:
    assert likelihood("How many?", text) == 0


@pytest.mark.parametrize("text", ["by Omar", "said “Omar”", "он видел Омара", "the US, Iran"])
def test_a_capital_inside_a_sentence_is_a_name(text: str) -> None:
    assert likelihood("Who?", text) > 0


@pytest.mark.parametrize("text", ["The army left.", "“The army left.”", "It left. The army came."])
def test_the_capital_that_begins_a_sentence_is_no_name(text: str) -> None:
    assert likelihood("Who?", text) == 0


@pytest.mark.parametrize(
    ("question", "likely", "less_likely"),
    [
        ("What percentage voted?", "It was 12 percent.", "It was 12."),
        ("How long did it last?", "It took three weeks.", "It took three."),
        ("How far is it?", "It is 12 miles off.", "It is 12 off."),
        ("How much money did it cost?", "It was $12 or so.", "It was 12 or so."),
        ("Who led it?", "It was Abdul Ghani Baradar.", "It was Baradar."),
        ("Where did they meet?", "They met in Doha.", "They met Omar."),
        ("In what year was it?", "It was in 2020.", "It was in July."),
        ("Why did he leave?", "He left because he was ill.", "It led to his leaving."),
    ],
)
def test_what_is_asked_for_itself_is_likelier_than_what_may_be_it(
    question: str, likely: str, less_likely: str
) -> None:
    assert likelihood(question, likely) > likelihood(question, less_likely) > 0


def test_what_the_question_names_itself_does_not_answer_it() -> None:
    assert likelihood("When did the war of 2001 end?", "The war of 2001.", "war", "2001") == 0
    assert likelihood("Who met Omar?", "They met Omar and Baradar.", "omar") > 0


def test_in_english_the_first_word_that_asks_decides() -> None:
    assert answer_type.expected("What did he see when he was young?", "en") is None
