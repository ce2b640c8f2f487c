"""Published articles by their words, for the search over the whole site."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from acutake.lib.fulltext import Keys, best_first, having
from acutake.lib.terms import Query
from articles.models import Article, ArticleTerms

# The levels at which `articles.search_index` writes: headline, what stands around it, what the
# text says often, all of it.
LEVELS = "abcd"


def find_articles(query: Query, *, at: datetime, limit: int) -> list[int]:
    """The keys of the articles that the public may read at the moment `at` and that have all the
    words, one more than `limit` at most.

    Who has them in the headline comes first, and so on down the levels; each newest first. Nine
    queries at most.
    """
    if not query.terms:
        return []
    versions = _versions(at=at)

    def find(level: str) -> Sequence[int]:
        found = _having(query.at(level), versions, at=at, limit=limit)
        return found.values_list("pk", flat=True)[: limit + 1]

    return list(best_first(find, levels=LEVELS, limit=limit))


def count_articles(query: Query, *, at: datetime, limit: int) -> int:
    """How many that the public may read have all the words, `limit` when it is more."""
    found = _having(query.at(LEVELS[-1]), _versions(at=at), at=at, limit=limit)
    return found.order_by()[:limit].count()


def articles_in_order(keys: Collection[int], *, at: datetime) -> list[Article]:
    """Those of `keys` that the public may read, bodies and all. Three queries, and five more where
    a next version has come into force."""
    articles = Article.objects.published(at=at).filter(pk__in=keys).order_by().for_list()
    found = {article.pk: article for article in articles.defer(None).defer("search_text")}
    return [found[key] for key in keys if key in found]


def _versions(*, at: datetime) -> dict[int, int]:
    """The next versions that readers get and that are not handed over yet, by key, with the article
    of each. There are hardly ever any."""
    # "> 0" for "is not null": what every database has an index for.
    versions = Article.objects.filter(next_of__gt=0, next_of__next_version_at__lte=at)
    return dict(versions.values_list("pk", "next_of_id"))


def _having(
    terms: Sequence[str], versions: dict[int, int], *, at: datetime, limit: int
) -> QuerySet[Article]:
    published = Article.objects.published(at=at).newest_first()
    if not versions:
        return having(published, ArticleTerms, terms, limit=limit)
    keys = Keys(ArticleTerms, terms)
    own = Q(pk__in=keys) & ~Q(pk__in=versions.values())
    in_force = Article.objects.filter(pk__in=versions).filter(pk__in=keys)
    return published.filter(own | Q(pk__in=in_force.values("next_of")))
