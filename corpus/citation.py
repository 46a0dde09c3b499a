"""A quote -> the link that leads to it: the article's address and a text fragment.

The fragment makes a browser scroll to the words and mark them
(https://wicg.github.io/scroll-to-text-fragment/).
"""

from __future__ import annotations

from urllib.parse import quote, urldefrag

LONGEST_LINK = 512
"""What Discord takes for a button; a longer link goes to the article alone."""

_FIRST_WORDS = 5
_LAST_WORDS = 4


def link(url: str | None, sentence: str) -> str | None:
    """The address *url* with a fragment that finds *sentence*; None without an address."""
    if not url:
        return None
    words = sentence.split()
    if len(words) > _FIRST_WORDS + _LAST_WORDS:
        ends = [" ".join(words[:_FIRST_WORDS]), " ".join(words[-_LAST_WORDS:])]
    else:
        ends = [" ".join(words)]
    # A hyphen has a meaning of its own in a fragment, and quote() leaves it as it is.
    directive = ",".join(quote(end, safe="").replace("-", "%2D") for end in ends)
    address, fragment = urldefrag(url)
    precise = f"{address}#{fragment}:~:text={directive}"
    return precise if directive and len(precise) <= LONGEST_LINK else url
