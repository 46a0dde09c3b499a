"""The terminal's commands."""

from __future__ import annotations

import asyncio
import atexit
import errno
import os
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from dotenv import load_dotenv
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from bot import sources
from bot.errors import StartError
from bot.parameters import Address, Day, Since, Words
from bot.replies import as_json
from bot.replies.terminal import Terminal
from bot.replies.terminal_errors import for_terminal
from bot.settings import Settings
from bot.workers import Workers
from corpus import clock, evaluate, passages, records
from corpus.article import Twin
from corpus.characters import clean
from corpus.errors import CorpusError, QuestionError
from corpus.library import Library, summarise
from corpus.reading import address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from corpus.article import Answer, ArticleInfo
    from corpus.summary import Length

_N_NEAREST = 3
_MOST_FAILURES_SHOWN = 10


def _version() -> str:
    try:
        return version("footnote-bot")
    except PackageNotFoundError:
        return "of a checkout that is not installed"


class _Commands(click.Group):
    """Says in a sentence what went wrong, whichever command it was."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CorpusError as error:
            raise click.ClickException(for_terminal(error)) from error
        except StartError as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # whoever read our output has enough of it: Click ends in silence
            raise click.ClickException(f"{error.strerror or error}.") from error

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)  # as they are written below, not by alphabet


_anyway = click.option(
    "--anyway",
    "is_anyway",
    is_flag=True,
    help="Store what looks like no article, or like a story that is there.",
)
_as_json = click.option("--json", "is_json", is_flag=True, help="Write JSON, for scripts.")
_length = click.option(
    "--length",
    type=click.Choice(["short", "medium", "long"]),
    default="short",
    show_default=True,
    help="3, 5 or 8 sentences.",
)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True
)
@click.option(
    "--library",
    "folder",
    type=click.Path(path_type=Path),
    help="The library's folder.  [default: data/library]",
)
@click.version_option(_version(), prog_name="footnote")
@click.pass_context
def cli(ctx: click.Context, folder: Path | None) -> None:
    """Footnote answers questions about your own articles with the articles' own words.

    Without a command it runs the Discord bot when DISCORD_TOKEN is set, and else shows it in a
    browser page.
    """
    settings = Settings.from_env(os.environ)
    ctx.obj = folder or settings.terminal_library
    if ctx.invoked_subcommand is None:
        ctx.invoke(run if settings.token else try_)


@cli.command()
def run() -> None:
    """Run the Discord bot; needs DISCORD_TOKEN."""
    from bot.running import run_in_discord  # discord.py, which no other command needs

    run_in_discord(Settings.from_env(os.environ))


@cli.command(name="try")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=0, help="The page's port.  [default: a free one]"
)
@click.option("--no-browser", is_flag=True, help="Print the address only.")
def try_(port: int = 0, no_browser: bool = False) -> None:
    """Show the real bot in a local browser page, with a library to try it on."""
    from bot.running import run_in_browser

    def say(address: str) -> None:
        click.echo(
            f"Footnote is at {address}\nThe whole address is the key: open it as it is. Ctrl-C stops it."
        )

    settings = Settings.from_env(os.environ)
    run_in_browser(settings, port=port, opens_browser=not no_browser, say=say)


@cli.command()
@click.argument("question", nargs=-1, required=True, type=Words())
@click.option(
    "--top", type=click.IntRange(1, 10), default=3, show_default=True, help="How many passages to show."
)
@click.option("--source", type=Words(), help="Only articles of this publisher.")
@click.option("--since", type=Since(), help="Only articles since: 24h, 7d, 2w, 6m, 1y, 2020-07-02.")
@click.option("--article", type=Words(), help="Only this article, by its id or title.")
@_as_json
@click.pass_obj
def ask(
    folder: Path,
    question: tuple[str, ...],
    top: int,
    source: str | None,
    since: date | None,
    article: str | None,
    is_json: bool,
) -> None:
    """Find the passages that answer QUESTION; “-” reads a question a line and writes a JSON a line."""
    with Library.open(folder, create=False) as library:
        within = library.find(article).id if article is not None else None
        asked = partial(library.ask, top=top, source=source, since=since, article=within)
        if question == (sources.STANDARD_INPUT,):
            _answer_stream(library, asked)
            return
        found = asked(" ".join(question))
        nearest = _nearest_titles(library, found)
    if is_json:
        _write(as_json.answer(found, nearest))
    else:
        Terminal().answer(found, nearest)


def _nearest_titles(library: Library, found: Answer) -> Sequence[ArticleInfo]:
    """Where nothing was found: the articles whose titles have most of the question's words."""
    if found.status != "nothing":
        return ()
    return library.with_words_of([*found.held_words, *found.missed_words], _N_NEAREST)


