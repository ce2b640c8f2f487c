"""Builds map.bin.xz, the land under the maps of results; the README beside it says from what.

Run by hand, never by the site. The same sources give the same bytes.
"""

import argparse
import json
import lzma
import math
import struct
import sys
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from map_lines import (  # noqa: E402
    Line,
    Position,
    borders,
    extent,
    inner_point,
    is_inside,
    is_seen,
    read_border,
    read_shapefile,
    read_topojson,
    simplified,
    strip,
)

from directory.land import (  # noqa: E402
    AREAS,
    COUNTY_LINE,
    COVER,
    ENTRY,
    FINEST_IN_NEIGHBORS,
    FINEST_IN_WORLD,
    LAKE,
    LAND,
    LEVELS,
    NEIGHBORS_NORTH_END,
    SOUTH_END,
    STATE_LINE,
    STEPS,
    Level,
)

# States, districts and territories by the number that the Census gives them.
STATES = (
    "01AL 02AK 04AZ 05AR 06CA 08CO 09CT 10DE 11DC 12FL 13GA 15HI 16ID 17IL 18IN 19IA 20KS 21KY 22LA"
    " 23ME 24MD 25MA 26MI 27MN 28MS 29MO 30MT 31NE 32NV 33NH 34NJ 35NM 36NY 37NC 38ND 39OH 40OK"
    " 41OR 42PA 44RI 45SC 46SD 47TN 48TX 49UT 50VT 51VA 53WA 54WV 55WI 56WY 60AS 66GU 69MP 72PR"
    " 78VI"
)
# ISO 3166-1: the United States and the territories that the Census draws.
DRAWN_BY_CENSUS = {"840", "016", "316", "580", "630", "850"}
# Canada, Mexico, the United Kingdom, Ireland, and what the Gulf of Mexico's shores may show.
NEIGHBOR_NUMBERS = {"124", "484", "826", "372", "044", "192"}
ANTARCTICA = "010"
# The two sources do not agree on where a border is: so wide a strip along it is land.
BORDER_GAP_DEGREES = 0.03
# Where the border with Canada is on land: Alaska, the 49th parallel, New York to Maine.
DRY_BORDERS = ((-142.0, -131.0), (-122.7, -95.2), (-74.6, -67.6))
WORLD_COARSER = 3
# A lake abroad is at least about three times as large as a square of this side.
LEAST_LAKE_DEGREES = 0.1


class Boxes:
    """The shapes of one level, cut along the sides of its boxes."""

    def __init__(self, level: Level, *, north_end: float = 90.0):
        self.level = level
        self.north_end = north_end
        self.shapes: dict[int, list[bytes]] = defaultdict(list)

    def add(self, kind: int, line: Line) -> None:
        size = self.level.box_degrees
        scaled = [((x + 180) / size, (y - SOUTH_END) / size) for x, y in line]
        cut = cut_ring if kind in AREAS else cut_line
        for row, bands in split(scaled, 1, cut).items():
            if row * size + SOUTH_END > self.north_end:
                continue
            for band in bands:
                for column, pieces in split(band, 0, cut).items():
                    for piece in pieces:
                        self._put(kind, piece, row, column)

    def _put(self, kind: int, piece: Line, row: int, column: int) -> None:
        steps: list[tuple[int, int]] = []
        for x, y in piece:
            step = round((x - column) * STEPS), round((y - row) * STEPS)
            if not steps or step != steps[-1]:
                steps.append(step)
        if len(steps) > (3 if kind in AREAS else 1):
            packed = struct.pack("<HH", kind, len(steps)) + moves(x for x, _ in steps)
            packed += moves(y for _, y in steps)
            self.shapes[row * self.level.columns + column].append(packed)


def moves(values: Iterable[int]) -> bytes:
    """Each as its difference from the one before."""
    known = [0, *values]
    return array("h", [after - before for before, after in pairwise(known)]).tobytes()


def split(line: Line, axis: int, cut: Callable) -> dict[int, list[Line]]:
    """The pieces of a line by the number of the strip they are in."""
    found: dict[int, list[Line]] = defaultdict(list)
    waiting = [line]
    while waiting:
        piece = waiting.pop()
        low = math.floor(min(point[axis] for point in piece) + 1e-12)
        high = math.ceil(max(point[axis] for point in piece) - 1e-12)
        if high - low <= 1:
            found[low].append(piece)
        else:
            middle = (low + high) // 2
            waiting += [*cut(piece, axis, middle, 1), *cut(piece, axis, middle, -1)]
    return found


def crossing(a: Position, b: Position, axis: int, at: float) -> Position:
    """Where an edge crosses; the same whichever way it runs."""
    a, b = min(a, b), max(a, b)
    other = a[1 - axis] + (b[1 - axis] - a[1 - axis]) * (at - a[axis]) / (b[axis] - a[axis])
    return (at, other) if axis == 0 else (other, at)


def cut_ring(ring: Line, axis: int, at: float, side: int) -> list[Line]:
    """What is above (1) or below (-1), closed along the cut (Sutherland and Hodgman, 1974)."""
    kept: Line = []
    for a, b in pairwise(ring):
        is_a_in, is_b_in = (a[axis] - at) * side >= 0, (b[axis] - at) * side >= 0
        if is_a_in:
            kept.append(a)
        if is_a_in != is_b_in:
            kept.append(crossing(a, b, axis, at))
    return [[*kept, kept[0]]] if len(kept) > 2 else []


