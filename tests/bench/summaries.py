"""How good, how well formed and how quick summaries and digests are, beside other ways to make them.

    python -m tests.bench.summaries [FOLDER]

FOLDER holds `single.jsonl` (`text` and its `summaries` by people) and `multi.jsonl` (`articles` and
their `summaries`). It needs the extra `bench`. ROUGE is rouge-score's F1 with stems, of the best of
several human summaries; the intervals are of 95 % over articles, drawn 2,000 times.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import numpy as np
from rouge_score.rouge_scorer import RougeScorer

from corpus import passages
from corpus.article import Article, ArticleInfo, Span, TopicPassage
from corpus.library import Library, summarise
from corpus.summary import N_SENTENCES, digest
from tests import wellformed
from tests.bench import extractive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    Method = Callable[[Sequence[str]], str]

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "summaries"
MEASURES = ("rouge1", "rouge2", "rougeL")
N_DRAWS = 2_000
N_SENTENCES_OF_ONE, N_WORDS_OF_MANY = 3, 220
N_TIMES = 50
OURS = "Footnote"


def main(folder: Path) -> None:
    single, multi = _read(folder / "single.jsonl"), _read(folder / "multi.jsonl")
    _quality(
        f"One article, {N_SENTENCES_OF_ONE} sentences, {len(single)} articles",
        [([row["text"]], row["summaries"]) for row in single],
        {OURS: _summary, **_others(_first)},
    )
    _quality(
        f"Several articles, {N_WORDS_OF_MANY} words, {len(multi)} groups",
        [(row["articles"], row["summaries"]) for row in multi],
        {OURS: _digest, **_others(_within_words)},
    )
    _form(single, multi)
    _speed(single, multi)


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


# --- the ways to make one


def _summary(articles: Sequence[str]) -> str:
    return " ".join(summarise(Article(text=articles[0], language="en")).sentences)


def _digest(articles: Sequence[str]) -> str:
    found = [passage for number, text in enumerate(articles) for passage in _passages(f"{number}", text)]
    said = digest.on_topic(found, {}, statements=len(found), words=N_WORDS_OF_MANY)
    return " ".join(one.piece.text for one in said)


def _passages(article_id: str, text: str) -> list[TopicPassage]:
    info = ArticleInfo(id=article_id, language="en")
    split = passages.split(Article(text=text, language="en"))
    return [
        TopicPassage(info, one.span.start, text[slice(*one.span)], one.position, one.sentences)
        for one in split
    ]


def _others(fits: extractive.Fits) -> dict[str, Method]:
    def method(choose: Callable[..., list[str]], articles: Sequence[str]) -> str:
        return " ".join(choose([extractive.split(text) for text in articles], fits))

    ways: dict[str, Callable[..., list[str]]] = {
        "lead": extractive.lead,
        "random": extractive.by_chance,
        **{f"sumy {name}": partial(extractive.sumy, name) for name in extractive.SUMY},
    }
    return {name: partial(method, way) for name, way in ways.items()}


def _first(ranked: Iterable[str]) -> list[str]:
    return list(ranked)[:N_SENTENCES_OF_ONE]


def _within_words(ranked: Iterable[str]) -> list[str]:
    """Whole sentences, each that still fits."""
    chosen: list[str] = []
    left = N_WORDS_OF_MANY
    for sentence in ranked:
        if (n_words := len(sentence.split())) <= left:
            chosen.append(sentence)
            left -= n_words
    return chosen


# --- how good


def _quality(
    title: str, rows: Sequence[tuple[Sequence[str], Sequence[str]]], methods: dict[str, Method]
) -> None:
    print(f"\n{title}\n{'':<14}{'R1':^20}{'R2':^20}{'RL':^20}{'words':>6}  R1 of ours above it")
    scorer = RougeScorer(MEASURES, use_stemmer=True)
    scores: dict[str, NDArray[np.float64]] = {}
    for name, method in methods.items():
        made = [method(articles) for articles, _ in rows]
        scores[name] = np.array(
            [_rouge(scorer, people, text) for text, (_, people) in zip(made, rows, strict=True)]
        )
        cells = "".join(f"{_interval(scores[name][:, at]):^20}" for at in range(len(MEASURES)))
        n_words = statistics.mean(len(text.split()) for text in made)
        above = "" if name == OURS else _interval(scores[OURS][:, 0] - scores[name][:, 0])
        print(f"{name:<14}{cells}{n_words:>6.0f}  {above}")


def _rouge(scorer: RougeScorer, people: Sequence[str], text: str) -> list[float]:
    best = scorer.score_multi(people, text)
    return [100 * best[measure].fmeasure for measure in MEASURES]


def _interval(values: NDArray[np.float64]) -> str:
    """The mean, and between what it lies in 95 % of draws with replacement."""
    draws = np.random.default_rng(7).choice(values, (N_DRAWS, len(values))).mean(axis=1)
    low, high = np.quantile(draws, [0.025, 0.975])
    return f"{values.mean():.1f} ({low:.1f}–{high:.1f})"


# --- how well formed


def _form(single: Sequence[dict[str, Any]], multi: Sequence[dict[str, Any]]) -> None:
    print("\nWell formed, by a checker of its own\n" + f"{'':<26}{'pieces':>7}{'dangling':>10}{'broken':>8}")
    texts = [row["text"] for row in single] + [text for row in multi for text in row["articles"]]
    for length in N_SENTENCES:
        counts: Counter[str] = Counter()
        for text in texts:
            made = summarise(Article(text=text, language="en"), length)
            if not made.is_whole:
                _count(counts, text, made.spans)
        _print_counts(f"one article, {length}", counts)
    counts = Counter()
    for row in multi:
        found = [one for number, text in enumerate(row["articles"]) for one in _passages(f"{number}", text)]
        for said in digest.on_topic(found, {}, statements=8):
            _count(counts, row["articles"][int(said.piece.article.id)], [said.piece.span])
    _print_counts("several articles", counts)


def _count(counts: Counter[str], text: str, spans: Sequence[Span]) -> None:
    counts["pieces"] += len(spans)
    counts["dangling"] += len(wellformed.dangling(text, spans))
    counts["broken"] += len(wellformed.broken_quotations(text, spans))


def _print_counts(name: str, counts: Counter[str]) -> None:
    n = max(1, counts["pieces"])
    print(f"{name:<26}{n:>7,}{counts['dangling'] / n:>10.1%}{counts['broken'] / n:>8.1%}")


# --- how quick


def _speed(single: Sequence[dict[str, Any]], multi: Sequence[dict[str, Any]]) -> None:
    texts = [text for row in multi for text in row["articles"]]
    every = [one for text in [row["text"] for row in single] + texts for one in extractive.split(text)]
    sixties = ["\n\n".join(every[at : at + 60]) for at in range(0, 60 * (1 + N_TIMES), 60)]
    print(f"\nMilliseconds of processor time, median of {N_TIMES} and worst")
    print(f"{'':<42}{'median':>8}{'worst':>8}")
    with tempfile.TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        stored = library.add(Article(text=sixties[0], language="en", title="Sixty sentences"))
        unseen = iter(sixties)
        n_passages = 0
        for number, text in enumerate(texts):
            article = Article(id=f"a{number}", text=text, language="en", publisher=f"P{number % 9}")
            n_passages += len(passages.split(library.add(article)))
            if n_passages >= 1_000:
                break
        topics = [" ".join(text.split()[:6]) for text in texts[:number]]
        commonest = Counter(word.strip('.,"') for text in texts for word in text.lower().split()).most_common(
            150
        )
        wide = " ".join(word for word, _ in commonest[100:120])
        _print_times(
            "summary, 60 sentences, from its text",
            lambda _: summarise(Article(text=next(unseen), language="en")),
        )
        _print_times("summary, 60 sentences, of the library", lambda _: library.summary(stored.id))
        _print_times(
            f"digest over {n_passages:,} passages, on a topic",
            lambda n: library.digest(topics[n % len(topics)]),
        )
        _print_times(
            f"digest over {n_passages:,} passages, on 20 common words", lambda _: library.digest(wide)
        )
        _print_times(f"digest over {n_passages:,} passages, what is new", lambda _: library.digest())


def _print_times(name: str, call: Callable[[int], object]) -> None:
    call(0)
    times = []
    for n in range(N_TIMES):
        started = process_time()
        call(n)
        times.append(1000 * (process_time() - started))
    print(f"{name:<42}{statistics.median(times):>8.1f}{max(times):>8.1f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
