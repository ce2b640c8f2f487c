"""Which articles go with one: by what they share, never by chance."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from taggit.models import TaggedItem

from articles.models import Article

LIMIT = 3


def related_articles(article: Article, *, at: datetime, limit: int = LIMIT) -> list[Article]:
    """Published ones: most shared specialties first, then most shared tags, then the newest.

    One query. Reads the article's specialties and tags: prefetch them.
    """
    in_specialties = Article.specialties.through.objects.filter(
        specialty__in=[specialty.pk for specialty in article.specialties.all()]
    )
    in_tags = TaggedItem.objects.filter(
        content_type=ContentType.objects.get_for_model(Article),
        tag__in=[tag.pk for tag in article.tags.all()],
    )
    sharing = in_specialties.values("article_id").union(in_tags.values("object_id"))
    found = (
        Article.objects.published(at=at)
        .filter(pk__in=sharing)
        .exclude(pk=article.pk)
        .annotate(
            shared_specialties=_count(in_specialties, "article_id"),
            shared_tags=_count(in_tags, "object_id"),
        )
        .order_by("-shared_specialties", "-shared_tags", "-published_at", "-pk")
        .only("headline", "slug", "dek", "published_at", "word_count")
    )
    return list(found[:limit])


def _count(rows: QuerySet, article_id: str) -> Coalesce:
    """How many of `rows` have each article in their column of that name.

    In a query of its own: a join would group the articles' columns, bodies and all.
    """
    own = rows.filter(**{article_id: OuterRef("pk")}).order_by().values(article_id)
    number = own.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
