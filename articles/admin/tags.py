"""Tags in the admin, without taggit's own page: its merging asks nobody for a right."""

from collections.abc import Iterable

import taggit.admin  # noqa: F401  (it registers its own, which is replaced here)
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from taggit.models import Tag

from articles.models import Article, Image, TagPath
from articles.search_index import index_articles
from articles.tag_forms import TagForm
from articles.tag_merging import merge_tags
from directory.admin.merging import MergingAdmin
from directory.admin.old_addresses import OldAddressInline, RenamingAdmin

admin.site.unregister(Tag)


class TagPathInline(OldAddressInline):
    model = TagPath


@admin.register(Tag)
class TagAdmin(RenamingAdmin, MergingAdmin):
    """Names, addresses, and how much stands under each."""

    form = TagForm
    list_display = ["name", "slug", "article_count"]
    ordering = ["name", "pk"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [TagPathInline]
    merge_template = "admin/taggit/tag/merge_confirmation.html"

    def get_queryset(self, request):
        """Pictures of the library carry tags, too."""
        return super().get_queryset(request).annotate(uses=_uses(Article))

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            index_articles(_under([obj]))

    def merge(self, kept, rows):
        return merge_tags(kept, rows)

    def merged_words(self, count):
        return ngettext(
            "%(names)s: merged into %(kept)s, on %(count)d article.",
            "%(names)s: merged into %(kept)s, on %(count)d articles.",
            count,
        )

    def delete_view(self, request, object_id, extra_context=None):
        """Says first how much loses the tag."""
        used = Tag.objects.filter(pk=unquote(object_id)).annotate(
            article_count=_uses(Article), picture_count=_uses(Image)
        )
        counts = used.values("article_count", "picture_count").first() or {}
        return super().delete_view(request, object_id, {**counts, **(extra_context or {})})

    def get_deleted_objects(self, objs, request):
        """The tags alone: how much loses them is said in a number, not by naming every article."""
        tags = [str(tag) for tag in objs]
        return tags, {self.opts.verbose_name_plural: len(tags)}, set(), []

    def delete_model(self, request, obj):
        self.delete_queryset(request, Tag.objects.filter(pk=obj.pk))

    def delete_queryset(self, request, queryset):
        """The articles are searched without the tags from then on."""
        articles = _under(queryset)
        super().delete_queryset(request, queryset)
        index_articles(articles)

    @admin.display(description=_("articles"), ordering="uses")
    def article_count(self, tag):
        return tag.uses


def _uses(model: type[Model]) -> Count:
    """How many rows of the model have each tag."""
    kind = ContentType.objects.get_for_model(model)
    is_of_model = Q(taggit_taggeditem_items__content_type=kind)
    return Count("taggit_taggeditem_items", filter=is_of_model)


def _under(tags: Iterable[Tag]) -> list[int]:
    """The keys of the articles and next versions that stand under any of the tags."""
    keys = [tag.pk for tag in tags]
    return list(Article.objects.filter(tags__in=keys).distinct().values_list("pk", flat=True))
