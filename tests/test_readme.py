"""The README says what is there: its commands, its settings, its picture."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.core import Group

from bot.app import EXTENSIONS, PERMISSIONS, ArticleBot
from bot.cli import cli
from bot.replies import as_json
from bot.settings import Settings
from corpus.article import Answer
from tests.conftest import InProcess
from tests.process import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

README = (PROJECT / "README.md").read_text(encoding="utf-8")
FIRST_SCREEN = 30
"""In lines."""
TRY = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[try]' && .venv/bin/python bot.py"
TEST = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/python -m pytest -q"


def section(title: str) -> str:
    """What stands under the heading *title*."""
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def rows(title: str) -> list[str]:
    """The lines of the first table under the heading *title*, without its head."""
    return [line for line in section(title).splitlines() if line.startswith("|")][2:]


def code_in(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


@pytest.mark.parametrize("command", [TRY, TEST])
def test_one_line_does_it_and_stands_on_the_first_screen(command: str) -> None:
    assert command in README.splitlines()[:FIRST_SCREEN]


def test_no_other_line_is_needed_to_try_it() -> None:
    before = README.split(TRY)[0]
    assert "```" in before
    assert before.count("```") == 1


def test_a_picture_stands_on_the_first_screen() -> None:
    assert any(line.startswith("![") for line in README.splitlines()[:FIRST_SCREEN])


def test_every_file_it_links_to_is_there() -> None:
    linked = re.findall(r"\]\((?!https?://)([^)#]+)", README)
    assert [name for name in linked if not (PROJECT / name).is_file()] == []


@pytest.mark.parametrize("extra", ["try", "test"])
def test_what_it_installs_is_an_extra_of_the_project(extra: str) -> None:
    project = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    assert re.search(rf"^{extra} = \[", project, re.MULTILINE)


def test_the_terminals_table_names_every_command() -> None:
    assert isinstance(cli, Group)
    first_words = {code.split()[0] for row in rows("The terminal") for code in code_in(row.split(" | ")[0])}
    assert first_words == set(cli.commands)


def test_the_terminals_table_names_every_option_of_a_command() -> None:
    assert isinstance(cli, Group)
    shared = {"--json", "--help"}
    options = {name for command in cli.commands.values() for option in command.params for name in option.opts}
    missing = [name for name in options if name.startswith("--") and name not in README]
    assert sorted(set(missing) - shared) == []


class Asked(dict[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        self.names.append(name)
        return default

    def __getitem__(self, name: str) -> str:
        self.names.append(name)
        raise KeyError(name)


@pytest.fixture
def variables() -> set[str]:
    """What `Settings` reads."""
    asked = Asked()
    Settings.from_env(asked)
    return set(asked.names)


def test_the_settings_table_names_every_variable_and_no_other(variables: set[str]) -> None:
    assert sorted(code_in(row)[0] for row in rows("Settings")) == sorted(variables)


def test_the_example_names_every_variable_and_no_other(variables: set[str]) -> None:
    example = (PROJECT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) == variables


PERMISSION_NAMES = {"read_messages": "View Channels"}


def test_every_permission_of_the_invite_link_is_named() -> None:
    asked = [name for name, is_on in PERMISSIONS if is_on]
    named = [
        PERMISSION_NAMES.get(name) or name.replace("_", " ").title().replace(" In ", " in ") for name in asked
    ]
    assert [name for name in named if name not in section("Make it a real Discord bot")] == []


@pytest.fixture
async def discord_commands(tmp_path: Path) -> set[str]:
    """The names of all commands in Discord, those of a group by both words."""
    async with ArticleBot(tmp_path, reader=InProcess(), shard_count=1) as bot:
        for extension in EXTENSIONS:
            await bot.load_extension(extension)
        return {
            command.qualified_name for command in bot.tree.walk_commands() if not hasattr(command, "commands")
        }


def named_in_discord() -> Iterator[str]:
    """The table's commands; a row may name a group once and then its commands alone."""
    for row in rows("Commands in Discord"):
        first, *others = (code.split("[")[0].strip() for code in code_in(row.split(" | ")[0]))
        group, _, name = first.removeprefix("/").partition(" ")
        if group == "library":
            yield from (f"{group} {one}" for one in (name, *others))
        else:
            yield from (one.removeprefix("/").split()[0] for one in (first, *others))


def test_the_table_of_commands_in_discord_names_them_all(discord_commands: set[str]) -> None:
    assert set(named_in_discord()) == discord_commands


def test_the_keys_of_an_answer_for_scripts_are_named() -> None:
    found = Answer("who", "nothing", 0.0, (), (), "en", (), (), (), 1.0, 1)
    assert [key for key in as_json.answer(found) if f'"{key}"' not in section("The terminal")] == []
