"""Forms come back by what their custom_id says; one that is nobody's is answered too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from simcord.components import validate_modal

from bot import custom_id, language
from bot.replies.settings import SETTINGS
from bot.server_settings import DEFAULT
from bot.state import Draft
from bot.views import answer, digest, draft, feedback, settings, within
from bot.views.form import Form
from corpus.article import Article
from tests.conftest import words_of
from tests.world import bot_of, fill_in, open_server

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import simcord

FORMS = (*answer.FORMS, *digest.FORMS, *draft.FORMS, *feedback.FORMS, *settings.FORMS, *within.FORMS)
LONGEST = {
    "title": 45,
    "label": 45,
    "description": 100,
    "placeholder": 100,
    "value": 4_000,
    "max_length": 4_000,
}
"""What Discord takes of each part of a form; where parts differ, of the shorter."""


def every_form() -> list[Form]:
    """One of each, that of the settings with each of its contents, as long as what is put in may be."""
    long = "ö" * 300
    article = Article(title=long, text=long, publisher=long, author=long, url=f"https://example.org/{long}")
    return [
        answer.AskForm(argument="private", filled_in=long),
        answer.FollowUpForm("Rtbz0KWq-_aB", "private"),
        digest.FollowUpForm("Rtbz0KWq-_aB", "private"),
        within.WithinForm("x" * 60, "private"),
        draft.DetailsForm(Draft("Rtbz0KWq-_aB", 1, article, None, ""), in_place=True),
        draft.AddForm(),
        feedback.NotHelpfulForm("Rtbz0KWq-_aB"),
        *(settings.SettingForm(setting, DEFAULT, 2**63, None) for setting in SETTINGS),
        settings.WipeForm(2**63, long),
    ]


def parts_of(component: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A component, and all that stands in it."""
    yield component
    inner = [*component.get("components", ()), *component.get("options", ())]
    for part in [*inner, component["component"]] if "component" in component else inner:
        yield from parts_of(part)


def test_every_form_has_a_name_of_its_own() -> None:
    assert sorted(form.action for form in FORMS) == sorted(custom_id.FORMS)


def test_no_form_is_called_like_a_button() -> None:
    assert set(custom_id.FORMS) & set(custom_id.ACTIONS) == set()


async def test_no_form_is_kept_by_discord_py() -> None:
    made = every_form()
    assert {type(one) for one in made} == set(FORMS)
    assert all(one.is_finished() for one in made)


@pytest.mark.parametrize("code", language.languages())
async def test_discord_takes_every_form_in_every_language(code: str) -> None:
    language.hear(None, None, code)  # in the context of this test alone, which is a task
    too_long = []
    for made in (one.to_dict() for one in every_form()):
        validate_modal(made)
        assert 1 <= len(made["components"]) <= 5
        for part in parts_of(made):
            lengths = {name: part.get(name) or "" for name in LONGEST}
            too_long += [
                (made["title"], name, value)
                for name, value in lengths.items()
                if (value if isinstance(value, int) else len(value)) > LONGEST[name]
            ]
            assert 1 <= len(part.get("custom_id", "-")) <= 100
    assert too_long == []


async def test_the_bot_knows_every_form(simcord_env: simcord.Env) -> None:
    assert set(bot_of(simcord_env)._forms) == set(FORMS)


@pytest.mark.parametrize("name", ["nonsense", "a1:nosuch::", "a0:pasted::", "a1:page:x:1", "a1:pasted:"])
async def test_a_form_of_another_version_is_answered(
    simcord_env: simcord.Env, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    server = open_server(simcord_env)
    with monkeypatch.context() as before:
        before.setattr(custom_id, "make", lambda *_: name)
        dialog = await server.manager.slash(server.channel, "add")

    result = await fill_in(server.manager, dialog, Text="The ferry waited for the fog.")

    assert result.ephemeral
    assert words_of(result.response) == "This form is of another version of me. Open it again."


async def test_a_form_for_a_draft_that_somebody_made_up_is_answered(
    simcord_env: simcord.Env, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = open_server(simcord_env)
    with monkeypatch.context() as before:
        before.setattr(custom_id, "make", lambda *_: "a1:details:made-up:here")
        dialog = await server.manager.slash(server.channel, "add")

    result = await fill_in(server.manager, dialog, Text="The ferry waited for the fog.")

    assert words_of(result.response).startswith("This preview is older than a day")
