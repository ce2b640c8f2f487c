"""Writes what the search over the whole site compares: the terms of every article."""

from collections import Counter
from collections.abc import Collection

from django.db import transaction

from acutake.lib.fulltext import document
from acutake.lib.terms import pieces, terms
from articles.html import plain_text
from articles.models import Article, ArticleTerms
from articles.models.versions import whole
from directory.known_words import learn

# An article that says a word so often is about it, whatever its headline says.
OFTEN = 3
# A rebuild holds so many at a time, and nobody can save one of them meanwhile.
BATCH_ARTICLES = 100


@transaction.atomic
def index_articles(keys: Collection[int]) -> None:
    """Makes the terms of these articles, or next versions, equal to their words. Authors and tags
    are read, so they have to be saved before. Ten queries for a hundred articles."""
    ordered = sorted(set(keys))
    for start in range(0, len(ordered), BATCH_ARTICLES):
        _index(ordered[start : start + BATCH_ARTICLES])


def rebuild(*, is_missing_only: bool = False) -> int:
    """The same for every article, or for those that have no terms yet; returns how many.

    Each batch is a transaction of its own, so that one that was killed can be run again.
    """
    rows = Article.objects.order_by("pk").values_list("pk", flat=True)
    if is_missing_only:
        rows = rows.filter(terms=None)
    count, last = 0, 0
    while keys := list(rows.filter(pk__gt=last)[:BATCH_ARTICLES]):
        index_articles(keys)
        count, last = count + len(keys), keys[-1]
    return count


def _index(keys: Collection[int]) -> None:
    # Two saves of the same article come one after the other, and the later one sees all.
    list(Article.objects.filter(pk__in=keys).order_by("pk").select_for_update().values_list("pk"))
    words: set[str] = set()
    rows = [_terms_of(article, words) for article in whole(Article.objects.filter(pk__in=keys))]
    ArticleTerms.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["article"], update_fields=["terms"]
    )
    learn(words)


def _terms_of(article: Article, words: set[str]) -> ArticleTerms:
    """The row of an article of `whole`. What stands out in it is added to `words`."""
    names = [byline.author.name for byline in article.bylines.all()]
    tags = [tag.name for tag in article.tags.all()]
    around = "\n".join([article.dek, *names, *tags])
    text = f"{article.lead_caption}\n{plain_text(article.body)}"
    counts = Counter(terms(text))
    often = {term for term, count in counts.items() if count >= OFTEN}
    words.update(piece.word for piece in pieces(f"{article.headline}\n{around}"))
    words.update(piece.word for piece in pieces(text) if piece.term in often)
    return ArticleTerms(
        article=article,
        terms=document(terms(article.headline), terms(around), often, counts),
    )
