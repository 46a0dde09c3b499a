"""Books -> articles: all chapters in their order, and none of the tricks that a book can play."""

from __future__ import annotations

from datetime import date

import pytest

from corpus import reading
from corpus.errors import CopyProtected, Damaged, NothingToRead, NotText, UnpacksTooLarge
from corpus.reading import epub
from tests.made import a_zip, an_epub, epub_parts

ONE = "The keeper of the lighthouse painted it white last week."
TWO = "In good weather the ships see it from thirty miles away."
CHAPTERS = {
    "one.xhtml": f"<h1>The white tower</h1><p>{ONE}</p>",
    "two.xhtml": f"<h2>Far away</h2><p>{TWO}</p>",
}
SAID = (
    "<dc:title>A Lighthouse</dc:title><dc:creator>Ada Quill</dc:creator><dc:creator>Bo Rand</dc:creator>"
    "<dc:publisher>Coast Press</dc:publisher><dc:date>2021-05-03</dc:date><dc:language>en-GB</dc:language>"
)


def read(data: bytes) -> reading.Reading:
    return reading.read(data, "book.epub")


def test_a_book_is_its_chapters_in_the_order_of_its_spine() -> None:
    spine = '<itemref idref="c1"/><itemref idref="c0"/>'
    article = read(an_epub(CHAPTERS, SAID, spine)).article
    assert article.text == f"Far away\n\n{TWO}\n\nThe white tower\n\n{ONE}"
    assert [article.text[start:end] for start, end in article.headings] == ["Far away", "The white tower"]


def test_what_the_book_says_of_itself_is_believed() -> None:
    article = read(an_epub(CHAPTERS, SAID)).article
    assert (article.title, article.author, article.publisher) == (
        "A Lighthouse",
        "Ada Quill, Bo Rand",
        "Coast Press",
    )
    assert (article.published, article.language) == (date(2021, 5, 3), "en")


def test_a_book_without_metadata_has_its_first_title() -> None:
    article = read(an_epub(CHAPTERS)).article
    assert (article.title, article.author, article.published) == ("The white tower", None, None)


def test_contents_notes_beside_the_text_and_scripts_are_left_out() -> None:
    extra = {
        "nav.xhtml": "<nav><ol><li>The white tower</li></ol></nav>",
        "three.xhtml": f"<script>alert(1)</script><p>{ONE}<a href='#n1'><sup>1</sup></a> End.</p>",
        "notes.xhtml": "<p>A note that stands apart.</p>",
    }
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(4)) + '<itemref idref="c4" linear="no"/>'
    text = read(an_epub(CHAPTERS | extra, SAID, spine)).article.text
    assert text.endswith(f"{TWO}\n\n{ONE} End.")


def test_characters_by_name_are_read() -> None:
    text = read(an_epub({"one.xhtml": "<p>Caf&eacute;&nbsp;&mdash; open &amp; warm.</p>"})).article.text
    assert text == "Café\u00a0— open & warm."


# --- hostile books


def test_chapters_that_are_not_there_are_passed_over() -> None:
    spine = '<itemref idref="c0"/><itemref idref="nowhere"/><itemref idref="c1"/><itemref idref="c0"/>'
    parts = epub_parts(CHAPTERS | {"gone.xhtml": ""}, SAID, spine)
    del parts["OEBPS/gone.xhtml"]
    assert read(a_zip(parts)).article.text.count(ONE) == 1


def test_a_book_without_any_of_its_chapters_holds_nothing_to_read() -> None:
    parts = epub_parts(CHAPTERS)
    with pytest.raises(NothingToRead):
        read(a_zip({name: part for name, part in parts.items() if not name.endswith(".xhtml")}))


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../../../../etc/passwd",
        "file:///etc/passwd",
        "..%2f..%2f..%2fetc%2fpasswd",
        "https://x.example/",
    ],
)
def test_no_path_leads_out_of_the_book(path: str) -> None:
    parts = epub_parts({path: "<p>root:x:0:0</p>"})
    del parts[f"OEBPS/{path}"]
    with pytest.raises(NothingToRead):
        read(a_zip(parts))


def test_the_way_to_the_directory_of_a_book_does_not_lead_out_of_it_either() -> None:
    parts = epub_parts(CHAPTERS)
    parts["META-INF/container.xml"] = '<container><rootfile full-path="../../etc/passwd"/></container>'
    with pytest.raises(Damaged):
        read(a_zip(parts))


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>'
    parts = epub_parts({"one.xhtml": f"<p>{ONE} &b;</p>"}, "<dc:title>&b;</dc:title>")
    parts |= {name: bomb + str(part) for name, part in parts.items() if name.endswith((".opf", ".xhtml"))}
    article = read(a_zip(parts)).article
    assert "lol" not in article.text + article.title


def test_entities_do_not_bring_in_files() -> None:
    parts = epub_parts({"one.xhtml": f"<p>{ONE} &a;</p>"}, "<dc:title>&a;</dc:title>")
    inside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    parts |= {name: inside + str(part) for name, part in parts.items() if name.endswith((".opf", ".xhtml"))}
    article = read(a_zip(parts)).article
    assert "root:" not in article.text + article.title


def test_a_page_nested_without_end_is_read_as_far_as_it_goes() -> None:
    text = read(an_epub({"one.xhtml": f"<p>{ONE}</p>" + "<div>" * 50_000})).article.text
    assert text == ONE


@pytest.mark.parametrize("missing", ["META-INF/container.xml", "OEBPS/content.opf"])
def test_a_book_without_its_directory_is_damaged(missing: str) -> None:
    parts = epub_parts(CHAPTERS)
    del parts[missing]
    with pytest.raises((Damaged, NotText)):
        read(a_zip(parts))


def test_a_book_that_its_seller_protects_says_so() -> None:
    encryption = (
        '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData><e:EncryptionMethod '
        'Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/></e:EncryptedData></encryption>'
    )
    with pytest.raises(CopyProtected, match="protects against copying"):
        read(a_zip(epub_parts(CHAPTERS) | {"META-INF/encryption.xml": encryption}))


def test_a_book_whose_fonts_alone_are_locked_is_read() -> None:
    encryption = '<encryption><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/></encryption>'
    assert ONE in read(a_zip(epub_parts(CHAPTERS) | {"META-INF/encryption.xml": encryption})).article.text


def test_a_book_of_more_characters_than_any_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub, "MOST_CHARACTERS", 100)
    with pytest.raises(UnpacksTooLarge):
        read(an_epub(CHAPTERS))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_book_cut_short_is_damaged(share: float) -> None:
    data = an_epub(CHAPTERS, SAID)
    with pytest.raises((Damaged, NotText)):
        read(data[: int(share * len(data))])
