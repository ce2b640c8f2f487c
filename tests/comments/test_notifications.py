"""Who is told of what: once, while it is still true, and only who wants to know."""

from datetime import timedelta
from smtplib import (
    SMTPConnectError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from articles.models import Article
from comments import mail_stops, moderation
from comments.delivery import NotSentError, deliver
from comments.models import Comment, MailStop, Notice
from comments.notifications import (
    PATIENCE,
    ask_for_proof,
    send_about_link,
    tell_of_decisions,
    tell_of_public,
)
from comments.tasks import PAUSES, send_notices
from comments.undoing import undo
from tests.articles.factories import make_article
from tests.comments.factories import NOW, make_comment, make_moderator
from tests.comments.mailbox import html_of, links_of, work

pytestmark = pytest.mark.django_db

Status = Comment.Status
SOON = NOW + timedelta(hours=1)
LATER = SOON + PATIENCE
MINUTE = timedelta(minutes=1)


def make_waiting(**fields):
    """A comment whose writer has proven the address and wants to hear of everything."""
    defaults = {
        "status": Status.PENDING,
        "commenter_email": "Ann@mail.example.org",
        "proven_at": NOW,
        "wants_decision": True,
        "wants_replies": True,
    }
    article = fields.pop("article", None) or make_article(headline="Heel pain")
    return make_comment(article=article, **{**defaults, **fields})


@pytest.fixture
def moderator():
    return make_moderator(first_name="Ida", last_name="Fenn")


def test_of_an_approval_its_writer_is_told_when_a_slip_could_be_undone_no_more(moderator):
    comment = make_waiting()

    moderation.approve(comment, at=SOON, by=moderator)

    assert work(at=LATER - MINUTE) == []
    (sent,) = work(at=LATER)
    assert sent.to == ["Ann@mail.example.org"]
    assert sent.subject == "Your comment is published: Heel pain"
    assert f"http://testserver{comment.get_absolute_url()}" in links_of(sent)


def test_the_headers_are_those_of_mail_that_nobody_typed_and_that_one_click_ends(moderator):
    comment = make_waiting()
    moderation.approve(comment, at=SOON, by=moderator)
    (sent,) = work(at=LATER)

    headers = sent.message()

    moment = "20260315T130000000000"
    assert headers["Message-ID"] == f"<decision.{comment.pk}.{moment}@testserver>"
    assert headers["In-Reply-To"] == headers["References"] == f"<comment.{comment.pk}@testserver>"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (stop,) = {url for url in links_of(sent) if "/comments/mail/" in url}
    assert headers["List-Unsubscribe"] == f"<{stop}>"
    assert headers.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in headers.get_payload()] == [
        "text/plain",
        "text/html",
    ]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("rude", "It attacks somebody instead of what they say."),
        ("See <b>https://evil.example/x</b> & co", "See <b>[link] & co"),
    ],
)
def test_of_a_removal_its_writer_is_told_with_the_reason(moderator, reason, words):
    moderation.remove(make_waiting(), at=SOON, by=moderator, reason=reason)

    (sent,) = work(at=LATER)

    assert sent.subject == "Your comment was not published: Heel pain"
    assert f"The reason: {words}\n" in sent.body
    assert "<b>" not in html_of(sent)
    assert all(url.startswith("http://testserver/") for url in links_of(sent))


def test_of_a_removal_of_what_readers_saw_its_writer_is_told_so(moderator):
    comment = make_waiting(status=Status.APPROVED)

    moderation.remove(comment, at=SOON, by=moderator)

    (sent,) = work(at=LATER)
    assert sent.subject == "Your comment was removed: Heel pain"
    assert sent.body.startswith("A moderator has removed your comment below “Heel pain”.\n\nYou")


def test_of_spam_nobody_is_told(moderator):
    moderation.mark_spam(make_waiting(), at=SOON, by=moderator)

    assert (work(at=LATER), Notice.objects.filter(sent_at=None).count()) == ([], 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"wants_decision": False},
        {"proven_at": None},
        {"commenter_email": ""},
    ],
)
def test_of_a_decision_nobody_is_told_who_did_not_ask_or_is_not_known(moderator, fields):
    moderation.approve(make_waiting(**fields), at=SOON, by=moderator)

    assert (work(at=LATER), Notice.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "change",
    [
        {"commenter_email": ""},
        {"proven_at": None},
        {"wants_decision": False},
        {"withdrawn_at": SOON, "status": Status.REMOVED},
    ],
)
def test_what_changes_before_the_mail_goes_counts(moderator, change):
    comment = make_waiting()
    moderation.approve(comment, at=SOON, by=moderator)

    Comment.objects.filter(pk=comment.pk).update(**change)

    assert work(at=LATER) == []


