"""Points on the earth and the distances between them, without a database."""

import math
from dataclasses import dataclass

# The mean radius of the earth, R1 = (2a + b) / 3 of the GRS 80 ellipsoid (IUGG; Moritz, Journal of
# Geodesy 74, 2000), and the international mile of 1959.
EARTH_RADIUS_KM = 6371.0088
KM_PER_MILE = 1.609344
EARTH_RADIUS_MILES = EARTH_RADIUS_KM / KM_PER_MILE
HALF_CIRCUMFERENCE_MILES = math.pi * EARTH_RADIUS_MILES


@dataclass(frozen=True, slots=True)
class Point:
    """WGS 84 decimal degrees; north and east are positive."""

    latitude: float
    longitude: float


def unit_vector(point: Point) -> tuple[float, float, float]:
    """The point on the sphere of radius 1, from whose centre x points to 0° N 0° E, z north."""
    latitude = math.radians(point.latitude)
    longitude = math.radians(point.longitude)
    ring = math.cos(latitude)
    return ring * math.cos(longitude), ring * math.sin(longitude), math.sin(latitude)


def squared_chord(miles: float) -> float:
    """The square of the straight line between two unit vectors that are `miles` apart.

    It grows with the distance, so rows can be compared and sorted by it with plain arithmetic.
    Distances beyond the antipode count as the antipode.
    """
    angle = min(max(miles, 0.0), HALF_CIRCUMFERENCE_MILES) / EARTH_RADIUS_MILES
    return (2.0 * math.sin(angle / 2.0)) ** 2


def miles_from_squared_chord(chord: float) -> float:
    """The inverse of `squared_chord`, for 0 to 4 (rounding errors beyond are clipped)."""
    half = math.sqrt(min(max(chord, 0.0), 4.0)) / 2.0
    return 2.0 * EARTH_RADIUS_MILES * math.asin(half)


def distance_miles(a: Point, b: Point) -> float:
    """Great-circle distance, good for points next to each other as for antipodes."""
    ax, ay, az = unit_vector(a)
    bx, by, bz = unit_vector(b)
    return miles_from_squared_chord((ax - bx) ** 2 + (ay - by) ** 2 + (az - bz) ** 2)
