"""The lead of an article: sentences that stand well on their own, word for word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import summary
from corpus.article import Passage, Sentence, Span

A, B, C, D = (
    "The Taliban met leaders of the group in Doha.",
    "Both sides spoke about the prisoners for hours.",
    "Nobody outside the room heard what they said.",
    "Reporters waited at the gate until the evening.",
)


def article(*paragraphs: list[str]) -> tuple[str, list[Passage]]:
    """A text of *paragraphs*, each of these sentences, and a passage for each of them."""
    text, passages = "", []
    for position, sentences in enumerate(paragraphs):
        start, found = len(text), []
        for sentence in sentences:
            found.append(Sentence(Span(len(text) - start, len(text) - start + len(sentence)), ()))
            text += sentence + " "
        passages.append(Passage(position, Span(start, len(text) - 1), tuple(found)))
        text = text.rstrip() + "\n\n"
    return text, passages


def lead(*paragraphs: list[str], length: summary.Length = "short") -> list[str]:
    text, passages = article(*paragraphs)
    return [text[start:end] for start, end in summary.lead(text, passages, length)]


# --- articles that are hardly any


def test_an_article_without_passages_has_no_lead() -> None:
    assert summary.lead("Background", [], "short") == ()


@pytest.mark.parametrize("sentence", ["x", "It rained.", "But they left.", "…"])
def test_the_only_sentence_is_shown_whatever_it_is(sentence: str) -> None:
    assert lead([sentence]) == [sentence]


@pytest.mark.parametrize("length", ["short", "medium", "long"])
def test_an_article_with_fewer_sentences_is_shown_whole(length: summary.Length) -> None:
    assert lead([A, B], length=length) == [A, B]


SENTENCE = st.sampled_from(
    [
        A,
        B,
        C,
        D,
        "It rained.",
        "He left.",
        "“We won.",
        "We will win again.”",
        "But no.",
        "联合国。",
        '5" oak.',
    ]
)
ARTICLES = st.lists(st.lists(SENTENCE, min_size=1, max_size=5), max_size=5)


@settings(max_examples=150, deadline=None)
@given(ARTICLES, st.sampled_from(list(summary.N_SENTENCES)))
def test_a_lead_is_made_of_slices_of_the_article_in_its_order(
    paragraphs: list[list[str]], length: summary.Length
) -> None:
    text, passages = article(*paragraphs)
    end = 0
    for span in summary.lead(text, passages, length):
        assert end <= span.start < span.end <= len(text)
        end = span.end


@settings(max_examples=100, deadline=None)
@given(ARTICLES.filter(any), st.sampled_from(list(summary.N_SENTENCES)))
def test_an_article_always_has_a_lead_and_never_more_than_was_asked_for(
    paragraphs: list[list[str]], length: summary.Length
) -> None:
    assert 1 <= len(lead(*paragraphs, length=length)) <= summary.N_SENTENCES[length]


@settings(max_examples=100, deadline=None)
@given(ARTICLES)
def test_no_lead_runs_from_one_paragraph_into_the_next(paragraphs: list[list[str]]) -> None:
    assert not any("\n" in shown for shown in lead(*paragraphs))


# --- what is shown


def test_the_first_sentences_are_shown() -> None:
    assert lead([A, B], [C, D]) == [A, B, C]


def test_a_longer_lead_shows_more() -> None:
    paragraphs = [[A, B, C], [D, A, B], [C, D, A]]
    assert [len(lead(*paragraphs, length=length)) for length in ("short", "medium", "long")] == [3, 5, 8]


def test_a_sentence_of_hardly_a_word_is_passed_over() -> None:
    assert lead(["Doha, July 2.", A]) == [A]


def test_a_chinese_sentence_counts_although_it_has_no_spaces() -> None:
    assert lead(["联合国发表了报告。", "塔利班否认。"]) == ["联合国发表了报告。", "塔利班否认。"]


@pytest.mark.parametrize(
    "opening", ["He", "They", "But the men", "However, the men", "This", "Its men", "(And we)"]
)
def test_no_lead_opens_with_what_leans_on_a_sentence_that_is_not_shown(opening: str) -> None:
    assert lead([f"{opening} left the room at noon again.", A]) == [A]


def test_a_sentence_that_leans_on_the_one_shown_before_it_is_shown() -> None:
    assert lead([A, "They left the room at noon again."]) == [A, "They left the room at noon again."]


def test_a_sentence_that_leans_is_passed_over_behind_a_new_paragraph() -> None:
    assert lead([A], ["They left the room at noon again.", B]) == [A, B]


def test_a_sentence_that_leans_is_passed_over_behind_one_that_is_not_shown() -> None:
    assert lead([A, "It rained.", "They left the room at noon again.", B]) == [A, B]


def test_the_parts_of_one_paragraph_are_one_paragraph() -> None:
    text, (first, second) = article([A], ["They left the room at noon again."])
    parts = [first, Passage(first.position, second.span, second.sentences)]
    assert len(summary.lead(text, parts, "short")) == 2


def test_a_name_in_capitals_does_not_lean() -> None:
    assert lead(["IT firms hired thousands of people last year.", B])[0].startswith("IT firms")


# --- quotations


@pytest.mark.parametrize(
    "quotation",
    [
        ["“We came here to win.", "We will win again.”"],
        ['"We came here to win.', 'We will win again."'],
        ["« Nous sommes venus gagner.", "Nous allons gagner encore. »"],
        ["「我们来了。", "我们会赢的。」"],
        ["„Wir kamen hierher.", "Wir gewinnen wieder.“"],
    ],
)
def test_the_sentences_of_one_quotation_are_shown_as_one(quotation: list[str]) -> None:
    assert lead([*quotation])[0] == " ".join(quotation)


@pytest.mark.parametrize(
    "quotation", ["“We came here to win.”", '"We came here to win."', "«Мы пришли сюда снова победить.»"]
)
def test_a_sentence_behind_a_closed_quotation_is_another(quotation: str) -> None:
    assert lead([quotation, A]) == [quotation, A]


def test_a_sentence_behind_a_german_quotation_is_another() -> None:
    assert lead(["„Wir kommen morgen alle wieder.“", A], [B]) == ["„Wir kommen morgen alle wieder.“", A, B]


@pytest.mark.parametrize(
    "opening", ['The board is 5" thick at the edge.', "The “group met again in the city."]
)
def test_a_mark_that_is_never_closed_does_not_take_in_the_paragraph(opening: str) -> None:
    assert lead([opening, A, B, C, D])[0] != " ".join([opening, A, B, C, D])


def test_a_quotation_that_is_not_closed_ends_with_its_paragraph() -> None:
    assert lead(["“We came here to win.", "We will win again."], [A])[-1] == A
