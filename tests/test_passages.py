"""Paragraphs, as they are found: exact slices that lose nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import passages, terms
from corpus.article import Article, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.article import Passage

LANGUAGES = ["en", "fr", "ar", "hi", "zh", "th", "und"]
FRAGMENTS = [
    "The Taliban met in Doha. ", "“We came. We saw.” ", "He left", " and then ", "U.S. ", "3.5 ", "? ",
    "联合国发表了报告。", "السلام عليكم. ", "สหประชาชาติ", "。", "।", "😀", "👩\u200d💻", "\u200f", "\t", "\n",
    "x" * 30, "a",
]  # fmt: skip
PARAGRAPH = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=30).map("".join)
ANY_TEXT = st.text(max_size=120)

LONG = "The negotiators of both sides met again in the capital on Tuesday."
OTHER = "Neither of the two delegations wanted to comment on the talks later."


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Articles of any text, some of whose paragraphs are headings."""
    text = draw(st.lists(PARAGRAPH | ANY_TEXT, max_size=8).map("\n\n".join))
    found = [span for _, span in passages.paragraphs(Article(text=text))]
    chosen = draw(st.sets(st.sampled_from(found), max_size=3)) if found else set()
    return Article(
        text=text,
        headings=tuple(sorted(chosen)),
        language=draw(st.sampled_from(LANGUAGES)),
        keeps_paragraphs=draw(st.booleans()),
    )


def page(*paragraphs: str, headings: Sequence[str] = (), keeps_paragraphs: bool = False) -> Article:
    text = "\n\n".join(paragraphs)
    spans = tuple(Span(text.index(heading), text.index(heading) + len(heading)) for heading in headings)
    return Article(text=text, headings=spans, language="en", keeps_paragraphs=keeps_paragraphs)


def quoted(article: Article) -> list[tuple[int, str]]:
    """The position and the text of each passage."""
    return [(passage.position, article.text[slice(*passage.span)]) for passage in passages.split(article)]


def are_apart(spans: Sequence[Span]) -> bool:
    return all(first.end <= second.start for first, second in pairwise(spans))


# --- articles that are hardly any


@pytest.mark.parametrize("text", ["", " ", "\n\n \n"])
def test_a_blank_article_has_no_passages(text: str) -> None:
    assert passages.split(Article(text=text)) == []


def test_an_article_of_headings_alone_has_no_passages() -> None:
    assert passages.split(page("Background", "Outlook", headings=["Background", "Outlook"])) == []


@pytest.mark.parametrize("text", ["x", "😀", "…", "联"])
def test_an_article_of_one_character_is_one_passage(text: str) -> None:
    assert quoted(Article(text=text)) == [(0, text)]


def test_a_paragraph_of_a_million_characters_is_cut_without_loss() -> None:
    article = Article(text="The Taliban met. " * 60_000, language="en")
    assert "".join(text for _, text in quoted(article)).replace(" ", "") == article.text.replace(" ", "")


def test_a_paragraph_without_any_space_is_cut_without_loss() -> None:
    article = Article(text="x" * 100_000, language="en")
    assert "".join(text for _, text in quoted(article)) == article.text


def test_a_paragraph_without_any_space_is_cut_into_passages_that_can_be_shown() -> None:
    article = Article(text="联" * 100_000, language="zh")
    assert max(len(text) for _, text in quoted(article)) <= passages.MOST_CHARACTERS


def test_no_passage_is_blank() -> None:
    article = Article(text="x" + 3 * passages.MOST_CHARACTERS * " " + "y", language="en")
    assert all(text.strip() for _, text in quoted(article))


# --- nothing is lost, nothing is changed


@settings(max_examples=80, deadline=None)
@given(articles())
def test_passages_headings_and_space_are_the_whole_article(article: Article) -> None:
    found = [passage.span for passage in passages.split(article)]
    end = 0
    for span in sorted([*found, *article.headings]):
        assert not article.text[end : span.start].strip()
        end = span.end
    assert not article.text[end:].strip()


@settings(max_examples=80, deadline=None)
@given(articles())
def test_passages_stand_in_reading_order_and_never_overlap(article: Article) -> None:
    assert are_apart(sorted([*article.headings, *(passage.span for passage in passages.split(article))]))


@settings(max_examples=60, deadline=None)
@given(articles())
def test_positions_never_fall_in_reading_order(article: Article) -> None:
    positions = [passage.position for passage in passages.split(article)]
    assert positions == sorted(positions)


@settings(max_examples=60, deadline=None)
@given(articles())
def test_sentences_hold_all_of_their_passage_but_spaces(article: Article) -> None:
    for passage in passages.split(article):
        text = article.text[slice(*passage.span)]
        spans = [sentence.span for sentence in passage.sentences]
        assert are_apart(spans)
        assert "".join("".join(text[slice(*span)].split()) for span in spans) == "".join(text.split())


@settings(max_examples=50, deadline=None)
@given(articles())
def test_a_passage_is_found_by_the_terms_a_question_in_its_words_has(article: Article) -> None:
    for passage in passages.split(article):
        text = article.text[slice(*passage.span)]
        for span, stored, *_ in passage.sentences:
            asked = {term.term for term in terms.analyse(text[slice(*span)], article.language)}
            assert asked <= set(stored)
            assert stored == terms.indexed(text[slice(*span)], article.language).terms


