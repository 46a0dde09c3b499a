"""Who answers goes first: what is written in bulk gives way, and comes to its end all the same."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import giving_way
from corpus.article import Article
from corpus.giving_way import LONGEST_PAUSE_S, MOST_WORK, GivingWay, Questions
from corpus.library import Library
from tests.process import WITHIN_S

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = [Article(id=f"a{number}", text=f"Ship {number} left the harbour at dawn.") for number in range(4)]


class Noted(Questions):
    """Questions for which nobody waits: how long one would have is noted."""

    def __init__(self) -> None:
        super().__init__()
        self.pauses: list[float] = []

    def wait(self, longest_s: float) -> None:
        self.pauses.append(longest_s)


class Core:
    """A thread's time on a core, as the test says."""

    def __init__(self) -> None:
        self.s = 100.0

    def __call__(self) -> float:
        return self.s


def test_while_nobody_asks_nothing_pauses() -> None:
    questions, core = Noted(), Core()
    writing = GivingWay(questions, core)
    core.s += 1
    writing.step()
    assert questions.pauses == []


def test_a_pause_is_as_long_as_the_step_before_it_is_worth() -> None:
    questions, core = Noted(), Core()
    writing = GivingWay(questions, core)
    core.s += 5  # while nobody asks
    writing.step()
    with questions.one_in_work():
        for _ in range(2):
            core.s += 0.004
            writing.step()
    assert questions.pauses == pytest.approx([0.012, 0.012])


@given(st.lists(st.floats(0, 10), max_size=8))
def test_however_long_questions_last_a_share_of_the_time_is_worked(worked: list[float]) -> None:
    questions, core = Noted(), Core()
    writing = GivingWay(questions, core)
    with questions.one_in_work():
        for one in worked:
            core.s += one
            writing.step()
    assert sum(worked) + sum(questions.pauses) <= sum(worked) / MOST_WORK + 1e-6
    assert max(questions.pauses, default=0.0) <= LONGEST_PAUSE_S


def test_a_pause_ends_with_the_last_question() -> None:
    questions = Questions()
    waiting = threading.Thread(target=questions.wait, args=(10 * WITHIN_S,))
    with questions.one_in_work():
        with questions.one_in_work():
            pass
        assert not questions.are_none
        waiting.start()
    waiting.join(WITHIN_S)
    assert not waiting.is_alive()


def test_a_question_that_fails_is_no_longer_in_work() -> None:
    questions = Questions()
    with pytest.raises(ValueError, match="no words"), questions.one_in_work():
        raise ValueError("no words")
    assert questions.are_none


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that are made in this process, by nobody."""
    pauses: list[float] = []
    monkeypatch.setattr(Questions, "wait", lambda _, longest_s: pauses.append(longest_s))
    return pauses


def test_an_import_gives_way_before_each_article(tmp_path: Path, here: list[float]) -> None:
    with Library.open(tmp_path) as library:
        list(library.import_all(ARTICLES[:1]))
        assert here == []
        with giving_way.HERE.one_in_work():
            outcomes = list(library.import_all(ARTICLES))
    assert [outcome.change for outcome in outcomes] == ["skipped", "added", "added", "added"]
    assert len(here) == 4


def test_the_index_of_an_import_gives_way_too(
    tmp_path: Path, here: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.keeping_up.TAIL_SIZE", 1)
    monkeypatch.setattr("corpus.keeping_up.WORTH_A_SEGMENT", 2)
    with Library.open(tmp_path) as library:
        list(library.import_all(ARTICLES))
        with giving_way.HERE.one_in_work():
            library._keep_pace()
        assert len(here) >= 3
        assert library.ask("ship 3").quotes[0].article.id == "a3"


def test_who_adds_one_article_waits_for_nobody(tmp_path: Path, here: list[float]) -> None:
    with Library.open(tmp_path) as library, giving_way.HERE.one_in_work():
        library.add(ARTICLES[0])
    assert here == []


def test_articles_that_are_analysed_anew_give_way(
    tmp_path: Path, here: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path) as library:
        list(library.import_all(ARTICLES))
    monkeypatch.setattr("corpus.terms.ANALYSIS_VERSION", 1_000)
    with giving_way.HERE.one_in_work(), Library.open(tmp_path) as library:
        assert library.ask("which ship left the harbour").status == "found"
    assert len(here) >= 4


@pytest.mark.parametrize(
    "answering",
    [
        lambda library: library.ask("ship 1"),
        lambda library: library.summary("a1"),
        lambda library: library.digest(),
        lambda library: library.suggest("ship"),
        lambda library: library.page(),
    ],
)
def test_what_somebody_waits_for_goes_first(
    tmp_path: Path, answering: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(answering)
    with Library.open(tmp_path) as library:
        list(library.import_all(ARTICLES))
        begun: list[None] = []
        monkeypatch.setattr(giving_way.HERE._are_none, "clear", lambda: begun.append(None))
        answering(library)
    assert begun
    assert giving_way.HERE.are_none
