"""What Footnote says of itself: help, privacy, the welcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies import card
from bot.replies.card import Accent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from discord import ui


def help_card(command: Mapping[str, str], bot: str) -> ui.LayoutView:
    """*command* maps a command's name to its clickable mention, *bot* is the bot's."""
    groups: list[card.Item] = [
        card.text("**Ask**", f"{command['ask']} a question, or mention {bot}"),
        card.text(
            "**Read**",
            f"{command['summary']} one article in a few sentences",
            f"{command['digest']} what several articles say on a topic",
            f"{command['articles']} the list",
        ),
        card.text(
            "**Manage**",
            f"{command['add']} a file or text",
            f"{command['library info']} {command['library edit']} {command['library refresh']}"
            f" {command['library remove']} one article",
            f"{command['library stats']} {command['library export']} {command['library clear']} all of them",
            card.aside("For people with Manage Server"),
        ),
        card.text(card.aside(f"What is stored, and for how long: {command['privacy']}")),
    ]
    return card.card(
        card.text(
            "### Footnote",
            "Answers from this server’s articles, in the articles’ own words, each with a link to its "
            "source.",
        ),
        card.gap(),
        *card.between(groups),
        accent=Accent.BOT,
    )


def privacy() -> ui.LayoutView:
    return card.card(
        card.text(
            "### What is stored",
            "**Articles** that managers of this server add, until a manager removes them. They belong to "
            "this server alone: no other server can see them.",
            "**Questions** asked here, with who asked, for at most 30 days, so that the buttons under an "
            "answer work. Deleting the answer deletes its question at once.",
            "**Previews** of articles not yet added, and searches in the list of articles, for a day.",
        ),
        card.gap(),
        card.text(
            card.aside(
                "Messages are read only when they mention me, and are not kept. Nothing leaves the "
                "computer that I run on."
            ),
            card.aside("If I am removed from the server, everything of it is deleted after 7 days."),
        ),
        accent=Accent.BOT,
    )


def welcome(command: Mapping[str, str], bot: str) -> ui.LayoutView:
    return card.card(
        card.text(
            "### Hello, I am Footnote",
            "Ask me about this server’s articles. I answer with their own words, quoted exactly, and a link "
            "to each source. I never make up a sentence.",
        ),
        card.gap(),
        card.text(
            f"1. {command['add']} your first article: a file or pasted text",
            f"2. {command['ask']} a question, or mention {bot}",
            f"3. {command['help']} shows the rest",
        ),
        card.gap(),
        card.text(
            card.aside(f"If I am removed, the articles are deleted after 7 days. {command['privacy']}")
        ),
        accent=Accent.ARTICLES,
    )


def mention_help(command: Mapping[str, str], bot: str) -> ui.LayoutView:
    """The answer to a mention without words, or of the bot's role, whose text does not arrive."""
    return card.card(
        card.text(f"Ask me something: {bot} what did the report say? Or {command['ask']}."), accent=Accent.BOT
    )
