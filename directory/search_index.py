"""Writes the search table: a narrow row for every listed practitioner at every office.

Nothing else writes it, and all of it can be made again from the tables it is derived from. It is
read and written a batch at a time, so that a million rows take no more memory than a thousand.
"""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from itertools import islice

from django.db import IntegrityError, transaction
from django.db.models import F, Model, Prefetch, Q

from directory.models import (
    Affiliation,
    Fact,
    License,
    Office,
    OpeningHours,
    Place,
    PlaceName,
    Practitioner,
    SearchChange,
    SearchEntry,
)
from directory.phrases import words
from directory.place_names import key

BATCH_ROWS = 500
# At least so many changes are kept for processes that did not search since.
CHANGES_KEPT = 1_000
EVENING = time(18)
# A span that ends on the next day runs through the evening.
OVERNIGHT = Q(closes_at__lte=F("opens_at"))
SATURDAY = OpeningHours.Weekday.SATURDAY
Town = tuple[str, str, str]


@dataclass
class _Gathered:
    """What is known of a batch: masks and days by practitioner, hours by affiliation."""

    specialties: dict[int, int]
    insurers: dict[int, int]
    languages: dict[int, int]
    verified_until: dict[int, date]
    hours: dict[int, int]


@dataclass
class _Towns:
    """The places (key, population) that were looked up so far, of all batches."""

    places: dict[Town, tuple[int, int]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def look_up(self, practitioners: Iterable[Practitioner]) -> None:
        """One query, none for names known. Of namesakes in a state the highest ranked counts."""
        new = {key(office.city) for office in _offices(practitioners)} - self.seen
        if new:
            names = PlaceName.objects.filter(folded__in=new, place__kind=Place.Kind.POPULATED)
            rows = names.order_by("weight", "-place_id").values_list(
                *("place__country_code", "place__state_code", "folded"),
                *("place_id", "place__population"),
            )
            self.places.update((row[:3], row[3:]) for row in rows)
            self.seen |= new

    def place(self, office: Office) -> tuple[int | None, int]:
        town = (office.country_code, office.state_code, key(office.city))
        return self.places.get(town, (None, 0))


def index_practitioner(practitioner: Practitioner) -> int:
    """Makes the rows and the searchable words of one practitioner equal to the facts.

    Returns how many rows that are: 0 when not listed.
    """
    return index_practitioners([practitioner.pk])


@transaction.atomic
def index_practitioners(keys: Collection[int]) -> int:
    """The same for those with these primary keys, in a constant number of queries a batch."""
    rows = _index(keys, _Towns())
    note_change(sorted(keys))
    return rows


def rebuild() -> int:
    """Makes the whole table again and returns its number of rows.

    Each batch is a transaction of its own: no save has to wait for all of it, and one that was
    killed can be run again. Running searches see it when all of it is done.
    """
    towns, rows, last = _Towns(), 0, 0
    people = Practitioner.objects.order_by("pk").values_list("pk", flat=True)
    while keys := list(people.filter(pk__gt=last)[:BATCH_ROWS]):
        rows += _index(keys, towns)
        last = keys[-1]
    note_change(None)
    return rows


def search_text(practitioner: Practitioner) -> str:
    """What a name search looks in: every word behind a space, then the letters as written."""
    names = [practitioner.name, *(office.name for office in _offices([practitioner]))]
    found = dict.fromkeys(word for name in names for word in words(name))
    return "".join(f" {word}" for word in [*found, *practitioner.letters.casefold().split()])


def mask_of(rows: Iterable[Model]) -> int:
    """The bits of all of them: specialties, insurers or languages."""
    mask = 0
    for row in rows:
        mask |= 1 << row.bit
    return mask


@transaction.atomic
def _index(keys: Collection[int], towns: _Towns) -> int:
    people = Practitioner.objects.filter(pk__in=keys).order_by("pk")
    # Two saves of the same person come one after the other, and the later one sees all.
    list(people.select_for_update().values_list("pk"))
    SearchEntry.objects.filter(practitioner_id__in=keys).delete()
    offices = Prefetch("affiliations", Affiliation.objects.select_related("office"))
    rows = people.prefetch_related(offices).iterator(chunk_size=BATCH_ROWS)
    return sum(_write(batch, towns) for batch in _batches(rows))


def note_change(keys: list[int] | None) -> None:
    """Tells running searches whose rows to read again; None means all, [] only the lists.

    The keys of the log have no gaps: of two writers the second waits for the first one's commit,
    so that whoever has seen a change has seen all those before it.
    """
    change = SearchChange(token=secrets.randbits(63), practitioners=keys)
    while True:
        last = SearchChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        change.pk = last + 1
        try:
            with transaction.atomic():
                change.save(force_insert=True)
        except IntegrityError:
            continue
        break
    if change.pk % CHANGES_KEPT == 0:
        SearchChange.objects.filter(pk__lte=last - CHANGES_KEPT).delete()


def _write(practitioners: list[Practitioner], towns: _Towns) -> int:
    changed = []
    for practitioner in practitioners:
        text = search_text(practitioner)
        if text != practitioner.search_text:
            practitioner.search_text = text
            changed.append(practitioner)
    Practitioner.objects.bulk_update(changed, ["search_text"])
    towns.look_up(practitioners)
    return len(SearchEntry.objects.bulk_create(_entries(practitioners, towns)))


def _entries(practitioners: list[Practitioner], towns: _Towns) -> Iterator[SearchEntry]:
    listed = [practitioner for practitioner in practitioners if practitioner.is_listed()]
    gathered = _gather(listed)
    for practitioner in listed:
        affiliations = list(practitioner.affiliations.all())
        for affiliation in affiliations or [None]:
            entry = _entry(practitioner, gathered)
            entry.is_only = len(affiliations) < 2
            if affiliation is not None:
                _set_office(entry, affiliation, gathered, towns)
            yield entry


def _entry(practitioner: Practitioner, gathered: _Gathered) -> SearchEntry:
    facts = (
        (practitioner.offers_telehealth, Fact.TELEHEALTH),
        (practitioner.offers_home_visits, Fact.HOME),
        (practitioner.has_sliding_scale, Fact.SLIDING),
    )
    return SearchEntry(
        practitioner_id=practitioner.pk,
        specialty_mask=gathered.specialties[practitioner.pk],
        insurer_mask=gathered.insurers[practitioner.pk],
        language_mask=gathered.languages[practitioner.pk],
        fact_mask=sum(fact.value for is_stated, fact in facts if is_stated),
        first_visit_fee_usd=practitioner.first_visit_fee_usd,
        verified_until=gathered.verified_until.get(practitioner.pk),
    )


def _set_office(
    entry: SearchEntry, affiliation: Affiliation, gathered: _Gathered, towns: _Towns
) -> None:
    office = affiliation.office
    entry.affiliation_id = affiliation.pk
    entry.state_code = f"{office.country_code}-{office.state_code}"
    entry.town_id, entry.place_population = towns.place(office)
    entry.fact_mask |= gathered.hours[affiliation.pk]
    if affiliation.accepts_new_patients:
        entry.fact_mask |= Fact.ACCEPTING.value
    if office.is_step_free:
        entry.fact_mask |= Fact.STEP_FREE.value
    if office.point is not None:
        entry.latitude, entry.longitude = office.latitude, office.longitude


def _gather(practitioners: list[Practitioner]) -> _Gathered:
    """Five queries, for plain values: objects would cost more than all the rest."""
    keys = [practitioner.pk for practitioner in practitioners]
    return _Gathered(
        specialties=_masks(keys, "specialties"),
        insurers=_masks(keys, "insurers"),
        languages=_masks(keys, "languages"),
        verified_until=_verified_until(keys),
        hours=_hours(keys),
    )


def _masks(keys: list[int], relation: str) -> dict[int, int]:
    masks: dict[int, int] = defaultdict(int)
    rows = Practitioner.objects.filter(pk__in=keys, **{f"{relation}__isnull": False})
    for pk, bit in rows.order_by().values_list("pk", f"{relation}__bit"):
        masks[pk] |= 1 << bit
    return masks


def _verified_until(keys: list[int]) -> dict[int, date]:
    """The last day of the license, of those that were checked, which is valid longest."""
    days: dict[int, date] = {}
    rows = License.objects.filter(practitioner_id__in=keys, verified_on__isnull=False)
    for pk, expires_on in rows.order_by().values_list("practitioner_id", "expires_on"):
        days[pk] = max(days.get(pk, date.min), expires_on or date.max)
    return days


def _hours(keys: list[int]) -> dict[int, int]:
    """The facts that follow from when an affiliation's office is open, as bits."""
    hours: dict[int, int] = defaultdict(int)
    telling = Q(weekday__gte=SATURDAY) | Q(closes_at__gte=EVENING) | OVERNIGHT
    rows = OpeningHours.objects.filter(telling, affiliation__practitioner__in=keys)
    for pk, weekday in rows.order_by().values_list("affiliation_id", "weekday"):
        hours[pk] |= (Fact.EVENINGS if weekday < SATURDAY else Fact.WEEKENDS).value
    return hours


def _offices(practitioners: Iterable[Practitioner]) -> Iterator[Office]:
    for practitioner in practitioners:
        for affiliation in practitioner.affiliations.all():
            yield affiliation.office


def _batches(rows: Iterator[Practitioner]) -> Iterator[list[Practitioner]]:
    while batch := list(islice(rows, BATCH_ROWS)):
        yield batch
