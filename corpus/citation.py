"""A quote -> the link that leads to it: the article's address and a text fragment.

The fragment makes a browser scroll to the words and mark them
(https://wicg.github.io/scroll-to-text-fragment/).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urldefrag, urlsplit

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_LINK = 512
"""What Discord takes for a button; a longer link goes to the article alone."""

_ENDS_IN_WORDS = ((5, 4), (3, 3), (2, 2), (1, 1))
"""First and last words of a sentence that the fragment names, fewer where more would be too long."""
_ENDS_IN_CHARACTERS = ((12, 10), (6, 6), (4, 4))
"""The same where no spaces part the words."""
_FEW_WORDS = 4
_DIRECTIVE = ":~:"


def has_host(url: str) -> bool:
    """Whether *url* is a web address that a browser and Discord take: http or https, a host, no space."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not regex.search(r"\s", url)
    except ValueError:
        return False


def link(url: str | None, sentence: str) -> str | None:
    """The address *url* with a fragment that finds *sentence*; None without an address."""
    if not url:
        return None
    address, fragment = urldefrag(url)
    fragment = fragment.split(_DIRECTIVE, 1)[0]
    for ends in _ends(" ".join(sentence.split())):
        # A hyphen has a meaning of its own in a fragment, and quote() leaves it as it is.
        directive = ",".join(quote(end, safe="").replace("-", "%2D") for end in ends)
        precise = f"{address}#{fragment}{_DIRECTIVE}text={directive}"
        if len(precise) <= LONGEST_LINK:
            return precise
    return url


def _ends(sentence: str) -> Iterator[tuple[str, ...]]:
    """What tells *sentence* from others: itself, or its first and last words, ever fewer."""
    words = sentence.split()
    if not words:
        return
    if len(words) <= sum(_ENDS_IN_WORDS[0]):
        yield (sentence,)
    for first, last in _ENDS_IN_WORDS:
        if len(words) > first + last:
            yield " ".join(words[:first]), " ".join(words[-last:])
    for first, last in _ENDS_IN_CHARACTERS:
        if len(words) < _FEW_WORDS and len(sentence) > first + last:
            yield sentence[:first], sentence[-last:]
