"""The buttons of an answer: its pages, what stands around a passage, deleting it, asking again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from bot import asking, custom_id, language
from bot.asking import Narrowed
from bot.errors import AnswerExpired, ArticleGone, NotYourAnswer, NotYoursToShare
from bot.language import N_, _, without_marks
from bot.replies import answers, asked, plain, summaries
from bot.replies.markdown import unescape
from bot.slow_reply import is_for_one, slow_edit, slow_reply
from bot.state import ServerState
from bot.views.action import Action, gone_if_removed, guild_id, may_manage_messages, template
from bot.views.article import length_called
from bot.views.posting import channel_to_post_in
from bot.views.question import QuestionForm, leads_to_one, typed
from corpus import passages
from corpus.asking import LONGEST_QUESTION

if TYPE_CHECKING:
    from collections.abc import Callable

    import discord
    from discord import ui

    from bot.replies.plain import Sent
    from bot.server_settings import ServerSettings
    from bot.state import ShownAnswer
    from bot.views.action import Click
    from bot.views.form import Filled
    from corpus.library import Library
    from corpus.summary import Length


R = TypeVar("R")
_BOLD = re.compile(r"\*\*((?:\\.|[^*\\])+)\*\*")
"""Bold words, whose own asterisks are escaped."""


async def page_of(click: Click, shown: ShownAnswer, first: int) -> Sent:
    """The page of an answer that begins with passage *first* from 1, or the next that is left.

    It is in the style of the message clicked, as Discord turns none into the other. Raises `ArticleGone`
    when nothing is left from there on.
    """
    settings = await click.client.shelf.settings(guild_id(click))
    is_plain = click.message is not None and not click.message.flags.components_v2
    settings = replace(settings, style="plain" if is_plain else "cards")
    return await click.client.shelf.run(guild_id(click), _page_card, shown, first, settings)


def _page_card(library: Library, shown: ShownAnswer, first: int, settings: ServerSettings) -> Sent:
    first = max(1, min(first, len(shown.numbers)))
    left = library.quote_again(shown.question, shown.language, shown.numbers, shown.previous)
    if not any(one.number in shown.numbers[first - 1 :] for one in left):
        raise ArticleGone
    return answers.page(shown, left, first, settings)


class TurnPage(Action, template=template("page")):
    """Back and Next: for the asker and moderators on the message itself, for others on a copy of theirs."""

    async def act(self, click: Click) -> None:
        async with slow_edit(click) as reply:
            shown = await _shown(click, self.ident)
            in_place = click.user.id == shown.asker or may_manage_messages(click)
            reply.speak(in_place=in_place)
            if shown.remarks and not in_place:  # the question before was the asker's, not the reader's
                shown = replace(shown, remarks=replace(shown.remarks, is_own_previous=False))
            view = await page_of(click, shown, _number(self.argument))
            await reply.show(view, in_place=in_place)


class MoreAbout(Action, template=template("more")):
    """The menu under an answer: the paragraphs around a passage, for the chooser alone."""

    async def act(self, click: Click) -> None:
        async with slow_reply(click, is_private=True) as reply:
            await reply.send(await _context(click, self.ident, _number(self.chosen), None))


class MoreAboutThis(Action, template=template("around")):
    """The button in its place where there is one passage only."""

    async def act(self, click: Click) -> None:
        async with slow_reply(click, is_private=True) as reply:
            await reply.send(await _context(click, self.ident, _number(self.argument), None))


class Earlier(Action, template=template("earlier")):
    async def act(self, click: Click) -> None:
        async with slow_edit(click) as reply:
            number, first = _pair(self.argument)
            await reply.edit(await _context(click, self.ident, number, first - answers.CONTEXT + 1))


class Later(Action, template=template("later")):
    async def act(self, click: Click) -> None:
        async with slow_edit(click) as reply:
            number, first = _pair(self.argument)
            await reply.edit(await _context(click, self.ident, number, first + answers.CONTEXT - 1))


class Delete(Action, template=template("delete")):
    """Deletes an answer: its asker may, and moderators.

    The argument is the asker's id, who may still when the answer is no longer kept.
    """

    async def act(self, click: Click) -> None:
        async with slow_edit(click) as reply:
            if not may_manage_messages(click) and not await self._is_asker(click):
                raise NotYourAnswer
            await click.client.shelf.run_state(guild_id(click), ServerState.forget_answer, self.ident)
            await reply.delete()

    async def _is_asker(self, click: Click) -> bool:
        """Raises `AnswerExpired` where a button of an older version does not say who asked."""
        try:
            return (await _shown(click, self.ident)).asker == click.user.id
        except AnswerExpired:
            if not self.argument:
                raise
            return self.argument == str(click.user.id)


class Discard(Action, template=template("discard")):
    """Deletes another message of the bot; the argument is the id of who may, beside moderators."""

    async def act(self, click: Click) -> None:
        if not may_manage_messages(click) and self.argument != str(click.user.id):
            raise NotYourAnswer
        async with slow_edit(click) as reply:
            await reply.delete()


class AskAgain(Action, template=template("again")):
    """A dialog with the question filled in, read from the message's own heading."""

    async def act(self, click: Click) -> None:
        question = question_in(click.message)[:LONGEST_QUESTION]
        await click.response.send_modal(AskForm(argument=self.argument, filled_in=question))


