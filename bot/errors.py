"""What can go wrong between a person and the bot, beside what can go wrong in the articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language import N_
from corpus.errors import BadRecord, CorpusError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path


class AnswerExpired(CorpusError):
    """A button of an answer that is no longer kept. `question` where the message still tells it."""

    def __init__(self, question: str | None = None, *, is_private: bool = False) -> None:
        super().__init__("This answer is no longer kept.")
        self.question = question
        self.is_private = is_private


class ButtonUnknown(CorpusError):
    def __init__(self) -> None:
        super().__init__("This button is of another version of me. Ask again, or use a command.")


class DigestExpired(CorpusError):
    def __init__(self) -> None:
        super().__init__("This digest is no longer kept.")


class FeedbackOff(CorpusError):
    def __init__(self) -> None:
        super().__init__("Feedback is switched off in this server.")


class FormUnknown(CorpusError):
    def __init__(self) -> None:
        super().__init__("This form is of another version of me. Open it again.")


class SearchExpired(CorpusError):
    """The search behind a list of articles is no longer kept."""

    def __init__(self) -> None:
        super().__init__("This list is older than a day.")


class CannotBackUp(CorpusError):
    """No backup was made; the sentence says why."""


class NotBackedUp(CorpusError):
    """One database could not be copied, and the others were."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"{file} cannot be copied ({reason}). “check” looks into a library.")
        self.file, self.reason = file, reason


class LooksLikeNoArticle(CorpusError):
    """What was read may be no article, or no text at all, and nobody has confirmed that it is one."""

    def __init__(self, name: str, doubt: str, *, is_text: bool = True) -> None:
        super().__init__(f"{name} was not stored: {doubt}")
        self.name, self.is_text = name, is_text


class DraftExpired(CorpusError):
    def __init__(self) -> None:
        super().__init__("This preview is older than a day, or was already added or cancelled.")


class NotYourPanel(CorpusError):
    """Somebody else's. `command` opens one of one's own."""

    def __init__(self, command: str = "add") -> None:
        super().__init__("Only the person who opened this can use it.")
        self.command = command


class BadSetting(CorpusError):
    """A number that is none, or outside of what is allowed. `name` is what the field is called."""

    def __init__(self, name: str, allowed: range) -> None:
        super().__init__(f"{name}: write a number from {allowed[0]} to {allowed[-1]}.")
        self.name, self.allowed = name, allowed


class NameNotTyped(CorpusError):
    def __init__(self, server: str) -> None:
        super().__init__(f"Nothing was deleted. To delete everything, type the server’s name: {server}")
        self.server = server


class TooManyQuestions(CorpusError):
    """A person asks too often. `until` is when the next may be asked; `is_first` after a pause."""

    def __init__(self, until: datetime, *, is_first: bool) -> None:
        super().__init__("Too many questions. Try again in a moment.")
        self.until, self.is_first = until, is_first


class TooManyArticles(CorpusError):
    """A server adds too often. `until` is when the next may be added."""

    def __init__(self, until: datetime) -> None:
        super().__init__("Too many articles at once. Try again in a moment.")
        self.until = until


class TooMuchFeedback(CorpusError):
    """A person gives feedback too often. `until` is when the next may be given."""

    def __init__(self, until: datetime) -> None:
        super().__init__("Too much feedback at once. Try again in a moment.")
        self.until = until


class NotYourAnswer(CorpusError):
    def __init__(self) -> None:
        super().__init__("Only the person who asked, and moderators, can delete this answer.")


class NotYoursToShare(CorpusError):
    def __init__(self) -> None:
        super().__init__("Only the person who asked in private can share the answer.")


class MayNotPost(CorpusError):
    """Somebody would have the bot say what they may not say themselves."""

    def __init__(self) -> None:
        super().__init__("You may not send messages in this channel, so it is not shared.")


class CannotPost(CorpusError):
    """The bot lacks permissions in a channel; `missing` are their names as Discord shows them."""

    def __init__(self, channel: str, missing: Sequence[str]) -> None:
        super().__init__(f"I can’t post in #{channel}: I need {' and '.join(missing)}.")
        self.channel, self.missing = channel, tuple(missing)


