"""Other search engines behind one door: `build` over lists of terms, then `top` for one question."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from corpus.ranker import K1, B

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    Passages = Sequence[Sequence[str]]


class Engine(Protocol):
    """Finds the numbers of the *k* best passages for the terms of a question."""

    name: str

    def build(self, passages: Passages, folder: Path) -> None: ...
    def top(self, question: Sequence[str], k: int) -> Any: ...
    def size_bytes(self) -> int: ...


class RankBM25:
    name = "rank-bm25"

    def build(self, passages: Passages, folder: Path) -> None:  # noqa: ARG002
        from rank_bm25 import BM25Okapi

        self._index = BM25Okapi(passages, k1=K1, b=B)

    def top(self, question: Sequence[str], k: int) -> Any:
        scores = self._index.get_scores(question)
        return np.argsort(scores)[::-1][:k]

    def size_bytes(self) -> int:
        return 0


class BM25S:
    def __init__(self, backend: str) -> None:
        self.name, self._backend = f"bm25s {backend}", backend

    def build(self, passages: Passages, folder: Path) -> None:  # noqa: ARG002
        import bm25s

        vocabulary: dict[str, int] = {}
        numbers = [[vocabulary.setdefault(term, len(vocabulary)) for term in terms] for terms in passages]
        self._index = bm25s.BM25(k1=K1, b=B, method="lucene", backend=self._backend)
        self._index.index((numbers, vocabulary), show_progress=False)
        self.top([next(iter(vocabulary))], 3)  # numba compiles

    def top(self, question: Sequence[str], k: int) -> Any:
        return self._index.retrieve([list(question)], k=k, show_progress=False, n_threads=0)

    def size_bytes(self) -> int:
        return sum(array.nbytes for array in self._index.scores.values() if isinstance(array, np.ndarray))


class Tantivy:
    name = "tantivy"

    def build(self, passages: Passages, folder: Path) -> None:
        import tantivy

        self._tantivy = tantivy
        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("number", stored=True, fast=True)
        schema.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
        self._schema = schema.build()
        self._folder = folder / "tantivy"
        self._folder.mkdir(parents=True)
        index = tantivy.Index(self._schema, path=str(self._folder))
        writer = index.writer(heap_size=256_000_000, num_threads=1)
        for number, terms in enumerate(passages):
            writer.add_document(tantivy.Document(number=number, body=" ".join(terms)))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def top(self, question: Sequence[str], k: int) -> Any:
        query = self._tantivy.Query
        either = [
            (self._tantivy.Occur.Should, query.term_query(self._schema, "body", term, "freq"))
            for term in question
        ]
        return self._searcher.search(query.boolean_query(either), k, count=False).hits

    def size_bytes(self) -> int:
        return sum(file.stat().st_size for file in self._folder.iterdir())


class FTS5:
    name = "SQLite FTS5"

    def build(self, passages: Passages, folder: Path) -> None:
        self._path = folder / "fts5.db"
        self._db = sqlite3.connect(self._path)
        self._db.execute("CREATE VIRTUAL TABLE found USING fts5(body, content='', detail=none)")
        with self._db:
            self._db.executemany(
                "INSERT INTO found (rowid, body) VALUES (?, ?)",
                ((number, " ".join(terms)) for number, terms in enumerate(passages)),
            )
        with self._db:
            self._db.execute("INSERT INTO found (found) VALUES ('optimize')")

    def top(self, question: Sequence[str], k: int) -> Any:
        wanted = " OR ".join(f'"{term}"' for term in question)
        return self._db.execute(
            "SELECT rowid FROM found WHERE found MATCH ? ORDER BY rank LIMIT ?", [wanted, k]
        ).fetchall()

    def size_bytes(self) -> int:
        return self._path.stat().st_size


def engines(n_passages: int) -> list[Engine]:
    """Those that can be waited for at this size."""
    every: list[Engine] = [Tantivy(), BM25S("numba"), BM25S("numpy"), FTS5()]
    return [*every, RankBM25()] if n_passages <= 100_000 else every
