"""Which library belongs to which guild: on which thread a call runs, what is closed, what is deleted."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from bot.errors import AnswerExpired
from bot.shelf import Shelf
from bot.state import ServerState
from corpus.article import Article
from corpus.errors import ArticleNotFound, NotALibrary
from corpus.library import Library

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

ONE, TWO, THREE = 111, 222, 333
WITHIN_S = 20
"""How long a test waits for another thread before it says that something hangs."""


@pytest.fixture
async def shelf(tmp_path: Path) -> AsyncIterator[Shelf]:
    opened = Shelf(tmp_path, most_open=2)
    yield opened
    await opened.close()


def thread(_: Library) -> threading.Thread:
    return threading.current_thread()


def titles(library: Library) -> list[str]:
    return [info.title for info in library.list()]


async def add(shelf: Shelf, guild_id: int, title: str) -> None:
    await shelf.run(guild_id, Library.add, Article(title=title, text=f"{title} was closed on Monday."))


class Gate:
    """A call that says when it began, and goes on when it is let."""

    def __init__(self) -> None:
        self.has_begun, self.may_end = threading.Event(), threading.Event()

    def __call__(self, _: object) -> str:
        self.has_begun.set()
        assert self.may_end.wait(WITHIN_S)
        return "done"


async def begun(gate: Gate) -> None:
    assert await asyncio.to_thread(gate.has_begun.wait, WITHIN_S)


# --- what goes wrong


async def test_what_a_call_raises_reaches_the_caller(shelf: Shelf) -> None:
    with pytest.raises(ArticleNotFound):
        await shelf.run(ONE, Library.get, "missing")


async def test_a_call_works_after_one_that_raised(shelf: Shelf) -> None:
    with pytest.raises(ArticleNotFound):
        await shelf.run(ONE, Library.get, "missing")
    assert await shelf.run(ONE, Library.list) == ()


async def test_a_library_that_cannot_be_opened_is_tried_again_at_the_next_call(
    shelf: Shelf, tmp_path: Path
) -> None:
    in_the_way = tmp_path / str(ONE)
    in_the_way.write_text("no folder")
    with pytest.raises(NotALibrary):
        await shelf.run(ONE, Library.list)
    in_the_way.unlink()
    assert await shelf.run(ONE, Library.list) == ()


async def test_a_guild_whose_library_is_broken_does_not_stop_another(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / str(ONE)).write_text("no folder")
    with pytest.raises(NotALibrary):
        await shelf.run(ONE, Library.list)
    assert await shelf.run(TWO, Library.list) == ()


async def test_a_caller_who_gives_up_does_not_stop_the_next(shelf: Shelf) -> None:
    gate = Gate()
    call = asyncio.create_task(shelf.run(ONE, gate))
    await begun(gate)
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    gate.may_end.set()
    assert await shelf.run(ONE, Library.list) == ()


# --- threads


async def test_no_call_runs_on_the_event_loops_thread(shelf: Shelf) -> None:
    assert await shelf.run(ONE, thread) is not threading.current_thread()


async def test_all_calls_of_a_guild_run_on_one_thread(shelf: Shelf) -> None:
    used = await asyncio.gather(*(shelf.run(ONE, thread) for _ in range(5)))
    assert len({id(one) for one in used}) == 1


async def test_two_guilds_run_on_threads_of_their_own(shelf: Shelf) -> None:
    assert await shelf.run(ONE, thread) is not await shelf.run(TWO, thread)


async def test_the_library_and_the_state_of_a_guild_share_its_thread(shelf: Shelf) -> None:
    of_library = await shelf.run(ONE, thread)
    assert await shelf.run_state(ONE, lambda _: threading.current_thread()) is of_library


async def test_a_guild_does_not_wait_for_another(shelf: Shelf) -> None:
    gate = Gate()
    slow = asyncio.create_task(shelf.run(ONE, gate))
    await begun(gate)
    assert await asyncio.wait_for(shelf.run(TWO, Library.list), WITHIN_S) == ()
    gate.may_end.set()
    assert await slow == "done"


async def test_a_call_waits_for_the_one_before_it_in_its_guild(shelf: Shelf) -> None:
    gate, order = Gate(), []
    first = asyncio.create_task(shelf.run(ONE, lambda library: order.append(gate(library))))
    await begun(gate)
    second = asyncio.create_task(shelf.run(ONE, lambda _: order.append("second")))
    assert await shelf.run(TWO, lambda _: list(order)) == []
    gate.may_end.set()
    await asyncio.gather(first, second)
    assert order == ["done", "second"]


async def test_the_event_loop_goes_on_while_a_call_blocks(shelf: Shelf) -> None:
    gate, turns = Gate(), 0
    call = asyncio.create_task(shelf.run(ONE, gate))
    await begun(gate)
    for _ in range(100):
        await asyncio.sleep(0)
        turns += 1
    assert (turns, call.done()) == (100, False)
    gate.may_end.set()
    await call


async def test_what_waits_for_a_thread_can_be_told_of_it(shelf: Shelf) -> None:
    waited = []

    async def declared(work: object) -> object:
        waited.append(work)
        return await work  # type: ignore[misc]

    shelf.wait = declared
    await shelf.run(ONE, Library.list)
    assert len(waited) == 1


# --- whose data it is


async def test_a_guild_does_not_see_the_articles_of_another(shelf: Shelf) -> None:
    await add(shelf, ONE, "Harbour")
    assert await shelf.run(TWO, titles) == []


async def test_a_guilds_data_is_in_a_folder_of_its_id(shelf: Shelf, tmp_path: Path) -> None:
    await add(shelf, ONE, "Harbour")
    await shelf.run_state(ONE, ServerState.n_answers)
    assert {file.name for file in (tmp_path / str(ONE)).iterdir()} >= {"library.db", "discord.db"}


async def test_asking_for_a_state_does_not_open_a_library(shelf: Shelf, tmp_path: Path) -> None:
    await shelf.run_state(ONE, ServerState.n_answers)
    assert not (tmp_path / str(ONE) / "library.db").exists()


# --- closing what was not used for longest


async def test_a_library_that_was_closed_is_opened_again_with_its_data(shelf: Shelf) -> None:
    await add(shelf, ONE, "Harbour")
    for guild_id in (TWO, THREE):
        await shelf.run(guild_id, Library.list)
    assert await shelf.run(ONE, titles) == ["Harbour"]


async def open_ones(shelf: Shelf, *guild_ids: int) -> dict[int, Library]:
    """The library of each guild, in turn."""
    return {guild_id: await shelf.run(guild_id, lambda library: library) for guild_id in guild_ids}


async def test_one_more_than_may_be_open_closes_the_one_not_used_for_longest(shelf: Shelf) -> None:
    before = await open_ones(shelf, ONE, TWO, ONE, THREE)
    after = await open_ones(shelf, ONE, THREE)
    assert (after[ONE] is before[ONE], after[THREE] is before[THREE]) == (True, True)
    assert (await open_ones(shelf, TWO))[TWO] is not before[TWO]


async def test_as_many_as_may_be_open_stay_open(shelf: Shelf) -> None:
    before = await open_ones(shelf, ONE, TWO)
    assert await open_ones(shelf, ONE, TWO) == before


async def test_a_library_in_use_is_not_closed(shelf: Shelf) -> None:
    gate = Gate()
    in_use = asyncio.create_task(shelf.run(ONE, lambda library: (gate(library), thread(library))[1]))
    await begun(gate)
    await open_ones(shelf, TWO, THREE)
    behind_it = asyncio.create_task(shelf.run(ONE, thread))
    await asyncio.sleep(0)
    gate.may_end.set()
    assert await in_use is await behind_it


# --- deleting and closing


async def test_deleting_removes_the_folder(shelf: Shelf, tmp_path: Path) -> None:
    await add(shelf, ONE, "Harbour")
    await shelf.delete(ONE)
    assert not (tmp_path / str(ONE)).exists()


async def test_deleting_closes_the_files_first(shelf: Shelf) -> None:
    library = (await open_ones(shelf, ONE))[ONE]
    await shelf.delete(ONE)
    with pytest.raises(Exception, match="closed"):
        library._store._db.execute("SELECT 1")  # type: ignore[attr-defined]


async def test_deleting_a_guild_leaves_another(shelf: Shelf) -> None:
    await add(shelf, ONE, "Harbour")
    await add(shelf, TWO, "Storm")
    await shelf.delete(ONE)
    assert await shelf.run(TWO, titles) == ["Storm"]


async def test_deleting_what_was_never_there_is_nothing(shelf: Shelf, tmp_path: Path) -> None:
    await shelf.delete(ONE)
    assert list(tmp_path.iterdir()) == []


async def test_a_guild_that_was_deleted_begins_anew(shelf: Shelf) -> None:
    await add(shelf, ONE, "Harbour")
    await shelf.delete(ONE)
    assert await shelf.run(ONE, titles) == []


async def test_a_deleted_answer_is_not_found_again(shelf: Shelf) -> None:
    await shelf.run_state(ONE, ServerState.n_answers)
    await shelf.delete(ONE)
    with pytest.raises(AnswerExpired):
        await shelf.run_state(ONE, ServerState.answer, "any")


async def test_deleting_waits_for_the_call_that_runs(shelf: Shelf) -> None:
    gate = Gate()
    call = asyncio.create_task(shelf.run(ONE, lambda library: (gate(library), library.list())[1]))
    await begun(gate)
    deleting = asyncio.create_task(shelf.delete(ONE))
    await shelf.run(TWO, Library.list)
    assert not deleting.done()
    gate.may_end.set()
    assert await call == ()
    await deleting


async def test_closing_waits_for_the_calls_that_run(tmp_path: Path) -> None:
    shelf, gate = Shelf(tmp_path), Gate()
    call = asyncio.create_task(shelf.run(ONE, lambda library: (gate(library), library.list())[1]))
    await begun(gate)
    closing = asyncio.create_task(shelf.close())
    await asyncio.to_thread(lambda: None)
    assert not closing.done()
    gate.may_end.set()
    assert await call == ()
    await closing


async def test_closing_a_shelf_closes_its_files(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    library = (await open_ones(shelf, ONE))[ONE]
    await shelf.close()
    with pytest.raises(Exception, match="closed"):
        library._store._db.execute("SELECT 1")  # type: ignore[attr-defined]


async def test_closing_ends_every_thread_of_the_shelf(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    used = [await shelf.run(guild_id, thread) for guild_id in (ONE, TWO)]
    await shelf.close()
    await asyncio.gather(*(asyncio.to_thread(one.join, WITHIN_S) for one in used))
    assert not any(one.is_alive() for one in used)


async def test_closing_twice_is_nothing(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    await open_ones(shelf, ONE)
    await shelf.close()
    await shelf.close()
