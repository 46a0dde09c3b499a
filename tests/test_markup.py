"""Bytes of a web page -> its tree, or why not."""

from __future__ import annotations

import pytest

from corpus.errors import NothingToRead, NotText, TooLarge, UnreadablePage
from corpus.reading.markup import LARGEST_BYTES, parse

HEAD = b"<html><head><title>t</title></head><body>"


def test_a_page_is_parsed_with_its_scripts() -> None:
    tree = parse(HEAD + b"<p>one</p><script>two()</script>", "The page")
    assert [element.tag for element in tree.iter()] == ["html", "head", "title", "body", "p", "script"]


def test_a_piece_of_a_page_is_put_into_one() -> None:
    tree = parse(b"<p>one</p><p>two</p>", "The page")
    assert tree.tag == "html"
    assert "".join(tree.itertext()) == "onetwo"


def test_the_prologue_of_another_time_does_no_harm() -> None:
    doctype = b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x/y">'
    old = b'<?xml version="1.0" encoding="utf-8"?>' + doctype + b'<html lang="en" />'
    assert "ferry" in "".join(parse(old + b"<body><p>ferry</p></body>", "x").itertext())


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"x" * (LARGEST_BYTES + 1), TooLarge),
        (b"\xef\xbb\xbf \n", NothingToRead),
        (b"<!-- nothing -->", NothingToRead),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 30, NotText),
        (HEAD + b"<p>a" * 70_000, UnreadablePage),
        (HEAD + b"<p " + b"".join(b"a%d=1 " % number for number in range(5_000)) + b">x", UnreadablePage),
    ],
    ids=["too large", "blank", "a comment", "a picture", "too many elements", "too many attributes"],
)
def test_what_cannot_be_parsed_is_said(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"^The page "):
        parse(data, "The page")


def test_a_long_picture_within_a_tag_is_no_attack() -> None:
    picture = b'<img src="data:image/png;base64,' + b"iVBORw0KGgo=" * 2_000 + b'" alt="a ferry"><p>text</p>'
    assert "text" in "".join(parse(HEAD + picture, "x").itertext())
