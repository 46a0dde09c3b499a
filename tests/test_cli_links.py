"""Links in the terminal, from a web server on loopback that FETCH_ALLOW opens."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from corpus.article import Article
from corpus.library import Library
from tests.pages_in_languages import pages_of_every_state

pytestmark = pytest.mark.usefixtures("quick_reader")
STORM = (
    "The harbour of the old town was closed on Monday morning because of a storm from the north. "
    "Fishermen had tied up their boats the evening before, and nobody was hurt during the night. "
)


def page(title: str, n_paragraphs: int = 6) -> bytes:
    body = "".join(f"<p>{title} {number}. {STORM}</p>" for number in range(n_paragraphs))
    return f"<!doctype html><title>{title}</title><article><h1>{title}</h1>{body}</article>".encode()


class Pages(BaseHTTPRequestHandler):
    """Answers with what stands in `found`, else with 404."""

    found: ClassVar[dict[str, bytes]] = {}
    asked: ClassVar[list[tuple[str, str | None]]] = []
    kinds: ClassVar[dict[str, str]] = {}
    """What is said to be at some of them."""

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["User-Agent"]))
        body = self.found.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("ETag", '"v1"')
        self.send_header("Content-Type", self.kinds.get(self.path, "text/html"))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: Any) -> None:
        """Nothing: the test says what went wrong."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    notes = f"# Notes\n\n{STORM}".encode()
    Pages.found = {"/harbour": page("The harbour"), "/thin": page("Thin", 1), "/notes.md": notes}
    Pages.asked, Pages.kinds = [], {}
    monkeypatch.setenv("FETCH_ALLOW", f"127.0.0.1:{server.server_port}")
    monkeypatch.setenv("CONTACT", "ops@example.org")
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def add(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--library", str(folder), "add", *arguments], catch_exceptions=False)


def stored(folder: Path) -> list[Article]:
    with Library.open(folder) as library:
        return list(library.export())


@pytest.mark.usefixtures("elsewhere")
def test_a_link_is_added_with_where_it_came_from(tmp_path: Path, site: str) -> None:
    assert add(tmp_path, f"{site}/harbour").exit_code == 0
    [article] = stored(tmp_path)
    assert (article.title, article.url) == ("The harbour", f"{site}/harbour")
    assert article.origin is not None
    assert article.origin.etag == '"v1"'


def test_a_site_is_told_whom_to_write_to(tmp_path: Path, site: str) -> None:
    add(tmp_path, f"{site}/harbour")
    [(_, agent)] = Pages.asked
    assert agent is not None
    assert "ops@example.org" in agent


def test_links_and_files_are_added_together(tmp_path: Path, site: str) -> None:
    file = tmp_path / "note.txt"
    file.write_text(f"A note\n\n{STORM}")
    found = add(tmp_path / "library", f"{site}/harbour", f"{site}/none", str(file), "--json")
    lines = [json.loads(line) for line in found.stdout.splitlines()]
    assert [("article" in line, line["input"]) for line in lines] == [
        (True, f"{site}/harbour"),
        (False, f"{site}/none"),
        (True, str(file)),
    ]
    assert found.exit_code == 1
    assert "Error: 127.0.0.1 answered 404 (has no such page).\nCheck the link.\n" in found.stderr


def test_a_link_to_a_file_is_read_as_one(tmp_path: Path, site: str) -> None:
    add(tmp_path, f"{site}/notes.md")
    assert [article.title for article in stored(tmp_path)] == ["Notes"]


@pytest.mark.parametrize("suffix", ["", ".txt"])
def test_what_a_server_calls_the_encoding_is_believed(tmp_path: Path, site: str, suffix: str) -> None:
    line = "島へ渡る船は嵐で止まった。"
    whole = f"<p>{line}</p>" * 20 if not suffix else f"島の船\n\n{line * 20}"
    Pages.found[f"/ferry{suffix}"] = whole.encode("iso-2022-jp")
    Pages.kinds[f"/ferry{suffix}"] = "text/plain; charset=ISO-2022-JP"
    assert add(tmp_path, f"{site}/ferry{suffix}", "--anyway").exit_code == 0
    assert line in stored(tmp_path)[0].text


def test_a_link_that_is_in_the_library_is_not_fetched(tmp_path: Path, site: str) -> None:
    add(tmp_path, f"{site}/harbour")
    found = add(tmp_path, f"{site}/harbour/")
    assert (found.exit_code, len(Pages.asked)) == (1, 1)
    assert "Already in the library" in found.stderr


def test_a_thin_page_is_refused_in_a_sentence(tmp_path: Path, site: str) -> None:
    found = add(tmp_path, f"{site}/thin")
    assert (found.exit_code, found.stdout, stored(tmp_path)) == (1, "", [])
    assert "127.0.0.1/thin was not stored: only" in found.stderr
    assert "--anyway" in found.stderr


def test_each_thing_that_stands_in_an_articles_place_is_named_with_what_to_do(
    tmp_path: Path, site: str
) -> None:
    Pages.found = {f"/{state}": content for state, content in pages_of_every_state().items()}
    found = add(tmp_path, *(f"{site}{path}" for path in Pages.found))
    assert (found.exit_code, found.stdout, stored(tmp_path)) == (1, "", [])
    said, next_steps = found.stderr.splitlines()[::2], found.stderr.splitlines()[1::2]
    assert [line.partition("looks like ")[2] for line in said] == [
        "a page that keeps robots out.",
        "a page whose text only a browser shows.",
        "a question about cookies.",
        "the beginning of an article behind a paywall.",
        "a page without much of an article.",
    ]
    assert set(next_steps) == {
        "Save the page from a browser and add the file, or store it as it is with --anyway."
    }


def test_a_thin_page_is_stored_when_that_is_wanted(tmp_path: Path, site: str) -> None:
    found = add(tmp_path, f"{site}/thin", "--anyway", "--json")
    assert (found.exit_code, json.loads(found.stdout)["looks_like"]) == (0, "short")
    assert [article.title for article in stored(tmp_path)] == ["Thin"]


def test_the_same_story_of_the_same_site_is_not_stored_twice(tmp_path: Path, site: str) -> None:
    Pages.found["/ferry"] = page("The ferry")
    Pages.found["/ferry-2"] = page("The ferry", 7)
    add(tmp_path, f"{site}/ferry")
    found = add(tmp_path, f"{site}/ferry-2")
    assert (found.exit_code, len(stored(tmp_path))) == (1, 1)
    assert "Another version of this story is in the library: “The ferry”" in found.stderr
    [there] = stored(tmp_path)
    assert (
        f"remove it first: “python bot.py remove {there.id}”; with --anyway both are stored." in found.stderr
    )
    assert add(tmp_path, f"{site}/ferry-2", "--anyway").exit_code == 0
    assert len(stored(tmp_path)) == 2


def test_the_same_story_of_another_outlet_is_stored_and_said(tmp_path: Path, site: str) -> None:
    Pages.found["/ferry"] = page("The ferry")
    Pages.found["/agency"] = page("The ferry", 8)
    add(tmp_path, f"{site}/ferry", "--publisher", "Island News")
    found = add(tmp_path, f"{site}/agency", "--publisher", "Harbour Post", "--json")
    assert found.exit_code == 0
    assert json.loads(found.stdout)["same_story"]["publisher"] == "Island News"


def test_without_an_allowance_a_link_inside_is_refused(
    tmp_path: Path, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FETCH_ALLOW")
    found = add(tmp_path, f"{site}/harbour")
    assert (found.exit_code, Pages.asked) == (1, [])
    assert "is not opened" in found.stderr


def test_a_setting_that_cannot_be_read_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FETCH_ALLOW", "10.0.0.0/99")
    found = add(tmp_path, "https://example.org/")
    assert (found.exit_code, found.stderr.splitlines()[0]) == (
        1,
        "Error: FETCH_ALLOW holds “10.0.0.0/99”; write networks and names like 10.20.0.0/16, wiki.corp:81.",
    )


def test_a_file_that_holds_no_text_is_not_stored_unasked(tmp_path: Path) -> None:
    file = tmp_path / "key.txt"
    file.write_bytes(b"4b3f9a07c2" + bytes(range(256)).hex().encode() * 3)
    found = add(tmp_path / "library", str(file))
    assert (found.exit_code, stored(tmp_path / "library")) == (1, [])
    assert "key.txt was not stored: this looks like something else than a text" in found.stderr
    assert "--anyway" in found.stderr