def cut_line(line: Line, axis: int, at: float, side: int) -> list[Line]:
    pieces: list[Line] = []
    is_open = False
    for a, b in pairwise(line):
        is_a_in, is_b_in = (a[axis] - at) * side >= 0, (b[axis] - at) * side >= 0
        edge = [a if is_a_in else crossing(a, b, axis, at)] if is_a_in or is_b_in else []
        edge += [b if is_b_in else crossing(a, b, axis, at)] if edge else []
        if edge and is_open:
            pieces[-1].append(edge[1])
        elif edge:
            pieces.append(edge)
        is_open = is_b_in and bool(edge)
    return [piece for piece in pieces if len(set(piece)) > 1]


def named_counties(counties: list[list[Line]], states: dict[str, list[Line]]) -> list:
    """The rings of each county with the code of its state."""
    codes = {entry[:2]: entry[2:] for entry in STATES.split()}
    named = []
    for rings in counties:
        point = inner_point(rings)
        inside = [number for number in states if is_inside(point, states[number])]
        # An island that the coarser outlines of the states lack belongs to the nearest.
        nearest = inside or sorted(states, key=lambda number: gap(point, states[number]))
        named.append((codes[nearest[0]], rings))
    return named


def gap(point: Position, rings: list[Line]) -> float:
    return min(math.dist(point, corner) for ring in rings for corner in ring)


def tables(counties: list, abroad: Path, lakes: list[list[Line]]) -> dict[str, Boxes]:
    """The boxes of the United States and of the world around them, at each level."""
    outer, between_states, between_counties = borders(counties)
    united_states = [rings for _, rings in counties]
    inland, shared = [], []
    for rings in lakes:
        point = inner_point(rings)
        is_inland = any(is_inside(point, county) for county in united_states)
        (inland if is_inland else shared).append(rings)
    made = {}
    for number, level in enumerate(LEVELS):
        tolerance = level.tolerance_degrees
        us = made[f"us{number}"] = Boxes(level)
        add(us, LAND, outer, tolerance)
        add(us, LAKE, [rings[0] for rings in inland], tolerance)
        add(us, STATE_LINE, between_states, tolerance)
        if math.isfinite(level.miles):
            add(us, COUNTY_LINE, between_counties, tolerance)
        if number >= FINEST_IN_NEIGHBORS:
            made[f"world{number}"] = boxes_abroad(number, abroad, shared)
    return made


def boxes_abroad(number: int, abroad: Path, lakes: list[list[Line]]) -> Boxes:
    """Of the world less is kept than of the neighbors, and nothing around the poles."""
    is_world = number >= FINEST_IN_WORLD
    tolerance = LEVELS[number].tolerance_degrees * (WORLD_COARSER if is_world else 1)
    boxes = Boxes(LEVELS[number], north_end=75.0 if is_world else NEIGHBORS_NORTH_END + 2)
    countries = read_topojson(abroad, "countries", tolerance)
    wanted = set(countries) - {ANTARCTICA} if is_world else NEIGHBOR_NUMBERS
    for code in sorted(wanted - DRAWN_BY_CENSUS):
        add(boxes, LAND, countries[code], 0)
    for line in dry_borders(abroad):
        for start, end in pairwise(simplified(line, BORDER_GAP_DEGREES / 4)):
            boxes.add(COVER, strip(start, end, BORDER_GAP_DEGREES))
    large = [rings[0] for rings in lakes if is_seen(rings[0], LEAST_LAKE_DEGREES)]
    add(boxes, LAKE, large, tolerance)
    return boxes


def dry_borders(abroad: Path) -> list[Line]:
    """The borders of the United States but for those in water and along rivers that are drawn."""
    found = read_border(abroad, "840", "484")
    for border in read_border(abroad, "840", "124"):
        for edge in pairwise(simplified(border, BORDER_GAP_DEGREES / 4)):
            low, high = sorted(x for x, _ in edge)
            if any(west < low and high < east for west, east in DRY_BORDERS):
                found.append(list(edge))
    return found


def add(boxes: Boxes, kind: int, lines: list[Line], tolerance: float) -> None:
    for line in lines:
        short = simplified(line, tolerance) if tolerance else line
        if kind not in AREAS or is_seen(short, tolerance):
            boxes.add(kind, short)


def pack(made: dict[str, Boxes], states: dict[str, tuple]) -> bytes:
    """The file: its head, the tables of contents, and the shapes, those that are alike once."""
    places: dict[bytes, int] = {}
    body, contents, head = bytearray(), bytearray(), []
    for name, boxes in made.items():
        entries: list[list[int]] = []
        for key, shapes in sorted(boxes.shapes.items()):
            record = struct.pack("<H", len(shapes)) + b"".join(shapes)
            if record not in places:
                places[record] = len(body)
                body += record
            if entries and entries[-1][1:] == [key - 1, places[record]]:
                entries[-1][1] = key
            else:
                entries.append([key, key, places[record]])
        head.append([name, len(entries)])
        contents += b"".join(ENTRY.pack(*entry) for entry in entries)
    text = json.dumps({"states": states, "tables": head}, sort_keys=True).encode()
    return struct.pack("<I", len(text)) + text + contents + body


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counties", type=Path, help="cb_2023_us_county_5m.shp")
    parser.add_argument("states", type=Path, help="states-10m.json of us-atlas")
    parser.add_argument("countries", type=Path, help="countries-10m.json of world-atlas")
    parser.add_argument("lakes", type=Path, help="ne_10m_lakes.shp")
    files = parser.parse_args()
    counties = named_counties(
        read_shapefile(files.counties), read_topojson(files.states, "states", 0)
    )
    by_state: dict[str, list[Line]] = {}
    for state, rings in counties:
        by_state.setdefault(state, []).extend(rings)
    extents = {f"US-{state}": extent(rings) for state, rings in by_state.items()}
    made = tables(counties, files.countries, read_shapefile(files.lakes))
    (HERE / "map.bin.xz").write_bytes(lzma.compress(pack(made, extents), preset=9))


if __name__ == "__main__":
    main()
