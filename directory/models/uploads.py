"""Files that editors upload to be checked and then imported."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# Far longer than any batch takes, and than the first look over a file of 500 MB, which takes a
# minute: a run that has not come on since then was killed.
STALLED_AFTER = timedelta(minutes=5)


class Upload(models.Model):
    """An uploaded file: first looked through, then, when an editor says so, imported.

    `run` counts the starts, so that of two workers only the later one goes on. The counts are of
    what the file holds, as the model's `total` names it, which is 0 until it is counted.
    `report_bytes` says how much of the report belongs to them, whatever a killed run has written
    beyond. `notes` are sentences about the file as a whole, `failure` the reason why it cannot be
    read at all.
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
        related_name="+",
        null=True,
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.CHECKING
    )
    run = models.PositiveIntegerField(default=0)
    progressed_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)
    notes = models.JSONField(default=list)
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("updated"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    report_bytes = models.BigIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.file_name

    @property
    def taken(self) -> int:
        """How many were neither refused nor passed over."""
        return self.created + self.updated + self.unchanged

    @property
    def done(self) -> int:
        """How many have been answered in this run."""
        raise NotImplementedError

    def is_running(self) -> bool:
        """Whether a worker has it, or should have it."""
        return self.status in (self.Status.CHECKING, self.Status.IMPORTING)

    def is_stalled(self, *, at: datetime) -> bool:
        """Whether nothing has moved for so long that nobody is at work on it any more."""
        last = self.progressed_at or self.uploaded_at
        return self.is_running() and last < at - STALLED_AFTER
