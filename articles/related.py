"""Which articles go with one: by what they share, never by chance."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce
from taggit.models import TaggedItem

from articles.models import Article

LIMIT = 3


def related_articles(article: Article, *, at: datetime, limit: int = LIMIT) -> list[Article]:
    """Published ones: most shared specialties first, then most shared tags, then the newest.

    What they share is asked of the version of each that readers get. One query. Reads the
    article's specialties and tags: prefetch them.
    """
    in_specialties = Article.specialties.through.objects.filter(
        specialty__in=[specialty.pk for specialty in article.specialties.all()]
    )
    in_tags = TaggedItem.objects.filter(
        content_type=ContentType.objects.get_for_model(Article),
        tag__in=[tag.pk for tag in article.tags.all()],
    )
    sharing = in_specialties.values("article_id").union(in_tags.values("object_id"))
    has_next = Q(next_version_at__lte=at)
    shown = Q(Q(next_of__isnull=True), ~has_next) | Q(next_of__next_version_at__lte=at)
    article_id = Coalesce("next_of_id", "pk", output_field=BigIntegerField())
    articles = Article.objects.filter(shown, pk__in=sharing).values_list(article_id)
    found = (
        Article.objects.published(at=at)
        .filter(pk__in=articles)
        .exclude(pk__in=[article.pk, article.next_of_id or article.pk])
        .annotate(
            shown_row=Case(When(has_next, then="next_version"), default="pk"),
            shared_specialties=_count(in_specialties, "article_id"),
            shared_tags=_count(in_tags, "object_id"),
        )
        .order_by("-shared_specialties", "-shared_tags", "-published_at", "-pk")
        .only("headline", "slug", "dek", "published_at", "word_count", "next_version_at")
    )
    return list(found[:limit])


def _count(rows: QuerySet, article_id: str) -> Coalesce:
    """How many of `rows` have each article in their column of that name.

    In a query of its own: a join would group the articles' columns, bodies and all.
    """
    own = rows.filter(**{article_id: OuterRef("shown_row")}).order_by().values(article_id)
    number = own.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
