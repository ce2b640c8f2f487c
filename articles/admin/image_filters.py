"""How the list of the image library is narrowed."""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from articles.models import Image

# A longer list of tags is no help in a margin; the search finds every tag.
TAGS_SHOWN = 40


class NamedFilter(admin.SimpleListFilter):
    """Values that are each a method of the image's QuerySet, with its words."""

    methods: dict[str, tuple[str, str]] = {}

    def lookups(self, request, model_admin):
        return [(value, words) for value, (words, _method) in self.methods.items()]

    def queryset(self, request, queryset):
        if self.value() not in self.methods:
            return queryset
        return getattr(queryset, self.methods[self.value()][1])()


class LacksFilter(NamedFilter):
    """What an editor still has to say about a picture."""

    title = _("what is missing")
    parameter_name = "lacks"
    methods = {
        "alternative": (_("Alternative text"), "without_alternative"),
        "credit": (_("Credit"), "without_credit"),
    }


class UseFilter(NamedFilter):
    """Whether an article shows it."""

    title = _("use")
    parameter_name = "use"
    methods = {"used": (_("In an article"), "used"), "unused": (_("In none"), "unused")}


class TagFilter(admin.SimpleListFilter):
    """The tags of pictures, not those of articles alone."""

    title = _("tag")
    parameter_name = "tag"

    def lookups(self, request, model_admin):
        images = ContentType.objects.get_for_model(Image)
        tags = Tag.objects.filter(taggit_taggeditem_items__content_type=images).distinct()
        return [(tag.slug, tag.name) for tag in tags.order_by("name", "pk")[:TAGS_SHOWN]]

    def queryset(self, request, queryset):
        return queryset.filter(tags__slug=self.value()) if self.value() else queryset
