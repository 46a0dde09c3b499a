"""Lines of text and where they stand on pages -> paragraphs and headings, in the order they are read in.

All lengths are in points, y grows upward, and sizes are heights of letters.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import regex

from corpus.reading.blocks import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HYPHEN = "\u00ad"
"""What stands at the end of a line for a hyphen that the line's end may have asked for."""

_MOST_LINES_OF_HEADING = 4
_LONGEST_HEADING = 200
_LARGER = 1.12
"""A heading's letters are larger than the body's by this much."""
_SMALLER = 0.93
_PARAGRAPH_GAP = 1.35
"""Of the usual distance between lines."""
_INDENT = 0.8
"""Of the letters' size; less is a crooked scan."""
_EDGE = 0.15
"""Of a page's height: where headers and footers stand."""
_EDGE_LINES = 4
_NEIGHBOURS = 4
"""Pages on either side on which a header is looked for: a chapter's own header ends with its chapter."""
_FEWEST_LINES_OF_COLUMN = 4
_FEWEST_LETTERS_OF_COLUMN = 14
_MOST_CROSSING = 0.35

_SENTENCE_END = regex.compile(r"""[.!?…。！？؟।:;]["”’»)\]]*$""")
_BULLET = regex.compile(r"[•●▪■◦‣∙·*–—-]\s+\S|\(?\p{Nd}{1,2}[.)]\s+\p{Lu}|\([a-z]\)\s")
_BULLET_SIGN = regex.compile(r"^[•●▪■◦‣∙]\s+")
_PAGE_NUMBER = regex.compile(
    r"\W*(?:page|seite|p\.|pág\.?|стр\.?|第)?\s*(?:\p{Nd}{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/|von|de|из|页)\s*\p{Nd}{1,4})?\W*",
    regex.IGNORECASE,
)
_OF_CONTENTS = regex.compile(r"(?:\s*[.·…]){5,}\s*[\p{Nd}ivxlc]*$", regex.IGNORECASE)
"""A line of a table of contents: dots that lead to a page."""
_NUMBER = regex.compile(r"\p{Nd}+|^[ivxlc]+$", regex.IGNORECASE)
_WORD = regex.compile(r"[\p{L}\p{M}]+(?:[-‐][\p{L}\p{M}]+)*")
_LETTER = regex.compile(r"\p{L}")
_TO_THE_LEFT = regex.compile(r"[[\p{Hebrew}\p{Arabic}\p{Syriac}\p{Thaana}]&&\p{L}]", regex.VERSION1)
_NO_SPACES = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\u3000-\u303f\uff00-\uffef]")


