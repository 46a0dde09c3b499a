"""Is everything set up? What is missing is said, and with a token the link that invites the bot."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.app import PERMISSIONS
from bot.doctor import Finding, examine, invite_link
from bot.settings import Settings
from tests.process import environment, footnote

if TYPE_CHECKING:
    from pathlib import Path

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


# --- as a command


def test_doctor_without_a_token_ends_with_1_and_says_what_is_missing(tmp_path: Path) -> None:
    ended = footnote("doctor", env=environment(tmp_path))
    assert (ended.code, "✗ DISCORD_TOKEN is not set" in ended.out, ended.err) == (1, True, "")


def test_doctor_with_a_token_ends_with_0_and_prints_the_link_in_one_line(tmp_path: Path) -> None:
    ended = footnote("doctor", env=environment(tmp_path, DISCORD_TOKEN=TOKEN, COLUMNS="40"))
    assert ended.code == 0
    assert f"✓ Invite the bot to your server: {invite_link(TOKEN)}\n" in ended.out


def test_doctor_for_scripts_says_the_same(tmp_path: Path) -> None:
    ended = footnote("doctor", "--json", env=environment(tmp_path))
    said = json.loads(ended.out)
    assert (ended.code, said["ok"]) == (1, False)
    assert {one["name"]: one["ok"] for one in said["findings"]} == {"data": True, "try": True, "token": False}
