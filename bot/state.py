"""What belongs to Discord and not to a server's articles: answers shown, drafts, feedback, settings."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from bot.errors import AnswerExpired, DigestExpired, DraftExpired, SearchExpired
from bot.remarks import Remarks
from bot.schema import server_migrations
from bot.server_settings import ServerSettings
from corpus import clock, records, terms
from corpus.errors import reporting
from corpus.schema import open_database, open_to_look

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlite_utils import Database

    from corpus.article import Answer, Article, Status

DRAFTS_KEPT = timedelta(days=1)
SEARCHES_KEPT = timedelta(days=1)
_EXPIRING = ("answers", "digests", "drafts", "searches", "feedback")
_KEPT_AS_SET = {"answers": "asked", "digests": "asked", "feedback": "given"}
"""The tables whose rows are kept as long as managers say, and since when."""
_FILE = "discord.db"


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer as its message needs it to turn a page."""

    id: str
    """Empty where nothing is kept, so that no button could come back to it."""
    asker: int
    question: str
    language: str
    status: Status
    numbers: tuple[int, ...]
    note: str
    n_articles: int
    took_ms: float
    remarks: Remarks | None = None
    """What must be known before the first quote is read; of older versions, `note` has it in words."""
    previous: str = ""
    """The questions that it was searched together with, a line each."""
    is_private: bool = False
    is_shared: bool = False
    """A private answer that stands in the channel too, or the copy that stands there."""


@dataclass(frozen=True, slots=True)
class ShownDigest:
    """A digest as its message needs it to become longer."""

    id: str
    """Empty where nothing is kept."""
    asker: int
    topic: str
    source: str | None
    since: date | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was narrowed."""

    text: str
    source: str | None
    since: date | None
    article: str | None = None
    asker: int = 0
    id: str = ""
    """Of the answer or digest; empty where it is no longer kept."""
    follows: tuple[str, ...] = ()
    """The ids of those that it was searched together with, the last one last."""
    previous: str = ""
    """What was asked there, a line each, as far as it is still kept."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article that somebody is about to add, or to change."""

    id: str
    owner: int
    article: Article
    replaces: str | None
    warning: str
    is_thin: bool = False
    """It looks like no article, or only the beginning of one."""
    twin: str | None = None
    """The id of the article in the library that it is another version of."""


