"""The real bot in a local browser page that looks like Discord, without a token.

SimCord plays Discord in this process; its preview page shows one channel. Everything but the
servers of Discord is real: the bot, its commands, its buttons, its library.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import webbrowser
from typing import TYPE_CHECKING, Any

import discord

from bot import fetch
from bot.app import ArticleBot
from bot.errors import StartError
from bot.replies import card
from bot.replies.card import Accent
from bot.sources import starter_articles
from corpus import clock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.settings import Settings
    from corpus.library import Library

log = logging.getLogger(__name__)

GUILD_ID = 1_000_000_000_000_000_000
"""Pinned, as SimCord gives new ids at every start: what was added is found again."""
_SETTLES_WITHIN_S = 30.0


async def serve(
    settings: Settings, *, port: int, opens_browser: bool, stop: asyncio.Event, say: Callable[[str], None]
) -> None:
    """Serves the page until *stop* is set; *say* is told its address. Raises `StartError`."""
    simcord = _simcord()
    bot = ArticleBot(
        settings.try_dir,
        fetcher=fetch.as_set(settings),
        shard_count=1,
        always_sync=True,
        content="on",
        has_cooldowns=False,
        own_language=settings.language,
    )
    await bot.shelf.run(GUILD_ID, _fill_when_empty)
    env = simcord.Env(bot, check_errors=False, settle_timeout=_SETTLES_WITHIN_S)
    env.backend.clock = _Clock()
    await env.start()
    # What reaches the tree is answered there; SimCord would call it a failure of the page beside that.
    vars(bot.tree).pop("on_error", None)
    try:
        channel, viewers = await _furnish(env, bot)
        try:
            preview = env.preview(channel, viewers=viewers, layout="channel", port=port)
            bot.shelf.wait = bot.wait = lambda thread: _declared(env, preview, thread)
            async with preview:
                say(preview.url)
                if opens_browser:
                    await asyncio.to_thread(webbrowser.open, preview.url)
                await stop.wait()
        except (OSError, simcord.SetupError) as error:
            raise StartError(f"Port {port} cannot be used ({error}). Choose another with --port.") from error
    finally:
        with contextlib.suppress(Exception):  # a page that is still open must not keep Ctrl-C waiting
            await asyncio.wait_for(env.shutdown(), timeout=5)


class _Clock:
    """In place of SimCord's, which stands still: what was added now must not read as added months ahead."""

    elapsed = 0.0
    """Seconds that SimCord moved its timers on."""

    def now(self) -> datetime:
        return clock.now()

    def advance(self, seconds: float) -> None:
        self.elapsed += seconds


def _simcord() -> Any:
    try:
        import av  # noqa: F401  # what only the preview needs: without it the page cannot be served
        import simcord
    except ImportError:
        raise StartError(
            "The page to try Footnote in is not installed. Install it with “pip install -e '.[try]'”, "
            "or set DISCORD_TOKEN to run the bot in Discord."
        ) from None
    return simcord


async def _furnish(env: Any, bot: ArticleBot) -> tuple[Any, list[Any]]:
    """A server with one channel, whose first message says what to type, and who looks at it."""
    if bot.user is not None:
        await bot.user.edit(username="Footnote")
    guild = env.create_guild("Try Footnote", id=GUILD_ID)
    channel = guild.create_text_channel("ask-here")
    managers = guild.create_role(
        "Managers", permissions=discord.Permissions(manage_guild=True, manage_messages=True)
    )
    manager = guild.add_member(env.create_user("manager"), roles=[managers])
    member = guild.add_member(env.create_user("member"))
    await env.settle()
    sent_to = bot.get_channel(channel.id)
    if isinstance(sent_to, discord.TextChannel):
        await sent_to.send(view=_first_message(bot))
    await env.settle()
    return channel, [manager, member]


def _first_message(bot: ArticleBot) -> discord.ui.LayoutView:
    return card.card(
        card.text(
            "### Try Footnote here",
            "This is the real bot on your own computer, with a dozen articles to ask about.",
        ),
        card.gap(),
        card.text(
            f"1. Type {bot.mentions['ask']} and a question: **what did the UN report say**",
            f"2. {bot.mentions['articles']} lists what is there; {bot.mentions['summary']} sums one up",
            f"3. {bot.mentions['add']} takes a text of yours; then ask about it",
        ),
        card.gap(),
        card.text(card.aside("You are the manager. Switch to the member to see what everyone else sees.")),
        accent=Accent.ARTICLES,
    )


def _fill_when_empty(library: Library) -> None:
    """The starter articles, unless something was added here before."""
    if not library.n_articles():
        for _ in library.import_all(starter_articles()):
            pass


async def _declared(env: Any, preview: Any, thread: Awaitable[Any]) -> Any:
    """Waits for a worker thread, and says so: SimCord takes an undeclared wait for a hang.

    The page tells “5 seconds ago” from the time it was opened at; what came from the thread is newer.
    """
    from simcord import SetupError

    try:
        return await env.external_wait(thread, reason="a library's own thread")
    except SetupError:
        return await thread
    finally:
        preview.capture_time = clock.now()
