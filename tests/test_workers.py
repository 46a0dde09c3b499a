"""Files are read in processes that may die of them; whoever asked gets one error and goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot import reader, workers
from bot.reader import Broken, Limits, Order, answer, refusal, understood
from bot.workers import Workers
from corpus import reading
from corpus.article import Reading
from corpus.errors import NotText, ReadingFailed, TooMuchMemory, TooSlow, UnreadableArticle
from tests.made import Words, a_docx, a_pdf, an_epub, lines, paragraph
from tests.process import WITHIN_S, running
from tests.test_errors import EVERY_ERROR

FERRY = "The ferry between Lunde and Varnes stops in March, the harbour board said on Tuesday."
FILES = {
    "note.txt": f"The last ferry\n\n3 May 2021\n\n{FERRY}".encode(),
    "note.md": f"# The last ferry\n\n{FERRY}".encode(),
    "report.docx": a_docx(paragraph("The last ferry", "Title") + paragraph(FERRY)),
    "book.epub": an_epub({"one.xhtml": f"<h1>The last ferry</h1><p>{FERRY}</p>"}),
    "report.pdf": a_pdf([Words("The last ferry", 60, 740, 20), *lines(FERRY)]),
}
TIGHT = Limits(wall_s=2, cpu_s=1, memory_bytes=700_000_000)


@pytest.fixture(scope="module")
def pool() -> Iterator[Workers]:
    with Workers(most=1) as made:
        yield made


def hang(monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """From now on the process that reads does *how* in place of reading."""
    script = f"""
import os, signal, sys, time
from bot import reader
from corpus import reading
def read(*order):
    {how}
    return read_really(*order)
read_really, reading.read = reading.read, read
reader.main(sys.argv[1:])
"""
    start = subprocess.Popen

    def other(arguments: list[str], **options: object) -> subprocess.Popen[bytes]:
        return start([sys.executable, "-P", "-c", script, *arguments[4:]], **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(subprocess, "Popen", other)


def is_running(pid: int) -> bool:
    """Whether the process is there, and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone_within(seconds: float, pid: int) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and is_running(pid):
        time.sleep(0.02)
    return not is_running(pid)


# --- what is read


@pytest.mark.parametrize("name", FILES)
def test_what_another_process_reads_is_what_this_one_would(pool: Workers, name: str) -> None:
    assert pool.read(FILES[name], name) == reading.read(FILES[name], name)


def test_what_a_server_calls_the_encoding_goes_there_too(pool: Workers) -> None:
    line = "島へ渡る船は嵐で止まった。" * 20
    assert pool.read(line.encode("iso-2022-jp"), "a.txt", None, "iso-2022-jp").article.text == line


def test_a_file_that_is_refused_there_is_refused_here_in_the_same_words(pool: Workers) -> None:
    with pytest.raises(NotText, match=r"^photo\.txt is a picture") as caught:
        pool.read(b"\x89PNG\r\n\x1a\n", "photo.txt")
    assert (caught.value.name, caught.value.kind) == ("photo.txt", "a picture")


def test_one_process_reads_file_after_file(pool: Workers) -> None:
    pool.read(FILES["note.txt"], "note.txt")
    [before] = pool._all
    with suppress(UnreadableArticle):
        pool.read(b"%PDF-1.7", "bad.pdf")
    pool.read(FILES["note.txt"], "note.txt")
    assert pool._all == {before}


@pytest.mark.parametrize("name", ["", "ferry: the end.txt", "naïve\n{}.txt", "\udcff.txt", "x" * 5000])
def test_any_name_goes_there_and_back(pool: Workers, name: str) -> None:
    with pytest.raises(NotText) as caught:
        pool.read(b"\x89PNG", name)
    assert caught.value.name == name


# --- what is said between the processes


@pytest.mark.parametrize(
    "error",
    [error for error in EVERY_ERROR if isinstance(error, UnreadableArticle)],
    ids=lambda e: type(e).__name__,
)
def test_every_error_about_a_file_arrives_as_it_was_raised(error: UnreadableArticle) -> None:
    with pytest.raises(type(error)) as caught:
        understood(refusal(error), "x")
    assert (type(caught.value), str(caught.value), vars(caught.value)) == (
        type(error),
        str(error),
        vars(error),
    )


def test_a_reading_arrives_as_it_was() -> None:
    found = reading.read(FILES["note.txt"], "note.txt")
    sent = Reading(found.article, ("Share this", "© Harbour Gazette"), "paywall")
    assert understood(answer(sent), "x") == sent


@pytest.mark.parametrize(
    "line",
    [
        b"", b"\n", b"[]", b"{}", b"nonsense", b'{"error": "SystemExit", "facts": {}}', b"[" * 100_000,
        b'{"error": "TooLarge", "facts": {"name": 1}}',
        b'{"article": {"text": 7}, "left_out": [], "state": null}',
        b'{"article": {"text": "a", "url": "javascript:x"}, "left_out": [], "state": null}',
        b'{"article": {"text": "a", "headings": [[0, 9]]}, "left_out": [], "state": null}',
    ],
)  # fmt: skip
def test_an_answer_that_no_reader_gives_is_data_and_nothing_more(line: bytes) -> None:
    with pytest.raises(Broken):
        understood(line, "x")


