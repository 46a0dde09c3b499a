"""The words by which a saved page says what a line is: a caption, a byline, a link to other stories."""

from __future__ import annotations

import regex

_AGENCIES = (
    "Reuters|AFP|AP|EPA|EFE|ANSA|DPA|Getty|Images?|Archives?|Anadolu|AA|Xinhua|TASS|Kyodo|Shutterstock|iStock|File|Photo"
    "|Handout|Courtesy|Screengrab|Twitter|Pool|Alamy|PA|Bloomberg|Foto|Bild"
)
CAPTION = regex.compile(
    rf"""
      \((?:[^()]{{0,80}}[/|,]\s*)?[^()]{{0,40}}\b(?:{_AGENCIES})\b[^()]{{0,40}}\)\s*$
    | \b(?:Reuters|AFP|AP\ Photo|EPA|Getty\ Images)\s*/\s*\p{{Lu}}[\w.\- ]{{2,40}}\)?\s*$
    | ^(?:FILE(?:\ PHOTO)?\s*[:\-–—]
        | (?:Photo|Image|Foto|Bild|Picture|Caption|Image\ source|Image\ caption|Video)\s*
          (?:by|:|credit|source|caption)
        | Credit:|\[?Photo(?:graph)?\ by|Getty\ Images$|Image\ copyright|©\s)
    | [\[(](?:Photo|Image|Picture|File|Foto|Bild)[^\])]{{0,60}}[\])]\s*$
    """,
    regex.IGNORECASE | regex.VERBOSE,
)
"""A line under a picture: it ends in its agency in brackets, or begins with Photo, Image, FILE."""

CHROME = regex.compile(
    r"""^\W*(?:source\s*:|via\s*:|original\s+(?:link|article|source|url)|(?:open|view)\s+original
    |more\s+(?:from|on|about|stories|news)\b|latest\s+(?:news|stories|headlines)|related\b
    |read\s+(?:more|also|next|the\s+full)|see\s+also|also\s+read|you\s+(?:may|might)\s+(?:also\s+)?(?:like|be\s+interested)
    |recommended|trending|most\s+(?:read|popular|viewed)|share\s*(?:this|on|:)|share$|follow\s+us|sign\s+up|subscribe
    |newsletter|advertisement|comments?\b|leave\s+a\s+(?:comment|reply)|tags?\s*:|topics?\s*:|filed\s+under
    |categor(?:y|ies)\s*:|copyright\b|©|\(c\)\s|all\s+rights\s+reserved|privacy\s+policy|terms\s+of|cookie
    |about\s+the\s+author|back\s+to\s+top|print\s+this|skip\s+to|\d+\s+min(?:ute)?s?\s+read
    |quelle\s*:|mehr\s+(?:zum|von|aus)|lesen\s+sie\s+auch|lire\s+aussi|à\s+lire|en\s+savoir\s+plus|leer\s+más|fuente\s*:
    |leggi\s+anche|fonte\s*:|leia\s+(?:mais|também)|kaynak\s*:|ilgili\s+haber|источник\s*:|читайте\s+также
    |المصدر\s*:|اقرأ\s+أيض|منبع\s*:|بیشتر\s+بخوانید|स्रोत\s*:|यह\s+भी\s+पढ़|来源[:：]|相关阅读|出典[:：]|関連記事|ที่มา\s*:)""",
    regex.IGNORECASE | regex.VERBOSE,
)
"""A line of the site around the article."""

SOURCE = regex.compile(
    r"""^\W*(?:source|publisher|published\s+by|via|quelle|fuente|fonte|kaynak|источник|المصدر|منبع|स्रोत|来源|出典|ที่มา)
    \s*[:：]\s*(.{2,60})$""",
    regex.IGNORECASE | regex.VERBOSE,
)
MORE_FROM = regex.compile(r"^\W*(?:more|mehr)\s+(?:from|von)\s+(.{2,60}?)\W*$", regex.IGNORECASE)
_NAMES = r"""
    (\p{Lu}[\p{L}\p{M}.'’\-]*
      (?:[\s,]+(?:\p{Lu}[\p{L}\p{M}.'’\-]*|de|der|den|dos|du|di|da|della|la|le|ter|van|von|bin|al|el|and|und|et|y|&))*)
    \s*(?:[|,–—-].*)?$"""
BYLINE = regex.compile(
    rf"^(?i:written\s+by|by|von|par|por|di|автор:?|authors?:|contributors?:)\s+{_NAMES}", regex.VERBOSE
)
SIGNED = regex.compile(
    rf"^(?i:written\s+by|geschrieben\s+von|écrit\s+par|escrito\s+por)\s+{_NAMES}", regex.VERBOSE
)
"""A byline that is one wherever it stands."""
KEY_VALUE = regex.compile(
    r"""^(title|headline|author|authors|by|byline|date|published|publish(?:ed)?[ _-](?:date|at|on)|pubdate
    |publisher|source|site|url|link|canonical|language|lang|description|tags|category)\s*:\s*(.+)$""",
    regex.IGNORECASE | regex.VERBOSE,
)
ADDRESS = regex.compile(r"""https?://[^\s<>()\[\]"]+""")
AROUND_DATE = regex.compile(
    r"""\b\d{1,2}[:.h]\d\d\s*(?:[ap]\.?m\.?|uhr)?\b|\b(?:GMT|UTC|EST|EDT|CET|CEST|BST|updated|published|posted|last|modified|on|at|am|pm
    |date)\b|\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\b""",
    regex.IGNORECASE | regex.VERBOSE,
)
"""What stands beside a date and is no publisher's name."""
LIST_ITEM = regex.compile(r"[-*•]\s|\d+[.)]\s")
SENTENCE_END = regex.compile(r"""[.!?…。！？؟।:;]["”’»)\]]*\s*$|[.!?…。！？؟।]["”’»)]*\s|\p{Thai}\s*$""")
"""A sentence ends here; Thai has no mark for it."""
STATEMENT_END = regex.compile(r"""(?<![.…]|\b\p{Lu})[.。।]["”’»)\]]*\s*$""")
"""A full stop at the end, and none of dots or of an abbreviation: a headline has none."""
