"""The buttons of a digest: shorter and longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies import summaries
from bot.slow_reply import slow_edit
from bot.state import ServerState
from bot.views.action import Action, guild_id, may_manage_messages, template
from bot.views.article import length_called

if TYPE_CHECKING:
    from discord import ui

    from bot.state import ShownDigest
    from bot.views.action import Click
    from corpus.library import Library
    from corpus.summary import Length


class OtherLength(Action, template=template("digest")):
    """For the asker and moderators on the message itself, for others on a copy of theirs."""

    async def act(self, click: Click) -> None:
        length = length_called(self.argument.partition(".")[0])
        async with slow_edit(click) as reply:
            shown = await click.client.shelf.run_state(guild_id(click), ServerState.digest, self.ident)
            is_own = click.user.id == shown.asker or may_manage_messages(click)
            reply.speak(in_place=is_own)
            is_private = not is_own or (click.message is not None and click.message.flags.ephemeral)
            view = await click.client.shelf.run(
                guild_id(click), digest_card, shown, length, is_private=is_private
            )
            await reply.show(view, in_place=is_own)


ACTIONS = (OtherLength,)


def digest_card(library: Library, shown: ShownDigest, length: Length, *, is_private: bool) -> ui.LayoutView:
    """The digest made anew, on the library's thread; articles may have come and gone since."""
    made = library.digest(shown.topic, since=shown.since, source=shown.source, length=length)
    if not made.statements:
        return summaries.nothing_new(shown.topic, shown.since, shown.source)
    return summaries.digest(made, shown, length, is_private=is_private)
