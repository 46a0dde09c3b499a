"""A question, as it was narrowed -> its card: an answer, or why there is none and what would find one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from bot import language
from bot.language import N_, _
from bot.replies import answers, errors
from bot.slow_reply import slow_reply
from bot.state import ServerState
from bot.views.action import guild_id
from corpus import clock

if TYPE_CHECKING:
    from datetime import date

    import discord

    from bot.app import ArticleBot
    from bot.replies.plain import Sent
    from bot.slow_reply import Reply
    from bot.state import ShownAnswer
    from corpus.article import Answer, ArticleInfo
    from corpus.library import Library

Since = Literal["24 hours", "7 days", "30 days", "1 year"]
PERIODS: dict[str, timedelta] = {
    "24 hours": timedelta(days=1),
    "7 days": timedelta(days=7),
    "30 days": timedelta(days=30),
    "1 year": timedelta(days=365),
}
_LAST = {
    "24 hours": N_("last 24 hours"),
    "7 days": N_("last 7 days"),
    "30 days": N_("last 30 days"),
    "1 year": N_("last 1 year"),
}
_N_NEAREST = 3


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
        """The period in words; nothing without one."""
        return _(_LAST[self.period]) if self.period in PERIODS else ""


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
    nearest = await bot.shelf.run(guild, _nearest_titles, found)
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
    tried: list[tuple[answers.Without, Narrowed]] = []
    if question.last:
        tried.append(("dates", replace(question, period="")))
    if question.source:
        tried.append(("sources", replace(question, source=None)))
    matching = [one for without, wide in tried if (one := _counted(library, question, without, wide))]
    if matching or len(tried) < 2:
        return matching
    both = _counted(library, question, "both", Narrowed(question.text))
    return [both] if both else []


def _counted(
    library: Library, question: Narrowed, without: answers.Without, wide: Narrowed
) -> answers.Wider | None:
    n_matches = len(_ask(library, wide).numbers)
    return answers.Wider(without, n_matches, question.source, question.period) if n_matches else None


def _nearest_titles(library: Library, found: Answer) -> list[ArticleInfo]:
    """The articles whose titles hold a word of the question, those that hold most of them first."""
    words = {word.casefold() for word in (*found.held_words, *found.missed_words)}
    held = [(sum(word in info.title.casefold() for word in words), info) for info in library.list()]
    best = sorted((pair for pair in held if pair[0]), key=lambda pair: -pair[0])
    return [info for _, info in best[:_N_NEAREST]]
