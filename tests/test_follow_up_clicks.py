"""Following an answer up in Discord: by its button, and by a reply to it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot import own_data
from corpus.article import Article
from tests.conftest import GUILD_ID, OTHER_GUILD_ID, words_of
from tests.world import (
    ANSWERS_KEPT,
    Server,
    Stock,
    also_after_a_restart,
    bot_of,
    control,
    fields,
    fill_in,
    forged,
    labels,
    let_pass,
    open_server,
    reports,
    restart,
    slow_down,
    unhandled,
)

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

CURIE = Article(
    title="Marie Curie",
    text="Marie Curie discovered polonium and radium together with her husband Pierre.\n\n"
    "Marie Curie died in July 1934 of an illness that radiation had caused.",
    publisher="Coast Herald",
    keeps_paragraphs=True,
)
BOHR = Article(title="Niels Bohr", text="Niels Bohr died in Copenhagen in 1962.", publisher="Northern Ledger")
FIRST = "what did Marie Curie discover"
SECOND = "and when did she die?"
TOGETHER = "-# Searched together with your previous question."


@pytest.fixture
def server(simcord_env: simcord.Env, stock: Stock) -> Server:
    stock(GUILD_ID, CURIE, BOHR)
    return open_server(simcord_env)


async def ask(server: Server, **options: Any) -> Any:
    return (await server.alice.slash(server.channel, "ask", question=FIRST, **options)).response


async def follow(server: Server, answer: Any, question: str = SECOND, person: str = "alice") -> Any:
    dialog = await getattr(server, person).click(answer, label="Follow up")
    return await fill_in(getattr(server, person), dialog, Question=question)


# --- forged, expired, of another server


@also_after_a_restart
async def test_an_expired_answer_is_asked_again_instead(
    server: Server, data_dir: Path, monkeypatch: pytest.MonkeyPatch, restarted: bool
) -> None:
    answer = await ask(server)
    let_pass(ANSWERS_KEPT + timedelta(seconds=1), monkeypatch)
    if restarted:
        await restart(server.env, data_dir)

    result = await server.bob.click(answer, label="Follow up")

    assert result.ephemeral
    assert labels(result.response) == ["Ask again"]


async def test_an_answer_that_expires_while_the_form_is_open_says_so(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = await server.alice.click(await ask(server), label="Follow up")
    let_pass(ANSWERS_KEPT + timedelta(seconds=1), monkeypatch)

    result = await fill_in(server.alice, dialog, Question=SECOND)

    assert words_of(result.response).startswith(f"### {FIRST}\nThis answer is no longer kept.")


async def test_an_answer_of_another_server_cannot_be_followed_up(
    server: Server, simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(OTHER_GUILD_ID, *reports(1))
    theirs = open_server(simcord_env, OTHER_GUILD_ID, "Pirate Club")
    message = await forged(theirs, control(await ask(server), "Follow up")["custom_id"])

    result = await theirs.bob.click(message, label="Forged")

    assert words_of(result.response).startswith("This answer is no longer kept.")


# --- the button


@also_after_a_restart
async def test_a_follow_up_is_searched_together_with_its_question(
    server: Server, data_dir: Path, restarted: bool
) -> None:
    answer = await ask(server)
    if restarted:
        await restart(server.env, data_dir)

    result = await follow(server, answer)

    shown = words_of(result.response).split("\n")
    assert not result.ephemeral
    assert shown[:2] == [f"### {SECOND}", TOGETHER]
    assert "1934" in shown[2]


async def test_the_answer_that_was_followed_up_stays_as_it_was(server: Server) -> None:
    answer = await ask(server)
    before = words_of(answer)

    await follow(server, answer)

    assert words_of(answer) == before


async def test_the_page_of_a_follow_up_is_turned_as_it_was_found(
    server: Server, stock: Stock, data_dir: Path
) -> None:
    stock(GUILD_ID, *reports(5))
    first = await server.alice.slash(server.channel, "ask", question="what did reporter 1 do on the quay")
    answer = (await follow(server, first.response, "when was it closed?")).response
    await restart(server.env, data_dir)

    await server.alice.click(answer, label="Next")
    theirs = await server.bob.click(answer, label="Back")
    await server.alice.click(answer, label="Back")

    assert words_of(answer).split("\n")[:2] == ["### when was it closed?", TOGETHER]
    assert words_of(theirs.response).split("\n")[1] == "-# Searched together with the question before."


async def test_a_follow_up_of_a_follow_up_still_knows_the_first_question(server: Server) -> None:
    answer = (await follow(server, await ask(server))).response

    result = await follow(server, answer, "of which illness?")

    assert "radiation" in words_of(result.response)


@pytest.mark.parametrize("deletes", ["the answer", "their data"])
async def test_nothing_is_left_of_a_question_that_is_deleted_after_others_followed_it_up(
    server: Server, deletes: str
) -> None:
    first = await ask(server)
    second = (await follow(server, first, person="bob")).response
    shelf = bot_of(server.env).shelf

    if deletes == "the answer":
        await server.alice.click(first, label="Delete")
    else:
        await shelf.run_state(GUILD_ID, own_data.delete, server.alice.id)
    around = await server.bob.click(second, label="More about this")

    kept = await shelf.run_state(GUILD_ID, lambda state: "\n".join(state.db.conn.iterdump()))
    assert "1934" in words_of(around.response)
    assert SECOND in kept
    assert FIRST not in kept


async def test_somebody_else_follows_up_what_somebody_asked(server: Server) -> None:
    result = await follow(server, await ask(server), person="bob")

    assert "-# Searched together with the question before." in words_of(result.response)


async def test_a_new_topic_is_searched_alone_and_no_note_claims_otherwise(
    server: Server, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(1))

    result = await follow(server, await ask(server), "why was the harbour closed on day 1 because of a storm")

    assert TOGETHER not in words_of(result.response)
    assert "on day 1" in words_of(result.response)


async def test_a_follow_up_keeps_the_filters(server: Server) -> None:
    answer = await ask(server, source="Coast Herald")

    result = await follow(server, answer, "who died in Copenhagen?")

    assert "1962" not in words_of(result.response)
    assert "Coast Herald" in words_of(result.response)


async def test_a_private_answer_is_followed_up_in_private(server: Server) -> None:
    result = await follow(server, await ask(server, private=True))

    assert result.ephemeral
    assert "Share to channel" in labels(result.response)


async def test_a_copy_for_one_is_followed_up_for_that_one(server: Server, stock: Stock) -> None:
    stock(GUILD_ID, *reports(5))
    asked = await server.alice.slash(server.channel, "ask", question="why was the harbour closed")
    copy = (await server.bob.click(asked.response, label="Next")).response

    result = await follow(server, copy, "who was hurt?", person="bob")

    assert result.ephemeral


async def test_the_form_is_empty(server: Server) -> None:
    dialog = await server.alice.click(await ask(server), label="Follow up")

    assert not fields(dialog)["Question"].get("value")


async def test_a_form_that_came_too_late_is_offered_by_a_button(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = await ask(server)
    with monkeypatch.context() as slow:
        slow_down(server.env, slow)
        late = await server.alice.click(answer, label="Follow up")
    bot_of(server.env).shelf.wait = bot_of(server.env).wait

    result = await follow(server, late.response)

    assert not result.ephemeral
    assert TOGETHER in words_of(result.response)


# --- a reply


async def mention(server: Server, question: str = FIRST) -> Any:
    assert server.env.bot.user is not None
    await server.alice.send(server.channel, f"{server.env.bot.user.mention} {question}")
    return server.channel.last_message


@also_after_a_restart
async def test_a_reply_to_an_answer_follows_it_up(server: Server, data_dir: Path, restarted: bool) -> None:
    answer = await mention(server)
    if restarted:
        await restart(server.env, data_dir)

    await server.alice.send(server.channel, SECOND, reply_to=answer)

    shown = words_of(server.channel.last_message).split("\n")
    assert shown[:2] == [f"### {SECOND}", TOGETHER]


async def test_a_reply_to_the_answer_of_a_command_follows_it_up_when_it_names_the_bot(
    server: Server,
) -> None:
    await ask(server)
    assert server.env.bot.user is not None

    await server.alice.send(
        server.channel, f"{server.env.bot.user.mention} {SECOND}", reply_to=server.channel.last_message
    )

    assert TOGETHER in words_of(server.channel.last_message)


@pytest.mark.parametrize("is_reply", [False, True], ids=["button", "reply"])
async def test_an_answer_in_plain_text_is_followed_up_too(server: Server, is_reply: bool) -> None:
    await bot_of(server.env).shelf.change_settings(GUILD_ID, style="plain")
    answer = await mention(server)

    if is_reply:
        await server.alice.send(server.channel, SECOND, reply_to=answer)
        said = server.channel.last_message.content
    else:
        said = (await follow(server, answer)).response.content

    assert said.split("\n")[:2] == [f"### {SECOND}", TOGETHER]


async def test_a_reply_to_an_expired_answer_still_knows_its_question(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = await mention(server)
    let_pass(ANSWERS_KEPT + timedelta(seconds=1), monkeypatch)

    await server.alice.send(server.channel, SECOND, reply_to=answer)

    assert "1934" in words_of(server.channel.last_message)


async def test_a_reply_to_somebody_elses_message_follows_nothing_up(server: Server) -> None:
    assert server.env.bot.user is not None
    await mention(server)
    await server.bob.send(server.channel, "What do you think of it?")

    await server.alice.send(
        server.channel, f"{server.env.bot.user.mention} {SECOND}", reply_to=server.channel.last_message
    )

    assert TOGETHER not in words_of(server.channel.last_message)


async def test_a_reply_to_another_card_of_the_bot_is_a_question_of_its_own(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    assert server.env.bot.user is not None
    await server.alice.slash(server.channel, "summary", article="Marie Curie")
    question = f"{server.env.bot.user.mention} where did Niels Bohr die"

    await server.alice.send(server.channel, question, reply_to=server.channel.last_message)

    assert "Copenhagen" in words_of(server.channel.last_message).replace("_", "")
    assert TOGETHER not in words_of(server.channel.last_message)
    assert unhandled(caplog) == []
