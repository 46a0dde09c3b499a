"""What the library says -> what a person reads in a terminal, 80 columns wide."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from bot.replies.terminal import Terminal
from corpus.article import Answer, Article, ArticleInfo, CheckReport, Quote, Span, Summary
from corpus.evaluate import Abstention, Retrieval
from corpus.reading import Reading

FIRST = "The ferry stops in March. It has run since 1911. Nobody has applied."
SECOND = "A bridge is dear. The ferry was cheap. So it goes."
INFO = ArticleInfo(
    id="ferry",
    title="The last ferry",
    url="https://post.example/ferry",
    publisher="Harbour Post",
    published=date(2020, 7, 2),
    language="en",
    n_words=12,
)
OTHER = replace(INFO, id="bridge", title="A bridge at last", publisher=None, published=None, url=None)
LINK = "https://post.example/ferry#:~:text=It%20has%20run"


def a_quote(
    text: str = FIRST, article: ArticleInfo = INFO, answer: str = "", link: str | None = LINK
) -> Quote:
    start = text.index(answer)
    return Quote(
        article=article,
        number=1,
        start=0,
        text=text,
        position=0,
        sentences=(Span(0, len(text)),),
        answer=Span(start, start + len(answer or text)),
        highlights=(),
        score=2.0,
        coverage=1.0,
        link=link,
    )


BEST = a_quote(answer="It has run since 1911.")
NEXT = a_quote(SECOND, OTHER, answer="The ferry was cheap.", link=None)
ANSWER = Answer(
    question="Since when does the ferry run?",
    status="found",
    confidence=1.9,
    quotes=(BEST, NEXT),
    numbers=(1, 2),
    language="en",
    held_words=("ferry",),
    missed_words=("quay", "boat"),
    unknown_words=("boat",),
    took_ms=3.4,
    n_articles=12,
)
FERRY = Article(
    id="ferry", title="The last ferry", text=f"{FIRST}\n\nNo crew\n\n{SECOND}", n_words=12, language="en"
)


class Screen:
    """A terminal of our own: what was written to it is `text`."""

    def __init__(self, width: int = 80, *, has_colours: bool = False) -> None:
        self._file = io.StringIO()
        console = Console(file=self._file, width=width, force_terminal=has_colours, legacy_windows=False)
        self.shows = Terminal(console)

    @property
    def text(self) -> str:
        return self._file.getvalue()

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self.text.splitlines()]

    @property
    def words(self) -> str:
        """All of it in one line, the bars of quotations left out."""
        return " ".join(self.text.replace("▌", " ").split())


def bold(text: str) -> list[str]:
    return re.findall(r"\x1b\[1(?:;3\d)?m([^\x1b]*)", text)


def underlined(text: str) -> list[str]:
    return re.findall(r"\x1b\[(?:1;)?4(?:;3\d)?m([^\x1b]*)", text)


@pytest.fixture
def screen() -> Screen:
    return Screen()


# --- when there is little to say


def test_an_empty_library_says_so_and_how_to_fill_it(screen: Screen) -> None:
    screen.shows.answer(replace(ANSWER, status="nothing", quotes=(), numbers=(), n_articles=0))
    assert "The library has no articles yet." in screen.words
    assert "import --starter" in screen.words


def test_a_question_that_finds_nothing_is_quoted_with_advice(screen: Screen) -> None:
    screen.shows.answer(replace(ANSWER, status="nothing", quotes=(), numbers=()))
    assert screen.lines == [
        "No passage matches “Since when does the ferry run?”. Try fewer or other words.",
        "12 articles searched in 3 ms",
    ]


def test_a_weak_match_says_which_words_were_found_and_which_were_not(screen: Screen) -> None:
    screen.shows.answer(replace(ANSWER, status="weak"))
    assert "Weak match: only ferry was found, not quay or boat." in screen.lines


def test_a_weak_match_of_all_words_names_none_that_is_missing(screen: Screen) -> None:
    screen.shows.answer(replace(ANSWER, status="weak", held_words=("ferry", "quay"), missed_words=()))
    assert "Weak match: only ferry and quay were found." in screen.lines


def test_an_answer_that_was_found_has_no_note_of_doubt(screen: Screen) -> None:
    screen.shows.answer(ANSWER)
    assert "Weak" not in screen.text


# --- an answer


def test_the_best_passage_is_shown_whole_and_another_as_its_answering_sentence(screen: Screen) -> None:
    screen.shows.answer(ANSWER)
    assert [line for line in screen.lines if line.startswith("▌")] == [f"▌ {FIRST}", "▌ The ferry was cheap."]


def test_the_question_stands_above_its_answer(screen: Screen) -> None:
    screen.shows.answer(ANSWER)
    assert screen.lines[0] == "Since when does the ferry run?"


def test_under_a_passage_stand_its_publisher_its_date_its_title_and_its_address(screen: Screen) -> None:
    screen.shows.answer(ANSWER)
    at = screen.lines.index(f"▌ {FIRST}")
    assert screen.lines[at + 1 : at + 4] == [
        "1  Harbour Post · 2 July 2020",
        "The last ferry",
        "https://post.example/ferry",
    ]


def test_of_an_article_without_publisher_date_or_address_the_title_is_left(screen: Screen) -> None:
    screen.shows.answer(ANSWER)
    at = screen.lines.index("▌ The ferry was cheap.")
    assert screen.lines[at + 1 : at + 3] == ["2  No publisher", "A bridge at last"]


def test_the_second_passage_of_an_article_says_that_it_is_the_same(screen: Screen) -> None:
    screen.shows.answer(replace(ANSWER, quotes=(BEST, replace(BEST, number=2))))
    assert "2  Harbour Post · same article" in screen.lines


def test_the_title_is_a_link_to_the_passage_where_the_terminal_has_links() -> None:
    screen = Screen(has_colours=True)
    screen.shows.answer(ANSWER)
    assert f";{LINK}\x1b\\" in screen.text


@pytest.mark.parametrize(
    ("n_shown", "n_matches", "said"),
    [
        (1, 1, "1 passage, word for word"),
        (1, 12, "Passage 1 of 12, word for word"),
        (2, 12, "Passages 1–2 of 12, word for word"),
    ],
)
def test_the_last_line_says_how_many_passages_there_are(
    screen: Screen, n_shown: int, n_matches: int, said: str
) -> None:
    screen.shows.answer(replace(ANSWER, quotes=(BEST, NEXT)[:n_shown], numbers=tuple(range(n_matches))))
    assert screen.lines[-1] == f"{said} · 12 articles searched in 3 ms"


def test_a_passage_is_wrapped_behind_its_bar(screen: Screen) -> None:
    screen.shows.answer(replace(ANSWER, quotes=(a_quote(f"{FIRST} " * 4),)))
    quoted = [line for line in screen.lines if line.startswith("▌")]
    assert len(quoted) > 3
    assert max(map(len, screen.lines)) <= 80


def test_the_answering_sentence_is_bold_within_its_passage() -> None:
    screen = Screen(has_colours=True)
    screen.shows.answer(ANSWER)
    assert bold(screen.text) == ["Since when does the ferry run?", "It has run since 1911."]


def test_only_the_bar_of_a_quotation_has_a_colour() -> None:
    screen = Screen(has_colours=True)
    screen.shows.answer(ANSWER)
    assert "\x1b[34m▌ \x1b[0m" in screen.text


def test_the_question_s_words_are_underlined_in_the_answering_sentence() -> None:
    screen = Screen(has_colours=True)
    screen.shows.answer(replace(ANSWER, quotes=(replace(BEST, highlights=(Span(4, 9), Span(33, 36))),)))
    assert underlined(screen.text) == ["run"]


def test_in_a_weak_match_the_question_s_words_are_underlined_wherever_they_stand() -> None:
    screen = Screen(has_colours=True)
    quote = replace(BEST, highlights=(Span(4, 9), Span(33, 36)))
    screen.shows.answer(replace(ANSWER, status="weak", quotes=(quote,)))
    assert underlined(screen.text) == ["ferry", "run"]


# --- text is shown as it is


MARKUP = "[bold]x[/bold] [link=https://evil.example]y[/] [/] :smile: \\[z]"


def test_markup_in_a_passage_is_text(screen: Screen) -> None:
    screen.shows.answer(replace(ANSWER, quotes=(a_quote(MARKUP),)))
    assert f"▌ {MARKUP}" in screen.lines


def test_markup_in_a_title_and_a_publisher_is_text(screen: Screen) -> None:
    odd = replace(INFO, title=MARKUP, publisher="[red]Post[/red]")
    screen.shows.answer(replace(ANSWER, quotes=(a_quote(article=odd),)))
    assert "1  [red]Post[/red] · 2 July 2020" in screen.lines
    assert MARKUP in screen.lines


def test_markup_in_a_question_is_text(screen: Screen) -> None:
    screen.shows.answer(replace(ANSWER, question=MARKUP))
    assert screen.lines[0] == MARKUP


def test_markup_in_a_question_that_finds_nothing_is_text(screen: Screen) -> None:
    screen.shows.answer(replace(ANSWER, question="[bold]x[/bold]", status="nothing", quotes=(), numbers=()))
    assert "[bold]x[/bold]" in screen.text


def test_markup_in_a_list_of_articles_is_text(screen: Screen) -> None:
    screen.shows.articles([replace(INFO, id="[i]d", title="[bold]x[/bold]", publisher="[red]P[/]")])
    assert "[i]d  [bold]x[/bold]  [red]P[/]" in screen.lines[1]


def test_markup_in_an_article_is_text(screen: Screen) -> None:
    screen.shows.article(replace(FERRY, title="[red]", text=MARKUP))
    assert (screen.lines[0], screen.lines[-1]) == ("[red]", MARKUP)


ESCAPE = "\x1b]0;owned\x07\x1b[2J"


def test_an_escape_sequence_in_a_passage_does_not_reach_the_terminal(screen: Screen) -> None:
    screen.shows.answer(replace(ANSWER, quotes=(a_quote(f"The ferry {ESCAPE} stops."),)))
    assert "\x1b" not in screen.text


def test_an_escape_sequence_in_a_file_s_name_does_not_reach_the_terminal(screen: Screen) -> None:
    screen.shows.added(f"fer{ESCAPE}ry.txt", FERRY, Reading(FERRY, ()), 2)
    assert "\x1b" not in screen.text


# --- any width


@pytest.mark.parametrize("width", [3, 5, 12, 20, 40, 200])
def test_a_narrow_terminal_loses_no_word(width: int) -> None:
    screen = Screen(width)
    screen.shows.answer(ANSWER)
    assert "".join(FIRST.split()) in "".join(screen.words.split())


@pytest.mark.parametrize("width", [0, 1, 2])
def test_a_terminal_of_no_width_loses_no_word(width: int) -> None:
    screen = Screen(width)
    screen.shows.answer(ANSWER)
    assert "".join(FIRST.split()) in "".join(screen.words.split())


def test_a_wide_letter_is_shown_in_three_columns() -> None:
    screen = Screen(3)
    screen.shows.answer(replace(ANSWER, quotes=(a_quote("港"),)))
    assert "港" in screen.text


def test_a_list_of_articles_shows_the_titles_in_a_narrow_terminal() -> None:
    screen = Screen(20)
    screen.shows.articles([replace(INFO, id="abc234", title="Quay")])
    assert "Quay" in screen.text


@settings(deadline=None)
@given(
    text=st.text(st.characters(exclude_categories=["C"]), min_size=1).filter(str.strip),
    width=st.integers(4, 120),
)
def test_every_letter_of_a_passage_is_shown(text: str, width: int) -> None:
    screen = Screen(width)
    screen.shows.answer(replace(ANSWER, quotes=(a_quote(text),)))
    assert "".join(text.split()).replace("▌", "") in "".join(screen.words.split())


# --- articles


def test_no_articles_are_said_to_be_none(screen: Screen) -> None:
    screen.shows.articles([])
    assert screen.lines == ["No article."]


def test_articles_are_a_table_of_id_title_publisher_and_date(screen: Screen) -> None:
    screen.shows.articles([INFO, OTHER])
    assert [line.split() for line in screen.lines] == [
        ["id", "title", "publisher", "date"],
        ["ferry", "The", "last", "ferry", "Harbour", "Post", "2020-07-02"],
        ["bridge", "A", "bridge", "at", "last"],
        ["2", "articles,", "newest", "first"],
    ]


def test_one_article_is_one(screen: Screen) -> None:
    screen.shows.articles([INFO])
    assert screen.lines[-1] == "1 article, newest first"


def test_a_long_title_is_wrapped_and_not_cut(screen: Screen) -> None:
    title = " ".join(["ferry"] * 30)
    screen.shows.articles([replace(INFO, title=title)])
    assert screen.text.count("ferry") == 31


def test_an_article_is_shown_whole_with_what_is_known_of_it(screen: Screen) -> None:
    screen.shows.article(
        replace(FERRY, publisher="Harbour Post", author="Ada Berg", published=date(2020, 7, 2))
    )
    assert screen.lines == [
        "The last ferry",
        "Harbour Post · 2 July 2020 · by Ada Berg · 12 words · en · ferry",
        "",
        FIRST,
        "",
        "No crew",
        "",
        SECOND,
    ]


def test_what_is_not_known_of_an_article_is_said_to_be_so(screen: Screen) -> None:
    screen.shows.article(FERRY)
    assert screen.lines[1] == "no publisher found · no date found · 12 words · en · ferry"


def test_a_heading_is_bold() -> None:
    screen = Screen(has_colours=True)
    at = FERRY.text.index("No crew")
    screen.shows.article(replace(FERRY, headings=(Span(at, at + 7),)))
    assert "\x1b[1mNo crew\x1b[0m" in screen.text


def test_what_was_added_is_shown_with_its_id_and_what_was_left_out(screen: Screen) -> None:
    screen.shows.added("ferry.txt", FERRY, Reading(FERRY, ("Home", "Share this")), 2)
    assert screen.lines == [
        "Added The last ferry  (ferry)",
        "no publisher found · no date found · 2 paragraphs, 12 words · en · from",
        "ferry.txt",
        "Left out, as not of the article (2 lines):",
        "  Home",
        "  Share this",
    ]


def test_of_many_lines_left_out_the_first_ten_are_shown(screen: Screen) -> None:
    screen.shows.added("f", FERRY, Reading(FERRY, tuple(f"line {n}" for n in range(13))), 2)
    assert screen.lines[-2:] == ["  line 9", "  … and 3 more"]


def test_a_long_line_left_out_is_cut(screen: Screen) -> None:
    screen.shows.added("f", FERRY, Reading(FERRY, ("word " * 100,)), 2)
    assert screen.words.endswith("word word…")


def test_where_nothing_was_left_out_nothing_is_said_of_it(screen: Screen) -> None:
    screen.shows.added("f", FERRY, Reading(FERRY, ()), 2)
    assert "Left out" not in screen.text


def test_each_removed_article_is_named(screen: Screen) -> None:
    screen.shows.removed([INFO, OTHER])
    assert screen.lines == ["Removed The last ferry  (ferry)", "Removed A bridge at last  (bridge)"]


# --- a summary


def test_a_summary_shows_its_sentences_and_how_much_they_stand_for(screen: Screen) -> None:
    screen.shows.summary(Summary(FERRY, (Span(0, 25), Span(26, 48)), 1.0))
    assert screen.lines == [
        "The last ferry",
        "no publisher found · no date found",
        "",
        "▌ The ferry stops in March.",
        "▌ It has run since 1911.",
        "",
        "2 sentences, word for word, of 12 words",
    ]


@pytest.mark.parametrize(
    ("n_words", "said"), [(239, "of 239 words"), (240, "saves 1 minute"), (700, "saves 3 minutes")]
)
def test_a_summary_says_how_many_whole_minutes_of_reading_it_saves(
    screen: Screen, n_words: int, said: str
) -> None:
    long = replace(FERRY, text=" ".join(["ferry"] * n_words), n_words=n_words)
    screen.shows.summary(Summary(long, (Span(0, 59),), 1.0))
    assert screen.lines[-1].endswith(said)


# --- work done


@pytest.mark.parametrize(
    ("counts", "n_failed", "said"),
    [
        (Counter(), 0, "Done: no articles."),
        (Counter(added=1200), 0, "Done: 1,200 added."),
        (Counter(skipped=3, added=1, replaced=2), 4, "Done: 1 added, 2 replaced, 3 skipped, 4 failed."),
    ],
)
def test_an_import_says_what_became_of_the_articles(
    screen: Screen, counts: Counter[str], n_failed: int, said: str
) -> None:
    screen.shows.imported(counts, n_failed, was_stopped=False)
    assert screen.lines == [said]


def test_an_import_that_was_stopped_says_how_to_go_on(screen: Screen) -> None:
    screen.shows.imported(Counter(added=50), 0, was_stopped=True)
    assert screen.lines == [
        "Stopped: 50 added.",
        "What is in stays in; run the same command again to go on.",
    ]


@pytest.mark.parametrize(
    ("n_articles", "said"),
    [(1, "1 article written to a.jsonl."), (1200, "1,200 articles written to a.jsonl.")],
)
def test_an_export_says_how_many_articles_are_where(screen: Screen, n_articles: int, said: str) -> None:
    screen.shows.exported(n_articles, "a.jsonl")
    assert screen.lines == [said]


def test_a_sound_library_is_said_to_be_in_order(screen: Screen) -> None:
    screen.shows.check(CheckReport(12, 1200))
    assert screen.lines == ["12 articles with 1,200 passages.", "Everything is in order."]


@pytest.mark.parametrize(
    ("mended", "said"),
    [(1, "All of it is mended."), (0, "Not all of it could be mended: restore library.db from a backup.")],
)
def test_each_problem_is_named_and_whether_it_is_mended(screen: Screen, mended: int, said: str) -> None:
    screen.shows.check(CheckReport(12, 120, ("The passages of “Ferry” did not fit.",), mended))
    assert screen.lines[1:] == ["  The passages of “Ferry” did not fit.", said]


def test_figures_of_retrieval_are_named_and_aligned(screen: Screen) -> None:
    screen.shows.retrieval(Retrieval(1200, 0.75, 0.9, 0.8123, 0.5, 1.234, 9.876))
    assert screen.lines == [
        "questions                 1,200",
        "R@1                       0.7500",
        "R@3                       0.9000",
        "MRR@10                    0.8123",
        "answering sentence right  0.5000",
        "ms, median · 99 %         1.23 · 9.88",
    ]


def test_figures_of_abstention_are_named_and_aligned(screen: Screen) -> None:
    screen.shows.abstention(Abstention(10, 12, 0.9812, 0.75, 0.9, 0.1))
    assert screen.lines[2:] == [
        "AUROC                          0.9812",
        "refused at 5 % false refusals  0.7500",
        "called found, with · without   0.9000 · 0.1000",
    ]
