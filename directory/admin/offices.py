"""Offices in the admin, with the point that puts them into searches by place, and the hours."""

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.geocoding import locate
from directory.models import Affiliation, Office, OpeningHours
from directory.search_index import index_practitioners


class PointFilter(admin.SimpleListFilter):
    """Offices that no search by place can find."""

    title = _("place on the map")
    parameter_name = "point"

    def lookups(self, request, model_admin):
        return [("none", _("Without a point")), ("set", _("With a point"))]

    def queryset(self, request, queryset):
        if self.value() in ("none", "set"):
            return queryset.filter(latitude__isnull=self.value() == "none")
        return queryset


class AffiliationInline(admin.TabularInline):
    """Who works there. The hours are behind "Change"."""

    model = Affiliation
    autocomplete_fields = ["practitioner"]
    extra = 0
    show_change_link = True
    verbose_name = _("practitioner")
    verbose_name_plural = _("practitioners")


@admin.register(Office)
class OfficeAdmin(admin.ModelAdmin):
    """An address, its point, and who works there."""

    inlines = [AffiliationInline]
    list_display = ["name", "street", "city", "state_code", "precision"]
    list_filter = [PointFilter, "precision", "state_code"]
    search_fields = ["name", "street", "city", "postcode"]
    list_per_page = 50
    fieldsets = [
        (None, {"fields": ["name", "is_step_free"]}),
        (
            _("Address"),
            {"fields": ["street", "city", "state_code", "postcode", "country_code", "timezone"]},
        ),
        (
            _("Point"),
            {
                "fields": ["latitude", "longitude", "precision"],
                "description": _(
                    "Decimal degrees, west is negative. Left empty, it becomes the middle of the "
                    "postcode or the town."
                ),
            },
        ),
    ]

    def save_model(self, request, obj, form, change):
        if obj.point is None:
            self._locate(request, obj)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        before = _people_at([form.instance])
        super().save_related(request, form, formsets, change)
        index_practitioners({*before, *_people_at([form.instance])})

    def delete_model(self, request, obj):
        self._delete([obj], lambda: super(OfficeAdmin, self).delete_model(request, obj))

    def delete_queryset(self, request, queryset):
        delete = super().delete_queryset
        self._delete(queryset, lambda: delete(request, queryset))

    def _delete(self, offices, delete):
        """The names of their offices are part of the words people are found by."""
        people = _people_at(offices)
        delete()
        index_practitioners(people)

    def _locate(self, request, office):
        located = locate(office)
        if located is None:
            office.precision = ""
            self.message_user(
                request,
                _("The gazetteer does not know this town: give the point, or no search finds it."),
                messages.WARNING,
            )
            return
        point, office.precision = located
        office.latitude, office.longitude = point.latitude, point.longitude


@admin.register(Affiliation)
class AffiliationAdmin(admin.ModelAdmin):
    """One practitioner at one office with the hours there; reached from either of them."""

    class OpeningHoursInline(admin.TabularInline):
        model = OpeningHours
        extra = 1
        # The browser's own: the hours are on the office's clock, not on the server's.
        formfield_overrides = {
            models.TimeField: {
                "widget": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            }
        }

    inlines = [OpeningHoursInline]
    list_display = ["practitioner", "office", "phone", "accepts_new_patients"]
    list_filter = ["accepts_new_patients"]
    list_select_related = ["practitioner", "office"]
    search_fields = ["practitioner__search_text", "office__name"]
    autocomplete_fields = ["practitioner", "office"]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        before = form.initial.get("practitioner", form.instance.practitioner_id)
        index_practitioners({before, form.instance.practitioner_id})

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        index_practitioners([obj.practitioner_id])

    def delete_queryset(self, request, queryset):
        people = list(queryset.values_list("practitioner_id", flat=True))
        super().delete_queryset(request, queryset)
        index_practitioners(people)


def _people_at(offices):
    """The keys of those who work there, as a list: it outlives the offices."""
    return list(
        Affiliation.objects.filter(office__in=list(offices)).values_list(
            "practitioner_id", flat=True
        )
    )
