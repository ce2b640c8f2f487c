"""Reports about comments: kept once a network, and three of them hold."""

from datetime import timedelta

import pytest

from comments.flags import REPORTS_PER_HOUR, may_report, report
from comments.models import Comment, Flag, ModerationAction
from comments.moderation import approve
from tests.comments.factories import NOW, make_comment, make_moderator
from tests.directory.factories import make_practitioner

pytestmark = pytest.mark.django_db
Status = Comment.Status


def send(comment, network="192.0.2.1", **fields):
    typed = {"reason": "rude", "note": "", "is_trapped": False, "at": NOW}
    return report(comment, network=network, **{**typed, **fields})


def send_three(comment, **fields):
    for last in (1, 2, 3):
        send(comment, f"192.0.2.{last}", **fields)
    comment.refresh_from_db()


def test_a_report_says_what_is_wrong_and_not_who_wrote_it():
    comment = make_comment()
    assert send(comment, reason="private", note="It names my neighbor.") is True
    flag = Flag.objects.get()
    assert (flag.comment, flag.reason, flag.note) == (comment, "private", "It names my neighbor.")
    assert (flag.created_at, flag.settled_at) == (NOW, None)
    assert (len(flag.network_key), "192" in flag.network_key) == (64, False)


def test_three_networks_hold_a_comment_and_the_log_says_why():
    comment = make_comment()
    send(comment, "192.0.2.1", reason="spam")
    send(comment, "192.0.2.2")
    comment.refresh_from_db()
    assert comment.status == Status.APPROVED
    send(comment, "2001:db8::/64")
    comment.refresh_from_db()
    assert comment.status == Status.PENDING
    action = ModerationAction.objects.get()
    assert (action.comment, action.act, action.by, action.at) == (comment, "reported", None, NOW)
    assert (action.from_status, action.to_status) == (Status.APPROVED, Status.PENDING)
    assert action.reason == "Insulting or hateful (2), Advertising or spam (1)"


def test_one_network_holds_nothing_and_what_is_new_in_its_reports_is_kept():
    comment = make_comment()
    notes = ["", "", "Look at the link.", "Look at the link.", "And at the name."]
    assert [send(comment, note=note) for note in notes] == [True, False, False, False, False]
    comment.refresh_from_db()
    assert comment.status == Status.APPROVED
    kept = sorted(Flag.objects.values_list("note", flat=True))
    assert kept == ["", "And at the name.", "Look at the link."]
    assert Flag.objects.exclude(network_key="").count() == 1


def test_what_two_networks_report_alike_can_be_reported_again():
    comment = make_comment()
    networks = ["192.0.2.1", "192.0.2.2", "192.0.2.1", "192.0.2.2"]
    assert [send(comment, network) for network in networks] == [True, True, False, False]
    assert Flag.objects.count() == 2


def test_a_comment_that_was_approved_again_needs_three_new_reports():
    comment = make_comment()
    send_three(comment)
    approve(comment, at=NOW + timedelta(hours=1), by=make_moderator())
    for last in (1, 4):
        assert send(comment, f"192.0.2.{last}") is True
    comment.refresh_from_db()
    assert comment.status == Status.APPROVED
    send(comment, "192.0.2.5")
    comment.refresh_from_db()
    assert comment.status == Status.PENDING


def test_a_moderator_who_lets_it_stand_settles_what_was_reported():
    comment = make_comment()
    for last in (1, 2):
        send(comment, f"192.0.2.{last}")
    approve(comment, at=NOW, by=make_moderator())
    assert Flag.objects.filter(settled_at=None).count() == 0
    send(comment, "192.0.2.3")
    comment.refresh_from_db()
    assert comment.status == Status.APPROVED


def test_an_editors_answer_is_only_reported():
    comment = make_comment(editor=make_moderator())
    send_three(comment)
    assert (comment.status, Flag.objects.count()) == (Status.APPROVED, 3)
    assert ModerationAction.objects.count() == 0


def test_a_practitioners_comment_is_held_as_a_readers():
    comment = make_comment(practitioner=make_practitioner())
    send_three(comment)
    assert comment.status == Status.PENDING


@pytest.mark.parametrize("status", [Status.PENDING, Status.SPAM, Status.REMOVED])
def test_a_comment_hidden_meanwhile_stays_as_it_is(status):
    comment = make_comment(status=status)
    send_three(comment)
    assert (comment.status, ModerationAction.objects.count()) == (status, 0)


def test_a_program_that_fills_the_trap_is_kept_and_counts_nothing():
    comment = make_comment()
    send_three(comment, is_trapped=True)
    assert comment.status == Status.APPROVED
    assert list(Flag.objects.values_list("settled_at", "network_key")) == [(NOW, "")] * 3
    assert send(comment) is True


def test_a_network_sends_so_many_in_an_hour():
    allowed = [may_report("192.0.2.1") for _ in range(REPORTS_PER_HOUR + 1)]
    assert allowed == [True] * REPORTS_PER_HOUR + [False]
    assert may_report("192.0.2.2") is True
