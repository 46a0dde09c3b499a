"""Plain text and Markdown -> an article, and the lines around it that are left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from corpus import language
from corpus.errors import NothingToRead
from corpus.reading import assemble, markdown, masthead, prose, wording
from corpus.reading.blocks import Block
from corpus.reading.decode import decode
from corpus.reading.machine_written import is_machine_written

if TYPE_CHECKING:
    from corpus.article import Reading

_MARKDOWN_SUFFIXES = (".md", ".markdown")
_WRAPPED_AT_LEAST, _WRAPPED_AT_MOST = 50, 100


def read(data: bytes, name: str, charset: str | None = None) -> Reading:
    """The article in *data*, the content of the file *name*, in *charset* as its server said.

    What a front matter or `Key: value` lines say is taken first, then what the lines around the
    prose say. With a front matter all the rest is the article; otherwise it is the run of blocks
    that reads as prose. Raises `UnreadableArticle`.
    """
    text = decode(data, name, charset)
    metadata, body = markdown.front_matter(text)
    is_markdown = bool(metadata) or name.lower().endswith(_MARKDOWN_SUFFIXES) or markdown.is_markdown(body)
    keys, blocks = masthead.key_lines(markdown.blocks(body) if is_markdown else _lines(body))
    if not blocks:
        raise NothingToRead(name)
    run = prose.find_in_markdown(blocks) if is_markdown else prose.find(blocks)
    if metadata:
        run = run._replace(body=[block for block in run.body if block.text != metadata.get("title")])
    else:
        run = run._replace(
            body=prose.clean(run.body, assemble.first_title(blocks) or "", guesses_headings=not is_markdown)
        )
    found = assemble.article(blocks, run, metadata | keys, language.detect(body))
    return replace(found, state="garbled") if is_machine_written(body) else found


def _lines(text: str) -> list[Block]:
    """A block a line, or a block a paragraph where lines are broken at a fixed width."""
    paragraphs = [
        [line.strip() for line in paragraph.split("\n") if line.strip()]
        for paragraph in regex.split(r"\n[^\S\n]*\n", text)
    ]
    paragraphs = [paragraph for paragraph in paragraphs if paragraph]
    if not _is_wrapped(paragraphs):
        return [Block("text", line) for paragraph in paragraphs for line in paragraph]
    return [block for paragraph in paragraphs for block in _unwrapped(paragraph)]


def _is_wrapped(paragraphs: list[list[str]]) -> bool:
    """Whether lines end where a line is full, as in mail, and not where a paragraph does."""
    lengths = sorted(len(line) for paragraph in paragraphs for line in paragraph)
    return (
        len(lengths) > 5
        and _WRAPPED_AT_LEAST <= lengths[int(0.9 * (len(lengths) - 1))] <= _WRAPPED_AT_MOST
        and len(lengths) >= 2 * len(paragraphs)
        and len(paragraphs) > 1
    )


def _unwrapped(paragraph: list[str]) -> list[Block]:
    full = max(map(len, paragraph))
    is_list = any(wording.LIST_ITEM.match(line) or wording.KEY_VALUE.match(line) for line in paragraph[1:])
    are_full = sum(map(len, paragraph[:-1])) >= 0.55 * full * (len(paragraph) - 1)
    if is_list or not are_full:
        return [Block("text", line) for line in paragraph]
    return [Block("text", regex.sub(r"(?<=\p{Ll})- (?=\p{Ll})", "", " ".join(paragraph)))]
