"""People who treat patients."""

from datetime import date, timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.models.vocabulary import Insurer, Language, Specialty
from directory.npi import NPI_DIGITS, validate_npi

# The No Surprises Act of 2020 has insurers verify their directories every 90 days.
STALE_AFTER = timedelta(days=90)


class PractitionerQuerySet(models.QuerySet):
    """Which practitioners: named by what a visitor may see."""

    def listed(self):
        """Those whom the public may see. Every public page starts from here."""
        return self.filter(listing=Practitioner.Listing.LISTED)

    def named(self, words):
        """Those with words of their own or an office's name that begin with each of `words`."""
        named = self
        for word in words:
            named = named.filter(search_text__contains=f" {word}")
        return named

    def with_offices(self):
        """How and where they are reached, in three queries."""
        return self.prefetch_related("affiliations__office")

    def with_facts(self):
        """Everything that a result or a page shows, in a constant number of queries."""
        return self.prefetch_related(
            "specialties",
            "languages",
            "insurers",
            "credentials",
            "licenses__verified_by",
            "affiliations__office",
            "affiliations__opening_hours",
        )


class Practitioner(models.Model):
    """A person who treats patients. Facts left empty mean "not stated", never "no"."""

    class Listing(models.TextChoices):
        DRAFT = "draft", _("Draft")
        LISTED = "listed", _("Listed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=140, unique=True)
    reference = models.CharField(
        _("reference"),
        max_length=60,
        blank=True,
        help_text=_("The key of this person in the list they are imported from. Not published."),
    )
    letters = models.CharField(
        _("letters"),
        max_length=60,
        blank=True,
        help_text=_("What stands after the name, such as L.Ac., DACM."),
    )
    npi = models.CharField(
        _("NPI"),
        max_length=NPI_DIGITS,
        blank=True,
        validators=[validate_npi],
        help_text=_(
            "Ten digits of the national registry, npiregistry.cms.hhs.gov. It is published."
        ),
    )
    listing = models.CharField(
        _("listing"), max_length=10, choices=Listing.choices, default=Listing.DRAFT
    )
    statement = models.TextField(
        _("in their own words"), blank=True, help_text=_("How this person works. Plain text.")
    )
    specialties = models.ManyToManyField(
        Specialty, verbose_name=_("specialties"), related_name="practitioners", blank=True
    )
    languages = models.ManyToManyField(
        Language, verbose_name=_("languages"), related_name="practitioners", blank=True
    )
    insurers = models.ManyToManyField(
        Insurer, verbose_name=_("insurers"), related_name="practitioners", blank=True
    )
    first_visit_fee_usd = models.PositiveIntegerField(_("first visit, USD"), null=True, blank=True)
    follow_up_fee_usd = models.PositiveIntegerField(_("later visits, USD"), null=True, blank=True)
    has_sliding_scale = models.BooleanField(_("sliding scale"), null=True, blank=True)
    offers_telehealth = models.BooleanField(_("telehealth"), null=True, blank=True)
    offers_home_visits = models.BooleanField(_("home visits"), null=True, blank=True)
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("For the editors. It is never published.")
    )
    website = models.URLField(_("web site"), blank=True)
    booking_url = models.URLField(_("booking page"), blank=True)
    photo = models.ImageField(_("photo"), upload_to="portraits/", blank=True)
    photo_alt = models.CharField(
        _("alternative text"),
        max_length=200,
        blank=True,
        help_text=_("Left empty, it is “Portrait of” and the name."),
    )
    photo_credit = models.CharField(_("photographer"), max_length=120, blank=True)
    photo_consent = models.CharField(
        _("consent"),
        max_length=200,
        blank=True,
        help_text=_("Who agreed that it is shown, how and when. For the editors only."),
    )
    photo_focus_x = models.PositiveSmallIntegerField(
        _("middle of the face, from the left"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=_("Percent of the width."),
    )
    photo_focus_y = models.PositiveSmallIntegerField(
        _("middle of the face, from the top"),
        default=38,
        validators=[MaxValueValidator(100)],
        help_text=_("Percent of the height."),
    )
    confirmed_on = models.DateField(
        _("last confirmed on"),
        null=True,
        blank=True,
        help_text=_("The day on which the practitioner last said that these facts are current."),
    )
    is_demonstration = models.BooleanField(default=False, editable=False)
    search_text = models.TextField(
        editable=False, blank=True, help_text="Folded name, letters and office names."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PractitionerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("practitioner")
        verbose_name_plural = _("practitioners")
        indexes = [
            models.Index(fields=["listing", "name", "id"]),
            # All that the list of the sitemap's pages reads.
            models.Index(
                fields=["listing", "id", "updated_at"], name="directory_practitioner_changed"
            ),
            # Whose address is it that somebody has proven?
            models.Index(
                Lower("email"),
                condition=~models.Q(email=""),
                name="directory_practitioner_address",
            ),
            # Every page asks now and then whether there is one.
            models.Index(
                fields=["is_demonstration"],
                condition=models.Q(is_demonstration=True),
                name="directory_practitioner_demo",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(photo="") | ~models.Q(photo_consent=""),
                name="directory_practitioner_photo_has_consent",
            ),
            models.UniqueConstraint(
                fields=["reference"],
                condition=~models.Q(reference=""),
                name="directory_practitioner_reference_once",
            ),
            models.UniqueConstraint(
                fields=["npi"],
                condition=~models.Q(npi=""),
                name="directory_practitioner_npi_once",
                violation_error_message=_("Another practitioner has this NPI."),
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.letters}" if self.letters else self.name

    def get_absolute_url(self):
        return reverse("directory:practitioner", args=[self.slug])

    def is_listed(self):
        """The same rule as `PractitionerQuerySet.listed`."""
        return self.listing == self.Listing.LISTED

    def is_stale(self, *, on: date) -> bool:
        """Whether the facts were confirmed once, but so long ago that they may have changed."""
        return self.confirmed_on is not None and self.confirmed_on < on - STALE_AFTER


class PractitionerPath(models.Model):
    """A slug that a practitioner once had: its address redirects for good."""

    slug = models.SlugField(max_length=140, unique=True)
    practitioner = models.ForeignKey(Practitioner, models.CASCADE, related_name="paths")

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")

    def __str__(self):
        return self.slug
