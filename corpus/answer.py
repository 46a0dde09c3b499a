"""Ranked passages -> which answers best: their order, the answering sentence, the words to mark, how sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus import terms
from corpus.article import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from corpus.article import Query, RankedPassage, Status
    from corpus.terms import Term, Word

FOUND = 1.8
WEAK = 0.8
"""From which confidence on a passage is an answer, or a weak match.

Confidence is the reranker's score over the question's idf mass: about 5 for a passage that holds every
word once in one sentence. Half of the articles of six collections in six languages were left out and all
questions asked, 1,217 that can be answered and 1,065 that cannot. On average over the collections:

    below          0.8   1.0   1.2   1.4   1.6   1.8   2.0   2.4
    are of right   .000  .005  .015  .031  .045  .062  .100  .175
    of the absent  .315  .529  .701  .806  .879  .922  .950  .978

FOUND is where as many questions that can be answered are called weak as questions that cannot are
called found, one in thirteen each. At WEAK no right answer is lost, and a third of the questions that
nothing answers end with the nearest titles in place of a passage. At 1.0 that would be half of them, but one
right answer in 200 would be lost: as a weak match says that it is weak, that costs
more. The confidence alone tells the two apart with AUROC .99 on
SQuAD, .97 to .99 elsewhere (docs/quality.md).
"""


def status(matches: Sequence[RankedPassage]) -> Status:
    """Whether the best of *matches* answers the question or may only have to do with it."""
    if not matches:
        return "nothing"
    return "found" if matches[0].confidence >= FOUND else "weak"


def names_the_unknown(query: Query) -> bool:
    """Whether the question names something that no article does, as “the Erie Canal”.

    A capital within a question makes a name, but for German, where it makes a noun. What is said of other
    canals is a weak match then, however much of it fits: of the questions on SQuAD's left-out half that
    were called found, one in nine is not any more, and of those that can be answered one in 200.
    """
    if query.language == "de" or query.question.isupper():
        return False
    return any(
        term.word[:1].isupper()
        and not (term.is_known or term.read_as)
        and not query.question.startswith(term.word)
        for term in query.terms
    )


def matching(ranked: Iterable[RankedPassage]) -> list[RankedPassage]:
    """Those of *ranked* that are at least a weak match, in the same order."""
    return [judged for judged in ranked if judged.confidence >= WEAK]


def highlights(query: Query, text: str, language: str, sentences: Iterable[Span]) -> tuple[Span, ...]:
    """Where words of the question stand in *sentences* of *text*, whole words in any inflection.

    Neighbours are one run.
    """
    wanted = {term.term for term in query.terms}
    may_join = _NON_JOINER in text
    runs: list[Span] = []
    for sentence in sentences:
        for found in _standing(wanted, text[slice(*sentence)], language):
            word = Span(sentence.start + found.start, sentence.start + found.end)
            if may_join:
                word = _joined(text, word)
            if runs and not text[runs[-1].end : word.start].strip():
                runs[-1] = Span(runs[-1].start, word.end)
            else:
                runs.append(word)
    return tuple(runs)


def _standing(wanted: AbstractSet[str], text: str, language: str) -> Sequence[Term | Word]:
    """The terms of *text* that are *wanted*; one Chinese character alone wherever it stands."""
    if any(terms.is_character(term) for term in wanted):
        every = terms.analyzer(language).words(text, with_characters=True)
        return [word for word in every if word.term in wanted]
    return terms.standing(wanted, text, language)


_NON_JOINER = "\u200c"


def _joined(text: str, part: Span) -> Span:
    """The whole word that *part* is of: in Persian a zero-width non-joiner stands inside one word."""
    start, end = part
    while start > 1 and text[start - 1] == _NON_JOINER and text[start - 2].isalpha():
        start -= 2
        while start and text[start - 1].isalpha():
            start -= 1
    while end + 1 < len(text) and text[end] == _NON_JOINER and text[end + 1].isalpha():
        end += 2
        while end < len(text) and text[end].isalpha():
            end += 1
    return Span(start, end)
