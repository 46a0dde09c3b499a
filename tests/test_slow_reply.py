"""An answer that comes soon is sent at once; one that does not is announced, and then put in its place."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from bot import slow_reply as module
from bot.replies.card import Accent, card, text
from bot.slow_reply import slow_reply

if TYPE_CHECKING:
    from discord import ui

WITHIN_S = 20


class Discord:
    """Remembers what an interaction told Discord. `refuses` are the calls that fail."""

    def __init__(self, *refuses: str) -> None:
        self.told: list[tuple[str, bool]] = []
        self.is_deferred = asyncio.Event()
        self.may_defer = asyncio.Event()
        self.may_defer.set()
        self.extras: dict[str, bool] = {}
        self._refuses = refuses
        self._is_done = False
        self.response = SimpleNamespace(
            is_done=lambda: self._is_done, defer=self._defer, send_message=self._send
        )

    async def _defer(self, *, ephemeral: bool, thinking: bool) -> None:
        assert thinking
        self.is_deferred.set()
        await self.may_defer.wait()
        self._tell("defer", ephemeral)

    async def _send(self, *, view: ui.LayoutView, ephemeral: bool) -> None:
        assert view.children
        self._tell("send", ephemeral)

    async def edit_original_response(self, *, view: ui.LayoutView) -> None:
        assert view.children
        self._tell("edit", False)

    def _tell(self, call: str, is_private: bool) -> None:
        if call in self._refuses:
            raise ConnectionError(call)
        self.told.append((call, is_private))
        self._is_done = True


def replying(discord: Discord, *, is_private: bool) -> Any:
    return slow_reply(discord, is_private=is_private)  # type: ignore[arg-type]


def answer() -> ui.LayoutView:
    return card(text("The harbour was closed."), accent=Accent.ARTICLES)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything takes too long."""
    monkeypatch.setattr(module, "DEFERRED_AFTER_S", 0)


async def deferred(discord: Discord) -> None:
    await asyncio.wait_for(discord.is_deferred.wait(), WITHIN_S)


@pytest.mark.parametrize("is_private", [True, False])
async def test_a_quick_answer_is_sent_without_a_defer(is_private: bool) -> None:
    discord = Discord()
    async with replying(discord, is_private=is_private) as reply:
        await reply.send(answer())
    assert discord.told == [("send", is_private)]


async def test_only_the_answer_may_tell_that_it_is_private() -> None:
    discord = Discord()
    async with replying(discord, is_private=False) as reply:
        await reply.send(answer(), is_private=True)
    assert discord.told == [("send", True)]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("is_private", [True, False])
async def test_a_slow_answer_is_announced_and_then_put_in_its_place(is_private: bool) -> None:
    discord = Discord()
    async with replying(discord, is_private=is_private) as reply:
        await deferred(discord)
        await reply.send(answer())
    assert discord.told == [("defer", is_private), ("edit", False)]


@pytest.mark.usefixtures("impatient")
async def test_an_answer_waits_for_an_announcement_that_is_on_its_way() -> None:
    discord = Discord()
    discord.may_defer.clear()
    async with replying(discord, is_private=False) as reply:
        await deferred(discord)
        sending = asyncio.create_task(reply.send(answer()))
        await asyncio.sleep(0)
        discord.may_defer.set()
        await sending
    assert [call for call, _ in discord.told] == ["defer", "edit"]


@pytest.mark.usefixtures("impatient")
async def test_an_announcement_that_failed_does_not_stop_the_answer() -> None:
    discord = Discord("defer")
    async with replying(discord, is_private=False) as reply:
        await deferred(discord)
        await reply.send(answer())
    assert discord.told == [("send", False)]


async def test_what_the_work_raises_comes_through() -> None:
    with pytest.raises(LookupError):
        async with replying(Discord(), is_private=False):
            raise LookupError


async def test_nothing_is_announced_after_the_work_has_failed() -> None:
    discord, before = Discord(), asyncio.all_tasks()
    with pytest.raises(LookupError):
        async with replying(discord, is_private=False):
            raise LookupError
    assert (discord.told, asyncio.all_tasks()) == ([], before)


@pytest.mark.usefixtures("impatient")
async def test_an_announcement_on_its_way_is_finished_when_the_work_fails() -> None:
    """Else Discord has taken it, discord.py does not know, and the error cannot be sent as a response."""
    discord = Discord()
    discord.may_defer.clear()
    with pytest.raises(LookupError):
        await failing_while_it_is_announced(discord)
    assert discord.response.is_done()


async def failing_while_it_is_announced(discord: Discord) -> None:
    async with replying(discord, is_private=True):
        await deferred(discord)
        asyncio.get_running_loop().call_soon(discord.may_defer.set)
        raise LookupError
