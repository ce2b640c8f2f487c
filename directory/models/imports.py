"""Files with listings that editors upload, and what became of each."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# Far longer than any batch takes: a run that has not come on since then was killed.
STALLED_AFTER = timedelta(minutes=3)


class ListingImport(models.Model):
    """One uploaded file: first looked through, then, when an editor says so, imported.

    `run` counts the starts, so that of two workers only the later one goes on. The counts are of
    rows; `report_bytes` and `refused_bytes` say how much of the files beside the upload belongs to
    them, whatever a killed run has written beyond. `rows` is 0 until they are counted. `notes` are
    sentences about the file as a whole, `failure` the reason why it cannot be read at all.
    """

    class Status(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked")
        IMPORTING = "importing", _("Being imported")
        IMPORTED = "imported", _("Imported")
        FAILED = "failed", _("Cannot be read")

    file_name = models.CharField(_("file"), max_length=200)
    uploaded_at = models.DateTimeField(_("uploaded"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("by"),
        related_name="listing_imports",
        null=True,
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.CHECKING
    )
    run = models.PositiveIntegerField(default=0)
    progressed_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)
    notes = models.JSONField(default=list)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    report_bytes = models.BigIntegerField(default=0)
    refused_bytes = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("import of listings")
        verbose_name_plural = _("imports of listings")

    def __str__(self):
        return self.file_name

    @property
    def rows_done(self) -> int:
        return self.created + self.updated + self.unchanged + self.refused

    def is_running(self) -> bool:
        """Whether a worker has it, or should have it."""
        return self.status in (self.Status.CHECKING, self.Status.IMPORTING)

    def is_stalled(self, *, at: datetime) -> bool:
        """Whether nothing has moved for so long that nobody is at work on it any more."""
        last = self.progressed_at or self.uploaded_at
        return self.is_running() and last < at - STALLED_AFTER
