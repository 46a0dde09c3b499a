"""A small world for the tests: servers with their people and articles, and what happens to them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot import slow_reply
from bot.app import ArticleBot
from bot.replies import card
from bot.server_settings import DEFAULT
from corpus import clock
from corpus.article import Article
from tests.conftest import GUILD_ID, Inline, InProcess

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

Stock = Callable[..., list[Article]]
"""Puts articles into a server's library, and gives them back as stored."""

refused = pytest.mark.simcord(check_errors=False)
"""For what the bot refuses: SimCord takes each exception that reaches the command tree for a bug."""

also_after_a_restart = pytest.mark.parametrize("restarted", [False, True], ids=["at once", "after a restart"])


@dataclass(frozen=True)
class Server:
    """A guild with one channel, a manager (Manage Server), a moderator (Manage Messages), and two others."""

    env: simcord.Env
    guild: Any
    channel: Any
    manager: Any
    moderator: Any
    alice: Any
    bob: Any


def open_server(
    env: simcord.Env, guild_id: int = GUILD_ID, name: str = "Harbour Club", locale: str = "en-US"
) -> Server:
    """*locale* is the language that Discord has for the server."""
    guild = env.create_guild(name, id=guild_id, preferred_locale=locale)
    channel = guild.create_text_channel("general")
    managers = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    moderators = guild.create_role("Moderators", permissions=discord.Permissions(manage_messages=True))

    def join(person: str, *roles: Any) -> Any:
        return guild.add_member(env.create_user(person), roles=roles)

    return Server(
        env,
        guild,
        channel,
        manager=join("manager", managers),
        moderator=join("moderator", moderators),
        alice=join("alice"),
        bob=join("bob"),
    )


def reports(n: int, publisher: str = "Harbour Gazette", url: str | None = None) -> list[Article]:
    """*n* articles of five paragraphs, the newest last; the third of each says why it was closed."""
    return [
        Article(
            id=f"report-{number}",  # the list is searched by ids too, and ours are random
            title=f"Diary {number}",
            text="\n\n".join(
                (
                    f"Reporter {number} walked along the quay before sunrise and counted empty boats.",
                    f"Fishermen of crew {number} stayed at home and repaired their nets in the long hall.",
                    f"The harbour was closed on day {number} because of a storm. Nobody was hurt that night.",
                    f"Mayor {number} said that the fish market would open later than usual this week.",
                    f"Children of school {number} painted the lighthouse for the hall of the library.",
                )
            ),
            publisher=publisher,
            published=date(2020, 7, number),
            url=f"{url}/{number}" if url else None,
        )
        for number in range(1, n + 1)
    ]


ANSWERS_KEPT = timedelta(days=DEFAULT.days_kept)

QUESTION = "why was the harbour closed"
"""What every report answers."""


def bot_of(env: simcord.Env) -> ArticleBot:
    assert isinstance(env.bot, ArticleBot)
    return env.bot


async def allow(server: Server, command: str, person: Any) -> None:
    """What an admin may set under Integrations: the command is for *person* too."""
    known = await bot_of(server.env).tree.fetch_commands()
    [one] = [one for one in known if one.name == command]
    server.guild.set_command_permissions(one, {person: True})


async def restart(env: simcord.Env, data_dir: Path) -> None:
    """Another process takes over: a fresh bot on the same data."""
    old = bot_of(env)
    await old.shelf.close()
    if old.state:
        old.state.close()
    await env.restart_bot(ArticleBot(data_dir, new_executor=Inline, reader=InProcess(), shard_count=1))


def slow_down(env: simcord.Env, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every library takes longer than an interaction waits before it says “thinking …”."""

    async def later(work: Awaitable[Any]) -> Any:
        for _ in range(10):
            await asyncio.sleep(0)
        return await work

    monkeypatch.setattr(slow_reply, "DEFERRED_AFTER_S", 0.0)
    bot_of(env).shelf.wait = later


def let_pass(time: timedelta, monkeypatch: pytest.MonkeyPatch) -> None:
    """Moves the bot's own clock; Discord's stands still."""
    then = clock.now() + time
    monkeypatch.setattr(clock, "now", lambda: then)


def controls(message: Any) -> Iterator[dict[str, Any]]:
    """Every button and menu of a message, in reading order."""

    def walk(parts: Iterable[Any]) -> Iterator[dict[str, Any]]:
        for part in parts:
            raw = part if isinstance(part, dict) else part.to_dict()
            if raw["type"] in {2, 3}:
                yield raw
            yield from walk(raw.get("components") or ())
            yield from walk([raw["accessory"]] if raw.get("accessory") else ())

    return walk(message.components)


def labels(message: Any) -> list[str]:
    """The words on its buttons."""
    return [one["label"] for one in controls(message) if "label" in one]


def control(message: Any, label: str) -> dict[str, Any]:
    """The button or menu with these words."""
    [found] = [one for one in controls(message) if label in (one.get("label"), one.get("placeholder"))]
    return found


def options(message: Any) -> list[dict[str, Any]]:
    """The options of its menu."""
    [menu] = [one for one in controls(message) if one["type"] == 3]
    found: list[dict[str, Any]] = menu["options"]
    return found


def accent(message: Any) -> int:
    """The colour at the side of the card."""
    [container] = message.components
    raw = container if isinstance(container, dict) else container.to_dict()
    return int(raw["accent_color"])


def fields(shown: simcord.InteractionResult) -> dict[str, dict[str, Any]]:
    """The inputs of the dialog that was shown, by the words above them."""
    assert shown.modal is not None
    found = {}
    for part in shown.modal["components"]:
        if "component" in part:
            found[part["label"]] = part["component"]
        else:
            found |= {item["label"]: item for item in part["components"]}
    return found


async def fill_in(person: Any, shown: simcord.InteractionResult, **values: Any) -> simcord.InteractionResult:
    """Submits the dialog; what is not named in *values* (_ for a space) stays as it was filled in."""
    inputs = fields(shown)
    given = {one["custom_id"]: one["value"] for one in inputs.values() if one.get("value")}
    for name, value in values.items():
        given[inputs[name.replace("_", " ")]["custom_id"]] = value
    result: simcord.InteractionResult = await person.submit_modal(shown, given)
    return result


async def forged(server: Server, custom_id: str) -> discord.Message:
    """A message of the bot with one button that claims to be *custom_id*."""
    channel = server.env.bot.get_channel(server.channel.id)
    assert isinstance(channel, discord.TextChannel)
    button: discord.ui.Button[Any] = discord.ui.Button(label="Forged", custom_id=custom_id)
    return await channel.send(view=card.card(card.row(button), accent=card.Accent.BOT))


def unhandled(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What discord.py or asyncio logged because nobody handled it."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.ERROR and record.name.partition(".")[0] in {"discord", "asyncio"}
    ]
