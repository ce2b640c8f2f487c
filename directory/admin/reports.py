"""What readers report about listings: what waits first, oldest first, beside what is said now."""

from django import forms
from django.contrib import admin, messages
from django.db.models import Case, Count, F, OuterRef, Subquery, When
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from acutake.lib.text import clean_lines
from directory import reports
from directory.models import Practitioner, Report

CLOSINGS = {"_resolve": Report.Status.RESOLVED, "_reject": Report.Status.REJECTED}


class ClosingForm(forms.ModelForm):
    """What an editor may do with a report. The view's transaction holds the row from `clean` on."""

    with_others = forms.BooleanField(
        label=gettext_lazy("Close the other open reports on this listing as well"), required=False
    )

    class Meta:
        model = Report
        fields = ["note"]

    def clean_note(self):
        return clean_lines(self.cleaned_data["note"])

    def clean(self):
        cleaned = super().clean()
        now = Report.objects.select_for_update().get(pk=self.instance.pk)
        if CLOSINGS.keys() & self.data.keys() and not now.is_open():
            self.add_error(None, _closed_elsewhere(now))
        if "_reopen" in self.data and now.is_open():
            self.add_error(None, _("Somebody was faster: this report is open again."))
        return cleaned


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    """Reading and closing. What the reader wrote is never edited, and no report is deleted."""

    form = ClosingForm
    list_display = ["what", "practitioner", "on_this_listing", "created_at", "status"]
    list_display_links = ["what"]
    list_filter = ["status"]
    list_select_related = ["practitioner"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["practitioner__search_text", "text"]

    class Media:
        css = {"all": ["css/admin_reports.css"]}

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        """Counted by a subquery, so that only the rows of a page are."""
        same = Report.objects.open().filter(practitioner=OuterRef("practitioner")).order_by()
        counted = same.values("practitioner").annotate(count=Count("pk")).values("count")
        return (
            super().get_queryset(request).annotate(open_on_listing=Coalesce(Subquery(counted), 0))
        )

    def get_ordering(self, request):
        waits_since = Case(When(status=Report.Status.OPEN, then=F("created_at")))
        return [waits_since.asc(nulls_last=True), "-resolved_at", "-pk"]

    def get_object(self, request, object_id, from_field=None):
        report = super().get_object(request, object_id, from_field)
        if report:
            listing = Practitioner.objects.with_facts()
            report.practitioner = listing.get(pk=report.practitioner_id)
        return report

    def get_fieldsets(self, request, obj=None):
        may_close = self.has_change_permission(request, obj)
        sender = ["reporter_email"] if may_close and obj.reporter_email else []
        others = ["with_others"] if may_close and obj.is_open() and obj.open_on_listing > 1 else []
        closed = [] if obj.is_open() else ["resolved_at", "resolved_by"]
        said = ["what_is_wrong", "words", *sender, "created_at", "status", *closed]
        return [
            (_("The report"), {"fields": [*said, "note", *others], "classes": ["report-said"]}),
            (_("What the listing says now"), {"fields": ["facts"], "classes": ["report-facts"]}),
        ]

    def get_readonly_fields(self, request, obj=None):
        shown = ["what_is_wrong", "words", "reporter_email", "created_at", "status"]
        return [*shown, "resolved_at", "resolved_by", "facts"]

    def view_on_site(self, obj):
        return obj.practitioner.get_absolute_url() if obj.practitioner.is_listed() else None

    @admin.display(description=gettext_lazy("report"))
    def what(self, report):
        words = Truncator(report.text).chars(90)
        return f"{report.subject_labels()}: {words}" if words else report.subject_labels()

    @admin.display(description=gettext_lazy("open on this listing"), ordering="open_on_listing")
    def on_this_listing(self, report):
        query = f"practitioner__id__exact={report.practitioner_id}"
        return format_html(
            '<a href="{}?{}">{}</a>',
            reverse("admin:directory_report_changelist"),
            query,
            ngettext("%d report", "%d reports", report.open_on_listing) % report.open_on_listing,
        )

    @admin.display(description=gettext_lazy("what is wrong"))
    def what_is_wrong(self, report):
        return report.subject_labels()

    @admin.display(description=gettext_lazy("in the reader’s words"))
    def words(self, report):
        return format_html('<div class="report-words" dir="auto">{}</div>', report.text or "-")

    @admin.display(description="")
    def facts(self, report):
        others = report.practitioner.reports.exclude(pk=report.pk).order_by("-created_at", "-pk")
        return render_to_string(
            "directory/admin/_report_facts.html",
            {"practitioner": report.practitioner, "others": others[:10]},
        )

    def save_model(self, request, obj, form, change):
        """Close or reopen; plain saving keeps the note for later."""
        if "_reopen" in request.POST:
            reports.reopen(obj)
            return
        status = next((CLOSINGS[name] for name in CLOSINGS if name in request.POST), None)
        if status is None:
            obj.save(update_fields=["note"])
            return
        closing = [obj]
        if form.cleaned_data.get("with_others"):
            closing += (
                Report.objects.open().filter(practitioner=obj.practitioner).exclude(pk=obj.pk)
            )
        now = timezone.now()
        for report in closing:
            reports.close(report, status=status, note=obj.note, at=now, by=request.user)
        if len(closing) > 1:
            text = ngettext("%d report was closed.", "%d reports were closed.", len(closing))
            self.message_user(request, text % len(closing), messages.SUCCESS)


def _closed_elsewhere(report: Report) -> str:
    who = report.resolved_by
    return _(
        "Somebody was faster: %(who)s has closed this report as “%(status)s”. Their note: "
        "“%(note)s”. Yours is still below."
    ) % {
        "who": (who.get_full_name() or who.get_username()) if who else "-",
        "status": report.get_status_display(),
        "note": report.note,
    }
