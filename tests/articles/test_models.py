"""Which articles the public may read: one rule, written as a query and as a method."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from articles.models import Article, Feature, OutsideLink
from articles.models.links import digest_of
from tests.articles.factories import NOW, PUBLISHED_AT, make_article, make_author

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


@pytest.mark.parametrize("day", [date(2026, 3, 14), date(2026, 3, 15), date(2026, 3, 16)])
def test_what_is_due_for_review_is_the_same_as_query_and_as_method(day):
    rows = [make_article(authors=[], next_review_on=on) for on in (None, date(2026, 3, 15))]
    by_query = set(Article.objects.due_for_review(on=day))
    assert by_query == {row for row in rows if row.is_due_for_review(on=day)}
    assert len(by_query) == (day >= date(2026, 3, 15))


def test_featured_articles_come_in_the_order_of_the_home_page():
    last, first, plain = make_article(), make_article(), make_article()
    Feature.objects.create(article=last, position=2)
    Feature.objects.create(article=first, position=1)
    assert list(Article.objects.featured()) == [first, last]
    assert plain in Article.objects.all()


@pytest.mark.parametrize(
    "fields",
    [
        {"last_reviewed_on": date(2026, 3, 1), "next_review_on": date(2026, 3, 1)},
        {"last_reviewed_on": None, "reviewed_by": True},
    ],
)
def test_a_review_has_a_day_and_the_next_one_comes_later(fields):
    if "reviewed_by" in fields:
        fields["reviewed_by"] = make_author()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_article(**fields)


def test_links_are_due_when_in_use_and_not_looked_at_lately():
    article = make_article()
    never, old, recent, unused = (
        OutsideLink.objects.create(url=url, digest=digest_of(url), checked_at=checked_at)
        for url, checked_at in [
            ("https://never.example/", None),
            ("https://old.example/", NOW - timedelta(days=9)),
            ("https://recent.example/", NOW),
            ("https://unused.example/", None),
        ]
    )
    article.outside_links.add(never, old, recent)
    assert list(OutsideLink.objects.due(before=NOW)) == [never, old]
    assert unused.articles.count() == 0
