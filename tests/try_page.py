"""The try-out page as its own process, and in Chromium as a person uses it."""

from __future__ import annotations

import contextlib
import shutil
import signal
import subprocess
import threading
from typing import TYPE_CHECKING, Any

from bot.tryout import GUILD_ID
from corpus.library import Library
from tests.process import PROJECT, WITHIN_S, Ended, command, environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


class Page:
    """The process that serves the page. Its whole address is the first thing it says."""

    def __init__(self, data_dir: Path, *arguments: str, **variables: str) -> None:
        self._process = subprocess.Popen(
            command("bot.py", *arguments),
            cwd=PROJECT,
            env=environment(data_dir, **variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self._process.stdout is not None
        silent = threading.Timer(WITHIN_S, self._process.kill)
        silent.start()
        self.said = self._process.stdout.readline()
        silent.cancel()
        self.address = self.said.split()[-1] if self.said else ""

    def stop(self, how: signal.Signals = signal.SIGINT) -> Ended:
        self._process.send_signal(how)
        out, err = self._process.communicate(timeout=WITHIN_S)
        return Ended(self._process.returncode, self.said + out, err)

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


@contextlib.contextmanager
def served(data_dir: Path, *arguments: str, **variables: str) -> Iterator[Page]:
    page = Page(data_dir, *arguments, **variables)
    try:
        yield page
    finally:
        page.kill()


def library_of(data_dir: Path) -> Library:
    """What the page keeps, opened when no page runs."""
    return Library.open(data_dir / "try" / "libraries" / str(GUILD_ID))


IS_IDLE = """() => {
    const isFree = !document.querySelector("#send-message").disabled;
    window.idleFrames = isFree ? window.idleFrames + 1 : 0;
    return window.idleFrames > 30;
}"""


class Channel:
    """The one channel of the page, used as a person would."""

    def __init__(self, page: Any, shots: Path) -> None:
        self.page = page
        self._shots = shots

    def command(self, name: str, **options: str) -> None:
        """Types a command, chooses it, fills in its options and sends it."""
        composer = self.page.locator("#channel-composer-input")
        composer.press_sequentially(f"/{name}")
        self.page.locator(".command-entry", has_text=f"/{name}").first.wait_for()
        composer.press("Enter")
        for option, value in options.items():
            field = self.page.locator(f".command-option-input[data-option={option}]")
            if not field.count():  # the page opens with what a command must have
                self.page.locator(f".command-suggestion[data-value={option}]").click()
            field.fill(value)
        self.page.locator("#send-message").click()

    def offered(self) -> set[str]:
        """The commands that are offered to who types a slash."""
        composer = self.page.locator("#channel-composer-input")
        composer.press_sequentially("/")
        names = self.page.locator(".command-entry-title")
        names.first.wait_for()
        found = {name.split()[0] for name in names.all_inner_texts()}
        composer.fill("")
        return found

    def view_as(self, person: str) -> None:
        """Switches to another of those who look at the page."""
        self.wait_for_turn()
        self.page.get_by_label("Viewing as").select_option(label=person)
        self.wait_for_turn()

    def ask(self, question: str) -> Any:
        """The message that answers *question*."""
        self.command("ask", question=question)
        return self.message(question)

    def message(self, words: str) -> Any:
        """The last message that holds *words*; fails when none comes."""
        found = self.page.locator("#channel-message-list article", has_text=words).last
        found.wait_for()
        return found

    def press(self, message: Any, label: str) -> None:
        self.wait_for_turn()
        message.get_by_role("button", name=label, exact=True).click()

    def wait_for_turn(self) -> None:
        """Until the page is idle: it takes one action at a time, and drops a click that comes too soon."""
        self.page.evaluate("window.idleFrames = 0")
        self.page.wait_for_function(IS_IDLE)

    def dialog(self) -> Any:
        found = self.page.get_by_role("dialog").last
        found.wait_for()
        return found

    def shot(self, name: str) -> None:
        self.page.screenshot(path=self._shots / f"{name}.png")


def shows(message: Any, words: str) -> None:
    """Fails when *words* do not come to stand in the message."""
    message.get_by_text(words).first.wait_for()
