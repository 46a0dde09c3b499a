"""Questions with known answers -> figures: how often the right paragraph comes first, how fast, how sure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import BadRecord, QuestionError
from corpus.library import Library
from corpus.records import read_object

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus.article import Answer

DEPTH = 10
FALSE_REFUSALS = 0.05


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question, the paragraph that answers it, and the words that are the answer."""

    question: str
    article: str
    paragraph: int
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Shares from 0 to 1, over all questions; a refused question counts as not found."""

    n_questions: int
    recall_at_1: float
    recall_at_3: float
    mrr_at_10: float
    answering_sentence: float
    """Of the questions whose paragraph came first: how often the marked sentence holds an answer."""
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True, slots=True)
class Abstention:
    """How well confidence tells questions whose article is there from those whose article is not."""

    n_present: int
    n_absent: int
    auroc: float
    refused_at_5: float
    """Share of the absent that is refused when 5 % of the present are."""
    present_found: float
    absent_found: float
    """Shares called “found” at the threshold that users meet."""


def read_questions(lines: Iterable[str], name: str) -> Iterator[JudgedQuestion]:
    """The judged questions of JSON lines; blank lines are passed over. Raises `BadRecord`."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        record = read_object(line, where)
        answers = record.get("answers", [])
        match record:
            case {"question": str(question), "article": str(article), "paragraph": int(paragraph)} if (
                paragraph >= 0 and paragraph is not True and isinstance(answers, list)
            ):
                yield JudgedQuestion(
                    question, article, paragraph, tuple(str(answer) for answer in answers if answer)
                )
            case _:
                raise BadRecord(where, "needs a “question”, an “article” and a “paragraph” number")


def retrieval(library: Library, questions: Iterable[JudgedQuestion]) -> Retrieval:
    """Asks each of *questions* and compares what comes back. All figures are nan without questions."""
    ranks: list[int] = []
    sentences: list[bool] = []
    times_ms: list[float] = []
    for judged in questions:
        found = _ask(library, judged.question)
        ranks.append(_rank(found, judged))
        if found:
            times_ms.append(found.took_ms)
        if found and ranks[-1] == 1 and judged.answers:
            sentences.append(_is_marked(found, judged))
    reciprocal = np.array([1 / rank if rank else 0.0 for rank in ranks])
    return Retrieval(
        n_questions=len(ranks),
        recall_at_1=_share(rank == 1 for rank in ranks),
        recall_at_3=_share(1 <= rank <= 3 for rank in ranks),
        mrr_at_10=float(reciprocal.mean()) if ranks else float("nan"),
        answering_sentence=_share(sentences),
        p50_ms=_quantile(times_ms, 0.5),
        p99_ms=_quantile(times_ms, 0.99),
    )


def abstention(library: Library, questions: Iterable[JudgedQuestion]) -> Abstention:
    """Asks *questions* of a copy of *library* without every second of its articles."""
    with TemporaryDirectory() as folder, Library.open(Path(folder)) as half:
        kept = islice(library.export(), 0, None, 2)
        there = {outcome.article_id for outcome in half.import_all(kept)}
        confidence: dict[bool, list[float]] = {True: [], False: []}
        is_found: dict[bool, list[bool]] = {True: [], False: []}
        for judged in questions:
            answer = _ask(half, judged.question)
            is_present = judged.article in there
            confidence[is_present].append(answer.confidence if answer else 0.0)
            is_found[is_present].append(answer is not None and answer.status == "found")
    present, absent = np.array(confidence[True]), np.array(confidence[False])
    threshold = _quantile(present, FALSE_REFUSALS)
    return Abstention(
        n_present=len(present),
        n_absent=len(absent),
        auroc=_auroc(present, absent),
        refused_at_5=_share(bool(value < threshold) for value in absent),
        present_found=_share(is_found[True]),
        absent_found=_share(is_found[False]),
    )


def _ask(library: Library, question: str) -> Answer | None:
    """The answer as a user would get it; None when the question is refused."""
    try:
        return library.ask(question, top=DEPTH)
    except QuestionError:
        return None


def _rank(found: Answer | None, judged: JudgedQuestion) -> int:
    """The rank of the right paragraph from 1; 0 when it is not among the first."""
    for rank, quote in enumerate(found.quotes if found else (), 1):
        if (quote.article.id, quote.position) == (judged.article, judged.paragraph):
            return rank
    return 0


def _is_marked(found: Answer, judged: JudgedQuestion) -> bool:
    quote = found.quotes[0]
    marked = _folded(quote.text[slice(*quote.answer)])
    return any(_folded(answer) in marked for answer in judged.answers)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _auroc(present: np.ndarray, absent: np.ndarray) -> float:
    """The chance that a question of *present* scores above one of *absent*, ties counting half."""
    if not len(present) or not len(absent):
        return float("nan")
    ordered = np.sort(absent)
    below = np.searchsorted(ordered, present, "left")
    not_above = np.searchsorted(ordered, present, "right")
    return float((below + not_above).mean() / 2 / len(absent))


def _share(values: Iterable[bool]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else float("nan")


def _quantile(values: Sequence[float] | np.ndarray, q: float) -> float:
    return float(np.quantile(values, q)) if len(values) else float("nan")
