"""Choices while somebody types, and the list of all articles: `python -m tests.bench.finding FOLDER LIBRARY`.

FOLDER holds `articles.jsonl`, whose titles and sentences are recombined into N articles of a paragraph;
LIBRARY is made of them unless it is there.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import passages, records
from corpus.article import Article, ArticleInfo
from corpus.errors import ArticleNotFound
from corpus.library import Library
from tests.bench.importing import quantiles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

N_ARTICLES = 100_000
N_PUBLISHERS = 60
N_TIMES = 200
PER_PAGE = 6
TYPED: dict[str, Callable[[ArticleInfo], str]] = {
    "nothing typed": lambda _: "",
    "one letter": lambda info: info.title[:1],
    "three letters": lambda info: info.title[:3],
    "two words": lambda info: " ".join(info.title.split()[:2]),
    "words from the middle": lambda info: " ".join(info.title.split()[3:5]),
    "the whole title": lambda info: info.title,
    "the end of a word": lambda info: info.title.split()[0][2:],
    "a title with an error": lambda info: info.title.replace("e", "x", 1),
    "an id": lambda info: info.id,
    "words of a text": lambda info: f"what is said of {info.title.split()[0]} in a century",
}
FIRST_DAY = date(2015, 1, 1)


def recombined(folder: Path, n: int) -> Iterator[Article]:
    """*n* articles; a title is the beginning of one and the end of another."""
    chance = random.Random(7)  # noqa: S311
    titles: list[list[str]] = []
    sentences: list[str] = []
    for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        article = records.read(line, "article")
        titles.append(article.title.split())
        for passage in passages.split(article)[:5]:
            text = article.text[slice(*passage.span)]
            sentences += [text[slice(*sentence.span)] for sentence in passage.sentences]
    for number in range(n):
        words = [*chance.choice(titles)[:4], *chance.choice(titles)[-3:], *chance.choice(titles)[:2]]
        yield Article(
            id=f"{chance.getrandbits(40):010x}",
            title=" ".join(words),
            text=f"Report {number}. {' '.join(chance.sample(sentences, 3))}",
            publisher=f"{' '.join(chance.choice(titles)[:1])} Gazette {number % N_PUBLISHERS}",
            published=FIRST_DAY + timedelta(days=chance.randrange(4_000)),
            language="en",
        )


def shown(what: str, calls: Sequence[Callable[[], object]]) -> None:
    times, busy = [], []
    for call in calls:
        before, before_busy = time.perf_counter(), time.process_time()
        call()
        times.append((time.perf_counter() - before) * 1000)
        busy.append((time.process_time() - before_busy) * 1000)
    print(f"| {what} | {quantiles(times)} | {quantiles(busy)} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("library", type=Path)
    parser.add_argument("n", type=int, nargs="?", default=N_ARTICLES)
    asked = parser.parse_args()
    chance = random.Random(3)  # noqa: S311
    with Library.open(asked.library) as library:
        if not library.n_articles():
            started = time.perf_counter()
            for _ in library.import_all(recombined(asked.folder, asked.n)):
                pass
            print(f"{asked.n:,} articles in {time.perf_counter() - started:.0f} s.")
        n = library.n_articles()
        some = chance.sample(library.list(), N_TIMES)
        print(f"{n:,} articles\n\n| | p50 / p99, ms | of CPU, ms |\n|---|---|---|")

        for what, cut in TYPED.items():
            shown(what, [partial(library.suggest, cut(info)) for info in some])
        last = partial(library.page, first=n, most=PER_PAGE)
        shown("`/articles`, first page", [partial(library.page, most=PER_PAGE)] * N_TIMES)
        shown("`/articles`, last page", [last] * N_TIMES)
        shown("`/articles sort:title`, last page", [partial(last, order="title")] * N_TIMES)
        shown("`/articles query:` a word, last page", [partial(last, info.title.split()[0]) for info in some])
        shown(
            "`/articles source:` one of 60, last page",
            [partial(last, source=info.publisher or "") for info in some],
        )
        shown(
            "`/articles query: a source:` all `sort:title`, last page",
            [partial(last, "a", source="gazette", order="title")] * 10,
        )
        shown("choices of `source`", [library.publishers] * N_TIMES)
        shown(
            "nearest titles where nothing is found",
            [partial(library.with_words_of, info.title.split(), 3) for info in some[:50]],
        )
        shown("no such title, the nearest named", [lambda: look_for(library, "A title nobody wrote")] * 5)


def look_for(library: Library, title: str) -> None:
    with suppress(ArticleNotFound):
        library.find(title)


if __name__ == "__main__":
    main()
