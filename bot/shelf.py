"""Which library belongs to which guild: opened when first needed, each on a thread of its own.

A connection belongs to the thread that opened it, so a library's calls run one after another on
one worker thread, and never on a thread that another library waits for.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import OrderedDict
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeAlias, TypeVar

from bot.server_settings import DEFAULT, ServerSettings
from bot.state import ServerState, is_there
from corpus.library import Library

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

P = ParamSpec("P")
R = TypeVar("R")

MOST_OPEN = 64
Wait: TypeAlias = "Callable[[Awaitable[Any]], Awaitable[Any]]"


def directly(thread: Awaitable[Any]) -> Awaitable[Any]:
    """How the event loop waits for a thread; a simulated Discord must be told of it."""
    return thread


def one_thread() -> Executor:
    """What runs one library's calls."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="library")


@dataclass(slots=True)
class _Server:
    """One guild's library and state, once its thread has opened them."""

    folder: Path
    executor: Executor
    n_running: int = 0
    library: Library | None = field(default=None)
    state: ServerState | None = field(default=None)

    def opened_library(self) -> Library:
        if self.library is None:
            self.library = Library.open(self.folder)
        return self.library

    def opened_state(self) -> ServerState:
        if self.state is None:
            self.state = ServerState.open(self.folder)
        return self.state

    def settings(self) -> ServerSettings:
        """What managers have set; where nothing was ever written, nothing is made to look."""
        return self.opened_state().settings() if self.state or is_there(self.folder) else DEFAULT

    def close(self) -> None:
        if self.library:
            self.library.close()
        if self.state:
            self.state.close()
        self.library = self.state = None


class Shelf:
    """The libraries of all servers. Its methods are called from the event loop and never block it."""

    def __init__(
        self, folder: Path, *, most_open: int = MOST_OPEN, new_executor: Callable[[], Executor] = one_thread
    ) -> None:
        self._folder = folder
        self._most_open = most_open
        self._new_executor = new_executor
        self._servers: OrderedDict[int, _Server] = OrderedDict()
        self._settings: dict[int, ServerSettings] = {}
        self.wait: Wait = directly

    async def run(
        self, guild_id: int, call: Callable[Concatenate[Library, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """What *call* gives back when it is handed the guild's library, on the library's thread."""
        return await self._on_thread(guild_id, lambda server: call(server.opened_library(), *args, **kwargs))

    async def run_state(
        self,
        guild_id: int,
        call: Callable[Concatenate[ServerState, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """The same for what belongs to Discord."""
        return await self._on_thread(guild_id, lambda server: call(server.opened_state(), *args, **kwargs))

    async def settings(self, guild_id: int) -> ServerSettings:
        """What a guild's managers have set; remembered, as every message may ask for it."""
        if guild_id not in self._settings:
            read = await self._on_thread(guild_id, _Server.settings)
            self._settings.setdefault(guild_id, read)  # a change may have come in between
        return self._settings[guild_id]

    async def change_settings(self, guild_id: int, **changes: Any) -> ServerSettings:
        """The guild's settings after *changes*, by the names in `ServerSettings`."""
        new = await self.run_state(guild_id, ServerState.change_settings, **changes)
        self._settings[guild_id] = new
        return new

    async def delete(self, guild_id: int) -> None:
        """Deletes all that is kept for a guild. Raises `OSError` when something could not be deleted."""
        server = self._server(guild_id)

        def close_and_delete(server: _Server) -> None:
            server.close()
            with suppress(FileNotFoundError):  # nobody has ever written anything there
                shutil.rmtree(server.folder)

        await self._on_thread(guild_id, close_and_delete)
        self._settings.pop(guild_id, None)
        if not server.n_running:
            self._servers.pop(guild_id, None)
            server.executor.shutdown(wait=False)

    async def close(self) -> None:
        """Lets what runs come to its end, then closes everything."""
        servers = list(self._servers.values())
        self._servers.clear()
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(loop.run_in_executor(server.executor, server.close) for server in servers))
        for server in servers:
            server.executor.shutdown(wait=False)

    async def _on_thread(self, guild_id: int, call: Callable[[_Server], R]) -> R:
        """A thread has a context of its own, so it is handed ours: the language that cards are written in."""
        server = self._server(guild_id)
        server.n_running += 1
        try:
            result: R = await self.wait(
                asyncio.get_running_loop().run_in_executor(server.executor, copy_context().run, call, server)
            )
            return result
        finally:
            server.n_running -= 1
            self._evict()

    def _server(self, guild_id: int) -> _Server:
        server = self._servers.get(guild_id)
        if server is None:
            folder = self._folder / str(guild_id)
            server = self._servers[guild_id] = _Server(folder, self._new_executor())
        self._servers.move_to_end(guild_id)
        return server

    def _evict(self) -> None:
        """Closes what was not used for longest, where nothing runs."""
        idle = [guild_id for guild_id, server in self._servers.items() if not server.n_running]
        for guild_id in idle[: max(0, len(self._servers) - self._most_open)]:
            server = self._servers.pop(guild_id)
            server.executor.submit(server.close)
            server.executor.shutdown(wait=False)
