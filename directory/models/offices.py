"""Where patients are seen, and who sees them there when."""

from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.geo import Point
from directory.models.practitioners import Practitioner
from directory.time_zones import validate_zone, zone_of


class Office(models.Model):
    """A place with an address. Without a point it is on no map and in no search by place."""

    class Precision(models.TextChoices):
        ROOFTOP = "rooftop", _("Rooftop")
        STREET = "street", _("Street")
        POSTCODE = "postcode", _("Postcode")
        PLACE = "place", _("Place")

    name = models.CharField(_("name"), max_length=120)
    street = models.CharField(_("street"), max_length=120, blank=True)
    city = models.CharField(_("city"), max_length=120)
    state_code = models.CharField(_("state"), max_length=3)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    country_code = models.CharField(_("country"), max_length=2, default="US")
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    precision = models.CharField(
        _("precision"), max_length=10, choices=Precision.choices, blank=True
    )
    timezone = models.CharField(
        _("time zone"),
        max_length=40,
        blank=True,
        validators=[validate_zone],
        help_text=_("Such as America/New_York. Left empty, it follows from the point."),
    )
    is_step_free = models.BooleanField(_("step-free access"), null=True, blank=True)
    practitioners = models.ManyToManyField(
        Practitioner, through="Affiliation", related_name="offices"
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        indexes = [models.Index(fields=["street"], name="directory_office_street")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="directory_office_point_is_whole",
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.city}"

    @property
    def point(self) -> Point | None:
        """None while nobody knows where it is."""
        return None if self.latitude is None else Point(self.latitude, self.longitude)

    @property
    def has_exact_point(self) -> bool:
        """Whether the point is that of the address, not the middle of a postcode or a town."""
        is_middle = self.precision in {self.Precision.POSTCODE, self.Precision.PLACE}
        return self.point is not None and not is_middle

    @property
    def zone(self) -> ZoneInfo | None:
        """On whose clock its hours are; None while neither a zone nor a point is known."""
        return zone_of(self.timezone, self.point)


class Affiliation(models.Model):
    """One practitioner at one office (FHIR PractitionerRole)."""

    practitioner = models.ForeignKey(Practitioner, models.CASCADE, related_name="affiliations")
    office = models.ForeignKey(Office, models.CASCADE, related_name="affiliations")
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    accepts_new_patients = models.BooleanField(_("accepts new patients"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "office"], name="directory_affiliation_once"
            )
        ]

    def __str__(self):
        return f"{self.practitioner} at {self.office}"


class OpeningHours(models.Model):
    """One span of one weekday (0 is Monday) on the office's own clock.

    One that does not end later than it begins ends on the next day: from 6 PM until 1 AM, or around
    the clock when both are the same.
    """

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    affiliation = models.ForeignKey(Affiliation, models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday.choices)
    opens_at = models.TimeField(_("from"))
    closes_at = models.TimeField(_("until"))

    class Meta:
        ordering = ["weekday", "opens_at"]
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        constraints = [
            models.UniqueConstraint(
                fields=["affiliation", "weekday", "opens_at"], name="directory_hours_start_once"
            )
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens_at:%H:%M}-{self.closes_at:%H:%M}"
