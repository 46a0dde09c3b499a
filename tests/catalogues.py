"""What there is to translate, and the catalogues brought up to it.

python -m tests.catalogues        # every language: what is new is added, what is gone is taken out
python -m tests.catalogues de     # begins bot/locales/de.po
"""

from __future__ import annotations

import ast
import asyncio
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from bot import language
from bot.app import EXTENSIONS, ArticleBot
from bot.translator import CommandTranslator, kind_of
from tests.conftest import Inline, InProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    import discord
    from discord import app_commands

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS: dict[str, Any] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "NP_": ((1, "c"), 2),
}
"""The functions of `bot.language` whose arguments are translated, as Babel wants to know them."""


_LEFT_OUT = tuple(
    f'"{name}: '
    for name in (
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Generated-By",
    )
)


class Recorder(CommandTranslator):
    """Notes what is asked for, and translates nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[tuple[str, str]] = set()

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,  # noqa: ARG002  # discord.py's signature
        context: app_commands.TranslationContext[Any, Any],
    ) -> str | None:
        self.asked.add((kind_of(context), string.message))
        return None


async def of_commands() -> list[tuple[str, str]]:
    """The names and descriptions of all commands, each with its kind."""
    recorder = Recorder()
    with tempfile.TemporaryDirectory() as folder:
        bot = ArticleBot(Path(folder), new_executor=Inline, reader=InProcess(), shard_count=1)
        async with bot:
            for extension in EXTENSIONS:
                await bot.load_extension(extension)
            for command in bot.tree.get_commands():
                await command.get_translated_payload(bot.tree, recorder)
    return sorted(recorder.asked)


def of_code(source: bytes) -> Iterator[tuple[int, str | tuple[str, ...], str | None]]:
    """Line, words and context of all that a module says; Babel does not look into f-strings before 3.12."""
    for line, words, _comments, context in extract("python", BytesIO(source), KEYWORDS):
        yield line, words, context
    strings = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr))
    for call in (node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Name) and call.func.id in KEYWORDS:
            given = tuple(one.value for one in call.args if isinstance(one, ast.Constant))
            context = str(given[0]) if call.func.id in {"pgettext", "NP_"} else None
            words = tuple(str(one) for one in (given[1:] if context else given))
            yield call.lineno, words if len(words) > 1 else words[0], context


async def wanted() -> Catalog:
    """All that a catalogue has to have, in the order of the code."""
    catalogue = Catalog()
    for file in sorted((ROOT / "bot").rglob("*.py")):
        place = file.relative_to(ROOT).as_posix()
        for line, words, context in of_code(file.read_bytes()):
            known = catalogue.get(words[0] if isinstance(words, tuple) else words, context)
            if known is None or known.id == words:
                catalogue.add(words, locations=[(place, line)], context=context)
            else:
                raise ValueError(f"{place}:{line} is counted here and not elsewhere: {words}")
    for kind, words in await of_commands():
        catalogue.add(words, context=kind)
    return catalogue


def read(code: str) -> Catalog:
    with (language.LOCALES / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def write(code: str, catalogue: Catalog) -> None:
    """The same file for the same words: without days, lines and whoever wrote it, which git knows."""
    catalogue.fuzzy = False
    written = BytesIO()
    write_po(written, catalogue, width=110, ignore_obsolete=True, include_lineno=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    kept = (line for line in lines if not line.startswith(_LEFT_OUT))
    (language.LOCALES / f"{code}.po").write_text("".join(kept), encoding="utf-8")


async def update(*codes: str) -> None:
    """Brings the catalogues of these languages up to the code, all of them where none is named."""
    template = await wanted()
    for code in codes or [name for name in language.languages() if name != language.ENGLISH]:
        is_new = not (language.LOCALES / f"{code}.po").exists()
        catalogue = Catalog(locale=code, project="Footnote", version="1") if is_new else read(code)
        catalogue.update(template, no_fuzzy_matching=True)
        write(code, catalogue)
        n_missing = sum(not language.forms(message) for message in catalogue if message.id)
        sys.stdout.write(f"{code}.po: {len(catalogue)} entries, {n_missing} to translate\n")


if __name__ == "__main__":
    asyncio.run(update(*sys.argv[1:]))