def _answer_stream(library: Library, asked: Callable[[str], Answer]) -> None:
    n_failed = 0
    for line in sys.stdin:
        question = clean(line.strip())
        try:
            found = asked(question)
            _write(as_json.answer(found, _nearest_titles(library, found)))
        except QuestionError as error:
            n_failed += 1
            _write(as_json.failed_question(question, error))
    if n_failed:
        sys.exit(1)


@cli.command()
@click.argument("inputs", metavar="LINK|FILE|-...", nargs=-1, required=True)
@click.option("--title", type=Words(), help="In place of the title that is read.")
@click.option("--publisher", type=Words(), help="In place of the publisher that is read.")
@click.option("--published", type=Day(), help="In place of the date that is read.")
@click.option("--url", type=Address(), help="Where the article can be read.")
@_anyway
@_as_json
@click.pass_obj
def add(
    folder: Path,
    inputs: tuple[str, ...],
    title: str | None,
    publisher: str | None,
    published: date | None,
    url: str | None,
    is_anyway: bool,
    is_json: bool,
) -> None:
    """Add the articles at LINKs and in FILEs of text, Markdown, HTML, PDF, Word or EPUB.

    “-” is standard input.
    """
    if len(inputs) > 1 and (title or url):
        raise click.UsageError("--title and --url are of one article; add them one by one.")
    given = {"title": title, "publisher": publisher, "published": published, "url": url}
    facts: dict[str, Any] = {name: value for name, value in given.items() if value and str(value).strip()}
    settings = Settings.from_env(os.environ)
    n_failed = 0
    with Library.open(folder) as library, Workers() as readers:
        for given_name in inputs:
            try:
                content = _content(library, given_name, settings)
                read = content.read(readers)
                article = replace(read.article, **facts)
                if not is_anyway:
                    sources.refuse_doubtful(read, content.name)
                if article.url:
                    library.refuse_same_address(article.url)
                elsewhere = None if is_anyway else library.refuse_same_story(article)
                stored = library.add(article)
            except CorpusError as error:
                n_failed += 1
                if is_json:
                    _write(as_json.failed_input(given_name, error))
                _complain(error)
                continue
            n_paragraphs = len(passages.paragraphs(stored))
            if is_json:
                _write(as_json.added(given_name, stored, read, n_paragraphs, elsewhere))
            else:
                Terminal().added(content.name, stored, read, n_paragraphs, elsewhere)
    if n_failed:
        sys.exit(1)


def _content(library: Library, given: str, settings: Settings) -> sources.Content:
    """What the input *given* of `add` holds. Raises `CorpusError`."""
    if sources.is_link(given):
        library.refuse_same_address(address.bare(given))
        return sources.fetched(given, settings)
    content = sources.content(given)
    sources.refuse_records(content)
    return content


@cli.command(name="import")
@click.argument("inputs", metavar="FILE.jsonl|FOLDER|-...", nargs=-1)
@click.option("--starter", is_flag=True, help="The articles that come with Footnote.")
@click.option("--anyway", "is_anyway", is_flag=True, help="Store what looks like no article, too.")
@_as_json
@click.pass_obj
def import_(folder: Path, inputs: tuple[str, ...], starter: bool, is_anyway: bool, is_json: bool) -> None:
    """Add many articles: those in FOLDERs of text, Markdown, HTML, PDF, Word and EPUB files, and JSON
    lines with id, title, text, url, publisher, author, published, language.
    """
    if not inputs and not starter:
        raise click.UsageError("Name a file of JSON lines, a folder, or --starter.")
    files = sources.files_in(name for name in inputs if name != sources.STANDARD_INPUT)
    counts: Counter[str] = Counter()
    twins: list[Twin] = []
    with Library.open(folder) as library, Workers() as readers, _progress(is_silent=is_json) as progress:
        task = progress.add_task("Importing", total=sum(path.stat().st_size for path in files) or None)
        articles = sources.Articles(
            files,
            readers,
            lambda n_bytes: progress.advance(task, n_bytes),
            stdin=sources.STANDARD_INPUT in inputs,
            starter=starter,
            takes_doubtful=is_anyway,
        )
        try:
            for outcome in library.import_all(articles):
                counts[outcome.change] += 1
                # JSON lines know their articles by id, and may be a million.
                if outcome.change == "added" and articles.are_of_files:
                    twins += _twin(library, outcome.article_id)
        except KeyboardInterrupt:  # while it stored them
            articles.was_stopped = True
    _complain_of_all(articles.failures)
    if is_json:
        _write(as_json.imported(counts, articles.failures, twins, was_stopped=articles.was_stopped))
    else:
        Terminal().imported(counts, len(articles.failures), twins, was_stopped=articles.was_stopped)
    if articles.failures or articles.was_stopped:
        sys.exit(1)


