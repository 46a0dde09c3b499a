"""A library that is slow to answer: every click and form is answered within the time Discord gives."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot import custom_id
from corpus.article import Article
from tests.conftest import GUILD_ID, words_of
from tests.world import (
    QUESTION,
    Server,
    Stock,
    controls,
    fill_in,
    forged,
    labels,
    open_server,
    reports,
    slow_down,
    unhandled,
)

if TYPE_CHECKING:
    import simcord

EDIT = discord.InteractionResponseType.deferred_message_update.value
THINKING = discord.InteractionResponseType.deferred_channel_message.value
AT_ONCE = {"again", "dismiss", "discard", "mine", "paste", "unhelpful", "wipe", "within"}
"""Actions that look nothing up, and so need no time."""
TO_FORGED = {
    "This answer is no longer kept.": "around earlier focus follow later more page share wider",
    "This digest is no longer kept.": "digest followdigest sharedigest",
    "Only the person who asked in private can share the answer.": "sharesummary",
    "This preview is older than a day, or was already added or cancelled.": "add cancel edit",
    "This article was removed from the library.": "article longer shorter summary summaryof",
    "This needs the permission Manage Server.": "change cleared refresh remove removed renew",
    "Only the person who opened this can use it.": "setting wipe",
    "Only the person who asked, and moderators, can delete this answer.": "delete discard",
    "Nothing of yours is stored in this server.": "forget forgotten mine",
    "Cancelled. Nothing was changed.": "dismiss",
    "### Articles": "list",
    "Ask again": "again",
    "Ask about this": "within",
    "Add an article": "paste",
    "Not helpful": "unhelpful",
}
"""What is said first to who presses a forged button of these actions, or what the form is called."""
TEXT = "The old lighthouse was painted white last week by the keeper and his two daughters."

Scene = Callable[[Server], Awaitable[Any]]


# Messages with a button or menu, each made by the manager.


async def answer(server: Server) -> Any:
    return (await server.manager.slash(server.channel, "ask", question=QUESTION)).response


async def lone_answer(server: Server) -> Any:
    asked = await server.manager.slash(server.channel, "ask", question="who found the treasure")
    return asked.response


async def private_answer(server: Server) -> Any:
    asked = await server.manager.slash(server.channel, "ask", question=QUESTION, private=True)
    return asked.response


async def around(server: Server) -> Any:
    return (await server.manager.click(await lone_answer(server), label="More about this")).response


async def filtered_out(server: Server) -> Any:
    asked = await server.manager.slash(server.channel, "ask", question=QUESTION, since="7 days")
    return asked.response


async def summary(server: Server) -> Any:
    asked = await server.manager.slash(server.channel, "summary", article="Old oak", length="medium")
    return asked.response


async def private_summary(server: Server) -> Any:
    asked = await server.manager.slash(server.channel, "summary", article="Old oak", private=True)
    return asked.response


async def listed(server: Server) -> Any:
    return (await server.manager.slash(server.channel, "articles")).response


async def narrowed(server: Server) -> Any:
    return (await server.manager.slash(server.channel, "articles", query="diary")).response


async def preview(server: Server) -> Any:
    added = await server.manager.slash(server.channel, "add", file=("a.txt", TEXT.encode()))
    return added.response


async def known(server: Server) -> Any:
    return (await server.manager.slash(server.channel, "library info", article="Old oak")).response


async def removal(server: Server) -> Any:
    return (await server.manager.slash(server.channel, "library remove", article="Old oak")).response


async def clearing(server: Server) -> Any:
    return (await server.manager.slash(server.channel, "library clear")).response


CLICKS: list[tuple[str, Scene, int, str]] = [
    ("page", answer, EDIT, "-# Passages 4–6 of 7"),
    ("more", answer, THINKING, "-# Paragraphs 2–4 of 5"),
    ("around", lone_answer, THINKING, "-# Paragraphs 1–3 of 4"),
    ("later", around, EDIT, "-# Paragraphs 2–4 of 4"),
    ("earlier", around, EDIT, "-# Paragraphs 1–3 of 4"),
    ("article", around, THINKING, "-# Word for word"),
    ("focus", around, THINKING, "### Old oak"),
    ("summary", known, THINKING, "### Old oak"),
    ("follow", lone_answer, THINKING, "Now it is ready."),
    ("share", private_answer, EDIT, "Shared"),
    ("sharesummary", private_summary, EDIT, "Shared"),
    ("wider", filtered_out, THINKING, "-# Passages 1–3 of 7"),
    ("shorter", summary, EDIT, "### Old oak"),
    ("longer", summary, EDIT, "### Old oak"),
    ("list", listed, EDIT, "-# 7–8 of 8"),
    ("list", narrowed, EDIT, "-# 7 of 7"),
    ("summaryof", listed, THINKING, "### "),
    ("add", preview, EDIT, "Added **"),
    ("cancel", preview, EDIT, "Cancelled."),
    ("edit", preview, THINKING, "Now it is ready."),
    ("change", known, THINKING, "Now it is ready."),
    ("remove", known, THINKING, "Remove **Old oak**"),
    ("removed", removal, EDIT, "Removed **Old oak**"),
    ("cleared", clearing, EDIT, "Removed 8 articles"),
]


@pytest.fixture
def server(simcord_env: simcord.Env, stock: Stock) -> Server:
    treasure = Article(
        title="Old oak",
        text="\n\n".join(
            ("Nobody knew of it.", "Ada Quill found the treasure.", "It was gold.", "She kept it at home.")
        ),
        keeps_paragraphs=True,
    )
    stock(GUILD_ID, *reports(7), treasure)
    return open_server(simcord_env)


def responses(server: Server) -> list[int]:
    """The kinds of response that Discord was sent, in order."""
    return [
        int(one.json["type"])
        for one in server.env.http_requests
        if one.path.endswith("/callback") and one.json is not None
    ]


async def use(server: Server, message: Any, action: str) -> Any:
    """Presses the last button called *action* that is not off, or chooses from its menu."""
    *_, found = [
        one
        for one in controls(message)
        if str(one.get("custom_id")).startswith(f"a1:{action}:") and not one.get("disabled")
    ]
    if found["type"] == 3:
        return await server.manager.select(message, [found["options"][0]["value"]])
    return await server.manager.click(message, custom_id=found["custom_id"])


@pytest.mark.parametrize(("action", "scene", "kind", "words"), CLICKS)
async def test_a_click_on_a_slow_library_is_announced_and_then_answered(
    server: Server, monkeypatch: pytest.MonkeyPatch, action: str, scene: Scene, kind: int, words: str
) -> None:
    message = await scene(server)
    if action == "earlier":
        await use(server, message, "later")
    slow_down(server.env, monkeypatch)

    result = await use(server, message, action)

    assert responses(server)[-1] == kind
    assert words in words_of(message if kind == EDIT else result.response)


async def test_a_slow_deletion_is_announced_and_done(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    message = await answer(server)
    slow_down(server.env, monkeypatch)

    await server.manager.click(message, label="Delete")

    assert responses(server)[-1] == EDIT
    assert message.id not in {one.id for one in server.channel.history()}


def test_every_action_that_looks_something_up_is_tried_here() -> None:
    announced_first = {"refresh", "renew"}  # a page is fetched, which always takes long
    elsewhere = {
        "digest",
        "followdigest",
        "sharedigest",
        "setting",
        "forget",
        "forgotten",
    }  # in files of their own
    tried = {action for action, *_ in CLICKS}
    assert tried | AT_ONCE | announced_first | elsewhere | {"delete"} == set(custom_id.ACTIONS)


@pytest.mark.parametrize(("action", "scene"), [("page", answer), ("around", lone_answer), ("edit", preview)])
async def test_no_click_is_announced_where_the_library_is_quick(
    server: Server, action: str, scene: Scene
) -> None:
    await use(server, await scene(server), action)

    assert responses(server)[-1] not in {EDIT, THINKING}


async def test_somebody_elses_slow_page_is_for_him_alone(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await answer(server)
    before = words_of(message)
    slow_down(server.env, monkeypatch)

    result = await server.bob.click(message, label="Next")

    [copy] = result.followups
    assert copy.ephemeral
    assert "-# Passages 4–6 of 7" in words_of(copy)
    assert words_of(message) == before


async def test_what_goes_wrong_after_an_announced_edit_is_told_to_the_one_who_clicked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = await answer(server)
    slow_down(server.env, monkeypatch)

    result = await server.bob.click(message, label="Delete")

    [said] = result.followups
    assert said.ephemeral
    assert words_of(said).startswith("Only the person who asked")


@pytest.mark.parametrize("status", [403, 404, 429, 500])
@pytest.mark.parametrize(
    ("action", "scene", "path"),
    [
        ("page", answer, ("PATCH", "/webhooks/*/messages/@original")),
        ("around", lone_answer, ("PATCH", "/webhooks/*/messages/@original")),
        ("page", answer, ("POST", "/interactions/*/callback")),
    ],
)
async def test_discord_refusing_in_the_middle_of_a_slow_click_is_no_unhandled_error(
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    action: str,
    scene: Scene,
    path: tuple[str, str],
    status: int,
) -> None:
    message = await scene(server)
    slow_down(server.env, monkeypatch)
    server.env.inject_error(*path, status=status)

    result = await use(server, message, action)

    said = [words_of(one) for one in (message, result.response, *result.followups) if one is not None]
    assert any("operator reference" in one or "-# Passages 4–6" in one for one in said)
    assert unhandled(caplog) == []


@pytest.mark.parametrize("ident", ["", "a\nb 🦜", "9" * 60])
async def test_every_forged_button_is_answered(
    server: Server, caplog: pytest.LogCaptureFixture, ident: str
) -> None:
    expected = {action: said for said, actions in TO_FORGED.items() for action in actions.split()}
    for action in custom_id.ACTIONS:
        message = await forged(server, f"a1:{action}:{ident}:9.x")

        result = await server.bob.click(message, label="Forged")

        said = result.modal["title"] if result.modal else words_of(result.response or message)
        assert (action, said.split("\n")[0]) == (action, expected[action])
    assert [one for one in caplog.records if "reference" in one.getMessage()] == []
    assert unhandled(caplog) == []


# --- forms


@pytest.mark.parametrize(("scene", "label"), [(preview, "Edit details"), (known, "Edit details")])
async def test_a_form_that_came_too_late_opens_with_the_button_in_its_place(
    server: Server, monkeypatch: pytest.MonkeyPatch, scene: Scene, label: str
) -> None:
    message = await scene(server)
    with monkeypatch.context() as slow:
        slow_down(server.env, slow)
        late = await server.manager.click(message, label=label)
    server.env.bot.shelf.wait = server.env.bot.wait  # type: ignore[attr-defined]

    dialog = await server.manager.click(late.response, label="Edit details")
    await fill_in(server.manager, dialog, Title="Gold")

    assert "### Gold" in words_of(late.response)
    assert {"Edit details", "Cancel"} <= set(labels(late.response))


async def test_a_command_whose_form_came_too_late_offers_it(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_down(server.env, monkeypatch)

    result = await server.manager.slash(server.channel, "library edit", article="Old oak")

    assert labels(result.response) == ["Edit details"]


async def test_a_question_from_a_form_may_take_long(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = await server.manager.click(await filtered_out(server), label="Ask again")
    slow_down(server.env, monkeypatch)

    result = await fill_in(server.manager, dialog)

    assert responses(server)[-1] == THINKING
    assert "-# Passages 1–3 of 7" in words_of(result.response)


async def test_a_text_from_a_form_may_take_long(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = await server.manager.slash(server.channel, "add")
    slow_down(server.env, monkeypatch)

    result = await fill_in(server.manager, dialog, Title="White", Text=TEXT)

    assert responses(server)[-1] == THINKING
    assert "### White" in words_of(result.response)


async def test_details_from_a_form_may_take_long(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    message = await preview(server)
    dialog = await server.manager.click(message, label="Edit details")
    slow_down(server.env, monkeypatch)

    await fill_in(server.manager, dialog, Title="White")

    assert responses(server)[-1] == EDIT
    assert "### White" in words_of(message)
