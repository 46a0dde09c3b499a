"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import sentences

LANGUAGES = ["en", "de", "es", "fr", "ru", "tr", "ar", "fa", "hi", "zh", "ja", "th", "und", "xx"]

ANY_TEXT = st.text(max_size=80)
FRAGMENTS = [
    "The ", "he ", "Dr. ", "U.S. ", "J. ", "No. ", "no. ", "e.g. ", "3.5 ", "Paris", "1,000", "a",
    ". ", "? ", "! ", "… ", "。", "！", "؟ ", "।", "–", ":", "(", ")", "[1]",
    "“", "”", '"', "«", "»", "„", "「", "」", "‘", "’", "'", "\n", "\n\n", " \n ", "\t", " ",
    "联合国", "السلام", "संयुक्त", "สหประชาชาติ", "한국", "😀", "👩\u200d💻",
    "\u200f", "\u2060", "\u0301", "\u00a0", "\u3000",
]  # fmt: skip
MIXED_SCRIPTS = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)


def split(text: str, language: str | None = "en") -> list[str]:
    return [text[start:end] for start, end in sentences.split(text, language)]


# --- texts that are not as sentences should be


@pytest.mark.parametrize("text", ["", " ", "\n \n\t"])
def test_a_blank_text_has_no_sentences(text: str) -> None:
    assert split(text) == []


@pytest.mark.parametrize("text", ["no end at all", "…", "“", ". . .", "😀😀", "a.b.c", "x" * 100_000])
def test_a_text_without_an_end_is_one_sentence(text: str) -> None:
    assert split(text) == [text]


def test_half_a_character_does_no_harm() -> None:
    assert split("The \ud800 came. They left.") == ["The \ud800 came.", "They left."]


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2028", "\u3000"])
def test_a_wide_space_between_a_capital_and_the_full_stop_does_no_harm(space: str) -> None:
    text = f"They chose plan B{space}. Then they left."
    assert "".join("".join(split(text)).split()) == "".join(text.split())


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT | MIXED_SCRIPTS, st.sampled_from(LANGUAGES))
def test_sentences_hold_all_of_a_text_but_spaces_once_and_in_order(text: str, language: str) -> None:
    end = 0
    for start, next_end in sentences.split(text, language):
        assert not text[end:start].strip()
        end = next_end
    assert not text[end:].strip()


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT | MIXED_SCRIPTS, st.sampled_from(LANGUAGES))
def test_no_sentence_is_blank_or_begins_or_ends_with_a_space(text: str, language: str) -> None:
    found = split(text, language)
    assert found == [sentence.strip() for sentence in found if sentence.strip()]


def test_an_unknown_language_is_cut_by_punctuation() -> None:
    assert split("One came. Two left.", None) == ["One came.", "Two left."]


# --- ends in each language


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["They met in Doha.", "Did they agree?", "No!"]),
        ("de", ["Er kam z. B. am 3. Mai.", "Danach ging er."]),
        ("es", ["¿Qué pasó?", "¡Nada!", "Se fueron."]),
        ("fr", ["Il est venu.", "Est-il parti ?", "Oui."]),
        ("ru", ["Он пришёл.", "Ушёл ли он?", "Да!"]),
        ("tr", ["Toplantı bitti.", "Herkes gitti."]),
        ("ar", ["هل جاء؟", "نعم، جاء.", "ثم ذهب."]),
        ("fa", ["آیا آمد؟", "بله آمد."]),
        ("hi", ["वह आया।", "वह गया।"]),
    ],
)
def test_a_mark_and_a_space_end_a_sentence(language: str, expected: list[str]) -> None:
    assert split(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh", ["他来了。", "他走了吗？", "走了！"]), ("ja", ["彼は来た。", "彼は去った！", "本当？"])],
)
def test_a_mark_ends_a_sentence_where_no_space_is_written(language: str, expected: list[str]) -> None:
    assert split("".join(expected), language) == expected


def test_thai_has_no_end_marks_and_stays_one_sentence() -> None:
    assert split("ฉันไปโรงเรียน แล้วกลับบ้าน", "th") == ["ฉันไปโรงเรียน แล้วกลับบ้าน"]


def test_a_script_without_capitals_and_latin_marks_is_cut_too() -> None:
    assert split("나는 왔다. 그는 갔다.", "ko") == ["나는 왔다.", "그는 갔다."]


def test_georgian_sentences_end_although_it_has_no_capitals() -> None:
    assert len(split("გამარჯობა მსოფლიო. როგორ ხარ დღეს. კარგად ვარ.", "ka")) == 3


# --- full stops that end nothing


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. Smith met Mr. Jones and Gen. Lee.",
        "The U.S. Army left the base.",
        "The U.N. Secretary-General spoke.",
        "It cost $3.5 million, or 1.000.000 in all.",
        "Version 3.0 is out.",
        "See e.g. Smith et al. for more.",
        "J. K. Rowling wrote it.",
        "Rule No. 5 is the shortest.",
        "It grew by approx. 3 per cent.",
        "Apple Inc. said so.",
        "It rained, said Ms. Reed.",
        "The doors open at 5 p.m. Sunday.",
        "They left at 11 a.m. EST (4 p.m., Dec. 18, GMT) by train.",
        "We met at 9 P.M. Dec. 3 at last.",
    ],
)
def test_an_abbreviation_or_a_decimal_ends_no_sentence(sentence: str) -> None:
    assert split(f"{sentence} They left.") == [sentence, "They left."]


