"""The catalogues: each has all that the bot says, fit for Discord, and right in its direction of writing."""

from __future__ import annotations

import ast
import asyncio
import inspect
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import regex
from babel.messages import Catalog

from bot import errors as ours
from bot import language
from bot.language import forms, places
from bot.replies import words
from bot.replies.error_sentences import sentence
from corpus import errors as theirs
from corpus.errors import CorpusError
from tests import catalogues

TRANSLATED = [code for code in language.languages() if code != language.ENGLISH]
NAME = regex.compile(r"[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}")
"""What Discord takes as the name of a command or option."""
LONGEST = {"description": 100, "choice": 100, "menu": 32}
SAYS = [
    file
    for file in sorted((catalogues.ROOT / "bot").rglob("*.py"))
    if file.name not in {"terminal.py", "terminal_errors.py", "cli.py", "tryout.py"}
]
"""The modules whose words reach Discord."""


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return asyncio.run(catalogues.wanted())


@pytest.fixture(scope="module")
def read() -> dict[str, Catalog]:
    return {code: catalogues.read(code) for code in TRANSLATED}


@pytest.fixture(autouse=True)
def english_again() -> Any:
    yield
    language.hear(None, None)


def keys(catalogue: Catalog) -> set[tuple[str | None, str | tuple[str, ...]]]:
    """Context and English of each entry that says something."""
    found = (message for message in catalogue if message.id and (forms(message) or not catalogue.locale))
    return {(one.context, tuple(one.id) if isinstance(one.id, list | tuple) else one.id) for one in found}


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_has_all_that_is_said_and_nothing_else(
    code: str, wanted: Catalog, read: dict[str, Catalog]
) -> None:
    """Mended by: python -m tests.catalogues, and then by translating what is empty."""
    assert keys(wanted) - keys(read[code]) == set()
    assert keys(read[code]) - keys(wanted) == set()


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_has_the_places_of_the_english(code: str, read: dict[str, Catalog]) -> None:
    wrong = []
    for message in read[code]:
        if not message.id or not forms(message):
            continue
        english = places(message.id if isinstance(message.id, str) else message.id[-1])
        given = [places(form) for form in forms(message)]
        # “one minute” may do without its number.
        if given[-1] != english or any(not found <= english for found in given):
            wrong.append(message.id)
    assert wrong == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_what_is_counted_has_every_form_of_its_language(code: str, read: dict[str, Catalog]) -> None:
    counted = [message for message in read[code] if message.pluralizable]
    assert [one.id for one in counted if len(forms(one)) != read[code].num_plurals] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_markdown_is_as_in_the_english(code: str, read: dict[str, Catalog]) -> None:
    def marks(text: str) -> list[str]:
        return sorted(regex.findall(r"\*\*|(?<!\*)\*(?!\*)|`|^### |^-# |^- ", text))

    singles = [message for message in read[code] if isinstance(message.id, str) and message.string]
    assert [one.id for one in singles if marks(str(one.string)) != marks(str(one.id))] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_discord_takes_the_names_and_descriptions_of_commands(code: str, read: dict[str, Catalog]) -> None:
    wrong = []
    for message in read[code]:
        said = "".join(forms(message)[:1])
        if message.context in {"command", "option"} and said:
            fits = NAME.fullmatch(said) is not None and said == said.lower()
        else:
            fits = len(said) <= LONGEST.get(message.context or "", 4_000)
        if not fits:
            wrong.append(said)
    assert wrong == []


@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.parametrize("kind", ["command", "option", "menu"])
def test_two_commands_never_have_one_name(code: str, kind: str, read: dict[str, Catalog]) -> None:
    names = [str(message.string) for message in read[code] if message.context == kind]
    assert len(names) == len(set(names))


# --- nothing is said past the catalogues


@pytest.mark.parametrize("file", SAYS, ids=lambda file: file.relative_to(catalogues.ROOT).as_posix())
def test_no_words_reach_discord_past_the_catalogues(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    assert [f"line {one.lineno}" for call in calls for one in shown(call) if is_english(one)] == []


def shown(call: ast.Call) -> list[ast.expr]:
    """The arguments of *call* that people see."""
    called = call.func
    keyworded = [
        one.value for one in call.keywords if one.arg in {"label", "placeholder", "title", "description"}
    ]
    if not isinstance(called, ast.Attribute) or not isinstance(called.value, ast.Name):
        return []
    match called.value.id, called.attr:
        case "card", "text" | "aside":
            return list(call.args)
        case "card", "button" | "link_button" | "menu":
            return call.args[:1]
        case "ui" | "discord", _:
            return keyworded
    return []


def is_english(argument: ast.expr) -> bool:
    """Whether there is a word among what *argument* says by itself."""
    parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
    texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return any(regex.search(r"\p{L}{2}", text.replace("Footnote", "")) for text in texts)


@pytest.mark.parametrize("file", SAYS, ids=lambda file: file.relative_to(catalogues.ROOT).as_posix())
def test_a_module_that_says_something_uses_the_name_of_gettext_for_nothing_else(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    imported = any(
        isinstance(node, ast.ImportFrom) and any(name.name == "_" for name in node.names)
        for node in ast.walk(tree)
    )
    bound = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)
    ]
    assert not (imported and bound)


# --- errors


