"""Blocks of a page -> which are the article. The site around it is invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.reading.blocks import Block
from corpus.reading.prose import clean, find

FIRST = "The old ferry between Lunde and Varnes will stop on the last day of March, the board said."
SECOND = "It has crossed the sound since 1911 and carried about forty thousand people last year."
THIRD = "“We have no crew left who can hold the licence,” said Ingrid Moe, who chairs the board."
ABOVE = [
    "Skip to content",
    "Home",
    "News",
    "Sport",
    "The Varnes Courier",
    "Last ferry across the sound to stop",
]
BELOW = [
    "Related",
    "Storm closes the bridge",
    "More from Varnes Courier",
    "© 2019 Varnes Courier. All rights reserved.",
]


def lines(*texts: str) -> list[Block]:
    return [Block("text", text) for text in texts]


def body(*texts: str) -> list[str]:
    return [block.text for block in find(lines(*texts)).body]


def cleaned(*texts: str, title: str = "") -> list[str]:
    return [block.text for block in clean(lines(*texts), title)]


# --- where no prose is


def test_no_blocks_are_no_article() -> None:
    assert find([]) == ([], [], [])


@pytest.mark.parametrize(
    "texts",
    [
        ["The ferry stops."],
        ["eggs", "milk", "bread"],
        ["The tide came in", "and took the boat", "and left the rope."],
    ],
    ids=["a sentence", "a list", "a poem"],
)
def test_all_of_a_text_without_prose_is_the_article(texts: list[str]) -> None:
    assert body(*texts) == texts


# --- the run that is the article


def test_the_lines_of_the_site_above_the_article_are_its_head() -> None:
    assert find(lines(*ABOVE, FIRST, SECOND)).head == lines(*ABOVE)


def test_the_lines_of_the_site_below_the_article_are_its_tail() -> None:
    assert find(lines(FIRST, SECOND, *BELOW)).tail == lines(*BELOW)


def test_a_single_paragraph_among_the_lines_of_a_site_is_the_article() -> None:
    assert body(*ABOVE, FIRST, *BELOW) == [FIRST]


def test_a_heading_within_the_article_is_of_the_article() -> None:
    assert body(*ABOVE, FIRST, "No crew", SECOND, *BELOW) == [FIRST, "No crew", SECOND]


def test_a_caption_within_the_article_does_not_cut_it() -> None:
    caption = "The ferry at its berth. (Tom Berg / Reuters)"
    assert body(*ABOVE, FIRST, caption, SECOND) == [FIRST, caption, SECOND]


def test_a_line_of_the_site_within_the_article_does_not_cut_it() -> None:
    assert body(FIRST, "Read more: Storm closes the bridge", SECOND) == [
        FIRST,
        "Read more: Storm closes the bridge",
        SECOND,
    ]


def test_a_short_last_sentence_is_of_the_article() -> None:
    assert body(FIRST, SECOND, "It is a sad day.", *BELOW) == [FIRST, SECOND, "It is a sad day."]


@pytest.mark.parametrize(
    "line",
    ["Copyright by the Varnes Courier.", "Read on at https://courier.example/ferry now.", "Thank you."],
)
def test_a_last_line_of_the_site_is_not_of_the_article(line: str) -> None:
    assert body(FIRST, SECOND, line) == [FIRST, SECOND]


def test_of_two_runs_of_prose_the_longer_is_the_article() -> None:
    notice = (
        "We and our partners store cookies on your device to remember what you have read, and to count you."
    )
    between = ["Accept", "Refuse", "Settings", "Menu", "Home", "News", "Sport"]
    assert body(notice, *between, FIRST, SECOND, *BELOW) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "paragraph",
    [
        "港务局周二表示，连接两个城市的老渡轮将于三月最后一天停运。去年约有四万人乘坐渡轮，其中大多数是步行者。",
        "港の組合は火曜日、二つの町を結ぶ古い渡し船を三月末で廃止すると発表した。乗組員がいないためだという。",
        "قال مجلس الميناء يوم الثلاثاء إن العبارة القديمة بين المدينتين ستتوقف عن العمل في آخر مارس.",
        "बंदरगाह बोर्ड ने मंगलवार को कहा कि दो शहरों के बीच चलने वाली पुरानी नौका मार्च के आखिरी दिन बंद हो जाएगी।",
        "Совет порта сообщил во вторник, что старый паром между городами больше не будет ходить.",
        "คณะกรรมการท่าเรือกล่าวเมื่อวันอังคารว่าเรือข้ามฟากเก่าระหว่างสองเมืองจะหยุดให้บริการในวันสุดท้ายของเดือนมีนาคม",
    ],
    ids=["zh", "ja", "ar", "hi", "ru", "th"],
)
def test_a_paragraph_is_prose_in_every_script(paragraph: str) -> None:
    assert body("Home", "News", paragraph, "Related") == [paragraph]


def test_a_list_between_two_paragraphs_does_not_cut_the_article() -> None:
    items = ["- Tuesday", "- Wednesday", "- Thursday", "- Friday", "- Saturday", "- Sunday"]
    assert body(FIRST, *items, SECOND) == [FIRST, *items, SECOND]


_SENTENCE = st.builds(
    lambda n_words, word: f"Lunde {' '.join([word] * n_words)}.",
    st.integers(11, 40),
    st.sampled_from(["harbour", "ferry", "sound", "1911", "Fähre"]),
)
_LINE = st.sampled_from([*ABOVE, *BELOW])


@settings(deadline=None)
@given(st.lists(_LINE, max_size=8), st.lists(_SENTENCE, min_size=1, max_size=6), st.lists(_LINE, max_size=8))
def test_no_paragraph_of_prose_is_lost_between_the_lines_of_a_site(
    above: list[str], article: list[str], below: list[str]
) -> None:
    assert body(*above, *article, *below) == article


@given(
    st.lists(st.sampled_from([*ABOVE, FIRST, SECOND, THIRD, *BELOW, "", "A sentence.", "標題"]), max_size=25)
)
def test_head_body_and_tail_are_all_the_blocks_in_their_order(texts: list[str]) -> None:
    run = find(lines(*texts))
    assert run.head + run.body + run.tail == lines(*texts)


# --- what is not of the article within it


@pytest.mark.parametrize(
    "caption",
    [
        "The ferry at its berth in Lunde. (Tom Berg / Reuters)",
        "Ingrid Moe in her office. (AFP)",
        "The harbour of Varnes, 4 May 2018. (Ann Lee / Getty Images)",
        "FILE PHOTO: The ferry on a quiet day",
        "Photo: Tom Berg",
        "Photograph by Tom Berg",
        "Image caption The ferry at its berth [Photo: Tom Berg]",
        "The ferry. Reuters/Tom Berg",
        "Getty Images",
        "© Varnes Courier",
    ],
)
def test_a_caption_is_dropped(caption: str) -> None:
    assert cleaned(FIRST, caption, SECOND) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "paragraph",
    [
        "The old ferry (Lunde) stops.",
        "Reuters reported on Tuesday that the ferry will stop.",
        "The photo by Tom Berg shows the ferry in a storm.",
        "The board (founded in 1902) met on Tuesday (see page 4).",
    ],
)
def test_a_sentence_with_brackets_or_an_agency_is_no_caption(paragraph: str) -> None:
    assert cleaned(FIRST, paragraph, SECOND) == [FIRST, paragraph, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "Read more: Storm closes the bridge",
        "Share this",
        "Lesen Sie auch: Sturm sperrt die Brücke",
        "Читайте также: Шторм закрыл мост",
        "اقرأ أيضا: العاصفة تغلق الجسر",
    ],
)
def test_a_line_of_the_site_is_dropped(line: str) -> None:
    assert cleaned(FIRST, line, SECOND) == [FIRST, SECOND]


def test_a_paragraph_that_begins_like_a_line_of_the_site_is_kept() -> None:
    paragraph = (
        "Share prices of the company that runs the ferry fell by a third on Tuesday, the day of the news."
    )
    related = (
        "Related work has been done in Varnes for years, but nobody in the council had ever read any of it."
    )
    assert cleaned(FIRST, paragraph, related) == [FIRST, paragraph, related]


def test_the_title_is_not_shown_twice() -> None:
    assert cleaned("The last ferry", FIRST, title="The last ferry") == [FIRST]


def test_a_short_line_becomes_a_heading() -> None:
    assert clean(lines(FIRST, "No crew", SECOND), "") == [
        Block("text", FIRST),
        Block("heading", "No crew"),
        Block("text", SECOND),
    ]


@pytest.mark.parametrize("question", ["What happened?", "ماذا حدث؟", "چه شد؟", "发生了什么？"])
def test_a_short_question_becomes_a_heading_in_any_script(question: str) -> None:
    assert clean(lines(FIRST, question, SECOND), "")[1] == Block("heading", question)


@pytest.mark.parametrize("line", ["It is a sad day.", "“A sad day!”", "One of three,", "दुखद दिन।"])
def test_a_short_sentence_is_no_heading(line: str) -> None:
    assert clean(lines(FIRST, line, SECOND), "")[1] == Block("text", line)


def test_where_the_file_says_what_a_heading_is_nothing_else_is_one() -> None:
    marked = [
        Block("text", FIRST),
        Block("heading", "No crew"),
        Block("text", "Since 1911"),
        Block("text", SECOND),
    ]
    assert clean(marked, "") == marked


def test_a_heading_above_nothing_is_dropped() -> None:
    assert cleaned(FIRST, SECOND, "What comes next") == [FIRST, SECOND]


def test_a_list_keeps_all_its_lines() -> None:
    assert cleaned("eggs", "milk", "bread") == ["eggs", "milk", "bread"]
