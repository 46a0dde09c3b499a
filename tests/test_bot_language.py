"""Whom the bot speaks to in which language, and words that mix directions of writing."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path

import discord
import pytest

from bot import language
from bot.language import Sentence
from bot.shelf import Shelf

_PO = """\
msgid ""
msgstr ""
"Language: ga\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Removed {title}."
msgstr "{title} ⟶ ∅."

msgid "Read {n} of {total}."
msgstr "Read {number}."

msgid "{n} word"
msgid_plural "{n} words"
msgstr[0] "{n} wa"
msgstr[1] "{n} wi"
msgstr[2] "{n} wu"
"""


@pytest.fixture
def languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of catalogues that holds one, of Irish, as nobody speaks it."""
    (tmp_path / "ga.po").write_text(_PO, encoding="utf-8")
    monkeypatch.setattr(language, "LOCALES", tmp_path)
    language.forget()
    yield tmp_path
    monkeypatch.undo()
    language.forget()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Whatever a test speaks, what comes after it begins in English."""
    yield
    language.hear(None, None)


def speak(person: str, server: str = "en-US", chosen: str = "", *, is_private: bool = True) -> str:
    """The language that is spoken then."""

    def spoken() -> str:
        language.hear(discord.Locale(person), discord.Locale(server), chosen)
        language.address(is_private=is_private)
        return language.spoken()

    return copy_context().run(spoken)


# --- catalogues


@pytest.mark.usefixtures("languages")
def test_a_missing_sentence_is_said_in_english() -> None:
    language.hear(None, None, "ga")
    assert language._("Never translated.") == "Never translated."


@pytest.mark.usefixtures("languages")
def test_a_translation_that_names_a_place_nothing_fills_is_not_used(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        language.load()
    language.hear(None, None, "ga")
    assert language._("Read {n} of {total}.").format(n=1, total=2) == "Read 1 of 2."
    assert "ga.po: line 10" in caplog.text


@pytest.mark.parametrize(("n", "said"), [(1, "1 wa"), (2, "2 wi"), (5, "5 wu")])
@pytest.mark.usefixtures("languages")
def test_a_language_counts_by_its_own_rule(n: int, said: str) -> None:
    language.hear(None, None, "ga")
    assert language.ngettext("{n} word", "{n} words", n).format(n=n) == said


# --- whom


def test_a_person_is_spoken_to_in_their_own_language_and_everybody_in_the_servers() -> None:
    assert speak("es-ES", "en-US") == "es"
    assert speak("es-ES", "en-US", is_private=False) == "en"
    assert speak("en-US", "es-ES", is_private=False) == "es"


def test_a_region_without_a_catalogue_has_its_languages() -> None:
    assert speak("es-419") == "es"


def test_a_language_without_a_catalogue_is_answered_in_english() -> None:
    assert speak("ko", "ko") == "en"


def test_a_chosen_language_counts_before_discords_but_only_for_all() -> None:
    assert speak("en-US", "fr", chosen="es", is_private=False) == "es"
    assert speak("en-US", "fr", chosen="es") == "en"


def test_who_cannot_choose_persian_in_discord_is_spoken_to_in_the_servers_persian() -> None:
    assert speak("en-US", chosen="fa") == "fa"
    assert speak("es-ES", chosen="fa") == "es"


async def test_a_librarys_thread_speaks_the_language_of_who_sent_it_there(tmp_path: Path) -> None:
    language.hear(None, None, "fa")
    shelf = Shelf(tmp_path, new_executor=lambda: ThreadPoolExecutor(1))
    assert await shelf.run(1, lambda _: language.spoken()) == "fa"
    language.hear(None, None)
    assert await shelf.run(1, lambda _: language.spoken()) == "en"
    await shelf.close()


# --- directions


def test_a_title_of_the_other_direction_does_not_turn_the_words_around_it() -> None:
    assert Sentence("Removed {title}.").format(title="گزارش") == "Removed \u2068گزارش\u2069."
    language.hear(None, None, "fa")
    assert Sentence("{title} حذف شد.").format(title="Report") == "\u2068Report\u2069 حذف شد."


def test_what_runs_in_the_same_direction_is_left_as_it_is() -> None:
    assert Sentence("Removed {title}, {n} left.").format(title="Report (2020)", n=3) == (
        "Removed Report (2020), 3 left."
    )


def test_a_line_of_ours_runs_from_the_right_wherever_it_is_shown() -> None:
    language.hear(None, None, "fa")
    assert language.directed(Sentence("-# ۵ پرسش")) == "-# \u2067۵ پرسش\u2069"
    assert language.directed(Sentence("### پرسش ۵\n> ۵ پرسش")) == "### \u2067پرسش ۵\u2069\n> ۵ پرسش"


def test_a_line_that_cannot_be_turned_has_no_marks() -> None:
    language.hear(None, None, "fa")
    assert language.directed(Sentence("همهٔ کانال‌ها")) == "همهٔ کانال‌ها"
    assert language.directed(Sentence("Harbour Gazette")) == "Harbour Gazette"


def test_what_others_wrote_is_never_marked() -> None:
    language.hear(None, None, "fa")
    assert language.directed("۵ پرسش") == "۵ پرسش"


def test_what_is_there_to_be_copied_has_no_marks() -> None:
    language.hear(None, None, "fa")
    assert Sentence("شمارهٔ `{reference}`").format(reference="7F3K2") == "شمارهٔ `7F3K2`"
    assert Sentence("[پیام]({url})").format(url="https://a.example") == "[پیام](https://a.example)"
