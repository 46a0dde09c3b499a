"""What somebody typed -> the articles it may mean, and the pages of all that match it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz, process

from corpus import catalogue, names
from corpus.article import Sought
from corpus.characters import storable
from corpus.errors import ArticleNotFound
from corpus.reading.canonical import key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.article import Article, ArticleInfo, Order
    from corpus.ports import ArticleStore

_N_NEAREST = 3
_N_LOOKED_AT = 300
"""Articles with one word of several: a common word has as many as a library."""
_NEAR = 60.0
"""How alike a title has to be, of 100, to be what was probably meant (the share of letters in common)."""


class Page(NamedTuple):
    """Some articles of a list of `total`; `first` is the number of the first of them, from 1."""

    infos: Sequence[ArticleInfo]
    first: int
    total: int


class Finding:
    """Finds articles of one library by what they are called."""

    def __init__(self, store: ArticleStore) -> None:
        self._store = store

    def named(self, wanted: str) -> Article:
        """What `Library.find` promises."""
        if article := self._store.get(wanted):
            return article
        for ids in (self._at(wanted), self._titled(wanted), self._with_part(wanted)):
            if len(ids) == 1 and (article := self._store.get(ids[0])):
                return article
        raise ArticleNotFound(wanted, self.nearest(wanted))

    def names_some(self, wanted: str) -> bool:
        """Whether there is a title that holds all words of *wanted*."""
        match = catalogue.matching(wanted, titles_only=True)
        return bool(match and self._store.catalogue.ids(Sought(match), "newest", limit=1))

    def listed(self, query: str) -> Sequence[ArticleInfo]:
        """What `Library.list` promises."""
        ids = self._store.catalogue.ids(self._sought(query), "newest")
        return self._store.infos_of(ids)

    def page(self, query: str, source: str, order: Order, first: int, most: int) -> Page:
        """What `Library.page` promises."""
        sought = self._sought(query, source)
        total = self._store.catalogue.count(sought)
        first = max(1, min(first, total))
        ids = self._store.catalogue.ids(sought, order, limit=most, offset=first - 1)
        return Page(self._store.infos_of(ids), first, total)

    def suggested(self, typed: str, most: int) -> Sequence[ArticleInfo]:
        """The articles that *typed* may be the beginning of: its id, its title, then words of its names."""
        by_id = [typed.strip()] if self._store.get(typed.strip()) else []
        exact = self._store.catalogue.titled(typed, limit=most) if typed.strip() else []
        ids = dict.fromkeys(
            (*by_id, *exact, *self._store.catalogue.ids(self._sought(typed), "newest", limit=most))
        )
        return self._store.infos_of(list(ids)[:most])

    def with_words_of(self, words: Sequence[str], most: int) -> Sequence[ArticleInfo]:
        """The articles whose titles hold most of *words*, of those the newest; each word's newest count."""
        n_held: Counter[str] = Counter()
        for word in words:
            if match := catalogue.matching(word, titles_only=True):
                n_held.update(self._store.catalogue.ids(Sought(match), "newest", limit=_N_LOOKED_AT))
        if match := catalogue.matching(" ".join(words), titles_only=True):
            for article_id in self._store.catalogue.ids(Sought(match), "newest", limit=most):
                n_held[article_id] = len(words) + 1
        return self._store.infos_of([article_id for article_id, _ in n_held.most_common(most)])

    def nearest(self, wanted: str) -> tuple[str, ...]:
        """What the library calls the articles that *wanted* may mean: “title (id)”.

        Looks at every title where few hold it, a quarter of a second in a library of 100,000 articles.
        """
        sought = names.folded(wanted)
        if not sought:
            return ()
        ids = self._store.catalogue.titled_with(sought, limit=_N_NEAREST)
        if len(ids) < _N_NEAREST and (called := self._store.catalogue.titles()):
            all_ids, titles = zip(*called, strict=True)
            ids += [all_ids[at] for of_all in (titles, all_ids) for at in _alike(sought, of_all)]
        return tuple(
            f"{info.title} ({info.id})"
            for info in self._store.infos_of(list(dict.fromkeys(ids))[:_N_NEAREST])
        )

    def _sought(self, query: str, source: str = "") -> Sought:
        """What *query* seeks: words by their beginnings or, for one that no name has, a part of a title.

        That reads every title, 20 ms in a library of 100,000 articles.
        """
        publishers = self._called(source) if source else None
        query = storable(query)
        if not query.split():
            return Sought(publishers=publishers)
        match = catalogue.matching(query)
        pieces = names.folded(query).split()
        if match and (len(pieces) > 1 or self._store.catalogue.ids(Sought(match), "newest", limit=1)):
            return Sought(match, publishers=publishers)
        return Sought(pieces=tuple(pieces), publishers=publishers)

    def _called(self, source: str) -> tuple[str, ...]:
        wanted = names.folded(source)
        return tuple(name for name in self._store.catalogue.publishers() if wanted in names.folded(name))

    def _at(self, wanted: str) -> Sequence[str]:
        """The ids of the articles at the address *wanted*."""
        if "://" not in wanted:
            return ()
        there = self._store.id_of_address([key(wanted)])
        return [there] if there else ()

    def _titled(self, wanted: str) -> Sequence[str]:
        """The ids of the articles with the title *wanted*; of several, those with its accents too."""
        ids = self._store.catalogue.titled(wanted, limit=_N_NEAREST) if wanted.strip() else []
        if len(ids) > 1:
            title = wanted.strip().casefold()
            same = [info.id for info in self._store.infos_of(ids) if info.title.casefold() == title]
            return same or ids
        return ids

    def _with_part(self, wanted: str) -> Sequence[str]:
        """The ids of two articles at most whose titles hold the words *wanted*, else a part of a word."""
        match = catalogue.matching(wanted, titles_only=True)
        ids = self._store.catalogue.ids(Sought(match), "newest", limit=2) if match else []
        if ids or not wanted.strip():
            return ids
        pieces = tuple(names.folded(wanted).split())
        return self._store.catalogue.ids(Sought(pieces=pieces), "newest", limit=2)


def _alike(sought: str, names_of_all: Sequence[str]) -> list[int]:
    """Where in *names_of_all* those stand that are most like *sought*, the likest first."""
    found = process.extract(sought, names_of_all, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=_N_NEAREST)
    return [at for _, _, at in found]
