"""Differences between two snapshots, as an editor reads them."""

import pytest

from articles.body_lines import body_lines
from articles.differences import Kind, Run, compare, compare_lines
from articles.models import Byline
from articles.snapshots import apply_snapshot, snapshot_of
from tests.articles.factories import make_article, make_author, make_image

SAME, REMOVED, ADDED, SKIPPED = Kind.SAME, Kind.REMOVED, Kind.ADDED, Kind.SKIPPED


def runs(*pairs):
    return tuple(Run(kind, text) for kind, text in pairs)


def test_words_of_a_line_are_compared():
    assert compare_lines(["Rest for two days"], ["Rest for ten full days"]) == (
        runs((SAME, "Rest for"), (REMOVED, "two"), (ADDED, "ten full"), (SAME, "days")),
    )


def test_lines_without_likeness_are_shown_whole():
    assert compare_lines(["One thing"], ["Another matter here"]) == (
        runs((REMOVED, "One thing")),
        runs((ADDED, "Another matter here")),
    )


def test_what_did_not_change_is_left_out_but_for_a_line_around():
    before = ["a", "b", "c", "old", "d", "e", "f"]
    assert compare_lines(before, ["a", "b", "c", "d", "e", "f"]) == (
        runs((SKIPPED, "…")),
        runs((SAME, "c")),
        runs((REMOVED, "old")),
        runs((SAME, "d")),
        runs((SKIPPED, "…")),
    )


def test_nothing_is_different_between_the_same_lines():
    assert compare_lines([], []) == ()


def test_a_line_of_very_many_words_is_not_compared_by_words():
    old, new = " ".join(["a"] * 5_000), " ".join(["a"] * 5_001)
    assert compare_lines([old], [new]) == (runs((REMOVED, old)), runs((ADDED, new)))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h3>Why</h3><p>It <strong>helps</strong>.</p>", ["Heading 3: Why", "It *helps*."]),
        ("<ul><li><p>One</p></li></ul>", ["•", "One"]),
        ('<p><a href="/x/">Read</a> on</p>', ["Read (/x/) on"]),
        ('<p><a data-article="7">Read</a></p>', ["Read (article 7)"]),
        (
            '<figure data-image="3"><figcaption>Cap</figcaption></figure>',
            ["Picture: Needle", "Cap"],
        ),
        ('<figure data-image="4"></figure>', ["Picture: number 4"]),
        ('<p>So<sup data-note="">Lee 2020</sup>.</p>', ["So [Note: Lee 2020] ."]),
        ("<p>10 m<sup>2</sup></p>", ["10 m2"]),
        ("<p>a<br>b</p><hr>", ["a", "b", "———"]),
        ("<script>x</script>", []),
    ],
)
def test_a_body_becomes_lines(html, expected):
    assert body_lines(html, images={3: "Needle"}) == expected


@pytest.mark.django_db
def test_fields_that_differ_are_named_with_names_for_numbers():
    old_author, new_author = make_author(name="Ada Example"), make_author(name="Ben Sample")
    article = make_article(
        headline="Calf",
        body="<p>Words.</p>",
        authors=[old_author],
        tags=["knee"],
        lead_image=make_image(title="A needle"),
    )
    old = snapshot_of(article)
    new = {
        **old,
        "headline": "The calf",
        "lead_image": 999,
        "tags": ["heel", "knee"],
        "bylines": [{"author": new_author.pk, "role": Byline.Role.RESEARCH, "position": 0}],
    }
    assert [(difference.label, difference.lines) for difference in compare(old, new)] == [
        ("headline", (runs((REMOVED, "Calf")), runs((ADDED, "The calf")))),
        (
            "lead image",
            (runs((REMOVED, "A needle")), runs((ADDED, "number 999, deleted since"))),
        ),
        (
            "byline",
            (runs((REMOVED, "Ada Example, Author")), runs((ADDED, "Ben Sample, Research"))),
        ),
        ("tags", (runs((ADDED, "heel")), runs((SAME, "knee")))),
    ]


@pytest.mark.django_db
def test_a_change_that_words_do_not_show_is_said():
    old = {"body": '<ol start="2"><li><p>a</p></li></ol>'}
    new = {"body": "<ol><li><p>a</p></li></ol>"}
    [difference] = compare(old, new)
    assert difference.lines == (runs((SAME, "The words are the same; how they are set differs.")),)


@pytest.mark.django_db
def test_comparing_takes_three_queries_for_any_number(django_assert_num_queries):
    article = make_article(authors=[make_author() for _number in range(4)])
    old = snapshot_of(article)
    figures = "".join(f'<figure data-image="{make_image().pk}"></figure>' for _number in range(4))
    apply_snapshot(article, {**old, "body": figures, "bylines": [], "tags": ["a", "b"]})
    new = {**snapshot_of(article), "specialties": [1, 2, 3]}
    with django_assert_num_queries(3):
        assert len(compare(old, new)) == 4
