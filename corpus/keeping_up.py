"""The store's history -> a ranker that has seen all of it, opened from its snapshot where there is one."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from corpus.index import snapshot
from corpus.index.array_file import SnapshotDamaged
from corpus.index.formula import Formula
from corpus.index.merging import GROWTH
from corpus.index.snapshot import Marks
from corpus.index.tail import TAIL_SIZE
from corpus.index.upkeep import Upkeep
from corpus.ranker import K1, B, Ranker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from corpus.ports import ArticleStore

WORTH_SAVING = 64
"""Passages and removals that an index must be behind its snapshot by, to be saved when it is closed."""
WORTH_A_SEGMENT = 1_024
"""From so many new passages on they become a segment of their own, which is four times as fast."""
FAR_BEHIND = 10_000
"""From so many new passages on, another process's snapshot is looked for: it is there in milliseconds."""
_MOST_UNMERGED = 12
"""Full tails that wait for a merge at most, 7 MB each; what comes waits when twice as many do."""
_FORGOTTEN_AT_ONCE = 64
"""Passages that were read: half a million terms would keep every other thread waiting."""
_WORTH_A_MERGE = 24
"""While much comes, full tails wait until they are one in so many of all: each merge is also saved."""
_ALL_IN_ONE = 1e9


class KeepingUp:
    """Keeps one library's ranker up to date with its store, and its snapshot with the ranker."""

    def __init__(self, store: ArticleStore, folder: Path | None) -> None:
        """Without a *folder* there is no snapshot."""
        self._store = store
        self._folder = folder
        self._upkeep = Upkeep(folder)
        self.ranker = Ranker()
        self.n_articles: Mapping[str, int] = {}
        """By language, the most frequent first."""
        self.is_behind = True
        """This process has written what the ranker has not seen; other processes' writes are noticed."""
        self._seen_version = 0
        self._last_passage = 0
        self._last_removal = 0
        self._n_unsaved = 0
        self._is_new = True

    def catch_up(self, step: Callable[[], None] = lambda: None) -> None:
        """Takes in what this or another process has written since; inside a snapshot of the store.

        It costs what was written, and not what was there before. While much comes in *step* is called
        every few milliseconds.
        """
        try:
            self._upkeep.take_in(self.ranker)
        except SnapshotDamaged:
            self._start_anew()
        version = self._store.data_version()
        if version == self._seen_version and not self.is_behind:
            return
        if self._is_new or self._store.last_passage() > self._last_passage + FAR_BEHIND:
            self._open_snapshot()
        if self._last_removal < self._store.forgotten_removal():
            self._start_anew()
        self._take_in_removals()
        self._take_in_passages(step)
        self.n_articles = self._store.languages()
        self._seen_version, self.is_behind = version, False

    def keep_pace(self, step: Callable[[], None] = lambda: None) -> None:
        """Catches up when enough was written to be worth a segment; inside a snapshot of the store."""
        if self._store.last_passage() >= self._last_passage + TAIL_SIZE:
            self.catch_up(step)

    def rebuild(self) -> None:
        """Makes the index anew from the store; inside a snapshot of it."""
        self._start_anew()
        self.catch_up()

    def settle(self) -> None:
        """Merges and saves all that is there, however long it takes: after much has come at once."""
        self._upkeep.take_in(self.ranker, waits=True)
        self.ranker.settle()
        self._look_after(_ALL_IN_ONE)

    def close(self) -> None:
        """Waits for what is being saved, and saves what it would take long to read again."""
        try:
            self._upkeep.take_in(self.ranker, waits=True)
            if self._n_unsaved >= WORTH_SAVING:
                self.ranker.settle()
                self._look_after()
                self._upkeep.take_in(self.ranker, waits=True)
        except SnapshotDamaged:
            self._discard()
        finally:
            self._upkeep.stop()

    def _take_in_removals(self) -> None:
        for change, numbers in self._store.removals_since(self._last_removal):
            self.ranker.remove(numbers)
            self._last_removal = change
            self._n_unsaved += len(numbers)

    def _take_in_passages(self, step: Callable[[], None]) -> None:
        rows = self._store.terms_since(self._last_passage, step)
        while some := list(islice(rows, TAIL_SIZE + WORTH_A_SEGMENT)):
            if len(some) >= WORTH_A_SEGMENT:
                self.ranker.add_all(some, step)
            else:
                for number, terms in some:
                    self.ranker.add(number, terms)
            self._last_passage = some[-1][0]
            self._n_unsaved += len(some)
            while some:
                del some[-_FORGOTTEN_AT_ONCE:]
            most = min(_MOST_UNMERGED, self.ranker.corpus_size // (TAIL_SIZE * _WORTH_A_MERGE))
            if self.ranker.n_unmerged > most:
                self._upkeep.take_in(self.ranker, waits=self.ranker.n_unmerged > 2 * most + 2)
                self._look_after()

    def _look_after(self, growth: float = GROWTH) -> None:
        if self._upkeep.is_busy:
            return
        marks = Marks(
            library_id=self._store.library_id(),
            commit=self._store.last_commit(),
            last_passage=self.ranker.last_settled,
            last_removal=self._last_removal,
        )
        self._upkeep.begin(self.ranker, marks, growth)
        self._n_unsaved = 0

    def _open_snapshot(self) -> None:
        """Goes on from the snapshot, when there is one of this library that knows more than this ranker."""
        is_new, self._is_new = self._is_new, False
        if self._folder is None:
            return
        try:
            parts, marks = snapshot.load(self._folder, Formula(K1, B))
        except SnapshotDamaged:
            return
        is_ours = marks.library_id == self._store.library_id() and self._store.knows_commit(marks.commit)
        if is_ours and (is_new or marks.last_passage > self._last_passage + FAR_BEHIND):
            self._upkeep.stop()
            self.ranker = Ranker(parts=parts)
            self._last_passage, self._last_removal = marks.last_passage, marks.last_removal
            self._n_unsaved = 0

    def _start_anew(self) -> None:
        self._upkeep.stop()
        self._discard()
        self.ranker = Ranker()
        self._last_passage = self._last_removal = 0
        self._n_unsaved = 0
        self.is_behind, self._is_new = True, False

    def _discard(self) -> None:
        if self._folder is not None:
            snapshot.discard(self._folder)
