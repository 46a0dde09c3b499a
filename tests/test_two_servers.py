"""Two servers that never see anything of each other: articles, answers, drafts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from bot import custom_id
from bot.state import ServerState
from corpus.article import Article
from corpus.library import Library
from tests.conftest import GUILD_ID, OTHER_GUILD_ID, words_of
from tests.world import (
    QUESTION,
    Server,
    Stock,
    also_after_a_restart,
    bot_of,
    control,
    controls,
    fill_in,
    forged,
    open_server,
    refused,
    reports,
    restart,
)

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

HIDDEN = "The harbour was closed because the treasure of the old pirate lies under it."


class Two(NamedTuple):
    """Two servers; the same person is a manager in both."""

    ours: Server
    theirs: Server
    our_manager: Any
    their_manager: Any
    secret: Article


@pytest.fixture
def two(simcord_env: simcord.Env, stock: Stock) -> Two:
    """Ours has four reports, theirs the secret."""
    stock(GUILD_ID, *reports(4))
    [secret] = stock(
        OTHER_GUILD_ID,
        Article(title="Pirates", text=HIDDEN, publisher="Pirate Post", url="https://example.org/pirates"),
    )
    ours = open_server(simcord_env)
    theirs = open_server(simcord_env, OTHER_GUILD_ID, "Pirate Club")
    traveller = simcord_env.create_user("traveller")

    def join(server: Server) -> Any:
        roles = [server.guild.roles["Managers"], server.guild.roles["Moderators"]]
        return server.guild.add_member(traveller, roles=roles)

    return Two(ours, theirs, join(ours), join(theirs), secret)


async def their_answer(two: Two) -> Any:
    result = await two.their_manager.slash(two.theirs.channel, "ask", question=QUESTION)
    assert "treasure" in words_of(result.response)
    return result.response


async def titles(server: Server) -> list[str]:
    infos = await bot_of(server.env).shelf.run(server.guild.id, Library.list)
    return sorted(info.title for info in infos)


def tells_nothing(message: Any) -> bool:
    said = words_of(message)
    return bool(said) and not any(word in said for word in ("treasure", "Pirate", "pirates"))


# --- articles


async def test_an_answer_quotes_the_servers_own_articles(two: Two) -> None:
    result = await two.our_manager.slash(two.ours.channel, "ask", question=QUESTION)

    assert "closed__ on day 1" in words_of(result.response)
    assert tells_nothing(result.response)


async def test_an_answer_counts_the_servers_own_articles(two: Two) -> None:
    result = await two.our_manager.slash(two.ours.channel, "ask", question=QUESTION)

    assert "· 4 articles searched" in words_of(result.response)


async def test_what_only_the_other_server_knows_is_not_found(two: Two) -> None:
    result = await two.our_manager.slash(two.ours.channel, "ask", question="pirate treasure")

    assert words_of(result.response).startswith("No passage matches **pirate treasure**.")
    assert "Nearest titles" not in words_of(result.response)


async def test_a_mention_is_answered_from_the_servers_own_articles(two: Two) -> None:
    assert two.ours.env.bot.user is not None

    await two.our_manager.send(two.ours.channel, f"{two.ours.env.bot.user.mention} {QUESTION}")

    assert "closed__ on day 1" in words_of(two.ours.channel.last_message)
    assert tells_nothing(two.ours.channel.last_message)


async def test_a_server_without_articles_is_empty_whatever_another_has(two: Two) -> None:
    third = open_server(two.ours.env, OTHER_GUILD_ID + 1, "New Club")

    result = await third.alice.slash(third.channel, "ask", question=QUESTION)

    assert words_of(result.response).startswith("This server has no articles yet.")


@refused
async def test_the_other_servers_publisher_is_no_source(two: Two) -> None:
    result = await two.our_manager.slash(two.ours.channel, "ask", question=QUESTION, source="Pirate Post")

    assert words_of(result.response).replace("Pirate Post", "") == (
        "No article comes from “”. The library has Harbour Gazette."
    )


@pytest.mark.parametrize(
    ("command", "option"),
    [("ask", "source"), ("articles", "source"), ("summary", "article"), ("library info", "article")],
)
async def test_nothing_of_the_other_server_is_offered(two: Two, command: str, option: str) -> None:
    assert await two.our_manager.autocomplete(two.ours.channel, command, option, "pirate") == []


async def test_the_list_shows_the_servers_own_articles(two: Two) -> None:
    result = await two.our_manager.slash(two.ours.channel, "articles")

    assert "-# 1–4 of 4" in words_of(result.response)
    assert tells_nothing(result.response)


@refused
@pytest.mark.parametrize("command", ["summary", "library info", "library edit", "library remove"])
@pytest.mark.parametrize("named_by", ["id", "title", "url"])
async def test_the_other_servers_article_cannot_be_named(two: Two, command: str, named_by: str) -> None:
    wanted = getattr(two.secret, named_by)

    result = await two.our_manager.slash(two.ours.channel, command, article=wanted)

    assert result.modal is None
    assert words_of(result.response).replace("\\", "").startswith(f"No article called “{wanted}”.")
    assert "Did you mean" not in words_of(result.response)


async def test_the_same_text_may_be_added_to_both(two: Two) -> None:
    result = await two.our_manager.slash(two.ours.channel, "add", file=("p.txt", HIDDEN.encode()))

    await two.our_manager.click(result.response, label="Add")

    assert len(await titles(two.ours)) == 5


async def test_articles_with_the_same_id_are_kept_apart(two: Two, stock: Stock) -> None:
    stock(GUILD_ID, Article(id="same", title="Ours", text="Our lighthouse is white."))
    stock(OTHER_GUILD_ID, Article(id="same", title="Theirs", text="Their lighthouse is black."))

    result = await two.our_manager.slash(two.ours.channel, "summary", article="same")

    assert words_of(result.response).startswith("### Ours")


async def test_stats_count_the_servers_own_articles_and_answers(two: Two) -> None:
    await their_answer(two)

    result = await two.our_manager.slash(two.ours.channel, "library stats")

    text = words_of(result.response)
    assert "4 articles ·" in text
    assert "-# 0 public answers" in text


async def test_an_export_holds_the_servers_own_articles(two: Two) -> None:
    result = await two.our_manager.slash(two.ours.channel, "library export")

    [message] = [one for one in [result.response, *result.followups] if one and one.attachments]
    data = await message.attachments[0].read()
    assert [json.loads(line)["title"] for line in data.decode().splitlines()] == [
        f"Diary {number}" for number in range(1, 5)
    ]


async def test_clearing_one_library_leaves_the_other(two: Two) -> None:
    result = await two.our_manager.slash(two.ours.channel, "library clear")

    await two.our_manager.click(result.response, label="Remove all")

    assert await titles(two.ours) == []
    assert await titles(two.theirs) == ["Pirates"]


async def test_each_server_has_a_folder_of_its_own(two: Two, data_dir: Path) -> None:
    await their_answer(two)
    await two.our_manager.slash(two.ours.channel, "ask", question=QUESTION)

    folders = {path.name for path in (data_dir / "libraries").iterdir()}
    assert folders == {str(GUILD_ID), str(OTHER_GUILD_ID)}


async def test_servers_that_take_turns_on_a_shelf_with_room_for_one_stay_apart(two: Two) -> None:
    bot_of(two.ours.env).shelf._most_open = 1
    theirs = await their_answer(two)

    ours = await two.our_manager.slash(two.ours.channel, "ask", question=QUESTION)
    again = await two.their_manager.click(theirs, label="More about this")

    assert tells_nothing(ours.response)
    assert "treasure" in words_of(again.response)


# --- answers


@also_after_a_restart
@pytest.mark.parametrize("action", ["page", "more", "around", "earlier", "later", "wider"])
async def test_the_other_servers_answer_is_no_answer_here(
    two: Two, data_dir: Path, restarted: bool, action: str
) -> None:
    button = control(await their_answer(two), "More about this")["custom_id"]
    _, _, answer_id, number = button.split(":")
    argument = f"{number}.0" if action in {"earlier", "later"} else number
    message = await forged(two.ours, f"a1:{action}:{answer_id}:{argument}")
    if restarted:
        await restart(two.ours.env, data_dir)

    result = await two.our_manager.click(message, label="Forged")

    assert result.ephemeral
    assert words_of(result.response).startswith("This answer is no longer kept.")


async def test_the_other_servers_answer_takes_no_feedback_from_here(two: Two) -> None:
    button = control(await their_answer(two), "Not helpful")["custom_id"]
    message = await forged(two.ours, button)
    dialog = await two.our_manager.click(message, label="Forged")

    result = await fill_in(two.our_manager, dialog, Why=["missing"], Comment="No treasure.")

    assert words_of(result.response).startswith("This answer is no longer kept.")
    for server, manager in ((two.ours, two.our_manager), (two.theirs, two.their_manager)):
        stats = await manager.slash(server.channel, "library stats")
        assert "Not helpful" not in words_of(stats.response)


@pytest.mark.parametrize("action", ["digest", "followdigest", "sharedigest"])
async def test_the_other_servers_digest_is_no_digest_here(two: Two, action: str) -> None:
    digest = await bot_of(two.ours.env).shelf.run_state(
        OTHER_GUILD_ID,
        ServerState.keep_digest,
        asker=two.our_manager.id,
        topic="pirates treasure",
        source=None,
        since=None,
    )
    message = await forged(two.ours, f"a1:{action}:{digest.id}:medium")

    result = await two.our_manager.click(message, label="Forged")

    assert result.modal is None
    assert words_of(result.response).startswith("This digest is no longer kept.")


async def test_the_other_servers_answer_cannot_be_deleted_from_here(two: Two) -> None:
    button = control(await their_answer(two), "Delete")["custom_id"]
    message = await forged(two.ours, button)

    await two.our_manager.click(message, label="Forged")

    assert await bot_of(two.ours.env).shelf.run_state(OTHER_GUILD_ID, ServerState.n_answers) == 1


async def test_the_other_servers_passage_is_not_chosen_from_here(two: Two) -> None:
    ours = (await two.our_manager.slash(two.ours.channel, "ask", question=QUESTION)).response
    theirs = control(await their_answer(two), "More about this")["custom_id"]
    [menu] = [one for one in controls(ours) if one["type"] == 3]
    our_id, their_number = menu["custom_id"].split(":")[2], theirs.split(":")[3]
    message = await forged(two.ours, f"a1:around:{our_id}:{their_number}")

    result = await two.our_manager.click(message, label="Forged")

    assert tells_nothing(result.response)


# --- articles behind buttons


@also_after_a_restart
@pytest.mark.parametrize("action", ["article", "summary", "shorter", "longer", "remove", "removed", "change"])
async def test_the_other_servers_article_is_no_article_here(
    two: Two, data_dir: Path, restarted: bool, action: str
) -> None:
    message = await forged(two.ours, f"a1:{action}:{two.secret.id}:0")
    if restarted:
        await restart(two.ours.env, data_dir)

    result = await two.our_manager.click(message, label="Forged")

    assert result.modal is None
    assert tells_nothing(result.response)
    assert await titles(two.theirs) == ["Pirates"]


async def test_the_other_servers_search_is_no_search_here(two: Two) -> None:
    search_id = await bot_of(two.ours.env).shelf.run_state(
        OTHER_GUILD_ID, ServerState.keep_search, "Pirate Post", "pirates"
    )
    message = await forged(two.ours, f"a1:list:newest|{search_id}:1")

    result = await two.our_manager.click(message, label="Forged")

    assert words_of(result.response).startswith("This list is older than a day.")


@pytest.mark.parametrize("key", ["newest|Pirate Post", "newest|Pirates", "newest|", ""])
async def test_a_list_forged_here_shows_nothing_of_the_other_server(two: Two, key: str) -> None:
    message = await forged(two.ours, f"a1:list:{key}:1")

    result = await two.our_manager.click(message, label="Forged")

    assert tells_nothing(result.response)


# --- drafts


@also_after_a_restart
@pytest.mark.parametrize("label", ["Add", "Edit details", "Cancel"])
async def test_a_preview_of_the_other_server_is_none_here_though_the_manager_is_the_same(
    two: Two, data_dir: Path, restarted: bool, label: str
) -> None:
    text = "The lighthouse of the pirates was painted black."
    preview = await two.their_manager.slash(two.theirs.channel, "add", file=("b.txt", text.encode()))
    message = await forged(two.ours, control(preview.response, label)["custom_id"])
    if restarted:
        await restart(two.ours.env, data_dir)

    result = await two.our_manager.click(message, label="Forged")

    assert result.modal is None
    assert words_of(result.response).startswith("This preview is older than a day")
    assert len(await titles(two.ours)) == 4


async def test_details_of_the_other_servers_preview_are_not_changed_from_here(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = bot_of(two.ours.env).shelf
    draft = await shelf.run_state(
        OTHER_GUILD_ID, ServerState.keep_draft, Article(title="Map", text=HIDDEN), owner=two.our_manager.id
    )
    with monkeypatch.context() as forged_form:
        forged_form.setattr(custom_id, "make", lambda *_: f"a1:details:{draft.id}:")
        dialog = await two.our_manager.slash(two.ours.channel, "add")

    result = await fill_in(two.our_manager, dialog, Title="Stolen")

    assert words_of(result.response).startswith("This preview is older than a day")
    kept = await shelf.run_state(OTHER_GUILD_ID, ServerState.draft, draft.id)
    assert kept.article.title == "Map"


async def test_a_preview_still_works_in_its_own_server_after_it_was_tried_in_another(two: Two) -> None:
    text = "The lighthouse of the pirates was painted black."
    preview = await two.their_manager.slash(two.theirs.channel, "add", file=("b.txt", text.encode()))
    message = await forged(two.ours, control(preview.response, "Cancel")["custom_id"])
    await two.our_manager.click(message, label="Forged")

    await two.their_manager.click(preview.response, label="Add")

    assert len(await titles(two.theirs)) == 2
