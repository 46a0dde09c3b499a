"""The terminal: its commands in process, its streams, signals and exit codes as a program of its own."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from corpus import clock
from corpus.library import Library
from tests.conftest import InProcess as Reading
from tests.made import Words, a_docx, a_pdf, a_zip, an_epub, docx_parts, lines, paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PROJECT = Path(__file__).parents[1]
FERRY = "The ferry between Lunde and Varnes will stop on the last day of March, the harbour board said."
BRIDGE = "The bridge over the sound will open in May, and nobody will have to pay for crossing it."
TUNNEL = "A tunnel under the sound was planned in 1970, but no money was ever found for its pumps."
RECORDS = [
    {
        "id": "ferry",
        "title": "The last ferry",
        "text": FERRY,
        "url": "https://post.example/ferry",
        "publisher": "Harbour Post",
        "author": "Ada Berg",
        "published": "2020-07-02",
        "language": "en",
    },
    {"id": "bridge", "title": "A bridge", "text": BRIDGE, "publisher": "Sound Times", "language": "en"},
    {"id": "tunnel", "title": "Why there is no tunnel", "text": f"{TUNNEL}\n\n{BRIDGE}", "language": "en"},
]
EVERY_COMMAND = sorted(cli.commands)
pytestmark = pytest.mark.usefixtures("quick_reader")


def json_lines(records: Sequence[dict[str, Any]]) -> str:
    return "".join(f"{json.dumps(record)}\n" for record in records)


def parsed(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


class InProcess:
    """The terminal's commands on one library, without a process for each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: str | Path, stdin: str | bytes = "") -> Result:
        words = ["--library", str(self.folder), *map(str, arguments)]
        return CliRunner().invoke(cli, words, input=stdin, catch_exceptions=False)

    @property
    def ids(self) -> set[str]:
        """The ids of the articles that are in the library."""
        with Library.open(self.folder) as library:
            return {info.id for info in library.list()}


@pytest.fixture
def terminal(tmp_path: Path) -> InProcess:
    """With a library of three articles, to write to."""
    made = InProcess(tmp_path / "library")
    made("import", "-", stdin=json_lines(RECORDS))
    return made


@pytest.fixture
def nowhere(tmp_path: Path) -> InProcess:
    """With a library that is not there yet."""
    return InProcess(tmp_path / "nowhere")


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> InProcess:
    """With the articles that ship. Nothing here writes to it."""
    made = InProcess(tmp_path_factory.mktemp("starter") / "library")
    made("import", "--starter")
    return made


