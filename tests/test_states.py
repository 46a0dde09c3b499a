"""What a page looks like that does not look like an article: each in words of its own, with a next step."""

from __future__ import annotations

from collections import defaultdict
from typing import get_args

import pytest

from bot.replies import errors, states
from bot.replies.reading import warning
from bot.replies.terminal_errors import for_terminal
from corpus.article import PageState
from corpus.errors import NoArticleThere

STATES: tuple[PageState, ...] = get_args(PageState)


def test_each_is_called_something_else() -> None:
    assert len({states.doubt(state, 7) for state in STATES}) == len(STATES)


@pytest.mark.parametrize("state", STATES)
def test_a_warning_says_how_much_was_read_what_it_looks_like_and_what_to_do(state: PageState) -> None:
    said = warning(state, 1_204)
    assert states.LOOKS_LIKE[state] in said
    assert ("only 1,204 words could be read" in said) == (state != "garbled")
    assert "If so, paste its text, or " in said


@pytest.mark.parametrize(
    ("state", "what"),
    [
        ("blocked", "The page shows robots no article, only a test or a refusal."),
        ("javascript", "The page is empty: its text appears only in a browser that runs its scripts."),
        ("consent", "The page shows no article, only a question about cookies."),
        ("paywall", "The page shows no article without a subscription."),
        ("short", "The page holds no text that could be an article."),
    ],
)
def test_a_page_without_any_text_says_why_and_what_to_do(state: PageState, what: str) -> None:
    error = NoArticleThere("The page", state)
    assert for_terminal(error) == f"{what}\nOpen the page in a browser, save it, and add the file."
    said = str(errors.for_discord(error, defaultdict(str, add="/add")).to_components())
    assert what in said
    assert "Save the page and use `file`, or paste the text: /add." in said
