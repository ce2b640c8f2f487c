"""The rules that feeds are held to can fail: each break of a good feed is found and named."""

import pytest

from tests.feed_rules import broken_rules

ADDRESS = "https://acutake.example/feed/"
GOOD = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" \
xml:lang="en"><id>tag:acutake.example,2026:feed</id><title>Articles</title>\
<updated>2026-03-01T09:00:00Z</updated>\
<link rel="alternate" type="text/html" href="https://acutake.example/"/>\
<link rel="self" href="https://acutake.example/feed/"/><author><name>AcuTake</name></author>\
<entry><id>tag:acutake.example,2026:article/1</id><title>One</title>\
<published>2026-03-01T09:00:00Z</published><updated>2026-03-01T09:00:00Z</updated>\
<link rel="alternate" href="https://acutake.example/1/"/>\
<thr:in-reply-to ref="tag:acutake.example,2026:article/2" href="https://acutake.example/2/"/>\
<content type="html">&lt;p&gt;a &lt;a href="https://b.example/"&gt;b&lt;/a&gt;&lt;/p&gt;</content>\
</entry></feed>"""
ENTRY = GOOD[GOOD.index("<entry>") : GOOD.index("</feed>")]


def test_a_good_feed_breaks_nothing():
    assert broken_rules(GOOD.encode(), served_at=ADDRESS) == []


@pytest.mark.parametrize(
    ("good", "bad", "named"),
    [
        ("<id>tag:acutake.example,2026:feed</id>", "", "has 0 times id"),
        ("<title>Articles</title>", "<title>a</title><title>b</title>", "has 2 times title"),
        ("<title>Articles</title>", "<title> </title>", "a title says something"),
        ("<title>Articles</title>", "<title>a<b/></title>", "has no child elements"),
        (ENTRY, ENTRY + ENTRY, "no two entries with one id"),
        ("2026:article/1<", "2026:feed<", "the feed's id is its own"),
        ("tag:acutake.example,2026:article/1<", "article/1<", "article/1 is a whole IRI"),
        ("tag:acutake.example,2026:article/1<", "tag:a b,2026:1<", "tag:a b,2026:1 is a whole IRI"),
        ("<updated>2026-03-01T09:00:00Z</updated><link", "<link", "has 0 times updated"),
        ("2026-03-01T09:00:00Z</published>", "2026-03-01 09:00:00Z</published>", "is a date"),
        ("2026-03-01T09:00:00Z</published>", "2026-03-02T09:00:00Z</published>", "not changed"),
        ("<author><name>AcuTake</name></author>", "", "an entry has an author"),
        ("<name>AcuTake</name>", "<name></name>", "a person has a name"),
        ("<name>AcuTake</name>", "<name>a</name><uri>b</uri>", "b is an IRI"),
        ('rel="self" href="https://acutake.example/feed/"', 'rel="self" href="/"', "not ['/']"),
        ('<link rel="alternate" href="https://acutake.example/1/"/>', "", "a page that it is of"),
        ('"https://acutake.example/1/"', '"/1/"', "/1/ is whole"),
        ('type="text/html"', 'type="html"', "html is a media type"),
        ("<entry>", '<category label="a"/><entry>', "a category has a term"),
        ("<entry>", "<icon>/a</icon><icon>/b</icon><entry>", "has 2 times icon"),
        ("<entry>", "<published>2026-03-01T09:00:00Z</published><entry>", "may not stand in"),
        ("<entry>", "<x xmlns='http://x.example/'/><entry>", "namespace that a reader knows"),
        ("</author><entry>", "</author>words<entry>", "holds no text"),
        ('type="html"', 'type="text/html"', "text, html or xhtml"),
        ('href="https://b.example/"', 'href="/b/"', "/b/ is not whole"),
        ('href="https://b.example/"', 'href="javascript:b"', "javascript:b is not whole"),
        ('href="https://b.example/"', 'class="b"', "class is not for a feed"),
        ("&lt;p&gt;a", "&lt;p&gt;&lt;script&gt;", "<script> is not for a feed"),
        ("&lt;/p&gt;", "", "<p> is not closed"),
        (' href="https://acutake.example/2/"', "", "href is whole"),
    ],
)
def test_each_break_is_named(good, bad, named):
    assert good in GOOD
    broken = broken_rules(GOOD.replace(good, bad, 1).encode(), served_at=ADDRESS)
    assert [rule for rule in broken if named in rule] != []
