"""Which entries of the search table are near a point, without a geographic database.

The distance is the squared chord between points on the unit sphere: plain arithmetic that sorts
like the great circle. Cells of the grid narrow the rows down first. Measured against PostGIS, H3
and bounding boxes before it was chosen (docs/decisions).
"""

from collections.abc import Iterable

from django.db.models import Exists, ExpressionWrapper, F, FloatField, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from directory.geo import (
    KM_PER_MILE,
    Point,
    miles_from_squared_chord,
    squared_chord,
    unit_vector,
)
from directory.grid import COARSE, FINE, cells_touched
from directory.models import SearchEntry

# Looked at one after the other for the nearest, until there are enough.
RINGS_MILES = tuple(km / KM_PER_MILE for km in (20, 160, 700))
# The fine cells that a circle of more than this touches are too many to name.
FINE_UP_TO_MILES = 100


def within(
    entries: QuerySet[SearchEntry], point: Point, radius_miles: float | None
) -> QuerySet[SearchEntry]:
    """Those at most `radius_miles` from `point`, with `chord`; None means at any distance."""
    if radius_miles is None:
        return entries.filter(fine_cell__isnull=False).annotate(chord=chord_to(point))
    if radius_miles <= FINE_UP_TO_MILES:
        narrowed = entries.filter(fine_cell__in=cells_touched(point, radius_miles, FINE))
    else:
        narrowed = entries.filter(coarse_cell__in=cells_touched(point, radius_miles, COARSE))
    return narrowed.annotate(chord=chord_to(point)).filter(chord__lte=squared_chord(radius_miles))


def rings(*, beyond_miles: float) -> list[float | None]:
    """Ever wider circles beyond `beyond_miles`; the last, None, is the whole earth."""
    return [*(ring for ring in RINGS_MILES if ring > beyond_miles), None]


def nearest_of(
    entries: QuerySet[SearchEntry],
    point: Point,
    *,
    radii: Iterable[float | None],
    tie_break: Combinable,
    limit: int,
) -> list[tuple[int, float]]:
    """The nearest `limit` practitioners as (affiliation, miles), each at the nearest office.

    One query for each of `radii`, which grow, until there are enough; exact, since whatever is
    outside a circle is farther away than all that is inside.
    """
    found: list[tuple[int, float]] = []
    for radius in radii:
        rows = (
            once_each(within(entries, point, radius), entries, point)
            .order_by("chord", tie_break, "affiliation_id")
            .values_list("affiliation_id", "chord")[:limit]
        )
        found = [(key, miles_from_squared_chord(chord)) for key, chord in rows]
        if len(found) == limit:
            break
    return found


def chord_to(point: Point) -> ExpressionWrapper:
    """The squared chord from an entry to `point`."""
    a, b, c = unit_vector(point)
    x, y, z = F("x") - a, F("y") - b, F("z") - c
    return ExpressionWrapper(x * x + y * y + z * z, output_field=FloatField())


def once_each(
    circle: QuerySet[SearchEntry], entries: QuerySet[SearchEntry], point: Point
) -> QuerySet[SearchEntry]:
    """Those of `circle`, which is of `entries`, that have no nearer office among `entries`."""
    nearer = entries.annotate(chord=chord_to(point)).filter(
        Q(chord__lt=OuterRef("chord"))
        | Q(chord=OuterRef("chord"), affiliation_id__lt=OuterRef("affiliation_id")),
        practitioner_id=OuterRef("practitioner_id"),
    )
    return circle.filter(Q(is_only=True) | ~Exists(nearer))
