"""The articles that ship answer the questions people try first; so does the article it all began with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from corpus import passages, reading, starter, terms
from corpus.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.article import Answer, Article

FILES = dict(starter.files())
UN_REPORT = "un-and-pentagon-reports-2020.md"
QUESTIONS = {
    "apollo-11.md": "who walked on the Moon with Neil Armstrong?",
    "honeybee-waggle-dance.md": "how does a bee tell the others where the flowers are?",
    "how-footnote-works.md": "how does Footnote rank passages?",
    "indian-ocean-tsunami-2004.md": "how many people died in the tsunami of 2004?",
    "james-webb-space-telescope.md": "what is the mirror of the James Webb telescope made of?",
    "marie-curie.md": "which elements did Marie Curie discover?",
    "montreal-protocol-ozone-layer.md": "when will the ozone layer recover?",
    "rosetta-stone.md": "who deciphered the hieroglyphs on the Rosetta Stone?",
    "smallpox-eradication.md": "who was the last person to catch smallpox?",
    "suez-canal.md": "how long was the Suez Canal blocked by the Ever Given?",
    "svalbard-global-seed-vault.md": "why were seeds taken out of the vault in Svalbard?",
    UN_REPORT: "what did the UN report say",
}
SHARED = Path(__file__).parents[2] / "shared" / "data"

each_file = pytest.mark.parametrize("name", FILES)


@cache
def article(name: str) -> Article:
    return reading.read(FILES[name], name).article


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    """A library of the starter articles, each under the name of its file. Nothing here writes to it."""
    with TemporaryDirectory() as folder, Library.open(Path(folder)) as opened:
        for name in FILES:
            opened.add(replace(article(name), id=name))
        yield opened


# --- what each article is


def test_ten_to_twelve_articles_ship() -> None:
    assert 10 <= len(FILES) <= 12


@each_file
def test_an_article_has_300_to_700_words(name: str) -> None:
    assert 300 <= terms.n_words(article(name).text) <= 700


@each_file
def test_an_article_has_a_title_of_its_own(name: str) -> None:
    title = article(name).title
    assert [other for other in FILES if article(other).title == title] == [name]


@each_file
def test_an_article_links_to_a_source(name: str) -> None:
    address = urlsplit(article(name).url or "")
    assert (address.scheme, "." in address.netloc) == ("https", True)


@each_file
def test_an_article_has_headings(name: str) -> None:
    assert len(article(name).headings) >= 2


@each_file
def test_a_heading_is_no_paragraph(name: str) -> None:
    found = article(name)
    assert not set(found.headings) & {span for _, span in passages.paragraphs(found)}


@each_file
def test_an_article_is_in_english(name: str) -> None:
    assert article(name).language == "en"


@each_file
def test_an_article_says_that_footnote_published_it_and_when(name: str) -> None:
    found = article(name)
    assert (found.publisher, found.published is None) == ("Footnote", False)


@each_file
def test_no_line_of_an_article_is_left_out(name: str) -> None:
    assert reading.read(FILES[name], name).left_out == ()


@each_file
def test_no_mark_of_markdown_is_left_in_an_article(name: str) -> None:
    text = article(name).text
    assert not [mark for mark in ("##", "**", "](", "---", "`") if mark in text]


# --- what they answer


def test_there_is_a_question_for_every_article() -> None:
    assert sorted(QUESTIONS) == sorted(FILES)


@pytest.mark.parametrize(("name", "question"), QUESTIONS.items(), ids=QUESTIONS)
def test_a_natural_question_finds_its_article(library: Library, name: str, question: str) -> None:
    found = library.ask(question)
    assert (found.status, found.quotes[0].article.id) == ("found", name)


def test_the_un_report_is_quoted_from_its_own_paragraph(library: Library) -> None:
    quote = library.ask("what did the UN report say").quotes[0]
    assert quote.text.startswith("The UN report said that Taliban leaders kept consulting al-Qaeda")


@pytest.mark.parametrize("question", ["how do I bake sourdough bread?", "who won the football league?"])
def test_a_question_that_no_article_answers_is_not_called_found(library: Library, question: str) -> None:
    assert library.ask(question).status != "found"


# --- the article the project began with


@pytest.fixture(scope="module")
def seed() -> Iterator[tuple[Article, Answer]]:
    """The seed article as it is read from its file, and the answer it gives."""
    path = SHARED / "pentagon-taliban.txt"
    if not path.exists():
        pytest.skip("the shared data is not here")
    with TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        stored = library.add(reading.read(path.read_bytes(), path.name).article)
        yield stored, library.ask("what did the UN report say")


def test_the_seed_question_is_answered(seed: tuple[Article, Answer]) -> None:
    assert seed[1].status == "found"


def test_the_seed_question_finds_the_paragraph_that_quotes_the_un_report(
    seed: tuple[Article, Answer],
) -> None:
    assert "The Taliban regularly consulted with Al-Qaida" in seed[1].quotes[0].text


def test_the_seed_answer_is_the_article_word_for_word(seed: tuple[Article, Answer]) -> None:
    stored, answer = seed
    assert all(quote.text in stored.text for quote in answer.quotes)


def test_the_seed_answer_names_its_publisher(seed: tuple[Article, Answer]) -> None:
    assert seed[1].quotes[0].article.publisher == "TRT World"


def test_the_answering_sentence_of_the_seed_lies_inside_its_passage(seed: tuple[Article, Answer]) -> None:
    quote = seed[1].quotes[0]
    assert 0 <= quote.answer.start < quote.answer.end <= len(quote.text)


def test_the_highlights_of_the_seed_mark_words_of_the_question(seed: tuple[Article, Answer]) -> None:
    quote = seed[1].quotes[0]
    assert [quote.text[slice(*span)] for span in quote.highlights] == ["UN report"]


def test_the_seed_article_has_its_headline_for_a_title(seed: tuple[Article, Answer]) -> None:
    assert seed[0].title == "Pentagon says Taliban maintains Al Qaeda ties, jeopardising US-Taliban deal"


def test_the_seed_article_has_its_day(seed: tuple[Article, Answer]) -> None:
    assert seed[0].published == date(2020, 7, 2)


def test_the_seed_article_has_26_paragraphs(seed: tuple[Article, Answer]) -> None:
    assert len(passages.paragraphs(seed[0])) == 26


@pytest.mark.parametrize("caption", ["Reuters Archive", "Steny Hoyer", "Members of a Taliban delegation"])
def test_the_captions_of_the_seed_article_are_left_out(seed: tuple[Article, Answer], caption: str) -> None:
    assert caption not in seed[0].text


@pytest.mark.parametrize(
    "chrome", ["Baztab News", "Open Original News", "Original Link", "More from TRT World", "Latest News"]
)
def test_the_site_around_the_seed_article_is_left_out(seed: tuple[Article, Answer], chrome: str) -> None:
    assert chrome not in seed[0].text
