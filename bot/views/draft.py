"""The buttons of a preview, and the dialogs by which an article is pasted or its details changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import discord
from discord import ui

from bot import log_channel
from bot.errors import NotADay, NotAnAddress, NothingGiven, NotYourPanel
from bot.failures import report
from bot.language import _
from bot.previews import preview_file, preview_link, preview_text
from bot.replies import articles, asked, reading
from bot.replies import log as said
from bot.slow_reply import slow_edit, slow_reply
from bot.state import ServerState
from bot.views.action import Action, gone_if_removed, guild_id, require_manager, template
from bot.views.form import Filled, Form
from corpus import passages
from corpus.characters import clean
from corpus.citation import has_host
from corpus.library import Library
from corpus.reading.address import LONGEST as LONGEST_LINK

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from bot.slow_reply import Reply
    from bot.state import Draft
    from bot.views.action import Click
    from corpus.article import Article

_TEXT_INPUT = 4_000
_LIMITS = {"title": 300, "publisher": 100, "author": 100, "published": 10, "url": 500, "link": LONGEST_LINK}
"""Characters that fit into a field."""
_PARAGRAPH_END = "\n\n"


class Add(Action, template=template("add")):
    """Stores what was previewed."""

    async def act(self, click: Click) -> None:
        async with slow_edit(click) as reply:
            draft = await _own_draft(click, self.ident)
            shelf = click.client.shelf
            if draft.replaces:
                with gone_if_removed():
                    stored = await shelf.run(guild_id(click), _save_details, draft)
                view = articles.changed(stored)
            else:
                stored, n_paragraphs = await shelf.run(guild_id(click), _added, draft)
                view = articles.added(stored, n_paragraphs)
            await shelf.run_state(guild_id(click), ServerState.forget_draft, draft.id)
            await reply.edit(view)
        what, who = said.edited if draft.replaces else said.added, click.user.mention
        await log_channel.tell(click.client, guild_id(click), lambda: what(who, stored))


class Renew(Action, template=template("renew")):
    """Puts what was previewed in the place of the version that is there, which keeps its id."""

    async def act(self, click: Click) -> None:
        require_manager(click)
        async with slow_edit(click) as reply:
            draft = await _own_draft(click, self.ident)
            with gone_if_removed():
                before, stored = await click.client.shelf.run(guild_id(click), _renewed, draft)
            await click.client.shelf.run_state(guild_id(click), ServerState.forget_draft, draft.id)
            await reply.edit(reading.renewed(stored, before.n_words))
        who = click.user.mention
        await log_channel.tell(click.client, guild_id(click), lambda: said.refreshed(who, stored))


class Edit(Action, template=template("edit")):
    """Opens the details of what is previewed."""

    async def act(self, click: Click) -> None:
        async with slow_reply(click, is_private=True) as reply:
            draft = await _own_draft(click, self.ident)
            await reply.open(DetailsForm(draft, in_place=True), _form_is_ready(draft))


class Cancel(Action, template=template("cancel")):
    async def act(self, click: Click) -> None:
        async with slow_edit(click) as reply:
            draft = await _own_draft(click, self.ident)
            await click.client.shelf.run_state(guild_id(click), ServerState.forget_draft, draft.id)
            await reply.edit(articles.cancelled())


class Paste(Action, template=template("paste")):
    """Opens the form to paste the text of a page that could not be read; its draft stays."""

    async def act(self, click: Click) -> None:
        await click.response.send_modal(AddForm())


class Change(Action, template=template("change")):
    """Opens the details of an article that is in the library; the argument is nothing."""

    async def act(self, click: Click) -> None:
        require_manager(click)
        async with slow_reply(click, is_private=True) as reply:
            with gone_if_removed():
                article = await click.client.shelf.run(guild_id(click), Library.get, self.ident)
            await open_details(click, article, reply)


ACTIONS = (Add, Renew, Edit, Cancel, Paste, Change)


async def open_details(interaction: Click, article: Article, reply: Reply) -> None:
    """The form with the details of *article*, which is in the library."""
    draft = await interaction.client.shelf.run_state(
        guild_id(interaction), ServerState.keep_draft, article, owner=interaction.user.id, replaces=article.id
    )
    await reply.open(DetailsForm(draft, in_place=False), _form_is_ready(draft))


def _form_is_ready(draft: Draft) -> ui.LayoutView:
    return asked.form_is_ready(_("Edit details"), "edit", draft.id)


class DetailsForm(Form):
    """What is known of an article besides its text. *in_place* when it is opened from its own preview."""

    action = "details"

    def __init__(self, draft: Draft, *, in_place: bool) -> None:
        super().__init__(draft.id, "here" if in_place else "", title=_("Edit details"))
        article = draft.article
        published = article.published.isoformat() if article.published else None
        for field in (
            _line("title", article.title, label=_("Title"), is_required=True),
            _line("publisher", article.publisher, label=_("Publisher")),
            _line("author", article.author, label=_("Author")),
            _line("published", published, label=_("Date"), example="2020-07-02"),
            _line("url", article.url, label=_("Address"), example="https://…"),
        ):
            self.add_item(field)

    @classmethod
    async def submitted(cls, interaction: Click, filled: Filled) -> None:
        in_place = filled.argument == "here" and interaction.message is not None
        slow = slow_edit(interaction) if in_place else slow_reply(interaction, is_private=True)
        async with slow as reply:
            draft = await _own_draft(interaction, filled.ident)
            draft = replace(draft, article=_changed(draft.article, filled))
            await interaction.client.shelf.run_state(guild_id(interaction), ServerState.change_draft, draft)
            view = articles.preview(draft)
            await (reply.edit(view) if in_place else reply.send(view))


class AddForm(Form):
    """A link, a file, or a text pasted in one or two parts; each that is given is previewed."""

    action = "pasted"

    def __init__(self) -> None:
        super().__init__(title=_("Add an article"))
        upload: ui.FileUpload[AddForm] = ui.FileUpload(custom_id="file", required=False, max_values=1)
        for label, small, field in (
            (_("Link"), _("The address of a page or file"), _line("link", None)),
            (_("File"), _("Text, Markdown, PDF, Word, EPUB or a saved page"), upload),
            (_("Title"), _("Left empty, it is read from the text"), _line("title", None)),
            (_("Text"), _("Paragraphs parted by an empty line"), _area("text")),
            (_("Text, continued"), _("Where it is longer than 4,000 characters"), _area("more")),
        ):
            self.add_item(ui.Label(text=label, description=small, component=field))

    @classmethod
    async def submitted(cls, interaction: Click, filled: Filled) -> None:
        text, more, title, link = (filled.texts.get(name, "") for name in ("text", "more", "title", "link"))
        # A first part that fills its field was cut by the field; a shorter one ends a paragraph.
        pasted = f"{text}{'' if len(text) >= _TEXT_INPUT else _PARAGRAPH_END}{more}"
        is_text = bool(pasted.strip())
        previews = [partial(preview_link, interaction, link)] if link.strip() else []
        previews += [partial(preview_text, interaction, pasted, title)] if is_text else []
        # The title stands above the text, and where there is one it is the text's.
        previews += [
            partial(preview_file, interaction, file, "" if is_text else title) for file in filled.files
        ]
        if not previews:
            raise NothingGiven
        *others, last = previews
        for preview in others:
            await _reported(interaction, preview())
        await last()


FORMS = (DetailsForm, AddForm)


async def _reported(interaction: Click, work: Awaitable[None]) -> None:
    """Does *work*; what it raises is told the person, and what comes after goes on."""
    try:
        await work
    except Exception as error:  # whatever it is: the person must hear of it
        await report(interaction, error)


async def _own_draft(click: Click, draft_id: str) -> Draft:
    """The draft within the click's own guild. Raises `DraftExpired` or `NotYourPanel`.

    Who may open one is Discord's to say, where admins allow `/add`; the opener alone may go on.
    """
    draft = await click.client.shelf.run_state(guild_id(click), ServerState.draft, draft_id)
    if draft.owner != click.user.id:
        raise NotYourPanel
    return draft


def _added(library: Library, draft: Draft) -> tuple[Article, int]:
    """The article as it was stored, and how many paragraphs it has."""
    stored = library.add(draft.article)
    return stored, len(passages.paragraphs(stored))


def _renewed(library: Library, draft: Draft) -> tuple[Article, Article]:
    """The article that *draft* is a version of, before and after the draft's text stands in it."""
    before = library.get(draft.twin or "")
    library.refresh(before.id, draft.article)
    return before, library.get(before.id)


