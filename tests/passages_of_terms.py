"""Questions and stored passages of a few made-up terms."""

from __future__ import annotations

from corpus import facts as noted
from corpus.article import Query, QueryTerm, QueryWord, StoredPassage


def query(question: str, *found: str, language: str = "en", **idf: float) -> Query:
    """A question with the terms *found*, each of idf 1 unless *idf* says otherwise."""
    terms = tuple(
        QueryTerm(term=term, word=term, plain=term, idf=idf.get(term, 1.0), is_known=True) for term in found
    )
    words = tuple(QueryWord(word.strip("?,").casefold(), "") for word in question.split() if word != "?")
    return Query(question, language, terms, words or tuple(QueryWord(term, term) for term in found))


def passage(number: int, *sentences: str, title: str = "", article: str = "a") -> StoredPassage:
    """A passage whose sentences have the terms written in *sentences*."""
    lines = tuple(f" {' '.join(terms.split())} " for terms in sentences)
    return StoredPassage(
        number=number,
        article_id=article,
        position=number,
        title=f" {' '.join(title.split())} ",
        terms=lines,
        words=lines,
        facts=tuple("  " for _ in sentences),
    )


def worded(*sentences: tuple[str, str]) -> StoredPassage:
    """What is stored of a passage, from the words and the terms of each sentence."""
    stored = passage(1, *(terms for _, terms in sentences))
    facts = tuple(f" {' '.join(noted.of(words, 'en'))} " for words, _ in sentences)
    return stored._replace(title="  ", facts=facts)
