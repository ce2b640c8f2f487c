"""The archive by the calendar of the site's zone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone

# The first and the last year of a calendar have moments that UTC has not.
YEARS = range(2, 9999)


@dataclass(frozen=True)
class Span:
    """From the beginning of a month or a year to that of the next one."""

    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Month:
    """A month in which so many articles were published."""

    begins_at: datetime
    count: int

    @property
    def url(self) -> str:
        return month_url(self.begins_at)


@dataclass(frozen=True)
class Year:
    """A year with its months that have something, the last one first."""

    number: int
    months: tuple[Month, ...]

    @property
    def count(self) -> int:
        return sum(month.count for month in self.months)

    @property
    def url(self) -> str:
        return year_url(self.number)


def month_of(year: int, month: int) -> Span | None:
    """None where the calendar has none."""
    if year not in YEARS or not 1 <= month <= 12:
        return None
    return Span(_first_of(year, month), _first_of(year + month // 12, month % 12 + 1))


def year_of(year: int) -> Span | None:
    """None where the calendar has none."""
    return Span(_first_of(year, 1), _first_of(year + 1, 1)) if year in YEARS else None


def years_of(articles: QuerySet) -> list[Year]:
    """The years in which the articles were published, the last one first. One query."""
    zone = timezone.get_current_timezone()
    counted = (
        articles.order_by()
        .values(begins_at=TruncMonth("published_at", tzinfo=zone))
        .annotate(count=Count("pk"))
        .order_by("-begins_at")
    )
    months = (Month(row["begins_at"], row["count"]) for row in counted)
    return list(_by_year(months))


def around(articles: QuerySet, span: Span) -> tuple[datetime | None, datetime | None]:
    """The last moment before the span at which one was published, and the first one after.

    In the site's zone; None where there is none. Two queries.
    """
    dated = articles.order_by().values_list("published_at", flat=True)
    before = dated.filter(published_at__lt=span.begins_at).order_by("-published_at").first()
    after = dated.filter(published_at__gte=span.ends_at).order_by("published_at").first()
    return before and timezone.localtime(before), after and timezone.localtime(after)


def month_url(moment: datetime) -> str:
    return reverse("articles:month", args=[moment.year, moment.month])


def year_url(year: int) -> str:
    return reverse("articles:year", args=[year])


def _first_of(year: int, month: int) -> datetime:
    return datetime(year, month, 1, tzinfo=timezone.get_current_timezone())


def _by_year(months: Iterable[Month]) -> Iterable[Year]:
    for number, found in groupby(months, key=lambda month: month.begins_at.year):
        yield Year(number, tuple(found))
