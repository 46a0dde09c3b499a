"""Article -> all that is stored of it; for an import of many, on every core.

Where its sentences end, which language it is in, what its words are stems of: that is nine tenths
of the work of adding an article, and needs nothing but the article. So worker processes do it, while
the library's own thread writes what is done.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from corpus import duplicates, language, passages, spelling, terms
from corpus.packing import packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from corpus.article import Article, PassageRow

    _Work = tuple[Sequence[Article], Future["list[bytes]"] | None]

MOST_WORKERS = 8
_NICENESS = 10
_AHEAD = 2
"""Batches in work or done for each worker: enough that none waits, few enough to keep memory flat."""


class Prepared(NamedTuple):
    """An article that can be written: title, language and words as they will be stored."""

    article: Article
    title_terms: tuple[str, ...]
    passages: tuple[PassageRow, ...]
    words: frozenset[str]
    """In plain form, those that a mistyped word may have meant."""
    shingles: NDArray[np.int64]
    """By which the same story is known again, ascending."""


def prepare(article: Article) -> Prepared:
    """*article*, completed but for its id and when it was added, and what it is searched by."""
    complete = replace(
        article,
        title=article.title or passages.opening(article.text),
        language=language.code(article.language) or language.detect(f"{article.title}\n{article.text}"),
        n_words=terms.n_words(article.text),
    )
    found, titled = passages.split(complete), title_terms(complete)
    return Prepared(
        complete,
        titled,
        tuple([packed(passage, titled) for passage in found]),
        spelling.words_of(complete, found),
        duplicates.shingles(article.text),
    )


def title_terms(article: Article) -> tuple[str, ...]:
    """The terms of its title, and its month and year, which are searched with every passage.

    Who asks what happened in July 2020 finds what appeared then, whose text says “on Thursday”.
    """
    titled = [term.term for term in terms.analyse(article.title, article.language)]
    if article.published:
        dated = f"{_month(article.published.month, article.language)} {article.published.year}"
        titled += [term.term for term in terms.analyse(dated, article.language) if term.term not in titled]
    return tuple(titled)


@cache
def _month(number: int, language_code: str) -> str:
    """What a month is called within a date; nothing where nobody here knows, or where it is a number."""
    if language_code in {"zh", "ja"}:
        return ""
    from babel import Locale, UnknownLocaleError  # a tenth of a second, for nothing without a date

    try:
        return str(Locale(language_code).months["format"]["wide"][number])
    except (UnknownLocaleError, ValueError):
        return ""


def n_cores() -> int:
    """How many processes can work at once here."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


class Workers:
    """Prepares batches of articles on other cores, in the order they are given. To be closed."""

    def __init__(self, n_workers: int | None = None) -> None:
        self._n_workers = n_workers or min(n_cores(), MOST_WORKERS)
        self._pool = ProcessPoolExecutor(
            self._n_workers, mp_context=multiprocessing.get_context("spawn"), initializer=_set_up_worker
        )
        self._waiting: deque[tuple[Sequence[Article], _Work]] = deque()

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def prepared(
        self, groups: Iterable[Sequence[Article]], is_there: Callable[[Article], bool]
    ) -> Iterator[tuple[Sequence[Article], Callable[[Article], Prepared]]]:
        """Each of *groups*, and what gives back what its articles became.

        Those that *is_there* says are in the library already are not prepared. What *groups* raises
        comes after all groups before it.
        """
        failure: Exception | None = None
        try:
            for group in groups:
                self._waiting.append((group, self._submitted([one for one in group if not is_there(one)])))
                if len(self._waiting) >= self._n_workers * _AHEAD:
                    yield self._next()
        except Exception as error:
            failure = error
        while self._waiting:
            yield self._next()
        if failure:
            raise failure

    def _submitted(self, articles: Sequence[Article]) -> _Work:
        """No work when no process can be started, or the system ended one: these are prepared here."""
        try:
            with _no_interrupts():
                return articles, self._pool.submit(_prepare_all, articles)
        except (OSError, RuntimeError):  # the second when the pool is broken, or closed
            return articles, None

    def _next(self) -> tuple[Sequence[Article], Callable[[Article], Prepared]]:
        group, (articles, work) = self._waiting.popleft()
        try:
            done = work.result() if work else []
        except BrokenExecutor:
            done = []
        ready = {id(article): pickled for article, pickled in zip(articles, done, strict=False)}

        def prepared(article: Article) -> Prepared:
            pickled = ready.pop(id(article), None)
            return _unpickled(pickled) if pickled else prepare(article)

        return group, prepared


def _prepare_all(batch: Sequence[Article]) -> list[bytes]:
    """Each pickled: who reads all of them at once keeps every other thread waiting for so long."""
    return [pickle.dumps(prepare(article), pickle.HIGHEST_PROTOCOL) for article in batch]


def _unpickled(pickled: bytes) -> Prepared:
    prepared: Prepared = pickle.loads(pickled)  # noqa: S301  # from our own process
    return prepared


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """A process that is started inside never hears of Ctrl-C: the one that started it does, and ends it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _set_up_worker() -> None:
    """Gives way to who answers questions, and ends when the process that started this one was killed."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
