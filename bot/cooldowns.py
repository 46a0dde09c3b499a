"""How often something may be done: so many times in so long, for each person or server."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.errors import TooManyArticles, TooManyQuestions, TooMuchFeedback
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

    def addition(self, guild_id: int, settings: ServerSettings, n_articles: int = 1) -> None:
        """Somebody hands in so many articles for a server's library. Raises `TooManyArticles`.

        More at once than may be added in a minute count as that many: else they never could be.
        """
        n_articles = min(n_articles, settings.additions)
        until = self._taken(("addition", guild_id), settings.additions, _MINUTE, n_articles)
        if until:
            raise TooManyArticles(until)

    def feedback(self, guild_id: int, user_id: int, settings: ServerSettings) -> None:
        """A person says why an answer was not helpful, as often as they may ask. Raises `TooMuchFeedback`."""
        key = ("feedback", guild_id, user_id)
        until = self._taken(key, settings.questions, timedelta(seconds=settings.seconds))
        if until:
            raise TooMuchFeedback(until)

    def _taken(self, key: Hashable, most: int, within: timedelta, times: int = 1) -> datetime | None:
        """Notes that it is done so many times more; or when that may be, and notes nothing."""
        now = clock.now()
        if len(self._done) > _FORGOTTEN_AT:
            self._forget(now - _LONGEST)
        done = self._done.setdefault(key, deque())
        while done and done[0] <= now - within:
            done.popleft()
        if len(done) + times > most:
            return done[len(done) + times - most - 1] + within
        done.extend([now] * times)
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
