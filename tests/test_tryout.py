"""The page to try the bot in: as its own process, and in Chromium where that is found."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from bot import tryout
from bot.app import ArticleBot
from bot.errors import StartError
from bot.settings import Settings
from corpus.article import Article
from tests.process import environment, footnote, python
from tests.try_page import CHROMIUM, FLAGS, Channel, library_of, served, shows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WITHIN_MS = 30_000
"""How long anything may take to show on a busy computer."""
WITHOUT = """
import sys
sys.modules[{module!r}] = None
from bot.cli import main
main({arguments!r})
"""
"""Footnote's own command line, where a module cannot be imported."""


def titles_in(data_dir: Path) -> list[str]:
    with library_of(data_dir) as library:
        return [info.title for info in library.list()]


# --- what keeps it from starting


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = footnote("try", "--no-browser", "--port", str(port), env=environment(tmp_path))
    assert done.code == 1
    assert done.err.startswith(f"Error: Port {port} cannot be used")


@pytest.mark.parametrize("module", ["simcord", "av"])
def test_without_what_it_needs_it_says_which_command_installs_it(tmp_path: Path, module: str) -> None:
    code = WITHOUT.format(module=module, arguments=["try", "--no-browser"])
    done = python("-c", code, env=environment(tmp_path))
    assert (done.code, "pip install -e '.[try]'" in done.err, "Traceback" in done.err) == (1, True, False)


def test_a_folder_that_is_a_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder")
    done = footnote("try", "--no-browser", env=environment(tmp_path / "data"))
    assert (done.code, "it is a file, not a folder" in done.err) == (1, True)


async def test_it_opens_links_as_the_operator_has_set_and_has_no_cooldowns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[ArticleBot] = []

    class Made(ArticleBot):
        """Is made and goes no further."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            made.append(self)
            raise StartError

    monkeypatch.setattr(tryout, "ArticleBot", Made)
    env = {"DATA_DIR": str(tmp_path), "CONTACT": "ops@example.org", "FETCH_ALLOW": "wiki.corp"}
    settings = Settings.from_env(env)
    with pytest.raises(StartError):
        await tryout.serve(settings, port=0, opens_browser=False, stop=asyncio.Event(), say=print)
    fetcher = made[0]._fetcher
    assert ("ops@example.org" in fetcher._user_agent, fetcher._allowed) == (True, settings.fetch_allow)
    assert made[0].cooldowns is None


# --- its address, its end, what it keeps


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def address(port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a page is served that all tests share which do not stop it."""
    with served(tmp_path_factory.mktemp("data"), "try", "--no-browser", "--port", str(port)) as page:
        yield page.address


def test_the_address_is_of_this_computer_and_carries_its_key(address: str) -> None:
    parts = urlsplit(address)
    assert (parts.scheme, parts.hostname, len(parts.fragment) >= 32) == ("http", "127.0.0.1", True)


def test_the_page_has_the_port_that_was_asked_for(address: str, port: int) -> None:
    assert urlsplit(address).port == port


def test_ctrl_c_stops_it_with_0_and_without_a_word(tmp_path: Path) -> None:
    with served(tmp_path, "try", "--no-browser") as page:
        done = page.stop(signal.SIGINT)
    assert (done.code, done.err) == (0, "")


def test_what_was_added_before_is_kept_and_no_starter_article_comes_back(tmp_path: Path) -> None:
    with library_of(tmp_path) as library:
        library.add(Article(title="Ferry cancelled", text="The ferry was cancelled because of fog."))
    with served(tmp_path, "try", "--no-browser") as page:
        assert page.stop(signal.SIGTERM).code == 0
    assert titles_in(tmp_path) == ["Ferry cancelled"]


