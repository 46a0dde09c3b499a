"""Questions with a typing error each -> how often the right paragraph still comes first.

`python -m tests.bench.typing_errors FOLDER LIBRARY` asks LIBRARY, which holds the articles of FOLDER, every
sixth question of FOLDER: as it is, and with a letter left out, put in, changed or swapped with the next in
one of its words of five letters or more.
"""

from __future__ import annotations

import argparse
import random
import string
from dataclasses import replace
from pathlib import Path

from corpus import evaluate
from corpus.library import Library

SHORTEST = 5
ONE_OF = 6


def mistyped(question: str, chance: random.Random) -> str:
    """*question* with one edit in one longer word; as it is without such a word."""
    words = question.split()
    longer = [at for at, word in enumerate(words) if len(word) >= SHORTEST and word.strip("?.,").isalpha()]
    if not longer:
        return question
    at = chance.choice(longer)
    place, letter = chance.randrange(len(words[at]) - 1), chance.choice(string.ascii_lowercase)
    before, here, behind = words[at][:place], words[at][place], words[at][place + 1 :]
    edited = (behind, letter + here + behind, letter + behind, behind[0] + here + behind[1:])
    words[at] = before + chance.choice(edited)
    return " ".join(words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("library", type=Path)
    given = parser.parse_args()
    chance = random.Random(7)  # noqa: S311
    with (given.folder / "questions.jsonl").open(encoding="utf-8") as lines:
        clean = list(evaluate.read_questions(lines, "questions"))[::ONE_OF]
    wrong = [replace(judged, question=mistyped(judged.question, chance)) for judged in clean]
    with Library.open(given.library) as library:
        for name, questions in (("as they are", clean), ("with a typing error", wrong)):
            found = evaluate.retrieval(library, questions)
            print(f"{len(questions)} questions {name}: R@1 {found.recall_at_1:.3f}")


if __name__ == "__main__":
    main()
