"""A line of text -> the date it names: what is not guessed, then how people write dates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus import clock
from corpus.reading import dates

if TYPE_CHECKING:
    from collections.abc import Callable

SECOND_OF_JULY = date(2020, 7, 2)
LANGUAGES = ("en", "de", "es", "fr", "ru", "tr", "ar", "fa", "hi", "zh", "ja", "th")


@pytest.fixture
def today_is(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Sets the clock to noon of a day."""

    def set_to(day: date) -> None:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda: noon)

    return set_to


# --- what is not guessed


@pytest.mark.parametrize("line", ["03/04/2020", "3.4.2020", "12-11-2019", "1 2 2020"])
def test_a_date_that_means_two_days_is_not_guessed(line: str) -> None:
    assert dates.find(line, "en") is None


@pytest.mark.parametrize(
    "line",
    [
        "",
        "2020",
        "July 2020",
        "07/2020",
        "2 July",
        "Monday",
        "yesterday",
        "in 3 days",
        "3 hours ago",
        "Room 1204, 5th floor",
        "The harbour of 1911 had 2020 moorings",
    ],
)
def test_a_line_without_a_whole_date_names_none(line: str) -> None:
    assert dates.find(line, "en") is None


@pytest.mark.parametrize("line", ["31 February 2020", "29 February 2021", "0000-00-00", "32/12/2020"])
def test_a_day_that_never_was_is_no_date(line: str) -> None:
    assert dates.find(line, "en") is None


def test_a_date_to_come_is_not_a_publication_date(today_is: Callable[[date], None]) -> None:
    today_is(date(2020, 6, 29))
    assert dates.find("2 July 2020", "en") is None


def test_a_site_whose_clock_is_a_day_ahead_is_believed(today_is: Callable[[date], None]) -> None:
    today_is(date(2020, 7, 1))
    found = dates.find("2 July 2020", "en")
    assert found is not None
    assert found.day == SECOND_OF_JULY


def test_a_date_behind_one_to_come_is_found() -> None:
    found = dates.find("Valid to 2 July 2999, printed 2 July 2020", "en")
    assert found is not None
    assert found.day == SECOND_OF_JULY


# --- how people write dates


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("13/04/2020", date(2020, 4, 13)),
        ("04/13/2020", date(2020, 4, 13)),
        ("13.04.2020", date(2020, 4, 13)),
        ("05/05/2020", date(2020, 5, 5)),
    ],
)
def test_a_date_in_figures_is_read_when_it_means_one_day(line: str, day: date) -> None:
    found = dates.find(line, "en")
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    "line",
    [
        "2020-07-02",
        "2020/07/02",
        "2020-07-02T12:30:00Z",
        "2 July 2020",
        "02 Jul 2020",
        "July 2, 2020",
        "2-Jul-2020",
        "2nd July 2020",
        "Thursday 2 July 2020",
        "Thu, 02 Jul 2020 14:00 GMT",
        "Published 2 July 2020 | Updated 3 July 2020",
        "Harbour Post, July 2, 2020 at 5:04pm EST",
    ],
)
def test_an_english_date_is_read(line: str) -> None:
    found = dates.find(line, "en")
    assert found is not None
    assert found.day == SECOND_OF_JULY


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "2. Juli 2020"),
        ("de", "Donnerstag, den 2. Juli 2020"),
        ("es", "2 de julio de 2020"),
        ("fr", "2 juillet 2020"),
        ("ru", "2 июля 2020"),
        ("tr", "2 Temmuz 2020"),
        ("ar", "2 يوليو 2020"),
        ("ar", "٢ يوليو ٢٠٢٠"),
        ("fa", "2 ژوئیه 2020"),
        ("hi", "2 जुलाई 2020"),
        ("hi", "२ जुलाई २०२०"),
        ("zh", "2020年7月2日"),
        ("ja", "2020年7月2日"),
        ("th", "2 กรกฎาคม 2020"),
    ],
)
def test_a_date_is_read_in_the_language_of_its_article(language: str, line: str) -> None:
    found = dates.find(line, language)
    assert found is not None
    assert found.day == SECOND_OF_JULY


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_english_date_is_read_whatever_the_language(language: str) -> None:
    found = dates.find("2 July 2020", language)
    assert found is not None
    assert found.day == SECOND_OF_JULY


def test_a_language_nobody_has_a_calendar_of_is_read_as_english() -> None:
    found = dates.find("2 July 2020", "qu")
    assert found is not None
    assert found.day == SECOND_OF_JULY


def test_a_thai_year_is_counted_from_the_buddha() -> None:
    found = dates.find("2 กรกฎาคม 2563", "th")
    assert found is not None
    assert found.day == SECOND_OF_JULY


def test_a_thai_leap_day_of_no_leap_year_is_no_date() -> None:
    assert dates.find("29 กุมภาพันธ์ 2560", "th") is None


def test_a_thai_leap_day_is_read() -> None:
    found = dates.find("29 กุมภาพันธ์ 2563", "th")
    assert found is not None
    assert found.day == date(2020, 2, 29)


