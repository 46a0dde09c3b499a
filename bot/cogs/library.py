"""/library: one article looked at, changed or removed; all of them counted, exported or removed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot import feedback
from bot.cogs.read import complete_article
from bot.language import _
from bot.replies import articles, errors, words
from bot.replies.feedback import lines as feedback_lines
from bot.slow_reply import slow_reply
from bot.views import refresh
from bot.views.action import guild_id
from bot.views.draft import open_details
from corpus import passages, records
from corpus.errors import TooLarge
from corpus.library import Library

if TYPE_CHECKING:
    from bot.app import ArticleBot
    from corpus.article import Article


class ManageLibrary(
    commands.GroupCog, group_name="library", group_description="Manage this server's articles"
):
    """The group of commands for managers."""

    def __init__(self, bot: ArticleBot) -> None:
        super().__init__()
        self.bot = bot

    @app_commands.command()
    @app_commands.describe(article="Its title, or a part of it")
    @app_commands.autocomplete(article=complete_article)
    async def info(self, interaction: discord.Interaction[ArticleBot], article: str) -> None:
        """Show what is known of an article."""
        async with slow_reply(interaction, is_private=True) as reply:
            found, n_paragraphs = await self.bot.shelf.run(guild_id(interaction), _counted, article)
            await reply.send(
                articles.about(found, n_paragraphs, can_manage=interaction.permissions.manage_guild)
            )

    @app_commands.command()
    @app_commands.describe(article="Its title, or a part of it")
    @app_commands.autocomplete(article=complete_article)
    async def edit(self, interaction: discord.Interaction[ArticleBot], article: str) -> None:
        """Change an article's title, publisher, author, date or address."""
        async with slow_reply(interaction, is_private=True) as reply:
            found = await self.bot.shelf.run(guild_id(interaction), Library.find, article)
            await open_details(interaction, found, reply)

    @app_commands.command()
    @app_commands.describe(article="Its title, or a part of it")
    @app_commands.autocomplete(article=complete_article)
    async def remove(self, interaction: discord.Interaction[ArticleBot], article: str) -> None:
        """Remove an article, after asking."""
        async with slow_reply(interaction, is_private=True) as reply:
            found = await self.bot.shelf.run(guild_id(interaction), Library.find, article)
            await reply.send(articles.confirm_removal(found))

    @app_commands.command(name="refresh")
    @app_commands.describe(article="Its title, or a part of it")
    @app_commands.autocomplete(article=complete_article)
    async def refresh_article(self, interaction: discord.Interaction[ArticleBot], article: str) -> None:
        """Fetch an article's page again, and put the new version in its place."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await self.bot.shelf.run(guild_id(interaction), Library.find, article)
        await refresh.refresh(interaction, found)

    @app_commands.command()
    async def stats(self, interaction: discord.Interaction[ArticleBot]) -> None:
        """Show how large the library is, and what was asked of it."""
        async with slow_reply(interaction, is_private=True) as reply:
            guild = guild_id(interaction)
            figures = await self.bot.shelf.run(guild, Library.figures)
            tally = await self.bot.shelf.run_state(guild, feedback.tally)
            settings = await self.bot.shelf.settings(guild)
            view = articles.stats(
                n_articles=figures.n_articles,
                n_words=figures.n_words,
                languages=figures.languages,
                publishers=figures.n_publishers,
                asked=feedback_lines(tally, settings.days_kept),
            )
            await reply.send(view)

    @app_commands.command()
    async def export(self, interaction: discord.Interaction[ArticleBot]) -> None:
        """Get all articles as a file that can be imported again."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        data = await self.bot.shelf.run(guild_id(interaction), _exported)
        if not data:
            await interaction.followup.send(view=errors.empty_library(self.bot.mentions), ephemeral=True)
            return
        limit = interaction.guild.filesize_limit if interaction.guild else 0
        if len(data) > limit:
            raise TooLarge("The export", len(data), limit)
        file = discord.File(io.BytesIO(data), filename="articles.jsonl")
        n_articles = data.count(b"\n")
        told = _("{articles}, one a line.").format(articles=words.articles(n_articles))
        await interaction.followup.send(told, file=file, ephemeral=True)

    @app_commands.command()
    async def clear(self, interaction: discord.Interaction[ArticleBot]) -> None:
        """Remove all articles, after asking."""
        async with slow_reply(interaction, is_private=True) as reply:
            n_articles = await self.bot.shelf.run(guild_id(interaction), Library.n_articles)
            if not n_articles:
                await reply.send(errors.empty_library(self.bot.mentions))
                return
            server = interaction.guild.name if interaction.guild else _("this server")
            await reply.send(articles.confirm_clearing(n_articles, server))


def _counted(library: Library, wanted: str) -> tuple[Article, int]:
    article = library.find(wanted)
    return article, len(passages.paragraphs(article))


def _exported(library: Library) -> bytes:
    return "".join(f"{line}\n" for line in records.write(library.export())).encode()


async def setup(bot: ArticleBot) -> None:
    cog = ManageLibrary(bot)
    group = cog.app_command
    if group is not None:
        group.guild_only = True
        group.default_permissions = discord.Permissions(manage_guild=True)
    bot.add_dynamic_items(*refresh.ACTIONS)
    await bot.add_cog(cog)
