"""The editorial admin site: what waits for an editor, first."""

from django.contrib import admin
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from acutake.forms import ThrottledLoginForm


class EditorialAdminSite(admin.AdminSite):
    """Django's admin under the site's name, whose first page says what waits."""

    site_header = _("AcuTake")
    site_title = _("AcuTake")
    index_title = _("The desk")
    index_template = "admin/desk.html"
    login_form = ThrottledLoginForm
    enable_nav_sidebar = False

    def get_urls(self):
        from acutake import archive_views
        from acutake.admin_views import audit, search

        archive = archive_views.archives, archive_views.fetch, archive_views.discard
        archives, fetch, discard = map(self.admin_view, archive)
        return [
            path("search/", self.admin_view(search), name="search"),
            path("audit/", self.admin_view(audit), name="audit"),
            path("archive/", archives, name="archives"),
            path("archive/<str:name>/", fetch, name="archive_fetch"),
            path("archive/<str:name>/delete/", discard, name="archive_discard"),
            *super().get_urls(),
        ]

    def index(self, request, extra_context=None):
        from acutake.desk import desk_for

        desk = desk_for(request.user, at=timezone.now())
        return super().index(request, {"desk": desk, **(extra_context or {})})
