"""Real sentences -> collections of any size, with a vocabulary that grows as a language's does.

A folder holds `articles.jsonl` and `questions.jsonl`, as `import` and `evaluate` read them. A
passage is some sentences of one of them and a few of others, and its words now and then give way
to one of a million invented names; these are Zipfian, so that a larger collection always meets
names it has not seen.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from corpus import passages, records, terms
from corpus.article import Article

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SENTENCES_A_PASSAGE = (3, 6)
PASSAGES_AN_ARTICLE = 20
_NAMES = 1_000_000
SHARE_OF_NAMES = 0.08
_SHARE_OF_TOPIC = 0.8
_LETTERS = "bcdfghjklmnprstvz", "aeiou"


def questions(folder: Path, n: int) -> list[str]:
    """*n* of the folder's questions, evenly over all of them."""
    lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    step = max(1, len(lines) // n)
    return [str(records.read_object(line, "question")["question"]) for line in lines[::step]][:n]


class Collection:
    """Passages recombined from the folder's sentences; the same for the same seed."""

    def __init__(self, folder: Path) -> None:
        self.titles: list[str] = []
        self.sentences: list[list[str]] = []
        """By article."""
        for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
            article = records.read(line, "article")
            self.titles.append(article.title)
            found = []
            for passage in passages.split(article):
                text = article.text[slice(*passage.span)]
                found += [text[slice(*sentence.span)] for sentence in passage.sentences]
            self.sentences.append(found)
        self._terms = [
            [[term.term for term in terms.analyse(text, "en")] for text in found] for found in self.sentences
        ]
        self._title_terms = [[term.term for term in terms.analyse(title, "en")] for title in self.titles]

    def passages(self, n: int, seed: int = 1) -> Iterator[list[str]]:
        """The terms of *n* passages, the title's in front."""
        chance = random.Random(seed)  # noqa: S311
        for at in range(n):
            if at % PASSAGES_AN_ARTICLE == 0:
                topic = chance.randrange(len(self.titles))
            found = list(self._title_terms[topic])
            for _ in range(chance.randint(*SENTENCES_A_PASSAGE)):
                found += chance.choice(self._terms[self._drifted(topic, chance)])
            for _ in range(int(len(found) * SHARE_OF_NAMES)):
                found[int(chance.random() * len(found))] = invented_name(chance)
            yield found

    def articles(self, n: int, seed: int = 1, n_passages: int = PASSAGES_AN_ARTICLE) -> Iterator[Article]:
        """*n* articles of *n_passages* paragraphs."""
        chance = random.Random(seed)  # noqa: S311
        for at in range(n):
            topic = chance.randrange(len(self.titles))
            paragraphs = [self._paragraph(topic, chance) for _ in range(n_passages)]
            yield Article(
                id=f"a{seed}-{at}",
                title=self.titles[topic],
                text="\n\n".join(paragraphs),
                publisher=f"Paper {at % 40}",
                language="en",
                keeps_paragraphs=True,
            )

    def chosen(self, topic: int, chance: random.Random) -> list[int]:
        """The topics of a paragraph's sentences, mostly *topic*."""
        return [self._drifted(topic, chance) for _ in range(chance.randint(*SENTENCES_A_PASSAGE))]

    def _drifted(self, topic: int, chance: random.Random) -> int:
        """Mostly *topic*, and now and then another."""
        return topic if chance.random() < _SHARE_OF_TOPIC else chance.randrange(len(self.titles))

    def _paragraph(self, topic: int, chance: random.Random) -> str:
        chosen = [chance.choice(self.sentences[about]) for about in self.chosen(topic, chance)]
        words = " ".join(chosen).split(" ")
        for _ in range(int(len(words) * SHARE_OF_NAMES / 2)):
            at = int(chance.random() * len(words))
            if words[at].isalpha():
                words[at] = invented_name(chance)
        return " ".join(words)


def invented_name(chance: random.Random) -> str:
    """One of a million names, the n-th about 1/n as likely as the first."""
    number = int(_NAMES ** chance.random())
    syllables = []
    while number:
        number, consonant = divmod(number, len(_LETTERS[0]))
        number, vowel = divmod(number, len(_LETTERS[1]))
        syllables.append(_LETTERS[0][consonant] + _LETTERS[1][vowel])
    return "".join(syllables) + "x"
