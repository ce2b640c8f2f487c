"""Listings from a CSV file and back in the admin: upload, dry run, report by row, import."""

from itertools import islice

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from directory.exporting import export_lines
from directory.import_forms import UploadForm
from directory.importing.answers import Outcome
from directory.importing.reports import read_report
from directory.importing.uploads import REFUSED, REPORT, discard, folder_of, go_on, start_import
from directory.importing.uploads import upload as keep_upload
from directory.models import ListingImport, Practitioner

PAGE_ROWS = 50
PERMISSIONS = ("directory.add_practitioner", "directory.change_practitioner")
LABELS = {
    Outcome.CREATED: gettext_lazy("Created"),
    Outcome.UPDATED: gettext_lazy("Updated"),
    Outcome.UNCHANGED: gettext_lazy("Unchanged"),
    Outcome.REFUSED: gettext_lazy("Refused"),
}


@admin.register(ListingImport)
class ListingImportAdmin(admin.ModelAdmin):
    """All uploads of the last days; each has a page of its own. For who may add practitioners."""

    list_display = ["file_name", "uploaded_at", "uploaded_by", "status", *Outcome]
    list_select_related = ["uploaded_by"]
    list_per_page = 50
    actions = None

    def has_add_permission(self, request):
        return request.user.has_perms(PERMISSIONS)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perms(PERMISSIONS)

    has_change_permission = has_view_permission

    def has_delete_permission(self, request, obj=None):
        """It is discarded instead, with its files."""
        return False

    def has_module_permission(self, request):
        return request.user.has_perms(PERMISSIONS)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        own = [
            ("export/", self.export_view, "export"),
            ("<int:key>/start/", require_POST(self.start_view), "start"),
            ("<int:key>/go-on/", require_POST(self.go_on_view), "go_on"),
            ("<int:key>/discard/", require_POST(self.discard_view), "discard"),
            ("<int:key>/report.csv", self.report_view, "report"),
            ("<int:key>/refused.csv", self.refused_view, "refused"),
        ]
        return [
            *(
                path(at, wrap(view), name=f"directory_listingimport_{name}")
                for at, view, name in own
            ),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        self._check(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            found = keep_upload(form.cleaned_data["file"], by=request.user, at=timezone.now())
            return _to(found)
        return self._page(request, "upload", _("Import listings"), form=form)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        self._check(request)
        found = self.get_object(request, object_id)
        if found is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        outcome = request.GET.get("outcome", "")
        outcome = outcome if outcome in LABELS else ""
        counts = {name: getattr(found, name) for name in LABELS}
        page = _page_of_report(found, counts, outcome, request.GET.get("page"))
        tabs = [("", _("All rows"), found.rows_done)]
        tabs += [(name, label, counts[name]) for name, label in LABELS.items()]
        return self._page(
            request,
            "import",
            found.file_name,
            found=found,
            is_stalled=found.is_stalled(at=timezone.now()),
            outcome=outcome,
            tabs=tabs,
            page=page,
            pages=page.paginator.get_elided_page_range(page.number),
        )

    def start_view(self, request, key):
        found = self._found(request, key)
        if not start_import(found, at=timezone.now()):
            messages.warning(request, _("It was started already."))
        return _to(found)

    def go_on_view(self, request, key):
        found = self._found(request, key)
        if not go_on(found, at=timezone.now()):
            messages.info(request, _("It is at work again already."))
        return _to(found)

    def discard_view(self, request, key):
        found = self._found(request, key)
        discard(found)
        text = _("“%s” was discarded. What it has imported stays.")
        messages.success(request, text % found.file_name)
        return HttpResponseRedirect(reverse("admin:directory_listingimport_changelist"))

    def report_view(self, request, key):
        return self._file(request, key, REPORT)

    def refused_view(self, request, key):
        return self._file(request, key, REFUSED)

    def export_view(self, request):
        """Those whom the list of practitioners shows with the same parameters."""
        self._check(request)
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

    def _check(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied

    def _found(self, request, key):
        self._check(request)
        found = self.get_object(request, str(key))
        if found is None:
            raise Http404
        return found

    def _file(self, request, key, name):
        found = self._found(request, key)
        file = folder_of(found) / name
        if found.is_running() or not file.exists():
            raise Http404
        stem = found.file_name.rpartition(".")[0] or found.file_name
        return FileResponse(file.open("rb"), as_attachment=True, filename=f"{stem}-{name}")

    def _page(self, request, name, title, **context):
        context |= {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return render(request, f"admin/directory/listingimport/{name}.html", context)


def _page_of_report(found, counts, outcome, number):
    """The counts say how many pages there are; the report is read as far as the page goes."""
    total = counts[outcome] if outcome else found.rows_done
    paginator = Paginator(range(total), PAGE_ROWS)
    page = paginator.get_page(number)
    file = folder_of(found) / REPORT
    if total and file.exists():
        lines = read_report(file, size=found.report_bytes, outcome=outcome)
        shown = islice(lines, page.start_index() - 1, page.end_index())
        page.object_list = [(line, LABELS[line.outcome]) for line in shown]
    else:
        page.object_list = []
    return page


def _to(found):
    return HttpResponseRedirect(reverse("admin:directory_listingimport_change", args=[found.pk]))
