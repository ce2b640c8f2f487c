"""Which entries of the search table are near a point, without a geographic database.

The distance is the squared chord between points on the unit sphere: plain arithmetic that sorts
like the great circle. Cells of the grid narrow the rows down first. Measured against PostGIS, H3
and bounding boxes before it was chosen (docs/decisions).
"""

from collections.abc import Iterable

from django.db.models import BooleanField, FloatField, Func, QuerySet
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
SPARE_ROWS = 20
# The fine cells that a circle of more than this touches are too many to name.
FINE_UP_TO_MILES = 100


def within(
    entries: QuerySet[SearchEntry], point: Point, radius_miles: float | None
) -> QuerySet[SearchEntry]:
    """Those at most `radius_miles` from `point`, with `chord`; None means at any distance."""
    if radius_miles is None:
        return entries.filter(fine_cell__isnull=False).annotate(chord=Chord(point))
    if radius_miles <= FINE_UP_TO_MILES:
        narrowed = entries.filter(InCells("fine_cell", cells_touched(point, radius_miles, FINE)))
    else:
        cells = cells_touched(point, radius_miles, COARSE)
        narrowed = entries.filter(InCells("coarse_cell", cells))
    return narrowed.annotate(chord=Chord(point)).filter(chord__lte=squared_chord(radius_miles))


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
        ordered = within(entries, point, radius).order_by("chord", tie_break, "affiliation_id")
        found = _first_of_each(ordered, limit)
        if len(found) == limit:
            break
    return found


def _first_of_each(ordered: QuerySet[SearchEntry], limit: int) -> list[tuple[int, float]]:
    """The first row of each practitioner is the nearest office; the later ones are passed over.

    A query reads some rows more than wanted, to be the only one unless many have several offices.
    """
    read = limit + SPARE_ROWS
    while True:
        rows = ordered.values_list("practitioner_id", "affiliation_id", "chord")[:read]
        first: dict[int, tuple[int, float]] = {}
        for practitioner, affiliation, chord in rows:
            first.setdefault(practitioner, (affiliation, miles_from_squared_chord(chord)))
        if len(first) >= limit or len(rows) < read:
            return list(first.values())[:limit]
        read *= 2


class InCells(Func):
    """Whether a column is one of up to some thousand numbers, written out: as parameters they would
    cost Django more time than the query takes.
    """

    output_field = BooleanField()

    def __init__(self, column: str, cells: Iterable[int]):
        super().__init__(column)
        self.numbers = ", ".join(str(int(cell)) for cell in cells)

    def as_sql(self, compiler, connection, **context):
        column, parameters = compiler.compile(self.source_expressions[0])
        return f"{column} IN ({self.numbers})", parameters


class Chord(Func):
    """The squared chord from an entry to a point: one node, as Django copies each many times."""

    output_field = FloatField()

    def __init__(self, point: Point):
        super().__init__("x", "y", "z")
        self.center = unit_vector(point)

    def as_sql(self, compiler, connection, **context):
        columns = [compiler.compile(column)[0] for column in self.source_expressions]
        squares = (f"({column} - %s) * ({column} - %s)" for column in columns)
        return f"({' + '.join(squares)})", [value for value in self.center for _ in range(2)]
