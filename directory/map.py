"""The map beside the results, as numbers and words for an SVG; nothing is fetched from others."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.criteria import Criteria
from directory.geo import EARTH_RADIUS_MILES, Point
from directory.land import land
from directory.landscape import FINENESS, Layer, layers
from directory.lettering import Box, Spot, bunched, written
from directory.map_tiles import Tile, tiles
from directory.map_towns import Town, View, towns_named, view_around
from directory.models import Place
from directory.projection import Equidistant, Mercator, circle_around, position
from directory.search import Results, Row
from directory.wording import miles

SIZE = 400
# The ring's share of the view, and a state's.
RING_SHARE, STATE_SHARE = 0.9, 0.94
# Who is farther than this from the place is not on the map.
FARTHEST_MILES = 400
LEAST_MILES = 3
# With more than so many in one pin, a second map is drawn from nearby, of this much at least.
MOST_IN_A_PIN = 3
CLOSEST_MILES = 0.5
CLOSER_SHARE = 0.85


@dataclass(frozen=True)
class Ring:
    """The circle of the radius as path data, and where its label stands."""

    path: str
    label: str
    x: str
    y: str


@dataclass(frozen=True)
class Pin:
    """A link to a row of the results. `name` says what a pointer or a screen reader is told."""

    href: str
    text: str
    name: str
    left: str
    top: str
    width: str
    height: str
    x: str
    y: str
    rows: int = 1


@dataclass(frozen=True)
class MapDrawing:
    """What the template draws, from the back to the front; numbers are written out."""

    title: str
    description: str
    size: int
    layer_scale: str
    layers: tuple[Layer, ...]
    tiles: tuple[Tile, ...]
    tile_credit: str
    ring: Ring | None
    origin_x: str
    origin_y: str
    towns: tuple[Town, ...]
    pins: tuple[Pin, ...]
    # What tells its parts from those of another map on the same page.
    key: str = "map"


def draw(results: Results, criteria: Criteria) -> tuple[MapDrawing, ...]:
    """The map of a page of results; none when no place was asked for. One query for each.

    It shows the whole circle that was searched or the whole state, and when nobody is in it the
    nearest beyond. Where many are so close together that one pin stands for them, a second map
    shows the same from nearby.
    """
    if criteria.place is None:
        return ()
    rows = [row for row in (results.rows or results.beyond) if _point(row) is not None]
    view = _view(criteria, rows)
    whole = _drawing(criteria, rows, view, title=_title(criteria))
    crowded = max((pin.rows for pin in whole.pins), default=0)
    if crowded <= MOST_IN_A_PIN:
        return (whole,)
    points = [_point(row) for row in rows]
    view = view_around(points, least_miles=CLOSEST_MILES, share=CLOSER_SHARE, size=SIZE)
    if max(pin.rows for pin, _box in _pins(rows, _projection(view))) == crowded:
        return (whole,)
    closer = _drawing(criteria, rows, view, title=_("The same results from nearby"))
    return whole, replace(closer, key="closer")


def _drawing(criteria: Criteria, rows: Sequence[Row], view: View, *, title: str) -> MapDrawing:
    projection = _projection(view)
    pins = _pins(rows, projection)
    taken = [box for _pin, box in pins]
    is_ringed = not criteria.is_state and criteria.radius_miles < view.miles
    ring, ring_box = _ring(criteria, projection) if is_ringed else (None, None)
    if ring_box:
        taken.append(ring_box)
    has_tiles = bool(settings.MAP_TILE_URL)
    origin_x, origin_y = projection.project([position(criteria.place.point)])[0]
    towns = () if has_tiles else towns_named(criteria, view, projection, taken)
    return MapDrawing(
        title=title,
        description=_description(len(rows), towns),
        size=SIZE,
        layer_scale=f"{1 / FINENESS:g}",
        layers=()
        if has_tiles
        else layers(view.center, view.miles, criteria.place.country_code, SIZE),
        tiles=tuple(tiles(projection, SIZE)) if has_tiles else (),
        tile_credit=settings.MAP_TILE_CREDIT if has_tiles else "",
        ring=ring,
        origin_x="" if criteria.is_state else written(origin_x),
        origin_y="" if criteria.is_state else written(origin_y),
        towns=towns,
        pins=tuple(pin for pin, _box in pins),
    )


def _view(criteria: Criteria, rows: Sequence[Row]) -> View:
    place = criteria.place
    if criteria.is_state:
        return _state_view(f"{place.country_code}-{place.state_code}", place, rows)
    reach = criteria.radius_miles / RING_SHARE
    beyond = [row.distance_miles for row in rows if row.distance_miles is not None]
    farthest = max((far for far in beyond if far <= FARTHEST_MILES), default=0) / RING_SHARE
    return View(place.point, max(reach, farthest, LEAST_MILES), SIZE)


def _state_view(code: str, place: Place, rows: Sequence[Row]) -> View:
    """Around the outline of one of the United States; elsewhere around who was found."""
    if code in land().states:
        west, south, east, north = land().states[code]
    else:
        points = [place.point, *(_point(row) for row in rows)]
        south, north = min(p.latitude for p in points), max(p.latitude for p in points)
        west, east = min(p.longitude for p in points), max(p.longitude for p in points)
    center = Point((south + north) / 2, ((west + east) / 2 + 180) % 360 - 180)
    one = math.radians(1) * EARTH_RADIUS_MILES
    lowest = min(abs(south), abs(north)) if south * north > 0 else 0
    high = (north - south) / 2 * one
    wide = (east - west) / 2 * one * math.cos(math.radians(lowest))
    return View(center, max(high, wide, LEAST_MILES) / STATE_SHARE, SIZE)


def _projection(view: View) -> Equidistant | Mercator:
    kind = Mercator if settings.MAP_TILE_URL else Equidistant
    return kind(view.center, SIZE / 2 / view.miles, SIZE / 2)


def _pins(shown: Sequence[Row], projection) -> list[tuple[Pin, Box]]:
    rows = {row.number: row for row in shown}
    placed = projection.project(position(_point(row)) for row in shown)
    spots = [Spot(number, x, y) for number, (x, y) in zip(rows, placed, strict=True)]
    in_view = [spot for spot in spots if 0 <= spot.x <= SIZE and 0 <= spot.y <= SIZE]
    pins = []
    for run in bunched(in_view, SIZE):
        box = run.box
        pin = Pin(
            href=f"#result-{run.numbers[0]}",
            text=run.text,
            name=_pin_name(run.text, [rows[number] for number in run.numbers]),
            left=written(box.left),
            top=written(box.top),
            width=written(box.right - box.left),
            height=written(box.bottom - box.top),
            x=written((box.left + box.right) / 2),
            y=written((box.top + box.bottom) / 2),
            rows=len(run.numbers),
        )
        pins.append((pin, box))
    return pins


def _pin_name(text: str, rows: Sequence[Row]) -> str:
    names = ", ".join(row.practitioner.name for row in rows)
    distance = rows[0].distance_miles
    if distance is None:
        return f"{text}: {names}"
    return f"{text}: {names}, {miles(distance)}"


def _ring(criteria: Criteria, projection) -> tuple[Ring, Box]:
    around = circle_around(criteria.place.point, criteria.radius_miles)
    corners = projection.project(around)
    path = "M" + "L".join(f"{written(x)} {written(y)}" for x, y in corners[:-1]) + "z"
    label = miles(criteria.radius_miles)
    x, y = corners[len(corners) // 2]
    half = 0.3 * 13 * len(label)
    ring = Ring(path, label, written(x), written(y + 4.5))
    return ring, Box(x - half, y - 8, x + half, y + 8)


def _title(criteria: Criteria) -> str:
    if criteria.is_state:
        return _("Map of %(place)s") % {"place": criteria.place.label}
    return _("Map of %(radius)s around %(place)s") % {
        "radius": miles(criteria.radius_miles),
        "place": criteria.place.label,
    }


def _description(count: int, towns: Sequence[Town]) -> str:
    links = ngettext(
        "One numbered link leads to its row in the list.",
        "The numbers of %(count)s results lead to their rows in the list.",
        count,
    ) % {"count": count}
    named = ", ".join(town.name for town in towns)
    return f"{links} {_('Towns:')} {named}." if named else links


def _point(row: Row) -> Point | None:
    office = row.affiliation and row.affiliation.office
    if office is None or office.latitude is None:
        return None
    return Point(office.latitude, office.longitude)
