"""Links in Discord: /add link, the message menu, and an article fetched again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from bot.app import ArticleBot
from bot.errors import SiteRefused, SiteTooSlow
from bot.fetch import Fetched
from corpus.article import Article, Origin
from corpus.errors import LinkRefused
from corpus.library import Library
from tests.conftest import GUILD_ID, Inline, InProcess, words_of
from tests.pages_in_languages import pages_of_every_state
from tests.world import Server, bot_of, labels, open_server, refused, unhandled

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

LINK = "https://news.example.org/harbour"
STORM = (
    "The harbour of the old town was closed on Monday morning because of a storm from the north. "
    "Fishermen had tied up their boats the evening before, and nobody was hurt during the night. "
)
MENU = "Add to library"


def page(title: str, n_paragraphs: int = 6, url: str = LINK, text: str = STORM) -> bytes:
    body = "".join(f"<p>Report {number}. {text}</p>" for number in range(n_paragraphs))
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title><link rel=canonical href='{url}'></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


class Web:
    """A web of our own: what stands at each link, an error among it; `asked` is all that was fetched."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes | Exception] = {}
        self.charset: str | None = None
        self.asked: list[tuple[str, Origin | None]] = []

    async def fetch(self, link: str, known: Origin | None = None) -> Fetched | None:
        self.asked.append((link, known))
        found = self.pages[link]
        if isinstance(found, Exception):
            raise found
        etag = f'"{hash(found)}"'
        return None if known and known.etag == etag else Fetched(found, Origin(link, etag), self.charset)

    async def close(self) -> None:
        pass


@pytest.fixture(scope="module", autouse=True)
def _libraries_are_loaded() -> None:
    """SimCord gives the bot 5 seconds, of which loading what reads a page takes some on a busy computer."""
    InProcess().read(page("The harbour is closed"), "page.html", LINK)


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def simcord_bot(data_dir: Path, web: Web) -> ArticleBot:
    return ArticleBot(data_dir, new_executor=Inline, reader=InProcess(), fetcher=web, shard_count=1)  # type: ignore[arg-type]


async def add_link(server: Server, link: str = LINK) -> Any:
    return await server.manager.slash(server.channel, "add", link=link)


async def menu(server: Server, content: str = "", **options: Any) -> Any:
    message = await server.alice.send(server.channel, content, **options)
    return await server.manager.context_menu(server.channel, MENU, message)


async def stored(server: Server) -> list[Article]:
    infos = await bot_of(server.env).shelf.run(GUILD_ID, Library.list)
    return [await bot_of(server.env).shelf.run(GUILD_ID, Library.get, info.id) for info in infos]


async def in_library(server: Server, web: Web, content: bytes | None = None) -> Article:
    """The article at LINK, added as a manager would."""
    web.pages[LINK] = content or page("The harbour is closed")
    preview = (await add_link(server)).response
    await server.manager.click(preview, label="Add anyway" if "Add anyway" in labels(preview) else "Add")
    [article] = await stored(server)
    return article


# --- one link


async def test_a_link_is_read_and_shown_before_anything_is_stored(simcord_env: simcord.Env, web: Web) -> None:
    server = open_server(simcord_env)
    web.pages[LINK] = page("The harbour is closed")

    result = await add_link(server)

    assert result.ephemeral
    assert "### The harbour is closed" in words_of(result.response)
    assert await stored(server) == []


async def test_what_was_shown_is_added_with_where_it_came_from(simcord_env: simcord.Env, web: Web) -> None:
    article = await in_library(open_server(simcord_env), web)
    assert (article.title, article.url) == ("The harbour is closed", LINK)
    assert article.origin is not None
    assert article.origin.etag


async def test_a_page_may_not_claim_the_address_of_another_site(simcord_env: simcord.Env, web: Web) -> None:
    content = page("The harbour is closed", url="https://evil.example.com/")
    assert (await in_library(open_server(simcord_env), web, content)).url == LINK


async def test_what_a_server_calls_the_encoding_is_believed(simcord_env: simcord.Env, web: Web) -> None:
    web.charset = "iso-2022-jp"
    content = "".join(f"<p>島へ渡る船は嵐で止まった。{number}</p>" for number in range(20))
    article = await in_library(open_server(simcord_env), web, content.encode("iso-2022-jp"))
    assert "島へ渡る船は嵐で止まった。" in article.text


