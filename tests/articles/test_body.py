"""Whatever is nested in whatever, the page that is made of a body stays whole."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body import VOID
from articles.html import read_body, render_body
from tests.articles.factories import NOW

PIECES = [
    *(f"<{tag}>" for tag in ("p", "h2", "h3", "aside", "sup", "sub", "figure", "figcaption")),
    *(f"</{tag}>" for tag in ("p", "h2", "h3", "aside", "sup", "sub", "figure", "figcaption")),
    *('<aside data-kind="callout">', "<sup data-note>", '<a href="/x/">', "</a>", "<ul>", "</ul>"),
    *(
        "<li>",
        "</li>",
        "<em>",
        "</em>",
        "<br>",
        "<table><tr><td>",
        "</table>",
        "words",
        "&lt;",
        '"',
    ),
]


class Whole(HTMLParser):
    """Remembers what is out of order."""

    def __init__(self):
        super().__init__()
        self.open, self.faults, self.ids, self.ways = [], [], [], []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "a" and "a" in self.open:
            self.faults.append("a link in a link")
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if attributes.get("href", "").startswith("#"):
            self.ways.append(attributes["href"][1:])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")


@given(st.lists(st.sampled_from(PIECES), max_size=20))
def test_every_body_makes_whole_html_whose_ways_lead_somewhere(pieces):
    page = Whole()
    page.feed(render_body("".join(pieces)))
    assert (page.faults, page.open) == ([], [])
    assert len(set(page.ids)) == len(page.ids)
    assert set(page.ways) <= set(page.ids)


@given(st.lists(st.sampled_from(PIECES), max_size=20))
def test_every_heading_that_is_listed_is_on_the_page(pieces):
    body = read_body("".join(pieces), at=NOW)
    found = re.findall(r'<(h[234]) id="([^"]*)"', body.result())
    assert [(f"h{heading.level}", heading.id) for heading in body.headings] == found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<h2>a<table><tr><td><h3>b</h3></table> c</h2>",
            '<h2 id="section-ab-c">ab c</h2>',
        ),
        (
            '<a href="/x/">a<table><tr><td><a href="/y/">b</a></table></a>',
            '<a href="/x/">ab</a>',
        ),
    ],
)
def test_a_heading_in_a_heading_and_a_link_in_a_link_are_only_words(body, expected):
    assert render_body(body) == expected
