"""The language the bot speaks in Discord: `_` gives the words for a sentence that the code has in English.

A language is one file, `locales/<code>.po`, read at start as it is: nothing is compiled, so an installed
copy and a checkout behave alike. What a catalogue lacks is said in English.

Who is spoken to is a matter of context, not of arguments: `hear` notes the languages of a person and of
their server when an event arrives, `address` says which of the two is meant from there on. Each event
has a task, and so a context, of its own; threads get a copy of it from whoever sends them work.
"""

from __future__ import annotations

import gettext
import io
import logging
import re
import unicodedata
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from itertools import accumulate
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from babel.messages import Catalog, Message
    from discord import Locale

log = logging.getLogger(__name__)

ENGLISH = "en"
"""The language of the code itself, which needs no catalogue."""
LOCALES = Path(__file__).with_name("locales")
_FIRST_STRONG_ISOLATE, _FROM_THE_RIGHT, _POP_ISOLATE = "\u2068", "\u2067", "\u2069"
_ISOLATES = frozenset({"FSI", "LRI", "RLI"})
_WRITTEN_LEFTWARDS = frozenset({"R", "AL"})
_LEFTWARDS = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_RUNS_BY_ITSELF = _WRITTEN_LEFTWARDS | {"NSM", "BN", "WS"}
"""What needs no mark: letters written leftwards, and what stands among them without a direction to lose."""
_MARKDOWN = re.compile(r"(?:-# |#{1,3} |- |\d+\. )*")
_PLACEHOLDER = re.compile(r"\{(\w*)")

_person: ContextVar[str] = ContextVar("person", default=ENGLISH)
_server: ContextVar[str] = ContextVar("server", default=ENGLISH)
_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


class Sentence(str):
    """Words of ours, told by this type from an article's and a person's; often with named places.

    What is put into those keeps its own direction of writing: an English title in a Persian sentence, or
    the other way round, would else turn the full stop and its neighbours around. The marks stand in our
    words only, never inside of what is put in.
    """

    __slots__ = ()

    def format(self, *_args: object, **values: object) -> Sentence:
        parts = []
        for literal, name, spec, _conversion in Formatter().parse(self):
            parts.append(literal)
            if name is not None:
                value = format(values[name], spec or "")
                # What stands between backticks is there to be copied, and an address to be opened.
                parts.append(value if literal.endswith(("`", "](")) else isolated(value))
        return Sentence("".join(parts))


def _(english: str) -> Sentence:
    """*english* in the language that is being spoken."""
    return Sentence(_catalogue(_spoken.get()).gettext(english))


def ngettext(one: str, many: str, number: int) -> Sentence:
    """*one* or *many* in the language that is being spoken, which may have more forms than two."""
    return Sentence(_catalogue(_spoken.get()).ngettext(one, many, number))


def pgettext(context: str, english: str) -> Sentence:
    """*english* in the language that is being spoken, where it means what *context* says."""
    return Sentence(_catalogue(_spoken.get()).pgettext(context, english))


def N_(english: str) -> str:  # noqa: N802  # what gettext's own tools call it
    """Marks words for the catalogues that `_` is given later, as those of a constant."""
    return english


def NP_(context: str, english: str) -> str:  # noqa: ARG001, N802
    """The same for `pgettext`."""
    return english


def spoken() -> str:
    """The code of the language that is being spoken, as Babel names it: `es`, `pt_BR`."""
    return _spoken.get()


def hear(person: Locale | None, server: Locale | None, chosen: str = "") -> None:
    """From here on a person of this locale is spoken to, in a server of that one.

    Without a person it is the server, as where a message is answered: Discord tells no locale with it.

    *chosen* is the language that a setting names for the server, which counts before Discord's. Where
    Discord does not offer it, its speakers have some other one there, mostly English: so it is also
    spoken to those whose locale says no more than that.
    """
    others = chosen or known(server)
    _server.set(others)
    _person.set(of_person(person, others))
    address(is_private=True)


def of_person(locale: Locale | None, server: str) -> str:
    """The language in which a person of this locale is spoken to, in a server where *server* is spoken."""
    if locale is None:
        return server
    has_english = locale.value.partition("-")[0] == ENGLISH
    return server if has_english and not is_offered_by_discord(server) else known(locale)


def address(*, is_private: bool) -> None:
    """From here on the person alone is spoken to, or everybody in the server."""
    _spoken.set((_person if is_private else _server).get())


