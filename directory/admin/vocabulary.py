"""The controlled lists in the admin, and the gazetteer to look at."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.admin.merging import MergingAdmin
from directory.admin.old_addresses import OldAddressInline, RenamingAdmin
from directory.merging import merge_into
from directory.models import (
    Condition,
    Insurer,
    Language,
    Place,
    Practitioner,
    Specialty,
    SpecialtyPath,
)
from directory.search_index import index_practitioners, note_change
from directory.vocabulary import free_bit

LISTED = Q(practitioners__listing=Practitioner.Listing.LISTED)


class MaskedAdmin(MergingAdmin):
    """For what has a bit in the search table: a new one gets it, a deleted one leaves none."""

    def save_model(self, request, obj, form, change):
        if not change:
            obj.bit = free_bit(self.model)
        super().save_model(request, obj, form, change)
        note_change([])

    def delete_model(self, request, obj):
        people = _people_with([obj])
        super().delete_model(request, obj)
        index_practitioners(people)

    def delete_queryset(self, request, queryset):
        people = _people_with(queryset)
        super().delete_queryset(request, queryset)
        index_practitioners(people)

    def for_merge(self, queryset):
        return queryset.annotate(people=Count("practitioners"))

    def merge(self, kept, rows):
        count = merge_into(kept, rows)
        note_change([])
        return count

    def merged_words(self, count):
        return ngettext(
            "%(names)s: merged into %(kept)s, for %(count)d practitioner.",
            "%(names)s: merged into %(kept)s, for %(count)d practitioners.",
            count,
        )


class SpecialtyPathInline(OldAddressInline):
    model = SpecialtyPath


@admin.register(Specialty)
class SpecialtyAdmin(RenamingAdmin, MaskedAdmin):
    """What it is, and the words under which patients find it."""

    list_display = ["name", "slug", "listed"]
    search_fields = ["name", "synonyms"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "description", "limits", "first_visit", "synonyms"]
    inlines = [SpecialtyPathInline]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(listed=Count("practitioners", filter=LISTED))

    @admin.display(description=_("listed practitioners"), ordering="listed")
    def listed(self, specialty):
        return specialty.listed


@admin.register(Condition)
class ConditionAdmin(admin.ModelAdmin):
    """What patients seek help for, in their words, and who often sees it."""

    list_display = ["name", "slug", "seen_by"]
    list_filter = ["specialties"]
    search_fields = ["name", "synonyms"]
    prepopulated_fields = {"slug": ["name"]}
    filter_horizontal = ["specialties"]
    fields = ["name", "slug", "description", "synonyms", "specialties"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("specialties")

    @admin.display(description=_("often seen by"))
    def seen_by(self, condition):
        return ", ".join(specialty.name for specialty in condition.specialties.all())


@admin.register(Insurer)
class InsurerAdmin(MaskedAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Language)
class LanguageAdmin(MaskedAdmin):
    list_display = ["name", "code"]
    search_fields = ["name", "code"]


@admin.register(Place)
class PlaceAdmin(admin.ModelAdmin):
    """Read only: the rows come from the data file."""

    list_display = ["name", "kind", "state_name", "country_name", "population"]
    list_filter = ["kind"]
    search_fields = ["name__istartswith", "slug__istartswith"]
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def _people_with(rows):
    """The keys of those whose bit in the search table must go, as a list."""
    return list({key for row in rows for key in row.practitioners.values_list("pk", flat=True)})
