"""The buttons of /privacy: what is kept of a person, as a file or deleted, for that person alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import discord

from bot import own_data
from bot.replies import privacy
from bot.slow_reply import slow_edit, slow_reply
from bot.views.action import Action, guild_id, template

if TYPE_CHECKING:
    from bot.own_data import OwnData
    from bot.views.action import Click


class Download(Action, template=template("mine")):
    """Whoever clicks gets what is kept of them in this server."""

    async def act(self, click: Click) -> None:
        await click.response.defer(ephemeral=True, thinking=True)
        found = await _found(click)
        if found.is_empty:
            await click.edit_original_response(view=privacy.nothing_kept())
            return
        server = click.guild.name if click.guild else ""
        written = await click.client.aside(found.as_file, server)  # previews may hold whole books
        file = discord.File(io.BytesIO(written), filename="my-data.json")
        await click.edit_original_response(content=privacy.downloaded(found), attachments=[file])


class Forget(Action, template=template("forget")):
    """Says what would be deleted, and asks."""

    async def act(self, click: Click) -> None:
        async with slow_reply(click, is_private=True) as reply:
            found = await _found(click)
            await reply.send(privacy.nothing_kept() if found.is_empty else privacy.confirm(found))


class Forgotten(Action, template=template("forgotten")):
    async def act(self, click: Click) -> None:
        async with slow_edit(click) as reply:
            gone = await click.client.shelf.run_state(guild_id(click), own_data.delete, click.user.id)
            await reply.edit(privacy.deleted(gone))


ACTIONS = (Download, Forget, Forgotten)


async def _found(click: Click) -> OwnData:
    return await click.client.shelf.run_state(guild_id(click), own_data.find, click.user.id)
