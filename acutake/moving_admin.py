"""A WordPress export in the admin: upload, dry run, report by item, import."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acutake.moving_forms import ExportForm
from acutake.moving_uploads import UPLOADS, media_folder
from articles.models import WordPressImport
from articles.wordpress.answers import Outcome, read_report
from directory.admin.uploads import UploadAdmin


@admin.register(WordPressImport)
class WordPressImportAdmin(UploadAdmin):
    """All uploads of the last days, for who may add articles."""

    uploads = UPLOADS
    permissions = ("articles.add_article", "articles.change_article", "articles.add_image")
    folder = "admin/articles/wordpressimport"
    labels = {
        Outcome.CREATED: gettext_lazy("Created"),
        Outcome.UPDATED: gettext_lazy("Updated"),
        Outcome.UNCHANGED: gettext_lazy("Unchanged"),
        Outcome.SKIPPED: gettext_lazy("Skipped"),
    }
    tabs = {**labels, "noted": gettext_lazy("With notes")}
    all_label = gettext_lazy("All items")

    list_display = ["file_name", "uploaded_at", "uploaded_by", "status", "total", *Outcome]

    def read_report(self, file, *, size, outcome):
        return read_report(file, size=size, outcome=outcome)

    def add_view(self, request, form_url="", extra_context=None):
        self.check_permitted(request)
        form = ExportForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            values = form.cleaned_data
            at = timezone.now()
            found = UPLOADS.keep(values["file"], pages=values["pages"], by=request.user, at=at)
            return self.to(found)
        context = {"form": form, "has_media": media_folder() is not None}
        return self.page(request, "upload", _("Import from WordPress"), **context)
