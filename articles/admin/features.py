"""What stands at the head of the home page, in which order."""

from django.contrib import admin
from django.forms import Script
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Feature


@admin.register(Feature)
class FeatureAdmin(admin.ModelAdmin):
    """A short list whose order is set in the list itself."""

    list_display = ["article", "position", "is_public"]
    list_editable = ["position"]
    list_select_related = ["article"]
    fields = ["article", "position"]
    autocomplete_fields = ["article"]
    search_fields = ["article__search_text"]

    class Media:
        js = [Script("directory/admin/autocomplete-names.js", type="module")]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("article__body", "article__search_text")

    @admin.display(description=_("on the home page"), boolean=True)
    def is_public(self, feature):
        """One that is not public waits: it appears as soon as the public may read it."""
        return feature.article.is_published(at=timezone.now())
