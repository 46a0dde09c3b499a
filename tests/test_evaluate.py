"""Questions with known answers -> figures, on a library small enough to reckon them by hand."""

from __future__ import annotations

import json
from math import isnan
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import evaluate
from corpus.article import Article
from corpus.errors import BadRecord
from corpus.evaluate import Abstention, JudgedQuestion, Retrieval
from corpus.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

HERON = (
    "The heron hunts trout in the shallow lake at dawn. It swallows them whole.\n\n"
    "A heron builds its nest in tall poplars near water."
)
ORGAN = "The organ of the cathedral has five thousand pipes.\n\nIts oldest pipes were cast from tin by monks."
GLACIER = "The glacier loses ten metres of ice each summer.\n\nMeltwater carves blue caves beneath it."
BAKER = "The baker kneads rye dough before sunrise.\n\nHis oven burns beech wood only."
TEXTS = {"heron": HERON, "organ": ORGAN, "glacier": GLACIER, "baker": BAKER}


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    """Four articles of two paragraphs each. Nothing here writes to it."""
    with TemporaryDirectory() as folder, Library.open(Path(folder)) as opened:
        for name, text in TEXTS.items():
            opened.add(Article(id=name, title=name, text=text, language="en", keeps_paragraphs=True))
        yield opened


def judged(question: str, article: str, paragraph: int, *answers: str) -> JudgedQuestion:
    return JudgedQuestion(question, article, paragraph, answers)


FIRST = judged("what does the heron hunt in the lake", "heron", 0, "trout")
FIRST_UNMARKED = judged("who cast the oldest pipes from tin", "organ", 1, "Bach")
SECOND = judged("heron that hunts trout in the shallow lake near tall poplars", "heron", 1, "poplars")
ABSENT = judged("dinosaurs", "heron", 0, "bones")
REFUSED = judged("what is it", "glacier", 0, "ice")


# --- how often the right paragraph comes first


def test_without_questions_there_are_no_figures(library: Library) -> None:
    found = evaluate.retrieval(library, [])
    figures = (found.recall_at_1, found.recall_at_3, found.mrr_at_10, found.answering_sentence)
    assert (found.n_questions, [isnan(figure) for figure in figures]) == (0, [True] * 4)


def test_without_questions_there_are_no_times(library: Library) -> None:
    found = evaluate.retrieval(library, [])
    assert isnan(found.p50_ms)
    assert isnan(found.p99_ms)


def four_questions(library: Library) -> Retrieval:
    """One found first and marked right, one found first and marked wrong, one second, one not at all."""
    return evaluate.retrieval(library, [FIRST, FIRST_UNMARKED, SECOND, ABSENT])


def test_every_question_is_counted(library: Library) -> None:
    assert four_questions(library).n_questions == 4


def test_recall_at_1_is_the_share_found_first(library: Library) -> None:
    assert four_questions(library).recall_at_1 == 2 / 4


def test_recall_at_3_is_the_share_found_among_three(library: Library) -> None:
    assert four_questions(library).recall_at_3 == 3 / 4


def test_mrr_is_the_mean_of_one_over_the_rank(library: Library) -> None:
    assert four_questions(library).mrr_at_10 == pytest.approx((1 + 1 + 1 / 2 + 0) / 4)


def test_the_answering_sentence_is_judged_where_the_paragraph_came_first(library: Library) -> None:
    assert four_questions(library).answering_sentence == 1 / 2


def test_the_median_time_is_no_longer_than_the_longest_but_one_in_a_hundred(library: Library) -> None:
    found = four_questions(library)
    assert 0 < found.p50_ms <= found.p99_ms


def test_a_question_that_is_refused_counts_as_not_found(library: Library) -> None:
    assert evaluate.retrieval(library, [FIRST, REFUSED]).recall_at_1 == 1 / 2


def test_a_question_that_is_too_long_counts_as_not_found(library: Library) -> None:
    long = judged("heron " * 100, "heron", 0)
    assert evaluate.retrieval(library, [long]).recall_at_3 == 0


def test_the_right_paragraph_of_another_article_is_not_found(library: Library) -> None:
    wrong = judged(FIRST.question, "organ", 0)
    assert evaluate.retrieval(library, [wrong]).mrr_at_10 == 0


def test_without_known_answers_no_sentence_is_judged(library: Library) -> None:
    unanswered = judged(FIRST.question, "heron", 0)
    assert isnan(evaluate.retrieval(library, [unanswered]).answering_sentence)


def test_an_answer_in_other_letters_and_spaces_is_the_same_answer(library: Library) -> None:
    shouted = judged(FIRST.question, "heron", 0, "  SHALLOW \n LAKE")
    assert evaluate.retrieval(library, [shouted]).answering_sentence == 1


def test_an_answer_in_another_sentence_is_not_marked(library: Library) -> None:
    beside = judged(FIRST.question, "heron", 0, "swallows")
    assert evaluate.retrieval(library, [beside]).answering_sentence == 0


