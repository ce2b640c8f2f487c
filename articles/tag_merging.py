"""Tags that mean the same become one, and no article loses its place under them."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from taggit.models import Tag, TaggedItem

from acutake.lib.old_addresses import hand_over_slugs, remember_slug
from articles.models import Article, OldAddress, TagPath
from articles.search_index import index_articles


@transaction.atomic
def merge_tags(kept: Tag, merged: Iterable[Tag]) -> int:
    """Give `kept` all that stands under the others, and delete those; returns how many articles
    that concerned.

    Articles in every state, their next versions and the pictures of the library keep each tag
    once. The addresses of the others lead to `kept`; so do their names, where somebody types them
    or restores a revision or an unsaved draft that has them (`tagging.present_names`).
    """
    keys = {kept.pk, *(tag.pk for tag in merged)}
    tags = list(Tag.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    others = [tag for tag in tags if tag.pk != kept.pk]
    rows = Article.objects.filter(tags__in=others).distinct()
    concerned = dict(rows.values_list("pk", Coalesce("next_of_id", "pk")))
    for tag in others:
        _move_items(tag, kept)
        hand_over_slugs(kept, tag)
        _remember_name(tag, kept)
        OldAddress.objects.filter(tag=tag).update(tag=kept)
        tag.delete()
    index_articles(concerned)
    return len(set(concerned.values()))


def _move_items(tag: Tag, kept: Tag) -> None:
    """Whatever has `tag` has `kept` instead, once."""
    items = TaggedItem.objects.filter(tag=tag)
    has_both = TaggedItem.objects.filter(
        tag=kept, content_type=OuterRef("content_type"), object_id=OuterRef("object_id")
    )
    items.filter(Exists(has_both)).delete()
    items.update(tag=kept)


def _remember_name(tag: Tag, kept: Tag) -> None:
    """The slug that is made of its name may be another one than it has."""
    slug = tag.slugify(tag.name)
    if not TagPath.objects.filter(slug=slug).exists():
        remember_slug(kept, slug)
