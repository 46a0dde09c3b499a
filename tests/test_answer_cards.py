"""The card of an answer, from hostile passages: Discord takes it, it pings nobody, and it quotes exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.remarks import Remarks
from bot.replies import answers, remarks
from bot.replies.markdown import escape
from bot.state import ShownAnswer
from corpus import citation, passages
from corpus.article import Answer, Article, ArticleInfo, Quote, Span
from corpus.library import Library
from tests import hostile
from tests.discord_limits import components, copied, foreign, labels, lines_of, refused, texts
from tests.discord_markdown import lines

if TYPE_CHECKING:
    from discord import ui

QUESTION = "why was the harbour closed"
PAGING = ("Back", "Next")
SOME = settings(max_examples=20, deadline=None)


def quote_of(text: str, number: int = 1, *, answer: tuple[int, int] | None = None, **facts: Any) -> Quote:
    """A passage of sentences that end with a full stop."""
    info = ArticleInfo(**{"id": f"id{number}", "title": "Title", "url": "https://news.example/1", **facts})
    spans = tuple(
        Span(start, end)
        for start, end in [(0, len(text))] + ([answer] if answer else [])
        if (start, end) == (answer or (0, len(text)))
    )
    return Quote(info, number, 0, text, 0, spans, spans[0], (), 1.0, 1.0, info.url)


def shown_answer(numbers: tuple[int, ...], question: str = QUESTION, **facts: Any) -> ShownAnswer:
    return ShownAnswer(
        **{
            "id": "Rtbz0KWq-_aB",
            "asker": 2**63 - 1,
            "question": question,
            "language": "en",
            "status": "found",
            "numbers": numbers,
            "note": "",
            "n_articles": 1_204,
            "took_ms": 12.3,
            **facts,
        }
    )


def card_of(*quotes: Quote, first: int = 1, total: int | None = None, **facts: Any) -> ui.LayoutView:
    """The page that begins with passage number *first* of *total*."""
    numbers = tuple(range(1, (total or len(quotes)) + 1))
    return answers.answer(shown_answer(numbers, **facts), answers.Page(first, quotes))


LONG_SENTENCE = ("The harbour was closed " * 300).strip() + "."
WORST = [
    quote_of(LONG_SENTENCE, 1, title=hostile.BOMB, publisher=hostile.BOMB, url=None, id="x" * 60),
    quote_of(hostile.BOMB[:4_000], 2, title="x" * 10_000, publisher="漢" * 10_000, url=None, id="x" * 60),
    quote_of("a\n" * 900 + "b", 3, title="t" * 10_000, publisher=hostile.BOMB, url=None, id="x" * 60),
]


# --- hostile passages, where the corpus finds their sentences


@st.composite
def hostile_quotes(draw: st.DrawFn) -> Quote:
    text = draw(hostile.passages)
    passage = draw(st.sampled_from(passages.split(Article(text=text, language="en"))))
    words = text[slice(*passage.span)]
    spans = tuple(sentence.span for sentence in passage.sentences)
    answer = draw(st.sampled_from(spans))
    url = draw(hostile.addresses)
    info = ArticleInfo(
        id=draw(hostile.ids),
        title=draw(hostile.names) or passages.opening(text),
        url=url,
        publisher=draw(hostile.names) or None,
        published=draw(st.sampled_from([None, date(2020, 7, 2)])),
    )
    return Quote(
        article=info,
        number=draw(st.integers(1, 10**12)),
        start=0,
        text=words,
        position=draw(st.integers(0, 10_000)),
        sentences=spans,
        answer=answer,
        highlights=tuple(span for span in words_in(words) if draw(st.booleans()))[:6],
        score=1.0,
        coverage=1.0,
        link=citation.link(url, words[slice(*answer)]),
    )


def words_in(text: str) -> list[Span]:
    """Where the first words of *text* stand."""
    found: list[Span] = []
    start = None
    for place, character in enumerate(f"{text[:200]} "):
        if character.isalnum():
            start = place if start is None else start
        elif start is not None:
            found.append(Span(start, place))
            start = None
    return found[:12]


@st.composite
def hostile_cards(draw: st.DrawFn) -> tuple[list[Quote], ui.LayoutView]:
    """A page of an answer and the quotes it was made from."""
    on_page = draw(st.lists(hostile_quotes(), min_size=1, max_size=3, unique_by=lambda one: one.number))
    first = draw(st.integers(1, 28))
    after = draw(st.integers(0, 3))
    numbers = tuple(range(1, first + len(on_page) + after))
    question = draw(hostile.names)[:300].strip() or QUESTION
    status = draw(st.sampled_from(["found", "weak"]))
    shown = shown_answer(numbers, question, status=status, is_private=draw(st.booleans()))
    return on_page, answers.answer(shown, answers.Page(first, on_page))


Made = tuple[list[Quote], "ui.LayoutView"]


@SOME
@given(hostile_cards())
def test_discord_takes_the_card(made: Made) -> None:
    assert refused(made[1]) == []


def test_discord_takes_the_card_of_the_longest_parts() -> None:
    assert refused(card_of(*WORST, total=9, question=hostile.BOMB[:300])) == []


@pytest.mark.parametrize("privacy", [(True, False), (True, True), (False, True)])
def test_discord_takes_the_longest_parts_private_or_shared(privacy: tuple[bool, bool]) -> None:
    is_private, is_shared = privacy
    view = card_of(
        *WORST,
        total=9,
        question=hostile.BOMB[:300],
        is_private=is_private,
        is_shared=is_shared,
        note="x" * 500,
    )
    assert refused(view) == []


def test_a_shared_answer_mentions_who_shared_it_and_nobody_else() -> None:
    view = card_of(quote_of("Ask @everyone."), is_shared=True)
    assert foreign(view) == [f"user <@{2**63 - 1}>"]


def test_the_buttons_of_an_answer_stand_in_one_order() -> None:
    pages = [quote_of("One.", number) for number in (1, 2, 3)]
    public = [label for label in labels(card_of(*pages, total=5)) if "Source" not in label]
    private = [label for label in labels(card_of(*pages, total=5, is_private=True)) if "Source" not in label]
    assert public == ["Back", "Next", "Follow up", "Not helpful", "Delete"]
    assert private == ["Back", "Next", "Follow up", "Share to channel", "Delete"]


@pytest.mark.parametrize("worst", WORST)
def test_discord_takes_the_card_of_one_passage_of_the_longest_parts(worst: Quote) -> None:
    assert refused(card_of(worst, question=hostile.BOMB[:300])) == []


@SOME
@given(hostile_cards())
def test_the_text_pings_nobody_and_links_nowhere(made: Made) -> None:
    assert foreign(made[1]) == []


@SOME
@given(hostile_cards())
def test_one_heading_leads_and_the_rest_is_quoted_or_small(made: Made) -> None:
    first, *others = [line.kind for line in lines_of(made[1]) if not line.is_quoted]
    assert (first, set(others)) == ("heading", {"subtext"})


@SOME
@given(hostile_cards())
def test_a_quoted_passage_holds_no_block_of_its_own(made: Made) -> None:
    assert {line.kind for line in lines_of(made[1]) if line.is_quoted} == {""}


@SOME
@given(hostile_cards())
def test_what_is_copied_is_the_stored_text(made: Made) -> None:
    quotes, view = made
    for place, (words, one) in enumerate(zip(copied(view), quotes, strict=False)):
        stored = one.text if place == 0 else one.text[slice(*one.answer)]
        assert words == stored or (
            len(escape(stored)) > 850 and words.removeprefix("…").removesuffix("…") in stored
        )


@SOME
@given(hostile_cards())
def test_a_passage_keeps_its_limit_after_escaping(made: Made) -> None:
    for text in texts(made[1]):
        assert not text.startswith(">") or len("\n".join(row[2:] for row in text.split("\n"))) <= 900


@SOME
@given(hostile_cards())
def test_at_most_three_words_of_a_passage_are_underlined(made: Made) -> None:
    for text in texts(made[1]):
        assert [style for line in lines(text) for style, _ in line.seen.marks].count("underline") <= 3


@settings(max_examples=25, deadline=None)
@given(hostile.texts, hostile.names, hostile.addresses, hostile.ids)
def test_discord_takes_what_a_library_answers_from_a_hostile_article(
    text: str, name: str, url: str | None, article_id: str
) -> None:
    article = Article(text=f"{text} harbour", title=name, publisher=name or None, url=url, id=article_id)
    with TemporaryDirectory() as folder, Library.open(Path(folder)) as library:
        library.add(article)
        found = library.ask("harbour")
    view = answers.answer(shown_answer(found.numbers, found.question), answers.Page(1, found.quotes))
    assert refused(view) == []


# --- what is shown of a passage


def test_a_passage_that_fits_is_shown_whole() -> None:
    text = "A storm came.\nThe harbour was closed on Monday.  It opened again on Friday."
    assert copied(card_of(quote_of(text, answer=(14, 47)))) == [text]


def test_text_left_out_at_the_end_is_marked_by_an_ellipsis() -> None:
    [words] = copied(card_of(quote_of(LONG_SENTENCE)))
    assert words.endswith("…")


def test_a_long_passage_is_shown_as_far_as_its_limit() -> None:
    [words] = copied(card_of(quote_of(LONG_SENTENCE)))
    assert 850 < len(words) <= 900


def test_a_long_passage_is_shown_around_its_answering_sentence() -> None:
    sentences = [f"Sentence {number} says that the harbour was closed again." for number in range(30)]
    text = " ".join(sentences)
    starts = [text.index(sentence) for sentence in sentences]
    spans = tuple(Span(start, start + len(one)) for start, one in zip(starts, sentences, strict=True))
    one = replace(quote_of(text), sentences=spans, answer=spans[20])
    [words] = copied(card_of(one))
    assert sentences[20] in words


def test_text_left_out_at_the_beginning_is_marked_by_an_ellipsis() -> None:
    text = f"{'word ' * 250}end. The harbour was closed."
    answer = Span(text.index("The"), len(text))
    one = replace(quote_of(text), sentences=(Span(0, answer.start - 1), answer), answer=answer)
    assert copied(card_of(one)) == ["…The harbour was closed."]


def test_the_other_passages_are_shown_as_their_answering_sentence() -> None:
    view = card_of(quote_of("One.", 1), quote_of("A storm came. The harbour closed.", 2, answer=(14, 33)))
    assert copied(view) == ["One.", "The harbour closed."]


def test_the_best_passage_is_never_left_to_the_next_page() -> None:
    assert copied(card_of(*WORST, question=hostile.BOMB[:300]))[0].startswith("The harbour was closed")


def test_passages_that_do_not_fit_are_not_counted_as_shown() -> None:
    long = [quote_of(hostile.BOMB[:890], n, title=hostile.BOMB, publisher=hostile.BOMB) for n in (1, 2, 3)]
    view = card_of(*long, question=hostile.BOMB[:300])
    last = len(copied(view))
    assert texts(view)[-1].startswith("-# Passage 1 of 3" if last == 1 else f"-# Passages 1–{last} of 3")


def test_passages_that_do_not_fit_can_be_turned_to() -> None:
    long = [quote_of(hostile.BOMB[:890], n, title=hostile.BOMB, publisher=hostile.BOMB) for n in (1, 2, 3)]
    view = card_of(*long, question=hostile.BOMB[:300])
    [turn] = [part for part in components(view) if part.get("label") == "Next"]
    assert (turn["disabled"], turn["custom_id"]) == (False, f"a1:page:Rtbz0KWq-_aB:{len(copied(view)) + 1}")


# --- what is marked


def styled(view: ui.LayoutView, style: str) -> list[str]:
    return [
        words for line in lines_of(view) if line.is_quoted for kind, words in line.seen.marks if kind == style
    ]


def test_the_answering_sentence_alone_is_bold() -> None:
    view = card_of(quote_of("A storm came. The harbour closed.", answer=(14, 33)))
    assert styled(view, "bold") == ["The harbour closed."]


def test_a_sentence_that_is_the_whole_passage_is_not_bold() -> None:
    assert styled(card_of(quote_of("The harbour closed.")), "bold") == []


def test_nothing_is_bold_in_a_weak_match() -> None:
    view = card_of(quote_of("A storm came. The harbour closed.", answer=(14, 33)), status="weak")
    assert styled(view, "bold") == []


def test_the_words_of_the_question_are_underlined_once_each() -> None:
    one = quote_of("The harbour, the harbour, the port.")
    one = replace(one, highlights=(Span(4, 11), Span(17, 24), Span(30, 34)))
    assert styled(card_of(one), "underline") == ["harbour", "port"]


def test_words_outside_the_answering_sentence_are_not_underlined() -> None:
    one = quote_of("A harbour. The harbour closed.", answer=(11, 30))
    one = replace(one, highlights=(Span(2, 9), Span(23, 29)))
    assert styled(card_of(one), "underline") == ["closed"]


# --- its citations and buttons


def test_each_source_button_carries_the_number_of_its_passage() -> None:
    view = card_of(quote_of("One.", 4), quote_of("Two.", 5), first=4, total=5)
    assert [label for label in labels(view) if "Source" in label] == ["Source 4", "Source 5"]


def test_one_passage_has_no_number() -> None:
    assert "Source" in labels(card_of(quote_of("One.")))


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", "https://news.example/" + "a" * 2_000])
def test_an_article_without_a_link_for_a_button_is_shown_by_one(url: str | None) -> None:
    assert "Show article" in labels(card_of(quote_of("One.", url=url)))


def test_two_passages_of_one_article_without_a_link_have_buttons_of_their_own() -> None:
    same = [quote_of("One.", 1, url=None, id="same"), quote_of("Two.", 2, url=None, id="same")]
    assert refused(card_of(*same)) == []


def test_a_second_passage_of_an_article_does_not_repeat_its_title() -> None:
    view = card_of(quote_of("One.", 1, id="same"), quote_of("Two.", 2, id="same"))
    assert texts(view).count("-# **2  No publisher** · same article") == 1


@pytest.mark.parametrize(("first", "off"), [(1, "Back"), (4, "Next")])
def test_the_button_over_the_edge_is_disabled_and_not_hidden(first: int, off: str) -> None:
    view = card_of(*(quote_of("One.", n) for n in range(first, min(first + 3, 6))), first=first, total=5)
    paging = {part["label"]: part["disabled"] for part in components(view) if part.get("label") in PAGING}
    assert paging == {label: label == off for label in PAGING}


def test_an_answer_of_one_page_has_no_paging() -> None:
    assert not set(labels(card_of(quote_of("One.", 1), quote_of("Two.", 2)))) & set(PAGING)


def test_a_single_passage_is_opened_by_a_button_and_not_by_a_menu_of_one() -> None:
    view = card_of(quote_of("One."))
    assert [part["type"] for part in components(view)].count(3) == 0
    assert "More about this" in labels(view)


# --- its note


def weak(held: tuple[str, ...], missed: tuple[str, ...]) -> Answer:
    return Answer(QUESTION, "weak", 0.5, (), (1,), "en", held, missed, (), 1.0, 1)


def note_of(found: Answer, **narrowed: Any) -> str:
    return remarks.line(Remarks.of(found, **narrowed))


def test_a_weak_match_says_which_words_were_found() -> None:
    assert note_of(weak(("report",), ("glaciers",))) == (
        "Weak match: only *report* was found, not *glaciers*."
    )


def test_an_answer_says_which_phrase_no_passage_has_and_that_the_newest_comes_first() -> None:
    found = replace(weak(("report",), ()), missing_phrases=("of_ice",), is_newest_first=True)
    assert note_of(found) == (
        "No passage has “of\\_ice” word for word; its words were searched. The newest comes first."
    )


def test_a_weak_match_of_several_words_says_so_in_the_plural() -> None:
    assert note_of(weak(("UN", "report"), ())) == ("Weak match: only *UN* and *report* were found.")


def test_a_filter_is_named() -> None:
    found = replace(weak((), ()), status="found")
    assert note_of(found, source="TRT_World", period="7 days") == r"Only TRT\_World · last 7 days"


def test_discord_takes_an_answer_whose_filter_is_the_longest_that_can_be_typed() -> None:
    note = note_of(replace(weak((), ()), status="found"), source="x" * 6_000)
    assert refused(card_of(quote_of("One."), note=note)) == []


# --- nothing found


def nearest(name: str, url: str | None) -> list[ArticleInfo]:
    return [ArticleInfo(id=f"id{n}", title=name, publisher=name, url=url) for n in range(3)]


@SOME
@given(hostile.names, hostile.names, st.sampled_from([None, "https://news.example/1"]))
def test_discord_takes_the_card_of_a_question_that_found_nothing(
    name: str, question: str, url: str | None
) -> None:
    view = answers.nothing(question[:300] or QUESTION, nearest(name, url), "last 7 days")
    assert refused(view) == []


@SOME
@given(hostile.names.filter(bool), hostile.names)
def test_a_question_that_found_nothing_pings_nobody(name: str, question: str) -> None:
    view = answers.nothing(
        question[:300] or QUESTION, nearest(name, "https://news.example/1"), question[:100]
    )
    assert foreign(view, "https://news.example/1") == []


def test_discord_takes_nearest_titles_with_long_addresses() -> None:
    view = answers.nothing(QUESTION, nearest("Harbour", "https://news.example/" + "a" * 2_000), "")
    assert refused(view) == []


def test_discord_takes_nothing_found_under_the_longest_filter_that_can_be_typed() -> None:
    assert refused(answers.nothing(QUESTION, [], "x" * 6_000)) == []


def test_the_question_that_found_nothing_is_shown_as_it_was_typed() -> None:
    [line, _] = lines_of(answers.nothing("what of *this*", [], ""))
    assert line.seen.text == "No passage matches what of *this*."


# --- more about a passage


@st.composite
def contexts(draw: st.DrawFn) -> tuple[Article, int, ui.LayoutView]:
    """An article, the number of the first of its paragraphs that are shown, and their card."""
    text = draw(hostile.texts)
    article = Article(
        id=draw(hostile.ids),
        title=draw(hostile.names) or passages.opening(text),
        publisher=draw(hostile.names) or None,
        text=text,
        url=draw(hostile.addresses),
        language="en",
    )
    spans = [span for _, span in passages.paragraphs(article)]
    passage = draw(st.sampled_from(passages.split(article)))
    sentences = tuple(sentence.span for sentence in passage.sentences)
    words = text[slice(*passage.span)]
    link = citation.link(article.url, words)
    one = Quote(
        article,
        10**12,
        passage.span.start,
        words,
        passage.position,
        sentences,
        sentences[-1],
        (),
        1.0,
        1.0,
        link,
    )
    first = draw(st.integers(0, max(0, len(spans) - answers.CONTEXT)))
    return article, first, answers.context(shown_answer((one.number,)), one, article, spans, first)


Context = tuple[Article, int, "ui.LayoutView"]


@SOME
@given(contexts())
def test_discord_takes_the_card_of_more_about(made: Context) -> None:
    assert refused(made[2]) == []


@SOME
@given(contexts())
def test_more_about_pings_nobody_and_links_nowhere_in_its_text(made: Context) -> None:
    assert foreign(made[2]) == []


@SOME
@given(contexts())
def test_what_is_copied_from_more_about_is_the_article(made: Context) -> None:
    article, first, view = made
    spans = [span for _, span in passages.paragraphs(article)][first : first + answers.CONTEXT]
    [words] = copied(view)
    stored = [article.text[slice(*span)] for span in spans]
    shown = words.split("\n\n")
    assert len(shown) == len(stored)
    for part, whole in zip(shown, stored, strict=True):
        assert part == whole or (len(escape(whole)) > 850 and whole.startswith(part.removesuffix("…")))


def three_paragraphs(
    text: str = "One is here.\n\nA storm came. The harbour closed.\n\nThree.",
) -> ui.LayoutView:
    article = Article(id="a", title="Title", text=text, language="en", keeps_paragraphs=True)
    spans = [span for _, span in passages.paragraphs(article)]
    one = quote_of("A storm came. The harbour closed.", answer=(14, 33))
    one = replace(one, start=text.index(one.text))
    return answers.context(shown_answer((1,)), one, article, spans, 0)


def test_discord_takes_more_about_in_an_article_of_short_lines() -> None:
    verses = "\n".join("o" for _ in range(900))
    article = Article(id="a", title="Title", text=f"{verses}\n\n{verses}\n\n{verses}", language="en")
    spans = [span for _, span in passages.paragraphs(article)]
    assert refused(answers.context(shown_answer((1,)), quote_of("o"), article, spans, 0)) == []


def test_more_about_shows_three_paragraphs_behind_one_bar() -> None:
    assert copied(three_paragraphs()) == ["One is here.\n\nA storm came. The harbour closed.\n\nThree."]


def test_only_the_answering_sentence_is_bold_in_more_about() -> None:
    assert styled(three_paragraphs(), "bold") == ["The harbour closed."]


def test_a_passage_that_stands_twice_is_bold_where_it_was_found() -> None:
    again = "A storm came. The harbour closed."
    article = Article(id="a", title="T", text=f"{again}\n\nBetween.\n\n{again}", keeps_paragraphs=True)
    spans = [span for _, span in passages.paragraphs(article)]
    one = replace(quote_of(again, answer=(14, 33)), position=2, start=article.text.rindex(again))
    [text] = [
        text for text in texts(answers.context(shown_answer((1,)), one, article, spans, 0)) if text[0] == ">"
    ]
    assert text.split("\n")[-1] == "> A storm came. **The harbour closed.**"


def test_earlier_is_disabled_on_the_first_paragraph_and_later_on_the_last() -> None:
    off = {part["label"]: part["disabled"] for part in components(three_paragraphs()) if part["type"] == 2}
    assert (off["Earlier"], off["Later"], off["Whole article"]) == (True, True, False)
