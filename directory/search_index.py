"""Writes the search table: a narrow row for every listed practitioner at every office; and, for the
search over the whole site, everybody's words.

Nothing else writes it, and all of it can be made again from the tables it is derived from. It is
read and written a batch at a time, so that a million rows take no more memory than a thousand.
"""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import F, Model, Q

from directory.models import (
    Affiliation,
    Fact,
    License,
    OpeningHours,
    Practitioner,
    SearchChange,
    SearchEntry,
)
from directory.phrases import words
from directory.term_index import write_terms
from directory.town_lookup import Town, Towns

# A rebuild holds so many people at a time, and nobody can save one of them meanwhile.
BATCH_PEOPLE = 2_000
# At least so many changes are kept for processes that did not search since.
CHANGES_KEPT = 1_000
EVENING = time(18)
# A span that ends on the next day runs through the evening.
OVERNIGHT = Q(closes_at__lte=F("opens_at"))
SATURDAY = OpeningHours.Weekday.SATURDAY


class _Person(NamedTuple):
    """The columns of a practitioner that rows are made of."""

    pk: int
    name: str
    letters: str
    listing: str
    search_text: str
    statement: str
    offers_telehealth: bool | None
    offers_home_visits: bool | None
    has_sliding_scale: bool | None
    first_visit_fee_usd: int | None


class _Workplace(NamedTuple):
    """The same of an affiliation and its office."""

    practitioner_id: int
    pk: int
    accepts_new_patients: bool | None
    name: str
    city: str
    state_code: str
    country_code: str
    latitude: float | None
    longitude: float | None
    is_step_free: bool | None


@dataclass(frozen=True)
class _People:
    """Some practitioners: those with these keys, or all from the first to the last of them."""

    keys: Sequence[int]
    is_range: bool = False

    def are(self, column: str) -> Q:
        if self.is_range:
            return Q(**{f"{column}__gte": self.keys[0], f"{column}__lte": self.keys[-1]})
        return Q(**{f"{column}__in": self.keys})


@dataclass
class _Gathered:
    """What is known of a batch: masks and days by practitioner, hours by affiliation."""

    specialties: dict[int, int]
    insurers: dict[int, int]
    languages: dict[int, int]
    verified_until: dict[int, date]
    hours: dict[int, int]


def index_practitioner(practitioner: Practitioner) -> int:
    """Makes the rows and the searchable words of one practitioner equal to the facts.

    Returns how many rows that are: 0 when not listed.
    """
    return index_practitioners([practitioner.pk])


@transaction.atomic
def index_practitioners(keys: Collection[int], *, towns: Towns | None = None) -> int:
    """The same for those with these primary keys, in a constant number of queries a batch.

    Who does it often gives the towns that were looked up so far.
    """
    ordered = sorted(set(keys))
    towns = towns or Towns()
    rows = 0
    for start in range(0, len(ordered), BATCH_PEOPLE):
        rows += _index(_People(ordered[start : start + BATCH_PEOPLE]), towns)
    note_change(ordered)
    return rows


def rebuild() -> int:
    """Makes the whole table again and returns its number of rows.

    Each batch is a transaction of its own: no save has to wait for all of it, and one that was
    killed can be run again. Running searches see it when all of it is done.
    """
    towns, rows, last = Towns(), 0, 0
    people = Practitioner.objects.order_by("pk").values_list("pk", flat=True)
    while keys := list(people.filter(pk__gt=last)[:BATCH_PEOPLE]):
        rows += _index(_People(keys, is_range=True), towns)
        last = keys[-1]
    note_change(None)
    return rows


def search_text(name: str, letters: str, offices: Iterable[str]) -> str:
    """What a name search looks in: every word behind a space, then the letters as written."""
    found = dict.fromkeys(word for text in (name, *offices) for word in words(text))
    return "".join(f" {word}" for word in [*found, *letters.casefold().split()])


def mask_of(rows: Iterable[Model]) -> int:
    """The bits of all of them: specialties, insurers or languages."""
    mask = 0
    for row in rows:
        mask |= 1 << row.bit
    return mask


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


@transaction.atomic
def _index(people: _People, towns: Towns) -> int:
    # Two saves of the same person come one after the other, and the later one sees all.
    rows = Practitioner.objects.filter(people.are("pk")).order_by("pk").select_for_update()
    persons = [_Person(*row) for row in rows.values_list(*_Person._fields)]
    SearchEntry.objects.filter(people.are("practitioner_id")).delete()
    workplaces = _workplaces(people)
    _write_texts(persons, workplaces)
    write_terms((person, workplaces.get(person.pk, ())) for person in persons)
    listed = [person for person in persons if person.listing == Practitioner.Listing.LISTED]
    towns.look_up({_town(place) for places in workplaces.values() for place in places})
    gathered = _gather(people)
    entries = [
        entry
        for person in listed
        for entry in _entries(person, workplaces.get(person.pk, ()), gathered, towns)
    ]
    return len(SearchEntry.objects.bulk_create(entries))


