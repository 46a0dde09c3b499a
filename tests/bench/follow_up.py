"""Pairs of questions -> a table: how often a follow-up finds its paragraph, by when both are searched.

`python -m tests.bench.follow_up FOLDER` with a folder of `articles.jsonl` and `questions.jsonl`, English,
as `import` and `evaluate` read them. Of two questions that stand one after the other, what the second
repeats of the first or of the title is left out, or replaced by “it”, as people do who go on asking.
It prints Markdown, and takes some minutes.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from corpus import follow_up, records, terms
from corpus.article import Article
from corpus.errors import QuestionError
from corpus.evaluate import JudgedQuestion, read_questions
from corpus.library import Library

SEED = 1

Leans = Callable[[str, str], bool]


class Pair(NamedTuple):
    """A question, and what it follows."""

    previous: str
    question: str
    place: tuple[str, int]
    """The article and the paragraph that answer it."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=int, default=500)
    given = parser.parse_args()
    with (given.folder / "articles.jsonl").open(encoding="utf-8") as lines:
        articles = [records.read(line, "articles") for line in lines]
    with (given.folder / "questions.jsonl").open(encoding="utf-8") as lines:
        judged = list(read_questions(lines, "questions"))
    conversations = kinds(judged, articles, given.pairs)
    print("| searched together | " + " | ".join(conversations) + " |")
    print("|---|" + "---|" * len(conversations))
    shipped = follow_up.leans
    with TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        for _ in library.import_all(articles):
            pass
        print(row(library, "never", conversations, None))
        print(row(library, "when nothing sure is found alone", conversations, lambda *_: False))
        print(row(library, "and when it points back or has few terms: Footnote", conversations, shipped))
        print(row(library, "always", conversations, lambda *_: True))


def kinds(judged: list[JudgedQuestion], articles: Iterable[Article], n: int) -> dict[str, list[Pair]]:
    """Pairs of four kinds, *n* of each."""
    chance = random.Random(SEED)  # noqa: S311
    titles = {article.id: article.title for article in articles}
    following = list(pairwise(judged))
    chance.shuffle(following)
    same = [
        (first, second)
        for first, second in following
        if (first.article, first.paragraph) == (second.article, second.paragraph)
    ]
    return {
        "“it” for what both name": list(_elliptic(same, titles, "it"))[:n],
        "what both name left out": list(_elliptic(same, titles, ""))[:n],
        "complete, same paragraph": [_pair(first.question, second) for first, second in same][:n],
        "complete, another topic": [_pair(chance.choice(judged).question, second) for _, second in same][:n],
    }


def _elliptic(
    pairs: Iterable[tuple[JudgedQuestion, JudgedQuestion]], titles: dict[str, str], pronoun: str
) -> Iterator[Pair]:
    """The pairs whose second question repeats something, without it."""
    for first, second in pairs:
        said = {word.term for word in terms.words(f"{first.question} {titles[first.article]}", "en")} - {""}
        kept, end, n_repeated = "", 0, 0
        for word in terms.words(second.question, "en"):
            if word.term in said:
                kept += second.question[end : word.start] + ("" if n_repeated else pronoun)
                end, n_repeated = word.end, n_repeated + 1
        if n_repeated:
            yield _pair(first.question, second, " ".join((kept + second.question[end:]).split()))


def _pair(previous: str, judged: JudgedQuestion, question: str = "") -> Pair:
    return Pair(previous, question or judged.question, (judged.article, judged.paragraph))


def row(library: Library, name: str, conversations: dict[str, list[Pair]], leans: Leans | None) -> str:
    """R@1 of each kind, and in brackets the share that was searched together."""
    cells = []
    if leans:
        follow_up.leans = leans
    for pairs in conversations.values():
        n_right = n_together = 0
        for pair in pairs:
            try:
                found = library.ask(pair.question, top=1, previous=pair.previous if leans else "")
            except QuestionError:
                continue
            n_together += found.is_together
            n_right += [(one.article.id, one.position) for one in found.quotes] == [pair.place]
        cells.append(f"{n_right / len(pairs):.3f} [{n_together / len(pairs):.2f}]".replace("0.", "."))
    return f"| {name} | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
