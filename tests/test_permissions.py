"""What the bot needs where it writes, by the names that people find in Discord's settings."""

from __future__ import annotations

import discord
import pytest

from bot.app import PERMISSIONS
from bot.permissions import all_shown, lacking, shown


@pytest.mark.parametrize("kind", [discord.Thread, discord.ForumChannel])
def test_where_one_writes_in_threads_that_permission_is_needed(kind: type[discord.Thread]) -> None:
    place = kind.__new__(kind)
    may = discord.Permissions(view_channel=True, send_messages=True)
    assert lacking(may, place) == ["Send Messages in Threads"]


def test_a_channel_needs_to_be_seen_and_written_in() -> None:
    place = discord.TextChannel.__new__(discord.TextChannel)
    assert lacking(discord.Permissions.none(), place) == ["View Channel", "Send Messages"]
    assert lacking(discord.Permissions(view_channel=True, send_messages=True), place) == []


def test_permissions_are_called_as_discord_calls_them() -> None:
    assert all_shown(name for name, is_on in PERMISSIONS if is_on) == [
        "View Channel", "Send Messages", "Attach Files", "Read Message History", "Send Messages in Threads"
    ]  # fmt: skip
    assert shown("manage_guild") == "Manage Server"
