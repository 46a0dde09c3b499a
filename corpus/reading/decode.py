"""Bytes of a text -> the text: its encoding, and the characters that are no text."""

from __future__ import annotations

import codecs
import unicodedata

import regex
from charset_normalizer import from_bytes

from corpus import language
from corpus.characters import clean
from corpus.errors import NothingToRead, NotText, UnknownEncoding
from corpus.reading.charset import codec, fits, hides_in_ascii

_SNIFFED = 65_536
_SHORT = 2_000
"""In bytes: of a longer text charset-normalizer sees enough."""
_WESTERN = {
    "en", "de", "fr", "es", "pt", "it", "nl", "da", "sv", "no", "nb", "nn", "fi", "ca", "gl", "eu",
}  # fmt: skip
_NOT_WESTERN = regex.compile(
    r"[^\p{ASCII}àâäáãåæçèéêëìíîïñòóôöõøùúûüÿßœÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØÙÚÛÜŸŒ–—‘’‚“”„…«»‹›¿¡°€£§©®·ªº\u00a0]"
    r"|[^\p{ASCII}\p{P}\p{Z}\p{S}]{3}"
)
"""What Western languages do not write, or not three in a row."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_INVISIBLE = regex.compile(r"[\u00ad\u200b\u2060\ufeff]")
"""What only says where a line may break."""
_MOST_CONTROLS = 0.01


def decode(data: bytes, name: str, charset: str | None = None) -> str:
    """The text in *data*, lines ending in a newline, characters composed (NFC).

    What a server said of the bytes, *charset*, counts where they do not tell themselves. *name* is the
    file's, for the error: `NothingToRead`, `NotText` or `UnknownEncoding`.
    """
    text = _decoded(data, name, charset)
    n_controls = sum(
        unicodedata.category(character) == "Cc" and not character.isspace() for character in text[:_SNIFFED]
    )
    if n_controls > _MOST_CONTROLS * min(len(text), _SNIFFED):
        raise NotText(name, "a binary file")
    text = tidy(text)
    if not text.strip():
        raise NothingToRead(name)
    return text


def tidy(text: str) -> str:
    """*text* of any file as it is stored: lines end in a newline, letters are composed, all is visible."""
    text = regex.sub(r"\r\n?|[\u0085\u2028]", "\n", text).replace("\u2029", "\n\n")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", clean(text)))


def _decoded(data: bytes, name: str, charset: str | None) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise UnknownEncoding(name) from None
    named = codec(charset or "")
    is_hidden = named is not None and hides_in_ascii(named, data)
    if not is_hidden and b"\0" not in data[:_SNIFFED]:
        try:
            return data.decode()
        except UnicodeDecodeError:
            pass
    elif not is_hidden and not _looks_like_utf16(data):
        raise NotText(name, "a binary file")
    if named and (said := _as_said(data, named)):
        return said
    return _guessed(data, name)


def _guessed(data: bytes, name: str) -> str:
    if b"\0" not in data and (western := _short_western(data)):
        return western
    best = from_bytes(data).best()
    if best is None:
        raise UnknownEncoding(name)
    return str(best)


def _as_said(data: bytes, named: str) -> str | None:
    """The text in *data* by the codec *named*; None where it is plainly another's."""
    try:
        text = data.decode(named)
    except UnicodeDecodeError:
        return None
    return text if fits(text) else None


def _short_western(data: bytes) -> str | None:
    """A short text in Windows' Western encoding, by far the commonest; None where it may be another.

    A few letters above ASCII tell a code page from its neighbours less well than the language does:
    its words are for the most part ASCII, whichever code page they are read in.
    """
    if len(data) > _SHORT:
        return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    is_western = not _NOT_WESTERN.search(text) and language.detect(text) in _WESTERN
    return text if is_western else None


def _looks_like_utf16(data: bytes) -> bool:
    """Whether zeros stand in every other byte, as in Western text in UTF-16 without its mark."""
    sample = data[:_SNIFFED]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return max(even, odd) > 0.4 * len(sample) / 2 and min(even, odd) < 0.05 * len(sample) / 2
