"""Uploads in the admin, of whatever kind: dry run, report, import. Each has a page of its own."""

from collections.abc import Iterable
from itertools import islice

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directory.importing.life import REPORT, Uploads

PAGE_LINES = 50


class UploadAdmin(admin.ModelAdmin):
    """A kind of uploads: a subclass says which, who may, and what the report has.

    `labels` are the outcomes in words, `tabs` the same with whatever else the report is narrowed
    to. The templates are `upload.html` and `import.html` in `folder`.
    """

    uploads: Uploads
    permissions: tuple[str, ...]
    folder: str
    labels: dict
    tabs: dict
    all_label: str

    list_select_related = ["uploaded_by"]
    list_per_page = 50
    actions = None

    def read_report(self, file, *, size, outcome) -> Iterable:
        """The lines of a report, each with its `outcome`."""
        raise NotImplementedError

    def has_add_permission(self, request):
        return request.user.has_perms(self.permissions)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perms(self.permissions)

    has_change_permission = has_view_permission

    def has_delete_permission(self, request, obj=None):
        """It is discarded instead, with its files."""
        return False

    def has_module_permission(self, request):
        return request.user.has_perms(self.permissions)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            *(path(at, wrap(view), name=self._name(verb)) for at, view, verb in self.own_views()),
            *super().get_urls(),
        ]

    def own_views(self):
        """Address, view and the last part of its name."""
        return [
            ("<int:key>/start/", require_POST(self.start_view), "start"),
            ("<int:key>/go-on/", require_POST(self.go_on_view), "go_on"),
            ("<int:key>/discard/", require_POST(self.discard_view), "discard"),
            ("<int:key>/report.csv", self.report_view, "report"),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        self.check_permitted(request)
        found = self.get_object(request, object_id)
        if found is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        outcome = request.GET.get("outcome", "")
        outcome = outcome if outcome in self.tabs else ""
        tabs = [("", self.all_label, found.done)]
        tabs += [(name, label, getattr(found, name)) for name, label in self.tabs.items()]
        page = self._page_of_report(found, outcome, request.GET.get("page"))
        return self.page(
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
        if not self.uploads.start_import(found, at=timezone.now()):
            messages.warning(request, _("It was started already."))
        return self.to(found)

    def go_on_view(self, request, key):
        found = self._found(request, key)
        if not self.uploads.go_on(found, at=timezone.now()):
            messages.info(request, _("It is at work again already."))
        return self.to(found)

    def discard_view(self, request, key):
        found = self._found(request, key)
        self.uploads.discard(found)
        text = _("“%s” was discarded. What it has imported stays.")
        messages.success(request, text % found.file_name)
        return HttpResponseRedirect(reverse(f"admin:{self._name('changelist')}"))

    def report_view(self, request, key):
        return self.file(request, key, REPORT)

    def check_permitted(self, request):
        """Raise PermissionDenied for whoever may not import."""
        if not self.has_add_permission(request):
            raise PermissionDenied

    def file(self, request, key, name):
        """A file beside the upload, once nobody writes to it."""
        found = self._found(request, key)
        file = self.uploads.folder_of(found) / name
        if found.is_running() or not file.exists():
            raise Http404
        stem = found.file_name.rpartition(".")[0] or found.file_name
        return FileResponse(file.open("rb"), as_attachment=True, filename=f"{stem}-{name}")

    def page(self, request, name, title, **context):
        """One of the pages of `folder`."""
        context |= {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return render(request, f"{self.folder}/{name}.html", context)

    def to(self, found):
        """To the upload's own page."""
        return HttpResponseRedirect(reverse(f"admin:{self._name('change')}", args=[found.pk]))

    def _name(self, verb):
        return f"{self.opts.app_label}_{self.opts.model_name}_{verb}"

    def _found(self, request, key):
        self.check_permitted(request)
        found = self.get_object(request, str(key))
        if found is None:
            raise Http404
        return found

    def _page_of_report(self, found, outcome, number):
        """The counts say how many pages there are; the report is read as far as the page goes."""
        total = getattr(found, outcome) if outcome else found.done
        page = Paginator(range(total), PAGE_LINES).get_page(number)
        file = self.uploads.folder_of(found) / REPORT
        page.object_list = []
        if total and file.exists():
            lines = self.read_report(file, size=found.report_bytes, outcome=outcome)
            shown = islice(lines, page.start_index() - 1, page.end_index())
            page.object_list = [(line, self.labels[line.outcome]) for line in shown]
        return page