@refused
@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            SiteRefused("news.example.org", 403),
            ["news.example.org answered 403 (refuses bots).", "Save the page"],
        ),
        (SiteRefused("news.example.org", 404), ["has no such page", "Check the link."]),
        (SiteRefused("news.example.org", 503), ["has trouble of its own", "Try again later."]),
        (SiteTooSlow("news.example.org", 25), ["took more than 25 seconds", "Save the page"]),
        (LinkRefused("http://10.0.0.1/", "it leads into a private network"), ["into a private network"]),
    ],
)
async def test_a_link_that_leads_to_nothing_says_why_and_what_to_do(
    simcord_env: simcord.Env, web: Web, error: Exception, words: list[str]
) -> None:
    server = open_server(simcord_env)
    web.pages[LINK] = error

    result = await add_link(server)

    said = words_of(
        result.followups[-1] if hasattr(result, "followups") and result.followups else result.response
    )
    assert [word for word in words if word not in said] == []
    assert "Reading" not in said


async def test_a_thin_page_is_shown_with_what_it_looks_like(simcord_env: simcord.Env, web: Web) -> None:
    server = open_server(simcord_env)
    web.pages[LINK] = page("The harbour is closed", 1)

    said = words_of((await add_link(server)).response)

    assert "words could be read; this looks like" in said
    assert "If so, paste its text" in said


async def test_a_thin_page_may_be_added_anyway_or_its_text_pasted(simcord_env: simcord.Env, web: Web) -> None:
    server = open_server(simcord_env)
    web.pages[LINK] = page("The harbour is closed", 1)

    preview = (await add_link(server)).response
    assert labels(preview) == ["Add anyway", "Paste text", "Cancel"]
    assert (await server.manager.click(preview, label="Paste text")).modal["title"] == "Add an article"
    assert await stored(server) == []

    await server.manager.click(preview, label="Add anyway")
    assert [article.title for article in await stored(server)] == ["The harbour is closed"]


async def test_a_refusal_for_robots_is_not_shown_as_an_article(simcord_env: simcord.Env, web: Web) -> None:
    server = open_server(simcord_env)
    web.pages[LINK] = (
        b"<html><title>Just a moment...</title><p>Checking your browser. Ray ID: 7f3k2</p></html>"
    )

    preview = (await add_link(server)).response

    assert "this looks like a page that keeps robots out" in words_of(preview)
    assert "Add anyway" in labels(preview)


async def test_each_thing_that_stands_in_an_articles_place_is_named_with_what_to_do(
    simcord_env: simcord.Env, web: Web
) -> None:
    server = open_server(simcord_env)
    pages = pages_of_every_state()
    web.pages |= {f"https://news.example.org/{state}": content for state, content in pages.items()}

    previews = (await menu(server, " ".join(web.pages))).followups

    looks_like = {
        "blocked": "this looks like a page that keeps robots out.",
        "javascript": "this looks like a page whose text only a browser shows.",
        "consent": "this looks like a question about cookies.",
        "paywall": "this looks like the beginning of an article behind a paywall.",
        "short": "this looks like a page without much of an article.",
    }
    for state, preview in zip(pages, previews, strict=True):
        said = words_of(preview)
        assert (state, looks_like[state] in said) == (state, True)
        assert "words could be read;" in said
        assert "If so, paste its text, or add the saved page." in said
        assert labels(preview) == ["Add anyway", "Paste text", "Cancel"]
    assert await stored(server) == []


async def test_a_story_that_another_outlet_told_is_named_above_the_buttons(
    simcord_env: simcord.Env, web: Web
) -> None:
    server = open_server(simcord_env)
    await in_library(server, web)
    other = "https://post.example.com/storm"
    web.pages[other] = page("Storm closes the harbour", 8)

    preview = (await add_link(server, other)).response

    assert "tells the same story, **The harbour is closed**" in words_of(preview)
    assert "Add" in labels(preview)


# --- another version of what is there


async def test_another_version_is_put_in_the_place_of_the_one_that_is_there(
    simcord_env: simcord.Env, web: Web
) -> None:
    server = open_server(simcord_env)
    before = await in_library(server, web)
    other = "https://news.example.org/harbour-update"
    web.pages[other] = page("The harbour is still closed", 8, url=other)

    preview = (await add_link(server, other)).response
    assert "another version of it is here already: **The harbour is closed**" in words_of(preview)
    assert labels(preview) == ["Refresh", "Add as another", "Cancel"]
    done = await server.manager.click(preview, label="Refresh")

    [article] = await stored(server)
    assert (article.id, article.added, "Report 7." in article.text) == (before.id, before.added, True)
    assert article.n_words > before.n_words
    assert "is in its place" in words_of(done.response)


