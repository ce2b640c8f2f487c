"""The archive by the calendar."""

from datetime import UTC, datetime

import pytest

from articles.models import Article
from articles.months import around, month_of, year_of, years_of
from tests.articles.factories import NOW, make_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def zone(settings):
    settings.TIME_ZONE = "America/New_York"


def published():
    return Article.objects.published(at=NOW)


def test_years_and_months_are_those_of_the_zone_and_counted():
    for moment in (
        datetime(2024, 12, 31, 18, tzinfo=UTC),
        # Still the evening of New Year's Eve in New York.
        datetime(2025, 1, 1, 3, tzinfo=UTC),
        datetime(2025, 6, 1, 12, tzinfo=UTC),
        datetime(2026, 2, 1, 12, tzinfo=UTC),
        datetime(2026, 3, 1, 12, tzinfo=UTC),
    ):
        make_article(published_at=moment)
    make_article(published_at=datetime(2023, 5, 1, tzinfo=UTC), status="withdrawn")
    found = [
        (year.number, year.count, year.url, [(month.url, month.count) for month in year.months])
        for year in years_of(published())
    ]
    assert found == [
        (2026, 2, "/articles/2026/", [("/articles/2026/3/", 1), ("/articles/2026/2/", 1)]),
        (2025, 1, "/articles/2025/", [("/articles/2025/6/", 1)]),
        (2024, 2, "/articles/2024/", [("/articles/2024/12/", 2)]),
    ]


def test_neighbors_are_the_nearest_with_something():
    early, late = datetime(2024, 5, 1, 12, tzinfo=UTC), datetime(2026, 2, 2, 12, tzinfo=UTC)
    for moment in (datetime(2020, 1, 1, tzinfo=UTC), early, late, NOW):
        make_article(published_at=moment)
    before, after = around(published(), month_of(2025, 12))
    assert (before, after) == (early, late)
    assert around(published(), year_of(2026))[1] is None


@pytest.mark.parametrize(
    ("year", "month"), [(2026, 0), (2026, 13), (1, 1), (9999, 12), (10_000, 1), (10**30, 10**30)]
)
def test_what_is_in_no_calendar_is_none(year, month):
    assert month_of(year, month) is None
    assert year == 2026 or year_of(year) is None


def test_december_ends_with_the_year():
    assert month_of(2025, 12).ends_at == year_of(2025).ends_at == month_of(2026, 1).begins_at
