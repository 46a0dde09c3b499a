"""“They” and “the group” are understood with what stands before."""

from __future__ import annotations

import pytest

from corpus import codes, terms
from corpus.article import Span
from corpus.pointing_back import is_about_before, with_named


def marked(*sentences: str, at: int, language: str = "en") -> str:
    text, spans = "", []
    for sentence in sentences:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + " "
    words = codes.of_words([word.plain for word in terms.words(one, language)] for one in sentences)
    return text[slice(*with_named(words, spans, spans[at], language))]


@pytest.mark.parametrize(
    ("answer", "language"),
    [
        ("Omar left in 2020.", "en"),
        ("The group left in 2020.", "en"),
        ("Item one was left.", "en"),
        ("", "en"),
        ("They left in 2020.", "xx"),
        ("他走了。", "zh"),
    ],
)
def test_a_sentence_that_names_what_it_is_about_stays_alone(answer: str, language: str) -> None:
    assert marked("Omar came.", answer, at=1, language=language) == answer


@pytest.mark.parametrize(
    ("answer", "language"),
    [
        ("He left in 2020.", "en"),
        ("“He left in 2020,” Baradar said.", "en"),
        ("THEY left in 2020.", "en"),
        ("Sie gingen 2020.", "de"),
        ("Él se fue en 2020.", "es"),
        ("وهو غادر في 2020.", "ar"),
        ("उन्होंने 2020 में छोड़ा।", "hi"),
    ],
)
def test_a_sentence_that_opens_with_a_pronoun_is_marked_with_the_one_before(
    answer: str, language: str
) -> None:
    assert marked("Omar came.", answer, at=1, language=language) == f"Omar came. {answer}"


def test_nothing_is_marked_before_the_first_sentence() -> None:
    assert marked("He left in 2020.", "Omar came.", at=0) == "He left in 2020."


def test_a_very_long_sentence_before_is_not_marked() -> None:
    assert marked("Omar came " + "and came " * 50 + ".", "He left.", at=1) == "He left."


@pytest.mark.parametrize(
    ("opening", "language", "goes_on"),
    [
        ("", "en", False),
        ("omar left", "en", False),
        ("the group left", "fr", False),
        ("the group left", "en", True),
        ("they left", "en", True),
    ],
)
def test_a_passage_may_go_on_about_the_one_before_with_an_article_too(
    opening: str, language: str, goes_on: bool
) -> None:
    assert is_about_before(codes.of_words([opening.split()]), language) == goes_on
