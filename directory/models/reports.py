"""What readers say is wrong with a listing."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.models.practitioners import Practitioner

LONGEST_REPORT = 5_000


class Subject(models.TextChoices):
    """What a report may be about; several of them can be."""

    PHONE = "phone", _("The phone number")
    ADDRESS = "address", _("The address")
    HOURS = "hours", _("The hours")
    FEES = "fees", _("The fees")
    NEW_PATIENTS = "new_patients", _("Takes no new patients")
    GONE = "gone", _("Has moved or retired")
    TRAINING = "training", _("License or training")
    OTHER = "other", _("Something else")


class ReportQuerySet(models.QuerySet):
    """Which reports."""

    def open(self):
        """Those that nobody has looked into yet."""
        return self.filter(status=Report.Status.OPEN)


class Report(models.Model):
    """One reader's report about one listing. `directory.reports` writes it.

    `subjects` are values of `Subject`. The e-mail address is shown to the editors who answer, and
    is gone when the report is closed, or `directory.reports.ADDRESS_KEPT` after it came.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        RESOLVED = "resolved", _("Resolved")
        REJECTED = "rejected", _("Rejected")

    practitioner = models.ForeignKey(
        Practitioner, models.CASCADE, verbose_name=_("practitioner"), related_name="reports"
    )
    subjects = models.JSONField(_("what is wrong"), default=list)
    text = models.TextField(_("in the reader’s words"), max_length=LONGEST_REPORT, blank=True)
    reporter_email = models.EmailField(_("e-mail"), blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.OPEN
    )
    created_at = models.DateTimeField(_("reported"))
    resolved_at = models.DateTimeField(_("closed"), null=True, editable=False)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("closed by"),
        related_name="resolved_reports",
        null=True,
        editable=False,
    )
    note = models.TextField(
        _("note"), max_length=LONGEST_REPORT, blank=True, help_text=_("For the other editors.")
    )
    submission_key = models.CharField(max_length=64, unique=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [models.Index(fields=["status", "created_at", "id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", resolved_at__isnull=True)
                | Q(resolved_at__isnull=False, reporter_email="") & ~Q(status="open"),
                name="directory_report_closed_has_date_and_no_address",
            )
        ]

    def __str__(self):
        return f"{self.practitioner.name}: {self.subject_labels()}"

    def subject_labels(self) -> str:
        """What is wrong, as a line of words."""
        return ", ".join(str(Subject(value).label) for value in self.subjects) or str(_("in words"))

    def is_open(self) -> bool:
        """The same rule as `ReportQuerySet.open`."""
        return self.status == self.Status.OPEN
