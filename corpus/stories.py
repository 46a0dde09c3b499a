"""An article -> the one in the library that tells its story already."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corpus import duplicates
from corpus.article import SameStory
from corpus.reading import canonical

if TYPE_CHECKING:
    from corpus.article import Article, ArticleInfo
    from corpus.ports import ArticleStore

_MOST_HOLDERS = 50
"""Articles that a shingle is looked up in; one that more have is a phrase of their site."""
_SHARE_OF_OWN = 0.3
_AT_ONCE = 50
"""Articles that share a transaction."""


class Stories:
    """Tells the stories of one library apart."""

    def __init__(self, store: ArticleStore) -> None:
        self._store = store

    def catch_up(self) -> None:
        """Notes the articles that an earlier version has stored, or an import that was cut off."""
        untraced = iter(self._store.without_trace())
        while some := list(islice(untraced, _AT_ONCE)):
            with self._store.transaction():
                there = list(filter(None, map(self._store.get, some)))
                for article in there:
                    self._store.set_addresses(article.id, addresses(article))
                self._store.leave_traces({one.id: duplicates.shingles(one.text) for one in there})

    def same_story(self, article: Article) -> SameStory | None:
        """The article of the library at an address of *article*, else the one that shares most of its text.

        None where no other contains `duplicates.SAME_STORY` of it, or it of the other. Costs no more
        in a large library than in a small one.
        """
        at_address = self._store.id_of_address(addresses(article))
        if at_address and at_address != article.id and (there := self._store.get(at_address)):
            return SameStory(there, 1.0, is_same_outlet=True)
        found = self._most_alike(article)
        if found is None or (there := self._store.get(found[0])) is None:
            return None
        return SameStory(there, found[1], is_same_outlet=_is_same_outlet(article, there))

    def _most_alike(self, article: Article) -> tuple[str, float] | None:
        """The id of the article most like *article*, of its own outlet if any is, and their containment."""
        kept = duplicates.shingles(article.text)
        looked_up = duplicates.looked_up(kept)
        holders = [self._store.articles_with(shingle, most=_MOST_HOLDERS) for shingle in looked_up]
        rare = [ids for ids in holders if len(ids) < _MOST_HOLDERS]
        # Unless all is common: then it is the text of an agency that many have printed.
        counted = rare if len(rare) >= _SHARE_OF_OWN * len(holders) else holders
        shared = Counter(article_id for ids in counted for article_id in ids if article_id != article.id)
        n_kept = len(kept) * len(counted) / max(1, len(holders))
        alike: dict[str, float] = {}
        for article_id, n_shared in shared.most_common(_MOST_HOLDERS):
            n_other = self._store.n_shingles(article_id)
            containment = duplicates.containment(n_shared, len(counted), n_kept, n_other)
            if containment >= duplicates.SAME_STORY:
                alike[article_id] = containment
        if not alike:
            return None
        own = {one for one in alike if (info := self._store.get(one)) and _is_same_outlet(article, info)}
        return max(alike.items(), key=lambda item: (item[0] in own, item[1]))


def addresses(article: Article) -> list[str]:
    """Where *article* can be found, in the form in which two addresses of one page are equal."""
    known = (article.url, article.origin.link if article.origin else None)
    return [canonical.key(address) for address in known if address]


def _is_same_outlet(article: ArticleInfo, other: ArticleInfo) -> bool:
    """Whether it is known that one place published both."""
    if article.publisher and other.publisher:
        return article.publisher.casefold() == other.publisher.casefold()
    own, others = (_site(one.url) for one in (article, other))
    return own == others != ""


def _site(url: str | None) -> str:
    try:
        return canonical.site(urlsplit(url or "").hostname or "")
    except ValueError:
        return ""
