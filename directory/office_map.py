"""The map of a practitioner's offices, of the same parts as the map of results."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.alternatives import place_at
from directory.criteria import Criteria
from directory.landscape import FINENESS, layers
from directory.lettering import Run, Spot, bunched, written
from directory.map import SIZE, MapDrawing, Pin
from directory.map_tiles import tiles
from directory.map_towns import towns_named, view_around
from directory.profile import OfficeEntry
from directory.projection import Equidistant, Mercator, position

# From the middle to a side at least, so that a town and its neighbors are in view.
LEAST_MILES = 10
# How much of the way to a side the farthest office is, so that its pin has room.
SHARE = 0.8


def draw_offices(entries: Sequence[OfficeEntry]) -> MapDrawing | None:
    """A map with a numbered link to each office; None when no office has a point. One query."""
    located = {entry.number: entry for entry in entries if entry.affiliation.office.point}
    if not located:
        return None
    offices = [entry.affiliation.office for entry in located.values()]
    points = [office.point for office in offices]
    view = view_around(points, least_miles=LEAST_MILES, share=SHARE, size=SIZE)
    has_tiles = bool(settings.MAP_TILE_URL)
    kind = Mercator if has_tiles else Equidistant
    projection = kind(view.center, SIZE / 2 / view.miles, SIZE / 2)
    placed = projection.project(position(point) for point in points)
    spots = [Spot(number, x, y) for number, (x, y) in zip(located, placed, strict=True)]
    runs = bunched(spots, SIZE)
    criteria = Criteria(place=place_at(offices[0]))
    taken = [run.box for run in runs]
    towns = () if has_tiles else towns_named(criteria, view, projection, taken)
    drawn = () if has_tiles else layers(view.center, view.miles, offices[0].country_code, SIZE)
    return MapDrawing(
        title=ngettext("Map of the office", "Map of the offices", len(entries)),
        description=_("Each number leads to its office."),
        size=SIZE,
        layer_scale=f"{1 / FINENESS:g}",
        layers=drawn,
        tiles=tuple(tiles(projection, SIZE)) if has_tiles else (),
        tile_credit=settings.MAP_TILE_CREDIT if has_tiles else "",
        ring=None,
        origin_x="",
        origin_y="",
        towns=towns,
        pins=tuple(_pin(run, located) for run in runs),
    )


def _pin(run: Run, located: dict[int, OfficeEntry]) -> Pin:
    names = [located[number].affiliation.office.name for number in run.numbers]
    box = run.box
    return Pin(
        href=f"#office-{run.numbers[0]}",
        text=run.text,
        name=f"{run.text}: {', '.join(names)}",
        left=written(box.left),
        top=written(box.top),
        width=written(box.right - box.left),
        height=written(box.bottom - box.top),
        x=written((box.left + box.right) / 2),
        y=written((box.top + box.bottom) / 2),
    )
