"""The admin's page on which the owner of the site fetches the publication as one file."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from acutake.archive_files import ask_for_archive, how_far, kept_archives, path_of


@require_http_methods(["GET", "HEAD", "POST"])
def archives(request):
    """Those that are kept, and a button that has another one made."""
    _check(request)
    if request.method == "POST":
        if not ask_for_archive(at=timezone.now()):
            messages.info(request, _("One is being made already."))
        return redirect("admin:archives")
    context = {
        **admin.site.each_context(request),
        "title": _("Archive of the publication"),
        "making": how_far(),
        "archives": kept_archives(),
    }
    return render(request, "admin/archives.html", context)


@require_safe
def fetch(request, name):
    """The file itself."""
    path = _path(request, name)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"acutake-{name}")


@require_POST
def discard(request, name):
    """The file goes; the publication stays as it is."""
    _path(request, name).unlink()
    messages.success(request, _("The archive was deleted."))
    return redirect("admin:archives")


def _check(request):
    """It holds every draft and every comment: nobody's part of the site, but all of it."""
    if not request.user.is_superuser:
        raise PermissionDenied


def _path(request, name):
    _check(request)
    path = path_of(name)
    if path is None or not path.is_file():
        raise Http404
    return path
