"""A web page -> who wrote it, when, under which title, and where.

What a page tells machines is asked first: JSON-LD, then OpenGraph and its like, then the headline
that readers see. Where they say nothing, trafilatura and its date finder look at the rest.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import regex

from corpus import clock, language, terms
from corpus.reading import byline, dates, linked_data, visible
from corpus.reading.canonical import canonical, site
from corpus.reading.linked_data import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lxml.html import HtmlElement

    from corpus.reading.linked_data import Node

_MOST_LINES = 2_000
_LONGEST_SCRIPT = 100_000
_LONGEST_NAME = 120
_LONGEST_TITLE = 500
_LATEST = timedelta(days=2)
"""A page's own clock may be ahead of ours, but not by more."""
_SURE_LENGTH = 15
"""From so many letters on, a headline that stands within another title is no chance."""

_FEWEST_TERMS = 3

_TITLES = ("og:title", "twitter:title", "parsely-title", "dc.title", "dcterms.title", "citation_title")
_AUTHORS = (
    "author", "article:author", "parsely-author", "dc.creator", "dcterms.creator", "citation_author",
    "sailthru.author", "byl", "cxenseparse:author",
)  # fmt: skip
_SITES = ("og:site_name", "application-name")
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "citation_publication_date", "citation_date",
    "sailthru.date", "pubdate", "publishdate", "publish-date", "dc.date", "date",
)  # fmt: skip
_LOCALES = ("og:locale", "content-language", "dc.language", "dcterms.language")

_DAY = regex.compile(r"((?:1[89]|20)\d\d)([-/]?)(\d\d)\2(\d\d)(?!\d)")
_BEFORE_NAME = regex.compile(
    r"(?:(?:\p{L}+\s)?by|authors?|von|par|por|door|автор|الكاتب|نویسنده|作者)(?:\s*[:：]\s*|\s+|$)",
    regex.IGNORECASE,
)
_AFTER_NAME = regex.compile(
    r"(?<=\S\s\S+)[\s,|]+(?:(?:senior|staff|contributing|freelance)\s+)*"
    r"(?:writer|editor|reporter|contributor|correspondent)\b.*$"
    r"|\s+(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)[\s\d,.]*$",
    regex.IGNORECASE,
)
_WROTE = regex.compile(
    r"written|author|geschrieben|verfasst|escrito|écrit|scritto|написан|автор|yaz[ae]|كتب|نوشته|लिखा|作者|執筆|เขียน",
    regex.IGNORECASE,
)
_NO_NAME = regex.compile(
    r"https?:|www\.|/|@|[<>{}]|facebook|twitter|^[\W\d_]*$|^(?:admin|administrator|unknown)$",
    regex.IGNORECASE,
)
_LOGIN = regex.compile(r"[a-z\d]+(?:[._-][a-z\d]+)+|[a-z]+\d+")
_LAST_PART = regex.compile(r"^(.{4,}?)\s*[|–—·»]\s*([^|–—·»]{2,60})$|^(.{8,}?)\s+[:-]\s+([^|–—·»]{2,60})$")
_FIRST_PART = regex.compile(r"^([^|–—·«:]{2,40}?)\s*[|–—·«:]\s+(.{8,})$")
_HOST = regex.compile(r"[\w-]+(?:\.[\w-]+)+")
_NUMBER = regex.compile(r"\d{1,4}")
_MONTHS = 12
_NOT_LETTER = regex.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of itself; nothing of it is sure."""

    title: str = ""
    author: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str = ""
    """The code it declares, of a language that can be told from others; empty without one."""
    is_free: bool = True
    """False when it says that reading takes a subscription, as many do that are free all the same."""


def read(tree: HtmlElement, url: str | None) -> PageFacts:
    """What the page *tree*, which came from *url*, says of itself."""
    metas = _metas(tree)
    nodes = linked_data.nodes(tree)
    article = linked_data.article(nodes)
    fallback = _found_by_trafilatura(tree, url)
    claims = [*tree.xpath("//link[@rel='canonical']/@href"), metas.get("og:url", "")]
    address = canonical(url, [str(claim) for claim in claims if claim])
    publisher = _name(_first(metas, _SITES) or linked_data.name(article.get("publisher"), nodes))
    publisher = publisher or _site_called(fallback.sitename) or _host(address) or None
    code = _language(tree, metas)
    title = _title(tree, article, metas, _site_names(publisher, url), code) or plain(fallback.title)
    beside = byline.find(list(islice(visible.lines(tree), _MOST_LINES)), title, code)
    authors = (
        _joined(linked_data.names(article.get("author") or article.get("creator"), nodes)),
        _author_in(metas),
        *(_joined([author]) for author in beside.authors),
        _joined(_full_names(fallback.author)),
    )
    return PageFacts(
        title=title[:_LONGEST_TITLE],
        author=_person(authors, publisher),
        published=_published(article, metas) or beside.published or _found_day(fallback.date, article, metas),
        publisher=publisher,
        url=address,
        language=code,
        is_free=not any(str(node.get("isAccessibleForFree")).lower().endswith("false") for node in nodes),
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    """What each <meta> says, the first of each name, names in small letters."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = plain(meta.get("content"))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(attribute) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _first(metas: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _found_by_trafilatura(tree: HtmlElement, url: str | None) -> Any:
    from trafilatura.metadata import extract_metadata  # half a second, which only reading needs

    # JSON-LD is read already, and what is no JSON would cost the square of its length here.
    rest = copy(tree)
    for script in rest.iter("script"):
        if "ld+json" in (script.get("type") or "") or len(script.text or "") > _LONGEST_SCRIPT:
            script.text = None
    latest = (clock.now() + _LATEST).date().isoformat()
    settings = {"original_date": True, "extensive_search": False, "max_date": latest}
    return extract_metadata(rest, default_url=url, date_config=settings)


