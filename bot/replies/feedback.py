"""What the bot says about feedback: the reasons to choose from, the thanks, what it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language import Sentence, _, ngettext
from bot.replies import card, words
from bot.replies.card import Accent
from bot.replies.markdown import escape, label, title

if TYPE_CHECKING:
    from discord import ui

    from bot.feedback import Tally

_QUESTION = 100
_COMMENT = 200


def reason(name: str) -> str:
    """A reason in words."""
    match name:
        case "irrelevant":
            return _("Not relevant")
        case "outdated":
            return _("Out of date")
        case "source":
            return _("Wrong source")
    return _("Article missing")


def thanks() -> ui.LayoutView:
    return card.card(
        card.text(_("Thank you. The managers of this server can see it, without your name.")),
        accent=Accent.DONE,
    )


def lines(tally: Tally, days_kept: int) -> list[str]:
    """What public questions came to, for managers."""
    if not days_kept:
        return [card.aside(_("Questions are not kept here, so nothing is counted"))]
    answered = ngettext("{count} public answer", "{count} public answers", tally.n_answers)
    period = ngettext("in the last {count} day", "in the last {count} days", days_kept)
    counted = [
        answered.format(count=words.number(tally.n_answers)),
        period.format(count=words.number(days_kept)),
    ]
    found = [card.aside(Sentence(" ".join(counted)))]
    if tally.n_unanswered:
        n_questions = ngettext("{count} question", "{count} questions", tally.n_unanswered)
        counted_questions = n_questions.format(count=words.number(tally.n_unanswered))
        found.append(words.joined(f"**{_('Without an answer')}**", counted_questions))
        found += [f"- {title(question, _QUESTION)}{_times(n)}" for question, n in tally.unanswered]
    if tally.reasons:
        found.append(f"**{_('Not helpful')}**")
        found.append(
            words.joined(*(f"{reason(name)} {words.number(n)}" for name, n in tally.reasons.items()))
        )
        found += [f"- {escape(label(comment, _COMMENT))}" for comment in tally.comments]
    return found


def _times(n: int) -> str:
    times = ngettext("{count} time", "{count} times", n).format(count=words.number(n))
    return f" · {times}" if n > 1 else ""
