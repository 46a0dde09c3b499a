"""What articles are known by beside their passages: the words in them, and their shingles.

Both go all over large tables. Those of an import's many articles wait until there are many: a page
of a table is then written for dozens of them, and not for each.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from corpus import spelling, stories
from corpus.preparing import prepare

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from corpus.article import Article
    from corpus.ports import ArticleStore

_MOST_WAITING = 100_000
"""Shingles, of about 7,000 passages: some 10 MB."""
_MOST_KNOWN = 200_000
"""Words that are remembered as noted: some 20 MB."""
_AT_ONCE = 50
"""Articles that share a transaction."""


class Noting:
    """Notes what the articles of one library are known by."""

    def __init__(self, store: ArticleStore, step: Callable[[], None] = lambda: None) -> None:
        """*step* is called now and then while much is written."""
        self._store = store
        self._step = step
        self._words: set[str] = set()
        self._known: set[str] = set()
        self._waiting: dict[str, NDArray[np.int64]] = {}
        self._n_waiting = 0
        self._has_many = False

    def expect_many(self) -> None:
        """From now on both may wait. Those of an import that is killed are noted at the next opening."""
        self._has_many = True

    def write_rest(self) -> None:
        """Writes all that waits, and expects no more; inside a transaction."""
        self._has_many = False
        self._write_all(self._step)
        self._known = set()

    def add(self, article: Article, words: frozenset[str], shingles: NDArray[np.int64]) -> None:
        """Takes in what an article just inserted is known by; `write` is to follow in the transaction."""
        self._store.set_addresses(article.id, stories.addresses(article))
        self._words |= words - self._known
        self._waiting[article.id] = shingles
        self._n_waiting += len(shingles)

    def write(self) -> None:
        """Writes what is to be written now; inside a transaction."""
        if not self._has_many:
            self._write_all()
        elif self._n_waiting > _MOST_WAITING:
            words = self._words
            self._write_all(self._step)
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            self._known |= words

    def _write_all(self, step: Callable[[], None] = lambda: None) -> None:
        words, self._words = self._words, set()
        waiting, self._waiting, self._n_waiting = self._waiting, {}, 0
        self._store.note_spellings(words, spelling.trigrams, step)
        self._store.leave_traces(waiting, step)

    def catch_up(self) -> None:
        """Notes what an earlier version has stored without, or an import that was cut off."""
        untraced = iter(self._store.without_trace())
        while some := list(islice(untraced, _AT_ONCE)):
            with self._store.transaction():
                for article in filter(None, map(self._store.get, some)):
                    known = prepare(article)
                    self.add(article, known.words, known.shingles)
                self.write()
