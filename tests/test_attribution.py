"""A quotation is marked together with who said it."""

from __future__ import annotations

import pytest

from corpus.article import Span
from corpus.attribution import with_speaker


def marked(*sentences: str, at: int = 0) -> str:
    text, spans = "", []
    for sentence in sentences:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + " "
    return text[slice(*with_speaker(text, spans, spans[at]))]


@pytest.mark.parametrize(
    "sentence",
    [
        "They left the town.",
        "“We will leave,” Omar said.",
        "“We will leave,” Omar told them, “and soon.”",
        "«Nous partirons», a déclaré Omar.",
        "He called it “a mistake”.",
        "",
    ],
)
def test_a_sentence_that_is_no_bare_quotation_stays_as_it_is(sentence: str) -> None:
    assert marked(sentence, "Omar said that again.") == sentence


@pytest.mark.parametrize(
    ("quotation", "speaker"),
    [
        ("“We will leave.”", "That is what Omar said on Monday."),
        ('"We will leave."', "Omar, the spokesman, said so in Doha."),
        ("«Nous partirons.»", "Omar a déclaré cela lundi."),
        ("「我们会离开。」", "奥马尔说。"),
    ],
)
def test_the_speaker_in_the_next_sentence_is_inside_the_mark(quotation: str, speaker: str) -> None:
    assert marked(quotation, speaker) == f"{quotation} {speaker}"


@pytest.mark.parametrize("speaker", ["Omar said:", "According to Omar,", "Then Omar told reporters this."])
def test_the_speaker_in_the_sentence_before_is_inside_the_mark(speaker: str) -> None:
    assert (
        marked(speaker, "“We will leave.”", "Nothing else happened.", at=1) == f"{speaker} “We will leave.”"
    )


def test_a_neighbour_that_names_no_speaker_is_not_marked() -> None:
    assert marked("“We will leave.”", "The town is old.") == "“We will leave.”"


def test_the_speaker_of_another_quotation_is_not_taken() -> None:
    assert marked("“We will leave.”", "“We stay,” Baradar said.") == "“We will leave.”"
