"""Answers, drafts and departures are kept, and forgotten when their time has come."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.bot_state import BotState
from bot.errors import AnswerExpired, DraftExpired
from bot.remarks import Remarks
from bot.state import ServerState, ShownAnswer
from corpus import terms
from corpus.article import Answer, Article, Span
from corpus.errors import NotALibrary
from tests import hostile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ASKER = 2**63 - 1
"""The largest id that Discord could give a user."""
PAST = (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
ON_FILES = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerState]:
    opened = ServerState.open(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[BotState]:
    opened = BotState.open(tmp_path)
    yield opened
    opened.close()


def answer_to(question: str = "why was it closed", numbers: tuple[int, ...] = (3, 1, 2)) -> Answer:
    return Answer(question, "weak", 0.5, (), numbers, "en", ("closed",), (), (), 12.345, 1_204)


def keep(server: ServerState, answer: Answer, *, is_private: bool = False, note: str = "") -> ShownAnswer:
    return server.keep_answer(
        answer, asker=ASKER, note=note, is_private=is_private, source="TRT World", since=date(2020, 7, 2)
    )


def article_of(text: str = "Harbour closed\n\nIt was a *storm*.") -> Article:
    return Article(
        title="Harbour",
        text=text,
        headings=(Span(0, 14),),
        url="https://news.example/1",
        publisher="TRT World",
        author="A. Writer",
        published=date(2020, 7, 2),
        language="en",
        n_words=terms.n_words(text),
    )


def make_old(server: ServerState | BotState, table: str, column: str, when: str = PAST) -> None:
    """Turns the rows of *table* into ones of an earlier time."""
    server._db.execute(f"UPDATE {table} SET {column} = ?", [when])  # noqa: S608
    server._db.conn.commit()


def n_rows(server: ServerState, table: str) -> int:
    return server._db.table(table).count


# --- answers


def test_an_answer_that_was_never_kept_has_expired(server: ServerState) -> None:
    with pytest.raises(AnswerExpired):
        server.answer("Rtbz0KWq-_aB")


@pytest.mark.parametrize("forged", ["", "' OR 1=1 --", "x" * 5_000, "\x00", "漢"])
def test_a_forged_answer_id_finds_nothing(server: ServerState, forged: str) -> None:
    keep(server, answer_to())
    with pytest.raises(AnswerExpired):
        server.answer(forged)


def test_an_answer_older_than_its_time_has_expired(server: ServerState) -> None:
    kept = keep(server, answer_to())
    make_old(server, "answers", "expires")
    with pytest.raises(AnswerExpired):
        server.answer(kept.id)


def test_an_answer_is_kept_for_30_days(server: ServerState) -> None:
    keep(server, answer_to())
    [[expires]] = server._db.execute("SELECT expires FROM answers").fetchall()
    left = datetime.fromisoformat(expires) - datetime.now(UTC)
    assert timedelta(days=30) - timedelta(minutes=5) < left <= timedelta(days=30)


def test_a_forgotten_answer_has_expired(server: ServerState) -> None:
    kept = keep(server, answer_to())
    server.forget_answer(kept.id)
    with pytest.raises(AnswerExpired):
        server.answer(kept.id)


def test_forgetting_an_answer_twice_is_nothing(server: ServerState) -> None:
    kept = keep(server, answer_to())
    server.forget_answer(kept.id)
    server.forget_answer(kept.id)
    assert n_rows(server, "answers") == 0


def test_keeping_an_answer_forgets_those_that_have_expired(server: ServerState) -> None:
    keep(server, answer_to())
    make_old(server, "answers", "expires")
    keep(server, answer_to())
    assert n_rows(server, "answers") == 1


@ON_FILES
@given(hostile.names.map(lambda name: name[:300]), st.lists(st.integers(1, 2**62), max_size=30))
def test_an_answer_comes_back_as_it_was_kept(server: ServerState, question: str, numbers: list[int]) -> None:
    kept = keep(server, answer_to(question, tuple(numbers)), note="Weak match: only *a* was found.")
    assert server.answer(kept.id) == kept


def test_what_is_remarked_on_an_answer_comes_back_as_it_was_kept() -> None:
    said = Remarks(
        replaced_words=(("Mujahed", "Mujahid"), ("harbor", "harbour")),
        is_together=True,
        held_words=("storm",),
        source="Harbour Gazette",
        after=date(2020, 7, 2),
    )
    assert Remarks.from_json(said.as_json()) == said
    assert Remarks.from_json(Remarks().as_json()) == Remarks()


def test_what_the_version_before_noted_of_an_answer_comes_back_in_its_words(tmp_path: Path) -> None:
    before = ServerState.open(tmp_path)
    kept = keep(before, answer_to(), note="Only *TRT World*")
    before._db.execute("ALTER TABLE answers DROP COLUMN remarks")
    before._db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm009_remarks'")
    before.close()
    after = ServerState.open(tmp_path)
    found = after.answer(kept.id)
    after.close()
    assert (found.note, found.remarks) == ("Only *TRT World*", None)


def test_an_answer_comes_back_after_a_restart(tmp_path: Path) -> None:
    before = ServerState.open(tmp_path)
    kept = keep(before, answer_to())
    before.close()
    after = ServerState.open(tmp_path)
    found = after.answer(kept.id)
    after.close()
    assert found == kept


def test_an_answer_of_another_server_has_expired(tmp_path: Path) -> None:
    one, two = ServerState.open(tmp_path / "1"), ServerState.open(tmp_path / "2")
    kept = keep(one, answer_to())
    with pytest.raises(AnswerExpired):
        two.answer(kept.id)
    one.close()
    two.close()


def test_private_questions_are_not_counted(server: ServerState) -> None:
    keep(server, answer_to(), is_private=True)
    keep(server, answer_to())
    assert server.n_answers() == 1


def test_expired_questions_are_not_counted(server: ServerState) -> None:
    keep(server, answer_to())
    make_old(server, "answers", "expires")
    assert server.n_answers() == 0


def test_ids_cannot_be_guessed_from_one_another(server: ServerState) -> None:
    ids = [keep(server, answer_to()).id for _ in range(50)]
    assert len({identifier[:4] for identifier in ids}) == 50


def test_an_id_leaves_room_for_the_rest_of_a_custom_id(server: ServerState) -> None:
    assert len(keep(server, answer_to()).id) == 12


# --- drafts


def test_a_draft_that_was_never_kept_has_expired(server: ServerState) -> None:
    with pytest.raises(DraftExpired):
        server.draft("Rtbz0KWq-_aB")


def test_a_draft_older_than_a_day_has_expired(server: ServerState) -> None:
    kept = server.keep_draft(article_of(), owner=ASKER)
    make_old(server, "drafts", "expires")
    with pytest.raises(DraftExpired):
        server.draft(kept.id)


def test_a_draft_is_kept_for_a_day(server: ServerState) -> None:
    server.keep_draft(article_of(), owner=ASKER)
    [[expires]] = server._db.execute("SELECT expires FROM drafts").fetchall()
    left = datetime.fromisoformat(expires) - datetime.now(UTC)
    assert timedelta(hours=23, minutes=55) < left <= timedelta(days=1)


def test_a_forgotten_draft_has_expired(server: ServerState) -> None:
    kept = server.keep_draft(article_of(), owner=ASKER)
    server.forget_draft(kept.id)
    with pytest.raises(DraftExpired):
        server.draft(kept.id)


def test_keeping_a_draft_forgets_those_that_have_expired(server: ServerState) -> None:
    server.keep_draft(article_of(), owner=ASKER)
    make_old(server, "drafts", "expires")
    server.keep_draft(article_of(), owner=ASKER)
    assert n_rows(server, "drafts") == 1


def without_count(article: Article) -> Article:
    return replace(article, n_words=0)


def test_a_draft_comes_back_with_its_headings_and_facts(server: ServerState) -> None:
    kept = server.keep_draft(article_of(), owner=ASKER, warning="only 6 words.", replaces="abc", is_thin=True)
    found = server.draft(kept.id)
    assert replace(found, article=without_count(found.article)) == replace(
        kept, article=without_count(kept.article)
    )


def test_a_draft_comes_back_with_its_number_of_words(server: ServerState) -> None:
    kept = server.keep_draft(article_of(), owner=ASKER)
    assert server.draft(kept.id).article.n_words == kept.article.n_words


@ON_FILES
@given(hostile.texts, hostile.names, hostile.addresses)
def test_a_draft_comes_back_with_its_text_as_it_was(
    server: ServerState, text: str, name: str, url: str | None
) -> None:
    url = url if url and url.startswith(("http://", "https://")) else None  # no other is ever read
    article = Article(
        title=name, publisher=name or None, author=name or None, text=text, url=url, language="en"
    )
    kept = server.keep_draft(article, owner=ASKER)
    assert replace(server.draft(kept.id).article, n_words=0) == kept.article


def test_a_draft_of_an_article_without_a_title_comes_back(server: ServerState) -> None:
    kept = server.keep_draft(Article(text="It was a storm.", language="en"), owner=ASKER)
    assert server.draft(kept.id).article.title == ""


def test_a_changed_draft_comes_back_changed(server: ServerState) -> None:
    kept = server.keep_draft(article_of(), owner=ASKER)
    server.change_draft(replace(kept, article=replace(kept.article, title="Port", published=None)))
    found = server.draft(kept.id).article
    assert (found.title, found.published, found.text) == ("Port", None, kept.article.text)


def test_changing_a_draft_leaves_others(server: ServerState) -> None:
    one, two = (server.keep_draft(article_of(), owner=ASKER) for _ in range(2))
    server.change_draft(replace(one, article=replace(one.article, title="Port")))
    assert server.draft(two.id).article.title == "Harbour"


# --- what belongs to no server


def test_a_fact_nobody_set_is_none(bot: BotState) -> None:
    assert bot.fact("commands") is None


def test_a_fact_is_what_was_set_last(bot: BotState) -> None:
    bot.set_fact("commands", "one")
    bot.set_fact("commands", "two")
    assert bot.fact("commands") == "two"


def test_a_fact_comes_back_after_a_restart(tmp_path: Path) -> None:
    before = BotState.open(tmp_path)
    before.set_fact("command_ids", json.dumps({"ask": 1}))
    before.close()
    after = BotState.open(tmp_path)
    found = after.fact("command_ids")
    after.close()
    assert found == '{"ask": 1}'


def ago(**period: float) -> str:
    return (datetime.now(UTC) - timedelta(**period)).isoformat()


@pytest.mark.parametrize(
    ("when", "gone"),
    [(ago(days=6, hours=23), []), (ago(days=7, minutes=1), [111]), (ago(days=400), [111])],
    ids=["not yet 7 days", "just over", "long ago"],
)
def test_a_server_is_long_gone_after_7_days(bot: BotState, when: str, gone: list[int]) -> None:
    bot.note_departure(111)
    make_old(bot, "departures", "left_at", when)
    assert bot.long_gone() == gone


def test_a_server_that_was_just_left_is_not_long_gone(bot: BotState) -> None:
    bot.note_departure(111)
    assert bot.long_gone() == []


def test_a_server_that_returned_is_not_long_gone(bot: BotState) -> None:
    bot.note_departure(111)
    make_old(bot, "departures", "left_at")
    bot.note_return(111)
    assert bot.long_gone() == []


def test_leaving_again_begins_the_days_of_grace_anew(bot: BotState) -> None:
    bot.note_departure(111)
    make_old(bot, "departures", "left_at", ago(days=8))
    bot.note_departure(111)
    assert bot.long_gone() == []


def test_a_folder_that_is_a_file_is_named_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(NotALibrary, match="it is a file, not a folder"):
        BotState.open(tmp_path / "file")
