"""The worker and the mailboxes, for tests: the queue as it stands at a moment, and the mails."""

import re
from datetime import datetime
from unittest import mock

from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

URL = re.compile(r"[a-z]+://[^\s\"<>]+|www\.\S+", re.IGNORECASE)


def work(*, at: datetime) -> list:
    """Run all tasks that are due at `at`, as a worker would; the mails that went out by it."""
    before = len(mail.outbox)
    with mock.patch.object(timezone, "now", return_value=at):
        while row := DBTaskResult.objects.ready().order_by("enqueued_at").first():
            row.claim("worker")
            row.set_successful(row.task.func(*row.args_kwargs["args"]))
    return mail.outbox[before:]


def html_of(sent) -> str:
    (alternative,) = sent.alternatives
    assert alternative.mimetype == "text/html"
    return alternative.content


def links_of(sent) -> set[str]:
    """Every address in the words of the mail, plain and HTML."""
    return {url for words in (sent.body, html_of(sent)) for url in URL.findall(words)}


def path_in(sent, part: str) -> str:
    """The path of the mail's one link with `part` in it."""
    (path,) = {url.removeprefix("http://testserver") for url in links_of(sent) if part in url}
    return path
