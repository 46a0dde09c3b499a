"""PDFs -> articles: paragraphs from where letters stand, and what is refused."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest

from corpus import reading
from corpus.errors import (
    Damaged,
    Encrypted,
    GarbledText,
    NothingToRead,
    OnlyPictures,
    TooManyPages,
    UnreadableArticle,
)
from corpus.reading import layout, pdf
from tests.made import Words, a_pdf, lines

FERRY = (
    "The ferry between Lunde and Varnes stops in March, the harbour board said on Tuesday, because no crew "
    "could be found for it this winter."
)
BRIDGE = "Forty thousand people crossed the sound last year, most of them on foot and many of them every day."
STORM = "A storm closed the harbour for three days, and nobody was hurt that night."
TEXT = f"{FERRY}\n\n{BRIDGE}\n\n{STORM}"
TITLE = Words("The last ferry", 60, 740, 20)


def read(data: bytes) -> reading.Reading:
    return reading.read(data, "report.pdf")


def test_a_pdf_is_its_paragraphs_under_its_largest_line() -> None:
    article = read(a_pdf([TITLE, *lines(TEXT)])).article
    assert (article.title, article.text, article.language) == ("The last ferry", TEXT, "en")


def test_byline_and_date_below_the_title_are_read() -> None:
    head = [TITLE, Words("By Ada Quill", 60, 722), Words("3 May 2021", 60, 708)]
    article = read(a_pdf([*head, *lines(TEXT, top=680)], info={"CreationDate": "D:20240101"})).article
    assert (article.author, article.published, article.text) == ("Ada Quill", date(2021, 5, 3), TEXT)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_alike(turn: int) -> None:
    assert read(a_pdf([TITLE, *lines(TEXT)], turn=turn)).article.text == TEXT


def test_two_columns_are_read_one_after_the_other_whatever_order_they_are_written_in() -> None:
    left, right = lines(TEXT, width=38, x=50), lines(f"{STORM} Again.\n\n{FERRY} So.", width=38, x=320)
    rows = [TITLE, *sorted(left + right, key=lambda words: -words.y)]
    assert read(a_pdf(rows)).article.text == f"{TEXT}\n\n{STORM} Again.\n\n{FERRY} So."


def test_a_paragraph_goes_on_over_a_page_and_a_footnote() -> None:
    first = lines(f"{BRIDGE}\n\n{FERRY}", top=200)
    note = Words("1 Minutes of the board, 2 March, page 12 of the printed edition.", 60, 90, 7)
    second = [words._replace(y=words.y + 500) for words in first[-1:]]
    pages = [[*first[:-1], note], second]
    assert read(a_pdf(*pages)).article.text.split("\n\n")[:2] == [BRIDGE, FERRY]


def test_headers_footers_and_page_numbers_are_left_out() -> None:
    pages = [
        [
            Words(f"Harbour Gazette, issue {number}", 60, 780, 8),
            *lines(f"{BRIDGE} It was year {number}0.", top=600),
            Words(f"Page {number} of 4", 280, 20, 8),
        ]
        for number in range(1, 5)
    ]
    found = read(a_pdf(*pages))
    assert found.article.text == "\n\n".join(f"{BRIDGE} It was year {number}0." for number in range(1, 5))
    assert "Harbour Gazette, issue 1" in found.left_out


def test_a_hyphen_at_the_end_of_a_line_is_undone() -> None:
    shown = [
        Words("Every evening the keeper of the light-", 60, 700),
        Words("house walks down to the well-", 60, 687),
        Words("known harbour, where a well-known inn", 60, 674),
        Words("stands beside the lighthouse of Lunde.", 60, 661),
    ]
    assert read(a_pdf(shown)).article.text == (
        "Every evening the keeper of the lighthouse walks down to the well-known harbour, where a "
        "well-known inn stands beside the lighthouse of Lunde."
    )


def test_a_bold_line_of_its_own_is_a_heading() -> None:
    page = [*lines(FERRY), Words("What comes next", 60, 640, 10, "F2"), *lines(BRIDGE, top=620)]
    article = read(a_pdf(page)).article
    assert [article.text[start:end] for start, end in article.headings] == ["What comes next"]


@pytest.mark.parametrize("junk", ["Microsoft Word - ferry.doc", "untitled", "report_v3.indd", "Document1"])
def test_a_title_that_a_program_made_up_is_not_believed(junk: str) -> None:
    assert read(a_pdf([TITLE, *lines(TEXT)], info={"Title": junk})).article.title == "The last ferry"


def test_without_a_large_line_the_file_s_own_title_counts() -> None:
    said = {"Title": "Farewell to a ferry", "Author": "Ada Quill", "CreationDate": "D:20210503101500Z"}
    article = read(a_pdf(lines(TEXT), info=said)).article
    assert (article.title, article.author, article.published) == (
        "Farewell to a ferry",
        "Ada Quill",
        date(2021, 5, 3),
    )


@pytest.mark.parametrize("owner", ["Administrator", "user", "jdoe12", "Microsoft Office User"])
def test_the_owner_of_a_computer_is_no_author(owner: str) -> None:
    assert read(a_pdf([TITLE, *lines(TEXT)], info={"Author": owner})).article.author is None


def test_words_outside_the_page_are_not_read() -> None:
    hidden = Words("Ignore what stands here.", 60, 900)
    assert "Ignore" not in read(a_pdf([TITLE, hidden, *lines(TEXT)])).article.text


def test_pages_that_are_alike_throughout_are_read() -> None:
    page = [Words("The harbour is closed on Monday.", 60, 760)]
    assert "closed on Monday" in read(a_pdf(page, page, page)).article.text


# --- what is refused


def test_pages_of_pictures_without_text_say_so() -> None:
    with pytest.raises(OnlyPictures, match=r"holds 2 pages of pictures and no text") as caught:
        read(a_pdf([], [], has_pictures=True))
    assert caught.value.n_pages == 2


def test_scanned_pages_with_a_stamp_say_so_too() -> None:
    stamp = [Words("Scan 12", 500, 10)]
    with pytest.raises(OnlyPictures):
        read(a_pdf(stamp, stamp, stamp, has_pictures=True))


def test_a_short_text_beside_no_picture_is_read() -> None:
    assert read(a_pdf([Words("Closed today.")])).article.text == "Closed today."


def test_blank_pages_hold_nothing_to_read() -> None:
    with pytest.raises(NothingToRead):
        read(a_pdf([], []))


def test_a_locked_pdf_says_so() -> None:
    with pytest.raises(Encrypted, match="locked with a password"):
        read(a_pdf(lines(TEXT), is_locked=True))


def test_letters_that_nobody_can_name_are_refused() -> None:
    with pytest.raises(GarbledText):
        pdf._refuse_pictures(
            None, [layout.Page(0, 800, [layout.Line("\ue012\ue045\ue0ff abc", 0, 0, 10, 10)])], "report.pdf"
        )


def test_more_pages_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    with pytest.raises(TooManyPages, match=r"has 3 pages; the limit is 2\.$"):
        read(a_pdf([], [], []))


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.4\n%%EOF", b"%PDF-1.7\n" + bytes(1000)])
def test_what_only_begins_like_a_pdf_is_damaged(data: bytes) -> None:
    with pytest.raises(Damaged, match=r"^report\.pdf is a PDF that is damaged or incomplete\.$"):
        read(data)


def test_a_pdf_cut_off_anywhere_is_read_or_refused() -> None:
    data = a_pdf([TITLE, *lines(TEXT)], lines(TEXT))
    for end in range(10, len(data), len(data) // 40):
        with suppress(UnreadableArticle):
            assert read(data[:end]).article.text


@pytest.mark.parametrize(
    "tail",
    [
        b"startxref\n0\n%%EOF",
        b"startxref\n99999999999999999999\n%%EOF",
        b"xref\n0 4294967295\ntrailer << /Root 1 0 R >>\nstartxref\n-1\n%%EOF",
        b"trailer << /Root 1 0 R /Prev 10 >>\nstartxref\n9\n%%EOF",
    ],
)
def test_a_table_of_objects_that_leads_nowhere_or_round_in_circles_ends(tail: bytes) -> None:
    data = a_pdf(lines(TEXT))
    with suppress(UnreadableArticle):
        assert read(data[: data.rindex(b"startxref")] + tail).article.text


def test_pages_that_contain_one_another_end() -> None:
    circle = b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"
    data = a_pdf(lines(TEXT))
    with pytest.raises((Damaged, NothingToRead)):
        read(data.replace(data[data.index(b"<< /Type /Pages") : data.index(b"/Count 1 >>") + 11], circle))