@pytest.mark.parametrize(
    "sentence",
    ["He moved to the U.S.", "They left the U.K.", "It came from the U.N.", "He lives in Washington, D.C."],
)
@pytest.mark.parametrize(
    "following", ["The army left.", "“We won,” he said.", "It was late.", "A fire broke out."]
)
def test_initials_end_a_sentence_where_the_next_begins_as_only_a_sentence_does(
    sentence: str, following: str
) -> None:
    assert split(f"{sentence} {following}") == [sentence, following]


@pytest.mark.parametrize(
    "sentence",
    [
        "In the U.S. President Biden said so.",
        "The U.S. Taliban deal failed.",
        "Those are U.S. A-10 planes.",
        "The U.N. IT office was closed.",
        "The F.B.I. Director spoke.",
        "He said U.S. forces left.",
    ],
)
def test_initials_before_a_name_end_no_sentence(sentence: str) -> None:
    assert split(f"{sentence} They left.") == [sentence, "They left."]


@pytest.mark.parametrize("sentence", ["It closed at 5 p.m.", "In the end I am."])
def test_a_time_of_day_ends_a_sentence_where_no_day_or_zone_follows(sentence: str) -> None:
    assert split(f"{sentence} Police came.") == [sentence, "Police came."]


def test_the_word_no_ends_a_sentence() -> None:
    assert split("The minister said no. Then he left.") == ["The minister said no.", "Then he left."]


@pytest.mark.parametrize(
    "sentence", ["“What?” he asked.", "“Stop!” she cried.", "«Что?» спросил он.", "It is 5 p.m. now."]
)
def test_a_small_letter_goes_on_with_the_sentence(sentence: str) -> None:
    assert split(f"{sentence} They left.") == [sentence, "They left."]


# --- quotations, brackets, footnotes


@pytest.mark.parametrize(
    ("quotation", "language"),
    [
        (["“We came.", "We saw.”"], "en"),
        (['"We came.', 'We saw."'], "en"),
        (["‘We came.", "We saw.’"], "en"),
        (["« Nous sommes venus.", "Nous avons vu. »"], "fr"),
        (["«Мы пришли.", "Мы увидели.»"], "ru"),
        (["”Vi kom.", "Vi såg.”"], "sv"),
    ],
)
def test_a_quotation_of_two_sentences_is_two_and_keeps_its_marks(quotation: list[str], language: str) -> None:
    expected = [*quotation, "He left."]
    assert split(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    "expected", [["„Wir kamen.", "Wir sahen.“", "Er ging."], ["»Wir kamen.«", "Er ging."]]
)
def test_a_german_closing_mark_stays_with_its_sentence(expected: list[str]) -> None:
    assert split(" ".join(expected), "de") == expected


@pytest.mark.parametrize(
    ("expected", "language"), [(["“他来了。”", "他走了。"], "zh"), (["「行こう。」", "彼は去った。"], "ja")]
)
def test_a_closing_mark_stays_with_its_sentence_without_a_space_behind_it(
    expected: list[str], language: str
) -> None:
    assert split("".join(expected), language) == expected


def test_each_quotation_in_a_row_is_a_sentence() -> None:
    assert split('"Stop." "Go." He left.') == ['"Stop."', '"Go."', "He left."]


def test_a_closing_mark_at_the_end_of_the_text_is_not_parted() -> None:
    assert split("He said: “Stop. Go.”") == ["He said: “Stop.", "Go.”"]


def test_a_footnote_stays_with_its_sentence() -> None:
    assert split("They met.[1][2] They left.") == ["They met.[1][2]", "They left."]


# --- lines


def test_a_line_break_inside_a_sentence_does_not_end_it() -> None:
    assert split("The first line\nand the second. The third.") == [
        "The first line\nand the second.",
        "The third.",
    ]


@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n"])
def test_an_empty_line_ends_a_sentence_without_a_mark(gap: str) -> None:
    assert split(f"Background{gap}They met.") == ["Background", "They met."]


@pytest.mark.parametrize("blanks", [" ", "\t", "  \n ", "\u00a0", "\u3000 "])
def test_a_line_of_blanks_ends_a_sentence_without_a_mark(blanks: str) -> None:
    assert split(f"Background\n{blanks}\nThey met.") == ["Background", "They met."]


def test_an_empty_line_ends_a_sentence_before_a_small_letter() -> None:
    assert split("He asked.\n\nthen left.") == ["He asked.", "then left."]


def test_a_long_paragraph_is_cut_into_all_its_sentences() -> None:
    assert split("The leaders met. " * 6_000) == ["The leaders met."] * 6_000


@pytest.mark.parametrize("sentence", ["联合国发表了报告。", "Él llegó.", "Нет."])
def test_a_paragraph_of_very_many_sentences_is_cut_into_all_of_them(sentence: str) -> None:
    assert split(f"{sentence} " * 20_000, "es") == [sentence] * 20_000


@pytest.mark.parametrize("n_words", [999, 1_000, 1_001, 3_000])
def test_a_sentence_longer_than_what_is_looked_at_at_once_is_one(n_words: int) -> None:
    sentence = "Word " * n_words + "end."
    assert split(f"He came. {sentence} He left.") == ["He came.", sentence, "He left."]


def test_more_spaces_than_are_looked_at_at_once_are_no_sentence() -> None:
    assert split(" " * 9_000 + "He came." + " " * 9_000 + "He left.") == ["He came.", "He left."]
