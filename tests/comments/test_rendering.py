"""The items of a thread as they are written; what a reader finds on a page is in test_section."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone, translation

from comments.models import Comment
from comments.pages import cut
from comments.reading import ThreadPage
from comments.rendering import render_page
from comments.threads import build_thread


def make_row(pk, parent_id=None, **fields):
    """A comment that is in no database."""
    return Comment(
        **{
            "pk": pk,
            "parent_id": parent_id,
            "commenter_name": f"Reader {pk}",
            "body": f"Words {pk}.",
            "status": Comment.Status.APPROVED,
            "created_at": datetime(2026, 3, 15, 12, 30, tzinfo=UTC),
            **fields,
        }
    )


NOON = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
EMPTY = {
    "nodes": [],
    "comments": {},
    "count": 0,
    "number": 1,
    "last": 1,
    "is_newest_first": False,
    "has_order": False,
    "opened": None,
    "unknown": "",
}


def render(*rows, takes_comments=True, nodes=None, opened=None):
    nodes = nodes or build_thread(rows).nodes
    comments = {row.pk: row for row in rows}
    page = ThreadPage(**{**EMPTY, "nodes": nodes, "comments": comments, "opened": opened})
    return render_page(page, article_url="/a/", takes_comments=takes_comments)


def test_a_comment_has_name_time_words_and_a_way_to_answer():
    assert render(make_row(7, commenter_name="A & B")) == (
        '<li>\n<div class="comment" id="comment-7">\n'
        '<p class="comment__by">\n<span><bdi class="comment__name">A &amp; B</bdi></span>\n'
        '<a class="comment__time" href="/comments/7/">'
        '<time datetime="2026-03-15T08:30:00-0400">March 15, 2026, 8:30 a.m.</time></a>\n</p>\n'
        '<div class="comment__body"><p dir="auto">Words 7.</p></div>\n'
        '<p class="comment__acts"><a href="/a/?reply_to=7#comment-form" rel="nofollow">'
        'Reply<span class="visually-hidden"> to A &amp; B</span></a> '
        '<a href="/comments/7/report/" rel="nofollow">'
        'Report<span class="visually-hidden"> what A &amp; B wrote</span></a></p>\n'
        "</div>\n</li>\n"
    )


def test_percent_signs_in_a_name_are_only_signs():
    html = render(make_row(1), *(make_row(pk, pk - 1, commenter_name="100%s") for pk in (2, 3, 4)))
    assert html.count(" to 100%s</span></a>") == 3
    assert 'In reply to <a href="#comment-3"><bdi>100%s</bdi></a>' in html


def test_answers_are_lists_within_lists():
    html = render(make_row(1), make_row(2, 1), make_row(3, 2), make_row(4, 3), make_row(5))
    tags = html.replace("</", "<-").split("<")
    lists = [tag[:3].strip(">\n") for tag in tags if tag[:3] in ("li>", "-li", "ol>", "-ol")]
    assert " ".join(lists) == "li ol li ol li -li li -li -ol -li -ol -li li -li"


def test_a_placeholder_stands_above_its_answers():
    gone = make_row(1, status=Comment.Status.REMOVED)
    assert render(gone, make_row(2, 1)).startswith(
        '<li>\n<p class="comment comment--gone">This comment is no longer shown.</p>\n<ol>\n<li>\n'
        '<div class="comment" id="comment-2">'
    )


def test_a_closed_article_offers_no_answer():
    assert "reply_to" not in render(make_row(1), takes_comments=False)


def test_a_moment_is_shown_in_the_zone_and_the_language_of_each_reader():
    shown = {"America/New_York": "8:30 a.m.", "Asia/Tokyo": "9:30 p.m."}
    for zone, clock in shown.items():
        with timezone.override(zone):
            assert f"March 15, 2026, {clock}</time>" in render(make_row(1))
    with translation.override("de"):
        assert "15. März 2026 08:30</time>" in render(make_row(1))


def test_what_its_writer_withdrew_says_so_above_its_answers():
    gone = make_row(1, status=Comment.Status.REMOVED, withdrawn_at=NOON)
    html = render(gone, make_row(2, 1))
    assert '<p class="comment comment--gone">Removed by its writer.</p>\n<ol>' in html


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": "pending"}, "This comment waits to be read by a moderator."),
        (
            {"status": "pending", "decided_at": NOON},
            "This comment waits to be read by a moderator.",
        ),
        ({"status": "spam"}, "This comment waits to be read by a moderator."),
        ({"status": "spam", "decided_at": NOON}, "This comment is no longer shown."),
        ({"status": "removed", "decided_at": NOON}, "This comment is no longer shown."),
    ],
)
def test_what_waits_leaves_words_of_its_own_above_its_answers(fields, words):
    html = render(make_row(1, commenter_name="Bramble", **fields), make_row(2, 1))
    assert f'<p class="comment comment--gone">{words}</p>\n<ol>' in html
    assert "Bramble" not in html
    assert "Words 1." not in html


def test_a_changed_comment_says_when():
    html = render(make_row(1, edited_at=NOON))
    assert (
        '<p class="comment__answers">Changed by its writer: '
        '<time datetime="2026-03-15T08:00:00-0400">March 15, 2026, 8 a.m.</time></p>'
    ) in html


def test_a_web_site_is_a_link_that_vouches_for_nothing(settings):
    settings.COMMENTS_ASK_WEBSITE = True
    html = render(make_row(1, commenter_name="A", website="https://a.example/?b=1&c"))
    assert (
        '<a class="comment__name" href="https://a.example/?b=1&amp;c" '
        'rel="nofollow ugc noopener"><bdi>A</bdi></a>'
    ) in html


@pytest.mark.parametrize("website", ["javascript:alert(1)", "https://a@b.example/", "x", ""])
def test_what_is_no_web_site_is_no_link(settings, website):
    settings.COMMENTS_ASK_WEBSITE = True
    assert '<bdi class="comment__name">A</bdi>' in render(
        make_row(1, commenter_name="A", website=website)
    )


def test_no_web_site_is_shown_unless_settings_ask_for_it():
    assert "a.example" not in render(make_row(1, website="https://a.example/"))


def test_a_closed_comment_and_what_is_below_it_offer_no_answer():
    html = render(make_row(1, is_closed=True), make_row(2, 1), make_row(3))
    assert [pk for pk in (1, 2, 3) if f"reply_to={pk}#" in html] == [3]
    assert html.count('<p class="comment__acts"><span>Closed for replies</span> <a href') == 2


def test_where_nothing_is_taken_no_comment_says_that_it_is_closed():
    assert "Closed for replies" not in render(make_row(1, is_closed=True), takes_comments=False)


def many_answers(number):
    return [make_row(1), *(make_row(pk, 1) for pk in range(2, number + 2))]


def test_a_long_list_of_answers_is_folded_behind_its_number():
    below = make_row(9, 8)
    html = render(*many_answers(7), below)
    before, fold, after = html.partition(
        '</ol>\n<details class="comments__more">\n<summary>5 more replies</summary>\n<ol>\n'
    )
    assert fold
    assert [pk for pk in range(1, 10) if f'id="comment-{pk}"' in before] == [1, 2, 3, 4]
    assert after.endswith("</ol>\n</details>\n</li>\n")


@pytest.mark.parametrize(("opened", "is_open"), [(7, True), (9, True), (2, False), (1, False)])
def test_a_fold_is_open_for_who_came_for_something_in_it(opened, is_open):
    html = render(*many_answers(7), make_row(9, 8), opened=opened)
    assert ('<details class="comments__more" open>' in html) is is_open


def test_a_part_of_a_thread_begins_with_what_it_hangs_on():
    gone = make_row(2, 1, status=Comment.Status.REMOVED)
    rows = [make_row(1), gone, make_row(3, 2), make_row(4, 3), make_row(5, 4)]
    second = cut(build_thread(rows).nodes, most=4)[1]
    html = render(*rows, nodes=second)
    assert html.startswith(
        '<li>\n<p class="comment comment--gone">Further answers to '
        '<a href="/comments/1/"><bdi>Reader 1</bdi></a></p>\n<ol>\n'
        '<li>\n<p class="comment comment--gone">Further answers to a comment that is no longer '
        'shown</p>\n<ol>\n<li>\n<div class="comment" id="comment-5">'
    )
    assert 'In reply to <a href="/comments/4/"><bdi>Reader 4</bdi></a>' in html


def test_a_comment_hidden_while_the_page_is_made_leaves_a_placeholder():
    rows = [make_row(1), make_row(2, 1)]
    page = ThreadPage(
        **{**EMPTY, "nodes": build_thread(rows).nodes, "comments": {2: rows[1]}, "count": 2}
    )
    html = render_page(page, article_url="/a/", takes_comments=True)
    assert html.startswith('<li>\n<p class="comment comment--gone">This comment is no longer')
