"""Which messages ask nothing: thanks and agreement, in every language that we read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from bot.courtesy import is_courtesy
from tests import hostile


@pytest.mark.parametrize(
    "text",
    ["thanks", "Thank you so much!!", "THX 👍", "ok, got it", "that's great", "that’s great", "Vielen Dank!",
     "¡Muchas gracias!", "merci beaucoup", "спасибо большое", "teşekkür ederim", "شكرا جزيلا", "خیلی ممنون",
     "बहुत धन्यवाद", "谢谢", "ありがとうございます", "ขอบคุณครับ"],
)  # fmt: skip
def test_thanks_ask_nothing(text: str) -> None:
    assert is_courtesy(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "👍",
        "help",
        "what is this",
        "thanks?",
        "2019",
        "ok boomer",
        "thanks, and the ferry",
        "好吗？",
        "no harbour",
    ],
)
def test_what_holds_another_word_or_a_question_mark_may_ask(text: str) -> None:
    assert not is_courtesy(text)


@settings(max_examples=30)
@given(hostile.texts)
def test_any_text_is_judged(text: str) -> None:
    assert is_courtesy(text) in {True, False}
    assert not is_courtesy(f"{text}?")
