"""Bytes of a text -> the text: what is refused, which encodings are known, which characters are no text."""

from __future__ import annotations

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import NothingToRead, NotText, UnknownEncoding, UnreadableArticle
from corpus.reading.decode import _short_western, decode

NAME = "ferry.txt"
ENGLISH = (
    "The café at the harbour closed on Monday – nobody knows why, said Zoë. “We’ll see,” she added.\n" * 3
)
RUSSIAN = "Паром между двумя городами больше не будет ходить после последнего дня марта, сообщил совет.\n" * 3
JAPANESE = "港の組合は火曜日、三月末で渡し船を廃止すると発表した。乗組員がいないためだという。\n" * 3
CHINESE = "港务局周二表示，渡轮将于三月最后一天停运。去年约有四万人乘坐渡轮，其中大多数是步行者。\n" * 3


# --- what is refused


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\t\r\n",
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf \n",
        b"\xff\xfe",
        b"\xfe\xff",
        "\u00a0\u3000".encode(),
        "\u200b\ufeff\u00ad".encode(),
    ],
    ids=["empty", "blank", "mark", "mark and blanks", "UTF-16", "UTF-16 BE", "no-break spaces", "invisible"],
)
def test_a_file_without_a_visible_character_holds_no_text(data: bytes) -> None:
    with pytest.raises(NothingToRead, match=r"^ferry\.txt holds no text\.$"):
        decode(data, NAME)


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, bytes(100), b"\x00\x00\x00\x18ftypmp42" + bytes(40)])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(NotText, match=r"^ferry\.txt is a binary file, not a text\."):
        decode(data, NAME)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfThe ferry\xff\xff stops.",
        b"\xff\xfeT\x00h\x00e\x00 \xd8",
        b"\xff\xfe" + "ferry \ud800 harbour".encode("utf-16-le", "surrogatepass"),
        b"\x00\x00\xfe\xffThe",
    ],
    ids=["UTF-8", "UTF-16 cut short", "half of a surrogate pair", "UTF-32"],
)
def test_a_text_that_is_not_in_the_encoding_its_mark_promises_is_refused(data: bytes) -> None:
    with pytest.raises(UnknownEncoding, match=r"Save it as UTF-8\.$"):
        decode(data, NAME)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_text_or_refused(data: bytes) -> None:
    with suppress(UnreadableArticle):
        assert decode(data, NAME).strip()


# --- encodings


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8"),
        (ENGLISH, "utf-8-sig"),
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (ENGLISH, "utf-32"),
        (ENGLISH, "cp1252"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "utf-16"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (CHINESE, "utf-16"),
        (CHINESE, "gb18030"),
    ],
)
def test_a_text_is_read_in_the_encoding_it_was_saved_in(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), NAME) == text


@pytest.mark.parametrize(
    "sentence",
    [
        "El niño pequeño cruzó el puente ayer.",
        "Le café était fermé à cause de la tempête.",
        "Die Fähre über den Sund fährt ab März nicht mehr.",
        "“We’ll see,” she said – and left.",
    ],
)
def test_a_single_sentence_from_an_old_windows_is_read(sentence: str) -> None:
    assert decode(sentence.encode("cp1252"), NAME) == sentence


@pytest.mark.parametrize(
    ("sentence", "encoding"),
    [
        ("Prom między miastami nie będzie kursował od końca marca, ogłosiła rada.", "cp1250"),
        ("Два города без парома.", "cp1251"),
        ("İki şehir arasındaki vapur mart ayından sonra çalışmayacak.", "cp1254"),
    ],
)
def test_a_single_sentence_of_another_code_page_is_not_taken_for_western(
    sentence: str, encoding: str
) -> None:
    assert _short_western(sentence.encode(encoding)) is None


# --- which characters are kept


@pytest.mark.parametrize("text", ["5\u00a0€", "می\u200cرود", "क्\u200dष", "a\tb", "a  b", "名\u3000前"])
def test_a_space_that_means_something_is_kept(text: str) -> None:
    assert decode(text.encode(), NAME) == text


@pytest.mark.parametrize("invisible", ["\u00ad", "\u200b", "\u2060", "\ufeff"])
def test_a_place_where_a_word_may_break_is_no_part_of_the_word(invisible: str) -> None:
    assert decode(f"har{invisible}bour".encode(), NAME) == "harbour"


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u0085", "\u2028"])
def test_every_kind_of_line_end_becomes_a_newline(end: str) -> None:
    assert decode(f"ferry{end}harbour".encode(), NAME) == "ferry\nharbour"


def test_a_paragraph_separator_becomes_an_empty_line() -> None:
    assert decode("ferry\u2029harbour".encode(), NAME) == "ferry\n\nharbour"


@pytest.mark.parametrize("between", ["\f", "\v"])
def test_words_on_either_side_of_a_page_break_stay_apart(between: str) -> None:
    assert decode(f"ferry{between}harbour".encode(), NAME).split() == ["ferry", "harbour"]


def test_letters_and_their_accents_are_composed() -> None:
    assert decode("cafe\u0301".encode(), NAME) == "café"


def test_what_a_terminal_would_obey_is_left_out() -> None:
    escapes = "\x1b[31mThe ferry\x1b[0m"
    assert "\x1b" not in decode(f"{escapes} stops.{' It is gone.' * 40}".encode(), NAME)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_a_decoded_text_is_composed_and_free_of_controls(text: str) -> None:
    try:
        found = decode(text.encode(), NAME)
    except UnreadableArticle:
        return
    controls = {letter for letter in found if unicodedata.category(letter) == "Cc"} - {"\n", "\t"}
    assert (controls, unicodedata.is_normalized("NFC", found)) == (set(), True)


@settings(deadline=None)
@given(st.text(st.characters(categories=["L", "N"]), min_size=1))
def test_every_letter_of_a_utf8_text_is_kept(text: str) -> None:
    assert decode(text.encode(), NAME) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("koi8-r", "koi8-r"), ("cp1251", "windows-1251"), ("utf-16-be", "UTF-16BE"), ("cp866", "cp866")],
)
def test_a_short_text_is_in_the_encoding_that_its_server_names(encoding: str, said: str) -> None:
    text = "Паром не ходит."
    assert decode(text.encode(encoding), NAME, said) == text


def test_a_japanese_mail_hides_in_ascii() -> None:
    assert decode(JAPANESE.encode("iso-2022-jp"), NAME, "iso-2022-jp") == JAPANESE


@pytest.mark.parametrize("said", ["iso-8859-1", "utf-8", "ascii", "utf-16", "no-such", "", "rot13"])
def test_a_server_that_is_plainly_wrong_about_a_text_is_passed_over(said: str) -> None:
    for encoding in ("utf-8", "cp1251"):
        assert decode(RUSSIAN.encode(encoding), NAME, said) == RUSSIAN
