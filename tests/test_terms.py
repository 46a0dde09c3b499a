"""What a word is found by: the same terms for the same word, however it is written."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import terms

LANGUAGES = ["en", "de", "es", "fr", "ru", "tr", "ar", "fa", "hi", "zh", "ja", "th", "und", "xx"]
WITH_STOP_WORDS = ["en", "de", "es", "fr", "ru", "tr", "ar", "fa", "hi"]

ANY_TEXT = st.text(st.characters(), max_size=60)
"""Any code points at all, half surrogate pairs among them."""
FRAGMENTS = [
    "UN", "us", "U.S.", "al-Qaeda", "O’Brien’s", "l’homme", "9/11", "$1,200", "COVID-19", "Ankara’da", "½",
    "السلام", "می‌روم", "٢٠٢٠", "लड़का", "联合国", "トウキョウ", "ประเทศ", "한국", "ё", "e\u0301",
    "😀", "👩\u200d💻", "\ud800", "\u200f", "\u200c", "\u0301", " ", "\n", ".", "'", "’", "-",
]  # fmt: skip
MIXED_SCRIPTS = st.lists(st.sampled_from(FRAGMENTS), max_size=20).map("".join)


def of(text: str, language: str | None = "en") -> list[str]:
    return [found.term for found in terms.analyse(text, language)]


# --- texts that hold no word, or hardly one


@pytest.mark.parametrize("text", ["", " \n\t", "…!?—", "😀 👩\u200d💻", "\ud800", "'", "ʼ", "\x00", "\u200c"])
def test_a_text_without_words_has_no_terms(text: str) -> None:
    assert of(text) == []


def test_half_a_character_does_not_hide_the_words_around_it() -> None:
    assert of("Taliban \ud800 leaders") == of("Taliban leaders")


def test_emoji_do_not_hide_the_words_around_them() -> None:
    assert of("Taliban👩\u200d💻leaders") == of("Taliban leaders")


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT | MIXED_SCRIPTS, st.sampled_from(LANGUAGES))
def test_terms_stand_in_the_text_in_reading_order(text: str, language: str) -> None:
    found = terms.analyse(text, language)
    assert all(0 <= term.start < term.end <= len(text) for term in found)
    assert [term.start for term in found] == sorted({term.start for term in found})


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT | MIXED_SCRIPTS, st.sampled_from(LANGUAGES))
def test_no_term_is_empty(text: str, language: str) -> None:
    assert "" not in of(text, language)


@settings(max_examples=100, deadline=None)
@given(MIXED_SCRIPTS, st.sampled_from(LANGUAGES))
def test_no_term_holds_a_space(text: str, language: str) -> None:
    found = of(text, language)
    assert " ".join(found).split() == found


@pytest.mark.parametrize("sign", ["ﷺ", "ﷻ", "ﹰ"])
def test_a_sign_that_stands_for_several_words_makes_no_term_with_a_space(sign: str) -> None:
    found = of(f"محمد {sign} للناس", "ar")
    assert " ".join(found).split() == found


def test_a_paragraph_of_a_million_characters_without_a_space_is_one_term() -> None:
    assert [(found.start, found.end) for found in terms.analyse("a" * 1_000_000, "en")] == [(0, 1_000_000)]


# --- names that are spelled like stop words


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What did the US say to us?", "us"),
        ("Who heads the WHO?", "who"),
        ("Did it help IT firms?", "it"),
        ("What did the UN say?", "un"),
    ],
)
def test_a_name_in_capitals_is_a_word_and_the_same_letters_are_not(question: str, name: str) -> None:
    assert of(question).count(name) == 1


def test_un_is_a_word_in_english_and_no_word_in_french() -> None:
    assert ("un" in of("un rapport", "en"), "un" in of("un rapport", "fr")) == (True, False)


def test_a_headline_all_in_capitals_keeps_no_stop_words() -> None:
    assert of("THE REPORT SAID IT WOULD HELP US") == of("the report said it would help us")


def test_an_abbreviation_with_full_stops_is_kept_in_a_headline_all_in_capitals() -> None:
    assert "us" in of("MORE U.S. TROOPS LEAVE THE CITY")


@pytest.mark.parametrize("question", ["US", "WHO?", "IT", "US 2020", "WHO COVID-19"])
def test_a_question_that_is_only_a_name_in_capitals_keeps_it(question: str) -> None:
    assert of(question)[:1] == [question.strip("?").split()[0].lower()]


# --- several writings of one word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S. troops", "US troops"),
        ("the U.N. report", "the UN report"),
        ("U.K.-based", "UK-based"),
        ("al-Qaeda", "Al Qaida"),
        ("al-Qaeda", "al-Qaida"),
        ("al‑Qaeda", "Al-Qaida"),
        ("COVID-19", "covid 19"),
        ("9/11", "9-11"),
        ("F-35", "f 35"),
        ("$12", "12 $"),
        ("$1,200", "1200"),
        ("Zelenskyy", "Zelensky’s"),
        ("Kiev", "Kyiv"),
        ("Mujahed", "Mujahid"),
        ("Taleban", "Taliban"),
        ("Shi’ite", "Shia"),
        ("Qur'an", "Koran"),
    ],
)
def test_newspapers_writings_of_a_name_are_one(one: str, other: str) -> None:
    assert of(one) == of(other) != []


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        pytest.param("A.I.D.S.", "AIDS", "en", id="stem"),
        pytest.param("the U.S.’s troops", "the US’s troops", "en", id="possessive"),
        pytest.param("I.M.F.", "IMF", "tr", id="turkish"),
    ],
)
def test_an_abbreviation_with_full_stops_is_the_one_without(one: str, other: str, language: str) -> None:
    assert of(one, language) == of(other, language)


@pytest.mark.parametrize(
    ("one", "other"),
    [("F-35", "F-16"), ("COVID-19", "COVID-20"), ("9/11", "7/11"), ("$12", "$13"), ("US", "UK")],
)
def test_names_that_differ_in_one_part_stay_apart(one: str, other: str) -> None:
    assert of(f"The {one} again") != of(f"The {other} again")


@pytest.mark.parametrize("written", ["Russia's", "Russia’s", "Russiaʼs", "russia", "RUSSIA’S"])
def test_a_possessive_is_the_name(written: str) -> None:
    assert of(written) == of("Russia")


@pytest.mark.parametrize("written", ["O'Brien", "O’Brien", "O’Brien’s", "OBRIEN"])
def test_an_apostrophe_inside_a_name_parts_nothing(written: str) -> None:
    assert of(written) == ["obrien"]


@pytest.mark.parametrize("written", ["don't", "Don’t", "it’s", "we'll", "they’ve"])
def test_a_contraction_of_stop_words_is_a_stop_word(written: str) -> None:
    assert of(written) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ｔａｌｉｂａｎ", "Taliban"),
        ("ﬁnance", "finance"),
        ("cafe\u0301", "café"),
        ("９／１１", "9/11"),
        ("STRASSE", "straße"),
    ],
)
def test_unicode_forms_of_a_word_are_one(one: str, other: str) -> None:
    assert of(one) == of(other) != []


@pytest.mark.parametrize("written", ["٢٠٢٠", "۲۰۲۰", "२०२०", "２０２０", "๒๐๒๐"])
@pytest.mark.parametrize("language", ["en", "ar", "fa", "hi", "th"])
def test_digits_of_any_script_are_one_number(written: str, language: str) -> None:
    assert of(written, language) == ["2020"]


# --- what each language needs


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "negotiations", "negotiated"),
        ("de", "Verhandlungen", "Verhandlung"),
        ("es", "negociaciones", "negociación"),
        ("fr", "négociations", "négociation"),
        ("ru", "переговоры", "переговоров"),
        ("tr", "kitaplar", "kitap"),
        ("ar", "كتابها", "كتاب"),
        ("hi", "किताबें", "किताब"),
    ],
)
def test_inflections_of_a_word_are_one_term(language: str, one: str, other: str) -> None:
    assert of(one, language) == of(other, language) != []


@pytest.mark.parametrize("language", WITH_STOP_WORDS)
def test_every_stop_word_of_a_language_is_left_out(language: str) -> None:
    words = terms.stop_words(language)
    assert len(words) > 100
    assert of(" ".join(sorted(words)), language) == []


def test_without_a_known_language_no_word_is_left_out_or_stemmed() -> None:
    assert of("the negotiations", None) == ["the", "negotiations"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("l’homme", "homme"),
        ("L'OMS", "OMS"),
        ("d’Alger", "Alger"),
        ("qu’ONU", "ONU"),
        ("aujourd’hui", "aujourd'hui"),
    ],
)
def test_french_elision_is_left_out(one: str, other: str) -> None:
    assert of(one, "fr") == of(other, "fr") != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ankara’da", "Ankara"),
        ("Türkiye'nin", "Türkiye"),
        ("İSTANBUL", "istanbul"),
        ("IRAK", "ırak"),
        ("NATO’ya", "NATO"),
    ],
)
def test_a_turkish_name_is_one_with_its_suffix_and_its_capitals(one: str, other: str) -> None:
    assert of(one, "tr") == of(other, "tr") != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("السَّلام", "السلام"),
        ("الـسلام", "السلام"),
        ("أفغانستان", "افغانستان"),
        ("إيران", "ایران"),
        ("کتاب", "كتاب"),
        ("آسيا", "اسيا"),
    ],
)
def test_arabic_letters_are_one_with_and_without_marks(one: str, other: str) -> None:
    assert of(one, "ar") == of(other, "ar") != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ايران", "ایران"),
        ("علي", "علی"),
        ("كتاب", "کتاب"),
        ("خانۀ", "خانه"),
        ("مُحَمَّد", "محمد"),
        ("هسته‌ای", "هسته ای"),
        ("می‌خواهم", "می خواهم"),
    ],
)
def test_persian_letters_are_one_and_a_joiner_is_a_space(one: str, other: str) -> None:
    assert of(one, "fa") == of(other, "fa") != []


@pytest.mark.parametrize(
    ("one", "other"), [("फ़रवरी", "फरवरी"), ("चाँद", "चांद"), ("लड़का", "लड़का"), ("१९४७", "1947")]
)
def test_hindi_words_are_one_with_and_without_dots(one: str, other: str) -> None:
    assert of(one, "hi") == of(other, "hi") != []


def test_chinese_is_cut_into_pairs() -> None:
    assert of("联合国报告", "zh") == ["联合", "合国", "国报", "报告"]


def test_japanese_is_cut_into_pairs_across_its_scripts() -> None:
    assert of("東京タワー", "ja") == ["東京", "京タ", "タワ", "ワー"]


def test_thai_is_cut_into_triples() -> None:
    assert of("ตาลีบัน", "th") == ["ตาล", "าลี", "ลีบ", "ีบั", "บัน"]


@pytest.mark.parametrize(("word", "language"), [("国", "zh"), ("ไท", "th")])
def test_a_word_shorter_than_a_piece_is_whole(word: str, language: str) -> None:
    assert of(word, language) == [word]


def test_numbers_and_latin_words_stand_apart_from_chinese() -> None:
    assert of("北京2008年NATO会议", "zh") == ["北京", "2008", "年", "nato", "会议"]


# --- questions and articles alike


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["US", "Taliban", "kitaplar", "l’homme", "联合国", "السلام"]), min_size=1, max_size=6
    )
)
def test_a_word_gives_the_same_term_alone_and_among_others(words: list[str]) -> None:
    sentence = of("so " + " ".join(words), "fr")
    assert sentence == ["so", *(term for word in words for term in of(f"so {word}", "fr")[1:])]


def test_two_threads_get_the_same_terms() -> None:
    texts = ["The negotiations with al-Qaeda’s leaders went on."] * 200
    with ThreadPoolExecutor(2) as pool:
        assert set(map(tuple, pool.map(of, texts))) == {tuple(of(texts[0]))}


# --- counting words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("😀 …", 0),
        ("The U.N. report", 4),
        ("don’t stop-gap it", 3),
        ("联合国报告", 3),
        ("联合国 NATO", 3),
        ("한국은 간다", 2),
    ],
)
def test_words_are_counted_and_two_unspaced_characters_are_one(text: str, count: int) -> None:
    assert terms.n_words(text) == count


@pytest.mark.parametrize(
    ("term", "is_piece"), [("联合", True), ("ตาล", True), ("un", False), ("国", False), ("12", False)]
)
def test_only_a_piece_of_unspaced_text_is_called_one(term: str, is_piece: bool) -> None:
    assert terms.is_piece(term) is is_piece


# --- what is done in less time


@settings(max_examples=50, deadline=None)
@given(st.text("aZsS09.,'’U\"- \n_", max_size=30))
def test_a_text_of_ascii_alone_is_cut_as_any_other(text: str) -> None:
    plain = text.replace("’", "'")
    ascii_tokens = [(found.lastgroup, found.span()) for found in terms._ASCII_TOKEN.finditer(plain)]
    assert ascii_tokens == [(found.lastgroup, found.span()) for found in terms._TOKEN.finditer(plain)]


def test_more_words_than_are_remembered_are_analysed_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "_MOST_KNOWN", 2)
    analyzer = terms.Analyzer("en")
    text = "Ships and boats and ferries and ships"
    assert [word.term for word in analyzer.words(text)] == [word.term for word in terms.words(text, "en")]
