"""Is a summary well formed? Judged from the article and the spans shown, by rules of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_PRONOUNS_AND_CONNECTIVES = {
    "en": "he she it they him them his her its their this that these those but however moreover also and or "
    "instead meanwhile therefore so yet then still nevertheless furthermore besides thus hence consequently "
    "additionally similarly afterwards later",
    "de": "er sie es dieser diese dieses aber und doch jedoch deshalb außerdem dann danach",
    "es": "él ella ellos este esta esto pero y además también entonces luego",
    "fr": "il elle ils elles ce cette ces cela mais et donc puis ensuite cependant",
    "ru": "он она оно они этот эта это эти но и а однако также поэтому затем",
    "tr": "o onlar bu bunlar ama fakat ancak ve ayrıca sonra",
    "ar": "هو هي هم هذا هذه ذلك لكن ولكن ثم كما",
    "fa": "او آنها این اما ولی همچنین سپس",
    "hi": "वह वे यह ये लेकिन और इसलिए फिर",
}
_WITHOUT_SPACES = {
    "zh": ("他", "她", "它", "这", "但", "然而", "因此", "此外"),
    "ja": ("彼", "それ", "これ", "その", "この", "しかし", "そして", "また"),
    "th": ("เขา", "เธอ", "มัน", "แต่", "และ"),
}
_CURLY = (("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"), ("(", ")"), ("[", "]"))


def dangling(text: str, spans: Sequence[tuple[int, int]], language: str = "en") -> list[str]:
    """The pieces shown that open with a pronoun or connective, and not right behind what they follow."""
    found = []
    for before, (start, end) in zip([None, *spans], spans, strict=False):
        words = text[start:end]
        is_next = before is not None and not text[before[1] : start].strip()
        if not is_next and _opens_badly(words, language):
            found.append(words)
    return found


def broken_quotations(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The pieces shown that hold a half of a quotation: marks that are not there in pairs."""
    return [text[start:end] for start, end in spans if not _is_paired(text[start:end])]


def out_of_order(spans: Sequence[tuple[int, int]]) -> bool:
    """Whether two pieces overlap, or stand in another order than in the article."""
    return any(first[1] > second[0] for first, second in pairwise(spans))


def _opens_badly(words: str, language: str) -> bool:
    first = re.match(r"[^\w]*([\w’']+)", words)
    if first is None:
        return False
    if language in _WITHOUT_SPACES:
        return first[1].startswith(_WITHOUT_SPACES[language])
    is_name = first[1].isupper() and len(first[1]) > 1
    return not is_name and first[1].casefold() in _PRONOUNS_AND_CONNECTIVES.get(language, "").split()


def _is_paired(words: str) -> bool:
    if any(words.count(opens) != words.count(closes) for opens, closes in _CURLY if closes != "”"):
        return False
    low = words.count("„")  # closed by “ in German
    if low and words.count("“") + words.count("”") != low:
        return False
    if not low and words.count("“") != words.count("”"):
        return False
    return len(re.findall(r'(?<!\d)"|(?<=[.,!?\w]\d)"', words)) % 2 == 0 or '"' not in words
