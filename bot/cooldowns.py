"""How often something may be done: so many times in so long, for each person or server."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.errors import TooManyArticles, TooManyQuestions
from corpus import clock

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import datetime

    from bot.server_settings import ServerSettings

_MINUTE = timedelta(minutes=1)
_FORGOTTEN_AT = 10_000
"""With so many people and servers remembered, those that did nothing for long are forgotten."""
_LONGEST = timedelta(hours=1)


class Cooldowns:
    """Remembers who did what when. Everything here is in memory: a restart forgives."""

    def __init__(self) -> None:
        self._done: dict[Hashable, deque[datetime]] = {}
        self._refused: set[Hashable] = set()

    def question(self, guild_id: int, user_id: int, settings: ServerSettings) -> None:
        """A person asks something. Raises `TooManyQuestions`."""
        key = ("question", guild_id, user_id)
        until = self._taken(key, settings.questions, timedelta(seconds=settings.seconds))
        if until:
            is_first = key not in self._refused
            self._refused.add(key)
            raise TooManyQuestions(until, is_first=is_first)
        self._refused.discard(key)

    def addition(self, guild_id: int, settings: ServerSettings) -> None:
        """Somebody adds something to a server's library. Raises `TooManyArticles`."""
        until = self._taken(("addition", guild_id), settings.additions, _MINUTE)
        if until:
            raise TooManyArticles(until)

    def _taken(self, key: Hashable, most: int, within: timedelta) -> datetime | None:
        """Notes that it is done once more; or when it may be done again, and notes nothing."""
        now = clock.now()
        if len(self._done) > _FORGOTTEN_AT:
            self._forget(now - _LONGEST)
        done = self._done.setdefault(key, deque())
        while done and done[0] <= now - within:
            done.popleft()
        if len(done) >= most:
            return done[len(done) - most] + within
        done.append(now)
        return None

    def _forget(self, before: datetime) -> None:
        self._done = {key: done for key, done in self._done.items() if done and done[-1] > before}
        self._refused &= self._done.keys()


class Refusals:
    """Remembers who was told lately that the bot may not answer in a channel. A restart forgets."""

    def __init__(self) -> None:
        self._told: dict[tuple[int, int], datetime] = {}

    def is_news(self, user_id: int, channel_id: int) -> bool:
        """Whether a person was not told of a channel within the hour; from now on they were."""
        now, key = clock.now(), (user_id, channel_id)
        told = self._told.get(key)
        if told is not None and told > now - _LONGEST:
            return False
        if len(self._told) >= _FORGOTTEN_AT:
            self._told = {key: at for key, at in self._told.items() if at > now - _LONGEST}
        self._told[key] = now
        return True
