"""Rows <-> dataclasses: the only queries."""

from __future__ import annotations

import json
import sqlite3
from array import array
from contextlib import contextmanager
from datetime import date, datetime
from functools import wraps
from hashlib import blake2b
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from corpus import codes, many_rows
from corpus.article import (
    Article,
    ArticleInfo,
    Origin,
    Passage,
    PassageRow,
    Quoted,
    Sentence,
    Span,
    StoredPassage,
)
from corpus.catalogue import Catalogue, of_publishers, places_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from sqlite_utils import Database


R = TypeVar("R")
T = TypeVar("T")

HISTORY_KEPT = 100_000
"""Commits and removals that are remembered. An index that is further behind is made anew."""

_CACHED_KIB, _MUCH_CACHED_KIB = 2_000, 32_000
_LOGGED_PAGES, _MUCH_LOGGED_PAGES = 1_000, 8_000
"""SQLite's own, and of an import."""

_WORDS_AT_ONCE = 1_000
"""Their trigrams are sorted without a moment for any other thread: some milliseconds."""
_ROWS_AT_ONCE = 256
"""Each lets the interpreter go for microseconds, which nobody who waits for it is quick enough to catch."""

_SIGNED_64, _BYTES_A_NUMBER = "q", 8
_INFO = ("id", "title", "url", "publisher", "author", "published", "language", "added", "n_words")
_INFO_COLUMNS = ", ".join(_INFO)
_PASSAGE_COLUMNS = ", ".join(f'"{name}"' for name in PassageRow._fields)
_ARTICLE_COLUMNS = f"{_INFO_COLUMNS}, text, headings, keeps_paragraphs, fetched_from, etag, last_modified"


