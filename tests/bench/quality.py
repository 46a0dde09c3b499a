"""Questions with known answers -> a table: how often each of several engines finds the right paragraph.

`python -m tests.bench.quality FOLDER` with a folder of collections, each a folder of its own with
`articles.jsonl` and `questions.jsonl` as `import` and `evaluate` read them. It needs the extra
`bench`, prints Markdown, and takes minutes.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import regex
from numpy.typing import NDArray

from corpus import language, passages, records
from corpus.article import Article
from corpus.errors import QuestionError
from corpus.evaluate import DEPTH, JudgedQuestion, read_questions
from corpus.library import Library

N_RESAMPLES = 2_000
SEED = 1

Place = tuple[str, int]
"""A paragraph: its article's id and its number there."""
Search = Callable[[str], Sequence[Place]]
"""A question -> the first `DEPTH` paragraphs, best first."""

_WORD = regex.compile(r"\w+")
_STEMMERS = {"en": "english", "es": "spanish", "ar": "arabic", "hi": "hindi"}
_BM25S_STOP_WORDS = {"en", "es", "zh"}


class Collection(NamedTuple):
    """Articles, their paragraphs, and questions that one paragraph answers."""

    name: str
    language: str
    articles: list[Article]
    places: list[Place]
    paragraphs: list[str]
    titles: list[str]
    questions: list[JudgedQuestion]

    @property
    def texts(self) -> list[str]:
        """Each paragraph under its article's title."""
        return [f"{title}\n{text}" for title, text in zip(self.titles, self.paragraphs, strict=True)]


def read(folder: Path) -> Collection:
    """The collection in *folder*."""
    with (folder / "articles.jsonl").open(encoding="utf-8") as lines:
        articles = [records.read(line, folder.name) for line in lines]
    with (folder / "questions.jsonl").open(encoding="utf-8") as lines:
        questions = list(read_questions(lines, folder.name))
    cut = [
        (article, number, article.text[slice(*span)])
        for article in articles
        for number, span in passages.paragraphs(article)
    ]
    return Collection(
        name=folder.name,
        language=language.detect("\n".join(article.text[:200] for article in articles)),
        articles=articles,
        places=[(article.id, number) for article, number, _ in cut],
        paragraphs=[text for *_, text in cut],
        titles=[article.title for article, *_ in cut],
        questions=questions,
    )


# --- the engines


@contextmanager
def footnote(collection: Collection) -> Iterator[Search]:
    """Ours, asked as a user asks it; a question it refuses finds nothing."""
    with TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        for _ in library.import_all(collection.articles):
            pass

        def search(question: str) -> list[Place]:
            try:
                quotes = library.ask(question, top=DEPTH).quotes
            except QuestionError:
                return []
            return [(quote.article.id, quote.position) for quote in quotes]

        yield search


@contextmanager
def naive(collection: Collection) -> Iterator[Search]:
    """rank-bm25 as most bots use it: words parted by spaces, its own settings, no titles."""
    from rank_bm25 import BM25Okapi

    index = BM25Okapi([text.lower().split() for text in collection.paragraphs])

    def search(question: str) -> list[Place]:
        scores = index.get_scores(question.lower().split())
        best = np.argsort(-scores, kind="stable")[:DEPTH]
        return [collection.places[place] for place in best if scores[place] > 0]

    yield search


@contextmanager
def bm25s(collection: Collection) -> Iterator[Search]:
    """bm25s as its readme shows: its words and stop words, a Snowball stemmer where there is one."""
    import bm25s as engine
    import Stemmer

    stemmer = _STEMMERS.get(collection.language)
    settings = {
        "stopwords": collection.language if collection.language in _BM25S_STOP_WORDS else [],
        "stemmer": Stemmer.Stemmer(stemmer) if stemmer else None,
        "show_progress": False,
    }
    index = engine.BM25()
    index.index(engine.tokenize(collection.texts, **settings), show_progress=False)

    def search(question: str) -> list[Place]:
        words = engine.tokenize([question], **settings)
        depth = min(DEPTH, len(collection.places))
        found, scores = index.retrieve(words, k=depth, show_progress=False)
        return [
            collection.places[place] for place, score in zip(found[0], scores[0], strict=True) if score > 0
        ]

    yield search


@contextmanager
def fts5(collection: Collection) -> Iterator[Search]:
    """SQLite's FTS5, any word of the question: English by Porter's stems, Chinese by three characters."""
    kind = {"en": "porter unicode61", "zh": "trigram"}.get(collection.language, "unicode61")
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(f"CREATE VIRTUAL TABLE paragraphs USING fts5(text, tokenize='{kind}')")
        db.executemany("INSERT INTO paragraphs (rowid, text) VALUES (?, ?)", enumerate(collection.texts, 1))

        def search(question: str) -> list[Place]:
            words = _WORD.findall(question)
            if kind == "trigram":
                words = [word[at : at + 3] for word in words for at in range(max(1, len(word) - 2))]
            if not words:
                return []
            rows = db.execute(
                "SELECT rowid FROM paragraphs WHERE paragraphs MATCH ? ORDER BY rank, rowid LIMIT ?",
                [" OR ".join(f'"{word}"' for word in words), DEPTH],
            )
            return [collection.places[row - 1] for (row,) in rows]

        yield search


