"""What somebody hands in, a link, a file or a text -> what was read of it, ready to be previewed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot import links
from bot.errors import NothingInMessage
from bot.origin import fetched_from, host_of, name_of
from corpus import passages, terms
from corpus.characters import clean
from corpus.errors import TooLarge
from corpus.reading import LARGEST_FILE_BYTES
from corpus.reading.address import bare

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import discord

    from bot.app import ArticleBot
    from bot.fetch import Fetched
    from bot.workers import Reader
    from corpus.article import Origin, Reading


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One thing to read: what to call it, and how."""

    name: str
    read: Callable[[], Awaitable[Reading]]
    link: str | None = None


def of_message(bot: ArticleBot, message: discord.Message) -> list[HandedIn]:
    """The links and files of *message*; its text where it holds neither. Raises `NothingInMessage`."""
    found = [of_link(bot, link) for link in links.in_text(message.content)]
    found += [of_file(bot, file, message.guild) for file in message.attachments]
    if not found and message.content.strip():
        found.append(of_text(bot, message.content))
    if not found:
        raise NothingInMessage
    return found


def of_link(bot: ArticleBot, typed: str) -> HandedIn:
    link = bare(typed)

    async def read() -> Reading:
        fetched = await bot.fetch(link)
        if fetched is None:  # only who names an earlier version is told that it is unchanged
            raise RuntimeError("a page is unchanged that was never seen")
        return await read_fetched(bot, fetched)

    return HandedIn(host_of(link), read, link)


def of_file(
    bot: ArticleBot, file: discord.Attachment, guild: discord.Guild | None, title: str = ""
) -> HandedIn:
    async def read() -> Reading:
        limit = min(LARGEST_FILE_BYTES, guild.filesize_limit) if guild else LARGEST_FILE_BYTES
        if file.size > limit:
            raise TooLarge(file.filename, file.size, limit)
        return await bot.read(read_article, await file.read(), file.filename, title)

    return HandedIn(file.filename, read)


def of_text(bot: ArticleBot, text: str, title: str = "") -> HandedIn:
    async def read() -> Reading:
        return await bot.read(read_article, text.encode("utf-8", "replace"), "The text", title)

    return HandedIn("the text", read)


async def read_fetched(bot: ArticleBot, fetched: Fetched) -> Reading:
    """What is read of a page or file that was fetched."""
    origin = fetched.origin
    return await bot.read(read_article, fetched.data, name_of(origin), "", origin, fetched.charset)


def read_article(
    reader: Reader,
    data: bytes,
    name: str,
    title: str = "",
    origin: Origin | None = None,
    charset: str | None = None,
) -> Reading:
    """The article in *data*, under *title* where one is given.

    *origin* is where it was fetched, and *charset* what its server calls the encoding.
    """
    found = reader.read(data, name, origin.link if origin else None, charset)
    article = found.article
    heading = clean(title).strip() or article.title or passages.opening(article.text)
    article = fetched_from(origin, article) if origin else article
    n_words = terms.n_words(article.text)
    return replace(found, article=replace(article, title=heading, n_words=n_words))
