"""What a page looks like when it does not look like an article -> the words for it, in both faces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language import N_, _, ngettext
from bot.replies import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpus.article import PageState

LOOKS_LIKE: Mapping[PageState, str] = {
    "blocked": N_("a page that keeps robots out"),
    "javascript": N_("a page whose text only a browser shows"),
    "consent": N_("a question about cookies"),
    "paywall": N_("the beginning of an article behind a paywall"),
    "short": N_("a page without much of an article"),
    "garbled": N_("something else than a text that people write"),
}
"""In English: `_` says it in the language that is spoken."""


def doubt(state: PageState, n_words: int) -> str:
    """What should be known of a page in this *state*; each face adds the next step."""
    if state == "garbled":  # of which any number of words may be read
        return _("this looks like {something}.").format(something=_(LOOKS_LIKE[state]))
    return ngettext(
        "only {n} word could be read; this looks like {something}.",
        "only {n} words could be read; this looks like {something}.",
        n_words,
    ).format(n=words.number(n_words), something=_(LOOKS_LIKE[state]))
