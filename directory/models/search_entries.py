"""The narrow table that searches read. Derived: `directory.search_index` writes it."""

from enum import IntFlag

from django.db import models

from directory.models.offices import Affiliation
from directory.models.practitioners import Practitioner


class Fact(IntFlag):
    """The bits of `fact_mask`: what somebody has stated to be so, which includes no "no"."""

    ACCEPTING = 1 << 0
    TELEHEALTH = 1 << 1
    HOME = 1 << 2
    EVENINGS = 1 << 3
    WEEKENDS = 1 << 4
    STEP_FREE = 1 << 5
    SLIDING = 1 << 6


class SearchEntry(models.Model):
    """One listed practitioner at one office, or at none; nobody else is ever in it.

    `x, y, z` is the office on the unit sphere, `fine_cell` and `coarse_cell` its cells of
    `directory.grid`, all None without a point. The masks have the bit of everything that the
    practitioner offers, takes and speaks; some facts are those of the office. `verified_until` is
    the last day on which a license that was checked is valid. `is_only` says that the practitioner
    has no other entry, who then needs no care to be counted once.
    `state_code` names the country as well, as in "US-NY" (ISO 3166-2); `place_population` is that
    of the town the office is in, 0 when the gazetteer does not know it.
    """

    practitioner = models.ForeignKey(Practitioner, models.CASCADE, related_name="search_entries")
    affiliation = models.OneToOneField(
        Affiliation, models.CASCADE, related_name="search_entry", null=True
    )
    is_only = models.BooleanField()
    x = models.FloatField(null=True)
    y = models.FloatField(null=True)
    z = models.FloatField(null=True)
    fine_cell = models.IntegerField(null=True)
    coarse_cell = models.IntegerField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    state_code = models.CharField(max_length=8, blank=True)
    place_population = models.PositiveIntegerField(default=0)
    specialty_mask = models.BigIntegerField()
    insurer_mask = models.BigIntegerField()
    language_mask = models.BigIntegerField()
    fact_mask = models.BigIntegerField()
    first_visit_fee_usd = models.PositiveIntegerField(null=True)
    verified_until = models.DateField(null=True)

    class Meta:
        indexes = [
            # Everything that a page of results and its counts read within a city.
            models.Index(
                fields=[
                    *("fine_cell", "specialty_mask", "insurer_mask", "language_mask", "fact_mask"),
                    *("x", "y", "z", "first_visit_fee_usd", "verified_until"),
                    *("is_only", "practitioner", "affiliation"),
                ],
                name="directory_search_fine",
            ),
            models.Index(
                fields=["coarse_cell", "specialty_mask", "x", "y", "z", "affiliation"],
                name="directory_search_coarse",
            ),
            models.Index(fields=["latitude", "longitude"], name="directory_search_map"),
            models.Index(
                fields=["state_code", "-place_population", "affiliation"],
                name="directory_search_state",
            ),
        ]

    def __str__(self):
        return f"search entry {self.pk}"
