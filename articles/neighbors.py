"""Which article came before one, and which after it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Subquery

from articles.models import Article


@dataclass(frozen=True)
class Neighbors:
    """None where the article is the first or the last, or has no date yet."""

    previous: Article | None
    next: Article | None


def neighbors_of(article: Article, *, at: datetime) -> Neighbors:
    """The public articles next to this one by date of publication, the primary key deciding
    between equal dates as it does in every list. One query.

    Of the version that readers get, which the date does not depend on: it belongs to the article.
    """
    if article.published_at is None:
        return Neighbors(None, None)
    date, key = article.published_at, article.pk
    others = Article.objects.published(at=at).exclude(pk=key)
    # The bound beside each alternative is what an index can use.
    before = others.filter(Q(published_at__lt=date) | Q(pk__lt=key), published_at__lte=date)
    after = others.filter(Q(published_at__gt=date) | Q(pk__gt=key), published_at__gte=date)
    nearest = [
        Subquery(before.newest_first().values("pk")[:1]),
        Subquery(after.order_by("published_at", "pk").values("pk")[:1]),
    ]
    rows = others.filter(pk__in=nearest).order_by()
    rows = rows.only("headline", "slug", "published_at", "next_version_at")
    is_after = {(row.published_at, row.pk) > (date, key): row for row in rows}
    return Neighbors(previous=is_after.get(False), next=is_after.get(True))
