"""What a page looks like when it does not look like an article -> the words for it, in both faces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpus.article import PageState

LOOKS_LIKE: Mapping[PageState, str] = {
    "blocked": "a page that keeps robots out",
    "javascript": "a page whose text only a browser shows",
    "consent": "a question about cookies",
    "paywall": "the beginning of an article behind a paywall",
    "short": "a page without much of an article",
    "garbled": "something else than a text that people write",
}


def doubt(state: PageState, n_words: int) -> str:
    """What should be known of a page in this *state*; each face adds the next step."""
    if state == "garbled":  # of which any number of words may be read
        return f"this looks like {LOOKS_LIKE[state]}."
    return f"only {words.count(n_words, 'word')} could be read; this looks like {LOOKS_LIKE[state]}."
