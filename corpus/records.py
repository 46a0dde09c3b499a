"""Articles <-> JSON records: the lines that import reads and export writes."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from operator import index
from typing import TYPE_CHECKING, Any

from corpus import language
from corpus.article import Article, Origin, Span
from corpus.characters import clean
from corpus.errors import BadRecord, NothingToRead

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_ID = 60
"""In characters: a button must be able to remember it."""

_TEXTS = ("id", "title", "text", "url", "publisher", "author", "language")


def read(line: str, name: str) -> Article:
    """The article of one JSON line; *name* says in an error where the line stands.

    Keys: id, title, text (paragraphs parted by an empty line), url, publisher, author, published
    and added (ISO 8601), language, headings (spans of `text`), keeps_paragraphs (true unless it says false),
    origin (link, etag and last_modified of a page that was fetched); only `text` is needed, others
    are passed over. Raises `BadRecord` or `NothingToRead`.
    """
    record = read_object(line, name)
    for key in _TEXTS:
        if not isinstance(record.get(key), str | None):
            raise BadRecord(name, f"has a “{key}” that is not a text")
    text = clean(record.get("text") or "")
    if len(record.get("id") or "") > LONGEST_ID:
        raise BadRecord(name, f"has an “id” of more than {LONGEST_ID} characters")
    if not text.strip():
        raise NothingToRead(name)
    return Article(
        id=clean(record.get("id") or "").strip(),
        title=clean(record.get("title") or "").strip(),
        text=text,
        headings=_headings(record.get("headings") or [], len(text), name),
        url=_address(record, name),
        publisher=_optional(record, "publisher"),
        author=_optional(record, "author"),
        published=_published(record.get("published"), name),
        added=_added(record.get("added"), name),
        language=language.code(record.get("language") or ""),
        keeps_paragraphs=record.get("keeps_paragraphs") is not False,
        origin=_origin(record.get("origin"), name),
    )


def read_object(line: str, name: str) -> dict[str, Any]:
    """One JSON object. Raises `BadRecord` when *line* is anything else."""
    try:
        record = json.loads(line)
    except ValueError as error:
        raise BadRecord(name, f"is not JSON ({error})") from None
    except RecursionError:
        raise BadRecord(name, "is nested too deeply") from None
    if not isinstance(record, dict):
        raise BadRecord(name, "is not a JSON object")
    return record


def write(articles: Iterable[Article]) -> Iterator[str]:
    """One JSON line an article, as `read` takes it; what is not known is left out."""
    for article in articles:
        record = {
            "id": article.id,
            "title": article.title,
            "text": article.text,
            "url": article.url,
            "publisher": article.publisher,
            "author": article.author,
            "published": article.published.isoformat() if article.published else None,
            "added": article.added.isoformat() if article.added else None,
            "language": article.language,
            "headings": article.headings,
            "origin": asdict(article.origin) if article.origin else None,
        }
        known: dict[str, object] = {key: value for key, value in record.items() if value}
        if not article.keeps_paragraphs:
            known["keeps_paragraphs"] = False
        yield json.dumps(known, ensure_ascii=False)


def _optional(record: dict[str, Any], key: str) -> str | None:
    return clean(record.get(key) or "").strip() or None


def _address(record: dict[str, Any], name: str) -> str | None:
    url = _optional(record, "url")
    if url and not url.startswith(("http://", "https://")):
        raise BadRecord(name, f"has the address “{url}”, which does not begin with https://")
    return url


def _origin(value: object, name: str) -> Origin | None:
    """Raises `BadRecord` for anything but an object of texts with a link."""
    if not value:
        return None
    facts = {key.name: value.get(key.name) for key in fields(Origin)} if isinstance(value, dict) else {}
    texts = {key: clean(fact).strip() or None for key, fact in facts.items() if isinstance(fact, str)}
    link = texts.pop("link", None)
    if link is None or not link.startswith(("http://", "https://")):
        raise BadRecord(name, "has an “origin” without a link")
    return Origin(link, **texts)


def _published(value: object, name: str) -> date | None:
    if value is None or value == "":
        return None
    try:
        return datetime.fromisoformat(str(value).strip()).date()
    except ValueError:
        raise BadRecord(name, f"has the date “{value}”; write it like 2020-07-02") from None


def _added(value: object, name: str) -> datetime | None:
    """When the article was added, in UTC."""
    if value is None or value == "":
        return None
    try:
        moment = datetime.fromisoformat(str(value).strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadRecord(name, f"was added at “{value}”; write it like 2020-07-02T12:00:00Z") from None


def _headings(value: object, length: int, name: str) -> tuple[Span, ...]:
    try:
        spans = tuple(Span(index(start), index(end)) for start, end in value)  # type: ignore[attr-defined]
    except (TypeError, ValueError, OverflowError):
        raise BadRecord(name, "has “headings” that are not pairs of numbers") from None
    if any(not 0 <= start < end <= length for start, end in spans):
        raise BadRecord(name, "has “headings” outside its text")
    return spans
