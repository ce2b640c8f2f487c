"""What the page of one article shows."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.safestring import SafeString, mark_safe
from taggit.models import Tag

from articles.contents import Section, contents
from articles.figures import Figure, LargeAt, lead_figure, on_pages_of
from articles.html import read_body, reading_minutes
from articles.models import Article, Author, Byline
from articles.neighbors import Neighbors, neighbors_of
from articles.pictures import Picture, picture
from articles.related import related_articles
from directory.models import Specialty


@dataclass(frozen=True)
class ArticlePage:
    """One article with everything around it but its comments."""

    article: Article
    lead: Figure | None
    body: SafeString
    figures: list[Figure]
    contents: list[Section]
    has_notes: bool
    authors: list[Author]
    contributions: list[Byline]
    tags: list[Tag]
    specialties: list[Specialty]
    related: list[Article]
    neighbors: Neighbors
    minutes: int

    @property
    def opens_figures(self) -> bool:
        """Whether any of its figures can be seen larger."""
        return any(figure.address for figure in self.figures)

    @property
    def people(self) -> list[Author]:
        """All who stand on it, each once: those who wrote it first."""
        return [*self.authors, *(byline.author for byline in self.contributions)]

    @property
    def summary(self) -> str:
        """For search engines and for whoever shares the page."""
        return self.article.summary or self.article.dek


def read(article: Article, *, at: datetime, large_at: LargeAt | None = None) -> ArticlePage:
    """Gather the page, of a published article or of one that an editor previews.

    `large_at` says where a figure stands large; None is on its own page. At most ten queries,
    whatever the numbers of figures, links, authors, tags and related articles.
    """
    prefetch_related_objects(
        [article],
        "lead_image",
        "reviewed_by",
        Prefetch("bylines", Byline.objects.select_related("author")),
        "tags",
        "specialties",
    )
    large_at = large_at or on_pages_of(article)
    lead = lead_figure(article.lead_image, article.lead_caption, large_at=large_at)
    body = read_body(article.body, at=at, lead_image=article.lead_image, large_at=large_at)
    bylines = list(article.bylines.all())
    return ArticlePage(
        article=article,
        lead=lead,
        # Safe: everything in it passed `sanitize` or comes from an autoescaped template.
        body=mark_safe(body.result()),  # noqa: S308
        figures=[*filter(None, [lead]), *body.figures],
        contents=contents(body.headings, word_count=article.word_count),
        has_notes=bool(body.notes.by_text),
        authors=[byline.author for byline in bylines if byline.is_author()],
        contributions=[byline for byline in bylines if not byline.is_author()],
        # A tag of nothing but signs has no address.
        tags=[tag for tag in article.tags.all() if tag.slug],
        specialties=list(article.specialties.all()),
        related=related_articles(article, at=at),
        neighbors=neighbors_of(article, at=at),
        minutes=reading_minutes(article.word_count),
    )


@dataclass(frozen=True)
class FigurePage:
    """One figure by itself. `count` is how many the article has."""

    figure: Figure
    picture: Picture
    count: int

    @property
    def previous_number(self) -> int | None:
        return self.figure.number - 1 if self.figure.number > 1 else None

    @property
    def next_number(self) -> int | None:
        return self.figure.number + 1 if self.figure.number < self.count else None


def read_figure(article: Article, number: int, *, at: datetime) -> FigurePage | None:
    """The figure of a published article with this number; None where it has fewer.

    Notes in its caption lead to the article. At most three queries.
    """
    lead = lead_figure(article.lead_image, article.lead_caption)
    notes_on = article.get_absolute_url()
    body = read_body(article.body, at=at, lead_image=article.lead_image, notes_on=notes_on)
    figures = [*filter(None, [lead]), *body.figures]
    if not 1 <= number <= len(figures):
        return None
    figure = figures[number - 1]
    shown = picture(figure.image, sizes=f"{figure.image.width_px}px", is_eager=True)
    return FigurePage(figure=figure, picture=shown, count=len(figures))