# --- what may happen to a process


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("a = [bytes(10_000_000) for _ in range(1000)]", TooMuchMemory),
        ("os.abort()", ReadingFailed),
        ("os.kill(os.getpid(), signal.SIGKILL)", TooMuchMemory),
        ("raise ValueError('a bug of ours')", ReadingFailed),
        ("os.write(1, b'noise')\n    raise SystemExit", ReadingFailed),
    ],
)
def test_whatever_a_file_does_to_its_process_costs_one_error(
    monkeypatch: pytest.MonkeyPatch, how: str, said: type[UnreadableArticle]
) -> None:
    hang(monkeypatch, how)
    with Workers(most=1, limits=TIGHT) as pool, pytest.raises(said) as caught:
        pool.read(FILES["note.md"], "note.md")
    assert caught.value.name == "note.md"


@pytest.mark.parametrize(
    ("how", "limits", "ended_by"),
    [
        ("while True: pass", TIGHT._replace(wall_s=60), signal.SIGXCPU),
        ("time.sleep(1000)", TIGHT._replace(wall_s=1), signal.SIGALRM),
    ],
    ids=["busy", "asleep"],
)
def test_a_process_that_takes_too_long_ends_itself(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    how: str,
    limits: Limits,
    ended_by: signal.Signals,
) -> None:
    hang(monkeypatch, how)
    with (
        Workers(most=1, limits=limits) as pool,
        pytest.raises(TooSlow, match=r"^note\.md was given up after"),
    ):
        pool.read(FILES["note.md"], "note.md")
    assert f"a reader ended with {-ended_by} over" in caplog.text


def test_after_a_file_that_took_its_process_with_it_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with Workers(most=1) as pool:
        with monkeypatch.context() as patched:
            hang(patched, "os.abort()")
            with pytest.raises(ReadingFailed):
                pool.read(FILES["note.md"], "note.md")
        assert pool.read(FILES["note.md"], "note.md").article.text == FERRY


def test_a_process_that_is_stopped_is_ended_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_GRACE_S", 0.0)
    hang(monkeypatch, "os.kill(os.getpid(), signal.SIGSTOP)")
    with Workers(limits=TIGHT) as pool, pytest.raises(TooSlow, match=r"given up after 2 seconds"):
        pool.read(FILES["note.md"], "note.md")


def test_a_process_that_needed_much_memory_makes_room_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    hang(monkeypatch, "reader.WORN_OUT_BYTES = 1")
    with Workers(most=1) as pool:
        for _ in range(2):
            assert pool.read(FILES["note.md"], "note.md").article.text == FERRY
            assert pool._idle == []


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="tells nobody what a process has needed")
def test_what_its_parent_has_needed_does_not_count_as_its_own() -> None:
    assert len(b"x" * reader.WORN_OUT_BYTES) == reader.WORN_OUT_BYTES
    with Workers(most=1) as pool:
        pool.read(FILES["note.md"], "note.md")
        assert len(pool._idle) == 1


def test_an_idle_process_that_was_killed_is_replaced() -> None:
    with Workers(most=1) as pool:
        pool.read(FILES["note.md"], "note.md")
        [worker] = pool._idle
        worker._process.kill()
        worker._process.wait()
        assert pool.read(FILES["note.md"], "note.md").article.text == FERRY


def test_it_does_not_know_the_token_and_can_write_no_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    file = f"os.open({str(tmp_path / 'written')!r}, os.O_CREAT | os.O_WRONLY)"
    hang(monkeypatch, f"print(1 / ('DISCORD_TOKEN' not in os.environ)); os.write({file}, b'x')")
    with Workers() as pool, pytest.raises(ReadingFailed):
        pool.read(FILES["note.md"], "note.md")
    assert "File too large" in caplog.text
    assert (tmp_path / "written").stat().st_size == 0


# --- the end


def test_closing_ends_a_process_that_is_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    hang(monkeypatch, "time.sleep(1000)")
    pool = Workers()
    raised: list[BaseException] = []

    def ask() -> None:
        try:
            pool.read(FILES["note.md"], "note.md")
        except UnreadableArticle as error:
            raised.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    while not pool._all and asking.is_alive():
        time.sleep(0.01)
    [worker] = pool._all
    pool.close()
    asking.join(WITHIN_S)
    assert (type(raised[0]), is_running(worker._process.pid)) == (ReadingFailed, False)


def test_a_process_that_was_ended_before_it_is_asked_costs_one_error() -> None:
    worker = workers._Worker(TIGHT, is_warm=False)
    worker.end()
    with pytest.raises(ReadingFailed):
        worker.ask(Order(FILES["note.md"], "note.md"))


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
@pytest.mark.parametrize(
    ("how", "busy"), [(signal.SIGINT, True), (signal.SIGTERM, False), (signal.SIGKILL, True)]
)
def test_no_process_outlives_whoever_started_it(how: signal.Signals, busy: bool) -> None:
    script = f"""
import sys, threading
from bot.workers import Workers
pool = Workers()
pool.warm_up()
[worker] = pool._all
if {busy}:
    threading.Thread(target=pool.read, args=(b"x. " * 3_000_000, "a.txt"), daemon=True).start()
print(worker._process.pid, flush=True)
threading.Event().wait()
"""
    with running(script) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.send_signal(how)
        parent.wait(WITHIN_S)
    assert gone_within(WITHIN_S, pid)


def test_nothing_is_started_before_it_is_needed() -> None:
    with Workers() as pool:
        assert pool._all == set()


def test_orders_that_end_halfway_are_no_orders() -> None:
    with Path(os.devnull).open("rb") as nothing:
        assert reader.read_order(nothing) is None
