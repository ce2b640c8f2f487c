import pytest

from comments import moderation
from comments.models import Comment, Flag, ModerationAction
from tests.comments.factories import NOW, make_comment, make_moderator

pytestmark = pytest.mark.django_db

Status = Comment.Status


def recorded():
    return list(
        ModerationAction.objects.order_by("pk").values_list(
            "comment_id", "from_status", "to_status", "by_id", "at"
        )
    )


@pytest.mark.parametrize(
    ("decide", "status"),
    [
        (moderation.approve, Status.APPROVED),
        (moderation.mark_spam, Status.SPAM),
        (moderation.remove, Status.REMOVED),
    ],
)
def test_a_decision_is_stored_with_who_and_when(decide, status):
    moderator = make_moderator()
    comment = make_comment(status=Status.PENDING)
    decide(comment, at=NOW, by=moderator)
    stored = Comment.objects.get(pk=comment.pk)
    for row in (comment, stored):
        assert (row.status, row.decided_at, row.decided_by) == (status, NOW, moderator)
    assert recorded() == [(comment.pk, "pending", status, moderator.pk, NOW)]


def test_of_two_moderators_one_wins_and_the_other_is_told():
    first, second = make_moderator(), make_moderator()
    comment = make_comment(status=Status.PENDING)
    as_seen_by_second = Comment.objects.get(pk=comment.pk)
    moderation.approve(comment, at=NOW, by=first)
    with pytest.raises(moderation.DecidedElsewhereError) as told:
        moderation.mark_spam(as_seen_by_second, at=NOW, by=second)
    assert told.value.comment.status == Status.APPROVED
    assert told.value.comment.decided_by == first
    assert Comment.objects.get(pk=comment.pk).status == Status.APPROVED
    assert recorded() == [(comment.pk, "pending", "approved", first.pk, NOW)]


def test_the_status_that_a_comment_has_already_is_no_decision():
    comment = make_comment(status=Status.APPROVED)
    moderation.approve(comment, at=NOW, by=make_moderator())
    assert recorded() == []
    assert Comment.objects.get(pk=comment.pk).decided_at is None


def test_many_are_decided_apart_from_those_that_somebody_else_decided():
    moderator, other = make_moderator(), make_moderator()
    waiting, taken = make_comment(status=Status.PENDING), make_comment(status=Status.PENDING)
    spam = make_comment(status=Status.SPAM)
    seen = list(Comment.objects.order_by("pk"))
    moderation.approve(taken, at=NOW, by=other)
    decisions = moderation.decide_many(seen, Status.SPAM, at=NOW, by=moderator)
    assert decisions == moderation.Decisions(done=[waiting], unchanged=[spam], elsewhere=[taken])
    action = ModerationAction.objects.get(comment=waiting)
    assert (action.batch, action.reason) == (decisions.batch, "")
    assert dict(Comment.objects.values_list("pk", "status")) == {
        waiting.pk: "spam",
        taken.pk: "approved",
        spam.pk: "spam",
    }


def test_many_take_as_many_queries_as_one(django_assert_num_queries):
    moderator = make_moderator()
    comments = [make_comment(status=Status.PENDING) for _ in range(4)]
    for some in (comments[:1], comments[1:]):
        # Four, and a savepoint's two.
        with django_assert_num_queries(6):
            moderation.decide_many(some, Status.APPROVED, at=NOW, by=moderator)


def test_an_answer_is_the_editors_and_approves_what_it_answers():
    editor = make_moderator(first_name="Wren", last_name="Hollowmere")
    comment = make_comment(status=Status.PENDING)
    reply = moderation.answer(comment, body="Yes.", at=NOW, by=editor)
    reply.refresh_from_db()
    assert (reply.parent, reply.article, reply.editor) == (comment, comment.article, editor)
    assert (reply.status, reply.body, reply.shown_name()) == ("approved", "Yes.", "Wren Hollowmere")
    assert comment.is_approved()
    assert recorded() == [
        (comment.pk, "pending", "approved", editor.pk, NOW),
        (reply.pk, "", "approved", editor.pk, NOW),
    ]