@pytest.mark.parametrize(
    "line", ["2  July 2020", "July  2, 2020", "2\u00a0July\u00a02020", "2\tJuly\t2020", "2 July 2020,  10:30"]
)
def test_a_date_with_other_spaces_than_one_plain_one_is_read(line: str) -> None:
    found = dates.find(line, "en")
    assert found is not None
    assert found.day == SECOND_OF_JULY


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Jul. 2, 2020"),
        ("en", "2 Jul. 2020"),
        ("de", "2. Jul. 2020"),
        ("es", "2 jul. 2020"),
        ("fr", "2 juil. 2020"),
        ("ru", "2 июл. 2020"),
    ],
)
def test_a_month_shortened_with_a_full_stop_is_read(language: str, line: str) -> None:
    found = dates.find(line, language)
    assert found is not None
    assert found.day == SECOND_OF_JULY


def test_the_first_of_a_french_month_is_read() -> None:
    found = dates.find("1er août 2020", "fr")
    assert found is not None
    assert found.day == date(2020, 8, 1)


@pytest.mark.parametrize("language", ["de", "ru", "tr"])
def test_figures_with_full_stops_are_day_and_month_where_nobody_writes_otherwise(language: str) -> None:
    found = dates.find("02.07.2020", language)
    assert found is not None
    assert found.day == SECOND_OF_JULY


@pytest.mark.parametrize(
    "line", ["30 اسفند 1400", "1399/13/01", "شماره 0912/1399/04/12", "12 تیر", "12 تیر 99", "1445/05/03"]
)
def test_what_is_no_day_of_the_persian_calendar_or_one_to_come_is_not_guessed(line: str) -> None:
    found = dates.find(line, "fa")
    assert found is None


@pytest.mark.parametrize(
    "words",
    [
        "12 تیر 1399",
        "۱۲ تیر ۱۳۹۹",
        "۱۲ تیرماه ۱۳۹۹",
        "۱۲ تیر ماه سال ۱۳۹۹",
        "۱۲ تیر، ۱۳۹۹",
        "۱۲ تير ۱۳۹۹",  # the Arabic letter for the Persian one
        "۱۲ سرطان ۱۳۹۹",  # as in Afghanistan
        "۱۳۹۹/۰۴/۱۲",
        "1399-04-12",
        "1399/4/12",
    ],
)
def test_a_persian_date_is_read_in_the_persian_calendar(words: str) -> None:
    line = f"پنجشنبه {words} - ۱۴:۳۰ روزنامهٔ بندر"
    found = dates.find(line, "fa")
    assert found is not None
    assert (found.day, line[slice(*found.span)]) == (SECOND_OF_JULY, words)


def test_a_persian_timestamp_is_read_where_the_language_is_not_known() -> None:
    found = dates.find("1399-04-12T14:30:00+04:30")
    assert found is not None
    assert found.day == SECOND_OF_JULY


def test_of_a_persian_and_a_western_date_in_one_line_both_would_be_the_day() -> None:
    found = dates.find("۱۲ تیر ۱۳۹۹ - 2 July 2020", "fa")
    assert found is not None
    assert found.day == SECOND_OF_JULY


# --- where it stands


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("02 Jul 2020 TRT World", "02 Jul 2020"),
        ("Harbour Post | 2 July 2020 | 4 min read", "2 July 2020"),
        ("Hafenblatt, 13. März 2021", "13. März 2021"),
        ("港口报 2020年7月2日", "2020年7月2日"),
    ],
)
def test_the_span_holds_the_date_and_no_name_beside_it(line: str, words: str) -> None:
    found = dates.find(line, "zh" if "年" in line else "de" if "März" in line else "en")
    assert found is not None
    assert line[slice(*found.span)] == words


def test_of_two_dates_the_first_is_taken() -> None:
    line = "2 July 2020, updated 5 July 2020"
    found = dates.find(line, "en")
    assert found is not None
    assert (found.day, found.span.start) == (SECOND_OF_JULY, 0)


@settings(deadline=None)
@given(
    day=st.dates(date(1900, 1, 1), date(2026, 1, 1)),
    written=st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "Posted on %A, %d %B %Y"]),
)
def test_every_day_of_a_century_is_read_as_it_was_written(day: date, written: str) -> None:
    found = dates.find(day.strftime(written), "en")
    assert found is not None
    assert found.day == day


@settings(deadline=None, max_examples=60)
@given(
    line=st.lists(
        st.sampled_from(
            [*"0123456789/-.,:", " ", "  ", "\t", "\u00a0", "2020", "July", "März", "июля", "年", "İ", "GMT"]
        )
        | st.characters(),
        max_size=12,
    ).map("".join),
    language=st.sampled_from([*LANGUAGES, "und"]),
)
@example(line="2  July 2020", language="en")
@example(line="29 กุมภาพันธ์ 2560", language="th")
def test_no_line_is_too_odd_to_be_looked_at(line: str, language: str) -> None:
    found = dates.find(line, language)
    assert found is None or 0 <= found.span.start < found.span.end <= len(line)
