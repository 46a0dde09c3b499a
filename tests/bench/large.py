"""A large library without the hours of an import: every sentence is analysed once, and recombined.

`python -m tests.bench.large FOLDER LIBRARY [ARTICLES]` makes LIBRARY if it is not there, with what a
passage is searched, reranked and shown by, and asks the questions of FOLDER: whole answers. No
article of it has shingles, which no question looks at.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus import codes, facts, spelling, terms
from corpus.article import Article, Passage, Sentence, Span
from corpus.library import Library
from corpus.packing import packed
from corpus.preparing import Prepared
from tests.bench.collection import PASSAGES_AN_ARTICLE, SHARE_OF_NAMES, Collection, invented_name, questions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ARTICLES = 50_000
AT_ONCE = 50
LANGUAGE = "en"


def prepared(collection: Collection, n: int) -> Iterator[Prepared]:
    """*n* articles as the workers of an import hand them over, but for their shingles."""
    chance = random.Random(11)  # noqa: S311
    known = [[_analysed(text) for text in found] for found in collection.sentences]
    titles = [tuple(term.term for term in terms.analyse(title, LANGUAGE)) for title in collection.titles]
    for at in range(n):
        topic = chance.randrange(len(titles))
        found = [
            _paragraph(known, collection.chosen(topic, chance), chance) for _ in range(PASSAGES_AN_ARTICLE)
        ]
        text = "\n\n".join(paragraph for paragraph, _ in found)
        start, passages = 0, []
        for position, (paragraph, sentences) in enumerate(found):
            passages.append(Passage(position, Span(start, start + len(paragraph)), sentences))
            start += len(paragraph) + 2
        article = Article(
            id=f"l{at}",
            title=collection.titles[topic],
            text=text,
            publisher=f"Paper {at % 40}",
            language=LANGUAGE,
            keeps_paragraphs=True,
            n_words=text.count(" ") + 1,
        )
        words = {word for passage in passages for sentence in passage.sentences for word in sentence.words}
        yield Prepared(
            article,
            titles[topic],
            tuple([packed(passage, titles[topic]) for passage in passages]),
            frozenset(filter(spelling.is_correctable, words)),
            np.zeros(0, np.int64),
        )


def _analysed(text: str) -> tuple[str, Sentence]:
    found = terms.indexed(text, LANGUAGE)
    return text, Sentence(
        Span(0, len(text)),
        found.terms,
        found.words,
        facts.of(text, LANGUAGE),
        found.term_codes,
        found.word_codes,
    )


def _paragraph(
    known: Sequence[Sequence[tuple[str, Sentence]]], topics: Sequence[int], chance: random.Random
) -> tuple[str, tuple[Sentence, ...]]:
    """A sentence of each of *topics*, and now and then a name behind its last word."""
    texts, sentences, start = [], [], 0
    for topic in topics:
        text, sentence = chance.choice(known[topic])
        n_names = sum(chance.random() < SHARE_OF_NAMES for _ in sentence.words)
        names = tuple(invented_name(chance) for _ in range(n_names))
        text = " ".join((text, *names))
        texts.append(text)
        sentences.append(
            sentence._replace(
                span=Span(start, start + len(text)),
                terms=(*sentence.terms, *names),
                words=(*sentence.words, *names),
                term_codes=sentence.term_codes + codes.terms(names),
                word_codes=sentence.word_codes + codes.words(names),
            )
        )
        start += len(text) + 1
    return " ".join(texts), tuple(sentences)


def make(collection: Collection, folder: Path, n_articles: int) -> None:
    started = time.perf_counter()
    group: list[Prepared] = []
    with Library.open(folder) as library:
        library._noting.expect_many()
        for n, one in enumerate(prepared(collection, n_articles), 1):
            group.append(one)
            if len(group) == AT_ONCE or n == n_articles:
                by_id = {each.article.id: each for each in group}
                library._import([each.article for each in group], lambda article: by_id[article.id])  # noqa: B023
                library._keep_pace()
                group = []
        library._note_rest()
        library._settle_index()
    print(f"{n_articles * PASSAGES_AN_ARTICLE:,} passages made in {time.perf_counter() - started:.0f} s")


def ask(folder: Path, asked: Sequence[str]) -> None:
    """Whole answers: each question twice, and the second time counts."""
    with Library.open(folder) as library:
        for question in asked:
            library.ask(question)
        times, passages = [], Counter[int]()
        for question in asked:
            before = time.process_time()
            answer = library.ask(question)
            times.append((time.process_time() - before) * 1000)
            passages[len(answer.quotes)] += 1
        n = library._index.ranker.corpus_size  # type: ignore[attr-defined]
    p50, p90, p99 = np.quantile(times, [0.5, 0.9, 0.99])
    print(
        f"{n:,} passages: a whole answer takes {p50:.2f} / {p90:.2f} / {p99:.2f} ms of CPU (p50 / p90 / p99)"
    )
    print(f"by how many passages it shows: {dict(passages)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("library", type=Path)
    parser.add_argument("articles", type=int, nargs="?", default=ARTICLES)
    given = parser.parse_args()
    if not given.library.exists():
        make(Collection(given.folder), given.library, given.articles)
    ask(given.library, questions(given.folder, 1_000))


if __name__ == "__main__":
    main()
