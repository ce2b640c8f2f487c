"""Writes the search table: one narrow row for every listed practitioner at an office with a point.

Nothing else writes it, and all of it can be made again from the tables it is derived from.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from django.db import transaction

from directory.geo import unit_vector
from directory.grid import COARSE, FINE, cell
from directory.models import (
    Affiliation,
    Office,
    Place,
    PlaceName,
    Practitioner,
    SearchEntry,
)
from directory.place_names import key
from directory.understanding import words

BATCH_ROWS = 1_000
Populations = dict[tuple[str, str, str], int]


def index_practitioner(practitioner: Practitioner) -> int:
    """Makes the rows and the searchable words of one practitioner equal to the facts.

    Returns how many places the practitioner can now be found at: 0 when not listed.
    """
    return index_practitioners([practitioner.pk])


@transaction.atomic
def index_practitioners(keys: Collection[int]) -> int:
    """The same for those with these primary keys, in a constant number of queries."""
    practitioners = list(_with_offices(Practitioner.objects.filter(pk__in=keys)))
    SearchEntry.objects.filter(practitioner_id__in=keys).delete()
    return _write(practitioners)


@transaction.atomic
def rebuild() -> int:
    """Makes the whole table again, in batches; returns its number of rows."""
    SearchEntry.objects.all().delete()
    practitioners = _with_offices(Practitioner.objects.order_by("pk"))
    return sum(map(_write, _batches(practitioners.iterator(chunk_size=BATCH_ROWS))))


def search_text(practitioner: Practitioner) -> str:
    """What a name search looks in: every word behind a space, then the letters as written."""
    names = [practitioner.name]
    names += [affiliation.office.name for affiliation in practitioner.affiliations.all()]
    found = dict.fromkeys(word for name in names for word in words(name))
    return "".join(f" {word}" for word in [*found, *practitioner.letters.casefold().split()])


def specialty_mask(specialties: Iterable) -> int:
    """The bits of all of them."""
    mask = 0
    for specialty in specialties:
        mask |= 1 << specialty.bit
    return mask


def _write(practitioners: list[Practitioner]) -> int:
    for practitioner in practitioners:
        practitioner.search_text = search_text(practitioner)
    Practitioner.objects.bulk_update(practitioners, ["search_text"])
    return len(SearchEntry.objects.bulk_create(_entries(practitioners)))


def _with_offices(practitioners):
    return practitioners.prefetch_related("specialties", "affiliations__office")


def _entries(practitioners: list[Practitioner]) -> Iterator[SearchEntry]:
    populations = _populations(practitioners)
    for practitioner in practitioners:
        if not practitioner.is_listed():
            continue
        mask = specialty_mask(practitioner.specialties.all())
        for affiliation in practitioner.affiliations.all():
            if affiliation.office.point is not None:
                yield _entry(affiliation, mask, populations)


def _entry(affiliation: Affiliation, mask: int, populations: Populations) -> SearchEntry:
    office = affiliation.office
    x, y, z = unit_vector(office.point)
    return SearchEntry(
        affiliation=affiliation,
        practitioner_id=affiliation.practitioner_id,
        x=x,
        y=y,
        z=z,
        fine_cell=cell(office.point, FINE),
        coarse_cell=cell(office.point, COARSE),
        latitude=office.latitude,
        longitude=office.longitude,
        state_code=f"{office.country_code}-{office.state_code}",
        place_population=populations.get(_town(office), 0),
        specialty_mask=mask,
    )


def _town(office: Office) -> tuple[str, str, str]:
    return office.country_code, office.state_code, key(office.city)


def _populations(practitioners: Iterable[Practitioner]) -> Populations:
    """One query. Of towns that share a name in a state the one that ranks highest counts."""
    offices = [
        affiliation.office
        for practitioner in practitioners
        for affiliation in practitioner.affiliations.all()
    ]
    names = PlaceName.objects.filter(
        folded__in={key(office.city) for office in offices}, place__kind=Place.Kind.POPULATED
    ).order_by("weight", "-place_id")
    rows = names.values_list(
        "place__country_code", "place__state_code", "folded", "place__population"
    )
    return {(country, state, name): population for country, state, name, population in rows}


def _batches(rows: Iterator[Practitioner]) -> Iterator[list[Practitioner]]:
    while batch := list(islice(rows, BATCH_ROWS)):
        yield batch
