"""“Ask about this” under a summary: a question that one article alone is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import asking
from bot.asking import Narrowed
from bot.language import N_
from bot.views.action import Action, template
from bot.views.question import QuestionForm, leads_to_one, typed

if TYPE_CHECKING:
    from bot.views.action import Click
    from bot.views.form import Filled


class AskWithin(Action, template=template("within")):
    """Opens the form at once; whether the article is still there is looked up when it comes back."""

    async def act(self, click: Click) -> None:
        await click.response.send_modal(WithinForm(self.ident, "private" if leads_to_one(click) else ""))


class WithinForm(QuestionForm):
    """Asks the article with this id, for the same eyes as its summary."""

    action = "askedwithin"
    called = N_("Ask about this")

    @classmethod
    async def submitted(cls, interaction: Click, filled: Filled) -> None:
        question = Narrowed(typed(filled), article=filled.ident)
        await asking.answer_interaction(interaction, question, is_private=filled.argument == "private")


ACTIONS = (AskWithin,)
FORMS = (WithinForm,)
