"""What the terminal is given, files, folders and standard input -> bytes and articles."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.errors import LooksLikeNoArticle
from bot.origin import fetched_from, name_of
from bot.replies import states
from corpus import reading, records, starter, terms
from corpus.errors import CorpusError, TooLarge
from corpus.reading.limits import LARGEST_BYTES, LARGEST_FILE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import BinaryIO

    from bot.fetch import Fetched
    from bot.settings import Settings
    from bot.workers import Reader
    from corpus.article import Article, Origin, Reading

STANDARD_INPUT = "-"
_STANDARD_INPUT_NAME = "standard input"
_RECORDS = ".jsonl"
_ARTICLES = {
    ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".epub",
}  # fmt: skip
"""How files end that are looked into in a folder; what they are, they say themselves."""


class SourceError(CorpusError):
    """A file or folder that was named cannot be read."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}")
        self.name = name


class Content(NamedTuple):
    """What an input holds, what to call it, and where it was fetched if it was."""

    data: bytes
    name: str
    origin: Origin | None = None
    charset: str | None = None
    """What its server calls the encoding."""

    def read(self, reader: Reader) -> Reading:
        """What *reader* makes of it. Raises `UnreadableArticle`."""
        if self.origin is None:
            return reader.read(self.data, self.name)
        found = reader.read(self.data, self.name, self.origin.link, self.charset)
        return replace(found, article=fetched_from(self.origin, found.article))


def is_link(given: str) -> bool:
    """Whether *given* is meant as a link, of whatever kind."""
    return "://" in given and not Path(given).exists()


def fetched(link: str, settings: Settings) -> Content:
    """What *link* leads to. Raises `LinkRefused` or `FetchError`."""
    from bot import fetch  # aiohttp, which no file needs

    async def fetched() -> Fetched | None:
        async with fetch.as_set(settings) as fetcher:
            return await fetcher.fetch(link)

    found = asyncio.run(fetched())
    if found is None:  # only who names an earlier version is told that it is unchanged
        raise RuntimeError("a page is unchanged that was never seen")
    return Content(found.data, name_of(found.origin), found.origin, found.charset)


def content(given: str) -> Content:
    """The input *given*, a file or “-”. Raises `CorpusError`."""
    if given == STANDARD_INPUT:
        data = sys.stdin.buffer.read(LARGEST_FILE_BYTES + 1)
        if len(data) > LARGEST_FILE_BYTES:  # how much more there is, only its end would tell
            raise TooLarge(_STANDARD_INPUT_NAME, None, LARGEST_FILE_BYTES)
        return Content(data, _STANDARD_INPUT_NAME)
    if is_link(given):
        raise SourceError(given, "is a link, and only files are read here. Add it first.")
    path = Path(given)
    try:
        if path.is_file():
            _refuse_too_large(path)
        with path.open("rb") as file:
            return Content(file.read(LARGEST_FILE_BYTES + 1), path.name)
    except OSError as error:
        raise SourceError(given, _reason(error)) from error


def refuse_records(content: Content) -> None:
    """Raises `SourceError` for JSON lines: many articles, where one is read."""
    if is_record(content.data.lstrip().split(b"\n", 1)[0]):
        raise SourceError(content.name, "holds JSON lines, of an article each. Use “import” for it.")


def refuse_doubtful(read: Reading, name: str) -> None:
    """Raises `LooksLikeNoArticle` where what was *read* of the page *name* looks like something else."""
    if read.state:
        doubt = states.doubt(read.state, terms.n_words(read.article.text))
        raise LooksLikeNoArticle(name, doubt, is_text=read.state != "garbled")


def lines_of(path: Path) -> Iterator[str]:
    """The lines of a text file. Raises `SourceError`."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            yield from file
    except UnicodeDecodeError:
        raise SourceError(str(path), "is not UTF-8. Save it as UTF-8.") from None
    except OSError as error:
        raise SourceError(str(path), _reason(error)) from error


def files_in(names: Iterable[str]) -> list[Path]:
    """The files that *names* mean, those in a folder in order of path. Raises `SourceError`.

    A folder's hidden files, links to files outside of it, and what ends like neither articles nor JSON
    lines are passed over.
    """
    found: list[Path] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            inside = sorted(
                child for child in path.rglob("*") if child.suffix.lower() in {_RECORDS, *_ARTICLES}
            )
            found += [
                child
                for child in inside
                if child.is_file()
                and not _is_hidden(child.relative_to(path))
                # A folder from somebody else may hold a link to what is nobody's business.
                and child.resolve().is_relative_to(path.resolve())
            ]
        elif path.exists():
            found.append(path)
        else:
            raise SourceError(name, "does not exist.")
    return found


def starter_articles() -> Iterator[Article]:
    """The articles that ship, each under its file's name, so that a later version replaces it."""
    for name, data in starter.files():
        yield replace(reading.read(data, name).article, id=f"starter-{name.removesuffix('.md')}")