def _save_details(library: Library, draft: Draft) -> Article:
    """The stored article with the details of *draft*: its text may have changed meanwhile, and stays."""
    stored = library.get(draft.replaces or "")
    new = draft.article
    return library.change_details(
        replace(
            stored,
            title=new.title,
            publisher=new.publisher,
            author=new.author,
            published=new.published,
            url=new.url,
        )
    )


def _changed(article: Article, filled: Filled) -> Article:
    """*article* with the details that were typed. Raises `NotADay` and `NotAnAddress`."""

    def typed(name: str, stored: str | None) -> str | None:
        """What was typed; what is stored when the field still holds all of it that fitted."""
        words = clean(filled.texts.get(name, "")).strip()
        return stored if stored and words == stored[: _LIMITS[name]].strip() else words or None

    return replace(
        article,
        title=typed("title", article.title) or article.title,
        publisher=typed("publisher", article.publisher),
        author=typed("author", article.author),
        published=_day(filled.texts.get("published", "")),
        url=_address(typed("url", article.url) or ""),
    )


def _line(
    name: str,
    value: str | None,
    *,
    label: str | None = None,
    example: str | None = None,
    is_required: bool = False,
) -> ui.TextInput[Form]:
    limit = _LIMITS[name]
    return ui.TextInput(
        label=label,
        custom_id=name,
        default=(value or "")[:limit] or None,
        placeholder=example,
        max_length=limit,
        required=is_required,
    )


def _area(name: str) -> ui.TextInput[Form]:
    return ui.TextInput(
        style=discord.TextStyle.paragraph, custom_id=name, max_length=_TEXT_INPUT, required=False
    )


def _day(written: str) -> date | None:
    """Raises `NotADay`."""
    if not written.strip():
        return None
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        raise NotADay("The date", clean(written)) from None


def _address(written: str) -> str | None:
    """Raises `NotAnAddress`."""
    url = clean(written).strip()
    if not url:
        return None
    if not has_host(url):
        raise NotAnAddress("The address", url)
    return url