def test_without_a_command_and_a_token_it_opens_the_page_in_a_browser(tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    script = f"{sys.executable} -c \"import sys; open('{opened}', 'w').write(sys.argv[1])\" %s"
    with served(tmp_path / "data", BROWSER=script) as page:
        assert page.stop().code == 0
    assert opened.read_text() == page.address


# --- in a browser

FERRY = "The ferry to Norderney was cancelled on Tuesday because of thick fog over the harbour."


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def channel(browser: Any, address: str, tmp_path: Path) -> Iterator[Channel]:
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    page.set_default_timeout(WITHIN_MS)
    page.goto(address)
    opened = Channel(page, tmp_path)
    opened.message("Try Footnote here")
    yield opened
    opened.shot("last")
    page.close()


def test_the_first_message_says_what_to_type(channel: Channel) -> None:
    shows(channel.message("Try Footnote here"), "what did the UN report say")
    channel.shot("first")


def test_a_question_is_answered_in_the_articles_words(channel: Channel) -> None:
    shows(channel.ask("what did the UN report say"), "Taliban leaders kept consulting al-Qaeda")
    channel.shot("answer")


def test_next_and_back_turn_the_page(channel: Channel) -> None:
    answer = channel.ask("how many people were on the moon")
    channel.press(answer, "Next")
    shows(answer, "Passages 4–6 of")
    channel.shot("next")
    channel.press(answer, "Back")
    shows(answer, "Passages 1–3 of")


def test_more_about_opens_the_paragraphs_for_the_reader_alone(channel: Channel) -> None:
    answer = channel.ask("who found the Rosetta Stone")
    channel.wait_for_turn()
    menu = answer.get_by_role("combobox", name="More about…")
    menu.click()
    menu.press("Enter")
    shows(channel.message("Whole article"), "Only you can see this")
    channel.shot("more-about")


def test_a_text_that_was_pasted_can_be_asked_about(channel: Channel) -> None:
    channel.command("add")
    dialog = channel.dialog()
    dialog.get_by_label("Title").fill("Ferry cancelled")
    dialog.locator("textarea").first.fill(FERRY)
    channel.shot("dialog")
    dialog.get_by_role("button", name="Submit").click()
    preview = channel.message("nothing is stored yet")
    channel.shot("preview")
    channel.press(preview, "Add")
    channel.message("Added Ferry cancelled")
    shows(channel.ask("why was the ferry to Norderney cancelled"), "fog over the harbour.")
    channel.shot("own-answer")


def test_the_manager_may_add_and_the_member_sees_what_everyone_sees(channel: Channel) -> None:
    question = "how many people were on the moon"
    channel.ask(question)
    channel.command("library stats")
    shows(channel.message("public answer"), "Only you can see this")
    to_the_manager = channel.offered()
    channel.view_as("member")
    try:
        to_the_member = channel.offered()
        channel.press(channel.message(question), "Next")
        shows(channel.message("Passages 4–6 of"), "Only you can see this")
        channel.shot("member")
        seen_by_the_member = channel.page.locator("#channel-message-list").inner_text()
    finally:
        channel.view_as("manager")
    channel.shot("manager")
    assert "public answer" not in seen_by_the_member
    assert "Passages 1–3 of" in seen_by_the_member
    assert {"/ask", "/articles", "/summary"} <= to_the_member
    assert to_the_manager - to_the_member == {"/add", "/library", "/settings"}


def test_after_a_question_without_words_the_next_can_be_typed(channel: Channel) -> None:
    channel.command("ask", question="what is it")
    channel.message("That question has no searchable words.")
    channel.shot("no-words")
    channel.page.locator("#channel-composer-input").wait_for()


def test_an_empty_dialog_is_closed_and_answered(channel: Channel) -> None:
    channel.command("add")
    dialog = channel.dialog()
    dialog.get_by_role("button", name="Submit").click()
    channel.message("Nothing was given")
    channel.shot("nothing-given")
    dialog.wait_for(state="hidden")


def test_no_article_was_added_in_the_future(channel: Channel) -> None:
    channel.command("library info", article="The Suez Canal: building, crisis and the Ever Given")
    info = channel.message("paragraphs,")
    channel.shot("info")
    assert "added in" not in info.inner_text()


def test_what_was_just_added_was_added_just_now(channel: Channel) -> None:
    channel.command("add")
    dialog = channel.dialog()
    dialog.get_by_label("Title").fill("Market opened")
    dialog.locator("textarea").first.fill("The market opened on Monday with apples and pears.")
    dialog.get_by_role("button", name="Submit").click()
    channel.press(channel.message("nothing is stored yet"), "Add")
    channel.message("Added Market opened")
    channel.wait_for_turn()
    channel.command("library info", article="Market opened")
    info = channel.message("9 words · English · added")
    channel.shot("just-added")
    assert re.search(r"added (now|(\d+ seconds?|a minute|1 minute) ago)", info.inner_text())


def test_ctrl_c_stops_it_while_the_page_is_open(browser: Any, tmp_path: Path) -> None:
    with served(tmp_path, "try", "--no-browser") as served_page:
        page = browser.new_page()
        page.goto(served_page.address)
        page.get_by_role("heading", name="Try Footnote here").wait_for()
        done = served_page.stop(signal.SIGINT)
        page.close()
    assert (done.code, done.err) == (0, "")
