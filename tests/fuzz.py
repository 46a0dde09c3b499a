"""Anything at all into what meets strangers' input, for a bounded time: `python -m tests.fuzz [SECONDS]`.

The extra `fuzz` brings atheris, which keeps the inputs that reach new lines of code and goes on from
there. It helps where our own code takes bytes apart, a thousand inputs a second: the policy for links,
unpacking, encodings, kinds of files, plain text. It does not where there is nothing to take apart (IP
addresses: hypothesis knows the special ones) or where time is spent in C (PDF, pages, Word):
test_hostile_files.py and test_page_fuzz.py bend those. Each part has a process of its own. What fails
is printed, to become a test.
"""

from __future__ import annotations

import argparse
import base64
import ipaddress
import logging
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from yarl import URL

if TYPE_CHECKING:
    from collections.abc import Callable

HANGS_AFTER_S = 20
MOST_MEGABYTES = 2_000
LONGEST = 3_000
"""In bytes, of an input."""
STARTS_WITHIN_S = 120


def policy(data: bytes) -> None:
    """A link is refused, or is an address that has one reading, leads outside, and is checked again alike."""
    from corpus.errors import LinkRefused
    from corpus.reading import address

    link, _, location = data.decode("utf-8", "replace").partition("\n")
    with suppress(LinkRefused):
        found = address.check(link)
        _is_one_address_outside(found)
        followed = address.follow(found, location)
        _is_one_address_outside(followed)
        assert (found.scheme, followed.scheme) != ("https", "http")


def _is_one_address_outside(found: Any) -> None:
    from corpus.reading import address

    written = str(found)
    assert address.check(written) == found
    dialled, split = URL(written, encoded=True), urlsplit(written)
    assert dialled.raw_host == split.hostname == found.host
    assert (dialled.port, dialled.scheme) == (found.port, found.scheme)
    assert (split.port or dialled.port) == found.port
    assert dialled.user is None
    assert written.isascii()
    assert not any(character in written for character in " \r\n\t\\#")
    with suppress(ValueError):
        assert ipaddress.ip_address(found.host).is_global, found.host


def bodies(data: bytes) -> None:
    """A packed body comes out in small pieces, or is refused."""
    from bot.inflate import Inflated, Unpackable

    if not data:
        return
    kind, step = ("gzip", "deflate", "x-gzip", "")[data[0] % 4], data[0] // 4 + 1
    n_bytes = 0
    with suppress(Unpackable):
        body = Inflated([kind])
        for start in range(1, len(data), step):
            for piece in body.feed(data[start : start + step]):
                assert len(piece) <= 65_536
                n_bytes += len(piece)
                if n_bytes > 10_000_000:
                    return
        assert body.is_whole in {True, False}


def encodings(data: bytes) -> None:
    """Bytes in any encoding that is named become a text, or are refused in a sentence."""
    from corpus.errors import UnreadableArticle
    from corpus.reading import decode, page_encoding

    name, _, rest = data.partition(b"\n")
    charset = name.decode("utf-8", "replace")
    assert isinstance(page_encoding.decode(rest, charset), str)
    with suppress(UnreadableArticle):
        assert decode.decode(rest, "a.txt", charset).strip()


def kinds(data: bytes) -> None:
    """A file is of a kind that is read, or of one that is named."""
    from corpus.errors import UnreadableArticle
    from corpus.reading.kind import kind_of

    for name in ("a.txt", "a.html"):
        with suppress(UnreadableArticle):
            assert kind_of(data, name) in {"text", "page", "pdf", "docx", "epub"}


def files(data: bytes) -> None:
    """A file is read to something that can be stored and shown, or refused in a sentence."""
    from corpus import reading
    from corpus.errors import UnreadableArticle

    with suppress(UnreadableArticle):
        found = reading.read(data, "a.md", "https://news.example/a").article
        assert found.text.strip()
        assert all(0 <= start < end <= len(found.text) for start, end in found.headings)
        assert not any(character in found.title + found.text for character in "\0\x1b")


SEEDS: dict[Callable[[bytes], None], list[bytes]] = {
    policy: [
        "https://bücher.example:8080/x%20y?q=[1]#f\n/next".encode(),
        b"http://[2001:4860:4860::8888]/\n//[::1]/",
        b"https://0x7f.1/\nhttp://a@b/",
    ],
    bodies: [b"\x04" + bytes.fromhex("1f8b0800000000000203cb48cdc9c95728cf2fca49010085114a0d0b000000")],
    encodings: [
        "windows-1251\n<meta charset=koi8-r>Паром не ходит.".encode("cp1251"),
        b"iso-2022-jp\n\x1b$B",
    ],
    kinds: [
        b"PK\x03\x04word/document.xml",
        b"%PDF-1.7\n",
        b"\xff\xfe<\0h\0t\0m\0l\0>\0",
        b"<!doctype html><p>",
    ],
    files: [
        b"---\ntitle: Ferry\ndate: 2021-05-03\n---\n# The last ferry\n\nThe ferry stops in March, they said.",
        b"The last ferry\n\n3 May 2021\n\nBy Ada Quill\n\n* The ferry stops in March\n\n> they said.",
    ],
}


def one(name: str, seconds: int) -> None:
    """Runs one part in this process, which ends with it."""
    import atheris

    target = next(target for target in SEEDS if target.__name__ == name)
    logging.disable(logging.CRITICAL)
    with atheris.instrument_imports(include=["corpus.reading", "corpus.characters", "bot.inflate"]):
        for seed in SEEDS[target]:
            target(seed)
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(SEEDS[target]):
            Path(folder, str(number)).write_bytes(seed)
        limits = [
            f"-max_total_time={seconds}", f"-timeout={HANGS_AFTER_S}", f"-max_len={LONGEST}",
            f"-rss_limit_mb={MOST_MEGABYTES}", "-verbosity=0", "-print_final_stats=1",
            f"-artifact_prefix={folder}-",
        ]  # fmt: skip
        atheris.Setup([sys.argv[0], *limits, folder], target)
        atheris.Fuzz()


def every(seconds: int) -> bool:
    """Whether every part went through, *seconds* in all. What failed is on standard error."""
    went_through = True
    for target in SEEDS:
        share = max(1, seconds // len(SEEDS))
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, "-m", "tests.fuzz", "--only", target.__name__, str(share)],
                env={"TMPDIR": folder, "PYTHONPATH": ":".join(filter(None, sys.path))},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=share + HANGS_AFTER_S + STARTS_WITHIN_S,
            )
            said = done.stdout.decode("utf-8", "replace")
            n_runs = [line.split()[-1] for line in said.splitlines() if "number_of_executed_units" in line]
            print(f"{target.__name__}: {n_runs[0] if n_runs else 'no'} inputs", flush=True)
            if done.returncode:
                went_through = False
                print(said[-8_000:], file=sys.stderr)
                for left in Path(folder).glob("*-*"):
                    if left.is_file():
                        print(f"{left.name}: {base64.b64encode(left.read_bytes()).decode()}", file=sys.stderr)
    return went_through


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("seconds", type=int, nargs="?", default=60, help="in all")
    parser.add_argument(
        "--only", choices=[target.__name__ for target in SEEDS], help="this part, in this process"
    )
    given = parser.parse_args()
    try:
        import atheris  # noqa: F401
    except ImportError:
        sys.exit("atheris is not installed. Install it with “pip install -e '.[fuzz]'”; it needs Linux.")
    if given.only:
        one(given.only, given.seconds)
    elif not every(given.seconds):
        sys.exit(1)


if __name__ == "__main__":
    main()
