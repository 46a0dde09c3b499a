"""One article in a few sentences: word for word, in its order, and none that leans on what is not shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import passages, terms
from corpus.article import Article, Span
from corpus.library import LONGEST_READ, summarise
from corpus.summary import N_SENTENCES, Length, one, quotations, speakers, units
from tests import wellformed

PORT = [
    "The town council of Harwick voted on Monday to close the old harbour to fishing boats.",
    "Fishing crews must move to the new port of Selby, twelve kilometres further north, by the spring.",
    "Harbour master Anna Lund warned that the walls of the old harbour could fall in a storm.",
    "Repairs of the harbour walls would cost the council nine million crowns, engineers said in a report.",
    "Shop owners near the harbour fear for their trade when the fishing boats are gone.",
    "Children painted pictures of gulls for the library of the school last week.",
    "A bakery on the square sells bread in the shape of an anchor every Sunday morning.",
    "Selby has room for forty boats and a hall where crews can mend their nets.",
    "Harwick built its harbour in 1874, when herring filled the bay each autumn.",
    "Tourists may still visit the lighthouse at the end of the old harbour wall.",
]


def text_of(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def shown(text: str, length: Length = "short", language: str = "en", title: str = "") -> list[str]:
    return list(summarise(Article(text=text, language=language, title=title), length).sentences)


def units_of(text: str, language: str = "en") -> list[units.Unit]:
    return units.of(text, passages.split(Article(text=text, language=language)), language)


# --- texts that are hardly articles


def test_a_text_without_a_passage_has_no_summary() -> None:
    made = summarise(Article(text="Background", headings=(Span(0, 10),)))
    assert made.spans == ()


@pytest.mark.parametrize("sentence", ["x", "It rained.", "But they left.", "…", "“We won."])
def test_the_only_sentence_is_shown_whatever_it_is(sentence: str) -> None:
    made = summarise(Article(text=sentence, language="en"))
    assert made.sentences == (sentence,)
    assert made.is_whole


@pytest.mark.parametrize("length", ["short", "medium", "long"])
def test_what_has_no_more_sentences_than_its_summary_is_shown_whole(length: Length) -> None:
    made = summarise(Article(text=text_of(*PORT[: N_SENTENCES[length]]), language="en"), length)
    assert list(made.sentences) == PORT[: N_SENTENCES[length]]
    assert made.is_whole


def test_a_text_without_any_sentence_end_is_shown_in_lines_of_its_own() -> None:
    lines = [sentence.removesuffix(".") for sentence in PORT]
    assert 1 <= len(shown(text_of(*lines))) <= 3


def test_a_list_of_single_words_shows_its_first_items() -> None:
    assert shown(text_of(*(f"- item {n}" for n in range(30))))[0].startswith("- item 0")


def test_quotations_alone_are_shown_whole() -> None:
    found = shown(text_of(*(f"“{sentence}”" for sentence in PORT)))
    assert found
    assert all(words[0] == "“" and words[-1] == "”" for words in found)


@pytest.mark.parametrize("gap", [" ", "\n\n"], ids=["one paragraph", "paragraphs"])
def test_an_endless_text_is_summed_up_from_a_bounded_part_of_it(gap: str) -> None:
    both = "They saw boat {n}. The harbour of town {n} was closed to all boats at noon."
    text = gap.join(both.format(n=n) for n in range(9_000))
    article = Article(text=text, language="en")
    read = passages.spread(article, LONGEST_READ)
    assert sum(part.span.end - part.span.start for part in read) <= LONGEST_READ
    found = units.of(text, read, "en")
    assert len(one._candidates(found)) <= one.MOST_CANDIDATES
    assert all(text[slice(*unit.span)].startswith("The") for unit in found)
    assert all(text[slice(*unit.span)].endswith(".") for unit in found)
    made = summarise(article, "long")
    assert wellformed.dangling(text, made.spans) == []
    assert found[-1].span.end > 0.9 * len(text)


def test_an_endless_text_without_any_sentence_end_has_a_summary() -> None:
    made = summarise(Article(text="harbour boats " * 9_000, language="en"), "long")
    assert made.spans


SENTENCE = st.sampled_from(
    [
        *PORT,
        "It rained.",
        "He left the room at noon.",
        "“We won.",
        "We will win again.”",
        "But no.",
        "联合国。",
    ]
)
ARTICLES = st.lists(st.lists(SENTENCE, min_size=1, max_size=6).map(" ".join), max_size=6).map(
    lambda paragraphs: text_of(*paragraphs)
)


@settings(max_examples=50, deadline=None)
@given(ARTICLES, st.sampled_from(list(N_SENTENCES)))
def test_a_summary_is_made_of_slices_of_the_article_in_its_order(text: str, length: Length) -> None:
    made = summarise(Article(text=text, language="en"), length)
    assert not wellformed.out_of_order(made.spans)
    assert all(text[start:end] and text[start:end] == text[start:end].strip() for start, end in made.spans)
    assert made.n_sentences <= N_SENTENCES[length] or len(made.spans) == 1  # a quotation is never cut
    assert bool(made.spans) == bool(text.strip())


@settings(max_examples=30, deadline=None)
@given(ARTICLES)
def test_no_piece_runs_from_one_paragraph_into_the_next(text: str) -> None:
    assert not any("\n\n" in words for words in shown(text))


# --- which sentences


def test_the_opening_stands_first() -> None:
    assert shown(text_of(*PORT))[0] == PORT[0]


def test_what_the_article_is_about_is_shown_and_not_what_it_mentions_once() -> None:
    assert set(shown(text_of(*PORT))).isdisjoint(PORT[5:7])


def test_the_words_of_the_title_count() -> None:
    about_bread = shown(text_of(*PORT), "medium", title="Anchor bread from the bakery on the square")
    assert PORT[6] in about_bread
    assert PORT[6] not in shown(text_of(*PORT), "medium")


def test_the_same_is_not_said_twice() -> None:
    again = "On Monday the town council of Harwick voted to close the old harbour to all fishing boats."
    found = shown(text_of(PORT[0], again, *PORT[1:]))
    assert (PORT[0] in found) + (again in found) == 1


def test_a_longer_summary_shows_more() -> None:
    text = text_of(*PORT)
    assert [len(shown(text, length)) for length in ("short", "medium", "long")] == [3, 5, 8]


def test_a_long_summary_covers_every_section() -> None:
    filler = [f"Boat {n} of the harbour council carried fishing nets to Harwick again." for n in range(12)]
    end = "The lighthouse of Selby will shine again next winter after long repairs."
    text = text_of(*PORT[:5], "Boats", *filler, "Lighthouse", end)
    starts = [text.index("\n\nBoats") + 2, text.index("\n\nLighthouse") + 2]
    headings = (Span(starts[0], starts[0] + 5), Span(starts[1], starts[1] + 10))
    article = Article(text=text, headings=headings, language="en")
    assert end in summarise(article, "long").sentences
    assert end not in summarise(article, "short").sentences


def test_no_summary_is_longer_than_its_budget_of_characters() -> None:
    long = [f"{sentence[:-1]}, {'and so on and on ' * 30}." for sentence in PORT]
    found = shown(text_of(PORT[0], *long))
    assert sum(map(len, found)) <= one.MOST_CHARACTERS["short"]


# --- well formed


@pytest.mark.parametrize(
    ("language", "opening"),
    [
        ("en", "He left the old harbour at noon with all fishing boats of Harwick."),
        ("en", "However, the council of Harwick left the old harbour at noon."),
        ("en", "“It was the old harbour of Harwick that failed,” said Anna Lund."),
        ("en", "As a result, the council of Harwick closed the old harbour."),
        ("de", "Er verließ den alten Hafen am Mittag mit allen Booten der Stadt."),
        ("es", "Sin embargo, el puerto viejo de la ciudad quedó vacío al mediodía."),
        ("fr", "Elle a quitté le vieux port de la ville à midi avec les bateaux."),
        ("ru", "Однако старый порт города закрыли для всех рыбацких лодок в полдень."),
        ("tr", "Ancak eski liman öğle vakti bütün balıkçı teknelerine kapatıldı."),
        ("ar", "لكن الميناء القديم أغلق ظهر اليوم أمام جميع قوارب الصيد."),
        ("fa", "اما بندر قدیمی شهر ظهر امروز به روی همه قایق‌ها بسته شد."),
        ("hi", "लेकिन शहर का पुराना बंदरगाह दोपहर में सभी नावों के लिए बंद हो गया।"),
        ("zh", "但是市议会星期一投票决定关闭旧港口。"),
        ("ja", "しかし市議会は月曜日に古い港を閉鎖することを決めた。"),
        ("th", "แต่สภาเมืองลงมติเมื่อวันจันทร์ให้ปิดท่าเรือเก่า"),
    ],
)
def test_a_pronoun_or_a_connective_leans_in_every_language(language: str, opening: str) -> None:
    assert units.leans(opening, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The council voted for the new port. Crews must leave by the spring of next year."),
        ("de", "Der Rat stimmte am Montag für den Hafen. Die Boote müssen bis zum Frühjahr gehen."),
        ("es", "El consejo votó el lunes por el puerto. Los barcos deben salir antes de abril."),
        ("fr", "Le conseil a voté lundi pour le port. Les bateaux doivent partir avant le printemps."),
        ("ru", "Совет в понедельник проголосовал за порт. Лодки должны уйти до начала весны."),
        (
            "tr",
            "Meclis pazartesi günü yeni liman için oy verdi. Bütün tekneler bahara kadar limandan ayrılmalı.",
        ),
        ("ar", "صوت المجلس يوم الاثنين لصالح الميناء الجديد. يجب أن تغادر القوارب قبل الربيع؟"),
        ("fa", "شورا روز دوشنبه به بندر تازه رای داد. قایق‌ها باید تا بهار آینده بروند؟"),
        ("hi", "परिषद ने सोमवार को नए बंदरगाह के लिए मतदान किया। नावों को वसंत तक जाना होगा।"),
        ("zh", "市议会星期一投票决定建设新港口。渔船必须在春天之前离开旧港口。"),
        ("ja", "市議会は月曜日に新しい港の建設を決めた。漁船は春までに古い港を出る。"),
        ("th", "สภาเมืองลงมติเมื่อวันจันทร์ให้สร้างท่าเรือใหม่สำหรับเรือประมงทุกลำ"),
    ],
)
def test_whole_sentences_of_every_language_stand(language: str, text: str) -> None:
    found = units_of(text, language)
    assert found
    assert all(unit.stands and not unit.leans for unit in found)


def test_a_sentence_that_leans_is_shown_only_right_behind_the_one_before_it() -> None:
    paragraphs = [
        f"{PORT[n]} They spoke of the old harbour of Harwick and its fishing boats." for n in range(9)
    ]
    for length in N_SENTENCES:
        text = text_of(*paragraphs)
        made = summarise(Article(text=text, language="en"), length)
        assert wellformed.dangling(text, made.spans) == []


def test_a_word_in_capitals_is_a_name_and_does_not_lean() -> None:
    assert not units.leans("IT firms of Harwick hired thousands of people last year.", "en")


@pytest.mark.parametrize(
    "line",
    [
        "The old harbour of Harwick on Monday morning. (Anna Lund / Harbour Gazette)",
        "Photo: the old harbour of Harwick on Monday, seen from the wall.",
        "Sign up for our newsletter on the old harbour of Harwick.",
        "Reporting by Anna Lund in Harwick on the old harbour.",
        "By Anna Lund",
        "The old harbour of Harwick and its fishing boats",
        "THE OLD HARBOUR OF HARWICK IS CLOSED TO FISHING BOATS.",
        "Write to the old harbour at harbour@harwick.example about the fishing boats.",
        "Harwick, July 2.",
    ],
)
def test_captions_bylines_headings_and_boilerplate_are_not_shown(line: str) -> None:
    assert line not in shown(text_of(line, *PORT), "long")


@pytest.mark.parametrize(
    "quotation",
    [
        ["“We came here to win.", "We will win again.”"],
        ['"We came here to win.', 'We will win again."'],
        ["‘We don’t come to lose.", "We will win again.’"],
        ["'We don't come to lose.", "We will win again.'"],
        ["« Nous sommes venus gagner.", "Nous allons gagner encore. »"],
        ["「我们来了。", "我们会赢的。」"],
        ["„Wir kamen hierher.", "Wir gewinnen wieder.“"],
    ],
)
def test_the_sentences_of_one_quotation_are_one_piece(quotation: list[str]) -> None:
    text = " ".join(quotation)
    spans = [Span(0, len(quotation[0])), Span(len(quotation[0]) + 1, len(text))]
    assert list(quotations.joined(text, spans, goes_on=False)) == [(0, 2, True)]


@pytest.mark.parametrize(
    "half",
    [
        "“We came here to win the harbour, and all boats of the town with it.",
        "We will win the harbour again, and all boats of the town with it.”",
        "The crews said 'we will win the harbour again for all boats of the town.",
        "We will win the harbour again for all boats of the town.'",
        "Nous allons gagner encore le port et tous les bateaux de la ville. »",
        "The crews (all of them said that the harbour of the town is lost.",
    ],
)
def test_half_a_quotation_does_not_stand(half: str) -> None:
    [unit] = units_of(half)
    assert not unit.stands


@pytest.mark.parametrize(
    "sentence",
    [
        'The board is 5" thick at the edge of the harbour wall.',
        "The crew's boats are the harbour's pride, and the boys' boats too.",
        "In the '90s the fishermen's boats lay in the town's old harbour.",
        "„Wir kommen morgen alle wieder in den Hafen“, sagte der Fischer.",
        "»Wir kommen morgen alle wieder in den Hafen«, sagte der Fischer.",
        'The harbour opened in "the summer of 2015" with songs and fireworks.',
    ],
)
def test_marks_that_are_no_half_quotation_do_no_harm(sentence: str) -> None:
    [unit] = units_of(sentence)
    assert unit.stands


def test_a_paragraph_of_a_longer_quotation_is_half_of_it() -> None:
    text = text_of("“We came to the old harbour to win it back. The boats are ours.", "“We will win.”")
    assert [unit.stands for unit in units_of(text)] == [False, False]


# --- the key quote


@pytest.mark.parametrize(
    ("language", "words", "speaker"),
    [
        ("en", "“The walls of the old harbour may fall,” said Anna Lund.", "Anna Lund"),
        ("en", '"The walls of the old harbour may fall," the report stated.', "the report"),
        ("en", "Mayor Tom Reed told reporters: “The walls of the harbour may fall.”", "Mayor Tom Reed"),
        ("en", "“The walls of the old harbour may fall,” he said.", None),
        ("en", "“The walls,” said Anna Lund.", None),
        ("de", "„Die Mauern des alten Hafens können fallen“, sagte Anna Lund.", "Anna Lund"),
        ("es", "«Los muros del puerto viejo pueden caer», dijo Anna Lund.", "Anna Lund"),
        ("fr", "« Les murs du vieux port peuvent tomber », a déclaré Anna Lund.", "Anna Lund"),
        ("ru", "«Стены старого порта города могут упасть», заявила Анна Лунд.", "Анна Лунд"),
        ("tr", "“Eski limanın duvarları bir fırtınada yıkılabilir,” Anna Lund söyledi.", "Anna Lund"),
        ("ar", "قال رئيس الميناء: «جدران الميناء القديم قد تسقط في العاصفة».", "رئيس الميناء"),
        ("zh", "港务局长林安娜说：“旧港口的墙壁可能会在暴风雨中倒塌。”", "港务局长林安娜"),
        ("xx", "“The walls of the old harbour may fall,” said Anna Lund.", None),
    ],
)
def test_the_speaker_is_named_in_the_articles_own_words(
    language: str, words: str, speaker: str | None
) -> None:
    assert speakers.of(words, Span(0, len(words)), language) == speaker


def test_a_longer_summary_carries_a_key_quote_with_its_speaker() -> None:
    quote = "“The walls of the old harbour may fall in a storm,” said harbour master Anna Lund."
    article = Article(text=text_of(*PORT[:6], quote, *PORT[6:]), language="en")
    for length in ("medium", "long"):
        made = summarise(article, length)
        assert made.key_quote is not None
        assert article.text[slice(*made.key_quote.span)] == quote
        assert made.key_quote.speaker == "harbour master Anna Lund"
        assert made.key_quote.span in made.spans
    assert summarise(article, "short").key_quote is None


def test_an_article_without_a_quotation_has_no_key_quote() -> None:
    assert summarise(Article(text=text_of(*PORT), language="en"), "long").key_quote is None


# --- around a question


def on_question(question: str, length: Length = "short") -> list[str]:
    article = Article(text=text_of(*PORT), language="en")
    wanted = [term.term for term in terms.analyse(question, "en")]
    chosen = one.around(article, passages.split(article), length, wanted)
    return [article.text[slice(*span)] for span in chosen.spans] if chosen else []


def test_a_summary_on_a_question_shows_what_holds_its_words() -> None:
    assert PORT[3] in on_question("what do repairs of the walls cost")
    assert PORT[7] in on_question("where is room for forty boats")


def test_a_summary_on_a_question_prefers_twelve_words() -> None:
    text = text_of("Herring was cheap.", *PORT)
    article = Article(text=text, language="en")
    chosen = one.around(article, passages.split(article), "short", ["her", "herring", "autumn"])
    assert chosen is not None
    assert "Herring was cheap." not in [text[slice(*span)] for span in chosen.spans]


def test_a_question_that_no_sentence_has_to_do_with_leads_to_none() -> None:
    assert on_question("volcano eruption") == []


def test_dangling_openings_and_broken_quotations_are_seen_by_the_checker() -> None:
    text = "The boat left. It sank.\n\n“We won. Nobody came."
    assert wellformed.dangling(text, [(0, 14), (15, 23)]) == []
    assert wellformed.dangling(text, [(15, 23)]) == ["It sank."]
    assert wellformed.broken_quotations(text, [(25, 33)]) == ["“We won."]
