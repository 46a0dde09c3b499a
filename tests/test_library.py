"""The front door: what a user can ask of the articles, and what happens when something is in the way."""

from __future__ import annotations

import errno
import gc
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import clock, records, terms
from corpus.article import Article, Origin, Span
from corpus.errors import (
    AlreadyInLibrary,
    ArticleNotFound,
    DiskFull,
    LibraryBusy,
    LibraryDamaged,
    LibraryError,
    LibraryNotFound,
    LibraryNotWritable,
    NoSearchableWords,
    NotALibrary,
    QuestionTooLong,
    SourceNotFound,
)
from corpus.library import Library, Outcome, summarise
from corpus.schema import FILE
from corpus.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from corpus.article import Answer

PROJECT = Path(__file__).parents[1]

WHALES = (
    "Humpback whales sing for hours in the warm waters near Hawaii. Their songs change from year to year.\n\n"
    "Only the males sing, and nobody knows for certain why they do it."
)
CANAL = (
    "The Panama Canal opened to ships in August 1914 after ten years of work.\n\n"
    "Three sets of locks lift each ship 26 metres above the level of the sea."
)
VOLCANO = "Mount Etna on Sicily is the most active volcano in Europe and erupts almost every year."


def article(article_id: str = "whales", text: str = WHALES, **facts: object) -> Article:
    known: dict[str, object] = {"title": article_id.capitalize(), "language": "en"} | facts
    return Article(id=article_id, text=text, **known)  # type: ignore[arg-type]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library without articles."""
    with Library.open(tmp_path / "library") as opened:
        yield opened


@pytest.fixture
def filled(library: Library) -> Library:
    """A library of three articles: whales (Sea News, 2020), canal (Ship News, 2024), volcano."""
    library.add(article("whales", WHALES, publisher="Sea News", author="A. Gull", published=date(2020, 7, 2)))
    library.add(article("canal", CANAL, publisher="Ship News", published=date(2024, 7, 2)))
    library.add(article("volcano", VOLCANO, url="https://etna.example/today"))
    return library


def sql(library: Library, statement: str) -> None:
    """Changes the file behind the library's back, as any SQLite tool could."""
    with closing(sqlite3.connect(library.folder / FILE)) as connection, connection:
        connection.execute(statement)


def ids(library: Library) -> list[str]:
    return sorted(info.id for info in library.list())


def said(answer: Answer) -> object:
    """All that an answer says, but for how long it took."""
    return replace(answer, took_ms=0.0)


# --- questions that cannot be asked


@pytest.mark.parametrize(
    "question",
    ["what is it", "The of And", "", "   ", "😀🎉👍🏽", "?!… — “”", "\0\x1b", "\ud83d"],
    ids=repr,
)
def test_a_question_without_searchable_words_is_refused(filled: Library, question: str) -> None:
    with pytest.raises(NoSearchableWords):
        filled.ask(question)


def test_a_question_of_5000_characters_is_refused_with_the_limit(filled: Library) -> None:
    with pytest.raises(QuestionTooLong, match=r"5,000 characters; the limit is 300\.$"):
        filled.ask("whales" + "s" * 4994)


def test_a_question_of_300_characters_is_answered(filled: Library) -> None:
    question = "whales sing".ljust(299) + "?"
    assert filled.ask(question).status == "found"


def test_a_source_that_is_unknown_is_named_and_so_are_those_that_are_known(filled: Library) -> None:
    with pytest.raises(SourceNotFound) as caught:
        filled.ask("whales", source="Moon News")
    assert (caught.value.wanted, caught.value.known) == ("Moon News", ("Sea News", "Ship News"))


def test_a_source_in_a_library_without_publishers_is_unknown(library: Library) -> None:
    library.add(article())
    with pytest.raises(SourceNotFound):
        library.ask("whales", source="Sea News")


@pytest.mark.parametrize("source", ["", "  "])
def test_an_empty_source_is_unknown(filled: Library, source: str) -> None:
    with pytest.raises(SourceNotFound):
        filled.ask("whales", source=source)


@pytest.mark.parametrize("question", ["whales \ud83d sing", "whales\0sing", "whales \x07 sing"], ids=repr)
def test_a_question_with_characters_that_are_no_text_is_answered(filled: Library, question: str) -> None:
    assert filled.ask(question).status == "found"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40) | st.text("whales canal é中ไ'’. \u200d\u0301²½", max_size=40))
def test_any_question_gets_an_answer_or_a_sentence(filled: Library, question: str) -> None:
    with suppress(NoSearchableWords):
        assert filled.ask(question).question == question


# --- libraries of none, one and two articles


def test_a_library_without_articles_finds_nothing(library: Library) -> None:
    found = library.ask("where do whales sing")
    assert (found.status, found.quotes, found.matches, found.n_articles) == ("nothing", (), 0, 0)


def test_a_library_of_one_article_finds_it(library: Library) -> None:
    library.add(article())
    found = library.ask("where do whales sing")
    assert (found.status, found.quotes[0].article.id, found.n_articles) == ("found", "whales", 1)


def test_a_library_of_one_passage_scores_it_above_zero(library: Library) -> None:
    library.add(article("volcano", VOLCANO))
    assert library.ask("active volcano").quotes[0].score > 0


def test_a_library_of_one_article_does_not_answer_another_question(library: Library) -> None:
    library.add(article())
    assert library.ask("when did the Panama Canal open").status == "nothing"


@pytest.mark.parametrize(("question", "right"), [("active volcano", "volcano"), ("canal locks", "canal")])
def test_a_library_of_two_articles_tells_them_apart(library: Library, question: str, right: str) -> None:
    library.add(article("volcano", VOLCANO))
    library.add(article("canal", CANAL))
    found = library.ask(question)
    assert (found.status, found.quotes[0].article.id) == ("found", right)


def test_the_same_answer_comes_again(filled: Library) -> None:
    assert said(filled.ask("whales and ships of the sea")) == said(filled.ask("whales and ships of the sea"))


# --- what an answer holds


def test_a_quote_is_the_article_word_for_word(filled: Library) -> None:
    assert filled.ask("where do whales sing").quotes[0].text == WHALES.split("\n\n", 1)[0]


def test_a_quote_says_where_in_its_article_it_begins(filled: Library) -> None:
    quote = filled.ask("how far do locks lift a ship").quotes[0]
    assert CANAL[quote.start :] == quote.text


def test_a_quote_says_which_paragraph_it_is(filled: Library) -> None:
    assert filled.ask("how far do locks lift a ship").quotes[0].position == 1


