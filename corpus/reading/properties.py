"""What a file says of itself, title, author and date -> those of them that a person may have meant.

Programs fill these in: with the name of a template, of the computer's owner, of the file.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import regex

from corpus import clock

_LONGEST_TITLE, _LONGEST_AUTHOR = 300, 200
_PROGRAMS = regex.compile(
    r"^(?:microsoft\s+)?(?:word|powerpoint|excel|publisher)\s*[-–:]\s*", regex.IGNORECASE
)
_FILE = regex.compile(
    r"[\\/_]|\.(?:docx?|dotx?|pdf|indd|qxp|qxd|tex|dvi|ps|eps|rtf|odt|pages|xlsx?|pptx?|html?|txt|md|fm)$",
    regex.IGNORECASE,
)
_PLACEHOLDER = regex.compile(
    r"""(?:untitled|unbenannt|sans\s+titre|sin\s+t[ií]tulo|senza\s+titolo|title|titel|document|dokument|slide|layout
    |blank(?:\s+page)?|draft|template|vorlage|normal|presentation|powerpoint\s+presentation|new\s+document|print
    |about:blank|doc|text|article|report|none|null|n/?a)[\s\-_#.:]*\d*|https?:.*|file:.*""",
    regex.IGNORECASE | regex.VERBOSE,
)
_NOBODY = regex.compile(
    r"""(?:admin(?:istrator)?|user|owner|unknown|author|autor|auteur|guest|root|default|anonymous|anonym|none|null|n/?a
    |(?:microsoft\s+)?office(?:\s+user)?|microsoft|microsoft\s+corporation|python-docx|registered\s+user|hp|dell|acer
    |lenovo|windows(?:\s+user)?|preferred\s+customer|calibre.*|unknown\s+author|\(?unspecified\)?)\s*\d*""",
    regex.IGNORECASE | regex.VERBOSE,
)
_LETTER = regex.compile(r"\p{L}")
_PDF_DATE = regex.compile(r"^(?:D:)?(\d{4})(\d\d)(\d\d)")
_EARLIEST = date(1985, 1, 1)
"""Files have had such dates since then: what is older is a clock that was never set."""
_LATEST = timedelta(days=2)


def title(written: str | None) -> str | None:
    """The title in *written*; None for a file's name, a template's, or what stands in for none."""
    text = " ".join((written or "").split())[:_LONGEST_TITLE]
    is_of_program = _PROGRAMS.match(text) is not None
    text = str(_PROGRAMS.sub("", text))
    if not _LETTER.search(text) or _PLACEHOLDER.fullmatch(text):
        return None
    is_file_name = _FILE.search(text) if " " not in text else regex.search(r"\.\w{2,5}$", text)
    return None if is_file_name or is_of_program else text


def author(written: str | None) -> str | None:
    """The author in *written*; None for a program, a login or a computer's owner who has no name."""
    text = " ".join((written or "").replace(";", ", ").split()).strip(" ,")[:_LONGEST_AUTHOR]
    if not _LETTER.search(text) or _NOBODY.fullmatch(text) or "@" in text or "\\" in text or "://" in text:
        return None
    is_login = " " not in text and (text.islower() or regex.search(r"\d|_", text))
    return None if is_login and text.isascii() else text


def day(written: str | None, *, earliest: date = _EARLIEST) -> date | None:
    """The day in *written*, ISO 8601 or as PDF has it; None for one that cannot be, or is yet to come."""
    text = (written or "").strip()
    try:
        found = (
            date(*map(int, match.groups()))
            if (match := _PDF_DATE.match(text))
            else datetime.fromisoformat(text).date()
        )
    except ValueError:
        return None
    return found if earliest <= found <= clock.now().date() + _LATEST else None
