"""People and servers of several languages in Discord: who reads what in which."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import discord
import pytest
import simcord.interactions
from discord.app_commands import TranslationContext, TranslationContextLocation, locale_str

from bot import language
from bot.translator import CommandTranslator
from corpus.article import Article
from tests.conftest import GUILD_ID, words_of
from tests.world import (
    QUESTION,
    Server,
    Stock,
    bot_of,
    fields,
    fill_in,
    labels,
    let_pass,
    open_server,
    refused,
    reports,
    slow_down,
)

if TYPE_CHECKING:
    import simcord

STORM = Article(title="Harbour", text="The harbour was closed on Monday because of a storm.")
Speaks = Callable[[Any, str], None]


@pytest.fixture
def speaks(monkeypatch: pytest.MonkeyPatch) -> Speaks:
    """`speaks(server.alice, "es-ES")`: from then on their Discord is in this language."""
    locales: dict[int, str] = {}
    english = simcord.interactions.base_payload

    def payload(*args: Any, user_id: int, **kwargs: Any) -> tuple[Any, dict[str, Any]]:
        record, event = english(*args, user_id=user_id, **kwargs)
        return record, event | {"locale": locales.get(user_id, "en-US")}

    monkeypatch.setattr(simcord.interactions, "base_payload", payload)
    return lambda person, locale: locales.update({person.id: locale})


async def choose(server: Server, code: str) -> None:
    """What a manager may set."""
    await bot_of(server.env).shelf.change_settings(GUILD_ID, language=code)


def mention(server: Server, words: str) -> str:
    assert server.env.bot.user is not None
    return f"{server.env.bot.user.mention} {words}"


# --- one person, and everybody


async def test_a_private_answer_is_in_the_askers_language_and_a_public_one_in_the_servers(
    simcord_env: simcord.Env, stock: Stock, speaks: Speaks
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    speaks(server.alice, "es-ES")

    private = await server.alice.slash(server.channel, "ask", question=QUESTION, private=True)
    public = await server.alice.slash(server.channel, "ask", question=QUESTION)

    assert "1 pasaje, palabra por palabra · 1 artículo buscado" in words_of(private.response)
    assert "1 passage, word for word · 1 article searched" in words_of(public.response)


async def test_a_spanish_server_reads_spanish_whoever_asks(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env, locale="es-ES")
    answer = (await server.alice.slash(server.channel, "ask", question=QUESTION)).response

    turned = await server.bob.click(answer, label="Siguiente")

    assert "Pasajes 1–3 de 4, palabra por palabra" in words_of(answer)
    assert turned.ephemeral
    assert "Passage 4 of 4, word for word" in words_of(turned.response)


async def test_what_was_not_found_is_told_in_the_askers_language(
    simcord_env: simcord.Env, stock: Stock, speaks: Speaks
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    speaks(server.alice, "es-419")

    result = await server.alice.slash(server.channel, "ask", question="zebra")

    assert result.ephemeral
    assert words_of(result.response).startswith("Ningún pasaje coincide con **zebra**.")
    again = await server.alice.click(result.response, label="Volver a preguntar")
    assert fields(again)["Pregunta"]["value"] == "zebra"


async def test_what_a_digest_does_not_find_is_told_in_the_askers_language(
    simcord_env: simcord.Env, stock: Stock, speaks: Speaks
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    speaks(server.alice, "es-ES")

    result = await server.alice.slash(server.channel, "digest", topic="zebra")

    assert result.ephemeral
    assert words_of(result.response).startswith("Ningún artículo trata de **zebra**")


@pytest.mark.parametrize(("command", "option"), [("ask", "question"), ("digest", "topic")])
async def test_what_was_not_found_stands_in_the_servers_language_once_everybody_waits_for_it(
    simcord_env: simcord.Env,
    stock: Stock,
    speaks: Speaks,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    option: str,
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    speaks(server.alice, "es-ES")
    slow_down(simcord_env, monkeypatch)

    result = await server.alice.slash(server.channel, command, **{option: "zebra"})

    assert not result.ephemeral
    assert words_of(result.response).startswith("No ")
    assert "**zebra**" in words_of(result.response)


@refused
async def test_an_error_stands_in_the_servers_language_once_everybody_waits_for_an_answer(
    simcord_env: simcord.Env, stock: Stock, speaks: Speaks, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    speaks(server.alice, "es-ES")
    slow_down(simcord_env, monkeypatch)

    result = await server.alice.slash(server.channel, "ask", question=QUESTION, source="The Moon")

    assert not result.ephemeral
    assert words_of(result.response).startswith("No article comes from “The Moon”.")


@refused
async def test_an_error_is_told_in_the_language_of_who_caused_it(
    simcord_env: simcord.Env, stock: Stock, speaks: Speaks, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    answer = (await server.alice.slash(server.channel, "ask", question=QUESTION)).response
    let_pass(timedelta(days=31), monkeypatch)
    speaks(server.bob, "es-ES")

    result = await server.bob.click(answer, label="More about this")

    assert "Esta respuesta ya no se conserva." in words_of(result.response)
    assert labels(result.response) == ["Volver a preguntar"]


async def test_a_form_is_in_the_language_of_who_opens_it(simcord_env: simcord.Env, speaks: Speaks) -> None:
    server = open_server(simcord_env)
    speaks(server.manager, "es-ES")

    shown = await server.manager.slash(server.channel, "add")
    preview = await fill_in(server.manager, shown, Título="Tormenta", Texto="El puerto cerró el lunes.")

    assert shown.modal["title"] == "Añadir un artículo"
    assert "Vista previa · aún no se ha guardado nada" in words_of(preview.response)


async def test_what_stands_under_a_question_is_in_the_language_of_whoever_reads_it(
    simcord_env: simcord.Env, stock: Stock, speaks: Speaks
) -> None:
    stock(GUILD_ID, *reports(4))
    server = open_server(simcord_env)
    speaks(server.alice, "es-ES")
    question = f"{QUESTION} by glaciers in Peru"

    private = (await server.alice.slash(server.channel, "ask", question=question, private=True)).response
    await server.alice.click(private, label="Compartir en el canal")
    copy = server.channel.last_message
    speaks(server.bob, "es-419")
    theirs = await server.bob.click(copy, label="Next")

    assert "Weak match: only *harbour* and *closed* were found, not *glaciers* or *Peru*." in words_of(copy)
    in_spanish = "solo se encontraron *harbour* y *closed*, no *glaciers* o *Peru*."
    assert [in_spanish in words_of(one) for one in (private, theirs.response)] == [True, True]


# --- a language that Discord does not have


async def test_where_managers_chose_persian_everybody_reads_persian(
    simcord_env: simcord.Env, stock: Stock, speaks: Speaks
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await choose(server, "fa")
    speaks(server.bob, "es-ES")

    public = await server.alice.slash(server.channel, "ask", question=QUESTION)
    helped = await server.alice.slash(server.channel, "help")
    spanish = await server.bob.slash(server.channel, "help")

    assert "۱ قطعه، کلمه‌به‌کلمه · جستجو در ۱ مقاله" in words_of(public.response)
    assert "The harbour was closed" in words_of(public.response).replace("__", "").replace("**", "")
    assert "پاسخ از مقاله‌های این سرور" in words_of(helped.response)
    assert "Respuestas de los artículos" in words_of(spanish.response)


async def test_a_mention_is_answered_in_the_servers_language(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await choose(server, "es")

    await server.alice.send(server.channel, mention(server, "zebra"))
    assert words_of(server.channel.last_message).startswith("Ningún pasaje coincide con **zebra**.")

    await server.alice.send(server.channel, mention(server, QUESTION))
    assert "1 pasaje, palabra por palabra" in words_of(server.channel.last_message)


async def test_a_question_comes_back_from_a_persian_card_as_it_was_typed(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await choose(server, "fa")

    result = await server.alice.slash(server.channel, "ask", question="zebra * [2020]")
    assert "\u2068zebra" in words_of(result.response)

    again = await server.alice.click(result.response, label="دوباره بپرسید")
    assert fields(again)["پرسش"]["value"] == "zebra * (2020)"


async def test_no_mark_of_ours_is_ever_inside_of_an_article(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(2, publisher="Harbour Gazette"))
    server = open_server(simcord_env)
    await choose(server, "fa")

    answer = (await server.alice.slash(server.channel, "ask", question=QUESTION)).response

    quoted = [line for line in words_of(answer).split("\n") if line.startswith(">")]
    assert quoted
    assert [line for line in quoted if language.without_marks(line) != line] == []
    assert "**۱  Harbour Gazette**" in language.without_marks(words_of(answer))


# --- commands


async def test_discord_is_told_the_names_of_commands_in_its_languages(simcord_env: simcord.Env) -> None:
    open_server(simcord_env)
    [ask] = [one for one in await bot_of(simcord_env).tree.fetch_commands() if one.name == "ask"]
    spanish = {discord.Locale.spain_spanish: "preguntar", discord.Locale.latin_american_spanish: "preguntar"}
    assert ask.name_localizations == spanish


async def test_an_operator_of_persian_servers_gives_persian_names_to_who_has_discord_in_english() -> None:
    translator = CommandTranslator("fa")
    where: Any = TranslationContext(TranslationContextLocation.parameter_name, data=None)
    told = [
        await translator.translate(locale_str("question"), discord.Locale(code), where)
        for code in ("en-US", "es-ES", "ko")
    ]
    assert told == ["پرسش", "pregunta", None]
