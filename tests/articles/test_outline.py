"""What a body consists of."""

from articles.html import sanitize
from articles.outline import Figure, Heading, Link, outline_of


def outline(html):
    return outline_of(sanitize(html))


def test_headings_links_and_figures_are_numbered_in_their_order():
    found = outline(
        '<h2>One <a href="/a/">two</a></h2><p><a data-article="7">three</a></p>'
        '<figure data-image="3"><figcaption><a href="/b/">four</a></figcaption></figure>'
        "<figure></figure><h4>five</h4>"
    )
    assert found.headings == [Heading(0, 2, "One two"), Heading(1, 4, "five")]
    assert found.links == [
        Link(0, "two", "/a/", None, None),
        Link(1, "three", "", ("article", 7), None),
        Link(2, "four", "/b/", None, None),
    ]
    assert found.figures == [Figure(0, 3), Figure(1, None)]


def test_a_link_in_a_note_has_the_number_of_its_note():
    found = outline(
        '<p>a<sup data-note="">b</sup> c<sup data-note=""><a href="https://x.example/">d</a></sup>'
        '<a href="/e/">f</a></p>'
    )
    assert found.links == [
        Link(0, "d", "https://x.example/", None, 1),
        Link(0, "f", "/e/", None, None),
    ]


def test_words_are_kept_once_and_without_notes_captions_and_pull_quotes():
    found = outline(
        "<h2>Head</h2><p>One<sup data-note=''>note</sup> two.</p><ul><li>three<ul><li>four</li>"
        "</ul></li><li><p>five</p></li></ul><blockquote><p>six</p></blockquote>"
        "<aside data-kind='callout'><p>seven</p></aside>"
        "<aside data-kind='pullquote'><p>eight</p></aside>"
        "<figure data-image='1'><figcaption>nine</figcaption></figure>"
    )
    assert found.paragraphs == ["One two."]
    assert found.lines == ["One two.", "four", "three", "five", "six", "seven"]
    assert found.pull_quotes == ["eight"]


def test_a_link_that_leads_nowhere_is_none_and_a_break_parts_words():
    found = outline("<p><a href='javascript:x'>a</a> b<br>c</p>")
    assert (found.links, found.lines) == ([], ["a b c"])
