"""The map on which an editor puts an office's pin: drawn here, moved by `pin.js`."""

import math
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from directory.geo import EARTH_RADIUS_MILES, Point
from directory.geocoding import in_box
from directory.landscape import FINENESS, Layer, layers
from directory.lettering import Name, placed_names, written
from directory.map_tiles import Tile, tiles
from directory.models import Office, Place
from directory.projection import Equidistant, Mercator, position
from directory.wording import miles

SIZE = 400
# From the middle to a side, the closest first; the widest shows the United States.
ZOOMS_MILES = (0.15, 0.6, 2.5, 10, 40, 200, 1400)
FIRST_ZOOMS = {
    Office.Precision.ROOFTOP: 1,
    Office.Precision.STREET: 1,
    Office.Precision.POSTCODE: 2,
    Office.Precision.PLACE: 3,
}
UNKNOWN_ZOOM, COUNTRY_ZOOM = 3, 6
# Closer, a map without streets is empty.
CLOSEST_WITHOUT_STREETS = 2
COUNTRY_MIDDLE = Point(39.8, -98.6)
# ZIP codes are named on maps up to this wide; the ground between towns has no other names.
POSTCODES_UP_TO_MILES = 2.5
READ, NAMED = 60, 12
FONT_PX = 13.5
BAR_SHARE = 0.3


@dataclass(frozen=True)
class Label:
    """A place's name; no dot, so that nothing is taken for the pin."""

    text: str
    x: str
    y: str
    anchor: str


@dataclass(frozen=True)
class PinMap:
    """What the template draws. The degrees are for the script: how far one unit leads."""

    size: int
    zoom: int
    widest: int
    latitude: str
    longitude: str
    degrees_north: str
    degrees_east: str
    has_pin: bool
    middle: str
    layer_scale: str
    layers: tuple[Layer, ...]
    tiles: tuple[Tile, ...]
    tile_credit: str
    labels: tuple[Label, ...]
    bar: str
    bar_label: str


def office_map(office: Office) -> PinMap:
    """Around the pin, as close as its precision deserves; without one the country. One query."""
    if office.point is None:
        return draw_pin_map(COUNTRY_MIDDLE, zoom=COUNTRY_ZOOM, has_pin=False)
    zoom = FIRST_ZOOMS.get(office.precision, UNKNOWN_ZOOM)
    if not settings.MAP_TILE_URL:
        zoom = max(zoom, CLOSEST_WITHOUT_STREETS)
    return draw_pin_map(office.point, zoom=zoom, country_code=office.country_code)


def draw_pin_map(
    center: Point, *, zoom: int, has_pin: bool = True, country_code: str = "US"
) -> PinMap:
    """The map around `center`, where the pin is; `zoom` is an index of ZOOMS_MILES. One query."""
    reach = ZOOMS_MILES[zoom]
    has_tiles = bool(settings.MAP_TILE_URL)
    kind = Mercator if has_tiles else Equidistant
    projection = kind(center, SIZE / 2 / reach, SIZE / 2)
    unit_degrees = math.degrees(reach / (SIZE / 2) / EARTH_RADIUS_MILES)
    bar_miles = _round_down(reach * 2 * BAR_SHARE)
    return PinMap(
        size=SIZE,
        zoom=zoom,
        widest=len(ZOOMS_MILES) - 1,
        latitude=f"{center.latitude:.7f}",
        longitude=f"{center.longitude:.7f}",
        degrees_north=f"{unit_degrees:.9f}",
        degrees_east=f"{unit_degrees / max(math.cos(math.radians(center.latitude)), 0.01):.9f}",
        has_pin=has_pin,
        middle=written(SIZE / 2),
        layer_scale=f"{1 / FINENESS:g}",
        layers=() if has_tiles else layers(center, reach, country_code, SIZE),
        tiles=tuple(tiles(projection, SIZE)) if has_tiles else (),
        tile_credit=settings.MAP_TILE_CREDIT if has_tiles else "",
        labels=() if has_tiles else _labels(center, reach, projection),
        bar=written(bar_miles * SIZE / 2 / reach),
        bar_label=miles(bar_miles),
    )


def _labels(center: Point, reach: float, projection: Equidistant) -> tuple[Label, ...]:
    """The largest towns in view, and close by the ZIP codes, as far as they find room."""
    kinds = Q(kind=Place.Kind.POPULATED)
    if reach <= POSTCODES_UP_TO_MILES:
        kinds |= Q(kind=Place.Kind.POSTCODE)
    half_degrees = math.degrees(reach / EARTH_RADIUS_MILES)
    places = Place.objects.filter(kinds, in_box(center, half_degrees))
    columns = ("name", "kind", "latitude", "longitude", "population")
    found = list(places.order_by("-population", "pk").only(*columns)[:READ])
    corners = projection.project(position(place.point) for place in found)
    names = [
        Name(place.name, x, y, FONT_PX)
        for place, (x, y) in zip(found, corners, strict=True)
        if 0 < x < SIZE and 0 < y < SIZE
    ]
    return tuple(
        Label(placed.name.text, written(placed.x), written(placed.y), placed.anchor)
        for placed in placed_names(names, [], SIZE, most=NAMED)
    )


def _round_down(number: float) -> float:
    """To 1, 2 or 5 of its power of ten, as scales are drawn."""
    power = 10 ** math.floor(math.log10(number))
    return next(step * power for step in (5, 2, 1) if step * power <= number)
