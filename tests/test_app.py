"""The bot as a whole: what it asks of Discord, and what it tells Discord of itself."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord
import pytest
import simcord
from discord import app_commands

from bot import app, journal
from bot.app import EXTENSIONS, INTENTS, PERMISSIONS, ArticleBot
from bot.intake import read_article
from bot.own_data import OwnData
from bot.replies import articles
from bot.workers import Workers
from corpus import passages, terms
from corpus.summary import one
from tests.conftest import GUILD_ID, Inline, InProcess, words_of
from tests.made import Words, a_pdf
from tests.world import QUESTION, Stock, bot_of, open_server, options, reports, restart

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERYTHING = {
    "ask", "articles", "summary", "digest", "add", "help", "privacy", "settings",
    "library info", "library edit", "library remove", "library stats", "library export", "library clear",
    "library refresh",
}  # fmt: skip
FOR_MANAGERS = {"add", "library", "settings"}
MENUS = {"Add to library", "Ask about this", "Find the source"}
"""Of messages. discord.py takes five at most, though Discord would take fifteen."""


def commands_of(bot: ArticleBot) -> Iterator[app_commands.Command[Any, ..., Any]]:
    """Every command that can be run."""
    for command in bot.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            yield command


def syncs(env: simcord.Env) -> int:
    """How often Discord was told the commands."""
    return sum(one.method == "PUT" and one.path.endswith("/commands") for one in env.http_requests)


def told(env: simcord.Env) -> dict[str, dict[str, Any]]:
    """What Discord was last told of each command."""
    *_, last = [one for one in env.http_requests if one.method == "PUT"]
    assert last.json is not None
    return {command["name"]: command for command in last.json}


# --- starting


async def test_an_extension_that_is_missing_stops_the_start(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "EXTENSIONS", (*EXTENSIONS, "bot.cogs.nowhere"))
    bot = ArticleBot(data_dir, new_executor=Inline, reader=InProcess(), shard_count=1)

    async with bot:
        with pytest.raises(discord.ext.commands.ExtensionNotFound):
            await bot.setup_hook()


async def test_an_extension_that_raises_stops_the_start(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken_extension.py").write_text("raise RuntimeError('broken')\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(app, "EXTENSIONS", ("broken_extension",))
    bot = ArticleBot(data_dir, new_executor=Inline, reader=InProcess(), shard_count=1)

    async with bot:
        with pytest.raises(discord.ext.commands.ExtensionFailed, match="broken"):
            await bot.setup_hook()


async def test_its_servers_are_shared_out_among_as_many_shards_as_there_are(data_dir: Path) -> None:
    bot = ArticleBot(data_dir, new_executor=Inline, reader=InProcess(), shard_count=2)
    async with simcord.run(bot) as env:
        first, second = (env.create_guild(f"Shard {n}", id=(5 << 22 | 1) + (n << 22)) for n in (1, 2))
        await env.settle()
        known = [bot.get_guild(one.id) for one in (first, second)]

    assert isinstance(bot, discord.AutoShardedClient)
    assert [one and one.shard_id for one in known] == [0, 1]


async def test_what_is_asked_while_it_stops_is_answered_too(data_dir: Path) -> None:
    first, second = asyncio.Event(), asyncio.Event()

    async def asked(goes_on: asyncio.Event) -> None:
        with journal.noted("/ask", 1, 1):
            await goes_on.wait()

    async def some_turns() -> None:
        for _ in range(9):
            await asyncio.sleep(0)

    async with ArticleBot(data_dir, new_executor=Inline, reader=InProcess(), shard_count=1) as bot:
        answers = [asyncio.create_task(asked(first))]
        await some_turns()
        stopping = asyncio.create_task(bot.close())
        await some_turns()
        answers.append(asyncio.create_task(asked(second)))
        first.set()
        await some_turns()
        stopped_too_soon = bot.is_closed()
        second.set()
        await stopping

    assert not stopped_too_soon
    assert [one.cancelled() for one in answers] == [False, False]


async def test_what_hangs_does_not_keep_it_from_stopping(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "_LAST_ANSWERS_WITHIN_S", 0.01)
    monkeypatch.setattr(app, "_CUT_OFF_WITHIN_S", 0.01)
    discord_answers = asyncio.Event()

    async def asked() -> None:
        with journal.noted("/ask", 1, 1):
            try:
                await discord_answers.wait()
            finally:  # as a reply waits for its request that is on its way
                await discord_answers.wait()

    async with ArticleBot(data_dir, new_executor=Inline, reader=InProcess(), shard_count=1) as bot:
        answer = asyncio.create_task(asked())
        await asyncio.sleep(0)
        await bot.close()

    assert not answer.done()
    discord_answers.set()
    await asyncio.wait([answer])


async def test_every_extension_is_loaded(simcord_env: simcord.Env) -> None:
    assert sorted(bot_of(simcord_env).extensions) == sorted(EXTENSIONS)


async def test_every_file_of_commands_is_an_extension() -> None:
    folder = Path(sys.modules["bot"].__path__[0]) / "cogs"
    files = {f"bot.cogs.{file.stem}" for file in folder.glob("*.py") if file.stem != "__init__"}

    assert files == set(EXTENSIONS)


async def test_the_first_start_tells_discord_the_commands(simcord_env: simcord.Env) -> None:
    assert syncs(simcord_env) == 1
    assert sorted(told(simcord_env)) == sorted({name.split()[0] for name in EVERYTHING} | MENUS)


async def test_a_start_with_the_same_commands_does_not_tell_them_again(
    simcord_env: simcord.Env, data_dir: Path
) -> None:
    await restart(simcord_env, data_dir)

    assert syncs(simcord_env) == 1


async def test_a_start_with_other_commands_tells_them(
    simcord_env: simcord.Env, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "EXTENSIONS", EXTENSIONS[:-1])

    await restart(simcord_env, data_dir)

    assert syncs(simcord_env) == 2
    assert "privacy" not in told(simcord_env)


async def test_a_sync_that_failed_is_made_up_for_at_the_next_start(
    simcord_env: simcord.Env, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(app, "EXTENSIONS", EXTENSIONS[:-1])
        await restart(simcord_env, data_dir)
    simcord_env.inject_error("PUT", "/applications/*/commands", status=500)
    unlucky = ArticleBot(data_dir, new_executor=Inline, reader=InProcess(), shard_count=1)
    with pytest.raises(discord.HTTPException):
        await simcord_env.restart_bot(unlucky)

    async with simcord.run(
        ArticleBot(data_dir, new_executor=Inline, reader=InProcess(), shard_count=1)
    ) as env:
        assert "privacy" in told(env)


async def test_the_page_to_try_it_in_is_always_told(data_dir: Path) -> None:
    for _ in range(2):
        bot = ArticleBot(data_dir, new_executor=Inline, reader=InProcess(), shard_count=1, always_sync=True)
        async with simcord.run(bot) as env:
            assert syncs(env) == 1
        await bot.close()


async def test_a_bot_that_stops_closes_its_libraries(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    await server.alice.slash(server.channel, "articles")
    folder = data_dir / "libraries" / str(GUILD_ID)
    assert (folder / "library.db-wal").exists()

    await bot_of(simcord_env).shelf.close()

    assert not (folder / "library.db-wal").exists()


# --- the event loop


def watch_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What runs on the event loop from now on and takes a second or more for an article of ten megabytes."""
    is_beside = False
    blocking: list[str] = []
    submit = Inline.submit

    def submitted(executor: Inline, call: Any, /, *args: Any, **kwargs: Any) -> Any:
        nonlocal is_beside
        is_beside = True
        try:
            return submit(executor, call, *args, **kwargs)
        finally:
            is_beside = False

    def watched(name: str, call: Any) -> Any:
        def called(*args: Any, **kwargs: Any) -> Any:
            if not is_beside:
                blocking.append(name)
            return call(*args, **kwargs)

        return called

    monkeypatch.setattr(Inline, "submit", submitted)
    takes_long: tuple[tuple[Any, str], ...] = (
        (passages, "split"), (passages, "paragraphs"), (one, "of"), (terms, "n_words"),
        (articles, "pages_of"), (OwnData, "as_file"),
    )  # fmt: skip
    for module, name in takes_long:
        monkeypatch.setattr(module, name, watched(name, getattr(module, name)))
    return blocking


