"""The page on which a reader reports a comment."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from articles.models import Article
from comments.flags import REPORTS_PER_HOUR, make_token
from comments.models import Comment, Flag
from tests.articles.factories import make_article
from tests.comments.factories import NOW, make_comment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def path(comment):
    return f"/comments/{comment.pk}/report/"


def send(client, comment, *, headers=None, network="192.0.2.1", **typed):
    values = {"token": make_token(comment, at=NOW), "reason": "rude", "note": "", "topic": ""}
    values |= typed
    return client.post(path(comment), values, headers=headers, REMOTE_ADDR=network)


def send_bytes(client, comment, *, token, note):
    """What no browser sends: halves of letters and worse."""
    values = {"token": token, "reason": "rude", "note": note}
    sent = {name: value.encode("utf-8", "surrogatepass") for name, value in values.items()}
    form = "application/x-www-form-urlencoded"
    return client.post(path(comment), urlencode(sent), content_type=form)


def words(response):
    return response.content.decode()


def test_the_form_shows_the_comment_and_asks_what_is_wrong(client):
    comment = make_comment(commenter_name="A <b>", body="Drink <b>bleach</b>.")
    html = words(client.get(path(comment)))
    assert "<bdi>A &lt;b&gt;</bdi>" in html
    assert "Drink &lt;b&gt;bleach&lt;/b&gt;." in html
    assert html.count('type="radio"') == len(Flag.Reason.choices)
    assert '<meta name="robots" content="noindex">' in html


def test_a_report_is_stored_and_thanked_for(client):
    comment = make_comment()
    answer = send(client, comment, reason="unsafe", note="It is poison.\r\nReally.")
    thanks = f"/articles/{comment.article.slug}/comments/reported/"
    assert (answer.status_code, answer["Location"]) == (303, thanks)
    assert "set-cookie" not in {name.lower() for name in answer.headers}
    flag = Flag.objects.get()
    assert (flag.comment, flag.reason) == (comment, "unsafe")
    assert (flag.note, flag.created_at) == ("It is poison.\nReally.", NOW)
    assert "Thank you. The report has arrived." in words(client.get(thanks))


def test_the_same_network_is_told_that_it_is_reported_already(client):
    comment = make_comment()
    send(client, comment)
    answer = send(client, comment)
    assert answer["Location"] == f"/articles/{comment.article.slug}/comments/reported/?again"
    assert "The comment is reported already." in words(client.get(answer["Location"]))
    assert Flag.objects.count() == 1


def test_after_the_third_report_the_comment_is_gone_and_the_reader_is_thanked(client):
    comment = make_comment(body="Words to hide.")
    for last in (1, 2, 3):
        answer = send(client, comment, network=f"192.0.2.{last}")
    assert client.get(answer["Location"]).status_code == 200
    assert "Words to hide." not in words(client.get(comment.article.get_absolute_url()))
    assert client.get(comment.get_absolute_url()).status_code == 404
    assert client.get(path(comment)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"reason": ""}, "Please choose what is wrong."),
        ({"reason": "nonsense"}, "The form has no choice “nonsense”."),
        ({"reason": "other"}, "Please write down what is wrong."),
        ({"note": "x" * 501}, "This is longer than 500 characters (it has 501)."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client, typed, error):
    comment = make_comment()
    response = send(client, comment, **{"note": "", **typed})
    assert (response.status_code, Flag.objects.count()) == (200, 0)
    assert error in words(response)
    assert typed.get("note", "") in words(response)


def test_a_reason_comes_back_chosen(client):
    html = words(send(client, make_comment(), reason="other"))
    (chosen,) = re.findall("<input [^>]*checked[^>]*>", html)
    assert 'value="other"' in chosen


def test_a_report_from_another_site_is_refused_and_given_back(client):
    headers = {"Sec-Fetch-Site": "cross-site"}
    response = send(client, make_comment(), note="Typed with care.", headers=headers)
    assert (response.status_code, Flag.objects.count()) == (403, 0)
    assert "Typed with care." in words(response)


@pytest.mark.parametrize("token", ["", "x", "1:2:3", "\0", "\ud800", "é" * 5_000])
def test_a_report_without_the_forms_token_is_refused(client, token):
    response = send_bytes(client, make_comment(), token=token, note="Mine.")
    assert (response.status_code, Flag.objects.count()) == (403, 0)
    assert "Mine." in words(response)


def test_the_token_of_another_comment_is_none(client):
    response = send(client, make_comment(), token=make_token(make_comment(), at=NOW))
    assert (response.status_code, Flag.objects.count()) == (403, 0)


def test_a_form_that_was_open_for_more_than_a_day_is_sent_once_more(client):
    comment = make_comment()
    old = make_token(comment, at=NOW - timedelta(hours=25))
    response = send(client, comment, token=old, note="Kept.")
    assert (response.status_code, Flag.objects.count()) == (200, 0)
    assert "open for more than a day" in words(response)
    assert "Kept." in words(response)


def test_a_network_that_reports_too_much_is_told(client):
    for _ in range(REPORTS_PER_HOUR):
        send(client, make_comment())
    response = send(client, make_comment(), note="Kept.")
    assert (response.status_code, Flag.objects.count()) == (429, REPORTS_PER_HOUR)
    assert "Kept." in words(response)


@pytest.mark.parametrize("status", [Comment.Status.PENDING, Comment.Status.SPAM, "removed"])
def test_what_is_not_shown_cannot_be_reported(client, status):
    comment = make_comment(status=status, body="Hidden words.")
    assert client.get(path(comment)).status_code == 404
    response = send(client, comment, note="Typed.")
    assert (response.status_code, Flag.objects.count()) == (404, 0)
    assert "Typed." in words(response)
    assert "Hidden words." not in words(response)


def test_an_article_that_is_not_public_has_no_page_for_reports(client):
    comment = make_comment(article=make_article(status=Article.Status.DRAFT, slug="draft"))
    assert client.get(path(comment)).status_code == 404
    assert client.get("/articles/draft/comments/reported/").status_code == 404


@pytest.mark.parametrize(
    ("note", "kept"),
    [("a\0b", "ab"), ("\x1b\ufffe", ""), ("a\ud800b", "a\ufffd\ufffd\ufffdb")],
)
def test_what_no_database_could_hold_is_left_out_of_a_note(client, note, kept):
    comment = make_comment()
    send_bytes(client, comment, token=make_token(comment, at=NOW), note=note)
    assert Flag.objects.get().note == kept


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(path(make_comment())).status_code == 405


def test_a_page_takes_as_many_queries_in_a_long_thread(client, django_assert_num_queries):
    comment = make_comment()
    for _ in range(5):
        make_comment(parent=comment)
    client.get(path(comment))
    with django_assert_num_queries(1):
        client.get(path(comment))
