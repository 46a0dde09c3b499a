"""Other ways to choose sentences, all given the same sentences of the same articles."""

from __future__ import annotations

import random
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any

import regex
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words

from corpus import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Fits = Callable[[Iterable[str]], list[str]]
    """Takes sentences, best first, and gives back those that fit the budget."""

SUMY = {"LexRank": LexRankSummarizer, "TextRank": TextRankSummarizer, "LSA": LsaSummarizer}
_SEED = 7


def split(text: str) -> list[str]:
    """The sentences of an English *text*, no paragraph's end inside any."""
    paragraphs = [part.strip() for part in regex.split(r"\n\s*\n", text)]
    return [part[start:end] for part in paragraphs for start, end in sentences.split(part, "en")]


def lead(articles: Sequence[Sequence[str]], fits: Fits) -> list[str]:
    """The first sentence of each article in turn, then the second of each."""
    in_turn = chain.from_iterable(zip_longest(*articles))
    return fits(sentence for sentence in in_turn if sentence)


def by_chance(articles: Sequence[Sequence[str]], fits: Fits) -> list[str]:
    """Any sentences; the same ones each time."""
    everything = [sentence for article in articles for sentence in article]
    # An article is its own seed, so that one more of them changes no other's.
    random.Random(f"{_SEED}{everything[:1]}").shuffle(everything)  # noqa: S311
    return fits(everything)


def sumy(name: str, articles: Sequence[Sequence[str]], fits: Fits) -> list[str]:
    """What sumy's method *name* chooses, with its stemmer and its stop words."""
    stemmer = Stemmer("english")
    method = SUMY[name](stemmer)
    method.stop_words = get_stop_words("english")
    paragraphs = [Paragraph([Sentence(one, _Words()) for one in article]) for article in articles]

    def within_budget(rated: Sequence[Any]) -> list[Any]:
        chosen = fits(str(one.sentence) for one in rated)
        return [one for one in rated if str(one.sentence) in chosen]

    return [str(one) for one in method(ObjectDocumentModel(paragraphs), within_budget)]


class _Words:
    """What sumy asks of a tokenizer; its own wants a model from the network."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(regex.findall(r"\p{L}[\p{L}'’-]*", sentence))

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        return tuple(split(paragraph))
