"""The articles before and after one, by date."""

from datetime import timedelta

import pytest

from articles.models import Article
from articles.neighbors import Neighbors, neighbors_of
from articles.next_versions import begin_next_version
from tests.articles.factories import NOW, PUBLISHED_AT, make_article

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def around(article, *, at=NOW):
    found = neighbors_of(article, at=at)
    return tuple(row and row.headline for row in (found.previous, found.next))


def test_dates_decide_and_not_the_order_of_writing():
    last = make_article(headline="last", published_at=PUBLISHED_AT + 2 * DAY)
    first = make_article(headline="first", published_at=PUBLISHED_AT - 2 * DAY)
    middle = make_article(headline="middle")
    assert around(first) == (None, "middle")
    assert around(middle) == ("first", "last")
    assert around(last) == ("middle", None)


def test_equal_dates_are_walked_through_once_from_end_to_end():
    rows = [make_article(headline=str(number)) for number in range(5)]
    assert [around(row) for row in rows] == [
        *[(None, "1"), ("0", "2"), ("1", "3"), ("2", "4"), ("3", None)]
    ]


def test_the_order_is_that_of_the_lists():
    for number in range(6):
        make_article(published_at=PUBLISHED_AT + number // 2 * DAY)
    newest_first = list(Article.objects.published(at=NOW).newest_first())
    walked = [newest_first[0]]
    while (before := neighbors_of(walked[-1], at=NOW).previous) is not None:
        walked.append(before)
    assert walked == newest_first


def test_what_is_not_public_is_nobodys_neighbor():
    article = make_article()
    for status in ("draft", "in_review", "withdrawn"):
        make_article(status=status, published_at=PUBLISHED_AT + DAY)
    make_article(published_at=NOW + DAY)
    make_article(published_at=PUBLISHED_AT - DAY, expires_at=NOW)
    assert around(article) == (None, None)


def test_an_article_without_a_date_has_none():
    make_article()
    draft = make_article(status="draft", published_at=None)
    assert neighbors_of(draft, at=NOW) == Neighbors(None, None)


def test_a_next_version_is_no_neighbor_and_gives_its_headline_when_its_time_comes():
    article = make_article()
    other = make_article(headline="Old words", published_at=PUBLISHED_AT + DAY)
    version = begin_next_version(other, at=NOW, by=None)
    Article.objects.filter(pk=version.pk).update(headline="New words")
    Article.objects.filter(pk=other.pk).update(next_version_at=NOW + DAY)
    assert around(article) == (None, "Old words")
    assert around(article, at=NOW + DAY) == (None, "New words")


@pytest.mark.parametrize("number", [1, 20])
def test_it_takes_one_query_however_many_there_are(number, django_assert_num_queries):
    for _ in range(number):
        make_article(published_at=PUBLISHED_AT - DAY)
    article = make_article()
    for _ in range(number):
        make_article(published_at=PUBLISHED_AT + DAY)
    with django_assert_num_queries(1):
        assert None not in around(article)
