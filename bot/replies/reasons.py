"""The reasons that errors give in English -> the same in the language that is spoken.

They are written where they are found out, in places that know no language; here they are listed for the
catalogues. A number in one is the place {n}.
"""

from __future__ import annotations

import re

from bot.language import N_, NP_, _, pgettext
from bot.replies import words

KINDS = frozenset(
    {
        NP_("kind of file", "a PDF"),
        NP_("kind of file", "a Word file"),
        NP_("kind of file", "an EPUB"),
        NP_("kind of file", "a ZIP file"),
        NP_("kind of file", "a picture"),
        NP_("kind of file", "a sound"),
        NP_("kind of file", "a film"),
        NP_("kind of file", "a sound or film"),
        NP_("kind of file", "a picture, sound or film"),
        NP_("kind of file", "a compressed file"),
        NP_("kind of file", "a program"),
        NP_("kind of file", "a database"),
        NP_("kind of file", "a Rich Text file"),
        NP_("kind of file", "a PostScript file"),
        NP_("kind of file", "a Kindle book"),
        NP_("kind of file", "an Office file"),
        NP_("kind of file", "an old Word or Excel file"),
        NP_("kind of file", "an Excel file"),
        NP_("kind of file", "a PowerPoint file"),
        NP_("kind of file", "an OpenDocument file"),
        NP_("kind of file", "an XML file"),
        NP_("kind of file", "a web archive"),
        NP_("kind of file", "a binary file"),
    }
)
REASONS = frozenset(
    {
        # why a link is not opened
        N_("it is longer than {n} characters"),
        N_("it holds a space, a backslash or a character that cannot be seen"),
        N_("it holds a backslash or a character that cannot be seen"),
        N_("only http:// and https:// are opened"),
        N_("a link looks like https://example.org/page"),
        N_("it is no address"),
        N_("it is no longer encrypted"),
        N_("it holds a user name or a password"),
        N_("its host is no name"),
        N_("its host is no address"),
        N_("its host is a number"),
        N_("it leads to port {n}, which is none of the web’s"),
        N_("it leads to the computer that would open it"),
        N_("it leads into a private network"),
        N_("it leads into a link-local network"),
        N_("it leads to many computers at once"),
        N_("it leads to an address that is reserved"),
        N_("it leads to no address"),
        # why a site cannot be reached
        N_("it does not answer"),
        N_("there is no site of that name"),
        N_("its certificate does not prove that it is this site"),
        N_("no encrypted connection could be made"),
        N_("it refuses connections"),
        N_("the connection failed"),
        # where a site redirects
        N_("in a circle"),
        N_("more than {n} times"),
        N_("to several places"),
        N_("to nowhere"),
        # what is wrong with an answer
        N_("it says that a page is unchanged which was never seen"),
        N_("the page broke off"),
        N_("what it sent cannot be read"),
        N_("it is packed several times over"),
        N_("it is packed in a way that was not asked for"),
        N_("it is packed in too many parts"),
        N_("it is damaged"),
    }
)
_PERMISSIONS = frozenset(
    {
        NP_("permission", "Manage Server"),
        NP_("permission", "Manage Messages"),
        NP_("permission", "View Channel"),
        NP_("permission", "Send Messages"),
        NP_("permission", "Send Messages in Threads"),
        NP_("permission", "Read Message History"),
        NP_("permission", "Attach Files"),
    }
)
"""As Discord shows them to who has its language; in English where it has none."""
_TO_WHERE_NOTHING_IS = "to where nothing is opened: "
_NUMBER = re.compile(r"\d[\d,]*")


def permission(english: str) -> str:
    """What Discord calls a permission."""
    return pgettext("permission", english) if english in _PERMISSIONS else english


def told(english: str) -> str:
    """A reason as it is told; in English where it is not among those known."""
    if english.startswith(_TO_WHERE_NOTHING_IS):
        reason = told(english.removeprefix(_TO_WHERE_NOTHING_IS))
        return _("to where nothing is opened: {reason}").format(reason=reason)
    if english in REASONS:
        return _(english)
    number = _NUMBER.search(english)
    general = _NUMBER.sub("{n}", english, count=1)
    if number and general in REASONS:
        return _(general).format(n=words.number(int(number[0].replace(",", ""))))
    return english
