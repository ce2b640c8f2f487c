"""Criteria in, Results out: who matches, in which order, and why in that order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.db.models import BigIntegerField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import CombinedExpression
from django.utils import timezone

from directory.criteria import Cost, Criteria, Facet
from directory.models import Affiliation, Practitioner, SearchEntry, Specialty
from directory.nearby import nearest_of, rings, within
from directory.search_index import specialty_mask

PAGE_ROWS = 20
NEAREST_ROWS = 5
SPECIALTIES_SHOWN = 4
# So many are sorted in one go; of more, ever wider circles are looked at.
FEW = 300
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
    """The asked page or the last there is; at most 15 queries, whatever the number of rows.

    `at` decides the order among equals, which changes at midnight of the site's own time zone.
    """
    if criteria.is_place_unknown:
        return Results(order=Order.DISTANCE)
    if criteria.place is None:
        return _by_name(criteria)
    if criteria.is_state:
        return _in_state(criteria, at=at)
    return _near(criteria, at=at)


def nearest(
    criteria: Criteria, *, at: datetime, limit: int = NEAREST_ROWS, beyond_miles: float = 0.0
) -> tuple[Row, ...]:
    """The nearest to the place who match, whatever the radius.

    `beyond_miles` is a distance within which nobody is, when the caller knows one.
    """
    found = nearest_of(
        _entries(criteria),
        criteria.place.point,
        radii=rings(beyond_miles=beyond_miles),
        tie_break=_rotation(at),
        limit=limit,
    )
    return _rows(criteria, found)


def _near(criteria: Criteria, *, at: datetime) -> Results:
    entries, point = _entries(criteria), criteria.place.point
    total = _count(within(entries, point, criteria.radius_miles))
    page, pages = _clamp(criteria.page, total)
    if not total:
        beyond = nearest(criteria, at=at, beyond_miles=criteria.radius_miles)
        return Results(order=Order.DISTANCE, beyond=beyond)
    radius = criteria.radius_miles
    found = nearest_of(
        entries,
        point,
        radii=[radius] if total <= FEW else rings(radius_miles=radius),
        tie_break=_rotation(at),
        limit=min(page * PAGE_ROWS, total),
    )
    start = (page - 1) * PAGE_ROWS
    return Results(Order.DISTANCE, total, page, pages, _rows(criteria, found[start:], start=start))


def _in_state(criteria: Criteria, *, at: datetime) -> Results:
    """Each practitioner once, at the office in the largest town."""
    place = criteria.place
    entries = _entries(criteria).filter(state_code=f"{place.country_code}-{place.state_code}")
    total = _count(entries)
    page, pages = _clamp(criteria.page, total)
    size = F("place_population")
    better = SearchEntry.objects.filter(
        Q(place_population__gt=OuterRef("place_population"))
        | Q(place_population=OuterRef("place_population"), pk__lt=OuterRef("pk")),
        practitioner_id=OuterRef("practitioner_id"),
        state_code=OuterRef("state_code"),
    )
    ordered = entries.filter(~Exists(better)).order_by(size.desc(), _rotation(at), "pk")
    start = (page - 1) * PAGE_ROWS
    keys = ordered.values_list("pk", flat=True)[start : start + PAGE_ROWS]
    rows = _rows(criteria, [(key, None) for key in keys], start=start)
    return Results(Order.PLACE_SIZE, total, page, pages, rows)


def _by_name(criteria: Criteria) -> Results:
    """Everybody who matches, with or without an office."""
    people = Practitioner.objects.listed()
    for specialties in _specialty_groups(criteria):
        people = people.offering(specialties)
    people = people.named(criteria.wish.name_words)
    total = people.count()
    page, pages = _clamp(criteria.page, total)
    start = (page - 1) * PAGE_ROWS
    shown = people.order_by("name", "pk").prefetch_related(
        "specialties", "languages", "affiliations__office"
    )[start : start + PAGE_ROWS]
    rows = tuple(
        _row(criteria, number, practitioner, next(iter(practitioner.affiliations.all()), None))
        for number, practitioner in enumerate(shown, start=start + 1)
    )
    return Results(Order.NAME, total, page, pages, rows)


def _entries(criteria: Criteria) -> QuerySet[SearchEntry]:
    entries = SearchEntry.objects.all()
    for number, specialties in enumerate(_specialty_groups(criteria)):
        name = f"offered_{number}"
        entries = entries.alias(**{name: _bits(specialties)}).filter(**{f"{name}__gt": 0})
    if criteria.wish.name_words:
        named = Practitioner.objects.listed().named(criteria.wish.name_words)
        entries = entries.filter(practitioner_id__in=named.values("pk"))
    return entries


def _specialty_groups(criteria: Criteria) -> list[tuple[Specialty, ...]]:
    return [group for group in (criteria.specialties, criteria.wish.specialties) if group]


def _bits(specialties: Iterable[Specialty]) -> Func:
    """Not `bitand`: on PostgreSQL its result is an integer, too small for the mask."""
    return Func(
        F("specialty_mask"),
        Value(specialty_mask(specialties), output_field=BigIntegerField()),
        template="(%(expressions)s)",
        arg_joiner=" & ",
        output_field=BigIntegerField(),
    )


def _rotation(at: datetime) -> CombinedExpression:
    """Orders whoever is at the same point, or in the same town, in another way every day."""
    day = timezone.localdate(at).toordinal()
    return (F("pk") + Value(day, output_field=BigIntegerField())) * SPREAD % MODULUS


def _count(entries: QuerySet[SearchEntry]) -> int:
    return entries.aggregate(people=Count("practitioner_id", distinct=True))["people"]


def _clamp(page: int, total: int) -> tuple[int, int]:
    """The page that is shown and how many there are: beyond the last is the last."""
    pages = max(1, -(-total // PAGE_ROWS))
    return min(max(page, 1), pages), pages


def _rows(
    criteria: Criteria, found: list[tuple[int, float | None]], *, start: int = 0
) -> tuple[Row, ...]:
    """Fetches what `found` names, (entry, miles), in its order."""
    affiliations = Affiliation.objects.select_related("office", "practitioner").prefetch_related(
        "practitioner__specialties", "practitioner__languages"
    )
    by_key = affiliations.in_bulk([key for key, _ in found])
    return tuple(
        _row(criteria, number, by_key[key].practitioner, by_key[key], miles)
        for number, (key, miles) in enumerate(found, start=start + 1)
    )


def _row(
    criteria: Criteria,
    number: int,
    practitioner: Practitioner,
    affiliation: Affiliation | None,
    miles: float | None = None,
) -> Row:
    asked = {specialty for group in _specialty_groups(criteria) for specialty in group}
    offered = sorted(practitioner.specialties.all(), key=lambda specialty: specialty not in asked)
    shown = tuple(offered[:SPECIALTIES_SHOWN])
    return Row(number, practitioner, affiliation, miles, shown, len(offered) - len(shown))
