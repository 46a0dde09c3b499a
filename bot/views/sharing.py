"""“Share to channel” under a private summary or digest: the same for everybody, with who shared it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import language
from bot.errors import ArticleGone, NotYoursToShare
from bot.slow_reply import is_for_one, slow_edit
from bot.state import ServerState
from bot.views.action import Action, guild_id, template
from bot.views.article import length_called, summary_of
from bot.views.digest import digest_of
from bot.views.posting import channel_to_post_in

if TYPE_CHECKING:
    from discord import ui
    from discord.abc import MessageableChannel

    from bot.state import ShownDigest
    from bot.views.action import Click
    from corpus.summary import Length


class ShareSummary(Action, template=template("sharesummary")):
    """Shows a summary in the length that is seen; the argument is that length."""

    async def act(self, click: Click) -> None:
        length = length_called(self.argument)
        async with slow_edit(click) as reply:
            channel = await _channel(click)
            with language.addressing(is_private=False):
                public = await summary_of(click, self.ident, length, is_shared=True)
            await channel.send(view=public)
            await reply.edit(await summary_of(click, self.ident, length, is_private=True, is_shared=True))


class ShareDigest(Action, template=template("sharedigest")):
    """The same for a digest. Its copy is kept as one of whoever shares it, who may then turn it."""

    async def act(self, click: Click) -> None:
        length, guild, shelf = length_called(self.argument), guild_id(click), click.client.shelf
        async with slow_edit(click) as reply:
            shown = await shelf.run_state(guild, ServerState.digest, self.ident)
            channel = await _channel(click)
            copy = await shelf.run_state(
                guild,
                ServerState.keep_digest,
                asker=click.user.id,
                topic=shown.topic,
                source=shown.source,
                since=shown.since,
            )
            try:
                await channel.send(view=await _public_digest(click, copy, length))
            except BaseException:
                await shelf.run_state(guild, ServerState.forget_digest, copy.id)
                raise
            private = await digest_of(click, shown, length, is_private=True, is_shared=True)
            if private:
                await reply.edit(private)


ACTIONS = (ShareSummary, ShareDigest)


async def _public_digest(click: Click, shown: ShownDigest, length: Length) -> ui.LayoutView:
    """Raises `ArticleGone` where nothing is left of it."""
    with language.addressing(is_private=False):
        view = await digest_of(click, shown, length, is_private=False, is_shared=True)
    if view is None:
        raise ArticleGone
    return view


async def _channel(click: Click) -> MessageableChannel:
    """Where it is shared; it counts as a question. Raises `NotYoursToShare`, and as `channel_to_post_in`."""
    if not is_for_one(click):
        raise NotYoursToShare
    channel = channel_to_post_in(click)
    await click.client.slow_down(guild_id(click), click.user.id)
    return channel
