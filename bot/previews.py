"""What somebody hands in -> its preview, for that person alone, and how far the reading has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot import intake
from bot.failures import card_for_message
from bot.language import _, ngettext
from bot.progress import progress
from bot.replies import articles, reading
from bot.replies.words import number
from bot.slow_reply import slow_reply
from bot.state import ServerState
from bot.views.action import guild_id
from corpus.library import Library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.app import ArticleBot
    from bot.intake import HandedIn
    from corpus.article import Reading, SameStory

_FEW_WORDS = 100
_MOST_AT_ONCE = 10
"""Links and files of one message: Discord lets an interaction be answered for 15 minutes."""


async def preview_file(
    interaction: discord.Interaction[ArticleBot], file: discord.Attachment, title: str = ""
) -> None:
    """Reads an uploaded file and shows what was read. Raises `UnreadableArticle`."""
    async with slow_reply(interaction, is_private=True) as reply:
        await interaction.client.slow_down_adding(guild_id(interaction))
        handed_in = intake.of_file(interaction.client, file, interaction.guild, title)
        await reply.send(await _preview(interaction, handed_in))


async def preview_text(interaction: discord.Interaction[ArticleBot], text: str, title: str = "") -> None:
    """Reads a pasted text and shows what was read."""
    async with slow_reply(interaction, is_private=True) as reply:
        await interaction.client.slow_down_adding(guild_id(interaction))
        await reply.send(await _preview(interaction, intake.of_text(interaction.client, text, title)))


async def preview_link(interaction: discord.Interaction[ArticleBot], link: str) -> None:
    """Fetches what *link* leads to, and shows what was read. Raises `LinkRefused` or `FetchError`."""
    await preview_several(interaction, [intake.of_link(interaction.client, link)])


async def preview_several(
    interaction: discord.Interaction[ArticleBot], handed_in: Sequence[HandedIn]
) -> None:
    """Reads one after another, says how far it has come, and shows each that could be read.

    Of one alone it raises what went wrong; of several each has a card for that.
    """
    taken = handed_in[:_MOST_AT_ONCE]
    await interaction.client.slow_down_adding(guild_id(interaction), len(taken))
    async with progress(interaction) as told:
        if len(taken) == 1:
            await told.show(reading.under_way(taken[0].name))
            await told.show(await _preview(interaction, taken[0]))
            return
        n_read = 0
        for number, one in enumerate(taken, 1):
            await told.show(reading.under_way(one.name, number, len(taken)))
            try:
                view = await _preview(interaction, one)
                n_read += 1
            except Exception as error:  # whatever it is: the rest is read all the same
                view = card_for_message(interaction.client, error)
            await told.add(view)
        await told.show(reading.finished(n_read, len(taken), len(handed_in) - len(taken)))


async def _preview(
    interaction: discord.Interaction[ArticleBot], handed_in: HandedIn
) -> discord.ui.LayoutView:
    bot, guild = interaction.client, guild_id(interaction)
    if handed_in.link:
        await bot.shelf.run(guild, Library.refuse_same_address, handed_in.link)
    found = await handed_in.read()
    article = found.article
    if article.url:
        await bot.shelf.run(guild, Library.refuse_same_address, article.url)
    await bot.shelf.run(guild, Library.refuse_same_text, article)
    there = await bot.shelf.run(guild, Library.same_story, article)
    draft = await bot.shelf.run_state(
        guild,
        ServerState.keep_draft,
        article,
        owner=interaction.user.id,
        warning=_warning(found, interaction, there),
        is_thin=found.state is not None,
        twin=there.article.id if there and there.is_same_outlet else None,
    )
    return articles.preview(draft)


def _warning(found: Reading, interaction: discord.Interaction[ArticleBot], there: SameStory | None) -> str:
    """What should be known before the article is added; empty when nothing."""
    warnings = [reading.same_story(there)] if there else []
    article = found.article
    if found.state:
        warnings.append(reading.warning(found.state, article.n_words))
    elif article.n_words < _FEW_WORDS:
        warnings.append(
            ngettext("only {n} word could be read.", "only {n} words could be read.", article.n_words).format(
                n=number(article.n_words)
            )
        )
    channel, guild = interaction.channel, interaction.guild
    if isinstance(channel, discord.Thread):
        channel = channel.parent
    if (
        guild is not None
        and isinstance(channel, discord.abc.GuildChannel)
        and not channel.permissions_for(guild.default_role).view_channel
    ):
        warnings.append(_("not everyone can see this channel, but everyone can ask the library."))
    return " ".join(warnings)
