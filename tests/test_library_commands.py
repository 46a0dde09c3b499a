"""/library: one article looked at, changed or removed; all of them counted, exported or removed."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.replies.card import Accent
from bot.state import DRAFTS_KEPT
from corpus import records
from corpus.article import Article
from corpus.library import Library
from tests.conftest import GUILD_ID, words_of
from tests.world import (
    QUESTION,
    Server,
    Stock,
    accent,
    allow,
    also_after_a_restart,
    bot_of,
    fields,
    fill_in,
    forged,
    labels,
    let_pass,
    open_server,
    refused,
    reports,
    restart,
)

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

STORM = Article(
    title="The storm",
    text="The harbour was closed on Monday because of a storm.",
    url="https://example.org/storm",
    publisher="Coast Herald",
    author="Ada Quill",
    published=date(2020, 7, 2),
)


async def library(server: Server, command: str, **options: Any) -> Any:
    """What the manager is answered."""
    return await server.manager.slash(server.channel, f"library {command}", **options)


async def titles(server: Server) -> list[str]:
    infos = await bot_of(server.env).shelf.run(server.guild.id, Library.list)
    return sorted(info.title for info in infos)


async def stored(server: Server, article_id: str) -> Article:
    return await bot_of(server.env).shelf.run(server.guild.id, Library.get, article_id)


# --- an article that is not there


@refused
@pytest.mark.parametrize("command", ["info", "edit", "remove"])
async def test_an_unknown_article_is_named(simcord_env: simcord.Env, stock: Stock, command: str) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    result = await library(server, command, article="volcano")

    assert result.ephemeral
    assert words_of(result.response).startswith("No article called “volcano”.")


@refused
@pytest.mark.parametrize("command", ["info", "edit", "remove"])
async def test_a_title_written_nearly_right_is_answered_with_the_right_one(
    simcord_env: simcord.Env, stock: Stock, command: str
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    result = await library(server, command, article="the strom")

    assert "Did you mean: The storm (" in words_of(result.response)


@pytest.mark.parametrize("command", ["info", "edit", "remove"])
async def test_articles_are_offered_while_typing(
    simcord_env: simcord.Env, stock: Stock, command: str
) -> None:
    [article, *_] = stock(GUILD_ID, STORM, *reports(30))
    server = open_server(simcord_env)

    choices = await server.manager.autocomplete(server.channel, f"library {command}", "article", "storm")
    everything = await server.manager.autocomplete(server.channel, f"library {command}", "article", "")

    assert choices == [{"name": "The storm", "value": article.id}]
    assert len(everything) == 25


# --- info


async def test_info_shows_what_is_known_to_the_manager_alone(simcord_env: simcord.Env, stock: Stock) -> None:
    [article] = stock(GUILD_ID, STORM)
    assert article.added is not None
    server = open_server(simcord_env)

    result = await library(server, "info", article="The storm")

    assert result.ephemeral
    assert words_of(result.response) == "\n".join(
        (
            "### The storm",
            "Coast Herald · 2 July 2020 · by Ada Quill",
            f"-# 1 paragraph, 10 words · English · added <t:{int(article.added.timestamp())}:R>",
            f"-# id `{article.id}`",
            "Source",
            "Whole article",
            "Summary",
            "Edit details",
            "Remove…",
        )
    )


@also_after_a_restart
@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Whole article", "> The harbour was closed on Monday because of a storm."),
        ("Summary", "The harbour was closed on Monday because of a storm."),
        ("Remove…", "Remove **The storm** from the library?"),
    ],
)
async def test_the_buttons_of_info_work(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool, label: str, shown: str
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    info = (await library(server, "info", article="The storm")).response
    if restarted:
        await restart(simcord_env, data_dir)

    result = await server.manager.click(info, label=label)

    assert result.response.ephemeral
    assert shown in words_of(result.response)


@also_after_a_restart
async def test_edit_details_of_info_opens_the_dialog(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    info = (await library(server, "info", article="The storm")).response
    if restarted:
        await restart(simcord_env, data_dir)

    dialog = await server.manager.click(info, label="Edit details")

    assert fields(dialog)["Title"]["value"] == "The storm"


async def test_somebody_allowed_info_alone_sees_no_buttons_for_managers(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await allow(server, "library", server.alice)

    result = await server.alice.slash(server.channel, "library info", article="The storm")

    assert labels(result.response) == ["Source", "Whole article", "Summary"]


# --- edit


async def test_edit_opens_with_what_is_known(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    dialog = await library(server, "edit", article="The storm")

    assert {name: one["value"] for name, one in fields(dialog).items()} == {
        "Title": "The storm",
        "Publisher": "Coast Herald",
        "Author": "Ada Quill",
        "Date": "2020-07-02",
        "Address": "https://example.org/storm",
    }


async def test_changes_are_shown_before_they_are_stored(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    dialog = await library(server, "edit", article="The storm")

    preview = await fill_in(server.manager, dialog, Title="The great storm")

    assert preview.ephemeral
    assert words_of(preview.response).startswith(
        "-# Your changes · nothing is stored yet\n### The great storm\n"
    )
    assert await titles(server) == ["The storm"]


@also_after_a_restart
async def test_save_stores_every_detail(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    [article] = stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    dialog = await library(server, "edit", article="The storm")
    preview = await fill_in(
        server.manager,
        dialog,
        Title="The great storm",
        Publisher="Harbour Gazette",
        Author="",
        Date="2020-07-03",
        Address="",
    )
    if restarted:
        await restart(simcord_env, data_dir)

    await server.manager.click(preview.response, label="Save")

    now = await stored(server, article.id)
    assert (now.title, now.publisher, now.author, now.published, now.url) == (
        "The great storm",
        "Harbour Gazette",
        None,
        date(2020, 7, 3),
        None,
    )


async def test_save_says_what_was_saved(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    dialog = await library(server, "edit", article="The storm")
    preview = await fill_in(server.manager, dialog, Title="The great storm")

    await server.manager.click(preview.response, label="Save")

    assert words_of(preview.response) == "Saved **The great storm**."
    assert accent(preview.response) == Accent.DONE


async def test_save_leaves_the_text_and_the_day_it_was_added(simcord_env: simcord.Env, stock: Stock) -> None:
    [article] = stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    dialog = await library(server, "edit", article="The storm")
    preview = await fill_in(server.manager, dialog, Title="The great storm")

    await server.manager.click(preview.response, label="Save")

    now = await stored(server, article.id)
    assert (now.text, now.added) == (article.text, article.added)


async def test_a_text_replaced_while_its_details_were_edited_stays_the_new_one(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    [article] = stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    dialog = await library(server, "edit", article="The storm")
    preview = await fill_in(server.manager, dialog, Title="The great storm")
    new = Article(id=article.id, title="The storm", text="The harbour opened again on Friday.")
    await bot_of(simcord_env).shelf.run(GUILD_ID, Library.replace, new)

    await server.manager.click(preview.response, label="Save")

    now = await stored(server, article.id)
    assert (now.title, now.text) == ("The great storm", "The harbour opened again on Friday.")


async def test_an_article_removed_while_its_details_were_edited_is_said_to_be_gone(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    [article] = stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    dialog = await library(server, "edit", article="The storm")
    preview = await fill_in(server.manager, dialog, Title="The great storm")
    await bot_of(simcord_env).shelf.run(GUILD_ID, Library.remove, [article.id])

    result = await server.manager.click(preview.response, label="Save")

    assert result.ephemeral
    assert words_of(result.response) == "This article was removed from the library."


async def test_cancelled_changes_are_not_stored(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    dialog = await library(server, "edit", article="The storm")
    preview = await fill_in(server.manager, dialog, Title="The great storm")

    await server.manager.click(preview.response, label="Cancel")

    assert words_of(preview.response) == "Cancelled. Nothing was stored."
    assert await titles(server) == ["The storm"]


async def test_changes_of_yesterday_are_not_stored(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    dialog = await library(server, "edit", article="The storm")
    preview = await fill_in(server.manager, dialog, Title="The great storm")
    let_pass(DRAFTS_KEPT + timedelta(seconds=1), monkeypatch)

    await server.manager.click(preview.response, label="Save")

    assert await titles(server) == ["The storm"]


async def test_editing_changes_again_changes_their_preview(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    dialog = await library(server, "edit", article="The storm")
    preview = await fill_in(server.manager, dialog, Title="The great storm")
    again = await server.manager.click(preview.response, label="Edit details")

    await fill_in(server.manager, again, Title="The greatest storm")

    assert "### The greatest storm" in words_of(preview.response)


@pytest.mark.parametrize(
    ("detail", "article"),
    [
        ("title", Article(title="The storm of" * 40, text=STORM.text)),
        ("publisher", Article(title="Storm", text=STORM.text, publisher="Coast Herald" * 12)),
        ("author", Article(title="Storm", text=STORM.text, author="Ada Quill" * 15)),
        ("url", Article(title="Storm", text=STORM.text, url="https://example.org/" + "storm/" * 100)),
    ],
)
async def test_a_detail_too_long_for_the_dialog_stays_whole_when_another_is_changed(
    simcord_env: simcord.Env, stock: Stock, detail: str, article: Article
) -> None:
    [before] = stock(GUILD_ID, article)
    server = open_server(simcord_env)
    dialog = await library(server, "edit", article=before.id)
    preview = await fill_in(server.manager, dialog, Date="2020-07-03")

    await server.manager.click(preview.response, label="Save")

    now = await stored(server, before.id)
    assert getattr(now, detail) == getattr(before, detail)


async def test_a_new_title_is_searched(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM, *reports(2))
    server = open_server(simcord_env)
    dialog = await library(server, "edit", article="The storm")
    preview = await fill_in(server.manager, dialog, Title="Hurricane Zelda")
    await server.manager.click(preview.response, label="Save")

    result = await server.alice.slash(server.channel, "ask", question="hurricane Zelda harbour closed")

    assert "-# Hurricane Zelda" in words_of(result.response)


# --- remove


async def test_remove_asks_first_and_says_what_goes(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    result = await library(server, "remove", article="The storm")

    assert result.ephemeral
    assert words_of(result.response) == (
        "Remove **The storm** from the library?\n"
        "-# Coast Herald · 2 July 2020 · 10 words · this cannot be undone\n"
        "Remove\nCancel"
    )
    assert accent(result.response) == Accent.FAILED
    assert await titles(server) == ["The storm"]


@also_after_a_restart
async def test_remove_removes_and_says_so_in_place(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    stock(GUILD_ID, STORM, *reports(1))
    server = open_server(simcord_env)
    asked = (await library(server, "remove", article="The storm")).response
    if restarted:
        await restart(simcord_env, data_dir)

    await server.manager.click(asked, label="Remove")

    assert words_of(asked) == "Removed **The storm**."
    assert accent(asked) == Accent.DONE
    assert await titles(server) == ["Diary 1"]


@also_after_a_restart
async def test_a_removal_that_is_cancelled_removes_nothing(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    asked = (await library(server, "remove", article="The storm")).response
    if restarted:
        await restart(simcord_env, data_dir)

    await server.manager.click(asked, label="Cancel")

    assert words_of(asked) == "Cancelled. Nothing was changed."
    assert await titles(server) == ["The storm"]


async def test_what_is_removed_twice_is_said_to_be_gone(simcord_env: simcord.Env, stock: Stock) -> None:
    [article] = stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    asked = (await library(server, "remove", article="The storm")).response
    await bot_of(simcord_env).shelf.run(GUILD_ID, Library.remove, [article.id])

    result = await server.manager.click(asked, label="Remove")

    assert result.ephemeral
    assert words_of(result.response) == "This article was removed from the library."


async def test_what_was_removed_is_not_found_any_more(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM, Article(title="Market", text="Apples and pears were sold."))
    server = open_server(simcord_env)
    await server.alice.slash(server.channel, "ask", question=QUESTION)
    asked = (await library(server, "remove", article="The storm")).response
    await server.manager.click(asked, label="Remove")

    result = await server.alice.slash(server.channel, "ask", question=QUESTION)

    assert "No passage matches" in words_of(result.response)


@pytest.mark.parametrize("action", ["remove", "removed", "cleared", "change"])
@pytest.mark.parametrize("person", ["alice", "moderator"])
async def test_without_manage_server_a_forged_button_changes_nothing(
    simcord_env: simcord.Env, stock: Stock, action: str, person: str
) -> None:
    [article] = stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    message = await forged(server, f"a1:{action}:{article.id}:1")

    result = await getattr(server, person).click(message, label="Forged")

    assert result.ephemeral
    assert words_of(result.response) == "This needs the permission Manage Server."
    assert await titles(server) == ["The storm"]


# --- stats


async def test_stats_count_articles_words_and_publishers(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM, Article(title="Sturm", text="Der Hafen war am Montag geschlossen.", language="de"))
    server = open_server(simcord_env)

    result = await library(server, "stats")

    assert result.ephemeral
    assert words_of(result.response) == (
        "### Library\n2 articles · 16 words\n1 publisher · German, English\n"
        "-# 0 public answers in the last 30 days"
    )


async def test_private_questions_are_not_counted(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await server.alice.slash(server.channel, "ask", question=QUESTION)
    await server.alice.slash(server.channel, "ask", question=QUESTION, private=True)

    result = await library(server, "stats")

    assert "-# 1 public answer in the last 30 days" in words_of(result.response)


async def test_answers_of_last_month_are_not_counted(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await server.alice.slash(server.channel, "ask", question=QUESTION)
    let_pass(timedelta(days=31), monkeypatch)

    result = await library(server, "stats")

    assert "-# 0 public answers in the last 30 days" in words_of(result.response)


async def test_stats_of_an_empty_library_are_noughts(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    result = await library(server, "stats")

    assert words_of(result.response).startswith("### Library\n0 articles · 0 words\n")


# --- export


async def exported(server: Server) -> list[str]:
    """The lines of the file."""
    result = await library(server, "export")
    [message] = [one for one in [result.response, *result.followups] if one and one.attachments]
    [file] = message.attachments
    data: bytes = await file.read()
    return data.decode().removesuffix("\n").split("\n")


async def test_an_export_is_for_the_manager_alone(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)

    result = await library(server, "export")

    assert all(one.ephemeral for one in [result.response, *result.followups] if one)


async def test_an_export_has_a_line_for_each_article(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM, *reports(2))
    server = open_server(simcord_env)

    lines = await exported(server)

    assert [json.loads(line)["title"] for line in lines] == ["The storm", "Diary 1", "Diary 2"]


async def test_an_export_imports_again_as_it_was(
    simcord_env: simcord.Env, stock: Stock, tmp_path: Path
) -> None:
    hostile = Article(title="Line\u2028break", text='Quotes " and \\ and lines.\n\n**Bold** <@1> 🦜')
    stock(GUILD_ID, STORM, hostile)
    server = open_server(simcord_env)

    lines = await exported(server)

    def everything(library: Library) -> list[Article]:
        return list(library.export())

    before = await bot_of(simcord_env).shelf.run(GUILD_ID, everything)
    with Library.open(tmp_path / "copy") as copy:
        list(copy.import_all(records.read(line, "line") for line in lines))
        after = everything(copy)
    assert [(one.id, one.title, one.text, one.url) for one in after] == [
        (one.id, one.title, one.text, one.url) for one in before
    ]


async def test_an_export_holds_nobodys_questions(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, STORM)
    server = open_server(simcord_env)
    await server.alice.slash(server.channel, "ask", question="xylophone harbour storm")

    lines = await exported(server)

    assert "xylophone" not in "".join(lines)


@refused
async def test_an_export_above_the_servers_limit_is_refused_with_both_sizes(
    simcord_env: simcord.Env, stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(GUILD_ID, Article(title="Book", text="A long story. " * 30_000))
    server = open_server(simcord_env)
    monkeypatch.setattr(discord.Guild, "filesize_limit", property(lambda _: 300_000))

    result = await library(server, "export")

    assert result.ephemeral
    assert words_of(result.response).startswith("The export is 0.4 MB; the limit is 0.3 MB.")


async def test_the_export_of_an_empty_library_says_that_there_is_nothing(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    result = await library(server, "export")

    assert words_of(result.response).startswith("This server has no articles yet.")


# --- clear


async def test_clear_asks_first_with_the_count_and_the_servers_name(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(3))
    server = open_server(simcord_env)

    result = await library(server, "clear")

    assert result.ephemeral
    assert words_of(result.response).startswith("Remove all 3 articles of **Harbour Club**?")
    assert len(await titles(server)) == 3


@also_after_a_restart
async def test_clear_removes_all(
    simcord_env: simcord.Env, stock: Stock, data_dir: Path, restarted: bool
) -> None:
    stock(GUILD_ID, *reports(3))
    server = open_server(simcord_env)
    asked = (await library(server, "clear")).response
    if restarted:
        await restart(simcord_env, data_dir)

    await server.manager.click(asked, label="Remove all")

    assert words_of(asked) == "Removed 3 articles."
    assert await titles(server) == []


async def test_a_clearing_that_is_cancelled_removes_nothing(simcord_env: simcord.Env, stock: Stock) -> None:
    stock(GUILD_ID, *reports(3))
    server = open_server(simcord_env)
    asked = (await library(server, "clear")).response

    await server.manager.click(asked, label="Cancel")

    assert len(await titles(server)) == 3


async def test_clear_removes_nothing_when_there_is_more_than_was_agreed_to(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, *reports(3))
    server = open_server(simcord_env)
    asked = (await library(server, "clear")).response
    await bot_of(simcord_env).shelf.run(GUILD_ID, Library.add, STORM)

    await server.manager.click(asked, label="Remove all")

    assert len(await titles(server)) == 4


async def test_an_empty_library_has_nothing_to_clear(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    result = await library(server, "clear")

    assert result.ephemeral
    assert words_of(result.response).startswith("This server has no articles yet.")
    assert labels(result.response) == []
