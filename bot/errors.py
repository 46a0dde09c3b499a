"""What can go wrong between a person and the bot, beside what can go wrong in the articles."""

from __future__ import annotations

from corpus.errors import CorpusError


class AnswerExpired(CorpusError):
    """A button of an answer that is no longer kept. `question` where the message still tells it."""

    def __init__(self, question: str | None = None, *, is_private: bool = False) -> None:
        super().__init__("This answer is no longer kept.")
        self.question = question
        self.is_private = is_private


class ButtonUnknown(CorpusError):
    def __init__(self) -> None:
        super().__init__("This button is of another version of me. Ask again, or use a command.")


class FormUnknown(CorpusError):
    def __init__(self) -> None:
        super().__init__("This form is of another version of me. Open it again.")


class SearchExpired(CorpusError):
    """The search behind a list of articles is no longer kept."""

    def __init__(self) -> None:
        super().__init__("This list is older than a day.")


class DraftExpired(CorpusError):
    def __init__(self) -> None:
        super().__init__("This preview is older than a day, or was already added or cancelled.")


class NotYourPanel(CorpusError):
    def __init__(self) -> None:
        super().__init__("Only the person who opened this can use it.")


class NotYourAnswer(CorpusError):
    def __init__(self) -> None:
        super().__init__("Only the person who asked, and moderators, can delete this answer.")


class NeedsManageServer(CorpusError):
    def __init__(self) -> None:
        super().__init__("This needs the permission Manage Server.")


class ArticleGone(CorpusError):
    def __init__(self) -> None:
        super().__init__("This article was removed from the library.")


class NothingGiven(CorpusError):
    def __init__(self) -> None:
        super().__init__("Nothing was given: choose a file, or paste a text.")


class StartError(Exception):
    """The bot cannot start; the sentence says why and what to do."""
