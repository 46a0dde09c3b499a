"""Rows <-> dataclasses: the only queries."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from dataclasses import fields
from datetime import date, datetime
from functools import wraps
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TypeVar

from corpus.article import Article, ArticleInfo, Passage, Sentence, Span, StoredPassage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlite_utils import Database

R = TypeVar("R")

_LINE_END, _SPACED_LINE_END = "\n", " \n "
_INFO_COLUMNS = "id, title, url, publisher, author, published, language, added, n_words"


class Store:
    """The articles and passages of one library. Belongs to the thread that opened its database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def close(self) -> None:
        self._db.close()

    # --- writing

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside or none.

        BEGIN IMMEDIATE waits for another process's transaction to end; a deferred one that
        first reads and then writes would fail at once beside it.
        """
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.rollback()
            raise
        self._db.commit()

    def insert(
        self, article: Article, title_terms: Sequence[str], passages: Iterable[Passage], analysis: int
    ) -> None:
        """Writes an article whose id is not taken, with its passages; inside a transaction."""
        self._db.table("articles").insert(
            {
                "id": article.id,
                "title": article.title,
                "text": article.text,
                "headings": json.dumps(article.headings),
                "url": article.url,
                "publisher": article.publisher,
                "author": article.author,
                "published": article.published.isoformat() if article.published else None,
                "language": article.language,
                "keeps_paragraphs": int(article.keeps_paragraphs),
                "added": article.added.isoformat() if article.added else None,
                "n_words": article.n_words,
                "digest": digest(article.text),
                "title_terms": " ".join(title_terms),
                "analysis": analysis,
            }
        )
        self._db.conn.executemany(
            """
            INSERT INTO passages (article, position, start, "end", sentences, terms, words, facts)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [(article.id, *_passage_row(passage)) for passage in passages],
        )

    def note_spellings(self, words: Iterable[str], trigrams_of: Callable[[str], Iterable[str]]) -> None:
        """Makes *words* known, with what they are looked up by; inside a transaction."""
        new = self._db.execute(
            """
            INSERT INTO spellings (word) SELECT DISTINCT value FROM json_each(?) WHERE TRUE
            ON CONFLICT DO NOTHING RETURNING word
            """,
            [json.dumps(sorted(words))],
        ).fetchall()
        self._db.conn.executemany(
            "INSERT OR IGNORE INTO trigrams (trigram, length, word) VALUES (?, ?, ?)",
            [(trigram, len(word), word) for (word,) in new for trigram in trigrams_of(word)],
        )

    def spelled_like(self, trigrams: Iterable[str], shortest: int, longest: int, limit: int) -> list[str]:
        """The known words of *shortest* to *longest* letters that share most of *trigrams*, best first.

        By Dice's coefficient, so that a longer word needs to share more.
        """
        wanted = sorted(trigrams)
        rows = self._db.execute(
            f"""
            SELECT word FROM trigrams
            WHERE trigram IN ({", ".join("?" * len(wanted))}) AND length BETWEEN ? AND ?
            GROUP BY word ORDER BY 2.0 * COUNT(*) / (? + length) DESC, word LIMIT ?
            """,  # noqa: S608
            [*wanted, shortest, longest, len(wanted), limit],
        )
        return [word for (word,) in rows]

    def update_details(self, article: Article) -> None:
        """Writes what is known of an article besides its text, its id and its language."""
        self._db.table("articles").update(
            article.id,
            {
                "title": article.title,
                "url": article.url,
                "publisher": article.publisher,
                "author": article.author,
                "published": article.published.isoformat() if article.published else None,
            },
        )

    def delete(self, article_id: str) -> None:
        """Removes an article and its passages, and notes which these were; inside a transaction."""
        self._db.execute(
            """
            INSERT INTO removals (first_passage, last_passage)
            SELECT MIN(number), MAX(number) FROM passages WHERE article = ? HAVING COUNT(*) > 0
            """,
            [article_id],
        )
        self._db.execute("DELETE FROM articles WHERE id = ?", [article_id])

    # --- reading articles

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside is of one moment, whatever another process writes meanwhile."""
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            self._db.rollback()

    def get(self, article_id: str) -> Article | None:
        rows = self._db.query(
            f"SELECT {_INFO_COLUMNS}, text, headings, keeps_paragraphs FROM articles WHERE id = ?",  # noqa: S608
            [article_id],
        )
        return next(map(_article, rows), None)

    def articles(self) -> Iterator[Article]:
        """Every article, in the order they were added."""
        rows = self._db.query(
            f"SELECT {_INFO_COLUMNS}, text, headings, keeps_paragraphs FROM articles ORDER BY rowid"  # noqa: S608
        )
        return map(_article, rows)

    def infos(self) -> Iterator[ArticleInfo]:
        """What is known of every article besides its text, in the order they were added."""
        return map(_info, self._db.query(f"SELECT {_INFO_COLUMNS} FROM articles ORDER BY rowid"))  # noqa: S608

    def id_of_text(self, text: str) -> str | None:
        """The id of an article with exactly this text."""
        rows = self._db.query(
            "SELECT id FROM articles WHERE digest = ? AND text = ? ORDER BY rowid LIMIT 1",
            [digest(text), text],
        )
        return next((str(row["id"]) for row in rows), None)

    def languages(self) -> dict[str, int]:
        """How many articles there are in each language, the most frequent first."""
        rows = self._db.query(
            "SELECT language, COUNT(*) AS n FROM articles GROUP BY language ORDER BY n DESC, language"
        )
        return {row["language"]: row["n"] for row in rows}

    def publishers(self) -> list[str]:
        rows = self._db.query(
            "SELECT DISTINCT publisher FROM articles WHERE publisher IS NOT NULL ORDER BY publisher"
        )
        return [row["publisher"] for row in rows]

    def analysed_otherwise(self, analysis: int) -> list[str]:
        """The ids of the articles whose terms another version of the analysis made."""
        rows = self._db.query("SELECT id FROM articles WHERE analysis <> ? ORDER BY rowid", [analysis])
        return [row["id"] for row in rows]

    # --- reading passages

    def passages(self, numbers: Sequence[int]) -> list[StoredPassage]:
        """The passages *numbers*, in that order; a number no longer there is left out."""
        rows = self._db.query(
            f"""
            SELECT p.number, p.article, p.position, p.sentences, p.terms, p.words, p.facts, a.title_terms
            FROM passages AS p JOIN articles AS a ON a.id = p.article
            WHERE p.number IN ({", ".join("?" * len(numbers))}) ORDER BY p.number
            """,  # noqa: S608
            list(numbers),
        )
        found = {row["number"]: _stored_passage(row) for row in rows}
        return [found[number] for number in numbers if number in found]

    def quoted(self, number: int) -> tuple[ArticleInfo, int, str]:
        """The article of the passage *number*, where it begins in its text, and the passage's own text."""
        [row] = self._db.query(
            f"""
            SELECT {_INFO_COLUMNS}, start, substr(text, start + 1, "end" - start) AS quote
            FROM passages JOIN articles ON id = article WHERE number = ?
            """,  # noqa: S608
            [number],
        )
        return _info(row), row["start"], row["quote"]

    def passages_of(self, article_id: str) -> list[Passage]:
        """The passages of an article, in reading order."""
        rows = self._db.query(
            """
            SELECT position, start, "end", sentences, terms, words, facts FROM passages
            WHERE article = ? ORDER BY number
            """,
            [article_id],
        )
        return [Passage(row["position"], Span(row["start"], row["end"]), _sentences(row)) for row in rows]

    def numbers_among(
        self, *, publishers: Sequence[str] | None, since: date | None, article: str | None = None
    ) -> list[int]:
        """The passages, ascending, of these publishers' articles of *since* or later, or of one *article*.

        An article without a date counts from the day it was added.
        """
        conditions: list[str] = ["TRUE"]
        values: list[str] = []
        if publishers is not None:
            conditions.append(f"publisher IN ({', '.join('?' * len(publishers))})")
            values += publishers
        if article is not None:
            conditions.append("article = ?")
            values.append(article)
        if since is not None:
            conditions.append("COALESCE(published, substr(added, 1, 10)) >= ?")
            values.append(since.isoformat())
        rows = self._db.query(
            f"""
            SELECT number FROM passages JOIN articles ON id = article
            WHERE {" AND ".join(conditions)} ORDER BY number
            """,  # noqa: S608
            values,
        )
        return [row["number"] for row in rows]

    # --- what has changed

    def data_version(self) -> int:
        """A number that changes when another connection has committed."""
        [[version]] = self._db.execute("PRAGMA data_version").fetchall()
        return int(version)

    def terms_since(self, passage: int) -> Iterator[tuple[int, list[str]]]:
        """The number and terms, the title's among them, of every passage after *passage*, ascending."""
        rows = self._db.execute(
            """
            SELECT p.number, a.title_terms, p.terms FROM passages AS p JOIN articles AS a ON a.id = p.article
            WHERE p.number > ? ORDER BY p.number
            """,
            [passage],
        )
        return ((number, f"{title} {body}".split()) for number, title, body in rows)

    def removals_since(self, change: int) -> Iterator[tuple[int, range]]:
        """Each removal after *change*, in order: its own number, and the passages it took away."""
        rows = self._db.execute(
            "SELECT change, first_passage, last_passage FROM removals WHERE change > ? ORDER BY change",
            [change],
        )
        return ((number, range(first, last + 1)) for number, first, last in rows)

    # --- is everything sound

    def holds(self, article: Article, title_terms: Sequence[str], passages: Sequence[Passage]) -> bool:
        """Whether exactly this is stored of *article*; no when what is stored cannot be read."""
        rows = self._db.query("SELECT title_terms FROM articles WHERE id = ?", [article.id])
        try:
            row = next(iter(rows))
            return row["title_terms"] == " ".join(title_terms) and self.passages_of(article.id) == list(
                passages
            )
        except sqlite3.DatabaseError:
            return False

    def is_as_added(self, article: Article) -> bool:
        """Whether the text of *article* is the one that was written with it, by the digest kept of that."""
        rows = self._db.query("SELECT digest FROM articles WHERE id = ?", [article.id])
        return any(row["digest"] == digest(article.text) for row in rows)

    def remove_strays(self) -> int:
        """Deletes the passages of no article, and says how many there were; inside a transaction."""
        strays = self._db.execute("DELETE FROM passages WHERE article NOT IN (SELECT id FROM articles)")
        return strays.rowcount

    def damage(self) -> list[str]:
        """What SQLite itself finds wrong; empty when nothing is."""
        found = [row[0] for row in self._db.execute("PRAGMA integrity_check").fetchall()]
        return [line for line in found if line != "ok"]


