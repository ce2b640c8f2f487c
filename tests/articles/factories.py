"""Rows of the publication for tests: sensible where a test does not care."""

from datetime import UTC, datetime
from itertools import count

from articles.models import Article, Author, Byline, Image
from articles.publishing import refresh_derived
from tests.pictures import make_picture_file

NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
PUBLISHED_AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

_numbers = count(1)


def make_author(**fields):
    number = next(_numbers)
    return Author.objects.create(
        **{"name": f"Author {number}", "slug": f"author-{number}", **fields}
    )


def make_image(*, size=(8, 6), **fields):
    number = next(_numbers)
    defaults = {
        "title": f"Image {number}",
        "alt_text": f"Picture number {number}",
        "credit": f"Photographer {number}",
        "file": make_picture_file(size=size, name=f"image-{number}.png"),
    }
    image = Image(**{**defaults, **fields})
    image.refresh_search_text()
    image.save()
    return image


def make_article(*, authors=None, tags=(), specialties=(), **fields):
    """Published since PUBLISHED_AT by one author, unless the fields say otherwise."""
    number = next(_numbers)
    defaults = {
        "headline": f"Article {number}",
        "slug": f"article-{number}",
        "dek": f"The line under headline {number}.",
        "body": f"<p>The words of article {number}.</p>",
        "status": Article.Status.PUBLISHED,
        "published_at": PUBLISHED_AT,
    }
    article = Article.objects.create(**{**defaults, **fields})
    for position, author in enumerate([make_author()] if authors is None else authors):
        Byline.objects.create(article=article, author=author, position=position)
    article.tags.add(*tags)
    article.specialties.add(*specialties)
    refresh_derived(article, at=NOW)
    return article
