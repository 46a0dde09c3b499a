"""The buttons of an answer: its pages, what stands around a passage, deleting it, asking again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import ui

from bot.errors import AnswerExpired, ArticleGone, NotYourAnswer
from bot.failures import report
from bot.replies import answers, summaries
from bot.replies.markdown import unescape
from bot.state import ServerState
from bot.views.action import Action, guild_id, may_manage_messages, show, template
from bot.views.article import length_called
from corpus import passages
from corpus.asking import LONGEST_QUESTION
from corpus.errors import ArticleNotFound
from corpus.library import Library

if TYPE_CHECKING:
    from bot.app import ArticleBot
    from bot.state import ShownAnswer
    from bot.views.action import Click
    from corpus.article import Quote
    from corpus.summary import Length


async def page_of(click: Click, shown: ShownAnswer, first: int) -> ui.LayoutView:
    """The page of an answer that begins with passage *first* from 1. Raises `ArticleGone`."""
    first = max(1, min(first, len(shown.numbers)))
    wanted = shown.numbers[first - 1 : first - 1 + answers.PER_PAGE]
    quotes = await click.client.shelf.run(
        guild_id(click), Library.quote_again, shown.question, shown.language, wanted
    )
    if not quotes:
        raise ArticleGone
    return answers.answer(shown, answers.Page(first, quotes))


class TurnPage(Action, template=template("page")):
    """Back and Next: for the asker and moderators on the message itself, for others on a copy of theirs."""

    async def act(self, click: Click) -> None:
        shown = await _shown(click, self.ident)
        view = await page_of(click, shown, _number(self.argument))
        await show(click, view, in_place=click.user.id == shown.asker or may_manage_messages(click))


class MoreAbout(Action, template=template("more")):
    """The menu under an answer: the paragraphs around a passage, for the chooser alone."""

    async def act(self, click: Click) -> None:
        await click.response.send_message(
            view=await _context(click, self.ident, _number(self.chosen), None), ephemeral=True
        )


class MoreAboutThis(Action, template=template("around")):
    """The button in its place where there is one passage only."""

    async def act(self, click: Click) -> None:
        await click.response.send_message(
            view=await _context(click, self.ident, _number(self.argument), None), ephemeral=True
        )


class Earlier(Action, template=template("earlier")):
    async def act(self, click: Click) -> None:
        number, first = _pair(self.argument)
        await show(
            click, await _context(click, self.ident, number, first - answers.CONTEXT + 1), in_place=True
        )


class Later(Action, template=template("later")):
    async def act(self, click: Click) -> None:
        number, first = _pair(self.argument)
        await show(
            click, await _context(click, self.ident, number, first + answers.CONTEXT - 1), in_place=True
        )


class Delete(Action, template=template("delete")):
    """Deletes an answer: its asker may, and moderators."""

    async def act(self, click: Click) -> None:
        if not may_manage_messages(click) and (await _shown(click, self.ident)).asker != click.user.id:
            raise NotYourAnswer
        await click.client.shelf.run_state(guild_id(click), ServerState.forget_answer, self.ident)
        await delete_message(click)


class Discard(Action, template=template("discard")):
    """Deletes another message of the bot; the argument is the id of who may, beside moderators."""

    async def act(self, click: Click) -> None:
        if not may_manage_messages(click) and self.argument != str(click.user.id):
            raise NotYourAnswer
        await delete_message(click)


class AskAgain(Action, template=template("again")):
    """A dialog with the question filled in, read from the message's own heading."""

    async def act(self, click: Click) -> None:
        question = _question_in(click.message)[:LONGEST_QUESTION]
        await click.response.send_modal(AskDialog(question, is_private=self.argument == "private"))


