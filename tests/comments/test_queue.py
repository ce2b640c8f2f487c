"""The shelves of the queue: which comments stand on them, and in what order."""

from datetime import timedelta

import pytest

from comments.models import Comment
from comments.queue import SHELVES, count_shelves, first_of, next_of, rows_around
from tests.articles.factories import make_article
from tests.comments.factories import NOW, make_comment, make_moderator
from tests.directory.factories import make_practitioner

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
Status = Comment.Status


def waiting(**fields):
    return make_comment(status=Status.PENDING, **fields)


def on_shelf(name, *, at=NOW):
    """The comments of a shelf, found as a moderator finds them: the first, then the next."""
    shelf, found = SHELVES[name], []
    comment = first_of(shelf, at=at)
    while comment and comment not in found:
        found.append(comment)
        comment = next_of(shelf, comment, at=at)
    return found


def test_what_waits_stands_longest_first_and_nothing_else():
    late, early = waiting(created_at=NOW), waiting(created_at=NOW - DAY)
    same = waiting(created_at=NOW)
    for status in ("approved", "spam", "removed"):
        make_comment(status=status)
    assert on_shelf("waiting") == [early, late, same]


def test_a_newcomer_is_whose_address_nothing_was_approved_under_however_typed():
    article = make_article()
    make_comment(article=article, commenter_email="Known@example.org")
    make_comment(article=article, commenter_email="bad@example.org", status="removed")
    waiting(article=article, commenter_email="known@EXAMPLE.org")
    newcomers = [
        waiting(article=article, commenter_email="bad@example.org"),
        waiting(article=article, commenter_email=""),
        waiting(article=article, commenter_email=""),
    ]
    make_comment(article=article, commenter_email="")
    assert on_shelf("newcomers") == newcomers


def test_links_are_those_of_what_waits():
    linked = waiting(body="See https://example.org/a")
    waiting(body="No link.")
    make_comment(body="See https://example.org/a")
    assert on_shelf("links") == [linked]


def test_reported_is_what_readers_may_see_and_has_an_open_report():
    shown, held, settled = make_comment(), waiting(), make_comment()
    gone = make_comment(status="removed")
    for comment in (shown, held, gone):
        comment.flags.create(reason="rude", created_at=NOW)
        comment.flags.create(reason="spam", created_at=NOW)
    settled.flags.create(reason="rude", created_at=NOW, settled_at=NOW)
    assert on_shelf("reported") == [shown, held]


def test_a_question_waits_until_an_editor_or_a_practitioner_answers_it():
    article = make_article()

    def ask(**fields):
        values = {"article": article, "body": "Does it hurt?", "created_at": NOW - DAY}
        return make_comment(**{**values, **fields})

    open_ones = [ask(), ask()]
    make_comment(parent=open_ones[0])
    make_comment(parent=open_ones[1], editor=make_moderator(), status="removed")
    make_comment(parent=ask(), editor=make_moderator())
    make_comment(parent=ask(), practitioner=make_practitioner())
    ask(body="It hurts.")
    ask(created_at=NOW - 91 * DAY)
    ask(is_closed=True)
    ask(editor=make_moderator())
    ask(status="pending")
    assert on_shelf("questions") == open_ones


def test_spam_stands_newest_first():
    first, second = make_comment(status="spam"), make_comment(status="spam")
    assert on_shelf("spam") == [second, first]


def test_decided_lately_stands_by_the_moment_of_the_decision_without_editors_answers():
    make_comment()
    make_comment(decided_at=NOW - 8 * DAY)
    make_comment(decided_at=NOW, editor=make_moderator())
    second = make_comment(decided_at=NOW - 2 * DAY)
    first = make_comment(decided_at=NOW - DAY, status="spam")
    assert on_shelf("lately") == [first, second]


def test_after_the_last_comes_the_first_that_was_passed_over():
    first, second = waiting(), waiting()
    assert next_of(SHELVES["waiting"], second, at=NOW) == first
    Comment.objects.filter(pk=first.pk).update(status="approved")
    assert next_of(SHELVES["waiting"], second, at=NOW) is None


def test_what_has_left_the_shelf_keeps_its_place_in_the_order():
    shelf = SHELVES["waiting"]
    rows = [waiting() for _ in range(3)]
    Comment.objects.filter(pk=rows[1].pk).update(status="approved")
    decided = Comment.objects.get(pk=rows[1].pk)
    assert next_of(shelf, decided, at=NOW) == rows[2]
    assert rows_around(shelf, decided, at=NOW)[:2] == ([rows[0]], [rows[2]])


def test_what_has_no_place_on_a_shelf_stands_before_all():
    decided = make_comment(decided_at=NOW)
    assert rows_around(SHELVES["lately"], waiting(), at=NOW)[:2] == ([], [decided])


def test_the_list_holds_a_few_before_and_more_from_the_comment_on():
    article = make_article()
    rows = [waiting(article=article, created_at=NOW) for _ in range(40)]
    around = [rows_around(SHELVES["waiting"], rows[place], at=NOW) for place in (3, 6, 10)]
    assert around == [
        (rows[:3], rows[3:33], False, True),
        (rows[3:6], rows[6:36], True, True),
        (rows[7:10], rows[10:], True, False),
    ]


@pytest.mark.parametrize("name", SHELVES)
def test_the_list_takes_two_queries_and_no_whole_comment(django_assert_num_queries, name):
    article = make_article()
    for number in range(3):
        fields = {"article": article, "body": "Why? www.example.org " + "x" * 5000}
        for status in Status.values:
            row = make_comment(
                status=status,
                decided_at=NOW - number * DAY,
                created_at=NOW - number * DAY,
                practitioner=make_practitioner(),
                **fields,
            )
            row.flags.create(reason="rude", created_at=NOW)
    current = on_shelf(name)[0]
    with django_assert_num_queries(2):
        before, onward, *_more = rows_around(SHELVES[name], current, at=NOW)
        shown = [(row.shown_name(), row.article.headline) for row in (*before, *onward)]
    assert len(shown) == len(on_shelf(name))
    assert {len(row.opening) for row in (*before, *onward)} == {140}


def test_a_count_is_that_of_its_shelf_and_goes_no_further_than_its_limit(monkeypatch):
    waiting(body="www.example.org", commenter_email="")
    waiting()
    counted = {name: len(on_shelf(name)) for name in SHELVES}
    assert counted["waiting"] == 2
    assert count_shelves(at=NOW) == counted
    monkeypatch.setattr("comments.queue.COUNTED_UP_TO", 1)
    assert count_shelves(at=NOW)["waiting"] == 1
