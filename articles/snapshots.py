"""An article's words as data: taken from a row, and put back on one."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db import models, transaction
from taggit.models import TaggedItem

from articles.models import Article, Author, Byline
from articles.models.versions import SNAPSHOT_COLUMNS
from articles.publishing import refresh_derived
from articles.tagging import present_names
from directory.models import Specialty

BYLINE_COLUMNS = ("role", "position")


def snapshot_of(article: Article) -> dict:
    """What is drafted of the article, as JSON holds it: rows by their numbers, moments as ISO.

    Three queries.
    """
    return snapshots_of([article])[article.pk]


def snapshots_of(articles: Collection[Article]) -> dict[int, dict]:
    """That of each, by number; three queries for any number of them."""
    keys = [article.pk for article in articles]
    bylines, tags, specialties = defaultdict(list), defaultdict(list), defaultdict(list)
    for byline in Byline.objects.filter(article__in=keys):
        columns = {name: getattr(byline, name) for name in BYLINE_COLUMNS}
        bylines[byline.article_id].append({"author": byline.author_id, **columns})
    tagged = TaggedItem.objects.filter(
        content_type__app_label="articles", content_type__model="article", object_id__in=keys
    )
    for key, name in tagged.order_by("tag__name").values_list("object_id", "tag__name"):
        tags[key].append(name)
    about = Article.specialties.through.objects.filter(article__in=keys).order_by("specialty")
    for key, specialty in about.values_list("article", "specialty"):
        specialties[key].append(specialty)
    return {
        article.pk: {
            **_columns_of(article),
            "bylines": bylines[article.pk],
            "tags": tags[article.pk],
            "specialties": specialties[article.pk],
        }
        for article in articles
    }


@transaction.atomic
def apply_snapshot(article: Article, snapshot: dict) -> None:
    """Give the article, which is saved, the words of the snapshot.

    A picture, a person or a specialty that has been deleted since is left out; so is a field that
    the snapshot is too old to know. A tag that was merged since is the one that stayed.
    """
    for name in SNAPSHOT_COLUMNS:
        if name in snapshot:
            field = _column(name)
            setattr(article, field.attname, _existing(field, snapshot[name]))
    article.save()
    if "bylines" in snapshot:
        _set_bylines(article, snapshot["bylines"])
    if "tags" in snapshot:
        article.tags.set(present_names(snapshot["tags"]))
    if "specialties" in snapshot:
        article.specialties.set(Specialty.objects.filter(pk__in=snapshot["specialties"]))
    article._prefetched_objects_cache = {}
    refresh_derived(article)


def _columns_of(article: Article) -> dict:
    values = {name: _column(name).value_from_object(article) for name in SNAPSHOT_COLUMNS}
    return {name: _as_json(value) for name, value in values.items()}


def _column(name: str) -> models.Field:
    return Article._meta.get_field(name)


def _as_json(value):
    return value.isoformat() if isinstance(value, date) else value


def _existing(field: models.Field, value):
    if not field.is_relation:
        return field.to_python(value)
    return value if field.related_model.objects.filter(pk=value).exists() else None


def _set_bylines(article: Article, bylines: list[dict]) -> None:
    authors = set(
        Author.objects.values_list("pk", flat=True).filter(
            pk__in=[byline["author"] for byline in bylines]
        )
    )
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(article=article, author_id=byline["author"], **_byline_columns(byline))
        for byline in bylines
        if byline["author"] in authors
    )


def _byline_columns(byline: dict) -> dict:
    return {name: byline[name] for name in BYLINE_COLUMNS if name in byline}
