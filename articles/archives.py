"""The ways through the archive: what stands under a tag, an author or a kind of care.

An archive is there while the public may read something in it; nothing else is named or counted.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Model, QuerySet
from django.urls import reverse
from taggit.models import Tag

from acutake.lib.text import fold
from articles.models import Article, Author
from directory.models import Specialty

RELATED_TAGS = 8


@dataclass(frozen=True)
class Archive:
    """A tag, an author or a specialty with what is published under it: at least one article.

    `has_moved` where the slug that was asked for is not that of the row any more.
    """

    row: Tag | Author | Specialty
    articles: QuerySet
    has_moved: bool


@dataclass(frozen=True)
class Shelf:
    """A link to an archive, with how many articles are there."""

    name: str
    url: str
    count: int


def find_tag(slug: str, *, at: datetime) -> Archive | None:
    """Like `find_author`."""
    return _find(slug, Tag.objects.all(), Article.objects.published(at=at).tagged)


def find_author(slug: str, *, at: datetime) -> Archive | None:
    """Whose slug it is or last was, of those with something published; None where nobody's is.

    Two queries, at most four for an old slug.
    """
    authors = Author.objects.select_related("practitioner")
    return _find(slug, authors, Article.objects.published(at=at).by_author)


def find_specialty(slug: str, *, at: datetime) -> Archive | None:
    """Like `find_author`."""
    return _find(slug, Specialty.objects.all(), Article.objects.published(at=at).about)


def tag_shelves(*, at: datetime) -> list[Shelf]:
    """Every tag with something published, by name. One query."""
    return _shelves("tags", "articles:tag", Article.objects.published(at=at))


def author_shelves(*, at: datetime) -> list[Shelf]:
    """Everybody who stands on something published, by name. One query."""
    return _shelves("authors", "articles:author", Article.objects.published(at=at))


def specialty_shelves(*, at: datetime) -> list[Shelf]:
    """Every kind of care that something published is about, by name. One query."""
    return _shelves("specialties", "articles:specialty", Article.objects.published(at=at))


def related_tags(tag: Tag, articles: QuerySet) -> list[Shelf]:
    """What else the articles with a tag are about, most of them first. One query."""
    return largest(_shelves("tags", "articles:tag", articles, without=tag.pk), RELATED_TAGS)


def largest(shelves: Iterable[Shelf], limit: int) -> list[Shelf]:
    """The fullest ones, of two alike the first by name."""
    return sorted(shelves, key=lambda shelf: -shelf.count)[:limit]


def by_initial(shelves: Iterable[Shelf]) -> dict[str, list[Shelf]]:
    """Under the letters from A to Z, and under "#" what begins with anything else; in order."""
    groups: dict[str, list[Shelf]] = {}
    for shelf in shelves:
        initial = fold(shelf.name)[:1].upper()
        is_letter = initial.isascii() and initial.isalpha()
        groups.setdefault(initial if is_letter else "#", []).append(shelf)
    return dict(sorted(groups.items()))


def _find(slug: str, rows: QuerySet, articles_of: Callable[[Model], QuerySet]) -> Archive | None:
    # A new row may have the slug and nothing published: then the old one still leads on.
    for found in (rows.filter(slug=slug), rows.filter(paths__slug=slug)):
        row = found.first()
        if row is not None and (articles := articles_of(row)).exists():
            return Archive(row, articles, has_moved=row.slug != slug)
    return None


def _shelves(
    relation: str, view: str, articles: QuerySet, *, without: int | None = None
) -> list[Shelf]:
    """By what the articles, which are shown at some moment, have in `relation`."""
    name, slug = f"{relation}__name", f"{relation}__slug"
    counted = (
        articles.rows_shown()
        .order_by()
        .values(f"{relation}__pk", name, slug)
        .annotate(count=Count("pk"))
    )
    found = [
        Shelf(row[name], reverse(view, args=[row[slug]]), row["count"])
        for row in counted
        # Nothing stands there for an article without any; a tag may wait for its address.
        if row[slug] and row[f"{relation}__pk"] != without
    ]
    return sorted(found, key=lambda shelf: (fold(shelf.name), shelf.url))
