"""What happened to a library -> a sentence for the log channel. *who* is always a mention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language import _, ngettext
from bot.replies import words
from bot.replies.feedback import reason
from bot.replies.markdown import escape, label, title

if TYPE_CHECKING:
    from corpus.article import ArticleInfo

_TITLE = 100
_SERVER = 100
_COMMENT = 300


def added(who: str, article: ArticleInfo) -> str:
    return _("{who} added **{title}**.").format(who=who, title=title(article.title, _TITLE))


def edited(who: str, article: ArticleInfo) -> str:
    return _("{who} changed the details of **{title}**.").format(who=who, title=title(article.title, _TITLE))


def refreshed(who: str, article: ArticleInfo) -> str:
    return _("{who} refreshed **{title}**.").format(who=who, title=title(article.title, _TITLE))


def removed(who: str, article: ArticleInfo) -> str:
    return _("{who} removed **{title}**.").format(who=who, title=title(article.title, _TITLE))


def cleared(who: str, n_articles: int) -> str:
    gone = ngettext("{who} removed {count} article.", "{who} removed {count} articles.", n_articles)
    return gone.format(who=who, count=words.number(n_articles))


def setting(who: str, name: str, value: str) -> str:
    return _("{who} set **{name}** to {value}.").format(who=who, name=name, value=value)


def wiped(who: str, server: str) -> str:
    return _("{who} deleted everything that was kept of **{server}**.").format(
        who=who, server=title(server, _SERVER)
    )


def not_helpful(why: str, comment: str) -> str:
    """Feedback, which carries no name."""
    said = _("An answer was not helpful: **{reason}**").format(reason=reason(why))
    return f"{said}\n> {escape(label(comment, _COMMENT))}" if comment else said
