"""Bytes of a web page -> its tree of elements."""

from __future__ import annotations

import regex
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from corpus.errors import NothingToRead, NotText, TooLarge, UnreadablePage
from corpus.reading.page_encoding import decode

LARGEST_BYTES = 8 * 1024 * 1024
"""As much as is fetched of a page; the longest articles are a tenth of it."""
_MOST_ELEMENTS = 60_000
"""An encyclopedia's longest pages have half as many. The time to read a page grows with them."""
_MOST_ATTRIBUTES = 1_000
"""Of one element. libxml2 compares each with all others."""

_LONG_TAG = regex.compile(r"<[a-zA-Z][^<>]{4000,}+")
_QUOTED = regex.compile(r""""[^"]*+"|'[^']*+'""")
_EMPTY_HTML = regex.compile(r"(<html\b[^<>]{0,1000})/>", regex.IGNORECASE)
_NOT_XML = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\p{Cs}]")
_SNIFFED = 65_536
_MOST_GARBAGE = 0.01


def parse(data: bytes, name: str, charset: str | None = None) -> HtmlElement:
    """The tree of the page in *data*, in *charset* as its server says, a piece of a page wrapped in one.

    *name* is what the page is called in an error: `TooLarge`, `NothingToRead`, `NotText` or
    `UnreadablePage`.
    """
    if len(data) > LARGEST_BYTES:
        raise TooLarge(name, len(data), LARGEST_BYTES)
    text = decode(data, charset)
    if _is_garbage(text):
        raise NotText(name, "a binary file")
    # <html/> would be all of the page.
    text = _EMPTY_HTML.sub(r"\1>", _NOT_XML.sub("", text), count=1)
    if not text.strip():
        raise NothingToRead(name)
    if any(len(_QUOTED.sub("", tag[0]).split()) > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(text)):
        raise UnreadablePage(name, "is built so that it cannot be read.")
    try:
        tree = document_fromstring(text.encode(), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError):  # comments alone, or a tag that never ends
        raise NothingToRead(name) from None
    n_elements = sum(1 for _ in tree.iter())
    if n_elements > _MOST_ELEMENTS:
        raise UnreadablePage(
            name, f"is built of {n_elements:,} parts, more than the {_MOST_ELEMENTS:,} of any article."
        )
    return tree


def _parser() -> HTMLParser:
    """A new parser, as one must not be used by two threads; what it makes of a page is what was measured."""
    return HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True)


def _is_garbage(text: str) -> bool:
    """Whether more of *text* than a slip or two is control characters, or could not be decoded."""
    sample = text[:_SNIFFED]
    n_garbage = sum(
        character == "\ufffd" or (character < " " and not character.isspace()) or "\x7f" <= character < "\xa0"
        for character in sample
    )
    return n_garbage > _MOST_GARBAGE * len(sample)
