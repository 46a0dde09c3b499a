"""Too many questions, too many articles: who asks too often is told when to try again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from bot.cooldowns import Cooldowns
from bot.errors import TooManyArticles, TooManyQuestions
from bot.server_settings import DEFAULT, ServerSettings
from corpus import clock
from corpus.article import Article
from tests.conftest import GUILD_ID, words_of
from tests.test_ask import at_bot
from tests.world import QUESTION, Stock, bot_of, fill_in, let_pass, open_server

if TYPE_CHECKING:
    import simcord

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
STORM = Article(title="Harbour", text="The harbour was closed on Monday because of a storm.")


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def asks(cooldowns: Cooldowns, times: int, guild: int = 1, user: int = 1) -> None:
    for _ in range(times):
        cooldowns.question(guild, user, DEFAULT)


def test_the_sixth_question_in_20_seconds_waits_for_the_first_to_be_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cooldowns = Cooldowns()
    asks(cooldowns, 5)
    with pytest.raises(TooManyQuestions) as refused:
        asks(cooldowns, 1)
    assert refused.value.until == NOON + timedelta(seconds=20)
    let_pass(timedelta(seconds=20), monkeypatch)
    asks(cooldowns, 5)


def test_another_person_and_another_server_do_not_wait() -> None:
    cooldowns = Cooldowns()
    asks(cooldowns, 5)
    asks(cooldowns, 5, user=2)
    asks(cooldowns, 5, guild=2)


def test_only_the_first_refusal_is_the_first() -> None:
    cooldowns = Cooldowns()
    asks(cooldowns, 5)
    firsts = []
    for _ in range(3):
        with pytest.raises(TooManyQuestions) as refused:
            asks(cooldowns, 1)
        firsts.append(refused.value.is_first)
    assert firsts == [True, False, False]


@examples(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 30), max_size=40), st.integers(1, 5), st.integers(1, 60))
def test_never_more_than_so_many_pass_in_so_long(waits: list[int], most: int, seconds: int) -> None:
    cooldowns, now = Cooldowns(), NOON
    passed: list[datetime] = []
    waits_for: list[timedelta] = []
    settings = ServerSettings(questions=most, seconds=seconds)
    with pytest.MonkeyPatch.context() as moved:
        for wait in waits:
            now += timedelta(seconds=wait)
            moved.setattr(clock, "now", lambda now=now: now)
            try:
                cooldowns.question(1, 1, settings)
            except TooManyQuestions as refused:
                waits_for.append(refused.until - now)
            else:
                passed.append(now)
    assert all(one > timedelta() for one in waits_for)
    window = timedelta(seconds=seconds)
    assert all(sum(at <= one < at + window for one in passed) <= most for at in passed)


def test_who_did_nothing_for_an_hour_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    cooldowns = Cooldowns()
    for user in range(10_001):
        cooldowns.question(1, user, DEFAULT)
    let_pass(timedelta(hours=2), monkeypatch)
    asks(cooldowns, 1)
    assert len(cooldowns._done) == 1


def test_the_eleventh_article_in_a_minute_waits() -> None:
    cooldowns = Cooldowns()
    for _ in range(10):
        cooldowns.addition(1, DEFAULT)
    with pytest.raises(TooManyArticles):
        cooldowns.addition(1, DEFAULT)
    cooldowns.addition(2, DEFAULT)


def test_several_articles_at_once_count_as_many() -> None:
    cooldowns = Cooldowns()
    cooldowns.addition(1, DEFAULT, 8)
    with pytest.raises(TooManyArticles):
        cooldowns.addition(1, DEFAULT, 3)
    cooldowns.addition(1, DEFAULT, 2)


def test_more_articles_at_once_than_may_be_in_a_minute_are_taken_where_none_was_before() -> None:
    cooldowns = Cooldowns()
    cooldowns.addition(1, ServerSettings(additions=3), 10)
    with pytest.raises(TooManyArticles):
        cooldowns.addition(1, ServerSettings(additions=3))


@pytest.mark.simcord(check_errors=False)
async def test_who_asks_too_often_is_told_when_to_try_again(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, questions=1, seconds=60)
    await server.alice.slash(server.channel, "ask", question=QUESTION)

    again = await server.alice.slash(server.channel, "digest", topic="harbour")

    assert again.ephemeral
    until = int((NOON + timedelta(seconds=60)).timestamp())
    assert words_of(again.response) == f"Too many questions. Try again <t:{until}:R>."


async def test_who_mentions_too_often_is_told_once(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, questions=1)
    for _ in range(4):
        await server.alice.send(server.channel, at_bot(simcord_env, QUESTION))

    said = [words_of(one) for one in server.channel.history() if one.author.id != server.alice.id]

    assert sum(text.startswith("Too many questions.") for text in said) == 1
    assert len(said) == 2


@pytest.mark.simcord(check_errors=False)
async def test_a_server_that_adds_too_often_is_told_when_to_try_again(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, additions=1)
    for title in ("Fog", "Sun"):
        dialog = await server.manager.slash(server.channel, "add")
        result = await fill_in(server.manager, dialog, Text="The ferry waited.", Title=title)

    until = int((NOON + timedelta(minutes=1)).timestamp())
    assert words_of(result.response) == f"Too many articles at once. Try again <t:{until}:R>."


async def test_who_gives_feedback_too_often_is_told_when_to_try_again(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, questions=1)
    answer = await server.alice.slash(server.channel, "ask", question=QUESTION)
    for _ in range(2):
        dialog = await server.alice.click(answer.response, label="Not helpful")
        result = await fill_in(server.alice, dialog, Why=["outdated"])

    until = int((NOON + timedelta(seconds=20)).timestamp())
    assert words_of(result.response) == f"Too much feedback at once. Try again <t:{until}:R>."


async def test_on_the_page_to_try_it_in_nobody_waits(simcord_env: simcord.Env) -> None:
    bot = bot_of(simcord_env)
    bot.cooldowns = None  # as bot.tryout makes it
    for _ in range(20):
        await bot.slow_down(GUILD_ID, 1)
        await bot.slow_down_adding(GUILD_ID)
        await bot.slow_down_feedback(GUILD_ID, 1)
