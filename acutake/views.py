"""Home, site search, what machines ask for, and the pages for when something is wrong."""

from django.conf import settings
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from acutake.site_search import PAGED_KINDS, search_kind, search_site
from articles.models import Article
from articles.structured_data import site_nodes
from directory.forms import SearchForm
from directory.landing import largest_states
from directory.models import Specialty
from directory.parameters import PARAMETERS
from directory.structured_data import breadcrumb_list

ARTICLES_ON_HOME = 7
# What a search may begin with in its address.
SEARCHED_BY = ("what", "where", "without", "radius", "specialty", *PARAMETERS, "page")


@require_safe
def home(request):
    """One search, the featured and the newest articles, the ways in by specialty and by state."""
    articles = _articles_on_home()
    return render(
        request,
        "home.html",
        {
            "form": SearchForm(),
            "lead": articles[0] if articles else None,
            "articles": articles[1:],
            "specialties": Specialty.objects.all(),
            "states": largest_states(limit=12),
            "structured_data": site_nodes(origin=settings.SITE_URL),
        },
    )


def _articles_on_home() -> list[Article]:
    """The featured ones in the editors' order, then the newest: as many as the page holds."""
    published = Article.objects.published()
    featured = list(published.featured().for_list()[:ARTICLES_ON_HOME])
    others = published.exclude(pk__in=[article.pk for article in featured]).newest_first()
    return featured + list(others.for_list()[: ARTICLES_ON_HOME - len(featured)])


@require_safe
def search(request):
    """Everything, the best of each kind; with `kind`, a page of all that there is of that."""
    text, now = request.GET.get("q", ""), timezone.now()
    kind = request.GET.get("kind", "")
    if kind in PAGED_KINDS:
        answer = search_kind(text, kind, page=_page_number(request), at=now)
    else:
        kind, answer = "", search_site(text, at=now)
    return render(request, "search.html", {"answer": answer, "kind": kind})


def _page_number(request) -> int:
    """The first page for whatever is no number."""
    typed = request.GET.get("page", "")
    return int(typed) if typed.isdecimal() and len(typed) < 7 else 1


@require_safe
def about(request):
    """What the site is, how listings get their order, whose data it uses."""
    trail = [(_("Home"), reverse("home")), (_("About"), reverse("about"))]
    nodes = [breadcrumb_list(trail, origin=settings.SITE_URL)]
    return render(request, "about.html", {"trail": trail, "structured_data": nodes})


@require_safe
def robots(request):
    """Machines may read everything public; searches have no end, so they are left out.

    Those for practitioners by the parameter that they begin with: some machines take a "?" at the
    end of a line for nothing, and would leave out the whole directory.
    """
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "Disallow: /acupuncturists.geojson",
        "Disallow: /acupuncturists/places/",
        *(f"Disallow: /acupuncturists/?{name}=" for name in SEARCHED_BY),
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def healthz(request):
    """200 when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def bad_request(request, exception=None):
    """400: what came in is no question that a page could answer."""
    return render(request, "400.html", status=400)


def forbidden(request, exception=None):
    """403."""
    return render(request, "403.html", status=403)


def csrf_failure(request, reason=""):
    """403 for a form of the admin whose session has ended."""
    return render(request, "403.html", {"is_csrf": True}, status=403)


def not_found(request, exception=None):
    """404 with ways on."""
    return render(request, "404.html", status=404)


def server_error(request):
    """500: stands alone, since whatever failed may be what the base template needs."""
    return render(None, "500.html", status=500)