def _site_called(found: str | None) -> str | None:
    """The site's name that trafilatura *found*; not a host, which may be one that the page only claims."""
    return None if found and _HOST.fullmatch(found) else _name(found)


def _host(url: str | None) -> str:
    return ((urlsplit(url).hostname or "") if url else "").removeprefix("www.")


# --- the title


def _title(
    tree: HtmlElement, article: Node, metas: Mapping[str, str], sites: Sequence[str], code: str
) -> str:
    """The headline on the page that a title for machines confirms, else the first of these titles."""
    headline = plain(article.get("headline"))
    if headline.endswith(("…", "...")):
        headline = ""
    titles = [headline, *(metas.get(name, "") for name in _TITLES), _text(next(tree.iter("title"), None))]
    candidates = [_without_site(title, sites) for title in titles if title]
    headings = [_without_site(text, sites) for text in map(_text, tree.iter("h1")) if len(text) > 2]
    for confirms in (_confirms, partial(_resembles, language=code)):
        for heading in headings:
            if any(confirms(candidate, heading) for candidate in candidates):
                return heading
    return next(iter([*candidates, *headings]), "")


def _text(element: HtmlElement | None) -> str:
    return "" if element is None else plain(" ".join(map(str, element.itertext())))


def _confirms(title: str, heading: str) -> bool:
    """Whether *title* is *heading*, or holds it and more."""
    whole, part = _folded(title), _folded(heading)
    length = len(part) if part.isascii() else 2 * len(part)  # a Chinese character says as much as a syllable
    return bool(part) and (whole == part or (length > _SURE_LENGTH and part in whole))


def _resembles(title: str, heading: str, language: str) -> bool:
    """Whether half of what *heading* says is in *title*, which may be worded for search engines."""
    said, held = ({term.term for term in terms.analyse(text, language or None)} for text in (heading, title))
    return len(said) >= _FEWEST_TERMS and 2 * len(said & held) >= len(said)


def _site_names(publisher: str | None, url: str | None) -> list[str]:
    """What the site may be called in a title: its name, its host without dots, and its domain's name."""
    host = _host(url)
    names = (publisher or "", host, site(host).partition(".")[0])
    return [name for name in map(_folded, names) if name]


