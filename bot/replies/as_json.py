"""What the library says -> the documented JSON shapes that scripts rely on."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from bot.backup import Backup
    from bot.doctor import Finding
    from corpus.article import (
        Answer,
        Article,
        ArticleInfo,
        CheckReport,
        Digest,
        Quote,
        SameStory,
        Span,
        Summary,
        Twin,
    )
    from corpus.errors import CorpusError
    from corpus.evaluate import Abstention, Retrieval
    from corpus.reading import Reading


def line(shape: dict[str, Any]) -> str:
    """*shape* as one line of JSON."""
    return json.dumps(shape, ensure_ascii=False)


def answer(found: Answer, nearest: Sequence[ArticleInfo] = ()) -> dict[str, Any]:
    """*nearest* are the articles to look at where nothing was found."""
    return {
        "question": found.question,
        "status": found.status,
        "passages": [_passage(quote) for quote in found.quotes],
        "matches": found.matches,
        "unknown_terms": list(found.unknown_words),
        "replaced_terms": dict(found.replaced_words),
        "missing_phrases": list(found.missing_phrases),
        "newest_first": found.is_newest_first,
        "nearest": [article(info) for info in nearest],
        "took_ms": found.took_ms,
    }


def failed_question(question: str, error: CorpusError) -> dict[str, Any]:
    return {"question": question, "error": str(error)}


def article(info: ArticleInfo) -> dict[str, Any]:
    return {
        "id": info.id,
        "title": info.title,
        "publisher": info.publisher,
        "author": info.author,
        "published": info.published.isoformat() if info.published else None,
        "url": info.url,
        "language": info.language,
    }


def article_with_text(found: Article) -> dict[str, Any]:
    return {**article(found), "text": found.text, "headings": [list(span) for span in found.headings]}


def added(
    name: str, stored: Article, reading: Reading, n_paragraphs: int, elsewhere: SameStory | None = None
) -> dict[str, Any]:
    return {
        "input": name,
        "article": article(stored),
        "paragraphs": n_paragraphs,
        "words": stored.n_words,
        "left_out": list(reading.left_out),
        "looks_like": reading.state,
        **({"same_story": article(elsewhere.article)} if elsewhere else {}),
    }


def failed_input(name: str, error: CorpusError) -> dict[str, Any]:
    return {"input": name, "error": str(error)}


def imported(
    counts: Counter[str], failures: Sequence[CorpusError], twins: Sequence[Twin] = (), *, was_stopped: bool
) -> dict[str, Any]:
    return {
        "added": counts["added"],
        "replaced": counts["replaced"],
        "skipped": counts["skipped"],
        "failed": len(failures),
        "errors": [str(error) for error in failures],
        **({"same_stories": [_twin(twin) for twin in twins]} if twins else {}),
        "stopped": was_stopped,
    }


def _twin(twin: Twin) -> dict[str, Any]:
    return {"article": article(twin.article), "same_story": article(twin.told.article)}


def summary(made: Summary) -> dict[str, Any]:
    """With `key_quote` and `whole` only where there is one, and where it is."""
    quote = made.key_quote
    key_quote = {"key_quote": {**_slice(made.article, quote.span), "speaker": quote.speaker}} if quote else {}
    return {
        "article": article(made.article),
        "sentences": [_slice(made.article, span) for span in made.spans],
        **key_quote,
        **({"whole": True} if made.is_whole else {}),
        "took_ms": made.took_ms,
    }


def digest(made: Digest) -> dict[str, Any]:
    return {
        "topic": made.topic,
        "since": made.since.isoformat() if made.since else None,
        "sentences": [
            {
                "text": said.text,
                "start": said.span.start,
                "end": said.span.end,
                "link": said.link,
                "sources": len(said.said_by),
                "article": article(said.article),
                "also_in": [article(info) for info in said.said_by[1:]],
            }
            for said in made.statements
        ],
        "articles": made.n_articles,
        "took_ms": made.took_ms,
    }


def check(report: CheckReport) -> dict[str, Any]:
    return {
        "ok": len(report.problems) == report.mended,
        "articles": report.n_articles,
        "passages": report.n_passages,
        "problems": list(report.problems),
        "mended": report.mended,
    }


def backup(made: Backup) -> dict[str, Any]:
    return {
        "folder": str(made.folder),
        "databases": made.n_databases,
        "bytes": made.n_bytes,
        "failures": [{"file": str(one.file), "reason": one.reason} for one in made.failures],
    }


def findings(found: Sequence[Finding]) -> dict[str, Any]:
    return {
        "ok": all(finding.is_ok for finding in found),
        "findings": [{"name": one.name, "ok": one.is_ok, "sentence": one.sentence} for one in found],
    }


def figures(measured: Retrieval | Abstention) -> dict[str, Any]:
    """Shares to four digits; null where there was nothing to measure."""
    return {name: _rounded(value) for name, value in asdict(measured).items()}


def _slice(of: Article, span: Span) -> dict[str, Any]:
    start, end = span
    return {"text": of.text[start:end], "start": start, "end": end}


def _rounded(value: float) -> float | None:
    return None if value != value else round(value, 4)  # nan is the only number unlike itself


def _passage(quote: Quote) -> dict[str, Any]:
    return {
        "text": quote.text,
        "answer": list(quote.answer),
        "highlights": [list(span) for span in quote.highlights],
        "score": round(quote.score, 4),
        "coverage": round(quote.coverage, 4),
        "position": quote.position,
        "link": quote.link,
        "article": article(quote.article),
        "also_in": [article(info) for info in quote.also_in],
    }
