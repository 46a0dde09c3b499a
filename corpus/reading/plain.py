"""Plain text and Markdown -> an article, and the lines around it that are left out."""

from __future__ import annotations

import regex

from corpus import language
from corpus.article import Article, Reading
from corpus.errors import NothingToRead
from corpus.reading import markdown, masthead, prose, wording
from corpus.reading.blocks import Block, join
from corpus.reading.decode import decode

_MARKDOWN_SUFFIXES = (".md", ".markdown")
_WRAPPED_AT_LEAST, _WRAPPED_AT_MOST = 50, 100


def read(data: bytes, name: str) -> Reading:
    """The article in *data*, the content of the file *name*.

    What a front matter or `Key: value` lines say is taken first, then what the lines around the
    prose say. With a front matter all the rest is the article; otherwise it is the run of blocks
    that reads as prose. Raises `UnreadableArticle`.
    """
    text = decode(data, name)
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
            body=prose.clean(run.body, _first_title(blocks) or "", guesses_headings=not is_markdown)
        )
    return _article(blocks, run, metadata | keys, language.detect(body))


def _article(blocks: list[Block], run: prose.Run, keys: dict[str, str], detected: str) -> Reading:
    """The article that *run* is of *blocks*, with what *keys* and the lines around it say."""
    said = masthead.from_keys(keys, detected)
    around = masthead.from_lines(run.head, run.tail, detected)
    title = said.title or _first_title(blocks) or around.title or _heading_above(run.body) or ""
    shown = [block for block in run.body if block.text != title] or run.body or blocks
    text, headings = join(shown)
    code = language.code(keys.get("language") or keys.get("lang") or "")
    article = Article(
        title=title,
        text=text,
        headings=headings,
        url=said.url or around.url,
        publisher=said.publisher or around.publisher,
        author=said.author or around.author,
        published=said.published or around.published,
        language=code if language.is_known(code) else detected,
    )
    kept = {block.text for block in shown} | {title}
    return Reading(article, tuple(block.text for block in blocks if block.text not in kept))


def _first_title(blocks: list[Block]) -> str | None:
    return next((block.text for block in blocks[:4] if block.kind == "title"), None)


def _heading_above(body: list[Block]) -> str | None:
    """The first line of an article without any head, when it reads as a headline."""
    if (
        len(body) > 1
        and not body[0].text.rstrip().endswith((".", "!", "…", "。"))
        and len(body[0].text) < 200
    ):
        return body[0].text
    return None


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
