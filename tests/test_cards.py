"""All other cards, from hostile articles: Discord takes them, they ping nobody and quote exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import errors as bot_errors
from bot.replies import about, articles, errors, privacy, sources, summaries
from bot.server_settings import DEFAULT
from bot.state import Draft
from bot.views.article import Search, list_card
from corpus import errors as corpus_errors
from corpus import passages, reading, starter
from corpus.article import Article, ArticleInfo, KeyQuote, Quote, Source, Sources, Span, Summary
from corpus.library import Library, summarise
from tests import hostile
from tests.conftest import GUILD_ID
from tests.discord_limits import components, copied, foreign, labels, lines_of, refused, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    import simcord
    from discord import ui

    from corpus.summary import Length

SOME = settings(max_examples=20, deadline=None)
OWNER = 2**63 - 1
"""The largest id that Discord could give a user."""
URL = "https://news.example/1"
LONG_URL = "https://news.example/" + "a" * 2_000
COMMANDS = {
    name: f"</{name}:1234567890123456789>"
    for name in (
        "ask", "summary", "digest", "articles", "help", "privacy", "add", "library info", "library edit",
        "library refresh", "library remove", "library stats", "library export", "library clear", "settings",
    )
}  # fmt: skip
LENGTHS = st.sampled_from(summaries.LENGTHS)


@st.composite
def hostile_articles(draw: st.DrawFn, urls: st.SearchStrategy[str | None] = hostile.addresses) -> Article:
    text = draw(hostile.texts)
    return Article(
        id=draw(hostile.ids),
        title=draw(hostile.names) or passages.opening(text),
        text=text,
        url=draw(urls),
        publisher=draw(hostile.names) or None,
        author=draw(hostile.names) or None,
        published=draw(st.sampled_from([None, date(2020, 7, 2)])),
        language=draw(st.sampled_from(["en", "zh", "ar", "und"])),
        added=datetime(2020, 7, 3, tzinfo=UTC),
        n_words=draw(st.integers(0, 2_000_000)),
    )


def article_of(text: str = "The harbour was closed on Monday.", **facts: Any) -> Article:
    return Article(**{"id": "abc234", "title": "Harbour", "text": text, "language": "en", **facts})


def draft_of(article: Article, *, warning: str = "", replaces: str | None = None) -> Draft:
    return Draft("Rtbz0KWq-_aB", OWNER, article, replaces, warning)


# --- the cards of one article


def cards_of(article: Article) -> Iterator[tuple[str, ui.LayoutView]]:
    """Each card that an article has but its pages and its summary, by name."""
    yield "preview", articles.preview(draft_of(article))
    yield "changes", articles.preview(draft_of(article, replaces=article.id, warning="only 3 words."))
    yield "added", articles.added(article, 3)
    yield "changed", articles.changed(article)
    yield "about", articles.about(article, 3, can_manage=True)
    yield "remove", articles.confirm_removal(article)
    yield "removed", articles.removed([article])


@SOME
@given(hostile_articles())
def test_discord_takes_each_card_of_an_article(article: Article) -> None:
    found = {name: refused(view) for name, view in cards_of(article)}
    assert {name: reasons for name, reasons in found.items() if reasons} == {}


@SOME
@given(hostile_articles())
def test_no_card_of_an_article_pings_or_links_in_its_text(article: Article) -> None:
    found = {name: foreign(view) for name, view in cards_of(article) if name != "about"}
    assert {name: things for name, things in found.items() if things} == {}


@SOME
@given(hostile_articles())
def test_what_is_known_of_an_article_holds_no_more_than_our_own_time_and_id(article: Article) -> None:
    found = foreign(articles.about(article, 3, can_manage=True))
    assert [thing.split()[0] for thing in found] == ["timestamp", "code"]


@SOME
@given(hostile_articles())
def test_what_is_copied_from_a_preview_is_how_the_text_begins(article: Article) -> None:
    [opening] = copied(articles.preview(draft_of(article)))
    assert article.text.startswith(opening.removesuffix("…"))
    assert len(opening) >= min(len(article.text), 150)


def test_a_preview_leaves_the_headline_out() -> None:
    article = article_of("Harbour closed\n\nIt was a storm.", headings=(Span(0, 14),))
    assert copied(articles.preview(draft_of(article))) == ["It was a storm."]


def test_a_preview_ends_with_a_sentence() -> None:
    text = "The harbour was closed on Monday because of a storm that came from the north. " * 5
    [opening] = copied(articles.preview(draft_of(article_of(text))))
    assert opening.endswith("from the north.")


def test_a_preview_says_what_was_not_found() -> None:
    facts = texts(articles.preview(draft_of(article_of())))[0].split("\n")[2]
    assert facts == "no publisher found · no date found · no author found"


def test_a_preview_shows_its_warning_directly_above_the_buttons() -> None:
    view = articles.preview(draft_of(article_of(), warning="only 6 words could be read."))
    assert texts(view)[-1] == "**Before you add it:** only 6 words could be read."


@pytest.mark.parametrize(("replaces", "words"), [(None, "Add"), ("abc234", "Save")])
def test_a_preview_says_what_its_first_button_does(replaces: str | None, words: str) -> None:
    assert labels(articles.preview(draft_of(article_of(), replaces=replaces)))[0] == words


def test_an_article_without_a_title_has_no_empty_heading_in_its_preview() -> None:
    article = reading.read(b"The harbour was closed on Monday because of a storm.", "The text").article
    assert "### " not in texts(articles.preview(draft_of(article)))[0].split("\n")


def test_a_pasted_text_without_a_title_keeps_its_first_sentence() -> None:
    pasted = (
        "The ferry to Norderney was cancelled on Tuesday because of fog.\n\n"
        "The harbour master said that 300 passengers spent the night in the school. Tea was brought."
    )
    assert "because of fog" in reading.read(pasted.encode(), "The text").article.text


def test_a_title_that_ends_with_a_full_stop_gets_no_second_one() -> None:
    shown = lines_of(articles.added(article_of(title="It was closed."), 1))[0].seen.text
    assert shown == "Added It was closed."


def test_only_a_manager_is_offered_to_remove_an_article() -> None:
    assert labels(articles.about(article_of(), 3, can_manage=False)) == ["Whole article", "Summary"]


# --- an article to read


def pages(article: Article) -> list[ui.LayoutView]:
    spans = articles.pages_of(article)
    return [articles.whole(article, spans, page) for page in range(len(spans))]


@SOME
@given(hostile_articles())
def test_discord_takes_each_page_of_an_article(article: Article) -> None:
    assert [reason for view in pages(article) for reason in refused(view)] == []


@SOME
@given(hostile_articles())
def test_no_page_of_an_article_pings_or_links_in_its_text(article: Article) -> None:
    assert [thing for view in pages(article) for thing in foreign(view)] == []


@SOME
@given(hostile_articles())
def test_what_is_copied_from_all_pages_is_the_article(article: Article) -> None:
    copies = "".join(words for view in pages(article) for words in copied(view))
    assert "".join(copies.split()) == "".join(article.text.split())


@pytest.mark.parametrize(
    "text",
    [
        hostile.BOMB,
        "x" * 9_000,
        "漢" * 9_000,
        "o\n" * 3_000,
        "- item\n" * 1_500,
        "Some words. " * 900,
        "\n\n\n",
    ],
)
def test_discord_takes_each_page_of_an_extreme_article(text: str) -> None:
    long = article_of(text, title=hostile.BOMB, publisher=hostile.BOMB, id="x" * 60, url=LONG_URL)
    assert [reason for view in pages(long) for reason in refused(view)] == []


def test_a_page_ends_where_a_paragraph_ends() -> None:
    paragraph = "The harbour was closed on Monday. " * 20
    article = article_of("\n\n".join(paragraph.strip() for _ in range(9)))
    assert all(words.endswith(".") for view in pages(article) for words in copied(view))


def with_headings(text: str) -> Article:
    """An article whose paragraphs without a full stop are headings."""
    starts = [place for place in range(len(text)) if text[:place].endswith("\n\n") or place == 0]
    spans = [Span(start, (text + "\n\n").index("\n\n", start)) for start in starts]
    return article_of(text, headings=tuple(one for one in spans if not text[slice(*one)].endswith(".")))


def test_no_page_ends_with_a_heading() -> None:
    paragraph = "The harbour was closed on Monday. " * 20
    article = with_headings("\n\n".join(f"Part {n}\n\nOn storms\n\n{paragraph.strip()}" for n in range(20)))
    assert len(article.headings) == 40
    assert all(words.endswith(".") for view in pages(article) for words in copied(view))


def test_headings_of_an_article_are_bold() -> None:
    [page] = pages(with_headings("A *storm*\n\nThe harbour was closed."))
    assert texts(page)[1] == "> **A \\*storm\\***\n> \n> The harbour was closed."


def test_discord_takes_an_article_of_headings_alone() -> None:
    shown = pages(with_headings("\n\n".join(["x"] * 800)))
    assert [reason for view in shown for reason in refused(view)] == []
    assert "".join(words for view in shown for words in copied(view)).count("x") == 800


def test_an_article_of_one_page_has_no_paging() -> None:
    assert labels(pages(article_of())[0]) == []


def test_back_and_next_lead_from_page_to_page() -> None:
    middle = pages(article_of("Some words. " * 900))[1]
    turns = {part["label"]: part["custom_id"] for part in components(middle) if part["type"] == 2}
    assert turns == {"Back": "a1:article:abc234:start", "Next": "a1:article:abc234:2"}


# --- a summary


@SOME
@given(hostile_articles(), LENGTHS)
def test_a_summary_pings_nobody_and_links_nowhere_in_its_text(article: Article, length: Length) -> None:
    assert foreign(summaries.summary(summarise(article, length), length, owner=OWNER)) == []


@SOME
@given(hostile_articles(), LENGTHS)
def test_discord_takes_the_summary_of_a_hostile_article(article: Article, length: Length) -> None:
    assert refused(summaries.summary(summarise(article, length), length, owner=OWNER, is_shared=True)) == []


SENTENCES = {
    "markup": "A " + "*_~`|[]<>@ " * 37 + "end.",
    "chinese": "港" * 1_900 + "。",
}


@pytest.mark.parametrize("kind", SENTENCES)
def test_discord_takes_the_summary_of_the_longest_sentences(kind: str) -> None:
    text = "".join(SENTENCES[kind] for _ in range(8))
    length = len(SENTENCES[kind])
    made = Summary(article_of(text), tuple(Span(n * length, (n + 1) * length) for n in range(8)), 1.0)
    assert refused(summaries.summary(made, "long", owner=OWNER, is_shared=True)) == []


def test_a_long_sentence_of_a_summary_is_cut_at_a_word() -> None:
    sentence = "The harbour was closed, " + "and so on, " * 400 + "and on."
    made = Summary(article_of(sentence), (Span(0, len(sentence)),), 1.0)
    shown = lines_of(summaries.summary(made, "short", owner=OWNER))[2].seen.text
    assert sentence.startswith(shown.removesuffix("…") + " ")


def test_a_long_sentence_with_an_early_space_keeps_more_than_its_first_word() -> None:
    sentence = f"据BBC {SENTENCES['chinese']}"
    made = Summary(article_of(sentence), (Span(0, len(sentence)),), 1.0)
    assert len(lines_of(summaries.summary(made, "short", owner=OWNER))[2].seen.text) > 200


def test_an_article_of_headings_alone_has_a_summary_card() -> None:
    article = article_of("Harbour closed", headings=(Span(0, 14),))
    assert refused(summaries.summary(summarise(article), "short", owner=OWNER)) == []


def test_a_summary_keeps_a_no_break_space() -> None:
    made = summarise(article_of("The harbour lost 12\u00a0million tons of goods."))
    assert any("12\u00a0million" in text for text in texts(summaries.summary(made, "short", owner=OWNER)))


def test_what_is_copied_from_a_summary_are_its_sentences() -> None:
    text = "The *harbour* was closed on Monday. After that @everyone left it. Nobody came for 3_000 years."
    made = summarise(article_of(text))
    shown = [line.seen.text for line in lines_of(summaries.summary(made, "short", owner=OWNER))]
    assert shown[2:5] == list(made.sentences)


def test_the_first_sentence_of_a_summary_is_bold() -> None:
    text = "\n\n".join(f"The harbour was closed on day {n} of the year." for n in range(5))
    made = Summary(article_of(text), (Span(0, 43), Span(45, 88)), 1.0)
    first = lines_of(summaries.summary(made, "short", owner=OWNER))[2]
    assert first.seen.marks == [("bold", "The harbour was closed on day 0 of the year")]


def test_what_is_too_short_to_be_summarised_says_so_and_shows_itself() -> None:
    made = summarise(article_of("The harbour was closed on Monday. The port was not closed at all."))
    shown = lines_of(summaries.summary(made, "short", owner=OWNER))
    assert [line.seen.text for line in shown][2:4] == list(made.sentences)
    assert shown[2].seen.marks == []
    assert shown[4].seen.text.startswith("Too short to be summarised")


def test_a_key_quote_stands_behind_a_bar_with_its_speaker_below() -> None:
    text = (
        "The harbour was closed on Monday. “The wall may fall in a storm,” said Anna Lund. Nobody was hurt."
    )
    spans = (Span(0, 33), Span(34, 81), Span(82, 98))
    made = Summary(article_of(text), spans, 1.0, KeyQuote(spans[1], "Anna Lund"), n_sentences=3, n_words=17)
    shown = texts(summaries.summary(made, "medium", owner=OWNER))
    assert shown[-3:-1] == ["> “The wall may fall in a storm,” said Anna Lund.", "-# Anna Lund"]
    assert shown[-1].startswith("-# 3 sentences, word for word, of ")


@pytest.mark.parametrize(("length", "off"), [("short", {"Shorter"}), ("medium", set()), ("long", {"Longer"})])
def test_the_button_to_a_length_that_does_not_exist_is_disabled(length: Length, off: set[str]) -> None:
    view = summaries.summary(summarise(article_of()), length, owner=OWNER)
    assert {part["label"] for part in components(view) if part["type"] == 2 and part["disabled"]} == off


def test_a_summary_for_one_person_alone_cannot_be_deleted() -> None:
    view = summaries.summary(summarise(article_of()), "short", owner=OWNER, is_private=True)
    assert "Delete" not in labels(view)


# --- the list


def listed(found: list[ArticleInfo], key: str = "newest|", first: int = 1) -> ui.LayoutView:
    return articles.listing(found, first, 1_204, "newest", key)


@SOME
@given(st.lists(hostile_articles(st.just(URL)), min_size=1, max_size=6, unique_by=lambda one: one.id))
def test_discord_takes_a_list_of_hostile_articles(found: list[ArticleInfo]) -> None:
    assert refused(listed(found)) == []


@SOME
@given(st.lists(hostile_articles(st.just(URL)), min_size=1, max_size=6, unique_by=lambda one: one.id))
def test_a_list_pings_nobody_and_links_to_its_articles_alone(found: list[ArticleInfo]) -> None:
    assert foreign(listed(found), URL) == []


@pytest.mark.parametrize("url", ["https://news.example/" + "a" * 480, LONG_URL])
def test_discord_takes_a_list_of_articles_with_long_addresses(url: str) -> None:
    found = [
        replace(article_of(), id=f"id{n}", title="x" * 10_000, publisher="x" * 10_000, url=url)
        for n in range(6)
    ]
    assert refused(listed(list(found))) == []


@SOME
@given(hostile.names, hostile.names, st.sampled_from(["newest", "oldest", "title"]))
def test_discord_takes_the_list_of_a_hostile_search(source: str, query: str, order: str) -> None:
    key = Search(order, source, query, "Rtbz0KWq-_aB").key
    view = articles.listing([article_of()], 10_000, 20_000, order, key, (source, query))
    assert refused(view) == []
    assert foreign(view, URL) == []


@pytest.mark.parametrize(("first", "shown"), [(1_199, "1,199–1,204 of 1,204"), (1_204, "1,204 of 1,204")])
def test_a_page_of_the_list_says_which_articles_it_shows(first: int, shown: str) -> None:
    found: list[ArticleInfo] = [replace(article_of(), id=f"id{n}") for n in range(first, 1_205)]
    assert f"-# {shown} · newest first" in texts(listed(found, first=first))[0]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path) as opened:
        yield opened


def test_a_list_without_an_article_says_so(library: Library) -> None:
    library.add(article_of())
    assert (
        lines_of(list_card(library, Search(query="circus"), 1, COMMANDS))[-1].seen.text
        == "No article matches."
    )


def test_a_list_is_narrowed_by_publisher_and_words(library: Library) -> None:
    for title, publisher in (("Harbour closed", "A"), ("Harbour open", "B"), ("Storm", "A")):
        library.add(Article(title=title, publisher=publisher, text=f"{title} {publisher} on a Monday."))
    view = list_card(library, Search("title", "A", "harbour"), 1, COMMANDS)
    assert [part["label"] for part in components(view)[-1]["options"]] == ["1 · Harbour closed"]


def test_a_publisher_with_a_bar_in_its_name_is_found_again(library: Library) -> None:
    library.add(Article(title="Harbour closed", publisher="News | Europe", text="It was a storm."))
    view = list_card(library, Search(source="News | Europe"), 1, COMMANDS)
    assert "No article matches." not in texts(view)[0]


@pytest.mark.parametrize("first", [0, 2, 10**17])
def test_a_page_of_the_list_that_is_not_there_is_the_nearest(library: Library, first: int) -> None:
    library.add(article_of())
    assert "Harbour" in texts(list_card(library, Search(), first, COMMANDS))[1]


@pytest.mark.parametrize(("order", "titles"), [("newest", "BCA"), ("oldest", "ACB"), ("title", "ABC")])
def test_a_list_stands_in_the_order_that_was_chosen(library: Library, order: str, titles: str) -> None:
    for title, day in (("A", 1), ("B", 3), ("C", 2)):
        library.add(Article(title=title, text=f"It was a storm {title}.", published=date(2020, 7, day)))
    options = components(list_card(library, Search(order), 1, COMMANDS))[-1]["options"]
    assert "".join(option["label"][-1] for option in options) == titles


# --- all articles


def test_discord_takes_the_question_whether_to_remove_all_of_a_server_with_a_hostile_name() -> None:
    assert refused(articles.confirm_clearing(1_204, hostile.BOMB)) == []


def test_the_question_whether_to_remove_all_says_how_many() -> None:
    assert texts(articles.confirm_clearing(1_204, "S"))[0].startswith("Remove all 1,204 articles of **S**?")


def test_discord_takes_the_figures_of_a_library_in_every_language() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    codes = [first + second for first in letters for second in letters]
    assert refused(articles.stats(10**9, 10**12, codes, 10**9, [])) == []


def test_figures_are_written_with_commas() -> None:
    assert "1,204 articles · 2,000,000 words" in texts(articles.stats(1_204, 2_000_000, ["en"], 3, []))[0]


# --- errors

SENTENCE = hostile.names.map(lambda name: name or "x")
PATH = Path("/srv/footnote/libraries/1")
ERRORS: dict[str, Any] = {
    "question too long": lambda name: corpus_errors.QuestionTooLong(len(name), 300),
    "no words": lambda _: corpus_errors.NoSearchableWords(),
    "article not found": lambda name: corpus_errors.ArticleNotFound(name[:6_000], [name, name, name]),
    "no such source": lambda name: corpus_errors.SourceNotFound(name[:6_000], [name, name]),
    "already there": lambda name: corpus_errors.AlreadyInLibrary("abc234", name),
    "nothing to read": lambda name: corpus_errors.NothingToRead(name[:255]),
    "not a text": lambda name: corpus_errors.NotText(name[:255], "a PDF file"),
    "bad record": lambda name: corpus_errors.BadRecord(
        "The address", f"“{name[:500]}” does not begin with https://"
    ),
    "too large": lambda name: corpus_errors.TooLarge(name[:255], 23_000_000, 10_000_000),
    "damaged": lambda name: corpus_errors.LibraryDamaged(PATH, name[:200]),
    "disk full": lambda _: corpus_errors.DiskFull(PATH),
    "expired answer": lambda name: bot_errors.AnswerExpired(name),
    "expired draft": lambda _: bot_errors.DraftExpired(),
    "not your panel": lambda _: bot_errors.NotYourPanel(),
    "already fetched": lambda name: corpus_errors.AlreadyInLibrary(
        "x" * 60, name, added=datetime(2020, 7, 2, tzinfo=UTC), can_refresh=True
    ),
    "link refused": lambda name: corpus_errors.LinkRefused(name, "it leads into a private network"),
    "no article": lambda name: corpus_errors.NoArticleThere(name[:255], "consent"),
    "site refused": lambda _: bot_errors.SiteRefused("news.example.org", 403),
    "site unreachable": lambda _: bot_errors.SiteUnreachable("x" * 253, "it refuses connections"),
    "nothing to fetch": lambda name: bot_errors.NothingToFetch(name),
    "stays as it was": lambda name: bot_errors.StaysAsItWas(name, "x" * 253, "a question about cookies"),
    "nothing in the message": lambda _: bot_errors.NothingInMessage(),
    "nothing given": lambda _: bot_errors.NothingGiven(),
}


@pytest.mark.parametrize("name", [hostile.BOMB, "x" * 10_000, "@everyone", "<@&1> [x](https://evil.example)"])
@pytest.mark.parametrize("kind", ERRORS)
def test_discord_takes_the_card_of_each_error(kind: str, name: str) -> None:
    assert refused(errors.for_discord(ERRORS[kind](name), COMMANDS)) == []


@SOME
@given(SENTENCE)
def test_no_error_pings_or_links(name: str) -> None:
    cards = {kind: errors.for_discord(make(name), COMMANDS) for kind, make in ERRORS.items()}
    found = {kind: foreign(view) for kind, view in cards.items()}
    ours = ("code `file`", "timestamp <t:1593648000:R>", *(f"command {one}" for one in COMMANDS.values()))
    assert {kind: things for kind, things in found.items() if not set(things) <= set(ours)} == {}


def test_discord_takes_the_card_that_names_the_sources_of_a_large_library() -> None:
    error = corpus_errors.SourceNotFound("Harbour", [f"The Daily Number {n}" for n in range(1_000)])
    assert refused(errors.for_discord(error, COMMANDS)) == []


def test_an_error_is_shown_in_its_own_words() -> None:
    view = errors.for_discord(corpus_errors.NoSearchableWords(), COMMANDS)
    assert lines_of(view)[0].seen.text == str(corpus_errors.NoSearchableWords())


def test_an_error_without_a_name_tells_where_to_find_it_in_the_log() -> None:
    assert "`7F3K2`" in texts(errors.internal("7F3K2"))[0]


# --- what Footnote says of itself


@pytest.mark.parametrize(
    "view",
    [
        about.help_card(COMMANDS, "<@1234567890123456789>"),
        privacy.privacy(DEFAULT),
        about.welcome(COMMANDS, "<@1234567890123456789>"),
        about.mention_help(COMMANDS, "<@1234567890123456789>"),
        errors.internal("7F3K2"),
        errors.empty_library(COMMANDS),
        errors.permission_missing(["manage_guild"]),
        articles.cancelled(),
        articles.stats(0, 0, [], 0, []),
        articles.listing([], 1, 0, "newest", "newest|"),
        articles.removed([]),
    ],
)
def test_discord_takes_what_is_said_without_an_article(view: ui.LayoutView) -> None:
    assert refused(view) == []


def test_help_mentions_every_command() -> None:
    commands = {thing.removeprefix("command ") for thing in foreign(about.help_card(COMMANDS, "me"))}
    assert commands == {mention for name, mention in COMMANDS.items() if name != "help"}


# --- sent for real


@pytest.fixture(scope="module")
def starter_articles() -> list[Article]:
    return [reading.read(data, name).article for name, data in starter.files()]


def test_the_starter_articles_are_copied_as_they_are(starter_articles: list[Article]) -> None:
    for article in starter_articles:
        copies = "".join(words for view in pages(replace(article, id="a")) for words in copied(view))
        assert "".join(copies.split()) == "".join(article.text.split())


async def test_simcord_takes_the_worst_cards_and_nobody_is_pinged(simcord_env: simcord.Env) -> None:
    guild = simcord_env.create_guild(id=GUILD_ID)
    channel = guild.create_text_channel("general")
    role = guild.create_role("readers", mentionable=True)
    alice = guild.add_member(simcord_env.create_user("alice"), roles=[role])
    text = f"@everyone @here <@{alice.id}> <@&{role.id}> {hostile.BOMB[:400]}"
    article = article_of(text, title=text, publisher=text, author=text)
    sender = simcord_env.bot.get_channel(channel.id)
    assert isinstance(sender, discord.TextChannel)
    sent = [await sender.send(view=view) for _, view in cards_of(article)]
    assert [(one.mentions, one.role_mentions, one.mention_everyone) for one in sent] == [
        ([], [], False)
    ] * len(sent)


def test_a_library_of_hostile_articles_is_listed_and_summarised() -> None:
    hostile_ones = [
        Article(text=f"{line} harbour number {n}", title=line) for n, line in enumerate(hostile.MARKUP)
    ]
    with TemporaryDirectory() as folder, Library.open(Path(folder)) as opened:
        stored = [opened.add(article) for article in hostile_ones]
        first_page = list_card(opened, Search("title"), 1, COMMANDS)
    assert refused(first_page) == []
    assert [refused(summaries.summary(summarise(one), "short", owner=OWNER)) for one in stored] == [[]] * len(
        stored
    )


# --- where a text comes from


def sources_of(n: int, text: str = "A storm came. The harbour was closed.", **facts: Any) -> Sources:
    """*n* passages that share the words “harbour was” with a text."""
    start = text.index("harbour was")
    found = []
    for number in range(1, n + 1):
        info = ArticleInfo(**{"id": f"id{number}", "title": "Title", **facts})
        span, whole = Span(start, start + 11), Span(0, len(text))
        found.append(Source(Quote(info, number, 0, text, 0, (whole,), span, (), 1.0, 1.0, info.url), 2))
    return Sources(tuple(found), 1_204, 12.3)


LINK_TO_MESSAGE = f"https://discord.com/channels/{2**63}/{2**63}/{2**63}"


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize("around", ["", "The harbour " * 300, hostile.BOMB[:2_000], "a\n" * 900])
def test_discord_takes_the_card_of_a_source(n: int, around: str) -> None:
    found = sources_of(
        n, f"{around} harbour was {around}", title=hostile.BOMB, publisher=hostile.BOMB, id="x" * 60
    )
    view = sources.sources(found, LINK_TO_MESSAGE, owner=OWNER)
    assert refused(view) == []
    assert foreign(view, LINK_TO_MESSAGE) == []


def test_the_words_that_match_are_shown_in_bold_however_long_the_passage_is() -> None:
    found = sources_of(1, f"{'before it rained ' * 90}the harbour was shut {'after it snowed ' * 90}")
    view = sources.sources(found, LINK_TO_MESSAGE, owner=OWNER)
    assert "**harbour was**" in "".join(texts(view))


def test_nothing_found_names_the_other_menu() -> None:
    assert refused(sources.no_source()) == []
    assert "Ask about this" in "".join(texts(sources.no_source()))
