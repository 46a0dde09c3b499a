"""Is everything set up? What is missing is said, and with a token the link that invites the bot."""

from __future__ import annotations

import base64
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import discord
import pytest
import simcord

from bot import doctor
from bot.app import PERMISSIONS
from bot.doctor import Finding, ask_discord, examine, found_in_discord, invite_link
from bot.settings import Settings
from corpus.article import Article
from corpus.library import Library
from tests.process import environment, footnote
from tests.world import open_server

APPLICATION = 1_234_567_890_123_456_789


def token_of(application_id: int) -> str:
    """What a token of this application looks like; nobody's."""
    return f"{base64.b64encode(str(application_id).encode()).decode().rstrip('=')}.abcdef.{'x' * 27}"


TOKEN = token_of(APPLICATION)


def found(data_dir: Path, token: str | None = None) -> dict[str, Finding]:
    return {finding.name: finding for finding in examine(Settings(data_dir, token))}


@pytest.mark.parametrize(
    "token", ["", ".", "abc", "a.b.c", "ö", "bm90IGEgbnVtYmVy.x.y", "MTIz\nNDU2", "Bot MTIz.x.y"]
)
def test_what_is_no_token_gives_no_link(token: str) -> None:
    assert invite_link(token) is None


@pytest.mark.parametrize("number", ["-5", "1" * 1_000, " 12 ", "1_0"])
def test_a_number_that_is_no_id_gives_no_link(number: str) -> None:
    assert invite_link(f"{base64.b64encode(number.encode()).decode()}.x.y") is None


@pytest.mark.parametrize("application_id", [12_345_678_901_234_567, APPLICATION, 2**63 - 1])
def test_the_link_names_the_application_of_the_token(application_id: int) -> None:
    link = invite_link(token_of(application_id))
    assert link is not None
    assert parse_qs(urlsplit(link).query)["client_id"] == [str(application_id)]


def test_the_link_asks_for_exactly_the_permissions_the_bot_needs() -> None:
    query = parse_qs(urlsplit(invite_link(TOKEN) or "").query)
    wanted = discord.Permissions(
        view_channel=True,
        send_messages=True,
        send_messages_in_threads=True,
        read_message_history=True,
        attach_files=True,
    )
    assert query["permissions"] == [str(wanted.value)]


def test_the_bot_never_asks_to_administrate_or_manage() -> None:
    asked = {name for name, is_on in PERMISSIONS if is_on}
    assert not {name for name in asked if "manage" in name or name in {"administrator", "mention_everyone"}}


def test_the_link_asks_for_the_bot_and_its_commands() -> None:
    query = parse_qs(urlsplit(invite_link(TOKEN) or "").query)
    assert query["scope"] == ["bot applications.commands"]


def test_the_link_leads_to_discord() -> None:
    assert (invite_link(TOKEN) or "").startswith("https://discord.com/oauth2/authorize?")


def test_without_a_token_the_bot_is_not_set_up(tmp_path: Path) -> None:
    assert not found(tmp_path)["token"].is_ok


def test_without_a_token_there_is_no_link(tmp_path: Path) -> None:
    assert "invite" not in found(tmp_path)


def test_what_does_not_look_like_a_token_is_said(tmp_path: Path) -> None:
    assert "does not look like a bot's token" in found(tmp_path, "abc")["token"].sentence


def test_no_finding_shows_the_token(tmp_path: Path) -> None:
    assert not [one for one in found(tmp_path, TOKEN).values() if TOKEN in one.sentence]


def test_a_folder_that_is_not_there_yet_can_be_made(tmp_path: Path) -> None:
    assert found(tmp_path / "not" / "yet")["data"].is_ok


def test_looking_makes_no_folder(tmp_path: Path) -> None:
    found(tmp_path / "not" / "yet")
    assert not (tmp_path / "not").exists()


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder")
    assert "Set DATA_DIR to another folder." in found(tmp_path / "data")["data"].sentence


def test_what_is_optional_does_not_count_against_the_bot(tmp_path: Path) -> None:
    assert found(tmp_path)["try"].is_ok


# --- disk and libraries


def test_a_disk_that_is_nearly_full_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=50_000_000))
    finding = found(tmp_path)["disk"]
    assert (finding.is_ok, "Only 0.1 GB are free" in finding.sentence) == (False, True)


def rubbish(folder: Path) -> None:
    (folder / "library.db").write_bytes(b"rubbish" * 1_000)


def rubbish_of_discord(folder: Path) -> None:
    (folder / "discord.db").write_bytes(b"rubbish" * 1_000)


def of_a_newer_version(folder: Path) -> None:
    with Library.open(folder):
        pass
    with closing(sqlite3.connect(folder / "library.db")) as db, db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('footnote', 'm999', '')"
        )