FACTS: dict[str, Any] = {
    "name": "report.pdf", "kind": "a PDF", "size_bytes": 23_000_000, "limit_bytes": 10_000_000, "limit": 300,
    "limit_s": 25.0, "n_pages": 1_204, "n_members": 5_000, "packed_bytes": 9_000, "length": 1_204,
    "wanted": "Air News", "nearest": (), "known": ["Harbour Post", "Sound Times"], "article_id": "abc234",
    "title": "Storm", "state": "paywall", "link": "https://10.0.0.1/", "host": "example.org",
    "status": 403, "shown": "a question about cookies", "channel": "general",
    "missing": ["View Channel"], "written": "tomorrow", "fewest": 5,
}  # fmt: skip
NOT_SAID = (
    theirs.LibraryError, ours.LooksLikeNoArticle, ours.CannotPost, ours.BadSetting, ours.NameNotTyped,
    ours.TooManyQuestions, ours.TooManyArticles, ours.TooMuchFeedback,
)  # fmt: skip
"""Where the operator's disk is named, which Discord is not told; of the terminal; and what has a card of
its own in `bot.replies.errors`."""
OF_THE_TERMINAL = {"CannotBackUp", "NotBackedUp", "SourceError"}


def said_in_discord() -> list[CorpusError]:
    """An error of each kind, made with `FACTS`."""
    found = []
    for kind in (vars(theirs) | vars(ours)).values():
        if not isinstance(kind, type) or not issubclass(kind, CorpusError) or issubclass(kind, NOT_SAID):
            continue
        if "sentence" in (taken := inspect.signature(kind.__init__).parameters):
            continue  # a base
        if kind in {CorpusError, theirs.QuestionError} or kind.__name__ in OF_THE_TERMINAL:
            continue
        facts = FACTS | {"reason": REASON_OF.get(kind.__name__, "it does not answer")}
        found.append(kind(**{name: facts[name] for name in taken if name in facts}))
    return sorted(found, key=lambda error: type(error).__name__)


REASON_OF = {
    "LinkRefused": "it leads to port 22, which is none of the web’s",
    "RedirectRefused": "to where nothing is opened: it leads into a private network",
    "BadAnswer": "the page broke off",
    "BadRecord": "is not JSON",
}
ERRORS = said_in_discord()


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_says_in_english_what_the_log_says(error: CorpusError) -> None:
    assert sentence(error) == str(error)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_is_said_in_every_language(error: CorpusError) -> None:
    if isinstance(error, theirs.BadRecord) and not isinstance(error, ours.NotADay | ours.NotAnAddress):
        return  # of files with JSON lines, which the terminal reads
    for code in TRANSLATED:
        language.hear(None, None, code)
        assert sentence(error) != str(error), code


def test_the_reasons_of_links_are_those_that_are_listed() -> None:
    """They are written in corpus/, which knows no language; a changed one would be said in English."""
    source = (catalogues.ROOT / "corpus/reading/address.py").read_text(encoding="utf-8")
    raised = (
        node.args[1]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "LinkRefused"
    )
    language.hear(None, None, TRANSLATED[0])
    written = [one.value for one in raised if isinstance(one, ast.Constant)]
    assert len(written) > 5
    assert [one for one in written if sentence(theirs.LinkRefused("x", one)).endswith(f": {one}.")] == []


# --- numbers, days, directions


def test_numbers_and_days_are_written_as_people_there_do() -> None:
    language.hear(None, None, "es")
    assert (words.number(1_204), words.day(date(2020, 7, 2))) == ("1.204", "2 de julio de 2020")
    assert words.listed(["a", "b", "c"]) == "a, b y c"
    language.hear(None, None, "fa")
    assert (words.number(1_204), words.day(date(2020, 7, 2))) == ("۱٬۲۰۴", "۲ ژوئیهٔ ۲۰۲۰")
    assert words.listed(["آب", "باد", "خاک"]) == "آب، باد و خاک"


def test_persian_counts_without_a_plural_and_spanish_with_one() -> None:
    language.hear(None, None, "es")
    assert [words.articles(n) for n in (0, 1, 2)] == ["0 artículos", "1 artículo", "2 artículos"]
    language.hear(None, None, "fa")
    assert [words.articles(n) for n in (0, 1, 2)] == ["۰ مقاله", "۱ مقاله", "۲ مقاله"]


def test_the_languages_of_articles_are_called_in_the_language_that_is_spoken() -> None:
    language.hear(None, None, "fa")
    assert words.language("en") == "انگلیسی"


@pytest.mark.parametrize("code", [code for code in TRANSLATED if language.is_written_leftwards(code)])
def test_a_sentence_with_foreign_names_is_still_read_from_the_right(
    code: str, read: dict[str, Catalog]
) -> None:
    """As Unicode has it, a line runs as its first letter does that is not inside of an isolate (rule P2)."""
    language.hear(None, None, code)
    wrong = []
    for message in read[code]:
        if (
            not message.id
            or not forms(message)
            or message.context in {"command", "option", "menu", "choice", "permission"}
        ):
            continue
        filled = language.Sentence(str(forms(message)[0]))
        line = filled.format(**dict.fromkeys(places(filled), "Harbour Gazette"))
        if first_direction(line) == "L":
            wrong.append(message.id)
    assert wrong == []


def first_direction(line: str) -> str:
    """How a line runs: L, R or AL; empty without a letter."""
    depth = 0
    for character in line:
        match unicodedata.bidirectional(character):
            case "FSI" | "LRI" | "RLI":
                depth += 1
            case "PDI":
                depth -= 1
            case "L" | "R" | "AL" as direction if depth == 0:
                return direction
    return ""
