"""The buttons under an answer: who may press them, what they show, and what they say when it is gone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.state import ServerState
from corpus.article import Article
from corpus.library import Library
from tests.conftest import GUILD_ID, words_of
from tests.world import (
    ANSWERS_KEPT,
    QUESTION,
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
    options,
    reports,
    restart,
    slow_down,
)

if TYPE_CHECKING:
    from pathlib import Path

    import simcord


async def ask(server: Server, question: str = QUESTION, **filters: Any) -> simcord.ResponseMessage:
    """Alice's answer."""
    result = await server.alice.slash(server.channel, "ask", question=question, **filters)
    assert result.response is not None
    return result.response


async def more_about(server: Server, answer: simcord.ResponseMessage, number: int = 0) -> Any:
    """What Bob sees of a passage's surroundings."""
    result = await server.bob.select(answer, [options(answer)[number]["value"]])
    assert result.response is not None
    return result.response


async def remove(env: simcord.Env, article_id: str) -> None:
    await bot_of(env).shelf.run(GUILD_ID, Library.remove, [article_id])


def is_there(server: Server, message: simcord.ResponseMessage) -> bool:
    return message.id in {one.id for one in server.channel.history()}


# --- forged, expired, removed


@pytest.mark.parametrize("action", ["page", "around", "earlier", "later", "more"])
async def test_an_answer_nobody_asked_for_is_no_longer_kept(
    simcord_env: simcord.Env, stock: Stock, action: str
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    said = {}
    for answer_id in ("", "nonsense", "'; DROP TABLE answers; --", "9" * 30):
        message = await forged(server, f"a1:{action}:{answer_id}:1")
        result = await server.bob.click(message, label="Forged")
        is_said = words_of(result.response).startswith("This answer is no longer kept.")
        said[answer_id] = (result.ephemeral, is_said)

    assert said == dict.fromkeys(said, (True, True))


@pytest.mark.parametrize("action", ["page", "around", "earlier", "later"])
async def test_an_argument_that_is_no_number_is_answered(
    simcord_env: simcord.Env, stock: Stock, action: str
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = await ask(server)
    answer_id = control(answer, "Next")["custom_id"].split(":")[2]
    said = {}
    for argument in ("", "x", "-1", "1.5", "²", "9" * 30):
        message = await forged(server, f"a1:{action}:{answer_id}:{argument}")
        said[argument] = words_of((await server.bob.click(message, label="Forged")).response)

    assert [
        words for words in said.items() if not words[1].startswith("This answer is no longer kept.")
    ] == []


async def test_a_page_far_behind_the_last_is_the_last(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = await ask(server)
    answer_id = control(answer, "Next")["custom_id"].split(":")[2]
    message = await forged(server, f"a1:page:{answer_id}:{'9' * 18}")

    result = await server.bob.click(message, label="Forged")

    assert "-# Passage 4 of 4" in words_of(result.response)


async def test_a_passage_that_is_not_of_the_answer_is_not_shown(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(4), Article(title="Secret", text="The treasure lies under the old oak."))
    server = open_server(simcord_env)
    answer = await ask(server)
    answer_id = control(answer, "Next")["custom_id"].split(":")[2]
    message = await forged(server, f"a1:around:{answer_id}:21")

    result = await server.bob.click(message, label="Forged")

    assert "treasure" not in words_of(result.response)


@pytest.mark.parametrize("custom_id", ["nonsense", "a1:nosuch:x:1", "a2:page:x:1"])
async def test_a_button_of_another_version_is_answered(simcord_env: simcord.Env, custom_id: str) -> None:
    server = open_server(simcord_env)
    message = await forged(server, custom_id)

    result = await server.alice.click(message, label="Forged")

    assert result.ephemeral
    assert words_of(result.response) == (
        "This button is of another version of me. Ask again, or use a command."
    )


@also_after_a_restart
async def test_an_expired_answer_says_so(
    simcord_env: simcord.Env,
    stock: Stock,
    data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    restarted: bool,
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = await ask(server)
    let_pass(ANSWERS_KEPT + timedelta(seconds=1), monkeypatch)
    if restarted:
        await restart(simcord_env, data_dir)

    result = await server.bob.click(answer, label="Next")

    assert result.ephemeral
    assert labels(result.response) == ["Ask again"]


async def test_an_answer_is_kept_for_30_days(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = await ask(server)
    let_pass(timedelta(days=30) - timedelta(minutes=1), monkeypatch)

    await server.alice.click(answer, label="Next")

    assert "-# Passage 4 of 4" in words_of(answer)


async def test_an_expired_answer_can_be_asked_again_with_its_own_question(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = await ask(server)
    let_pass(ANSWERS_KEPT + timedelta(seconds=1), monkeypatch)
    expired = await server.bob.click(answer, label="Next")

    dialog = await server.bob.click(expired.response, label="Ask again")

    assert fields(dialog)["Question"]["value"] == QUESTION


async def test_an_expired_answer_can_be_asked_again(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = await ask(server)
    let_pass(ANSWERS_KEPT + timedelta(seconds=1), monkeypatch)
    expired = await server.bob.click(answer, label="Next")
    dialog = await server.bob.click(expired.response, label="Ask again")

    again = await fill_in(server.bob, dialog, Question=QUESTION)

    assert "-# Passages 1–3 of 4" in words_of(again.response)


async def test_ask_again_of_an_expired_answers_surroundings_never_asks_for_a_title(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)
    surroundings = await more_about(server, await ask(server))
    let_pass(ANSWERS_KEPT + timedelta(seconds=1), monkeypatch)
    expired = await server.bob.click(surroundings, label="Earlier")

    dialog = await server.bob.click(expired.response, label="Ask again")

    assert fields(dialog)["Question"].get("value", "") != "Diary 1"


@also_after_a_restart
async def test_a_page_of_removed_articles_says_so(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    *_, last = stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = await ask(server)
    await remove(simcord_env, last.id)
    if restarted:
        await restart(simcord_env, data_dir)

    result = await server.alice.click(answer, label="Next")

    assert result.ephemeral
    assert words_of(result.response) == "This article was removed from the library."


async def test_a_page_leaves_out_an_article_that_was_removed(simcord_env: simcord.Env, stock: Stock) -> None:
    stored = stock(GUILD_ID, *reports(5))
    server = open_server(simcord_env)
    answer = await ask(server)
    await remove(simcord_env, stored[3].id)

    await server.alice.click(answer, label="Next")

    assert "on day 5 because" in words_of(answer).replace("_", "")
    assert "day 4" not in words_of(answer)


@also_after_a_restart
async def test_passages_keep_their_numbers_when_others_were_removed(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    stored = stock(GUILD_ID, *reports(9, url="https://example.org"))
    server = open_server(simcord_env)
    answer = await ask(server)
    for gone in (1, 4, 6):
        await remove(simcord_env, stored[gone].id)
    if restarted:
        await restart(simcord_env, data_dir)

    await server.alice.click(answer, label="Next")

    assert [label for label in labels(answer) if label.startswith("Source")] == [
        "Source 4", "Source 6", "Source 8",
    ]  # fmt: skip
    assert "-# Passages 4, 6 and 8 of 9, word for word" in words_of(answer)


async def test_every_passage_is_met_both_ways_when_others_were_removed(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stored = stock(GUILD_ID, *reports(12, url="https://example.org"))
    server = open_server(simcord_env)
    answer = await ask(server)
    for gone in (0, 5):
        await remove(simcord_env, stored[gone].id)

    forward, backward = [], []
    while not control(answer, "Next")["disabled"]:
        forward += await turned(server, answer, "Next")
    while not control(answer, "Back")["disabled"]:
        backward += await turned(server, answer, "Back")

    assert forward == [4, 5, 7, 8, 9, 10, 11, 12]
    assert {2, 3, *backward} == {2, 3, 4, 5, 7, 8, 9, 10, 11}


async def turned(server: Server, answer: Any, label: str) -> list[int]:
    """The numbers of the passages that are shown once Alice has turned the page."""
    await server.alice.click(answer, label=label)
    return [int(one.removeprefix("Source ")) for one in labels(answer) if one.startswith("Source ")]


@also_after_a_restart
async def test_more_about_a_removed_article_says_so(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    first, *_ = stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)
    answer = await ask(server)
    await remove(simcord_env, first.id)
    if restarted:
        await restart(simcord_env, data_dir)

    surroundings = await more_about(server, answer)

    assert surroundings.ephemeral
    assert words_of(surroundings) == "This article was removed from the library."


@pytest.mark.parametrize("label", ["Earlier", "Whole article", "Summary"])
async def test_the_buttons_around_a_removed_article_say_so(
    simcord_env: simcord.Env, stock: Stock, label: str
) -> None:
    first, *_ = stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)
    surroundings = await more_about(server, await ask(server))
    await remove(simcord_env, first.id)

    result = await server.bob.click(surroundings, label=label)

    assert result.ephemeral
    assert words_of(result.response) == "This article was removed from the library."


async def test_showing_a_removed_article_says_so(simcord_env: simcord.Env, stock: Stock) -> None:
    [only] = stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    answer = await ask(server)
    await remove(simcord_env, only.id)

    result = await server.bob.click(answer, label="Show article")

    assert result.ephemeral
    assert words_of(result.response) == "This article was removed from the library."


async def test_more_about_a_replaced_article_never_shows_other_words_as_the_answer(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    [only] = stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    answer = await ask(server)
    new = Article(id=only.id, title="Diary", text="The circus came to town with seven elephants.")
    await bot_of(simcord_env).shelf.run(GUILD_ID, Library.replace, new)

    result = await server.bob.click(answer, label="More about this")

    assert result.ephemeral
    assert words_of(result.response) == "This article was removed from the library."


async def test_an_answer_still_works_when_a_detail_of_its_article_was_changed(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    [only] = stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    answer = await ask(server)
    dialog = await server.manager.slash(server.channel, "library edit", article=only.id)
    changed = await fill_in(server.manager, dialog, Author="Ada")
    await server.manager.click(changed.response, label="Save")

    result = await server.bob.click(answer, label="More about this")

    assert "closed on day 1" in words_of(result.response)


# --- turning pages


@also_after_a_restart
async def test_next_turns_the_askers_own_message(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = await ask(server)
    if restarted:
        await restart(simcord_env, data_dir)

    await server.alice.click(answer, label="Next")

    text = words_of(answer)
    assert "-# Passage 4 of 4, word for word" in text
    assert "> **The __harbour__ was __closed__ on day 4" in text


@also_after_a_restart
async def test_back_returns_to_the_page_before(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = await ask(server)
    before = words_of(answer)
    await server.alice.click(answer, label="Next")
    if restarted:
        await restart(simcord_env, data_dir)

    await server.alice.click(answer, label="Back")

    assert words_of(answer) == before


async def test_on_the_last_page_next_is_there_but_off(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = await ask(server)

    await server.alice.click(answer, label="Next")

    assert control(answer, "Next")["disabled"]
    assert not control(answer, "Back")["disabled"]


async def test_a_moderator_turns_the_message_itself(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = await ask(server)

    await server.moderator.click(answer, label="Next")

    assert "-# Passage 4 of 4" in words_of(answer)


@also_after_a_restart
async def test_somebody_else_turns_a_copy_of_his_own(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = await ask(server)
    if restarted:
        await restart(simcord_env, data_dir)

    result = await server.bob.click(answer, label="Next")

    assert result.ephemeral
    assert "-# Passage 4 of 4" in words_of(result.response)


async def test_somebody_elses_click_leaves_the_message_alone(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = await ask(server)
    before = words_of(answer)

    await server.bob.click(answer, label="Next")

    assert words_of(answer) == before


async def test_a_copy_turns_in_place(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    copy = (await server.bob.click(await ask(server), label="Next")).response
    n_messages = len(server.channel.history())

    await server.bob.click(copy, label="Back")

    assert "-# Passages 1–3 of 4" in words_of(copy)
    assert len(server.channel.history()) == n_messages


async def test_the_answer_to_a_mention_is_turned_by_its_asker(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    assert simcord_env.bot.user is not None
    await server.alice.send(server.channel, f"{simcord_env.bot.user.mention} {QUESTION}")

    await server.alice.click(server.channel.last_message, label="Next")

    assert "-# Passage 4 of 4" in words_of(server.channel.last_message)


async def test_a_passage_keeps_its_number_on_the_next_page(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(5, url="https://example.org"))
    server = open_server(simcord_env)
    answer = await ask(server)

    await server.alice.click(answer, label="Next")

    assert [label for label in labels(answer) if label.startswith("Source")] == ["Source 4", "Source 5"]


async def test_a_page_that_takes_long_to_turn_is_deferred(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = await ask(server)
    slow_down(simcord_env, monkeypatch)

    await server.alice.click(answer, label="Next")

    callbacks = [one.json for one in simcord_env.http_requests if one.path.endswith("/callback")]
    assert callbacks[-1]["type"] == discord.InteractionResponseType.deferred_message_update.value


# --- around a passage


@also_after_a_restart
async def test_more_about_shows_the_paragraphs_around_to_the_chooser_alone(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)
    answer = await ask(server)
    if restarted:
        await restart(simcord_env, data_dir)

    surroundings = await more_about(server, answer, 1)

    assert surroundings.ephemeral
    assert words_of(surroundings) == "\n".join(
        (
            "### Diary 2",
            "-# Harbour Gazette · 2 July 2020",
            "> Fishermen of crew 2 stayed at home and repaired their nets in the long hall.",
            "> ",
            "> **The harbour was closed on day 2 because of a storm.** Nobody was hurt that night.",
            "> ",
            "> Mayor 2 said that the fish market would open later than usual this week.",
            "-# Paragraphs 2–4 of 5 · word for word",
            "Earlier",
            "Later",
            "Whole article",
            "Summary",
        )
    )


@also_after_a_restart
async def test_more_about_this_shows_the_paragraphs_around_a_single_passage(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    answer = await ask(server)
    if restarted:
        await restart(simcord_env, data_dir)

    result = await server.bob.click(answer, label="More about this")

    assert result.ephemeral
    assert "-# Paragraphs 2–4 of 5 · word for word" in words_of(result.response)


@also_after_a_restart
@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Earlier", "-# Paragraphs 1–3 of 5 · word for word"),
        ("Later", "-# Paragraphs 3–5 of 5 · word for word"),
    ],
)
async def test_earlier_and_later_move_in_place(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool, label: str, shown: str
) -> None:
    stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)
    surroundings = await more_about(server, await ask(server))
    if restarted:
        await restart(simcord_env, data_dir)

    await server.bob.click(surroundings, label=label)

    assert shown in words_of(surroundings)


async def test_at_the_beginning_earlier_is_there_but_off(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)
    surroundings = await more_about(server, await ask(server))

    await server.bob.click(surroundings, label="Earlier")

    assert control(surroundings, "Earlier")["disabled"]


async def test_at_the_end_later_is_there_but_off(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)
    surroundings = await more_about(server, await ask(server))

    await server.bob.click(surroundings, label="Later")

    assert control(surroundings, "Later")["disabled"]


@also_after_a_restart
async def test_the_whole_article_is_shown_to_the_one_who_clicked(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    [first, _] = stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)
    surroundings = await more_about(server, await ask(server))
    if restarted:
        await restart(simcord_env, data_dir)

    result = await server.bob.click(surroundings, label="Whole article")

    assert result.response is not None
    assert result.response.ephemeral
    assert first.text.replace("\n", "\n> ") in words_of(result.response)


@also_after_a_restart
async def test_show_article_shows_it_to_the_one_who_clicked(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    [only] = stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    answer = await ask(server)
    if restarted:
        await restart(simcord_env, data_dir)

    result = await server.bob.click(answer, label="Show article")

    assert result.ephemeral
    assert only.text.replace("\n", "\n> ") in words_of(result.response)


@also_after_a_restart
async def test_show_article_opens_at_the_passage(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    long = _long_article()
    first, rest = long.text.split("\n\n", 1)
    stock(GUILD_ID, Article(title="Chronicle", text=f"{rest}\n\n{first}"))
    server = open_server(simcord_env)
    answer = await ask(server)
    if restarted:
        await restart(simcord_env, data_dir)

    shown = (await server.bob.click(answer, label="Show article")).response

    assert "The harbour was closed because of a storm." in words_of(shown)
    assert control(shown, "Next")["disabled"]


async def test_the_whole_article_leaves_more_about_alone(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)
    surroundings = await more_about(server, await ask(server))
    before = words_of(surroundings)

    result = await server.bob.click(surroundings, label="Whole article")

    assert words_of(surroundings) == before
    assert result.response.id != surroundings.id


async def test_showing_an_article_leaves_the_answer_alone(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    answer = await ask(server)
    before = words_of(answer)

    await server.alice.click(answer, label="Show article")

    assert words_of(answer) == before


@also_after_a_restart
async def test_a_long_article_is_read_page_by_page(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    [long] = stock(GUILD_ID, _long_article())
    server = open_server(simcord_env)
    shown = (await server.bob.click(await ask(server), label="Show article")).response
    assert shown is not None
    if restarted:
        await restart(simcord_env, data_dir)

    read = [_quoted(shown)]
    while not control(shown, "Next")["disabled"]:
        await server.bob.click(shown, label="Next")
        read.append(_quoted(shown))

    assert len(read) > 2
    assert "\n\n".join(read) == long.text


async def test_on_the_first_page_of_an_article_back_is_there_but_off(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, _long_article())
    server = open_server(simcord_env)

    shown = (await server.bob.click(await ask(server), label="Show article")).response

    assert control(shown, "Back")["disabled"]


async def test_back_returns_to_the_page_of_an_article_before(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, _long_article())
    server = open_server(simcord_env)
    shown = (await server.bob.click(await ask(server), label="Show article")).response
    before = words_of(shown)
    await server.bob.click(shown, label="Next")

    await server.bob.click(shown, label="Back")

    assert words_of(shown) == before


def _long_article() -> Article:
    filler = "\n\n".join(
        f"Paragraph {number} of the chronicle tells how the weather was in that year. " * 5
        for number in range(30)
    )
    return Article(title="Chronicle", text=f"The harbour was closed because of a storm.\n\n{filler}".strip())


def _quoted(message: simcord.ResponseMessage) -> str:
    """What stands behind the bar."""
    lines = words_of(message).split("\n")
    return "\n".join(line.removeprefix("> ") for line in lines if line.startswith(">"))


@also_after_a_restart
async def test_the_summary_of_a_passages_article_is_for_the_one_who_clicked(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)
    surroundings = await more_about(server, await ask(server))
    if restarted:
        await restart(simcord_env, data_dir)

    result = await server.bob.click(surroundings, label="Summary")

    assert result.ephemeral
    assert "-# On your question: why was the harbour closed\n**The harbour was closed on day 1" in words_of(
        result.response
    )


# --- deleting


@also_after_a_restart
@pytest.mark.parametrize("person", ["alice", "moderator"])
async def test_the_asker_and_moderators_delete_an_answer(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool, person: str
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    answer = await ask(server)
    if restarted:
        await restart(simcord_env, data_dir)

    await getattr(server, person).click(answer, label="Delete")

    assert not is_there(server, answer)


async def test_the_asker_deletes_the_answer_to_a_mention(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    assert simcord_env.bot.user is not None
    await server.alice.send(server.channel, f"{simcord_env.bot.user.mention} {QUESTION}")

    await server.alice.click(server.channel.last_message, label="Delete")

    assert len(server.channel.history()) == 1


async def test_deleting_an_answer_deletes_its_question(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    answer = await ask(server)

    await server.alice.click(answer, label="Delete")

    assert await bot_of(simcord_env).shelf.run_state(GUILD_ID, ServerState.n_answers) == 0


async def test_a_private_answer_can_be_deleted(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    answer = await ask(server, private=True)

    await server.alice.click(answer, label="Delete")

    assert not is_there(server, answer)


@also_after_a_restart
@pytest.mark.parametrize("person", ["bob", "manager"])
async def test_nobody_else_deletes_an_answer_and_is_told_who_may(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool, person: str
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    answer = await ask(server)
    if restarted:
        await restart(simcord_env, data_dir)

    result = await getattr(server, person).click(answer, label="Delete")

    assert result.ephemeral
    assert words_of(result.response) == ("Only the person who asked, and moderators, can delete this answer.")


async def test_an_answer_somebody_else_tried_to_delete_stays(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    answer = await ask(server)

    await server.bob.click(answer, label="Delete")

    assert is_there(server, answer)


async def test_a_copy_does_not_let_somebody_else_delete_the_answer(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    answer = await ask(server)
    copy = (await server.bob.click(answer, label="Next")).response

    await server.bob.click(copy, label="Delete")

    assert await bot_of(simcord_env).shelf.run_state(GUILD_ID, ServerState.n_answers) == 1


@pytest.mark.parametrize("person", ["alice", "moderator"])
async def test_an_expired_answer_is_deleted_by_the_asker_and_by_moderators(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch, person: str
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    answer = await ask(server)
    let_pass(ANSWERS_KEPT + timedelta(seconds=1), monkeypatch)

    await getattr(server, person).click(answer, label="Delete")

    assert not is_there(server, answer)


async def test_nobody_else_deletes_an_expired_answer(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    answer = await ask(server)
    let_pass(ANSWERS_KEPT + timedelta(seconds=1), monkeypatch)

    result = await server.bob.click(answer, label="Delete")

    assert words_of(result.response) == "Only the person who asked, and moderators, can delete this answer."
    assert is_there(server, answer)


async def test_a_delete_button_that_does_not_say_who_asked_is_an_expired_one(
    simcord_env: simcord.Env,
) -> None:
    server = open_server(simcord_env)
    message = await forged(server, "a1:delete:gone:")

    result = await server.alice.click(message, label="Forged")

    assert labels(result.response) == ["Ask again"]


# --- asking again


@also_after_a_restart
async def test_ask_again_works(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    nothing = await ask(server, "volcanoes of Iceland")
    if restarted:
        await restart(simcord_env, data_dir)

    dialog = await server.alice.click(nothing, label="Ask again")

    assert fields(dialog)["Question"]["value"] == "volcanoes of Iceland"


async def test_a_form_that_was_open_during_a_restart_is_answered(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    dialog = await server.alice.click(await ask(server, "volcanoes of Iceland"), label="Ask again")
    await restart(simcord_env, data_dir)

    result = await fill_in(server.alice, dialog, Question=QUESTION)

    assert "closed__ on day 1" in words_of(result.response)
