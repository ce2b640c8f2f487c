"""The moderators' digest: what waits, once a day, to who may decide, until it is stopped."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from comments import mail_stops
from comments.models import Comment, Flag, MailStop, Notice
from comments.notifications import send_digests
from tests.articles.factories import make_article
from tests.comments.factories import NOW, make_comment, make_moderator
from tests.comments.mailbox import html_of, links_of, path_in, work

pytestmark = pytest.mark.django_db

Status = Comment.Status
DAY = timedelta(days=1)
ADDRESS = "ida@mail.example.org"


@pytest.fixture
def moderator():
    return make_moderator(first_name="Ida", last_name="Fenn", email=ADDRESS)


def make_pending(**fields):
    return make_comment(**{"status": Status.PENDING, **fields})


def digest(*, at=NOW):
    send_digests(at=at)
    return work(at=at)


def test_it_says_how_many_wait_and_quotes_those_that_wait_longest(moderator):
    article = make_article(headline="Heel pain")
    for number in range(7):
        make_pending(
            article=article,
            commenter_name=f"Reader {number}",
            commenter_email="secret@reader.example.org",
            body=f"Words {number} at https://evil.example/",
            created_at=NOW - timedelta(days=number),
        )
    seen = make_comment(article=article)
    Flag.objects.create(comment=seen, reason=Flag.Reason.RUDE, created_at=NOW)

    (sent,) = digest()

    assert (sent.to, sent.subject) == ([ADDRESS], "7 comments wait")
    assert sent.body.startswith(
        "7 comments wait for a moderator.\n1 comment that readers see was reported.\n"
    )
    quoted = [line for line in sent.body.splitlines() if line.startswith("> ")]
    assert quoted == [f"> Words {number} at [link]" for number in (6, 5, 4, 3, 2)]
    assert "Reader 6, March 9, Heel pain\n" in sent.body
    assert "and 2 more" in sent.body
    assert "secret@" not in sent.body + html_of(sent) + str(sent.message())
    assert {url.split("/")[2] for url in links_of(sent)} == {"testserver"}


def test_nothing_goes_when_nothing_waits(moderator):
    make_comment()
    make_comment(status=Status.SPAM)
    make_comment(status=Status.REMOVED)

    assert (digest(), Notice.objects.count()) == ([], 0)


def test_what_is_decided_before_the_mail_goes_is_not_told(moderator):
    waiting = make_pending()
    send_digests(at=NOW)
    Comment.objects.filter(pk=waiting.pk).update(status=Status.APPROVED)

    assert work(at=NOW) == []


def test_reports_alone_are_told_too(moderator):
    Flag.objects.create(comment=make_comment(), reason=Flag.Reason.RUDE, created_at=NOW)

    (sent,) = digest()

    assert sent.subject == "1 comment was reported"


def test_it_goes_once_a_day_though_asked_for_twice(moderator):
    make_pending()
    # It is still March 15 in New York, whose days are the site's.
    sent = [len(digest(at=NOW + timedelta(hours=hours))) for hours in (0, 1, 12, 24)]

    assert sent == [1, 0, 0, 1]


@pytest.mark.parametrize(
    "fields",
    [
        {"email": ""},
        {"is_active": False},
        {"is_staff": False},
        {"email": "no address"},
    ],
)
def test_it_goes_to_nobody_else(fields):
    make_pending()
    make_moderator(**{"email": ADDRESS, **fields})
    User.objects.create_user("writer", email="writer@example.org", is_staff=True)

    assert digest() == []


def test_who_may_no_longer_decide_gets_no_digest_that_was_on_its_way(moderator):
    make_pending()
    send_digests(at=NOW)
    moderator.user_permissions.clear()

    assert work(at=NOW) == []


def test_one_click_ends_it_and_a_button_begins_it_again(client, moderator, monkeypatch):
    make_pending()
    (sent,) = digest()
    path = path_in(sent, "/comments/digest/")
    assert sent.message()["List-Unsubscribe"] == f"<http://testserver{path}>"
    monkeypatch.setattr(timezone, "now", lambda: NOW)

    assert "Stop the digest?" in client.get(path).content.decode()
    assert len(digest(at=NOW + DAY)) == 1
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert digest(at=NOW + 2 * DAY) == []
    assert not mail_stops.is_stopped(ADDRESS, MailStop.Scope.COMMENTS)

    assert client.post(path, {"act": "start"})["Location"] == path
    assert len(digest(at=NOW + 3 * DAY)) == 1


@pytest.mark.parametrize("spoil", [lambda path: path[:-2] + "/", lambda path: path.upper()])
def test_a_spoiled_link_ends_nothing(client, moderator, spoil):
    make_pending()
    (sent,) = digest()
    prefix, token = path_in(sent, "/comments/digest/").rsplit("/", 2)[0:2]

    assert client.post(f"{prefix}/{spoil(token)}/").status_code == 404
    assert MailStop.objects.count() == 0


@pytest.mark.parametrize("count", [1, 4])
def test_it_takes_as_many_queries_for_any_number(count, moderator, django_assert_num_queries):
    for _number in range(count):
        make_pending()
        make_moderator(email=ADDRESS)

    with django_assert_num_queries(4):
        send_digests(at=NOW)


def test_the_command_says_how_many_are_told(moderator, capsys):
    make_pending()

    call_command("send_comment_digest")

    assert capsys.readouterr().out == "Moderators told today: 1.\n"