class Line(NamedTuple):
    """Letters on one line of one column."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    is_bold: bool = False

    @property
    def size(self) -> float:
        return self.top - self.bottom


class Page(NamedTuple):
    """The lines of a page, in the order they were written into the file."""

    bottom: float
    top: float
    lines: Sequence[Line]


@dataclass(slots=True)
class _Paragraph:
    lines: list[Line]
    page: int
    right: float
    """Of its column."""
    kind: Kind = "text"
    text: str = field(default="")

    @property
    def size(self) -> float:
        return median(line.size for line in self.lines)

    @property
    def is_bold(self) -> bool:
        return all(line.is_bold for line in self.lines)


class Found(NamedTuple):
    """What pages hold: their blocks, and the lines that repeat on them."""

    blocks: list[Block]
    repeated: tuple[str, ...]


def read(pages: Sequence[Page]) -> Found:
    """The paragraphs and headings of *pages*; the largest text of the first page is the title.

    Headers, footers and page numbers are left out, paragraphs go on across columns and pages, and
    hyphens that only a line's end asked for are gone.
    """
    if _run_to_the_left(pages):
        pages = [page._replace(lines=[_mirrored(line) for line in page.lines]) for page in pages]
    kept, repeated = _without_repeated(pages)
    body = _body_size(kept)
    paragraphs: list[_Paragraph] = []
    for number, page in enumerate(kept):
        for column in _columns(list(page.lines)):
            paragraphs += _paragraphs(column, number)
    _name_headings(paragraphs, body)
    vocabulary = Counter(
        word.casefold() for page in kept for line in page.lines for word in _WORD.findall(line.text)
    )
    joined = _across_columns(paragraphs, body)
    blocks = [Block(one.kind, _text(one, vocabulary)) for one in joined]
    return Found([block for block in blocks if block.text], repeated)


# --- scripts that run from right to left


def _run_to_the_left(pages: Sequence[Page]) -> bool:
    n_left = n_letters = 0
    for page in pages:
        for line in page.lines:
            n_left += len(_TO_THE_LEFT.findall(line.text))
            n_letters += len(_LETTER.findall(line.text))
    return 2 * n_left > n_letters


def _mirrored(line: Line) -> Line:
    """*line* as it stands in a mirror, where it begins at the left: all that follows looks at it so."""
    return line._replace(left=-line.right, right=-line.left)


# --- headers and footers


def _without_repeated(pages: Sequence[Page]) -> tuple[list[Page], tuple[str, ...]]:
    edges = [_edge_lines(page) for page in pages]
    signs = [{_sign(line, page) for line in edge} for page, edge in zip(pages, edges, strict=True)]
    needed = min(2, len(pages) - 1)
    kept: list[Page] = []
    left_out: dict[str, None] = {}
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        near = [
            signs[other]
            for other in range(max(0, number - _NEIGHBOURS), min(len(pages), number + _NEIGHBOURS + 1))
            if other != number
        ]
        gone = {
            line
            for line in edge
            if _is_page_number(line, page, edge)
            or (needed and sum(_sign(line, page) in there for there in near) >= needed)
        }
        gone |= {line for line in page.lines if _OF_CONTENTS.search(line.text)}
        for line in page.lines:
            if line in gone and line in edge and not _PAGE_NUMBER.fullmatch(line.text):
                left_out.setdefault(line.text)
        kept.append(page._replace(lines=[line for line in page.lines if line not in gone]))
    if not any(page.lines for page in kept):  # pages that are alike throughout: then that is their text
        return list(pages), ()
    return kept, tuple(left_out)


def _edge_lines(page: Page) -> list[Line]:
    """The few outermost lines at the head and the foot of *page*, where nothing but they stands."""
    height = page.top - page.bottom
    by_height = sorted(page.lines, key=lambda line: -line.bottom)
    head = [line for line in by_height[:_EDGE_LINES] if line.bottom > page.top - _EDGE * height]
    foot = [line for line in by_height[-_EDGE_LINES:] if line.top < page.bottom + _EDGE * height]
    return head + [line for line in foot if line not in head]


def _sign(line: Line, page: Page) -> tuple[str, int, bool]:
    """What a header shares with that of another page: its words but for numbers, and its height."""
    is_head = line.bottom > (page.top + page.bottom) / 2
    from_edge = page.top - line.top if is_head else line.bottom - page.bottom
    words = _NUMBER.sub("#", "".join(line.text.casefold().split()))
    return words, round(from_edge / 6), is_head


def _is_page_number(line: Line, page: Page, edge: Sequence[Line]) -> bool:
    if not _PAGE_NUMBER.fullmatch(line.text) or len(page.lines) < 3:
        return False
    is_lowest = line.bottom <= min(other.bottom for other in page.lines)
    is_highest = line.top >= max(other.top for other in page.lines)
    others = [other for other in edge if other is not line]
    is_alone = all(not _share_row(line, other) for other in others)
    return is_alone and (is_lowest or is_highest)


# --- columns


def _columns(lines: list[Line]) -> list[list[Line]]:
    """*lines* of a page parted into columns in reading order; one column keeps the order of the file."""
    gutter = _gutter(lines)
    if gutter is None:
        return [_in_rows(lines)] if lines else []
    found: list[list[Line]] = []
    left: list[Line] = []
    right: list[Line] = []

    def end_band() -> None:
        found.extend(_columns(left))
        found.extend(_columns(right))
        left.clear()
        right.clear()

    across: list[Line] = []
    for line in sorted(lines, key=lambda line: (-line.top, line.left)):
        if line.left < gutter < line.right:
            end_band()
            across.append(line)
            continue
        if across:
            found.append(_in_rows(across))
            across = []
        (left if line.right <= gutter else right).append(line)
    end_band()
    if across:
        found.append(_in_rows(across))
    return found


def _gutter(lines: Sequence[Line]) -> float | None:
    """The x between two columns of running text; None where there is one column, or a table."""
    if len(lines) < 2 * _FEWEST_LINES_OF_COLUMN:
        return None
    best: tuple[int, float] | None = None
    size = median(line.size for line in lines)
    edges = sorted({round(line.right, 0) for line in lines})
    for edge in edges:
        x = edge + 0.2 * size
        left = [line for line in lines if line.right <= x]
        right = [line for line in lines if line.left >= x]
        n_crossing = len(lines) - len(left) - len(right)
        if n_crossing > _MOST_CROSSING * len(lines) or not _are_columns(left, right):
            continue
        if best is None or n_crossing < best[0]:
            best = n_crossing, (x + min(line.left for line in right)) / 2
    return best[1] if best else None


def _are_columns(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether both hold running text side by side: most lines are long, as those of a table are not."""
    if min(len(left), len(right)) < _FEWEST_LINES_OF_COLUMN:
        return False
    for column in (left, right):
        width = max(line.right for line in column) - min(line.left for line in column)
        lengths = [len(line.text) for line in column]
        is_full = median(line.right - line.left for line in column) >= 0.6 * width
        if median(lengths) < _FEWEST_LETTERS_OF_COLUMN or not is_full:
            return False
    shared = min(max(line.top for line in left), max(line.top for line in right)) - max(
        min(line.bottom for line in left), min(line.bottom for line in right)
    )
    least = min(
        max(line.top for line in column) - min(line.bottom for line in column) for column in (left, right)
    )
    return shared >= 0.5 * least


