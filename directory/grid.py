"""Numbered cells of about the same size all over the earth, for an index on nearness.

Bands of fixed height in latitude, each cut into so many columns that a cell is about as wide as
high. Unlike hexagons (docs/decisions), the cells that a circle touches follow from a formula, at
the poles and at the antimeridian too.
"""

import math

from directory.geo import EARTH_RADIUS_MILES, HALF_CIRCUMFERENCE_MILES, Point

# Heights in degrees: 5.6 km for a city, 222 km for a search without a radius.
FINE = 0.05
COARSE = 2.0

# A tenth of a millimeter: more than the rounding errors of all steps together.
MARGIN_DEGREES = 1e-9


def cell(point: Point, step_degrees: float) -> int:
    """The number of the cell that a point is in, below 2**31 for steps of 0.01 degrees and more."""
    band = _band(point.latitude, step_degrees)
    columns = _columns(band, step_degrees)
    return band * _stride(step_degrees) + _column(point.longitude, columns) % columns


def cells_touched(point: Point, radius_miles: float, step_degrees: float) -> list[int]:
    """The cells that have a point within `radius_miles`, ascending and each once.

    About `(radius / step)²` of them: ask with a step that suits the radius. Beyond a quarter of the
    earth's circumference it names whole bands and may name cells that are farther away.
    """
    radius = radius_miles / EARTH_RADIUS_MILES + math.radians(MARGIN_DEGREES)
    reach = math.degrees(radius)
    lowest = _band(max(point.latitude - reach, -90.0), step_degrees)
    highest = _band(min(point.latitude + reach, 90.0), step_degrees)
    cells: list[int] = []
    for band in range(lowest, highest + 1):
        half_width = _half_width(point.latitude, radius, band, step_degrees)
        first = band * _stride(step_degrees)
        columns = _columns(band, step_degrees)
        west = _column(point.longitude - half_width - MARGIN_DEGREES, columns)
        east = _column(point.longitude + half_width + MARGIN_DEGREES, columns)
        if east - west + 1 >= columns:
            cells += range(first, first + columns)
        else:
            cells += sorted(first + column % columns for column in range(west, east + 1))
    return cells


def _half_width(latitude: float, radius: float, band: int, step_degrees: float) -> float:
    """Degrees of longitude from the center to the edge of a circle where it is widest in a band."""
    if radius * EARTH_RADIUS_MILES >= HALF_CIRCUMFERENCE_MILES / 2:
        return 180.0
    center = math.radians(latitude)
    south = math.radians(max(band * step_degrees - 90.0, -90.0) - MARGIN_DEGREES)
    north = math.radians(min((band + 1) * step_degrees - 90.0, 90.0) + MARGIN_DEGREES)
    # A circle is widest somewhat poleward of its center; with a pole inside, at the pole.
    widest = math.asin(max(-1.0, min(1.0, math.sin(center) / math.cos(radius))))
    at = min(max(widest, south, center - radius), north, center + radius)
    ring = math.cos(center) * math.cos(at)
    square = math.sin(radius / 2) ** 2 - math.sin((at - center) / 2) ** 2
    if square >= ring:
        return 180.0
    return math.degrees(2 * math.asin(math.sqrt(max(square, 0.0) / ring)))


def _band(latitude: float, step_degrees: float) -> int:
    bands = math.ceil(180.0 / step_degrees)
    return min(max(math.floor((latitude + 90.0) / step_degrees), 0), bands - 1)


def _columns(band: int, step_degrees: float) -> int:
    middle = math.radians((band + 0.5) * step_degrees - 90.0)
    return max(1, round(360.0 / step_degrees * math.cos(middle)))


def _column(longitude: float, columns: int) -> int:
    """Not yet wrapped around: beyond 180° it goes on counting."""
    return math.floor((longitude + 180.0) / 360.0 * columns)


def _stride(step_degrees: float) -> int:
    return math.ceil(360.0 / step_degrees) + 1
