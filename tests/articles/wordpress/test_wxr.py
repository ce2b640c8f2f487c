import io
import tracemalloc

import pytest

from articles.wordpress import wxr
from articles.wordpress.records import Item, OldComment, Person, Term
from articles.wordpress.wxr import Export, WxrError
from tests.articles.wordpress.files import comment, export, item


def read(content):
    return list(Export(io.BytesIO(content)))


def read_one(content):
    (found,) = read(content)
    return found


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_every_version_is_read_alike(version):
    content = export(
        item(
            old_id=7,
            title="Needles & pins",
            body="<p>Words</p>",
            excerpt="Short",
            creator="ada",
            slug="needles",
            meta={"_thumbnail_id": "9"},
            comments=[comment(old_id=3, parent=2, name="Bo", body="Thanks")],
        ),
        version=version,
    )

    found = read_one(content)

    assert (found.id, found.kind, found.title, found.body, found.excerpt) == (
        *("7", "post", "Needles & pins", "<p>Words</p>", "Short"),
    )
    assert (found.creator, found.slug, found.meta) == ("ada", "needles", {"_thumbnail_id": "9"})
    assert [(one.id, one.parent, one.name, one.body) for one in found.comments] == [
        ("3", "2", "Bo", "Thanks")
    ]


def test_what_stands_at_the_head_comes_first():
    head = (
        "<wp:author><wp:author_id>2</wp:author_id><wp:author_login>ada</wp:author_login>"
        "<wp:author_display_name><![CDATA[Ada Alder]]></wp:author_display_name></wp:author>"
        "<wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>feet</wp:category_nicename>"
        "<wp:category_parent>body</wp:category_parent><wp:cat_name>Feet</wp:cat_name></wp:category>"
        "<wp:tag><wp:tag_slug>heel</wp:tag_slug><wp:tag_name>Heel</wp:tag_name></wp:tag>"
        "<wp:term><wp:term_taxonomy>nav_menu</wp:term_taxonomy><wp:term_slug>top</wp:term_slug>"
        "<wp:term_name>Top</wp:term_name></wp:term>"
    )
    file = Export(io.BytesIO(export(item(old_id=1), head=head)))
    person, category, tag, term, post = file

    assert (file.site_url, file.version) == ("https://old.example/blog", "1.2")
    assert person == Person(line=person.line, login="ada", name="Ada Alder", id="2")
    assert category == Term(category.line, "category", "feet", "Feet", parent="body", id="4")
    assert tag == Term(tag.line, "post_tag", "heel", "Heel")
    assert term == Term(term.line, "nav_menu", "top", "Top")
    assert isinstance(post, Item)


def test_a_section_split_over_two_is_one_text():
    content = export(item(old_id=1, body="if (a[b[0]]]]><![CDATA[> c) &amp;"))
    assert read_one(content).body == "if (a[b[0]]> c) &amp;"


def test_terms_keep_their_taxonomy_and_old_files_have_none():
    terms = (
        '<category domain="post_tag" nicename="heel"><![CDATA[Heel]]></category>'
        "<category><![CDATA[Feet]]></category>"
    )
    assert read_one(export(item(old_id=1, inner=terms))).terms == [
        ("post_tag", "Heel"),
        ("", "Feet"),
    ]


def test_lines_are_those_of_the_file():
    content = export(item(old_id=1), item(old_id=2, comments=[comment(old_id=5)]))
    lines = content.decode().splitlines()
    first, second = read(content)
    starts = [number for number, line in enumerate(lines, 1) if line.startswith("<item>")]
    assert [first.line, second.line] == starts
    assert second.comments[0].line == next(
        number for number, line in enumerate(lines, 1) if line.startswith("<wp:comment>")
    )


def test_control_characters_are_left_out_and_counted():
    content = export(item(old_id=1, title="A\x00B\x0bC\x1fD\ufffe")).replace(b"D", b"D\x08", 1)
    file = Export(io.BytesIO(content))
    (found,) = file
    assert (found.title, file.controls) == ("ABCD", 5)