class ServerState:
    """One server's answers and drafts. Belongs to the thread that opened it."""

    def __init__(self, db: Database) -> None:
        self._db = db

    @property
    def db(self) -> Database:
        """For the neighbours of this file that look after tables of their own."""
        return self._db

    @classmethod
    def open(cls, folder: Path) -> Self:
        with reporting(folder):
            return cls(open_database(folder, server_migrations, _FILE))

    def close(self) -> None:
        self._db.close()

    def settings(self) -> ServerSettings:
        """What managers have set."""
        return ServerSettings.from_rows(self._db.query("SELECT name, value FROM settings ORDER BY name"))

    def change_settings(self, /, **changes: Any) -> ServerSettings:
        """The settings after *changes*. A shorter time holds for what is kept already too."""
        new = replace(self.settings(), **changes)
        with self._db.atomic():
            self._db.table("settings").upsert_all(new.rows(), pk="name")
            for table, since in _KEPT_AS_SET.items():
                end = f"strftime('%Y-%m-%dT%H:%M:%f+00:00', {since}, '+{new.days_kept:d} days')"
                self._db.execute(f"UPDATE {table} SET expires = min(expires, {end})")  # noqa: S608  # ours
        self.forget_expired()
        return new

    def keep_answer(
        self,
        answer: Answer,
        *,
        asker: int,
        note: str = "",
        remarks: Remarks | None = None,
        is_private: bool,
        source: str | None,
        since: date | None,
        article: str | None = None,
        previous: str = "",
        follows: Sequence[str] = (),
    ) -> ShownAnswer:
        """Keeps what is needed to page *answer*, and forgets what has expired.

        Of the *previous* questions only where they are kept, *follows*: they are somebody's own, and go when
        that person deletes them. Where managers want nothing kept, nothing is, and what comes back has no id.
        """
        days_kept = self.settings().days_kept
        shown = ShownAnswer(
            id=_new_id() if days_kept else "",
            asker=asker,
            question=answer.question,
            language=answer.language,
            status=answer.status,
            numbers=answer.numbers,
            note=note,
            remarks=remarks,
            n_articles=answer.n_articles,
            took_ms=answer.took_ms,
            previous=previous if answer.is_together else "",
            is_private=is_private,
        )
        if not days_kept:
            return shown
        self.forget_expired()
        self._db.table("answers").insert(
            {
                "id": shown.id,
                "asker": asker,
                "is_private": int(is_private),
                "question": shown.question,
                "language": shown.language,
                "source": source,
                "since": since.isoformat() if since else None,
                "status": shown.status,
                "passages": json.dumps(shown.numbers),
                "note": note,
                "remarks": remarks.as_json() if remarks else None,
                "n_articles": shown.n_articles,
                "took_ms": shown.took_ms,
                "follows": " ".join(follows) if answer.is_together or answer.status == "nothing" else "",
                "article": article,
                "asked": _in(timedelta()),
                "expires": _in(timedelta(days=days_kept)),
            }
        )
        return shown

    def answer(self, answer_id: str) -> ShownAnswer:
        """The answer with this id. Raises `AnswerExpired`."""
        rows = self._db.query(
            """
            SELECT id, asker, question, language, status, passages, note, n_articles, took_ms,
                follows, is_private, is_shared, remarks
            FROM answers WHERE id = ? AND expires > ?
            """,
            [answer_id, clock.now().isoformat()],
        )
        row = next(iter(rows), None)
        if row is None:
            raise AnswerExpired
        numbers = tuple(json.loads(row.pop("passages")))
        row |= {name: bool(row[name]) for name in ("is_private", "is_shared")}
        previous = self._asked_in(row.pop("follows").split())
        remarks = row.pop("remarks")
        return ShownAnswer(
            **row,
            numbers=numbers,
            previous=previous,
            remarks=Remarks.from_json(remarks) if remarks else None,
        )

    def question(self, answer_id: str) -> Question:
        """What was asked when this answer was given. Raises `AnswerExpired`."""
        rows = self._db.query(
            """
            SELECT id, question AS text, source, since, article, follows, asker
            FROM answers WHERE id = ? AND expires > ?
            """,
            [answer_id, clock.now().isoformat()],
        )
        for row in rows:
            since, follows = row.pop("since"), tuple(row.pop("follows").split())
            return Question(
                **row,
                since=date.fromisoformat(since) if since else None,
                follows=follows,
                previous=self._asked_in(follows),
            )
        raise AnswerExpired

    def _asked_in(self, ids: Sequence[str]) -> str:
        """The questions and topics of these answers and digests, a line each, in that order."""
        marks, now = ", ".join("?" * len(ids)), clock.now().isoformat()
        rows = self._db.query(
            f"""
            SELECT id, question AS text FROM answers WHERE id IN ({marks}) AND expires > ?
            UNION ALL SELECT id, topic FROM digests WHERE id IN ({marks}) AND expires > ?
            """,  # noqa: S608
            [*ids, now, *ids, now],
        )
        texts = {row["id"]: " ".join(row["text"].split()) for row in rows}
        return "\n".join(texts[one] for one in ids if texts.get(one))

    def share(self, answer_id: str) -> ShownAnswer | None:
        """A private answer's public copy, kept like any other; None when it has one.

        Raises `AnswerExpired`.
        """
        shown = self.answer(answer_id)
        expires = _in(timedelta(days=self.settings().days_kept))
        with self._db.atomic():
            if not shown.is_private or not self._note_shared(answer_id, is_shared=True):
                return None
            copy = replace(shown, id=_new_id(), is_private=False, is_shared=True)
            self._db.execute(
                """
                INSERT INTO answers (
                    id, asker, is_private, question, language, source, since, status, passages, note,
                    n_articles, took_ms, follows, article, remarks, is_shared, asked, expires
                )
                SELECT ?, asker, 0, question, language, source, since, status, passages, note,
                    n_articles, took_ms, follows, article, remarks, 1, ?, ?
                FROM answers WHERE id = ?
                """,
                [copy.id, _in(timedelta()), expires, answer_id],
            )
        return copy

    def take_back(self, answer_id: str, copy_id: str) -> None:
        """Undoes `share`, when the copy could not be sent."""
        with self._db.atomic():
            self.forget_answer(copy_id)
            self._note_shared(answer_id, is_shared=False)

    def _note_shared(self, answer_id: str, *, is_shared: bool) -> bool:
        """Whether that was news."""
        changed = self._db.execute(
            "UPDATE answers SET is_shared = ? WHERE id = ? AND is_shared <> ?",
            [int(is_shared), answer_id, int(is_shared)],
        )
        return changed.rowcount > 0

    def forget_answer(self, answer_id: str) -> None:
        self._db.table("answers").delete_where("id = ?", [answer_id])

    def keep_digest(self, *, asker: int, topic: str, source: str | None, since: date | None) -> ShownDigest:
        """Keeps what is needed to make a digest again, longer or shorter, as `keep_answer` does."""
        days_kept = self.settings().days_kept
        shown = ShownDigest(_new_id() if days_kept else "", asker, topic, source, since)
        if not days_kept:
            return shown
        self.forget_expired()
        self._db.table("digests").insert(
            {
                "id": shown.id,
                "asker": asker,
                "topic": topic,
                "source": source,
                "since": since.isoformat() if since else None,
                "asked": _in(timedelta()),
                "expires": _in(timedelta(days=days_kept)),
            }
        )
        return shown

    def digest(self, digest_id: str) -> ShownDigest:
        """The digest with this id. Raises `DigestExpired`."""
        rows = self._db.query(
            "SELECT id, asker, topic, source, since FROM digests WHERE id = ? AND expires > ?",
            [digest_id, clock.now().isoformat()],
        )
        row = next(iter(rows), None)
        if row is None:
            raise DigestExpired
        since = row.pop("since")
        return ShownDigest(**row, since=date.fromisoformat(since) if since else None)

    def forget_digest(self, digest_id: str) -> None:
        self._db.table("digests").delete_where("id = ?", [digest_id])

    def n_answers(self) -> int:
        """How many public questions are kept that were answered."""
        return self._db.table("answers").count_where(
            "is_private = 0 AND status <> 'nothing' AND expires > ?", [clock.now().isoformat()]
        )

    def keep_draft(
        self,
        article: Article,
        *,
        owner: int,
        warning: str = "",
        replaces: str | None = None,
        is_thin: bool = False,
        twin: str | None = None,
    ) -> Draft:
        """Keeps *article* for a day, until its owner adds or cancels it."""
        draft = Draft(_new_id(), owner, article, replaces, warning, is_thin, twin)
        self.forget_expired()
        self._db.table("drafts").insert(
            {"id": draft.id, "owner": owner, "expires": _in(DRAFTS_KEPT), **_row(draft)}
        )
        return draft

    def change_draft(self, draft: Draft) -> None:
        """Keeps *draft* in place of the one with its id."""
        self._db.table("drafts").update(draft.id, _row(draft))

    def draft(self, draft_id: str) -> Draft:
        """The draft with this id. Raises `DraftExpired`."""
        rows = self._db.query(
            "SELECT id, owner, article, replaces, warning, is_thin, twin FROM drafts"
            " WHERE id = ? AND expires > ?",
            [draft_id, clock.now().isoformat()],
        )
        row = next(iter(rows), None)
        if row is None:
            raise DraftExpired
        article = records.read(row.pop("article"), "the draft")
        article = replace(article, n_words=terms.n_words(article.text))
        return Draft(**{**row, "is_thin": bool(row["is_thin"])}, article=article)

    def forget_draft(self, draft_id: str) -> None:
        self._db.table("drafts").delete_where("id = ?", [draft_id])

    def keep_search(self, source: str, query: str) -> str:
        """The id under which what a list was searched for is kept for a day."""
        search_id = _new_id()
        self.forget_expired()
        self._db.table("searches").insert(
            {"id": search_id, "source": source, "query": query, "expires": _in(SEARCHES_KEPT)}
        )
        return search_id

    def search(self, search_id: str) -> tuple[str, str]:
        """The source and the words of the search with this id. Raises `SearchExpired`."""
        rows = self._db.query(
            "SELECT source, query FROM searches WHERE id = ? AND expires > ?",
            [search_id, clock.now().isoformat()],
        )
        for row in rows:
            return row["source"], row["query"]
        raise SearchExpired

    def forget_expired(self) -> None:
        now = clock.now().isoformat()
        with self._db.atomic():
            for table in _EXPIRING:
                self._db.table(table).delete_where("expires <= ?", [now])

    def next_expiry(self) -> datetime | None:
        """When the next of what is kept will expire; None when there is nothing."""
        [row] = self._db.query(
            """
            SELECT min(expires) AS at FROM (
                SELECT expires FROM answers UNION ALL
                SELECT expires FROM digests UNION ALL
                SELECT expires FROM drafts UNION ALL
                SELECT expires FROM feedback UNION ALL
                SELECT expires FROM searches
            )
            """
        )
        return datetime.fromisoformat(row["at"]) if row["at"] else None


