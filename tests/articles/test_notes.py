"""Notes: numbered in the order of the text, listed at its end, each with its way back."""

import re

import pytest

from articles.html import render_body
from tests.articles.factories import make_image


def note(text):
    return f'<sup data-note="">{text}</sup>'


def mark(number, place=1):
    return (
        f'<sup class="note-mark"><a id="note-{number}-mark-{place}" href="#note-{number}" '
        f'role="doc-noteref" aria-label="Note {number}">{number}</a></sup>'
    )


def listed(html):
    """The text of each note in the list, without its ways back."""
    return re.findall(r'<li id="note-\d+">(.*?) <a class="note-back note-back--first"', html)


def test_notes_are_numbered_by_their_order_and_listed_at_the_end():
    html = render_body(f"<p>a{note('First')} b{note('Second <em>x</em>')}</p><p>c</p>")
    text, _section, notes = html.partition('<section class="notes"')
    assert text == f"<p>a{mark(1)} b{mark(2)}</p><p>c</p>"
    assert listed(notes) == ["First", "Second <em>x</em>"]


def test_every_mark_leads_to_its_note_and_every_note_back_to_its_marks():
    html = render_body(f"<p>a{note('One')} b{note('Two')} c{note('One')} d{note('One')}</p>")
    ids = set(re.findall(r'id="([^"]+)"', html))
    text, _section, notes = html.partition('<section class="notes"')
    assert re.findall(r'href="#([^"]+)"', text) == [
        *("note-1", "note-2", "note-1-from-2", "note-1-from-3")
    ]
    back = re.findall(r'href="#([^"]+)"', notes)
    assert back == ["note-1-mark-1", "note-1-mark-2", "note-1-mark-3", "note-2-mark-1"]
    assert ids >= {*back, "note-1", "note-2", "note-1-from-2", "note-1-from-3"}
    assert re.findall(r">↩(\d*)<", html) == ["1", "2", "3", ""]


def test_what_a_mark_leads_to_ends_with_the_way_back_to_it():
    html = render_body(f"<p>a{note('One')} b{note('One')} c{note('One')}</p>")
    item = html.partition('<li id="note-1">')[2].partition("</li>")[0]
    shape = re.sub(
        r'<a class="note-back[^"]*" href="#note-1-mark-(\d)"[^>]*>.*?</a>', r"<\1>", item
    )
    assert shape == (
        '<span id="note-1-from-3"><span id="note-1-from-2">One <1> <2></span> <3></span>'
    )


def test_an_empty_note_is_no_note():
    assert render_body(f"<p>a{note(' ')}</p>") == "<p>a</p>"


def test_a_note_keeps_links_and_emphasis_and_nothing_else():
    text = '<a href="https://doi.org/10.1/x">b</a><br>c <u>d</u> &lt;'
    html = render_body(f"<p>a{note(text)}</p>")
    assert listed(html) == [
        '<a href="https://doi.org/10.1/x" rel="noopener noreferrer">b</a> c d &lt;'
    ]


def test_a_mark_stands_behind_the_link_that_it_was_written_in():
    html = render_body(f'<p><a href="/about/">a{note("b")} c</a> d</p>')
    assert html.startswith(f'<p><a href="/about/">a c</a>{mark(1)} d</p>')


def test_the_id_of_a_heading_is_that_of_its_words_alone():
    html = render_body(f"<h2>Two muscles{note('Travell')}</h2>")
    assert html.startswith(f'<h2 id="section-two-muscles">Two muscles{mark(1)}</h2>')


@pytest.mark.django_db
def test_a_caption_may_have_a_note_and_a_figure_that_is_left_out_has_none():
    caption = f"<figcaption>a{note('b')}</figcaption>"
    shown = render_body(f'<figure data-image="{make_image().pk}">{caption}</figure>')
    assert f"a{mark(1)}" in shown
    assert listed(shown) == ["b"]
    assert render_body(f'<figure data-image="999">{caption}</figure>') == ""


@pytest.mark.parametrize(
    "body",
    [
        '<sup data-note="">a<sup data-note="">b</sup></sup>',
        '<sup data-note=""><h2>a</h2><figure><figcaption>b</figcaption></figure></sup>',
        '<a href="/x/">a<sup data-note=""><a href="/y/">b</a></sup></a>',
        '<sup data-note=""><aside data-kind="callout">a</aside><script>b</script></sup>',
        '<a data-article="7"><aside data-kind="x">a<sup data-note="">b</aside></a>',
    ],
)
@pytest.mark.django_db
def test_what_is_nested_where_no_editor_would_stays_balanced(body):
    html = render_body(body)
    for tag in ("a", "sup", "aside", "section", "ol", "li", "h2", "figure"):
        assert len(re.findall(rf"<{tag}[ >]", html)) == html.count(f"</{tag}>"), tag