def test_the_answering_sentence_is_marked(filled: Library) -> None:
    quote = filled.ask("where do humpback whales sing").quotes[0]
    assert quote.text[slice(*quote.answer)].startswith("Humpback whales sing for hours")
    assert quote.text[slice(*quote.answer)].count(".") == 1


def test_a_sentence_that_opens_with_a_pronoun_is_marked_with_the_one_that_names_it(filled: Library) -> None:
    quote = filled.ask("how do the songs of whales change").quotes[0]
    marked = quote.text[slice(*quote.answer)]
    assert marked.startswith("Humpback whales sing")
    assert marked.endswith("Their songs change from year to year.")


def test_the_words_of_the_question_are_marked_in_any_inflection(filled: Library) -> None:
    quote = filled.ask("whale singing").quotes[0]
    assert [quote.text[slice(*span)] for span in quote.highlights] == ["whales sing"]


def test_a_quote_links_to_the_words_of_its_article(filled: Library) -> None:
    link = filled.ask("active volcano").quotes[0].link
    assert link is not None
    assert link.startswith("https://etna.example/today#:~:text=Mount%20Etna")


def test_a_quote_without_an_address_has_no_link(filled: Library) -> None:
    assert filled.ask("whales sing").quotes[0].link is None


def test_words_that_no_article_holds_are_listed_as_they_were_typed(filled: Library) -> None:
    assert filled.ask("Do Whales eat Chocolate and broccoli?").unknown_words == (
        "eat",
        "Chocolate",
        "broccoli",
    )


def test_the_words_that_the_best_passage_holds_are_told_from_those_it_lacks(filled: Library) -> None:
    found = filled.ask("Do humpback Whales pass the locks in August?")
    assert (found.held_words, found.missed_words) == (("humpback", "Whales"), ("pass", "locks", "August"))


def test_a_word_that_is_typed_twice_is_told_once(filled: Library) -> None:
    assert filled.ask("chocolate whales, chocolate seals").unknown_words == ("chocolate", "seals")


def test_no_more_passages_come_than_were_asked_for(filled: Library) -> None:
    assert len(filled.ask("the ship and the sea, the whales", top=1).quotes) == 1


def test_the_best_passage_comes_first(filled: Library) -> None:
    scores = [quote.score for quote in filled.ask("years of ships and whales", top=10).quotes]
    assert scores == sorted(scores, reverse=True)


def test_the_words_of_the_title_lead_to_the_article(filled: Library) -> None:
    filled.add(article("nest", "It is built of twigs and leaves.", title="How the wren lives"))
    assert filled.ask("wren").quotes[0].article.id == "nest"


def test_an_article_that_is_only_headings_is_not_searched(library: Library) -> None:
    library.add(article("bare", "Whales\n\nCanals", headings=(Span(0, 6), Span(8, 14))))
    assert library.ask("whales").status == "nothing"


def test_a_title_of_ten_thousand_characters_does_no_harm(filled: Library) -> None:
    filled.add(article("long", "It is built of twigs.", title="whale " * 1700))
    assert filled.ask("where do humpback whales sing").quotes[0].article.id == "whales"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Sea News", {"whales"}),
        ("sea news", {"whales"}),
        (" SEA ", {"whales"}),
        ("news", {"whales", "canal"}),
    ],
)
def test_a_question_can_be_narrowed_to_a_source(filled: Library, source: str, expected: set[str]) -> None:
    found = filled.ask("years of whales, ships and volcanoes", source=source, top=10)
    assert {quote.article.id for quote in found.quotes} == expected


def test_a_source_named_in_full_does_not_mean_one_whose_name_holds_it(library: Library) -> None:
    library.add(article("a", publisher="Sea News"))
    library.add(article("b", WHALES + " Again.", publisher="Deep Sea News"))
    found = library.ask("whales sing", source="sea news", top=10)
    assert {quote.article.id for quote in found.quotes} == {"a"}


def test_a_question_can_be_narrowed_to_a_time(filled: Library) -> None:
    found = filled.ask("years of whales and ships", since=date(2024, 7, 2), top=10)
    assert "whales" not in {quote.article.id for quote in found.quotes}


def test_a_narrowed_question_scores_as_the_whole_library_does(filled: Library) -> None:
    whole, narrowed = filled.ask("whales sing"), filled.ask("whales sing", source="Sea News")
    assert narrowed.quotes[0].score == whole.quotes[0].score


def test_nothing_is_found_since_a_day_after_every_article(filled: Library) -> None:
    assert filled.ask("whales sing", since=date(9999, 12, 31)).status == "nothing"


def test_an_article_of_the_far_future_is_found_since_any_day(library: Library) -> None:
    library.add(article(published=date(9999, 12, 31)))
    assert library.ask("whales sing", since=date(1, 1, 1)).status == "found"


GERMAN = "Die Störche brüten auf den Dächern der Dörfer und fliegen im Herbst nach Afrika."


@pytest.mark.parametrize(
    ("question", "right"),
    [("Wo brütet der Storch auf dem Dach?", "störche"), ("where do humpback whales sing?", "whales")],
)
def test_a_library_of_two_languages_answers_in_each(library: Library, question: str, right: str) -> None:
    library.add(article("whales", WHALES, language=""))
    library.add(article("störche", GERMAN, language=""))
    found = library.ask(question)
    assert (found.status, found.quotes[0].article.id) == ("found", right)


def test_passages_of_an_earlier_answer_can_be_quoted_again(filled: Library) -> None:
    first = filled.ask("years of whales and ships", top=10)
    again = filled.quote_again(first.question, first.language, first.numbers)
    assert [(quote.text, quote.answer, quote.highlights) for quote in again] == [
        (quote.text, quote.answer, quote.highlights) for quote in first.quotes
    ]


def test_a_passage_that_was_removed_meanwhile_is_not_quoted_again(filled: Library) -> None:
    first = filled.ask("whales sing")
    filled.remove(["whales"])
    assert filled.quote_again(first.question, first.language, first.numbers) == ()


def test_a_question_without_words_quotes_again_without_marks(filled: Library) -> None:
    [quote] = filled.quote_again("what is it", "en", [1])
    assert quote.highlights == ()


# --- adding and replacing


def test_adding_an_article_whose_id_is_taken_names_the_one_that_has_it(filled: Library) -> None:
    with pytest.raises(AlreadyInLibrary) as caught:
        filled.add(article("whales", "Another text."))
    assert (caught.value.article_id, caught.value.title) == ("whales", "Whales")


def test_adding_an_article_whose_id_is_taken_changes_nothing(filled: Library) -> None:
    before = filled.get("whales")
    with pytest.raises(AlreadyInLibrary):
        filled.add(article("whales", "Another text."))
    assert filled.get("whales") == before