def _twin(library: Library, article_id: str) -> list[Twin]:
    """The article that was just imported, with the one that told its story before."""
    told = library.told_before(article_id)
    return [Twin(library.get(article_id), told)] if told else []


@cli.command()
@click.argument("query", nargs=-1, type=Words())
@_as_json
@click.pass_obj
def articles(folder: Path, query: tuple[str, ...], is_json: bool) -> None:
    """List the articles, or those whose title, publisher or author hold the words of QUERY."""
    with Library.open(folder, create=False) as library:
        found = library.list(" ".join(query))
    if is_json:
        for info in found:
            _write(as_json.article(info))
    else:
        Terminal().articles(found)


@cli.command()
@click.argument("article", type=Words())
@_as_json
@click.pass_obj
def show(folder: Path, article: str, is_json: bool) -> None:
    """Show an ARTICLE whole: its id, its address or its title."""
    with Library.open(folder, create=False) as library:
        found = library.find(article)
    if is_json:
        _write(as_json.article_with_text(found))
    else:
        Terminal().article(found)


@cli.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True, type=Words())
@_as_json
@click.pass_obj
def remove(folder: Path, ids: tuple[str, ...], is_json: bool) -> None:
    """Remove articles by their IDs: all of them, or none if one is not there."""
    with Library.open(folder, create=False) as library:
        removed = library.remove(ids)
    if is_json:
        for info in removed:
            _write(as_json.article(info))
    else:
        Terminal().removed(removed)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), default="-")
@_as_json
@click.pass_obj
def export(folder: Path, file: Path, is_json: bool) -> None:
    """Write all articles to FILE, or to standard output, as JSON lines that import reads."""
    with Library.open(folder, create=False) as library:
        if str(file) == sources.STANDARD_INPUT:
            for line in records.write(library.export()):
                click.echo(line)
            return
        n_articles = _write_file(file, records.write(library.export()))
    if is_json:
        _write({"articles": n_articles, "file": str(file)})
    else:
        Terminal().exported(n_articles, str(file))


def _write_file(file: Path, lines: Iterator[str]) -> int:
    """Writes *lines* to *file* and gives back how many there were; a regular file whole or not at all."""
    target = file.resolve()
    is_regular = target.is_file() or not target.exists()
    partial = target.with_name(f"{target.name}.part") if is_regular else target
    n_lines = 0
    try:
        with partial.open("w", encoding="utf-8") as out:
            for line in lines:
                out.write(f"{line}\n")
                n_lines += 1
        if is_regular:
            partial.replace(target)
    except OSError as error:
        if is_regular:
            partial.unlink(missing_ok=True)
        raise click.ClickException(f"{file} cannot be written: {error.strerror}.") from error
    return n_lines


@cli.command()
@click.argument("article", metavar="ARTICLE|FILE", type=Words())
@_length
@_as_json
@click.pass_obj
def summary(folder: Path, article: str, length: Length, is_json: bool) -> None:
    """Show the few sentences that stand for an ARTICLE of the library, or for a FILE, word for word."""
    if _is_file(article):
        with Workers() as readers:
            made = summarise(sources.content(article).read(readers).article, length)
    else:
        with Library.open(folder, create=False) as library:
            made = library.summary(library.find(article).id, length)
    if is_json:
        _write(as_json.summary(made))
    else:
        Terminal().summary(made)


@cli.command()
@click.argument("topic", nargs=-1, type=Words())
@click.option("--since", type=Since(), help="Only articles since: 24h, 7d, 2w, 6m, 1y, 2020-07-02.")
@click.option("--source", type=Words(), help="Only articles of this publisher.")
@click.option(
    "--length",
    type=click.Choice(["short", "medium", "long"]),
    default="medium",
    show_default=True,
    help="4, 8 or 12 sentences.",
)
@_as_json
@click.pass_obj
def digest(
    folder: Path,
    topic: tuple[str, ...],
    since: date | None,
    source: str | None,
    length: Length,
    is_json: bool,
) -> None:
    """Show what several articles say on a TOPIC; without one, what is new since a day, by default 7d."""
    asked = " ".join(topic).strip()
    if not asked and since is None:
        since = (clock.now() - timedelta(days=7)).date()
    with Library.open(folder, create=False) as library:
        made = library.digest(asked, since=since, source=source, length=length)
    if is_json:
        _write(as_json.digest(made))
    else:
        Terminal().digest(made)


