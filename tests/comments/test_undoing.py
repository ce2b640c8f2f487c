from datetime import timedelta

import pytest

from comments import moderation
from comments.models import Comment, Flag, ModerationAction
from comments.undoing import undo
from tests.comments.factories import NOW, make_comment, make_moderator

pytestmark = pytest.mark.django_db

Status = Comment.Status
LATER, STILL_LATER = NOW + timedelta(hours=1), NOW + timedelta(hours=2)


def waiting(**fields):
    return make_comment(status=Status.PENDING, **fields)


def stored(comment):
    return Comment.objects.get(pk=comment.pk)


def test_an_undone_decision_leaves_the_comment_as_it_was_and_both_in_the_log():
    first, second = make_moderator(), make_moderator()
    comment = waiting()
    batch = moderation.mark_spam(comment, at=NOW, by=first).batch
    decisions = undo(batch, at=LATER, by=second)
    assert decisions == moderation.Decisions(done=[comment])
    row = stored(comment)
    assert (row.status, row.decided_at, row.decided_by) == ("pending", None, None)
    actions = ModerationAction.objects.order_by("pk").values_list(
        "act", "from_status", "to_status", "by", "at"
    )
    assert list(actions) == [
        ("decided", "pending", "spam", first.pk, NOW),
        ("undone", "spam", "pending", second.pk, LATER),
    ]


def test_it_gives_back_who_decided_before_and_when():
    first, second = make_moderator(), make_moderator()
    comment = waiting()
    moderation.approve(comment, at=NOW, by=first)
    batch = moderation.remove(comment, at=LATER, by=second).batch
    undo(batch, at=STILL_LATER, by=second)
    row = stored(comment)
    assert (row.status, row.decided_at, row.decided_by) == ("approved", NOW, first)


def test_many_are_undone_apart_from_what_was_changed_since():
    moderator = make_moderator()
    free, again, withdrawn = waiting(), waiting(), waiting()
    seen = [free, again, withdrawn]
    batch = moderation.decide_many(seen, Status.SPAM, at=NOW, by=moderator).batch
    moderation.approve(stored(again), at=LATER, by=make_moderator())
    Comment.objects.filter(pk=withdrawn.pk).update(status="removed", withdrawn_at=LATER)
    decisions = undo(batch, at=STILL_LATER, by=moderator)
    assert decisions == moderation.Decisions(done=[free], elsewhere=[again, withdrawn])
    assert [stored(row).status for row in seen] == ["pending", "approved", "removed"]


def test_what_was_decided_and_decided_back_since_is_not_undone():
    moderator, comment = make_moderator(), waiting()
    batch = moderation.mark_spam(comment, at=NOW, by=moderator).batch
    moderation.approve(comment, at=LATER, by=moderator)
    moderation.mark_spam(comment, at=LATER, by=moderator)
    assert undo(batch, at=STILL_LATER, by=moderator).elsewhere == [comment]
    assert stored(comment).status == "spam"


def test_twice_undone_is_undone_once():
    moderator, comment = make_moderator(), waiting()
    batch = moderation.mark_spam(comment, at=NOW, by=moderator).batch
    undo(batch, at=LATER, by=moderator)
    assert undo(batch, at=LATER, by=moderator).elsewhere == [comment]
    assert ModerationAction.objects.count() == 2


def test_a_thread_closed_since_does_not_keep_a_decision_from_being_undone():
    moderator, comment = make_moderator(), waiting()
    batch = moderation.approve(comment, at=NOW, by=moderator).batch
    moderation.close_thread(comment, at=LATER, by=moderator)
    assert undo(batch, at=STILL_LATER, by=moderator).done == [comment]


def test_an_answer_goes_with_the_decision_that_it_came_with():
    moderator, comment = make_moderator(), waiting()
    reply = moderation.answer(comment, body="Yes.", at=NOW, by=moderator)
    batch = reply.moderation_actions.get().batch
    undo(batch, at=LATER, by=moderator)
    assert (stored(comment).status, stored(reply).status) == ("pending", "removed")


def test_of_many_one_alone_is_undone_with_its_answer():
    moderator = make_moderator()
    first, second = waiting(), waiting()
    batch = moderation.decide_many([first, second], "approved", at=NOW, by=moderator).batch
    assert undo(batch, at=NOW, by=moderator, only=second).done == [second]
    assert (stored(first).status, stored(second).status) == ("approved", "pending")
    answered = waiting()
    reply = moderation.answer(answered, body="Yes.", at=NOW, by=moderator)
    batch = reply.moderation_actions.get().batch
    undo(batch, at=NOW, by=moderator, only=answered)
    assert (stored(answered).status, stored(reply).status) == ("pending", "removed")


def report(comment, network="a", **fields):
    values = {"reason": "rude", "network_key": network, "created_at": NOW}
    return Flag.objects.create(comment=comment, **{**values, **fields})


def test_reports_that_the_decision_settled_are_open_again():
    moderator, comment = make_moderator(), make_comment()
    before = report(comment, "b", settled_at=NOW - timedelta(days=1))
    settled = report(comment)
    batch = moderation.approve(comment, at=NOW, by=moderator).batch
    assert undo(batch, at=LATER, by=moderator).done == [comment]
    before.refresh_from_db()
    settled.refresh_from_db()
    assert (before.settled_at, settled.settled_at) == (NOW - timedelta(days=1), None)
    assert stored(comment).status == "approved"


def test_a_report_whose_sender_reported_again_stays_settled():
    moderator, comment = make_moderator(), make_comment()
    report(comment)
    batch = moderation.approve(comment, at=NOW, by=moderator).batch
    report(comment, created_at=LATER)
    undo(batch, at=LATER, by=moderator)
    settled = Flag.objects.order_by("pk").values_list("settled_at", flat=True)
    assert list(settled) == [NOW, None]


def test_an_unknown_batch_undoes_nothing():
    decisions = undo(moderation.Decisions().batch, at=NOW, by=make_moderator())
    assert decisions == moderation.Decisions()


@pytest.mark.parametrize("number", [1, 4])
def test_many_take_as_many_queries_as_one(django_assert_num_queries, number):
    moderator = make_moderator()
    comments = [waiting() for _ in range(number)]
    batch = moderation.decide_many(comments, Status.SPAM, at=NOW, by=moderator).batch
    # Six, and a savepoint's two.
    with django_assert_num_queries(8):
        undo(batch, at=LATER, by=moderator)
