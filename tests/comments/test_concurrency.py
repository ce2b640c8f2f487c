"""What happens in the same moment: real transactions, in threads, on both databases."""

from datetime import timedelta
from functools import partial

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments import flags, proving, submissions
from comments.delivery import deliver
from comments.editing import ChangedMeanwhileError, edit, withdraw
from comments.erasing import erase_address
from comments.models import Comment, Erasure, Flag, ModerationAction, Notice
from comments.moderation import (
    DecidedElsewhereError,
    RewrittenError,
    WithdrawnError,
    answer,
    approve,
    close_thread,
    decide_many,
    mark_spam,
    remove,
)
from comments.notifications import ask_for_proof, send_digests
from comments.submissions import make_token
from comments.undoing import undo
from tests.articles.factories import make_article
from tests.comments.at_once import at_once, on_disk
from tests.comments.factories import NOW, make_comment, make_moderator
from tests.comments.mailbox import work

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("file_database")]

Status = Comment.Status
PEOPLE = 6


@pytest.fixture
def file_database(transactional_db, tmp_path):
    with on_disk(tmp_path):
        yield


def errors_of(results):
    return [type(result) for result in results if isinstance(result, Exception)]


def actions_of(comment):
    return list(comment.moderation_actions.order_by("pk").values_list("from_status", "to_status"))


def send(values, article, **meta):
    headers = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    return Client().post(
        reverse("comments:post", args=[article.slug]), values, headers=headers, **meta
    )


def typed(article, **values):
    token = make_token(article, at=timezone.now())
    return {"token": token, "name": "Bramble", "body": "Is it?", "subject": "", **values}


@pytest.mark.parametrize("subject", ["", "Cheap gel"])
def test_clicks_in_the_same_moment_are_one_comment(subject):
    article = make_article()
    values = typed(article, subject=subject)
    answers = at_once(*[partial(send, values, article)] * PEOPLE)
    assert [answer.status_code for answer in answers] == [303] * PEOPLE
    comment = Comment.objects.get()
    assert ModerationAction.objects.count() == (1 if subject else 0)
    assert comment.status == (Status.SPAM if subject else Status.PENDING)


def test_people_who_write_in_the_same_moment_are_all_taken_in():
    article = make_article()
    values = typed(article)
    answers = at_once(
        *(partial(send, values, article, REMOTE_ADDR=f"198.51.100.{n}") for n in range(PEOPLE))
    )
    assert [answer.status_code for answer in answers] == [303] * PEOPLE
    assert Comment.objects.count() == PEOPLE


def test_of_moderators_who_decide_in_the_same_moment_one_wins_and_the_others_are_told():
    comment = make_comment(status=Status.PENDING)
    moderators = [make_moderator() for _ in range(PEOPLE)]
    decisions = [approve, mark_spam, remove] * 2
    results = at_once(
        *(
            partial(decide, Comment.objects.get(), at=NOW, by=moderator)
            for decide, moderator in zip(decisions, moderators, strict=True)
        )
    )
    # Whoever wanted what the winner wanted is told as well: it was no longer as they saw it.
    assert errors_of(results) == [DecidedElsewhereError] * (PEOPLE - 1)
    winner = moderators[[isinstance(result, Exception) for result in results].index(False)]
    after = Comment.objects.get()
    assert after.decided_by == winner
    assert actions_of(comment) == [("pending", after.status)]


def test_of_two_who_answer_in_the_same_moment_one_answer_stands():
    comment = make_comment(status=Status.PENDING)
    results = at_once(
        *(
            partial(
                answer,
                Comment.objects.get(pk=comment.pk),
                body=f"It is normal, says {number}.",
                at=NOW,
                by=make_moderator(),
            )
            for number in range(2)
        )
    )
    assert errors_of(results) == [DecidedElsewhereError]
    assert Comment.objects.filter(parent=comment).count() == 1


