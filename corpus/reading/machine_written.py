"""Whether a plain text was written by a program for others to read: rows of a table, JSON, lines of a log."""

from __future__ import annotations

import csv
import json
from collections import Counter
from itertools import islice

import regex

_FEWEST_LINES = 12
_MOST_LINES = 200
"""More say no more."""
_LONGEST_LINE = 2_000
"""In characters: its end says no more."""
_LEAST_ALIKE = 0.8
_FEWEST_FIELDS = {",": 4, ";": 3, "\t": 3, "|": 3}
"""Of a row. Prose has commas, but not the same number of them in every line."""
_FEWEST_SIGNS = 6
"""A line of a timetable that people write has four, “2 June, 9:30 – Lunde, the harbour”."""
_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}\s*_]+")
"""With what Markdown writes around words, as around each term of a glossary."""


def is_machine_written(text: str) -> bool:
    """Whether *text* is JSON, or most of its lines have as many fields, or the same signs in a row."""
    if text.lstrip()[:1] in {"{", "["} and _is_json(text):
        return True
    filled = (line[:_LONGEST_LINE] for line in text.split("\n") if line.strip())
    lines = list(islice(filled, _MOST_LINES))
    return len(lines) >= _FEWEST_LINES and (_are_rows(lines) or _are_of_one_shape(lines))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _are_rows(lines: list[str]) -> bool:
    for delimiter, fewest in _FEWEST_FIELDS.items():
        widths = Counter(len(next(csv.reader([line], delimiter=delimiter), [])) for line in lines)
        width, n_rows = widths.most_common(1)[0]
        if width >= fewest and n_rows >= _LEAST_ALIKE * len(lines):
            return True
    return False


def _are_of_one_shape(lines: list[str]) -> bool:
    """Whether the same signs stand in each line, as the time and place at the head of every line of a log."""
    shapes = Counter(
        signs[:_FEWEST_SIGNS] for line in lines if len(signs := _WORDS.sub("", line)) >= _FEWEST_SIGNS
    )
    return bool(shapes) and shapes.most_common(1)[0][1] >= _LEAST_ALIKE * len(lines)
