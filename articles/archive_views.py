"""The ways through the archive: all articles, by tag, author, kind of care, month and year."""

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from acutake.lib.old_addresses import moved
from acutake.lib.text import clean_text
from articles import archives, months
from articles.models import Article
from articles.structured_data import list_nodes
from articles.trails import (
    trail_to_articles,
    trail_to_month,
    trail_to_shelf,
    trail_to_shelves,
    trail_to_year,
)
from articles.views import article
from directory.structured_data import breadcrumb_list

ARTICLES_A_PAGE = 12
# On the list of all articles; the pages of all tags and of all authors have the rest.
SHELVES_SHOWN = 24


@require_safe
def article_list(request):
    """All articles, newest first, and the ways into the archive."""
    now = timezone.now()
    published = Article.objects.published(at=now)
    tags, authors = archives.tag_shelves(at=now), archives.author_shelves(at=now)
    context = {
        "specialties": archives.specialty_shelves(at=now),
        "tags": archives.largest(tags, SHELVES_SHOWN),
        "tag_count": len(tags),
        "authors": archives.largest(authors, SHELVES_SHOWN),
        "author_count": len(authors),
        "years": months.years_of(published),
    }
    template, trail = "articles/article_list.html", trail_to_articles()
    return _render_list(request, published, template, context, trail=trail, may_be_empty=True)


@require_safe
def tag_list(request):
    """Every tag with something published; 404 without any."""
    return _render_shelves(request, "tag", archives.tag_shelves(at=timezone.now()))


@require_safe
def author_list(request):
    """Everybody who stands on something published; 404 without anybody."""
    return _render_shelves(request, "author", archives.author_shelves(at=timezone.now()))


@require_safe
def specialty_list(request):
    """Every kind of care that something published is about; 404 without any."""
    return _render_shelves(request, "specialty", archives.specialty_shelves(at=timezone.now()))


@require_safe
def tag(request, slug):
    """The articles with a tag; 404 where the public may read none."""
    found = _or_404(archives.find_tag(slug, at=timezone.now()))
    if found.has_moved:
        return moved(request, reverse("articles:tag", args=[found.row.slug]))
    context = {"tag": found.row, "related": archives.related_tags(found.row, found.articles)}
    trail = trail_to_shelf("tag", found.row.name, found.row.slug)
    return _render_list(request, found.articles, "articles/tag_detail.html", context, trail=trail)


@require_safe
def author(request, slug):
    """An author and what that person wrote; 404 where the public may read nothing of it."""
    found = _or_404(archives.find_author(slug, at=timezone.now()))
    if found.has_moved:
        return moved(request, found.row.get_absolute_url())
    context, template = {"author": found.row}, "articles/author_detail.html"
    trail = trail_to_shelf("author", found.row.name, found.row.slug)
    return _render_list(request, found.articles, template, context, trail=trail)


@require_safe
def specialty(request, slug):
    """The articles about a kind of care; 404 where the public may read none."""
    found = _or_404(archives.find_specialty(slug, at=timezone.now()))
    if found.has_moved:
        return moved(request, reverse("articles:specialty", args=[found.row.slug]))
    context, template = {"specialty": found.row}, "articles/specialty_detail.html"
    trail = trail_to_shelf("specialty", found.row.name, found.row.slug)
    return _render_list(request, found.articles, template, context, trail=trail)


@require_safe
def month(request, year, month):
    """The articles of one month of the site's zone; 404 for a month without any."""
    span = _or_404(months.month_of(year, month))
    published = Article.objects.published(at=timezone.now())
    before, after = months.around(published, span)
    context = {
        "month": span.begins_at,
        "before": before and (date_format(before, "F Y"), months.month_url(before)),
        "after": after and (date_format(after, "F Y"), months.month_url(after)),
    }
    dated = published.dated(since=span.begins_at, before=span.ends_at)
    trail = trail_to_month(span.begins_at)
    return _render_list(request, dated, "articles/month_detail.html", context, trail=trail)


@require_safe
def year(request, year):
    """The articles of one year of the site's zone by month; 404 for a year without any."""
    published = Article.objects.published(at=timezone.now())
    slug = f"{year:04}"
    if published.filter(Q(slug=slug) | Q(paths__slug=slug)).exists():
        # It was called so before years had pages.
        return article(request, slug)
    span = _or_404(months.year_of(year))
    before, after = months.around(published, span)
    dated = published.dated(since=span.begins_at, before=span.ends_at)
    context = {
        "year": year,
        "months": [month for found in months.years_of(dated) for month in found.months],
        "before": before and (before.year, months.year_url(before.year)),
        "after": after and (after.year, months.year_url(after.year)),
    }
    trail = trail_to_year(year)
    return _render_list(request, dated, "articles/year_detail.html", context, trail=trail)


def _or_404(found):
    if found is None:
        raise Http404("Nothing is published here.")
    return found


def _render_shelves(request, kind, shelves):
    """All archives of one kind, under their first letters."""
    if not shelves:
        raise Http404("Nothing is published here.")
    trail = trail_to_shelves(kind)
    context = {
        "groups": archives.by_initial(shelves),
        "count": len(shelves),
        "trail": trail,
        "structured_data": [breadcrumb_list(trail, origin=settings.SITE_URL)],
    }
    return render(request, f"articles/{kind}_list.html", context)


def _render_list(request, published, template, context, *, trail, may_be_empty=False):
    """A page of a list; one that may not be empty is 404 then. `trail` leads to the list."""
    page, unknown = _page(request, published)
    if not page.paginator.count and not may_be_empty:
        raise Http404("Nothing is published here.")
    author = context.get("author")
    nodes = list_nodes(page, trail=trail, author=author, origin=settings.SITE_URL)
    shown = {"articles": page, "unknown_page": unknown, "trail": trail, "structured_data": nodes}
    return render(request, template, {**shown, **context})


def _page(request, published) -> tuple[Page, str]:
    """The page that was asked for, else the nearest that there is and what was asked instead."""
    asked = request.GET.get("page", "")
    is_positive = asked.isdecimal() and asked.strip("0")
    pages = Paginator(published.newest_first().for_list(), ARTICLES_A_PAGE)
    page = pages.get_page(asked if is_positive else 1)
    is_known = asked in ("", str(page.number))
    return page, "" if is_known else clean_text(asked, limit=20)
