"""A book in EPUB -> the article that it is: all chapters, in the order they are read in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from corpus import language
from corpus.errors import CopyProtected, Damaged, NothingToRead, UnpacksTooLarge
from corpus.reading import assemble, elements, properties, prose, trees
from corpus.reading.archive import Archive
from corpus.reading.blocks import Block, tidied
from corpus.reading.kind import EPUB
from corpus.reading.limits import MOST_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from corpus.article import Reading

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_RIGHTS = ("META-INF/rights.xml", "META-INF/sinf.xml", "META-INF/license.lcpl")
_OF_FONTS = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}
"""How fonts are made useless outside their book, which keeps nobody from reading it."""
_PAGES = {"application/xhtml+xml", "text/html", "application/html", "text/x-oeb1-document"}
_MOST_IN_SPINE = 5_000


def read_epub(data: bytes, name: str) -> Reading:
    """The book in *data*, under the title, author, publisher and date that its package says.

    Chapters that the spine names and the file does not have are passed over. Raises `UnreadableArticle`.
    """
    with Archive(data, name, EPUB) as archive:
        package_part = _package(archive, name)
        package = trees.parse(archive.read(package_part))
        if package is None:
            raise Damaged(name, EPUB)
        _refuse_protected(archive, name)
        blocks = tidied(_blocks(archive, package, package_part, name))
    if not blocks:
        raise NothingToRead(name)
    keys = {key: value for key, value in _said(package).items() if value}
    title = keys.get("title") or assemble.first_title(blocks)
    body = [block for block in blocks if block.text != title] or blocks
    detected = language.detect("\n".join(block.text for block in body))
    return assemble.article(blocks, prose.Run([], body, []), keys, detected)


def _package(archive: Archive, name: str) -> str:
    """The part that lists all others. Raises `Damaged` where it is not there."""
    container = trees.parse(archive.read(_CONTAINER)) if _CONTAINER in archive else None
    for root_file in container.iter("{*}rootfile") if container is not None else ():
        if part := archive.find(root_file.get("full-path") or ""):
            return part
    raise Damaged(name, EPUB)


def _refuse_protected(archive: Archive, name: str) -> None:
    """Raises `CopyProtected` where more than fonts is encrypted."""
    encrypted = trees.parse(archive.read(_ENCRYPTION)) if _ENCRYPTION in archive else None
    methods = (
        {method.get("Algorithm") for method in encrypted.iter("{*}EncryptionMethod")}
        if encrypted is not None
        else set()
    )
    if methods - _OF_FONTS:
        raise CopyProtected(name, EPUB)
    if any(part in archive for part in _RIGHTS) and encrypted is not None and not methods:
        raise CopyProtected(name, EPUB)


def _blocks(archive: Archive, package: _Element, package_part: str, name: str) -> Iterator[Block]:
    n_characters = 0
    for part in _chapters(archive, package, package_part):
        root = trees.parse_page(archive.read(part))
        if root is None:
            continue
        for block in elements.blocks(root):
            n_characters += len(block.text)
            if n_characters > MOST_CHARACTERS:
                raise UnpacksTooLarge(name, MOST_CHARACTERS)
            yield block


def _chapters(archive: Archive, package: _Element, package_part: str) -> Iterator[str]:
    """The parts that are read one after another: no table of contents, and no part twice."""
    parts: dict[str, str] = {}
    for item in package.iter("{*}item"):
        is_page = (item.get("media-type") or "").lower() in _PAGES
        part = archive.find(item.get("href") or "", beside=package_part)
        if is_page and part and "nav" not in (item.get("properties") or "").split():
            parts.setdefault(item.get("id") or "", part)
    seen: set[str] = set()
    for place, item in enumerate(package.iter("{*}itemref")):
        part = parts.get(item.get("idref") or "")
        if place >= _MOST_IN_SPINE:
            return
        if part and part not in seen and (item.get("linear") or "yes") != "no":
            seen.add(part)
            yield part


def _said(package: _Element) -> dict[str, str | None]:
    """What the package says of the book, by the keys of a front matter."""
    creators = [" ".join("".join(map(str, one.itertext())).split()) for one in package.iter("{*}creator")]
    published = properties.day(trees.text(package, "date"), earliest=date.min)
    return {
        "title": properties.title(trees.text(package, "title")),
        "author": properties.author("; ".join(creators[:3])),
        "publisher": trees.text(package, "publisher"),
        "published": published.isoformat() if published else None,
        "language": trees.text(package, "language"),
    }
