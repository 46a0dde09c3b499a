"""The catalogue: what every article is called and of which day it is, to list and to find articles by.

It stands beside the articles so that nothing here reads their texts, however many they are.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from corpus import names
from corpus.article import ArticleInfo, Order, Sought

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlite_utils import Database


_MOST_VALUES = 500
"""SQLite takes so many in one statement, whatever its version."""
_DAY_BITS = 32
"""A place is the article's day and, below these bits, how many of that day were there before."""


class Catalogue:
    """The rows of the catalogue. Belongs to the thread that opened its database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    # --- writing, inside a transaction

    def enter(self, info: ArticleInfo) -> None:
        """Writes an article that is not in the catalogue; it comes behind all others of its day."""
        first, beyond = places_of(day_of(info)), places_of(day_of(info) + 1)
        [[last]] = self._db.execute(
            "SELECT MAX(place) FROM catalogue WHERE place >= ? AND place < ?", [first, beyond]
        ).fetchall()
        values = row(info, first if last is None else last + 1)
        self._db.execute(
            f"INSERT INTO catalogue ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",  # noqa: S608
            list(values.values()),
        )

    def strike(self, article_id: str) -> None:
        self._db.execute("DELETE FROM catalogue WHERE article = ?", [article_id])

    def mend(self) -> None:
        """Removes rows of no article, and makes the index of words anew."""
        self._db.execute("DELETE FROM catalogue WHERE article NOT IN (SELECT id FROM articles)")
        self._db.execute("INSERT INTO catalogue_words (catalogue_words) VALUES ('rebuild')")

    # --- reading

    def holds(self, info: ArticleInfo) -> bool:
        """Whether exactly this is in the catalogue of an article."""
        rows = self._db.query(
            """
            SELECT place, article, title_key, title_words, other_words, publisher, n_words
            FROM catalogue WHERE article = ?
            """,
            [info.id],
        )
        return any(
            found == row(info, found["place"]) and found["place"] >> _DAY_BITS == day_of(info)
            for found in rows
        )

    def ids(self, sought: Sought, order: Order, *, limit: int = -1, offset: int = 0) -> list[str]:
        """The ids of the articles that are *sought*, *limit* of them at most (all below 0), after *offset*.

        “newest” and “oldest” by their day, those of one day by when they came in.
        """
        where, values = _where(sought)
        rows = self._db.execute(listing(where, sought, order), [*values, limit, offset])
        return [article for (article,) in rows]

    def count(self, sought: Sought) -> int:
        if sought == Sought():  # counted already
            [[n]] = self._db.execute("SELECT SUM(n_articles) FROM languages").fetchall()
            return int(n or 0)
        if sought.words and sought == Sought(sought.words):
            where, values = "catalogue_words WHERE catalogue_words MATCH ?", [sought.words]
        else:
            where, values = _where(sought)
        [[n]] = self._db.execute(f"SELECT COUNT(*) FROM {where}", values).fetchall()  # noqa: S608
        return int(n)

    def titled(self, title: str, *, limit: int) -> list[str]:
        """The ids of the articles with exactly this title, however it is written, newest first."""
        rows = self._db.execute(
            "SELECT article FROM catalogue WHERE title_key = ? ORDER BY place DESC LIMIT ?",
            [names.folded(title), limit],
        )
        return [article for (article,) in rows]

    def titled_with(self, part: str, *, limit: int) -> list[str]:
        """The ids of the articles whose folded title holds *part*, by title."""
        rows = self._db.execute(
            "SELECT article FROM catalogue WHERE instr(title_key, ?) ORDER BY title_key, place LIMIT ?",
            [part, limit],
        )
        return [article for (article,) in rows]

    def titles(self) -> list[tuple[str, str]]:
        """The id and the folded title of every article, the oldest first."""
        return self._db.execute("SELECT article, title_key FROM catalogue ORDER BY place").fetchall()

    def publishers(self) -> list[str]:
        """Every publisher once, by name: a step in the index for each, whatever it published."""
        rows = self._db.execute(
            """
            WITH RECURSIVE named (name) AS (
                SELECT MIN(publisher) FROM catalogue
                UNION ALL
                SELECT (SELECT MIN(publisher) FROM catalogue WHERE publisher > name)
                FROM named WHERE name IS NOT NULL
            )
            SELECT name FROM named WHERE name IS NOT NULL ORDER BY name
            """
        )
        return [name for (name,) in rows]

    def days(self, article_ids: Collection[str]) -> dict[str, int]:
        """The day of each of these articles, as a Gregorian ordinal; without a date, when it was added."""
        rows = self._db.execute(
            f"""
            SELECT article, place FROM catalogue
            WHERE article IN ({", ".join("?" * len(article_ids))}) ORDER BY place
            """,  # noqa: S608
            list(article_ids),
        )
        return {article: place >> _DAY_BITS for article, place in rows}

    def n_words(self) -> int:
        """The words of all articles."""
        [[n]] = self._db.execute("SELECT SUM(n_words) FROM catalogue").fetchall()
        return int(n or 0)


def matching(typed: str, *, titles_only: bool = False) -> str:
    """What names must match that hold the words of *typed*, each from its beginning; empty without a word.

    *titles_only*: publishers, authors and ids do not count.
    """
    each = [
        " OR ".join("(" + " AND ".join(f'"{word}"*' for word in way) + ")" for way in ways)
        for ways in names.wanted(typed)
    ]
    joined = " AND ".join(f"({one})" for one in each)
    return f"title_words : ({joined})" if joined and titles_only else joined


def places_of(day: int) -> int:
    """The first place of a day (of the Gregorian ordinal *day*)."""
    return day << _DAY_BITS


def day_of(info: ArticleInfo) -> int:
    """The ordinal of the day an article is of: without a date, the day it was added."""
    day = info.published or (info.added.date() if info.added else date.min)
    return day.toordinal()


def row(info: ArticleInfo, place: int) -> dict[str, str | int | None]:
    others = f"{info.id} {info.publisher or ''} {info.author or ''}"
    return {
        "place": place,
        "article": info.id,
        "title_key": names.folded(info.title),
        "title_words": " ".join(names.words(info.title)),
        "other_words": " ".join(names.words(others)),
        "publisher": info.publisher,
        "n_words": info.n_words,
    }


def of_publishers(names_of: Sequence[str]) -> tuple[str, list[str]]:
    """The condition that leaves the articles of these publishers, and its values."""
    if len(names_of) <= _MOST_VALUES:
        return f"publisher IN ({', '.join('?' * len(names_of))})", list(names_of)
    return "publisher IN (SELECT value FROM json_each(?))", [json.dumps(list(names_of))]


def listing(where: str, sought: Sought, order: Order) -> str:
    """The statement that lists the ids *where* `_where` says; its last values are a limit and an offset."""
    place = "catalogue_words.rowid" if sought.words else "place"
    by = {"newest": f"{place} DESC", "oldest": place, "title": f"title_key, {place}"}[order]
    return f"SELECT article FROM {where} ORDER BY {by} LIMIT ? OFFSET ?"  # noqa: S608


def _where(sought: Sought) -> tuple[str, list[str]]:
    """The tables and the condition that leave what is *sought*, and the condition's values."""
    values: list[str] = []
    if sought.words:
        # The index of words comes first: it gives its rows in order of place, and need not be sorted.
        tables = "catalogue_words CROSS JOIN catalogue ON place = catalogue_words.rowid"
        conditions = ["catalogue_words MATCH ?"]
        values.append(sought.words)
    else:
        tables, conditions = "catalogue", ["TRUE"]
    for piece in sought.pieces:
        # The index of titles is read through, which is a tenth of the table.
        conditions.append("place IN (SELECT place FROM catalogue WHERE instr(title_key, ?))")
        values.append(piece)
    if sought.publishers is not None:
        condition, named = of_publishers(sought.publishers)
        conditions.append(condition)
        values += named
    return f"{tables} WHERE {' AND '.join(conditions)}", values