def _without_site(title: str, sites: Sequence[str]) -> str:
    """*title* without the site's name at its end or its beginning; what else stands there is the title's."""
    while match := _LAST_PART.match(title):
        if not _is_site(match[2] or match[4], sites):
            break
        title = (match[1] or match[3]).strip()
    if (match := _FIRST_PART.match(title)) and _folded(match[1]) in sites:
        title = match[2].strip()
    return title


def _is_site(part: str, sites: Sequence[str]) -> bool:
    letters = _folded(part)
    return len(letters) > 1 and any(letters in name or (len(name) > 3 and name in letters) for name in sites)


def _folded(text: str) -> str:
    return str(_NOT_LETTER.sub("", text.casefold()))


# --- the author


def _author_in(metas: Mapping[str, str]) -> str | None:
    for name in _AUTHORS:
        if found := _joined([metas.get(name, "")]):
            return found
    for number in ("1", "2"):
        if _WROTE.search(metas.get(f"twitter:label{number}", "")):
            return _joined([metas.get(f"twitter:data{number}", "")])
    return None


def _person(authors: Iterable[str | None], publisher: str | None) -> str | None:
    """The first of *authors* that is neither the site nor a login; these only where nobody else is named."""
    named = [author for author in authors if author]
    own = _folded(publisher or "")
    persons = (author for author in named if not _LOGIN.fullmatch(author) and not _is_desk(author, own))
    return next(persons, next(iter(named), None))


def _is_desk(author: str, site: str) -> bool:
    """Whether *author* is the site, or a part of it that bears its name: “BBC News”, “The Post Ltd”."""
    name = _folded(author)
    return name == site or (len(site) > 3 and name.startswith(site))


def _joined(names: Iterable[str | None]) -> str | None:
    """The *names* that can be a person's or a desk's, each once, in one line."""
    found = dict.fromkeys(filter(None, map(_name, names)))
    return ", ".join(found)[:_LONGEST_NAME] or None


def _full_names(found: str | None) -> list[str]:
    """The names in trafilatura's list; a word alone beside a full name is somebody's desk."""
    names = [name.strip() for name in (found or "").split(";")]
    return [name for name in names if " " in name] or names


def _name(written: str | None) -> str | None:
    """*written* without “by” and “staff writer”; None when it is an address or no name at all."""
    name = _AFTER_NAME.sub("", plain(written))
    if match := _BEFORE_NAME.match(name):
        name = name[match.end() :]
    return None if _NO_NAME.search(name) else name.strip(" ,;|·-")[:_LONGEST_NAME] or None


# --- the day


def _published(article: Node, metas: Mapping[str, str]) -> date | None:
    return next((day for day in map(_day, _written_days(article, metas)) if day), None)


def _written_days(article: Node, metas: Mapping[str, str]) -> list[Any]:
    return [
        article.get("datePublished"),
        *(metas.get(name) for name in _DATES),
        article.get("dateCreated"),
    ]


def _found_day(found: str | None, article: Node, metas: Mapping[str, str]) -> date | None:
    """The day that the date finder has *found*, unless it only guessed which number is the month."""
    day = _day(found)
    if day is None or day.day > _MONTHS or day.day == day.month:
        return day
    for written in _written_days(article, metas):
        numbers = [int(number) for number in _NUMBER.findall(written)] if isinstance(written, str) else []
        if sorted(numbers[:3]) == sorted((day.day, day.month, day.year)):
            return None
    return day


def _day(written: Any) -> date | None:
    """The day in a timestamp or in words, as it is written, whatever the time zone; None for one to come."""
    if not isinstance(written, str):
        return None
    if match := _DAY.match(written.strip()):
        try:
            day = date(int(match[1]), int(match[3]), int(match[4]))
        except ValueError:
            return None
        return day if day <= clock.now().date() + _LATEST else None
    found = dates.find(written)
    return found.day if found else None


# --- the language


def _language(tree: HtmlElement, metas: Mapping[str, str]) -> str:
    """The code of <html lang>, else of a <meta>."""
    lang = next((element.get("lang") or element.get("xml:lang") or "" for element in tree.iter("html")), "")
    codes = (language.code(tag) for tag in (lang, *(metas.get(name, "") for name in _LOCALES)))
    return next((code for code in codes if code and language.is_known(code)), "")
