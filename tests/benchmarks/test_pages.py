"""How long the public pages take over the demonstration content, in process: Django and database,
no server and no network. Prints a table and judges nothing but that every page answers."""

import io
import statistics
import time
from dataclasses import dataclass

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.models import Article
from directory.models import Practitioner

WARM_UP = 3
REPETITIONS = 40


@dataclass(frozen=True)
class Measurement:
    """What one page took; the durations are in milliseconds."""

    p50: float
    p95: float
    queries: int
    size_kb: float


@pytest.fixture
def demonstration(db):
    """The whole demonstration in the database of the tests."""
    for command in ("sync_groups", "load_gazetteer", "load_vocabulary", "demo"):
        call_command(command, verbosity=0, stdout=io.StringIO())


def measure(client: Client, path: str) -> Measurement:
    """Ask for `path` again and again. Raises AssertionError when it does not answer 200."""
    durations, queries, size = [], 0, 0

    def count(execute, sql, parameters, many, context):
        nonlocal queries
        queries += 1
        return execute(sql, parameters, many, context)

    for number in range(WARM_UP + REPETITIONS):
        queries = 0
        begin = time.perf_counter()
        with connection.execute_wrapper(count):
            # Each from a network of its own: the limits on machines are not what is measured.
            response = client.get(path, REMOTE_ADDR=f"198.51.100.{number}")
        if number >= WARM_UP:
            durations.append((time.perf_counter() - begin) * 1000)
        assert response.status_code == 200, path
        size = len(response.content)
    p95 = statistics.quantiles(durations, n=20)[-1]
    return Measurement(statistics.median(durations), p95, queries, size / 1024)


def pages() -> dict[str, str]:
    now = timezone.now()
    article = Article.objects.published(at=now).order_by("pk").first()
    practitioner = Practitioner.objects.listed().order_by("pk").first()
    return {
        "home": "/",
        "articles": "/articles/",
        "article": article.get_absolute_url(),
        "article, nearest": f"{article.get_absolute_url()}?where=Brooklyn",
        "practitioner": practitioner.get_absolute_url(),
        "near a borough": "/acupuncturists/?where=Brooklyn&radius=25",
        "near a ZIP code": "/acupuncturists/?where=60601&radius=50",
        "everywhere": "/acupuncturists/",
        "unknown place": "/acupuncturists/?where=Nowhereville",
        "suggestions": "/acupuncturists/places/?q=spring",
        "site search": "/search/?q=heel+pain",
        "feed": "/articles/feed/",
    }


def test_pages(demonstration, client):
    print(f"\n\n{connection.vendor}, {REPETITIONS} requests each")
    print(f"{'page':<20}{'p50 ms':>9}{'p95 ms':>9}{'queries':>9}{'kB':>7}")
    for name, path in pages().items():
        found = measure(client, path)
        print(
            f"{name:<20}{found.p50:>9.1f}{found.p95:>9.1f}{found.queries:>9}{found.size_kb:>7.0f}"
        )
