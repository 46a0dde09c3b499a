"""Pages broken in every way: each becomes an article or a sentence, and none takes long.

FOOTNOTE_FUZZ_EXAMPLES=20000 runs longer than the suite has time for.
"""

from __future__ import annotations

import os

from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.article import Reading
from corpus.errors import UnreadableArticle
from corpus.reading.page import read_page
from tests.pages_in_languages import LANGUAGES, article, page

URL = "https://news.example/2021/ferry"
N_EXAMPLES = int(os.environ.get("FOOTNOTE_FUZZ_EXAMPLES", "15"))
bounded = settings(max_examples=N_EXAMPLES, deadline=None)
FRAGMENTS = [
    b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<p>", b"</p>", b"<br>" * 9, b"<div" * 30,
    b"</div>" * 30, b"<table><tr><td>", b"</table>", b"<ul><li><ul><li>", b"<script>", b"</script>",
    b"<style>", b"<noscript>", b"<iframe>", b"<template>", b"<plaintext>", b"<textarea>", b"<title>",
    b"<base href='javascript:x'>", b"<frameset><frame src=x>", b"<svg><desc><p>", b"<math><mtext>",
    b"<select><option>", b"&", b"&#0;", b"&#xD800;", b"&#1114112;", b"&nbsp;" * 99, b"\0", b"\xff\xfe",
    b"\xef\xbb\xbf", b"\x80\x81", b"\xed\xa0\x80", b"\x1b[31m", "\u202e\u2028\ufeff".encode(),
    b'<meta charset="utf-16">', b'<meta charset="utf-7">', b'<meta charset="idna">',
    b'<meta charset="rot13">', b'<meta charset="shift_jis">', b'<meta charset="no-such">',
    b'<html lang="x">', b'<html lang="' + b"a" * 999 + b'">',
    b'<script type="application/ld+json">{"@type":"NewsArticle","author":', b"[" * 500, b'{"a":' * 200,
    b'"\\' * 200,
    b'<script type="application/ld+json">[{"@type":["NewsArticle",1],"headline":[1],"author":{"@id":{}},'
    b'"datePublished":7,"publisher":[null]}]</script>',
    b'<meta property="article:published_time" content="9999-99-99">',
    b'<meta name="date" content="0000-00-00">', b'<link rel="canonical" href="http://[::1">',
    b'<link rel="canonical" href="//user:pw@x:99999/">',
    b'<meta property="og:title" content="' + b"x | " * 300 + b'">', b'<a rel="author" href="/author/x">',
    b'<p style="display:none">', b"<p hidden>", b'<p id="root">',
]  # fmt: skip
PAGES = [
    page(article(words, n_paragraphs=3), title=words.title, lang=code) for code, words in LANGUAGES.items()
]


def read(data: bytes, url: str | None = URL) -> Reading | None:
    """What is read of *data*; None where that is said in a sentence."""
    try:
        return read_page(data, url)
    except UnreadableArticle:
        return None


def is_sound(found: Reading) -> bool:
    """Whether what was read can be stored and shown."""
    told = found.article
    texts = [told.text, told.title, told.author or "", told.publisher or "", told.url or ""]
    return (
        bool(told.text.strip())
        and not any(character in text for text in texts for character in "\0\x1b\ud800")
        and all(told.text[start:end].strip() for start, end in told.headings)
        and (told.url is None or told.url.startswith(("http://", "https://")))
        and (found.state is not None or told.n_words >= 100)
    )


@bounded
@given(
    st.sampled_from(PAGES),
    st.lists(
        st.tuples(st.floats(0, 1), st.sampled_from(FRAGMENTS), st.integers(0, 60)), min_size=1, max_size=8
    ),
)
def test_a_page_with_pieces_put_in_and_cut_out_is_read_or_refused(
    whole: bytes, changes: list[tuple[float, bytes, int]]
) -> None:
    for place, fragment, n_cut in changes:
        at = int(place * len(whole))
        whole = whole[:at] + fragment + whole[at + n_cut :]
    found = read(whole)
    assert found is None or is_sound(found)


@bounded
@given(st.sampled_from(PAGES), st.floats(0, 1), st.floats(0, 1))
def test_any_part_of_a_page_is_read_or_refused(whole: bytes, start: float, end: float) -> None:
    found = read(whole[int(start * len(whole)) : int(end * len(whole))], None)
    assert found is None or is_sound(found)


@bounded
@given(
    st.sampled_from(list(LANGUAGES.values())),
    st.sampled_from(
        ["utf-8", "utf-16", "utf-16-le", "cp1251", "cp1252", "shift_jis", "gb18030", "koi8-r", "cp874"]
    ),
    st.sampled_from(
        ["utf-8", "utf-16", "iso-8859-1", "windows-1251", "shift_jis", "big5", "x-user-defined", ""]
    ),
)
def test_a_wrong_encoding_is_read_or_refused(words: object, written: str, declared: str) -> None:
    body = article(words)  # type: ignore[arg-type]
    text = f'<html><head><meta charset="{declared}"></head><body>{body}</body></html>'
    found = read(text.encode(written, "replace"))
    assert found is None or is_sound(found)


@bounded
@given(st.binary(max_size=3_000), st.booleans())
@example(bytes(range(256)) * 40, True)
@example(b"\xff" * 4_000, True)
@example(b"<" * 20_000, False)
@example("\ufffd".encode() * 2_000, True)
def test_of_garbage_nothing_is_stored_without_a_doubt(garbage: bytes, in_page: bool) -> None:
    found = read(b"<html><body><p>" + garbage + b"</p></body></html>" if in_page else garbage)
    assert found is None or (found.state is not None and is_sound(found))


@settings(max_examples=6, deadline=None)
@given(
    st.sampled_from([b"<div>", b"<b>", b"<table><tr><td>", b"<ul><li>", b"<p><font>", b"<blockquote>"]),
    st.booleans(),
)
def test_however_deep_a_page_is_nested_it_ends(tag: bytes, is_closed: bool) -> None:
    name = tag.removeprefix(b"<").split(b">")[0]
    words = LANGUAGES["en"].paragraphs[0].encode()
    found = read(b"<html><body>" + tag * 20_000 + words + (b"</" + name + b">") * (20_000 * is_closed))
    assert found is None or is_sound(found)