def test_bytes_of_windows_are_read_and_counted():
    content = export(item(old_id=1, title="Caf# \u2013 é")).replace(b"#", b"\xe9 \x96\x81")
    file = Export(io.BytesIO(content))
    (found,) = file
    assert (found.title, file.strays) == ("Café –\ufffd – é", 3)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_other_encodings_are_read(encoding):
    text = export(item(old_id=1, title="Café")).decode()
    declared = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16"}.get(encoding, encoding)
    content = text.replace("UTF-8", declared, 1).encode(encoding)
    assert read_one(content).title == "Café"


def test_a_character_across_two_pieces_is_whole(monkeypatch):
    monkeypatch.setattr(wxr, "PIECE_BYTES", 7)
    assert read_one(export(item(old_id=1, title="ééé 𝄞𝄞𝄞 – €"))).title == "ééé 𝄞𝄞𝄞 – €"


BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><rss>&b;'
)
OUTSIDE = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>'


@pytest.mark.parametrize("document", [BOMB, OUTSIDE, '<!DOCTYPE rss SYSTEM "http://a.b/c"><rss/>'])
def test_document_types_are_refused(document):
    with pytest.raises(WxrError, match=r"^Line 2: the file declares a document type"):
        read(b'<?xml version="1.0"?>\n' + document.encode())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text[: text.index("</item>")], "Line 21: the file ends too early."),
        (lambda text: text[: text.index("]]></title>")], "Line 13: the file ends too early."),
        (
            lambda text: text.replace("</item>", "</itme>"),
            "Line 21: an element is closed that is not open.",
        ),
        (
            lambda text: text.replace("<wp:status>", "<wp:status>&nbsp;"),
            "Line 18: an entity stands there that the file does not define.",
        ),
        (
            lambda text: text.replace("xmlns:dc", "xmlns:cd"),
            "Line 15: a prefix stands there that the file does not explain.",
        ),
        (lambda text: text.replace("UTF-8", "klingon"), "Line 1: the encoding “klingon” is not"),
    ],
)
def test_a_broken_file_says_line_and_reason(change, reason):
    content = change(export(item(old_id=1)).decode()).encode()
    with pytest.raises(WxrError) as raised:
        read(content)
    assert str(raised.value)[: len(reason)] == reason


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body>Log in</body></html>",
        b"<rss><channel><item><title>A feed</title></item></channel></rss>",
        b"<rss><channel></channel></rss>",
        export(version="2.0"),
        b"<rss>" + b"<a>" * 100_000,
    ],
)
def test_what_is_no_export_says_so(content):
    with pytest.raises(WxrError, match="This is no WordPress export"):
        read(content)


@pytest.mark.parametrize(
    "content", [b"", b"id,title\n1,Needles\n", b"\x89PNG\r\n\x1a\n", b"PK\x03"]
)
def test_what_is_no_xml_says_so(content):
    with pytest.raises(WxrError, match=r"^Line 1: "):
        read(content)


def test_an_item_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(wxr, "MOST_ITEM_CHARACTERS", 2_000_000)
    assert len(read_one(export(item(old_id=1, body="a" * 1_900_000))).body) == 1_900_000
    with pytest.raises(WxrError, match="larger than 2 million characters"):
        read(
            export(
                item(old_id=1, comments=[comment(old_id=n, body="a" * 500_000) for n in range(5)])
            )
        )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (export(item(old_id=1, body="a" * 40_000_000)), "larger than 2 million characters"),
        (export(item(old_id=1, inner="<a/>" * 1_000_000)), "larger than 2 million characters"),
        (
            export(item(old_id=1, inner=f'<a b="{"c" * 40_000_000}"/>')),
            "Line 21: a tag does not end",
        ),
        (export(item(old_id=1, inner=f"<!--{'c' * 40_000_000}-->")), "Line 21: a tag does not end"),
    ],
    ids=["text", "elements", "attribute", "comment"],
)
def test_what_does_not_end_is_refused_before_it_is_held(monkeypatch, content, reason):
    monkeypatch.setattr(wxr, "MOST_ITEM_CHARACTERS", 2_000_000)
    file = io.BytesIO(content)
    tracemalloc.start()
    with pytest.raises(WxrError, match=reason):
        list(Export(file))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_a_comment_of_another_kind_keeps_its_kind():
    ping = comment(old_id=3, kind="pingback", url="https://other.example/", status="0")
    (found,) = read_one(export(item(old_id=1, comments=[ping]))).comments
    assert isinstance(found, OldComment)
    assert (found.kind, found.url, found.status) == ("pingback", "https://other.example/", "0")
