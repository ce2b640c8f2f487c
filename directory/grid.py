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
) -> list[list[int]]:
    """Runs [first, end] of the cells with a point within `radius_miles`, ascending, none twice.

    Beyond a quarter of the earth's circumference it names whole bands and may name cells that are
    farther away.
    """
    radius = radius_miles / EARTH_RADIUS_MILES + math.radians(MARGIN_DEGREES)
    reach = math.degrees(radius)
    columns_of = _columns(step_degrees)
    lowest = _band(point.latitude - reach, step_degrees)
    highest = _band(point.latitude + reach, step_degrees)
    bands = np.arange(lowest, highest + 1)
    columns = columns_of[bands]
    half_widths = _half_widths(point.latitude, radius, bands, step_degrees) + MARGIN_DEGREES
    west, east = (
        np.floor((point.longitude + side + 180.0) / 360.0 * columns).astype(np.int64)
        for side in (-half_widths, half_widths)
    )
    first = bands * _stride(step_degrees)
    is_whole = east - west + 1 >= columns
    is_split = ~is_whole & ((west < 0) | (east >= columns))
    start = first + np.where(is_whole, 0, west % columns)
    end = first + np.where(is_whole, columns, east % columns + 1)
    runs = np.stack([np.where(is_split, first, start), end], axis=1)
    rest = np.stack([start, first + columns], axis=1)[is_split]
    return sorted(runs.tolist() + rest.tolist())


def _half_widths(
    latitude: float, radius: float, bands: np.ndarray, step_degrees: float
) -> np.ndarray:
    """Degrees of longitude from the center to the edge of a circle where it is widest in a band."""
    if radius * EARTH_RADIUS_MILES >= HALF_CIRCUMFERENCE_MILES / 2:
        return np.full(len(bands), 180.0)
    center = math.radians(latitude)
    edges = np.clip(bands * step_degrees - 90.0, -90.0, 90.0)
    south = np.radians(edges - MARGIN_DEGREES)
    north = np.radians(np.minimum(edges + step_degrees, 90.0) + MARGIN_DEGREES)
    # A circle is widest somewhat poleward of its center; with a pole inside, at the pole.
    widest = math.asin(max(-1.0, min(1.0, math.sin(center) / math.cos(radius))))
    lowest = np.maximum(south, max(widest, center - radius))
    at = np.minimum(lowest, np.minimum(north, center + radius))
    ring = math.cos(center) * np.cos(at)
    square = math.sin(radius / 2) ** 2 - np.sin((at - center) / 2) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        half = np.degrees(2 * np.arcsin(np.sqrt(np.maximum(square, 0.0) / ring)))
    return np.where(square >= ring, 180.0, half)


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


def _stride(step_degrees: float) -> int:
    return math.ceil(360.0 / step_degrees) + 1
