"""The page of one article. Every view begins with `Article.objects.published`."""

from dataclasses import replace

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_safe

from acutake.lib.old_addresses import moved
from articles.cards import card_of
from articles.figures import in_files
from articles.models import Article, ArticlePath
from articles.nearby import find_nearby
from articles.reading import read, read_figure
from articles.structured_data import article_nodes
from articles.trails import trail_to_article
from directory.forms import SearchForm


@require_safe
def article(request, slug):
    """One article; the address that it once had redirects for good."""
    published = Article.objects.published(at=timezone.now())
    found = published.select_related("lead_image", "reviewed_by").filter(slug=slug).first()
    if found is None:
        return moved(request, _at_old_address(slug, published).get_absolute_url())
    return render_article(request, found)


@require_safe
def figure(request, slug, number):
    """One figure of an article by itself, large; it moves with its article's address."""
    now = timezone.now()
    published = Article.objects.published(at=now)
    found = published.select_related("lead_image").filter(slug=slug).first()
    if found is None:
        slug = _at_old_address(slug, published).slug
        return moved(request, reverse("articles:figure", args=[slug, number]))
    page = read_figure(found, number, at=now)
    if page is None:
        raise Http404("The article has no such figure.")
    return render(request, "articles/figure_detail.html", {"article": found, "page": page})


def _at_old_address(slug, published) -> Article:
    """The public article that once had this address, or 404."""
    paths = ArticlePath.objects.select_related("article").filter(article__in=published)
    return get_object_or_404(paths, slug=slug).article


def render_article(request, article, *, comment_form=None, is_preview=False):
    """The whole page of an article: of a published one, or of a draft for its editor.

    `comment_form` is a form that came back with errors; it is shown instead of an empty one. A
    preview says nothing of itself to machines, and its figures have no pages of their own.
    """
    now = timezone.now()
    large_at = in_files if is_preview else None
    page = read(article, at=now, large_at=large_at)
    trail = trail_to_article(article)
    response = render(
        request,
        "articles/article_detail.html",
        {
            "page": page,
            "article": article,
            "trail": trail,
            "is_preview": is_preview,
            "path": request.path if is_preview else article.get_absolute_url(),
            "comment_form": comment_form,
            **_find(request.GET, page.specialties, at=now),
            **({} if is_preview else _for_machines(page, trail)),
        },
    )
    if {"where", "comment"} & request.GET.keys():
        response["X-Robots-Tag"] = "noindex"
    if "comment" in request.GET:
        # It shows a comment that waits to whoever posted it.
        response["Cache-Control"] = "private, no-store"
    return response


def _find(query, specialties, *, at):
    """The form for a reader's place, and who is near when it names one."""
    if "where" not in query:
        return {"find_form": SearchForm(), "nearby": None}
    form = SearchForm(MultiValueDict({"where": query.getlist("where")}))
    form.is_valid()
    criteria = replace(form.cleaned_data, specialties=tuple(specialties))
    nearby = None if criteria.place is None else find_nearby(criteria, at=at)
    return {"find_form": form, "nearby": nearby}


def _for_machines(page, trail):
    """What the head of a public article needs besides."""
    nodes = article_nodes(page, trail=trail, origin=settings.SITE_URL)
    return {"card": card_of(page.article), "structured_data": nodes}
