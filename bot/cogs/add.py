"""/add and its message menu: links, files or a text -> previews, and from there into the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot import intake
from bot.previews import preview_file, preview_several
from bot.views import draft as views

if TYPE_CHECKING:
    from bot.app import ArticleBot


class AddArticles(commands.Cog):
    """Adding, for managers."""

    @app_commands.command()
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.describe(
        link="The address of a page or file; without link and file, a form to paste opens",
        file="Text, Markdown, PDF, Word, EPUB or a saved page",
    )
    async def add(
        self,
        interaction: discord.Interaction[ArticleBot],
        link: str | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        """Add an article to this server's library."""
        if link is not None:
            bot = interaction.client
            files = [intake.of_file(bot, file, interaction.guild)] if file else []
            await preview_several(interaction, [intake.of_link(bot, link), *files])
        elif file is not None:
            await preview_file(interaction, file)
        else:
            await interaction.response.send_modal(views.AddForm())


@app_commands.context_menu(name="Add to library")
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
async def add_to_library(interaction: discord.Interaction[ArticleBot], message: discord.Message) -> None:
    """Reads the links and files of a message, or its text where it holds neither."""
    await preview_several(interaction, intake.of_message(interaction.client, message))


async def setup(bot: ArticleBot) -> None:
    bot.add_dynamic_items(*views.ACTIONS)
    bot.add_forms(*views.FORMS)
    await bot.add_cog(AddArticles())
    bot.tree.add_command(add_to_library)