class AskForm(QuestionForm):
    """Asks like /ask does; what was asked in private is answered in private."""

    action = "asked"
    called = N_("Ask again")

    @classmethod
    async def submitted(cls, interaction: Click, filled: Filled) -> None:
        await asking.answer_interaction(
            interaction, Narrowed(typed(filled)), is_private=filled.argument == "private"
        )


class Focus(Action, template=template("focus")):
    """What the article of a passage says on the question: a summary for the one who clicked."""

    async def act(self, click: Click) -> None:
        number, _dot, wanted = self.argument.partition(".")
        length, turns, _way = wanted.partition(".")
        chosen = length_called(length)
        if not turns:  # under a passage; Shorter and Longer under the summary say which way they go
            async with slow_reply(click, is_private=True) as reply:
                await reply.send(await _focused(click, self.ident, _number(number), chosen))
        else:
            async with slow_edit(click) as reply:
                await reply.show(await _focused(click, self.ident, _number(number), chosen), in_place=True)


class SearchWider(Action, template=template("wider")):
    """Asks once more without the filter that left nothing: “what.period.private” says which."""

    async def act(self, click: Click) -> None:
        what, period, privacy = (*self.argument.split("."), "", "")[:3]
        is_private = privacy == "private"
        async with slow_reply(click, is_private=is_private) as reply:
            kept = await _kept(click, ServerState.question, self.ident)
            question = asking.again(kept, period if period in asking.PERIODS else "")
            match what:
                case "dates":
                    question = replace(question, period="", after=None)
                case "sources":
                    question = replace(question, source=None)
                case "articles":
                    question = replace(question, article=None)
                case _:
                    question = Narrowed(question.text, previous=question.previous, follows=question.follows)
            await asking.answer(click, question, reply, is_private=is_private)


class Share(Action, template=template("share")):
    """Shows a private answer to the channel, from the page that its asker sees."""

    async def act(self, click: Click) -> None:
        async with slow_edit(click) as reply:
            shown, first = await _shown(click, self.ident), _number(self.argument)
            if shown.asker != click.user.id or not shown.is_private:
                raise NotYoursToShare
            channel, shelf = channel_to_post_in(click), click.client.shelf
            copy = await shelf.run_state(guild_id(click), ServerState.share, shown.id)
            if copy is not None:
                try:
                    with language.addressing(is_private=False):
                        page = await page_of(click, copy, first)
                    await channel.send(**plain.arguments(page))
                except BaseException:
                    await shelf.run_state(guild_id(click), ServerState.take_back, shown.id, copy.id)
                    raise
            await reply.edit(await page_of(click, replace(shown, is_shared=True), first))


class FollowUp(Action, template=template("follow")):
    """Opens the form for a question on top of this one; the argument is as in `leads_to_one`."""

    async def act(self, click: Click) -> None:
        privacy = "private" if leads_to_one(click, self.argument) else ""
        async with slow_reply(click, is_private=True) as reply:
            await _shown(click, self.ident)
            ready = asked.form_is_ready(_("Follow up"), "follow", self.ident, privacy or "public")
            await reply.open(FollowUpForm(self.ident, privacy), ready)


class FollowUpForm(QuestionForm):
    """Asks on top of an answer, with its filters."""

    action = "followed"
    called = N_("Follow up")

    @classmethod
    async def submitted(cls, interaction: Click, filled: Filled) -> None:
        is_private = filled.argument == "private"
        async with slow_reply(interaction, is_private=is_private) as reply:
            before = await _kept(interaction, ServerState.question, filled.ident)
            question = asking.following(before, typed(filled), is_own=before.asker == interaction.user.id)
            await asking.answer(interaction, question, reply, is_private=is_private)


