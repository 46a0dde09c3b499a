"""An article -> the one in the library that tells its story already."""

from __future__ import annotations

from collections import Counter
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


class Stories:
    """Tells the stories of one library apart."""

    def __init__(self, store: ArticleStore) -> None:
        self._store = store

    def same_story(self, article: Article, *, since_before: bool = False) -> SameStory | None:
        """The article of the library at an address of *article*, else the one that shares most of its text.

        None where no other contains `duplicates.SAME_STORY` of it, or it of the other. With
        *since_before* only those count that were there when *article* was added. Costs no more in a
        large library than in a small one.
        """
        at_address = self._store.id_of_address(addresses(article))
        there = self._store.get(at_address) if at_address and at_address != article.id else None
        if there and not (since_before and _is_later(there, article)):
            return SameStory(there, 1.0, is_same_outlet=True)
        found = [
            SameStory(there, containment, is_same_outlet=_is_same_outlet(article, there))
            for article_id, containment in self._alike(article).items()
            if (there := self._store.get(article_id)) and not (since_before and _is_later(there, article))
        ]
        return max(found, key=lambda one: (one.is_same_outlet, one.containment), default=None)

    def _alike(self, article: Article) -> dict[str, float]:
        """The ids of the articles that tell the story of *article*, each with their containment."""
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
        return alike


def addresses(article: Article) -> list[str]:
    """Where *article* can be found, in the form in which two addresses of one page are equal."""
    known = (article.url, article.origin.link if article.origin else None)
    return [canonical.key(address) for address in known if address]


def _is_later(info: ArticleInfo, other: ArticleInfo) -> bool:
    return info.added is not None and other.added is not None and info.added > other.added


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
