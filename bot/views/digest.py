"""The buttons of a digest: shorter, longer, and a question on top of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import asking
from bot.language import N_, _
from bot.replies import asked, summaries
from bot.slow_reply import is_for_one, slow_edit, slow_reply
from bot.state import Question, ServerState
from bot.views.action import Action, guild_id, may_manage_messages, template
from bot.views.article import length_called
from bot.views.question import QuestionForm, leads_to_one, typed

if TYPE_CHECKING:
    from discord import ui

    from bot.state import ShownDigest
    from bot.views.action import Click
    from bot.views.form import Filled
    from corpus.library import Library
    from corpus.summary import Length


class OtherLength(Action, template=template("digest")):
    """For the asker and moderators on the message itself, for others on a copy of theirs.

    The argument is “length.way”, and “length.way.s” where the asker shared it.
    """

    async def act(self, click: Click) -> None:
        length = length_called(self.argument.partition(".")[0])
        async with slow_edit(click) as reply:
            shown = await click.client.shelf.run_state(guild_id(click), ServerState.digest, self.ident)
            is_own = click.user.id == shown.asker or may_manage_messages(click)
            reply.speak(in_place=is_own)
            is_private = not is_own or is_for_one(click)
            is_shared = not is_private and self.argument.endswith(".s")
            view = await digest_of(click, shown, length, is_private=is_private, is_shared=is_shared)
            gone = summaries.nothing_new(shown.topic, shown.since, shown.source)
            await reply.show(view or gone, in_place=is_own)


class FollowUp(Action, template=template("followdigest")):
    """Opens the form for a question on top of the digest's topic; the argument is as in `leads_to_one`."""

    async def act(self, click: Click) -> None:
        privacy = "private" if leads_to_one(click, self.argument) else ""
        async with slow_reply(click, is_private=True) as reply:
            await click.client.shelf.run_state(guild_id(click), ServerState.digest, self.ident)
            ready = asked.form_is_ready(_("Follow up"), "followdigest", self.ident, privacy or "public")
            await reply.open(FollowUpForm(self.ident, privacy), ready)


class FollowUpForm(QuestionForm):
    """Asks on top of a digest, with its filters."""

    action = "followeddigest"
    called = N_("Follow up")

    @classmethod
    async def submitted(cls, interaction: Click, filled: Filled) -> None:
        is_private = filled.argument == "private"
        async with slow_reply(interaction, is_private=is_private) as reply:
            shown = await interaction.client.shelf.run_state(
                guild_id(interaction), ServerState.digest, filled.ident
            )
            before = Question(shown.topic, shown.source, shown.since, id=shown.id)
            is_own = shown.asker == interaction.user.id
            question = asking.following(before, typed(filled), is_own=is_own)
            await asking.answer(interaction, question, reply, is_private=is_private)


ACTIONS = (OtherLength, FollowUp)
FORMS = (FollowUpForm,)


async def digest_of(
    click: Click, shown: ShownDigest, length: Length, *, is_private: bool, is_shared: bool = False
) -> ui.LayoutView | None:
    """The digest made anew, as articles may have come and gone since; None where none is left."""
    return await click.client.shelf.run(
        guild_id(click), _digest_card, shown, length, is_private=is_private, is_shared=is_shared
    )


def _digest_card(
    library: Library, shown: ShownDigest, length: Length, *, is_private: bool, is_shared: bool
) -> ui.LayoutView | None:
    made = library.digest(shown.topic, since=shown.since, source=shown.source, length=length)
    if not made.statements:
        return None
    return summaries.digest(made, shown, length, is_private=is_private, is_shared=is_shared)