def digest(text: str) -> bytes:
    """16 bytes that tell one text from another."""
    return blake2b(text.encode(), digest_size=16).digest()


def _passage_row(passage: Passage) -> tuple[int, int, int, str, str, str, str]:
    sentences = passage.sentences
    return (
        passage.position,
        passage.span.start,
        passage.span.end,
        json.dumps([sentence.span for sentence in sentences], separators=(",", ":")),
        "\n".join(" ".join(sentence.terms) for sentence in sentences),
        "\n".join(" ".join(sentence.words) for sentence in sentences),
        "\n".join(" ".join(sentence.facts) for sentence in sentences),
    )


def _readable(convert: Callable[[dict[str, Any]], R]) -> Callable[[dict[str, Any]], R]:
    """*convert*, with a value that it cannot read reported as SQLite reports a damaged page."""

    @wraps(convert)
    def converted(row: dict[str, Any]) -> R:
        try:
            return convert(row)
        except (ValueError, TypeError) as error:
            damage = sqlite3.DatabaseError(f"a value cannot be read: {error}")
            damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise damage from error

    return converted


@_readable
def _sentences(row: dict[str, Any]) -> tuple[Sentence, ...]:
    lines = (row[name].split("\n") for name in ("terms", "words", "facts"))
    return tuple(
        Sentence(Span(*span), *(tuple(line.split()) for line in found))
        for span, *found in zip(json.loads(row["sentences"]), *lines, strict=True)
    )


