"""Counts of what can be asked next: every facet without its own filter, in one pass over the rows.

Everybody is counted once, also those who match at several offices. Between the filters all must
hold at the same office.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.choices import Shelf, shelves
from directory.criteria import RADII_MILES, Cost, Criteria, Facet, Option
from directory.geo import squared_chord
from directory.matching import Asked, asked, facts, matching, ring_bit, rings_within, wished
from directory.models import SearchEntry
from directory.nearby import within
from directory.packing import Joined, Packed
from directory.tally import Tally

COLUMNS = ("specialty_mask", "insurer_mask", "language_mask", "fact_mask")
# Circles within which a page of the nearest is looked for in a large town, besides those offered.
SMALL_RINGS_MILES = (1.0, 2.5)


@dataclass(frozen=True)
class Counts:
    """`total` matches all; `within` has the same for ascending radii in miles, in a circle."""

    total: int
    facets: tuple[Facet, ...] = ()
    costs: tuple[Cost, ...] = ()
    within: tuple[tuple[float, int], ...] = ()


def count(criteria: Criteria, entries: QuerySet[SearchEntry], *, on: date) -> Counts:
    """What is counted of `entries`, which are all that there are but for the filters.

    Two queries, and one more for the wider circles when a radius is asked.
    """
    is_circle = criteria.place is not None and not criteria.is_state
    rings = _rings(criteria) if is_circle else []
    all_asked = asked(criteria, on=on)
    counter = _Counter(_tally(criteria, entries, rings, on=on), all_asked)
    everybody = counter.people(None)
    people_within = [
        (ring, counter.people(None, counter.rows("fact_mask", ring_bit(number))))
        for number, ring in enumerate(rings)
    ]
    if is_circle:
        people_within += [(criteria.radius_miles, everybody)]
        people_within += _wider(criteria, all_asked, everybody)
    facets = [_facet(counter, shelf) for shelf in shelves(criteria)]
    if is_circle:
        facets.insert(0, _radius_facet(criteria, dict(people_within)))
    costs = () if everybody else tuple(_costs(counter, facets))
    return Counts(everybody, tuple(facets), costs, tuple(people_within))


class _Counter:
    """A tally with the rows of each filter that is set."""

    def __init__(self, tally: Tally, all_asked: Iterable[Asked]):
        self.tally = tally
        self.held = {one.parameter: self.rows(one.column, one.bits) for one in all_asked}

    def rows(self, column: str, bits: int) -> int:
        return self.tally.rows(COLUMNS.index(column), bits)

    def people(self, without: str | None, rows: int | None = None) -> int:
        """Who matches all filters but one, of some rows or of all."""
        found = self.tally.all_rows if rows is None else rows
        for parameter, held in self.held.items():
            if parameter != without:
                found &= held
        return self.tally.people(found)


def _tally(
    criteria: Criteria, entries: QuerySet[SearchEntry], rings: Sequence[float], *, on: date
) -> Tally:
    chords = [squared_chord(ring) for ring in rings]
    numbers = [*map(F, COLUMNS[:3]), facts(criteria, rings=chords, on=on)]
    packed = entries.aggregate(
        only=Joined(Packed(*numbers), filter=Q(is_only=True)),
        several=Joined(Packed(F("practitioner_id"), *numbers), filter=Q(is_only=False)),
    )
    return Tally(packed["only"], packed["several"], columns=len(COLUMNS))


def _rings(criteria: Criteria) -> list[float]:
    """Those within the radius that is asked."""
    rings = sorted({*SMALL_RINGS_MILES, *RADII_MILES})
    return [ring for ring in rings if ring < criteria.radius_miles]


def _wider(
    criteria: Criteria, all_asked: Iterable[Asked], total: int
) -> Iterator[tuple[float, int]]:
    """For the offered circles beyond the asked one; those of whom the nearest office is there.

    Of people with one office only those outside of the asked circle are read.
    """
    asked_miles = criteria.radius_miles
    radii = [asked_miles, *(radius for radius in RADII_MILES if radius > asked_miles)]
    if len(radii) == 1:
        return
    circle = within(matching(wished(criteria), all_asked), criteria.place.point, radii[-1])
    ring = rings_within([squared_chord(radius) for radius in radii])
    is_outside = Q(chord__gt=squared_chord(asked_miles))
    packed = circle.aggregate(
        only=Joined(Packed(ring), filter=Q(is_only=True) & is_outside),
        several=Joined(Packed(F("practitioner_id"), ring), filter=Q(is_only=False)),
    )
    tally = Tally(packed["only"], packed["several"], columns=1)
    people = [tally.people(tally.rows(0, ring_bit(number))) for number in range(len(radii))]
    yield from (
        (radius, total + found - people[0])
        for radius, found in zip(radii[1:], people[1:], strict=True)
    )


def _radius_facet(criteria: Criteria, people_within: dict[float, int]) -> Facet:
    options = tuple(
        Option(
            "radius",
            str(radius),
            ngettext("%(count)d mile", "%(count)d miles", radius) % {"count": radius},
            people_within[radius],
            radius == criteria.radius_miles,
        )
        for radius in sorted({*RADII_MILES, criteria.radius_miles})
    )
    return Facet("radius", _("Within"), options, is_multiple=False)


def _facet(counter: _Counter, shelf: Shelf) -> Facet:
    options = tuple(
        Option(
            choice.parameter,
            choice.value,
            choice.label,
            counter.people(choice.parameter, counter.rows(choice.column, choice.bit)),
            choice.is_chosen,
        )
        for choice in shelf.choices
    )
    return Facet(shelf.name, shelf.label, options, shelf.is_multiple)


def _costs(counter: _Counter, facets: Iterable[Facet]) -> Iterator[Cost]:
    """For every filter that is set, named by what is chosen of it."""
    for parameter in counter.held:
        labels = [
            option.label
            for facet in facets
            for option in facet.options
            if option.parameter == parameter and option.is_chosen
        ]
        yield Cost(parameter, ", ".join(labels), counter.people(parameter))
