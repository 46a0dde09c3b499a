"""Facts -> the words for them, the same on every card."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.replies.markdown import title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from corpus.article import ArticleInfo, Digest, Summary

_NAME = 100
_WORDS_A_MINUTE = 230
_NO_LANGUAGE = {"und", "zxx", "mul", "mis"}
"""Codes of no language."""


def day(when: date) -> str:
    """2 July 2020."""
    return f"{when.day} {when:%B %Y}"


def count(number: int, noun: str) -> str:
    """1 article, 1,204 articles."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def language(code: str) -> str:
    """Its English name; a code says nothing to a reader."""
    return language_name(code) or "language unknown"


def language_name(code: str) -> str:
    """The same, and nothing where there is no name."""
    return "" if code in _NO_LANGUAGE else _language_names().get(code, "")


@cache
def _language_names() -> Mapping[str, str]:
    from babel import Locale  # a tenth of a second, for a few cards only

    return Locale("en").languages


def listed(names: Sequence[str], last: str = "and") -> str:
    """a · a and b · a, b and c."""
    return f" {last} ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def byline(info: ArticleInfo) -> str:
    """Publisher and date, as far as they are known."""
    parts = [
        title(info.publisher, _NAME) if info.publisher else "",
        day(info.published) if info.published else "",
    ]
    return " · ".join(part for part in parts if part) or "No publisher, no date"


def footer(made: Summary) -> str:
    """What a summary is made of, and the minutes of reading it saves."""
    n_words = made.article.n_words
    if not made.spans:
        return count(n_words, "word")
    if made.is_whole:
        return f"Too short to be summarised: this is all of it · {count(n_words, 'word')}"
    n_shown = made.n_words or sum(len(sentence.split()) for sentence in made.sentences)
    minutes = max(0, n_words - n_shown) // _WORDS_A_MINUTE
    saves = f" · saves {count(minutes, 'minute')}" if minutes else ""
    n_sentences = count(made.n_sentences or len(made.spans), "sentence")
    return f"{n_sentences}, word for word, of {count(n_words, 'word')}{saves}"


def articles_since(n_articles: int, since: date | None) -> str:
    return count(n_articles, "article") + (f", since {day(since)}" if since else "")


def reported_by(n_sources: int) -> str:
    """What stands before the names of those who say so; nothing before one alone."""
    return f"Reported by {n_sources} sources: " if n_sources > 1 else ""


def order_of(made: Digest, n_shown: int | None = None) -> str:
    n_sentences = count(len(made.statements) if n_shown is None else n_shown, "sentence")
    return f"{n_sentences}, word for word · {'most reported' if made.topic.strip() else 'newest'} first"
