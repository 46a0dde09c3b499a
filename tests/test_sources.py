"""What the terminal is given -> bytes and articles: what cannot be read is said, and the rest goes on."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sources import Articles, SourceError, content, files_in, lines_of
from corpus.errors import BadRecord, NothingToRead, TooLarge
from corpus.reading.limits import LARGEST_BYTES
from tests.conftest import InProcess

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.article import Article

FERRY = "The ferry between Lunde and Varnes stops in March."
BRIDGE = "The bridge over the sound opens in May."


@pytest.fixture
def standard_input(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Gives the program these bytes to read."""

    def give(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return give


def record(**values: object) -> bytes:
    return json.dumps({"text": FERRY} | values).encode() + b"\n"


def a_file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def taken(*files: Path, stdin: bool = False) -> tuple[list[Article], list[str]]:
    """The articles of *files* and what is said of the rest."""
    articles = Articles(files, InProcess(), lambda _: None, stdin=stdin)
    return list(articles), [str(failure) for failure in articles.failures]


# --- one input


@pytest.mark.parametrize("link", ["https://post.example/ferry", "http://post.example", "file:///etc/passwd"])
def test_a_link_is_no_file(link: str) -> None:
    with pytest.raises(SourceError, match="is a link, and only files are read here"):
        content(link)


def test_a_file_that_is_not_there_is_named_as_it_was_given(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"/nothing\.txt does not exist\.$"):
        content(f"{tmp_path}/nothing.txt")


def test_a_folder_is_not_read_as_a_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a folder"):
        content(str(tmp_path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_file_without_permission_is_said_to_be_so(tmp_path: Path) -> None:
    path = a_file(tmp_path, "ferry.txt", b"The ferry.")
    path.chmod(0)
    with pytest.raises(SourceError, match="permission is missing"):
        content(str(path))


def test_a_name_that_no_file_can_have_is_refused_in_a_sentence() -> None:
    with pytest.raises(SourceError, match=r"cannot be read: File name too long\.$"):
        content("x" * 5000)


def test_a_file_above_the_limit_is_refused_with_its_size(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.truncate(70_000_000)
    with pytest.raises(TooLarge, match=r"^long\.txt is 70\.0 MB; the limit is 50\.0 MB\.$"):
        content(str(path))


def test_a_file_is_its_bytes_and_its_name(tmp_path: Path) -> None:
    path = a_file(tmp_path, "ferry.txt", b"\xffThe ferry.")
    assert content(str(path))[:2] == (b"\xffThe ferry.", "ferry.txt")


def test_a_dash_is_standard_input(standard_input: Callable[[bytes], None]) -> None:
    standard_input(b"\xffThe ferry.")
    assert content("-")[:2] == (b"\xffThe ferry.", "standard input")


def test_standard_input_without_end_is_refused_without_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/zero").open() as endless:
        monkeypatch.setattr(sys, "stdin", endless)
        with pytest.raises(TooLarge, match=r"^standard input is larger than 50\.0 MB, the limit\.$"):
            content("-")


def test_standard_input_of_20_megabytes_is_taken_as_it_is(standard_input: Callable[[bytes], None]) -> None:
    standard_input(b"a" * 20_000_000)
    assert len(content("-").data) == 20_000_000


# --- the lines of a file


def test_the_lines_of_a_file_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        list(lines_of(tmp_path / "nothing.jsonl"))


def test_the_lines_of_a_file_in_another_encoding_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"is not UTF-8\. Save it as UTF-8\.$"):
        list(lines_of(a_file(tmp_path, "questions.jsonl", b"caf\xe9\n")))


def test_the_lines_of_a_file_are_its_lines(tmp_path: Path) -> None:
    assert list(lines_of(a_file(tmp_path, "q.jsonl", "eins\nzwölf".encode()))) == ["eins\n", "zwölf"]


def test_the_byte_order_mark_of_a_file_is_not_of_its_first_line(tmp_path: Path) -> None:
    assert list(lines_of(a_file(tmp_path, "q.jsonl", b"\xef\xbb\xbf{}\n"))) == ["{}\n"]


# --- the files that names mean


def test_no_names_mean_no_files() -> None:
    assert files_in([]) == []


def test_a_name_that_means_nothing_is_refused() -> None:
    with pytest.raises(SourceError, match=r"^nowhere/at/all does not exist\.$"):
        files_in(["nowhere/at/all"])


def test_an_empty_folder_means_no_files(tmp_path: Path) -> None:
    assert files_in([str(tmp_path)]) == []


def test_a_folder_means_its_texts_and_those_of_its_folders_in_order_of_path(tmp_path: Path) -> None:
    for name in ("z.txt", "b/c.md", "b/a.jsonl", "a.TEXT", "y.markdown", "c/d.PDF", "e.docx", "f.epub"):
        a_file(tmp_path, name, b"The ferry.")
    found = [str(path.relative_to(tmp_path)) for path in files_in([str(tmp_path)])]
    assert found == ["a.TEXT", "b/a.jsonl", "b/c.md", "c/d.PDF", "e.docx", "f.epub", "y.markdown", "z.txt"]


@pytest.mark.parametrize("name", ["photo.jpg", "data.json", "noextension", ".hidden.txt", ".git/notes.txt"])
def test_a_folder_s_hidden_and_other_files_are_passed_over(tmp_path: Path, name: str) -> None:
    a_file(tmp_path, name, b"The ferry.")
    assert files_in([str(tmp_path)]) == []


def test_a_folder_in_a_hidden_folder_is_no_hidden_folder(tmp_path: Path) -> None:
    path = a_file(tmp_path / ".private" / "articles", "ferry.txt", b"The ferry.")
    assert files_in([str(path.parent)]) == [path]


def test_a_file_that_is_named_is_taken_whatever_its_ending(tmp_path: Path) -> None:
    path = a_file(tmp_path, "ferry.asc", b"The ferry.")
    assert files_in([str(path)]) == [path]


# --- many articles


def test_of_no_files_there_are_no_articles() -> None:
    assert taken() == ([], [])


def test_a_file_that_has_gone_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    here = a_file(tmp_path, "ferry.txt", FERRY.encode())
    articles, failures = taken(tmp_path / "gone.txt", here)
    assert ([article.text for article in articles], failures) == (
        [FERRY],
        [f"{tmp_path}/gone.txt does not exist."],
    )


def test_a_file_that_is_no_text_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    binary = a_file(tmp_path, "a.txt", b"%PDF-1.7")
    articles, failures = taken(binary, a_file(tmp_path, "b.txt", FERRY.encode()))
    assert len(articles) == 1
    assert failures == ["a.txt is a PDF that is damaged or incomplete."]


def test_a_bad_line_is_named_by_its_number_and_the_others_go_on(tmp_path: Path) -> None:
    lines = record(id="a") + b"no JSON\n" + b"\n" + b'{"text": ""}\n' + b"caf\xe9\n" + record(id="b")
    articles, failures = taken(a_file(tmp_path, "articles.jsonl", lines))
    assert [article.id for article in articles] == ["a", "b"]
    assert failures == [
        "articles.jsonl, line 2, is not JSON (Expecting value: line 1 column 1 (char 0)).",
        "articles.jsonl, line 4, holds no text.",
        "articles.jsonl, line 5, is not UTF-8. Save the file as UTF-8.",
    ]


def test_each_failure_keeps_its_kind(tmp_path: Path) -> None:
    articles = Articles(
        [a_file(tmp_path, "a.jsonl", b'[]\n{"text": ""}\n\xff\n')], InProcess(), lambda _: None
    )
    list(articles)
    assert [type(failure) for failure in articles.failures] == [BadRecord, NothingToRead, SourceError]


def test_a_line_above_the_limit_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    lines = b'{"text": "' + b"a" * LARGEST_BYTES + b'"}\n' + record(id="next")
    articles, failures = taken(a_file(tmp_path, "articles.jsonl", lines))
    assert [article.id for article in articles] == ["next"]
    assert failures == ["articles.jsonl, line 1, is larger than 10.0 MB, the limit."]


def test_json_lines_are_told_by_the_ending_in_any_letters(tmp_path: Path) -> None:
    articles, _ = taken(a_file(tmp_path, "ARTICLES.JSONL", record(id="a") + record(id="b")))
    assert [article.id for article in articles] == ["a", "b"]


@pytest.mark.parametrize("name", ["articles.ndjson", "articles.json", "articles.txt"])
def test_json_lines_are_told_by_what_they_hold(tmp_path: Path, name: str) -> None:
    articles, _ = taken(a_file(tmp_path, name, record(id="a") + record(id="b")))
    assert [article.id for article in articles] == ["a", "b"]


def test_the_byte_order_mark_of_json_lines_is_passed_over(tmp_path: Path) -> None:
    articles, failures = taken(a_file(tmp_path, "a.jsonl", b"\xef\xbb\xbf" + record(id="a")))
    assert ([article.id for article in articles], failures) == (["a"], [])


def test_the_last_line_needs_no_end(tmp_path: Path) -> None:
    articles, _ = taken(a_file(tmp_path, "a.jsonl", record(id="a").rstrip()))
    assert [article.id for article in articles] == ["a"]


def test_standard_input_is_json_lines(standard_input: Callable[[bytes], None]) -> None:
    standard_input(record(id="a") + b"no JSON\n")
    articles, failures = taken(stdin=True)
    assert [article.id for article in articles] == ["a"]
    assert failures[0].startswith("standard input, line 2, is not JSON")


def test_the_starter_s_articles_say_where_they_come_from() -> None:
    articles = list(Articles([], InProcess(), lambda _: None, starter=True))
    assert {article.publisher for article in articles} == {"Footnote"}


def test_articles_are_read_one_by_one(tmp_path: Path) -> None:
    first = a_file(tmp_path, "a.txt", FERRY.encode())
    articles = iter(Articles([first, tmp_path / "later.txt"], InProcess(), lambda _: None))
    next(articles)
    a_file(tmp_path, "later.txt", BRIDGE.encode())
    assert next(articles).text == BRIDGE


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([record(id="a"), b"no JSON\n", b"\n", b"\xff\n", b"{}\n", record(text="x" * 100)]),
        max_size=9,
    )
)
def test_progress_is_told_of_every_byte(lines: list[bytes]) -> None:
    told: list[int] = []
    data = b"".join(lines)
    path = Path("lines.jsonl")
    articles = Articles([path], InProcess(), told.append)
    list(articles._records(io.BytesIO(data), path.name))
    assert sum(told) == len(data)


def test_a_link_is_told_from_a_file_with_a_colon_in_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_file(tmp_path, "ferry: the end.txt", b"The ferry.")
    monkeypatch.chdir(tmp_path)
    assert content("ferry: the end.txt").data == b"The ferry."


def test_a_link_in_a_folder_to_a_file_outside_of_it_is_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    (folder / "deeper").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("token")
    (folder / "ferry.txt").write_text("The ferry stops in March.")
    (folder / "key.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "deeper" / "again.txt").symlink_to(folder / "ferry.txt")
    assert files_in([str(folder)]) == [folder / "deeper" / "again.txt", folder / "ferry.txt"]
    assert files_in([str(folder / "key.txt")]) == [folder / "key.txt"]
