"""The narrow table that searches read. Derived: `directory.search_index` writes it."""

from enum import IntFlag

from django.db import models

from directory.models.offices import Affiliation
from directory.models.places import Place
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

    Searches read it through `directory.snapshot`. The masks have the bit of everything that the
    practitioner offers, takes and speaks; some facts are those of the office. `verified_until` is
    the last day on which a license that was checked is valid. `is_only` says that the practitioner
    has no other entry, who then needs no care to be counted once.
    `state_code` names the country as well, as in "US-NY" (ISO 3166-2); `town` is the place that the
    office's city names in its state and `place_population` that of it, None and 0 when the
    gazetteer does not know it. Places keep their keys, so the database need not guard this one.
    """

    practitioner = models.ForeignKey(Practitioner, models.CASCADE, related_name="search_entries")
    affiliation = models.OneToOneField(
        Affiliation, models.CASCADE, related_name="search_entry", null=True
    )
    is_only = models.BooleanField()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    state_code = models.CharField(max_length=8, blank=True)
    town = models.ForeignKey(
        Place,
        models.DO_NOTHING,
        related_name="+",
        null=True,
        db_constraint=False,
        db_index=False,
    )
    place_population = models.PositiveIntegerField(default=0)
    specialty_mask = models.BigIntegerField()
    insurer_mask = models.BigIntegerField()
    language_mask = models.BigIntegerField()
    fact_mask = models.BigIntegerField()
    first_visit_fee_usd = models.PositiveIntegerField(null=True)
    verified_until = models.DateField(null=True)

    def __str__(self):
        return f"search entry {self.pk}"


class SearchChange(models.Model):
    """Whose entries were written, in the order of the commits; None says everybody's.

    `token` is random: a change that was rolled back leaves its key to another one.
    """

    token = models.BigIntegerField()
    practitioners = models.JSONField(null=True)

    def __str__(self):
        return f"search change {self.pk}"
