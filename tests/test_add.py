"""Adding an article in Discord: a file or a text, its preview, and what becomes of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.replies.card import Accent
from bot.state import DRAFTS_KEPT
from corpus.article import Article
from corpus.reading.limits import LARGEST_BYTES
from tests.conftest import GUILD_ID, words_of
from tests.made import Words, a_docx, a_pdf, an_epub, lines, paragraph
from tests.world import (
    Server,
    Stock,
    accent,
    allow,
    also_after_a_restart,
    bot_of,
    control,
    fields,
    fill_in,
    forged,
    labels,
    let_pass,
    open_server,
    refused,
    restart,
    slow_down,
    unhandled,
)

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

    from corpus.library import Library

TEXT = (
    "The old lighthouse was painted white last week by the keeper and his two daughters.\n\n"
    "It is forty metres high, and in good weather the ships see it from thirty miles away."
)
HEAD = "title: The lighthouse is white\npublisher: Coast Herald\nauthor: Ada Quill\ndate: 2021-05-03\n"
MARKDOWN = f"---\n{HEAD}url: https://example.org/lighthouse\n---\n\n{TEXT}\n"


async def add_file(server: Server, data: bytes | str, name: str = "lighthouse.txt") -> Any:
    data = data.encode() if isinstance(data, str) else data
    return await server.manager.slash(server.channel, "add", file=(name, data))


async def previewed(server: Server, data: str = MARKDOWN, name: str = "lighthouse.md") -> Any:
    """The preview of an article that can be added."""
    result = await add_file(server, data, name)
    assert "Add" in labels(result.response)
    return result.response


async def pasted(server: Server, **values: Any) -> Any:
    """What the form answers; an underscore in a field's name is a space."""
    dialog = await server.manager.slash(server.channel, "add")
    return await fill_in(server.manager, dialog, **values)


async def library(server: Server) -> list[Article]:
    def everything(library: Library) -> list[Article]:
        return list(library.export())

    return await bot_of(server.env).shelf.run(server.guild.id, everything)


# --- files of every kind


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("lighthouse.pdf", a_pdf([Words("The lighthouse is white", 60, 740, 20), *lines(TEXT)])),
        ("lighthouse.docx", a_docx(paragraph("The lighthouse is white", "Title") + paragraph(TEXT))),
        ("lighthouse.epub", an_epub({"one.xhtml": f"<h1>The lighthouse is white</h1><p>{TEXT}</p>"})),
        ("called_wrong.txt", a_pdf([Words("The lighthouse is white", 60, 740, 20), *lines(TEXT)])),
    ],
)
async def test_a_file_of_every_kind_is_previewed(simcord_env: simcord.Env, name: str, data: bytes) -> None:
    server = open_server(simcord_env)
    preview = (await add_file(server, data, name)).response
    assert "Add" in labels(preview)
    assert "The lighthouse is white" in words_of(preview)


# --- files that are no article


@refused
@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("harbour.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "harbour.png is a picture, not a text."),
        ("report.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "report.txt is a PDF that is damaged"),
        ("report.docx", b"PK\x03\x04" + bytes(200), "report.docx is a ZIP file, not a text."),
        ("page.txt", b"<!doctype html><title>x</title>", "page.txt holds no text that could be an article."),
        ("program.md", b"\x00\x01\x02\x03" * 50, "program.md is a binary file, not a text."),
        ("nothing.txt", b"", "nothing.txt holds no text."),
        ("blank.txt", b" \n\t\r\n ", "blank.txt holds no text."),
        ("invisible.txt", "\u200b\ufeff\u2060".encode(), "invisible.txt holds no text."),
        (
            "utf16.txt",
            b"\xff\xfe" + b"\x00\xd8\x41",
            "utf16.txt is in an encoding that could not be recognised. Save it as UTF-8.",
        ),
    ],
)
async def test_a_file_that_is_no_text_is_refused_by_what_it_is(
    simcord_env: simcord.Env, name: str, data: bytes, said: str
) -> None:
    server = open_server(simcord_env)

    result = await add_file(server, data, name)

    assert result.ephemeral
    assert words_of(result.response).startswith(said)


