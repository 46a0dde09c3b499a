"""What the bot tidies by itself: it deletes what is kept of servers it left, and forgets what has expired."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot import state as states

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app import ArticleBot
    from bot.bot_state import BotState

log = logging.getLogger(__name__)

_APPLICATION = "application"


async def note_absences(bot: ArticleBot, state: BotState, libraries: Path) -> None:
    """Compares the folders of *libraries* with the guilds that Discord named at READY.

    Only guilds of this process's own shards are compared. One that is unavailable is named too, so an
    outage is no absence. Where another application was here first, the folders may be of guilds that
    this one was never in: then absence proves nothing.
    """
    if not _is_own_data(bot, state):
        return
    for guild_id in await bot.aside(_guild_ids, libraries):
        if bot.get_guild(guild_id) is None and _is_of_own_shards(bot, guild_id):
            state.note_absence(guild_id)


async def delete_left(bot: ArticleBot, state: BotState) -> None:
    """Deletes the folders of servers left 7 days ago, and remembers those that it came back to."""
    for guild_id in state.departed():
        if bot.get_guild(guild_id) is not None:  # it came back while the bot was off
            state.note_return(guild_id)
    for guild_id in state.long_gone():
        try:
            await bot.shelf.delete(guild_id)
        except Exception:  # tried again next time, and the others are not kept waiting
            log.exception("could not delete what is kept for guild %d, left 7 days ago", guild_id)
            continue
        state.forget(guild_id)
        log.info("deleted what was kept for guild %d, left 7 days ago", guild_id)


async def sweep(bot: ArticleBot, state: BotState, libraries: Path) -> None:
    """Forgets expired answers, previews and searches, in servers where nobody asks any more too.

    Folders are opened one by one where files are read, and only those where something may have expired.
    """
    for guild_id in await bot.aside(_guild_ids, libraries):
        folder = libraries / str(guild_id)
        try:
            written = await bot.aside(states.written_at, folder)
            if written and state.is_sweep_due(guild_id, written):
                state.note_sweep(guild_id, await bot.aside(states.sweep, folder))
        except Exception:  # one damaged server must not keep the others from being swept
            log.exception("could not sweep what has expired in guild %d", guild_id)


def _is_own_data(bot: ArticleBot, state: BotState) -> bool:
    """Whether this application was the first that used the data."""
    known = state.fact(_APPLICATION)
    if known is None and bot.application_id is not None:
        state.set_fact(_APPLICATION, known := str(bot.application_id))
    return known == str(bot.application_id)


def _is_of_own_shards(bot: ArticleBot, guild_id: int) -> bool:
    return (guild_id >> 22) % (bot.shard_count or 1) in bot.shards


def _guild_ids(libraries: Path) -> list[int]:
    """The guilds that have a folder."""
    if not libraries.is_dir():
        return []
    return sorted(int(folder.name) for folder in libraries.iterdir() if folder.name.isdecimal())
