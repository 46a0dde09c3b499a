"""The buttons of a digest: shorter, longer, and a question on top of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import asking
from bot.language import N_, _
from bot.replies import asked, summaries
from bot.slow_reply import slow_edit, slow_reply
from bot.state import Question, ServerState
from bot.views.action import Action, guild_id, may_manage_messages, template
from bot.views.article import length_called
from bot.views.question import QuestionForm, is_for_one, typed

if TYPE_CHECKING:
    from discord import ui

    from bot.state import ShownDigest
    from bot.views.action import Click
    from bot.views.form import Filled
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


class FollowUp(Action, template=template("followdigest")):
    """Opens the form for a question on top of the digest's topic; the argument is as in `is_for_one`."""

    async def act(self, click: Click) -> None:
        privacy = "private" if is_for_one(click, self.argument) else ""
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


def digest_card(library: Library, shown: ShownDigest, length: Length, *, is_private: bool) -> ui.LayoutView:
    """The digest made anew, on the library's thread; articles may have come and gone since."""
    made = library.digest(shown.topic, since=shown.since, source=shown.source, length=length)
    if not made.statements:
        return summaries.nothing_new(shown.topic, shown.since, shown.source)
    return summaries.digest(made, shown, length, is_private=is_private)
