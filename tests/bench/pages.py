"""Pages that people have marked -> how well their articles are read, beside other readers, and how fast.

`python -m tests.bench.pages [FOLDER]`; the folder holds `gold.jsonl`, each line with `file` (of the
page, gzipped), `url`, `title`, `author`, `published` and `text`, null where people found none.
The others come with the extra `bench`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import logging
import os
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean, median
from typing import Any, NamedTuple

from corpus.errors import CorpusError
from corpus.reading.page import read_page

DATA = Path(os.environ.get("FOOTNOTE_DATA") or Path(__file__).parents[3] / "shared" / "data")
"""A folder `shared` beside that of the project."""


class Read(NamedTuple):
    """What a reader made of a page; empty where it found nothing, and a day as YYYY-MM-DD."""

    paragraphs: list[str]
    title: str = ""
    author: str = ""
    published: str = ""
    state: str | None = None


def ours(page: bytes, url: str) -> Read:
    try:
        reading = read_page(page, url)
    except CorpusError as error:
        return Read([], state=type(error).__name__)
    found = reading.article
    day = found.published.isoformat() if found.published else ""
    return Read(found.text.split("\n\n"), found.title, found.author or "", day, reading.state)


def trafilatura(page: bytes, url: str) -> Read:
    from trafilatura import bare_extraction

    found: Any = bare_extraction(page, url=url, include_comments=False, with_metadata=True)
    if found is None:
        return Read([])
    return Read(found.text.split("\n"), found.title or "", found.author or "", found.date or "")


def readability(page: bytes, url: str) -> Read:
    from lxml import html
    from readability import Document

    found = Document(page.decode("utf-8", "replace"), url=url)
    tree = html.fromstring(found.summary())
    return Read([line for block in _blocks(tree) if (line := " ".join(block.split()))], found.short_title())


def _blocks(tree: Any) -> Iterator[str]:
    """The text of the innermost elements that hold lines of their own."""
    lines = {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "pre", "blockquote", "div", "body"}
    parts = [tree.text or ""]
    for child in tree:
        if child.tag in lines or (
            isinstance(child.tag, str) and any(inner.tag in lines for inner in child.iter())
        ):
            yield "".join(parts)
            yield from _blocks(child)
            parts = []
        elif isinstance(child.tag, str):
            parts.append(child.text_content())
        parts.append(child.tail or "")
    yield "".join(parts)


def newspaper(page: bytes, url: str) -> Read:
    from newspaper import Article

    found = Article(url, fetch_images=False)  # they would come over the network
    found.download(input_html=page.decode("utf-8", "replace"))
    found.parse()
    day = found.publish_date
    return Read(
        found.text.split("\n\n"),
        found.title or "",
        ", ".join(found.authors),
        day.date().isoformat() if isinstance(day, dt.datetime) else str(day or ""),
    )


READERS: dict[str, Callable[[bytes, str], Read]] = {
    "Footnote": ours,
    "trafilatura": trafilatura,
    "readability-lxml": readability,
    "newspaper4k": newspaper,
}


def word_f1(found: str, gold: str) -> float:
    """2PR / (P + R) of the words in *found* and *gold*, each as often as it stands there."""
    ours, theirs = (Counter(re.findall(r"\w+", text.casefold())) for text in (found, gold))
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 1.0


def paragraph_share(found: list[str], gold: str) -> float:
    """Which share of the paragraphs of *gold* is a paragraph of *found*, folded."""
    ours, theirs = Counter(map(folded, found)), Counter(map(folded, re.split(r"\n\s*\n", gold)))
    return (ours & theirs).total() / theirs.total()


def folded(text: str) -> str:
    """Letters and digits alone, small."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def measure(reader: Callable[[bytes, str], Read], folder: Path, gold: list[dict[str, Any]]) -> list[str]:
    """A row of the table."""
    scores: dict[str, list[float]] = {
        name: [] for name in ("f1", "paragraphs", "title", "author", "published")
    }
    times: list[float] = []
    for page in gold:
        data = gzip.decompress((folder / page["file"]).read_bytes())
        started = time.process_time()
        try:
            read = reader(data, page["url"])
        except Exception as error:  # a peer's own
            print(f"{page['file']}: {type(error).__name__}", file=sys.stderr)
            read = Read([])
        times.append(time.process_time() - started)
        scores["f1"].append(word_f1("\n".join(read.paragraphs), page["text"]))
        scores["paragraphs"].append(paragraph_share(read.paragraphs, page["text"]))
        for fact in ("title", "author", "published"):
            if page[fact]:
                scores[fact].append(folded(getattr(read, fact)) == folded(page[fact]))
        if read.state:
            print(f"{page['file']}: taken for {read.state}", file=sys.stderr)
    return [*(f"{mean(found):.3f}" for found in scores.values()), f"{1000 * median(times):.0f}"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=DATA / "pages")
    parser.add_argument("--only", choices=READERS, action="append", help="this reader, and no other")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    try:
        gold = [json.loads(line) for line in (given.folder / "gold.jsonl").read_bytes().split(b"\n") if line]
    except OSError as error:
        sys.exit(f"{given.folder} holds no marked pages: {error.strerror}.")
    print(f"{len(gold)} pages\n")
    print("| | word F1 | exact paragraphs | titles | authors | dates | median CPU ms |")
    print("|---|---|---|---|---|---|---|")
    for name in given.only or READERS:
        try:
            row = measure(READERS[name], given.folder, gold)
        except ImportError as error:
            print(f"{name} is not installed: {error}", file=sys.stderr)
            continue
        print(f"| {name} | {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
