"""WordNet's files -> corpus/forms/en.txt, the other forms of English words and their near neighbours.

    python tests/bench/word_forms.py /usr/share/wordnet > corpus/forms/en.txt

Debian's package wordnet-base has the files. Only words that WordNet's own corpus counts are taken,
synonyms only from five times on: what is rare does more harm than good.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import Stemmer

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}
SENSES = {"noun": 2, "verb": 3, "adj": 2, "adv": 1}
"""How many of a word's senses, the most frequent first, give synonyms."""
FEWEST_AS_SYNONYM = 5
SHARED_LETTERS = 5
"""Words that begin alike are told to belong together without a table."""
RELATED = {"+", "\\"}
"""WordNet's pointers to derivationally related words and to what an adjective pertains to."""
INFLECTION, DERIVATION, SYNONYM = range(3)

HEAD = """\
# Terms of English that say the same or nearly so: irregular inflections, derivations, synonyms, by tabs.
# Each pair stands once. Made by tests/bench/word_forms.py from WordNet 3.0, Copyright 2006 by Princeton
# University. All rights reserved. Licence: see WORDNET.txt.
"""

Synset = tuple[list[str], list[tuple[str, tuple[str, str], str]]]


def main(folder: Path) -> None:
    counts = read_counts(folder)
    synsets = dict(read_synsets(folder))
    stem = Stemmer.Stemmer("english").stemWord
    kinds: dict[tuple[str, str], int] = {}
    for kind, first, second in (
        *((INFLECTION, *pair) for pair in inflections(folder, counts)),
        *((DERIVATION, *pair) for pair in derivations(synsets, counts)),
        *((SYNONYM, *pair) for pair in synonyms(folder, synsets, counts)),
    ):
        pair = stem(first), stem(second)
        if pair[0] != pair[1]:
            kinds.setdefault((min(pair), max(pair)), kind)
    lines: dict[str, list[list[str]]] = defaultdict(lambda: [[], [], []])
    for (first, second), kind in sorted(kinds.items()):
        lines[first][kind].append(second)
    sys.stdout.write(HEAD)
    for first, groups in lines.items():
        sys.stdout.write("\t".join([first, *(" ".join(group) for group in groups)]) + "\n")


def read_counts(folder: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    for line in (folder / "cntlist.rev").read_text().splitlines():
        sense, _, n = line.split()
        counts[sense.split("%")[0]] += int(n)
    return counts


def read_synsets(folder: Path) -> Iterator[tuple[tuple[str, str], Synset]]:
    for part in SENSES:
        for line in (folder / f"data.{part}").read_text().splitlines():
            if line.startswith("  "):
                continue
            values = line.split("|")[0].split()
            n_words = int(values[3], 16)
            words = [values[4 + 2 * i].split("(")[0].lower() for i in range(n_words)]
            at = 4 + 2 * n_words
            pointers = [values[at + 1 + 4 * i : at + 5 + 4 * i] for i in range(int(values[at]))]
            yield (
                (part, values[0]),
                (words, [(kind, (PARTS[to], offset), which) for kind, offset, to, which in pointers]),
            )


def inflections(folder: Path, counts: Counter[str]) -> Iterator[tuple[str, str]]:
    for part in SENSES:
        for line in (folder / f"{part}.exc").read_text().splitlines():
            form, *lemmas = line.split()
            yield from ((form, lemma) for lemma in lemmas if "_" not in lemma and counts[lemma])


def derivations(synsets: dict[tuple[str, str], Synset], counts: Counter[str]) -> Iterator[tuple[str, str]]:
    for words, pointers in synsets.values():
        for kind, to, which in pointers:
            if kind in RELATED and which != "0000":
                source, target = bytes.fromhex(which)
                first, second = words[source - 1], synsets[to][0][target - 1]
                if (
                    is_counted(first, counts)
                    and is_counted(second, counts)
                    and first[:SHARED_LETTERS] != second[:SHARED_LETTERS]
                ):
                    yield first, second


def synonyms(
    folder: Path, synsets: dict[tuple[str, str], Synset], counts: Counter[str]
) -> Iterator[tuple[str, str]]:
    for part, n_senses in SENSES.items():
        for line in (folder / f"index.{part}").read_text().splitlines():
            word, *values = line.split()
            if line.startswith("  ") or not is_counted(word, counts, FEWEST_AS_SYNONYM):
                continue
            offsets = values[5 + int(values[2]) :]
            for offset in offsets[:n_senses]:
                for other in synsets[part, offset][0]:
                    if is_counted(other, counts, FEWEST_AS_SYNONYM):
                        yield word, other


def is_counted(word: str, counts: Counter[str], fewest: int = 1) -> bool:
    return word.isalpha() and counts[word] >= fewest


if __name__ == "__main__":
    main(Path(sys.argv[1]))
