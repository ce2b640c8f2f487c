"""Criteria in, Results out: who matches, in which order, and why in that order."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from django.db.models import (
    BigIntegerField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    prefetch_related_objects,
)
from django.db.models.expressions import CombinedExpression
from django.utils import timezone

from directory.criteria import Cost, Criteria, Facet
from directory.facets import Counts, count
from directory.matching import asked, matching, wished
from directory.models import Affiliation, Practitioner, SearchEntry, Specialty
from directory.nearby import nearest_of, rings, within

PAGE_ROWS = 20
NEAREST_ROWS = 5
SPECIALTIES_SHOWN = 4
# Of more than so many nothing but the total is counted.
COUNTED_ROWS = 100_000
# The golden ratio of a prime: it spreads neighbors evenly, and moves all of them on each day.
SPREAD, MODULUS = 6_185, 10_007


class Order(Enum):
    """By what the results are sorted."""

    DISTANCE = "distance"
    PLACE_SIZE = "place_size"
    NAME = "name"


@dataclass(frozen=True)
class Row:
    """One practitioner, at the office that counts here; None if no office or distance is known."""

    number: int
    practitioner: Practitioner
    affiliation: Affiliation | None
    distance_miles: float | None
    # A few, those that were asked for first; and how many more they offer.
    specialties: tuple[Specialty, ...]
    more_specialties: int


@dataclass(frozen=True)
class Results:
    """One page of the answer. `beyond` holds the nearest outside the radius when none is inside.

    `facets` are what can be filtered by; `costs` what each filter costs when nobody matches all.
    """

    order: Order
    total: int = 0
    page: int = 1
    pages: int = 1
    rows: tuple[Row, ...] = ()
    beyond: tuple[Row, ...] = ()
    facets: tuple[Facet, ...] = ()
    costs: tuple[Cost, ...] = ()

    @property
    def previous_page(self) -> int:
        return self.page - 1

    @property
    def next_page(self) -> int:
        return self.page + 1


def search(criteria: Criteria, *, at: datetime) -> Results:
    """The asked page or the last there is; at most 10 queries, whatever the number of rows.

    `at` decides which licenses are valid, and the order among equals, which changes at midnight of
    the site's own time zone.
    """
    if criteria.is_place_unknown:
        return Results(order=Order.DISTANCE)
    if criteria.place is None:
        return _by_name(criteria, on=timezone.localdate(at))
    if criteria.is_state:
        return _in_state(criteria, on=timezone.localdate(at))
    return _near(criteria, on=timezone.localdate(at))


def nearest(criteria: Criteria, *, at: datetime, limit: int = NEAREST_ROWS) -> tuple[Row, ...]:
    """The nearest to the place who match, whatever the radius."""
    return _nearest(criteria, rings(beyond_miles=0), limit, on=timezone.localdate(at))


def _near(criteria: Criteria, *, on: date) -> Results:
    entries = within(wished(criteria), criteria.place.point, criteria.radius_miles)
    counts = count(criteria, entries, on=on)
    page, pages = _clamp(criteria.page, counts.total)
    if not counts.total:
        radii = _radii_with(counts, NEAREST_ROWS) or rings(beyond_miles=criteria.radius_miles)
        beyond = _nearest(criteria, radii, NEAREST_ROWS, on=on)
        return Results(Order.DISTANCE, beyond=beyond, facets=counts.facets, costs=counts.costs)
    last = min(page * PAGE_ROWS, counts.total)
    start = (page - 1) * PAGE_ROWS
    rows = _nearest(criteria, _radii_with(counts, last), last, on=on, start=start)
    return Results(Order.DISTANCE, counts.total, page, pages, rows, facets=counts.facets)


def _radii_with(counts: Counts, people: int) -> list[float]:
    """The smallest circle in which there are so many, if one was counted."""
    return [radius for radius, found in counts.within if found >= people][:1]


def _nearest(
    criteria: Criteria, radii: list[float | None], limit: int, *, on: date, start: int = 0
) -> tuple[Row, ...]:
    found = nearest_of(
        _matching(criteria, on=on),
        criteria.place.point,
        radii=radii,
        tie_break=_rotation(on),
        limit=limit,
    )
    return _rows(criteria, found[start:], start=start)


def _in_state(criteria: Criteria, *, on: date) -> Results:
    """Each practitioner once, at the office in the largest town."""
    place = criteria.place
    code = f"{place.country_code}-{place.state_code}"
    counts = count(criteria, wished(criteria).filter(state_code=code), on=on)
    page, pages = _clamp(criteria.page, counts.total)
    matched = _matching(criteria, on=on).filter(state_code=code)
    size = F("place_population")
    better = matched.filter(
        Q(place_population__gt=OuterRef("place_population"))
        | Q(
            place_population=OuterRef("place_population"),
            affiliation_id__lt=OuterRef("affiliation_id"),
        ),
        practitioner_id=OuterRef("practitioner_id"),
    )
    best = matched.filter(Q(is_only=True) | ~Exists(better))
    ordered = best.order_by(size.desc(), _rotation(on), "affiliation_id")
    start = (page - 1) * PAGE_ROWS
    keys = ordered.values_list("affiliation_id", flat=True)[start : start + PAGE_ROWS]
    rows = _rows(criteria, [(key, None) for key in keys], start=start)
    return Results(
        Order.PLACE_SIZE, counts.total, page, pages, rows, facets=counts.facets, costs=counts.costs
    )


def _by_name(criteria: Criteria, *, on: date) -> Results:
    """Everybody who matches, with or without an office."""
    entries, matched = wished(criteria), _matching(criteria, on=on)
    if entries.count() <= COUNTED_ROWS:
        counts = count(criteria, entries, on=on)
    else:
        counts = Counts(matched.values("practitioner_id").distinct().count())
    page, pages = _clamp(criteria.page, counts.total)
    start = (page - 1) * PAGE_ROWS
    people = Practitioner.objects.listed().filter(
        Exists(matched.filter(practitioner_id=OuterRef("pk")))
    )
    shown = list(people.order_by("name", "pk")[start : start + PAGE_ROWS])
    rows = _rows_of_people(criteria, shown, matched, start=start)
    return Results(
        Order.NAME, counts.total, page, pages, rows, facets=counts.facets, costs=counts.costs
    )


def _matching(criteria: Criteria, *, on: date) -> QuerySet[SearchEntry]:
    return matching(wished(criteria), asked(criteria, on=on))


def _rotation(on: date) -> CombinedExpression:
    """Orders whoever is at the same point, or in the same town, in another way every day."""
    day = Value(on.toordinal(), output_field=BigIntegerField())
    return (F("affiliation_id") + day) * SPREAD % MODULUS


def _clamp(page: int, total: int) -> tuple[int, int]:
    """The page that is shown and how many there are: beyond the last is the last."""
    pages = max(1, -(-total // PAGE_ROWS))
    return min(max(page, 1), pages), pages


def _rows(
    criteria: Criteria, found: list[tuple[int, float | None]], *, start: int = 0
) -> tuple[Row, ...]:
    """Fetches what `found` names, (affiliation, miles), in its order."""
    by_key = Affiliation.objects.select_related("office", "practitioner").in_bulk(
        [key for key, _ in found]
    )
    _fetch_facts([affiliation.practitioner for affiliation in by_key.values()])
    return tuple(
        _row(criteria, number, by_key[key].practitioner, by_key[key], miles)
        for number, (key, miles) in enumerate(found, start=start + 1)
    )


def _rows_of_people(
    criteria: Criteria,
    people: list[Practitioner],
    matched: QuerySet[SearchEntry],
    *,
    start: int,
) -> tuple[Row, ...]:
    """Each at the first office that matches."""
    entries = matched.filter(practitioner__in=people, affiliation__isnull=False)
    first = {}
    for entry in entries.select_related("affiliation__office").order_by("-affiliation_id"):
        first[entry.practitioner_id] = entry.affiliation
    _fetch_facts(people)
    return tuple(
        _row(criteria, number, practitioner, first.get(practitioner.pk))
        for number, practitioner in enumerate(people, start=start + 1)
    )


def _fetch_facts(people: list[Practitioner]) -> None:
    prefetch_related_objects(people, "specialties", "languages")


def _row(
    criteria: Criteria,
    number: int,
    practitioner: Practitioner,
    affiliation: Affiliation | None,
    miles: float | None = None,
) -> Row:
    wanted = {*criteria.specialties, *criteria.wish.specialties}
    offered = sorted(practitioner.specialties.all(), key=lambda specialty: specialty not in wanted)
    shown = tuple(offered[:SPECIALTIES_SHOWN])
    return Row(number, practitioner, affiliation, miles, shown, len(offered) - len(shown))
