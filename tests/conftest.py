"""The bot in a simulated Discord, its threads replaced so that every test is the same each time."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from xdist.plugin import pytest_xdist_auto_num_workers as n_cores

from bot.app import ArticleBot
from corpus import reading
from corpus.article import Article, Reading
from corpus.library import Library

P = ParamSpec("P")
R = TypeVar("R")

GUILD_ID = 1_000_000_000_000_000_000
OTHER_GUILD_ID = 1_000_000_000_000_000_001


IN_MEMORY = Path("/dev/shm")  # noqa: S108  # pytest makes a folder there that is only ours
ROOM_BYTES = 2 * 1024**3
SETTLES_WITHIN_S = 60
"""How long the bot may take for one event on a busy computer, where SimCord's own 5 s are not enough."""


# The same examples each time, however busy the computer is. `--hypothesis-profile=default` takes others.
settings.register_profile(
    "same",
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("same")


def pytest_configure() -> None:
    """Before the processes that test are started: they and all that they start get this environment.

    The tests' folders lie in memory where there is a place for that, as on Linux: what is written for good
    there waits for no disk. And modules are compiled once, not by each of the processes.
    """
    if os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM_BYTES:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "simcord_env" in getattr(item, "fixturenames", ()):
            own = item.get_closest_marker("simcord")
            wanted = {"settle_timeout": SETTLES_WITHIN_S, **(own.kwargs if own else {})}
            item.add_marker(pytest.mark.simcord(**wanted), append=False)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """How many processes test beside each other: one more than cores, as disks are waited for, too."""
    return int(n_cores(config)) + 1


class Inline(Executor):
    """Runs what it is given at once, in the caller's thread."""

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        future: Future[R] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future


class InProcess:
    """Reads in the caller's own process, at once."""

    def __enter__(self) -> InProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def warm_up(self) -> None:
        pass

    def read(self, data: bytes, name: str, url: str | None = None, charset: str | None = None) -> Reading:
        return reading.read(data, name, url, charset)

    def close(self) -> None:
        pass


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def quick_reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal reads files and pages in this process, but for the tests that ask for another one."""
    if "elsewhere" not in request.fixturenames:
        monkeypatch.setattr("bot.cli.Workers", InProcess)


@pytest.fixture
def elsewhere() -> None:
    """The terminal reads in other processes, as it does for a person."""


@pytest.fixture
def simcord_bot(data_dir: Path) -> ArticleBot:
    """The real bot; SimCord's `simcord_env` runs it."""
    return ArticleBot(data_dir, new_executor=Inline, reader=InProcess(), shard_count=1)


@pytest.fixture
def stock(data_dir: Path) -> Callable[..., list[Article]]:
    """Puts articles into a guild's library: `stock(GUILD_ID, Article(...), ...)`."""

    def put(guild_id: int, *articles: Article) -> list[Article]:
        with Library.open(data_dir / "libraries" / str(guild_id)) as library:
            return [library.add(article) for article in articles]

    return put


def words_of(message: Any) -> str:
    """All text and labels of a message's components, a line each, as a reader meets them."""
    found: list[str] = []

    def walk(part: Any) -> None:
        raw = part if isinstance(part, dict) else part.to_dict()
        for key in ("content", "label", "placeholder"):
            if raw.get(key):
                found.append(str(raw[key]))
        for child in [*(raw.get("components") or ()), raw.get("accessory"), raw.get("component")]:
            if child:
                walk(child)

    for component in message.components:
        walk(component)
    return "\n".join(found)
