"""/digest in Discord: what several articles say, its buttons, and the summary under an answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from corpus import clock
from corpus.article import Article
from tests.conftest import GUILD_ID, OTHER_GUILD_ID, words_of
from tests.world import (
    QUESTION,
    Server,
    Stock,
    accent,
    also_after_a_restart,
    control,
    fill_in,
    forged,
    labels,
    let_pass,
    open_server,
    options,
    refused,
    reports,
    restart,
    slow_down,
)

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

COD = "Cod and haddock have moved some 150 kilometres towards the pole since 1990, a report said."
COD_AGAIN = "A report said cod and haddock have moved some 150 kilometres towards the pole since 1990."


def outlets() -> list[Article]:
    """Two outlets with one story, and nine sentences on cod that only one of them has."""
    today = clock.now().date()
    crews = ["Anna", "Berit", "Carl", "Dina", "Emil", "Frida", "Georg", "Hanna", "Ivar"]
    more = [f"{crew} sells cod caught near pier {crew}ville in market {crew}hall." for crew in crews]
    return [
        Article(
            id="gazette", title="Cod on the move", text="\n\n".join([COD, *more]),
            publisher="Harbour Gazette", published=today, url="https://gazette.example/cod", language="en",
        ),
        Article(
            id="ledger", title="The fish leave", text=COD_AGAIN, publisher="Northern Ledger",
            published=today, url="https://ledger.example/cod", language="en",
        ),
    ]  # fmt: skip


async def digest(server: Server, **choices: Any) -> Any:
    return await server.alice.slash(server.channel, "digest", **choices)


@pytest.fixture
def server(simcord_env: simcord.Env, stock: Stock) -> Server:
    stock(GUILD_ID, *outlets())
    return open_server(simcord_env)


# --- nothing to say


async def test_a_topic_nothing_matches_is_said_to_the_asker_alone(server: Server) -> None:
    result = await digest(server, topic="volcano", since="1 year")
    assert result.ephemeral
    assert words_of(result.response).startswith("No article is on **volcano** since ")


async def test_an_empty_library_says_who_can_add_articles(simcord_env: simcord.Env) -> None:
    result = await digest(open_server(simcord_env))
    assert result.ephemeral
    assert "This server has no articles yet." in words_of(result.response)


async def test_what_is_older_than_seven_days_is_not_new(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(2))
    result = await digest(open_server(simcord_env))
    assert result.ephemeral
    assert words_of(result.response).startswith("Nothing is new since ")


@refused
async def test_an_unknown_source_is_said_in_a_sentence(server: Server) -> None:
    result = await digest(server, topic="cod", source="Times")
    assert "No article comes from “Times”." in words_of(result.response)


async def test_another_servers_articles_are_in_no_digest(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(OTHER_GUILD_ID, *outlets())
    assert "cod" not in words_of((await digest(open_server(simcord_env), topic="fish")).response)


# --- the card


async def test_a_digest_shows_what_several_articles_say_first_with_all_its_sources(server: Server) -> None:
    result = await digest(server, topic="cod haddock pole")
    said = words_of(result.response).split("\n")
    assert not result.ephemeral
    assert said[0] == "### cod haddock pole"
    assert said[1].startswith("-# 2 articles, since ")
    assert said[2] in (f"**{COD}**", f"**{COD_AGAIN}**")
    assert said[3].startswith("-# Reported by 2 sources: [")
    assert "[Northern Ledger](https://ledger.example/cod)" in said[3]
    assert accent(result.response) == 0x5B8DEF


async def test_a_digest_has_a_footer_its_buttons_and_the_articles_to_be_summed_up(server: Server) -> None:
    shown = (await digest(server, topic="cod")).response
    assert "-# 4 sentences, word for word · most reported first" in words_of(shown)
    assert labels(shown) == ["Longer", "Follow up", "Delete"]
    assert control(shown, "Summary of…")["type"] == 3
    assert {one["value"] for one in options(shown)} <= {"gazette", "ledger"}


async def test_without_a_topic_a_digest_tells_what_is_new(server: Server) -> None:
    said = words_of((await digest(server)).response)
    assert said.startswith("### What is new\n")
    assert "newest first" in said


async def test_a_private_digest_is_seen_by_the_asker_alone(server: Server) -> None:
    result = await digest(server, topic="cod", private=True)
    assert result.ephemeral
    assert "Delete" not in labels(result.response)


async def test_a_source_narrows_a_digest_and_is_named(server: Server) -> None:
    shown = words_of((await digest(server, topic="cod", source="Northern Ledger")).response)
    assert "only Northern Ledger" in shown
    assert "Harbour Gazette" not in shown


# --- its buttons


@also_after_a_restart
async def test_the_asker_makes_a_digest_longer_and_shorter_again(
    server: Server, simcord_env: simcord.Env, data_dir: Path, restarted: bool
) -> None:
    shown = (await digest(server, topic="cod")).response
    if restarted:
        await restart(simcord_env, data_dir)
    longer = await server.alice.click(shown, label="Longer")
    assert "-# 8 sentences" in words_of(longer.response)
    shorter = await server.alice.click(longer.response, label="Shorter")
    assert "-# 4 sentences" in words_of(shorter.response)


@also_after_a_restart
async def test_a_digest_is_followed_up_with_its_topic_and_source(
    server: Server, simcord_env: simcord.Env, data_dir: Path, restarted: bool
) -> None:
    shown = (await digest(server, topic="cod haddock", source="Northern Ledger")).response
    if restarted:
        await restart(simcord_env, data_dir)
    dialog = await server.alice.click(shown, label="Follow up")

    result = await fill_in(server.alice, dialog, Question="how far has it moved?")

    said = words_of(result.response)
    assert not result.ephemeral
    assert "Searched together with your previous question." in said
    assert "Only Northern Ledger" in said


async def test_a_private_digest_is_followed_up_in_private(server: Server) -> None:
    shown = (await digest(server, topic="cod", private=True)).response
    dialog = await server.alice.click(shown, label="Follow up")

    result = await fill_in(server.alice, dialog, Question="who sold cod?")

    assert result.ephemeral


async def test_a_digest_that_is_no_longer_kept_cannot_be_followed_up(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = (await digest(server, topic="cod")).response
    let_pass(timedelta(days=31), monkeypatch)

    result = await server.alice.click(shown, label="Follow up")

    assert words_of(result.response).startswith("This digest is no longer kept.")


async def test_the_form_on_a_slow_digest_is_offered_by_a_button(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = (await digest(server, topic="cod")).response
    slow_down(server.env, monkeypatch)

    late = await server.alice.click(shown, label="Follow up")

    assert labels(late.response) == ["Follow up"]


async def test_somebody_else_gets_a_longer_digest_of_their_own(server: Server) -> None:
    shown = (await digest(server, topic="cod")).response
    result = await server.bob.click(shown, label="Longer")
    assert result.ephemeral
    assert "-# 8 sentences" in words_of(result.response)
    assert "-# 4 sentences" in words_of(shown)


async def test_a_digest_leads_to_the_summary_of_an_article(server: Server) -> None:
    shown = (await digest(server, topic="cod haddock")).response
    result = await server.bob.select(shown, ["ledger"])
    assert result.ephemeral
    assert "### The fish leave" in words_of(result.response)


@refused
async def test_a_digest_that_is_no_longer_kept_says_how_to_make_it_anew(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = (await digest(server, topic="cod")).response
    let_pass(timedelta(days=31), monkeypatch)
    result = await server.alice.click(shown, label="Longer")
    assert "This digest is no longer kept." in words_of(result.response)
    assert "/digest" in words_of(result.response) or "</digest:" in words_of(result.response)


@refused
@pytest.mark.parametrize("custom_id", ["a1:digest:nobody:medium.m", "a1:digest::", "a1:focus:nobody:1.short"])
async def test_a_forged_button_opens_nothing(server: Server, custom_id: str) -> None:
    result = await server.bob.click(await forged(server, custom_id), label="Forged")
    assert "no longer kept" in words_of(result.response)


async def test_a_digest_of_articles_removed_meanwhile_says_that_nothing_is_left(
    server: Server,
) -> None:
    shown = (await digest(server, topic="cod")).response
    confirm = await server.manager.slash(server.channel, "library remove", article="gazette")
    await server.manager.click(confirm.response, label="Remove")
    confirm = await server.manager.slash(server.channel, "library remove", article="ledger")
    await server.manager.click(confirm.response, label="Remove")
    result = await server.alice.click(shown, label="Longer")
    assert "No article is on **cod**" in words_of(result.response)


# --- a summary under an answer


async def test_the_summary_under_an_answer_is_on_its_question(simcord_env: simcord.Env, stock: Stock) -> None:
    facts = [
        f"Reporter {n} walked along the quay of town {n} before sunrise and counted boats." for n in range(12)
    ]
    answering = "The harbour was closed on Monday by the council because a storm broke the northern wall."
    stock(
        GUILD_ID,
        Article(id="a", title="Diary", text="\n\n".join([*facts, answering]), published=date(2020, 7, 1)),
    )
    server = open_server(simcord_env)
    answer = await server.alice.slash(server.channel, "ask", question=QUESTION)
    if "More about this" in labels(answer.response):
        around = await server.bob.click(answer.response, label="More about this")
    else:
        around = await server.bob.select(answer.response, [options(answer.response)[0]["value"]])
    shown = await server.bob.click(around.response, label="Summary")
    assert f"-# On your question: {QUESTION}" in words_of(shown.response)
    assert f"**{answering}**" in words_of(shown.response)
    longer = await server.bob.click(shown.response, label="Longer")
    assert longer.response.ephemeral
    assert f"-# On your question: {QUESTION}" in words_of(longer.response)
