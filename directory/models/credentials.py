"""What lets practitioners treat: letters that were issued, licenses, and who checked those."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directory.models.practitioners import Practitioner
from directory.models.vocabulary import CredentialKind

# Most states renew licenses every one or two years: after a year the register may say otherwise.
CHECK_AGAIN_AFTER = timedelta(days=365)
# Time to look at the register again before the public reads "lapsed".
EXPIRING_WITHIN = timedelta(days=30)


class CredentialManager(models.Manager):
    """Credentials come with their kinds, which say what they leave empty."""

    def get_queryset(self):
        return super().get_queryset().select_related("kind")


class Credential(models.Model):
    """Letters that somebody issued to a practitioner, such as Dipl.Ac. of the national board.

    What is left empty is that of the kind.
    """

    practitioner = models.ForeignKey(Practitioner, models.CASCADE, related_name="credentials")
    letters = models.CharField(_("letters"), max_length=30)
    kind = models.ForeignKey(
        CredentialKind,
        models.SET_NULL,
        verbose_name=_("kind"),
        related_name="credentials",
        null=True,
        blank=True,
        help_text=_("From the list of letters. It says what is left empty here."),
    )
    name = models.CharField(_("in plain words"), max_length=120, blank=True)
    issuer = models.CharField(_("issuer"), max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)

    objects = CredentialManager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("credential")
        verbose_name_plural = _("credentials")

    def __str__(self):
        return self.letters

    @property
    def plain_name(self) -> str:
        """What an editor wrote, or else what the kind says; empty when nobody has said."""
        return self.name or (self.kind.name if self.kind else "")

    @property
    def plain_issuer(self) -> str:
        return self.issuer or (self.kind.issuer if self.kind else "")


class LicenseQuerySet(models.QuerySet):
    """Which licenses; days are dates in the site's time zone."""

    def pertinent(self):
        """Those of practitioners who are public or may become so."""
        return self.exclude(practitioner__listing=Practitioner.Listing.WITHDRAWN)

    def unverified(self):
        """Those that nobody has looked up as they stand."""
        return self.filter(verified_on=None)

    def checked(self, *, on):
        """Those that somebody has looked up as they stand, and that are valid on the day `on`."""
        is_valid = Q(expires_on=None) | Q(expires_on__gte=on)
        return self.filter(is_valid, verified_on__isnull=False)

    def lapsed(self, *, on):
        """Those whose last day has passed."""
        return self.filter(expires_on__lt=on)

    def expiring(self, *, on):
        """Those still valid on the day `on`, but not for long."""
        return self.filter(expires_on__gte=on, expires_on__lte=on + EXPIRING_WITHIN)

    def to_check_again(self, *, on):
        """Those valid and verified, but too long ago."""
        return self.checked(on=on).filter(verified_on__lt=on - CHECK_AGAIN_AFTER)

    def longest_waiting(self):
        """Unverified ones first, the oldest of them first; then by the day they were checked."""
        return self.order_by(F("verified_on").asc(nulls_first=True), "pk")


class License(models.Model):
    """A state's permission to practice. `verified_on` is the day an editor saw it at the source.

    The fields from `verified_on` on are those of the latest Verification; nothing but
    `directory.licensing` sets them on a site.
    """

    practitioner = models.ForeignKey(Practitioner, models.CASCADE, related_name="licenses")
    number = models.CharField(_("number"), max_length=40)
    state_code = models.CharField(_("state"), max_length=3)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("verified by"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    source_url = models.URLField(_("where it was checked"), blank=True)
    verification_note = models.CharField(
        _("or how it was checked"),
        max_length=200,
        blank=True,
        help_text=_("Such as “by telephone with the board”. It is published."),
    )

    objects = LicenseQuerySet.as_manager()

    class Meta:
        ordering = ["state_code", "number"]
        verbose_name = _("license")
        verbose_name_plural = _("licenses")
        constraints = [
            models.UniqueConstraint(
                fields=["state_code", "number"], name="directory_license_number_once_a_state"
            )
        ]

    def __str__(self):
        return f"{self.state_code} {self.number}"

    def is_lapsed(self, *, on: date) -> bool:
        """Whether its last day has passed on the date `on`; one without an end never lapses."""
        return self.expires_on is not None and self.expires_on < on

    def is_to_check_again(self, *, on: date) -> bool:
        """The same rule as `LicenseQuerySet.to_check_again`."""
        is_old = self.verified_on is not None and self.verified_on < on - CHECK_AGAIN_AFTER
        return is_old and not self.is_lapsed(on=on)


class Verification(models.Model):
    """One check of a license, as it was then. Rows are added and never changed.

    Whoever checked cannot be deleted: an account is switched off instead.
    """

    license = models.ForeignKey(License, models.CASCADE, related_name="verifications")
    number = models.CharField(_("number"), max_length=40)
    state_code = models.CharField(_("state"), max_length=3)
    valid_until = models.DateField(_("valid until"), null=True)
    verified_on = models.DateField(_("verified on"))
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("verified by"),
        related_name="+",
        null=True,
    )
    source_url = models.URLField(_("where it was checked"), blank=True)
    note = models.CharField(_("how it was checked"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")

    def __str__(self):
        return f"{self.state_code} {self.number}, {self.verified_on}"
