"""Offices in the admin: an address, the pin that puts it into searches by place, its people."""

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.forms import Script
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from js_asset import Media

from directory.admin.editing import SharedAdmin
from directory.admin.filters import OfficePointFilter, PeopleFilter
from directory.admin.pin_map import COUNTRY_MIDDLE, ZOOMS_MILES, draw_pin_map, office_map
from directory.coordinates import read_point
from directory.models import Affiliation, Office
from directory.office_forms import AffiliationForm, OfficeForm
from directory.offices import breadth_words, people_at, point_words, save_office
from directory.search_index import index_practitioners


class PeopleInline(admin.StackedInline):
    """Who works there, and when."""

    model = Affiliation
    form = AffiliationForm
    fields = ["practitioner", ("phone", "accepts_new_patients"), "hours"]
    autocomplete_fields = ["practitioner"]
    extra = 0
    verbose_name = _("practitioner")
    verbose_name_plural = _("practitioners")

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("practitioner", "office")
        return rows.prefetch_related("opening_hours")


@admin.register(Office)
class OfficeAdmin(SharedAdmin):
    """An address, its pin, and who works there."""

    form = OfficeForm
    inlines = [PeopleInline]
    list_display = ["name", "street", "city", "state_code", "precision", "people"]
    list_filter = [OfficePointFilter, PeopleFilter, "state_code"]
    search_fields = ["name", "street", "city", "postcode"]
    list_per_page = 50
    show_full_result_count = False
    readonly_fields = ["pin"]
    fieldsets = [
        (None, {"fields": ["name", "is_step_free"]}),
        (
            _("Address"),
            {
                "fields": [
                    "street",
                    ("city", "state_code", "postcode", "country_code"),
                    "timezone",
                ],
                "description": _("Everybody who works here has this address."),
            },
        ),
        (
            _("Point"),
            {
                "fields": [("latitude", "longitude"), "pin"],
                "description": _(
                    "Left empty, it becomes the middle of the postcode or the town, and follows "
                    "the address. Set by hand, it stays."
                ),
            },
        ),
    ]

    @property
    def media(self):
        names = ("pin.js", "autocomplete-names.js")
        scripts = [Script(f"directory/admin/{name}", type="module") for name in names]
        css = {"all": ["css/map.css", "directory/admin/desk.css"]}
        return super().media + Media(css=css, js=scripts)

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.pin_map_view))
        return [path("pin-map/", view, name="directory_office_pin_map"), *super().get_urls()]

    def get_queryset(self, request):
        """Counted by a subquery, so that only the rows of a page are."""
        there = Affiliation.objects.filter(office=OuterRef("pk")).order_by().values("office")
        counted = Subquery(there.annotate(count=Count("pk")).values("count"))
        return super().get_queryset(request).annotate(people_count=Coalesce(counted, 0))

    def pin_map_view(self, request):
        """The sheet around `latitude` and `longitude`, for `zoom`; in words what is wrong."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        try:
            point = read_point(request.GET.get("latitude", ""), request.GET.get("longitude", ""))
        except ValidationError as error:
            return HttpResponse(error.messages[0], status=400, content_type="text/plain")
        zoom = request.GET.get("zoom", "")
        if zoom not in map(str, range(len(ZOOMS_MILES))):
            raise BadRequest("There is no such zoom.")
        drawn = draw_pin_map(point or COUNTRY_MIDDLE, zoom=int(zoom), has_pin=point is not None)
        return HttpResponse(render_to_string("directory/admin/_pin_map.html", {"map": drawn}))

    def save_model(self, request, obj, form, change):
        notes = save_office(obj, has_moved=form.has_moved(), is_pinned=form.is_pinned())
        for note in notes:
            self.message_user(request, note, messages.WARNING)

    def save_related(self, request, form, formsets, change):
        before = people_at([form.instance])
        super().save_related(request, form, formsets, change)
        index_practitioners({*before, *people_at([form.instance])})

    def delete_model(self, request, obj):
        self._delete([obj], lambda: super(OfficeAdmin, self).delete_model(request, obj))

    def delete_queryset(self, request, queryset):
        delete = super().delete_queryset
        self._delete(queryset, lambda: delete(request, queryset))

    def _delete(self, offices, delete):
        """The names of their offices are part of the words people are found by."""
        people = people_at(offices)
        delete()
        index_practitioners(people)

    @admin.display(description=_("people"), ordering="people_count")
    def people(self, office):
        return office.people_count

    @admin.display(description=_("pin"))
    def pin(self, office):
        """The point in words and on a map."""
        words = " ".join(filter(None, [point_words(office), breadth_words(office)]))
        url = reverse("admin:directory_office_pin_map")
        context = {"office": office, "words": words, "map": office_map(office), "url": url}
        return render_to_string("directory/admin/_pin.html", context)


@admin.register(Affiliation)
class AffiliationAdmin(admin.ModelAdmin):
    """One practitioner at one office with the hours there; reached from either of them."""

    form = AffiliationForm
    fields = ["practitioner", "office", ("phone", "accepts_new_patients"), "hours"]
    list_display = ["practitioner", "office", "phone", "accepts_new_patients"]
    list_filter = ["accepts_new_patients"]
    list_select_related = ["practitioner", "office"]
    list_per_page = 50
    show_full_result_count = False
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
