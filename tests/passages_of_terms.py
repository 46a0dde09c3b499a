"""Questions and stored passages of a few made-up terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus import codes, reranker
from corpus import facts as noted
from corpus.article import Query, QueryTerm, QueryWord, RankedPassage, StoredPassage
from corpus.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence


def query(question: str, *found: str, language: str = "en", **idf: float) -> Query:
    """A question with the terms *found*, each of idf 1 unless *idf* says otherwise."""
    terms = tuple(
        QueryTerm(term=term, word=term, plain=term, idf=idf.get(term, 1.0), is_known=True) for term in found
    )
    words = tuple(QueryWord(word.strip("?,").casefold(), "") for word in question.split() if word != "?")
    return Query(question, language, terms, words or tuple(QueryWord(term, term) for term in found))


def passage(number: int, *sentences: str, title: str = "", article: str = "a") -> StoredPassage:
    """A passage whose sentences have the terms written in *sentences*."""
    lines = [terms.split() for terms in sentences]
    titled = [title.split(), *lines]
    return StoredPassage(
        number=number,
        article_id=article,
        position=number,
        terms=codes.of_terms(titled),
        words=codes.of_words(lines),
        facts="\n" * (len(lines) - 1),
    )


def worded(*sentences: tuple[str, str]) -> StoredPassage:
    """What is stored of a passage, from the words and the terms of each sentence."""
    stored = passage(1, *(terms for _, terms in sentences))
    return stored._replace(facts="\n".join(" ".join(noted.of(words, "en")) for words, _ in sentences))


def reranked(asked: Query, candidates: Sequence[tuple[StoredPassage, float]]) -> list[RankedPassage]:
    """The *candidates*, with their scores by BM25, as they are reranked."""
    return reranker.order(Standing(asked, [one for one, _ in candidates]), [bm25 for _, bm25 in candidates])