def test_adding_a_text_twice_names_the_first(filled: Library) -> None:
    with pytest.raises(AlreadyInLibrary) as caught:
        filled.add(Article(text=CANAL, title="The canal once more"))
    assert caught.value.article_id == "canal"


def test_a_text_that_has_an_id_of_its_own_may_be_there_twice(filled: Library) -> None:
    filled.add(article("canal-2", CANAL))
    assert ids(filled) == ["canal", "canal-2", "volcano", "whales"]


def test_a_text_that_is_there_can_be_refused_before_it_is_added(filled: Library) -> None:
    with pytest.raises(AlreadyInLibrary) as caught:
        filled.refuse_same_text(article("canal-2", CANAL))
    assert caught.value.article_id == "canal"


def test_a_text_that_is_not_there_is_not_refused(filled: Library) -> None:
    filled.refuse_same_text(article("whales", "Another text."))
    assert ids(filled) == ["canal", "volcano", "whales"]


def test_two_articles_may_bear_one_title(library: Library) -> None:
    library.add(Article(title="News", text=WHALES))
    library.add(Article(title="News", text=CANAL))
    assert [info.title for info in library.list()] == ["News", "News"]


def test_an_id_of_ours_is_short_and_in_small_letters(library: Library) -> None:
    assert re.fullmatch(r"[a-z0-9]{4,8}", library.add(Article(text=WHALES)).id)


def test_ids_of_ours_are_random(tmp_path: Path) -> None:
    with Library.open(tmp_path / "one") as one, Library.open(tmp_path / "two") as two:
        assert one.add(Article(text=WHALES)).id != two.add(Article(text=WHALES)).id


@pytest.mark.parametrize(
    "article_id", ["two words", "a'b\"c; DROP TABLE articles;--", "Ünïcødé/鲸 🐳", "%_\\"]
)
def test_an_id_may_hold_any_characters(library: Library, article_id: str) -> None:
    library.add(article(article_id))
    assert library.find(article_id).id == library.remove([article_id])[0].id == article_id


def test_an_article_without_a_title_is_called_by_its_first_words(library: Library) -> None:
    title = library.add(Article(text=WHALES)).title
    assert title == "Humpback whales sing for hours in the warm waters near Hawaii. Their songs…"


def test_an_article_without_a_language_is_given_the_one_it_is_in(library: Library) -> None:
    assert library.add(Article(text=GERMAN)).language == "de"


def test_a_text_without_letters_is_in_no_known_language(library: Library) -> None:
    assert library.add(Article(text="😀 1914 🎉")).language == "und"


def test_an_article_is_given_the_time_it_is_added(library: Library) -> None:
    before = clock.now()
    added = library.add(article()).added
    assert added is not None
    assert before <= added <= clock.now()


def test_the_words_of_an_article_are_counted(library: Library) -> None:
    assert library.add(Article(text="Whales sing. Seals bark all day.")).n_words == 6


def test_an_article_is_given_back_as_it_is_stored(library: Library) -> None:
    stored = library.add(Article(text=WHALES))
    assert library.get(stored.id) == stored


@pytest.mark.parametrize("key", ["title", "text", "url", "publisher", "author", "language"])
def test_half_a_character_in_an_article_does_no_harm(library: Library, key: str) -> None:
    broken: dict[str, Any] = {key: "wh\ud83dales"}
    library.add(replace(article(), **broken))
    assert ids(library) == ["whales"]


def test_half_a_character_in_the_id_of_a_new_article_does_no_harm(library: Library) -> None:
    library.add(article("wh\ud83dales"))


def test_half_a_character_in_a_text_without_an_id_does_no_harm(library: Library) -> None:
    library.add(Article(text=f"\ud83d {WHALES}"))


def test_half_a_character_in_an_import_does_no_harm(library: Library) -> None:
    list(library.import_all([article("wh\ud83dales"), Article(text=f"\ud83d {WHALES}")]))


def test_half_a_character_in_a_text_that_is_asked_for_does_no_harm(library: Library) -> None:
    library.refuse_same_text(Article(text=f"\ud83d {WHALES}"))


def test_importing_a_text_with_half_a_character_again_changes_nothing(library: Library) -> None:
    several = [article(text=f"\ud83d {WHALES}")]
    list(library.import_all(several))
    assert list(library.import_all(several)) == [Outcome("whales", "skipped")]


def test_a_language_that_is_a_tag_is_shortened_to_its_code(library: Library) -> None:
    assert library.add(article(language="en-US")).language == "en"


def test_a_language_that_is_no_code_is_detected(library: Library) -> None:
    assert library.add(article(language="English")).language == "en"


@pytest.mark.parametrize("look_up", [Library.get, Library.find, lambda library, name: library.remove([name])])
def test_half_a_character_in_an_id_is_an_unknown_id(
    filled: Library, look_up: Callable[[Library, str], object]
) -> None:
    with pytest.raises(ArticleNotFound):
        look_up(filled, "wh\ud83dales")


def test_a_nul_in_a_text_cuts_no_quote_short(library: Library) -> None:
    library.add(article(text="Humpback whales\0 sing for hours near Hawaii every winter."))
    assert library.ask("humpback whales").quotes[0].text.endswith("every winter.")


def test_a_language_of_5000_characters_does_no_harm(library: Library) -> None:
    library.add(article(language="x" * 5000))


def test_a_paragraph_of_five_megabytes_can_be_added(library: Library) -> None:
    library.add(Article(text="x" * 5_000_000, language="und"))


def test_replacing_an_article_that_is_not_there_names_it(filled: Library) -> None:
    with pytest.raises(ArticleNotFound, match="“wales”"):
        filled.replace(article("wales"))


def test_replacing_an_article_without_an_id_adds_nothing(filled: Library) -> None:
    with pytest.raises(ArticleNotFound):
        filled.replace(Article(text="Another text."))
    assert ids(filled) == ["canal", "volcano", "whales"]


def test_a_replaced_article_answers_with_its_new_text(filled: Library) -> None:
    filled.ask("whales sing")
    filled.replace(article("whales", "Blue whales weigh up to 190 tonnes, more than any dinosaur did."))
    assert filled.ask("how much do whales weigh").quotes[0].text.startswith("Blue whales weigh")


def test_a_replaced_article_answers_with_its_old_text_no_more(filled: Library) -> None:
    filled.ask("songs of the humpback")
    filled.replace(article("whales", "Blue whales weigh up to 190 tonnes, more than any dinosaur did."))
    assert filled.ask("songs of the humpback").status == "nothing"


NEW_TITLE, NEW_FACTS = (
    {"title": "Singers of the sea"},
    {"publisher": "Deep News", "url": "https://deep.example/"},
)


def changed(library: Library, **facts: Any) -> Article:
    return library.change_details(replace(library.get("whales"), **facts))


