"""Whether the site shows demonstration content, which every page then says."""

from django.core.cache import cache

from articles.models import Article
from directory.models import Practitioner

CACHE_KEY = "demonstration-is-shown"
CACHE_SECONDS = 60


def is_shown() -> bool:
    """True while any row of the demonstration is in the database. At most two queries a minute."""
    shown = cache.get(CACHE_KEY)
    if shown is None:
        shown = (
            Practitioner.objects.filter(is_demonstration=True).exists()
            or Article.objects.filter(is_demonstration=True).exists()
        )
        cache.set(CACHE_KEY, shown, CACHE_SECONDS)
    return shown


def forget() -> None:
    """Ask the database at the next page: the demonstration has come or gone."""
    cache.delete(CACHE_KEY)
