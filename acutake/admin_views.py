"""The admin's pages that belong to no single model: searching everything, who did what."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from acutake.admin_search import search_admin
from acutake.audit import Cursor, Page, kinds_for, read_log
from acutake.audit_forms import AuditForm


@require_safe
def search(request):
    """Everything that this editor may look at."""
    query, sections = search_admin(request, request.GET.get("q", ""))
    context = {
        **admin.site.each_context(request),
        "title": _("Search everything"),
        "query": query,
        "sections": sections,
    }
    return render(request, "admin/search.html", context)


@require_safe
def audit(request):
    """The log, narrowed by what was asked and by what this editor may see."""
    if not request.user.has_perm("admin.view_logentry"):
        raise PermissionDenied
    asked = {name: request.GET.get(name, "") for name in AuditForm.base_fields}
    form = AuditForm(asked, kinds=kinds_for(request.user))
    page = Page([], None)
    if form.is_valid():
        before = Cursor.read(request.GET.get("before", ""))
        page = read_log(form.criteria(), viewer=request.user, before=before)
    context = {
        **admin.site.each_context(request),
        "title": _("Who did what"),
        "form": form,
        "page": page,
        "is_later_page": "before" in request.GET,
        "is_narrowed": any(asked.values()),
    }
    return render(request, "admin/audit.html", context)