async def test_reading_a_file_never_blocks_the_event_loop(
    simcord_env: simcord.Env, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = open_server(simcord_env)
    blocking = watch_the_event_loop(monkeypatch)

    await server.manager.slash(server.channel, "add", file=("a.txt", b"The harbour was closed on Monday."))

    assert blocking == []


async def test_adding_never_blocks_the_event_loop(
    simcord_env: simcord.Env, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = open_server(simcord_env)
    text = b"The harbour was closed on Monday."
    preview = await server.manager.slash(server.channel, "add", file=("a.txt", text))
    blocking = watch_the_event_loop(monkeypatch)

    await server.manager.click(preview.response, label="Add")

    assert blocking == []


async def test_asking_never_blocks_the_event_loop(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, *reports(2))
    server = open_server(simcord_env)
    blocking = watch_the_event_loop(monkeypatch)

    answer = await server.alice.slash(server.channel, "ask", question=QUESTION)
    await server.alice.select(answer.response, [options(answer.response)[0]["value"]])

    assert blocking == []


@pytest.mark.parametrize("command", ["summary", "library info"])
async def test_summing_up_never_blocks_the_event_loop(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    blocking = watch_the_event_loop(monkeypatch)

    shown = await server.manager.slash(server.channel, command, article="Diary 1")
    await server.manager.click(shown.response, label="Longer" if command == "summary" else "Summary")

    assert blocking == []


async def test_downloading_ones_data_never_blocks_the_event_loop(
    simcord_env: simcord.Env, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = open_server(simcord_env)
    await server.manager.slash(server.channel, "add", file=("a.txt", b"The harbour was closed on Monday."))
    stored = await server.manager.slash(server.channel, "privacy")
    blocking = watch_the_event_loop(monkeypatch)

    mine = await server.manager.click(stored.response, label="Download my data")

    assert len(mine.response.attachments) == 1
    assert blocking == []


async def test_reading_an_article_never_blocks_the_event_loop(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    info = await server.manager.slash(server.channel, "library info", article="Diary 1")
    blocking = watch_the_event_loop(monkeypatch)

    await server.manager.click(info.response, label="Whole article")

    assert blocking == []


# --- what it asks of Discord


def test_it_asks_for_guilds_and_their_messages_and_nothing_privileged() -> None:
    asked_for = {name for name, is_asked in INTENTS if is_asked}

    assert asked_for == {"guilds", "guild_messages"}


def test_it_never_pings_anybody(simcord_bot: ArticleBot) -> None:
    allowed = simcord_bot.allowed_mentions

    assert allowed is not None
    assert allowed.to_dict() == {"parse": []}


def test_it_asks_for_no_permission_it_does_not_use() -> None:
    asked_for = {name for name, is_asked in PERMISSIONS if is_asked}

    assert asked_for == {
        "read_messages",
        "send_messages",
        "send_messages_in_threads",
        "read_message_history",
        "attach_files",
    }


async def test_it_keeps_no_messages(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    await server.alice.send(server.channel, "Nobody but us shall know this.")

    assert list(bot_of(simcord_env).cached_messages) == []


# --- what it tells Discord


async def test_there_are_these_commands(simcord_env: simcord.Env) -> None:
    assert {command.qualified_name for command in commands_of(bot_of(simcord_env))} == EVERYTHING


async def test_every_command_says_what_it_does(simcord_env: simcord.Env) -> None:
    wordless = [
        command.qualified_name
        for command in bot_of(simcord_env).tree.walk_commands()
        if len(command.description) < 10  # discord.py fills in “…”
    ]

    assert wordless == []


async def test_every_option_says_what_it_is(simcord_env: simcord.Env) -> None:
    wordless = [
        f"{command.qualified_name} {option.name}"
        for command in commands_of(bot_of(simcord_env))
        for option in command.parameters
        if len(str(option.description)) < 10
    ]

    assert wordless == []


async def test_names_and_descriptions_stay_inside_discords_limits(simcord_env: simcord.Env) -> None:
    described = [(one.name, one.description) for one in bot_of(simcord_env).tree.walk_commands()]
    described += [
        (option.name, str(option.description))
        for command in commands_of(bot_of(simcord_env))
        for option in command.parameters
    ]

    too_long = [(name, text) for name, text in described if len(name) > 32 or len(text) > 100]
    assert too_long == []


async def test_no_command_can_be_used_outside_a_server(simcord_env: simcord.Env) -> None:
    contexts = {name: command["contexts"] for name, command in told(simcord_env).items()}

    assert set(map(tuple, contexts.values())) == {(0,)}


async def test_no_command_can_be_installed_by_a_user(simcord_env: simcord.Env) -> None:
    installs = {name: one["integration_types"] for name, one in told(simcord_env).items()}

    assert set(map(tuple, installs.values())) == {(0,)}


async def test_commands_for_managers_ask_for_manage_server_and_no_other_does(
    simcord_env: simcord.Env,
) -> None:
    asked_for = {
        command.name: command.default_permissions
        for command in bot_of(simcord_env).tree.get_commands()
        if not isinstance(command, app_commands.ContextMenu)
    }

    manage_server = discord.Permissions(manage_guild=True)
    assert {name for name, asked in asked_for.items() if asked == manage_server} == FOR_MANAGERS
    assert {name for name, asked in asked_for.items() if asked is not None} == FOR_MANAGERS


async def test_a_member_is_not_offered_the_commands_for_managers(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    offered = set(server.alice.available_commands(server.channel))

    assert offered == {name for name in EVERYTHING if name.split()[0] not in FOR_MANAGERS}


async def test_a_manager_is_offered_every_command(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    assert set(server.manager.available_commands(server.channel)) == EVERYTHING


async def test_a_question_has_1_to_300_characters(simcord_env: simcord.Env) -> None:
    [question] = [one for one in told(simcord_env)["ask"]["options"] if one["name"] == "question"]

    assert (question["min_length"], question["max_length"], question["required"]) == (1, 300, True)


async def test_commands_can_be_clicked_in_what_the_bot_says(simcord_env: simcord.Env) -> None:
    bot = bot_of(simcord_env)
    known = {command.name: command.id for command in await bot.tree.fetch_commands()}

    assert {name: bot.mentions[name] for name in EVERYTHING} == {
        name: f"</{name}:{known[name.split()[0]]}>" for name in EVERYTHING
    }


async def test_a_message_that_begins_with_a_mention_runs_no_hidden_command(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(1))
    server = open_server(simcord_env)
    assert simcord_env.bot.user is not None

    await server.alice.send(server.channel, f"{simcord_env.bot.user.mention} help harbour closed")

    assert len(server.channel.history()) == 2
    assert words_of(server.channel.last_message).startswith("### help harbour closed")


async def test_files_are_read_in_a_process_that_ends_with_the_bot(data_dir: Path) -> None:
    data = a_pdf([Words("The last ferry", 60, 740, 20), Words("It stops in March.", 60, 700)])
    async with ArticleBot(data_dir, shard_count=1) as bot:
        article = (await bot.read(read_article, data, "ferry.pdf")).article
        assert isinstance(bot._reader, Workers)
        [worker] = bot._reader._all
    assert (article.title, article.text) == ("The last ferry", "It stops in March.")
    assert not worker.is_alive