def _workplaces(people: _People) -> dict[int, list[_Workplace]]:
    """Where each works, in the order in which that was entered. One query."""
    found: dict[int, list[_Workplace]] = defaultdict(list)
    own, offices = _Workplace._fields[:3], _Workplace._fields[3:]
    rows = Affiliation.objects.filter(people.are("practitioner_id")).order_by("pk")
    for row in rows.values_list(*own, *(f"office__{column}" for column in offices)):
        found[row[0]].append(_Workplace(*row))
    return found


def _write_texts(persons: Sequence[_Person], workplaces: dict[int, list[_Workplace]]) -> None:
    """The searchable words of those whose words have changed."""
    changed = []
    for person in persons:
        offices = [place.name for place in workplaces.get(person.pk, ())]
        text = search_text(person.name, person.letters, offices)
        if text != person.search_text:
            changed.append(Practitioner(pk=person.pk, search_text=text))
    Practitioner.objects.bulk_update(changed, ["search_text"])


def _entries(
    person: _Person, places: Sequence[_Workplace], gathered: _Gathered, towns: Towns
) -> list[SearchEntry]:
    """One for each place, or one without any."""
    facts = _bits(
        (person.offers_telehealth, Fact.TELEHEALTH),
        (person.offers_home_visits, Fact.HOME),
        (person.has_sliding_scale, Fact.SLIDING),
    )
    shared = {
        "practitioner_id": person.pk,
        "is_only": len(places) < 2,
        "specialty_mask": gathered.specialties[person.pk],
        "insurer_mask": gathered.insurers[person.pk],
        "language_mask": gathered.languages[person.pk],
        "fact_mask": facts,
        "first_visit_fee_usd": person.first_visit_fee_usd,
        "verified_until": gathered.verified_until.get(person.pk),
    }
    if not places:
        return [SearchEntry(**shared)]
    return [
        SearchEntry(**{**shared, **_at_office(place, facts | gathered.hours[place.pk], towns)})
        for place in places
    ]


def _at_office(place: _Workplace, facts: int, towns: Towns) -> dict[str, object]:
    """What a row has of the office, with the facts so far."""
    town = towns.place(_town(place))
    return {
        "affiliation_id": place.pk,
        "state_code": f"{place.country_code}-{place.state_code}",
        "town_id": town.pk if town else None,
        "place_population": town.population if town else 0,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "fact_mask": facts
        | _bits((place.accepts_new_patients, Fact.ACCEPTING), (place.is_step_free, Fact.STEP_FREE)),
    }


def _bits(*facts: tuple[bool | None, Fact]) -> int:
    return sum(fact.value for is_stated, fact in facts if is_stated)


def _town(place: _Workplace) -> Town:
    return place.country_code, place.state_code, place.city


def _gather(people: _People) -> _Gathered:
    """Five queries, for plain values: objects would cost more than all the rest."""
    return _Gathered(
        specialties=_masks(people, Practitioner.specialties.through, "specialty__bit"),
        insurers=_masks(people, Practitioner.insurers.through, "insurer__bit"),
        languages=_masks(people, Practitioner.languages.through, "language__bit"),
        verified_until=_verified_until(people),
        hours=_hours(people),
    )


def _masks(people: _People, through: type[Model], column: str) -> dict[int, int]:
    masks: dict[int, int] = defaultdict(int)
    rows = through.objects.filter(people.are("practitioner_id")).order_by()
    for pk, bit in rows.values_list("practitioner_id", column):
        masks[pk] |= 1 << bit
    return masks


def _verified_until(people: _People) -> dict[int, date]:
    """The last day of the license, of those that were checked, which is valid longest."""
    days: dict[int, date] = {}
    rows = License.objects.filter(people.are("practitioner_id"), verified_on__isnull=False)
    for pk, expires_on in rows.order_by().values_list("practitioner_id", "expires_on"):
        days[pk] = max(days.get(pk, date.min), expires_on or date.max)
    return days


def _hours(people: _People) -> dict[int, int]:
    """The facts that follow from when an affiliation's office is open, as bits."""
    hours: dict[int, int] = defaultdict(int)
    evenings, weekends = Fact.EVENINGS.value, Fact.WEEKENDS.value
    telling = Q(weekday__gte=SATURDAY) | Q(closes_at__gte=EVENING) | OVERNIGHT
    rows = OpeningHours.objects.filter(telling, people.are("affiliation__practitioner_id"))
    for pk, weekday in rows.order_by().values_list("affiliation_id", "weekday"):
        hours[pk] |= evenings if weekday < SATURDAY else weekends
    return hours