@pytest.mark.parametrize("spoil", [rubbish, rubbish_of_discord, of_a_newer_version])
def test_a_library_that_cannot_be_used_is_named_and_the_others_are_counted(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    broken, sound = tmp_path / "libraries" / "1", tmp_path / "libraries" / "2"
    broken.mkdir(parents=True)
    spoil(broken)
    with Library.open(sound) as library:
        library.add(Article(title="Fog", text="It was foggy.", language="en"))

    findings = found(tmp_path)

    assert (findings["library"].is_ok, str(broken) in findings["library"].sentence) == (False, True)
    assert "Libraries that can be read: 1, with 1 articles" in findings["libraries"].sentence


def test_looking_at_a_library_changes_nothing_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "libraries" / "1"
    with Library.open(folder) as library:
        library.add(Article(title="Fog", text="It was foggy.", language="en"))
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    found(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_a_library_that_the_bot_has_open_is_looked_at_as_it_is(tmp_path: Path) -> None:
    with Library.open(tmp_path / "libraries" / "1") as library:
        for number in range(3):
            library.add(Article(title="Fog", text=f"It was foggy on day {number}.", language="en"))
            assert f"1, with {number + 1} articles" in found(tmp_path)["libraries"].sentence


def test_a_library_of_an_earlier_version_is_said_to_be_brought_up_to_date(tmp_path: Path) -> None:
    folder = tmp_path / "libraries" / "1"
    with Library.open(folder):
        pass
    with closing(sqlite3.connect(folder / "library.db")) as db, db:
        db.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'm007%'")
    assert "1 of an earlier version" in found(tmp_path)["libraries"].sentence


@pytest.mark.parametrize(("asks", "said"), [(True, False), (False, True)])
def test_a_large_index_that_has_to_be_made_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asks: bool, said: bool
) -> None:
    monkeypatch.setattr(doctor, "LARGE", 1)
    with Library.open(tmp_path / "libraries" / "1") as library:
        library.add(Article(title="Fog", text="It was foggy on the quay.", language="en"))
        if asks:
            library.ask("foggy quay")
            library._index.settle()
    assert ("without an up-to-date index" in found(tmp_path)["libraries"].sentence) is said


# --- in Discord


@dataclass
class Portal:
    """What Discord says of a bot."""

    permissions: int | None = PERMISSIONS.value
    needs_code_grant: bool = False
    is_public: bool = True
    flags: discord.ApplicationFlags = field(default_factory=discord.ApplicationFlags)

    async def application_info(self) -> Any:
        return SimpleNamespace(
            name="Footnote",
            bot_public=self.is_public,
            bot_require_code_grant=self.needs_code_grant,
            flags=self.flags,
        )

    @property
    def http(self) -> Any:
        return self

    async def get_guilds(self, limit: int) -> list[dict[str, Any]]:
        return [{"id": "5", "name": "Harbour Club", "permissions": str(self.permissions)}][:limit]


async def in_discord(portal: Portal) -> dict[str, Finding]:
    return {finding.name: finding for finding in await found_in_discord(portal)}


async def test_a_server_where_the_bot_lacks_a_permission_is_named_with_it() -> None:
    lacking = PERMISSIONS.value & ~discord.Permissions(send_messages_in_threads=True).value
    finding = (await in_discord(Portal(lacking)))["servers"]
    assert not finding.is_ok
    assert "In Harbour Club (5) the bot lacks Send Messages in Threads." in finding.sentence


@pytest.mark.parametrize("permissions", [PERMISSIONS.value, discord.Permissions(administrator=True).value])
async def test_a_bot_with_all_permissions_lacks_none(permissions: int) -> None:
    assert (await in_discord(Portal(permissions)))["servers"].is_ok


async def test_a_bot_that_nobody_can_invite_is_said() -> None:
    assert not (await in_discord(Portal(needs_code_grant=True)))["invitation"].is_ok


@pytest.mark.parametrize(
    ("flags", "wanted", "is_ok"),
    [
        (discord.ApplicationFlags(), True, False),
        (discord.ApplicationFlags(), False, True),
        (discord.ApplicationFlags(gateway_message_content=True), True, True),
        (discord.ApplicationFlags(gateway_message_content_limited=True), True, True),
        (discord.ApplicationFlags(gateway_message_content=True), False, True),
    ],
)
async def test_an_intent_that_is_asked_for_and_off_is_said(
    flags: discord.ApplicationFlags, wanted: bool, is_ok: bool
) -> None:
    findings = await found_in_discord(Portal(flags=flags), wants_content=wanted)
    [finding] = [one for one in findings if one.name == "intents"]
    assert finding.is_ok is is_ok


async def test_what_the_real_client_is_told_is_understood(simcord_env: simcord.Env) -> None:
    open_server(simcord_env)
    findings = await found_in_discord(simcord_env.bot)
    assert [one.is_ok for one in findings] == [True] * 4


@pytest.mark.parametrize(
    "error",
    [discord.LoginFailure("no"), aiohttp.ClientConnectionError("cut"), TimeoutError(), OSError("dns")],
)
async def test_a_token_that_discord_refuses_or_cannot_be_asked_about_is_said(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    async def refuse(*_: Any) -> None:
        raise error

    monkeypatch.setattr(discord.Client, "login", refuse)
    [finding] = await ask_discord(TOKEN)
    assert (finding.is_ok, TOKEN in finding.sentence) == (False, False)
    assert finding.sentence.startswith(("Discord refuses the token.", "Discord cannot be asked: "))


# --- as a command


def test_doctor_without_a_token_ends_with_1_and_says_what_is_missing(tmp_path: Path) -> None:
    ended = footnote("doctor", env=environment(tmp_path))
    assert (ended.code, "✗ DISCORD_TOKEN is not set" in ended.out, ended.err) == (1, True, "")


def test_doctor_with_a_token_ends_with_0_and_prints_the_link_in_one_line(tmp_path: Path) -> None:
    ended = footnote("doctor", "--offline", env=environment(tmp_path, DISCORD_TOKEN=TOKEN, COLUMNS="40"))
    assert ended.code == 0
    assert f"✓ Invite the bot to your server: {invite_link(TOKEN)}\n" in ended.out


def test_doctor_for_scripts_says_the_same(tmp_path: Path) -> None:
    ended = footnote("doctor", "--json", env=environment(tmp_path))
    said = json.loads(ended.out)
    assert (ended.code, said["ok"]) == (1, False)
    assert {one["name"]: one["ok"] for one in said["findings"]} == {
        "versions": True, "sqlite": True, "data": True, "disk": True, "try": True, "token": False,
    }  # fmt: skip