def test_bulk_decisions_in_the_same_moment_share_the_comments_without_a_deadlock():
    article = make_article()
    comments = [make_comment(article=article, status=Status.PENDING) for _ in range(12)]
    orders = [comments, comments[::-1], comments[6:] + comments[:6]]
    results = at_once(
        *(partial(decide_many, order, "approved", at=NOW, by=make_moderator()) for order in orders)
    )
    assert errors_of(results) == []
    assert sorted(len(result.done) for result in results) == [0, 0, 12]
    assert sorted(len(result.elsewhere) for result in results) == [0, 12, 12]
    assert ModerationAction.objects.count() == 12


def test_a_decision_is_taken_back_once():
    comment = make_comment(status=Status.PENDING)
    moderator = make_moderator()
    batch = approve(comment, at=NOW, by=moderator).batch
    results = at_once(*[partial(undo, batch, at=NOW, by=moderator)] * PEOPLE)
    assert errors_of(results) == []
    assert sorted(len(result.done) for result in results) == [0] * (PEOPLE - 1) + [1]
    assert actions_of(comment) == [("pending", "approved"), ("approved", "pending")]
    assert Comment.objects.get().status == Status.PENDING


def test_a_decision_and_the_undoing_of_the_one_before_do_not_mix():
    comment = make_comment(status=Status.PENDING)
    first, second = make_moderator(), make_moderator()
    batch = approve(comment, at=NOW, by=first).batch
    undone, removed = at_once(
        partial(undo, batch, at=NOW, by=first),
        partial(remove, Comment.objects.get(), at=NOW, by=second),
    )
    after = Comment.objects.get()
    if isinstance(removed, DecidedElsewhereError):
        assert (len(undone.done), after.status, after.decided_by) == (1, Status.PENDING, None)
    else:
        assert (len(undone.done), after.status, after.decided_by) == (0, Status.REMOVED, second)
    assert len(actions_of(comment)) == 2


def test_a_thread_is_closed_once():
    make_comment()
    moderators = [make_moderator() for _ in range(PEOPLE)]
    results = at_once(
        *(
            partial(close_thread, Comment.objects.get(), at=NOW, by=moderator)
            for moderator in moderators
        )
    )
    assert sorted(results) == [False] * (PEOPLE - 1) + [True]
    assert ModerationAction.objects.count() == 1


def report(comment, network):
    return flags.report(comment, reason="rude", note="", network=network, is_trapped=False, at=NOW)


def test_reports_in_the_same_moment_are_all_counted_and_hold_once():
    comment = make_comment()
    networks = [f"192.0.2.{number}" for number in range(PEOPLE)]
    results = at_once(*(partial(report, comment, network) for network in networks))
    assert results == [True] * PEOPLE
    assert Flag.objects.count() == PEOPLE
    assert actions_of(comment) == [("approved", "pending")]


def test_a_report_that_is_sent_twice_at_once_is_one():
    comment = make_comment()
    results = at_once(*[partial(report, comment, "192.0.2.1")] * PEOPLE)
    assert sorted(results) == [False] * (PEOPLE - 1) + [True]
    assert Flag.objects.count() == 1


def test_an_erasure_and_an_approval_in_the_same_moment_leave_nothing_to_read():
    comment = make_comment(status=Status.PENDING, commenter_email="bo@example.org")
    approved, _, _ = at_once(
        partial(approve, Comment.objects.get(), at=NOW, by=make_moderator()),
        partial(erase_address, "bo@example.org", at=NOW),
        partial(erase_address, "Bo@example.org", at=NOW + timedelta(seconds=1)),
    )
    after = Comment.objects.get()
    assert (after.status, after.body, after.commenter_email) == (Status.REMOVED, "", "")
    last = comment.moderation_actions.order_by("-pk")[0]
    assert (last.act, last.to_status) == ("erased", "removed")
    assert approved.done if len(actions_of(comment)) == 2 else type(approved) is WithdrawnError
    assert Erasure.objects.get().erased_at == NOW + timedelta(seconds=1)


