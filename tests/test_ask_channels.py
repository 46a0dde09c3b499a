"""Where the bot answers: mentions in the channels that were chosen, every question in ask channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.app import INTENTS, WITH_CONTENT, ArticleBot
from corpus.article import Article
from corpus.library import Library
from tests.conftest import GUILD_ID, Inline, InProcess, words_of
from tests.test_ask import at_bot
from tests.world import QUESTION, Server, Stock, bot_of, open_server, unhandled

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

STORM = Article(title="Harbour", text="The harbour was closed on Monday because of a storm.")
MARKET = Article(title="Market", text="The market sold apples and pears. Some of them were green.")


@pytest.fixture
def simcord_bot(data_dir: Path) -> ArticleBot:
    """A bot that is handed the text of every message."""
    return ArticleBot(data_dir, new_executor=Inline, reader=InProcess(), shard_count=1, content="on")


async def with_ask_channel(env: simcord.Env, stock: Stock) -> Server:
    stock(GUILD_ID, STORM, MARKET)
    server = open_server(env)
    await bot_of(env).shelf.change_settings(GUILD_ID, ask_channels=(server.channel.id,))
    return server


def said_by_bot(server: Server, channel: Any = None) -> list[str]:
    me = server.env.bot.user
    assert me is not None
    return [words_of(one) for one in (channel or server.channel).history() if one.author.id == me.id]


async def thread_in(server: Server) -> Any:
    parent = server.env.bot.get_channel(server.channel.id)
    assert isinstance(parent, discord.TextChannel)
    await parent.create_thread(name="storms", type=discord.ChannelType.public_thread)
    [thread] = server.channel.threads
    return thread


# --- ask channels


@pytest.mark.parametrize(
    "words",
    [
        "the harbour was closed because of a storm",
        "how are glaciers in Peru doing?",
        "what?",
        "what is it about?",
        "was the harbour " * 30 + "?",
    ],
    ids=["no question", "not found", "one word", "stop words", "too long"],
)
async def test_what_has_no_sure_answer_is_met_with_silence(
    simcord_env: simcord.Env, stock: Stock, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    server = await with_ask_channel(simcord_env, stock)

    await server.alice.send(server.channel, words)

    assert said_by_bot(server) == []
    assert unhandled(caplog) == []
    assert words[:10] not in caplog.text


async def test_a_weak_match_is_met_with_silence_and_not_kept(simcord_env: simcord.Env, stock: Stock) -> None:
    server = await with_ask_channel(simcord_env, stock)

    question = f"{QUESTION} by glaciers and volcanoes in Peru?"

    await server.alice.send(server.channel, question)

    assert said_by_bot(server) == []
    library = await bot_of(simcord_env).shelf.run(GUILD_ID, Library.ask, question)
    assert library.status == "weak"
    tally = await server.manager.slash(server.channel, "library stats")
    assert "0 public answers" in words_of(tally.response)


async def test_a_question_is_answered_without_a_mention(simcord_env: simcord.Env, stock: Stock) -> None:
    server = await with_ask_channel(simcord_env, stock)

    await server.alice.send(server.channel, QUESTION)

    [said] = said_by_bot(server)
    assert said.startswith(f"### {QUESTION}\n> The __harbour__ was __closed__")


async def test_a_person_named_in_the_question_is_named_in_its_heading(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    server = await with_ask_channel(simcord_env, stock)

    await server.alice.send(server.channel, f"{server.bob.mention} {QUESTION}")

    [said] = said_by_bot(server)
    assert said.startswith(f"### \\@bob {QUESTION}\n")


async def test_a_question_in_a_thread_of_an_ask_channel_is_answered(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    server = await with_ask_channel(simcord_env, stock)
    thread = await thread_in(server)

    await server.alice.send(thread, QUESTION)

    assert len(said_by_bot(server, thread)) == 1


async def test_a_question_in_a_post_of_an_ask_channel_is_answered_once_though_it_is_edited(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    forum = server.guild.create_forum_channel("questions")
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, ask_channels=(forum.id,))
    made = simcord_env.bot.get_channel(forum.id)
    assert isinstance(made, discord.ForumChannel)
    await made.create_thread(name="Storms", content="All about storms.")
    [post] = forum.threads

    asked = await server.alice.send(post, QUESTION)
    await server.alice.edit(asked, f"{QUESTION} on Monday")

    answers = [text for text in said_by_bot(server, post) if text.startswith("### ")]
    assert [text.split("\n")[0] for text in answers] == [f"### {QUESTION}"]


async def test_a_question_in_another_channel_is_not_answered(simcord_env: simcord.Env, stock: Stock) -> None:
    server = await with_ask_channel(simcord_env, stock)
    other = server.guild.create_text_channel("chat")

    await server.alice.send(other, QUESTION)

    assert said_by_bot(server, other) == []


async def test_a_mention_in_an_ask_channel_is_answered_once(simcord_env: simcord.Env, stock: Stock) -> None:
    server = await with_ask_channel(simcord_env, stock)

    await server.alice.send(server.channel, at_bot(simcord_env, f"{QUESTION}?"))

    assert len(said_by_bot(server)) == 1


async def test_who_asks_too_often_in_an_ask_channel_is_met_with_silence(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    server = await with_ask_channel(simcord_env, stock)
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, questions=1)

    for _ in range(3):
        await server.alice.send(server.channel, QUESTION)

    assert len(said_by_bot(server)) == 1


async def test_messages_elsewhere_make_no_folder(simcord_env: simcord.Env, data_dir: Path) -> None:
    server = open_server(simcord_env)

    await server.alice.send(server.channel, QUESTION)

    assert not (data_dir / "libraries" / str(GUILD_ID)).exists()


def test_only_ask_channels_need_the_text_of_every_message() -> None:
    assert not INTENTS.message_content
    assert WITH_CONTENT.message_content
    assert WITH_CONTENT.value - INTENTS.value == 1 << 15


# --- where mentions are answered


async def test_a_mention_elsewhere_than_in_the_channels_chosen_is_not_answered(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    chosen = server.guild.create_text_channel("ask-here")
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, answers_in=(chosen.id,))

    for channel in (server.channel, chosen):
        await server.alice.send(channel, at_bot(simcord_env, QUESTION))

    assert (said_by_bot(server), len(said_by_bot(server, chosen))) == ([], 1)


async def test_where_every_channel_chosen_is_gone_mentions_are_answered_in_all(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    chosen = server.guild.create_text_channel("ask-here")
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, answers_in=(chosen.id,))
    made = simcord_env.bot.get_channel(chosen.id)
    assert isinstance(made, discord.TextChannel)
    await made.delete()

    await server.alice.send(server.channel, at_bot(simcord_env, QUESTION))

    assert len(said_by_bot(server)) == 1


async def test_a_mention_in_a_thread_of_a_channel_chosen_is_answered(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await bot_of(simcord_env).shelf.change_settings(GUILD_ID, answers_in=(server.channel.id,))
    thread = await thread_in(server)

    await server.alice.send(thread, at_bot(simcord_env, QUESTION))

    assert len(said_by_bot(server, thread)) == 1
