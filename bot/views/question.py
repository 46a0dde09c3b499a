"""Dialogs with one question in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from discord import ui

from bot.language import _
from bot.slow_reply import is_for_one
from bot.views.form import Form
from corpus.asking import LONGEST_QUESTION
from corpus.characters import clean

if TYPE_CHECKING:
    from bot.views.action import Click
    from bot.views.form import Filled


class QuestionForm(Form):
    """Base of all: a subclass says what it is called, and asks."""

    called: ClassVar[str]

    def __init__(self, ident: str = "", argument: str = "", filled_in: str = "") -> None:
        super().__init__(ident, argument, title=_(self.called))
        field: ui.TextInput[QuestionForm] = ui.TextInput(
            label=_("Question"), custom_id="question", default=filled_in, max_length=LONGEST_QUESTION
        )
        self.add_item(field)


def typed(filled: Filled) -> str:
    """The question that was put in."""
    return clean(filled.texts.get("question", "")).strip()


def leads_to_one(click: Click, argument: str = "") -> bool:
    """Whether what a click leads to is for that person alone: “private” and “public” say so themselves.

    Else it is as public as the message that was clicked.
    """
    if argument in {"private", "public"}:
        return argument == "private"
    return is_for_one(click)