@contextmanager
def addressing(*, is_private: bool) -> Iterator[None]:
    """Within it the person alone is spoken to, or everybody in the server; behind it whoever was before."""
    before = _spoken.set((_person if is_private else _server).get())
    try:
        yield
    finally:
        _spoken.reset(before)


def known(locale: Locale | str | None) -> str:
    """The catalogue for one of Discord's locales: the region's, else the language's, else English."""
    code = (locale if isinstance(locale, str) else locale.value if locale else ENGLISH).replace("-", "_")
    return next((name for name in (code, code.partition("_")[0]) if name in languages()), ENGLISH)


def languages() -> tuple[str, ...]:
    """The codes of all languages there are, English first."""
    return (ENGLISH, *_names())


def is_offered_by_discord(code: str) -> bool:
    """Whether somebody can have *code* as the language of their Discord."""
    from discord import Locale  # the terminal needs none of it

    return any(locale.value.partition("-")[0] == code.partition("_")[0] for locale in Locale)


def is_written_leftwards(code: str) -> bool:
    return code.partition("_")[0] in _LEFTWARDS


def isolated(text: str) -> str:
    """*text* between marks that keep it from turning the words of ours around it, where it could."""
    leftwards = is_written_leftwards(_spoken.get())
    strong = {unicodedata.bidirectional(character) for character in text}
    turns = "L" in strong if leftwards else not strong.isdisjoint(_WRITTEN_LEFTWARDS)
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}" if turns and "\n" not in text else text


def directed(text: str) -> str:
    """*text*, line by line from the right where it is a `Sentence` in a language that is written so.

    Discord lets every line run from the left, whatever it holds: a number that begins a Persian one would
    come to stand at its end.
    """
    if not isinstance(text, Sentence) or not is_written_leftwards(_spoken.get()):
        return text
    return "\n".join(_line_from_the_right(line) for line in text.split("\n"))


def _line_from_the_right(line: str) -> str:
    classes = [unicodedata.bidirectional(character) for character in line]
    depths = accumulate((kind in _ISOLATES) - (kind == "PDI") for kind in classes)
    outside = {kind for kind, depth in zip(classes, depths, strict=True) if not depth}
    if line.startswith(">") or outside.isdisjoint(_WRITTEN_LEFTWARDS) or _RUNS_BY_ITSELF.issuperset(classes):
        return line
    marks = _MARKDOWN.match(line)
    at = marks.end() if marks else 0
    return f"{line[:at]}{_FROM_THE_RIGHT}{line[at:]}{_POP_ISOLATE}"


def without_marks(text: str) -> str:
    """*text* without the marks that `isolated` and `directed` put around it."""
    return text.translate(
        {ord(mark): None for mark in (_FIRST_STRONG_ISOLATE, _FROM_THE_RIGHT, _POP_ISOLATE)}
    )


def load() -> None:
    """Reads all catalogues, so that nobody waits for one later."""
    for code in languages():
        _catalogue(code)


def command_words(code: str, kind: str, english: str) -> str | None:
    """The name or description of a command in the catalogue *code*; None where it lacks one.

    *kind* tells apart what is one word in English and several elsewhere: it is the entry's context.
    """
    found = _catalogue(code).pgettext(kind, english)
    return None if found == english else str(found)


def forget() -> None:
    """Reads the catalogues anew when they are next needed."""
    _names.cache_clear()
    _catalogue.cache_clear()


@cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(file.stem for file in LOCALES.glob("*.po") if file.stem != ENGLISH))


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    if code == ENGLISH:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # a tenth of a second, for nothing where all speak English
    from babel.messages.pofile import read_po

    with (LOCALES / f"{code}.po").open("rb") as file:
        catalogue = read_po(file)
    for message in _unusable(catalogue):
        log.warning("%s.po: line %s has other places than the English; it is not used", code, message.lineno)
        catalogue.delete(message.id, message.context)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _unusable(catalogue: Catalog) -> list[Message]:
    """What would fail when it is said: entries whose translation names places that nothing fills."""
    return [message for message in catalogue if message.id and not _fits(message)]


def _fits(message: Message) -> bool:
    english = places(cast("Any", message.id))
    return all(places([form]) <= english for form in forms(message))


def forms(message: Message) -> list[str]:
    """The translations of *message* that are there, several where it is counted."""
    given = cast("Any", message.string) or ""
    return [form for form in ((given,) if isinstance(given, str) else given) if form]


def places(texts: str | Iterable[str]) -> set[str]:
    """The names of the places in *texts* that are filled in."""
    given = [texts] if isinstance(texts, str) else texts
    return {name for text in given for name in _PLACEHOLDER.findall(text)}
