"""What must be known before an answer's first quote is read -> one line in the language that is spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language import _, ngettext
from bot.replies import words
from bot.replies.markdown import escape, title

if TYPE_CHECKING:
    from bot.remarks import Remarks

_TITLE = 100


def line(remarks: Remarks) -> str:
    """A weak match, a spelling, a filter; empty where there is nothing to say."""
    parts: list[str] = [
        _("*{typed}* was read as *{word}*.").format(typed=escape(typed), word=escape(read_as))
        for typed, read_as in remarks.replaced_words
    ]
    if remarks.is_together:
        parts.append(
            _("Searched together with your previous question.")
            if remarks.is_own_previous
            else _("Searched together with the question before.")
        )
    parts += [
        _("No passage has “{phrase}” word for word; its words were searched.").format(phrase=escape(phrase))
        for phrase in remarks.missing_phrases
    ]
    if remarks.is_newest_first:
        parts.append(_("The newest comes first."))
    if remarks.is_weak and (remarks.missed_words or not remarks.missing_phrases):
        parts.append(_weak(remarks))
    narrowed = words.joined(
        title(remarks.source, _TITLE) if remarks.source else None,
        words.last(remarks.period, remarks.after),
        title(remarks.within, _TITLE) if remarks.within else None,
        *(_("with “{phrase}”").format(phrase=escape(phrase)) for phrase in remarks.required_phrases),
        *(_("without *{word}*").format(word=escape(word)) for word in remarks.excluded_words),
    )
    if narrowed:
        parts.append(_("Only {filter}").format(filter=narrowed))
    return " ".join(parts)


def _weak(remarks: Remarks) -> str:
    """Which words of the question were found, and which were not."""
    known = words.listed([f"*{escape(word)}*" for word in remarks.held_words])
    unknown = words.listed_or([f"*{escape(word)}*" for word in remarks.missed_words])
    if unknown:
        said = ngettext(
            "Weak match: only {known} was found, not {unknown}.",
            "Weak match: only {known} were found, not {unknown}.",
            len(remarks.held_words),
        )
    else:
        said = ngettext(
            "Weak match: only {known} was found.",
            "Weak match: only {known} were found.",
            len(remarks.held_words),
        )
    return said.format(known=known, unknown=unknown)
