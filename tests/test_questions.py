"""Which messages of an ask channel read as questions."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.questions import reads_as_question


@pytest.mark.parametrize(
    "text",
    [
        "",
        "???",
        "🦜?",
        "thanks",
        "Good morning everyone",
        "I think the harbour is closed",
        "When it rained, we went home.",
        "What a storm that was!",
        "https://example.org/search?q=harbour",
        "`SELECT ?` does it",
        "> why was it closed?",
        "<@123456789012345678>",
        "how",
        "nice picture :)",
        "wow nice",
        "was the storm " * 30 + "?",
        "mi casa es grande",
        "Kim said that it is open",
        "من الرياض إلى جدة",
        "几乎全部都开放了",
        "いつもありがとう",
        "Der Hafen ist geschlossen",
        "El puerto está cerrado",
        "港口关闭了",
        "港は閉まっています",
        "बंदरगाह बंद है",
    ],
)
def test_what_asks_nothing_is_no_question(text: str) -> None:
    assert not reads_as_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "Why was the harbour closed?",
        "why was the harbour closed",
        "the harbour is closed?",
        "**Why was it closed?**",
        "(is the harbour open?)",
        "Hello all. Why was the harbour closed? I read https://example.org/x that it was.",
        "was the harbour closed on Monday",
        "Warum war der Hafen geschlossen",
        "por qué cerró el puerto",
        "¿Por qué cerró el puerto?",
        "Pourquoi le port est-il fermé ?",
        "почему закрыли порт",
        "liman kapalı mı",
        "لماذا أغلق الميناء؟",
        "لماذا أغلق الميناء",
        "چرا بندر بسته شد",
        "बंदरगाह कब बंद हुआ",
        "港口为什么关闭",
        "港口关闭了吗？",
        "港はなぜ閉まりましたか",
        "ท่าเรือปิดทำไม",
        "Ինչո՞ւ էր նավահանգիստը փակ՞",
    ],
)
def test_what_asks_something_is_a_question(text: str) -> None:
    assert reads_as_question(text)


def test_the_longest_message_takes_no_time() -> None:
    began = process_time()
    for hostile in (
        "```" * 1_300,
        "a" + " " * 3_999,
        "<" * 4_000,
        "`a" * 2_000,
        "a? " * 90 + "why" + " " * 20,
    ):
        reads_as_question(hostile)
    assert process_time() - began < 0.5


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_told_apart_without_an_error(text: str) -> None:
    assert reads_as_question(text) in (True, False)
