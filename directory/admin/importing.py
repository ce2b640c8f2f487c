"""Listings from a CSV file and back in the admin: upload, dry run, report by row, import."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.admin.uploads import UploadAdmin
from directory.exporting import export_lines
from directory.import_forms import UploadForm
from directory.importing.answers import Outcome
from directory.importing.reports import read_report
from directory.importing.uploads import REFUSED, UPLOADS
from directory.models import ListingImport, Practitioner


@admin.register(ListingImport)
class ListingImportAdmin(UploadAdmin):
    """All uploads of the last days, for who may add practitioners."""

    uploads = UPLOADS
    permissions = ("directory.add_practitioner", "directory.change_practitioner")
    folder = "admin/directory/listingimport"
    labels = tabs = {
        Outcome.CREATED: gettext_lazy("Created"),
        Outcome.UPDATED: gettext_lazy("Updated"),
        Outcome.UNCHANGED: gettext_lazy("Unchanged"),
        Outcome.REFUSED: gettext_lazy("Refused"),
    }
    all_label = gettext_lazy("All rows")

    list_display = ["file_name", "uploaded_at", "uploaded_by", "status", *Outcome]

    def read_report(self, file, *, size, outcome):
        return read_report(file, size=size, outcome=outcome)

    def own_views(self):
        return [
            ("export/", self.export_view, "export"),
            ("<int:key>/refused.csv", self.refused_view, "refused"),
            *super().own_views(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        self.check_permitted(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            return self.to(UPLOADS.keep(file, by=request.user, at=timezone.now()))
        return self.page(request, "upload", _("Import listings"), form=form)

    def refused_view(self, request, key):
        return self.file(request, key, REFUSED)

    def export_view(self, request):
        """Those whom the list of practitioners shows with the same parameters."""
        self.check_permitted(request)
        practitioners = self.admin_site.get_model_admin(Practitioner)
        try:
            listed = practitioners.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse("admin:directory_practitioner_changelist"))
        name = f"listings-{timezone.localdate().isoformat()}.csv"
        return StreamingHttpResponse(
            export_lines(listed.prefetch_related(None)),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