def _in_rows(lines: Sequence[Line]) -> list[Line]:
    """Lines of one column in reading order, the parts of a row in one line.

    The order of the file is the reader's, except where it goes back up to what stands above.
    """
    if any(after.bottom >= before.top and _share_column(before, after) for before, after in pairwise(lines)):
        lines = sorted(lines, key=lambda line: (-round(line.bottom / max(1.0, line.size / 2)), line.left))
    rows: list[Line] = []
    for line in lines:
        if rows and _share_row(rows[-1], line) and line.left >= rows[-1].right - 1:
            last = rows[-1]
            rows[-1] = Line(
                f"{last.text} {line.text}",
                last.left,
                min(last.bottom, line.bottom),
                line.right,
                max(last.top, line.top),
                last.is_bold and line.is_bold,
            )
        else:
            rows.append(line)
    return rows


def _share_row(one: Line, other: Line) -> bool:
    return min(one.top, other.top) - max(one.bottom, other.bottom) > 0.6 * min(one.size, other.size)


def _share_column(one: Line, other: Line) -> bool:
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared > 0.5 * min(one.right - one.left, other.right - other.left)


# --- paragraphs


def _paragraphs(column: Sequence[Line], page: int) -> list[_Paragraph]:
    left = min(line.left for line in column)
    right = sorted(line.right for line in column)[int(0.95 * (len(column) - 1))]
    pitch = _pitch(column)
    found: list[_Paragraph] = []
    for line in column:
        if found and not _begins_paragraph(found[-1].lines, line, left, right, pitch):
            found[-1].lines.append(line)
        else:
            found.append(_Paragraph([line], page, right))
    return found


