"""Which articles go with one."""

from datetime import timedelta

import pytest

from articles.models import Article
from articles.related import related_articles
from tests.articles.factories import NOW, PUBLISHED_AT, make_article
from tests.directory.factories import make_specialty

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def headlines(article, **options):
    return [row.headline for row in related_articles(article, at=NOW, **options)]


def test_shared_specialties_count_before_shared_tags_and_these_before_the_date():
    first, second = make_specialty(), make_specialty()
    article = make_article(tags=["a", "b"], specialties=[first, second])
    make_article(headline="one tag, newer", tags=["a"], published_at=PUBLISHED_AT + DAY)
    make_article(headline="one tag", tags=["b"])
    make_article(headline="two tags", tags=["a", "b", "c"])
    make_article(headline="one specialty", specialties=[first])
    make_article(headline="one specialty, one tag", tags=["a"], specialties=[second])
    make_article(headline="two specialties", specialties=[first, second])
    make_article(headline="nothing", tags=["c"], specialties=[make_specialty()])
    assert headlines(article, limit=10) == [
        "two specialties",
        "one specialty, one tag",
        "one specialty",
        "two tags",
        "one tag, newer",
        "one tag",
    ]
    assert len(headlines(article)) == 3


def test_equals_are_in_a_total_order():
    article = make_article(tags=["a"])
    for name in ("first", "second", "third"):
        make_article(headline=name, tags=["a"])
    assert headlines(article) == ["third", "second", "first"]


def test_what_is_not_public_is_not_related():
    article = make_article(tags=["a"])
    make_article(tags=["a"], status=Article.Status.DRAFT)
    make_article(tags=["a"], published_at=NOW + DAY)
    make_article(tags=["a"], expires_at=NOW)
    assert headlines(article) == []


def test_an_article_without_tags_and_specialties_has_none():
    make_article(tags=["a"])
    assert headlines(make_article()) == []
