"""A backup is whole, of one moment and never in the way, and can take the place of what it was made of."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from bot import backup
from bot.backup import back_up
from bot.bot_state import BotState
from bot.cli import cli
from bot.errors import CannotBackUp
from bot.state import ServerState
from corpus.article import Article
from corpus.library import Library

GUILD, OTHER = "1000000000000000000", "1000000000000000001"


def article(number: int) -> Article:
    text = f"The harbour was closed on day {number}."
    return Article(id=f"a{number}", title=f"Diary {number}", text=text, language="en")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two servers, the terminal's library and the bot's own file."""
    folder = tmp_path / "data"
    for name in (f"libraries/{GUILD}", f"libraries/{OTHER}", "library"):
        with Library.open(folder / name) as library:
            library.add(article(1))
    with closing(ServerState.open(folder / "libraries" / GUILD)) as state:
        state.keep_draft(article(2), owner=1)
    with closing(BotState.open(folder)) as known:
        known.set_fact("commands", "x")
    return folder


def footnote(*arguments: str, data_dir: Path) -> Result:
    return CliRunner().invoke(cli, arguments, env={"DATA_DIR": str(data_dir)})


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


# --- what is refused


def test_what_is_there_is_never_overwritten(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup"
    back_up(data, target)
    before = files_in(target)
    with pytest.raises(CannotBackUp, match="is there already"):
        back_up(data, target)
    assert files_in(target) == before


def test_a_file_in_place_of_the_folder_is_refused(data: Path, tmp_path: Path) -> None:
    (tmp_path / "backup").write_text("mine")
    with pytest.raises(CannotBackUp):
        back_up(data, tmp_path / "backup")
    assert (tmp_path / "backup").read_text() == "mine"


def test_where_there_is_nothing_to_back_up_no_folder_is_made(tmp_path: Path) -> None:
    with pytest.raises(CannotBackUp, match="nothing in"):
        back_up(tmp_path / "data", tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


def test_a_disk_that_is_too_small_is_said_before_anything_is_written(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000))
    with pytest.raises(CannotBackUp, match="0 MB free"):
        back_up(data, tmp_path / "backup")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_a_backup_that_is_cut_off_leaves_nothing(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(_: Path, copy: Path) -> None:
        copy.write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(backup, "_copy", cut_off)
    with pytest.raises(KeyboardInterrupt):
        back_up(data, tmp_path / "backup")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_a_damaged_database_is_named_and_the_others_are_kept(data: Path, tmp_path: Path) -> None:
    (data / "libraries" / OTHER / "library.db").write_bytes(b"rubbish" * 1_000)
    made = back_up(data, tmp_path / "backup")
    assert [one.file.parent.name for one in made.failures] == [OTHER]
    assert made.n_databases == len(files_in(made.folder)) == 4


def test_where_every_database_is_damaged_there_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "bot.db").write_bytes(b"rubbish" * 1_000)
    with pytest.raises(CannotBackUp, match="Nothing could be backed up"):
        back_up(tmp_path / "data", tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


# --- what is kept


def test_every_database_is_kept_in_its_place_and_nothing_else(data: Path, tmp_path: Path) -> None:
    (data / ".env").write_text("DISCORD_TOKEN=secret")
    back_up(data, tmp_path / "backup")
    assert files_in(tmp_path / "backup") == [
        "bot.db",
        f"libraries/{GUILD}/discord.db",
        f"libraries/{GUILD}/library.db",
        f"libraries/{OTHER}/library.db",
        "library/library.db",
    ]


def test_an_empty_folder_is_filled(data: Path, tmp_path: Path) -> None:
    (tmp_path / "backup").mkdir()
    assert back_up(data, tmp_path / "backup").n_databases == 5


def test_a_backup_is_readable_by_its_owner_alone(data: Path, tmp_path: Path) -> None:
    assert back_up(data, tmp_path / "backup").folder.stat().st_mode & 0o077 == 0


def test_a_backup_takes_the_place_of_the_folder(data: Path, tmp_path: Path) -> None:
    back_up(data, tmp_path / "backup")
    ended = footnote("ask", "harbour", "closed", data_dir=tmp_path / "backup")
    assert (ended.exit_code, "on day 1" in ended.stdout) == (0, True)


def test_what_was_written_last_is_in_the_backup_while_the_bot_still_has_it_open(
    data: Path, tmp_path: Path
) -> None:
    with Library.open(data / "libraries" / GUILD) as library:
        library.add(article(7))
        back_up(data, tmp_path / "backup")
    with Library.open(tmp_path / "backup" / "libraries" / GUILD) as copy:
        assert copy.get("a7").title == "Diary 7"


def test_a_backup_beside_a_writer_is_of_one_moment_and_the_writer_goes_on(data: Path, tmp_path: Path) -> None:
    stop, written, failures = threading.Event(), [1], []

    def write() -> None:
        try:
            with Library.open(data / "libraries" / GUILD) as library:
                while not stop.is_set() and len(written) < 200:
                    number = len(written) + 1
                    library.add(article(number))
                    written.append(number)
                    if number % 3 == 0:
                        library.remove([f"a{number - 1}"])
        except Exception as error:  # told below, in the test's own thread
            failures.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    made = [back_up(data, tmp_path / f"backup{number}") for number in range(3)]
    stop.set()
    writer.join()

    assert failures == []
    for one in made:
        assert one.failures == ()
        with Library.open(one.folder / "libraries" / GUILD) as copy:
            report = copy.check()
            assert (report.problems, report.n_articles) == ((), copy.n_articles())
            assert copy.ask("harbour closed").status == "found"


def test_a_server_that_is_deleted_meanwhile_is_left_out_without_a_complaint(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_one = backup._copy

    def copy(file: Path, target: Path) -> None:
        if file.parent.name == GUILD:
            shutil.rmtree(file.parent, ignore_errors=True)
        copy_one(file, target)

    monkeypatch.setattr(backup, "_copy", copy)
    made = back_up(data, tmp_path / "backup")
    assert (made.n_databases, made.failures) == (3, ())


# --- as a command


def test_backup_says_how_much_and_where(data: Path, tmp_path: Path) -> None:
    ended = footnote("backup", str(tmp_path / "b"), "--json", data_dir=data)
    said = json.loads(ended.stdout)
    assert (ended.exit_code, said["folder"], said["databases"]) == (0, str(tmp_path / "b"), 5)


def test_a_backup_that_lacks_something_ends_with_1(data: Path, tmp_path: Path) -> None:
    (data / "library" / "library.db").write_bytes(b"rubbish" * 1_000)
    ended = footnote("backup", str(tmp_path / "b"), data_dir=data)
    assert (ended.exit_code, "Backed up 4 databases" in ended.stdout) == (1, True)
    assert "cannot be copied" in ended.stderr


def test_the_copy_opens_in_any_sqlite_tool(data: Path, tmp_path: Path) -> None:
    back_up(data, tmp_path / "backup")
    with closing(sqlite3.connect(tmp_path / "backup" / "libraries" / GUILD / "library.db")) as db:
        assert db.execute("SELECT title FROM articles").fetchall() == [("Diary 1",)]
