"""Many articles in a few sentences: what several of them say, each with all who say it, or what is new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import passages
from corpus.article import Article, ArticleInfo, TopicPassage
from corpus.errors import NoSearchableWords, QuestionTooLong, SourceNotFound
from corpus.library import N_STATEMENTS, Library
from corpus.summary import digest, relatedness
from tests import wellformed

COD = "Cod and haddock have moved some 150 kilometres towards the pole since 1990, a report said on Friday."
COD_AGAIN = (
    "A report said on Friday that cod and haddock have moved some 150 kilometres towards the pole since 1990."
)
COD_OTHERWISE = (
    "A report said on Friday that cod and haddock have moved some 90 kilometres towards the pole since 1990."
)
BOATS = "Half of the boats in the northern ports are too small to follow the cod into the open sea."
BASINS = "Three ports on the northern coast have asked for deeper basins for larger cod boats by 2024."
BREAD = "A bakery in the old town sells bread in the shape of an anchor every Sunday morning."
SCHOOL = "The school of Harwick painted its library yellow during the summer holidays this year."


def article(name: str, *paragraphs: str, day: int = 1, **facts: str) -> Article:
    return Article(
        id=name,
        title=facts.pop("title", f"Diary of {name}"),
        text="\n\n".join(paragraphs),
        publisher=facts.pop("publisher", name.title()),
        published=date(2021, 5, day),
        language="en",
        url=f"https://{name}.example/a",
    )


GAZETTE = article("gazette", COD, BOATS, BREAD, day=1)
LEDGER = article("ledger", COD_AGAIN, BASINS, SCHOOL, day=2)
HERALD = article("herald", SCHOOL, BREAD, day=3)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path) as opened:
        for one in (GAZETTE, LEDGER, HERALD):
            opened.add(one)
        yield opened


def found_in(*articles: Article) -> list[TopicPassage]:
    return [
        TopicPassage(one, part.span.start, one.text[slice(*part.span)], part.position, part.sentences)
        for one in articles
        for part in passages.split(one)
    ]


# --- nothing to say


def test_a_topic_nothing_matches_has_an_empty_digest(library: Library) -> None:
    made = library.digest("volcano eruption")
    assert (made.statements, made.n_articles, made.has_more) == ((), 0, False)


def test_an_empty_library_has_an_empty_digest(tmp_path: Path) -> None:
    with Library.open(tmp_path) as empty:
        assert empty.digest("cod").statements == ()
        assert empty.digest().statements == ()


@pytest.mark.parametrize(
    ("topic", "source", "error"),
    [
        ("the of", None, NoSearchableWords),
        ("cod " * 90, None, QuestionTooLong),
        ("cod", "Times", SourceNotFound),
    ],
)
def test_what_cannot_be_searched_is_refused(
    library: Library, topic: str, source: str | None, error: type[Exception]
) -> None:
    with pytest.raises(error):
        library.digest(topic, source=source)


def test_an_unknown_source_is_refused_without_a_topic_too(library: Library) -> None:
    with pytest.raises(SourceNotFound):
        library.digest(source="Times")


def test_half_of_a_name_is_not_the_topic(library: Library) -> None:
    library.add(article("town", "The cod of Harwick is sold in the market hall every Saturday morning."))
    said = library.digest("cod haddock pole")
    assert {one.article.id for one in said.statements} <= {"gazette", "ledger"}


def test_a_removed_article_is_in_no_digest(library: Library) -> None:
    library.remove(["ledger"])
    made = library.digest("cod haddock")
    assert [info.id for one in made.statements for info in one.said_by] == ["gazette"] * len(made.statements)


# --- on a topic


def test_what_several_articles_say_is_one_statement_of_all_of_them_and_comes_first(library: Library) -> None:
    first = library.digest("cod haddock pole").statements[0]
    assert first.text in (COD, COD_AGAIN)
    assert {info.id for info in first.said_by} == {"gazette", "ledger"}
    assert first.said_by[0] == first.article


def test_the_same_sentence_in_several_outlets_is_one_statement() -> None:
    copies = [article(f"outlet{n}", COD, BOATS) for n in range(4)]
    said = digest.on_topic(found_in(*copies), {}, statements=9)
    assert [(one.piece.text, len(one.articles)) for one in said] == [(COD, 4), (BOATS, 4)]


def test_another_number_is_another_statement() -> None:
    said = digest.on_topic(
        found_in(article("one", COD_AGAIN), article("two", COD_OTHERWISE)), {}, statements=9
    )
    assert all(len(one.articles) == 1 for one in said)


def test_an_opening_that_nobody_else_says_anything_of_comes_after_what_others_support() -> None:
    found = found_in(article("one", COD, BOATS), article("two", COD_AGAIN, BASINS), article("site", BREAD))
    said = [one.piece.text for one in digest.on_topic(found, {}, statements=4)]
    assert said[0] in (COD, COD_AGAIN)
    assert set(said[1:3]) == {BOATS, BASINS}
    assert said[3:] == [BREAD]


def test_the_openings_of_articles_that_share_nothing_count_alike() -> None:
    found = found_in(article("one", COD, BOATS), article("two", SCHOOL, BREAD))
    said = [one.piece.text for one in digest.on_topic(found, {}, statements=2)]
    assert said == [COD, SCHOOL]


def test_a_line_without_an_end_is_shown_only_where_no_sentence_has_one() -> None:
    heading = article("list", "Cod and haddock in the northern ports this week")
    assert [one.piece.text for one in digest.on_topic(found_in(heading, GAZETTE), {}, statements=9)] == [
        COD,
        BOATS,
        BREAD,
    ]
    assert len(digest.on_topic(found_in(heading), {}, statements=9)) == 1


def test_a_digest_is_word_for_word_and_leans_on_nothing(library: Library) -> None:
    library.add(
        article("fourth", f"They left the northern ports when the cod had gone. {BOATS} “It was cod.", day=4)
    )
    for topic in ("cod", "northern ports", ""):
        for one in library.digest(topic, length="long").statements:
            text = library.get(one.article.id).text
            assert text[slice(*one.span)] == one.text
            assert wellformed.dangling(text, [one.span]) == []
            assert wellformed.broken_quotations(text, [one.span]) == []


def test_each_statement_leads_to_its_source(library: Library) -> None:
    links = [one.link for one in library.digest("cod").statements]
    assert all(link and link.startswith("https://") and ":~:text=" in link for link in links)


def test_source_and_since_narrow_a_digest(library: Library) -> None:
    of_ledger = library.digest("cod", source="ledger")
    later = library.digest("cod", since=date(2021, 5, 2))
    for made in (of_ledger, later):
        assert {one.article.id for one in made.statements} == {"ledger"}
        assert made.n_articles == 1


def test_a_longer_digest_says_more_and_a_short_one_that_there_is_more(tmp_path: Path) -> None:
    crews = [
        "Anna",
        "Berit",
        "Carl",
        "Dina",
        "Emil",
        "Frida",
        "Georg",
        "Hanna",
        "Ivar",
        "Jonas",
        "Karin",
        "Lars",
        "Maria",
        "Nils",
        "Olga",
        "Peter",
    ]
    verbs = [
        "paints",
        "mends",
        "sails",
        "sells",
        "moors",
        "loads",
        "hires",
        "feeds",
        "tows",
        "lends",
        "ranks",
        "melts",
        "stacks",
        "tests",
        "weighs",
        "cleans",
    ]
    with Library.open(tmp_path) as library:
        for number, (crew, verb) in enumerate(zip(crews, verbs, strict=True)):
            library.add(
                article(
                    f"a{number}", f"{crew} {verb} a red lighthouse boat near pier {crew}ville every morning."
                )
            )
        made = {length: library.digest("lighthouse", length=length) for length in N_STATEMENTS}
    assert [len(one.statements) for one in made.values()] == [4, 8, 12]
    assert all(one.has_more for one in made.values())
    assert made["short"].n_articles == 16


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([COD, COD_AGAIN, BOATS, BASINS, "He left.", "“We won."]), min_size=1),
        max_size=5,
    )
)
def test_no_sentence_of_a_digest_is_said_twice_and_its_words_have_a_limit(texts: list[list[str]]) -> None:
    found = found_in(*(article(f"a{number}", *paragraphs) for number, paragraphs in enumerate(texts)))
    said = [one.piece.text for one in digest.on_topic(found, {}, statements=9, words=40)]
    assert len(said) == len(set(said))
    assert sum(len(text.split()) for text in said) <= 40


def test_of_very_many_passages_a_bounded_number_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    between = relatedness.Weights.between

    def watched(weights: relatedness.Weights) -> relatedness.Matrix:
        related = between(weights)
        compared.append(len(related))
        return related

    monkeypatch.setattr(relatedness.Weights, "between", watched)
    passage = found_in(article("one", f"{COD} {BOATS} {BASINS}"))[0]
    many = [
        TopicPassage(ArticleInfo(id=f"{n}", language="en"), 0, passage.text, 0, passage.sentences)
        for n in range(900)
    ]
    digest.on_topic(many, {}, statements=4)
    assert compared == [digest.MOST_PIECES]


# --- what is new


def test_without_a_topic_each_story_has_a_line_and_the_newest_comes_first(tmp_path: Path) -> None:
    storm = "A storm tore the roof off the market hall of Harwick on Thursday night, firefighters said."
    storm_again = (
        "Firefighters said a storm tore off the roof of the market hall of Harwick on Thursday night."
    )
    with Library.open(tmp_path) as library:
        library.add(article("old", COD, BOATS, day=1, title="Cod on the move"))
        library.add(article("one", storm, day=3, title="Storm tears roof off market hall"))
        library.add(article("two", storm_again, day=4, title="Market hall loses roof in storm"))
        made = library.digest()
    assert [len(one.said_by) for one in made.statements] == [2, 1]
    assert made.statements[0].text in (storm, storm_again)
    assert made.statements[1].text == COD


def test_what_is_new_begins_with_the_date(library: Library) -> None:
    made = library.digest(since=date(2021, 5, 3))
    assert ([one.article.id for one in made.statements], made.n_articles) == (["herald"], 1)


def test_an_article_that_has_no_sentence_to_show_is_not_told(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.add(article("list", "But no.", "They left the harbour at noon."))
        assert library.digest().statements == ()


# --- how alike


def test_likeness_is_what_a_slow_bm25_written_from_the_paper_says() -> None:
    texts = ["a b c", "a b d d", "e f", "a"]
    sentences = [text.split() for text in texts]
    weights = relatedness.Weights(sentences)
    related = weights.between()
    mean = sum(map(len, sentences)) / len(sentences)

    def idf(term: str) -> float:
        df = sum(term in one for one in sentences)
        return float(relatedness.np.log(1 + (len(sentences) - df + 0.5) / (df + 0.5)))

    def bm25(question: list[str], text: list[str]) -> float:
        norm = relatedness.K1 * (1 - relatedness.B + relatedness.B * len(text) / mean)
        return sum(
            idf(term) * text.count(term) * (relatedness.K1 + 1) / (text.count(term) + norm)
            for term in set(question)
        )

    for row, one in enumerate(sentences):
        for column, other in enumerate(sentences):
            assert related[row, column] == pytest.approx(min(1, bm25(one, other) / bm25(one, one)), abs=1e-5)


def test_nothing_is_alike_where_there_is_nothing() -> None:
    assert relatedness.Weights([]).between().shape == (0, 0)
    assert relatedness.Weights([[], ["a"]]).between().tolist() == [[0, 0], [0, 1]]
    assert relatedness.Weights([["a"]]).answering(["b"]).tolist() == [0]
    assert relatedness.Weights([["a"]]).shares([]).tolist() == [0]
