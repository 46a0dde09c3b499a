"""Quoted phrases that must stand in an answer, words that must not."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import acceptance, asking, codes, wanted
from corpus.article import Article
from corpus.errors import NoSearchableWords
from corpus.library import Library
from tests.passages_of_terms import passage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

N_OTHERS = 60


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("library")) as opened:
        texts = [f"The report of the harbour number {n} came from the UN office." for n in range(N_OTHERS)]
        list(opened.import_all(Article(id=f"a{n}", title="x", text=text) for n, text in enumerate(texts)))
        opened.add(
            Article(id="right", title="y", text="A report that mentions many ships. The UN report was late.")
        )
        opened.add(
            Article(id="ferry", title="z", text="The UN and its report on a ferry that reports say was slow.")
        )
        yield opened


def ids(library: Library, question: str) -> list[str]:
    return [quote.article.id for quote in library.ask(question, top=10).quotes]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        '"',
        '""',
        '" "',
        "“",
        "a “ b",
        "- 5",
        "-",
        "--",
        "--x",
        "al-Qaeda",
        "5 -3",
        "word-",
        "“-”",
        "«»",
        "😀 -😀",
    ],
)
def test_a_malformed_operator_is_text_like_any_other(typed: str) -> None:
    assert wanted.read(typed) == wanted.Wanted(typed)


@pytest.mark.parametrize(
    "typed", ['say "UN report"', "say “UN report”", "say «UN report»", "say „UN report“"]
)
def test_what_stands_between_quotation_marks_is_a_phrase(typed: str) -> None:
    assert wanted.read(typed).phrases == ("UN report",)


def test_a_minus_before_a_word_excludes_it_and_takes_it_out_of_the_question() -> None:
    read = wanted.read("taliban -pentagon talks")
    assert (read.excluded, read.question.split()) == (("pentagon",), ["taliban", "talks"])


def test_a_minus_inside_a_phrase_excludes_nothing() -> None:
    assert wanted.read('"al -Qaeda"').excluded == ()


@settings(max_examples=50)
@given(st.text('ab -"“”«» ', max_size=20))
def test_the_question_keeps_its_length(typed: str) -> None:
    assert len(wanted.read(typed).question) == len(typed)


def test_a_phrase_must_stand_word_for_word_however_many_other_passages_come_before(library: Library) -> None:
    assert ids(library, 'report "UN report" harbour') == ["right"]


def test_a_phrase_is_found_in_any_case_of_letters(library: Library) -> None:
    assert ids(library, '"un REPORT"') == ["right"]


def test_of_a_phrase_that_stands_nowhere_the_words_are_searched_and_the_answer_says_so(
    library: Library,
) -> None:
    found = library.ask('"report UN harbour"')
    assert (found.status, found.required_phrases, found.missing_phrases) == (
        "weak",
        (),
        ("report UN harbour",),
    )
    assert found.quotes


def test_one_phrase_is_required_where_another_stands_nowhere(library: Library) -> None:
    found = library.ask('"UN report" "report UN harbour"', top=10)
    assert (found.required_phrases, found.missing_phrases) == (("UN report",), ("report UN harbour",))
    assert [quote.article.id for quote in found.quotes] == ["right"]


def test_phrases_that_stand_but_not_together_find_nothing(library: Library) -> None:
    found = library.ask('"UN report" "slow"')
    assert (found.status, found.required_phrases, found.missing_phrases) == (
        "nothing",
        ("UN report", "slow"),
        (),
    )


def test_a_phrase_is_found_however_few_passages_are_read_at_once(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = ids(library, 'report of the harbour "mentions many ships"')
    monkeypatch.setattr(asking, "MOST_READ", 3)
    assert ids(library, 'report of the harbour "mentions many ships"') == found == ["right"]


def test_a_phrase_that_stands_only_outside_the_filter_is_missing(library: Library) -> None:
    found = library.ask('"UN report"', article="a7")
    assert found.missing_phrases == ("UN report",)
    assert found.status != "found"


def test_a_phrase_of_unknown_words_is_missing(library: Library) -> None:
    found = library.ask('"zzyzx qwrk" report')
    assert found.missing_phrases == ("zzyzx qwrk",)


def test_a_phrase_of_stop_words_alone_stays_required(library: Library) -> None:
    assert library.ask('"of the" report').required_phrases == ("of the",)


@pytest.mark.parametrize(
    ("excluded", "left"),
    [
        ("-F35", {"f16", "number", "nothing"}),
        ("-F-35", {"f16", "number", "nothing"}),
        ("-f16", {"f35", "number", "nothing"}),
        ("-co-pilot", {"f35", "f16", "number"}),
    ],
)
def test_an_exclusion_is_of_the_whole_word(tmp_path: Path, excluded: str, left: set[str]) -> None:
    with Library.open(tmp_path) as opened:
        for name, text in {
            "f35": "The pilot of the F-35 landed.",
            "f16": "The pilot of an F-16 landed.",
            "number": "The pilot landed with 35 others.",
            "nothing": "The pilot and the co-pilot landed.",
        }.items():
            opened.add(Article(id=name, title="Report", text=text, language="en"))
        assert set(ids(opened, f"pilot landed {excluded}")) == left


def test_stop_words_count_in_an_excluded_word_of_several_parts() -> None:
    accepts = acceptance.of(wanted.read("-state-of-the-art"), "en")
    whole = passage(1, "state art")._replace(words=codes.of_words([["state", "of", "the", "art"]]))
    assert not accepts(whole)
    assert accepts(passage(1, "state art"))


def test_a_word_of_the_title_excludes_no_passage() -> None:
    assert acceptance.of(wanted.read("-harbour"), "en")(passage(1, "pilot", title="harbour"))


def test_excluding_a_chinese_word_leaves_what_holds_a_part_of_it(tmp_path: Path) -> None:
    with Library.open(tmp_path) as opened:
        opened.add(Article(id="whole", title="一", text="联合国报告说港口关闭了。", language="zh"))
        opened.add(Article(id="part", title="二", text="联合报告说港口关闭了。", language="zh"))
        assert ids(opened, "港口 报告 -联合国") == ["part"]


def test_an_excluded_word_is_excluded_in_any_inflection(library: Library) -> None:
    assert "ferry" in ids(library, "slow UN ferry")
    assert "ferry" not in ids(library, "slow UN ferry -ferries")


def test_excluding_does_not_cost_what_comes_behind(library: Library) -> None:
    assert ids(library, "report -harbour") == ["right", "ferry"]


def test_a_question_of_excluded_words_alone_has_nothing_to_search(library: Library) -> None:
    with pytest.raises(NoSearchableWords):
        library.ask("-harbour")


def test_an_article_narrows_the_search(library: Library) -> None:
    found = library.ask("UN report", article="a7", top=10)
    assert [quote.article.id for quote in found.quotes] == ["a7"]


def test_the_same_text_from_several_outlets_is_one_passage(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "The ferry sank off the northern cape on Monday, and all were saved."
    with Library.open(tmp_path_factory.mktemp("same")) as opened:
        for n in range(30):
            opened.add(Article(id=f"o{n}", title="Ferry", publisher=f"Outlet {n}", text=text))
        opened.add(
            Article(id="own", title="Ferry", publisher="Own", text="A ferry captain spoke of the cape.")
        )
        quotes = {quote.text: quote for quote in opened.ask("ferry cape").quotes}
    assert len(quotes) == 2
    assert len(quotes[text].also_in) == 29
    assert quotes[text].article.publisher not in {info.publisher for info in quotes[text].also_in}


def test_more_outlets_are_named_than_sqlite_looks_up_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_READ", 3)
    with Library.open(tmp_path) as opened:
        for n in range(9):
            opened.add(Article(id=f"o{n}", title="Ferry", text="The ferry sank off the northern cape."))
        db = opened._store._db  # type: ignore[attr-defined]
        db.conn.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 5)
        [quote] = opened.ask("ferry cape").quotes
    assert [info.id for info in quote.also_in] == [f"o{n}" for n in range(9) if f"o{n}" != quote.article.id]