def test_an_answer_to_what_somebody_else_removed_is_not_published():
    comment = make_comment()
    as_seen = Comment.objects.get(pk=comment.pk)
    moderation.remove(comment, at=NOW, by=make_moderator())
    with pytest.raises(moderation.DecidedElsewhereError):
        moderation.answer(as_seen, body="Yes.", at=NOW, by=make_moderator())
    assert list(Comment.objects.values_list("status", flat=True)) == ["removed"]


def withdrawn(**fields):
    return make_comment(status=Status.REMOVED, withdrawn_at=NOW, **fields)


@pytest.mark.parametrize("decide", [moderation.approve, moderation.mark_spam])
def test_nobody_else_brings_back_what_its_writer_took_back(decide):
    comment = withdrawn()
    with pytest.raises(moderation.WithdrawnError):
        decide(comment, at=NOW, by=make_moderator())
    with pytest.raises(moderation.WithdrawnError):
        moderation.answer(comment, body="Yes.", at=NOW, by=make_moderator())
    assert list(Comment.objects.values_list("status", flat=True)) == ["removed"]
    assert recorded() == []


def test_among_many_what_was_withdrawn_is_told_apart():
    waiting, gone = make_comment(status=Status.PENDING), withdrawn()
    decisions = moderation.decide_many(
        [waiting, gone], Status.APPROVED, at=NOW, by=make_moderator()
    )
    assert decisions == moderation.Decisions(done=[waiting], withdrawn=[gone])


def test_what_was_withdrawn_after_it_was_seen_is_told_to_be():
    comment = make_comment(status=Status.PENDING)
    Comment.objects.filter(pk=comment.pk).update(status=Status.REMOVED, withdrawn_at=NOW)
    with pytest.raises(moderation.WithdrawnError):
        moderation.mark_spam(comment, at=NOW, by=make_moderator())


def test_a_reason_stands_with_the_decision():
    comment = make_comment()
    moderation.remove(comment, at=NOW, by=make_moderator(), reason="rude")
    assert comment.moderation_actions.get().reason == "rude"


def flag(comment, **fields):
    return Flag.objects.create(
        **{"comment": comment, "reason": "rude", "created_at": NOW, **fields}
    )


def test_a_decision_settles_the_reports_about_the_comment_and_no_others():
    comment, other = make_comment(), make_comment()
    flags = [flag(comment), flag(comment, settled_at=NOW.replace(year=2025)), flag(other)]
    moderation.remove(comment, at=NOW, by=make_moderator())
    settled = [Flag.objects.get(pk=row.pk).settled_at for row in flags]
    assert settled == [NOW, NOW.replace(year=2025), None]


def test_to_keep_what_was_reported_is_a_decision_that_changes_no_date():
    moderator, comment = make_moderator(), make_comment()
    flag(comment)
    decisions = moderation.approve(comment, at=NOW, by=moderator)
    assert decisions == moderation.Decisions(kept=[comment])
    assert recorded() == [(comment.pk, "approved", "approved", moderator.pk, NOW)]
    comment.refresh_from_db()
    assert (comment.decided_at, comment.flags.get().settled_at) == (None, NOW)
    assert moderation.approve(comment, at=NOW, by=moderator).unchanged == [comment]


def test_a_thread_is_closed_and_opened_once_and_the_log_says_so():
    moderator, comment = make_moderator(), make_comment()
    done = [
        moderation.close_thread(comment, at=NOW, by=moderator),
        moderation.close_thread(comment, at=NOW, by=moderator),
    ]
    assert (done, Comment.objects.get(pk=comment.pk).is_closed) == ([True, False], True)
    assert moderation.reopen_thread(comment, at=NOW, by=moderator)
    assert not Comment.objects.get(pk=comment.pk).is_closed
    acts = ModerationAction.objects.order_by("pk").values_list(
        "act", "from_status", "to_status", "by", "at"
    )
    assert list(acts) == [
        ("closed", "approved", "approved", moderator.pk, NOW),
        ("reopened", "approved", "approved", moderator.pk, NOW),
    ]