def is_there(folder: Path) -> bool:
    """Whether anything of Discord was ever written in a server's *folder*."""
    return (folder / _FILE).exists()


def sweep(folder: Path) -> datetime | None:
    """Forgets what has expired in a server's *folder*, through a connection of its own.

    Gives back when the next will, None when there is nothing.
    """
    if not is_there(folder):
        return None
    state = ServerState.open(folder)
    try:
        with reporting(folder):
            state.forget_expired()
            return state.next_expiry()
    finally:
        state.close()


def look_at(folder: Path) -> None:
    """Raises the `LibraryError` that opening the state in *folder* would; where there is none, nothing."""
    if is_there(folder):
        with reporting(folder):
            open_to_look(folder, server_migrations, _FILE)[0].close()


def written_at(folder: Path) -> datetime | None:
    """When something was last written about Discord in a server's *folder*; None when nothing was."""
    times = [file.stat().st_mtime for name in (_FILE, f"{_FILE}-wal") if (file := folder / name).exists()]
    return datetime.fromtimestamp(max(times), UTC) if times else None


def _row(draft: Draft) -> dict[str, Any]:
    [line] = records.write([draft.article])
    return {
        "article": line,
        "replaces": draft.replaces,
        "warning": draft.warning,
        "is_thin": int(draft.is_thin),
        "twin": draft.twin,
    }


def _new_id() -> str:
    return secrets.token_urlsafe(9)


def _in(period: timedelta) -> str:
    moment: datetime = clock.now() + period
    return moment.isoformat()
