"""The narrow table that searches by place read. Derived: `directory.search_index` writes it."""

from django.db import models

from directory.models.offices import Affiliation


class SearchEntry(models.Model):
    """One listed practitioner at one office with a point; nobody else is ever in it.

    `x, y, z` is the office on the unit sphere, `fine_cell` and `coarse_cell` its cells of
    `directory.grid`, `specialty_mask` has the bit of every specialty the practitioner offers.
    `state_code` names the country as well, as in "US-NY" (ISO 3166-2); `place_population` is that
    of the town the office is in, 0 when the gazetteer does not know it.
    """

    affiliation = models.OneToOneField(
        Affiliation, models.CASCADE, primary_key=True, related_name="search_entry"
    )
    practitioner_id = models.BigIntegerField(db_index=True)
    x = models.FloatField()
    y = models.FloatField()
    z = models.FloatField()
    fine_cell = models.IntegerField()
    coarse_cell = models.IntegerField()
    latitude = models.FloatField()
    longitude = models.FloatField()
    state_code = models.CharField(max_length=8)
    place_population = models.PositiveIntegerField(default=0)
    specialty_mask = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["fine_cell", "specialty_mask", "x", "y", "z", "affiliation"],
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
