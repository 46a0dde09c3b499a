"""Facts -> the words for them, the same on every card."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.language import ENGLISH, N_, Sentence, _, isolated, ngettext, pgettext, spoken
from bot.replies.markdown import title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from corpus.article import ArticleInfo, Digest, Summary

_NAME = 100
_WORDS_A_MINUTE = 230
_NO_LANGUAGE = {"und", "zxx", "mul", "mis"}
"""Codes of no language."""
_DIGITS = {
    "arab": "٠١٢٣٤٥٦٧٨٩",
    "arabext": "۰۱۲۳۴۵۶۷۸۹",
    "beng": "০১২৩৪৫৬৭৮৯",
    "deva": "०१२३४५६७८९",
}
"""By the name that Unicode has for them."""


_LAST = {
    "24 hours": N_("last 24 hours"),
    "7 days": N_("last 7 days"),
    "30 days": N_("last 30 days"),
    "1 year": N_("last 1 year"),
}


def day(when: date) -> str:
    """2 July 2020."""
    if spoken() == ENGLISH:
        return f"{when.day} {when:%B %Y}"
    from babel.dates import format_date  # a tenth of a second, for nothing where all speak English

    return Sentence(_in_own_digits(format_date(when, "long", locale=spoken())))


def number(value: int) -> str:
    """1,204."""
    if spoken() == ENGLISH:
        return f"{value:,}"
    from babel.numbers import format_decimal

    return _in_own_digits(format_decimal(value, locale=spoken(), numbering_system="default"))


def megabytes(size_bytes: int) -> str:
    """1.2 MB."""
    if spoken() == ENGLISH:
        return f"{size_bytes / 1_000_000:.1f} MB"
    from babel.numbers import format_decimal

    size = format_decimal(size_bytes / 1_000_000, format="0.0", locale=spoken(), numbering_system="default")
    return _("{n} MB").format(n=_in_own_digits(size))


def _in_own_digits(text: str) -> str:
    """*text* with the digits of the language, which Babel leaves to others."""
    from babel import Locale

    digits = _DIGITS.get(Locale.parse(spoken()).default_numbering_system, "")
    return text.translate(str.maketrans("0123456789", digits)) if digits else text


def articles(n: int) -> Sentence:
    """1 article, 1,204 articles."""
    return ngettext("{n} article", "{n} articles", n).format(n=number(n))


def passages(n: int) -> Sentence:
    return ngettext("{n} passage", "{n} passages", n).format(n=number(n))


def paragraphs(n: int) -> Sentence:
    return ngettext("{n} paragraph", "{n} paragraphs", n).format(n=number(n))


def sentences(n: int) -> Sentence:
    return ngettext("{n} sentence", "{n} sentences", n).format(n=number(n))


def n_words(n: int) -> Sentence:
    return ngettext("{n} word", "{n} words", n).format(n=number(n))


def count(number: int, noun: str) -> str:
    """The same of any noun, in English: for the terminal."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def language(code: str) -> str:
    """Its name; a code says nothing to a reader."""
    return language_name(code) or _("language unknown")


def language_name(code: str) -> str:
    """The same, and nothing where there is no name."""
    return "" if code in _NO_LANGUAGE else _language_names(spoken()).get(code, "")


@cache
def _language_names(spoken: str) -> Mapping[str, str]:
    from babel import Locale  # a tenth of a second, for a few cards only

    return Locale.parse(spoken).languages


def listed(names: Sequence[str]) -> str:
    """a · a and b · a, b and c."""
    return _listed(names, _("{some} and {last}"))


def listed_or(names: Sequence[str]) -> str:
    """a · a or b · a, b or c."""
    return _listed(names, _("{some} or {last}"))


def _listed(names: Sequence[str], ending: str) -> str:
    comma = pgettext("between the names of a list", ", ")
    *some, last = names or [""]
    return ending.format(some=comma.join(some), last=last) if some else last


def commas(names: Sequence[str]) -> Sentence:
    """a, b, c."""
    comma = pgettext("between the names of a list", ", ")
    return Sentence(comma.join(isolated(name) for name in names))


def last(period: str, after: date | None = None) -> str:
    """The time that a question is narrowed to, one of `asking.PERIODS` or from a day on; or nothing."""
    if period in _LAST:
        return _(_LAST[period])
    return _("since {day}").format(day=day(after)) if after else ""


def joined(*parts: str | None) -> Sentence:
    """a · b · c, those that are empty or None left out; none turns the others around."""
    return Sentence(" · ".join(isolated(part) for part in parts if part))


def span(first: int, last: int) -> str:
    """2–5, or 2 alone."""
    return f"{number(first)}–{number(last)}" if first < last else number(last)


def by(author: str) -> str:
    return _("by {author}").format(author=title(author, _NAME))


def byline(info: ArticleInfo) -> str:
    """Publisher and date, as far as they are known."""
    publisher = title(info.publisher, _NAME) if info.publisher else ""
    return joined(publisher, day(info.published) if info.published else "") or _("No publisher, no date")


def footer(made: Summary) -> str:
    """What a summary is made of, and the minutes of reading it saves."""
    length = made.article.n_words
    if not made.spans:
        return n_words(length)
    if made.is_whole:
        return joined(_("Too short to be summarised: this is all of it"), n_words(length))
    n_shown = made.n_words or sum(len(sentence.split()) for sentence in made.sentences)
    minutes = max(0, length - n_shown) // _WORDS_A_MINUTE
    n_sentences = sentences(made.n_sentences or len(made.spans))
    return joined(
        _("{sentences}, word for word, of {words}").format(sentences=n_sentences, words=n_words(length)),
        ngettext("saves {n} minute", "saves {n} minutes", minutes).format(n=number(minutes))
        if minutes
        else None,
    )


def articles_since(n_articles: int, since: date | None) -> str:
    if since is None:
        return articles(n_articles)
    return _("{articles}, since {day}").format(articles=articles(n_articles), day=day(since))


def reported_by(n_sources: int) -> str:
    """What stands before the names of those who say so; nothing before one alone."""
    if n_sources == 1:
        return ""
    return (
        ngettext("Reported by {n} source:", "Reported by {n} sources:", n_sources).format(n=number(n_sources))
        + " "
    )


def order_of(made: Digest, n_shown: int | None = None) -> str:
    shown = sentences(len(made.statements) if n_shown is None else n_shown)
    if made.topic.strip():
        return _("{sentences}, word for word · most reported first").format(sentences=shown)
    return _("{sentences}, word for word · newest first").format(sentences=shown)
