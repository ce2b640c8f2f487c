"""Tags in the admin, without taggit's own page: its merging asks nobody for a right."""

import taggit.admin  # noqa: F401  (it registers its own, which is replaced here)
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from articles.models import Article

admin.site.unregister(Tag)


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    """Names, addresses, and how much stands under each."""

    list_display = ["name", "slug", "article_count"]
    ordering = ["name", "pk"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request):
        """Pictures of the library carry tags, too."""
        articles = ContentType.objects.get_for_model(Article)
        is_article = Q(taggit_taggeditem_items__content_type=articles)
        uses = Count("taggit_taggeditem_items", filter=is_article)
        return super().get_queryset(request).annotate(uses=uses)

    @admin.display(description=_("articles"), ordering="uses")
    def article_count(self, tag):
        return tag.uses
