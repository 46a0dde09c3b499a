"""A message -> the text that people read in it: its own, a forwarded one's, or that of its link's preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from bot.errors import NoTextInMessage
from corpus import sentences
from corpus.characters import clean

if TYPE_CHECKING:
    import discord

_MENTION = regex.compile(r"<(?:@[!&]?|#)\d+>|<a?:\w+:\d+>|<t:-?\d+(?::\w)?>|</[^:>]+:\d+>")
_LINK = regex.compile(r"<?https?://\S+")
_MARKUP = regex.compile(r"(?m)^\s*(?:(?:>>>|>|-#|#{1,3}|[-*])\s+)+|\*\*|__|~~|\|\||`+")
_LINKED = regex.compile(r"\[([^\[\]]+)\]\(<?https?://[^)\s]*\)")


def text_of(message: discord.Message) -> str:
    """The words of *message*, without mentions, addresses and Discord's own marks.

    Raises `NoTextInMessage` when it has none.
    """
    own = (message.content, *(forwarded.content for forwarded in message.message_snapshots))
    previews = (part for embed in message.embeds for part in (embed.title, embed.description) if part)
    for text in (*map(_readable, own), "\n".join(map(_readable, previews))):
        if regex.search(r"[\p{L}\p{N}]", text):
            return text
    raise NoTextInMessage


def named(text: str, message: discord.Message) -> str:
    """*text*, which stands in *message*, with names in place of mentions and without the server's emoji.

    Channels are left out: an answer must not tell the name of one that the author cannot see.
    """
    names = {f"<@{user.id}>": f"@{user.display_name}" for user in message.mentions}
    names |= {f"<@!{user.id}>": f"@{user.display_name}" for user in message.mentions}
    names |= {f"<@&{role.id}>": f"@{role.name}" for role in message.role_mentions}
    return _MENTION.sub(lambda match: names.get(match[0], " "), text).strip()


def question_of(message: discord.Message, most_characters: int) -> str:
    """The text in one line, cut to so many characters: after a sentence, or else after a word."""
    line = " ".join(text_of(message).split())
    if len(line) <= most_characters:
        return line
    ends = [end for _, end in sentences.split(line, "en") if end <= most_characters]
    if ends:
        return line[: ends[-1]].rstrip()
    space = line.rfind(" ", 1, most_characters + 1)
    return line[: space if space > 0 else most_characters].rstrip()


def _readable(text: str) -> str:
    shown = _LINKED.sub(r"\1", clean(text))
    return _MARKUP.sub("", _MENTION.sub(" ", _LINK.sub(" ", shown))).strip()
