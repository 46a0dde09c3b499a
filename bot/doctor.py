"""Is everything set up? What is there, what is missing, and the link that invites the bot."""

from __future__ import annotations

import asyncio
import base64
import importlib.util
import os
import platform
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Protocol

import aiohttp
import discord

from bot import permissions
from bot.app import PERMISSIONS
from bot.state import look_at
from corpus import condition
from corpus.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.settings import Settings

LEAST_FREE_BYTES = 200_000_000
"""Below, the next large import may fill the disk."""
LARGE = 1_000
"""Articles from which on it is noticed when an index is made anew."""
ASKED_WITHIN_S = 20.0
_PACKAGES = ("footnote-bot", "discord.py", "sqlite-utils", "numpy", "trafilatura")
_MOST_NAMED = 10
"""Libraries or servers that are named one by one."""
_MOST_SERVERS = 200
"""That Discord tells of in one answer."""
_SNOWFLAKE = re.compile(r"[0-9]{15,20}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. What is not ok has to be mended; what is optional says so."""

    name: str
    is_ok: bool
    sentence: str


class Discord(Protocol):
    """As much of a client that is logged in as is asked here."""

    @property
    def http(self) -> Any: ...
    async def application_info(self) -> discord.AppInfo: ...


def examine(settings: Settings) -> list[Finding]:
    """What was found on this computer, in the order a newcomer needs it."""
    return [
        *_versions(),
        _folder(settings),
        _disk(settings),
        *_libraries(settings),
        _page(),
        *_token(settings),
    ]


async def ask_discord(token: str, *, wants_content: bool = False) -> list[Finding]:
    """What Discord says of the bot with this token; takes a few seconds."""
    client = discord.Client(intents=discord.Intents.none())
    try:
        async with asyncio.timeout(ASKED_WITHIN_S):
            await client.login(token)
            return await found_in_discord(client, wants_content=wants_content)
    except discord.LoginFailure:
        sentence = "Discord refuses the token. Reset it in the developer portal, under Bot."
        return [Finding("login", is_ok=False, sentence=sentence)]
    except (aiohttp.ClientError, discord.HTTPException, OSError, TimeoutError) as error:
        reason = str(error) or "no answer"
        sentence = f"Discord cannot be asked: {reason}. Check the connection; --offline asks nobody."
        return [Finding("login", is_ok=False, sentence=sentence)]
    finally:
        await client.close()


async def found_in_discord(client: Discord, *, wants_content: bool = False) -> list[Finding]:
    """What is set in the developer portal, and where the bot lacks a permission.

    *wants_content*: the settings ask for the intent to read messages that do not mention the bot.
    """
    application = await client.application_info()
    servers: Sequence[dict[str, Any]] = await client.http.get_guilds(_MOST_SERVERS)
    return [
        Finding("login", is_ok=True, sentence=f"Discord takes the token: the bot is {application.name}."),
        _invitable(application),
        _intents(application, wants_content=wants_content),
        *_permissions(servers),
    ]


def _invitable(application: discord.AppInfo) -> Finding:
    if application.bot_require_code_grant:
        sentence = "“Requires OAuth2 Code Grant” is on, and no invitation works. Switch it off, under Bot."
        return Finding("invitation", is_ok=False, sentence=sentence)
    who = "everybody" if application.bot_public else "its owner alone (“Public Bot” is off)"
    return Finding("invitation", is_ok=True, sentence=f"The bot can be invited by {who}.")


def _intents(application: discord.AppInfo, *, wants_content: bool) -> Finding:
    flags = application.flags
    has_content = flags.gateway_message_content or flags.gateway_message_content_limited
    if wants_content and not has_content:
        sentence = (
            "MESSAGE_CONTENT=1 asks for the Message Content Intent, which is off. Switch it on in the "
            "developer portal, under Bot, or leave MESSAGE_CONTENT out."
        )
        return Finding("intents", is_ok=False, sentence=sentence)
    sentence = "The intents that the settings ask for are on."
    if has_content and not wants_content:
        sentence += " The Message Content Intent is on too; ask channels need MESSAGE_CONTENT=1 beside it."
    return Finding("intents", is_ok=True, sentence=sentence)


def _permissions(servers: Sequence[dict[str, Any]]) -> list[Finding]:
    """In which servers the bot's roles lack a permission; what single channels take away is not told."""
    lacking = []
    for server in servers:
        granted = discord.Permissions(int(server.get("permissions") or 0))
        missing = permissions.all_shown(
            name
            for name, is_needed in PERMISSIONS
            if is_needed and not (granted.administrator or getattr(granted, name))
        )
        if "permissions" in server and missing:
            lacking.append(f"In {server['name']} ({server['id']}) the bot lacks {', '.join(missing)}.")
    if not lacking:
        more = " or more" if len(servers) == _MOST_SERVERS else ""
        sentence = f"Servers that the bot is in, with all its permissions: {len(servers):,}{more}."
        return [Finding("servers", is_ok=True, sentence=sentence)]
    mend = "Invite it again with the link above, or give its role what it lacks."
    return [
        Finding("servers", is_ok=False, sentence=f"{sentence} {mend}") for sentence in lacking[:_MOST_NAMED]
    ]


def _versions() -> list[Finding]:
    known = []
    for package in _PACKAGES:
        try:
            known.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            known.append(f"{package} of a checkout")
    python = f"Python {platform.python_version()}"
    found = [Finding("versions", is_ok=True, sentence=f"{python}; {', '.join(known)}.")]
    with closing(sqlite3.connect(":memory:")) as db:
        try:
            db.execute("CREATE VIRTUAL TABLE words USING fts5 (word)")
        except sqlite3.OperationalError:
            sentence = f"SQLite {sqlite3.sqlite_version} was built without FTS5. Use another build of Python."
            return [*found, Finding("sqlite", is_ok=False, sentence=sentence)]
    return [*found, Finding("sqlite", is_ok=True, sentence=f"SQLite {sqlite3.sqlite_version} has FTS5.")]


def _disk(settings: Settings) -> Finding:
    nearest = _nearest_folder(settings.data_dir)
    free = shutil.disk_usage(nearest).free
    sentence = f"{free / 1e9:,.1f} GB are free in {nearest}"
    if free < LEAST_FREE_BYTES:
        return Finding("disk", is_ok=False, sentence=f"Only {sentence}. Free some, or set DATA_DIR.")
    return Finding("disk", is_ok=True, sentence=f"{sentence}.")


def _libraries(settings: Settings) -> list[Finding]:
    """The libraries in figures, and each that cannot be used."""
    folders = [
        folder
        for folder in (settings.terminal_library, *sorted(settings.data_dir.glob("libraries/*")))
        if folder.is_dir()
    ]
    looks = [_look(folder) for folder in folders]
    broken = [look for look in looks if isinstance(look, Finding)]
    sound = [look for look in looks if isinstance(look, condition.Condition)]
    n_articles = sum(one.n_articles for one in sound)
    parts = [f"Libraries that can be read: {len(sound):,}, with {n_articles:,} articles in all"]
    if n_older := sum(one.is_older for one in sound):
        parts.append(f"{n_older:,} of an earlier version will be brought up to date when opened")
    if n_unready := sum(one.index != "ready" and one.n_articles >= LARGE for one in sound):
        parts.append(f"{n_unready:,} large without an up-to-date index, which is made when first asked")
    found = [Finding("libraries", is_ok=True, sentence=f"{'; '.join(parts)}.")] if looks else []
    return [*found, *broken[:_MOST_NAMED]]


def _look(folder: Path) -> condition.Condition | Finding | None:
    """None where nobody has added anything yet."""
    try:
        look_at(folder)
        return condition.of(folder) if (folder / condition.FILE).exists() else None
    except LibraryError as error:
        return Finding("library", is_ok=False, sentence=f"{error} A backup can take its place.")


def invite_link(token: str) -> str | None:
    """The link that invites the bot with exactly the permissions it needs; None when *token* is none.

    The first part of a token is the application's id, in base64.
    """
    head = token.split(".")[0]
    try:
        application_id = base64.b64decode(head + "=" * (-len(head) % 4), validate=True).decode("ascii")
    except ValueError:  # binascii.Error is one too
        return None
    if not _SNOWFLAKE.fullmatch(application_id):
        return None
    return discord.utils.oauth_url(
        int(application_id), permissions=PERMISSIONS, scopes=("bot", "applications.commands")
    )


def _folder(settings: Settings) -> Finding:
    folder = settings.data_dir
    nearest = _nearest_folder(folder)
    if nearest.is_dir() and os.access(nearest, os.W_OK):
        return Finding("data", is_ok=True, sentence=f"Libraries are kept in {folder}.")
    return Finding(
        "data", is_ok=False, sentence=f"{folder} cannot be written. Set DATA_DIR to another folder."
    )


def _nearest_folder(folder: Path) -> Path:
    """*folder*, or what it would be made in."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def _page() -> Finding:
    if importlib.util.find_spec("simcord") and importlib.util.find_spec("av"):
        return Finding("try", is_ok=True, sentence="The page to try it in is installed: “python bot.py try”.")
    sentence = "The page to try it in is not installed (optional): “pip install -e '.[try]'”."
    return Finding("try", is_ok=True, sentence=sentence)


def _token(settings: Settings) -> list[Finding]:
    if settings.token is None:
        sentence = "DISCORD_TOKEN is not set; “python bot.py run” says how to get one."
        return [Finding("token", is_ok=False, sentence=sentence)]
    link = invite_link(settings.token)
    if link is None:
        sentence = "DISCORD_TOKEN does not look like a bot's token. Copy it anew from the developer portal."
        return [Finding("token", is_ok=False, sentence=sentence)]
    return [
        Finding("token", is_ok=True, sentence="DISCORD_TOKEN is set."),
        Finding("invite", is_ok=True, sentence=f"Invite the bot to your server: {link}"),
    ]
