"""Running the bot: in Discord or in the page to try it in, until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import aiohttp
import discord
from discord.ext import commands

from bot import fetch, journal, tryout
from bot.app import ArticleBot
from bot.errors import StartError
from corpus import language
from corpus.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from typing import Any

    from bot.replies.settings import Content
    from bot.settings import Settings

log = logging.getLogger(__name__)

_NOT_SET_UP = """\
DISCORD_TOKEN is not set, and the bot needs a token to join Discord:
  1. Open https://discord.com/developers/applications, create an application, and choose Bot.
  2. Reset Token, copy the token, and put it into the file .env beside bot.py: DISCORD_TOKEN=…
  3. “python bot.py doctor” prints the link that invites the bot to your server.
Without a token, “python bot.py try” shows it in a browser page."""
_REFUSED = (
    "Discord refused the token. Reset it in the developer portal, under Bot, and set DISCORD_TOKEN anew."
)


_CONTENT_REFUSED = (
    "Discord refused the message content intent, so ask channels stay silent; everything else works. "
    "Switch it on in the developer portal, under Bot, Privileged Gateway Intents, and start again."
)

_RETRIES = ("Attempting a reconnect", "Failed to connect")
"""How discord.py's own sentences about it begin."""
NOT_READY_SAID_EVERY_S = 20.0


def run_in_discord(settings: Settings) -> None:
    """Runs until SIGINT or SIGTERM. Raises `StartError` with what to do when it cannot start."""
    if settings.token is None:
        raise StartError(_NOT_SET_UP)
    token = settings.token
    _set_up_logging(logging.INFO)

    def new_bot(content: Content) -> ArticleBot:
        return ArticleBot(
            settings.data_dir,
            fetcher=fetch.as_set(settings),
            libraries_open=settings.libraries_open,
            own_language=settings.language,
            content=content,
        )

    async def serve(stop: asyncio.Event) -> None:
        try:
            await _serve(new_bot("on" if settings.message_content else "off"), token, stop)
        except _ContentRefused:
            log.warning(_CONTENT_REFUSED)
            await _serve(new_bot("refused"), token, stop)

    with _saying_what_to_mend():
        _run(serve)


def run_in_browser(settings: Settings, *, port: int, opens_browser: bool, say: Callable[[str], None]) -> None:
    """Serves the page until SIGINT or SIGTERM; *say* is told its address. Raises `StartError`."""
    _set_up_logging(logging.ERROR)
    with _saying_what_to_mend():
        _run(lambda stop: tryout.serve(settings, port=port, opens_browser=opens_browser, stop=stop, say=say))


class _ContentRefused(Exception):
    """Discord refused the text of messages, which the bot can do without."""


async def _serve(bot: ArticleBot, token: str, stop: asyncio.Event) -> None:
    async with bot:
        running = asyncio.create_task(bot.start(token))
        stopping = asyncio.create_task(stop.wait())
        watching = asyncio.create_task(_say_when_not_ready(bot))
        await asyncio.wait((running, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        watching.cancel()
        if running.done():
            error = running.exception()
            if isinstance(error, discord.PrivilegedIntentsRequired) and bot.content == "on":
                raise _ContentRefused from error
            _explain(error)
        await bot.close()
        running.cancel()  # discord.py goes on trying to reach Discord, closed or not
        await asyncio.gather(running, return_exceptions=True)


async def _say_when_not_ready(bot: ArticleBot) -> None:
    """Says in the log that the bot is not in Discord yet, again and again until it is."""
    while True:
        await asyncio.sleep(NOT_READY_SAID_EVERY_S)
        if bot.is_ready():
            return
        log.warning("Not connected to Discord yet. Trying until it works; Ctrl-C ends it.")


@contextmanager
def _saying_what_to_mend() -> Iterator[None]:
    """Turns what is wrong with a folder, where no library can be named, or with the bot into what to do."""
    try:
        yield
    except LibraryError as error:
        raise StartError(f"{error} DATA_DIR chooses another folder.") from error
    except commands.ExtensionError as error:
        log.exception("a part of Footnote cannot be loaded")
        raise StartError(f"{error} Install Footnote again: pip install -e .") from error


def _explain(error: BaseException | None) -> None:
    """Raises what kept the bot from running, as a sentence where a person can mend it."""
    match error:
        case None:
            return
        case discord.LoginFailure():
            raise StartError(_REFUSED) from error
        case discord.PrivilegedIntentsRequired():
            raise StartError(
                "Discord refused an intent. Switch it on in the developer portal, under Bot, "
                "Privileged Gateway Intents, and start again."
            ) from error
        case discord.ConnectionClosed() | discord.Forbidden() | discord.GatewayNotFound():
            raise StartError(
                f"Discord ended the connection: {error}. Check the bot in the developer portal."
            ) from error
        case ValueError():
            raise StartError(_REFUSED) from error
        case aiohttp.ClientConnectorError() | discord.DiscordServerError():
            raise StartError(
                f"Discord cannot be reached: {error}. Check the connection and start again."
            ) from error
    raise error


def share_the_interpreter() -> None:
    """Lets a thread that waits for the interpreter have it after half a millisecond, not after five.

    Every library has a thread, and answering takes the interpreter back dozens of times. What is loaded
    by now stays: the collector, for which every thread waits, need not look at it again and again.
    The model of languages, which keeps the interpreter for a tenth of a second, is loaded before anyone asks.
    """
    sys.setswitchinterval(0.0005)
    language.detect("What was lost?")
    gc.collect()
    gc.freeze()


def _run(serve: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> None:
    """Runs *serve* with an event that a signal to stop sets."""

    async def until_stopped() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        await serve(stop)

    share_the_interpreter()
    try:
        asyncio.run(until_stopped())
    finally:
        gc.unfreeze()


def _set_up_logging(level: int) -> None:
    handler = journal.handler(level)
    handler.addFilter(_in_a_sentence)
    logging.basicConfig(level=level, handlers=[handler])


def _in_a_sentence(record: logging.LogRecord) -> bool:
    """Says without a traceback what discord.py tells of each vain try to reach Discord."""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None and record.name.startswith("discord.") and str(record.msg).startswith(_RETRIES):
        reason = f"{type(error).__name__}: {error}".removesuffix(": ")
        record.msg, record.args = "Discord cannot be reached (%s). Trying again.", (reason,)
        record.exc_info = None
    return True