def test_an_address_is_proven_once():
    comment = make_comment(status=Status.PENDING)
    results = at_once(*[partial(proving.prove, comment, at=NOW)] * PEOPLE)
    assert results == [None] * PEOPLE
    assert Comment.objects.get().proven_at == NOW


def test_a_mail_that_is_asked_for_and_sent_in_the_same_moment_goes_out_once():
    comment = make_comment(status=Status.PENDING)
    asked = at_once(*[partial(ask_for_proof, comment, at=NOW)] * PEOPLE)
    assert asked == [None] * PEOPLE
    sent = at_once(*[partial(deliver, Notice.objects.get().key, at=NOW)] * PEOPLE)
    assert sorted(sent) == [False] * (PEOPLE - 1) + [True]
    assert len(mail.outbox) == 1


def test_digests_that_are_made_in_the_same_moment_are_one_mail_to_each_moderator():
    make_comment(status=Status.PENDING)
    for name in ("ann", "bo"):
        make_moderator(email=f"{name}@example.org")
    at_once(*[partial(send_digests, at=NOW)] * PEOPLE)
    sent = work(at=NOW + timedelta(hours=1))
    assert sorted(one.to for one in sent) == [["ann@example.org"], ["bo@example.org"]]


def test_a_moderator_does_not_approve_words_that_were_changed_in_the_same_moment():
    comment = make_comment(status=Status.PENDING, body="Kind words.")
    approved, edited = at_once(
        partial(approve, Comment.objects.get(), at=NOW, by=make_moderator()),
        partial(edit, Comment.objects.get(), body="Other words.", at=NOW),
    )
    after = Comment.objects.get()
    if isinstance(approved, RewrittenError):
        assert (after.status, after.body, edited) == (Status.PENDING, "Other words.", None)
    else:
        assert (after.status, after.body) == (Status.APPROVED, "Kind words.")
        assert type(edited) is ChangedMeanwhileError
    assert len(actions_of(comment)) == 1


def test_what_its_writer_withdraws_in_the_same_moment_is_not_shown():
    comment = make_comment(status=Status.PENDING)
    approved, *_ = at_once(
        partial(approve, Comment.objects.get(), at=NOW, by=make_moderator()),
        *[partial(withdraw, Comment.objects.get(), at=NOW)] * 2,
    )
    after = Comment.objects.get()
    assert (after.status, after.withdrawn_at) == (Status.REMOVED, NOW)
    assert type(approved) is WithdrawnError or len(approved.done) == 1
    assert (
        comment.moderation_actions.order_by("-pk")[0].act,
        comment.moderation_actions.filter(act="withdrawn").count(),
    ) == ("withdrawn", 1)


def test_the_same_change_sent_twice_at_once_is_one():
    comment = make_comment(status=Status.PENDING)
    read = [Comment.objects.get() for _ in range(PEOPLE)]
    results = at_once(*(partial(edit, each, body="Other words.", at=NOW) for each in read))
    assert results == [None] * PEOPLE
    assert comment.moderation_actions.count() == 1


@pytest.mark.parametrize("headers", [{}, {"X-In-Place": "1"}])
def test_a_comment_on_an_article_that_is_deleted_in_that_moment_is_given_back(
    client, monkeypatch, headers
):
    article = make_article()
    at = timezone.now() - timedelta(minutes=1)

    def deleted_meanwhile(submission):
        type(article).objects.get(pk=article.pk).delete()
        return screen(submission)

    screen = submissions.screen
    monkeypatch.setattr(submissions, "screen", deleted_meanwhile)

    answer = client.post(
        reverse("comments:post", args=[article.slug]),
        {"token": make_token(article, at=at), "body": "My words.", "name": "", "subject": ""},
        headers={"Sec-Fetch-Site": "same-origin", **headers},
    )

    assert answer.status_code == 404
    assert "The article is no longer here." in answer.text
    assert "My words." in answer.text
    assert not Comment.objects.exists()
