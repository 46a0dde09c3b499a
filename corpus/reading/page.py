"""A web page -> the article on it, with what the page says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from corpus import language, terms
from corpus.article import Article, Reading
from corpus.errors import NoArticleThere
from corpus.reading import hidden, markup, metadata, page_body, page_state
from corpus.reading.blocks import join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.reading.blocks import Block

_NEAR_TITLE = 3
_ENOUGH_TO_DETECT = 200
"""Characters from which on a text tells its language better than the page's template does."""
_RELATED = (
    {"no", "nb", "nn", "da"},
    {"sr", "hr", "bs"},
    {"id", "ms"},
    {"cs", "sk"},
    {"pt", "gl"},
    {"es", "gl"},
)
"""Languages that are taken for one another: between these the page knows better."""
_NOT_LETTER = regex.compile(r"[\W_]+")


def read_page(
    data: bytes, url: str | None = None, *, name: str = "The page", charset: str | None = None
) -> Reading:
    """The article on the page in *data*, which came from *url*, in *charset* as its server said.

    `Reading.state` says when it looks like something else: that is to be confirmed before it is
    stored. *name* is what the page is called in an error. Raises `UnreadableArticle`, with
    `NoArticleThere` for a page without any text of an article.
    """
    tree = markup.parse(data, name, charset)
    facts = metadata.read(tree, url)  # of what is hidden, too
    hidden.drop(tree)
    found = page_body.blocks(tree, url)
    blocks = _shown(found, facts.title)
    text, headings = join(blocks)
    state = page_state.judge(tree, facts, [block.text for block in blocks])
    if not any(block.kind == "text" for block in blocks):
        raise NoArticleThere(name, state or "short")
    article = Article(
        title=facts.title,
        text=text,
        headings=headings,
        url=facts.url,
        publisher=facts.publisher,
        author=facts.author,
        published=facts.published,
        language=_language(facts.language, text),
        n_words=terms.n_words(text),
    )
    return Reading(article, state=state)


def _shown(blocks: Sequence[Block], title: str) -> list[Block]:
    """*blocks* without the title above them and without headings above nothing."""
    own = _letters(title) if terms.n_words(title) <= page_body.MOST_WORDS_OF_HEADING else ""
    shown = [
        block
        for place, block in enumerate(blocks)
        if place >= _NEAR_TITLE or not own or _letters(block.text) != own
    ]
    while len(shown) > 1 and shown[-1].kind == "heading":
        shown.pop()
    if all(block.kind == "heading" for block in shown):
        return [block._replace(kind="text") for block in shown]
    return shown


def _letters(text: str) -> str:
    return str(_NOT_LETTER.sub("", text.casefold()))


def _language(declared: str, text: str) -> str:
    """The code of the language *text* is in: what a page declares is often its template's."""
    detected = language.detect(text)
    if declared and (
        len(text) < _ENOUGH_TO_DETECT or any({declared, detected} <= group for group in _RELATED)
    ):
        return declared
    return detected if detected != language.UNKNOWN else declared or detected
