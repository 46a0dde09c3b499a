"""Answers as text, for servers that want no cards: within Discord's limits, with the same buttons."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.replies import answers
from bot.replies.plain import Plain
from bot.server_settings import ServerSettings
from corpus.article import Article, ArticleInfo
from tests import hostile
from tests.conftest import GUILD_ID
from tests.discord_limits import refused
from tests.test_answer_cards import WORST, hostile_quotes, quote_of, shown_answer
from tests.test_ask import at_bot
from tests.world import (
    QUESTION,
    Server,
    Stock,
    also_after_a_restart,
    bot_of,
    control,
    controls,
    fields,
    fill_in,
    labels,
    let_pass,
    open_server,
    reports,
    restart,
    slow_down,
)

if TYPE_CHECKING:
    from pathlib import Path

    import simcord
    from discord import ui

    from corpus.article import Quote

PLAIN = ServerSettings(style="plain", passages=5)
STORM = Article(title="Harbour", text="The harbour was closed on Monday because of a storm.")
OLD = timedelta(days=31)


def drawn(quotes: list[Quote], **facts: Any) -> Plain:
    shown = shown_answer(tuple(range(1, len(quotes) + 1)), **facts)
    made = answers.answer(shown, answers.Page(1, quotes), PLAIN)
    assert isinstance(made, Plain)
    return made


def wrong(made: Plain) -> list[str]:
    """What Discord would refuse."""
    items: list[ui.Item[Any]] = list(made.view.children)
    ids = [getattr(item, "custom_id", None) for item in items if getattr(item, "custom_id", None)]
    rows = [item.row or 0 for item in items]
    found = ["too long"] if len(made.content) > 2_000 else []
    found += ["an id twice"] if len(set(ids)) != len(ids) else []
    found += ["an id too long"] if any(len(one) > 100 for one in ids) else []
    found += ["too many rows"] if max(rows, default=0) > 4 else []
    return found + (["a row too full"] if any(rows.count(row) > 5 for row in rows) else [])


@settings(max_examples=20, deadline=None)
@given(
    st.lists(hostile_quotes(), min_size=1, max_size=5, unique_by=lambda one: one.number),
    st.sampled_from(["found", "weak"]),
    st.booleans(),
    st.sampled_from(["", "Weak match: only *a* was found." * 20]),
)
def test_discord_takes_the_text(quotes: list[Quote], status: str, is_private: bool, note: str) -> None:
    assert wrong(drawn(quotes, status=status, is_private=is_private, note=note)) == []


@settings(max_examples=20, deadline=None)
@given(st.lists(hostile_quotes(), min_size=5, max_size=5, unique_by=lambda one: one.number))
def test_discord_takes_a_card_of_five_passages_too(quotes: list[Quote]) -> None:
    made = answers.answer(shown_answer((1, 2, 3, 4, 5)), answers.Page(1, quotes), ServerSettings(passages=5))
    assert not isinstance(made, Plain)
    assert refused(made) == []


def test_the_longest_passage_with_the_longest_of_all_else_fits() -> None:
    one = quote_of(
        WORST[0].text, 1, title="*" * 300, publisher="*" * 300, url="https://n.example/" + "x" * 490
    )
    made = drawn([one], question="*" * 300, note="*" * 400)
    assert wrong(made) == []
    assert "Source" in [getattr(item, "label", "") for item in made.view.children]


@pytest.mark.parametrize("n", range(300, 420, 8))
def test_as_many_passages_stand_in_a_text_as_fit(n: int) -> None:
    made = drawn([quote_of("x" * n + ".", number, url="https://n.example/") for number in range(1, 6)])
    assert wrong(made) == []
    assert len(made.content) > 1_500


async def plain_server(env: simcord.Env, stock: Stock, *articles: Article) -> Server:
    stock(GUILD_ID, *articles)
    server = open_server(env)
    await bot_of(env).shelf.change_settings(GUILD_ID, style="plain")
    return server


async def asked(server: Server, **options: Any) -> Any:
    return (await server.alice.slash(server.channel, "ask", question=QUESTION, **options)).response


async def test_an_answer_is_text_with_its_addresses(simcord_env: simcord.Env, stock: Stock) -> None:
    server = await plain_server(simcord_env, stock, *reports(2, url="https://example.org"))

    message = await asked(server)

    assert not message.flags.components_v2
    lines = message.content.split("\n")
    assert lines[0] == f"### {QUESTION}"
    assert lines[1].startswith("> **The __harbour__ was __closed__ on day")
    assert lines[2].endswith(" · Diary 1 · <https://example.org/1>")
    assert lines[-1].startswith("-# Passages 1–2 of 2")
    assert labels(message) == ["Follow up", "Not helpful", "Delete"]
    assert control(message, "More about…")["type"] == 3


async def test_an_article_without_an_address_has_its_button_below(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    server = await plain_server(simcord_env, stock, STORM)

    message = await asked(server)

    assert labels(message) == ["More about this", "Follow up", "Not helpful", "Delete", "Show article"]
    shown = await server.bob.click(message, label="Show article")
    assert shown.ephemeral


@also_after_a_restart
async def test_pages_of_text_are_turned_as_text(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    server = await plain_server(simcord_env, stock, *reports(5))
    message = await asked(server)
    if restarted:
        await restart(simcord_env, data_dir)

    await server.alice.click(message, label="Next")
    theirs = await server.bob.click(message, label="Back")

    assert "-# Passages 4–5 of 5" in message.content
    assert theirs.ephemeral
    assert "-# Passages 1–3 of 5" in theirs.response.content


@pytest.mark.parametrize("style", ["cards", "plain"])
async def test_a_page_is_turned_in_the_style_of_its_message(
    simcord_env: simcord.Env, stock: Stock, style: str
) -> None:
    server = await plain_server(simcord_env, stock, *reports(5))
    shelf = bot_of(simcord_env).shelf
    await shelf.change_settings(GUILD_ID, style=style)
    message = await asked(server)
    await shelf.change_settings(GUILD_ID, style="plain" if style == "cards" else "cards")

    await server.alice.click(message, label="Next")

    assert message.flags.components_v2 == (style == "cards")


async def test_more_about_a_passage_works_below_text(simcord_env: simcord.Env, stock: Stock) -> None:
    server = await plain_server(simcord_env, stock, *reports(3))
    message = await asked(server)
    menu = control(message, "More about…")

    result = await server.bob.select(
        message, custom_id=menu["custom_id"], values=[menu["options"][1]["value"]]
    )

    assert result.ephemeral


async def test_a_mention_is_answered_as_text(simcord_env: simcord.Env, stock: Stock) -> None:
    server = await plain_server(simcord_env, stock, STORM)

    await server.alice.send(server.channel, at_bot(simcord_env, QUESTION))

    assert server.channel.last_message.content.startswith(f"### {QUESTION}\n> ")


async def test_what_is_not_found_is_told_as_text_with_the_titles_that_come_near(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    iceland = Article(
        title="Iceland at a glance", text="An island in the north.", url="https://example.org/i"
    )
    server = await plain_server(simcord_env, stock, STORM, iceland)
    question = "*volcanoes* eruption [lava] ash crater Iceland"

    result = await server.alice.slash(server.channel, "ask", question=question)
    await server.alice.send(server.channel, at_bot(simcord_env, "zebra"))

    assert result.ephemeral
    lines = result.response.content.split("\n")
    assert lines[0] == r"No passage matches **\*volcanoes\* eruption (lava) ash crater Iceland**."
    assert lines[-2:] == ["Iceland at a glance", "-# No publisher, no date · <https://example.org/i>"]
    again = await server.alice.click(result.response, label="Ask again")
    assert fields(again)["Question"]["value"] == question.translate({91: 40, 93: 41})
    assert server.channel.last_message.content == ("No passage matches **zebra**.\nTry fewer or other words.")


async def test_what_a_filter_left_nothing_of_is_told_as_text_and_found_without_it(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    server = await plain_server(simcord_env, stock, *reports(2))

    nothing = await asked(server, since="7 days")
    wider = await server.alice.click(nothing, label="Search all dates")

    assert nothing.content == f"### {QUESTION}\n2 passages match, none since 7 days."
    assert wider.response.content.startswith(f"### {QUESTION}\n> ")


@settings(max_examples=15, deadline=None)
@given(hostile.names, hostile.names, st.booleans())
def test_discord_takes_the_text_of_a_question_that_found_nothing(
    question: str, name: str, is_private: bool
) -> None:
    near = [
        ArticleInfo(title=name, url=f"https://n.example/{'x' * n}", publisher=name) for n in (5, 480, 900)
    ]
    made = answers.nothing(question, near, name, is_private=is_private, style="plain")
    wider = answers.Wider("Search all dates", "dates", 5, name[:60], name[:60])
    other = answers.filtered_out(question, "x", "7 days", [wider] * 2, is_private=is_private, style="plain")
    assert isinstance(made, Plain)
    assert isinstance(other, Plain)
    assert wrong(made) == []
    assert len(other.content) <= 2_000


async def test_a_slow_answer_is_text_too(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = await plain_server(simcord_env, stock, STORM)
    slow_down(simcord_env, monkeypatch)

    message = await asked(server)

    [deferred] = [one for one in simcord_env.http_requests if one.path.endswith("/callback")]
    assert deferred.json["type"] == discord.InteractionResponseType.deferred_channel_message.value
    assert message.content.startswith(f"### {QUESTION}\n> ")


async def test_an_expired_answer_of_text_can_be_asked_again(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = await plain_server(simcord_env, stock, *reports(5))
    message = await asked(server)
    let_pass(OLD, monkeypatch)

    expired = await server.alice.click(message, label="Next")
    form = await server.alice.click(expired.response, label="Ask again")
    again = await fill_in(server.alice, form)

    assert again.response.content.startswith(f"### {QUESTION}\n")


async def test_a_private_answer_of_text_is_shared_as_text(simcord_env: simcord.Env, stock: Stock) -> None:
    server = await plain_server(simcord_env, stock, STORM)
    message = await asked(server, private=True)

    await server.alice.click(message, label="Share to channel")

    copy = server.channel.last_message
    assert f"-# Shared by <@{server.alice.id}>" in copy.content
    assert [one for one in controls(copy) if one.get("label") == "Follow up"]
