"""The environment -> settings: what is usual where it says nothing, and nothing else is looked at."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from bot.errors import WrongSettings
from bot.settings import Settings
from corpus.reading import address

PROJECT = Path(__file__).parents[1]


@pytest.mark.parametrize("env", [{}, {"DATA_DIR": ""}], ids=["unset", "empty"])
def test_without_a_word_libraries_are_kept_beside_bot_py(env: dict[str, str]) -> None:
    assert Settings.from_env(env).data_dir == PROJECT / "data"


def test_data_dir_says_where_libraries_are_kept() -> None:
    assert Settings.from_env({"DATA_DIR": "/srv/footnote"}).data_dir == Path("/srv/footnote")


def test_a_tilde_is_the_operator_s_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    assert Settings.from_env({"DATA_DIR": "~/footnote"}).data_dir == Path("/home/ada/footnote")


def test_the_terminal_has_a_library_of_its_own() -> None:
    assert Settings.from_env({"DATA_DIR": "/srv"}).terminal_library == Path("/srv/library")


def test_the_page_to_try_it_in_has_a_folder_of_its_own() -> None:
    assert Settings.from_env({"DATA_DIR": "/srv"}).try_dir == Path("/srv/try")


@pytest.mark.parametrize(
    "env", [{}, {"DISCORD_TOKEN": ""}, {"DISCORD_TOKEN": " \n"}], ids=["unset", "empty", "blank"]
)
def test_a_blank_token_is_none(env: dict[str, str]) -> None:
    assert Settings.from_env(env).token is None


def test_a_token_is_taken_without_the_spaces_it_was_copied_with() -> None:
    assert Settings.from_env({"DISCORD_TOKEN": " abc.def\n"}).token == "abc.def"  # noqa: S105  # invented


def test_a_token_is_not_shown_where_settings_are() -> None:
    assert "abc.def" not in repr(Settings.from_env({"DISCORD_TOKEN": "abc.def"}))


def test_only_what_is_given_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", "/elsewhere")
    assert Settings.from_env({}).data_dir == PROJECT / "data"


@pytest.mark.parametrize(("value", "is_on"), [("", False), ("0", False), ("1", True), (" 1\n", True)])
def test_the_text_of_messages_is_asked_for_with_1_alone(value: str, is_on: bool) -> None:
    assert Settings.from_env({"MESSAGE_CONTENT": value}).message_content is is_on


def test_anything_else_than_1_or_0_is_refused_with_its_name() -> None:
    with pytest.raises(WrongSettings, match="MESSAGE_CONTENT is “yes”; it must be 1 or 0"):
        Settings.from_env({"MESSAGE_CONTENT": "yes"})


@pytest.mark.parametrize("value", ["none", "0", "-3", "2.5"])
def test_a_number_of_libraries_that_is_none_is_refused_with_its_name(value: str) -> None:
    with pytest.raises(WrongSettings, match="LIBRARIES_OPEN"):
        Settings.from_env({"LIBRARIES_OPEN": value})


def test_how_many_libraries_are_open_can_be_set() -> None:
    assert Settings.from_env({"LIBRARIES_OPEN": "500"}).libraries_open == 500


def test_settings_do_not_change() -> None:
    settings = Settings.from_env({})
    with pytest.raises(FrozenInstanceError):
        settings.data_dir = Path("/elsewhere")  # type: ignore[misc]


def test_without_a_word_nobody_is_named_and_nothing_inside_is_opened() -> None:
    settings = Settings.from_env({"CONTACT": " ", "FETCH_ALLOW": " "})
    assert (settings.contact, settings.fetch_allow) == (None, address.NOTHING)


def test_an_operator_may_be_written_to_and_open_a_network() -> None:
    settings = Settings.from_env({"CONTACT": " ops@example.org\n", "FETCH_ALLOW": "10.20.0.0/16 wiki.corp"})
    assert settings.contact == "ops@example.org"
    assert address.refusal("10.20.0.1", 80, settings.fetch_allow) is None


def test_every_setting_that_cannot_be_read_is_named_at_once() -> None:
    with pytest.raises(WrongSettings) as caught:
        Settings.from_env({"CONTACT": "ada\r\nX: 1", "FETCH_ALLOW": "10.0.0.0/8, 10.0.0.0/99"})
    assert [problem.split()[0] for problem in caught.value.problems] == ["CONTACT", "FETCH_ALLOW"]
    assert "“10.0.0.0/99”" in str(caught.value)


def test_a_site_may_be_told_where_the_bot_is_described() -> None:
    assert Settings.from_env({"HOMEPAGE": " https://bot.example/ "}).homepage == "https://bot.example/"
    assert Settings.from_env({"HOMEPAGE": " "}).homepage is None


@pytest.mark.parametrize(
    "value", ["bot.example", "ftp://x.example", "https://a.example/(x)", "https://ö.example"]
)
def test_a_homepage_that_is_none_is_refused_with_its_name(value: str) -> None:
    with pytest.raises(WrongSettings, match="HOMEPAGE"):
        Settings.from_env({"HOMEPAGE": value})
