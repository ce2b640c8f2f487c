"""The land under a map: outlines, lakes and borders from data/map.bin.xz, read box by box.

The file holds several levels of detail, each cut into boxes of latitude and longitude, so that a
map reads only the boxes that it touches. `data/build_map.py` writes it.
"""

import json
import lzma
import math
import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from directory.geo import EARTH_RADIUS_MILES, Point

FILE = Path(__file__).resolve().parent / "data" / "map.bin.xz"

# What a shape of a box is. Areas are closed rings, borders are lines.
# A cover is land without a shore, along a border.
LAND, LAKE, STATE_LINE, COUNTY_LINE, COVER = range(5)
AREAS = frozenset({LAND, LAKE, COVER})
# Boxes are divided into so many steps each way. They begin a little off the round degrees, where
# borders are: an outline's edge along the side of a box is a cut and not a shore.
STEPS = 4096
SOUTH_END = -90.1037
# First and last box of a row of boxes that are alike, and where their shapes begin.
ENTRY = struct.Struct("<3I")


@dataclass(frozen=True)
class Level:
    """How fine: for maps up to `miles` from middle to side, in boxes of `box_degrees`."""

    miles: float
    box_degrees: float
    tolerance_degrees: float

    @property
    def columns(self) -> int:
        return math.ceil(360 / self.box_degrees)

    @property
    def rows(self) -> int:
        return math.ceil((90 - SOUTH_END) / self.box_degrees)


LEVELS = (
    Level(miles=14, box_degrees=0.25, tolerance_degrees=0.0005),
    Level(miles=35, box_degrees=0.5, tolerance_degrees=0.0025),
    Level(miles=140, box_degrees=2.0, tolerance_degrees=0.007),
    Level(miles=math.inf, box_degrees=8.0, tolerance_degrees=0.025),
)
# The finest level there is of the world, and of the countries of which more is drawn, whose source
# is coarser than that of the United States. Few live farther north in those.
FINEST_IN_WORLD, FINEST_IN_NEIGHBORS = 2, 1
NEIGHBORS = frozenset({"US", "CA", "MX", "GB", "IE"})
NEIGHBORS_NORTH_END = 59.0


@dataclass(frozen=True, slots=True)
class Shape:
    """One outline or line, as steps east and north of the southwestern corner of its box."""

    kind: int
    box_degrees: float
    west: float
    south: float
    steps: tuple[tuple[int, int], ...]


class Land:
    """The file, with its table of contents."""

    def __init__(self, data: bytes):
        (size,) = struct.unpack_from("<I", data)
        head = json.loads(data[4 : 4 + size])
        self.states: dict[str, list[float]] = head["states"]
        self._data = data
        self._entries = {}
        offset = 4 + size
        for name, count in head["tables"]:
            table = memoryview(data)[offset : offset + count * ENTRY.size]
            self._entries[name] = list(ENTRY.iter_unpack(table))
            offset += len(table)
        self._shapes_at = offset

    def shapes(self, table: str, level: Level, center: Point, miles: float) -> Iterator[Shape]:
        """What is in the boxes within `miles` north, south, east and west of `center`."""
        entries = self._entries[table]
        for row, column in boxes(level, center, miles):
            key = row * level.columns + column
            index = bisect_right(entries, key, key=lambda entry: entry[0]) - 1
            if index >= 0 and key <= entries[index][1]:
                corner = column * level.box_degrees - 180, row * level.box_degrees + SOUTH_END
                yield from self._box(entries[index][2], level, *corner)

    def _box(self, offset: int, level: Level, west: float, south: float) -> Iterator[Shape]:
        offset += self._shapes_at
        (count,) = struct.unpack_from("<H", self._data, offset)
        offset += 2
        for _ in range(count):
            kind, points = struct.unpack_from("<HH", self._data, offset)
            start, offset = offset + 4, offset + 4 + 4 * points
            halfway = start + 2 * points
            x = accumulate(array("h", self._data[start:halfway]))
            y = accumulate(array("h", self._data[halfway:offset]))
            yield Shape(kind, level.box_degrees, west, south, tuple(zip(x, y, strict=True)))


@cache
def land() -> Land:
    """The file, read when the first map is drawn."""
    return Land(lzma.decompress(FILE.read_bytes()))


def level_for(miles: float) -> int:
    """The number of the level for a map of so many miles from its middle to a side."""
    return next(number for number, level in enumerate(LEVELS) if miles <= level.miles)


def level_abroad(wanted: int, center: Point, country_code: str) -> int:
    """The same outside the United States, of which less detail is kept."""
    is_near = country_code in NEIGHBORS and center.latitude < NEIGHBORS_NORTH_END
    return max(wanted, FINEST_IN_NEIGHBORS if is_near else FINEST_IN_WORLD)


def boxes(level: Level, center: Point, miles: float) -> Iterator[tuple[int, int]]:
    """Rows and columns of the boxes, each once; across the antimeridian and around a pole."""
    reach = math.degrees(miles / EARTH_RADIUS_MILES)
    south, north = center.latitude - reach, center.latitude + reach
    lowest = max(math.floor((south - SOUTH_END) / level.box_degrees), 0)
    highest = min(math.floor((north - SOUTH_END) / level.box_degrees), level.rows - 1)
    widest = math.cos(math.radians(min(max(abs(south), abs(north)), 90.0)))
    half = min(reach / widest, 180.0) if widest > 1e-6 else 180.0
    west = math.floor((center.longitude - half + 180) / level.box_degrees)
    east = math.floor((center.longitude + half + 180) / level.box_degrees)
    columns = range(west, min(east, west + level.columns - 1) + 1)
    for row in range(lowest, highest + 1):
        for column in columns:
            yield row, column % level.columns
