"""What the moderators' queue takes in the connected database: each shelf, and a decision."""

from datetime import datetime, timedelta
from functools import partial

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from articles.models import Article
from comments.decision_forms import seen_of
from comments.models import Comment
from comments.queue import SHELVES
from tests.benchmarks.measure_search import STORAGES
from tests.benchmarks.timing import get, spent_by, statements_of

COMMENTS = 100_000
WAITING = 2_000
ARTICLES = 200
WRITERS = 20_000
BATCH = 5_000
WARM_UP = 3
PAGES = 20
DECISIONS = 60
APART = timedelta(minutes=10)
QUEUE = "/admin/comments/comment/queue/"


def main() -> dict[str, dict]:
    call_command("migrate", verbosity=0)
    call_command("flush", verbosity=0, interactive=False)
    _fill()
    client = Client()
    client.force_login(User.objects.create_superuser("moderator"))
    with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=STORAGES):
        found = {shelf: _look(client, f"{QUEUE}?shelf={shelf}") for shelf in SHELVES}
        return found | {"decision": _decide(client)}


def _fill() -> None:
    """The last comment came just now."""
    began_at = timezone.now() - COMMENTS * APART
    articles = [
        Article.objects.create(
            headline=f"Article {number}",
            slug=f"article-{number}",
            body="<p>Words.</p>",
            status=Article.Status.PUBLISHED,
            published_at=began_at,
        )
        for number in range(ARTICLES)
    ]
    for first in range(0, COMMENTS, BATCH):
        numbers = range(first, first + BATCH)
        Comment.objects.bulk_create(_comment(number, articles, began_at) for number in numbers)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _comment(number: int, articles: list[Article], began_at: datetime) -> Comment:
    """The last ones wait; of the others one in twenty is spam. Every third asks something."""
    is_waiting = number >= COMMENTS - WAITING
    status = Comment.Status.APPROVED if number % 20 else Comment.Status.SPAM
    at = began_at + number * APART
    link = " See https://example.org/." if number % 10 == 0 else ""
    return Comment(
        article=articles[number % ARTICLES],
        commenter_name=f"Reader {number % WRITERS}",
        commenter_email=f"reader{number % WRITERS}@example.org" if number % 5 else "",
        network_key=f"{number % WRITERS:064d}",
        body=f"Words of comment {number}{'?' if number % 3 == 0 else '.'}{link}",
        status=Comment.Status.PENDING if is_waiting else status,
        created_at=at,
        decided_at=None if is_waiting else at,
    )


def _look(client: Client, address: str) -> dict:
    """Milliseconds as `spent_by` has them, and queries."""
    ask = partial(get, client, address)
    for _ in range(WARM_UP):
        ask()
    return {**spent_by([ask] * PAGES), "queries": len(statements_of(ask))}


def _decide(client: Client) -> dict:
    """Approve the ones that wait longest; without the page that follows."""
    waiting = Comment.objects.filter(status=Comment.Status.PENDING).order_by("created_at")
    return spent_by([partial(_approve, client, comment) for comment in waiting[:DECISIONS]])


def _approve(client: Client, comment: Comment) -> None:
    values = {"do": "approve", "seen": seen_of(comment)}
    response = client.post(f"{QUEUE}?comment={comment.pk}", values)
    assert response.status_code == 303, comment.pk