@contextmanager
def tantivy(collection: Collection) -> Iterator[Search]:
    """tantivy, any word of the question: its English stems, or its default words."""
    import tantivy as engine

    schema = engine.SchemaBuilder()
    schema.add_text_field("text", tokenizer_name="en_stem" if collection.language == "en" else "default")
    schema.add_integer_field("place", stored=True)
    index = engine.Index(schema.build())
    writer = index.writer(num_threads=1)
    for place, text in enumerate(collection.texts):
        writer.add_document(engine.Document(text=text, place=place))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(question: str) -> list[Place]:
        # In lower case no word is an operator; the strict parser refuses a question of one long word.
        query, _ = index.parse_query_lenient(" ".join(_WORD.findall(question.lower())), ["text"])
        hits = searcher.search(query, DEPTH).hits
        return [collection.places[searcher.doc(address)["place"][0]] for _, address in hits]

    yield search


ENGINES = {
    "Footnote": footnote,
    "rank-bm25, `lower().split()`": naive,
    "bm25s": bm25s,
    "SQLite FTS5": fts5,
    "tantivy": tantivy,
}


# --- the figures


class Estimate(NamedTuple):
    """A mean over all questions, and its 95 % interval."""

    mean: float
    low: float
    high: float


def ranks(search: Search, questions: Iterable[JudgedQuestion]) -> NDArray[np.int64]:
    """The rank of the right paragraph from 1, 0 where it is not among the first: `(n_questions,)`."""
    found = []
    for judged in questions:
        places = list(search(judged.question))
        wanted = (judged.article, judged.paragraph)
        found.append(places.index(wanted) + 1 if wanted in places else 0)
    return np.array(found, np.int64)


def measures(found: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    """What each question counts in each measure, by its name."""
    return {
        "R@1": (found == 1).astype(float),
        "R@3": ((found >= 1) & (found <= 3)).astype(float),
        "MRR@10": np.divide(1.0, found, out=np.zeros(len(found)), where=found > 0),
    }


def estimate(values: NDArray[np.float64], articles: Sequence[str]) -> Estimate:
    """The mean of *values*, one a question, by the bootstrap over whole *articles*.

    The questions of one article succeed and fail together, so the articles are drawn again, not
    the questions (Field & Welsh 2007, https://doi.org/10.1111/j.1467-9868.2007.00593.x).
    """
    _, group = np.unique(np.array(articles), return_inverse=True)
    n_groups = int(group.max()) + 1
    sums, counts = np.bincount(group, values), np.bincount(group)
    drawn = np.random.default_rng(SEED).multinomial(n_groups, [1 / n_groups] * n_groups, N_RESAMPLES)
    low, high = np.quantile(drawn @ sums / (drawn @ counts), [0.025, 0.975])
    return Estimate(float(values.mean()), float(low), float(high))


def table(collection: Collection) -> Iterator[str]:
    """The lines of the Markdown table of *collection*, each engine's as soon as it has answered."""
    yield (
        f"### {collection.name}: {collection.language}, {len(collection.articles):,} articles, "
        f"{len(collection.places):,} paragraphs, {len(collection.questions):,} questions"
    )
    yield ""
    yield "| | R@1 | R@3 | MRR@10 | R@1 behind Footnote |"
    yield "|---|---|---|---|---|"
    articles = [judged.article for judged in collection.questions]
    ours: NDArray[np.float64] | None = None
    for name, engine in ENGINES.items():
        with engine(collection) as search:
            counted = measures(ranks(search, collection.questions))
        cells = [shown(estimate(values, articles)) for values in counted.values()]
        behind = "" if ours is None else shown(estimate(ours - counted["R@1"], articles))
        ours = counted["R@1"] if ours is None else ours
        yield f"| {' | '.join([name, *cells, behind])} |"
    yield ""


def shown(value: Estimate) -> str:
    """As in “.831 [.820, .842]”."""
    return "{} [{}, {}]".format(*(f"{part:.3f}".replace("0.", ".", 1) for part in value))


def main() -> None:
    parser = argparse.ArgumentParser(description="How often each engine finds the right paragraph.")
    parser.add_argument("folder", type=Path, help="holds a folder with articles and questions a collection")
    parser.add_argument("names", nargs="*", help="of the collections; all without any")
    wanted = parser.parse_args()
    folders = [wanted.folder / name for name in wanted.names] or sorted(
        path.parent for path in wanted.folder.glob("*/questions.jsonl")
    )
    if not folders:
        sys.exit(f"{wanted.folder} holds no collection.")
    for folder in folders:
        for line in table(read(folder)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
