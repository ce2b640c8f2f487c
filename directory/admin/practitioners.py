"""Practitioners in the admin: one screen for a listing, filters for what is not right yet."""

from django import forms
from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.listing import (
    check_slug,
    list_practitioners,
    remember_slug,
    withdraw_practitioners,
)
from directory.models import Affiliation, Credential, License, Practitioner
from directory.phrases import words
from directory.search_index import index_practitioner


class PractitionerForm(forms.ModelForm):
    """Refuses an address that leads, or led, somewhere else."""

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        check_slug(slug, practitioner=self.instance)
        return slug


class AffiliationInline(admin.TabularInline):
    """Where the practitioner works. The hours are behind "Change"."""

    model = Affiliation
    autocomplete_fields = ["office"]
    extra = 0
    show_change_link = True
    verbose_name = _("office")
    verbose_name_plural = _("offices")


class CredentialInline(admin.TabularInline):
    model = Credential
    extra = 0


class LicenseInline(admin.TabularInline):
    model = License
    extra = 0


class LicenseFilter(admin.SimpleListFilter):
    """Whose license nobody has looked up yet."""

    title = _("license")
    parameter_name = "license"

    def lookups(self, request, model_admin):
        return [("unverified", _("Not verified")), ("none", _("None recorded"))]

    def queryset(self, request, queryset):
        if self.value() == "unverified":
            unverified = License.objects.filter(verified_on=None)
            return queryset.filter(pk__in=unverified.values("practitioner_id"))
        if self.value() == "none":
            return queryset.exclude(pk__in=License.objects.values("practitioner_id"))
        return queryset


class PointFilter(admin.SimpleListFilter):
    """Who is in no search by place."""

    title = _("place on the map")
    parameter_name = "point"

    def lookups(self, request, model_admin):
        return [("none", _("No office with a point"))]

    def queryset(self, request, queryset):
        if self.value() != "none":
            return queryset
        placed = Affiliation.objects.filter(office__latitude__isnull=False)
        return queryset.exclude(pk__in=placed.values("practitioner_id"))


@admin.register(Practitioner)
class PractitionerAdmin(admin.ModelAdmin):
    """A listing with its offices, credentials and licenses on one screen."""

    form = PractitionerForm
    inlines = [AffiliationInline, CredentialInline, LicenseInline]
    list_display = ["name", "letters", "listing", "towns", "confirmed_on", "updated_at"]
    list_filter = ["listing", LicenseFilter, PointFilter, "specialties"]
    search_fields = ["search_text"]
    search_help_text = _("Words from the name or from an office’s name.")
    list_per_page = 50
    filter_horizontal = ["specialties"]
    autocomplete_fields = ["languages", "insurers"]
    prepopulated_fields = {"slug": ["name"]}
    actions = ["list_selected", "withdraw_selected"]
    save_on_top = True
    fieldsets = [
        (None, {"fields": ["name", "letters", "slug", "listing", "confirmed_on"]}),
        (_("What they do"), {"fields": ["statement", "specialties", "languages"]}),
        (
            _("Terms"),
            {
                "fields": [
                    ("first_visit_fee_usd", "follow_up_fee_usd", "has_sliding_scale"),
                    ("offers_telehealth", "offers_home_visits"),
                    "insurers",
                ],
                "description": _("What is left open is shown as “not stated”, never as “no”."),
            },
        ),
        (_("Reaching them"), {"fields": ["website", "booking_url", "email"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("affiliations__office")

    def get_search_results(self, request, queryset, search_term):
        """As the public search reads names: without case, accents and apostrophes."""
        typed = " ".join(words(search_term))
        return super().get_search_results(request, queryset, typed)

    def get_prepopulated_fields(self, request, obj=None):
        """The address of a saved listing changes only by hand."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_listed() else None

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            remember_slug(obj, form.initial["slug"])

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        index_practitioner(form.instance)

    @admin.display(description=_("towns"))
    def towns(self, practitioner):
        offices = [affiliation.office for affiliation in practitioner.affiliations.all()]
        return ", ".join(dict.fromkeys(f"{office.city}, {office.state_code}" for office in offices))

    @admin.action(description=_("List: show to the public"), permissions=["change"])
    def list_selected(self, request, queryset):
        count = list_practitioners(queryset)
        text = ngettext("%d practitioner was listed.", "%d practitioners were listed.", count)
        self.message_user(request, text % count, messages.SUCCESS)

    @admin.action(description=_("Withdraw from the public"), permissions=["change"])
    def withdraw_selected(self, request, queryset):
        count = withdraw_practitioners(queryset)
        text = ngettext("%d practitioner was withdrawn.", "%d practitioners were withdrawn.", count)
        self.message_user(request, text % count, messages.SUCCESS)
