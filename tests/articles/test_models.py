"""Which articles the public may read: one rule, written as a query and as a method."""

from datetime import timedelta
from itertools import product

import pytest

from articles.models import Article
from tests.articles.factories import NOW, PUBLISHED_AT, make_article

pytestmark = pytest.mark.django_db

MOMENT = timedelta(microseconds=1)
DATES = [None, NOW - timedelta(days=2), NOW - MOMENT, NOW, NOW + MOMENT, NOW + timedelta(days=2)]


def can_exist(status, published_at, expires_at):
    """The table's two constraints."""
    if status == Article.Status.PUBLISHED and published_at is None:
        return False
    return published_at is None or expires_at is None or expires_at > published_at


COMBINATIONS = [row for row in product(Article.Status.values, DATES, DATES) if can_exist(*row)]


def test_query_and_method_agree_on_every_combination():
    for status, published_at, expires_at in COMBINATIONS:
        make_article(authors=[], status=status, published_at=published_at, expires_at=expires_at)
    by_query = set(Article.objects.published(at=NOW).values_list("pk", flat=True))
    by_method = {row.pk for row in Article.objects.all() if row.is_published(at=NOW)}
    assert by_query == by_method
    # Published at or before NOW (3 dates) without an end or with one after NOW (3 of them).
    assert len(by_query) == 9


def test_newest_first_is_a_total_order():
    articles = [make_article() for _ in range(3)]
    expected = [row.pk for row in reversed(articles)]
    assert [row.pk for row in Article.objects.newest_first()] == expected


@pytest.mark.parametrize(
    ("revised_at", "changed_at"),
    [(None, PUBLISHED_AT), (PUBLISHED_AT - MOMENT, PUBLISHED_AT), (NOW, NOW)],
)
def test_last_change_is_never_before_publication(revised_at, changed_at):
    assert Article(published_at=PUBLISHED_AT, revised_at=revised_at).changed_at() == changed_at
