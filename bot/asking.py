"""A question, as it was narrowed -> its card: an answer, or why there is none and what would find one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from bot.language import N_, _
from bot.remarks import Remarks
from bot.replies import answers, errors, words
from bot.replies.markdown import title
from bot.slow_reply import slow_reply
from bot.state import ServerState
from bot.views.action import gone_if_removed, guild_id
from corpus import clock
from corpus.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    import discord

    from bot.app import ArticleBot
    from bot.replies.plain import Sent
    from bot.server_settings import ServerSettings, Style
    from bot.slow_reply import Reply
    from bot.state import Question, ShownAnswer
    from corpus.article import Answer

Since = Literal["24 hours", "7 days", "30 days", "1 year"]
PERIODS: dict[str, timedelta] = {
    "24 hours": timedelta(days=1),
    "7 days": timedelta(days=7),
    "30 days": timedelta(days=30),
    "1 year": timedelta(days=365),
}
_SINCE = {
    "24 hours": N_("since 24 hours"),
    "7 days": N_("since 7 days"),
    "30 days": N_("since 30 days"),
    "1 year": N_("since 1 year"),
}
_N_NEAREST = 3
_SOURCE = 60
_MOST_EARLIER = 3
"""Questions that one is searched together with: what lies further back is rarely what it is about."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A question, what it is narrowed to, and what it follows up.

    It is narrowed to a publisher, to one of `PERIODS` or the time from a day on, and to one article.
    """

    text: str
    source: str | None = None
    period: str = ""
    after: date | None = None
    article: str | None = None
    """Its id."""
    previous: str = ""
    """The questions before it, a line each."""
    follows: tuple[str, ...] = ()
    """The ids of the answers and digests where these were asked."""
    is_own_previous: bool = True
    """Whether the same person asked them."""

    @property
    def since(self) -> date | None:
        return (clock.now() - PERIODS[self.period]).date() if self.period in PERIODS else self.after

    @property
    def last(self) -> str:
        """The period in words; nothing without one."""
        return words.last(self.period, self.after)


@dataclass(frozen=True, slots=True)
class Asked:
    """What came back for a question: its card, and whether it is of use to the one who asked alone."""

    view: Sent
    is_private: bool = False
    is_nothing: bool = False
    """Whether no passage matched."""


def again(asked: Question, period: str = "") -> Narrowed:
    """What was asked once more; *period* is what its time was called, where that is known."""
    return Narrowed(
        asked.text, asked.source, period, asked.since, asked.article, asked.previous, asked.follows
    )


def following(before: Question, text: str, *, is_own: bool) -> Narrowed:
    """*text* as a question on top of another, with its filters."""
    earlier = [*before.previous.splitlines(), " ".join(before.text.split())][-_MOST_EARLIER:]
    return Narrowed(
        text,
        before.source,
        after=before.since,
        article=before.article,
        previous="\n".join(earlier),
        follows=tuple(one for one in (*before.follows, before.id) if one)[-_MOST_EARLIER:],
        is_own_previous=is_own,
    )


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
        interaction.client,
        guild_id(interaction),
        interaction.user.id,
        question,
        is_private=is_private,
        speak_alone=reply.speak_alone,
    )
    await reply.send(asked.view, is_private=is_private or asked.is_private)


async def ask(
    bot: ArticleBot,
    guild: int,
    asker: int,
    question: Narrowed,
    *,
    is_private: bool = False,
    speak_alone: Callable[[], None] = lambda: None,
) -> Asked:
    """Asks a guild's library. Raises `TooManyQuestions`, what `Library.ask` raises, and `ArticleGone`.

    *speak_alone* is called before words are written that are of use to the one who asked alone.
    """
    settings, found, within = await _search(bot, guild, asker, question)
    if not found.n_articles:
        speak_alone()
        return Asked(errors.empty_library(bot.mentions), is_private=True, is_nothing=True)
    if found.status == "nothing":
        speak_alone()
        view = await _nothing(bot, guild, asker, question, found, settings.style, is_private=is_private)
        return Asked(view, is_private=True, is_nothing=True)
    shown = await _keep(bot, guild, asker, question, found, within=within, is_private=is_private)
    return Asked(answers.answer(shown, answers.Page(1, found.quotes), settings))


async def _keep(
    bot: ArticleBot,
    guild: int,
    asker: int,
    question: Narrowed,
    found: Answer,
    *,
    within: str | None = None,
    is_private: bool,
) -> ShownAnswer:
    """The answer as its buttons come back to it; one that found nothing tells managers what is missing."""
    remarks = None
    if found.numbers:
        remarks = Remarks.of(
            found,
            source=question.source,
            period=question.period,
            after=question.after,
            within=within,
            is_own_previous=question.is_own_previous,
        )
    return await bot.shelf.run_state(
        guild,
        ServerState.keep_answer,
        found,
        asker=asker,
        remarks=remarks,
        is_private=is_private,
        source=question.source,
        since=question.since,
        article=question.article,
        previous=question.previous,
        follows=question.follows,
    )


async def ask_if_sure(bot: ArticleBot, guild: int, asker: int, question: Narrowed) -> Sent | None:
    """The answer, and None where it is not a sure one. Raises as `ask` does."""
    settings, found, _within = await _search(bot, guild, asker, question)
    if found.status != "found":
        return None
    shown = await _keep(bot, guild, asker, question, found, is_private=False)
    return answers.answer(shown, answers.Page(1, found.quotes), settings)


async def _search(
    bot: ArticleBot, guild: int, asker: int, question: Narrowed
) -> tuple[ServerSettings, Answer, str | None]:
    """How the guild wants its answers, the answer, and the title of the only article asked."""
    await bot.slow_down(guild, asker)
    settings = await bot.shelf.settings(guild)
    found, within = await bot.shelf.run(guild, _ask_within, question, settings.passages)
    return settings, found, within


async def _nothing(
    bot: ArticleBot,
    guild: int,
    asker: int,
    question: Narrowed,
    found: Answer,
    style: Style,
    *,
    is_private: bool,
) -> Sent:
    """What to do where nothing was found: ask without the filter that left nothing, or in other words."""
    wider = await bot.shelf.run(guild, _wider, question)
    if wider:
        kept = await _keep(bot, guild, asker, question, found, is_private=is_private)
        return answers.filtered_out(
            question.text, kept.id, question.period, wider, is_private=is_private, style=style
        )
    if not is_private:
        await _keep(bot, guild, asker, question, found, is_private=False)
    asked = (*found.held_words, *found.missed_words)
    nearest = await bot.shelf.run(guild, Library.with_words_of, asked, _N_NEAREST)
    filtered_by = words.joined(question.source, question.last)
    return answers.nothing(question.text, nearest, filtered_by, is_private=is_private, style=style)


def _ask_within(library: Library, question: Narrowed, top: int) -> tuple[Answer, str | None]:
    """The answer, and the title of the only article that was asked. Raises `ArticleGone`."""
    with gone_if_removed():
        within = library.get(question.article).title if question.article else None
    return _ask(library, question, top), within


def _ask(library: Library, question: Narrowed, top: int = 1) -> Answer:
    return library.ask(
        question.text,
        top=top,
        source=question.source,
        since=question.since,
        article=question.article,
        previous=question.previous,
    )


@dataclass(frozen=True, slots=True)
class _Filter:
    """One of the filters of a question: how it is said, and the question without it."""

    button: str
    what: str
    said: str
    without: Narrowed


def _filters(library: Library, question: Narrowed) -> list[_Filter]:
    found = []
    if question.last:
        since = _(_SINCE[question.period]) if question.period in _SINCE else question.last
        without = replace(question, period="", after=None)
        found.append(_Filter(_("Search all dates"), "dates", since, without))
    if question.source:
        source = _("from *{source}*").format(source=title(question.source, _SOURCE))
        found.append(_Filter(_("Search all sources"), "sources", source, replace(question, source=None)))
    if question.article:
        article = library.get(question.article)
        within = _("in *{title}*").format(title=title(article.title, _SOURCE))
        found.append(_Filter(_("Search all articles"), "articles", within, replace(question, article=None)))
    return found


def _wider(library: Library, question: Narrowed) -> list[answers.Wider]:
    """What matches without the dates, the source or the article, or only without all of them."""
    filters = _filters(library, question)
    matching = [
        one
        for each in filters
        if (one := _counted(library, each, [other.said for other in filters if other is not each]))
    ]
    if matching or len(filters) < 2:
        return matching
    said = " ".join(each.said for each in reversed(filters))
    everything = Narrowed(question.text, previous=question.previous, follows=question.follows)
    one = _counted(library, _Filter(_("Search everything"), "both", said, everything), [])
    return [one] if one else []


def _counted(library: Library, dropped: _Filter, kept: Sequence[str]) -> answers.Wider | None:
    n_matches = len(_ask(library, dropped.without).numbers)
    if not n_matches:
        return None
    return answers.Wider(dropped.button, dropped.what, n_matches, " ".join(kept), dropped.said)
