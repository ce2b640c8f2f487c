"""Practitioners in the admin: one screen for a listing, filters for what is not right yet."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import Prefetch
from django.forms import Script
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from acutake.lib.old_addresses import remember_slug
from directory.admin.editing import SharedAdmin
from directory.admin.filters import ConfirmedFilter, LicenseFilter, PhotoFilter, PointFilter
from directory.admin.letters import CredentialInline
from directory.admin.licenses import LicenseInline
from directory.hours_text import write_hours
from directory.listing import (
    confirm_practitioners,
    list_practitioners,
    withdraw_practitioners,
)
from directory.listing_forms import PractitionerForm
from directory.listing_search import matching_practitioners
from directory.models import Affiliation, Practitioner
from directory.office_forms import WorkplaceForm, WorkplaceFormSet
from directory.offices import people_at, point_words
from directory.portraits import forget_photos, store_photo
from directory.search_index import index_practitioners


class WorkplaceInline(admin.StackedInline):
    """Where the practitioner works: an office of the directory or a new one, with the hours."""

    model = Affiliation
    form = WorkplaceForm
    formset = WorkplaceFormSet
    autocomplete_fields = ["office"]
    readonly_fields = ["point", "also_here", "address", "written_hours"]
    verbose_name = _("office")
    verbose_name_plural = _("offices")
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "office",
                    ("name", "is_step_free"),
                    "street",
                    ("city", "state_code", "postcode", "country_code"),
                    "also_here",
                    "point",
                    ("phone", "accepts_new_patients"),
                    "hours",
                ],
                "classes": ["workplace"],
            },
        )
    ]

    def get_fieldsets(self, request, obj=None):
        """Who may only look sees the facts where the fields would be."""
        if self.has_change_permission(request, obj):
            return self.fieldsets
        seen = ["office", "address", "also_here", "phone", "accepts_new_patients"]
        return [(None, {"fields": [*seen, "written_hours"]})]

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj and obj.affiliations.exists() else 1

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("office", "practitioner")
        colleagues = Affiliation.objects.select_related("practitioner")
        return rows.prefetch_related(
            "opening_hours", Prefetch("office__affiliations", colleagues, to_attr="all_here")
        )

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Without the buttons that open another window: a new office is described here."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "office":
            field.widget.can_add_related = field.widget.can_change_related = False
            field.widget.can_view_related = False
        return field

    @admin.display(description=_("Point"))
    def point(self, affiliation):
        if affiliation.pk is None:
            return _("From the address, as soon as it is saved; then the pin can be moved.")
        return format_html(
            '{} <a href="{}#id_latitude">{}</a>',
            point_words(affiliation.office),
            reverse("admin:directory_office_change", args=[affiliation.office_id]),
            _("Move the pin"),
        )

    @admin.display(description=_("Address"))
    def address(self, affiliation):
        office = affiliation.office
        parts = [office.street, office.city, f"{office.state_code} {office.postcode}".strip()]
        return ", ".join(filter(None, parts))

    @admin.display(description=_("Hours"))
    def written_hours(self, affiliation):
        rows = affiliation.opening_hours.all()
        return write_hours((row.weekday, row.opens_at, row.closes_at) for row in rows)

    @admin.display(description=_("Also here"))
    def also_here(self, affiliation):
        others = [] if affiliation.pk is None else _others(affiliation)
        if not others:
            return _("Nobody else.")
        text = _("%(names)s. The name and the address of the office are theirs as well.")
        return text % {"names": ", ".join(others)}


@admin.register(Practitioner)
class PractitionerAdmin(SharedAdmin):
    """A listing with its offices, credentials, licenses and photo on one screen."""

    form = PractitionerForm
    inlines = [WorkplaceInline, CredentialInline, LicenseInline]
    list_display = ["name", "letters", "listing", "towns", "confirmed_on", "updated_at"]
    list_filter = [
        "listing",
        LicenseFilter,
        ConfirmedFilter,
        PointFilter,
        PhotoFilter,
        ("updated_at", admin.DateFieldListFilter),
        "specialties",
    ]
    search_fields = ["search_text"]
    search_help_text = _("A name, an office, a phone or license number, or an NPI.")
    list_per_page = 50
    show_full_result_count = False
    prepopulated_fields = {"slug": ["name"]}
    actions = ["list_selected", "withdraw_selected", "confirm_selected"]
    save_on_top = True

    fieldsets = [
        (None, {"fields": ["name", "letters", "slug", "listing", "confirmed_on"]}),
        (_("What they do"), {"fields": ["statement", "specialties", "languages"]}),
        (
            _("Photo"),
            {
                "fields": [
                    ("photo", "photo_kept"),
                    "photo_consent",
                    ("photo_alt", "photo_credit"),
                    ("photo_focus_x", "photo_focus_y"),
                ]
            },
        ),
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
        (_("Registers"), {"fields": ["npi", "reference"]}),
    ]

    class Media:
        css = {"all": ["directory/admin/desk.css"]}
        js = [Script("directory/admin/autocomplete-names.js", type="module")]

    def get_fieldsets(self, request, obj=None):
        """What was kept of an upload is only for a form that is sent."""
        if self.has_change_permission(request, obj) or self.has_add_permission(request):
            return self.fieldsets
        unsent = {("photo", "photo_kept"): "photo"}
        return [
            (title, {**options, "fields": [unsent.get(each, each) for each in options["fields"]]})
            for title, options in self.fieldsets
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("affiliations__office")

    def get_search_results(self, request, queryset, search_term):
        return matching_practitioners(queryset, search_term), False

    def get_prepopulated_fields(self, request, obj=None):
        """The address of a saved listing changes only by hand."""
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_listed() else None

    def save_model(self, request, obj, form, change):
        if form.has_new_photo():
            store_photo(obj, replaced=form.photo_before)
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            remember_slug(obj, form.initial["slug"])

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        workplaces = next(each for each in formsets if isinstance(each, WorkplaceFormSet))
        changed = [each.instance.office for each in workplaces if each.changes_office()]
        index_practitioners({form.instance.pk, *people_at(changed)})
        for note in workplaces.notes:
            self.message_user(request, note, messages.WARNING)

    def delete_model(self, request, obj):
        forget_photos([obj.photo.name])
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        forget_photos(list(queryset.exclude(photo="").values_list("photo", flat=True)))
        super().delete_queryset(request, queryset)

    @admin.display(description=_("towns"))
    def towns(self, practitioner):
        offices = [affiliation.office for affiliation in practitioner.affiliations.all()]
        return ", ".join(dict.fromkeys(f"{office.city}, {office.state_code}" for office in offices))

    @admin.action(description=_("List: show to the public"), permissions=["change"])
    def list_selected(self, request, queryset):
        changing = list(queryset.exclude(listing=Practitioner.Listing.LISTED))
        count = list_practitioners(changing)
        self._log(request, changing, _("Listed."))
        text = ngettext("%d practitioner was listed.", "%d practitioners were listed.", count)
        self.message_user(request, text % count, messages.SUCCESS)

    @admin.action(description=_("Withdraw from the public"), permissions=["change"])
    def withdraw_selected(self, request, queryset):
        changing = list(queryset.exclude(listing=Practitioner.Listing.WITHDRAWN))
        count = withdraw_practitioners(changing)
        self._log(request, changing, _("Withdrawn."))
        text = ngettext("%d practitioner was withdrawn.", "%d practitioners were withdrawn.", count)
        self.message_user(request, text % count, messages.SUCCESS)

    @admin.action(description=_("Confirmed by them today"), permissions=["change"])
    def confirm_selected(self, request, queryset):
        today = timezone.localdate()
        changing = [row for row in queryset if row.confirmed_on != today]
        count = confirm_practitioners(changing, on=today)
        self._log(request, changing, _("Confirmed."))
        text = ngettext("%d listing was confirmed.", "%d listings were confirmed.", count)
        self.message_user(request, text % count, messages.SUCCESS)

    def _log(self, request, practitioners, words):
        LogEntry.objects.log_actions(request.user.pk, practitioners, CHANGE, str(words))


def _others(affiliation: Affiliation) -> list[str]:
    return [
        other.practitioner.name
        for other in affiliation.office.all_here
        if other.practitioner_id != affiliation.practitioner_id
    ]
