"""The time zone of a point, from a file of our own: nothing is asked of anybody.

`data/time_zones.bin.xz` cuts the earth into boxes along a Z-order curve and has, for each run of
boxes in one zone, where it starts. It is read once, when first needed: about two megabytes.
"""

import json
import lzma
import sys
from array import array
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from directory.geo import Point

DATA = Path(__file__).resolve().parent / "data" / "time_zones.bin.xz"
# The first box is a square of so many degrees, cut into four so often: 1.2 km at the equator.
WORLD_DEGREES, DEPTH = 360, 15


def zone_at(point: Point) -> str:
    """The IANA name of the zone on land at or near `point`; on open sea any zone's."""
    names, starts, zones = _table()
    boxes, last = 2**DEPTH / WORLD_DEGREES, 2**DEPTH - 1
    x = min(int((point.longitude + 180) * boxes), last)
    y = min(int((point.latitude + 90) * boxes), last)
    return names[zones[max(bisect_right(starts, place_on_curve(x, y)) - 1, 0)]]


def place_on_curve(x: int, y: int) -> int:
    """Where box (`x`, `y`) comes on the Z-order curve of its level (Morton, 1966)."""
    place = 0
    for bit in range(DEPTH):
        place |= (x >> bit & 1) << 2 * bit | (y >> bit & 1) << 2 * bit + 1
    return place


def zone_of(name: str, point: Point | None) -> ZoneInfo | None:
    """The zone called `name`, or that of `point` where no name is given.

    None when there is neither, or when this system does not know the name.
    """
    name = name or (zone_at(point) if point else "")
    return ZoneInfo(name) if name in _known() else None


def validate_zone(name: str) -> None:
    """Raise ValidationError, in words, for a name that no time zone has."""
    if name not in _known():
        raise ValidationError(
            _(
                "“%(name)s” is no time zone. Write its IANA name, such as America/New_York, "
                "or leave this empty: the zone then follows from the point."
            ),
            code="unknown_zone",
            params={"name": name},
        )


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def _table() -> tuple[list[str], array, array]:
    """The names, and for each run in the order of the curve its start and the number of a name."""
    header, _newline, columns = lzma.decompress(DATA.read_bytes()).partition(b"\n")
    names, count = json.loads(header)
    gaps, zones = array("I"), array("H")
    for numbers, first in ((gaps, 0), (zones, 4 * count)):
        width = numbers.itemsize
        interleaved = bytearray(width * count)
        for byte in range(width):
            column = first + byte * count
            interleaved[byte::width] = columns[column : column + count]
        numbers.frombytes(interleaved)
        if sys.byteorder == "big":
            numbers.byteswap()
    total, starts = 0, array("I")
    for gap in gaps:
        total += gap
        starts.append(total)
    return names, starts, zones
