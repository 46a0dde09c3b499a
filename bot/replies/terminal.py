"""What the library says -> what a person reads in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.replies import words

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence

    from bot.backup import Backup
    from bot.doctor import Finding
    from corpus.article import (
        Answer,
        Article,
        ArticleInfo,
        CheckReport,
        Digest,
        Quote,
        SameStory,
        Statement,
        Summary,
        Twin,
    )
    from corpus.evaluate import Abstention, Retrieval
    from corpus.reading import Reading

_BAR = Style(color="blue")
_WEAK_BAR = Style(color="yellow")
_ASIDE = Style(dim=True)
_MARK = Style(underline=True)
_MOST_MARKS = 3
_NARROWEST = 20
_CONTROL = regex.compile(r"[\p{Cc}--[\n\t]]", regex.VERSION1)
_MOST_LEFT_OUT = 10
_MOST_TWINS = 10


class Terminal:
    """Writes to one console. Article text is shown as it is: no markup is read in it."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False, markup=False, emoji=False)
        if self._console.width < _NARROWEST:
            self._console.width = _NARROWEST

    # --- answers

    def answer(self, found: Answer, nearest: Sequence[ArticleInfo] = ()) -> None:
        """*nearest* are the articles to look at where nothing was found."""
        if found.status == "nothing":
            self._nothing(found, nearest)
            return
        self._print(Text(found.question, style="bold"))
        for typed, read_as in found.replaced_words:
            self._aside(f"{typed} was read as {read_as}.")
        for phrase in found.missing_phrases:
            self._aside(f"No passage has “{phrase}” word for word; its words were searched.")
        if found.is_newest_first:
            self._aside("The newest comes first.")
        if found.status == "weak" and (found.missed_words or not found.missing_phrases):
            self._aside(_weak_note(found))
        self._print()
        for number, quote in enumerate(found.quotes, 1):
            self._quote(quote, is_best=number == 1, is_weak=found.status == "weak")
            self._citation(quote, number, found.quotes[: number - 1])
            self._print()
        self._aside(f"{_shown(len(found.quotes), found.matches)}, word for word · {_searched(found)}")

    def _nothing(self, found: Answer, nearest: Sequence[ArticleInfo]) -> None:
        if not found.n_articles:
            self._print("The library has no articles yet.")
            self._aside("Add some with “python bot.py add FILE”, or “python bot.py import --starter”.")
            return
        self._print(f"No passage matches “{found.question}”. Try fewer or other words.")
        if nearest:
            self._print("Nearest titles:")
        for info in nearest:
            self._print(Text.assemble("  ", info.title, (f"  ({info.id})", _ASIDE)))
        self._aside(_searched(found))

    def _quote(self, quote: Quote, *, is_best: bool, is_weak: bool) -> None:
        """The best passage whole, any other as its answering sentence."""
        text = Text(quote.text)
        start, end = quote.answer
        is_part = (start, end) != (0, len(quote.text))
        if is_best and is_part and not is_weak:
            text.stylize("bold", start, end)
        marks = [span for span in quote.highlights if is_weak or (start <= span.start and span.end <= end)]
        for mark in marks[:_MOST_MARKS]:
            text.stylize(_MARK, *mark)
        self._barred(text if is_best else text[start:end], _WEAK_BAR if is_weak else _BAR)

    def _citation(self, quote: Quote, number: int, before: Sequence[Quote]) -> None:
        info = quote.article
        line = Text.assemble((f"{number}  {info.publisher or 'No publisher'}", "bold"), style=_ASIDE)
        if any(other.article.id == info.id for other in before):
            line.append(" · same article")
        else:
            line.append(f" · {words.day(info.published)}\n" if info.published else "\n")
            line.append(info.title, Style(link=quote.link) if quote.link else "")
            if quote.link and not self._console.is_terminal:
                line.append(f"\n{info.url}")
        self._print(line)

    # --- articles

    def added(
        self,
        name: str,
        stored: Article,
        reading: Reading,
        n_paragraphs: int,
        elsewhere: SameStory | None = None,
    ) -> None:
        self._print(Text.assemble("Added ", (stored.title, "bold"), f"  ({stored.id})"))
        self._aside(
            f"{_facts(stored)} · {words.count(n_paragraphs, 'paragraph')}, "
            f"{words.count(stored.n_words, 'word')} · {stored.language}"
            f" · from {name}"
        )
        if elsewhere:
            self._aside(_told_before(elsewhere))
        if reading.left_out:
            self._aside(f"Left out, as not of the article ({len(reading.left_out)} lines):")
            for line in reading.left_out[:_MOST_LEFT_OUT]:
                self._aside(f"  {_shortened(line)}")
            if len(reading.left_out) > _MOST_LEFT_OUT:
                self._aside(f"  … and {len(reading.left_out) - _MOST_LEFT_OUT} more")

    def articles(self, infos: Sequence[ArticleInfo]) -> None:
        if not infos:
            self._print("No article.")
            return
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for heading in ("id", "title", "publisher", "date"):
            is_short = heading in {"id", "date"}
            table.add_column(
                heading,
                header_style=_ASIDE,
                overflow="fold",
                no_wrap=is_short,
                min_width=None if is_short else _NARROWEST // 2,
            )
        for info in infos:
            title = Text(info.title, Style(link=info.url) if info.url else "")
            day = info.published.isoformat() if info.published else ""
            table.add_row(Text(info.id), title, Text(info.publisher or ""), day)
        self._console.print(table)
        self._aside(f"{len(infos):,} {'article' if len(infos) == 1 else 'articles'}, newest first")

    def article(self, shown: Article) -> None:
        self._print(Text(shown.title, Style(bold=True, link=shown.url)))
        self._aside(f"{_facts(shown)} · {shown.n_words:,} words · {shown.language} · {shown.id}")
        if shown.url:
            self._aside(shown.url)
        self._print()
        text = Text(shown.text)
        for heading in shown.headings:
            text.stylize("bold", *heading)
        self._print(text)

    def removed(self, infos: Iterable[ArticleInfo]) -> None:
        for info in infos:
            self._print(Text.assemble("Removed ", (info.title, "bold"), f"  ({info.id})"))

    def summary(self, made: Summary) -> None:
        article = made.article
        self._print(Text(article.title, Style(bold=True, link=article.url)))
        self._aside(_facts(article))
        self._print()
        quote = made.key_quote
        said = [span for span in made.spans if quote is None or span != quote.span]
        for number, (start, end) in enumerate(said):
            is_first = not number and not made.is_whole
            self._barred(Text(" ".join(article.text[start:end].split()), "bold" if is_first else ""), _BAR)
        if quote:
            self._print()
            self._barred(Text(" ".join(article.text[slice(*quote.span)].split())), _BAR)
            self._aside(quote.speaker)
        self._print()
        self._aside(words.footer(made))

    def digest(self, made: Digest) -> None:
        if not made.statements:
            period = f" since {words.day(made.since)}" if made.since else ""
            on = f"No article is on “{made.topic}”" if made.topic else "Nothing is new"
            self._print(f"{on}{period}.")
            return
        self._print(Text(made.topic or "What is new", style="bold"))
        self._aside(words.articles_since(made.n_articles, made.since))
        for number, said in enumerate(made.statements):
            self._print()
            self._barred(Text(" ".join(said.text.split()), style="" if number else "bold"), _BAR)
            self._sources(said)
        self._print()
        self._aside(words.order_of(made))

    def _sources(self, said: Statement) -> None:
        """Who says so, each with its link; the addresses too where a link cannot be clicked."""
        line = Text(words.reported_by(len(said.said_by)), style=_ASIDE)
        for number, info in enumerate(said.said_by):
            url = info.url if number else said.link
            line.append(", " if number else "")
            line.append(info.publisher or info.title, Style(link=url) if url else "")
        if not self._console.is_terminal:
            for info in said.said_by:
                line.append(f"\n{info.url}" if info.url else "")
        self._print(line)

    # --- work done

    def imported(
        self, counts: Counter[str], n_failed: int, twins: Sequence[Twin] = (), *, was_stopped: bool
    ) -> None:
        parts = [
            f"{counts[change]:,} {change}" for change in ("added", "replaced", "skipped") if counts[change]
        ]
        parts += [f"{n_failed:,} failed"] if n_failed else []
        self._print(f"{'Stopped' if was_stopped else 'Done'}: {', '.join(parts) or 'no articles'}.")
        if was_stopped:
            self._aside("What is in stays in; run the same command again to go on.")
        for twin in twins[:_MOST_TWINS]:
            self._aside(f"“{twin.article.title}” ({twin.article.id}): {_told_before(twin.told)}")
        if len(twins) > _MOST_TWINS:
            self._aside(f"… and {len(twins) - _MOST_TWINS:,} more whose story was there already.")

    def exported(self, n_articles: int, name: str) -> None:
        self._print(f"{n_articles:,} {'article' if n_articles == 1 else 'articles'} written to {name}.")

    def check(self, report: CheckReport) -> None:
        n_articles, n_passages = (
            words.count(report.n_articles, "article"),
            words.count(report.n_passages, "passage"),
        )
        self._print(f"{n_articles} with {n_passages}.")
        for problem in report.problems:
            self._print(f"  {problem}")
        if not report.problems:
            self._print("Everything is in order.")
        elif report.mended == len(report.problems):
            self._print("All of it is mended.")
        else:
            self._print("Not all of it could be mended: restore library.db from a backup.")

    def backed_up(self, made: Backup) -> None:
        what = words.count(made.n_databases, "database")
        self._console.print(
            f"Backed up {what}, {made.n_bytes / 1_000_000:,.1f} MB, to {made.folder}.", soft_wrap=True
        )

    def findings(self, found: Sequence[Finding]) -> None:
        for finding in found:
            self._console.print(f"{'✓' if finding.is_ok else '✗'} {finding.sentence}", soft_wrap=True)

    def retrieval(self, measured: Retrieval) -> None:
        self._figures(
            {
                "questions": f"{measured.n_questions:,}",
                "R@1": f"{measured.recall_at_1:.4f}",
                "R@3": f"{measured.recall_at_3:.4f}",
                "MRR@10": f"{measured.mrr_at_10:.4f}",
                "answering sentence right": f"{measured.answering_sentence:.4f}",
                "ms, median · 99 %": f"{measured.p50_ms:.2f} · {measured.p99_ms:.2f}",
            }
        )

    def abstention(self, measured: Abstention) -> None:
        self._figures(
            {
                "questions with their article": f"{measured.n_present:,}",
                "questions without": f"{measured.n_absent:,}",
                "AUROC": f"{measured.auroc:.4f}",
                "refused at 5 % false refusals": f"{measured.refused_at_5:.4f}",
                "called found, with · without": f"{measured.present_found:.4f} · {measured.absent_found:.4f}",
            }
        )

    # --- inside

    def _figures(self, rows: dict[str, str]) -> None:
        width = max(map(len, rows))
        for name, value in rows.items():
            self._print(f"{name:<{width}}  {value}")

    def _barred(self, text: Text, bar: Style) -> None:
        """*text* behind a bar, as a quotation."""
        for line in text.wrap(self._console, max(_NARROWEST, self._console.width) - 2):
            self._print(Text.assemble(("▌ ", bar), line))

    def _aside(self, line: str) -> None:
        self._print(Text(line, style=_ASIDE))

    def _print(self, content: Text | str = "") -> None:
        text = content if isinstance(content, Text) else Text(content)
        # Whatever it is, no escape sequence of an article or of a file's name is obeyed.
        text.plain = _CONTROL.sub("�", text.plain)
        self._console.print(text)


