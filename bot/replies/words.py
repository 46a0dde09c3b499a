"""Facts -> the words for them, the same on every card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.markdown import title

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from corpus.article import ArticleInfo

_NAME = 100
_LANGUAGE = 10

LANGUAGES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French",
    "hi": "Hindi", "it": "Italian", "ja": "Japanese", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese",
    "ru": "Russian", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def day(when: date) -> str:
    """2 July 2020."""
    return f"{when.day} {when:%B %Y}"


def count(number: int, noun: str) -> str:
    """1 article, 1,204 articles."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def language(code: str) -> str:
    return LANGUAGES.get(code) or title(code, _LANGUAGE)


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
