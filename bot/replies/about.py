"""What Footnote says of itself: help, privacy, the welcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language import _
from bot.replies import card
from bot.replies.card import Accent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from discord import ui


def help_card(command: Mapping[str, str], bot: str) -> ui.LayoutView:
    """*command* maps a command's name to its clickable mention, *bot* is the bot's."""
    groups: list[card.Item] = [
        card.text(
            _("**Ask**"),
            _("{ask} a question, or mention {bot}").format(ask=command["ask"], bot=bot),
            card.aside(_("In the menu of a message, under Apps: **Ask about this** and **Find the source**")),
        ),
        card.text(
            _("**Read**"),
            _("{summary} one article in a few sentences").format(summary=command["summary"]),
            _("{digest} what several articles say on a topic").format(digest=command["digest"]),
            _("{articles} the list").format(articles=command["articles"]),
        ),
        card.text(
            _("**Manage**"),
            _("{add} a link, a file or a text").format(add=command["add"]),
            _("{commands} one article").format(commands=_called(command, "info edit refresh remove")),
            _("{commands} all of them").format(commands=_called(command, "stats export clear")),
            _("{settings} where and how I answer, and what is kept").format(settings=command["settings"]),
            card.aside(_("For people with Manage Server")),
        ),
        card.text(
            card.aside(
                _("What is stored, and how to delete it: {privacy}").format(privacy=command["privacy"])
            )
        ),
    ]
    return card.card(
        card.text(
            "### Footnote",
            _(
                "Answers from this server’s articles, in the articles’ own words, each with a link to its "
                "source."
            ),
        ),
        card.gap(),
        *card.between(groups),
        accent=Accent.BOT,
    )


def welcome(command: Mapping[str, str], bot: str) -> ui.LayoutView:
    return card.card(
        card.text(
            _("### Hello, I am Footnote"),
            _(
                "Ask me about this server’s articles. I answer with their own words, quoted exactly, and a "
                "link to each source. I never make up a sentence."
            ),
        ),
        card.gap(),
        card.text(
            _("1. {add} your first article: a link, a file or a pasted text").format(add=command["add"]),
            _("2. {ask} a question, or mention {bot}").format(ask=command["ask"], bot=bot),
            _("3. {help} shows the rest").format(help=command["help"]),
        ),
        card.gap(),
        card.text(
            card.aside(
                _("If I am removed, the articles are deleted after 7 days. {privacy}").format(
                    privacy=command["privacy"]
                )
            )
        ),
        accent=Accent.ARTICLES,
    )


def mention_help(command: Mapping[str, str], bot: str) -> ui.LayoutView:
    """The answer to a mention without words, or of the bot's role, whose text does not arrive."""
    return card.card(
        card.text(
            _("Ask me something: {bot} what did the report say? Or {ask}.").format(
                bot=bot, ask=command["ask"]
            )
        ),
        accent=Accent.BOT,
    )


def _called(command: Mapping[str, str], names: str) -> str:
    """The mentions of the commands of `/library` with these *names*."""
    return " ".join(command[f"library {name}"] for name in names.split())
