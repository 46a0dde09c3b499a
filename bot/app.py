"""The bot: its intents, its parts, what it does at start and at stop."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections import defaultdict
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import discord
from discord.ext import commands, tasks

from bot import housekeeping, journal, language
from bot.bot_state import BotState
from bot.cooldowns import Cooldowns, Refusals
from bot.failures import Tree
from bot.fetch import Fetcher, user_agent
from bot.shelf import MOST_OPEN, Shelf, Wait, directly, one_thread
from bot.translator import CommandTranslator
from bot.views import form
from bot.workers import Workers, waiting_threads

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Executor
    from pathlib import Path

    from bot.fetch import Fetched
    from bot.replies.settings import Content
    from bot.views.form import Form
    from bot.workers import Reader
    from corpus.article import Origin

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

EXTENSIONS = (
    "bot.cogs.ask",
    "bot.cogs.menus",
    "bot.cogs.ask_channels",
    "bot.cogs.read",
    "bot.cogs.digest",
    "bot.cogs.add",
    "bot.cogs.library",
    "bot.cogs.settings",
    "bot.cogs.about",
)
INTENTS = discord.Intents(guilds=True, guild_messages=True)
"""Nothing privileged: a message that mentions the bot arrives with its text, any other without."""

WITH_CONTENT = INTENTS | discord.Intents(message_content=True)
"""The text of every message too, for ask channels: a privileged intent, which Discord may refuse."""
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    read_message_history=True,
    attach_files=True,
)


_LANGUAGE_WITHIN_S = 0.5
"""How long a library is waited for that may tell in which language its server is spoken to."""
_LAST_ANSWERS_WITHIN_S = 5.0
"""How long a bot that stops waits for what it was asked before; Docker, for one, ends it after 10 seconds."""
_CUT_OFF_WITHIN_S = 1.0
"""How long a bot that stops waits for what it has cut off: a request to Discord may hang for minutes."""


class ArticleBot(commands.AutoShardedBot):
    """Answers questions about each server's own articles."""

    def __init__(
        self,
        data_dir: Path,
        *,
        new_executor: Callable[[], Executor] = one_thread,
        reader: Reader | None = None,
        fetcher: Fetcher | None = None,
        always_sync: bool = False,
        libraries_open: int = MOST_OPEN,
        shard_count: int | None = None,
        own_language: str = "",
        content: Content = "off",
        has_cooldowns: bool = True,
    ) -> None:
        """*reader* reads what people send, by default in processes of its own; *fetcher* opens links.

        *always_sync* tells Discord the commands even if they have not changed since the last start.
        *own_language* is spoken in every server that has not chosen another. *content* is “on” where the
        text of every message is asked of Discord, and “refused” where Discord refused it before.
        """
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=WITH_CONTENT if content == "on" else INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_installs=discord.app_commands.AppInstallationType(guild=True, user=False),
            allowed_contexts=discord.app_commands.AppCommandContext(guild=True, dm_channel=False),
            tree_cls=Tree,
            shard_count=shard_count,
            max_messages=None,
        )
        self._data_dir = data_dir
        self._reader = reader or Workers(keeps_warm=True)
        self._waiting_for_reader = new_executor() if reader else waiting_threads()
        self._fetcher = fetcher or Fetcher(user_agent())
        self._always_sync = always_sync
        self._own_language = own_language
        self._libraries = data_dir / "libraries"
        self.shelf = Shelf(self._libraries, most_open=libraries_open, new_executor=new_executor)
        self.wait: Wait = directly
        self.content: Content = content
        self.cooldowns = Cooldowns() if has_cooldowns else None
        self.refusals = Refusals()
        self.state: BotState | None = None
        self.mentions: Mapping[str, str] = defaultdict(str)
        """A command's name -> its clickable mention, or its name while its id is not known."""
        self._forms: list[type[Form]] = []

    async def setup_hook(self) -> None:
        """Opens what belongs to no server and loads every extension; one that fails stops the start."""
        self._reader.warm_up()
        language.load()
        self.state = BotState.open(self._data_dir)
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        await self._tell_commands(self.state)
        self._keep_house.start()

    async def close(self) -> None:
        """Gives the answers it owes, stops taking part, lets running calls end, closes every library."""
        self._keep_house.cancel()
        await self._come_to_an_end()
        await super().close()
        await self._fetcher.close()
        self._reader.close()
        await self.shelf.close()
        self._waiting_for_reader.shutdown(wait=False)
        if self.state:
            self.state.close()
            self.state = None

    async def _come_to_an_end(self) -> None:
        """Waits a little for what is being answered, and what is asked meanwhile, and ends what takes longer.

        What a library was told to do is done in any case: its thread runs it to the end.
        """
        if self.is_closed() or not (owed := journal.under_way()):
            return
        log.info("stopping; answers still owed: %d", len(owed))
        now = asyncio.get_running_loop().time
        end = now() + _LAST_ANSWERS_WITHIN_S
        while owed and now() < end:
            await asyncio.wait(owed, timeout=end - now())
            owed = journal.under_way()
        for task in owed:
            task.cancel()
        if owed:
            log.warning("answers not given before the end: %d", len(owed))
            await asyncio.wait(owed, timeout=_CUT_OFF_WITHIN_S)

    async def language_of(self, guild_id: int | None) -> str:
        """The language that a setting names for a server; nothing where Discord’s own counts.

        A library that is busy is not waited for: most answers may take their time, but no form may. One
        that cannot be opened is told of where it is needed.
        """
        if guild_id is None:
            return self._own_language
        reading = asyncio.ensure_future(self.shelf.settings(guild_id))
        done, _waiting = await asyncio.wait({reading}, timeout=_LANGUAGE_WITHIN_S)
        if not done:
            reading.add_done_callback(lambda late: late.cancelled() or late.exception())  # nobody else looks
            return self._own_language
        return ("" if reading.exception() else reading.result().language) or self._own_language

    async def on_message(self, message: discord.Message, /) -> None:
        """Mentions are questions, not commands: the cog that answers them listens by itself."""

    def add_forms(self, *forms: type[Form]) -> None:
        """From now on these forms are answered when somebody submits them, whenever they were opened."""
        self._forms += forms

    async def on_interaction(self, interaction: discord.Interaction[ArticleBot], /) -> None:
        """Forms; discord.py answers commands and buttons by itself."""
        if interaction.type is discord.InteractionType.modal_submit:
            await form.answer(interaction, self._forms)

    async def on_app_command_completion(self, *_: object) -> None:
        """Writes the line of a command that nothing went wrong with."""
        journal.end()

    async def slow_down(self, guild_id: int, user_id: int) -> None:
        """A person asks something of a guild's library. Raises `TooManyQuestions`."""
        if self.cooldowns:
            self.cooldowns.question(guild_id, user_id, await self.shelf.settings(guild_id))

    async def slow_down_adding(self, guild_id: int, n_articles: int = 1) -> None:
        """So many articles are handed in for a guild's library. Raises `TooManyArticles`."""
        if self.cooldowns:
            self.cooldowns.addition(guild_id, await self.shelf.settings(guild_id), n_articles)

    async def slow_down_feedback(self, guild_id: int, user_id: int) -> None:
        """A person says why an answer was not helpful. Raises `TooMuchFeedback`."""
        if self.cooldowns:
            self.cooldowns.feedback(guild_id, user_id, await self.shelf.settings(guild_id))

    async def read(self, call: Callable[Concatenate[Reader, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What *call* gives back when it is handed the reader, run where no library waits."""
        return await self.aside(call, self._reader, *args, **kwargs)

    async def aside(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """What *call* gives back, run on a thread where no library waits."""
        work = asyncio.get_running_loop().run_in_executor(
            self._waiting_for_reader, copy_context().run, lambda: call(*args, **kwargs)
        )
        result: R = await self.wait(work)
        return result

    async def fetch(self, link: str, known: Origin | None = None) -> Fetched | None:
        """What *link* leads to; None when *known* is still what its server has. Raises as `Fetcher.fetch`."""
        work = asyncio.ensure_future(self._fetcher.fetch(link, known))
        found: Fetched | None = await self.wait(work)
        return found

    async def _tell_commands(self, state: BotState) -> None:
        """Syncs the commands when they have changed: Discord allows 200 creations a day."""
        translator = CommandTranslator(self._own_language)
        await self.tree.set_translator(translator)
        payload = [
            await command.get_translated_payload(self.tree, translator)
            for command in self.tree.get_commands()
        ]
        print_of_tree = json.dumps([self.application_id, payload], sort_keys=True, default=str)
        digest = hashlib.sha256(print_of_tree.encode()).hexdigest()
        if self._always_sync or state.fact("commands") != digest:
            ids = {command.name: command.id for command in await self.tree.sync()}
            state.set_fact("command_ids", json.dumps(ids))
            state.set_fact("commands", digest)
            log.info("told Discord %d commands", len(ids))
        self.mentions = _mentions(self.tree.walk_commands(), json.loads(state.fact("command_ids") or "{}"))

    @tasks.loop(hours=6)
    async def _keep_house(self) -> None:
        """A failure is logged: what raises would end the loop for good."""
        if self.state is None:
            return
        try:
            await housekeeping.note_absences(self, self.state, self._libraries)
            await housekeeping.delete_left(self, self.state)
            await housekeeping.sweep(self, self.state, self._libraries)
        except Exception:
            log.exception("the regular tidying up failed")

    @_keep_house.before_loop
    async def _wait_until_ready(self) -> None:
        await self.wait_until_ready()


def _mentions(
    walked: Any, ids: Mapping[str, int]
) -> dict[str, str]:  # discord.py's own union of command types
    mentions: dict[str, str] = {}
    for command in walked:
        name = command.qualified_name
        root = name.split()[0]
        mentions[name] = f"</{name}:{ids[root]}>" if root in ids else f"/{name}"
    return mentions
