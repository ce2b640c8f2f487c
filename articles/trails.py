"""The way down to a page of the publication, as pairs of a name and a path, its own last."""

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article
from articles.months import month_url, year_url
from directory.trails import Trail

# The lists of all archives of one kind: how each is called, and the name of its address.
SHELVES = {
    "tag": (gettext_lazy("Subjects"), "articles:tags"),
    "author": (gettext_lazy("Authors"), "articles:authors"),
    "specialty": (gettext_lazy("Kinds of care"), "articles:specialties"),
}


def trail_to_articles() -> Trail:
    """The list of all articles, right below the home page."""
    return [(_("Home"), reverse("home")), (_("Articles"), reverse("articles:list"))]


def trail_to_article(article: Article) -> Trail:
    """By way of the list of all articles."""
    return [*trail_to_articles(), (article.headline, article.get_absolute_url())]


def trail_to_shelves(kind: str) -> Trail:
    """All archives of one kind of SHELVES."""
    name, url_name = SHELVES[kind]
    return [*trail_to_articles(), (str(name), reverse(url_name))]


def trail_to_shelf(kind: str, name: str, slug: str) -> Trail:
    """One of them, such as the articles under one tag."""
    return [*trail_to_shelves(kind), (name, reverse(f"articles:{kind}", args=[slug]))]


def trail_to_year(year: int) -> Trail:
    return [*trail_to_articles(), (str(year), year_url(year))]


def trail_to_month(begins_at: datetime) -> Trail:
    """`begins_at` is its first moment in the site's zone."""
    name = date_format(begins_at, "F Y")
    return [*trail_to_year(begins_at.year), (name, month_url(begins_at))]
