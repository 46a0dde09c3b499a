"""Which language a text is in, and which ones a question may be in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import language

SENTENCES = {
    "en": "The Taliban regularly consulted with leaders during the negotiations.",
    "de": "Die Taliban haben sich während der Verhandlungen regelmäßig beraten.",
    "es": "Los talibanes consultaron regularmente con la organización durante las negociaciones.",
    "fr": "Les talibans ont régulièrement consulté l’organisation pendant les négociations.",
    "ru": "Талибы регулярно консультировались во время переговоров с американцами.",
    "tr": "Taliban müzakereler sırasında düzenli olarak görüşmeler yaptı ve güvence verdi.",
    "ar": "تشاورت حركة طالبان بانتظام أثناء المفاوضات مع الأمريكيين.",
    "fa": "طالبان در طول مذاکرات به طور منظم با آنها مشورت می‌کردند.",
    "hi": "तालिबान ने वार्ता के दौरान नियमित रूप से परामर्श किया।",
    "zh": "塔利班在谈判期间定期与基地组织协商。",
    "ja": "タリバンは交渉中に定期的にアルカイダと協議した。",
    "th": "กลุ่มตาลีบันปรึกษาหารืออย่างสม่ำเสมอระหว่างการเจรจา",
}


# --- texts in no language


@pytest.mark.parametrize("text", ["", " \n", "12.5 %", "😀 👩\u200d💻", "…!?", "\ud800"])
def test_a_text_without_letters_is_in_no_language(text: str) -> None:
    assert language.detect(text) == language.UNKNOWN


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(), max_size=80))
def test_any_text_gets_a_code(text: str) -> None:
    assert language.detect(text).isalpha()


def test_half_a_character_does_not_hide_the_language_around_it() -> None:
    assert language.detect(f"\ud800 {SENTENCES['de']}") == "de"


def test_a_text_of_a_million_characters_is_told_by_its_beginning() -> None:
    assert language.detect(SENTENCES["es"] + " x" * 500_000) == language.detect(
        SENTENCES["es"] + " x" * 2_000
    )


# --- articles


@pytest.mark.parametrize("code", SENTENCES)
def test_the_language_of_a_sentence_is_told(code: str) -> None:
    assert language.detect(SENTENCES[code]) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ferry cancelled today", "en"),
        ("Haushalt beschlossen", "de"),
        ("Le maire démissionne", "fr"),
        ("El niño perdido", "es"),
        ("Merhaba dünya", "tr"),
        ("Добрый день", "ru"),
        ("बाढ़ की चेतावनी", "hi"),
        ("توقف العبارة", "ar"),
        ("Ciao a tutti", "it"),
        ("안녕", "ko"),
        ("გამარჯობა", "ka"),
    ],
)
def test_a_text_of_a_few_words_is_told_among_the_languages_that_are_often_written(
    text: str, code: str
) -> None:
    assert language.detect(text) == code


@pytest.mark.parametrize("text", ["NATO", "Hola", "UN report", "WHO"])
def test_a_text_that_shows_no_language_gets_one_that_is_written_in_its_letters(text: str) -> None:
    assert language.detect(text) in {"en", "de", "es", "fr", "tr"}


def test_names_in_latin_letters_do_not_make_a_chinese_text_anything_else() -> None:
    assert language.detect("NFL 和 AFC 的联赛冠军") == "zh"


# --- questions


def test_in_a_library_without_articles_a_question_is_in_no_language() -> None:
    assert language.candidates("What did they say?", []) == [language.UNKNOWN]


def test_a_question_in_a_script_that_no_article_has_is_in_no_language() -> None:
    assert language.candidates("What did NATO say?", ["ru", "ar"]) == [language.UNKNOWN]


@pytest.mark.parametrize("question", ["UN", "was it", "😀", ""])
def test_in_a_library_of_one_language_a_question_is_in_that(question: str) -> None:
    assert language.candidates(question, ["de"]) == ["de"]


@pytest.mark.parametrize("code", SENTENCES)
def test_a_question_that_leaves_no_doubt_is_in_one_language(code: str) -> None:
    assert language.candidates(SENTENCES[code], list(SENTENCES)) == [code]


@pytest.mark.parametrize("question", ["UN report", "Taliban", "NATO 2020"])
def test_a_question_too_short_to_be_sure_is_tried_in_several_languages(question: str) -> None:
    assert len(language.candidates(question, ["en", "de", "es", "fr"])) > 1


@pytest.mark.parametrize(
    ("question", "library", "expected"),
    [
        ("что сказал Путин", ["en", "ru", "ar"], ["ru"]),
        ("ماذا قال", ["en", "ru", "ar"], ["ar"]),
        ("東京", ["en", "ja"], ["ja"]),
        ("東京は", ["zh", "ja"], ["ja"]),
        ("कब", ["hi", "en"], ["hi"]),
        ("เมื่อใด", ["zh", "th"], ["th"]),
        ("한국", ["zh", "ko"], ["ko"]),
    ],
)
def test_the_script_of_a_question_rules_out_languages(
    question: str, library: list[str], expected: list[str]
) -> None:
    assert language.candidates(question, library) == expected


def test_a_foreign_name_in_a_question_does_not_change_its_script() -> None:
    assert language.candidates("What did Путин say about the talks?", ["en", "ru"]) == ["en"]


def test_chinese_characters_alone_may_be_chinese_or_japanese() -> None:
    assert set(language.candidates("東京", ["en", "zh", "ja"])) == {"zh", "ja"}


def test_articles_in_a_language_that_cannot_be_told_are_not_forgotten_in_doubt() -> None:
    assert "und" in language.candidates("NATO 2020", ["en", "de", "und"])


def test_serbian_articles_in_latin_letters_can_be_asked_in_latin_letters() -> None:
    assert language.candidates("Srpski jezik", ["sr"]) == ["sr"]


@settings(max_examples=50, deadline=None)
@given(
    st.text(st.characters(), max_size=60), st.lists(st.sampled_from(["en", "de", "ru", "und"]), unique=True)
)
def test_a_candidate_is_always_a_language_of_the_library_or_none(question: str, library: list[str]) -> None:
    found = language.candidates(question, library)
    assert found
    assert set(found) <= {*library, language.UNKNOWN}


# --- codes as people write them


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("en", "en"),
        ("EN", "en"),
        (" de ", "de"),
        ("en-US", "en"),
        ("zh_Hant", "zh"),
        ("ckb", "ckb"),
        ("", ""),
    ],
)
def test_a_language_tag_is_read_as_its_code(written: str, code: str) -> None:
    assert language.code(written) == code


@pytest.mark.parametrize("written", ["English", "12", "x", "../en", "😀"])
def test_what_is_no_language_tag_is_no_code(written: str) -> None:
    assert language.code(written) == ""
