"""Texts that try to be more than text: markup, mentions, links, and characters that are hard to count."""

from __future__ import annotations

from hypothesis import strategies as st

from corpus.characters import clean

MARKUP = [
    "**bold**", "*italic*", "_italic_", "__under__", "~~gone~~", "||spoiler||", "`code`", "``` fence", "```",
    "***", "**", "__", "_", "*", "~~", "||", "`", "\\", "\\*", "\\\\", "[", "]", "](https://evil.example)",
    "[masked](https://evil.example)", "[x](<https://evil.example>)", "<https://evil.example>",
    "https://evil.example/a_b*c(d)", "steam://run/1", "discord://-/channels/1", "<mailto:a@evil.example>",
    "@everyone", "@here", "<@123456789012345678>", "<@!123456789012345678>", "<@&123456789012345678>",
    "<#123456789012345678>", "</ask:123456789012345678>", "<t:0:R>", "<id:customize>",
    "<:x_y:123456789012345678>", "# heading", "## heading", "### heading", "-# small", "> quote",
    ">>> quote", "- item", "* item", "+ item", "1. one", "1990. In that year", "12) twelve", "#", "-", ">",
    "1.", "¯\\_(ツ)_/¯", "snake_case_name", "a * b * c", "| a | b |", "&amp; &lt;b&gt; <b>", "5 < 6 > 4",
    "a://b", "http://", "===", "---",
]  # fmt: skip
LETTERS = [
    "harbour", "The harbour was closed.", "storm", "report", "U.N.", "\u202eright to left\u202c",
    "\u2067isolated", "Z\u0338\u0321\u031b\u0349a\u0335\u035al\u0336g\u0337o\u0334" + "\u0301" * 40,
    "e\u0301", "漢字の報告は月曜日に閉鎖された。", "العربية", "संयुक्त", "\U0001f469\u200d\U0001f467",
    "🇺🇳", "👍🏽", "\u200b", "\ufeff", "\u00a0", "\u3000", "\u2028", "\t", "x" * 400, "漢" * 300,
    "https://evil.example/" + "a" * 300, "\x00\x1b[31m", "\ud800", "‘quoted’", "“What?” he asked.", "…",
]  # fmt: skip
BOMB = "*_~`|[]<>\\@#" * 900

_FRAGMENT = st.one_of(st.sampled_from(MARKUP), st.sampled_from(LETTERS), st.text(max_size=12))


def _joined(separators: list[str], most: int) -> st.SearchStrategy[str]:
    """Up to *most* fragments, each followed by one of *separators*."""
    pair = st.tuples(_FRAGMENT, st.sampled_from(separators))
    return st.lists(pair, min_size=1, max_size=most).map(
        lambda pairs: "".join(part for both in pairs for part in both)
    )


def _stored(text: str) -> str:
    return clean(text).strip()


passages = _joined([" ", " ", "", "\n", ". ", ".\n"], 14).map(_stored).filter(bool)
"""A paragraph as the library keeps it, some of its lines broken."""

texts = st.lists(passages, min_size=1, max_size=5).map("\n\n".join)
"""The text of an article."""

names = st.one_of(
    _joined([" ", " ", "", ". "], 8).map(lambda text: _stored(text.replace("\n", " "))),
    st.sampled_from(["", "long " * 2_000 + "title", BOMB, "x" * 10_000, "漢" * 10_000, "e\u0301" * 5_000]),
)
"""A title, a publisher or an author as the library keeps it."""

addresses = st.sampled_from(
    [
        None,
        "https://news.example/1",
        "https://news.example/" + "a" * 480,
        "https://news.example/" + "a" * 2_000,
        "https://news.example/a_(b)*c*",
        "https://news.example/ä ö",
        "https://news.example/[x](y)",
        "javascript:alert(1)",
        "news.example/1",
    ]
)

ids = st.one_of(
    st.from_regex(r"[a-z2-9]{6}", fullmatch=True),
    st.sampled_from(["a:b:c", ":" * 60, "x" * 60, "漢" * 60, "a|b:c|d", "n1:2"]),
)
"""An article's id: ours, or one that somebody else gave it."""
