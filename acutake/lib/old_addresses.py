"""Slugs that a row once had: each leads in one step to whatever slug the row has now.

For every model whose old slugs stand in a table of their own, each with a foreign key to the row,
which knows them as `paths`. They name the row and not its next slug, so there are no chains.
"""

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponsePermanentRedirect


@transaction.atomic
def remember_slug(row: Model, old_slug: str) -> None:
    """Let `old_slug` lead to the row, which is saved with another one by now.

    Who had a slug last has its address: what led to another row leads here now. A slug that is
    taken back is no old one any more.
    """
    row.paths.filter(slug=row.slug).delete()
    if old_slug and old_slug != row.slug:
        owner = {row.paths.field.name: row}
        row.paths.model.objects.update_or_create(slug=old_slug, defaults=owner)


@transaction.atomic
def hand_over_slugs(kept: Model, merged: Model) -> None:
    """Let everything that led to `merged`, which is about to be deleted, lead to `kept`."""
    merged.paths.update(**{kept.paths.field.name: kept})
    remember_slug(kept, merged.slug)


def find_by_slug(rows: QuerySet, slug: str) -> Model | None:
    """The one of `rows` with the slug, else the one that had it last. Two queries at most."""
    return rows.filter(slug=slug).first() or rows.filter(paths__slug=slug).first()


def moved(request: HttpRequest, path: str) -> HttpResponsePermanentRedirect:
    """To the present address for good, with what was asked behind the "?"."""
    query = request.GET.urlencode()
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
