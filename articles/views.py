"""The publication's pages. Every one begins with `Article.objects.published`."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from taggit.models import Tag

from articles.models import Article, ArticlePath, Author
from articles.reading import read
from directory.forms import SearchForm

ARTICLES_A_PAGE = 12


@require_safe
def article_list(request):
    """All articles, newest first, and the ways into the archive."""
    published = Article.objects.published(at=timezone.now())
    months = published.order_by().datetimes("published_at", "month", order="DESC")
    template = "articles/article_list.html"
    return _render_list(request, published, template, {"months": months}, may_be_empty=True)


@require_safe
def tag(request, slug):
    """The articles with a tag; 404 where the public may read none."""
    found = get_object_or_404(Tag, slug=slug)
    published = Article.objects.published(at=timezone.now()).tagged(found)
    return _render_list(request, published, "articles/tag_detail.html", {"tag": found})


@require_safe
def author(request, slug):
    """An author and what that person wrote; 404 where the public may read nothing of it."""
    found = get_object_or_404(Author.objects.select_related("practitioner"), slug=slug)
    published = Article.objects.published(at=timezone.now()).by_author(found)
    return _render_list(request, published, "articles/author_detail.html", {"author": found})


@require_safe
def month(request, year, month):
    """The articles of one month of the site's zone; 404 for a month without any."""
    # The first and the last year of a calendar have moments that UTC has not.
    if not (1 < year < 9999 and 1 <= month <= 12):
        raise Http404("No such month.")
    zone = timezone.get_current_timezone()
    begins_at = datetime(year, month, 1, tzinfo=zone)
    ends_at = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
    published = Article.objects.published(at=timezone.now()).dated(since=begins_at, before=ends_at)
    return _render_list(request, published, "articles/month_detail.html", {"month": begins_at})


@require_safe
def article(request, slug):
    """One article; the address that it once had redirects for good."""
    now = timezone.now()
    published = Article.objects.published(at=now)
    found = published.select_related("lead_image", "reviewed_by").filter(slug=slug).first()
    if found is None:
        old = get_object_or_404(
            ArticlePath.objects.select_related("article"), slug=slug, article__in=published
        )
        return redirect(old.article, permanent=True)
    return render_article(request, found)


def render_article(request, article, *, comment_form=None):
    """The whole page of an article: of a published one, or of a draft for its editor.

    `comment_form` is a form that came back with errors; it is shown instead of an empty one.
    """
    return render(
        request,
        "articles/article_detail.html",
        {
            "page": read(article, at=timezone.now()),
            "article": article,
            "find_form": SearchForm(),
            "comment_form": comment_form,
        },
    )


def _render_list(request, published, template, context, *, may_be_empty=False):
    """A page of a list; one that may not be empty is 404 then."""
    paginator = Paginator(published.newest_first().for_list(), ARTICLES_A_PAGE)
    if not paginator.count and not may_be_empty:
        raise Http404("Nothing is published here.")
    page = paginator.get_page(request.GET.get("page"))
    return render(request, template, {"articles": page, **context})