async def test_another_version_may_be_kept_beside_the_one_that_is_there(
    simcord_env: simcord.Env, web: Web
) -> None:
    server = open_server(simcord_env)
    await in_library(server, web)
    other = "https://news.example.org/harbour-update"
    web.pages[other] = page("The harbour is still closed", 8, url=other)

    await server.manager.click((await add_link(server, other)).response, label="Add as another")

    assert len(await stored(server)) == 2


@refused
async def test_what_it_would_replace_may_be_gone(simcord_env: simcord.Env, web: Web) -> None:
    server = open_server(simcord_env)
    before = await in_library(server, web)
    other = "https://news.example.org/harbour-update"
    web.pages[other] = page("The harbour is still closed", 8, url=other)
    preview = (await add_link(server, other)).response
    await bot_of(server.env).shelf.run(GUILD_ID, Library.remove, [before.id])

    await server.manager.click(preview, label="Refresh")

    assert await stored(server) == []


async def test_a_thin_version_cannot_take_the_place_of_the_one_that_is_there(
    simcord_env: simcord.Env, web: Web
) -> None:
    server = open_server(simcord_env)
    await in_library(server, web)
    other = "https://news.example.org/harbour-update"
    web.pages[other] = page("The harbour is still closed", 2, url=other)
    assert labels((await add_link(server, other)).response) == ["Add anyway", "Paste text", "Cancel"]


async def test_a_text_that_is_none_is_asked_about(simcord_env: simcord.Env) -> None:
    server = open_server(simcord_env)
    preview = (await menu(server, bytes(range(256)).hex() * 2)).response
    assert "this looks like something else than a text that people write." in words_of(preview)
    assert labels(preview) == ["Add anyway", "Paste text", "Cancel"]


# --- what is there already


@refused
@pytest.mark.parametrize("link", [LINK, "http://www.news.example.org/harbour/?utm_source=x", f"<{LINK}>"])
async def test_a_link_that_is_in_the_library_is_not_fetched_again_unasked(
    simcord_env: simcord.Env, web: Web, link: str
) -> None:
    server = open_server(simcord_env)
    await in_library(server, web)

    await add_link(server, link)

    assert len(web.asked) == 1


# --- several


async def test_the_links_of_a_message_are_read_one_after_another(simcord_env: simcord.Env, web: Web) -> None:
    server = open_server(simcord_env)
    other = "https://post.example.org/ferry"
    web.pages |= {
        LINK: page("The harbour is closed"),
        other: page("The ferry", url=other, text=STORM.upper()),
    }

    result = await menu(server, f"Look: {LINK}, and <{other}>.")

    assert [link for link, _ in web.asked] == [LINK, other]
    assert "Read all 2." in words_of(result.response)


async def test_how_far_it_has_come_is_said_in_one_line_that_is_edited(
    simcord_env: simcord.Env, web: Web
) -> None:
    server = open_server(simcord_env)
    other = "https://post.example.org/ferry"
    web.pages |= {
        LINK: page("The harbour is closed"),
        other: page("The ferry", url=other, text=STORM.upper()),
    }

    await menu(server, f"{LINK} {other}")

    # Each card by what sends it: the response, an edit of it, or a message below it.
    told = [(one.method, one.path.rsplit("/", 1)[-1], first_line(one)) for one in simcord_env.http_requests]
    token = told[-2][1]
    assert [one for one in told if one[2]] == [
        ("POST", "callback", "Reading 1 of 2: **news.example.org** …"),
        ("POST", token, "-# Preview · nothing is stored yet"),
        ("PATCH", "@original", "Reading 2 of 2: **post.example.org** …"),
        ("POST", token, "-# Preview · nothing is stored yet"),
        ("PATCH", "@original", "Read all 2."),
    ]


def first_line(sent: simcord.HttpLogEntry) -> str:
    """The first line of the card that a request to Discord carries; empty where it carries none."""
    body = sent.json if isinstance(sent.json, dict) else {}
    for container in (body.get("data") or body).get("components") or ():
        return str(container["components"][0].get("content", "")).split("\n")[0]
    return ""


