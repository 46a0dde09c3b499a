"""“Not helpful”: a dialog that asks why, and stores what is said without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import ui

from bot import feedback, log_channel
from bot.errors import AnswerExpired, FeedbackOff
from bot.language import _
from bot.replies import feedback as replies
from bot.replies import log as said
from bot.slow_reply import slow_reply
from bot.views.action import Action, guild_id, template
from bot.views.form import Filled, Form

if TYPE_CHECKING:
    from bot.views.action import Click


class NotHelpful(Action, template=template("unhelpful")):
    """Asks why. It opens at once: a dialog has to, and what is said is checked when it comes back."""

    async def act(self, click: Click) -> None:
        await click.response.send_modal(NotHelpfulForm(self.ident))


class NotHelpfulForm(Form):
    action = "unhelped"

    def __init__(self, answer_id: str) -> None:
        super().__init__(answer_id, title=_("Not helpful"))
        reasons: ui.Select[NotHelpfulForm] = ui.Select(
            custom_id="reason",
            options=[
                discord.SelectOption(label=replies.reason(name), value=name) for name in feedback.REASONS
            ],
        )
        comment: ui.TextInput[NotHelpfulForm] = ui.TextInput(
            style=discord.TextStyle.paragraph,
            custom_id="comment",
            max_length=feedback.LONGEST_COMMENT,
            required=False,
        )
        self.add_item(ui.Label(text=_("Why"), component=reasons))
        self.add_item(
            ui.Label(
                text=_("Comment"),
                description=_("Managers read it without your name"),
                component=comment,
            )
        )

    @classmethod
    async def submitted(cls, interaction: Click, filled: Filled) -> None:
        """Raises `AnswerExpired` where the answer is private or gone, `FeedbackOff` and `TooMuchFeedback`."""
        guild, shelf = guild_id(interaction), interaction.client.shelf
        async with slow_reply(interaction, is_private=True) as reply:
            if not (await shelf.settings(guild)).has_feedback:
                raise FeedbackOff
            await interaction.client.slow_down_feedback(guild, interaction.user.id)
            reason = next(
                (name for name in feedback.REASONS if name in filled.chosen.get("reason", ())), None
            )
            comment = " ".join(filled.texts.get("comment", "").split())
            if reason is None or not await shelf.run_state(
                guild, feedback.keep, filled.ident, reason, comment
            ):
                raise AnswerExpired
            await reply.send(replies.thanks())
        await log_channel.tell(interaction.client, guild, lambda: said.not_helpful(reason, comment))


ACTIONS = (NotHelpful,)
FORMS = (NotHelpfulForm,)