def _facts(info: ArticleInfo) -> str:
    day = words.day(info.published) if info.published else "no date found"
    by = f" · by {info.author}" if info.author else ""
    return f"{info.publisher or 'no publisher found'} · {day}{by}"


def _weak_note(found: Answer) -> str:
    known, unknown = _listed(found.held_words, "and"), _listed(found.missed_words, "or")
    was = "was" if len(found.held_words) == 1 else "were"
    return f"Weak match: only {known} {was} found{f', not {unknown}' if unknown else ''}."


def _listed(names: Sequence[str], last: str) -> str:
    """a · a and b · a, b and c."""
    return f" {last} ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _shown(n_shown: int, n_matches: int) -> str:
    if n_matches <= 1:
        return "1 passage"
    return f"Passage 1 of {n_matches}" if n_shown == 1 else f"Passages 1–{n_shown} of {n_matches}"


def _searched(found: Answer) -> str:
    articles = "article" if found.n_articles == 1 else "articles"
    return f"{found.n_articles:,} {articles} searched in {found.took_ms:.0f} ms"


def _told_before(told: SameStory) -> str:
    other = f"“{told.article.title}” ({told.article.id})"
    if told.is_same_outlet:
        return f"it is another version of {other}; “remove” and an id takes one of them out."
    outlet = told.article.publisher or "Another outlet"
    return f"{outlet} tells the same story: {other}. An answer shows what both say once."


def _shortened(line: str, limit: int = 90) -> str:
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