@refused
async def test_a_file_above_the_largest_size_is_refused_with_both_sizes(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    result = await add_file(server, b"a" * (LARGEST_BYTES + 100_000), "book.txt")

    assert result.ephemeral
    assert words_of(result.response) == "book.txt is 10.1 MB; the limit is 10.0 MB."


@refused
async def test_a_file_above_the_servers_own_limit_is_refused_with_that_limit(
    simcord_env: simcord.Env, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = open_server(simcord_env)
    monkeypatch.setattr(discord.Guild, "filesize_limit", property(lambda _: 1_000_000))

    result = await add_file(server, b"a" * 1_500_000, "book.txt")

    assert words_of(result.response) == "book.txt is 1.5 MB; the limit is 1.0 MB."


@refused
async def test_a_file_that_is_refused_leaves_no_draft_and_no_article(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    result = await add_file(server, b"%PDF-1.7")

    assert labels(result.response) == []
    assert await library(server) == []


@refused
async def test_a_file_that_cannot_be_fetched_is_answered_with_a_reference(
    simcord_env: simcord.Env, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    server = open_server(simcord_env)

    async def gone(file: discord.Attachment, **_: Any) -> bytes:
        raise discord.NotFound(_Response(), f"{file.filename} is gone")  # type: ignore[arg-type]

    monkeypatch.setattr(discord.Attachment, "read", gone)

    result = await add_file(server, TEXT)

    reference = words_of(result.response).split("`")[1]
    assert f"reference {reference}" in caplog.text
    assert unhandled(caplog) == []


class _Response:
    """As much of an answer over HTTP as discord.py's errors look at."""

    status = 404
    reason = "Not Found"


# --- what is already there


@refused
@pytest.mark.parametrize("name", ["again.txt", "again.md"])
async def test_a_text_that_is_in_the_library_is_refused_with_its_title(
    simcord_env: simcord.Env, stock: Stock, name: str
) -> None:
    stock(GUILD_ID, Article(title="The lighthouse", text=TEXT))
    server = open_server(simcord_env)

    result = await add_file(server, TEXT, name)

    assert result.ephemeral
    assert words_of(result.response).startswith("Already in the library: “The lighthouse”")


@refused
async def test_a_text_that_is_there_under_an_endless_title_is_refused(
    simcord_env: simcord.Env, stock: Stock
) -> None:
    stock(GUILD_ID, Article(title="The lighthouse " * 400, text=TEXT))
    server = open_server(simcord_env)

    result = await add_file(server, TEXT)

    assert words_of(result.response).startswith("Already in the library: “The lighthouse")


async def test_a_text_that_was_added_after_the_preview_is_refused_then(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    first, second = await previewed(server), await previewed(server)
    await server.manager.click(first, label="Add")

    result = await server.manager.click(second, label="Add")

    assert result.ephemeral
    assert words_of(result.response).startswith(
        "Already in the library: **The lighthouse is white** (added <t:"
    )
    assert len(await library(server)) == 1


# --- the form


@refused
@pytest.mark.parametrize("values", [{}, {"Text": "  \n "}, {"Title": "Only a title"}])
async def test_a_form_without_a_text_is_told_so(simcord_env: simcord.Env, values: dict[str, str]) -> None:
    server = open_server(simcord_env)

    result = await pasted(server, **values)

    assert result.ephemeral
    assert words_of(result.response) == "Nothing was given: choose a file, or paste a text."


async def test_without_a_file_a_form_opens(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    dialog = await server.manager.slash(server.channel, "add")

    assert list(fields(dialog)) == ["Link", "File", "Title", "Text", "Text, continued"]


async def test_a_pasted_text_is_previewed_under_its_title(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    result = await pasted(server, Title="Lighthouse news", Text=TEXT)

    assert result.ephemeral
    assert "### Lighthouse news" in words_of(result.response)


async def test_a_text_in_two_parts_is_one_text(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    whole = " ".join(f"word{number}" for number in range(700)) + "."
    first, second = whole[:4000], whole[4000:]

    result = await pasted(server, Title="Long", Text=first, **{"Text,_continued": second})
    await server.manager.click(result.response, label="Add")

    [article] = await library(server)
    assert article.text == whole


async def test_two_paragraphs_in_two_parts_stay_two_paragraphs(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    first, second = TEXT.split("\n\n")

    result = await pasted(server, Title="Two", Text=first, **{"Text,_continued": second})
    await server.manager.click(result.response, label="Add")

    [article] = await library(server)
    assert article.text == TEXT


async def test_a_file_in_the_form_is_previewed(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    result = await pasted(server, File=("lighthouse.md", MARKDOWN.encode()))

    assert result.ephemeral
    assert "### The lighthouse is white" in words_of(result.response)


@refused
@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "book.txt holds no text."), (1_500_000, "book.txt is 1.5 MB; the limit is 1.0 MB.")],
)
async def test_a_file_in_the_form_that_is_empty_or_too_large_is_refused(
    simcord_env: simcord.Env, monkeypatch: pytest.MonkeyPatch, size: int, said: str
) -> None:
    server = open_server(simcord_env)
    monkeypatch.setattr(discord.Guild, "filesize_limit", property(lambda _: 1_000_000))

    result = await pasted(server, File=("book.txt", b"a" * size))

    assert result.ephemeral
    assert words_of(result.response) == said


async def test_the_title_in_the_form_stands_above_that_of_the_file(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    result = await pasted(server, File=("lighthouse.md", MARKDOWN.encode()), Title="My own title")

    assert "### My own title" in words_of(result.response)


async def test_a_file_and_a_text_in_the_form_are_both_previewed(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    result = await pasted(
        server, File=("lighthouse.md", MARKDOWN.encode()), Title="Fog", Text="The ferry waited for the fog."
    )

    [second] = result.followups
    assert "### Fog" in words_of(result.response)
    assert "### The lighthouse is white" in words_of(second)
    assert second.ephemeral
    for preview in (result.response, second):
        await server.manager.click(preview, label="Add")
    assert sorted(one.title for one in await library(server)) == ["Fog", "The lighthouse is white"]


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        (b"%PDF-1.7", "The ferry waited for the fog.", ["### The ferry", "a.txt is a PDF"]),
        (TEXT.encode(), "\u200b", ["The text holds no text.", "### The old lighthouse"]),
    ],
)
async def test_of_a_file_and_a_text_the_good_one_is_previewed_and_the_other_refused(
    simcord_env: simcord.Env, file: bytes, text: str, said: list[str]
) -> None:
    server = open_server(simcord_env)

    result = await pasted(server, File=("a.txt", file), Text=text)

    shown = [words_of(one) for one in (result.response, *result.followups)]
    assert [part in words for part, words in zip(said, shown, strict=True)] == [True, True]


@pytest.mark.parametrize(
    "values", [{"Title": "White", "Text": TEXT}, {"Title": "White", "File": ("a.txt", TEXT.encode())}]
)
async def test_a_form_that_was_open_during_a_restart_is_previewed(
    simcord_env: simcord.Env, data_dir: Path, values: dict[str, Any]
) -> None:
    server = open_server(simcord_env)
    dialog = await server.manager.slash(server.channel, "add")
    await restart(simcord_env, data_dir)

    result = await fill_in(server.manager, dialog, **values)
    await server.manager.click(result.response, label="Add")

    [article] = await library(server)
    assert (article.title, article.text) == ("White", TEXT)


async def test_an_empty_form_that_was_open_during_a_restart_is_told_so(
    simcord_env: simcord.Env, data_dir: Path
) -> None:
    server = open_server(simcord_env)
    dialog = await server.manager.slash(server.channel, "add")
    await restart(simcord_env, data_dir)

    result = await fill_in(server.manager, dialog)

    assert words_of(result.response) == "Nothing was given: choose a file, or paste a text."


@refused
async def test_a_wrong_file_in_the_form_is_refused_by_what_it_is(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    result = await pasted(server, File=("harbour.png", b"\x89PNG\r\n\x1a\n"))

    assert result.ephemeral
    assert words_of(result.response).startswith("harbour.png is a picture, not a text.")


# --- the preview


async def test_a_preview_is_for_the_manager_alone_and_stores_nothing(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    result = await add_file(server, MARKDOWN, "lighthouse.md")

    assert result.ephemeral
    assert words_of(result.response).startswith("-# Preview · nothing is stored yet")
    assert await library(server) == []


async def test_a_preview_shows_what_was_read(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    preview = await previewed(server)

    assert words_of(preview).split("\n")[1:4] == [
        "### The lighthouse is white",
        "Coast Herald · 3 May 2021 · by Ada Quill",
        "-# 32 words · English",
    ]


async def test_a_preview_says_what_is_missing(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    result = await add_file(server, TEXT)

    assert "no publisher found · no date found · no author found" in words_of(result.response)


async def test_a_preview_shows_the_title_that_will_be_stored(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    result = await add_file(server, TEXT)
    _, heading, *_ = words_of(result.response).split("\n")

    await server.manager.click(result.response, label="Add")

    [article] = await library(server)
    assert heading == f"### {article.title}"


async def test_a_preview_quotes_the_opening_to_the_end_of_a_sentence(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    text = " ".join(f"This is sentence number {number} of a long story." for number in range(40))

    result = await add_file(server, text)

    [quote] = [line for line in words_of(result.response).split("\n") if line.startswith("> ")]
    assert len(quote) <= 302
    assert text.startswith(quote.removeprefix("> "))
    assert quote.endswith(" of a long story.")


async def test_a_short_text_is_warned_of_where_the_decision_is_made(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    result = await add_file(server, TEXT)

    text = words_of(result.response)
    assert "**Before you add it:** only 32 words could be read.\nAdd\nEdit details\nCancel" in text
    assert accent(result.response) == Accent.LOOK_TWICE


async def test_a_text_of_one_word_is_warned_of_in_the_singular(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    result = await add_file(server, "Fog.")

    assert "**Before you add it:** only 1 word could be read." in words_of(result.response)


@pytest.mark.parametrize("language", ["und", "zxx", "xq"])
async def test_a_language_without_a_name_is_not_shown_as_a_code(
    simcord_env: simcord.Env, stock: Stock, language: str
) -> None:
    stock(GUILD_ID, Article(title="Fog", text="Fog.", language=language))
    server = open_server(simcord_env)

    info = await server.manager.slash(server.channel, "library info", article="Fog")
    stats = await server.manager.slash(server.channel, "library stats")

    assert " · language unknown · " in words_of(info.response)
    assert "0 publishers · no language yet" in words_of(stats.response)


async def test_a_preview_without_a_warning_is_grey(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)

    result = await add_file(server, "\n\n".join(f"{TEXT} Once more, number {n}." for n in range(5)))

    assert "Before you add it" not in words_of(result.response)
    assert accent(result.response) == Accent.BOT


async def test_a_channel_that_not_everyone_sees_is_warned_of(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    channel = server.guild.create_text_channel("board", overwrites=_hidden(server))

    result = await server.manager.slash(channel, "add", file=("a.txt", TEXT.encode()))

    assert "not everyone can see this channel" in words_of(result.response)


async def test_a_thread_of_a_channel_that_not_everyone_sees_is_warned_of(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    channel = server.guild.create_text_channel("board", overwrites=_hidden(server))
    parent = simcord_env.bot.get_channel(channel.id)
    assert isinstance(parent, discord.TextChannel)
    await parent.create_thread(name="plans", type=discord.ChannelType.public_thread)
    [thread] = channel.threads

    result = await server.manager.slash(thread, "add", file=("a.txt", TEXT.encode()))

    assert "not everyone can see this channel" in words_of(result.response)


def _hidden(server: Server) -> dict[Any, discord.PermissionOverwrite]:
    may_look = discord.PermissionOverwrite(view_channel=True)
    return {
        server.guild.default_role: discord.PermissionOverwrite(view_channel=False),
        server.manager: may_look,
        server.guild.roles["TestBot"]: may_look,
    }


async def test_a_file_that_takes_long_to_read_says_thinking_first(
    simcord_env: simcord.Env, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = open_server(simcord_env)
    slow_down(simcord_env, monkeypatch)

    result = await add_file(server, MARKDOWN, "lighthouse.md")

    assert result.ephemeral
    assert "### The lighthouse is white" in words_of(result.response)


# --- Add


@also_after_a_restart
async def test_add_stores_what_was_previewed(
    simcord_env: simcord.Env, data_dir: Path, restarted: bool
) -> None:
    server = open_server(simcord_env)
    preview = await previewed(server)
    if restarted:
        await restart(simcord_env, data_dir)

    await server.manager.click(preview, label="Add")

    [article] = await library(server)
    assert (article.title, article.publisher, article.author, article.published, article.url) == (
        "The lighthouse is white",
        "Coast Herald",
        "Ada Quill",
        date(2021, 5, 3),
        "https://example.org/lighthouse",
    )
    assert article.text == TEXT


async def test_discords_own_address_of_a_file_is_not_kept(simcord_env: simcord.Env, data_dir: Path) -> None:
    server = open_server(simcord_env)
    preview = await previewed(server, TEXT, "lighthouse.txt")

    await server.manager.click(preview, label="Add")

    kept = b"".join(file.read_bytes() for file in (data_dir / "libraries").rglob("*.db*"))
    assert b"painted white" in kept
    assert b"/attachments/" not in kept
    assert [article.url for article in await library(server)] == [None]


async def test_add_says_what_was_added_in_place_of_the_preview(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    preview = await previewed(server)

    await server.manager.click(preview, label="Add")

    assert words_of(preview) == "Added **The lighthouse is white**.\n-# 2 paragraphs, 32 words"
    assert accent(preview) == Accent.DONE


async def test_what_was_added_is_found_by_the_next_question(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    await server.manager.click(await previewed(server), label="Add")

    result = await server.alice.slash(server.channel, "ask", question="when was the lighthouse painted")

    assert "was __painted__ white last week" in words_of(result.response)


@pytest.mark.parametrize("label", ["Add", "Edit details", "Cancel"])
async def test_a_preview_that_was_already_added_says_so(simcord_env: simcord.Env, label: str) -> None:
    server = open_server(simcord_env)
    preview = await previewed(server)
    again = await forged(server, control(preview, label)["custom_id"])
    await server.manager.click(preview, label="Add")

    result = await server.manager.click(again, label="Forged")

    assert result.ephemeral
    assert words_of(result.response).startswith(
        "This preview is older than a day, or was already added or cancelled."
    )
    assert len(await library(server)) == 1


@pytest.mark.parametrize("label", ["Add", "Edit details", "Cancel"])
async def test_a_preview_of_yesterday_says_so(
    simcord_env: simcord.Env, monkeypatch: pytest.MonkeyPatch, label: str
) -> None:
    server = open_server(simcord_env)
    preview = await previewed(server)
    let_pass(DRAFTS_KEPT + timedelta(seconds=1), monkeypatch)

    result = await server.manager.click(preview, label=label)

    assert words_of(result.response).startswith("This preview is older than a day")
    assert await library(server) == []


@also_after_a_restart
@pytest.mark.parametrize("label", ["Add", "Edit details", "Cancel"])
async def test_another_managers_preview_is_left_to_him(
    simcord_env: simcord.Env, data_dir: Path, restarted: bool, label: str
) -> None:
    server = open_server(simcord_env)
    roles = [server.guild.roles["Managers"]]
    other = server.guild.add_member(simcord_env.create_user("other"), roles=roles)
    preview = await forged(server, control(await previewed(server), label)["custom_id"])
    if restarted:
        await restart(simcord_env, data_dir)

    result = await other.click(preview, label="Forged")

    assert result.ephemeral
    assert words_of(result.response).startswith("Only the person who opened this can use it.")
    assert await library(server) == []


@pytest.mark.parametrize("label", ["Add", "Edit details", "Cancel"])
async def test_without_manage_server_a_preview_cannot_be_used(simcord_env: simcord.Env, label: str) -> None:
    server = open_server(simcord_env)
    preview = await forged(server, control(await previewed(server), label)["custom_id"])

    result = await server.moderator.click(preview, label="Forged")

    assert result.ephemeral
    assert words_of(result.response).startswith(("This needs the permission", "Only the person who opened"))
    assert await library(server) == []


async def test_somebody_allowed_the_command_can_add(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    await allow(server, "add", server.alice)
    result = await server.alice.slash(server.channel, "add", file=("a.md", MARKDOWN.encode()))

    await server.alice.click(result.response, label="Add")

    assert [one.title for one in await library(server)] == ["The lighthouse is white"]


# --- Cancel


@also_after_a_restart
async def test_cancel_stores_nothing_and_says_so(
    simcord_env: simcord.Env, data_dir: Path, restarted: bool
) -> None:
    server = open_server(simcord_env)
    preview = await previewed(server)
    if restarted:
        await restart(simcord_env, data_dir)

    await server.manager.click(preview, label="Cancel")

    assert words_of(preview) == "Cancelled. Nothing was stored."
    assert await library(server) == []


# --- Edit details


@also_after_a_restart
async def test_edit_details_opens_with_what_was_read(
    simcord_env: simcord.Env, data_dir: Path, restarted: bool
) -> None:
    server = open_server(simcord_env)
    preview = await previewed(server)
    if restarted:
        await restart(simcord_env, data_dir)

    dialog = await server.manager.click(preview, label="Edit details")

    assert {name: one["value"] for name, one in fields(dialog).items()} == {
        "Title": "The lighthouse is white",
        "Publisher": "Coast Herald",
        "Author": "Ada Quill",
        "Date": "2021-05-03",
        "Address": "https://example.org/lighthouse",
    }


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("Title", "White as snow", "### White as snow"),
        ("Publisher", "Harbour Gazette", "Harbour Gazette · 3 May 2021 · by Ada Quill"),
        ("Publisher", "", "no publisher found · 3 May 2021 · by Ada Quill"),
        ("Author", "Bo Ink", "Coast Herald · 3 May 2021 · by Bo Ink"),
        ("Author", "", "Coast Herald · 3 May 2021 · no author found"),
        ("Date", "2022-12-31", "Coast Herald · 31 December 2022 · by Ada Quill"),
        ("Date", "", "Coast Herald · no date found · by Ada Quill"),
    ],
)
async def test_a_changed_detail_is_shown_in_the_preview(
    simcord_env: simcord.Env, field: str, value: str, shown: str
) -> None:
    server = open_server(simcord_env)
    preview = await previewed(server)
    dialog = await server.manager.click(preview, label="Edit details")

    await fill_in(server.manager, dialog, **{field: value})

    assert shown in words_of(preview).split("\n")


@also_after_a_restart
async def test_changed_details_are_stored(simcord_env: simcord.Env, data_dir: Path, restarted: bool) -> None:
    server = open_server(simcord_env)
    preview = await previewed(server)
    dialog = await server.manager.click(preview, label="Edit details")
    await fill_in(
        server.manager,
        dialog,
        Title="Snow",
        Publisher="Harbour Gazette",
        Author="Bo Ink",
        Date="2022-12-31",
        Address="http://example.org/snow",
    )
    if restarted:
        await restart(simcord_env, data_dir)

    await server.manager.click(preview, label="Add")

    [article] = await library(server)
    assert (article.title, article.publisher, article.author, article.published, article.url) == (
        "Snow",
        "Harbour Gazette",
        "Bo Ink",
        date(2022, 12, 31),
        "http://example.org/snow",
    )


async def test_details_that_were_open_during_a_restart_are_changed(
    simcord_env: simcord.Env, data_dir: Path
) -> None:
    server = open_server(simcord_env)
    preview = await previewed(server)
    dialog = await server.manager.click(preview, label="Edit details")
    await restart(simcord_env, data_dir)

    await fill_in(server.manager, dialog, Title="Snow")

    assert "### Snow" in words_of(preview)


async def test_changing_details_leaves_the_text_as_it_was_read(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    preview = await previewed(server)
    dialog = await server.manager.click(preview, label="Edit details")
    await fill_in(server.manager, dialog, Title="Snow")

    await server.manager.click(preview, label="Add")

    [article] = await library(server)
    assert article.text == TEXT


async def test_changing_details_leaves_the_number_of_words(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    preview = await previewed(server)
    dialog = await server.manager.click(preview, label="Edit details")

    await fill_in(server.manager, dialog, Title="Snow")

    assert "-# 32 words · English" in words_of(preview)


async def test_changing_details_leaves_the_warning(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    preview = await previewed(server)
    dialog = await server.manager.click(preview, label="Edit details")

    await fill_in(server.manager, dialog, Title="Snow")

    assert "**Before you add it:** only 32 words could be read." in words_of(preview)


@refused
@pytest.mark.parametrize("day", ["yesterday", "2020-13-01", "03/04/2020", "2021-02-29"])
async def test_a_day_that_cannot_be_read_is_named_with_how_to_write_it(
    simcord_env: simcord.Env, day: str
) -> None:
    server = open_server(simcord_env)
    dialog = await server.manager.click(await previewed(server), label="Edit details")

    result = await fill_in(server.manager, dialog, Date=day)

    assert result.ephemeral
    assert words_of(result.response) == f"The date “{day}” cannot be read; write it like 2020-07-02."


@refused
@pytest.mark.parametrize("address", ["example.org/x", "ftp://example.org", "javascript:alert(1)"])
async def test_an_address_that_is_none_is_named_with_how_to_write_it(
    simcord_env: simcord.Env, address: str
) -> None:
    server = open_server(simcord_env)
    dialog = await server.manager.click(await previewed(server), label="Edit details")

    result = await fill_in(server.manager, dialog, Address=address)

    assert result.ephemeral
    assert words_of(result.response).replace("\\", "") == (
        f"The address “{address}” is no web address; it looks like https://example.org/page."
    )


@refused
@pytest.mark.parametrize("address", ["https://", "http:///path", "https://[bad", "https://#x"])
async def test_an_address_without_a_host_is_refused(simcord_env: simcord.Env, address: str) -> None:
    server = open_server(simcord_env)
    dialog = await server.manager.click(await previewed(server), label="Edit details")

    result = await fill_in(server.manager, dialog, Address=address)

    assert words_of(result.response).startswith("The address ")


@refused
async def test_a_wrong_detail_changes_nothing(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    preview = await previewed(server)
    before = words_of(preview)
    dialog = await server.manager.click(preview, label="Edit details")

    await fill_in(server.manager, dialog, Title="Snow", Date="yesterday")

    assert words_of(preview) == before


@refused
async def test_details_sent_after_the_draft_is_gone_are_told_so(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    preview = await previewed(server)
    dialog = await server.manager.click(preview, label="Edit details")
    await server.manager.click(preview, label="Cancel")

    result = await fill_in(server.manager, dialog, Title="Snow")

    assert result.ephemeral
    assert words_of(result.response).startswith("This preview is older than a day, or was already added")


async def test_a_text_of_one_short_line_is_found(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    result = await pasted(server, Title="Opening hours", Text="Ferry closed on Mondays")
    await server.manager.click(result.response, label="Add")

    answer = await server.alice.slash(server.channel, "ask", question="when is the ferry closed")

    assert "on Mondays" in words_of(answer.response)
