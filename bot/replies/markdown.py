"""Article text -> Discord's Markdown that shows it unchanged, so that what a reader copies is the text."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.article import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ANYWHERE = re.compile(r"[\\*_~`|\[\]<@]|:(?=//)")
_EMOJI = re.compile(r":((?:\w|\\_)+):")
_AT_LINE_START = re.compile(r"(?m)^([ \t]*)([>#+-]|\d+(?=[.)]))")
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_ORDINAL = re.compile(r"(?m)^([ \t]*\d+)([.)])")
_ADDRESS = re.compile(r"https?://[^\s<>()]{1,250}")
"""What stands as a link in a text: no longer, as it counts, and nothing that would end it early."""
ELLIPSIS = "…"


def escape(text: str) -> str:
    """*text* with a backslash before all that would be markup, a mention or a link."""
    escaped = _ANYWHERE.sub(r"\\\g<0>", text)
    escaped = _EMOJI.sub(r"\:\1\:", escaped)
    escaped = _ORDINAL.sub(r"\1\\\2", escaped)
    return _AT_LINE_START.sub(
        lambda match: match[1] + (match[2] if match[2].isdigit() else f"\\{match[2]}"), escaped
    )


def label(text: str, limit: int) -> str:
    """*text* in one line of at most *limit* characters, for buttons and menus, where nothing is markup."""
    line = " ".join(text.split())
    return shortened(line, limit)


def unescape(markdown: str) -> str:
    """What a reader sees of escaped text."""
    return _ESCAPED.sub(r"\1", markdown)


def shortened(text: str, limit: int) -> str:
    """At most *limit* characters of *text*."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS


def title(text: str, limit: int) -> str:
    """A title for a line of its own or the words of a link: short, escaped, without brackets."""
    plain = text.translate(str.maketrans("[]`", "()'"))
    return escape(label(plain, limit))


def link(words: str, url: str | None, limit: int) -> str:
    """*words* as a link to *url*, or as themselves where there is none."""
    if not url or not _ADDRESS.fullmatch(url):
        return title(words, limit)
    return f"[{title(words, limit)}]({url})"


def quote(markdown: str) -> str:
    """*markdown* behind the bar that says: an unbroken piece of an article."""
    return "\n".join(f"> {line}" for line in markdown.split("\n"))


def marked(text: str, bold: Span | None = None, underlined: Sequence[Span] = ()) -> str:
    """*text*, escaped, with one part bold and others underlined; marks never reach over a line's end."""
    cuts = {0, len(text), *(bold or ()), *(place for span in underlined for place in span)}
    cuts |= {place for at, character in enumerate(text) if character == "\n" for place in (at, at + 1)}
    places = sorted(place for place in cuts if 0 <= place <= len(text))
    pieces = [Span(start, end) for start, end in pairwise(places)]
    return "".join(_runs(text, pieces, bold, underlined))


def _runs(text: str, pieces: Iterable[Span], bold: Span | None, underlined: Sequence[Span]) -> Iterator[str]:
    """Each piece, opening and closing bold only where it begins and ends."""
    is_bold = False
    for piece in pieces:
        words = text[slice(*piece)]
        wants_bold = bold is not None and bold.start <= piece.start < bold.end and words != "\n"
        if wants_bold != is_bold:
            yield "**"
            is_bold = wants_bold
        is_line_start = piece.start == 0 or text[piece.start - 1] == "\n"
        escaped = escape(words) if is_line_start else escape(f"x{words}")[1:]
        is_marked = any(span.start <= piece.start < span.end for span in underlined) and words.strip()
        yield f"__{escaped}__" if is_marked else escaped
    if is_bold:
        yield "**"
