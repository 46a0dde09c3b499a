"""Texts that programs write for programs are asked about; what people write in lines is not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import reading, starter
from corpus.reading.machine_written import is_machine_written
from tests.pages_in_languages import LANGUAGES

NUMBERS = range(20)
BOATS = [{"id": n, "name": f"Boat {n}", "text": "It sails, when it sails."} for n in NUMBERS]
WRITTEN = {
    "rows.csv": "\n".join(f'{n},"Boat {n}, old",{n * 7}.50,2020-07-{n + 10}' for n in NUMBERS),
    "rows.tsv": "\n".join(f"{n}\tBoat {n}\tLunde" for n in NUMBERS),
    "bot.log": "\n".join(f"2020-07-01 12:00:{n:02},123 INFO fetched {n} bytes, slowly" for n in NUMBERS),
    "access.log": "\n".join(f'10.0.0.{n} - - [10/Oct/2020:13:55:{n} -0700] "GET /{n}"' for n in NUMBERS),
    "boats.sql": "\n".join(f"CALL boats.add(({n}), 'Boat {n}');" for n in NUMBERS),
    "boats.json": json.dumps(BOATS),
    "boats.txt": json.dumps(BOATS, indent=2),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_a_program_wrote_is_asked_about(name: str) -> None:
    assert reading.read(WRITTEN[name].encode(), name).state == "garbled"


@pytest.mark.parametrize(
    "text",
    [
        *("\n".join(words.paragraphs * 5) for words in LANGUAGES.values()),
        *(data.decode() for _, data in starter.files()),
        "\n".join(f"- Boat {n}, which sails at 9:{n + 10}" for n in NUMBERS),
        "\n".join(f"{n}. The boat of pier {n}, they said, is old." for n in NUMBERS),
        "\n".join(f"ADA: Is it boat {n}?\nBO: No, it’s {n + 1}!" for n in NUMBERS),
        "\n".join(f"- **Pier {n}**: where boat {n} waits." for n in NUMBERS),
        "\n".join(f"{n} June, 9:30 – Lunde, the old harbour" for n in NUMBERS),
        "[Editor's note: the ferry stops in March.]",
        "",
    ],
)
def test_what_people_write_is_a_text(text: str) -> None:
    assert not is_machine_written(text)


def test_some_rows_within_a_text_do_no_harm() -> None:
    prose = "\n\n".join(LANGUAGES["en"].paragraphs * 4)
    assert not is_machine_written(f"{prose}\n\n{WRITTEN['rows.csv']}")


@settings(max_examples=30, deadline=None)
@given(st.text(st.sampled_from('a1 ,;|\t"{}[]\n:'), max_size=400))
def test_any_text_is_one_or_the_other(text: str) -> None:
    assert is_machine_written(text) in {True, False}
