"""The buttons of a preview, and the dialogs by which an article is pasted or its details changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import discord
from discord import ui

from bot.errors import ArticleGone, NothingGiven, NotYourPanel
from bot.failures import report
from bot.origin import fetched_from
from bot.replies import articles
from bot.state import ServerState
from bot.views.action import Action, guild_id, require_manager, show, template
from corpus import passages, terms
from corpus.characters import clean
from corpus.citation import has_host
from corpus.errors import ArticleNotFound, BadRecord
from corpus.library import Library

if TYPE_CHECKING:
    from bot.app import ArticleBot
    from bot.state import Draft
    from bot.views.action import Click
    from bot.workers import Reader
    from corpus.article import Article, Origin, Reading

_TEXT_INPUT = 4_000


class Add(Action, template=template("add")):
    """Stores what was previewed."""

    async def act(self, click: Click) -> None:
        draft = await _own_draft(click, self.ident)
        shelf = click.client.shelf
        if draft.replaces:
            try:
                stored = await shelf.run(guild_id(click), _save_details, draft)
            except ArticleNotFound:
                raise ArticleGone from None
            view = articles.changed(stored)
        else:
            stored = await shelf.run(guild_id(click), Library.add, draft.article)
            view = articles.added(stored, len(passages.paragraphs(stored)))
        await shelf.run_state(guild_id(click), ServerState.forget_draft, draft.id)
        await show(click, view, in_place=True)


class Edit(Action, template=template("edit")):
    async def act(self, click: Click) -> None:
        await click.response.send_modal(DetailsDialog(await _own_draft(click, self.ident)))


class Cancel(Action, template=template("cancel")):
    async def act(self, click: Click) -> None:
        draft = await _own_draft(click, self.ident)
        await click.client.shelf.run_state(guild_id(click), ServerState.forget_draft, draft.id)
        await show(click, articles.cancelled(), in_place=True)


class Change(Action, template=template("change")):
    """Opens the details of an article that is in the library; the argument is nothing."""

    async def act(self, click: Click) -> None:
        require_manager(click)
        try:
            article = await click.client.shelf.run(guild_id(click), Library.get, self.ident)
        except ArticleNotFound:
            raise ArticleGone from None
        await open_details(click, article)


ACTIONS = (Add, Edit, Cancel, Change)


async def open_details(interaction: Click, article: Article) -> None:
    """The dialog with the details of *article*, which is in the library."""
    draft = await interaction.client.shelf.run_state(
        guild_id(interaction), ServerState.keep_draft, article, owner=interaction.user.id, replaces=article.id
    )
    await interaction.response.send_modal(DetailsDialog(draft))


class _Dialog(ui.Modal):
    async def on_error(self, interaction: discord.Interaction[ArticleBot], error: Exception, /) -> None:  # type: ignore[override]
        await report(interaction, error)


class DetailsDialog(_Dialog, title="Edit details"):
    """What is known of an article besides its text."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft_id = draft.id
        article = draft.article
        self.headline = _line("Title", article.title, 300, is_required=True)
        self.publisher = _line("Publisher", article.publisher, 100)
        self.author = _line("Author", article.author, 100)
        self.published = _line("Date", article.published.isoformat() if article.published else None, 10)
        self.published.placeholder = "2020-07-02"
        self.url = _line("Address", article.url, 500)
        self.url.placeholder = "https://…"
        for line in (self.headline, self.publisher, self.author, self.published, self.url):
            self.add_item(line)

    async def on_submit(self, interaction: discord.Interaction[ArticleBot], /) -> None:  # type: ignore[override]
        draft = await _own_draft(interaction, self._draft_id)
        changed = replace(
            draft.article,
            title=_kept(self.headline, draft.article.title) or draft.article.title,
            publisher=_kept(self.publisher, draft.article.publisher),
            author=_kept(self.author, draft.article.author),
            published=_day(self.published.value),
            url=_address(_kept(self.url, draft.article.url) or ""),
        )
        draft = replace(draft, article=changed)
        await interaction.client.shelf.run_state(guild_id(interaction), ServerState.change_draft, draft)
        view = articles.preview(draft)
        if interaction.message is not None and not draft.replaces:
            await interaction.response.edit_message(view=view)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)


class AddDialog(_Dialog, title="Add an article"):
    """A file, or a text pasted in one or two parts."""

    def __init__(self) -> None:
        super().__init__()
        self.file: ui.FileUpload[AddDialog] = ui.FileUpload(required=False, max_values=1)
        self.headline = _line("", None, 300)
        self.text = _area()
        self.more = _area()
        for label, small, item in (
            ("File", "Text, Markdown, PDF, Word, EPUB or a saved page", self.file),
            ("Title", "Left empty, it is read from the text", self.headline),
            ("Text", "Paragraphs parted by an empty line", self.text),
            ("Text, continued", "Where it is longer than 4,000 characters", self.more),
        ):
            self.add_item(ui.Label(text=label, description=small, component=item))

    async def on_submit(self, interaction: discord.Interaction[ArticleBot], /) -> None:  # type: ignore[override]
        from bot.cogs.add import preview_file, preview_text

        # A first part that fills its field was cut by the field; a shorter one ends a paragraph.
        between = "" if len(self.text.value) >= _TEXT_INPUT else "\n\n"
        pasted = f"{self.text.value}{between}{self.more.value}"
        if self.file.values:
            await preview_file(interaction, self.file.values[0], self.headline.value)
        elif pasted.strip():
            await preview_text(interaction, pasted, self.headline.value)
        else:
            raise NothingGiven


def read_article(
    reader: Reader, data: bytes, name: str, title: str = "", origin: Origin | None = None
) -> Reading:
    """The article in *data*, under *title* where one is given; *origin* is where it was fetched."""
    found = reader.read(data, name, origin.link if origin else None)
    article = found.article
    heading = clean(title).strip() or article.title or passages.opening(article.text)
    article = fetched_from(origin, article) if origin else article
    n_words = terms.n_words(article.text)
    return replace(found, article=replace(article, title=heading, n_words=n_words))


async def _own_draft(click: Click, draft_id: str) -> Draft:
    """The draft within the click's own guild. Raises `DraftExpired` or `NotYourPanel`.

    Who may open one is Discord's to say, where admins allow `/add`; the opener alone may go on.
    """
    draft = await click.client.shelf.run_state(guild_id(click), ServerState.draft, draft_id)
    if draft.owner != click.user.id:
        raise NotYourPanel
    return draft


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


def _line(label: str, value: str | None, limit: int, *, is_required: bool = False) -> ui.TextInput[_Dialog]:
    return ui.TextInput(
        label=label or None, default=(value or "")[:limit] or None, max_length=limit, required=is_required
    )


def _kept(line: ui.TextInput[_Dialog], stored: str | None) -> str | None:
    """What was typed; what is stored when the line still holds all of it that fitted."""
    typed = clean(line.value).strip()
    return stored if stored and typed == stored[: line.max_length].strip() else typed or None


def _area() -> ui.TextInput[_Dialog]:
    return ui.TextInput(style=discord.TextStyle.paragraph, max_length=_TEXT_INPUT, required=False)


def _day(written: str) -> date | None:
    """Raises `BadRecord` for what is no day."""
    if not written.strip():
        return None
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        raise BadRecord("The date", f"“{clean(written)}” cannot be read; write it like 2020-07-02") from None


def _address(written: str) -> str | None:
    """Raises `BadRecord` for what is no web address."""
    url = clean(written).strip()
    if not url:
        return None
    if not has_host(url):
        raise BadRecord("The address", f"“{url}” is no web address; it looks like https://example.org/page")
    return url
