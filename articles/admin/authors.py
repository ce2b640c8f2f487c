"""Authors in the admin."""

from django.contrib import admin

from articles.models import Author


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):
    """Public identities. One who stands on an article cannot be deleted."""

    list_display = ["name", "letters", "role"]
    search_fields = ["name", "letters"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["practitioner"]
