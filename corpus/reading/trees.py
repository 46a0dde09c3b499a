"""XML and HTML from outside -> trees of elements: no entities, no network, no depth without end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree, html

if TYPE_CHECKING:
    from lxml.etree import _Element


def parse(data: bytes) -> _Element | None:
    """The root of an XML document, mended where it is damaged; None where nothing can be made of it.

    An entity that the document defines stays unread, and nothing outside of it is ever fetched.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def parse_page(data: bytes) -> _Element | None:
    """The root of a page of HTML or XHTML; None where it holds no element."""
    parser = html.HTMLParser(no_network=True, huge_tree=False, encoding=_encoding(data))
    try:
        return html.document_fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def text(root: _Element | None, name: str) -> str | None:
    """What the first element called *name*, whatever its namespace, holds in words."""
    if root is None:
        return None
    for element in root.iter(f"{{*}}{name}"):
        if words := " ".join("".join(map(str, element.itertext())).split()):
            return words
    return None


def _encoding(data: bytes) -> str | None:
    """UTF-8 where that fits, which the standard of books asks for; else what the page says."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return None
    return "utf-8"
