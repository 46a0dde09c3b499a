"""A summary -> its card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.replies import card, words
from bot.replies.card import Accent
from bot.replies.markdown import ELLIPSIS, escape, title

if TYPE_CHECKING:
    from discord import ui

    from corpus.article import Summary
    from corpus.summary import Length

LENGTHS: tuple[Length, ...] = ("short", "medium", "long")
_TITLE = 100
_MOST_CHARACTERS = 3_200
"""Of all sentences together, after escaping."""
_NOTHING = "This article has no sentences that could stand for it."
_LINE_END = re.compile(r"[ \t]*\n\s*")
_WORDS_A_MINUTE = 230


def summary(made: Summary, length: Length, *, owner: int, shows_delete: bool = True) -> ui.LayoutView:
    """The article's sentences, the first one bold; *owner* may delete the message."""
    article = made.article
    limit = _MOST_CHARACTERS // max(1, len(made.sentences))
    first, *others = [_shown(sentence, limit) for sentence in made.sentences] or [_NOTHING]
    at = LENGTHS.index(length)
    shorter, longer = LENGTHS[max(0, at - 1)], LENGTHS[min(len(LENGTHS) - 1, at + 1)]
    return card.card(
        card.beside(
            card.text(f"### {title(article.title, _TITLE)}", card.aside(words.byline(article))),
            card.link_button("Source", article.url),
        ),
        card.text(f"**{first}**"),
        card.gap() if others else None,
        card.text("\n".join(f"- {point}" for point in others)) if others else None,
        card.rule(),
        card.text(card.aside(_footer(made))),
        card.row(
            card.button("Shorter", "shorter", article.id, f"{shorter}.{owner}", is_off=at == 0),
            card.button("Longer", "longer", article.id, f"{longer}.{owner}", is_off=at == len(LENGTHS) - 1),
            card.button("Delete", "discard", "", owner) if shows_delete else None,
        ),
        accent=Accent.ARTICLES,
    )


def _shown(sentence: str, limit: int) -> str:
    """A sentence in one line, escaped, at most *limit* characters of it."""
    line = _LINE_END.sub(" ", sentence)
    end = len(line)
    while len(escape(line[:end])) > limit:
        end = min(end - 1, end * limit // len(escape(line[:end])))
        space = line.rfind(" ", end // 2, end)
        end = space if space > 0 else end
    return escape(line[:end]) + (ELLIPSIS if end < len(line) else "")


def _footer(made: Summary) -> str:
    n_words = made.article.n_words
    minutes = max(0, n_words - sum(len(sentence.split()) for sentence in made.sentences)) // _WORDS_A_MINUTE
    saves = f" · saves {words.count(minutes, 'minute')}" if minutes else ""
    n_sentences = words.count(len(made.sentences), "sentence")
    return f"{n_sentences}, word for word, of {words.count(n_words, 'word')}{saves}"