async def test_a_link_that_fails_does_not_keep_the_others_from_being_read(
    simcord_env: simcord.Env, web: Web, caplog: pytest.LogCaptureFixture
) -> None:
    server = open_server(simcord_env)
    bad = "https://post.example.org/ferry"
    web.pages |= {bad: SiteRefused("post.example.org", 403), LINK: page("The harbour is closed")}

    result = await menu(server, f"{bad} {LINK}")

    assert "Read 1 of 2." in words_of(result.response)
    assert unhandled(caplog) == []


async def test_at_most_ten_are_read_and_the_rest_is_counted(simcord_env: simcord.Env, web: Web) -> None:
    server = open_server(simcord_env)
    found = [f"https://news.example.org/{number}" for number in range(12)]
    web.pages |= {link: page(f"Report {link[-2:]}", url=link, text=f"{link[-2:]} {STORM}") for link in found}

    result = await menu(server, " ".join(found))

    assert len(web.asked) == 10
    assert "2 more were left out" in words_of(result.response)


async def test_a_message_without_links_is_its_text(simcord_env: simcord.Env) -> None:
    result = await menu(open_server(simcord_env), f"The harbour\n\n{STORM}")
    assert "Add" in labels(result.response)


# --- fetched again


async def refresh(server: Server) -> Any:
    return await server.manager.slash(server.channel, "library refresh", article="harbour")


async def test_a_page_that_is_unchanged_changes_nothing(simcord_env: simcord.Env, web: Web) -> None:
    server = open_server(simcord_env)
    before = await in_library(server, web)

    result = await refresh(server)

    assert "is still as news.example.org shows it" in words_of(result.response)
    sent = [line for one in simcord_env.http_requests if (line := first_line(one))]
    assert sent[-2:] == ["Reading **news.example.org** …", words_of(result.response).split("\n")[0]]
    assert await stored(server) == [before]
    assert web.asked[-1] == (LINK, before.origin)


async def test_a_new_version_takes_the_place_of_the_old(simcord_env: simcord.Env, web: Web) -> None:
    server = open_server(simcord_env)
    before = await in_library(server, web)
    web.pages[LINK] = page("Another title", 9)

    result = await refresh(server)

    [after] = await stored(server)
    assert (after.id, after.title) == (before.id, before.title)
    assert after.n_words > before.n_words
    assert "words before" in words_of(result.response)


@refused
@pytest.mark.parametrize(
    "content", [page("Cookies", 1), page("Half", 2), b"<html><script>1</script><body></body></html>"]
)
async def test_what_looks_like_no_article_never_takes_the_place_of_one(
    simcord_env: simcord.Env, web: Web, content: bytes
) -> None:
    server = open_server(simcord_env)
    before = await in_library(server, web)
    web.pages[LINK] = content

    await refresh(server)

    assert await stored(server) == [before]


@refused
async def test_what_is_half_of_the_article_never_takes_its_place(simcord_env: simcord.Env, web: Web) -> None:
    server = open_server(simcord_env)
    before = await in_library(server, web, page("The harbour is closed", 12))
    web.pages[LINK] = page("The harbour is closed", 5)

    result = await refresh(server)

    assert "looks like the beginning of an article behind a paywall" in words_of(result.followups[-1])
    assert await stored(server) == [before]


@refused
async def test_an_article_without_a_link_cannot_be_fetched_again(
    simcord_env: simcord.Env, web: Web, stock: Callable[..., list[Article]]
) -> None:
    stock(GUILD_ID, Article(id="harbour", title="The harbour", text=STORM))
    await refresh(open_server(simcord_env))
    assert web.asked == []


async def test_what_is_there_already_can_be_fetched_again_from_its_card(
    simcord_env: simcord.Env, web: Web, stock: Callable[..., list[Article]]
) -> None:
    server = open_server(simcord_env)
    stock(GUILD_ID, Article(id="harbour", title="The harbour", text="An old version.", url=LINK))
    other = "https://post.example.org/ferry"
    web.pages |= {LINK: page("The harbour is closed"), other: SiteRefused("post.example.org", 403)}
    card, _ = (await menu(server, f"{LINK} {other}")).followups

    await server.manager.click(card, label="Refresh")

    [article] = await stored(server)
    assert (article.id, article.title) == ("harbour", "The harbour")
    assert "closed" in article.text
