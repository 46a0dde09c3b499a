"""Text -> the language it is in."""

from __future__ import annotations

from collections import Counter
from copy import copy
from functools import cache
from typing import TYPE_CHECKING, Any

import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

UNKNOWN = "und"
"""ISO 639's code for a language that could not be told."""

_WRITTEN_AS = {"arz": "ar", "ary": "ar", "wuu": "zh", "yue": "zh", "pcm": "en"}
"""Short texts of a language are taken for these relatives of it."""
_SURE = 0.95
"""A question is taken to be in a language from this probability on; below it every candidate is tried."""
_SURE_OF_TEXT = 0.9
"""Below this, a text is too short to be told from all 140 languages, of which most are seldom written."""
_OFTEN_WRITTEN = (
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr",
    "hu", "id", "it", "ja", "ko", "lt", "lv", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "ta",
    "te", "th", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip
_ANALYSED_BEST = ("ar", "de", "en", "es", "fa", "fr", "hi", "ja", "ru", "th", "tr", "zh")
"""Those with stop words, or cut into pieces: what is not even sure among `_OFTEN_WRITTEN` is one of them.

On the first three words of paragraphs in six languages, .96 are told so, and .83 among all languages.
"""
_MOST_CANDIDATES = 3
_WEIGHT = {"Han": 3}
"""A Chinese character says about as much as three letters: “NFL 联赛” is Chinese."""
_ENOUGH_CHARACTERS = 2_000
"""Of 309 texts in twelve languages none is taken for another than by 4,000, nor would be by 1,000."""

_SCRIPTS = {
    "Arabic": "ar fa ur ps ug ku sd ckb",
    "Cyrillic": "ru uk bg sr mk be kk ky mn tg",
    "Devanagari": "hi mr ne sa",
    "Han": "zh ja",
    "Kana": "ja",
    "Thai": "th",
    "Hangul": "ko",
    "Hebrew": "he yi",
    "Greek": "el",
}
_SCRIPT_OF_LETTER = regex.compile(
    r"(?P<Kana>[\p{Hiragana}\p{Katakana}])|(?P<Han>\p{Han})|(?P<Arabic>\p{Arabic})|(?P<Cyrillic>\p{Cyrillic})"
    r"|(?P<Devanagari>\p{Devanagari})|(?P<Thai>\p{Thai})|(?P<Hangul>\p{Hangul})|(?P<Hebrew>\p{Hebrew})"
    r"|(?P<Greek>\p{Greek})|(?P<Latin>\p{L})"
)
_LANGUAGES_OF_SCRIPT = {script: frozenset(codes.split()) for script, codes in _SCRIPTS.items()}
_ALSO_LATIN = frozenset({"sr", "kk", "ku", "ug"})
_NOT_LATIN = frozenset[str]().union(*_LANGUAGES_OF_SCRIPT.values()) - _ALSO_LATIN


def code(written: str) -> str:
    """The ISO 639 code in a tag such as “en-US” or “EN”; empty for what is none."""
    first = str(regex.split(r"[-_]", written.strip().lower())[0])
    return first if regex.fullmatch(r"[a-z]{2,3}", first) else ""


def is_known(code: str) -> bool:
    """Whether texts of the language with this ISO 639 code can be told from others."""
    return code in _identifier().labels


def detect(text: str) -> str:
    """The ISO 639-1 code of the language most of *text* is in; `UNKNOWN` when it holds no letters."""
    sample = text[:_ENOUGH_CHARACTERS]
    if not regex.search(r"\p{L}", sample):
        return UNKNOWN
    script = _script(sample)
    likely, probability = _likeliest(sample)
    for usual in (_OFTEN_WRITTEN, _ANALYSED_BEST):
        fitting = [code for code in usual if _is_written_in(code, script)]
        if fitting and (probability < _SURE_OF_TEXT or not _is_written_in(likely, script)):
            likely, probability = _likeliest(sample, *fitting)
    return likely


def candidates(question: str, languages: Sequence[str]) -> list[str]:
    """The languages *question* may be in, of those the library has, likeliest first.

    A question is too short to be sure (“UN” is a stop word in French), so where more than one of
    *languages* is written in its script and none is clearly likelier, the few likeliest are given.
    Without any candidate it is `UNKNOWN`: words alone, no stems.
    """
    fitting = [code for code in languages if _is_written_in(code, _script(question))]
    if len(fitting) < 2:
        return fitting or [UNKNOWN]
    known = [code for code in fitting if code in _identifier().labels]
    if len(known) < 2:
        return fitting[:_MOST_CANDIDATES]
    identifier = _identifier(*known)
    ranked: list[tuple[str, float]] = identifier.rank(question)
    if ranked[0][1] >= _SURE:
        return [ranked[0][0]]
    untold = [code for code in fitting if code not in known]
    return [*(code for code, _ in ranked), *untold][:_MOST_CANDIDATES]


def _script(text: str) -> str:
    """The script most letters of *text* are in; Chinese characters beside kana are Japanese."""
    if text.isascii():
        return "Latin"
    counts: dict[str, int] = {}
    for character, n in Counter(text).items():
        if match := _SCRIPT_OF_LETTER.match(character):
            script = match.lastgroup or "Latin"
            counts[script] = counts.get(script, 0) + n * _WEIGHT.get(script, 1)
    if "Kana" in counts:
        return "Kana"
    return max(counts, key=counts.__getitem__, default="Latin")


def _is_written_in(language: str, script: str) -> bool:
    if script == "Latin":
        return language not in _NOT_LATIN
    return language in _LANGUAGES_OF_SCRIPT[script]


def _likeliest(text: str, *languages: str) -> tuple[str, float]:
    """The likeliest of *languages*, or of all, and its probability; a single one is certain."""
    if len(languages) == 1:
        return languages[0], 1.0
    likely, probability = _identifier(*languages).classify(text)
    return _WRITTEN_AS.get(likely, likely), float(probability)


@cache
def _identifier(*languages: str) -> Any:
    """py3langid's model, loaded at first need (half a second), told to choose among *languages* or all."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    if not languages:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # Loading writes a file, which a reader of hostile files may not; choosing among fewer does not.
    identifier = copy(_identifier())
    identifier.set_languages(languages)
    return identifier
