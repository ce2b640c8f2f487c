"""Rows of the directory for tests: sensible where a test does not care."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from directory.geo import Point
from directory.models import (
    Affiliation,
    Insurer,
    Language,
    License,
    Office,
    Place,
    Practitioner,
    Report,
    Specialty,
)
from directory.search_index import index_practitioner, note_change

NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
BROOKLYN = Point(40.6501, -73.9496)

_numbers = count(1)


def make_specialty(**fields):
    number = next(_numbers)
    defaults = {
        "name": f"Specialty {number}",
        "slug": f"specialty-{number}",
        "description": "What it is.",
        "bit": _lowest_free_bit(Specialty),
    }
    return _noted(Specialty.objects.create(**{**defaults, **fields}))


def make_language(**fields):
    number = next(_numbers)
    defaults = {
        "name": f"Language {number}",
        "code": f"x-{number}",
        "bit": _lowest_free_bit(Language),
    }
    return _noted(Language.objects.create(**{**defaults, **fields}))


def make_insurer(**fields):
    number = next(_numbers)
    defaults = {
        "name": f"Insurer {number}",
        "slug": f"insurer-{number}",
        "bit": _lowest_free_bit(Insurer),
    }
    return _noted(Insurer.objects.create(**{**defaults, **fields}))


def make_office(*, point=BROOKLYN, **fields):
    """An office at `point`, or nobody knows where when that is None."""
    defaults = {
        "name": f"Office {next(_numbers)}",
        "street": "12 Bobbin Street",
        "city": "Brooklyn",
        "state_code": "NY",
        "latitude": point and point.latitude,
        "longitude": point and point.longitude,
    }
    return Office.objects.create(**{**defaults, **fields})


def make_practitioner(*, specialties=(), languages=(), insurers=(), office=None, **fields):
    """A listed practitioner with an entry in the search table for `office`, if one is given."""
    number = next(_numbers)
    defaults = {
        "name": f"Practitioner {number}",
        "slug": f"practitioner-{number}",
        "listing": Practitioner.Listing.LISTED,
    }
    practitioner = Practitioner.objects.create(**{**defaults, **fields})
    practitioner.specialties.set(specialties)
    practitioner.languages.set(languages)
    practitioner.insurers.set(insurers)
    if office is not None:
        make_affiliation(practitioner, office)
    else:
        index_practitioner(practitioner)
    return practitioner


def make_licensed(**fields):
    """A listed practitioner with a license that was checked and has no last day."""
    practitioner = make_practitioner(**fields)
    License.objects.create(
        practitioner=practitioner,
        number=f"N-{practitioner.pk}",
        state_code="NY",
        verified_on=date(2026, 3, 1),
        source_url="https://register.example.org/",
    )
    return practitioner


def make_affiliation(practitioner, office, **fields):
    """The practitioner at the office, found there by searches."""
    defaults = {"phone": "(718) 555-0123"}
    affiliation = Affiliation.objects.create(
        practitioner=practitioner, office=office, **{**defaults, **fields}
    )
    index_practitioner(practitioner)
    return affiliation


def make_place(**fields):
    """A town of the gazetteer that no name leads to: for what only needs a Place."""
    defaults = {
        "id": 900_000_000 + next(_numbers),
        "kind": Place.Kind.POPULATED,
        "name": "Brooklyn",
        "slug": f"place-{next(_numbers)}",
        "state_code": "NY",
        "state_name": "New York",
        "latitude": BROOKLYN.latitude,
        "longitude": BROOKLYN.longitude,
    }
    return Place.objects.create(**{**defaults, **fields})


def make_report(**fields):
    """An open report about a listing of its own, unless one is given. Each a minute later."""
    number = next(_numbers)
    defaults = {
        "subjects": ["phone"],
        "text": f"The words of report {number}.",
        "created_at": NOW + timedelta(minutes=number),
        "submission_key": f"report-{number}",
    }
    practitioner = fields.pop("practitioner", None) or make_practitioner()
    return Report.objects.create(practitioner=practitioner, **{**defaults, **fields})


def _lowest_free_bit(model):
    bits = set(model.objects.values_list("bit", flat=True))
    return next(bit for bit in range(63) if bit not in bits)


def _noted(row):
    """As the admin does: running searches hear of a longer list."""
    note_change([])
    return row