def _is_file(name: str) -> bool:
    """Whether *name* is a file's, and not an article's, which may be longer than a file's can be."""
    try:
        return Path(name).is_file()
    except OSError:
        return False


@cli.command(name="evaluate")
@click.argument("questions", type=click.Path(path_type=Path), metavar="QUESTIONS.jsonl")
@click.option(
    "--leave-out", type=click.Choice(["half"]), help="How well it refuses: without every second article."
)
@_as_json
@click.pass_obj
def evaluate_(folder: Path, questions: Path, leave_out: str | None, is_json: bool) -> None:
    """Ask QUESTIONS with known answers: JSON lines with question, article, paragraph, answers."""
    judged = list(evaluate.read_questions(sources.lines_of(questions), questions.name))
    with Library.open(folder, create=False) as library:
        if leave_out:
            refused = evaluate.abstention(library, judged)
            _write(as_json.figures(refused)) if is_json else Terminal().abstention(refused)
        else:
            found = evaluate.retrieval(library, judged)
            _write(as_json.figures(found)) if is_json else Terminal().retrieval(found)


@cli.command()
@_as_json
@click.pass_obj
def check(folder: Path, is_json: bool) -> None:
    """Verify the library, and mend what can be mended."""
    with Library.open(folder, create=False) as library:
        report = library.check()
    if is_json:
        _write(as_json.check(report))
    else:
        Terminal().check(report)
    if len(report.problems) > report.mended:
        sys.exit(1)


@cli.command()
@click.argument("target", metavar="FOLDER", type=click.Path(path_type=Path))
@_as_json
def backup(target: Path, is_json: bool) -> None:
    """Copy all libraries into the new FOLDER, while the bot runs; DATA_DIR=FOLDER uses the copy."""
    from bot.backup import back_up

    made = back_up(Settings.from_env(os.environ).data_dir, target)
    _complain_of_all(made.failures)
    if is_json:
        _write(as_json.backup(made))
    else:
        Terminal().backed_up(made)
    if made.failures:
        sys.exit(1)


@cli.command()
@click.option("--offline", "is_offline", is_flag=True, help="Ask nobody whether the token is good.")
@_as_json
def doctor(is_offline: bool, is_json: bool) -> None:
    """See whether everything is set up, and get the link that invites the bot."""
    from bot.doctor import ask_discord, examine, invite_link

    settings = Settings.from_env(os.environ)
    findings = examine(settings)
    if settings.token and invite_link(settings.token) and not is_offline:
        findings += asyncio.run(ask_discord(settings.token, wants_content=settings.message_content))
    if is_json:
        _write(as_json.findings(findings))
    else:
        Terminal().findings(findings)
    if not all(finding.is_ok for finding in findings):
        sys.exit(1)


def _progress(*, is_silent: bool) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=is_silent or not sys.stderr.isatty(),
    )


def _write(shape: dict[str, Any]) -> None:
    """One line of JSON, at once: whoever reads a stream waits for it."""
    click.echo(as_json.line(shape))


def _complain_of_all(errors: Sequence[CorpusError]) -> None:
    for error in errors[:_MOST_FAILURES_SHOWN]:
        _complain(error)
    if len(errors) > _MOST_FAILURES_SHOWN:
        click.echo(f"… and {len(errors) - _MOST_FAILURES_SHOWN:,} more that failed.", err=True)


def _complain(error: CorpusError) -> None:
    click.echo(f"Error: {for_terminal(error)}", err=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the terminal's command and exits: 0 when it was met, 1 when it could not be, 2 on wrong usage."""
    load_dotenv()
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream: Any = getattr(sys, name) or _nowhere(mode)
        # A pipe may bring any bytes, and a terminal may know few letters: neither is worth a crash.
        stream.reconfigure(encoding="utf-8", errors="replace")
        setattr(sys, name, stream)
    try:
        try:
            cli.main(arguments, prog_name="footnote")
        finally:
            sys.stdout.flush()
    except OSError as error:
        _end_without_output(error)


def _nowhere(mode: str) -> Any:
    """A stream in place of one that was closed, for as long as the program runs."""
    stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115  # closed at exit
    atexit.register(stream.close)
    return stream


def _end_without_output(error: OSError) -> NoReturn:
    """What could not be written will not be written at the end either."""
    sys.stdout = _nowhere("w")  # what is left of the other would be tried again at the end
    click.echo(f"Error: {error.strerror or error}.", err=True)
    sys.exit(1)
