"""Questions on top of questions: what is searched alone, what together, and what is said of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import follow_up
from corpus.article import Answer, Article, Query, QueryTerm
from corpus.errors import NoSearchableWords
from corpus.evaluate import JudgedQuestion
from corpus.library import Library
from tests.bench import follow_up as bench
from tests.passages_of_terms import passage, query

if TYPE_CHECKING:
    from collections.abc import Iterator

CURIE = Article(
    id="curie",
    title="Marie Curie",
    text="Marie Curie was born in Warsaw in 1867 as the youngest of five children.\n\n"
    "Curie discovered polonium and radium together with her husband.\n\n"
    "Marie Curie died in July 1934 of an illness that radiation had caused.",
    keeps_paragraphs=True,
)
BOHR = Article(
    id="bohr",
    title="Niels Bohr",
    text="Niels Bohr was born in Copenhagen in 1885. He died there in 1962.\n\n"
    "Bohr explained how electrons move around the nucleus of an atom.",
    keeps_paragraphs=True,
)
HARBOUR = Article(
    id="harbour",
    title="Harbour",
    text="The mayor closed the harbour of Seaport on Monday because of a storm.",
)
FIRST = "what did Marie Curie discover"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(Path(tmp_path_factory.mktemp("library"))) as opened:
        for article in (CURIE, BOHR, HARBOUR):
            opened.add(article)
        yield opened


def best(found: Answer) -> tuple[str, int]:
    return found.quotes[0].article.id, found.quotes[0].position


# --- searched together


def test_a_pronoun_stands_for_whom_the_question_before_named(library: Library) -> None:
    found = library.ask("and when did she die?", previous=FIRST)
    assert (best(found), found.is_together) == (("curie", 2), True)


def test_the_same_words_alone_find_somebody_else(library: Library) -> None:
    assert best(library.ask("where was he born?", previous="how did Niels Bohr explain atoms")) == ("bohr", 0)
    assert best(library.ask("where was she born?", previous=FIRST)) == ("curie", 0)


def test_a_few_words_are_taken_as_a_part_of_what_was_asked(library: Library) -> None:
    assert best(library.ask("which illness?", previous=FIRST)) == ("curie", 2)


@pytest.mark.parametrize("question", ["why?", "when?", "and then?"])
def test_a_question_without_any_word_to_search_asks_about_the_one_before(
    library: Library, question: str
) -> None:
    found = library.ask(question, previous="why was the harbour of Seaport closed")
    assert (best(found)[0], found.is_together) == ("harbour", True)


def test_the_questions_before_may_be_several(library: Library) -> None:
    found = library.ask("of which illness?", previous=f"{FIRST}\nwhen did she die?")
    assert best(found) == ("curie", 2)


def test_a_passage_with_words_of_the_question_before_alone_is_not_shown(library: Library) -> None:
    found = library.ask("and when did she die?", previous=FIRST, top=10)
    assert found.is_together
    assert all("died" in quote.text for quote in found.quotes)


# --- searched alone


def test_a_question_that_names_all_it_is_about_is_searched_alone(library: Library) -> None:
    found = library.ask("why did the mayor of Seaport close its harbour on Monday", previous=FIRST)
    assert best(found)[0] == "harbour"
    found = library.ask("why did the mayor of Seaport close the harbour on Monday", previous=FIRST)
    assert (best(found)[0], found.is_together) == ("harbour", False)


def test_another_topic_is_not_answered_with_the_one_before(library: Library) -> None:
    found = library.ask("volcanoes of Iceland", previous=FIRST)
    assert (found.status, found.is_together) == ("nothing", False)


@pytest.mark.parametrize("question", ["what?", "of the", "🦜"])
def test_what_asks_nothing_is_refused_after_a_question_too(library: Library, question: str) -> None:
    with pytest.raises(NoSearchableWords):
        library.ask(question, previous=FIRST)


@pytest.mark.parametrize("previous", ["", "   ", "\n"])
def test_without_a_question_before_it_is_searched_alone(library: Library, previous: str) -> None:
    assert not library.ask("when did she die", previous=previous).is_together


def test_a_question_before_that_says_nothing_leaves_the_answer_as_it_is(library: Library) -> None:
    alone, after = (library.ask("who discovered radium", previous=one) for one in ("", "what is it about"))
    assert [quote.number for quote in after.quotes] == [quote.number for quote in alone.quotes]


# --- shown again


def test_what_was_found_together_is_quoted_again_as_it_was_shown(library: Library) -> None:
    found = library.ask("and when did she die?", previous=FIRST)
    [again] = library.quote_again(found.question, found.language, found.numbers[:1], FIRST)
    first = found.quotes[0]
    assert (again.text, again.answer, again.highlights) == (first.text, first.answer, first.highlights)


def test_passages_are_quoted_again_in_the_order_that_is_asked_for(library: Library) -> None:
    again = library.quote_again("where was Marie Curie born", "en", [3, 1, 4, 2])
    assert [quote.number for quote in again] == [3, 1, 4, 2]


# --- which questions lean


@pytest.mark.parametrize(
    ("code", "question"),
    [
        ("en", "how many years after the war of 1812 did they sign a treaty with Britain"),
        ("en", "what about the seat of the government of the Netherlands in exile"),
        ("de", "wann wurde ihm der Nobelpreis für die Entdeckung der Radioaktivität verliehen"),
        ("es", "cuándo recibió ella el premio Nobel de química por el descubrimiento del radio"),
        ("ru", "когда он получил Нобелевскую премию за открытие строения атома водорода"),
        ("fa", "او چه زمانی جایزه نوبل شیمی را برای کشف رادیوم دریافت کرد"),
        ("zh", "他在什么时候因为发现放射性元素获得诺贝尔奖"),
    ],
)
def test_a_pronoun_or_an_opening_leans_in_its_language(code: str, question: str) -> None:
    assert follow_up.leans(question, code)


@pytest.mark.parametrize(
    ("code", "question"),
    [
        ("en", "when did the mayor of Rotterdam close the harbour because of a storm"),
        ("de", "wann schloss die Stadt Rotterdam wegen eines Sturms den Hafen"),
        ("es", "cuándo cerró el alcalde de Barcelona el puerto por la tormenta del mar"),
        ("fr", "quand Marie Curie a-t-elle reçu le prix Nobel de chimie pour le radium"),
        ("zh", "居里夫人在什么时候因为发现放射性元素获得诺贝尔奖"),
    ],
)
def test_a_question_that_stands_by_itself_does_not_lean(code: str, question: str) -> None:
    assert not follow_up.leans(question, code)


def test_every_language_with_stop_words_has_words_that_point_back() -> None:
    for file in Path(follow_up.__file__).with_name("stopwords").iterdir():
        assert all(follow_up._pointing(file.stem)), file.stem


# --- how it is measured


def test_what_a_question_repeats_is_left_out_of_it_or_pointed_at() -> None:
    judged = [
        JudgedQuestion("Who built the wall of Hadrian?", "a", 0, ()),
        JudgedQuestion("Why was the wall of Hadrian built in stone?", "a", 0, ()),
    ]
    pairs = bench.kinds(judged, [Article(id="a", title="Rome", text="x")], 9)
    assert [[pair.question for pair in kind] for kind in pairs.values()] == [
        ["Why was the it of in stone?"],
        ["Why was the of in stone?"],
        ["Why was the wall of Hadrian built in stone?"],
        ["Why was the wall of Hadrian built in stone?"],
    ]


# --- weights

TERMS = st.lists(st.sampled_from("abcdef"), max_size=6)


def query_of(terms: list[str]) -> Query:
    return Query(" ".join(terms), "en", tuple(QueryTerm(one, one, one, 2.0, is_known=True) for one in terms))


@settings(max_examples=25)
@given(TERMS, TERMS)
def test_own_terms_count_whole_and_earlier_ones_half(own: list[str], earlier: list[str]) -> None:
    both = follow_up.together(query_of(own), query_of(earlier))
    assert [(term.term, term.idf) for term in both.terms] == [
        *((one, 2.0) for one in own),
        *((one, 1.0) for one in earlier if one not in own),
    ]


def test_a_passage_holds_a_word_in_its_title_too_and_any_where_the_question_has_none() -> None:
    held = passage(1, "a", title="b")
    assert [follow_up.holds_any(query("?", *found), held) for found in ("c", "ca", "b", "")] == [
        False, True, True, True,
    ]  # fmt: skip