class Store:
    """The articles and passages of one library. Belongs to the thread that opened its database."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.catalogue = Catalogue(db)

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
        changes = self._db.conn.total_changes
        try:
            yield
            if self._db.conn.total_changes != changes:
                self._note_commit()
        except BaseException:
            self._db.rollback()
            raise
        self._db.commit()

    def _note_commit(self) -> None:
        self._db.execute("INSERT INTO commits (token) VALUES (lower(hex(randomblob(8))))")
        self._db.execute("DELETE FROM commits WHERE number <= last_insert_rowid() - ?", [HISTORY_KEPT])

    @contextmanager
    def much_to_write(self) -> Iterator[None]:
        """What is written inside goes all over the tables: more of them stays in memory, and in the log."""
        self._db.execute(f"PRAGMA cache_size = -{_MUCH_CACHED_KIB}")
        self._db.execute(f"PRAGMA wal_autocheckpoint = {_MUCH_LOGGED_PAGES}")
        try:
            yield
        finally:
            self._db.execute(f"PRAGMA cache_size = -{_CACHED_KIB}")
            self._db.execute(f"PRAGMA wal_autocheckpoint = {_LOGGED_PAGES}")

    def insert(
        self, article: Article, title_terms: Sequence[str], passages: Iterable[PassageRow], analysis: int
    ) -> None:
        """Writes an article whose id is not taken, with its passages; inside a transaction."""
        values = {
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
            **_origin_values(article.origin),
        }
        self._db.execute(
            f"INSERT INTO articles ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",  # noqa: S608
            list(values.values()),
        )
        self.catalogue.enter(article)
        self._db.execute(
            """
            INSERT INTO languages (language, n_articles) VALUES (?, 1)
            ON CONFLICT DO UPDATE SET n_articles = n_articles + 1
            """,
            [article.language],
        )
        many_rows.insert(
            self._db.conn,
            f"INSERT INTO passages (article, {_PASSAGE_COLUMNS})",
            [(article.id, *passage) for passage in passages],
        )

    def note_spellings(
        self,
        words: Iterable[str],
        trigrams_of: Callable[[str], Iterable[str]],
        step: Callable[[], None] = lambda: None,
    ) -> None:
        """Makes *words* known, with what they are looked up by; inside a transaction.

        *step* is called between two steps of a millisecond or a few.
        """
        remaining = iter(sorted(words))
        while some := list(islice(remaining, _WORDS_AT_ONCE)):
            new = self._db.execute(
                """
                INSERT INTO spellings (word) SELECT DISTINCT value FROM json_each(?) WHERE TRUE
                ON CONFLICT DO NOTHING RETURNING word
                """,
                [json.dumps(some)],
            ).fetchall()
            step()
            many_rows.insert(
                self._db.conn,
                "INSERT OR IGNORE INTO trigrams (trigram, length, word)",
                sorted((trigram, len(word), word) for (word,) in new for trigram in trigrams_of(word)),
                step,
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

    def leave_traces(
        self, shingles_of: Mapping[str, NDArray[np.int64]], step: Callable[[], None] = lambda: None
    ) -> None:
        """Writes the shingles, ascending, of each article there that has no trace; inside a transaction.

        It is cheaper for many at once: their rows go all over the table, and in order they meet.
        *step* is called between two steps of a millisecond.
        """
        untraced = self._db.execute(
            """
            SELECT id FROM articles WHERE id IN (SELECT value FROM json_each(?))
            AND id NOT IN (SELECT article FROM traces) ORDER BY id
            """,
            [json.dumps(list(shingles_of))],
        ).fetchall()
        ids = [article_id for (article_id,) in untraced]
        kept = [shingles_of[one] for one in ids]
        self._db.conn.executemany(
            "INSERT INTO traces (article, shingles) VALUES (?, ?)",
            zip(ids, (shingles.tobytes() for shingles in kept), strict=True),
        )
        # By numpy, as a list is sorted without a moment for any other thread.
        every = np.concatenate([np.zeros(0, np.int64), *kept])
        owners = np.repeat(np.arange(len(kept)), [len(shingles) for shingles in kept])
        order = every.argsort(kind="stable")
        many_rows.insert(
            self._db.conn,
            "INSERT OR IGNORE INTO shingles (shingle, article)",
            zip(every[order].tolist(), map(ids.__getitem__, owners[order].tolist()), strict=True),
            step,
        )

    def set_addresses(self, article_id: str, addresses: Iterable[str]) -> None:
        """Writes where an article can be found, in place of where it could; inside a transaction."""
        self._db.execute("DELETE FROM addresses WHERE article = ?", [article_id])
        self._db.conn.executemany(
            "INSERT INTO addresses (address, article) VALUES (?, ?)",
            [(address, article_id) for address in dict.fromkeys(addresses)],
        )

    def _forget_trace(self, article_id: str) -> None:
        for row in self._db.query("SELECT shingles FROM traces WHERE article = ?", [article_id]):
            packed = row["shingles"]
            kept = array(_SIGNED_64, packed[: len(packed) // _BYTES_A_NUMBER * _BYTES_A_NUMBER])
            self._db.conn.executemany(
                "DELETE FROM shingles WHERE shingle = ? AND article = ?", [(one, article_id) for one in kept]
            )
        self._db.execute("DELETE FROM traces WHERE article = ?", [article_id])
        self._db.execute("DELETE FROM addresses WHERE article = ?", [article_id])

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
                **_origin_values(article.origin),
            },
        )
        [stored] = self.infos_of([article.id])
        if not self.catalogue.holds(stored):
            self.catalogue.strike(article.id)
            self.catalogue.enter(stored)

    def delete(self, article_id: str) -> None:
        """Removes an article and its passages, and notes which these were; inside a transaction."""
        self._forget_trace(article_id)
        self._db.execute(
            """
            INSERT INTO removals (first_passage, last_passage)
            SELECT MIN(number), MAX(number) FROM passages WHERE article = ? HAVING COUNT(*) > 0
            """,
            [article_id],
        )
        self._db.execute(
            "DELETE FROM removals WHERE change <= (SELECT MAX(change) FROM removals) - ?", [HISTORY_KEPT]
        )
        self._db.execute(
            """
            UPDATE languages SET n_articles = n_articles - 1
            WHERE language = (SELECT language FROM articles WHERE id = ?)
            """,
            [article_id],
        )
        self.catalogue.strike(article_id)
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
            f"SELECT {_ARTICLE_COLUMNS} FROM articles WHERE id = ?",  # noqa: S608
            [article_id],
        )
        return next(map(_article, rows), None)

    def articles(self) -> Iterator[Article]:
        """Every article, in the order they were added."""
        return map(_article, self._db.query(f"SELECT {_ARTICLE_COLUMNS} FROM articles ORDER BY rowid"))  # noqa: S608

    def infos(self) -> Iterator[ArticleInfo]:
        """What is known of every article besides its text, in the order they were added."""
        return map(_info, self._db.query(f"SELECT {_INFO_COLUMNS} FROM articles ORDER BY rowid"))  # noqa: S608

    def infos_of(self, article_ids: Sequence[str]) -> list[ArticleInfo]:
        """What is known of these articles besides their texts, in that order; one not there is left out."""
        rows = self._db.query(
            f"""
            SELECT {_INFO_COLUMNS} FROM articles WHERE id IN (SELECT value FROM json_each(?)) ORDER BY rowid
            """,  # noqa: S608
            [json.dumps(list(article_ids))],
        )
        found = {info.id: info for info in map(_info, rows)}
        return [found[article_id] for article_id in article_ids if article_id in found]

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
            """
            SELECT language, n_articles FROM languages WHERE n_articles > 0
            ORDER BY n_articles DESC, language
            """
        )
        return {row["language"]: row["n_articles"] for row in rows}

    def analysed_otherwise(self, analysis: int, among: Sequence[str] | None = None) -> list[str]:
        """The ids of the articles, *among* these or all, whose terms another version of the analysis made."""
        chosen = "TRUE" if among is None else f"id IN ({', '.join('?' * len(among))})"
        # Neither <> nor OR nor ORDER BY, with which SQLite reads every article whenever a library is opened.
        rows = self._db.query(
            f"""
            SELECT rowid AS place, id FROM articles WHERE analysis < ? AND {chosen}
            UNION ALL SELECT rowid, id FROM articles WHERE analysis > ? AND {chosen}
            """,  # noqa: S608
            [analysis, *(among or ()), analysis, *(among or ())],
        )
        return [row["id"] for row in sorted(rows, key=itemgetter("place"))]

    # --- reading passages

    def passages(self, numbers: Sequence[int]) -> list[StoredPassage]:
        """The passages *numbers*, in that order; one no longer there, or of no article, is left out."""
        # Not by sqlite-utils: it would put a savepoint around each query.
        rows = self._db.conn.execute(
            f"""
            SELECT number, article, position, term_codes, word_codes, facts
            FROM passages JOIN articles ON id = article WHERE number IN ({", ".join("?" * len(numbers))})
            """,  # noqa: S608
            list(numbers),
        )
        found = {passage.number: passage for passage in _stored_passages(rows)}
        return [found[number] for number in numbers if number in found]

    def quoted(self, numbers: Sequence[int]) -> list[Quoted]:
        """What is shown of the passages *numbers*, all of which are there, in that order."""
        rows = self._db.conn.execute(
            f"""
            SELECT number, start, substr(text, start + 1, "end" - start), sentences, terms, {_INFO_COLUMNS}
            FROM passages JOIN articles ON id = article WHERE number IN ({", ".join("?" * len(numbers))})
            """,  # noqa: S608
            list(numbers),
        )
        found = {
            number: Quoted(_info(dict(zip(_INFO, info, strict=True))), start, quote, _spans(sentences), terms)
            for number, start, quote, sentences, terms, *info in rows
        }
        return [found[number] for number in numbers]

    def passages_of(self, article_id: str) -> list[Passage]:
        """The passages of an article, in reading order; of their sentences the spans and the terms."""
        rows = self._db.query(
            """
            SELECT position, start, "end", sentences, terms FROM passages WHERE article = ? ORDER BY number
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
        conditions, values = _filters(publishers, since)
        if article is not None:
            conditions += " AND article = ?"
            values.append(article)
        rows = self._db.query(
            f"""
            SELECT number FROM passages JOIN catalogue USING (article)
            WHERE {conditions} ORDER BY number
            """,  # noqa: S608
            values,
        )
        return [row["number"] for row in rows]

    # --- the same story

    def without_trace(self) -> list[str]:
        """The ids of the articles of which it is not known yet what they are known by."""
        rows = self._db.execute("SELECT id FROM articles EXCEPT SELECT article FROM traces ORDER BY id")
        return [article_id for (article_id,) in rows]

    def id_of_address(self, addresses: Sequence[str]) -> str | None:
        """The id of an article that can be found at one of *addresses*, the first of them that one has."""
        for address in addresses:
            rows = self._db.query(
                "SELECT article FROM addresses WHERE address = ? ORDER BY article LIMIT 1", [address]
            )
            for row in rows:
                return str(row["article"])
        return None

    def articles_with(self, shingle: int, *, most: int) -> list[str]:
        """The ids of the articles, *most* of them at most, that have *shingle*; in order of id."""
        rows = self._db.execute(
            "SELECT article FROM shingles WHERE shingle = ? ORDER BY article LIMIT ?", [shingle, most]
        )
        return [article for (article,) in rows]

    def n_shingles(self, article_id: str) -> int:
        """How many shingles are kept of an article."""
        rows = self._db.query("SELECT length(shingles) AS n FROM traces WHERE article = ?", [article_id])
        return next((row["n"] // _BYTES_A_NUMBER for row in rows), 0)

    def openings(
        self, *, publishers: Sequence[str] | None, since: date | None, n_articles: int, n_paragraphs: int
    ) -> list[int]:
        """The passages in the first paragraphs of these publishers' newest articles, newest first."""
        conditions, values = _filters(publishers, since)
        rows = self._db.query(
            f"""
            SELECT number FROM passages
            JOIN (
                SELECT article, place FROM catalogue WHERE {conditions} ORDER BY place DESC LIMIT ?
            ) USING (article)
            WHERE position < ? ORDER BY place DESC, number
            """,  # noqa: S608
            [*values, n_articles, n_paragraphs],
        )
        return [row["number"] for row in rows]

    def n_articles(self, *, publishers: Sequence[str] | None, since: date | None) -> int:
        """How many articles of these publishers there are of *since* or later."""
        conditions, values = _filters(publishers, since)
        return int(self._db.table("catalogue").count_where(conditions, values))

    # --- what has changed

    def data_version(self) -> int:
        """A number that changes when another connection has committed."""
        [[version]] = self._db.execute("PRAGMA data_version").fetchall()
        return int(version)

    def library_id(self) -> str:
        """32 letters that no other library has."""
        [[library_id]] = self._db.execute("SELECT value FROM facts WHERE name = 'library_id'").fetchall()
        return str(library_id)

    def last_commit(self) -> str:
        """What the store's newest state is called."""
        return _commit(self._db.execute("SELECT number, token FROM commits ORDER BY number DESC LIMIT 1"))

    def knows_commit(self, commit: str) -> bool:
        """Whether the store has been in the state called *commit*, not too long ago to remember."""
        number = commit.partition(" ")[0]
        rows = self._db.execute(
            "SELECT number, token FROM commits WHERE number = CAST(? AS INTEGER)", [number]
        )
        return commit != "" and _commit(rows) == commit

    def last_passage(self) -> int:
        """The highest number of a passage; 0 without any."""
        [[last]] = self._db.execute("SELECT MAX(number) FROM passages").fetchall()
        return int(last or 0)

    def forgotten_removal(self) -> int:
        """The last removal that is no longer told of; 0 while all are."""
        [[first]] = self._db.execute("SELECT MIN(change) FROM removals").fetchall()
        return int(first or 1) - 1

    def terms_since(
        self, passage: int, step: Callable[[], None] = lambda: None
    ) -> Iterator[tuple[int, list[str]]]:
        """The number and terms, the title's among them, of every passage after *passage*, ascending.

        *step* is called between two steps of some milliseconds.
        """
        rows = self._db.execute(
            """
            SELECT p.number, a.title_terms, p.terms
            FROM passages AS p JOIN articles AS a INDEXED BY articles_with_title_terms ON a.id = p.article
            WHERE p.number > ? ORDER BY p.number
            """,
            [passage],
        )
        while some := rows.fetchmany(_ROWS_AT_ONCE):
            for number, title, body in some:
                yield number, f"{title} {body}".split()
            step()

    def removals_since(self, change: int) -> Iterator[tuple[int, range]]:
        """Each removal after *change*, in order: its own number, and the passages it took away."""
        rows = self._db.execute(
            "SELECT change, first_passage, last_passage FROM removals WHERE change > ? ORDER BY change",
            [change],
        )
        return ((number, range(first, last + 1)) for number, first, last in rows)

    # --- is everything sound

    def holds(self, article: Article, title_terms: Sequence[str], passages: Sequence[PassageRow]) -> bool:
        """Whether exactly this is stored of *article*; no when what is stored cannot be read."""
        rows = self._db.query("SELECT title_terms FROM articles WHERE id = ?", [article.id])
        try:
            row = next(iter(rows))
            return (
                row["title_terms"] == " ".join(title_terms)
                and self.catalogue.holds(article)
                and self._rows_of(article.id) == list(passages)
            )
        except sqlite3.DatabaseError:
            return False

    def _rows_of(self, article_id: str) -> list[tuple[object, ...]]:
        rows = self._db.conn.execute(
            f"SELECT {_PASSAGE_COLUMNS} FROM passages WHERE article = ? ORDER BY number",  # noqa: S608
            [article_id],
        )
        return rows.fetchall()

    def is_as_added(self, article: Article) -> bool:
        """Whether the text of *article* is the one that was written with it, by the digest kept of that."""
        rows = self._db.query("SELECT digest FROM articles WHERE id = ?", [article.id])
        return any(row["digest"] == digest(article.text) for row in rows)

    def remove_strays(self) -> int:
        """Deletes the passages of no article, and says how many there were; inside a transaction."""
        for table in ("traces", "shingles", "addresses"):
            self._db.execute(f"DELETE FROM {table} WHERE article NOT IN (SELECT id FROM articles)")  # noqa: S608
        self.catalogue.mend()
        strays = self._db.execute("DELETE FROM passages WHERE article NOT IN (SELECT id FROM articles)")
        return strays.rowcount

    def damage(self) -> list[str]:
        """What SQLite itself finds wrong; empty when nothing is."""
        found = [row[0] for row in self._db.execute("PRAGMA integrity_check").fetchall()]
        return [line for line in found if line != "ok"]


def _filters(publishers: Sequence[str] | None, since: date | None) -> tuple[str, list[str | int]]:
    """What leaves of the catalogue the articles of these publishers, of *since* or later, and its values."""
    conditions, values = ["TRUE"], list[str | int]()
    if publishers is not None:
        condition, named = of_publishers(publishers)
        conditions.append(condition)
        values += named
    if since is not None:
        conditions.append("place >= ?")
        values.append(places_of(since.toordinal()))
    return " AND ".join(conditions), values


def digest(text: str) -> bytes:
    """16 bytes that tell one text from another."""
    return blake2b(text.encode(), digest_size=16).digest()


def _commit(rows: Iterable[tuple[int, str]]) -> str:
    return next((f"{number} {token}" for number, token in rows), "")


def _readable(convert: Callable[[T], R]) -> Callable[[T], R]:
    """*convert*, with a value that it cannot read reported as SQLite reports a damaged page."""

    @wraps(convert)
    def converted(row: T) -> R:
        try:
            return convert(row)
        except (ValueError, TypeError) as error:
            damage = sqlite3.DatabaseError(f"a value cannot be read: {error}")
            damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise damage from error

    return converted


@_readable
def _sentences(row: dict[str, Any]) -> tuple[Sentence, ...]:
    lines = row["terms"].split("\n")
    return tuple(
        Sentence(Span(*span), tuple(line.split()))
        for span, line in zip(json.loads(row["sentences"]), lines, strict=True)
    )


@_readable
def _spans(stored: str) -> tuple[Span, ...]:
    return tuple([Span(start, end) for start, end in json.loads(stored)])


@_readable
def _stored_passages(rows: Iterable[tuple[Any, ...]]) -> list[StoredPassage]:
    found = [StoredPassage._make(row) for row in rows]
    for passage in found:
        has_terms = codes.are_lines(passage.terms, codes.TERM_BYTES)
        if not (has_terms and codes.are_lines(passage.words, codes.WORD_BYTES)):
            raise ValueError(f"the codes of passage {passage.number}")
    return found


def _origin_values(origin: Origin | None) -> dict[str, str | None]:
    return {
        "fetched_from": origin.link if origin else None,
        "etag": origin.etag if origin else None,
        "last_modified": origin.last_modified if origin else None,
    }


def _origin(row: dict[str, Any]) -> Origin | None:
    link = row["fetched_from"]
    return Origin(link, row["etag"], row["last_modified"]) if link is not None else None


def _info_values(row: dict[str, Any]) -> dict[str, Any]:
    values = {name: row[name] for name in _INFO}
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
        origin=_origin(row),
    )