class Articles:
    """The articles of many inputs, one after another.

    What cannot be read is kept in `failures` and the rest goes on; *reader* reads all but JSON
    lines; *on_progress* is told of bytes that are done with. Interrupted while it reads, it ends:
    what was read is stored all the same, and `was_stopped` says so.
    """

    def __init__(
        self,
        files: Sequence[Path],
        reader: Reader,
        on_progress: Callable[[int], None],
        *,
        stdin: bool = False,
        starter: bool = False,
        takes_doubtful: bool = False,
    ) -> None:
        self.failures: list[CorpusError] = []
        self.are_of_files = any(path.suffix.lower() != _RECORDS for path in files)
        """Whether some may be files of an article each, and not only JSON lines."""
        self.was_stopped = False
        self._reader = reader
        self._files, self._stdin, self._starter = files, stdin, starter
        self._takes_doubtful = takes_doubtful
        self._on_progress = on_progress

    def __iter__(self) -> Iterator[Article]:
        try:
            yield from self._every()
        except KeyboardInterrupt:
            self.was_stopped = True

    def _every(self) -> Iterator[Article]:
        if self._starter:
            yield from starter_articles()
        if self._stdin:
            yield from self._records(sys.stdin.buffer, _STANDARD_INPUT_NAME)
        for path in self._files:
            yield from self._in_file(path)

    def _in_file(self, path: Path) -> Iterator[Article]:
        """One article a line in JSON lines, one in any other file."""
        try:
            with path.open("rb") as file:
                if path.suffix.lower() == _RECORDS or _begins_record(file):
                    yield from self._records(file, path.name)
                else:
                    _refuse_too_large(path)
                    data = file.read(LARGEST_FILE_BYTES + 1)
                    read = self._reader.read(data, path.name)
                    self._on_progress(len(data))
                    if not self._takes_doubtful:
                        refuse_doubtful(read, path.name)
                    yield read.article
        except CorpusError as error:
            self.failures.append(error)
        except OSError as error:
            self.failures.append(SourceError(str(path), _reason(error)))

    def _records(self, file: BinaryIO, name: str) -> Iterator[Article]:
        for number, line in enumerate(self._lines(file), 1):
            try:
                if line.strip():
                    yield _record(line, f"{name}, line {number},")
            except CorpusError as error:
                self.failures.append(error)

    def _lines(self, file: BinaryIO) -> Iterator[bytes]:
        """The lines of *file*, one that is above the limit cut there and its rest passed over."""
        while line := file.readline(LARGEST_BYTES + 1):
            yield line
            self._on_progress(len(line))
            while len(line) > LARGEST_BYTES and not line.endswith(b"\n"):
                line = file.readline(LARGEST_BYTES + 1)
                self._on_progress(len(line))


def _refuse_too_large(path: Path) -> None:
    if path.stat().st_size > LARGEST_FILE_BYTES:
        raise TooLarge(path.name, path.stat().st_size, LARGEST_FILE_BYTES)


def _begins_record(file: BinaryIO) -> bool:
    """Whether *file* begins with a JSON object, whatever it is called; it is left at its beginning."""
    first = file.readline(LARGEST_BYTES).strip()
    file.seek(0)
    return is_record(first)


def is_record(line: bytes) -> bool:
    """Whether *line* is a JSON object with a text, as import reads them."""
    return line.startswith((b"{", b"\xef\xbb\xbf{")) and b'"text"' in line


def _record(line: bytes, where: str) -> Article:
    if len(line) > LARGEST_BYTES:
        raise TooLarge(where, len(line), LARGEST_BYTES)
    try:
        return records.read(line.decode("utf-8-sig"), where)
    except UnicodeDecodeError:
        raise SourceError(where, "is not UTF-8. Save the file as UTF-8.") from None


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _reason(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "does not exist."
        case IsADirectoryError():
            return "is a folder; only files are read one by one."
        case PermissionError():
            return "cannot be read: permission is missing."
    return f"cannot be read: {error.strerror or error}."
