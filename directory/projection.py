"""How a map lays the round earth out flat, north up: y grows to the south, as on a screen."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from directory.geo import EARTH_RADIUS_MILES, Point

# Web maps end here, where their square does (EPSG:3857).
MERCATOR_END = 85.0511287798


@dataclass(frozen=True)
class Equidistant:
    """Azimuthal equidistant (Snyder, Map Projections: A Working Manual, 1987, p. 191 ff.).

    From `center` all distances and directions are true, so a circle around it is a circle. The
    antipode has no place; it is put on the edge. `scale` is in units per mile; `center` lands on
    (`middle`, `middle`).
    """

    center: Point
    scale: float
    middle: float

    def project(self, longitudes_latitudes: Iterable[tuple[float, float]]) -> list[tuple]:
        """The (x, y) of positions, which come as in GeoJSON."""
        middle, radius = self.middle, self.scale * EARTH_RADIUS_MILES
        sine, cosine = _sine_cosine(self.center.latitude)
        central = math.radians(self.center.longitude)
        radians, sin, cos, hypot, atan2 = math.radians, math.sin, math.cos, math.hypot, math.atan2
        placed = []
        for longitude, latitude in longitudes_latitudes:
            phi, turn = radians(latitude), radians(longitude) - central
            high, wide = sin(phi), cos(phi)
            east = wide * sin(turn)
            near = wide * cos(turn)
            north = cosine * high - sine * near
            # The sine of the angle from the center; its cosine tells beyond a quarter.
            off = hypot(east, north)
            stretch = radius * atan2(off, sine * high + cosine * near) / off if off else radius
            placed.append((middle + stretch * east, middle - stretch * north))
        return placed


@dataclass(frozen=True)
class Mercator:
    """The projection of web maps (EPSG:3857), true to scale at the latitude of `center`."""

    center: Point
    scale: float
    middle: float

    @property
    def world(self) -> float:
        """The width of the whole earth in units."""
        around = 2 * math.pi * EARTH_RADIUS_MILES
        return around * self.scale * math.cos(math.radians(_within(self.center.latitude)))

    @property
    def corner(self) -> tuple[float, float]:
        """Where the view's own corner is in units from the northwestern end of the world."""
        x, y = _mercator(self.center.longitude, self.center.latitude)
        return x * self.world - self.middle, y * self.world - self.middle

    def project(self, longitudes_latitudes: Iterable[tuple[float, float]]) -> list[tuple]:
        left, top = self.corner
        placed = []
        for longitude, latitude in longitudes_latitudes:
            turn = (longitude - self.center.longitude + 180) % 360 - 180
            x, y = _mercator(self.center.longitude + turn, latitude)
            placed.append((x * self.world - left, y * self.world - top))
        return placed


def position(point: Point) -> tuple[float, float]:
    """Longitude first, as in GeoJSON and on paper."""
    return point.longitude, point.latitude


def circle_around(center: Point, miles: float, *, corners: int = 90) -> list[tuple[float, float]]:
    """Positions on a circle, clockwise from north, the first again at the end."""
    sine, cosine = _sine_cosine(center.latitude)
    angle = miles / EARTH_RADIUS_MILES
    positions = []
    for corner in range(corners + 1):
        bearing = 2 * math.pi * corner / corners
        high = sine * math.cos(angle) + cosine * math.sin(angle) * math.cos(bearing)
        east = math.sin(bearing) * math.sin(angle) * cosine
        turn = math.atan2(east, math.cos(angle) - sine * high)
        latitude = math.degrees(math.asin(max(-1.0, min(1.0, high))))
        positions.append((center.longitude + math.degrees(turn), latitude))
    return positions


def _mercator(longitude: float, latitude: float) -> tuple[float, float]:
    """From 0 to 1, from west to east and from north to south."""
    north = math.asinh(math.tan(math.radians(_within(latitude))))
    return longitude / 360 + 0.5, 0.5 - north / (2 * math.pi)


def _within(latitude: float) -> float:
    return min(max(latitude, -MERCATOR_END), MERCATOR_END)


def _sine_cosine(degrees: float) -> tuple[float, float]:
    return math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