def test_changing_what_is_known_of_an_article_that_is_not_there_names_it(filled: Library) -> None:
    with pytest.raises(ArticleNotFound, match="“wales”"):
        filled.change_details(article("wales"))


@pytest.mark.parametrize("facts", [NEW_TITLE, NEW_FACTS], ids=["title", "other facts"])
def test_what_is_known_of_an_article_can_be_changed(filled: Library, facts: dict[str, str]) -> None:
    expected = replace(filled.get("whales"), **facts)  # type: ignore[arg-type]
    assert (changed(filled, **facts), filled.get("whales")) == (expected, expected)


@pytest.mark.parametrize("facts", [NEW_TITLE, NEW_FACTS], ids=["title", "other facts"])
def test_changing_what_is_known_of_an_article_leaves_its_text(filled: Library, facts: dict[str, str]) -> None:
    changed(filled, text="Another text.", **facts)
    assert filled.get("whales").text == WHALES


def test_an_article_is_found_by_its_new_title(filled: Library) -> None:
    filled.ask("singers")
    changed(filled, **NEW_TITLE)
    assert filled.ask("singers of the sea").quotes[0].article.id == "whales"


def test_an_earlier_answer_still_knows_the_passages_of_an_article_with_a_new_address(filled: Library) -> None:
    first = filled.ask("whales sing")
    changed(filled, **NEW_FACTS)
    [quote, *_] = filled.quote_again(first.question, first.language, first.numbers)
    assert (quote.article.publisher, str(quote.link)[:21]) == ("Deep News", "https://deep.example/")


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(
            NEW_TITLE,
            id="title",
        ),
        pytest.param(NEW_FACTS, id="other facts"),
    ],
)
def test_changing_what_is_known_of_an_article_keeps_the_time_it_was_added(
    filled: Library, facts: dict[str, str]
) -> None:
    added = filled.get("whales").added
    assert changed(filled, added=None, **facts).added == added


# --- an article fetched again

ORIGIN = Origin("https://news.example.org/whales", '"v2"', "Thu, 02 Jul 2020 08:00:00 GMT")


def fetched(text: str, **facts: object) -> Article:
    return article("", text, origin=ORIGIN, **facts)


def test_fetching_an_unknown_article_again_names_it(filled: Library) -> None:
    with pytest.raises(ArticleNotFound, match="wales"):
        filled.refresh("wales", fetched(WHALES))


def test_a_new_version_takes_the_place_of_the_old_under_its_id(filled: Library) -> None:
    before = filled.get("whales")
    assert filled.refresh("whales", fetched("Dolphins whistle to each other.")) == ("whales", "replaced")
    after = filled.get("whales")
    assert (after.text, after.origin, after.added) == (
        "Dolphins whistle to each other.",
        ORIGIN,
        before.added,
    )


def test_a_new_version_is_found_and_the_old_no_more(filled: Library) -> None:
    filled.refresh("whales", fetched("Dolphins whistle to each other."))
    assert filled.ask("dolphins whistle").quotes[0].article.id == "whales"
    assert "whales" not in {quote.article.id for quote in filled.ask("songs").quotes}


def test_what_somebody_may_have_corrected_stays(filled: Library) -> None:
    filled.refresh("whales", fetched("Dolphins whistle.", title="Ad", publisher="Ad", author="Ad"))
    after = filled.get("whales")
    assert (after.title, after.publisher, after.author, after.published) == (
        filled.get("whales").title, "Sea News", "A. Gull", date(2020, 7, 2),
    )  # fmt: skip
    assert after.title != "Ad"


def test_what_was_not_known_is_taken_from_the_new_version(filled: Library) -> None:
    filled.refresh("volcano", fetched("Etna smokes.", publisher="Etna News", published=date(2021, 1, 1)))
    after = filled.get("volcano")
    assert (after.publisher, after.published) == ("Etna News", date(2021, 1, 1))


def test_the_same_text_keeps_its_passages_and_learns_where_it_came_from(filled: Library) -> None:
    numbers = filled.ask("whales").numbers
    assert filled.refresh("whales", fetched(WHALES)) == ("whales", "skipped")
    assert (filled.ask("whales").numbers, filled.get("whales").origin) == (numbers, ORIGIN)


def test_a_new_version_that_cannot_be_stored_leaves_the_old(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(filled._store, "insert", fails)
    with pytest.raises(DiskFull):
        filled.refresh("whales", fetched("Dolphins whistle."))
    assert filled.get("whales").text == WHALES


def test_who_reads_beside_a_refresh_meets_the_old_version_whole_or_the_new(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert = filled._store.insert

    def beside() -> tuple[str, bool]:
        with Library.open(filled.folder) as other:
            return other.get("whales").text, bool(other.ask("dolphins").quotes)

    def insert_while_somebody_reads(*arguments: Any, **options: Any) -> None:
        assert beside() == (WHALES, False)
        insert(*arguments, **options)
        assert beside() == (WHALES, False)

    monkeypatch.setattr(filled._store, "insert", insert_while_somebody_reads)
    filled.refresh("whales", fetched("Dolphins whistle to each other."))
    assert beside() == ("Dolphins whistle to each other.", True)


def test_under_another_address_an_article_came_from_nowhere_that_is_known(filled: Library) -> None:
    filled.refresh("whales", fetched(WHALES))
    assert filled.change_details(replace(filled.get("whales"), author="B. Gull")).origin == ORIGIN
    moved = replace(filled.get("whales"), url="https://other.example.org/")
    assert filled.change_details(moved).origin is None


# --- looking up


def test_an_unknown_id_is_named_with_those_it_may_mean(filled: Library) -> None:
    with pytest.raises(ArticleNotFound) as caught:
        filled.get("wales")
    assert (caught.value.wanted, caught.value.nearest) == ("wales", ("Whales (whales)",))


def test_an_unknown_id_in_an_empty_library_is_near_to_nothing(library: Library) -> None:
    with pytest.raises(ArticleNotFound) as caught:
        library.get("wales")
    assert caught.value.nearest == ()


@pytest.mark.parametrize("wanted", ["volcano", "VOLCANO", "https://etna.example/today", "olcan"])
def test_an_article_is_found_by_id_address_title_or_a_part_of_it(filled: Library, wanted: str) -> None:
    assert filled.find(wanted).id == "volcano"


def test_a_part_of_two_titles_finds_neither(filled: Library) -> None:
    with pytest.raises(ArticleNotFound):
        filled.find("a")


def test_a_title_in_full_is_found_though_another_holds_it(filled: Library) -> None:
    filled.add(article("more", "Another text.", title="Whales and men"))
    assert filled.find("whales").id == "whales"


def test_looking_for_nothing_finds_nothing(filled: Library) -> None:
    with pytest.raises(ArticleNotFound):
        filled.find("")


def test_a_title_of_two_articles_offers_both(library: Library) -> None:
    library.add(article("one", WHALES, title="News"))
    library.add(article("two", CANAL, title="News"))
    with pytest.raises(ArticleNotFound) as caught:
        library.find("News")
    assert caught.value.nearest == ("News (one)", "News (two)")


def test_articles_are_listed_newest_first(library: Library) -> None:
    library.add(article("old", WHALES, published=date(2019, 1, 1)))
    library.add(article("undated", CANAL, added=datetime(2022, 1, 1, tzinfo=UTC)))
    library.add(article("new", VOLCANO, published=date(2024, 1, 1)))
    assert [info.id for info in library.list()] == ["new", "undated", "old"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["canal", "volcano", "whales"]),
        ("WHALES", ["whales"]),
        ("sea news", ["whales"]),
        ("gull", ["whales"]),
        ("news", ["canal", "whales"]),
        ("whales ship", []),
        ("chocolate", []),
        ("\ud83d", []),
    ],
)
def test_articles_are_listed_by_words_of_title_publisher_and_author(
    filled: Library, query: str, expected: list[str]
) -> None:
    assert sorted(info.id for info in filled.list(query)) == expected


