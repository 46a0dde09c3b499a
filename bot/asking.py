"""A question, as it was narrowed -> its card: an answer, or why there is none and what would find one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from bot import language
from bot.replies import answers, errors
from bot.replies.markdown import title
from bot.slow_reply import slow_reply
from bot.state import ServerState
from bot.views.action import guild_id
from corpus import clock
from corpus.library import Library

if TYPE_CHECKING:
    from datetime import date

    import discord

    from bot.app import ArticleBot
    from bot.replies.plain import Sent
    from bot.slow_reply import Reply
    from bot.state import ShownAnswer
    from corpus.article import Answer

Since = Literal["24 hours", "7 days", "30 days", "1 year"]
PERIODS: dict[str, timedelta] = {
    "24 hours": timedelta(days=1),
    "7 days": timedelta(days=7),
    "30 days": timedelta(days=30),
    "1 year": timedelta(days=365),
}
_N_NEAREST = 3
_SOURCE = 60


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A question and what it is narrowed to: a publisher, one of `PERIODS`."""

    text: str
    source: str | None = None
    period: str = ""

    @property
    def since(self) -> date | None:
        return (clock.now() - PERIODS[self.period]).date() if self.period in PERIODS else None

    @property
    def last(self) -> str:
        return f"last {self.period}" if self.period in PERIODS else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came back for a question: its card, and whether it is of use to the one who asked alone."""

    view: Sent
    is_private: bool = False
    is_nothing: bool = False
    """Whether no passage matched."""


async def answer_interaction(
    interaction: discord.Interaction[ArticleBot], question: Narrowed, *, is_private: bool = False
) -> None:
    """Answers an interaction: in public when something was found, else for the asker alone."""
    async with slow_reply(interaction, is_private=is_private) as reply:
        await answer(interaction, question, reply, is_private=is_private)


async def answer(
    interaction: discord.Interaction[ArticleBot], question: Narrowed, reply: Reply, *, is_private: bool
) -> None:
    asked = await ask(
        interaction.client, guild_id(interaction), interaction.user.id, question, is_private=is_private
    )
    await reply.send(asked.view, is_private=is_private or asked.is_private)


async def ask(
    bot: ArticleBot, guild: int, asker: int, question: Narrowed, *, is_private: bool = False
) -> Asked:
    """Asks a guild's library. Raises what `Library.ask` raises."""
    settings = await bot.shelf.settings(guild)
    found = await bot.shelf.run(guild, _ask, question, settings.passages)
    if not found.n_articles:
        language.address(is_private=True)
        return Asked(errors.empty_library(bot.mentions), is_private=True, is_nothing=True)
    if found.status == "nothing":
        language.address(is_private=True)
        view = await _nothing(bot, guild, asker, question, found, is_private=is_private)
        return Asked(view, is_private=True, is_nothing=True)
    note = answers.note(found, question.source, question.last or None)
    shown = await bot.shelf.run_state(
        guild,
        ServerState.keep_answer,
        found,
        asker=asker,
        note=note,
        is_private=is_private,
        source=question.source,
        since=question.since,
    )
    return Asked(answers.answer(shown, answers.Page(1, found.quotes), settings))


async def _nothing(
    bot: ArticleBot, guild: int, asker: int, question: Narrowed, found: Answer, *, is_private: bool
) -> Sent:
    """What to do where nothing was found: ask without the filter that left nothing, or in other words."""
    wider = await bot.shelf.run(guild, _wider, question)
    if wider:
        kept = await _keep_nothing(bot, guild, asker, question, found, is_private=is_private)
        return answers.filtered_out(question.text, kept.id, question.period, wider, is_private=is_private)
    if not is_private:
        await _keep_nothing(bot, guild, asker, question, found)
    words = (*found.held_words, *found.missed_words)
    nearest = await bot.shelf.run(guild, Library.with_words_of, words, _N_NEAREST)
    filtered_by = " · ".join(part for part in (question.source, question.last) if part)
    return answers.nothing(question.text, nearest, filtered_by, is_private=is_private)


async def _keep_nothing(
    bot: ArticleBot, guild: int, asker: int, question: Narrowed, found: Answer, *, is_private: bool = False
) -> ShownAnswer:
    """Keeps a question that found nothing: for its buttons, and to tell managers what is missing."""
    return await bot.shelf.run_state(
        guild,
        ServerState.keep_answer,
        found,
        asker=asker,
        note="",
        is_private=is_private,
        source=question.source,
        since=question.since,
    )


def _ask(library: Library, question: Narrowed, top: int = 1) -> Answer:
    return library.ask(question.text, top=top, source=question.source, since=question.since)


def _wider(library: Library, question: Narrowed) -> list[answers.Wider]:
    """What matches without the dates, without the source, or only without both."""
    if not question.source and not question.last:
        return []
    source = f"from *{title(question.source, _SOURCE)}*" if question.source else ""
    since = f"since {question.period}" if question.last else ""
    without_dates = ("Search all dates", "dates", replace(question, period=""), source, since)
    without_source = ("Search all sources", "sources", replace(question, source=None), since, source)
    narrow = f"{source} {since}"
    without_both = ("Search everything", "both", Narrowed(question.text), "", narrow)
    tried = [without_dates] if since else []
    tried += [without_source] if source else []
    matching = [one for each in tried if (one := _counted(library, *each))]
    if matching or len(tried) < 2:
        return matching
    return [one for one in [_counted(library, *without_both)] if one]


def _counted(
    library: Library, button: str, what: str, question: Narrowed, kept: str, left_nothing: str
) -> answers.Wider | None:
    n_matches = len(_ask(library, question).numbers)
    return answers.Wider(button, what, n_matches, kept, left_nothing) if n_matches else None
