"""Comments that go with their article while somebody acts on them: each is told so in words."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from comments import banning, flags, links, moderation, notifications, proving
from comments.editing import edit, withdraw
from comments.links import Purpose
from comments.models import Comment, Flag, MailStop, ModerationAction, Notice
from comments.own import OwnComment
from tests.articles.factories import make_article
from tests.comments.factories import NOW, make_comment, make_moderator

pytestmark = pytest.mark.django_db

OWN = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
Status = Comment.Status
LOST = "This comment is no longer there."


@pytest.fixture
def desk(client):
    moderator = make_moderator()
    moderator.user_permissions.add(Permission.objects.get(codename="add_ban"))
    client.force_login(moderator)
    return client


@pytest.fixture
def gone_at(monkeypatch):
    """Let the articles be deleted when this function is called: a view has read its comment."""

    def at(name):
        module, _dot, attribute = name.rpartition(".")
        real = getattr(import_module(module), attribute)

        def delete_first(*args, **kwargs):
            Article.objects.all().delete()
            return real(*args, **kwargs)

        monkeypatch.setattr(name, delete_first)

    return at


@pytest.fixture
def lost():
    """A comment as somebody has read it, whose row is gone."""
    comment = make_comment(status=Status.PENDING, network_key="0" * 64)
    Comment.objects.get(pk=comment.pk).article.delete()
    return comment


def nothing_is_left():
    return not any(
        model.objects.exists() for model in (Comment, ModerationAction, Flag, Notice, MailStop)
    )


@pytest.mark.parametrize("decide", [moderation.approve, moderation.mark_spam, moderation.remove])
def test_a_decision_about_it_is_refused(lost, decide):
    with pytest.raises(Comment.DoesNotExist):
        decide(lost, at=NOW, by=make_moderator())
    assert nothing_is_left()


@pytest.mark.parametrize("act", [moderation.close_thread, moderation.reopen_thread])
def test_to_close_it_is_refused(lost, act):
    with pytest.raises(Comment.DoesNotExist):
        act(lost, at=NOW, by=make_moderator())


@pytest.mark.parametrize("ban", [banning.ban_address, banning.ban_network])
def test_a_ban_from_it_is_refused(lost, ban):
    with pytest.raises(Comment.DoesNotExist):
        ban(lost, reason="Sells gel.", at=NOW, by=make_moderator())
    assert nothing_is_left()


def test_of_many_decided_at_once_the_others_are_decided(lost):
    other = make_comment(status=Status.PENDING)
    decisions = moderation.decide_many([lost, other], "approved", at=NOW, by=make_moderator())
    assert (decisions.done, decisions.count()) == ([other], 1)


def test_its_writer_can_neither_change_nor_withdraw_it(lost):
    for act in (lambda: edit(lost, body="Other.", at=NOW), lambda: withdraw(lost, at=NOW)):
        with pytest.raises(Comment.DoesNotExist):
            act()
    assert nothing_is_left()


@pytest.mark.parametrize("ask", [notifications.ask_for_proof, notifications.send_about_link])
def test_nobody_is_mailed_about_it(lost, ask):
    ask(lost, at=NOW)
    assert nothing_is_left()


@pytest.mark.parametrize("act", ["edit", "withdraw"])
def test_the_page_of_its_writer_says_so_and_keeps_the_words(client, gone_at, act):
    comment = make_comment()
    token = links.make_token(Purpose.WRITER, comment, at=timezone.now())
    own = OwnComment(comment, Purpose.WRITER, token)
    gone_at("comments.writer_views.comes_from_this_site")
    values = {"act": act, "seen": own.seen, "body": "Typed with care."}
    response = client.post(own.url, values, headers=OWN)
    assert response.status_code == 404
    assert "the comment is gone" in response.content.decode()
    assert "Typed with care." in response.content.decode()


def test_a_report_about_it_says_so_and_keeps_the_note(client, gone_at):
    comment = make_comment()
    token = flags.make_token(comment, at=timezone.now() - timedelta(minutes=1))
    gone_at("comments.flag_views.network_of")
    values = {"token": token, "reason": "rude", "note": "Typed with care.", "topic": ""}
    response = client.post(f"/comments/{comment.pk}/report/", values)
    assert response.status_code == 404
    assert "no longer shown" in response.content.decode()
    assert "Typed with care." in response.content.decode()


@pytest.mark.parametrize(
    ("act", "called"),
    [
        ("prove", "comments.proving.prove"),
        ("again", "comments.mail_views.network_of"),
        ("disown", "comments.proving.disown"),
    ],
)
def test_the_page_that_proves_an_address_says_so(client, gone_at, act, called):
    comment = make_comment()
    token = links.make_token(Purpose.PROOF, comment, at=timezone.now())
    address = reverse("comments:proof", args=[token])
    seen = proving.seen_of(comment)
    gone_at(called)
    response = client.post(address, {"act": act, "seen": seen}, follow=True)
    assert nothing_is_left()
    assert response.status_code == 404
    assert "This link leads nowhere" in response.content.decode()


def test_the_page_of_news_says_so(client, gone_at):
    comment = make_comment()
    token = links.make_token(Purpose.WRITER, comment, at=timezone.now())
    gone_at("comments.mail_views.network_of")
    address = reverse("comments:notify", args=[token])
    response = client.post(address, {"wants_replies": "on"}, follow=True)
    assert response.status_code == 404
    assert nothing_is_left()


@pytest.mark.parametrize("do", ["approve", "answer", "spam", "remove", "close", "ban_address"])
def test_the_queue_says_so_and_keeps_the_answer(desk, gone_at, do):
    comment = make_comment(status=Status.PENDING)
    gone_at("comments.admin.queue_acts.seen_of")
    address = reverse("admin:comments_comment_queue")
    values = {"do": do, "reason": "rude", "ban_reason": "Sells gel."}
    if do in {"approve", "answer"}:
        values["answer"] = "Typed with care."
    response = desk.post(f"{address}?comment={comment.pk}", values)
    assert response.status_code == 409
    page = response.content.decode()
    assert LOST in page
    assert values.get("answer", "") in page


def test_the_queue_says_when_some_of_many_are_gone(desk):
    comment, lost = make_comment(status=Status.PENDING), make_comment(status=Status.PENDING)
    Article.objects.get(pk=lost.article_id).delete()
    ticked = [f"{row.pk}:pending@" for row in (comment, lost)]
    values = {"do": "many_approve", "ticked": ticked}
    response = desk.post(reverse("admin:comments_comment_queue"), values, follow=True)
    assert "Some are no longer there." in response.content.decode()
    assert Comment.objects.get().status == Status.APPROVED


def test_the_list_says_when_some_are_gone(desk):
    comment, lost = make_comment(status=Status.PENDING), make_comment(status=Status.PENDING)
    Article.objects.get(pk=lost.article_id).delete()
    values = {"action": "approve_selected", "_selected_action": [comment.pk, lost.pk]}
    response = desk.post(reverse("admin:comments_comment_changelist"), values, follow=True)
    assert "Some are no longer there." in response.content.decode()
    assert Comment.objects.get().status == Status.APPROVED


def test_the_page_of_a_comment_says_so_and_keeps_the_answer(desk, gone_at):
    comment = make_comment(article=make_article(), status=Status.PENDING)
    gone_at("comments.admin.comments.seen_of")
    address = reverse("admin:comments_comment_change", args=[comment.pk])
    values = {"_approve": "1", "seen": "pending@", "answer": "Typed with care."}
    response = desk.post(address, values)
    assert response.status_code == 200
    assert LOST in response.content.decode()
    assert "Typed with care." in response.content.decode()
