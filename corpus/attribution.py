"""The sentence that answers -> the same with the one that says whose words it is.

“We will leave.” is an answer only together with who said so, when that stands in the next sentence or the one
before: both are marked then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from corpus.article import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUOTED = regex.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|«[^»]*(?:»|$)|「[^」]*(?:」|$)|„[^“”]*(?:[“”]|$)")
_OPENS = regex.compile(r"^\s*[“\"«「„]")
_SAYS = regex.compile(
    r"""\b(?:said|says|say|told|tells|added|adds|asked|wrote|writes|replied|explained|noted|warned|stated|states
    |announced|claimed|argued|insisted|declared|recalled|continued|tweeted|according\s+to
    |dijo|dice|afirmó|señaló|declaró|añadió|explicó|según|a\s+(?:dit|déclaré|affirmé|ajouté|expliqué)|selon
    |sagte|sagt|erklärte|betonte|сказал\w?|заявил\w?|добавил\w?|dedi|söyledi|açıkladı)\b
    |(?:گفت|افزود|قال|وأضاف|صرح|कहा|说|表示|称|言った|述べた|話した|กล่าว)""",
    regex.IGNORECASE | regex.VERBOSE,
)
_OPENING_WORDS = 90
"""Within so many characters the next sentence names the speaker, or it is about something else."""


def with_speaker(text: str, sentences: Sequence[Span], marked: Span) -> Span:
    """*marked*, one of the *sentences* of *text*, with its neighbour where that says who speaks.

    As it is when it is no quotation or names its speaker itself, or when no neighbour does.
    """
    shown = text[slice(*marked)]
    if not _OPENS.match(shown) or _SAYS.search(_QUOTED.sub(" ", shown)):
        return marked
    at = sentences.index(marked)
    if at + 1 < len(sentences):
        behind = text[slice(*sentences[at + 1])]
        if not _OPENS.match(behind) and _SAYS.search(_QUOTED.sub(" ", behind[:_OPENING_WORDS])):
            return Span(marked.start, sentences[at + 1].end)
    if at:
        before = text[slice(*sentences[at - 1])].rstrip()
        if before.endswith((":", "：", ",")) or (
            _SAYS.search(before[-_OPENING_WORDS:]) and not _QUOTED.search(before)
        ):
            return Span(sentences[at - 1].start, marked.end)
    return marked
