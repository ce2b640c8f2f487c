"""Authors in the admin."""

from django.contrib import admin

from articles.models import Author, AuthorPath
from articles.search_index import index_articles
from directory.admin.old_addresses import OldAddressInline, RenamingAdmin


class AuthorPathInline(OldAddressInline):
    model = AuthorPath


@admin.register(Author)
class AuthorAdmin(RenamingAdmin):
    """Public identities. One who stands on an article cannot be deleted."""

    list_display = ["name", "letters", "role"]
    search_fields = ["name", "letters"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["practitioner"]
    inlines = [AuthorPathInline]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            index_articles(obj.bylines.values_list("article_id", flat=True))
