"""The bot as its own process, against a Discord that runs here: how it starts, and how it ends."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import socket
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import WSMsgType, web

from tests.conftest import GUILD_ID
from tests.process import PROJECT, WITHIN_S, Ended, command, environment, footnote
from tests.test_doctor import APPLICATION, TOKEN
from tests.world import QUESTION, Stock, reports

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

AGAINST = """
import sys
import discord.http
discord.http.Route.BASE = sys.argv[1]
from bot.cli import main
main(sys.argv[2:])
"""
"""Footnote's own command line, which takes the address it is given for Discord's."""
IMPATIENT = AGAINST.replace("main(", "from bot import running\nrunning.NOT_READY_SAID_EVERY_S = 0.1\nmain(")
INCOMPLETE = AGAINST.replace("main(", "from bot import app\napp.EXTENSIONS += ('bot.cogs.nowhere',)\nmain(")
PATIENT = AGAINST.replace(
    "main(",
    """
from bot import app
from corpus.library import Library
app._LAST_ANSWERS_WITHIN_S = 60
ask = Library.ask
def ask_later(*args, **options):
    print("asked", flush=True)
    sys.stdin.readline()
    return ask(*args, **options)
Library.ask = ask_later
main(""",
)
"""Every question waits until it is told to go on, and a bot that stops for its answer, however long."""
MESSAGE_CONTENT = 1 << 15
"""Its bit among the intents."""


@dataclass
class Discord:
    """The few answers a bot needs to start, and what may go wrong: a path refused, a path that hangs."""

    refuses: dict[str, int] = field(default_factory=dict)
    closes_with: int = 0
    refuses_intent: int = 0
    """The bit of an intent with which an IDENTIFY is refused."""
    hangs_at: str = ""
    asked: list[str] = field(default_factory=list)
    has_failed: asyncio.Event = field(default_factory=asyncio.Event)
    is_ready: asyncio.Event = field(default_factory=asyncio.Event)
    is_over: asyncio.Event = field(default_factory=asyncio.Event)
    identified: list[dict[str, Any]] = field(default_factory=list)
    commands: list[dict[str, Any]] = field(default_factory=list)
    asks: str = ""
    """What somebody asks as soon as the bot is ready."""
    answers: list[str] = field(default_factory=list)
    address: str = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(f"{request.method} {request.path}")
        if request.path in {self.hangs_at, *self.refuses}:
            self.has_failed.set()
        if request.path == self.hangs_at:
            await self.is_over.wait()
        if status := self.refuses.get(request.path):
            return _json({"message": "refused", "code": 0}, status=status)
        user = {
            "id": str(APPLICATION),
            "username": "Footnote",
            "discriminator": "0",
            "avatar": None,
            "bot": True,
        }
        match request.path:
            case "/users/@me":
                return _json(user)
            case "/oauth2/applications/@me":
                return _json(self._application(user))
            case "/gateway/bot":
                limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
                url = f"{self.address.replace('http', 'ws')}/gateway"
                return _json({"url": url, "shards": 1, "session_start_limit": limit})
            case "/gateway":
                return await self._gateway(request, user)
            case "/interactions/1/token/callback":
                self.answers.append(await request.text())
                return _json({"interaction": {"id": "1", "type": 2}})
        self.commands = await request.json()
        told = [
            {**one, "id": str(n), "application_id": str(APPLICATION)}
            for n, one in enumerate(self.commands, 1)
        ]
        return _json([{"version": "1", "description": "", **one} for one in told])

    async def _gateway(self, request: web.Request, user: dict[str, Any]) -> web.StreamResponse:
        socket_ = web.WebSocketResponse()
        await socket_.prepare(request)
        await socket_.send_json({"op": 10, "d": {"heartbeat_interval": 41_250}, "s": None, "t": None})
        async for message in socket_:
            if message.type is not WSMsgType.TEXT:
                continue
            said = message.json()
            if said["op"] == 1:
                await socket_.send_json({"op": 11, "d": None, "s": None, "t": None})
            if said["op"] == 2:
                self.identified.append(said["d"])
                if said["d"]["intents"] & self.refuses_intent:
                    await socket_.close(code=4014)
                    break
                if self.closes_with:
                    await socket_.close(code=self.closes_with)
                    break
                await socket_.send_json({"op": 0, "s": 1, "t": "READY", "d": self._ready(user)})
                self.is_ready.set()
                if self.asks:
                    await socket_.send_json(
                        {"op": 0, "s": 2, "t": "INTERACTION_CREATE", "d": self._asked(user)}
                    )
        return socket_

    def _ready(self, user: dict[str, Any]) -> dict[str, Any]:
        return {
            "v": 10,
            "user": user,
            "guilds": [],
            "session_id": "session",
            "resume_gateway_url": f"{self.address.replace('http', 'ws')}/gateway",
            "shard": [0, 1],
            "application": {"id": str(APPLICATION), "flags": 0},
        }

    def _asked(self, user: dict[str, Any]) -> dict[str, Any]:
        member = {"user": {**user, "id": "7", "bot": False}, "roles": [], "joined_at": None, "flags": 0}
        question = {"type": 3, "name": "question", "value": self.asks}
        return {
            "id": "1",
            "application_id": str(APPLICATION),
            "type": 2,
            "token": "token",
            "version": 1,
            "guild_id": str(GUILD_ID),
            "guild_locale": "en-US",
            "locale": "en-US",
            "channel": {"id": "3", "type": 0, "name": "general", "position": 0},
            "member": {**member, "permissions": "0", "deaf": False, "mute": False},
            "app_permissions": "0",
            "attachment_size_limit": 10_000_000,
            "data": {"id": "1", "name": "ask", "type": 1, "options": [question]},
        }

    def _application(self, owner: dict[str, Any]) -> dict[str, Any]:
        return {
            "owner": owner,
            "id": str(APPLICATION),
            "name": "Footnote",
            "icon": None,
            "description": "",
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "",
            "flags": 0,
        }


def _json(said: Any, status: int = 200) -> web.Response:
    """Without a charset: discord.py reads exactly “application/json” as JSON."""
    return web.Response(body=json.dumps(said).encode(), status=status, content_type="application/json")


@contextlib.asynccontextmanager
async def played() -> AsyncIterator[Discord]:
    one = Discord()
    server = web.Application()
    server.router.add_route("*", "/{tail:.*}", one.answer)
    runner = web.AppRunner(server, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    one.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield one
    one.is_over.set()
    await runner.cleanup()


@pytest.fixture
async def discord() -> AsyncIterator[Discord]:
    async with played() as one:
        yield one


@contextlib.asynccontextmanager
async def running(
    discord: Discord,
    data_dir: Path,
    *arguments: str,
    token: str = TOKEN,
    script: str = AGAINST,
    **variables: str,
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot, which is ended in any case when the test does."""
    process = await asyncio.create_subprocess_exec(
        *command("-c", script, discord.address, *arguments),
        cwd=PROJECT,
        env=environment(data_dir, DISCORD_TOKEN=token, **variables),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def ended(process: asyncio.subprocess.Process) -> Ended:
    out, err = await asyncio.wait_for(process.communicate(), WITHIN_S)
    return Ended(process.returncode or 0, out.decode(), err.decode())


async def run(discord: Discord, data_dir: Path, *arguments: str, token: str = TOKEN) -> Ended:
    async with running(discord, data_dir, *arguments, token=token) as process:
        return await ended(process)


def sentence(done: Ended) -> str:
    """What was said of the failure, below the lines of the log."""
    return done.err[done.err.rindex("Error: ") :]


# --- what keeps it from starting


def test_without_a_token_it_says_how_to_get_one_and_ends_with_1(tmp_path: Path) -> None:
    done = footnote("run", env=environment(tmp_path))
    assert (done.code, "https://discord.com/developers/applications" in done.err) == (1, True)


def test_without_a_token_it_makes_no_folder(tmp_path: Path) -> None:
    footnote("run", env=environment(tmp_path / "data"))
    assert not (tmp_path / "data").exists()


async def test_a_refused_token_is_said_in_a_sentence(discord: Discord, tmp_path: Path) -> None:
    discord.refuses = {"/users/@me": 401}
    done = await run(discord, tmp_path, "run")
    assert (done.code, sentence(done).startswith("Error: Discord refused the token. Reset it")) == (1, True)


@pytest.mark.parametrize(
    "token",
    ["abc", "tökén", "a\nb"],
)
async def test_a_malformed_token_is_no_traceback(discord: Discord, tmp_path: Path, token: str) -> None:
    discord.refuses = {"/users/@me": 401}
    done = await run(discord, tmp_path, "run", token=token)
    assert (done.code, "Traceback" in done.err) == (1, False)


async def test_a_discord_that_is_down_is_said_in_a_sentence(discord: Discord, tmp_path: Path) -> None:
    discord.refuses = {"/users/@me": 503}
    done = await run(discord, tmp_path, "run")
    assert (done.code, sentence(done).startswith("Error: Discord cannot be reached")) == (1, True)


async def test_a_discord_that_cannot_be_reached_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody_listens.getsockname()[1]}"
        done = await run(Discord(address=address), tmp_path, "run")
    assert (done.code, sentence(done).startswith("Error: Discord cannot be reached")) == (1, True)


async def test_a_refused_intent_is_said_in_a_sentence(discord: Discord, tmp_path: Path) -> None:
    discord.closes_with = 4014
    done = await run(discord, tmp_path, "run")
    assert (done.code, sentence(done).startswith("Error: Discord refused an intent.")) == (1, True)


async def test_without_the_intent_that_discord_refused_it_starts_all_the_same(
    discord: Discord, tmp_path: Path
) -> None:
    discord.refuses_intent = MESSAGE_CONTENT
    async with running(discord, tmp_path, "run", MESSAGE_CONTENT="1") as process:
        await asyncio.wait_for(discord.is_ready.wait(), WITHIN_S)
        process.send_signal(signal.SIGTERM)
        done = await ended(process)
    assert [bool(one["intents"] & MESSAGE_CONTENT) for one in discord.identified] == [True, False]
    assert "Discord refused the message content intent, so ask channels stay silent" in done.err
    assert (done.code, "Traceback" in done.err) == (0, False)


@pytest.mark.parametrize(
    "failure", [{"closes_with": 4004}, {"refuses": {"/users/@me": 403}}, {"refuses": {"/gateway/bot": 403}}]
)
async def test_a_start_that_discord_ends_is_said_in_a_sentence(
    discord: Discord, tmp_path: Path, failure: dict[str, Any]
) -> None:
    vars(discord).update(failure)
    done = await run(discord, tmp_path, "run")
    assert (done.code, "Traceback" in done.err) == (1, False)


async def test_a_folder_that_is_a_file_is_said_in_a_sentence(discord: Discord, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder")
    done = await run(discord, tmp_path / "data", "run")
    assert (done.code, "it is a file, not a folder" in sentence(done)) == (1, True)


@pytest.mark.parametrize("arguments", [("run",), ("try", "--no-browser")])
async def test_a_folder_that_is_a_file_is_mended_by_data_dir(
    discord: Discord, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "data").write_text("no folder")
    done = await run(discord, tmp_path / "data", *arguments)
    assert (done.code, "DATA_DIR" in sentence(done), "--library" in done.err) == (1, True, False)


async def test_a_bot_that_is_not_whole_is_said_in_a_sentence(discord: Discord, tmp_path: Path) -> None:
    async with running(discord, tmp_path, "run", script=INCOMPLETE) as process:
        done = await ended(process)
    assert (done.code, sentence(done)) == (
        1,
        "Error: Extension 'bot.cogs.nowhere' could not be loaded or found. "
        "Install Footnote again: pip install -e .\n",
    )
    assert "Traceback" not in done.err


# --- running


async def is_ready(discord: Discord) -> None:
    await asyncio.wait_for(discord.is_ready.wait(), WITHIN_S)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
async def test_it_stops_when_it_is_told_to_and_ends_with_0(
    discord: Discord, tmp_path: Path, how: signal.Signals
) -> None:
    async with running(discord, tmp_path, "run") as process:
        await is_ready(discord)
        process.send_signal(how)
        done = await ended(process)
    assert (done.code, "Traceback" in done.err) == (0, False)


async def test_what_is_asked_before_it_is_told_to_stop_is_answered(
    discord: Discord, tmp_path: Path, stock: Stock
) -> None:
    [article] = stock(GUILD_ID, *reports(1))
    discord.asks = QUESTION
    async with running(discord, tmp_path / "data", "run", script=PATIENT) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert await asyncio.wait_for(process.stdout.readline(), WITHIN_S) == b"asked\n"
        process.send_signal(signal.SIGTERM)
        await said_until(process, "stopping; answers still owed: 1")
        process.stdin.write(b"go on\n")
        done = await ended(process)

    [answer] = discord.answers
    folder = tmp_path / "data" / "libraries" / str(GUILD_ID)
    with closing(sqlite3.connect(folder / "discord.db")) as db:
        assert db.execute("SELECT question FROM answers").fetchall() == [(QUESTION,)]
    assert article.title in answer
    assert (done.code, "Traceback" in done.err, (folder / "library.db-wal").exists()) == (0, False, False)


@pytest.mark.parametrize(
    "failure",
    [
        {"hangs_at": "/users/@me"},
        {"refuses": {"/gateway": 500}},
    ],
)
async def test_it_stops_while_discord_does_not_answer(
    discord: Discord, tmp_path: Path, failure: dict[str, Any]
) -> None:
    vars(discord).update(failure)
    async with running(discord, tmp_path, "run") as process:
        await asyncio.wait_for(discord.has_failed.wait(), WITHIN_S)
        process.send_signal(signal.SIGTERM)
        done = await ended(process)
    assert done.code == 0


async def test_each_vain_try_to_reach_discord_is_a_sentence_in_the_log(
    discord: Discord, tmp_path: Path
) -> None:
    discord.refuses = {"/gateway": 500}
    async with running(discord, tmp_path, "run") as process:
        await asyncio.wait_for(discord.has_failed.wait(), WITHIN_S)
        said = await said_until(process, "Discord cannot be reached (")
        process.send_signal(signal.SIGTERM)
        await ended(process)
    assert said.endswith("Trying again.")
    assert "Traceback" not in said


async def test_a_start_that_takes_long_is_said_in_the_log(discord: Discord, tmp_path: Path) -> None:
    discord.hangs_at = "/users/@me"
    async with running(discord, tmp_path, "run", script=IMPATIENT) as process:
        said = await said_until(process, "Not connected to Discord yet.")
        process.send_signal(signal.SIGTERM)
        await ended(process)
    assert said.endswith("Ctrl-C ends it.")


async def said_until(process: asyncio.subprocess.Process, words: str) -> str:
    """What the process writes to standard error up to the line with *words*."""
    assert process.stderr is not None
    said = ""
    while words not in said:
        line = await asyncio.wait_for(process.stderr.readline(), WITHIN_S)
        assert line, said
        said += line.decode()
    return said.rstrip()


async def started_twice(data_dir: Path) -> tuple[Discord, str]:
    """What Discord was told by two starts, without a command and as `run`, and what the log says."""
    log = ""
    async with played() as one:
        for arguments in ((), ("run",)):
            one.is_ready.clear()
            async with running(one, data_dir, *arguments) as process:
                await is_ready(one)
                process.send_signal(signal.SIGTERM)
                log += (await ended(process)).err
    return one, log


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Discord, str]:
    return asyncio.run(started_twice(tmp_path_factory.mktemp("data")))


def test_with_a_token_no_command_is_needed(twice: tuple[Discord, str]) -> None:
    assert len(twice[0].identified) == 2


def test_it_asks_for_guilds_and_their_messages_alone(twice: tuple[Discord, str]) -> None:
    assert [said["intents"] for said in twice[0].identified] == [1 << 0 | 1 << 9] * 2


def test_it_tells_discord_its_commands_once(twice: tuple[Discord, str]) -> None:
    assert sum(asked.startswith("PUT ") for asked in twice[0].asked) == 1


def test_the_token_is_never_logged(twice: tuple[Discord, str]) -> None:
    assert "logging in" in twice[1]
    assert TOKEN not in twice[1]


def test_every_command_has_a_description(twice: tuple[Discord, str]) -> None:
    said = {one["name"]: one["description"] for one in twice[0].commands if one["type"] == 1}
    names = "ask summary digest articles help privacy add library settings"
    assert set(said) == set(names.split())
    assert all(said.values())


def test_every_command_is_for_servers_alone(twice: tuple[Discord, str]) -> None:
    assert all((one["contexts"], one["integration_types"]) == ([0], [0]) for one in twice[0].commands)


def test_only_commands_that_change_the_library_are_for_managers(twice: tuple[Discord, str]) -> None:
    managers = {one["name"] for one in twice[0].commands if one["default_member_permissions"]}
    assert managers == {"add", "library", "settings", "Add to library"}