ACTIONS = (
    TurnPage, MoreAbout, MoreAboutThis, Earlier, Later, Delete, Discard, AskAgain, SearchWider, Focus, Share,
    FollowUp,
)  # fmt: skip
FORMS = (AskForm, FollowUpForm)


async def _shown(click: Click, answer_id: str, *, has_heading: bool = True) -> ShownAnswer:
    """The answer within the click's own guild. Raises `AnswerExpired`."""
    return await _kept(click, ServerState.answer, answer_id, has_heading=has_heading)


async def _kept(
    click: Click, look_up: Callable[[ServerState, str], R], answer_id: str, *, has_heading: bool = True
) -> R:
    """What is kept of an answer within the click's own guild. Raises `AnswerExpired`.

    *has_heading* says that the message clicked is headed by the question, and not by a title.
    """
    try:
        return await click.client.shelf.run_state(guild_id(click), look_up, answer_id)
    except AnswerExpired:
        question = question_in(click.message) if has_heading else None
        is_private = is_for_one(click)
        raise AnswerExpired(question, is_private=is_private) from None


async def _context(click: Click, answer_id: str, number: int, first: int | None) -> ui.LayoutView:
    """The paragraphs around the passage *number* of an answer, from *first* on or with it in the middle."""
    shown = await _shown(click, answer_id, has_heading=first is None)
    if number not in shown.numbers:
        raise AnswerExpired
    return await click.client.shelf.run(guild_id(click), _context_card, shown, number, first)


def _context_card(library: Library, shown: ShownAnswer, number: int, first: int | None) -> ui.LayoutView:
    quotes = library.quote_again(shown.question, shown.language, [number], shown.previous)
    if not quotes:
        raise ArticleGone
    with gone_if_removed():
        article = library.get(quotes[0].article.id)
    spans = [span for _number, span in passages.paragraphs(article)]
    last_first = max(0, len(spans) - answers.CONTEXT)
    wanted = quotes[0].position - 1 if first is None else first
    return answers.context(shown, quotes[0], article, spans, min(max(0, wanted), last_first))


async def _focused(click: Click, answer_id: str, number: int, length: Length) -> ui.LayoutView:
    shown = await _shown(click, answer_id, has_heading=False)
    if number not in shown.numbers:
        raise AnswerExpired
    return await click.client.shelf.run(guild_id(click), _focused_card, shown, number, length)


def _focused_card(library: Library, shown: ShownAnswer, number: int, length: Length) -> ui.LayoutView:
    quotes = library.quote_again(shown.question, shown.language, [number], shown.previous)
    if not quotes:
        raise ArticleGone
    made = library.summary(quotes[0].article.id, length, shown.question)
    return summaries.on_question(made, length, shown, number)


def answer_in(message: discord.Message) -> str:
    """The id of the answer that *message* shows; empty when it shows none."""
    pattern = re.compile(custom_id.template("follow"))
    parts: list[Any] = list(message.components)
    while parts:
        part = parts.pop()
        parts += getattr(part, "children", ())
        if match := pattern.fullmatch(str(getattr(part, "custom_id", ""))):
            return match["ident"]
    return ""


def question_in(message: discord.Message | None) -> str:
    """The question that stands as the heading of an answer, or in bold where nothing was found."""
    plain, *_below = (message.content if message else "").split("\n")
    if plain.startswith("### "):
        return unescape(plain.removeprefix("### "))
    if bold := _BOLD.search(plain):
        return unescape(without_marks(bold[1]))
    for component in message.components if message else ():
        for part in getattr(component, "children", ()):
            first, *_below = str(getattr(part, "content", "")).split("\n")
            if first.startswith("### "):
                return unescape(first.removeprefix("### "))
            if bold := _BOLD.search(first):
                return unescape(without_marks(bold[1]))
    return ""


def _number(argument: str) -> int:
    """A number from a custom_id, which comes from outside. Raises `AnswerExpired` for anything else."""
    if not argument.isdecimal() or len(argument) > 18:
        raise AnswerExpired
    return int(argument)


def _pair(argument: str) -> tuple[int, int]:
    number, _dot, first = argument.partition(".")
    return _number(number), _number(first)
