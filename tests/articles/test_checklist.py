"""Every rule of the checklist, with what it finds and what it lets pass."""

from datetime import date

import pytest

from articles.checklist import Facts, Fix, LinkFact, Piece, Place, check
from articles.html import sanitize
from articles.models import Image
from articles.outline import outline_of
from articles.reading_level import Level

TODAY = date(2026, 3, 15)
READY = {
    "headline": "The heel pain that starts in the calf",
    "summary": "What trigger points in the calf explain, and what they do not.",
    "tags": ("running",),
    "has_specialty": True,
    "last_reviewed_on": date(2026, 1, 1),
}
PICTURE = Image(pk=7, title="Calf", alt_text="A calf", credit="Ada Example")


def findings(body="<p>Words.</p>", *, facts=None, **fields):
    piece = Piece(outline_of(sanitize(body)), **{**READY, **fields})
    return check(piece, Facts(**{"on": TODAY, "images": {7: PICTURE}, **(facts or {})}))


def codes(*args, **kwargs):
    return [finding.code for finding in findings(*args, **kwargs)]


def places(*args, **kwargs):
    return [finding.place for finding in findings(*args, **kwargs)]


def test_a_piece_without_faults_has_no_findings():
    body = (
        '<h2>One</h2><p>It is short. <a href="https://x.example/">The review of 2009</a></p>'
        '<h3>Two</h3><figure data-image="7"></figure><h2>Three</h2>'
        '<aside data-kind="pullquote"><p>“It is short.”</p></aside>'
    )
    assert findings(body, lead_image=7) == ()


@pytest.mark.parametrize(
    ("image", "code"),
    [
        (None, "missing_picture"),
        (Image(pk=7, title="Calf", credit="Ada"), "missing_alt_text"),
        (Image(pk=7, title="Calf", alt_text="A calf"), "missing_credit"),
    ],
)
def test_a_picture_that_lacks_what_readers_need_refuses(image, code):
    facts = {"images": {7: image} if image else {}}
    body = '<p>x</p><figure data-image="7"></figure>'
    [finding] = findings(body, facts=facts)
    assert (finding.code, finding.refuses) == (code, True)
    assert finding.image == (image and 7)
    assert finding.place == Place("body", "figure", 0)
    assert places(lead_image=7, facts=facts) == [Place("lead_image")]


def test_a_decorative_picture_needs_no_words():
    image = Image(pk=7, title="Line", credit="Ada", is_decorative=True)
    assert codes(lead_image=7, facts={"images": {7: image}}) == []


def test_what_refuses_comes_first():
    found = findings("<h3>One</h3>", tags=())
    assert [finding.refuses for finding in found] == sorted(
        (finding.refuses for finding in found), reverse=True
    )
    assert [finding.code for finding in found] == ["empty", "heading_skipped", "no_tags"]


@pytest.mark.parametrize(
    ("levels", "skipped"),
    [("2343", []), ("3", [0]), ("24", [1]), ("2 3 4 2 4".replace(" ", ""), [4]), ("2332", [])],
)
def test_a_skipped_heading_is_found_where_it_stands(levels, skipped):
    body = "<p>x</p>" + "".join(f"<h{level}>Words</h{level}>" for level in levels)
    assert places(body) == [Place("body", "heading", number) for number in skipped]


def test_a_heading_without_words_is_found():
    assert codes("<p>x</p><h2> </h2>") == ["empty_heading"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("here", ["vague_link"]),
        ("Click here.", ["vague_link"]),
        ("Read more…", ["vague_link"]),
        ("here is a review", []),
        ("", ["link_without_words"]),
        ("https://x.example/long", ["bare_address"]),
    ],
)
def test_the_words_of_a_link_say_where_it_leads(words, expected):
    assert codes(f'<p>a <a href="/about/">{words}</a></p>') == expected


def test_an_address_may_stand_in_a_note():
    body = '<p>a<sup data-note=""><a href="https://x.example/">https://x.example/</a></sup></p>'
    assert codes(body) == []


def test_a_faulty_link_is_found_at_its_place_with_the_new_address():
    body = '<p><a href="/a/">One</a> <a href="/b/">two</a> <a data-article="7">three</a></p>'
    facts = {
        "links": {
            ("address", "/b/"): LinkFact("link_moved", "“%(words)s” has moved.", "/c/"),
            ("article", 7): LinkFact("link_not_public", "“%(words)s” is not public."),
        }
    }
    moved, hidden = findings(body, facts=facts)
    assert (moved.text, moved.place) == ("“two” has moved.", Place("body", "link", 1))
    assert moved.fix == Fix("address", "/b/", "/c/", "Use the new address")
    assert (hidden.text, hidden.place, hidden.fix) == (
        "“three” is not public.",
        Place("body", "link", 2),
        None,
    )


def test_a_faulty_link_in_a_note_is_found_at_its_note():
    body = '<p>a<sup data-note="">b</sup><sup data-note=""><a href="/x/">c</a></sup></p>'
    facts = {"links": {("address", "/x/"): LinkFact("link_dead", "gone")}}
    assert places(body, facts=facts) == [Place("body", "note", 1)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"summary": "x" * 155}, []),
        ({"summary": "x" * 156}, ["long_summary"]),
        ({"summary": " ", "dek": "A dek"}, ["no_summary"]),
        ({"summary": ""}, ["no_summary"]),
        ({"headline": "x" * 61}, ["long_headline"]),
        ({"tags": ()}, ["no_tags"]),
        ({"has_specialty": False}, ["no_specialty"]),
        ({"last_reviewed_on": None}, ["never_reviewed"]),
        ({"next_review_on": TODAY}, ["review_due"]),
        ({"next_review_on": date(2026, 3, 16)}, []),
    ],
)
def test_what_helps_readers_to_find_and_trust_it_is_looked_at(fields, expected):
    assert codes(**fields) == expected


def test_how_long_a_review_has_been_due_is_said():
    [finding] = findings(next_review_on=date(2026, 3, 14))
    assert finding.text == "The medical review was due on March 14, 2026, 1 day ago."


def test_a_close_tag_is_offered_with_one_click():
    [finding] = findings(facts={"close_tags": {"running": "run"}})
    assert finding.fix == Fix("tag", "running", "run", "Use “run”")


@pytest.mark.parametrize(("grade", "expected"), [(8.4, []), (8.6, ["hard_to_read"])])
def test_a_hard_text_is_found_at_its_hardest_paragraph(grade, expected):
    body = "<p>One. Two.</p><p>Individual examination. Tendinopathy.</p>"
    facts = {"level": Level(grade, 100, 10)}
    assert codes(body, facts=facts) == expected
    assert places(body, facts=facts) == [Place("body", "paragraph", 1)] * len(expected)


def test_a_pull_quote_whose_words_stand_nowhere_in_the_text_is_found():
    body = '<p>It is short.</p><aside data-kind="pullquote"><p>It is long.</p></aside>'
    assert places(body) == [Place("body", "pullquote", 0)]