def test_nothing_is_said_of_an_article_that_was_withdrawn(moderator):
    comment = make_waiting()
    moderation.approve(comment, at=SOON, by=moderator)

    Article.objects.update(status=Article.Status.WITHDRAWN)

    assert work(at=LATER) == []


def test_a_decision_that_is_undone_is_not_told_and_the_next_one_is(moderator):
    comment = make_waiting()
    decided = moderation.approve(comment, at=SOON, by=moderator)
    undo(decided.batch, at=SOON + MINUTE, by=moderator)
    assert work(at=LATER) == []

    comment.refresh_from_db()
    moderation.remove(comment, at=LATER, by=moderator)

    (sent,) = work(at=LATER + PATIENCE)
    assert sent.subject == "Your comment was not published: Heel pain"


def test_a_decision_that_is_rolled_back_leaves_nothing_behind(moderator):
    comment = make_waiting()

    with transaction.atomic():
        moderation.approve(comment, at=SOON, by=moderator)
        transaction.set_rollback(True)

    assert (Notice.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_whoever_stopped_all_mail_gets_none(moderator):
    comment = make_waiting()
    moderation.approve(comment, at=SOON, by=moderator)
    ask_for_proof(make_waiting(article=comment.article, proven_at=None), at=SOON)

    mail_stops.stop("ann@MAIL.example.org", MailStop.Scope.COMMENTS, at=SOON)

    assert work(at=LATER) == []


def test_an_answer_with_its_approval_is_one_mail(moderator):
    comment = make_waiting()

    reply = moderation.answer(comment, body="Rest it.\n\nThen walk.", at=SOON, by=moderator)

    (sent,) = work(at=LATER)
    assert sent.subject == "Reply to your comment: Heel pain"
    assert "Ida Fenn, an editor, answered your comment below “Heel pain”:" in sent.body
    assert "\n> Rest it.\n>\n> Then walk.\n" in sent.body
    assert f"http://testserver{reply.get_absolute_url()}" in links_of(sent)


def test_an_answer_that_is_undone_leaves_its_approval_to_be_told_if_that_stands(moderator):
    comment = make_waiting()
    reply = moderation.answer(comment, body="Rest it.", at=SOON, by=moderator)
    Comment.objects.filter(pk=reply.pk).update(status=Status.REMOVED)

    (sent,) = work(at=LATER)

    assert sent.subject == "Your comment is published: Heel pain"


def test_a_reply_is_told_when_it_becomes_public(moderator):
    comment = make_waiting(status=Status.APPROVED)
    reply = make_comment(parent=comment, status=Status.PENDING, commenter_name="Bo")
    assert work(at=LATER) == []

    moderation.approve(reply, at=SOON, by=moderator)

    (sent,) = work(at=LATER)
    assert sent.to == ["Ann@mail.example.org"]
    assert "Bo answered your comment below “Heel pain”:" in sent.body


def test_a_reply_that_no_moderator_had_to_see_is_told_too():
    comment = make_waiting(status=Status.APPROVED)
    reply = make_comment(parent=comment)

    tell_of_public(reply, at=SOON)

    assert [sent.to for sent in work(at=LATER)] == [["Ann@mail.example.org"]]


@pytest.mark.parametrize(
    ("of_comment", "of_reply"),
    [
        ({}, {"commenter_email": "ANN@mail.example.org"}),
        ({"wants_replies": False}, {}),
        ({"proven_at": None}, {}),
        ({"status": Status.PENDING}, {}),
        ({}, {"status": Status.PENDING}),
    ],
)
def test_a_reply_is_not_told(of_comment, of_reply):
    comment = make_waiting(**{"status": Status.APPROVED, **of_comment})
    reply = make_comment(parent=comment, **of_reply)

    tell_of_public(reply, at=SOON)

    assert (work(at=LATER), Notice.objects.count()) == ([], 0)


def test_a_reply_removed_within_minutes_is_not_told_until_it_is_back(moderator):
    comment = make_waiting(status=Status.APPROVED)
    reply = make_comment(parent=comment, status=Status.PENDING)
    moderation.approve(reply, at=SOON, by=moderator)
    moderation.remove(reply, at=SOON + MINUTE, by=moderator)
    assert work(at=LATER) == []

    moderation.approve(reply, at=LATER, by=moderator)
    assert len(work(at=LATER + PATIENCE)) == 1

    moderation.remove(reply, at=LATER + PATIENCE, by=moderator)
    moderation.approve(reply, at=LATER + 2 * PATIENCE, by=moderator)
    assert work(at=LATER + 4 * PATIENCE) == []


def test_nothing_that_anybody_typed_becomes_markup_a_header_or_a_link(moderator):
    article = make_article(headline="Heel\r\nBcc: all@example.org <i>pain</i>", slug="heel")
    comment = make_waiting(article=article, status=Status.APPROVED)
    reply = make_comment(
        parent=comment,
        status=Status.PENDING,
        commenter_name="<img src=x>\u202eBcc: x www.evil.example",
        body="<script>1</script> HTTPS://evil.example/a www.evil.example evil.example/b\n"
        "mail bo@evil.example",
    )
    moderation.approve(reply, at=SOON, by=moderator)

    (sent,) = work(at=LATER)

    assert sent.subject == "Reply to your comment: Heel Bcc: all@example.org <i>pain</i>"
    assert sent.message()["Bcc"] is None
    assert sent.recipients() == ["Ann@mail.example.org"]
    assert "<img src=x>Bcc: x [link] answered" in sent.body
    assert "> <script>1</script> [link] [link] [link]\n> mail [link]\n" in sent.body
    html = html_of(sent)
    assert ("<script" in html, "<img" in html, "<i>" in html, "evil" in html) == (False,) * 4
    assert {url.split("/")[2] for url in links_of(sent)} == {"testserver"}
    assert html.count("<a ") == html.count('href="http://testserver/')


def test_the_link_to_what_is_kept_goes_to_an_address_that_nobody_has_proven():
    comment = make_waiting(proven_at=None, commenter_name="Buy now", body="Buy now")

    send_about_link(comment, at=SOON)
    send_about_link(comment, at=SOON + MINUTE)

    (sent,) = work(at=SOON + MINUTE)
    assert (sent.to, sent.subject) == (["Ann@mail.example.org"], "What AcuTake keeps about you")
    assert "Buy" not in str(sent.message()) + sent.body + html_of(sent)
    assert len([url for url in links_of(sent) if "/comments/about-you/" in url]) == 1


def test_every_script_survives_and_a_name_turns_no_sentence_around(moderator):
    name, words = "د. عمر الفارسي", "नमस्ते 👩🏽‍⚕️ e\u0301 \u200dجيد\nשלום 🦶"
    comment = make_waiting(status=Status.APPROVED)
    reply = make_comment(parent=comment, status=Status.PENDING, commenter_name=name, body=words)
    moderation.approve(reply, at=SOON, by=moderator)

    (sent,) = work(at=LATER)

    plain, html = (part.get_payload(decode=True).decode() for part in sent.message().get_payload())
    assert "> " + words.replace("\n", "\n> ") in plain
    assert f"<bdi>{name}</bdi> answered" in html
    assert words.replace("\n", "<br>") in html


def test_the_mail_to_an_unproven_address_holds_nothing_that_its_sender_typed():
    comment = make_waiting(
        proven_at=None, commenter_name="Buy now", body="Buy at https://evil.example"
    )

    ask_for_proof(comment, at=SOON)

    (sent,) = work(at=SOON)
    assert sent.subject == "Please confirm your e-mail address"
    assert "Buy" not in str(sent.message()) + sent.body + html_of(sent)
    assert "- replies to your comment\n" in sent.body


def test_the_link_that_proves_is_mailed_once_an_hour():
    comment = make_waiting(proven_at=None)
    for minutes in (0, 1, 59):
        ask_for_proof(comment, at=SOON + minutes * MINUTE)
    assert len(work(at=SOON + timedelta(minutes=59))) == 1

    ask_for_proof(comment, at=SOON + timedelta(hours=1))

    assert len(work(at=SOON + timedelta(hours=1))) == 1


@pytest.mark.parametrize("fields", [{"commenter_email": ""}, {"proven_at": NOW}])
def test_no_proof_is_asked_for_where_none_is_lacking(fields):
    ask_for_proof(make_waiting(**{"proven_at": None, **fields}), at=SOON)

    assert DBTaskResult.objects.count() == 0


@pytest.mark.parametrize(
    "address", ["ann at example\ncom", "ann", f"ann@{'ü' * 60}.example", "ann@a..example"]
)
def test_an_address_that_no_mail_server_knows_how_to_reach_gets_no_mail(address):
    comment = make_waiting(proven_at=None)
    Comment.objects.update(commenter_email=address)
    comment.refresh_from_db()

    ask_for_proof(comment, at=SOON)

    assert work(at=SOON) == []


def test_run_twice_a_task_sends_once(moderator):
    moderation.approve(make_waiting(), at=SOON, by=moderator)
    (notice,) = Notice.objects.all()

    assert [deliver(notice.key, at=LATER) for _run in range(2)] == [True, False]

    assert len(mail.outbox) == 1


def test_of_two_workers_at_once_one_sends(moderator, monkeypatch):
    """The second one has found the notice unsent as well, before the first one took it."""
    moderation.approve(make_waiting(), at=SOON, by=moderator)
    (notice,) = Notice.objects.all()
    runs = []
    send = EmailBackend.send_messages

    def slow_send(backend, messages):
        runs.append(deliver(notice.key, at=LATER))
        return send(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", slow_send)

    assert (deliver(notice.key, at=LATER), runs, len(mail.outbox)) == (True, [False], 1)


@pytest.fixture
def broken_server(monkeypatch):
    """A function that lets every mail fail with an error, or none."""

    def let_fail(error):
        def fail(backend, messages):
            raise error

        monkeypatch.setattr(EmailBackend, "send_messages", fail)

    return let_fail


def test_what_the_server_did_not_take_is_sent_when_it_does(moderator, broken_server, monkeypatch):
    moderation.approve(make_waiting(), at=SOON, by=moderator)
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", _refuse_all)
        assert work(at=LATER) == []
        assert Notice.objects.get().sent_at is None

    assert work(at=LATER + PAUSES[0] - MINUTE) == []
    assert len(work(at=LATER + PAUSES[0])) == 1


def _refuse_all(backend, messages):
    raise SMTPServerDisconnected("Not now, ann@mail.example.org.")


def test_a_server_that_is_down_for_days_fails_the_task_without_the_address(
    moderator, broken_server, caplog
):
    moderation.approve(make_waiting(), at=SOON, by=moderator)
    (notice,) = Notice.objects.all()
    broken_server(SMTPServerDisconnected("Not now, ann@mail.example.org."))

    with pytest.raises(NotSentError) as failed:
        send_notices.func([notice.key], len(PAUSES))

    assert str(failed.value) == notice.key
    assert "example.org" not in "".join(
        [caplog.text, str(failed.value.__cause__), repr(failed.value)]
    )
    assert f"Notice {notice.key} was not sent: SMTPServerDisconnected" in caplog.text


@pytest.mark.parametrize(
    ("error", "tries"),
    [
        (SMTPServerDisconnected("Bye"), 1),
        (TimeoutError(), 1),
        (SMTPConnectError(421, b"Too busy"), 1),
        (SMTPDataError(451, b"Not this one"), 3),
        (SMTPRecipientsRefused({"ann@mail.example.org": (450, b"Come back")}), 3),
    ],
)
def test_a_server_that_is_down_is_asked_once_for_all(moderator, monkeypatch, error, tries):
    comments = [make_waiting() for _number in range(3)]
    moderation.decide_many(comments, Status.APPROVED, at=SOON, by=moderator)
    tried = []

    def fail(backend, messages):
        tried.append(messages)
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", fail)
        work(at=LATER)

    assert len(tried) == tries
    assert len(work(at=LATER + PAUSES[0])) == 3


def test_an_address_that_its_server_does_not_know_is_not_tried_again(moderator, broken_server):
    moderation.approve(make_waiting(), at=SOON, by=moderator)
    broken_server(SMTPRecipientsRefused({"ann@mail.example.org": (550, b"No such user")}))

    assert work(at=LATER) == []

    assert DBTaskResult.objects.ready().count() == 0


def test_a_notice_that_breaks_its_task_takes_no_other_mail_with_it(moderator, monkeypatch):
    first, second = make_waiting(), make_waiting(commenter_email="bo@mail.example.org")
    moderation.decide_many([first, second], Status.APPROVED, at=SOON, by=moderator)
    broken = Notice.objects.get(comment=first)
    # A kind that no release knows any more.
    Notice.objects.filter(pk=broken.pk).update(kind="other")
    keys = [broken.key, Notice.objects.get(comment=second).key]

    DBTaskResult.objects.all().delete()

    with pytest.raises(KeyError):
        send_notices.func(keys)

    assert [sent.to for sent in work(at=LATER)] == [["bo@mail.example.org"]]


def test_a_notice_that_is_gone_is_not_sent():
    assert deliver("decision:1:2", at=NOW) is False


@pytest.mark.parametrize("count", [1, 7])
def test_to_tell_of_many_decisions_takes_as_many_queries(
    count, moderator, django_assert_num_queries
):
    article = make_article()
    parent = make_waiting(article=article, status=Status.APPROVED)
    decided = [
        make_waiting(article=article, parent=parent, status=Status.APPROVED, decided_at=SOON)
        for _number in range(count)
    ]
    Comment.objects.filter(pk=parent.pk).update(commenter_email="other@example.org")

    with django_assert_num_queries(3):
        tell_of_decisions(decided, at=SOON)

    assert Notice.objects.count() == 2 * count
