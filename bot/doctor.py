"""Is everything set up? What is there, what is missing, and the link that invites the bot."""

from __future__ import annotations

import base64
import importlib.util
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from bot.app import PERMISSIONS

if TYPE_CHECKING:
    from bot.settings import Settings


_SNOWFLAKE = re.compile(r"[0-9]{15,20}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. What is not ok keeps the bot from running; what is optional says so."""

    name: str
    is_ok: bool
    sentence: str


def examine(settings: Settings) -> list[Finding]:
    """What was found, in the order a newcomer needs it."""
    return [_folder(settings), _page(), *_token(settings)]


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
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if nearest.is_dir() and os.access(nearest, os.W_OK):
        return Finding("data", is_ok=True, sentence=f"Libraries are kept in {folder}.")
    return Finding(
        "data", is_ok=False, sentence=f"{folder} cannot be written. Set DATA_DIR to another folder."
    )


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