class NeedsManageServer(CorpusError):
    def __init__(self) -> None:
        super().__init__("This needs the permission Manage Server.")


class ArticleGone(CorpusError):
    def __init__(self) -> None:
        super().__init__("This article was removed from the library.")


class NothingGiven(CorpusError):
    def __init__(self) -> None:
        super().__init__("Nothing was given: choose a file, or paste a text.")


class FetchError(CorpusError):
    """A link that led to nothing that can be read. `host` is the site, as it is looked up."""

    def __init__(self, host: str, sentence: str) -> None:
        super().__init__(f"{host} {sentence}")
        self.host = host


class SiteRefused(FetchError):
    """The site answered, with something else than a page."""

    def __init__(self, host: str, status: int) -> None:
        meaning = MEANINGS.get(status) or MEANINGS.get(status // 100)
        super().__init__(host, f"answered {status}" + (f" ({meaning})." if meaning else "."))
        self.status = status


class SiteUnreachable(FetchError):
    def __init__(self, host: str, reason: str) -> None:
        super().__init__(host, f"cannot be reached: {reason}.")
        self.reason = reason


class SiteTooSlow(FetchError):
    def __init__(self, host: str, limit_s: float) -> None:
        super().__init__(host, f"took more than {limit_s:g} seconds.")
        self.limit_s = limit_s


class SiteBusy(FetchError):
    """A site is asked for one page at a time, and others were asked for before."""

    def __init__(self, host: str) -> None:
        super().__init__(host, "is still busy with other links. Try again in a minute.")


class PageTooLarge(FetchError):
    def __init__(self, host: str, limit_bytes: int) -> None:
        super().__init__(host, f"sent more than {limit_bytes / 1_000_000:.1f} MB, which is the limit.")
        self.limit_bytes = limit_bytes


class RedirectRefused(FetchError):
    def __init__(self, host: str, reason: str) -> None:
        super().__init__(host, f"redirects {reason}.")
        self.reason = reason


class BadAnswer(FetchError):
    def __init__(self, host: str, reason: str) -> None:
        super().__init__(host, f"did not answer as a web site does: {reason}.")
        self.reason = reason


class NothingToFetch(CorpusError):
    def __init__(self, title: str) -> None:
        super().__init__(f"“{title}” came without a link, so there is nothing to fetch again.")
        self.title = title


class StaysAsItWas(CorpusError):
    """What was fetched again is nothing to replace an article by. `shown` says what it looks like."""

    def __init__(self, title: str, host: str, shown: str) -> None:
        super().__init__(f"What {host} shows now looks like {shown}. “{title}” stays as it was.")
        self.title, self.host, self.shown = title, host, shown


class NotADay(BadRecord):
    """What was `written` for a date cannot be read. `name` says of what."""

    def __init__(self, name: str, written: str) -> None:
        super().__init__(name, f"“{written}” cannot be read; write it like 2020-07-02")
        self.written = written


class NotAnAddress(BadRecord):
    def __init__(self, name: str, written: str) -> None:
        super().__init__(name, f"“{written}” is no web address; it looks like https://example.org/page")
        self.written = written


class NoTextInMessage(CorpusError):
    def __init__(self) -> None:
        super().__init__("That message holds no words to ask about.")


class NothingInMessage(CorpusError):
    def __init__(self) -> None:
        super().__init__("That message holds no link, no file and no text.")


MEANINGS: Mapping[int, str] = {
    401: N_("asks for a password"),
    402: N_("asks for money"),
    403: N_("refuses bots"),
    404: N_("has no such page"),
    410: N_("has removed this page"),
    429: N_("was asked too often"),
    451: N_("may not show this page here"),
    5: N_("has trouble of its own"),
}
"""What a site says by a status, or by the first digit of one."""


class StartError(Exception):
    """The bot cannot start; the sentence says why and what to do."""


class WrongSettings(StartError):
    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)