# --- how well it refuses

HERON_IS_THERE = judged("what does the heron hunt in the lake", "heron", 0)
GLACIER_IS_THERE = judged("what does the glacier lose each summer", "glacier", 0)
ORGAN_IS_GONE = judged("how many pipes has the organ of the cathedral", "organ", 0)
BAKER_IS_GONE = judged("what does the baker knead before sunrise", "baker", 0)


def without_half(library: Library) -> Abstention:
    """Asked without the second and the fourth article."""
    return evaluate.abstention(library, [HERON_IS_THERE, ORGAN_IS_GONE, GLACIER_IS_THERE, BAKER_IS_GONE])


def test_every_second_article_is_left_out(library: Library) -> None:
    found = without_half(library)
    assert (found.n_present, found.n_absent) == (2, 2)


def test_questions_that_are_told_apart_without_fault_have_an_auroc_of_1(library: Library) -> None:
    assert without_half(library).auroc == 1


def test_all_that_is_absent_is_refused(library: Library) -> None:
    assert without_half(library).refused_at_5 == 1


def test_what_is_called_found_is_told_for_both(library: Library) -> None:
    found = without_half(library)
    assert (found.present_found, found.absent_found) == (1, 0)


def test_questions_that_cannot_be_told_apart_have_an_auroc_of_one_half(library: Library) -> None:
    nothing_there, nothing_gone = judged("dinosaurs", "heron", 0), judged("volcanoes", "organ", 0)
    assert evaluate.abstention(library, [nothing_there, nothing_gone]).auroc == 1 / 2


def test_a_question_that_is_refused_has_no_confidence(library: Library) -> None:
    refused, nothing_gone = judged("what is it", "heron", 0), judged("volcanoes", "organ", 0)
    found = evaluate.abstention(library, [HERON_IS_THERE, refused, nothing_gone])
    assert found.auroc == (1 + 1 / 2) / 2  # above the absent one, and level with it


def test_without_absent_questions_there_is_no_auroc(library: Library) -> None:
    assert isnan(evaluate.abstention(library, [HERON_IS_THERE]).auroc)


def test_without_any_questions_nothing_is_told(library: Library) -> None:
    found = evaluate.abstention(library, [])
    assert (found.n_present, found.n_absent, isnan(found.refused_at_5)) == (0, 0, True)


def test_leaving_articles_out_takes_none_from_the_library(library: Library) -> None:
    without_half(library)
    assert [article.id for article in library.export()] == list(TEXTS)


# --- the questions of a file


def line(**record: object) -> str:
    return json.dumps({"question": "who?", "article": "heron", "paragraph": 0} | record)


def test_a_judged_question_is_read() -> None:
    [found] = evaluate.read_questions([line(paragraph=3, answers=["trout", "a trout"])], "file")
    assert found == JudgedQuestion("who?", "heron", 3, ("trout", "a trout"))


def test_known_answers_may_be_missing() -> None:
    [found] = evaluate.read_questions([line()], "file")
    assert found.answers == ()


def test_blank_lines_between_questions_are_passed_over() -> None:
    assert len(list(evaluate.read_questions(["\n", line(), "  \n", line(), ""], "file"))) == 2


def test_a_bad_line_is_named_by_its_number_in_the_file() -> None:
    with pytest.raises(BadRecord, match=r"^questions\.jsonl, line 3 is not JSON"):
        list(evaluate.read_questions([line(), "\n", "who?"], "questions.jsonl"))


@pytest.mark.parametrize("missing", ["question", "article", "paragraph"])
def test_a_question_that_lacks_what_is_needed_is_refused(missing: str) -> None:
    record = json.loads(line())
    del record[missing]
    with pytest.raises(BadRecord, match="needs a “question”, an “article” and a “paragraph” number"):
        list(evaluate.read_questions([json.dumps(record)], "file"))


@pytest.mark.parametrize(
    "paragraph",
    [
        None,
        "the first",
        [0],
        {},
        float("inf"),
        -1,
        1.5,
        "1",
    ],
)
def test_a_paragraph_that_is_no_number_from_0_is_refused(paragraph: object) -> None:
    with pytest.raises(BadRecord):
        list(evaluate.read_questions([line(paragraph=paragraph)], "file"))


@pytest.mark.parametrize("answers", ["trout", 7, {}, None])
def test_known_answers_that_are_no_list_are_refused(answers: object) -> None:
    with pytest.raises(BadRecord):
        list(evaluate.read_questions([line(answers=answers)], "file"))


# --- the area under the curve, by another way

shares = st.lists(st.integers(0, 5).map(float), min_size=1, max_size=8)


@given(shares, shares)
def test_auroc_is_the_share_of_pairs_in_order_ties_counting_half(
    present: list[float], absent: list[float]
) -> None:
    pairs = [(p > a) + (p == a) / 2 for p in present for a in absent]
    assert evaluate._auroc(np.array(present), np.array(absent)) == pytest.approx(sum(pairs) / len(pairs))
