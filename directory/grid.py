"""Numbered cells of about the same size all over the earth, for an index on nearness. Pure.

Bands of fixed height in latitude, each cut into so many columns that a cell is about as wide as
high. Unlike hexagons (docs/decisions), the cells that a circle touches follow from a formula, at
the poles and at the antimeridian too; in one band they are one run of numbers, or two.
"""

import math
from functools import lru_cache

import numpy as np

from directory.geo import EARTH_RADIUS_MILES, HALF_CIRCUMFERENCE_MILES, Point

# Height in degrees: 5.6 km, some two hundred cells for a city and what is around it.
STEP_DEGREES = 0.05

# A tenth of a millimeter: more than the rounding errors of all steps together.
MARGIN_DEGREES = 1e-9


def cells(
    latitudes: np.ndarray, longitudes: np.ndarray, step_degrees: float = STEP_DEGREES
) -> np.ndarray:
    """The numbers of the cells that points are in, below 2**31 for steps of 0.01 degrees and more.

    Arrays of the same length, in degrees; longitudes from -180 to 180.
    """
    columns_of = _columns(step_degrees)
    bands = np.floor((latitudes + 90.0) / step_degrees).astype(np.int64)
    bands = bands.clip(0, len(columns_of) - 1)
    columns = columns_of[bands]
    column = np.floor((longitudes + 180.0) / 360.0 * columns).astype(np.int64) % columns
    return bands * _stride(step_degrees) + column


def runs_touched(
    point: Point, radius_miles: float, step_degrees: float = STEP_DEGREES
) -> list[tuple[int, int]]:
    """Runs (first, end) of the cells with a point within `radius_miles`, ascending, none twice.

    Beyond a quarter of the earth's circumference it names whole bands and may name cells that are
    farther away.
    """
    radius = radius_miles / EARTH_RADIUS_MILES + math.radians(MARGIN_DEGREES)
    reach = math.degrees(radius)
    columns_of = _columns(step_degrees)
    runs: list[tuple[int, int]] = []
    lowest = _band(max(point.latitude - reach, -90.0), step_degrees)
    highest = _band(min(point.latitude + reach, 90.0), step_degrees)
    for band in range(lowest, highest + 1):
        half_width = _half_width(point.latitude, radius, band, step_degrees)
        first, columns = band * _stride(step_degrees), int(columns_of[band])
        west = _column(point.longitude - half_width - MARGIN_DEGREES, columns)
        east = _column(point.longitude + half_width + MARGIN_DEGREES, columns)
        if east - west + 1 >= columns:
            runs.append((first, first + columns))
        elif west < 0 or east >= columns:
            runs += [
                (first, first + east % columns + 1),
                (first + west % columns, first + columns),
            ]
        else:
            runs.append((first + west, first + east + 1))
    return runs


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
    bands = len(_columns(step_degrees))
    return min(max(math.floor((latitude + 90.0) / step_degrees), 0), bands - 1)


@lru_cache(maxsize=8)
def _columns(step_degrees: float) -> np.ndarray:
    """How many columns each band is cut into, from the south pole."""
    bands = range(math.ceil(180.0 / step_degrees))
    middles = ((band + 0.5) * step_degrees - 90.0 for band in bands)
    found = (round(360.0 / step_degrees * math.cos(math.radians(middle))) for middle in middles)
    return np.array([max(1, columns) for columns in found], dtype=np.int64)


def _column(longitude: float, columns: int) -> int:
    """Not yet wrapped around: beyond 180° it goes on counting."""
    return math.floor((longitude + 180.0) / 360.0 * columns)


def _stride(step_degrees: float) -> int:
    return math.ceil(360.0 / step_degrees) + 1
