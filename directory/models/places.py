from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.geo import Point


class Place(models.Model):
    """A state, a populated place or a postcode of the gazetteer, with its point.

    The rows come from `directory/data/gazetteer.tsv.gz` and are only written by
    `directory.loading`; `id` is the one in that file and stays the same from one edition to the
    next.
    """

    class Kind(models.TextChoices):
        STATE = "state", _("state or province")
        POPULATED = "populated", _("populated place")
        POSTCODE = "postcode", _("postcode")

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=120)
    locality = models.CharField(
        max_length=120, blank=True, default="", help_text=_("The town of a postcode.")
    )
    slug = models.CharField(max_length=160, db_index=True)
    state_code = models.CharField(max_length=8, blank=True, default="")
    state_name = models.CharField(max_length=80, blank=True, default="")
    country_code = models.CharField(max_length=2, default="US")
    country_name = models.CharField(max_length=80, default="United States")
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField(default=0)
    timezone = models.CharField(
        max_length=40, blank=True, default="", help_text=_("IANA name; empty when not known.")
    )

    class Meta:
        ordering = ["-population", "id"]
        indexes = [
            models.Index(
                fields=["country_code", "kind", "-population"], name="directory_place_largest"
            ),
            models.Index(
                fields=["kind", "latitude", "longitude", "population"], name="directory_place_map"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="directory_place_point_on_earth",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """The name as a reader in the United States would write it in an address."""
        parts = [f"{self.name} {self.locality}".strip()]
        if self.kind != self.Kind.STATE:
            parts.append(self.state_name)
        if self.country_code != "US" and self.country_name != self.name:
            parts.append(self.country_name)
        return ", ".join(part for part in parts if part)

    @property
    def point(self) -> Point:
        return Point(latitude=self.latitude, longitude=self.longitude)


class PlaceName(models.Model):
    """One way to write a place: the index in which the gazetteer looks names up.

    `folded` holds lower-case ASCII letters and digits only (`directory.place_names.key`), so that a
    range of keys is a prefix under every collation. `backwards` is the same from its end, for slips
    at the beginning of a name. `weight` ranks: ten times as much for a place's own name as for
    another name of it.
    """

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="names", db_index=False)
    folded = models.CharField(max_length=120)
    backwards = models.CharField(max_length=120, blank=True, default="")
    weight = models.BigIntegerField()

    class Meta:
        ordering = ["-weight", "id"]
        indexes = [
            models.Index(fields=["folded", "weight", "place"], name="directory_placename_folded"),
            models.Index(fields=["backwards", "weight"], name="directory_placename_backwards"),
            models.Index(fields=["place"], name="directory_placename_place"),
        ]

    def __str__(self):
        return self.folded


class DataFile(models.Model):
    """Which edition of a data file the database holds, so that it is loaded only once."""

    name = models.CharField(max_length=80, unique=True)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name