def test_publishers_are_named_once_and_in_order(filled: Library) -> None:
    filled.add(article("more", "Another text.", publisher="Ship News"))
    assert filled.publishers() == ("Sea News", "Ship News")


# --- removing


def test_removing_an_unknown_article_names_it(filled: Library) -> None:
    with pytest.raises(ArticleNotFound, match="“wales”"):
        filled.remove(["wales"])


def test_removing_an_unknown_article_among_others_removes_none(filled: Library) -> None:
    with pytest.raises(ArticleNotFound):
        filled.remove(["whales", "wales", "canal"])
    assert ids(filled) == ["canal", "volcano", "whales"]


def test_a_removed_article_is_given_back(filled: Library) -> None:
    stored = filled.get("whales")
    assert filled.remove(["whales"]) == (stored,)


def test_naming_an_article_twice_removes_it_once(filled: Library) -> None:
    assert [info.id for info in filled.remove(["whales", "whales"])] == ["whales"]


def test_removing_nothing_removes_nothing(filled: Library) -> None:
    assert filled.remove([]) == ()


def test_a_removed_article_answers_no_more(filled: Library) -> None:
    filled.ask("whales sing")
    filled.remove(["whales"])
    assert filled.ask("whales sing").status == "nothing"


def test_the_words_of_a_removed_article_are_unknown(filled: Library) -> None:
    filled.ask("whales of Panama")
    filled.remove(["whales"])
    assert filled.ask("whales of Panama").unknown_words == ("whales",)


def test_a_removed_article_can_be_added_again(filled: Library) -> None:
    filled.remove(["whales"])
    filled.add(article())
    assert filled.ask("whales sing").status == "found"


# --- imports of many


def test_an_import_says_what_became_of_each_article(filled: Library) -> None:
    given_again = [article(), article("canal", "The canal is closed."), article("moon", "The Moon is full.")]
    assert list(filled.import_all(given_again)) == [
        Outcome("whales", "skipped"),
        Outcome("canal", "replaced"),
        Outcome("moon", "added"),
    ]


def test_a_text_without_an_id_that_is_there_is_skipped(filled: Library) -> None:
    assert list(filled.import_all([Article(text=CANAL)])) == [Outcome("canal", "skipped")]


def test_importing_again_adds_nothing(library: Library) -> None:
    several = [article("whales"), Article(text=CANAL), Article(text=VOLCANO)]
    list(library.import_all(several))
    assert {outcome.change for outcome in library.import_all(several)} == {"skipped"}


def test_a_text_that_an_import_holds_twice_is_added_once(library: Library) -> None:
    changes = [outcome.change for outcome in library.import_all([Article(text=CANAL)] * 2)]
    assert changes == ["added", "skipped"]


def test_an_article_that_an_import_changes_keeps_the_time_it_was_added(filled: Library) -> None:
    added = filled.get("whales").added
    list(filled.import_all([article("whales", "Blue whales weigh up to 190 tonnes.")]))
    assert filled.get("whales").added == added


def test_an_article_that_an_import_changes_answers_with_its_new_text(filled: Library) -> None:
    filled.ask("whales sing")
    list(filled.import_all([article("whales", "Blue whales weigh up to 190 tonnes.")]))
    assert filled.ask("whales").quotes[0].text == "Blue whales weigh up to 190 tonnes."


def test_importing_nothing_changes_nothing(filled: Library) -> None:
    assert list(filled.import_all([])) == []


NUMBERED = [article(f"n{number}", f"Whale number {number} sings.") for number in range(7)]


def interrupted_after(n_articles: int) -> Iterator[Article]:
    yield from NUMBERED[:n_articles]
    raise KeyboardInterrupt


def test_an_import_that_is_cut_off_keeps_what_is_committed(library: Library) -> None:
    with pytest.raises(KeyboardInterrupt):
        list(library.import_all(interrupted_after(5), batch=2))
    assert ids(library) == ["n0", "n1", "n2", "n3"]


def test_an_import_that_was_cut_off_goes_on(library: Library) -> None:
    with pytest.raises(KeyboardInterrupt):
        list(library.import_all(interrupted_after(5), batch=2))
    changes = [outcome.change for outcome in library.import_all(NUMBERED, batch=2)]
    assert changes == ["skipped"] * 4 + ["added"] * 3


def test_what_an_import_has_told_is_committed(library: Library) -> None:
    importing = library.import_all(NUMBERED, batch=3)
    told = [next(importing).article_id for _ in range(3)]
    with Library.open(library.folder) as other:
        assert ids(other) == told


class CutOffInside(Article):
    """An article whose text cannot be had when it is written."""

    __slots__ = ()

    def __getattribute__(self, name: str) -> object:
        if name == "headings":
            raise KeyboardInterrupt
        return super().__getattribute__(name)


def test_an_import_cut_off_while_it_writes_leaves_whole_batches(library: Library) -> None:
    broken = CutOffInside(id="n4", text="Whale number 4 sings.", title="N4", language="en")
    with pytest.raises(KeyboardInterrupt):
        list(library.import_all([*NUMBERED[:3], broken], batch=2))
    assert ids(library) == ["n0", "n1"]


# --- export


def test_articles_are_exported_in_the_order_they_were_added(filled: Library) -> None:
    assert [one.id for one in filled.export()] == ["whales", "canal", "volcano"]


