"""A Word file -> the article in it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from corpus import language
from corpus.errors import Damaged, NothingToRead
from corpus.reading import assemble, elements, masthead, properties, prose, trees
from corpus.reading.archive import Archive
from corpus.reading.blocks import tidied
from corpus.reading.kind import WORD

if TYPE_CHECKING:
    from corpus.article import Reading
    from corpus.reading.blocks import Block

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='caption'] => !
p[style-name='Caption'] => !
p[style-name^='toc '] => !
p[style-name^='TOC '] => !
"""
_NEEDED = regex.compile(
    r"(?:_rels|word)/(?!theme/|media/|embeddings/|fonts/|glossary/).*|\[Content_Types\]\.xml"
)
_TEXT = regex.compile(r".*\.(?:xml|rels)", regex.IGNORECASE)
_PROPERTIES = "docProps/core.xml"
_DEFINES = regex.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T|E\0?N\0?T\0?I)")
"""A document type or an entity, in UTF-8 or UTF-16: Word writes neither, and attacks need them."""


def read_docx(data: bytes, name: str) -> Reading:
    """The article in a Word file. Raises `UnreadableArticle`.

    The title that its reader sees comes before the one that Word keeps; the author is the one that
    Word keeps, where that is a person; the day it was first saved stands in for a date.
    """
    with Archive(data, name, WORD) as archive:
        said = trees.parse(archive.read(_PROPERTIES)) if _PROPERTIES in archive else None
        blocks = tidied(_blocks(_copy(archive, name), name))
    keys, blocks = masthead.key_lines(blocks)
    if not blocks:
        raise NothingToRead(name)
    for key, value in (
        ("title", assemble.first_title(blocks) or properties.title(trees.text(said, "title"))),
        ("author", properties.author(trees.text(said, "creator"))),
    ):
        if value:
            keys.setdefault(key, value)
    detected = language.detect("\n".join(block.text for block in blocks))
    read = assemble.article(blocks, prose.find_in_markdown(blocks), keys, detected)
    if read.article.published is None:
        created = properties.day(trees.text(said, "created"))
        read = replace(read, article=replace(read.article, published=created))
    return read


def _copy(archive: Archive, name: str) -> io.BytesIO:
    """The parts of the file that hold its text, each unpacked within its limit, as a file of their own."""
    copied = io.BytesIO()
    with zipfile.ZipFile(copied, "w") as copy:
        for part in archive.parts:
            if _NEEDED.fullmatch(part) and _TEXT.fullmatch(part):
                content = archive.read(part)
                if _DEFINES.search(content):
                    raise Damaged(name, WORD)
                copy.writestr(part, content)
    copied.seek(0)
    return copied


def _blocks(file: io.BytesIO, name: str) -> list[Block]:
    import mammoth

    try:
        html = mammoth.convert_to_html(
            file,
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=mammoth.images.img_element(lambda _: {}),
        ).value
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:  # whatever a parser stumbles over in a file that no Word wrote
        raise Damaged(name, WORD) from error
    root = trees.parse_page(html.encode())
    return elements.blocks(root) if root is not None else []
