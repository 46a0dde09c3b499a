"""The floors of the house: bot.py -> bot/ -> corpus/, never upward, and no step of corpus/ into another."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BOT = sorted((ROOT / "bot").rglob("*.py"))
CORPUS = sorted((ROOT / "corpus").rglob("*.py"))

SHARED = {
    "article", "errors", "clock", "characters", "language", "sentences", "terms", "answer_type", "facts",
    "word_forms", "wanted", "writing", "names", "ports",
    "pointing_back", "who_said", "codes", "query_codes", "standing", "remembered",
}  # fmt: skip
"""The words that every step of corpus/ speaks."""
ABOVE = {
    "library", "asking", "keeping_up", "preparing", "stories", "noting", "finding", "sourcing", "condition",
    "evaluate",
}  # fmt: skip
"""What calls the steps in turn."""
BELOW = {"ranker": {"index"}, "store": {"catalogue", "many_rows"}}
"""What a step stands on alone."""

OUTSIDE = {
    "discord", "asyncio", "aiohttp", "socket", "ssl", "http", "urllib.request", "requests", "httpx",
    "click", "rich", "simcord", "dotenv",
}  # fmt: skip
"""The faces and the network, which corpus/ knows nothing of."""


def name_of(path: Path) -> str:
    """The dotted name of the module in *path*."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path) for path in [*BOT, *CORPUS]}


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(path: Path) -> set[str]:
    """What *path* imports anywhere, for types alone too; `from a import b` is a.b where that is a module."""
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            module = node.module or ""
            inner = {f"{module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES or name in OUTSIDE else module for name in inner}
    return found


def is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def part_of(module: str) -> str:
    """The step or shared word of corpus/ that *module* belongs to: “reading” for corpus.reading.plain."""
    return module.removeprefix("corpus").lstrip(".").split(".")[0]


def reads_environment(path: Path) -> bool:
    reading = {"environ", "environb", "getenv", "putenv", "unsetenv"}
    return any(
        (isinstance(node, ast.Attribute) and node.attr in reading)
        or (
            isinstance(node, ast.ImportFrom)
            and node.module == "os"
            and reading & {a.name for a in node.names}
        )
        for node in ast.walk(tree_of(path))
    )


def ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


STEPS = [path for path in CORPUS if part_of(name_of(path)) not in {*SHARED, *ABOVE, ""}]
WORDS = [path for path in CORPUS if part_of(name_of(path)) in SHARED]


def test_the_floors_are_where_these_tests_look_for_them() -> None:
    named = {
        "bot.cli", "bot.settings", "corpus.passages", "corpus.ranker", "corpus.answer", "corpus.summary",
        "corpus.store", "corpus.schema", "corpus.records", "corpus.citation", "corpus.reading.plain",
        *(f"corpus.{name}" for name in SHARED | ABOVE),
    }  # fmt: skip
    assert named - MODULES == set()


# --- never upward


@pytest.mark.parametrize("path", CORPUS, ids=ids)
def test_corpus_imports_nothing_of_bot(path: Path) -> None:
    assert [module for module in imports_of(path) if is_in(module, "bot")] == []


@pytest.mark.parametrize("path", CORPUS, ids=ids)
def test_corpus_knows_no_face_and_no_network(path: Path) -> None:
    assert [module for module in imports_of(path) if any(is_in(module, outside) for outside in OUTSIDE)] == []


def test_bot_py_only_imports_and_calls() -> None:
    imported, guard = tree_of(ROOT / "bot.py").body
    assert isinstance(imported, ast.ImportFrom)
    assert isinstance(guard, ast.If)
    assert [ast.unparse(statement) for statement in guard.body] == [f"{imported.names[0].name}()"]


# --- no step into another


@pytest.mark.parametrize("path", STEPS, ids=ids)
def test_a_step_imports_of_corpus_only_the_shared_words_and_its_own_files(path: Path) -> None:
    step = part_of(name_of(path))
    parts = {part_of(module) for module in imports_of(path) if is_in(module, "corpus")}
    assert parts - SHARED - {step} - BELOW.get(step, set()) == set()


@pytest.mark.parametrize("path", WORDS, ids=ids)
def test_a_shared_word_imports_of_corpus_only_shared_words(path: Path) -> None:
    assert {part_of(module) for module in imports_of(path) if is_in(module, "corpus")} - SHARED == set()


# --- every line knows its room


def test_only_settings_and_the_terminal_touch_the_environment() -> None:
    touching = {name_of(path) for path in [*BOT, *CORPUS, ROOT / "bot.py"] if reads_environment(path)}
    assert touching - {"bot.settings", "bot.cli"} == set()


def test_in_corpus_only_the_store_its_catalogue_its_rows_its_schema_and_its_errors_know_sqlite() -> None:
    knowing = {
        name_of(path)
        for path in CORPUS
        if any(is_in(module, name) for module in imports_of(path) for name in ("sqlite3", "sqlite_utils"))
    }
    assert knowing <= {
        "corpus.store",
        "corpus.catalogue",
        "corpus.many_rows",
        "corpus.schema",
        "corpus.errors",
    }


@pytest.mark.parametrize("path", CORPUS, ids=ids)
def test_corpus_knows_no_guilds(path: Path) -> None:
    assert "guild" not in path.read_text(encoding="utf-8").casefold()


@pytest.mark.parametrize("path", [*BOT, *CORPUS], ids=ids)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert path.stat().st_size == 0 or ast.get_docstring(tree_of(path))
