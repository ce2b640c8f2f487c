"""The towns that a map names: the largest in view that find room."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from directory.criteria import Criteria
from directory.geo import EARTH_RADIUS_MILES, Point, distance_miles
from directory.lettering import Box, Name, Placed, placed_names, written
from directory.models import Place
from directory.projection import Equidistant, position

READ, NAMED = 60, 14
# From which population a name has which class and font size.
SIZES = ((400_000, "city", 15.0), (60_000, "town", 13.5), (0, "village", 12.5))


@dataclass(frozen=True)
class View:
    """What a square map of `size` units shows: `miles` from its middle to a side."""

    center: Point
    miles: float
    size: int


def view_around(points: Sequence[Point], *, least_miles: float, share: float, size: int) -> View:
    """Around the middle of the box that holds all points, however it lies across the date line.

    From the middle to a side it shows `least_miles` at least; the farthest point is at most `share`
    of the way, so that its pin has room.
    """
    first = points[0].longitude
    turns = [(point.longitude - first + 180) % 360 - 180 for point in points]
    latitudes = [point.latitude for point in points]
    longitude = first + (min(turns) + max(turns)) / 2
    center = Point((min(latitudes) + max(latitudes)) / 2, (longitude + 180) % 360 - 180)
    farthest = max(distance_miles(center, point) for point in points)
    return View(center, max(farthest / share, least_miles), size)


@dataclass(frozen=True)
class Town:
    """A dot with its name. `css` is the size of the name."""

    name: str
    css: str
    dot_x: str
    dot_y: str
    x: str
    y: str
    anchor: str


def towns_named(
    criteria: Criteria, view: View, projection: Equidistant, taken: Sequence[Box]
) -> tuple[Town, ...]:
    """The place itself first, then the largest towns in view that find room."""
    place = criteria.place
    found = list(_largest(criteria, view)[:READ])
    if not criteria.is_state:
        found = [place, *(town for town in found if not _is_called_alike(town, place))]
    corners = projection.project(position(town.point) for town in found)
    names = [
        Name(town.name, x, y, _font_px(town), must=town is place)
        for town, (x, y) in zip(found, corners, strict=True)
        if 0 < x < view.size and 0 < y < view.size
    ]
    return tuple(_town(placed) for placed in placed_names(names, taken, view.size, most=NAMED))


def _town(placed: Placed) -> Town:
    name = placed.name
    css = next(css for _least, css, font_px in SIZES if font_px == name.font_px)
    numbers = (written(value) for value in (name.x, name.y, placed.x, placed.y))
    return Town(name.text, css, *numbers, placed.anchor)


def _font_px(town: Place) -> float:
    return next(font_px for least, _css, font_px in SIZES if town.population >= least)


def _is_called_alike(town: Place, place: Place) -> bool:
    return town.name == place.name and town.state_code == place.state_code


def _largest(criteria: Criteria, view: View) -> QuerySet[Place]:
    """The towns in a box around the view, or in a state; those of unknown size are left out."""
    towns = Place.objects.filter(kind=Place.Kind.POPULATED, population__gt=0)
    place = criteria.place
    if criteria.is_state:
        towns = towns.filter(country_code=place.country_code, state_code=place.state_code)
    columns = ("name", "state_code", "latitude", "longitude", "population")
    return towns.filter(_in_box(view)).order_by("-population", "pk").only(*columns)


def _in_box(view: View) -> Q:
    reach = math.degrees(view.miles / EARTH_RADIUS_MILES)
    south, north = view.center.latitude - reach, view.center.latitude + reach
    rows = Q(latitude__range=(south, north))
    if north >= 89 or south <= -89:
        return rows
    half = reach / math.cos(math.radians(max(abs(south), abs(north))))
    west, east = view.center.longitude - half, view.center.longitude + half
    if half >= 180:
        return rows
    if west < -180:
        return rows & (Q(longitude__gte=west + 360) | Q(longitude__lte=east))
    if east > 180:
        return rows & (Q(longitude__gte=west) | Q(longitude__lte=east - 360))
    return rows & Q(longitude__range=(west, east))
