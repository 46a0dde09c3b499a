"""What must be known before an answer's first quote is read, as facts <-> as they are kept with the answer.

Words are made of them when they are shown, in the language of whoever reads: an answer that was given in
private may be shared with people of another language, and a public one be turned by one of them.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from corpus.article import Answer


@dataclass(frozen=True, slots=True)
class Remarks:
    """How a question was read, how well it was answered, and what it was narrowed to."""

    replaced_words: tuple[tuple[str, str], ...] = ()
    """As typed, and as read."""
    is_together: bool = False
    """Whether it was searched together with the question before."""
    is_own_previous: bool = True
    """Whether the same person had asked that."""
    missing_phrases: tuple[str, ...] = ()
    is_newest_first: bool = False
    is_weak: bool = False
    held_words: tuple[str, ...] = ()
    missed_words: tuple[str, ...] = ()
    required_phrases: tuple[str, ...] = ()
    excluded_words: tuple[str, ...] = ()
    source: str | None = None
    period: str = ""
    """One of `bot.asking.PERIODS`; where it is none, `after` may be a day."""
    after: date | None = None
    within: str | None = None
    """The title of the only article that was asked."""

    @classmethod
    def of(
        cls,
        found: Answer,
        *,
        source: str | None = None,
        period: str = "",
        after: date | None = None,
        within: str | None = None,
        is_own_previous: bool = True,
    ) -> Self:
        """What is to be said of *found*, which was narrowed in this way."""
        return cls(
            replaced_words=tuple(found.replaced_words),
            is_together=found.is_together,
            is_own_previous=is_own_previous,
            missing_phrases=tuple(found.missing_phrases),
            is_newest_first=found.is_newest_first,
            is_weak=found.status == "weak",
            held_words=tuple(found.held_words),
            missed_words=tuple(found.missed_words),
            required_phrases=tuple(found.required_phrases),
            excluded_words=tuple(found.excluded_words),
            source=source,
            period=period,
            after=after,
            within=within,
        )

    @classmethod
    def from_json(cls, kept: str) -> Self:
        facts = json.loads(kept)
        lists = {name: tuple(value) for name, value in facts.items() if isinstance(value, list)}
        pairs = tuple((typed, read_as) for typed, read_as in facts["replaced_words"])
        after = date.fromisoformat(facts["after"]) if facts["after"] else None
        return cls(**{**facts, **lists, "replaced_words": pairs, "after": after})

    def as_json(self) -> str:
        return json.dumps(asdict(self) | {"after": self.after.isoformat() if self.after else None})