@_readable
def _stored_passage(row: dict[str, Any]) -> StoredPassage:
    return StoredPassage(
        number=row["number"],
        article_id=row["article"],
        position=row["position"],
        title=f" {row['title_terms']} ",
        spans=tuple(Span(*span) for span in json.loads(row["sentences"])),
        terms=_lines(row["terms"]),
        words=_lines(row["words"]),
        facts=_lines(row["facts"]),
    )


def _lines(stored: str) -> tuple[str, ...]:
    return tuple(f" {stored.replace(_LINE_END, _SPACED_LINE_END)} ".split(_LINE_END))


def _info_values(row: dict[str, Any]) -> dict[str, Any]:
    values = {field.name: row[field.name] for field in fields(ArticleInfo)}
    values["published"] = date.fromisoformat(row["published"]) if row["published"] else None
    values["added"] = datetime.fromisoformat(row["added"])
    return values


@_readable
def _info(row: dict[str, Any]) -> ArticleInfo:
    return ArticleInfo(**_info_values(row))


@_readable
def _article(row: dict[str, Any]) -> Article:
    return Article(
        **_info_values(row),
        text=row["text"],
        headings=tuple(Span(*span) for span in json.loads(row["headings"])),
        keeps_paragraphs=bool(row["keeps_paragraphs"]),
    )
