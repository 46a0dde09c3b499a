"""A summary or a digest -> its card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.language import _, ngettext
from bot.replies import card, words
from bot.replies.card import Accent
from bot.replies.markdown import ELLIPSIS, escape, link, quote, title

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from discord import ui

    from bot.state import ShownAnswer, ShownDigest
    from corpus.article import ArticleInfo, Digest, Statement, Summary
    from corpus.summary import Length

LENGTHS: tuple[Length, ...] = ("short", "medium", "long")
_TITLE = 100
_QUESTION = 300
_NAME = 40
_SPEAKER = 100
_MOST_CHARACTERS = 3_000
"""Of all sentences together, after escaping."""
_MOST_NAMES = 5
_LINE_END = re.compile(r"[ \t]*\n\s*")


def summary(
    made: Summary, length: Length, *, owner: int, is_private: bool = False, is_shared: bool = False
) -> ui.LayoutView:
    """The article's sentences, the first one bold; *owner* may delete the message, and has shared it if so.

    What is *is_private* can be shared, once.
    """
    article = made.article
    shorter, longer = _around(length)
    owned = f"{owner}.s" if is_shared and not is_private else f"{owner}"
    buttons = card.row(
        card.button(_("Shorter"), "shorter", article.id, f"{shorter}.{owned}", is_off=shorter == length),
        card.button(_("Longer"), "longer", article.id, f"{longer}.{owned}", is_off=longer == length),
        _ask_about(article),
        _share("sharesummary", article.id, length, is_shared=is_shared)
        if is_private
        else card.button(_("Delete"), "discard", "", owner),
    )
    return _summary(made, None if is_private or not is_shared else _shared_by(owner), buttons)


def on_question(made: Summary, length: Length, shown: ShownAnswer, number: int) -> ui.LayoutView:
    """What the article of passage *number* of an answer says on its question."""
    shorter, longer = _around(length)
    buttons = card.row(
        card.button(_("Shorter"), "focus", shown.id, f"{number}.{shorter}.l", is_off=shorter == length),
        card.button(_("Longer"), "focus", shown.id, f"{number}.{longer}.m", is_off=longer == length),
        _ask_about(made.article),
    )
    asked = title(made.question, _QUESTION)
    note = _("On your question: {question}").format(question=asked) if asked else None
    return _summary(made, note, buttons)


def _ask_about(article: ArticleInfo) -> ui.Button[Any]:
    return card.button(_("Ask about this"), "within", article.id)


def _share(action: str, ident: str, length: Length, *, is_shared: bool) -> ui.Button[Any]:
    """Shares what is shown, once."""
    label = _("Shared") if is_shared else _("Share to channel")
    return card.button(label, action, ident, length, is_off=is_shared)


def _shared_by(person: int) -> str:
    return _("Shared by {person}").format(person=f"<@{person}>")


def digest(
    made: Digest, shown: ShownDigest, length: Length, *, is_private: bool = False, is_shared: bool = False
) -> ui.LayoutView:
    """What the articles say, each sentence with its sources; fewer of them where Discord takes no more.

    What is *is_private* can be shared, once; what *is_shared* says who did, who counts as its asker.
    """
    for n_statements in range(len(made.statements), 0, -1):
        said = made.statements[:n_statements]
        view = _digest(made, said, shown, length, is_private=is_private, is_shared=is_shared)
        if card.fits(view):
            break
    return view


def nothing_new(topic: str, since: date | None, source: str | None) -> ui.LayoutView:
    """No article is left to make a digest of."""
    if since:
        on = _("No article is on **{topic}** since {day}.") if topic else _("Nothing is new since {day}.")
    else:
        on = _("No article is on **{topic}**.") if topic else _("Nothing is new.")
    return card.card(
        card.text(
            on.format(topic=title(topic, _QUESTION), day=words.day(since) if since else ""),
            card.aside(_("Only {filter}").format(filter=title(source, _TITLE))) if source else None,
            _("Try a longer time, or fewer or other words."),
        ),
        accent=Accent.BOT,
    )


def _summary(made: Summary, note: str | None, buttons: card.Item | None) -> ui.LayoutView:
    article, spoken = made.article, made.key_quote
    said = [article.text[slice(*span)] for span in made.spans if spoken is None or span != spoken.span]
    limit = _MOST_CHARACTERS // max(1, len(made.spans))
    first, *others = [_shown(sentence, limit) for sentence in said] or [
        _("This article has no sentences that could stand for it.")
    ]
    points = "\n".join(others if made.is_whole else (f"- {point}" for point in others))
    words_of_quote = _shown(article.text[slice(*spoken.span)], limit) if spoken else ""
    return card.card(
        card.beside(
            card.text(
                f"### {title(article.title, _TITLE)}",
                card.aside(words.byline(article)),
                card.aside(note) if note else None,
            ),
            card.link_button(_("Source"), article.url),
        ),
        card.text(first if made.is_whole else f"**{first}**"),
        card.gap() if others else None,
        card.text(points) if others else None,
        card.gap() if spoken else None,
        card.text(quote(words_of_quote)) if spoken else None,
        card.text(card.aside(title(spoken.speaker, _SPEAKER))) if spoken else None,
        card.rule(),
        card.text(card.aside(words.footer(made))),
        buttons,
        accent=Accent.ARTICLES,
    )


def _digest(
    made: Digest,
    statements: Sequence[Statement],
    shown: ShownDigest,
    length: Length,
    *,
    is_private: bool,
    is_shared: bool,
) -> ui.LayoutView:
    limit = _MOST_CHARACTERS // len(statements)
    said: list[card.Item] = []
    for number, one in enumerate(statements):
        sentence = _shown(one.text, limit)
        said.append(card.text(sentence if number else f"**{sentence}**", card.aside(_sources(one))))
    articles = list({info.id: info for one in statements for info in one.said_by}.values())
    of_source = _("only {source}").format(source=title(made.source, _TITLE)) if made.source else None
    searched = words.joined(words.articles_since(made.n_articles, made.since), of_source)
    shorter, longer = _around(length)
    is_cut = len(statements) < len(made.statements)
    is_copy = is_shared and not is_private
    mark = ".s" if is_copy else ""
    return card.card(
        card.text(
            f"### {title(made.topic, _QUESTION) or _('What is new')}",
            card.aside(_shared_by(shown.asker)) if is_copy else None,
            card.aside(searched),
        ),
        card.gap(),
        *card.between(said),
        card.rule(),
        card.text(card.aside(words.order_of(made, len(statements)))),
        card.row(
            card.button(_("Shorter"), "digest", shown.id, f"{shorter}.l{mark}")
            if shorter != length and shown.id
            else None,
            card.button(
                _("Longer"),
                "digest",
                shown.id,
                f"{longer}.m{mark}",
                is_off=longer == length or not made.has_more or is_cut,
            )
            if shown.id
            else None,
            card.button(_("Follow up"), "followdigest", shown.id) if shown.id else None,
            _share("sharedigest", shown.id, length, is_shared=is_shared) if is_private and shown.id else None,
            card.button(_("Delete"), "discard", "", shown.asker) if not is_private else None,
        ),
        card.menu(
            _("Summary of…"),
            "summaryof",
            "",
            [(info.title, info.id, words.byline(info)) for info in articles],
        ),
        accent=Accent.ARTICLES,
    )


def _sources(said: Statement) -> str:
    """Who says so, each name a link to the article; of very many the first."""
    names = words.commas([_name(info) for info in said.said_by[:_MOST_NAMES]])
    n_more = len(said.said_by) - _MOST_NAMES
    if n_more > 0:
        names = ngettext("{names} and {n} more", "{names} and {n} more", n_more).format(
            names=names, n=words.number(n_more)
        )
    return words.reported_by(len(said.said_by)) + names


def _name(info: ArticleInfo) -> str:
    return link(info.publisher or info.title, info.url, _NAME)


def _around(length: Length) -> tuple[Length, Length]:
    """The length before *length* and the one after it; itself at an end."""
    at = LENGTHS.index(length)
    return LENGTHS[max(0, at - 1)], LENGTHS[min(len(LENGTHS) - 1, at + 1)]


def _shown(sentence: str, limit: int) -> str:
    """A sentence in one line, escaped, at most *limit* characters of it."""
    line = _LINE_END.sub(" ", sentence)
    end = len(line)
    while len(escape(line[:end])) > limit:
        end = min(end - 1, end * limit // len(escape(line[:end])))
        space = line.rfind(" ", end // 2, end)
        end = space if space > 0 else end
    return escape(line[:end]) + (ELLIPSIS if end < len(line) else "")
