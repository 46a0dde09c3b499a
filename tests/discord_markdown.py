"""A small reader of Discord's Markdown, written from its rules and not from our code: what a person sees.

It is the oracle for “what a reader copies is the stored text”: markup becomes marks, and what
is left is the visible text of each line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_THINGS = {
    "code": re.compile(r"(`+)(?!`)(?P<inside>[\s\S]*?[^`])\1(?!`)"),
    "user": re.compile(r"<@!?\d+>"),
    "role": re.compile(r"<@&\d+>"),
    "channel": re.compile(r"<#\d+>"),
    "command": re.compile(r"</[^:\n]+:\d+>"),
    "timestamp": re.compile(r"<t:-?\d+(?::[tTdDfFR])?>"),
    "emoji": re.compile(r"<a?:\w+:\d+>"),
    "guide": re.compile(r"<id:\w+>"),
    "autolink": re.compile(r"<[^: >]+:[^ >]+>"),
    "everyone": re.compile(r"@(?:everyone|here)\b"),
    "url": re.compile(r"(?:https?|steam|discord)://[^\s<]+[^<.,:;\"'\]\s]"),
}
_MASKED_LINK = re.compile(r"\[(?P<inside>(?:\\.|[^\]\\\[])+)\]\(\s*<?(?P<url>[^\s<>()]+)>?\s*\)")
_STYLES = {
    "bold": re.compile(r"\*\*(?P<inside>(?:\\[\s\S]|[^\\])+?)\*\*(?!\*)"),
    "underline": re.compile(r"__(?P<inside>(?:\\[\s\S]|[^\\])+?)__(?!_)"),
    "italic": re.compile(r"\*(?=\S)(?P<inside>(?:\\[\s\S]|[^\s*\\]|\s+[^\s*\\])+?)\*(?!\*)"),
    "italic ": re.compile(r"\b_(?P<inside>(?:\\[\s\S]|[^\\_])+?)_\b"),
    "strike": re.compile(r"~~(?=\S)(?P<inside>[\s\S]*?\S)~~(?!_)"),
    "spoiler": re.compile(r"\|\|(?P<inside>[\s\S]+?)\|\|"),
}
_BLOCKS = {
    "heading": re.compile(r" *#{1,3}\s+(?=\S)"),
    "subtext": re.compile(r" *-#\s+(?=\S)"),
    "list": re.compile(r" *(?:[-*]|\d+\.) +(?=\S)"),
}
_QUOTE = re.compile(r" *> ?")
_LONG_QUOTE = re.compile(r" *>>> ")
_FENCE = re.compile(r"```")


@dataclass
class Seen:
    """What a person sees of a piece of Markdown."""

    text: str = ""
    marks: list[tuple[str, str]] = field(default_factory=list)
    """Each style with the text it stands on: ("bold", "The harbour")."""
    links: list[tuple[str, str]] = field(default_factory=list)
    """Each link with its words and its address."""
    things: list[str] = field(default_factory=list)
    """Mentions, timestamps, code and whatever else is not plain text: "role <@&123>"."""


@dataclass
class Line:
    """One line: what it is beside text ("heading", "subtext", "list" or ""), and whether it is quoted."""

    kind: str
    is_quoted: bool
    seen: Seen


def lines(markdown: str) -> list[Line]:
    """The lines of *markdown* as Discord shows them."""
    return [_line(raw) for raw in markdown.split("\n")]


def quoted(markdown: str) -> str:
    """The visible text behind the bar."""
    return "\n".join(line.seen.text for line in lines(markdown) if line.is_quoted)


def see(markdown: str) -> Seen:
    """What inline *markdown* shows."""
    seen = Seen()
    place = 0
    while place < len(markdown):
        place = _step(markdown, place, seen)
    return seen


def _line(raw: str) -> Line:
    is_quoted = False
    if bar := _LONG_QUOTE.match(raw) or _QUOTE.match(raw):
        is_quoted, raw = True, raw[bar.end() :]
    if _QUOTE.match(raw) and is_quoted:
        return Line("quote", is_quoted, see(raw))
    for kind, pattern in _BLOCKS.items():
        if mark := pattern.match(raw):
            return Line(kind, is_quoted, see(raw[mark.end() :]))
    if _FENCE.match(raw):
        return Line("fence", is_quoted, see(raw))
    return Line("", is_quoted, see(raw))


def _step(markdown: str, place: int, seen: Seen) -> int:
    """Takes what stands at *place* into *seen* and gives back where it ends."""
    if escape := _ESCAPE.match(markdown, place):
        seen.text += escape[1]
        return escape.end()
    for kind, pattern in _THINGS.items():
        if thing := pattern.match(markdown, place):
            seen.things.append(f"{kind} {thing[0]}")
            seen.text += thing["inside"] if kind == "code" else thing[0]
            return thing.end()
    if link := _MASKED_LINK.match(markdown, place):
        inside = see(link["inside"])
        seen.links.append((inside.text, link["url"]))
        return _take(seen, inside, link.end())
    for kind, pattern in _STYLES.items():
        if style := pattern.match(markdown, place):
            inside = see(style["inside"])
            seen.marks.append((kind.strip(), inside.text))
            return _take(seen, inside, style.end())
    seen.text += markdown[place]
    return place + 1


def _take(seen: Seen, inside: Seen, end: int) -> int:
    seen.text += inside.text
    seen.marks += inside.marks
    seen.links += inside.links
    seen.things += inside.things
    return end
