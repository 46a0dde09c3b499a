"""Not helpful: asked why, kept without a name, counted for managers; and the questions that found nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot import feedback
from bot import state as states
from corpus.article import Answer, Article
from tests.conftest import GUILD_ID, OTHER_GUILD_ID, words_of
from tests.world import (
    QUESTION,
    Server,
    Stock,
    bot_of,
    control,
    fill_in,
    forged,
    labels,
    let_pass,
    open_server,
    reports,
    restart,
)

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

STORM = Article(title="Harbour", text="The harbour was closed on Monday because of a storm.")


async def asked(server: Server, question: str = QUESTION, **options: Any) -> Any:
    result = await server.alice.slash(server.channel, "ask", question=question, **options)
    return result.response


async def say_why(
    server: Server, message: Any, reason: str = "outdated", comment: str = "", person: Any = None
) -> simcord.InteractionResult:
    """Clicks Not helpful under *message* and submits its form."""
    person = person or server.bob
    shown = await person.click(message, custom_id=control(message, "Not helpful")["custom_id"])
    return await fill_in(person, shown, Why=[reason], Comment=comment)


async def stats_of(server: Server) -> str:
    return words_of((await server.manager.slash(server.channel, "library stats")).response)


async def test_feedback_on_a_private_answer_is_not_asked_for(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    message = await asked(server, private=True)

    assert "Not helpful" not in labels(message)


async def test_feedback_on_a_private_answer_is_not_taken(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    private = control(await asked(server, private=True), "Follow up")["custom_id"].split(":")[2]
    message = await forged(server, f"a1:unhelpful:{private}:")

    dialog = await server.alice.click(message, label="Forged")
    result = await fill_in(server.alice, dialog, Why=["outdated"])

    assert "This answer is no longer kept." in words_of(result.response)
    assert "Not helpful" not in await stats_of(server)


async def test_where_feedback_is_off_there_is_no_button(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, has_feedback=False)

    message = await asked(server)

    assert "Not helpful" not in labels(message)


async def test_feedback_that_was_switched_off_meanwhile_is_not_stored(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    message = await asked(server)
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, has_feedback=False)

    result = await say_why(server, message)

    assert words_of(result.response) == "Feedback is switched off in this server."
    assert "Not helpful" not in await stats_of(server)


async def test_feedback_on_an_answer_that_is_gone_is_told_so(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    message = await asked(server)
    let_pass(timedelta(days=31), monkeypatch)

    result = await say_why(server, message)

    assert "This answer is no longer kept." in words_of(result.response)


@pytest.mark.parametrize("restarted", [False, True], ids=["at once", "after a restart"])
async def test_what_was_not_helpful_is_counted_for_managers(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)
    message = await asked(server)
    if restarted:
        await restart(simcord_env, data_dir)

    result = await say_why(server, message, "outdated", "The harbour is *open* again.")

    assert result.ephemeral
    assert words_of(result.response).startswith("Thank you.")
    text = await stats_of(server)
    assert "**Not helpful**\nOut of date 1\n- The harbour is \\*open\\* again." in text


async def test_an_answer_called_not_helpful_twice_for_one_reason_is_counted_once(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    message = await asked(server)

    for reason in ("outdated", "outdated", "missing"):
        await say_why(server, message, reason)

    assert "Article missing 1 · Out of date 1" in await stats_of(server)


async def test_feedback_is_stored_without_who_gave_it(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await say_why(server, await asked(server), comment="No.")

    with closing(sqlite3.connect(data_dir / "libraries" / str(GUILD_ID) / "discord.db")) as db:
        [row] = db.execute("SELECT * FROM feedback").fetchall()
    assert str(server.bob.id) not in str(row)


async def test_feedback_is_forgotten_as_its_answer_is(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await say_why(server, await asked(server))

    let_pass(timedelta(days=31), monkeypatch)
    states.sweep(data_dir / "libraries" / str(GUILD_ID))

    with closing(sqlite3.connect(data_dir / "libraries" / str(GUILD_ID) / "discord.db")) as db:
        assert db.execute("SELECT count(*) FROM feedback").fetchone() == (0,)


async def test_a_question_without_an_answer_is_named_and_counted(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    for question in ("glaciers in Peru", "Glaciers in Peru?", "volcanoes"):
        await asked(server, question)

    text = await stats_of(server)

    assert "**Without an answer** · 3 questions" in text
    assert "lacier" in text
    assert " in Peru · 2 times\n- volcanoes" in text.replace("?", "")
    assert "-# 0 public answers in the last 30 days" in text


@pytest.mark.parametrize(
    ("is_private", "narrowed", "n"),
    [(False, {}, 1), (True, {}, 0), (False, {"article": "a"}, 0), (False, {"source": "b"}, 0)],
)
def test_without_an_answer_are_public_questions_that_nothing_narrowed(
    tmp_path: Path, is_private: bool, narrowed: dict[str, str], n: int
) -> None:
    state = states.ServerState.open(tmp_path)
    nothing = Answer("volcanoes", "nothing", 0.0, (), (), "en", (), ("volcanoes",), (), 1.0, 1)
    state.keep_answer(nothing, asker=1, is_private=is_private, **{"source": None, "since": None, **narrowed})  # type: ignore[arg-type]

    found = feedback.tally(state)

    state.close()
    assert (found.n_unanswered, len(found.unanswered)) == (n, n)


async def test_a_private_question_without_an_answer_is_in_no_statistics(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    await asked(server, "glaciers in Peru", private=True)

    assert "Without an answer" not in await stats_of(server)


async def test_a_question_of_another_server_is_in_none_of_this_ones_statistics(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    stock(OTHER_GUILD_ID, STORM)
    here, there = open_server(simcord_env), open_server(simcord_env, OTHER_GUILD_ID, "Coast Club")

    await asked(there, "glaciers in Peru")

    assert "Without an answer" not in await stats_of(here)


async def test_what_is_not_kept_is_not_counted(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, days_kept=0)

    await asked(server, "glaciers in Peru")

    text = await stats_of(server)
    assert "-# Questions are not kept here, so nothing is counted" in text
    assert "glaciers" not in text
