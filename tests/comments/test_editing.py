from datetime import timedelta

import pytest

from comments.editing import ChangedMeanwhileError, edit, withdraw
from comments.models import Comment, ModerationAction
from comments.moderation import approve, mark_spam, remove
from tests.comments.factories import NOW, make_comment, make_moderator

pytestmark = pytest.mark.django_db

Status = Comment.Status
LATER = NOW + timedelta(days=1)


def again(comment):
    return Comment.objects.get(pk=comment.pk)


def acts(comment):
    actions = comment.moderation_actions.order_by("pk")
    return list(actions.values_list("act", "from_status", "to_status", "by", "at"))


@pytest.mark.parametrize(
    ("hold", "before", "after"),
    [
        ("all", "pending", "pending"),
        ("all", "approved", "pending"),
        ("all", "spam", "spam"),
        ("first", "approved", "pending"),
        ("links", "pending", "pending"),
        ("links", "approved", "approved"),
        ("links", "spam", "spam"),
    ],
)
def test_other_words_never_make_a_comment_more_public(settings, hold, before, after):
    settings.COMMENTS_HOLD = hold
    comment = make_comment(status=before)
    edit(comment, body="Other words.", at=LATER)
    stored = again(comment)
    assert (stored.body, stored.status, stored.edited_at) == ("Other words.", after, LATER)
    assert comment.status == after
    assert acts(comment) == [("edited", before, after, None, LATER)]


def test_other_words_are_screened_as_those_of_a_new_comment(settings):
    settings.COMMENTS_HOLD = "links"
    comment = make_comment()
    edit(comment, body="See https://pills.example/ for more.", at=LATER)
    stored = again(comment)
    assert stored.status == Status.PENDING
    assert "rule_links" in {reason["code"] for reason in stored.screening}


def test_what_held_it_still_holds_it_whatever_its_words(settings):
    settings.COMMENTS_HOLD = "links"
    trap = [{"code": "trap"}]
    comment = make_comment(status="spam", screening=trap)
    edit(comment, body="Harmless words.", at=LATER)
    assert again(comment).screening == trap


def test_other_words_do_not_hide_how_it_was_sent(settings):
    settings.COMMENTS_HOLD = "links"
    fast = {"code": "too_fast", "seconds": 1}
    comment = make_comment(status="pending", screening=[{"code": "lookalikes"}, fast])
    edit(comment, body="Harmless words.", at=LATER)
    stored = again(comment)
    assert (stored.status, stored.screening) == (Status.PENDING, [fast])
    approve(stored, at=LATER, by=make_moderator())
    edit(stored, body="Other harmless words.", at=LATER)
    assert (again(comment).status, again(comment).screening) == (Status.APPROVED, [])


def test_words_are_not_changed_behind_the_back_of_who_proved_the_address():
    comment = make_comment(status="pending")
    Comment.objects.update(proven_at=NOW)
    with pytest.raises(ChangedMeanwhileError):
        edit(comment, body="Other words.", at=LATER)


def test_a_comment_that_waits_again_is_no_longer_decided():
    comment = make_comment(status="pending")
    approve(comment, at=NOW, by=make_moderator())
    edit(comment, body="Other words.", at=LATER)
    stored = again(comment)
    assert (stored.decided_at, stored.decided_by) == (None, None)


def test_the_same_words_change_nothing():
    comment = make_comment()
    edit(comment, body=comment.body, at=LATER)
    assert (again(comment).edited_at, acts(comment)) == (None, [])


@pytest.mark.parametrize("decide", [approve, mark_spam, remove])
def test_a_decision_meanwhile_is_told_and_stands(decide):
    comment = make_comment(status="pending", body="First words.")
    seen = again(comment)
    decide(comment, at=NOW, by=make_moderator())
    with pytest.raises(ChangedMeanwhileError) as error:
        edit(seen, body="Other words.", at=LATER)
    assert error.value.comment.status == comment.status
    assert again(comment).body == "First words."


def test_of_two_tabs_the_second_is_told_unless_it_says_the_same():
    comment = make_comment(status="pending")
    tabs = [again(comment) for _ in range(3)]
    edit(tabs[0], body="Other words.", at=LATER)
    edit(tabs[1], body="Other words.", at=LATER)
    with pytest.raises(ChangedMeanwhileError):
        edit(tabs[2], body="Third words.", at=LATER)
    assert again(comment).body == "Other words."
    assert len(acts(comment)) == 1


@pytest.mark.parametrize("fields", [{}, {"withdrawn_at": NOW}])
def test_what_is_removed_has_its_last_words(fields):
    comment = make_comment(status="removed", **fields)
    with pytest.raises(ChangedMeanwhileError):
        edit(comment, body="Other words.", at=LATER)


@pytest.mark.parametrize("status", ["pending", "approved", "spam"])
def test_a_withdrawn_comment_is_removed_once(status):
    comment = make_comment(status=status)
    assert withdraw(comment, at=LATER) is True
    assert withdraw(comment, at=LATER + timedelta(hours=1)) is False
    stored = again(comment)
    assert (stored.status, stored.withdrawn_at) == (Status.REMOVED, LATER)
    assert acts(comment) == [("withdrawn", status, "removed", None, LATER)]


def test_what_a_moderator_removed_is_not_withdrawn():
    comment = make_comment()
    remove(comment, at=NOW, by=make_moderator(), reason="rude")
    assert withdraw(comment, at=LATER) is False
    assert again(comment).withdrawn_at is None
    assert ModerationAction.objects.get().act == "decided"
