"""Against a server on this machine that answers as Akismet documents it."""

import logging
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest
from django_tasks_db.models import DBTaskResult

from comments import moderation
from comments.models import ModerationAction
from comments.screening import akismet, tasks
from comments.submissions import make_token, submit
from tests.articles.factories import make_article
from tests.comments.factories import NOW, make_comment, make_moderator
from tests.comments.screening.factories import make_submission

pytestmark = pytest.mark.django_db


class Server(HTTPServer):
    """Remembers what was asked; `answer` is (status, headers, body)."""

    answer = (200, {}, b"false")

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked = []


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append((self.path, parse_qs(body)))
        status, headers, answer = self.server.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        """Nothing."""


@contextmanager
def serving(server):
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def server(settings, monkeypatch):
    settings.AKISMET_KEY = "secret"
    settings.SITE_URL = "https://site.example"
    with serving(Server()) as running:
        monkeypatch.setattr(akismet, "SERVER", f"http://127.0.0.1:{running.server_port}/1.1")
        yield running


def waiting(**fields):
    comment = make_comment(**{"status": "pending"} | fields)
    akismet.keep_network(comment, "198.51.100.7")
    return comment


def ask(comment):
    tasks.ask_akismet.func(comment.pk)
    comment.refresh_from_db()
    return comment.status, comment.screening


def test_what_is_sent_is_what_the_form_says(server):
    article = make_article(slug="heel")
    comment = waiting(
        article=article, commenter_name="Bramble", commenter_email="b@example.org", body="Hm."
    )
    ask(comment)
    path, fields = server.asked[0]
    assert path == "/1.1/comment-check"
    assert {name: value for name, (value,) in fields.items()} == {
        "api_key": "secret",
        "blog": "https://site.example/",
        "user_ip": "198.51.100.7",
        "permalink": "https://site.example/articles/heel/",
        "comment_type": "comment",
        "comment_author": "Bramble",
        "comment_author_email": "b@example.org",
        "comment_content": "Hm.",
        "comment_date_gmt": comment.created_at.isoformat(),
        "blog_charset": "UTF-8",
    }


def test_what_it_has_nothing_against_stays_as_it_is(server):
    assert ask(waiting()) == ("pending", [])
    assert ask(waiting(status="approved")) == ("approved", [])
    assert not ModerationAction.objects.exists()


def test_what_it_takes_for_spam_is_held(server):
    server.answer = (200, {}, b"true")
    assert ask(waiting()) == ("pending", [{"code": "akismet"}])
    assert ask(waiting(status="approved")) == ("pending", [{"code": "akismet"}])
    action = ModerationAction.objects.get()
    assert (action.act, action.from_status, action.to_status) == ("screened", "approved", "pending")


def test_what_it_is_sure_of_is_marked_as_spam(server):
    server.answer = (200, {"X-akismet-pro-tip": "discard"}, b"true")
    assert ask(waiting()) == ("spam", [{"code": "akismet_sure"}])


def test_asked_twice_it_says_it_once(server):
    server.answer = (200, {}, b"true")
    comment = waiting()
    ask(comment)
    assert ask(comment) == ("pending", [{"code": "akismet"}])
    assert len(server.asked) == 1


def test_what_a_moderator_decided_is_not_asked(server):
    server.answer = (200, {"X-akismet-pro-tip": "discard"}, b"true")
    comment = waiting(status="approved", decided_by=make_moderator(), decided_at=NOW)
    assert ask(comment) == ("approved", [])
    assert server.asked == []


@pytest.mark.parametrize(
    "answer",
    [
        (200, {}, b"invalid"),
        (200, {}, b""),
        (200, {}, b"\xff" * 100_000),
        (500, {}, b"true"),
        (302, {"Location": "http://127.0.0.1:9/"}, b"true"),
    ],
)
def test_what_is_no_answer_changes_nothing_and_is_tried_again(server, answer, caplog):
    server.answer = answer
    with caplog.at_level(logging.DEBUG):
        assert ask(waiting(commenter_email="b@example.org")) == ("pending", [])
    assert DBTaskResult.objects.filter(task_path__endswith="ask_akismet").count() == 1
    records = [each.getMessage() for each in caplog.records if each.name != "django.db.backends"]
    assert [line for line in records if "b@example.org" in line or "secret" in line] == []


def test_a_server_that_is_away_is_given_up_in_the_end(settings, monkeypatch):
    settings.AKISMET_KEY = "secret"
    monkeypatch.setattr(akismet, "SERVER", "http://127.0.0.1:9/1.1")
    comment = waiting()
    tasks.ask_akismet.func(comment.pk, len(tasks.PAUSES))
    assert not DBTaskResult.objects.exists()


def test_without_its_network_or_its_words_it_is_not_asked(server):
    assert ask(make_comment(status="pending")) == ("pending", [])
    assert ask(waiting(body="")) == ("pending", [])
    assert tasks.ask_akismet.func(10**9) is False
    assert server.asked == []


def posted(article, **fields):
    token = make_token(article, at=NOW)
    return submit(make_submission(article=article, **fields), token=token)


def test_a_comment_is_asked_about_by_a_worker_and_its_task_holds_its_number_alone(server):
    comment = posted(make_article())
    task = DBTaskResult.objects.get(task_path__endswith="ask_akismet")
    assert task.args_kwargs == {"args": [comment.pk], "kwargs": {}}
    assert server.asked == []
    ask(comment)
    assert server.asked[0][1]["user_ip"] == ["198.51.100.7"]


def test_what_is_spam_already_is_not_asked_about(server):
    posted(make_article(), is_trapped=True)
    assert not DBTaskResult.objects.filter(task_path__endswith="ask_akismet").exists()


@pytest.mark.parametrize(
    ("decide", "path"),
    [
        (moderation.mark_spam, "/1.1/submit-spam"),
        (moderation.approve, "/1.1/submit-ham"),
        (moderation.remove, None),
    ],
)
def test_it_is_told_what_moderators_decide(server, decide, path):
    comment = waiting()
    decide(comment, at=NOW, by=make_moderator())
    for task in DBTaskResult.objects.filter(task_path__endswith="tell_akismet"):
        tasks.tell_akismet.func(*task.args_kwargs["args"])
    assert [asked for asked, _fields in server.asked] == ([path] if path else [])


def test_turned_off_nothing_is_queued_kept_or_asked(settings):
    settings.AKISMET_KEY = ""
    comment = posted(make_article())
    moderation.mark_spam(comment, at=NOW, by=make_moderator())
    assert not DBTaskResult.objects.exists()
    assert tasks.ask_akismet.func(comment.pk) is False
    assert tasks.tell_akismet.func(comment.pk, "submit-spam") is False


@pytest.mark.parametrize("key", ["", "secret"])
def test_the_form_says_whom_it_is_sent_to(client, settings, key):
    settings.AKISMET_KEY = key
    page = client.get(make_article().get_absolute_url()).content.decode()
    assert ("it is sent to Akismet" in page) == bool(key)
    assert ("Only the moderators see it" in page) != bool(key)
