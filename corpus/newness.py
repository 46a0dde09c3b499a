"""A question -> whether it asks for what is newest, and by which words: “the latest on …”, “… now”.

Those words are seldom in the answer, so they are not searched. What fits the rest of the question about
as well as the best then comes newest first, each article's best passage before any second one.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from corpus import codes, terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpus.article import Query, RankedPassage, StoredPassage
    from corpus.terms import Word

LEAST_OF_BEST = 2 / 3
"""How much of the best passage's confidence, and of the question that it covers, is about as well."""
_UNSPACED = ("zh", "ja", "th")


def asked_by(question: str, words: Sequence[Word], language: str) -> frozenset[int]:
    """The places among *words*, those of *question*, of the words that ask for what is newest."""
    asking = _asking(language)
    if language in _UNSPACED:
        spans = [
            (at, at + len(said))
            for said in asking
            for at in range(len(question))
            if question.startswith(said, at)
        ]
        return frozenset(
            place
            for place, word in enumerate(words)
            for start, end in spans
            if word.start < end and start < word.end
        )
    plain = [word.plain for word in words]
    line = f" {' '.join(plain)} "
    asking = frozenset(said for said in asking if f" {said} " in line)
    return frozenset(
        place
        for said in asking
        for start in range(len(plain) - said.count(" "))
        if " ".join(plain[start : start + said.count(" ") + 1]) == said
        for place in range(start, start + said.count(" ") + 1)
    )


def of_newest(
    query: Query, candidates: Sequence[tuple[StoredPassage, float]], days: Mapping[str, int]
) -> list[tuple[StoredPassage, float]]:
    """Those of *candidates* that hold about as much of *query* as the one that holds most, newest first.

    *days* has the day of each article.
    """
    idf = {codes.terms([term.term]): term.idf for term in query.terms}
    held = [
        sum(worth for term, worth in idf.items() if codes.stands(term, passage.terms, codes.TERM_BYTES))
        for passage, _ in candidates
    ]
    least = LEAST_OF_BEST * max(held, default=0.0)
    fitting = [one for one, mass in zip(candidates, held, strict=True) if mass >= least]
    return sorted(fitting, key=lambda one: -days[one[0].article_id])


def newest_first(
    ranked: Sequence[RankedPassage], days: Mapping[str, int], enough: float
) -> list[RankedPassage]:
    """*ranked*, best first, with those that fit about as well as the best newest first, then the others.

    Where the best has *enough* confidence, those with as much fit as well.
    """
    if not ranked:
        return []
    best = max(one.confidence for one in ranked)
    least = enough if best >= enough else LEAST_OF_BEST * best
    covered = LEAST_OF_BEST * max(one.coverage for one in ranked)
    fitting: list[tuple[int, int, RankedPassage]] = []
    n_of: dict[str, int] = {}
    others: list[RankedPassage] = []
    for one in ranked:
        article = one.passage.article_id
        if one.confidence < least or one.coverage < covered:
            others.append(one)
            continue
        n_of[article] = n_of.get(article, 0) + 1
        fitting.append((n_of[article], -days[article], one))
    return [one for *_, one in sorted(fitting, key=lambda entry: entry[:2])] + others


@cache
def _asking(language: str) -> frozenset[str]:
    """In plain form; as they are written where no space parts words; none where no list is shipped."""
    text = (resources.files("corpus") / "forms" / "newest.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        code, _, listed = line.partition(":")
        if code == language:
            said = [one.strip() for one in listed.split(",")]
            if language in _UNSPACED:
                return frozenset(said)
            return frozenset(" ".join(word.plain for word in terms.words(one, language)) for one in said)
    return frozenset()
