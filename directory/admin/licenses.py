"""Licenses in the admin: the queue of those to be looked up, and the form for it."""

from django.contrib import admin, messages
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.license_forms import LicenseForm, LicenseFormSet
from directory.license_registers import register_of
from directory.models import License, Verification
from directory.models.credentials import EXPIRING_WITHIN
from directory.phrases import words
from directory.search_index import index_practitioners


class StandingFilter(admin.SimpleListFilter):
    """What waits; of practitioners who are public or may become so."""

    title = gettext_lazy("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [
            ("unverified", _("Not verified")),
            ("lapsed", _("Lapsed")),
            (
                "expiring",
                _("Expires within %(days)d days") % {"days": EXPIRING_WITHIN.days},
            ),
            ("again", _("To check again")),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        narrowed = {
            "unverified": lambda rows: rows.unverified(),
            "lapsed": lambda rows: rows.lapsed(on=today),
            "expiring": lambda rows: rows.expiring(on=today),
            "again": lambda rows: rows.to_check_again(on=today),
        }.get(self.value())
        return narrowed(queryset.pertinent()) if narrowed else queryset


class LicenseInline(admin.StackedInline):
    """Licenses on the practitioner's screen: the editor who sets the day is the one who checked."""

    model = License
    form = LicenseForm
    formset = LicenseFormSet
    fields = [
        ("number", "state_code", "expires_on"),
        ("verified_on", "source_url", "verification_note"),
    ]
    extra = 0
    show_change_link = True

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        return type("LicenseFormSet", (formset,), {"request": request})


class VerificationInline(admin.TabularInline):
    """Every check there was, to be read."""

    model = Verification
    fields = readonly_fields = [
        "verified_on",
        "verified_by",
        "state_code",
        "number",
        "valid_until",
        "source_url",
        "note",
    ]
    extra = 0
    can_delete = False
    verbose_name_plural = gettext_lazy("Checks so far")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("verified_by")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(License)
class LicenseAdmin(admin.ModelAdmin):
    """The queue: unverified ones first, the oldest of them first."""

    form = LicenseForm
    inlines = [VerificationInline]
    list_display = [
        "license",
        "practitioner",
        "standing",
        "expires_on",
        "verified_on",
        "verified_by",
        "register",
    ]
    list_display_links = ["license"]
    list_filter = [StandingFilter, "state_code"]
    list_select_related = ["practitioner", "verified_by"]
    list_per_page = 50
    show_full_result_count = False
    ordering = [F("verified_on").asc(nulls_first=True), "pk"]
    search_fields = ["number", "practitioner__search_text"]
    search_help_text = gettext_lazy("A number, or words from the practitioner’s name.")
    readonly_fields = ["holder", "register", "verified_by"]
    fieldsets = [
        (None, {"fields": ["seen", "holder", ("number", "state_code", "expires_on")]}),
        (
            gettext_lazy("Check"),
            {
                "fields": [
                    "register",
                    "verified_on",
                    "source_url",
                    "verification_note",
                    "verified_by",
                ],
                "description": gettext_lazy(
                    "Open the register, compare name, number and last day, correct them here if "
                    "they differ, then set the day of your check and save. Your name is recorded."
                ),
            },
        ),
    ]

    def has_add_permission(self, request):
        """A license is added on its practitioner's screen."""
        return False

    def get_search_results(self, request, queryset, search_term):
        """A number as it is written, or a name without case, accents and apostrophes."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        named, _may_repeat = super().get_search_results(
            request, queryset, " ".join(words(search_term))
        )
        return found | named, may_repeat

    def save_model(self, request, obj, form, change):
        form.by = request.user
        form.save_check()
        if form.is_taken_back:
            messages.warning(request, form.taken_back_words)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        index_practitioners([obj.practitioner_id])

    def delete_queryset(self, request, queryset):
        people = list(queryset.values_list("practitioner_id", flat=True))
        super().delete_queryset(request, queryset)
        index_practitioners(people)

    @admin.display(description=gettext_lazy("license"), ordering="state_code")
    def license(self, held):
        return str(held)

    @admin.display(description=gettext_lazy("standing"))
    def standing(self, held):
        return standing_of(held, on=timezone.localdate())

    @admin.display(description=gettext_lazy("practitioner"))
    def holder(self, held):
        person = held.practitioner
        address = reverse("admin:directory_practitioner_change", args=[person.pk])
        return format_html('<a href="{}">{}</a>', address, person)

    @admin.display(description=gettext_lazy("register"))
    def register(self, held):
        found = register_of(held.state_code)
        if found is None:
            return _("None known for this state")
        return format_html('<a href="{}" rel="noreferrer">{}</a>', found.url, found.board)


def standing_of(held: License, *, on) -> str:
    """What an editor has to know of a license on the day `on`, in one or two words."""
    if held.is_lapsed(on=on):
        return _("Lapsed")
    if held.verified_on is None:
        return _("Not verified")
    if held.is_to_check_again(on=on):
        return _("To check again")
    days = (held.expires_on - on).days if held.expires_on else EXPIRING_WITHIN.days + 1
    if days == 0:
        return _("Expires today")
    if days <= EXPIRING_WITHIN.days:
        return ngettext("Expires in %d day", "Expires in %d days", days) % days
    return _("Verified")
