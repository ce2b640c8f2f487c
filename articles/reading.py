"""What the page of one article shows."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.safestring import SafeString
from taggit.models import Tag

from articles.html import reading_minutes, render_body
from articles.models import Article, Author, Byline
from articles.related import related_articles
from directory.models import Specialty


@dataclass(frozen=True)
class ArticlePage:
    """One article with everything around it but its comments."""

    article: Article
    body: SafeString
    authors: list[Author]
    contributions: list[Byline]
    tags: list[Tag]
    specialties: list[Specialty]
    related: list[Article]
    minutes: int

    @property
    def specialty_slugs(self) -> list[str]:
        return [specialty.slug for specialty in self.specialties]

    @property
    def people(self) -> list[Author]:
        """All who stand on it, each once: those who wrote it first."""
        return [*self.authors, *(byline.author for byline in self.contributions)]

    @property
    def summary(self) -> str:
        """For search engines and for whoever shares the page."""
        return self.article.summary or self.article.dek


def read(article: Article, *, at: datetime) -> ArticlePage:
    """Gather the page, of a published article or of one that an editor previews.

    At most twelve queries, whatever the numbers of figures, links, authors, tags and related
    articles.
    """
    prefetch_related_objects(
        [article],
        "lead_image__renditions",
        "reviewed_by",
        Prefetch("bylines", Byline.objects.select_related("author")),
        "tags",
        "specialties",
    )
    bylines = list(article.bylines.all())
    return ArticlePage(
        article=article,
        body=render_body(article.body, at=at),
        authors=[byline.author for byline in bylines if byline.is_author()],
        contributions=[byline for byline in bylines if not byline.is_author()],
        # A tag of nothing but signs has no address.
        tags=[tag for tag in article.tags.all() if tag.slug],
        specialties=list(article.specialties.all()),
        related=related_articles(article, at=at),
        minutes=reading_minutes(article.word_count),
    )
