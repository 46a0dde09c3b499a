"""A library's folder -> in which condition it is. It is only looked at: nothing is written or mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corpus import schema
from corpus.errors import reporting
from corpus.index import snapshot
from corpus.index.array_file import SnapshotDamaged
from corpus.store import Store

if TYPE_CHECKING:
    from pathlib import Path

FILE = schema.FILE


@dataclass(frozen=True, slots=True)
class Condition:
    """What a look at a library tells."""

    n_articles: int
    is_older: bool
    """An earlier version of this program wrote it last: it is brought up to date when it is opened."""
    index: Literal["ready", "behind", "none"]
    """Whether its index is saved, as it was before the newest changes, or has to be made anew."""


def of(folder: Path) -> Condition:
    """Raises the `LibraryError` that opening the library in *folder* would, but for a lack of permission."""
    with reporting(folder):
        db, n_pending = schema.open_to_look(folder)
        store = Store(db)
        try:
            [[n_articles]] = db.execute("SELECT COUNT(*) FROM articles").fetchall()
            commit = "" if n_pending else store.last_commit()
        finally:
            store.close()
    return Condition(n_articles, n_pending > 0, _index(folder, commit))


def _index(folder: Path, commit: str) -> Literal["ready", "behind", "none"]:
    try:
        marks = snapshot.marks(folder / snapshot.FOLDER)
    except (SnapshotDamaged, OSError):
        return "none"
    return "ready" if marks.commit == commit else "behind"