def test_an_empty_library_exports_nothing(library: Library) -> None:
    assert list(library.export()) == []


def test_the_library_can_be_changed_while_it_is_exported(filled: Library) -> None:
    for one in filled.export():
        filled.remove([one.id])
    assert ids(filled) == []


QUESTIONS = ["whales sing", "when did the canal open to ships", "years", "volcano of Europe", "chocolate"]


def imported_from(exporting: Library, folder: Path) -> list[object]:
    """What a new library says to `QUESTIONS` after reading what *exporting* wrote."""
    lines = list(records.write(exporting.export()))
    with Library.open(folder) as importing:
        list(importing.import_all(records.read(line, "line") for line in lines))
        return [essence(importing.ask(question)) for question in QUESTIONS]


def essence(answer: Answer) -> object:
    """What an answer says, but for when its articles were added and the passages' numbers."""
    quotes = [
        (
            quote.article.id,
            quote.text,
            quote.position,
            quote.answer,
            quote.highlights,
            quote.score,
            quote.link,
        )
        for quote in answer.quotes
    ]
    return answer.status, answer.confidence, quotes, answer.matches, answer.held_words, answer.unknown_words


def test_what_is_exported_and_imported_gives_the_same_answers(filled: Library, tmp_path: Path) -> None:
    before = [essence(filled.ask(question)) for question in QUESTIONS]
    assert imported_from(filled, tmp_path / "copy") == before


def test_what_is_exported_and_imported_gives_the_same_answers_from_tiny_paragraphs(
    filled: Library, tmp_path: Path
) -> None:
    filled.add(article("notes", "Years ago.\n\nWhales sing.\n\nShips pass the canal.\n\nThe volcano sleeps."))
    before = [essence(filled.ask(question)) for question in QUESTIONS]
    assert imported_from(filled, tmp_path / "copy") == before


# --- checking


def test_a_sound_library_has_no_problems(filled: Library) -> None:
    report = filled.check()
    assert (report.n_articles, report.n_passages, report.problems, report.mended) == (3, 5, (), 0)


TAMPERINGS = {
    "a start": "UPDATE passages SET start = start + 3 WHERE number = 1",
    "an end": 'UPDATE passages SET "end" = "end" - 3 WHERE number = 1',
    "a position": "UPDATE passages SET position = 9 WHERE number = 1",
    "the terms": "UPDATE passages SET terms = replace(terms, 'whale', 'shark') WHERE number = 1",
    "a passage gone": "DELETE FROM passages WHERE number = 1",
    "a passage too many": 'INSERT INTO passages (article, position, start, "end", sentences, terms)'
    ' SELECT article, position, start, "end", sentences, terms FROM passages WHERE number = 1',
}
tampered = pytest.mark.parametrize("statement", TAMPERINGS.values(), ids=TAMPERINGS)


@tampered
def test_a_passage_that_was_tampered_with_is_found_and_its_article_named(
    filled: Library, statement: str
) -> None:
    sql(filled, statement)
    report = filled.check()
    assert (report.problems, report.mended) == (
        ("The passages of “Whales” (whales) did not fit its text.",),
        1,
    )


@tampered
def test_a_passage_that_was_tampered_with_is_mended(filled: Library, statement: str) -> None:
    before = essence(filled.ask("where do humpback whales sing"))
    sql(filled, statement)
    filled.check()
    assert essence(filled.ask("where do humpback whales sing")) == before


def test_what_is_mended_stays_mended(filled: Library) -> None:
    sql(filled, TAMPERINGS["the terms"])
    filled.check()
    assert filled.check().problems == ()


def test_mending_keeps_what_is_known_of_an_article(filled: Library) -> None:
    before = filled.get("whales")
    sql(filled, TAMPERINGS["the terms"])
    filled.check()
    assert filled.get("whales") == before


UNFITTING = {
    "sentences that are no JSON": "UPDATE passages SET sentences = 'tampered' WHERE number = 1",
    "a line of terms too many": "UPDATE passages SET terms = terms || char(10) || 'x' WHERE number = 1",
    "a sentence too few": "UPDATE passages SET sentences = '[]' WHERE number = 1",
    "terms that are no text": "UPDATE passages SET terms = CAST(x'ff80' AS TEXT) WHERE number = 1",
    "the title's terms": "UPDATE articles SET title_terms = 'shark' WHERE id = 'whales'",
    "the digest": "UPDATE articles SET digest = x'00' WHERE id = 'whales'",
}


@pytest.mark.parametrize("statement", UNFITTING.values(), ids=UNFITTING)
def test_a_row_that_does_not_fit_its_article_is_mended(filled: Library, statement: str) -> None:
    sql(filled, statement)
    assert filled.check().mended == 1


ALTERED = (
    "The text of “Whales” (whales) is not the one that was added: it was changed in the database. "
    "Its passages were made anew from the text as it stands."
)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE articles SET text = replace(text, 'sing', 'bark') WHERE id = 'whales'",
        "UPDATE articles SET text = text || ' More.' WHERE id = 'whales'",
        "UPDATE articles SET digest = x'00' WHERE id = 'whales'",
        "UPDATE articles SET digest = (SELECT digest FROM articles WHERE id = 'canal') WHERE id = 'whales'",
    ],
)
def test_a_text_that_was_changed_in_the_database_is_said_to_be(filled: Library, statement: str) -> None:
    sql(filled, statement)
    report = filled.check()
    assert (report.problems, report.mended) == ((ALTERED,), 1)


def test_a_changed_text_is_answered_from_as_it_stands_once_it_was_reported(filled: Library) -> None:
    sql(filled, "UPDATE articles SET text = replace(text, 'sing', 'bark') WHERE id = 'whales'")
    filled.check()
    assert filled.check().problems == ()
    assert "bark" in filled.ask("where do humpback whales bark").quotes[0].text


def test_a_text_that_was_changed_together_with_its_passages_is_said_to_be(filled: Library) -> None:
    sql(filled, "UPDATE articles SET text = replace(text, 'sing', 'bark') WHERE id = 'whales'")
    sql(filled, "UPDATE passages SET terms = replace(terms, 'sing', 'bark') WHERE article = 'whales'")
    assert filled.check().problems == (ALTERED,)


def test_a_passage_of_no_article_is_mended(filled: Library) -> None:
    sql(filled, "DELETE FROM articles WHERE id = 'whales'")  # other tools do not enforce foreign keys
    filled.check()
    assert filled.check().problems == ()


def test_a_passage_of_no_article_answers_nothing(filled: Library) -> None:
    sql(filled, "DELETE FROM articles WHERE id = 'whales'")
    assert filled.ask("whales sing").status == "nothing"


# --- an earlier analysis


