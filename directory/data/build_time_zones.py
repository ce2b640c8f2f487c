"""Builds time_zones.bin.xz, the zone of every point on land; the README beside it says from what.

Run by hand, never by the site. The same source gives the same bytes.
"""

import json
import lzma
import sys
from array import array
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from timezonefinder import TimezoneFinder

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from directory.time_zones import DEPTH, WORLD_DEGREES, place_on_curve  # noqa: E402

# Boxes from this level on may be whole, if all of so many points a side are in one zone; those on
# the last levels are too small to hide anything.
FIRST_LEVEL, POINTS, POINTS_SMALL, SMALL_FROM = 10, 9, 4, 12
WATER = None

finder = TimezoneFinder(in_memory=True)


def zone(longitude: float, latitude: float) -> str | None:
    """None on the open sea, where nobody has an office."""
    name = finder.timezone_at(lng=longitude, lat=latitude)
    return WATER if name is None or name.startswith("Etc/") else name


def zones_in(west: float, south: float, side: float, points: int) -> list[str]:
    """The zones on land at a lattice of points inside a box, one for each point."""
    step = side / points
    places = [step * (number + 0.5) for number in range(points)]
    latitudes = [south + place for place in places if south + place < 90]
    found = (zone(west + place, latitude) for latitude in latitudes for place in places)
    return [name for name in found if name is not WATER]


def leaves(level: int, x: int, y: int) -> Iterator[tuple[int, str | None]]:
    """The boxes of one zone inside box (`x`, `y`) of a level, as (start on the curve, zone).

    Each box is cut into four until it lies in one zone; at the last level most of it decides.
    """
    side = WORLD_DEGREES / 2**level
    west, south = x * side - 180, y * side - 90
    if south >= 90:
        return
    found: list[str] = []
    if level >= FIRST_LEVEL:
        found = zones_in(west, south, side, POINTS_SMALL if level >= SMALL_FROM else POINTS)
    if level == DEPTH or (level >= FIRST_LEVEL and len(set(found)) < 2):
        name = max(sorted(set(found)), key=found.count) if found else WATER
        yield place_on_curve(x, y) << 2 * (DEPTH - level), name
        return
    for half_y in (0, 1):
        for half_x in (0, 1):
            yield from leaves(level + 1, 2 * x + half_x, 2 * y + half_y)


def main() -> None:
    """Runs of boxes in one zone, in the order of the curve; water belongs to the run before it."""
    starts, zones, names = array("I"), array("H"), {}
    last = WATER
    for start, name in leaves(0, 0, 0):
        if name is WATER or name == last:
            continue
        starts.append(start)
        zones.append(names.setdefault(name, len(names)))
        last = name
    header = json.dumps([list(names), len(starts)]).encode()
    gaps = array("I", [starts[0], *(after - before for before, after in pairwise(starts))])
    if sys.byteorder == "big":
        gaps.byteswap()
        zones.byteswap()
    # The same byte of all numbers together: it packs to half the size.
    columns = b"".join(gaps.tobytes()[byte::4] for byte in range(4))
    columns += b"".join(zones.tobytes()[byte::2] for byte in range(2))
    packed = lzma.compress(header + b"\n" + columns, preset=9 | lzma.PRESET_EXTREME)
    (HERE / "time_zones.bin.xz").write_bytes(packed)
    print(f"{len(names)} zones, {len(starts)} runs, {len(packed)} bytes")


if __name__ == "__main__":
    main()
