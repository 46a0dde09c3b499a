"""“What did Alam say about the talks?” is answered by words of Alam's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from corpus import codes, terms, who_said
from corpus.article import Article, Query, QueryWord
from corpus.library import Library
from tests.passages_of_terms import passage, query, reranked

if TYPE_CHECKING:
    from collections.abc import Iterator


def asked(question: str, language: str = "en") -> Query:
    words = tuple(QueryWord(word.plain, word.term) for word in terms.words(question, language))
    return Query(question, language, (), words)


# --- whose words a question asks for


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?!",
        "say",
        "what did say",
        "according to",
        "What happened in Doha?",
        "When did Alam announce the talks?",
        "What did he say about the talks?",
        "According to what is the dam safe?",
        "What did " + "Alam " * 40 + "say?",
    ],
)
def test_a_question_for_nobodys_words_has_no_speaker(question: str) -> None:
    assert who_said.speaker(asked(question)) == frozenset()


def test_in_a_language_without_a_list_nobody_is_a_speaker() -> None:
    assert who_said.speaker(asked("what did Alam say", "de")) == frozenset()


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What did Alam say about the talks?", {"alam"}),
        ("what has the UN said about food", {"un"}),
        ("What does Lena Orsk of the harbour think of the bridge?", {"lena", "orsk", "harbour"}),
        ("Which port did Halim announce?", {"halim"}),
        ("According to the coast guard, what did the tanker lose?", {"coast", "guard"}),
        ("What sank according to the Coast Guard?", {"coast", "guard"}),
    ],
)
def test_the_speaker_is_whom_the_question_names(question: str, names: set[str]) -> None:
    assert who_said.speaker(asked(question)) == names


# --- where they speak


@pytest.mark.parametrize(
    "words",
    ["", " ", "alam met them", "they said so", "alam sat with nine of the others and nobody said a word"],
)
def test_nobody_speaks_where_no_such_word_stands_near(words: str) -> None:
    assert not who_said.speaks(frozenset({"alam"}), [codes.of(word) for word in words.split()])


@pytest.mark.parametrize(
    "words",
    ["alam of the north said", "it is late alam said", "according to mr alam it is", "alam also wrote it"],
)
def test_somebody_speaks_beside_a_word_that_says_so(words: str) -> None:
    assert who_said.speaks(frozenset({"alam"}), [codes.of(word) for word in words.split()])


# --- what is answered then

TEXTS = {
    "talks": (
        "Mujib Alam flew to Doha for the talks about the prisoners. "
        "The talks about the prisoners will not be short, Alam said on his arrival. "
        "Officials of both sides met Alam before the talks."
    ),
    "delegates": (
        "The prisoners talks were attended by Alam and nine other delegates. "
        "Nobody expects prisoners to be freed soon."
    ),
    "drought": (
        "The UN food programme fed many people in the drought. "
        "The UN warned that the drought would worsen and that food would run out by spring."
    ),
    "office": (
        "The UN has an office near the drought areas. Food and drought are discussed in the UN office."
    ),
    "dam": (
        "Minister Rahel Tesfaye opened the dam in May. "
        "Tesfaye had long worked on the dam. "
        "The dam, Tesfaye told farmers, would never take water from their fields."
    ),
    "known": ("Tesfaye and the dam are known to all farmers. Farmers once met Tesfaye near the dam."),
    "bridge": (
        "“The bridge is safe to cross,” engineer Lena Orsk wrote. The bridge was built by Orsk and her firm."
    ),
    "twice": ("Lena Orsk inspected the bridge twice. The bridge and Orsk were in the news."),
    "storm": (
        "According to the coast guard, the tanker lost eleven containers in the storm. "
        "The coast guard followed the tanker through the storm."
    ),
    "practice": ("The coast guard and a tanker practised in a storm last year. No tanker sank in the storm."),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Five articles in which somebody speaks, each beside one that names them and the topic as often."""
    with Library.open(tmp_path_factory.mktemp("library")) as opened:
        articles = [Article(id=name, title="News", text=text, language="en") for name, text in TEXTS.items()]
        others = [
            Article(id=f"o{n}", title="News", text=f"Town number {n}, people said, is old.", language="en")
            for n in range(40)
        ]
        list(opened.import_all([*articles, *others]))
        yield opened


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What did Alam say about the talks?", "will not be short"),
        ("What did Alam say about the prisoners?", "will not be short"),
        ("What did the UN say about the drought?", "warned"),
        ("What has the UN said about food?", "warned"),
        ("What did Tesfaye tell farmers about the dam?", "would never"),
        ("What did Tesfaye say about the dam?", "would never"),
        ("What did Lena Orsk write about the bridge?", "safe to cross"),
        ("According to the coast guard, what did the tanker lose in the storm?", "eleven"),
    ],
)
def test_the_sentence_in_which_they_speak_answers(library: Library, question: str, said: str) -> None:
    quote = library.ask(question).quotes[0]
    assert said in quote.text[slice(*quote.answer)]


def test_who_speaks_makes_an_answer_better_and_no_surer() -> None:
    said, other = (
        reranked(
            replace(query(question, "alam", "talks"), words=asked(question).words),
            [(passage(1, "alam said talks"), 1.0)],
        )[0]
        for question in ("What did Alam say of talks?", "What did Alam of talks?")
    )
    assert said.score > other.score
    assert said.confidence == pytest.approx(other.confidence)
