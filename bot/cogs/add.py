"""/add: a file or a text -> a preview, and from there into the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.replies import articles
from bot.replies.words import count
from bot.slow_reply import slow_reply
from bot.state import ServerState
from bot.views import draft as views
from bot.views.action import guild_id
from corpus.errors import TooLarge
from corpus.library import Library
from corpus.reading.limits import LARGEST_FILE_BYTES

if TYPE_CHECKING:
    from bot.app import ArticleBot
    from corpus.article import Article

_FEW_WORDS = 100


async def preview_file(
    interaction: discord.Interaction[ArticleBot], file: discord.Attachment, title: str = ""
) -> None:
    """Reads an uploaded file and shows what was read. Raises `UnreadableArticle`."""
    limit = LARGEST_FILE_BYTES
    if interaction.guild:
        limit = min(limit, interaction.guild.filesize_limit)
    if file.size > limit:
        raise TooLarge(file.filename, file.size, limit)
    async with slow_reply(interaction, is_private=True) as reply:
        data = await file.read()
        await reply.send(await _preview(interaction, data, file.filename, title))


async def preview_text(interaction: discord.Interaction[ArticleBot], text: str, title: str = "") -> None:
    """Reads a pasted text and shows what was read."""
    async with slow_reply(interaction, is_private=True) as reply:
        data = text.encode("utf-8", "replace")
        await reply.send(await _preview(interaction, data, "The text", title))


async def _preview(
    interaction: discord.Interaction[ArticleBot], data: bytes, name: str, title: str
) -> discord.ui.LayoutView:
    bot, guild = interaction.client, guild_id(interaction)
    article = await bot.read(views.read_article, data, name, title)
    await bot.shelf.run(guild, Library.refuse_same_text, article)
    draft = await bot.shelf.run_state(
        guild,
        ServerState.keep_draft,
        article,
        owner=interaction.user.id,
        warning=_warning(article, interaction),
    )
    return articles.preview(draft)


def _warning(article: Article, interaction: discord.Interaction[ArticleBot]) -> str:
    """What should be known before the article is added; empty when nothing."""
    warnings = []
    if article.n_words < _FEW_WORDS:
        warnings.append(f"only {count(article.n_words, 'word')} could be read.")
    channel, guild = interaction.channel, interaction.guild
    if isinstance(channel, discord.Thread):
        channel = channel.parent
    if (
        guild is not None
        and isinstance(channel, discord.abc.GuildChannel)
        and not channel.permissions_for(guild.default_role).view_channel
    ):
        warnings.append("not everyone can see this channel, but everyone can ask the library.")
    return " ".join(warnings)


class AddArticles(commands.Cog):
    """Adding, for managers."""

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.describe(
        file="Text, Markdown, PDF, Word, EPUB or a saved page; without a file, a form to paste opens"
    )
    async def add(
        self, interaction: discord.Interaction[ArticleBot], file: discord.Attachment | None = None
    ) -> None:
        """Add an article to this server's library."""
        if file is None:
            await interaction.response.send_modal(views.AddForm())
        else:
            await preview_file(interaction, file)


async def setup(bot: ArticleBot) -> None:
    bot.add_dynamic_items(*views.ACTIONS)
    bot.add_forms(*views.FORMS)
    await bot.add_cog(AddArticles())
