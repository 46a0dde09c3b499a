"""A filter costs no recall: what is found is what a library of these articles alone would find."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.article import Answer

INSIDE = [
    "The ferry to Karachi stops in March because the harbour is frozen.",
    "Two sisters built a bridge of oak over the river near the mill.",
    "The mill grinds barley for the villages along the river in winter.",
    "A lighthouse keeper counted forty whales off the northern harbour.",
    "Apples from the orchard are sold at the market beside the bridge.",
]
N_OUTSIDE = 60
"""Three times what the reranker looks at: with all the words, and before the filtered in BM25's order."""
FILTERS: dict[str, dict[str, Any]] = {
    "source": {"source": "Sea News"},
    "since": {"since": date(2024, 1, 1)},
    "article": {"article": "inside"},
    "all": {"source": "Sea News", "since": date(2024, 1, 1), "article": "inside"},
}


def filtered() -> Article:
    return Article(
        id="inside", title="Inside", language="en", text="\n\n".join(INSIDE), publisher="Sea News",
        published=date(2024, 5, 1), keeps_paragraphs=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, Library]]:
    """One in which many articles say more of every question, and one of the filtered article alone."""
    with (
        Library.open(tmp_path_factory.mktemp("whole")) as whole,
        Library.open(tmp_path_factory.mktemp("alone")) as alone,
    ):
        others = [
            Article(
                id=f"o{n}", title=f"Outside {n}", language="en", publisher="Land News",
                published=date(2020, 1, 1), keeps_paragraphs=True,
                text="\n\n".join(f"{said} {said} Number {n}." for said in INSIDE),
            )
            for n in range(N_OUTSIDE)
        ]  # fmt: skip
        list(whole.import_all([*others, filtered()]))
        alone.add(filtered())
        yield whole, alone


def first(found: Answer) -> tuple[str, int, str]:
    quote = found.quotes[0]
    return quote.article.id, quote.position, quote.text[slice(*quote.answer)]


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(range(len(INSIDE))),
    st.integers(0, 4),
    st.integers(4, 8),
    st.sampled_from(sorted(FILTERS)),
)
def test_the_first_passage_is_the_one_that_these_articles_alone_would_give(
    libraries: tuple[Library, Library], paragraph: int, start: int, n_words: int, name: str
) -> None:
    whole, alone = libraries
    question = " ".join(INSIDE[paragraph].split()[start : start + n_words])
    narrowed = whole.ask(question, **FILTERS[name])
    assert first(narrowed) == first(alone.ask(question)) == ("inside", paragraph, INSIDE[paragraph])


@pytest.mark.parametrize("name", FILTERS)
def test_all_that_matches_behind_a_filter_is_found_though_many_others_match_better(
    libraries: tuple[Library, Library], name: str
) -> None:
    whole, alone = libraries
    asked = "river bridge harbour mill"
    narrowed = whole.ask(asked, top=10, **FILTERS[name])
    assert {quote.article.id for quote in whole.ask(asked, top=10).quotes}.isdisjoint({"inside"})
    assert {quote.position for quote in narrowed.quotes} == {
        q.position for q in alone.ask(asked, top=10).quotes
    }
