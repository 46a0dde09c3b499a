"""What a button remembers: what is put in comes out again, whatever an article's id looks like."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import custom_id
from bot.views import answer, article, draft
from tests import hostile

ACTIONS = [*answer.ACTIONS, *article.ACTIONS, *draft.ACTIONS]
ARGUMENT = st.one_of(st.integers(0, 10**18).map(str), st.from_regex(r"[a-z0-9.]{0,20}", fullmatch=True))


def read(made: str, action: str) -> tuple[str, str] | None:
    """What the view called *action* reads from a custom_id; None when it is another's."""
    found = re.fullmatch(custom_id.template(action), made)
    return (found["ident"], found["argument"]) if found else None


def test_a_custom_id_that_discord_would_refuse_is_not_made() -> None:
    with pytest.raises(ValueError, match="custom_id of 101 characters"):
        custom_id.make("page", "x" * 92)


def test_the_longest_custom_id_is_made() -> None:
    assert len(custom_id.make("page", "x" * 91)) == 100


@given(hostile.ids, ARGUMENT)
def test_what_is_put_in_comes_out(ident: str, argument: str) -> None:
    assert read(custom_id.make("article", ident, argument), "article") == (ident, argument)


def test_an_id_of_two_lines_comes_out() -> None:
    assert read(custom_id.make("article", "a\nb", "1"), "article") == ("a\nb", "1")


def test_an_id_of_an_article_that_looks_like_another_button_stays_an_id() -> None:
    assert read(custom_id.make("article", "a1:delete:x", 0), "article") == ("a1:delete:x", "0")


@pytest.mark.parametrize(
    "forged", ["", "a1", "a1:page", "a2:page:x:1", "page:x:1", "a1:pages:x:1", "a1:page:x"]
)
def test_a_custom_id_of_another_shape_is_nobodys(forged: str) -> None:
    assert read(forged, "page") is None


@given(hostile.ids, ARGUMENT)
def test_each_button_is_answered_by_one_view(ident: str, argument: str) -> None:
    for action in ACTIONS:
        name = action.__discord_ui_compiled_template__.pattern.split(":")[1]
        made = custom_id.make(name, ident, argument)
        readers = [other for other in ACTIONS if other.__discord_ui_compiled_template__.fullmatch(made)]
        assert readers == [action]