def _pitch(column: Sequence[Line]) -> float:
    """The usual distance between the feet of two lines: the shortest that is common."""
    steps = sorted(
        before.bottom - after.bottom
        for before, after in pairwise(column)
        if before.bottom > after.bottom and abs(before.size - after.size) < 0.1 * before.size
    )
    if len(steps) < 2:
        return 1.4 * column[0].size
    return min(steps[len(steps) // 3], 2.5 * median(line.size for line in column))


def _begins_paragraph(so_far: Sequence[Line], line: Line, left: float, right: float, pitch: float) -> bool:
    before = so_far[-1]
    size = min(before.size, line.size)
    if max(before.size, line.size) > _LARGER * size and not _share_row(before, line):
        return True
    if before.is_bold != line.is_bold and (len(so_far) == 1 or line.is_bold):
        return _ends_early(before, line, right) or before.bottom - line.bottom > _PARAGRAPH_GAP * pitch
    step = before.bottom - line.bottom
    if step > _PARAGRAPH_GAP * pitch or step < -size:
        return True
    if _BULLET.match(line.text) and (
        _BULLET_SIGN.match(line.text) or _ends_early(before, line, right) or _BULLET.match(so_far[0].text)
    ):
        return True
    if line.left - before.left > _INDENT * size:
        # Indented below a list's sign it goes on; indented below a line at the margin it begins.
        return not _BULLET.match(so_far[0].text) and before.left - left < _INDENT * size
    if before.left - line.left > _INDENT * size and len(so_far) > 1:
        return so_far[-2].left - line.left > _INDENT * size  # back from what was set in
    return _ends_early(before, line, right)


def _ends_early(before: Line, line: Line, right: float) -> bool:
    """Whether the next word would have fitted behind *before*: then its line was ended on purpose."""
    width = right - before.left
    spare = right - before.right
    first = line.text.split()[0] if line.text.split() else ""
    needed = (line.right - line.left) * (len(first) + 1) / max(1, len(line.text))
    if spare <= needed + 0.5 * line.size or spare < 0.08 * width:
        return False
    return _SENTENCE_END.search(before.text) is not None or spare > 0.35 * width


def _across_columns(paragraphs: Sequence[_Paragraph], body: float) -> list[_Paragraph]:
    """*paragraphs*, those in one that a column's or a page's end, or a footnote there, had parted."""
    found: list[_Paragraph] = []
    for one in paragraphs:
        before = next((other for other in reversed(found) if not _is_note(other, body)), None)
        is_part = (
            before is not None and one.kind == "text" and not _is_note(one, body) and _goes_on(before, one)
        )
        if is_part and before is not None:
            before.lines += one.lines
            before.right = one.right
            before.page = one.page
        else:
            found.append(one)
    return found


def _goes_on(before: _Paragraph, after: _Paragraph) -> bool:
    last, first = before.lines[-1], after.lines[0]
    is_elsewhere = first.bottom > last.bottom or after.page != before.page
    is_same = abs(last.size - first.size) < (_LARGER - 1) * last.size and last.is_bold == first.is_bold
    if before.kind != "text" or not is_elsewhere or not is_same or _BULLET.match(first.text):
        return False
    if last.text.endswith(HYPHEN):
        return True
    is_full = before.right - last.right < 0.15 * (before.right - last.left)
    return is_full and _SENTENCE_END.search(last.text) is None


def _is_note(one: _Paragraph, body: float) -> bool:
    """Smaller than the body, as footnotes and captions are."""
    return one.size < _SMALLER * body


# --- headings


def _body_size(pages: Iterable[Page]) -> float:
    """The size most letters have."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            letters[round(line.size * 2) / 2] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def _name_headings(paragraphs: Sequence[_Paragraph], body: float) -> None:
    for place, one in enumerate(paragraphs):
        length = sum(len(line.text) for line in one.lines)
        if len(one.lines) > _MOST_LINES_OF_HEADING or length > _LONGEST_HEADING:
            continue
        is_last = place == len(paragraphs) - 1
        is_lone_bold = (
            one.is_bold
            and one.size >= _SMALLER * body
            and len(one.lines) <= 2
            and not is_last
            and not paragraphs[place + 1].is_bold
            and not one.lines[-1].text.rstrip().endswith((".", ",", ";"))
        )
        if one.size > _LARGER * body or is_lone_bold:
            one.kind = "heading"
    first_page = [one for one in paragraphs if one.page == 0 and one.kind == "heading" and _has_word(one)]
    largest = max((one.size for one in first_page), default=0.0)
    if largest > _LARGER * body:
        next(one for one in first_page if one.size == largest).kind = "title"


def _has_word(one: _Paragraph) -> bool:
    return any(len(word) > 2 or _NO_SPACES.search(word) for word in _WORD.findall(one.lines[0].text))


# --- text


def _text(one: _Paragraph, vocabulary: Counter[str]) -> str:
    """The lines of a paragraph in one."""
    text = ""
    for line in one.lines:
        text = _joined(text, line.text.strip(), vocabulary)
    return _BULLET_SIGN.sub("", text.replace(HYPHEN, "-"))


def _joined(text: str, line: str, vocabulary: Counter[str]) -> str:
    if not text or not line:
        return text or line
    if text[-1] in f"{HYPHEN}-‐" and len(text) > 1 and text[-2].isalpha() and line[0].isalpha():
        return text[:-1] + _hyphen_between(text[:-1], line, vocabulary) + line
    if text[-1] in f"{HYPHEN}-‐–" and len(text) > 1 and text[-2].isdigit() and line[0].isdigit():
        return text + line
    if _NO_SPACES.fullmatch(text[-1]) and _NO_SPACES.fullmatch(line[0]):
        return text + line
    return f"{text} {line}"


def _hyphen_between(text: str, line: str, vocabulary: Counter[str]) -> str:
    """A hyphen where the word has one elsewhere in the file, or a capital follows; else none."""
    before = _WORD.findall(text)[-1] if _WORD.findall(text[-60:]) else ""
    match = _WORD.match(line)
    after = match[0] if match else ""
    whole, parted = f"{before}{after}".casefold(), f"{before}-{after}".casefold()
    if line[0].isupper() and not text[-1].isupper():
        return "-"
    return "-" if vocabulary[parted] > vocabulary[whole] else ""
