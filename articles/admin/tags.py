"""Tags in the admin, without taggit's own page: its merging asks nobody for a right."""

import taggit.admin  # noqa: F401  (it registers its own, which is replaced here)
from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

admin.site.unregister(Tag)


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    """Names, addresses, and how much stands under each."""

    list_display = ["name", "slug", "article_count"]
    ordering = ["name", "pk"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(uses=Count("taggit_taggeditem_items"))

    @admin.display(description=_("articles"), ordering="uses")
    def article_count(self, tag):
        return tag.uses
