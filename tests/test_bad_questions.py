"""Questions and articles that nobody meant: each is answered rightly or refused in a sentence."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from bot.views import question as question_form
from corpus.article import Article
from corpus.errors import NoSearchableWords
from corpus.library import Library
from tests.conftest import GUILD_ID, words_of
from tests.world import Stock, fill_in, open_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import simcord

FERRY = Article(
    id="ferry", language="en", title="Ferry", text="The ferry to Karachi stops in March because of a storm."
)
BRIDGE = Article(
    id="bridge", language="en", title="Bridge", text="The bridge was built of oak by two sisters."
)
ARABIC = Article(
    id="arabic", language="ar", title="العبارة", text="توقفت العبارة Aurora في ميناء كراتشي بسبب العاصفة."
)


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("english")) as opened:
        list(opened.import_all([FERRY, BRIDGE]))
        yield opened


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("mixed")) as opened:
        list(opened.import_all([FERRY, BRIDGE, ARABIC]))
        yield opened


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as opened:
        opened.add(BRIDGE)
        yield opened


@pytest.mark.parametrize(
    "question",
    ["Почему паром не ходит?", "لماذا توقفت العبارة؟", "渡轮为什么停航", "ทำไมเรือเฟอร์รี่หยุด", "ለምን ቆመ"],
)
def test_a_question_in_a_language_that_no_article_is_in_finds_nothing(
    english: Library, question: str
) -> None:
    found = english.ask(question)
    assert (found.status, found.quotes) == ("nothing", ())


@pytest.mark.parametrize(
    "question",
    ["Почему ferry не ходит в Karachi storm?", "渡轮ferry Karachi storm", "العبارة ferry Karachi storm"],
)
def test_the_known_words_of_a_question_in_two_scripts_are_found(english: Library, question: str) -> None:
    assert english.ask(question).quotes[0].article.id == "ferry"


@pytest.mark.parametrize(
    "question",
    [
        "لماذا توقفت العبارة؟",
        "\u200fلماذا توقفت العبارة Aurora؟",
        "\u202bلماذا توقفت \u2066العبارة\u2069؟\u202c",
        "العباره Aurora ميناء",
    ],
)
def test_a_question_from_right_to_left_is_found_whatever_marks_turn_it(mixed: Library, question: str) -> None:
    found = mixed.ask(question).quotes[0]
    assert found.article.id == "arabic"
    assert all(found.text[slice(*span)].strip() for span in found.highlights)


@pytest.mark.parametrize(
    "operators",
    [
        '"',
        '""',
        '" "',
        "“",
        "”“",
        "«",
        "»«",
        "„",
        "-",
        "--",
        "- -",
        '-"',
        '"-',
        "-“",
        "--x",
        "-😀",
        '"""',
        "“-”",
        '"?"',
    ],
)
def test_around_a_malformed_operator_the_question_is_answered(english: Library, operators: str) -> None:
    for question in (
        f"{operators} ferry Karachi storm",
        f"ferry Karachi {operators} storm",
        f"ferry Karachi storm {operators}",
    ):
        found = english.ask(question)
        assert (found.status, found.quotes[0].article.id) == ("found", "ferry")


@pytest.mark.parametrize("question", ["-ferry", "-ferry -storm", '"" -', '"the"', '"😀" -ferry', '-"ferry'])
def test_operators_alone_are_answered_or_refused_in_a_sentence(english: Library, question: str) -> None:
    with suppress(NoSearchableWords):
        assert english.ask(question).question == question


@pytest.mark.parametrize(
    "filling",
    ["x" * 1_000_000, "😀" * 1_000_000, "\u202e" * 1_000_000, "\ud83d" * 1_000_000],
    ids=["one word", "emoji", "marks", "half characters"],
)
def test_the_words_behind_a_million_characters_are_found(library: Library, filling: str) -> None:
    library.add(Article(id="long", language="en", title="Long", text=f"{filling} {FERRY.text}"))
    found = library.ask("when does the ferry to Karachi stop")
    assert found.status == "found"
    assert "ferry to Karachi" in found.quotes[0].text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("\u202eلماذا توقفت العبارة؟", "No passage matches"),
        ('ferry "Karachi storm -', "stops in March"),
        ("渡轮ferry Karachi storm", "ferry"),
    ],
)
async def test_such_a_question_is_answered_in_discord(
    simcord_env: simcord.Env, stock: Stock, question: str, said: str
) -> None:
    stock(GUILD_ID, FERRY, BRIDGE)
    server = open_server(simcord_env)

    result = await server.alice.slash(server.channel, "ask", question=question)

    assert said in words_of(result.response)


FORMS = {
    "Ask again": ("ask", {"question": "volcano"}),
    "Follow up": ("ask", {"question": "why does the ferry stop"}),
    "Follow up of a digest": ("digest", {"topic": "ferry storm"}),
    "Ask about this": ("summary", {"article": "ferry"}),
}


@pytest.mark.parametrize("form", FORMS)
async def test_a_question_too_long_for_its_form_is_refused_with_the_limit(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    stock(GUILD_ID, FERRY)
    server = open_server(simcord_env)
    command, options = FORMS[form]
    shown = await server.alice.slash(server.channel, command, **options)
    monkeypatch.setattr(question_form, "LONGEST_QUESTION", 4_000)  # as if Discord had let more through
    dialog = await server.alice.click(shown.response, label=form.removesuffix(" of a digest"))

    result = await fill_in(server.alice, dialog, Question="ferry " * 50 + "?")

    assert result.ephemeral
    assert words_of(result.response).startswith(
        "That question has 301 characters; the limit is 300.\n-# Ask in"
    )