@settings(max_examples=50, deadline=None)
@given(articles())
def test_no_passage_has_more_sentences_than_its_limit(article: Article) -> None:
    found: list[Passage] = passages.split(article)
    assert all(1 <= len(passage.sentences) <= passages.MOST_SENTENCES for passage in found)


# --- paragraphs


def test_a_passage_is_a_paragraph() -> None:
    assert quoted(page(LONG, OTHER)) == [(0, LONG), (1, OTHER)]


def test_a_single_line_break_does_not_part_a_paragraph() -> None:
    assert quoted(Article(text=f"{LONG}\n{OTHER}", language="en")) == [(0, f"{LONG}\n{OTHER}")]


@pytest.mark.parametrize("gap", ["\n\n", "\n \t\n", "\n\n\n\n"])
def test_an_empty_line_parts_paragraphs_whatever_blanks_it_holds(gap: str) -> None:
    assert quoted(Article(text=f"  {LONG}{gap}{OTHER}\n", language="en")) == [(0, LONG), (1, OTHER)]


def test_a_heading_is_not_counted() -> None:
    assert quoted(page("Background", LONG, "Outlook", OTHER, headings=["Background", "Outlook"])) == [
        (0, LONG),
        (1, OTHER),
    ]


def test_a_paragraph_that_says_the_same_as_a_heading_is_still_a_passage() -> None:
    assert quoted(page(LONG, OTHER, LONG, headings=[LONG])) == [(0, OTHER), (1, LONG)]


def test_the_parts_of_a_long_paragraph_share_its_position() -> None:
    article = page(OTHER, " ".join([LONG] * 20))
    assert [position for position, _ in quoted(article)] == [0, 1, 1, 1]


def test_a_long_paragraph_is_cut_at_sentence_ends() -> None:
    parts = [text for _, text in quoted(page(" ".join([LONG] * 20)))]
    assert all(part.startswith(LONG) and part.endswith(LONG) for part in parts)


def test_a_long_paragraph_is_cut_into_parts_of_like_length() -> None:
    counts = [len(passage.sentences) for passage in passages.split(page(" ".join([LONG] * 9)))]
    assert max(counts) - min(counts) <= 1


def test_a_paragraph_of_as_many_sentences_as_are_allowed_is_whole() -> None:
    assert len(quoted(page(" ".join([LONG] * passages.MOST_SENTENCES)))) == 1


def test_a_long_sentence_is_cut_between_words() -> None:
    found = [text for _, text in quoted(page("negotiation " * 1_000))]
    assert [text.strip() for text in found] == found
    assert {word for text in found for word in text.split()} == {"negotiation"}


# --- tiny paragraphs


def test_a_tiny_paragraph_of_a_page_joins_the_one_before_it() -> None:
    assert quoted(page(LONG, "Nobody left.", OTHER)) == [(0, f"{LONG}\n\nNobody left."), (2, OTHER)]


def test_a_tiny_first_paragraph_joins_the_one_behind_it() -> None:
    assert quoted(page("Nobody left.", LONG)) == [(0, f"Nobody left.\n\n{LONG}")]


def test_a_tiny_paragraph_joins_nothing_across_a_heading() -> None:
    article = page(LONG, "Outlook", "Nobody left.", "Next", OTHER, headings=["Outlook", "Next"])
    assert quoted(article) == [(0, LONG), (1, "Nobody left."), (2, OTHER)]


def test_a_tiny_chinese_paragraph_is_known_by_its_characters() -> None:
    long = "据联合国报告称，塔利班领导人与基地组织多次会晤。"
    assert quoted(Article(text=f"{long}\n\n{long}", language="zh")) == [(0, long), (1, long)]


def test_no_paragraph_is_joined_in_an_article_whose_paragraphs_are_referred_to_by_number() -> None:
    article = page(LONG, "Nobody left.", OTHER, keeps_paragraphs=True)
    assert quoted(article) == [(0, LONG), (1, "Nobody left."), (2, OTHER)]


@settings(max_examples=50, deadline=None)
@given(articles())
def test_a_kept_paragraph_is_the_one_of_that_number(article: Article) -> None:
    kept = Article(
        text=article.text, headings=article.headings, language=article.language, keeps_paragraphs=True
    )
    paragraphs = dict(passages.paragraphs(kept))
    for passage in passages.split(kept):
        paragraph = paragraphs[passage.position]
        assert paragraph.start <= passage.span.start < passage.span.end <= paragraph.end


# --- the opening of an article without a title


def test_a_short_first_line_is_the_opening() -> None:
    assert passages.opening("\n Taliban meets leaders\nin Doha") == "Taliban meets leaders"


def test_an_opening_ends_with_no_space() -> None:
    assert passages.opening("Taliban meets leaders \nin Doha") == "Taliban meets leaders"


def test_a_long_first_line_is_cut_between_words() -> None:
    assert passages.opening(f"{LONG} {OTHER}").removesuffix("…") in [
        LONG + " " + " ".join(OTHER.split()[:n]) for n in range(1, 4)
    ]


def test_a_long_first_line_without_a_space_is_cut_all_the_same() -> None:
    assert passages.opening("联" * 500).endswith("联…")


def test_a_blank_text_opens_with_nothing() -> None:
    assert passages.opening(" \n ") == ""