class AskDialog(ui.Modal, title="Ask again"):
    """Asks like /ask does; what was asked in private is answered in private."""

    question: ui.TextInput[AskDialog] = ui.TextInput(label="Question", max_length=LONGEST_QUESTION)

    def __init__(self, question: str, *, is_private: bool) -> None:
        super().__init__()
        self.question.default = question
        self._is_private = is_private

    async def on_submit(self, interaction: discord.Interaction[ArticleBot], /) -> None:  # type: ignore[override]
        from bot.cogs.ask import answer_interaction

        await answer_interaction(interaction, self.question.value, is_private=self._is_private)

    async def on_error(self, interaction: discord.Interaction[ArticleBot], error: Exception, /) -> None:  # type: ignore[override]
        await report(interaction, error)


class Focus(Action, template=template("focus")):
    """What the article of a passage says on the question: a summary for the one who clicked."""

    async def act(self, click: Click) -> None:
        number, _, length = self.argument.partition(".")
        shown = await _shown(click, self.ident, has_heading=False)
        if _number(number) not in shown.numbers:
            raise AnswerExpired
        chosen = length_called(length.partition(".")[0])
        view = await click.client.shelf.run(guild_id(click), _focused_card, shown, _number(number), chosen)
        if getattr(self.item, "label", "") == "Summary":
            await click.response.send_message(view=view, ephemeral=True)
        else:
            await show(click, view, in_place=True)


ACTIONS = (TurnPage, MoreAbout, MoreAboutThis, Earlier, Later, Delete, Discard, AskAgain, Focus)


async def delete_message(click: Click) -> None:
    await click.response.defer()
    await click.delete_original_response()


async def _shown(click: Click, answer_id: str, *, has_heading: bool = True) -> ShownAnswer:
    """The answer within the click's own guild. Raises `AnswerExpired`.

    *has_heading* says that the message clicked is headed by the question, and not by a title.
    """
    try:
        return await click.client.shelf.run_state(guild_id(click), ServerState.answer, answer_id)
    except AnswerExpired:
        question = _question_in(click.message) if has_heading else None
        is_private = click.message is not None and click.message.flags.ephemeral
        raise AnswerExpired(question, is_private=is_private) from None


async def _context(click: Click, answer_id: str, number: int, first: int | None) -> ui.LayoutView:
    """The paragraphs around the passage *number* of an answer, from *first* on or with it in the middle."""
    shown = await _shown(click, answer_id, has_heading=first is None)
    if number not in shown.numbers:
        raise AnswerExpired
    return await click.client.shelf.run(guild_id(click), _context_card, shown, number, first)


def _context_card(library: Library, shown: ShownAnswer, number: int, first: int | None) -> ui.LayoutView:
    quotes: tuple[Quote, ...] = library.quote_again(shown.question, shown.language, [number])
    if not quotes:
        raise ArticleGone
    try:
        article = library.get(quotes[0].article.id)
    except ArticleNotFound:
        raise ArticleGone from None
    spans = [span for _, span in passages.paragraphs(article)]
    last_first = max(0, len(spans) - answers.CONTEXT)
    wanted = quotes[0].position - 1 if first is None else first
    return answers.context(shown, quotes[0], article, spans, min(max(0, wanted), last_first))


def _focused_card(library: Library, shown: ShownAnswer, number: int, length: Length) -> ui.LayoutView:
    quotes = library.quote_again(shown.question, shown.language, [number])
    if not quotes:
        raise ArticleGone
    made = library.summary(quotes[0].article.id, length, shown.question)
    return summaries.on_question(made, length, shown, number)


def _question_in(message: discord.Message | None) -> str:
    """The question that stands as the heading of an answer, or in bold in a card that found nothing."""
    for component in message.components if message else ():
        for part in getattr(component, "children", ()):
            first, *_ = str(getattr(part, "content", "")).split("\n")
            if first.startswith("### "):
                return unescape(first.removeprefix("### "))
            if first.startswith("No passage matches **"):
                return unescape(first.removeprefix("No passage matches **").removesuffix("**."))
    return ""


def _number(argument: str) -> int:
    """A number from a custom_id, which comes from outside. Raises `AnswerExpired` for anything else."""
    if not argument.isdecimal() or len(argument) > 18:
        raise AnswerExpired
    return int(argument)


def _pair(argument: str) -> tuple[int, int]:
    number, _, first = argument.partition(".")
    return _number(number), _number(first)
