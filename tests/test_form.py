"""Forms come back by what their custom_id says; one that is nobody's is answered too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot import custom_id
from bot.server_settings import DEFAULT
from bot.state import Draft
from bot.views import answer, digest, draft, feedback, settings, within
from bot.views.form import Form
from corpus.article import Article
from tests.conftest import words_of
from tests.world import bot_of, fill_in, open_server

if TYPE_CHECKING:
    import simcord

FORMS = (*answer.FORMS, *digest.FORMS, *draft.FORMS, *feedback.FORMS, *settings.FORMS, *within.FORMS)
DETAILS = Draft("Rtbz0KWq-_aB", 1, Article(title="Fog", text="Fog."), None, "")


def test_every_form_has_a_name_of_its_own() -> None:
    assert sorted(form.action for form in FORMS) == sorted(custom_id.FORMS)


def test_no_form_is_called_like_a_button() -> None:
    assert set(custom_id.FORMS) & set(custom_id.ACTIONS) == set()


async def test_no_form_is_kept_by_discord_py() -> None:
    made: list[Form] = [
        answer.AskForm(argument="private", filled_in="why"),
        answer.FollowUpForm("Rtbz0KWq-_aB", "private"),
        digest.FollowUpForm("Rtbz0KWq-_aB", "private"),
        within.WithinForm("x" * 60, "private"),
        draft.DetailsForm(DETAILS, in_place=True),
        draft.AddForm(),
        feedback.NotHelpfulForm("Rtbz0KWq-_aB"),
        settings.SettingForm("cooldown", DEFAULT, 1, None),
        settings.WipeForm(1, "Harbour Club"),
    ]
    assert {type(one) for one in made} == set(FORMS)
    assert all(one.is_finished() for one in made)


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