@pytest.fixture
def article_file(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_text(f"The ferry that nobody wanted\n\n3 July 2020 Harbour Post\n\n{FERRY}\n")
    return path


# --- wrong usage


@pytest.mark.parametrize(
    "arguments",
    [
        ["aks", "ferry"],
        ["ask"],
        ["ask", "--jsn", "ferry"],
        ["ask", "--top", "0", "ferry"],
        ["ask", "--top", "11", "ferry"],
        ["ask", "--top", "many", "ferry"],
        ["ask", "--since", "soon", "ferry"],
        ["ask", "--since", "", "ferry"],
        ["ask", "--since", "2020-02-30", "ferry"],
        ["ask", "--since", "99999999999y", "ferry"],
        ["add"],
        ["add", "--published", "yesterday", "-"],
        ["add", "--title", "One title", "a.txt", "b.txt"],
        ["add", "--url", "https://post.example", "a.txt", "b.txt"],
        ["import"],
        ["show"],
        ["remove"],
        ["summary"],
        ["summary", "--length", "tiny", "ferry"],
        ["digest", "--since", "soon"],
        ["evaluate"],
        ["evaluate", "--leave-out", "most", "questions.jsonl"],
        ["check", "ferry"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_two_and_says_how_it_is_done(nowhere: InProcess, arguments: list[str]) -> None:
    found = nowhere(*arguments)
    assert (found.exit_code, found.stdout) == (2, "")
    assert "Usage: " in found.stderr
    assert not nowhere.folder.exists()


def test_a_command_typed_wrong_is_put_right(nowhere: InProcess) -> None:
    assert "Did you mean 'ask'?" in nowhere("aks", "ferry").stderr


@pytest.mark.parametrize("command", EVERY_COMMAND)
def test_every_command_explains_itself(nowhere: InProcess, command: str) -> None:
    found = nowhere(command, "--help")
    assert found.exit_code == 0
    assert found.stdout.startswith(f"Usage: cli {command} ")


def test_the_help_names_every_command(nowhere: InProcess) -> None:
    listed = nowhere("-h").stdout.partition("Commands:")[2]
    assert {line.split()[0] for line in listed.splitlines() if line.strip()} == set(EVERY_COMMAND)


@pytest.mark.parametrize(
    "command",
    sorted(
        {
            "ask",
            "add",
            "import",
            "articles",
            "show",
            "remove",
            "export",
            "summary",
            "digest",
            "evaluate",
            "check",
            "doctor",
        }
    ),
)
def test_every_command_of_the_library_has_an_option_for_scripts(command: str) -> None:
    assert any("--json" in option.opts for option in cli.commands[command].params)


# --- a library that cannot be used


READING_COMMANDS = [
    ["ask", "ferry"],
    ["ask", "-"],
    ["articles"],
    ["show", "ferry"],
    ["remove", "ferry"],
    ["export"],
    ["summary", "ferry"],
    ["digest", "ferry"],
    ["check"],
]


@pytest.mark.parametrize("arguments", READING_COMMANDS, ids=" ".join)
def test_a_library_that_is_not_there_is_said_to_be_so_and_the_starter_offered(
    nowhere: InProcess, arguments: list[str]
) -> None:
    found = nowhere(*arguments)
    assert (found.exit_code, found.stdout) == (1, "")
    assert found.stderr.startswith(f"Error: There is no library in {nowhere.folder} yet.\n")
    assert "import --starter" in found.stderr


@pytest.mark.parametrize("arguments", READING_COMMANDS, ids=" ".join)
def test_to_look_for_a_library_does_not_make_one(nowhere: InProcess, arguments: list[str]) -> None:
    nowhere(*arguments)
    assert not nowhere.folder.exists()


@pytest.mark.parametrize("arguments", [["ask", "ferry"], ["import", "--starter"]], ids=" ".join)
def test_a_library_that_is_a_file_is_refused_and_left_alone(tmp_path: Path, arguments: list[str]) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a library")
    found = InProcess(path)(*arguments)
    assert found.exit_code == 1
    assert found.stderr.startswith(
        f"Error: {path} is not a library: it is a file, not a folder.\nName another"
    )
    assert path.read_text() == "not a library"


def test_a_library_whose_name_is_too_long_is_refused_in_a_sentence(tmp_path: Path) -> None:
    assert InProcess(tmp_path / ("ferry" * 60))("ask", "ferry").stderr.startswith("Error: ")


def test_a_folder_with_another_program_s_file_is_refused(nowhere: InProcess) -> None:
    nowhere.folder.mkdir()
    (nowhere.folder / "library.db").write_bytes(
        b"not a database at all, but long enough to be looked at" * 20
    )
    found = nowhere("ask", "ferry")
    assert (found.exit_code, found.stderr.count("is not a library")) == (1, 1)


def test_a_library_from_a_newer_version_is_refused_in_a_sentence(terminal: InProcess) -> None:
    with closing(sqlite3.connect(terminal.folder / "library.db")) as connection, connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('footnote', 'm999_of_tomorrow')"
        )
    found = terminal("ask", "ferry")
    assert found.exit_code == 1
    assert found.stderr.startswith("Error: A newer version of this program wrote the library")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_write_permission_is_refused_in_a_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    found = InProcess(tmp_path / "library")("import", "--starter")
    tmp_path.chmod(0o700)
    assert (found.exit_code, found.stderr.count("No permission to write")) == (1, 1)


# --- ask: what is refused


@pytest.mark.parametrize("question", ["", "   ", "the of and", "?!", "😀 🚢", "-- --"])
def test_a_question_without_a_word_to_search_for_is_refused(starter: InProcess, question: str) -> None:
    found = starter("ask", "--", question)
    assert (found.exit_code, found.stdout) == (1, "")
    assert found.stderr.startswith("Error: That question has no searchable words.")


def test_a_question_of_five_thousand_characters_is_refused_with_the_limit(starter: InProcess) -> None:
    found = starter("ask", "moon " * 1000)
    assert (found.exit_code, found.stdout) == (1, "")
    assert "has 5,000 characters; the limit is 300." in found.stderr


def test_a_publisher_that_is_not_there_is_refused_and_those_that_are_are_named(terminal: InProcess) -> None:
    found = terminal("ask", "ferry", "--source", "Air News")
    assert found.exit_code == 1
    assert "No article comes from “Air News”. The library has Harbour Post, Sound Times." in found.stderr


def test_a_question_that_finds_nothing_was_met(starter: InProcess) -> None:
    found = starter("ask", "xyzzy")
    assert (found.exit_code, found.stderr) == (0, "")
    assert "No passage matches “xyzzy”." in found.stdout


# --- ask: an answer


def test_a_question_is_answered_from_the_starter(starter: InProcess) -> None:
    found = starter("ask", "who", "landed", "on", "the", "moon")
    assert found.exit_code == 0
    assert found.stdout.startswith("who landed on the moon\n")
    assert "two American astronauts landed on the Moon" in " ".join(found.stdout.split())


def test_an_answer_in_json_has_exactly_the_documented_keys(starter: InProcess) -> None:
    answer = json.loads(starter("ask", "who landed on the moon", "--json").stdout)
    assert list(answer) == [
        *["question", "status", "passages", "matches", "unknown_terms", "replaced_terms"],
        *["missing_phrases", "newest_first", "nearest", "took_ms"],
    ]
    for passage in answer["passages"]:
        assert list(passage) == [
            *["text", "answer", "highlights", "score", "coverage", "position", "link", "article", "also_in"]
        ]
        assert list(passage["article"]) == [
            "id",
            "title",
            "publisher",
            "author",
            "published",
            "url",
            "language",
        ]


def test_where_nothing_is_found_the_nearest_titles_are_named(terminal: InProcess) -> None:
    asked = "ferry zzyzx qwrkly vbnmty ghjklo"
    assert "Nearest titles:" in terminal("ask", asked).stdout
    answer = json.loads(terminal("ask", asked, "--json").stdout)
    assert (answer["status"], len(answer["nearest"])) == ("nothing", 1)
    assert "ferry" in answer["nearest"][0]["title"].casefold()
    [line] = parsed(terminal("ask", "-", stdin=f"{asked}\n").stdout)
    assert line["nearest"] == answer["nearest"]


def test_one_article_is_asked_by_its_title_or_id(starter: InProcess) -> None:
    found = json.loads(starter("ask", "who was the first", "--article", "Marie Curie", "--json").stdout)
    [(number, title)] = {(one["article"]["id"], one["article"]["title"]) for one in found["passages"]}
    assert title == "Marie Curie and the discovery of radium"
    by_id = json.loads(starter("ask", "who was the first", "--article", number, "--json").stdout)
    assert by_id["passages"] == found["passages"]


def test_an_article_that_is_not_there_cannot_be_asked(starter: InProcess) -> None:
    refused = starter("ask", "who was the first", "--article", "zzz")
    assert (refused.exit_code, "zzz" in refused.stderr) == (1, True)


def test_an_answer_says_which_phrase_stands_nowhere_and_that_the_newest_comes_first(
    starter: InProcess,
) -> None:
    shown = " ".join(starter("ask", 'latest on the "moon of the astronauts" landing').stdout.split())
    assert "No passage has “moon of the astronauts” word for word; its words were searched." in shown
    assert "The newest comes first." in shown


def test_offsets_of_an_answer_are_in_characters_of_its_text(starter: InProcess) -> None:
    answer = json.loads(starter("ask", "when were two landed on the moon", "--json").stdout)
    best = answer["passages"][0]
    marked = [best["text"][start:end] for start, end in best["highlights"]]
    start, end = best["answer"]
    assert best["text"][start:end].endswith("set out for home the next day.")
    assert {"landed", "Moon"} <= set(marked)


def test_a_passage_is_an_exact_part_of_its_article(starter: InProcess) -> None:
    for passage in json.loads(starter("ask", "who landed on the moon", "--json").stdout)["passages"]:
        shown = json.loads(starter("show", passage["article"]["id"], "--json").stdout)
        assert passage["text"] in shown["text"]


def test_a_link_leads_to_the_words_within_the_page(terminal: InProcess) -> None:
    answer = json.loads(terminal("ask", "when does the ferry stop", "--json").stdout)
    assert answer["passages"][0]["link"].startswith("https://post.example/ferry#:~:text=The%20ferry")


@pytest.mark.parametrize("top", [1, 2])
def test_as_many_passages_are_shown_as_are_asked_for(terminal: InProcess, top: int) -> None:
    answer = json.loads(terminal("ask", "sound", "--top", str(top), "--json").stdout)
    assert (len(answer["passages"]), answer["matches"]) == (top, 2)


def test_only_a_publisher_s_articles_are_searched_when_it_is_named(terminal: InProcess) -> None:
    answer = json.loads(terminal("ask", "sound", "--source", "sound times", "--json").stdout)
    assert [passage["article"]["id"] for passage in answer["passages"]] == ["bridge"]


def test_only_articles_since_a_day_are_searched_when_it_is_named(terminal: InProcess) -> None:
    answer = json.loads(terminal("ask", "ferry", "--since", "2020-07-03", "--json").stdout)
    assert "ferry" not in [passage["article"]["id"] for passage in answer["passages"]]


@pytest.mark.parametrize("since", ["24h", "7d", "2w", "1.5w", "6m", "1Y"])
def test_a_time_can_be_named_by_how_long_ago_it_was(terminal: InProcess, since: str) -> None:
    terminal(
        "import",
        "-",
        stdin=json_lines([RECORDS[0] | {"id": "new", "published": clock.now().date().isoformat()}]),
    )
    answer = json.loads(terminal("ask", "ferry", "--since", since, "--json").stdout)
    assert [passage["article"]["id"] for passage in answer["passages"]] == ["new"]


# --- ask -: a question a line, an answer a line


LINES = ["who landed on the moon", "", "   ", "moon " * 100, "😀 🚢", "the of and", "xyzzy"]


def test_every_line_gets_its_line_in_its_order(starter: InProcess) -> None:
    found = parsed(starter("ask", "-", stdin="\n".join(LINES)).stdout)
    assert [answer.get("status", "refused") for answer in found] == [
        *["found", "refused", "refused", "refused", "refused", "refused", "nothing"]
    ]


def test_a_line_that_is_refused_says_why_in_the_answer_s_place(starter: InProcess) -> None:
    found = parsed(starter("ask", "-", stdin=f"\n{'moon ' * 100}\n").stdout)
    assert [list(answer) for answer in found] == [["question", "error"]] * 2
    assert found[1]["error"] == "That question has 499 characters; the limit is 300."


@pytest.mark.parametrize(("lines", "code"), [("", 0), ("moon\nxyzzy\n", 0), ("moon\n\nmoon\n", 1)])
def test_questions_by_the_line_exit_with_one_only_when_a_line_was_refused(
    starter: InProcess, lines: str, code: int
) -> None:
    assert starter("ask", "-", stdin=lines).exit_code == code


def test_filters_hold_for_every_line(terminal: InProcess) -> None:
    found = parsed(terminal("ask", "-", "--top", "1", "--source", "Sound", stdin="sound\nbridge\n").stdout)
    assert [[passage["article"]["id"] for passage in answer["passages"]] for answer in found] == [
        ["bridge"]
    ] * 2


def test_a_line_that_is_no_utf8_is_answered_too(starter: InProcess) -> None:
    [answer] = parsed(starter("ask", "-", stdin="mo\ufffdon moon\n").stdout)
    assert answer["question"] == "mo\ufffdon moon"


# --- add


def test_a_file_is_added_and_its_facts_are_shown(nowhere: InProcess, article_file: Path) -> None:
    found = nowhere("add", article_file)
    assert found.exit_code == 0
    assert found.stdout.startswith("Added The ferry that nobody wanted  (")
    assert "Harbour Post · 3 July 2020 · " in found.stdout


def test_what_was_added_can_be_asked_for(nowhere: InProcess, article_file: Path) -> None:
    nowhere("add", article_file)
    answer = json.loads(nowhere("ask", "when does the ferry stop", "--json").stdout)
    assert (answer["status"], answer["passages"][0]["text"]) == ("found", FERRY)


def test_an_article_that_was_added_is_a_line_of_json(nowhere: InProcess, article_file: Path) -> None:
    [added] = parsed(nowhere("add", article_file, "--json").stdout)
    assert (added["input"], added["article"]["title"], added["paragraphs"], added["left_out"]) == (
        str(article_file),
        "The ferry that nobody wanted",
        1,
        ["3 July 2020 Harbour Post"],
    )


def test_standard_input_is_added(nowhere: InProcess) -> None:
    [added] = parsed(nowhere("add", "-", "--json", stdin=FERRY).stdout)
    assert (added["input"], added["words"]) == ("-", 18)


def test_what_is_given_stands_in_place_of_what_is_read(nowhere: InProcess, article_file: Path) -> None:
    given = [
        "--title",
        "Mine",
        "--publisher",
        "Me",
        "--published",
        "1999-12-31",
        "--url",
        "https://me.example/",
    ]
    [added] = parsed(nowhere("add", article_file, "--json", *given).stdout)
    facts = {key: added["article"][key] for key in ("title", "publisher", "published", "url")}
    assert facts == {
        "title": "Mine",
        "publisher": "Me",
        "published": "1999-12-31",
        "url": "https://me.example/",
    }


@pytest.mark.parametrize("url", ["javascript:alert(1)", "post.example/ferry"])
def test_an_address_that_is_no_web_address_is_wrong_usage(nowhere: InProcess, url: str) -> None:
    assert nowhere("add", "-", "--url", url, stdin=FERRY).exit_code == 2


def test_a_blank_title_does_not_stand_in_place_of_one_that_is_read(
    nowhere: InProcess, article_file: Path
) -> None:
    [added] = parsed(nowhere("add", article_file, "--title", "  ", "--json").stdout)
    assert added["article"]["title"] == "The ferry that nobody wanted"


def test_a_publisher_can_be_given_for_several_files(
    nowhere: InProcess, article_file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "bridge.txt"
    other.write_text(BRIDGE)
    found = parsed(nowhere("add", article_file, other, "--publisher", "Me", "--json").stdout)
    assert [added["article"]["publisher"] for added in found] == ["Me", "Me"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "holds no text."),
        (b" \n\n", "holds no text."),
        (b"%PDF-1.7", "is a PDF that is damaged or incomplete."),
        (
            bytes(100),
            "is a binary file, not a text. Plain text, Markdown, HTML, PDF, Word and EPUB files can be read.",
        ),
        (b"\xff\xfeT\x00h\x00\xd8", "is in an encoding that could not be recognised. Save it as UTF-8."),
        (b"a" * 20_000_000, "is 20.0 MB; the limit is 10.0 MB."),
    ],
    ids=["empty", "blank", "PDF", "binary", "encoding", "20 MB"],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(
    terminal: InProcess, tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes(content)
    found = terminal("add", path)
    assert (found.exit_code, found.stdout, found.stderr) == (1, "", f"Error: odd.txt {reason}\n")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("nothing.txt", "nothing.txt does not exist."),
        (".", ". is a folder; only files are read one by one."),
        ("ftp://post.example/ferry", "“ftp://post.example/ferry” is not opened: only http:// and https://"),
        ("http://10.0.0.1/", "“http://10.0.0.1/” is not opened: it leads into a private network."),
    ],
)
def test_an_input_that_is_no_file_is_refused_in_a_sentence(
    terminal: InProcess, given: str, reason: str
) -> None:
    found = terminal("add", given)
    assert (found.exit_code, found.stdout) == (1, "")
    assert found.stderr.startswith(f"Error: {reason}")


def test_an_escape_sequence_in_a_name_does_not_reach_the_terminal(terminal: InProcess) -> None:
    assert "\x1b" not in terminal("add", "fer\x1b]0;owned\x07ry.txt").stderr


def test_json_lines_are_not_added_as_one_article(terminal: InProcess, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text(json_lines(RECORDS))
    assert terminal("add", path).exit_code == 1


def test_the_same_text_is_not_added_twice(terminal: InProcess) -> None:
    found = terminal("add", "-", stdin=FERRY)
    assert found.exit_code == 1
    assert found.stderr.startswith("Error: Already in the library: “The last ferry” (ferry).\n")
    assert len(terminal.ids) == 3


def test_of_several_files_those_that_can_be_read_are_added(
    nowhere: InProcess, article_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").write_text("")
    found = nowhere("add", tmp_path / "gone.txt", article_file, tmp_path / "empty.txt", "--json")
    lines = parsed(found.stdout)
    assert (found.exit_code, [list(line)[1] for line in lines]) == (1, ["error", "article", "error"])
    assert lines[0]["error"] == f"{tmp_path}/gone.txt does not exist."
    assert found.stderr.count("Error: ") == 2


# --- import


def test_the_starter_is_loaded(nowhere: InProcess) -> None:
    found = nowhere("import", "--starter")
    assert (found.exit_code, found.stdout) == (0, "Done: 12 added.\n")


def test_json_lines_are_imported_under_their_ids(terminal: InProcess) -> None:
    assert terminal.ids == {"ferry", "bridge", "tunnel"}


def test_the_same_lines_add_nothing_the_second_time(terminal: InProcess) -> None:
    found = terminal("import", "-", stdin=json_lines(RECORDS))
    assert (found.exit_code, found.stdout) == (0, "Done: 3 skipped.\n")


def test_a_changed_text_replaces_the_article_with_its_id(terminal: InProcess) -> None:
    changed = json_lines([RECORDS[0] | {"text": TUNNEL}])
    assert terminal("import", "-", stdin=changed).stdout == "Done: 1 replaced.\n"
    assert json.loads(terminal("show", "ferry", "--json").stdout)["text"] == TUNNEL


BAD_LINES = (
    f"{json_lines(RECORDS[:1])}no JSON\n\n{json_lines(RECORDS[1:2])}" + '{"id": "empty", "text": " "}\n'
)


def test_bad_lines_are_named_by_number_and_the_others_go_in(nowhere: InProcess, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text(BAD_LINES)
    found = nowhere("import", path)
    assert (found.exit_code, found.stdout) == (1, "Done: 2 added, 2 failed.\n")
    assert found.stderr == (
        "Error: articles.jsonl, line 2, is not JSON (Expecting value: line 1 column 1 (char 0)).\n"
        "Error: articles.jsonl, line 5, holds no text.\n"
    )


def test_an_import_in_json_is_one_object_with_what_failed(nowhere: InProcess) -> None:
    found = nowhere("import", "-", "--json", stdin=BAD_LINES)
    [imported] = parsed(found.stdout)
    assert (found.exit_code, imported.pop("errors")[1]) == (1, "standard input, line 5, holds no text.")
    assert imported == {"added": 2, "replaced": 0, "skipped": 0, "failed": 2, "stopped": False}


def test_of_many_bad_lines_the_first_ten_are_named(nowhere: InProcess) -> None:
    found = nowhere("import", "-", stdin="no JSON\n" * 14)
    assert (found.stderr.count("Error: "), found.stderr.splitlines()[-1]) == (10, "… and 4 more that failed.")


@pytest.mark.parametrize("lines", ["", "\n\n"], ids=["nothing", "empty lines"])
def test_an_import_of_nothing_says_so(nowhere: InProcess, lines: str) -> None:
    found = nowhere("import", "-", stdin=lines)
    assert (found.exit_code, found.stdout) == (0, "Done: no articles.\n")


def test_a_folder_is_imported_with_its_texts_and_its_json_lines(nowhere: InProcess, tmp_path: Path) -> None:
    folder = tmp_path / "articles" / "deeper"
    folder.mkdir(parents=True)
    (folder / "articles.jsonl").write_text(json_lines(RECORDS[:2]))
    (folder.parent / "tunnel.txt").write_text(TUNNEL)
    (folder.parent / "photo.png").write_bytes(b"\x89PNG")
    assert nowhere("import", folder.parent).stdout == "Done: 3 added.\n"


def test_an_import_of_files_says_whose_story_was_there_already(nowhere: InProcess, tmp_path: Path) -> None:
    story = "\n\n".join(f"{TUNNEL} That was the answer to letter {n}." for n in range(6))
    (tmp_path / "a.md").write_text(f"---\ntitle: Tunnel\npublisher: Island News\n---\n{story}")
    (tmp_path / "b.md").write_text(f"---\ntitle: No tunnel\npublisher: Harbour Post\n---\n{story} More.")
    (tmp_path / "c.md").write_text(f"---\ntitle: Tunnel, again\npublisher: Island News\n---\n{story} Again.")
    found = nowhere("import", tmp_path / "a.md", tmp_path / "b.md", tmp_path / "c.md", "--json")
    assert [
        (twin["article"]["title"], twin["same_story"]["title"])
        for twin in json.loads(found.stdout)["same_stories"]
    ] == [("No tunnel", "Tunnel"), ("Tunnel, again", "Tunnel")]
    (tmp_path / "d.md").write_text(f"---\ntitle: Tunnel\npublisher: Harbour Post\n---\n{story} Once more.")
    said = nowhere("import", tmp_path / "d.md").stdout
    assert said.startswith("Done: 1 added.\n")
    assert "it is another version of “No tunnel”" in said


def test_a_folder_whose_import_is_interrupted_goes_on_from_there(
    nowhere: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, text in {"1.txt": FERRY, "2.txt": BRIDGE, "3.txt": TUNNEL}.items():
        (folder / name).write_text(text)
    read = Reading.read

    def read_until_interrupted(*arguments: Any) -> Any:
        if "3.txt" in arguments:
            raise KeyboardInterrupt
        return read(*arguments)

    with monkeypatch.context() as interrupted:
        interrupted.setattr(Reading, "read", read_until_interrupted)
        found = nowhere("import", folder)
    assert (found.exit_code, found.stdout.splitlines()[0]) == (1, "Stopped: 2 added.")
    assert nowhere("import", folder).stdout == "Done: 1 added, 2 skipped.\n"


def files_of_every_kind(folder: Path) -> Path:
    """A folder with one article of each kind, each of another text, and three files that are none."""
    folder.mkdir()
    for name, data in {
        "1.txt": FERRY.encode(),
        "2.docx": a_docx(paragraph("A bridge", "Title") + paragraph(BRIDGE)),
        "3.epub": an_epub({"one.xhtml": f"<h1>No tunnel</h1><p>{TUNNEL}</p>"}),
        "4.pdf": a_pdf([Words("Both", 60, 740, 20), *lines(f"{FERRY}\n\n{BRIDGE}")]),
        "5.html": f"<html><body><h1>All</h1><p>{BRIDGE}</p><p>{TUNNEL}</p></body></html>".encode(),
        "8.html": b"<html><body><h1>Just a moment...</h1><p>Checking your browser.</p></body></html>",
        "6.pdf": b"%PDF-1.7\n" + bytes(500),
        "7.docx": a_zip(docx_parts("") | {"word/document.xml": b" " * 2_000_000}),
    }.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.usefixtures("elsewhere")
def test_a_folder_of_every_kind_is_imported_and_what_is_hostile_in_it_is_named(
    nowhere: InProcess, tmp_path: Path
) -> None:
    result = nowhere("import", files_of_every_kind(tmp_path / "folder"))
    assert (result.exit_code, len(nowhere.ids)) == (1, 4)
    thin, _, damaged, bomb, blocked, _ = result.stderr.splitlines()
    assert thin.startswith("Error: 5.html was not stored: only ")
    assert blocked.endswith("this looks like a page that keeps robots out.")
    assert damaged == "Error: 6.pdf is a PDF that is damaged or incomplete."
    assert bomb.endswith("bytes that unpack to 2.0 MB: only an attack does.")


def test_what_looks_like_no_article_is_imported_when_that_is_wanted(
    nowhere: InProcess, tmp_path: Path
) -> None:
    result = nowhere("import", "--anyway", files_of_every_kind(tmp_path / "folder"))
    assert (result.exit_code, len(nowhere.ids)) == (1, 6)


@pytest.mark.usefixtures("elsewhere")
def test_files_of_several_kinds_are_added_and_a_bad_one_among_them_is_named(
    nowhere: InProcess, tmp_path: Path
) -> None:
    folder = files_of_every_kind(tmp_path / "folder")
    result = nowhere("add", "--json", folder / "2.docx", folder / "6.pdf", folder / "4.pdf")
    outcomes = [set(line) & {"error", "article"} for line in parsed(result.stdout)]
    assert (result.exit_code, outcomes) == (1, [{"article"}, {"error"}, {"article"}])


def test_a_file_is_summed_up_whatever_its_kind(nowhere: InProcess, tmp_path: Path) -> None:
    path = files_of_every_kind(tmp_path / "folder") / "4.pdf"
    assert BRIDGE[:40] in nowhere("summary", path).output


def test_an_input_that_is_not_there_stops_the_import_before_it_begins(
    nowhere: InProcess, tmp_path: Path
) -> None:
    (tmp_path / "articles.jsonl").write_text(json_lines(RECORDS))
    found = nowhere("import", tmp_path / "articles.jsonl", tmp_path / "gone.jsonl")
    assert (found.exit_code, found.stderr) == (1, f"Error: {tmp_path}/gone.jsonl does not exist.\n")
    assert not nowhere.folder.exists()


# --- articles, show, remove


def test_articles_are_listed_newest_first(terminal: InProcess) -> None:
    found = terminal("articles")
    assert (found.exit_code, found.stdout.splitlines()[-1].rstrip()) == (0, "3 articles, newest first")
    assert [line.split()[0] for line in found.stdout.splitlines()[1:-1]][-1] == "ferry"


def test_articles_in_json_are_a_line_each(terminal: InProcess) -> None:
    found = parsed(terminal("articles", "--json").stdout)
    assert {info["id"] for info in found} == {"ferry", "bridge", "tunnel"}
    assert list(found[0]) == ["id", "title", "publisher", "author", "published", "url", "language"]


@pytest.mark.parametrize(
    ("query", "ids"),
    [(["harbour"], {"ferry"}), (["sound", "bridge"], {"bridge"}), (["ADA"], {"ferry"}), (["xyzzy"], set())],
)
def test_articles_can_be_searched_by_title_publisher_and_author(
    terminal: InProcess, query: list[str], ids: set[str]
) -> None:
    found = terminal("articles", "--json", *query)
    assert (found.exit_code, {info["id"] for info in parsed(found.stdout)}) == (0, ids)


def test_an_article_is_shown_whole(terminal: InProcess) -> None:
    found = terminal("show", "tunnel")
    assert found.exit_code == 0
    assert f"{TUNNEL} {BRIDGE}" in " ".join(found.stdout.split())


@pytest.mark.parametrize("wanted", ["ferry", "https://post.example/ferry", "THE LAST FERRY", "last fer"])
def test_an_article_is_shown_by_its_id_its_address_its_title_or_a_part_of_it(
    terminal: InProcess, wanted: str
) -> None:
    shown = json.loads(terminal("show", wanted, "--json").stdout)
    assert (shown["id"], shown["text"], shown["headings"]) == ("ferry", FERRY, [])


@pytest.mark.parametrize("command", ["show", "summary", "remove"])
def test_an_unknown_article_is_refused_and_the_nearest_named(terminal: InProcess, command: str) -> None:
    found = terminal(command, "fery")
    assert (found.exit_code, found.stdout) == (1, "")
    assert found.stderr.startswith("Error: No article called “fery”.\nDid you mean: The last ferry (ferry)")


def test_an_article_called_by_a_very_long_title_is_refused_in_a_sentence(terminal: InProcess) -> None:
    assert terminal("summary", "ferry nowhere " * 30).stderr.startswith("Error: No article called")


def test_an_unknown_article_like_no_other_is_refused_with_the_list(terminal: InProcess) -> None:
    assert "See what is there: “python bot.py articles”." in terminal("show", "xyzzyxyzzy").stderr


def test_articles_are_removed(terminal: InProcess) -> None:
    found = terminal("remove", "ferry", "bridge")
    assert found.stdout == "Removed The last ferry  (ferry)\nRemoved A bridge  (bridge)\n"
    assert terminal.ids == {"tunnel"}


def test_removed_articles_in_json_are_a_line_each(terminal: InProcess) -> None:
    assert [info["id"] for info in parsed(terminal("remove", "ferry", "bridge", "--json").stdout)] == [
        "ferry",
        "bridge",
    ]


def test_of_articles_to_remove_all_or_none_are(terminal: InProcess) -> None:
    assert terminal("remove", "ferry", "unknown").exit_code == 1
    assert terminal.ids == {"ferry", "bridge", "tunnel"}


# --- export


def without_added(record: dict[str, Any]) -> dict[str, Any]:
    """A record but for when it was added, which the library says of its own."""
    return {key: value for key, value in record.items() if key != "added"}


def test_an_export_is_the_lines_that_were_imported(terminal: InProcess) -> None:
    exported = parsed(terminal("export").stdout)
    assert [without_added(record) for record in exported] == RECORDS


def test_an_export_imported_elsewhere_is_the_same_library(starter: InProcess, nowhere: InProcess) -> None:
    exported = starter("export").stdout
    nowhere("import", "-", stdin=exported)
    assert nowhere("export").stdout == exported


def test_an_export_to_a_file_says_how_many_articles_it_holds(terminal: InProcess, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    assert terminal("export", path, "--json").stdout == json_lines([{"articles": 3, "file": str(path)}])
    assert [without_added(record) for record in parsed(path.read_text())] == RECORDS


def test_an_export_for_people_says_where_it_is(terminal: InProcess, tmp_path: Path) -> None:
    found = terminal("export", tmp_path / "out.jsonl")
    assert (found.exit_code, found.stdout.split()[:4]) == (0, ["3", "articles", "written", "to"])


def test_an_export_that_cannot_be_written_leaves_nothing_behind(terminal: InProcess, tmp_path: Path) -> None:
    found = terminal("export", tmp_path / "no folder" / "out.jsonl")
    assert (found.exit_code, found.stderr) == (
        1,
        f"Error: {tmp_path}/no folder/out.jsonl cannot be written: No such file or directory.\n",
    )
    assert list(tmp_path.iterdir()) == [terminal.folder]


def test_an_export_through_a_link_writes_to_where_it_leads(terminal: InProcess, tmp_path: Path) -> None:
    target, link = tmp_path / "target.jsonl", tmp_path / "link.jsonl"
    target.write_text("")
    link.symlink_to(target)
    terminal("export", link)
    assert (link.is_symlink(), target.stat().st_size > 0) == (True, True)


# --- summary, evaluate, check


def test_a_summary_is_sentences_of_the_article_with_their_offsets(starter: InProcess) -> None:
    made = json.loads(starter("summary", "Apollo 11: the first landing on the Moon", "--json").stdout)
    text = json.loads(starter("show", made["article"]["id"], "--json").stdout)["text"]
    assert list(made) == ["article", "sentences", "took_ms"]
    assert [text[one["start"] : one["end"]] for one in made["sentences"]] == [
        one["text"] for one in made["sentences"]
    ]


@pytest.mark.parametrize(("length", "n_sentences"), [("short", 3), ("medium", 5), ("long", 8)])
def test_a_summary_has_the_length_that_is_asked_for(
    starter: InProcess, length: str, n_sentences: int
) -> None:
    made = json.loads(starter("summary", "Apollo 11", "--json", "--length", length).stdout)
    assert len(made["sentences"]) == n_sentences


def test_a_summary_for_people_ends_with_what_it_stands_for(starter: InProcess) -> None:
    found = starter("summary", "Apollo 11")
    assert found.exit_code == 0
    assert found.stdout.splitlines()[-1].startswith("3 sentences, word for word, of ")


def test_a_file_is_summed_up_without_a_library(nowhere: InProcess, article_file: Path) -> None:
    made = json.loads(nowhere("summary", article_file, "--json").stdout)
    assert [one["text"] for one in made["sentences"]] == [FERRY]
    assert not nowhere.folder.exists()


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    judged = [
        {
            "question": "when does the ferry stop",
            "article": "ferry",
            "paragraph": 0,
            "answers": ["last day of March"],
        },
        {"question": "when was the tunnel planned", "article": "tunnel", "paragraph": 0, "answers": ["1970"]},
    ]
    path.write_text(json_lines(judged))
    return path


def test_an_evaluation_in_json_has_its_figures_under_their_names(
    terminal: InProcess, questions: Path
) -> None:
    found = json.loads(terminal("evaluate", questions, "--json").stdout)
    assert list(found) == [
        *["n_questions", "recall_at_1", "recall_at_3", "mrr_at_10", "answering_sentence", "p50_ms", "p99_ms"]
    ]
    assert (found["n_questions"], found["recall_at_1"], found["answering_sentence"]) == (2, 1.0, 1.0)


def test_an_evaluation_for_people_names_its_figures(terminal: InProcess, questions: Path) -> None:
    found = terminal("evaluate", questions)
    assert (found.exit_code, found.stdout.splitlines()[1].split()) == (0, ["R@1", "1.0000"])


def test_an_evaluation_with_half_left_out_tells_how_well_it_refuses(
    terminal: InProcess, questions: Path
) -> None:
    found = json.loads(terminal("evaluate", questions, "--leave-out", "half", "--json").stdout)
    assert (found["n_present"], found["n_absent"]) == (2, 0)
    assert terminal.ids == {"ferry", "bridge", "tunnel"}


def test_an_evaluation_with_half_left_out_is_for_people_too(terminal: InProcess, questions: Path) -> None:
    assert "AUROC" in terminal("evaluate", questions, "--leave-out", "half").stdout


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no JSON\n", "questions.jsonl, line 1 is not JSON"),
        (b'\n{"question": "why"}\n', "questions.jsonl, line 2 needs a “question”"),
        (b"caf\xe9\n", "questions.jsonl is not UTF-8. Save it as UTF-8."),
        (None, "questions.jsonl does not exist."),
    ],
    ids=["no JSON", "a key missing", "encoding", "not there"],
)
def test_questions_that_cannot_be_read_are_refused_in_a_sentence(
    terminal: InProcess, tmp_path: Path, content: bytes | None, reason: str
) -> None:
    path = tmp_path / "questions.jsonl"
    if content is not None:
        path.write_bytes(content)
    found = terminal("evaluate", path)
    assert (found.exit_code, found.stdout) == (1, "")
    assert reason in found.stderr


def test_a_sound_library_is_in_order(terminal: InProcess) -> None:
    found = terminal("check")
    assert (found.exit_code, found.stdout) == (0, "3 articles with 4 passages.\nEverything is in order.\n")


def test_a_sound_library_is_ok_in_json(terminal: InProcess) -> None:
    assert json.loads(terminal("check", "--json").stdout) == {
        "ok": True,
        "articles": 3,
        "passages": 4,
        "problems": [],
        "mended": 0,
    }


def test_passages_that_do_not_fit_are_mended_and_named(terminal: InProcess) -> None:
    with closing(sqlite3.connect(terminal.folder / "library.db")) as connection, connection:
        connection.execute("UPDATE passages SET position = 7 WHERE article = 'ferry'")
    found = json.loads(terminal("check", "--json").stdout)
    assert (found["ok"], found["mended"]) == (True, 1)
    assert found["problems"] == ["The passages of “The last ferry” (ferry) did not fit its text."]


# --- the program itself: streams, signals, environment


class Program:
    """`python bot.py`, in a process of its own with nothing of our environment, on one library."""

    def __init__(self, folder: Path) -> None:
        self.environment = {
            "PATH": os.defpath,
            "HOME": str(folder.parent),
            "DATA_DIR": str(folder.parent),
            "DISCORD_TOKEN": "",
            "PYTHONWARNINGS": "error::ResourceWarning",
        }

    def words(self, *arguments: str | Path) -> list[str]:
        return [sys.executable, str(PROJECT / "bot.py"), *map(str, arguments)]

    def run(
        self, *arguments: str | Path, stdin: bytes = b"", within: str = "", **environment: str
    ) -> subprocess.CompletedProcess[bytes]:
        """What it did; *within* is a line of sh that starts it as “$@”."""
        words = self.words(*arguments)
        return subprocess.run(
            ["/bin/sh", "-c", within, "sh", *words] if within else words,
            input=stdin,
            capture_output=True,
            env=self.environment | environment,
            check=False,
            timeout=120,
        )

    def start(self, *arguments: str | Path, stdout: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.words(*arguments),
            stdin=subprocess.PIPE,
            stdout=stdout,
            stderr=subprocess.PIPE,
            env=self.environment,
        )


@pytest.fixture
def program(terminal: InProcess) -> Program:
    return Program(terminal.folder)


@pytest.fixture
def running(program: Program) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts programs that do not outlive their test, nor wait for ever for what does not come."""
    with ExitStack() as at_end:

        def start(*arguments: str | Path, stdout: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
            process = at_end.enter_context(program.start(*arguments, stdout=stdout))
            watchdog = Timer(120, process.kill)
            watchdog.start()
            at_end.callback(watchdog.cancel)
            at_end.callback(process.kill)
            return process

        yield start


def test_the_program_answers_on_standard_output(program: Program) -> None:
    found = program.run("ask", "when does the ferry stop", "--json")
    assert (found.returncode, found.stderr) == (0, b"")
    assert json.loads(found.stdout)["status"] == "found"


@pytest.mark.parametrize(
    ("arguments", "code"), [(["show", "unknown"], 1), (["show"], 2)], ids=["cannot be met", "wrong usage"]
)
def test_the_program_s_errors_go_to_standard_error(program: Program, arguments: list[str], code: int) -> None:
    found = program.run(*arguments)
    assert (found.returncode, found.stdout, b"Error: " in found.stderr) == (code, b"", True)


def test_a_question_is_answered_before_the_next_is_asked(
    running: Callable[..., subprocess.Popen[bytes]],
) -> None:
    process = running("ask", "-")
    assert process.stdin is not None
    assert process.stdout is not None
    for question in ("when does the ferry stop", "", "when was the tunnel planned"):
        process.stdin.write(f"{question}\n".encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["question"] == question


def test_an_import_that_is_interrupted_keeps_what_is_in_and_goes_on_from_there(
    running: Callable[..., subprocess.Popen[bytes]], program: Program, terminal: InProcess
) -> None:
    # Far more than a pipe holds: once it is written, whole batches have been read and committed.
    records = [
        {"id": f"a{n}", "title": f"Ferry {n}", "text": f"{FERRY} " * 40, "language": "en"} for n in range(199)
    ]
    process = running("import", "-")
    assert process.stdin is not None
    process.stdin.write(json_lines(records).encode())
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate()
    n_added = len(terminal.ids) - len(RECORDS)
    assert (process.returncode, errors) == (1, b"")
    assert output.decode().startswith(f"Stopped: {n_added} added.\n")
    assert n_added >= 50
    again = program.run("import", "-", stdin=json_lines(records).encode())
    assert again.stdout.decode() == f"Done: {199 - n_added} added, {n_added} skipped.\n"


def test_a_full_disk_is_said_to_be_full_and_what_is_in_stays(program: Program, terminal: InProcess) -> None:
    records = [
        {"id": f"a{n}", "title": f"Ferry {n}", "text": f"{FERRY} " * 40, "language": "en"} for n in range(300)
    ]
    lines = json_lines(records).encode()
    found = program.run("import", "-", stdin=lines, within='ulimit -f 1000; exec "$@"')
    assert (found.returncode, found.stdout) == (1, b"")
    assert b" is full. Nothing was lost; free some space and try again.\n" in found.stderr
    assert {"ferry", "bridge", "tunnel"} <= terminal.ids


@pytest.mark.parametrize("arguments", [["export"], ["articles"], ["ask", "ferry", "--json"]], ids=" ".join)
def test_a_reader_that_has_gone_away_is_no_error_to_speak_of(
    running: Callable[..., subprocess.Popen[bytes]], arguments: list[str]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = running(*arguments, stdout=writing)
    os.close(writing)
    _, errors = process.communicate()
    assert (process.returncode, errors) == (1, b"")


@pytest.mark.skipif(
    not Path("/dev/full").is_char_device(), reason="only Linux has a file that is always full"
)
@pytest.mark.parametrize("arguments", [["export"], ["articles"]], ids=" ".join)
def test_output_that_cannot_be_written_is_an_error_in_a_sentence(
    program: Program, arguments: list[str]
) -> None:
    found = program.run(*arguments, within='exec "$@" > /dev/full')
    assert (found.returncode, found.stderr.startswith(b"Error: ")) == (1, True)


@pytest.mark.parametrize("closed", ["<&-", ">&-"], ids=["input", "output"])
def test_a_stream_that_is_closed_is_no_reason_for_a_traceback(program: Program, closed: str) -> None:
    found = program.run("check", within=f'exec "$@" {closed}')
    assert (found.returncode, found.stderr) == (0, b"")


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_letters_are_letters_in_every_locale(program: Program, locale: str) -> None:
    found = program.run("ask", "ferry", LANG=locale, LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (found.returncode, found.stderr) == (0, b"")
    assert f"▌ {FERRY[:40]}" in found.stdout.decode()


def test_lines_that_are_no_utf8_are_answered(program: Program) -> None:
    found = program.run("ask", "-", stdin=b"caf\xe9 ferry\nferry\r\n")
    assert [answer["question"] for answer in parsed(found.stdout.decode())] == ["caf\ufffd ferry", "ferry"]


def test_words_that_are_no_utf8_are_answered(program: Program) -> None:
    found = program.run("ask", "--json", "ferry", os.fsdecode(b"caf\xe9"))
    assert (found.returncode, found.stderr) == (0, b"")
    assert json.loads(found.stdout)["question"] == "ferry caf\ufffd"


def test_data_dir_says_where_the_library_is(program: Program, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    program.run("add", "-", stdin=FERRY.encode(), DATA_DIR=str(elsewhere))
    assert len(InProcess(elsewhere / "library").ids) == 1


def test_a_question_at_the_terminal_does_not_wait_for_discord() -> None:
    script = "import sys, bot.cli; sys.exit('discord' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=PROJECT, check=False).returncode == 0


# --- digest


def test_a_digest_is_sentences_of_articles_with_their_offsets(starter: InProcess) -> None:
    made = json.loads(starter("digest", "smallpox", "vaccine", "--json").stdout)
    assert made["topic"] == "smallpox vaccine"
    assert made["sentences"]
    for said in made["sentences"]:
        text = json.loads(starter("show", said["article"]["id"], "--json").stdout)["text"]
        assert text[said["start"] : said["end"]] == said["text"]
        assert said["sources"] == 1 + len(said["also_in"])


def test_a_digest_for_people_names_its_sources_and_its_order(starter: InProcess) -> None:
    found = starter("digest", "smallpox vaccine", "--length", "short")
    assert found.stdout.startswith("smallpox vaccine\n1 article\n\n▌ ")
    assert found.stdout.rstrip().endswith("word for word · most reported first")


def test_a_digest_without_a_topic_is_of_the_last_seven_days(starter: InProcess) -> None:
    made = json.loads(starter("digest", "--json").stdout)
    assert made["since"] == (clock.now() - timedelta(days=7)).date().isoformat()


def test_a_topic_that_no_article_is_on_was_met(starter: InProcess) -> None:
    found = starter("digest", "volcano zebra")
    assert (found.exit_code, found.stdout) == (0, "No article is on “volcano zebra”.\n")


@pytest.mark.parametrize("length", ["short", "medium", "long"])
def test_every_sentence_of_every_summary_stands_word_for_word_in_its_article(
    starter: InProcess, length: str
) -> None:
    infos = [json.loads(line) for line in starter("articles", "--json").stdout.splitlines()]
    for info in infos[:4]:
        text = json.loads(starter("show", info["id"], "--json").stdout)["text"]
        made = json.loads(starter("summary", info["id"], "--json", "--length", length).stdout)
        assert made["sentences"]
        for said in [*made["sentences"], *filter(None, [made.get("key_quote")])]:
            assert text[said["start"] : said["end"]] == said["text"]