def test_articles_of_an_earlier_analysis_are_analysed_anew_when_the_library_is_opened(
    filled: Library,
) -> None:
    sql(filled, "UPDATE articles SET analysis = 0, title_terms = 'old'")
    sql(
        filled,
        "UPDATE passages SET terms = 'old' || replace(hex(zeroblob(json_array_length(sentences) - 1)),"
        " '00', char(10) || 'old')",
    )
    with Library.open(filled.folder) as reopened:
        assert reopened.ask("where do humpback whales sing").status == "found"


def test_articles_that_were_analysed_anew_bear_the_present_version(filled: Library) -> None:
    sql(filled, "UPDATE articles SET analysis = 0 WHERE id = 'whales'")
    Library.open(filled.folder).close()
    with closing(sqlite3.connect(filled.folder / FILE)) as connection:
        found = connection.execute("SELECT DISTINCT analysis FROM articles").fetchall()
    assert found == [(terms.ANALYSIS_VERSION,)]


def test_an_article_that_is_analysed_anew_keeps_what_is_known_of_it(filled: Library) -> None:
    before = filled.get("whales")
    sql(filled, "UPDATE articles SET analysis = 0")
    with Library.open(filled.folder) as reopened:
        assert reopened.get("whales") == before


def test_what_another_process_does_while_articles_are_analysed_anew_is_kept(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have analysed them itself, and its people changed one and removed another since."""
    sql(filled, "UPDATE articles SET analysis = 0")
    listed = Store.analysed_otherwise

    def overtaken(store: Store, analysis: int, among: Sequence[str] | None = None) -> list[str]:
        found = listed(store, analysis, among)
        if among is None:
            monkeypatch.setattr(Store, "analysed_otherwise", listed)
            with Library.open(filled.folder) as other:
                other.replace(article("canal", "The canal is closed."))
                other.remove(["volcano"])
        return found

    monkeypatch.setattr(Store, "analysed_otherwise", overtaken)
    with Library.open(filled.folder) as reopened:
        assert {info.id: reopened.get(info.id).text for info in reopened.list()} == {
            "whales": WHALES,
            "canal": "The canal is closed.",
        }


# --- several at once


def test_another_connection_is_seen_at_the_next_question(filled: Library) -> None:
    filled.ask("whales sing")
    with Library.open(filled.folder) as other:
        other.add(article("moon", "The Moon pulls at the sea and makes the tides."))
    assert filled.ask("what makes the tides").quotes[0].article.id == "moon"


VOCABULARY = ["whale", "seal", "gull", "crab"]
step = st.tuples(
    st.booleans(),  # which of the two libraries
    st.sampled_from(["import", "import", "remove", "replace", "ask", "ask"]),
    st.sampled_from("abcd"),
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=6).map(" ".join),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(step, min_size=4, max_size=20))
def test_two_connections_always_answer_as_one_just_opened_would(
    history: list[tuple[bool, str, str, str]],
) -> None:
    with TemporaryDirectory() as name, Library.open(Path(name)) as one, Library.open(Path(name)) as two:
        for is_first, action, article_id, text in history:
            acting = one if is_first else two
            written = article(article_id, text)
            if action == "import":
                list(acting.import_all([written]))
            elif action == "ask":
                with Library.open(Path(name)) as fresh:
                    assert said(acting.ask(text)) == said(fresh.ask(text))
            elif article_id in ids(acting):
                acting.remove([article_id]) if action == "remove" else acting.replace(written)
        with Library.open(Path(name)) as fresh:
            expected = [said(fresh.ask(word, top=10)) for word in VOCABULARY]
            assert [said(one.ask(word, top=10)) for word in VOCABULARY] == expected
            assert [said(two.ask(word, top=10)) for word in VOCABULARY] == expected


IMPORTS = """
import sys
from pathlib import Path
from corpus.article import Article
from corpus.library import Library

name = sys.argv[2]
several = [Article(id=f"{name}{n}", text=f"Whale {n} of {name} sings.", language="en") for n in range(40)]
with Library.open(Path(sys.argv[1])) as library:
    print("ready", flush=True)
    sys.stdin.readline()
    list(library.import_all(several, batch=1))
"""


def test_two_processes_that_import_at_once_both_succeed(library: Library) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", IMPORTS, str(library.folder), name],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in "ab"
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    assert [writer.communicate()[1] for writer in writers] == ["", ""]
    assert len(library.list()) == 80


# --- what stands in the way


def test_a_library_that_is_not_there_is_not_made_to_be_read(tmp_path: Path) -> None:
    with pytest.raises(LibraryNotFound):
        Library.open(tmp_path / "library", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_a_library_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(LibraryNotFound):
        Library.open(tmp_path, create=False)


def test_a_file_in_place_of_a_folder_is_no_library_even_to_be_read(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a note")
    with pytest.raises(NotALibrary):
        Library.open(tmp_path / "library", create=False)


@contextmanager
def full_disk(library: Library) -> Iterator[None]:
    """Lets the library's file grow by one page at most."""
    db = library._store._db  # type: ignore[attr-defined]
    [[n_pages]] = db.execute("PRAGMA page_count").fetchall()
    db.execute(f"PRAGMA max_page_count = {n_pages + 1}").fetchall()
    try:
        yield
    finally:
        db.execute("PRAGMA max_page_count = 1000000").fetchall()


LARGE = article("large", "\n\n".join(f"Whale number {n} sings in the deep sea all day." for n in range(500)))


def test_a_full_disk_is_said(filled: Library) -> None:
    with full_disk(filled), pytest.raises(DiskFull):
        filled.add(LARGE)


def test_a_full_disk_leaves_no_part_of_an_article(filled: Library) -> None:
    with full_disk(filled), pytest.raises(DiskFull):
        filled.add(LARGE)
    assert (ids(filled), filled.check().problems) == (["canal", "volcano", "whales"], ())


def test_questions_are_answered_while_the_disk_is_full(filled: Library) -> None:
    with full_disk(filled):
        with pytest.raises(DiskFull):
            filled.add(LARGE)
        assert filled.ask("where do humpback whales sing").quotes[0].article.id == "whales"


def test_a_replacement_that_finds_the_disk_full_keeps_the_old_article(filled: Library) -> None:
    before = filled.get("whales")
    with full_disk(filled), pytest.raises(DiskFull):
        filled.replace(replace(LARGE, id="whales"))
    assert filled.get("whales") == before


def test_when_there_is_space_again_the_article_can_be_added(filled: Library) -> None:
    with full_disk(filled), pytest.raises(DiskFull):
        filled.add(LARGE)
    filled.add(LARGE)
    assert filled.ask("whale number 77").quotes[0].article.id == "large"


def test_an_import_that_fills_the_disk_keeps_what_is_committed(filled: Library) -> None:
    with full_disk(filled), pytest.raises(DiskFull):
        list(filled.import_all([article("small", "The Moon."), LARGE], batch=1))
    assert ids(filled) == ["canal", "small", "volcano", "whales"]


@contextmanager
def another_writer(library: Library) -> Iterator[None]:
    """Another process in the middle of a write, which the library waits for only briefly."""
    library._store._db.execute("PRAGMA busy_timeout = 1").fetchall()  # type: ignore[attr-defined]
    with closing(sqlite3.connect(library.folder / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@pytest.mark.parametrize(
    "write",
    [
        lambda library: library.add(article("moon", "The Moon.")),
        lambda library: library.replace(article("whales", "The Moon.")),
        lambda library: library.remove(["whales"]),
        lambda library: list(library.import_all([article("moon", "The Moon.")])),
    ],
    ids=["add", "replace", "remove", "import"],
)
def test_a_library_that_another_process_writes_to_is_busy(
    filled: Library, write: Callable[[Library], object]
) -> None:
    with another_writer(filled), pytest.raises(LibraryBusy):
        write(filled)


def test_a_library_that_another_process_writes_to_still_answers(filled: Library) -> None:
    with another_writer(filled):
        assert filled.ask("whales sing").status == "found"


def test_a_library_that_another_process_writes_to_can_be_opened(filled: Library) -> None:
    with another_writer(filled), Library.open(filled.folder) as opened:
        assert opened.ask("whales sing").status == "found"


def test_a_library_that_was_busy_takes_the_article_later(filled: Library) -> None:
    with another_writer(filled), pytest.raises(LibraryBusy):
        filled.add(article("moon", "The Moon."))
    filled.add(article("moon", "The Moon."))
    assert "moon" in ids(filled)


@contextmanager
def nobody() -> Iterator[None]:
    """Runs what is inside as a user without rights, where that is possible: root may write anywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def readable() -> Iterator[Path]:
    """A folder that everybody may read and only its owner may write to; pytest's own are closed to others."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def test_a_folder_without_write_permission_is_said(readable: Path) -> None:
    readable.chmod(0o555)
    with nobody(), pytest.raises(LibraryNotWritable):
        Library.open(readable / "library")


def test_a_library_without_write_permission_can_be_asked_and_what_cannot_be_done_is_said(
    readable: Path,
) -> None:
    with Library.open(readable) as library:
        library.add(article("whales"))
    readable.chmod(0o555)
    (readable / FILE).chmod(0o444)
    with nobody(), Library.open(readable) as library:
        assert library.ask("where do whales sing").status == "found"
        with pytest.raises(LibraryNotWritable):
            library.add(article("canal", CANAL))


def test_a_folder_that_may_not_be_entered_is_said(readable: Path) -> None:
    Library.open(readable).close()
    readable.chmod(0o000)
    with nobody(), pytest.raises(LibraryNotWritable):
        Library.open(readable, create=False)


# --- damage


def damage(folder: Path, first_page: int, filling: bytes) -> None:
    """Overwrites the pages of the library's file from *first_page* on."""
    content = bytearray((folder / FILE).read_bytes())
    for start in range(4096 * (first_page - 1), len(content), 4096):
        content[start : start + 4096] = filling * 4096
    (folder / FILE).write_bytes(content)


def a_damaged_library(folder: Path, filling: bytes) -> None:
    with Library.open(folder) as library:
        library.add(article())
        library.add(LARGE)
    damage(folder, 2, filling)


def use(folder: Path) -> None:
    """All that can be asked of a library."""
    with Library.open(folder, create=False) as library:
        library.list()
        library.ask("whales sing")
        library.check()


@pytest.mark.parametrize("filling", [b"\0", b"\xff", b"x", b"\r"])
def test_a_library_whose_pages_are_overwritten_is_called_damaged(tmp_path: Path, filling: bytes) -> None:
    a_damaged_library(tmp_path, filling)
    with pytest.raises(LibraryDamaged):
        use(tmp_path)


def test_a_library_that_is_cut_short_is_called_damaged(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.add(LARGE)
    (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes()[: 4096 * 8])
    with pytest.raises(LibraryDamaged):
        use(tmp_path)


OPERATIONS: dict[str, Callable[[Library], object]] = {
    "ask": lambda library: library.ask("whales sing"),
    "get": lambda library: library.get("whales"),
    "list": lambda library: library.list(),
    "export": lambda library: list(library.export()),
    "check": lambda library: library.check(),
}


@pytest.mark.parametrize(
    ("operation", "statement"),
    [
        ("ask", "UPDATE passages SET terms = CAST(x'ff80' AS TEXT)"),
        ("ask", "UPDATE passages SET sentences = 'x'"),
        ("get", "UPDATE articles SET text = CAST(x'ff80' AS TEXT)"),
        ("get", "UPDATE articles SET headings = 'x'"),
        ("list", "UPDATE articles SET title = CAST(x'ff80' AS TEXT)"),
        ("list", "UPDATE articles SET published = 'last week'"),
        ("list", "UPDATE articles SET added = 'x'"),
        ("export", "UPDATE articles SET text = CAST(x'ff80' AS TEXT)"),
        ("check", "UPDATE articles SET text = CAST(x'ff80' AS TEXT)"),
    ],
)
def test_a_value_that_cannot_be_read_is_called_damage(
    filled: Library, operation: str, statement: str
) -> None:
    sql(filled, statement)
    with pytest.raises(LibraryError):
        OPERATIONS[operation](filled)


# --- summaries


def test_a_summary_is_of_the_articles_own_sentences(filled: Library) -> None:
    stored = filled.get("whales")
    made = summarise(stored)
    assert made.sentences == tuple(stored.text[slice(*span)] for span in made.spans)


def test_an_article_that_is_in_no_library_can_be_summarised() -> None:
    assert summarise(article()).sentences[0].startswith("Humpback whales sing")


def test_an_article_without_text_has_an_empty_summary() -> None:
    assert summarise(article(text="")).sentences == ()


# --- beside many others


def test_an_open_library_is_little_work_for_the_collector_of_garbage(tmp_path: Path) -> None:
    """It looks at every list and array again and again, while nobody is answered."""
    words = [f"word{number}" for number in range(3_000)]
    with Library.open(tmp_path) as library:
        library.add(Article(id="many", title="Words", text=" ".join(words), language="en"))
        library.ask(words[0])
        gc.collect()
        n_before = len(gc.get_objects())
        with Library.open(tmp_path) as another:
            another.ask(words[0])
            gc.collect()
            assert len(gc.get_objects()) - n_before < len(words) / 3
